// What `truce assess` leaves on the disk, read back by the means of those who will read it: a
// validator of JSON Schema, GDAL (which is what QGIS reads with), and a search for links.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <simdjson.h>
#include <unistd.h>

#include <cstdio>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/digest.h"
#include "base/places_test_case.h"
#include "publication/json_schema_test_case.h"
#include "terms/outlines.h"
#include "tests/program/program.h"

namespace truce::program {
namespace {

namespace fs = std::filesystem;
using publication::schema::array_of;
using simdjson::dom::element;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::size_t count_of(const std::string& text, const std::string& what) {
  std::size_t count = 0;
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + 1))
    ++count;
  return count;
}

std::vector<std::string> problems_by_schema(element findings) {
  simdjson::dom::parser parser;
  const fs::path schema = base::source_folder() / "docs/formats/findings.schema.json";
  publication::schema::Validator validator(parser.load(schema.string()).value());
  return validator.problems_of(findings);
}

/// The small case, with a medical flight under a notice and a flight that only people saw beside
/// the one that two receivers heard.
class Outputs : public ::testing::Test {
 protected:
  Outputs() {
    auto files = small_case();
    files["agreement.toml"] +=
        "\n[rules.\"4.1\".exceptions.medical]\npurpose = \"medical evacuation\"\n"
        "needs = { notice = \"2 h before\", answer = \"acknowledged\" }\n"
        "\n[clauses.\"9\"]\nclause = \"The Parties act in good faith.\"\n"
        "reason = \"no observation of aircraft decides it\"\n";
    files["notices.toml"] =
        "complete = [{ from = 2016-02-01T00:00:00Z, until = 2016-04-01T00:00:00Z }]\n"
        "[notices.N-1]\nparty = \"government\"\npurpose = \"medical evacuation\"\n"
        "addresses = [\"778123\"]\nfrom = 2016-02-28T12:00:00Z\n"
        "until = 2016-02-28T14:00:00Z\n"
        "steps = [{ kind = \"notified\", at = 2016-02-28T11:59:00Z, by = \"government\" }]\n";
    files["observations/north/bad.csv"] =
        "time,address,latitude,longitude\n2016-02-28T12:00:00Z,778125,91,36.5\n";
    std::string& sources = files["sources.toml"];
    for (std::size_t at = 0; (at = sources.find("time = \"1 s\"", at)) != std::string::npos;
         at += 20)
      sources.replace(at, 12, "time = \"1 s\", pressure_altitude = \"100 ft\"");
    write_case(folder_, "case", files);
    names_ = files;
  }
  std::string out(const std::string& name) const { return text_of(folder_ / "case/out/" + name); }
  Ran assess(const std::vector<std::string>& more = {}) const {
    std::vector<std::string> words = {"assess", folder_ / "case"};
    words.insert(words.end(), more.begin(), more.end());
    return run(words);
  }

  Folder folder_;
  std::map<std::string, std::string> names_;
  simdjson::dom::parser parser_;
};

TEST_F(Outputs, FindingsJsonHasEveryFieldAndIsAsItsSchemaSays) {
  ASSERT_EQ(run({"check", folder_ / "case", "--lock"}).status, 0);
  const Ran ran = assess();
  ASSERT_EQ(ran.status, 0) << ran.err;
  const element document = parser_.parse(out("findings.json")).value();
  EXPECT_THAT(problems_by_schema(document), IsEmpty());

  ASSERT_EQ(array_of(document["findings"]).size(), 1u);
  const element finding = document["findings"].at(0);
  for (const char* pointer : {"/id",
                              "/verdict",
                              "/rule",
                              "/clause",
                              "/area",
                              "/grade",
                              "/aircraft/address",
                              "/aircraft/callsign",
                              "/aircraft/registration",
                              "/aircraft/party",
                              "/aircraft/affiliation_basis",
                              "/entry/earliest",
                              "/entry/latest",
                              "/exit/earliest",
                              "/exit/latest",
                              "/seconds_inside/min",
                              "/seconds_inside/max",
                              "/altitude/reference",
                              "/altitude/least_ft",
                              "/altitude/most_ft",
                              "/altitude/at_positions/least_ft",
                              "/penetration_m/min",
                              "/penetration_m/max",
                              "/probability",
                              "/exceptions/0/notice",
                              "/exceptions/0/answer",
                              "/exceptions/0/reason",
                              "/reasons/question",
                              "/reasons/answer",
                              "/reasons/parts/0/question",
                              "/unknowns",
                              "/evidence/0/sha256",
                              "/evidence/0/record",
                              "/sentence"}) {
    SCOPED_TRACE(pointer);
    const auto value = finding.at_pointer(pointer);
    EXPECT_FALSE(value.error());
    if (value.error() || std::string_view(pointer) == "/probability") continue;
    EXPECT_FALSE(value.is_null());
    if (value.is_string()) {
      EXPECT_FALSE(std::string_view(value).empty());
    }
  }
  // One minute before entry is not two hours before.
  EXPECT_EQ(std::string_view(finding["verdict"]), "violation");
  EXPECT_EQ(std::string_view(finding["exceptions"].at(0)["notice"]), "N-1");
  EXPECT_EQ(std::string_view(finding["exceptions"].at(0)["answer"]), "no");
  EXPECT_EQ(std::string_view(finding["aircraft"]["callsign"]), "SYR1");
  EXPECT_EQ(std::string_view(finding["aircraft"]["registration"]), "YK-123");
}

