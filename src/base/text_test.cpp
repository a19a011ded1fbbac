#include "base/text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>

namespace truce::base {
namespace {

using testing::ElementsAre;

TEST(Number, IsTheWholeText) {
  const struct {
    std::string_view text;
    std::optional<double> value;
  } cases[] = {
      {"-12.5", -12.5}, {"1e3", 1000}, {"+7", 7},   {"0", 0},      {".5", 0.5}, {"", {}},
      {" 1", {}},       {"1 ", {}},    {"1,5", {}}, {"nan", {}},   {"inf", {}}, {"1e999", {}},
      {"0x10", {}},     {"+-5", {}},   {"++5", {}}, {"12abc", {}}, {"-", {}},   {"--1", {}},
  };
  for (const auto& c : cases) EXPECT_EQ(number(c.text), c.value) << c.text;
}

TEST(WholeNumber, IsTheWholeText) {
  const struct {
    std::string_view text;
    int base;
    std::optional<std::int64_t> value;
  } cases[] = {
      {"42", 10, 42},
      {"-42", 10, -42},
      {"+42", 10, 42},
      {"4b1817", 16, 0x4b1817},
      {"4B1817", 16, 0x4b1817},
      {"9223372036854775807", 10, INT64_MAX},
      {"9223372036854775808", 10, {}},
      {"1.0", 10, {}},
      {"", 10, {}},
      {"+-42", 10, {}},
      {"+", 10, {}},
  };
  for (const auto& c : cases) EXPECT_EQ(whole_number(c.text, c.base), c.value) << c.text;
}

// Digits past the places are rounded half away from zero.
TEST(ScaledNumber, IsExact) {
  const struct {
    std::string_view text;
    int places;
    std::optional<std::int64_t> value;
  } cases[] = {
      {"35.93", 7, 359'300'000},
      {"-35.93", 7, -359'300'000},
      {"0.00000005", 7, 1},
      {"0.00000004999", 7, 0},
      {"-0.00000005", 7, -1},
      {"1.5e1", 0, 15},
      {"15e-1", 0, 2},
      {"14e-1", 0, 1},
      {"1e-400", 3, 0},
      {"0e400", 3, 0},
      {"9", 0, 9},
      {"9.", 0, 9},
      {".9", 0, 1},
      {"1e400", 0, {}},
      {"1e999999999999", 0, {}},
      {"99999999999999999999", 0, {}},
      {".", 3, {}},
      {"", 3, {}},
      {"1.2.3", 3, {}},
      {"nan", 3, {}},
      {"1e", 3, {}},
      {"- 1", 3, {}},
  };
  for (const auto& c : cases) EXPECT_EQ(scaled_number(c.text, c.places), c.value) << c.text;
}

RC_GTEST_PROP(ScaledNumber, AgreesWithLongArithmetic, ()) {
  const auto whole = *rc::gen::inRange<std::int64_t>(-1'000'000'000, 1'000'000'000);
  const auto fraction = *rc::gen::inRange<std::int64_t>(0, 10'000'000);
  std::string digits = std::to_string(fraction);
  digits.insert(0, 7 - digits.size(), '0');
  const std::string text = std::to_string(whole) + "." + digits;
  const bool negative = text.front() == '-';
  RC_ASSERT(scaled_number(text, 7) ==
            std::optional(whole * 10'000'000 + (negative ? -fraction : fraction)));
}

TEST(Split, KeepsEmptyParts) {
  EXPECT_THAT(split("a,,b", ','), ElementsAre("a", "", "b"));
  EXPECT_THAT(split("", ','), ElementsAre(""));
  EXPECT_THAT(split(",", ','), ElementsAre("", ""));
}

TEST(Listed, ReadsAsASentence) {
  EXPECT_EQ(listed({}), "");
  EXPECT_EQ(listed({"a"}), "a");
  EXPECT_EQ(listed({"a", "b"}), "a and b");
  EXPECT_EQ(listed({"a", "b", "c"}, "or"), "a, b or c");
}

TEST(Utf8, IsJudgedByTheStandard) {
  const struct {
    std::string_view name, text;
    bool valid;
  } cases[] = {
      {"ascii", "flight", true},
      {"Arabic", "الحكومة السورية", true},
      {"four bytes", "\xF0\x9F\x95\x8A", true},
      {"a continuation alone", "\x80", false},
      {"an over-long slash", "\xC0\xAF", false},
      {"an over-long slash in three", "\xE0\x80\xAF", false},
      {"a surrogate", "\xED\xA0\x80", false},
      {"past the last character", "\xF4\x90\x80\x80", false},
      {"cut short", "\xE2\x82", false},
      {"Latin-1", "Alep \xE9", false},
  };
  for (const auto& c : cases) {
    SCOPED_TRACE(c.name);
    EXPECT_EQ(is_utf8(c.text), c.valid);
    EXPECT_TRUE(is_utf8(valid_utf8(c.text)));
    if (c.valid) {
      EXPECT_EQ(valid_utf8(c.text), c.text);
    }
  }
}

RC_GTEST_PROP(Utf8, AnyBytesBecomeValid, (const std::string& bytes)) {
  RC_ASSERT(is_utf8(valid_utf8(bytes)));
  RC_ASSERT(is_utf8(quoted_json(bytes)));
  RC_ASSERT(valid_utf8(valid_utf8(bytes)) == valid_utf8(bytes));
}

TEST(Quoting, LeavesNothingThatEndsTheText) {
  EXPECT_EQ(quoted_json("a\"b\\c\n\x01\x7f"), "\"a\\\"b\\\\c\\n\\u0001\\u007f\"");
  EXPECT_EQ(quoted_json("\xff"), "\"\xEF\xBF\xBD\"");
  EXPECT_EQ(escaped_xml("<a href='\"&"), "&lt;a href=&#39;&quot;&amp;");
  EXPECT_EQ(csv_field("plain"), "plain");
  EXPECT_EQ(csv_field("a,\"b\"\n"), "\"a,\"\"b\"\"\n\"");
}

TEST(Patterns, Match) {
  const struct {
    std::string_view text, pattern;
    bool matches;
  } cases[] = {
      {"REGA1", "REGA*", true},
      {"rega1", "REGA?", true},
      {"REGA", "REGA?", false},
      {"observations/a.json", "*.json", true},
      {"", "*", true},
      {"", "", true},
      {"a", "", false},
      {"abcabd", "*abd", true},
      {"aaaaaaaaaaaaaaaaaaaaaaaab", "*a*a*a*a*a*c", false},
  };
  for (const auto& c : cases)
    EXPECT_EQ(matches_pattern(c.text, c.pattern), c.matches) << c.text << " " << c.pattern;
}

TEST(NearestWord, FindsTheMistypedOne) {
  const std::vector<std::string> words = {"check", "assess", "exercise"};
  EXPECT_EQ(nearest_word("chekc", words), "check");
  EXPECT_EQ(nearest_word("ASESS", words), "assess");
  EXPECT_EQ(nearest_word("excercise", words), "exercise");
  EXPECT_EQ(nearest_word("banana", words), std::nullopt);
  EXPECT_EQ(nearest_word(std::string(10'000, 'c'), words), std::nullopt);
}

}  // namespace
}  // namespace truce::base
