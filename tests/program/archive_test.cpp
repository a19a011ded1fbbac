// truce archive, and truce assess from an archive or with little memory: the same bytes, whatever
// is read from where, and nothing half-written whatever happens.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <simdjson.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>

#include "base/places_test_case.h"
#include "tests/program/program.h"

namespace truce::program {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::Not;

const fs::path example = base::source_folder() / "examples/joint-implementation-group";

/// A copy of a case, and where things are in it.
class CopiedCase {
 public:
  explicit CopiedCase(const fs::path& from) {
    fs::copy(from, folder_.path() / "case", fs::copy_options::recursive);
    fs::remove_all(folder_.path() / "case/out");
  }
  std::string root() const { return folder_ / "case"; }
  std::string at(const std::string& name) const { return folder_ / name; }
  void write(const std::string& name, const std::string& text) const { folder_.write(name, text); }
  /// What assess writes of it.
  std::map<std::string, std::string> assessed(std::vector<std::string> more = {}) const {
    std::vector<std::string> words = {"assess", root(), "--out", at("out"), "--quiet"};
    words.insert(words.end(), more.begin(), more.end());
    const Ran ran = run(words);
    EXPECT_EQ(ran.status, 0) << ran.err;
    auto files = files_of(at("out"));
    fs::remove_all(at("out"));
    return files;
  }
  std::string archive() const { return at("all.archive"); }
  Ran add(std::vector<std::string> more = {}, const Circumstances& circumstances = {}) const {
    std::vector<std::string> words = {"archive", root(), "--to", archive()};
    words.insert(words.end(), more.begin(), more.end());
    return run(words, circumstances);
  }
  /// Takes everything that the archive holds out of the case, and lays the archive in its place.
  void replace_originals() const {
    const Ran listed = run({"archive", "--list", archive(), "--json"});
    EXPECT_EQ(listed.status, 0) << listed.err;
    simdjson::dom::parser parser;
    const simdjson::dom::element list = parser.parse(listed.out);
    for (const simdjson::dom::element input : simdjson::dom::array(list["inputs"]))
      fs::remove(fs::path(root()) / std::string(std::string_view(input["name"])));
    fs::copy_file(archive(), fs::path(root()) / "observations/all.archive");
  }