// Whoever holds the files can see that it was these, and no others.
TEST_F(Outputs, FindingsJsonNamesEveryInputByItsDigest) {
  ASSERT_EQ(run({"check", folder_ / "case", "--lock"}).status, 0);
  ASSERT_EQ(assess().status, 0);
  const element document = parser_.parse(out("findings.json")).value();
  std::map<std::string, std::string> told;
  for (element input : array_of(document["inputs"]))
    told[std::string(std::string_view(input["name"]))] = std::string_view(input["sha256"]);
  for (const auto& [name, text] : names_) {
    SCOPED_TRACE(name);
    EXPECT_EQ(told[name], base::sha256(text).hex());
  }
  const std::string lock = text_of(folder_ / "case/agreement.lock");
  EXPECT_EQ(std::string_view(document["terms"]["lock_sha256"]), base::sha256(lock).hex());
  EXPECT_EQ(std::string_view(document["terms"]["sha256"]),
            base::sha256(names_["agreement.toml"]).hex());
  EXPECT_EQ(std::string_view(document["terms"]["version"]), "original text");
  EXPECT_EQ("truce " + std::string(std::string_view(document["program_version"])) + "\n",
            run({"--version"}).out);
  // Every row of evidence leads to an input of the list.
  std::set<std::string> digests;
  for (const auto& [_, digest] : told) digests.insert(digest);
  for (element evidence : array_of(document["findings"].at(0)["evidence"]))
    EXPECT_TRUE(digests.contains(std::string(std::string_view(evidence["sha256"]))));
}

// GDAL is what QGIS opens files with.
TEST_F(Outputs, FindingsGeojsonIsReadByGdal) {
  ASSERT_EQ(assess().status, 0);
  const auto map =
      terms::OutlineReader::open({"map.geojson", {{"map.geojson", out("findings.geojson")}}});
  ASSERT_TRUE(map) << map.error().message;
  std::map<std::string, int> geometries;
  std::string id;
  for (const auto& feature : map->features()) {
    ++geometries[feature.geometry];
    if (feature.geometry == "LineString") id = feature.id;
  }
  EXPECT_EQ(geometries, (std::map<std::string, int>{{"LineString", 1}, {"MultiPolygon", 1}}));
  const element document = parser_.parse(out("findings.json")).value();
  EXPECT_EQ(id, std::string_view(document["findings"].at(0)["id"]));
  // The area is the one of the agreement.
  const auto area = map->find("", "layer=area");
  ASSERT_TRUE(area) << area.error().message;
  ASSERT_EQ(area->outline.polygons.size(), 1u);
  EXPECT_EQ(area->outline.polygons[0].outer.size(), 4u);
}

TEST_F(Outputs, EveryOneCarriesItsAudience) {
  ASSERT_EQ(assess().status, 0);
  const auto files = files_of(folder_ / "case/out");
  EXPECT_EQ(files.size(), 7u);
  for (const auto& [name, text] : files) {
    SCOPED_TRACE(name);
    EXPECT_THAT(text, HasSubstr("operations"));
    EXPECT_THAT(text, HasSubstr("not for release"));
  }
}

// A clause that no machine decides is said in every telling, never skipped in silence.
TEST_F(Outputs, ClausesThatNoMachineDecidesAreReported) {
  const Ran checked = run({"check", folder_ / "case"});
  EXPECT_THAT(checked.out, HasSubstr("The Parties act in good faith."));
  const Ran ran = assess();
  ASSERT_EQ(ran.status, 0);
  EXPECT_THAT(ran.out, HasSubstr("no machine"));
  for (const char* name : {"findings.json", "report.html"})
    EXPECT_THAT(out(name), HasSubstr("The Parties act in good faith.")) << name;
}

