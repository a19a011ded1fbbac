#include "service/command_line.h"

#include <gtest/gtest.h>

#include "service/manual.h"

namespace truce::service {
namespace {

using findings::Verdict;

std::string wrong(const std::vector<std::string>& words) {
  const auto command = command_from(words);
  return command ? "understood" : command.error().where + ": " + command.error().message;
}

TEST(CommandLine, IsUnderstood) {
  const auto assess = command_from({"assess", "case", "--out", "o", "--previous=p.json",
                                    "--fail-on", "violation,possible", "--fail-on", "not-observed",
                                    "--threads", "2", "--quiet"});
  ASSERT_TRUE(assess.has_value());
  const auto& command = std::get<AssessCommand>(*assess);
  EXPECT_EQ(command.folder, "case");
  EXPECT_EQ(command.out, "o");
  EXPECT_EQ(command.previous, "p.json");
  EXPECT_EQ(command.fail_on,
            (std::vector{Verdict::violation, Verdict::possible, Verdict::not_observed}));
  EXPECT_EQ(command.threads, 2);
  EXPECT_TRUE(command.quiet);
  EXPECT_FALSE(command.json);

  const auto limited = command_from({"assess", "case", "--memory", "512M"});
  ASSERT_TRUE(limited.has_value());
  EXPECT_EQ(std::get<AssessCommand>(*limited).memory, std::uint64_t{512} << 20);

  const auto archive = command_from({"archive", "case", "a.json", "b.json", "--to", "x"});
  ASSERT_TRUE(archive.has_value());
  EXPECT_EQ(std::get<ArchiveCommand>(*archive).folder, "case");
  EXPECT_EQ(std::get<ArchiveCommand>(*archive).files,
            (std::vector<std::string>{"a.json", "b.json"}));
  EXPECT_EQ(std::get<ArchiveCommand>(*archive).archive, "x");
  const auto verify = command_from({"archive", "--verify", "x"});
  ASSERT_TRUE(verify.has_value());
  EXPECT_EQ(std::get<ArchiveCommand>(*verify).act, ArchiveCommand::Act::verify);

  const auto check = command_from({"check", "--lock", "case"});
  ASSERT_TRUE(check.has_value());
  EXPECT_TRUE(std::get<CheckCommand>(*check).lock);

  const auto exercise = command_from({"exercise", "--out", "x", "--seed", "7", "--days", "2"});
  ASSERT_TRUE(exercise.has_value());
  EXPECT_EQ(std::get<ExerciseCommand>(*exercise).seed, 7u);
  EXPECT_EQ(std::get<ExerciseCommand>(*exercise).days, 2);
  EXPECT_FALSE(std::get<ExerciseCommand>(*exercise).aircraft.has_value());

  const auto score = command_from({"exercise", "--score", "x", "--json"});
  ASSERT_TRUE(score.has_value());
  EXPECT_EQ(std::get<ScoreCommand>(*score).folder, "x");

  EXPECT_TRUE(std::holds_alternative<VersionCommand>(*command_from({"--version"})));
  EXPECT_EQ(std::get<HelpCommand>(*command_from({"--help"})).page, "truce");
  EXPECT_EQ(std::get<HelpCommand>(*command_from({"help"})).page, "truce");
  EXPECT_EQ(std::get<HelpCommand>(*command_from({"help", "check"})).page, "check");
  EXPECT_EQ(std::get<HelpCommand>(*command_from({"assess", "-h"})).page, "assess");
}

// A case may bear the name of a subcommand.
TEST(CommandLine, TakesACaseNamedAssess) {
  const auto check = command_from({"check", "assess"});
  ASSERT_TRUE(check.has_value());
  EXPECT_EQ(std::get<CheckCommand>(*check).folder, "assess");
}

TEST(CommandLine, AnswersMistakesWithTheNearOne) {
  const struct {
    std::vector<std::string> words;
    const char* answer;
  } cases[] = {
      {{}, "truce: a subcommand is missing: check, assess, archive, exercise or help"},
      {{"asess", "case"}, "truce: unknown subcommand 'asess'; did you mean assess?"},
      {{"asess", "case", "--out", "x"}, "truce: unknown subcommand 'asess'; did you mean assess?"},
      {{"frobnicate"}, "truce: unknown subcommand 'frobnicate'"},
      {{"--versoin"}, "truce: unknown option --versoin; did you mean --version?"},
      {{"check", "case", "--lokc"}, "truce check: unknown option --lokc; did you mean --lock?"},
      {{"assess", "case", "--thread=2"},
       "truce assess: unknown option --thread; did you mean --threads?"},
      {{"assess", "case", "-x"}, "truce assess: unknown option -x"},
      {{"assess", "a", "b"}, "truce assess: unexpected 'b'"},
      {{"assess"}, "truce assess: CASE is missing"},
      {{"assess", "case", "--out"}, "truce assess: --out takes one value"},
      {{"assess", "case", "--out", ""}, "truce assess: --out is empty"},
      {{"assess", "case", "--out", "a", "--out", "b"}, "truce assess: --out is given twice"},
      {{"assess", "case", "--threads", "0"},
       "truce assess: --threads takes a whole number from 1 to 256, not '0'"},
      {{"assess", "case", "--threads", "two"},
       "truce assess: --threads takes a whole number from 1 to 256, not 'two'"},
      {{"assess", "case", "--fail-on", "violatoin"},
       "truce assess: --fail-on takes violation, possible, excepted, compliant, not-observed or "
       "not-applicable, not 'violatoin'; did you mean violation?"},
      {{"assess", "case", "--json", "--quiet"},
       "truce assess: --json and --quiet exclude each other"},
      {{"assess", "case", "--memory", "1000"},
       "truce assess: --memory takes a size such as 512M or 2G, not '1000'"},
      {{"assess", "case", "--memory", "G"},
       "truce assess: --memory takes a size such as 512M or 2G, not 'G'"},
      {{"archive", "--to", "a"}, "truce archive: CASE is missing"},
      {{"archive", "case"}, "truce archive: --to ARCHIVE (or --list, or --verify) is missing"},
      {{"archive", "--list", "a", "--verify", "a"},
       "truce archive: --to, --list and --verify exclude each other"},
      {{"archive", "case", "--list", "a"}, "truce archive: --list and --verify take no CASE"},
      {{"archive", "case", "--too", "a"},
       "truce archive: unknown option --too; did you mean --to?"},
      {{"exercise", "--out", "x"}, "truce exercise: --seed N is missing"},
      {{"exercise", "--seed", "1"}, "truce exercise: --out DIR (or --score CASE) is missing"},
      {{"exercise", "--out", "x", "--seed", "-1"},
       "truce exercise: --seed takes a whole number, 0 or more, not '-1'"},
      {{"exercise", "--score", "x", "--seed", "1"},
       "truce exercise: --score takes no option but --json"},
      {{"help", "asses"}, "truce help: there is no page 'asses'; did you mean assess?"},
  };
  for (const auto& c : cases) {
    SCOPED_TRACE(c.answer);
    EXPECT_EQ(wrong(c.words), c.answer);
  }
}

// What the program takes and what its manual says are the same.
TEST(Manual, NamesEveryOption) {
  for (const ManualPage& page : manual()) {
    for (const std::string& option : options_of(std::string(page.name))) {
      SCOPED_TRACE(std::string(page.name) + " " + option);
      EXPECT_NE(page.text.find(option), std::string_view::npos);
      // On a line of its own under OPTIONS.
      const auto options = page.text.substr(page.text.find("\nOPTIONS\n"));
      EXPECT_TRUE(options.find("\n    " + option) != std::string_view::npos ||
                  options.find("\n    -h, " + option) != std::string_view::npos);
    }
  }
}

TEST(Manual, NamesNoOptionThatIsNotTaken) {
  for (const ManualPage& page : manual()) {
    const auto known = options_of(std::string(page.name));
    const auto options = page.text.substr(
        page.text.find("\nOPTIONS\n"), page.text.find("\nFILES\n") - page.text.find("\nOPTIONS\n"));
    for (auto at = options.find("\n    --"); at != std::string_view::npos;
         at = options.find("\n    --", at + 1)) {
      const auto rest = options.substr(at + 5);
      const std::string option(rest.substr(0, rest.find_first_of(" \n")));
      EXPECT_NE(std::find(known.begin(), known.end(), option), known.end())
          << page.name << " " << option;
    }
  }
}

TEST(Manual, ReadsLikeAManual) {
  for (const ManualPage& page : manual()) {
    SCOPED_TRACE(page.name);
    for (const char* heading :
         {"NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS", "FILES", "EXIT STATUS", "EXAMPLES"}) {
      EXPECT_NE(("\n" + std::string(page.text)).find("\n" + std::string(heading) + "\n"),
                std::string::npos)
          << heading;
    }
    EXPECT_NE(page.text.find(page.summary), std::string_view::npos);
    std::size_t begin = 0;
    while (begin < page.text.size()) {
      const auto end = page.text.find('\n', begin);
      EXPECT_LE(end - begin, 80u) << page.text.substr(begin, end - begin);
      begin = end + 1;
    }
  }
}

}  // namespace
}  // namespace truce::service
