#include "service/manual_forms.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "service/command_line.h"

namespace truce::service {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

const ManualOption* option(const std::vector<ManualOption>& options, const std::string& name) {
  for (const ManualOption& one : options)
    if (std::find(one.names.begin(), one.names.end(), name) != one.names.end()) return &one;
  return nullptr;
}

TEST(ManualForms, TakeTheOptionsFromThePage) {
  const std::vector<ManualOption> options = options_of(*manual_page("assess"));
  const ManualOption* out = option(options, "--out");
  ASSERT_NE(out, nullptr);
  EXPECT_EQ(out->argument, "DIR");
  EXPECT_EQ(out->summary, "Where the outputs go");
  const ManualOption* help = option(options, "--help");
  ASSERT_NE(help, nullptr);
  EXPECT_THAT(help->names, ElementsAre("-h", "--help"));
  EXPECT_EQ(help->argument, "");
}

TEST(ManualForms, TakeTheOperandFromTheSynopsis) {
  EXPECT_EQ(operand_of(*manual_page("check")), "CASE");
  EXPECT_EQ(operand_of(*manual_page("help")), "SUBCOMMAND");
  EXPECT_EQ(operand_of(*manual_page("exercise")), "");
  EXPECT_EQ(operand_of(*manual_page("truce")), "");
}

// An option that the program takes and its page does not describe, or the other way round, would be
// missing from one of the forms.
TEST(ManualForms, DescribeOptionsThatTheProgramTakes) {
  for (const ManualPage& page : manual()) {
    if (page.name == "truce") continue;
    for (const ManualOption& one : options_of(page)) {
      for (const std::string& name : one.names) {
        std::vector<std::string> words{std::string(page.name), name};
        if (!one.argument.empty()) words.emplace_back("1");
        const auto command = command_from(words);
        if (command) continue;
        EXPECT_THAT(command.error().message, Not(HasSubstr("unknown option"))) << name;
      }
    }
  }
}

TEST(ManualForms, WriteEveryPageForMan) {
  for (const ManualPage& page : manual()) {
    SCOPED_TRACE(page.name);
    const std::string man = man_page(page, "0.1.0");
    EXPECT_TRUE(man.starts_with(".TH \"TRUCE")) << man.substr(0, 80);
    for (const char* heading : {".SH NAME", ".SH SYNOPSIS", ".SH DESCRIPTION", ".SH OPTIONS",
                                ".SH \"EXIT STATUS\"", ".SH EXAMPLES", ".SH \"SEE ALSO\""})
      EXPECT_THAT(man, HasSubstr(heading));
    for (const ManualOption& one : options_of(page)) {
      std::string name;
      for (char c : one.names.back()) name += c == '-' ? std::string("\\-") : std::string(1, c);
      EXPECT_THAT(man, HasSubstr(name));
    }
  }
}

TEST(ManualForms, OfferEverySubcommandAndOptionInEveryShell) {
  for (Shell shell : {Shell::bash, Shell::zsh, Shell::fish}) {
    const std::string text = completion(shell);
    for (const std::string& name : subcommands()) EXPECT_THAT(text, HasSubstr(name));
    for (const ManualPage& page : manual()) {
      for (const ManualOption& one : options_of(page)) {
        const std::string& name = one.names.back();
        EXPECT_THAT(text, HasSubstr(shell == Shell::fish ? name.substr(2) : name));
      }
    }
    EXPECT_THAT(text, HasSubstr("not-observed"));
  }
}

TEST(ManualForms, KnowTheWordsOfAVerdict) {
  EXPECT_THAT(words_for("VERDICT"), Contains("not-applicable"));
  EXPECT_THAT(words_for("SUBCOMMAND"), Contains("assess"));
  EXPECT_TRUE(words_for("DIR").empty());
}

}  // namespace
}  // namespace truce::service