// Where and when the program runs is no part of what it found.
TEST_F(Outputs, HoldNothingOfTheMachineOrTheRun) {
  ASSERT_EQ(assess({"--threads", "2"}).status, 0);
  const auto first = files_of(folder_ / "case/out");
  const Folder elsewhere;
  for (const auto& [name, text] : names_) elsewhere.write("another name/" + name, text);
  const Ran ran = run({"assess", "another name", "--out", elsewhere / "results", "--threads", "1"},
                      {.before = [&] { return ::chdir(elsewhere.path().c_str()) == 0; },
                       .environment = {"TZ=Pacific/Kiritimati", "LC_ALL=C", "HOME=/nonexistent",
                                       "HOSTNAME=elsewhere"}});
  ASSERT_EQ(ran.status, 0) << ran.err;
  EXPECT_EQ(files_of(elsewhere / "results"), first);
  for (const auto& [name, text] : first) {
    SCOPED_TRACE(name);
    EXPECT_THAT(text, ::testing::Not(HasSubstr(folder_.path().string())));
    EXPECT_THAT(text, ::testing::Not(HasSubstr("threads")));
  }
}

// Five hundred are set out in full; each of the others is listed and linked to where it is whole.
TEST(Crowd, OfMoreThanFiveHundredFindingsIsListedAndLinked) {
  const Folder folder;
  auto files = small_case();
  std::string csv = "time,address,latitude,longitude\n";
  constexpr int flights = 512;
  for (int i = 0; i < flights; ++i) {
    char row[128];
    for (int step = 0; step < 4; ++step) {
      std::snprintf(row, sizeof row, "2016-02-28T%02d:%02d:%02dZ,77a%03x,33.%04d,%d.%02d\n",
                    8 + i / 60, i % 60, step * 15, i, 100 + i * 10, 36, 50 + step * 5);
      csv += row;
    }
  }
  files["observations/north/crowd.csv"] = csv;
  files["affiliations.toml"] = "[parties.government]\nstates = [\"Syria\"]\n";
  write_case(folder, "case", files);
  const Ran ran = run({"assess", folder / "case"});
  ASSERT_EQ(ran.status, 0) << ran.err;
  simdjson::dom::parser parser;
  const element document = parser.load(folder / "case/out/findings.json").value();
  EXPECT_THAT(problems_by_schema(document), IsEmpty());
  const simdjson::dom::array findings = array_of(document["findings"]);
  ASSERT_GT(findings.size(), 505u);

  const std::string html = text_of(folder / "case/out/report.html");
  EXPECT_EQ(count_of(html, "<article"), 500u);
  std::size_t within = 0, without = 0;
  for (element finding : findings) {
    const std::string id{std::string_view(finding["id"])};
    const bool in_full = html.find("id=\"f-" + id + "\"") != std::string::npos;
    const std::string link =
        in_full ? "<a href=\"#f-" + id + "\">" : "<a href=\"findings.json#:~:text=" + id + "\">";
    EXPECT_THAT(html, HasSubstr(link));
    ++(in_full ? within : without);
  }
  EXPECT_EQ(within, 500u);
  EXPECT_EQ(without, findings.size() - 500);
}

// Every link of a page leads somewhere: to a part of it, or to a file beside it.
TEST(Crowd, OfInputsLeavesNoLinkThatLeadsNowhere) {
  const Folder folder;
  auto files = small_case();
  for (int i = 0; i < 320; ++i) files["observations/a" + std::to_string(1000 + i) + ".txt"] = "?\n";
  write_case(folder, "case", files);
  ASSERT_EQ(run({"assess", folder / "case"}).status, 0);
  const std::string html = text_of(folder / "case/out/report.html");
  std::size_t links = 0;
  for (std::size_t at = html.find("href=\"#"); at != std::string::npos;
       at = html.find("href=\"#", at + 1), ++links) {
    const std::size_t from = at + 7;
    const std::string id = html.substr(from, html.find('"', from) - from);
    EXPECT_THAT(html, HasSubstr("id=\"" + id + "\""));
  }
  EXPECT_GT(links, 12u);
  EXPECT_THAT(html, HasSubstr("trace_full_778123.json"));
}

}  // namespace
}  // namespace truce::program
