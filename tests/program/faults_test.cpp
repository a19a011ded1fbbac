// Files as they should not be: cut short anywhere, in other encodings, with values out of range,
// enormous, or not files at all. The run goes on where it can, and says what it did.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <simdjson.h>
#include <sys/resource.h>

#include <algorithm>
#include <fstream>

#include "tests/program/program.h"

namespace truce::program {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::HasSubstr;

class FaultyCase : public ::testing::Test {
 protected:
  FaultyCase() { write_case(folder_, "case", small_case()); }
  std::string root() const { return folder_ / "case"; }
  void write(const std::string& name, const std::string& text) const {
    folder_.write("case/" + name, text);
  }
  Ran assess() const { return run({"assess", root(), "--json"}); }
  std::string output(const std::string& name) const {
    return text_of(fs::path(root()) / "out" / name);
  }
  /// What findings.json says of one input.
  simdjson::dom::element input(const std::string& name) {
    simdjson::dom::element document = parser_.parse(output("findings.json"));
    for (simdjson::dom::element one : simdjson::dom::array(document["inputs"]))
      if (std::string_view(one["name"]) == name) return one;
    ADD_FAILURE() << "no input " << name;
    return document;
  }
  /// The violation that the two good files prove is found, whatever lies beside them.
  void expect_the_violation(const Ran& ran) const {
    EXPECT_EQ(ran.status, 0) << ran.err;
    EXPECT_THAT(output("findings.csv"), HasSubstr("violation"));
    EXPECT_EQ(files_of(fs::path(root()) / "out").size(), 7u);
  }