 private:
  Folder folder_;
};

void expect_same(const std::map<std::string, std::string>& found,
                 const std::map<std::string, std::string>& wanted) {
  ASSERT_EQ(found.size(), wanted.size());
  for (const auto& [name, bytes] : wanted)
    EXPECT_TRUE(found.at(name) == bytes) << name << " differs";
}

class SmallArchive : public ::testing::Test {
 protected:
  SmallArchive() : case_(written()) {}
  static fs::path written() {
    static const Folder folder;
    if (!fs::exists(folder.path() / "case")) write_case(folder, "case", small_case());
    return folder.path() / "case";
  }
  CopiedCase case_;
};

// --- The same bytes

TEST(Archive, OfTheExampleGivesTheBytesOfItsOriginals) {
  const CopiedCase copied(example);
  const auto wanted = copied.assessed();
  const Ran ran = copied.add();
  EXPECT_EQ(ran.status, 0) << ran.err;
  EXPECT_THAT(ran.out, HasSubstr("Added "));
  const Ran verified = run({"archive", "--verify", copied.archive()});
  EXPECT_EQ(verified.status, 0) << verified.err;
  EXPECT_THAT(verified.out, HasSubstr("every check sum right"));
  copied.replace_originals();
  expect_same(copied.assessed(), wanted);
  expect_same(copied.assessed({"--threads", "1", "--memory", "1K"}), wanted);
}

TEST(Archive, WithAnyMemoryAndThreadsTheExampleGivesTheSameBytes) {
  const CopiedCase copied(example);
  const auto wanted = copied.assessed();
  for (const char* memory : {"20K", "300K", "64M"})
    for (const char* threads : {"1", "2", "5"}) {
      SCOPED_TRACE(std::string(memory) + " " + threads);
      expect_same(copied.assessed({"--memory", memory, "--threads", threads}), wanted);
    }
}

// The archive does not depend on threads; with less memory it has more runs, and says the same.
TEST(Archive, IsTheSameHoweverManyThreadsWriteIt) {
  const CopiedCase copied(example);
  ASSERT_EQ(copied.add({"--threads", "1", "--memory", "40M"}).status, 0);
  const std::string one = text_of(copied.archive());
  fs::remove(copied.archive());
  ASSERT_EQ(copied.add({"--threads", "1", "--memory", "40M"}).status, 0);
  EXPECT_TRUE(text_of(copied.archive()) == one);
  const auto wanted = copied.assessed();
  fs::remove(copied.archive());
  ASSERT_EQ(copied.add({"--threads", "3", "--memory", "30K"}).status, 0);
  ASSERT_EQ(run({"archive", "--verify", copied.archive()}).status, 0);
  copied.replace_originals();
  expect_same(copied.assessed(), wanted);
}

TEST_F(SmallArchive, WithBadRowsAndOtherFilesIsTheSameFromAnArchive) {
  case_.write("case/observations/north/cut.json", "{\"now\": 1456531200, \"aircraft\": [{\"hex\":");
  case_.write("case/observations/notes.txt", "not a format of anything\n");
  case_.write("case/observations/empty.csv", "");
  case_.write(
      "case/observations/packed.json.gz",
      gzipped(text_of(fs::path(case_.root()) / "observations/north/trace_full_778123.json")));
  const auto wanted = case_.assessed();
  ASSERT_EQ(case_.add().status, 0);
  // Beside its originals, which it holds: nothing is counted twice.
  fs::copy_file(case_.archive(), case_.root() + "/observations/all.archive");
  expect_same(case_.assessed(), wanted);
  fs::remove(case_.root() + "/observations/all.archive");
  case_.replace_originals();
  expect_same(case_.assessed(), wanted);
}

// --- Adding

TEST_F(SmallArchive, IsArchivedFileByFileWithTheSameResult) {
  const auto wanted = case_.assessed();
  const Ran first = case_.add({"observations/south/trace_full_778123.json", "--json"});
  ASSERT_EQ(first.status, 0) << first.err;
  simdjson::dom::parser parser;
  EXPECT_EQ(std::int64_t(parser.parse(first.out)["added_files"]), 1);
  const Ran second = case_.add({"--json"});
  ASSERT_EQ(second.status, 0) << second.err;
  const simdjson::dom::element told = parser.parse(second.out);
  EXPECT_EQ(std::int64_t(told["added_files"]), 1);
  EXPECT_EQ(std::int64_t(told["files_already_there"]), 1);
  EXPECT_EQ(std::int64_t(told["files"]), 2);
  const Ran third = case_.add();
  EXPECT_THAT(third.out, HasSubstr("Added 0 files"));
  case_.replace_originals();
  expect_same(case_.assessed(), wanted);
}

TEST_F(SmallArchive, RefusesAnOriginalThatHasChangedSince) {
  ASSERT_EQ(case_.add().status, 0);
  const std::string before = text_of(case_.archive());
  const std::string name = "observations/north/trace_full_778123.json";
  case_.write("case/" + name, text_of(fs::path(case_.root()) / name) + " ");
  const Ran ran = case_.add();
  EXPECT_EQ(ran.status, 2);
  EXPECT_THAT(ran.err, HasSubstr(name + ": error: is not the file that the archive holds"));
  EXPECT_TRUE(text_of(case_.archive()) == before);
  fs::copy_file(case_.archive(), case_.root() + "/observations/all.archive");
  const Ran assessed = run({"assess", case_.root()});
  EXPECT_EQ(assessed.status, 2);
  EXPECT_THAT(assessed.err, HasSubstr("is not the file that the archive holds"));
}

TEST_F(SmallArchive, RefusesAnArchiveReadWithOtherSettings) {
  ASSERT_EQ(case_.add().status, 0);
  case_.replace_originals();
  std::string sources = text_of(case_.root() + "/sources.toml");
  sources.insert(sources.find("files"), "time_zone = \"+03:00\"\n");
  case_.write("case/sources.toml", sources);
  const Ran ran = run({"assess", case_.root()});
  EXPECT_EQ(ran.status, 2) << ran.err;
  EXPECT_THAT(ran.err, HasSubstr("archive it anew"));
}

TEST_F(SmallArchive, AnswersMistakesAboutArchives) {
  const Ran none = case_.add({"observations/west.json"});
  EXPECT_EQ(none.status, 2);
  EXPECT_THAT(none.err, HasSubstr("is no file under observations/ of the case"));
  EXPECT_FALSE(fs::exists(case_.archive()));
  const Ran other = run({"archive", "--list", case_.root() + "/agreement.toml"});
  EXPECT_EQ(other.status, 2);
  EXPECT_THAT(other.err, HasSubstr("is no archive of positions"));
  const Ran over = run({"archive", case_.root(), "--to", case_.root() + "/agreement.toml"});
  EXPECT_EQ(over.status, 2);
  EXPECT_THAT(over.err, HasSubstr("is no archive of positions"));
  EXPECT_EQ(text_of(case_.root() + "/agreement.toml"), small_case().at("agreement.toml"));
  const Ran nowhere = run({"archive", case_.root(), "--to", case_.at("no/such.archive")});
  EXPECT_EQ(nowhere.status, 2);
  EXPECT_THAT(nowhere.err, HasSubstr("is not there"));
}

// --- Ended in the middle

TEST_F(SmallArchive, GoesOnBehindATornEnd) {
  const auto wanted = case_.assessed();
  ASSERT_EQ(case_.add({"observations/north/trace_full_778123.json"}).status, 0);
  const std::string first = text_of(case_.archive());
  ASSERT_EQ(case_.add().status, 0);
  const std::string whole = text_of(case_.archive());
  for (const std::size_t cut :
       {std::size_t{0}, std::size_t{5}, std::size_t{16}, first.size() - 1, first.size(),
        first.size() + 1, first.size() + 30, whole.size() - 1, whole.size()}) {
    SCOPED_TRACE(cut);
    case_.write("all.archive", whole.substr(0, cut));
    // With its head alone it is whole, and empty.
    const bool is_torn = cut != 0 && cut != 16 && cut != first.size() && cut != whole.size();
    EXPECT_EQ(run({"archive", "--verify", case_.archive()}).status, is_torn ? 2 : 0);
    const Ran ran = case_.add();
    EXPECT_EQ(ran.status, 0) << ran.err;
    EXPECT_EQ(ran.err.find("going on behind") != std::string::npos, is_torn) << ran.err;
    EXPECT_EQ(run({"archive", "--verify", case_.archive()}).status, 0);
  }
  case_.replace_originals();
  expect_same(case_.assessed(), wanted);
}

TEST_F(SmallArchive, SaysThatAnArchiveIsTornAndJudgesWhatIsWhole) {
  ASSERT_EQ(case_.add({"observations/north/trace_full_778123.json"}).status, 0);
  case_.write("all.archive", text_of(case_.archive()) + "blck");
  fs::copy_file(case_.archive(), case_.root() + "/observations/all.archive");
  const Ran ran = run({"assess", case_.root()});
  EXPECT_EQ(ran.status, 0);
  EXPECT_THAT(ran.err, HasSubstr("the archive ends in the middle"));
}

TEST_F(SmallArchive, RefusesADamagedArchive) {
  ASSERT_EQ(case_.add().status, 0);
  std::string bytes = text_of(case_.archive());
  const std::size_t inside_a_block = 60;
  bytes[inside_a_block] = static_cast<char>(bytes[inside_a_block] ^ 4);
  case_.write("all.archive", bytes);
  const Ran verified = run({"archive", "--verify", case_.archive()});
  EXPECT_EQ(verified.status, 2);
  EXPECT_THAT(verified.err, HasSubstr("is damaged between bytes"));
  case_.replace_originals();
  const Ran ran = run({"assess", case_.root()});
  EXPECT_EQ(ran.status, 2);
  EXPECT_THAT(ran.err, HasSubstr("is damaged between bytes"));
  EXPECT_FALSE(fs::exists(case_.root() + "/out"));
}

TEST_F(SmallArchive, IsNotAddedToByTwoAtOnce) {
  ASSERT_EQ(case_.add().status, 0);
  const int descriptor = ::open(case_.archive().c_str(), O_RDWR | O_CLOEXEC);
  ASSERT_EQ(::flock(descriptor, LOCK_EX), 0);
  const Ran ran = case_.add();
  ::close(descriptor);
  EXPECT_EQ(ran.status, 2);
  EXPECT_THAT(ran.err, HasSubstr("another program is adding to it"));
}

// Ctrl-C while it waits for the bytes of a file: what was whole stays, the rest is cut off.
TEST_F(SmallArchive, InterruptedHoldsWhatWasCompleteAndGoesOn) {
  const auto wanted = case_.assessed();
  ASSERT_EQ(case_.add({"observations/north/trace_full_778123.json"}).status, 0);
  const std::string before = text_of(case_.archive());
  // Many rows, so that there is time to be interrupted in the middle of them.
  std::string rows = "time,address,latitude,longitude\n";
  for (int i = 0; i < 150'000; ++i) rows += "1456531200,778124,33.5,36.2\n";
  case_.write("case/observations/zz.csv", rows);
  const auto grows = [&](pid_t child) {
    for (int i = 0; i < 20'000; ++i) {
      struct stat status{};
      if (::stat(case_.archive().c_str(), &status) == 0 &&
          static_cast<std::size_t>(status.st_size) > before.size() + 1'000)
        break;
      ::usleep(500);
    }
    ::kill(child, SIGINT);
  };
  const Ran ran = case_.add({"--memory", "100K", "--threads", "1"}, {.meanwhile = grows});
  ASSERT_EQ(ran.status, 130) << ran.err;
  EXPECT_THAT(ran.err, HasSubstr("interrupted"));
  const std::string after = text_of(case_.archive());
  EXPECT_TRUE(after.starts_with(before));
  EXPECT_EQ(run({"archive", "--verify", case_.archive()}).status, 0);
  fs::remove(case_.root() + "/observations/zz.csv");
  EXPECT_EQ(case_.add().status, 0);
  case_.replace_originals();
  expect_same(case_.assessed(), wanted);
}

TEST_F(SmallArchive, AnInterruptedFirstArchiveIsGone) {
  std::string rows = "time,address,latitude,longitude\n";
  for (int i = 0; i < 150'000; ++i) rows += "1456531200,778124,33.5,36.2\n";
  case_.write("case/observations/a.csv", rows);
  const auto begins = [&](pid_t child) {
    for (int i = 0; i < 20'000 && !fs::exists(case_.archive()); ++i) ::usleep(500);
    ::kill(child, SIGINT);
  };
  const Ran ran = case_.add({"--threads", "1"}, {.meanwhile = begins});
  ASSERT_EQ(ran.status, 130) << ran.err;
  EXPECT_FALSE(fs::exists(case_.archive()));
}

}  // namespace
}  // namespace truce::program
