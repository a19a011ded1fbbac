// The program as its users meet it: what it prints, how it ends, and what it leaves on the disk.
#include "tests/program/program.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <sched.h>
#include <simdjson.h>
#include <sys/inotify.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>

#include "service/manual.h"

namespace truce::program {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

const std::vector<std::string> output_names = {
    "coverage.csv",  "figures.csv",  "findings.csv", "findings.geojson",
    "findings.json", "rejected.csv", "report.html",
};

std::vector<std::string> names_of(const std::map<std::string, std::string>& files) {
  std::vector<std::string> names;
  for (const auto& [name, _] : files) names.push_back(name);
  return names;
}

/// The small case in a folder of its own.
class SmallCase : public ::testing::Test {
 protected:
  SmallCase() { write_case(folder_, "case", small_case()); }
  std::string root() const { return folder_ / "case"; }
  std::string out() const { return folder_ / "case/out"; }
  void write(const std::string& name, const std::string& text) const {
    folder_.write("case/" + name, text);
  }
  Ran assess(std::vector<std::string> more = {}, const Circumstances& circumstances = {}) const {
    std::vector<std::string> words = {"assess", root()};
    words.insert(words.end(), more.begin(), more.end());
    return run(words, circumstances);
  }

  Folder folder_;
};

// --- The command line
// -----------------------------------------------------------------------------

TEST(CommandLine, ShowsItsManual) {
  for (const auto& page : service::manual()) {
    SCOPED_TRACE(page.name);
    const std::string name(page.name);
    const Ran asked = name == "truce" ? run({"--help"}) : run({name, "--help"});
    EXPECT_EQ(asked.status, 0);
    EXPECT_EQ(asked.out, std::string(page.text));
    EXPECT_EQ(asked.err, "");
    EXPECT_EQ(run({"help", name}).out, asked.out);
  }
  EXPECT_EQ(run({"help"}).out, run({"-h"}).out);
}

TEST(CommandLine, SaysItsVersion) {
  const Ran ran = run({"--version"});
  EXPECT_EQ(ran.status, 0);
  EXPECT_THAT(ran.out, ::testing::MatchesRegex("truce [0-9]+\\.[0-9]+\\.[0-9]+\n"));
}

TEST(CommandLine, AnswersMistakesWithTheNearOne) {
  const struct {
    std::vector<std::string> words;
    const char* answer;
  } cases[] = {
      {{"chekc", "case"}, "did you mean check?"},
      {{"assess", "case", "--jsno"}, "did you mean --json?"},
      {{"assess", "case", "--fail-on", "violaton"}, "did you mean violation?"},
      {{"help", "exersise"}, "did you mean exercise?"},
      {{}, "a subcommand is missing"},
  };
  for (const auto& c : cases) {
    SCOPED_TRACE(c.answer);
    const Ran ran = run(c.words);
    EXPECT_EQ(ran.status, 2);
    EXPECT_EQ(ran.out, "");
    EXPECT_THAT(ran.err, HasSubstr(c.answer));
    EXPECT_THAT(ran.err, HasSubstr("Try: truce help"));
  }
}

TEST(CommandLine, NoticesThatItsWordsAreLost) {
  const Ran ran = run({"--help"}, {.standard_output = "/dev/full"});
  EXPECT_EQ(ran.status, 2);
  EXPECT_THAT(ran.err, HasSubstr("standard output: error: could not be written: no space left"));
}

// --- Cases that are none
// --------------------------------------------------------------------------

TEST(Case, MustBeThere) {
  const Folder folder;
  folder.write("file", "");
  fs::create_directories(folder / "empty");
  for (const char* subcommand : {"check", "assess"}) {
    SCOPED_TRACE(subcommand);
    const Ran gone = run({subcommand, folder / "gone"});
    EXPECT_EQ(gone.status, 2);
    EXPECT_THAT(gone.err, HasSubstr("gone: error: no such file or directory"));
    const Ran file = run({subcommand, folder / "file"});
    EXPECT_EQ(file.status, 2);
    EXPECT_THAT(file.err, HasSubstr("expected a folder"));
    const Ran empty = run({subcommand, folder / "empty"});
    EXPECT_EQ(empty.status, 2);
    EXPECT_THAT(empty.err, HasSubstr("agreement.toml: error: no such file or directory"));
    EXPECT_FALSE(fs::exists(folder / "empty/out"));
  }
}

// --- truce check
// ----------------------------------------------------------------------------------

TEST_F(SmallCase, IsToldBack) {
  const Ran ran = run({"check", root()});
  EXPECT_EQ(ran.status, 0) << ran.err;
  EXPECT_THAT(ran.out, HasSubstr("No military aircraft of the Government"));
  EXPECT_THAT(ran.out, HasSubstr("A-01"));
  EXPECT_FALSE(fs::exists(folder_ / "case/agreement.lock"));
}

TEST_F(SmallCase, EveryProblemIsReportedAtItsPlace) {
  auto files = small_case();
  std::string text = files["agreement.toml"];
  text.replace(text.find("\"SFC\""), 5, "\"10000 ft\"");
  text.replace(text.find("[\"military\"]"), 12, "[\"milittary\"]");
  write("agreement.toml", text);
  write("sources.toml", "[sources.north]\norigin = \"north\"\nreliability = \"G\"\n");
  const Ran ran = run({"check", root()});
  EXPECT_EQ(ran.status, 2);
  EXPECT_EQ(ran.out, "");
  EXPECT_THAT(ran.err, ::testing::ContainsRegex("agreement.toml:17:[0-9]+: error: "));
  EXPECT_THAT(ran.err, ::testing::ContainsRegex("agreement.toml:24:[0-9]+: error: .*military"));
  EXPECT_THAT(ran.err, ::testing::ContainsRegex("sources.toml:3:[0-9]+: error: "));
  EXPECT_EQ(assess().status, 2);
  EXPECT_FALSE(fs::exists(out()));
}

TEST_F(SmallCase, IsCheckedForScripts) {
  simdjson::dom::parser parser;
  const Ran sound = run({"check", root(), "--json"});
  EXPECT_EQ(sound.status, 0);
  const simdjson::dom::element told = parser.parse(sound.out);
  EXPECT_EQ(told["problems"].get_array().size(), 0u);
  EXPECT_THAT(std::string(std::string_view(told["agreement"])), HasSubstr("A-01"));

  write("agreement.toml", "[agreement]\n");
  const Ran broken = run({"check", root(), "--json"});
  EXPECT_EQ(broken.status, 2);
  const simdjson::dom::element problems = parser.parse(broken.out);
  ASSERT_GT(problems["problems"].get_array().size(), 0u);
  EXPECT_THAT(std::string(std::string_view(problems["problems"].at(0)["where"])),
              StartsWith("agreement.toml:1:"));
}

TEST_F(SmallCase, LocksOnceAndTheSameAgain) {
  const Ran first = run({"check", root(), "--lock"});
  EXPECT_EQ(first.status, 0) << first.err;
  const std::string lock = text_of(folder_ / "case/agreement.lock");
  EXPECT_THAT(lock, StartsWith("{"));
  EXPECT_EQ(run({"check", root(), "--lock"}).status, 0);
  EXPECT_EQ(text_of(folder_ / "case/agreement.lock"), lock);
  EXPECT_EQ(names_of(files_of(root())).size(), small_case().size() + 1);
}

TEST_F(SmallCase, WithAProblemIsNotLocked) {
  write("agreement.toml", "[agreement]\n");
  EXPECT_EQ(run({"check", root(), "--lock"}).status, 2);
  EXPECT_FALSE(fs::exists(folder_ / "case/agreement.lock"));
}

// A lock of another text would judge by outlines that nobody agreed.
TEST_F(SmallCase, WithAnotherLockIsRefused) {
  ASSERT_EQ(run({"check", root(), "--lock"}).status, 0);
  auto files = small_case();
  std::string moved = files["areas.geojson"];
  moved.replace(moved.find("[36.0, 33.0]"), 12, "[36.1, 33.0]");
  const auto last = moved.rfind("[36.0, 33.0]");
  moved.replace(last, 12, "[36.1, 33.0]");
  write("areas.geojson", moved);
  for (const char* subcommand : {"check", "assess"}) {
    SCOPED_TRACE(subcommand);
    const Ran ran = run({subcommand, root()});
    EXPECT_EQ(ran.status, 2);
    EXPECT_THAT(ran.err, HasSubstr("agreement.lock"));
    EXPECT_THAT(ran.err, HasSubstr("areas.geojson"));
  }
  EXPECT_EQ(run({"check", root(), "--lock"}).status, 0);
  EXPECT_EQ(assess().status, 0);
}

// --- truce assess
// ---------------------------------------------------------------------------------

TEST_F(SmallCase, IsAssessed) {
  const auto before = files_of(root());
  const Ran ran = assess();
  EXPECT_EQ(ran.status, 0) << ran.err;
  EXPECT_EQ(names_of(files_of(out())), output_names);
  EXPECT_THAT(ran.out, HasSubstr("A small agreement"));
  EXPECT_THAT(ran.out, HasSubstr("4.1"));
  EXPECT_THAT(ran.out, HasSubstr("report.html"));
  EXPECT_THAT(ran.out, HasSubstr("not for release"));
  EXPECT_THAT(ran.out + ran.err, Not(HasSubstr("\x1b")));
  EXPECT_THAT(ran.out + ran.err, Not(HasSubstr("\r")));
  EXPECT_THAT(ran.err, HasSubstr("agreement.lock"));  // Resolved on the spot.
  for (const auto& [name, text] : before) EXPECT_EQ(text_of(fs::path(root()) / name), text);
}

TEST_F(SmallCase, HasOneViolation) {
  const Ran ran = assess({"--json"});
  EXPECT_EQ(ran.status, 0);
  simdjson::dom::parser parser;
  const simdjson::dom::element summary = parser.parse(ran.out);
  EXPECT_EQ(std::int64_t(summary["verdicts"]["violation"]), 1);
  EXPECT_EQ(std::int64_t(summary["rules"]["4.1"]["violation"]), 1);
  EXPECT_EQ(std::int64_t(summary["positions"]), 242);
  EXPECT_EQ(std::int64_t(summary["rejected_rows"]), 0);
  simdjson::dom::parser findings_parser;
  const simdjson::dom::element findings =
      findings_parser.parse(text_of(fs::path(out()) / "findings.json"));
  EXPECT_EQ(std::string_view(findings["findings"].at(0)["verdict"]), "violation");
}

TEST_F(SmallCase, FailsOnWhatIsNamed) {
  EXPECT_EQ(assess({"--fail-on", "violation"}).status, 1);
  EXPECT_EQ(assess({"--fail-on", "excepted,violation"}).status, 1);
  EXPECT_EQ(assess({"--fail-on", "excepted"}).status, 0);
  EXPECT_EQ(assess({"--fail-on", "not-observed"}).status, 0);
  EXPECT_EQ(names_of(files_of(out())), output_names);
}

TEST_F(SmallCase, IsQuietWhenAsked) {
  ASSERT_EQ(run({"check", root(), "--lock"}).status, 0);
  const Ran ran = assess({"--quiet"});
  EXPECT_EQ(ran.status, 0);
  EXPECT_EQ(ran.out + ran.err, "");
}

TEST_F(SmallCase, GivesTheSameBytesWhateverTheThreadsAndTheLock) {
  for (int i = 0; i < 30; ++i) {
    write("observations/more/" + std::to_string(i) + ".json",
          small_case()["observations/north/trace_full_778123.json"]);
    write("observations/more/" + std::to_string(i) + ".txt", "no format that anybody knows\n");
  }
  ASSERT_EQ(assess({"--threads", "1"}).status, 0);
  const auto one = files_of(out());
  ASSERT_EQ(assess({"--threads", "2"}).status, 0);
  EXPECT_EQ(files_of(out()), one);
  ASSERT_EQ(assess({"--threads", "7"}).status, 0);
  EXPECT_EQ(files_of(out()), one);
  ASSERT_EQ(run({"check", root(), "--lock"}).status, 0);
  ASSERT_EQ(assess().status, 0);
  EXPECT_EQ(files_of(out()), one);
}

// The order in which a disk lists a folder is its own affair: tmpfs lists the newest first.
TEST(Case, GivesTheSameBytesInWhateverOrderItsFilesLie) {
  const fs::path memory = "/dev/shm";
  const bool has_memory = ::access(memory.c_str(), W_OK) == 0;
  const auto files = small_case();
  const Folder forward(has_memory ? memory : fs::path()),
      backward(has_memory ? memory : fs::path());
  for (auto file = files.begin(); file != files.end(); ++file) {
    forward.write("case/" + file->first, file->second);
  }
  for (auto file = files.rbegin(); file != files.rend(); ++file) {
    backward.write("case/" + file->first, file->second);
  }
  ASSERT_EQ(run({"assess", forward / "case"}).status, 0);
  ASSERT_EQ(run({"assess", backward / "case"}).status, 0);
  EXPECT_EQ(files_of(forward / "case/out"), files_of(backward / "case/out"));
}

// --- Bad input
// ------------------------------------------------------------------------------------

TEST_F(SmallCase, GoesOnWithoutWhatCannotBeRead) {
  ASSERT_EQ(assess().status, 0);
  const std::string before = text_of(fs::path(out()) / "findings.csv");
  write("observations/secret.json", "{}");
  fs::permissions(root() + "/observations/secret.json", fs::perms::none);
  write("observations/closed/a.json", "{}");
  fs::permissions(root() + "/observations/closed", fs::perms::none);
  const Ran ran = assess({}, {.before = without_privileges});
  fs::permissions(root() + "/observations/closed", fs::perms::owner_all);
  if (ran.status == circumstances_denied) GTEST_SKIP() << "cannot give up privileges here";
  EXPECT_EQ(ran.status, 0) << ran.err;
  EXPECT_THAT(ran.err, HasSubstr("observations/secret.json: warning: could not be opened: "
                                 "permission denied"));
  EXPECT_THAT(ran.err, HasSubstr("observations/closed: warning: folder could not be read: "
                                 "permission denied"));
  EXPECT_THAT(text_of(fs::path(out()) / "rejected.csv"), HasSubstr("observations/secret.json"));
  EXPECT_EQ(text_of(fs::path(out()) / "findings.csv"), before);
}

TEST_F(SmallCase, ReadsADamagedFileAsFarAsItGoes) {
  const std::string text = small_case()["observations/south/trace_full_778123.json"];
  // Not one record is whole in the first half: what the other receiver heard stands alone.
  const std::string packed = gzipped(text);
  fs::remove(root() + "/observations/south/trace_full_778123.json");
  write("observations/south/trace_full_778123.json.gz", packed);
  ASSERT_EQ(assess({"--fail-on", "violation"}).status, 1);
  for (const std::size_t length :
       {packed.size() - 1, packed.size() / 2, std::size_t{20}, std::size_t{3}, std::size_t{0}}) {
    SCOPED_TRACE(length);
    write("observations/south/trace_full_778123.json.gz", packed.substr(0, length));
    const Ran ran = assess();
    EXPECT_EQ(ran.status, 0) << ran.err;
    EXPECT_EQ(names_of(files_of(out())), output_names);
    if (length > 3) {
      EXPECT_THAT(ran.err, HasSubstr("trace_full_778123.json.gz: warning: compressed data"));
      EXPECT_THAT(text_of(fs::path(out()) / "rejected.csv"),
                  HasSubstr("compressed data are damaged"));
    }
  }
}

TEST_F(SmallCase, KeepsWhatItDoesNotRecognise) {
  write("observations/picture.png", "\x89PNG\r\n\x1a\n and so on");
  write("observations/empty", "");
  const Ran ran = assess();
  EXPECT_EQ(ran.status, 0);
  EXPECT_THAT(ran.err, HasSubstr("observations/picture.png: warning: format not recognised"));
  EXPECT_THAT(text_of(fs::path(out()) / "rejected.csv"), HasSubstr("observations/picture.png"));
  EXPECT_THAT(text_of(fs::path(out()) / "findings.json"), HasSubstr("observations/empty"));
}

// Whoever names a file could otherwise write what they like on the operator's screen.
TEST_F(SmallCase, LetsNoFileNameActOnTheTerminal) {
  write("observations/x\x1b[2J\nagreement.lock: error: forged\xff.json", "?");
  const Ran ran = assess();
  EXPECT_EQ(ran.status, 0);
  EXPECT_THAT(ran.out + ran.err, Not(HasSubstr("\x1b")));
  EXPECT_THAT(ran.err, Not(HasSubstr("\nagreement.lock: error")));
  EXPECT_THAT(ran.err, HasSubstr("forged"));
}

TEST_F(SmallCase, FollowsNoLinkInACircleOrOutside) {
  folder_.write("outside.json", "{}");
  fs::create_directory_symlink("..", root() + "/observations/loop");
  fs::create_directory_symlink(".", root() + "/observations/north/self");
  fs::create_symlink("../../outside.json", root() + "/observations/outside.json");
  fs::create_symlink("nowhere", root() + "/observations/broken.json");
  const Ran ran = assess({"--json"});
  EXPECT_EQ(ran.status, 0);
  simdjson::dom::parser parser;
  EXPECT_EQ(std::int64_t(parser.parse(ran.out)["positions"]), 242);
  EXPECT_THAT(ran.err, HasSubstr("observations/loop: warning: symbolic link"));
  EXPECT_THAT(ran.err, HasSubstr("observations/outside.json: warning: symbolic link that leads "
                                 "outside the case"));
  EXPECT_THAT(ran.err, HasSubstr("observations/broken.json: warning: symbolic link that leads "
                                 "nowhere"));
}

// A ledger under another name would be passed over, and an excepted flight be a violation.
TEST_F(SmallCase, NamesWhatItPassesOver) {
  write("notice.toml", "");
  write("observation/x.json", "{}");
  write("journal.csv", "");
  write("README.md", "nothing to warn of");
  for (const char* subcommand : {"check", "assess"}) {
    SCOPED_TRACE(subcommand);
    const Ran ran = run({subcommand, root()});
    EXPECT_EQ(ran.status, 0);
    EXPECT_THAT(ran.err, HasSubstr("notice.toml: warning: not read; did you mean notices.toml?"));
    EXPECT_THAT(ran.err, HasSubstr("observation: warning: not read; did you mean observations?"));
    EXPECT_THAT(ran.err, HasSubstr("journal.csv: warning: not read\n"));
    EXPECT_THAT(ran.err, Not(HasSubstr("README.md")));
    EXPECT_THAT(ran.err, Not(HasSubstr("areas.geojson")));
  }
}

TEST_F(SmallCase, StopsAtAProblemInWhatIsDeclared) {
  write("notices.toml", "[notices.N-1]\nparty = 7\n");
  const Ran ran = assess();
  EXPECT_EQ(ran.status, 2);
  EXPECT_THAT(ran.err, ::testing::ContainsRegex("notices.toml:2:[0-9]+: error: "));
  EXPECT_FALSE(fs::exists(out()));
}

TEST_F(SmallCase, RefusesAPreviousThatIsNone) {
  EXPECT_EQ(assess({"--previous", folder_ / "gone.json"}).status, 2);
  folder_.write("broken.json", "{\"findings\": [");
  const Ran ran = assess({"--previous", folder_ / "broken.json"});
  EXPECT_EQ(ran.status, 2);
  EXPECT_THAT(ran.err, HasSubstr("broken.json"));
  EXPECT_FALSE(fs::exists(out()));
}

TEST_F(SmallCase, KeepsItsIdsWithPrevious) {
  ASSERT_EQ(assess().status, 0);
  const std::string before = text_of(fs::path(out()) / "findings.json");
  ASSERT_EQ(assess({"--previous", out() + "/findings.json", "--out", folder_ / "again"}).status, 0);
  EXPECT_EQ(text_of(folder_ / "again/findings.json"), before);
}

// --- Outputs, whole or absent
// ---------------------------------------------------------------------

TEST_F(SmallCase, WritesNowhereElse) {
  for (const std::string& where :
       {root() + "/observations", root() + "/observations/x", root() + "/out/../observations/y"}) {
    SCOPED_TRACE(where);
    const Ran ran = assess({"--out", where});
    EXPECT_EQ(ran.status, 2);
    EXPECT_THAT(ran.err, HasSubstr("lies in observations of the case"));
  }
  const Ran file = assess({"--out", root() + "/agreement.toml"});
  EXPECT_EQ(file.status, 2);
  EXPECT_THAT(file.err, HasSubstr("expected a folder, found a file"));
  EXPECT_EQ(files_of(root()), small_case());
}

TEST_F(SmallCase, WritesIntoANewFolderNamedFromHere) {
  const Ran ran = assess({"--out", "new/folder"},
                         {.before = [&] { return ::chdir(folder_.path().c_str()) == 0; }});
  EXPECT_EQ(ran.status, 0) << ran.err;
  EXPECT_EQ(names_of(files_of(folder_ / "new/folder")), output_names);
}

TEST_F(SmallCase, SaysThatAFolderCannotBeWritten) {
  fs::create_directories(folder_ / "closed");
  fs::permissions(folder_ / "closed", fs::perms::owner_read | fs::perms::owner_exec);
  const Ran ran = assess({"--out", folder_ / "closed"}, {.before = without_privileges});
  if (ran.status == circumstances_denied) GTEST_SKIP() << "cannot give up privileges here";
  EXPECT_EQ(ran.status, 2);
  EXPECT_THAT(ran.err, HasSubstr("closed: error: cannot be written into: permission denied"));
}

// The outputs of the run before stay, whole, and nothing temporary lies beside them.
TEST_F(SmallCase, LeavesOldOutputsWhenNewOnesDoNotFit) {
  ASSERT_EQ(assess().status, 0);
  const auto old = files_of(out());
  write("observations/junk.bin", "unknown to everybody\n");  // The new outputs would differ.
  const Ran ran = assess({}, {.before = [] {
                           const rlimit limit{2'000, 2'000};
                           return ::setrlimit(RLIMIT_FSIZE, &limit) == 0;
                         }});
  EXPECT_EQ(ran.status, 2);
  EXPECT_THAT(ran.err, HasSubstr("could not be written: file too large"));
  EXPECT_EQ(files_of(out()), old);
}

TEST_F(SmallCase, SaysThatTheDiskIsFull) {
  fs::create_directories(folder_ / "small-disk");
  const std::string disk = folder_ / "small-disk";
  Circumstances full;
  // A file system of 16 kB that only the program sees.
  full.before = [&] {
    return ::unshare(CLONE_NEWNS) == 0 &&
           ::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0 &&
           ::mount("truce", disk.c_str(), "tmpfs", 0, "size=16k") == 0;
  };
  const Ran ran = assess({"--out", disk + "/out"}, full);
  if (ran.status == circumstances_denied) GTEST_SKIP() << "cannot mount a small disk here";
  EXPECT_EQ(ran.status, 2);
  EXPECT_THAT(ran.err, HasSubstr("could not be written: no space left on device"));
  EXPECT_THAT(ran.err, HasSubstr(disk));
}

TEST_F(SmallCase, LocksWholeOrNotAtAll) {
  const Ran ran = run({"check", root(), "--lock"}, {.before = [] {
                        const rlimit limit{100, 100};
                        return ::setrlimit(RLIMIT_FSIZE, &limit) == 0;
                      }});
  EXPECT_EQ(ran.status, 2);
  EXPECT_THAT(ran.err, HasSubstr("agreement.lock: error: could not be written"));
  EXPECT_EQ(files_of(root()), small_case());
}

// --- Ended from outside
// ---------------------------------------------------------------------------

/// Sends a signal at the moment when the first file appears in a folder.
std::function<void(pid_t)> when_it_writes_into(const std::string& folder, int signal) {
  return [folder, signal](pid_t child) {
    const int watch = ::inotify_init1(IN_CLOEXEC);
    ::inotify_add_watch(watch, folder.c_str(), IN_CREATE);
    pollfd ready{watch, POLLIN, 0};
    if (::poll(&ready, 1, 20'000) == 1) ::kill(child, signal);
    ::close(watch);
  };
}

TEST_F(SmallCase, LeavesNothingHalfWrittenWhenInterrupted) {
  int interrupted = 0;
  for (int i = 0; i < 5; ++i) {
    fs::remove_all(out());
    fs::create_directories(out());
    const Ran ran = assess({}, {.meanwhile = when_it_writes_into(out(), SIGINT)});
    if (ran.status == 130) {
      ++interrupted;
      EXPECT_THAT(ran.err, HasSubstr("interrupted"));
    } else {
      EXPECT_EQ(ran.status, 0);
    }
    for (const auto& [name, text] : files_of(out())) {
      EXPECT_THAT(output_names, ::testing::Contains(name));
      EXPECT_FALSE(text.empty());
    }
  }
  EXPECT_GT(interrupted, 0);
}

TEST_F(SmallCase, OwnsUpToItsFaults) {
  const struct {
    int signal, status;
  } cases[] = {{SIGABRT, 3}, {SIGTERM, 143}, {SIGHUP, 129}};
  for (const auto& c : cases) {
    SCOPED_TRACE(c.signal);
    fs::remove_all(out());
    fs::create_directories(out());
    const Ran ran = assess({}, {.meanwhile = when_it_writes_into(out(), c.signal)});
    // Writing may be over before the signal comes.
    EXPECT_TRUE(ran.status == c.status || ran.status == 0) << ran.status;
    for (const auto& [name, _] : files_of(out())) {
      EXPECT_THAT(output_names, ::testing::Contains(name));
    }
  }
}

// --- On a terminal
// --------------------------------------------------------------------------------

TEST_F(SmallCase, ColoursOnlyATerminalThatWantsIt) {
  const Ran coloured = run_on_terminal({"assess", root()}, {"TERM=xterm", "NO_COLOR="});
  EXPECT_EQ(coloured.status, 0);
  EXPECT_THAT(coloured.out, HasSubstr("\x1b[1m"));
  EXPECT_THAT(coloured.out, HasSubstr("\rreading "));
  EXPECT_THAT(coloured.out, HasSubstr("\rassessing "));
  const Ran plain = run_on_terminal({"assess", root()}, {"TERM=xterm", "NO_COLOR=1"});
  EXPECT_EQ(plain.status, 0);
  EXPECT_THAT(plain.out, Not(HasSubstr("\x1b[1m")));
  EXPECT_THAT(plain.out, Not(HasSubstr("\x1b[31m")));
  const Ran dumb = run_on_terminal({"assess", root()}, {"TERM=dumb"});
  EXPECT_EQ(dumb.status, 0);
  EXPECT_THAT(dumb.out, Not(HasSubstr("\x1b")));
}

// --- truce exercise
// -------------------------------------------------------------------------------

TEST(Exercise, IsMadeAssessedAndScored) {
  const Folder folder;
  const std::vector<std::string> words = {"--seed", "5", "--days", "1", "--aircraft", "12"};
  const auto make = [&](const std::string& out) {
    std::vector<std::string> all = {"exercise", "--out", folder / out};
    all.insert(all.end(), words.begin(), words.end());
    return run(all);
  };
  ASSERT_EQ(make("one").status, 0);
  ASSERT_EQ(make("two").status, 0);
  const auto files = files_of(folder / "one");
  EXPECT_EQ(files, files_of(folder / "two"));
  EXPECT_TRUE(files.contains("agreement.toml"));
  EXPECT_TRUE(files.contains("truth.json"));

  const Ran again = make("one");
  EXPECT_EQ(again.status, 2);
  EXPECT_THAT(again.err, HasSubstr("not empty"));

  const Ran unassessed = run({"exercise", "--score", folder / "one"});
  EXPECT_EQ(unassessed.status, 2);
  EXPECT_THAT(unassessed.err, HasSubstr("findings.json"));

  ASSERT_EQ(run({"check", folder / "one"}).status, 0);
  ASSERT_EQ(run({"assess", folder / "one"}).status, 0);
  const Ran scored = run({"exercise", "--score", folder / "one", "--json"});
  simdjson::dom::parser parser;
  EXPECT_EQ(scored.status, bool(parser.parse(scored.out)["passed"]) ? 0 : 1) << scored.err;
}

}  // namespace
}  // namespace truce::program