  Folder folder_;
  simdjson::dom::parser parser_;
};

TEST_F(FaultyCase, MayBeCutShortAnywhere) {
  const std::string plain = small_case()["observations/south/trace_full_778123.json"];
  const std::string packed = gzipped(plain);
  int files = 0;
  for (const auto& [ending, text] : {std::pair(".json", plain), std::pair(".json.gz", packed)}) {
    const std::size_t step = text.size() / 60 + 1;
    for (std::size_t length = 0; length < text.size(); length += length < 30 ? 1 : step, ++files)
      write("observations/cut/" + std::to_string(length) + ending, text.substr(0, length));
  }
  const Ran ran = assess();
  expect_the_violation(ran);
  simdjson::dom::element document = parser_.parse(ran.out);
  EXPECT_EQ(std::int64_t(document["inputs"]), files + 7);
  EXPECT_THAT(output("rejected.csv"), HasSubstr("compressed data are damaged"));
}

TEST_F(FaultyCase, MayBeInOtherEncodings) {
  const std::string csv =
      "time,address,latitude,longitude\n2016-02-28T12:00:00Z,778124,33.5,36.5\n";
  std::string wide = "\xff\xfe";
  for (const char c : csv) wide += {c, '\0'};
  write("observations/other/wide.csv", wide);
  write("observations/other/latin.csv",
        "time,address,latitude,longitude,call_sign\n"
        "2016-02-28T12:00:00Z,778124,33.5,36.5,M\xdcNCHEN\n");
  write("observations/other/marked.csv", "\xef\xbb\xbf" + csv);
  expect_the_violation(assess());
  EXPECT_EQ(std::int64_t(input("observations/other/marked.csv")["positions"]), 1);
  EXPECT_EQ(std::int64_t(input("observations/other/latin.csv")["records"]), 1);
  EXPECT_EQ(std::int64_t(input("observations/other/wide.csv")["positions"]), 0);
  EXPECT_THAT(output("rejected.csv"), HasSubstr("observations/other/wide.csv"));
  for (const auto& [name, text] : files_of(fs::path(root()) / "out"))
    EXPECT_TRUE(simdjson::validate_utf8(text)) << name;
}

TEST_F(FaultyCase, MayHoldImpossibleValues) {
  const std::vector<std::string> impossible = {
      "2016-02-28T12:00:00Z,778124,91,36.5",    "2016-02-28T12:00:00Z,778124,33.5,181",
      "2016-02-28T12:00:00Z,778124,NaN,36.5",   "2016-02-28T12:00:00Z,778124,33.5,inf",
      "2202-02-28T12:00:00Z,778124,33.5,36.5",  "-2300000000,778124,33.5,36.5",
      "2016-02-30T12:00:00Z,778124,33.5,36.5",  "yesterday,778124,33.5,36.5",
      "2016-02-28T12:00:00Z,7781245,33.5,36.5", "2016-02-28T12:00:00Z,778124,,36.5",
  };
  std::string csv = "time,address,latitude,longitude\n2016-02-28T12:00:00Z,778124,10,36.5\n";
  for (const std::string& row : impossible) csv += row + "\n";
  write("observations/other/values.csv", csv);
  expect_the_violation(assess());
  EXPECT_EQ(std::int64_t(input("observations/other/values.csv")["positions"]), 1);
  EXPECT_EQ(std::int64_t(input("observations/other/values.csv")["records"]),
            static_cast<std::int64_t>(impossible.size()) + 1);
  // Line 2 is the good one.
  for (std::size_t line = 3; line < impossible.size() + 3; ++line)
    EXPECT_THAT(output("rejected.csv"),
                HasSubstr("observations/other/values.csv," + std::to_string(line) + ","));
}

// What was sent in 1970 is a position, but not of this agreement's time: the term does not apply.
TEST_F(FaultyCase, MayComeFrom1970) {
  write("observations/other/old.csv",
        "time,address,latitude,longitude\n1970-01-01T00:00:00Z,778123,33.5,36.5\n");
  expect_the_violation(assess());
  const std::string findings = output("findings.csv");
  const std::size_t at = findings.find("1970-01-01T00:00");
  ASSERT_NE(at, std::string::npos);
  EXPECT_EQ(findings.find("1970-01-01T00:00", findings.find('\n', at)), std::string::npos);
  const std::size_t start = findings.rfind('\n', at) + 1;
  EXPECT_THAT(findings.substr(start, at - start), HasSubstr(",not applicable,"));
}

TEST_F(FaultyCase, ListsTenThousandRejectedRowsAndCountsTheRest) {
  std::string csv = "time,address,latitude,longitude\n";
  for (int i = 0; i < 12'345; ++i) csv += "2016-02-28T12:00:00Z,778124,91,36.5\n";
  write("observations/other/bad.csv", csv);
  expect_the_violation(assess());
  const std::string rejected = output("rejected.csv");
  EXPECT_EQ(std::count(rejected.begin(), rejected.end(), '\n'), 1 + 10'000 + 1);
  EXPECT_THAT(rejected, HasSubstr("more rejected rows, counted but not listed\",2345 more"));
  std::int64_t counted = 0;
  for (const auto one : simdjson::dom::object(input("observations/other/bad.csv")["rejected"]))
    counted += std::int64_t(one.value);
  EXPECT_EQ(counted, 12'345);
}

// The memory of one run is bounded whatever a line holds. The file has a hole for its zeros and
// takes no room on the disk.
TEST_F(FaultyCase, MayHoldALineOfAGigabyte) {
  const std::string trace = small_case()["observations/south/trace_full_778123.json"];
  const std::vector<std::pair<std::string, std::string>> beginnings = {
      {"line.jsonl",
       "{\"now\":1456660800,\"hex\":\"778124\",\"lat\":33.5,\"lon\":36.5}\n{\"hex\":\""},
      {"trace.json", trace.substr(0, trace.size() / 2)},
      {"row.csv", "time,address,latitude,longitude\n2016-02-28T12:00:00Z,778124,33.5,36.5\n\""},
  };
  for (const auto& [name, beginning] : beginnings) {
    SCOPED_TRACE(name);
    fs::remove_all(root() + "/observations/huge");
    write("observations/huge/" + name, beginning);
    const fs::path file = root() + "/observations/huge/" + name;
    std::error_code error;
    // All are longer than the memory allowed; one is a whole gigabyte.
    fs::resize_file(file, name == "line.jsonl" ? 1'073'741'824 : 600'000'000, error);
    if (error) GTEST_SKIP() << "no room for a file of a gigabyte: " << error.message();
    expect_the_violation(assess());
    rusage used{};
    ::getrusage(RUSAGE_CHILDREN, &used);
    EXPECT_LT(used.ru_maxrss, 500'000) << "kB at most, of any run so far";
    EXPECT_THAT(output("rejected.csv"), HasSubstr("observations/huge/" + name));
  }
}

TEST_F(FaultyCase, MayHaveFoldersInPlaceOfFiles) {
  fs::create_directories(root() + "/observations/south/folder.json");
  expect_the_violation(assess());
  for (const std::string name : {"agreement.toml", "areas.geojson", "sources.toml",
                                 "affiliations.toml", "registry.csv", "notices.toml"}) {
    SCOPED_TRACE(name);
    const fs::path file = fs::path(root()) / name;
    const std::string text = fs::exists(file) ? text_of(file) : "";
    fs::remove(file);
    fs::create_directory(file);
    fs::remove_all(root() + "/out");
    const Ran ran = assess();
    EXPECT_EQ(ran.status, 2) << ran.err;
    EXPECT_THAT(ran.err, AllOf(HasSubstr(name), HasSubstr("error: ")));
    EXPECT_FALSE(fs::exists(root() + "/out"));
    fs::remove(file);
    if (!text.empty()) write(name, text);
  }
}

TEST_F(FaultyCase, IsWarnedOfANoticeThatContradictsItself) {
  write("notices.toml",
        "[notices.N-1]\nparty = \"government\"\npurpose = \"medical evacuation\"\n"
        "addresses = [\"77d15d\"]\nfrom = 2016-02-27T13:20:00Z\nuntil = 2016-02-27T14:42:00Z\n"
        "steps = [{ kind = \"acknowledged\", at = 2016-02-27T10:00:00Z, by = \"us\" }]\n");
  for (const char* subcommand : {"check", "assess"}) {
    SCOPED_TRACE(subcommand);
    const Ran ran = run({subcommand, root()});
    EXPECT_EQ(ran.status, 0) << ran.err;
    EXPECT_THAT(ran.err, ::testing::ContainsRegex("notices.toml:[0-9]+:[0-9]+: warning: "));
  }
}

}  // namespace
}  // namespace truce::program
