#include "base/toml.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace truce::base {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

TEST(Toml, ReadsWhatIsThere) {
  Problems problems;
  auto root = TomlTable::parse(
      "title = \"A\"\ncount = 3\nshare = 0.5\nwhole = 1\non = true\n"
      "at = 2016-02-27T12:00:00.5\nday = 2016-02-27\nabroad = 2016-02-27T12:00:00+02:00\n"
      "names = [\"a\", \"b\"]\n",
      "f.toml", problems);
  ASSERT_TRUE(root);
  EXPECT_EQ(root->text("title"), "A");
  EXPECT_EQ(root->integer("count"), 3);
  EXPECT_EQ(root->decimal("share"), 0.5);
  EXPECT_EQ(root->decimal("whole"), 1.0);
  EXPECT_EQ(root->boolean("on"), true);
  EXPECT_EQ(root->time("at")->text, "2016-02-27T12:00:00.500000000");
  EXPECT_TRUE(root->time("day")->date_only);
  EXPECT_EQ(root->time("abroad")->offset_minutes, 120);
  EXPECT_THAT(*root->texts("names"), ElementsAre("a", "b"));
  EXPECT_THAT(*root->texts("title"), ElementsAre("A"));
  EXPECT_EQ(root->text("absent"), std::nullopt);
  root->report_unknown_keys();
  EXPECT_THAT(problems, IsEmpty());
}

TEST(Toml, SaysWhereAndWhatWasExpected) {
  Problems problems;
  auto root = TomlTable::parse("title = 3\n[sources.amman]\n  orign = \"x\"\n", "f.toml", problems);
  ASSERT_TRUE(root);
  EXPECT_EQ(root->text("title"), std::nullopt);
  for (auto& [id, source] : root->children("sources")) {
    EXPECT_EQ(id, "amman");
    source.text("origin");
    source.required_text("kind");
    source.report_unknown_keys();
  }
  EXPECT_THAT(
      problems,
      ElementsAre(
          Problem{"f.toml:1:9", "title: expected a text, found an integer"},
          Problem{"f.toml:2:1", "[sources.amman] kind is missing"},
          Problem{"f.toml:3:3", "unknown key 'orign' in [sources.amman]; did you mean 'origin'?"}));
}

TEST(Toml, GivesChildrenInTheOrderWritten) {
  Problems problems;
  auto root = TomlTable::parse("[g.zeta]\n[g.alpha]\n[g.mid]\n", "f.toml", problems);
  ASSERT_TRUE(root);
  std::vector<std::string> names;
  for (auto& [name, table] : root->children("g")) names.push_back(name);
  EXPECT_THAT(names, ElementsAre("zeta", "alpha", "mid"));
}

TEST(Toml, RefusesWhatItCannotRead) {
  const struct {
    std::string_view name;
    std::string text;
    std::string_view where, message;
  } cases[] = {
      {"syntax", "a = 1\nb = = 2\n", "f.toml:2:", "this is not valid TOML"},
      {"a key twice", "a = 1\na = 2\n", "f.toml:2:", "this is not valid TOML"},
      {"not UTF-8", "a = 1\nb = \"\xE9\"\n", "f.toml:2:6", "not UTF-8"},
      {"nested arrays", "a = " + std::string(5000, '['), "f.toml:1", "nested more than 200 deep"},
      {"a bare carriage return", "a = 1\rb = 2\n", "f.toml:1:", "this is not valid TOML"},
  };
  for (const auto& c : cases) {
    SCOPED_TRACE(c.name);
    Problems problems;
    EXPECT_FALSE(TomlTable::parse(c.text, "f.toml", problems));
    ASSERT_EQ(problems.size(), 1U);
    EXPECT_THAT(problems[0].where, testing::StartsWith(std::string(c.where)));
    EXPECT_THAT(problems[0].message, HasSubstr(std::string(c.message)));
  }
}

// A key of a great many parts nests as deeply as brackets do.
TEST(Toml, RefusesKeysNestedTooDeep) {
  for (const std::string open : {"", "["}) {
    std::string text = open;
    for (int i = 0; i < 100'000; ++i) text += "a.";
    text += open.empty() ? "a = 1\n" : "a]\nb = 1\n";
    Problems problems;
    EXPECT_FALSE(TomlTable::parse(text, "f.toml", problems));
    ASSERT_EQ(problems.size(), 1U);
    EXPECT_THAT(problems[0].message, HasSubstr("more than 200"));
  }
}

}  // namespace
}  // namespace truce::base
