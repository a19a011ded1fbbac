#include "observations/json_cutter.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "observations/delivery.h"

namespace truce::observations {
namespace {

using ::testing::ElementsAre;

// Writes down what it is given.
class Pieces final : public JsonPieces {
 public:
  std::vector<std::string> heard;

  Wanted wanted(std::string_view key, char first) override {
    if (key == "list" && first == '[') return Wanted::elements;
    return key == "column" && first == '{' ? Wanted::alone : Wanted::kept;
  }
  void head(std::string_view json) override { add("head ", json); }
  void element(std::string_view json) override { add("element ", json); }
  void alone(std::string_view key, std::string_view json) override {
    add(std::string(key) + " ", json);
  }
  void object(std::string_view json) override { add("object ", json); }
  void tail(std::string_view json) override { add("tail ", json); }
  void broken(std::string_view reason, std::string_view text) override {
    add(std::string(reason) + ": ", text);
  }

 private:
  void add(std::string what, std::string_view json) {
    heard.push_back(std::move(what) + std::string(json));
  }
};

std::vector<std::string> cut(std::string_view text, std::size_t part = SIZE_MAX,
                             std::size_t longest = 1 << 20) {
  Pieces pieces;
  JsonCutter cutter(pieces, longest);
  while (!text.empty()) {
    cutter.take(text.substr(0, part));
    text.remove_prefix(std::min(part, text.size()));
  }
  cutter.finish();
  return pieces.heard;
}

TEST(JsonCutter, CutsTheElementsOfTheListThatIsWanted) {
  EXPECT_THAT(cut(R"({"now":1, "kept":[1,{"a":2}], "list":[{"a":"]}"},[1]], "x":2})"),
              ElementsAre(R"(head {"now":1, "kept":[1,{"a":2}]})", R"(element {"a":"]}"})",
                          "element [1]", R"(tail {"x":2})"));
  EXPECT_THAT(cut(R"({"list":[]})"), ElementsAre("head {}", "tail {}"));
}

TEST(JsonCutter, TopLevelArraysAndObjectsWithAnythingBetween) {
  EXPECT_THAT(cut("[{\"a\":1},\n{\"a\":2}]"),
              ElementsAre("head {}", R"(element {"a":1})", R"(element {"a":2})", "tail {}"));
  EXPECT_THAT(cut("{\"a\":1},\n{\"a\":2}\x1E{\"a\":3}{\"a\":4}"),
              ElementsAre(R"(object {"a":1})", R"(object {"a":2})", R"(object {"a":3})",
                          R"(object {"a":4})"));
  EXPECT_THAT(cut(""), ElementsAre());
  EXPECT_THAT(cut(" \n"), ElementsAre());
}

TEST(JsonCutter, MembersAlone) {
  EXPECT_THAT(
      cut(R"({"column":{"0":1},"column":{"0":2}})"),
      ElementsAre("head {}", R"(column {"0":1})", "head {}", R"(column {"0":2})", "tail {}"));
}

TEST(JsonCutter, ARecordThatWasNeverClosedEndsWhereTheNextBegins) {
  EXPECT_THAT(
      cut(R"({"list":[{"a":1,{"a":2}]})"),
      ElementsAre("head {}", R"(record truncated: {"a":1,)", R"(element {"a":2})", "tail {}"));
  EXPECT_THAT(cut(R"({"now":1,"list":[{"a":1{"now":2,"list":[{"a":2}]})"),
              ElementsAre(R"(head {"now":1})", R"(record truncated: {"a":1)", R"(head {"now":2})",
                          R"(element {"a":2})", "tail {}"));
}

TEST(JsonCutter, AStringThatWasNeverClosedEndsWithItsLine) {
  EXPECT_THAT(cut("{\"list\":[{\"a\":\"x\n,{\"a\":2},\n{\"a\":3}\n]}\n{\"a\":4}"),
              ElementsAre("head {}", R"(record truncated: {"a":"x)", R"(object {"a":2})",
                          R"(object {"a":3})", R"(object {"a":4})"));
}

TEST(JsonCutter, BracketsThatDoNotMatch) {
  EXPECT_THAT(cut(R"([{"a":[1}],{"a":2}])"),
              ElementsAre("head {}", R"(not JSON: {"a":[1}])", R"(element {"a":2})", "tail {}"));
  EXPECT_THAT(cut("nonsense\n{\"a\":1}"), ElementsAre("not JSON: nonsense", R"(object {"a":1})"));
}

TEST(JsonCutter, TheEndComesEarly) {
  EXPECT_THAT(cut(R"([{"a":1},{"a")"),
              ElementsAre("head {}", R"(element {"a":1})", R"(record truncated: {"a")"));
  EXPECT_THAT(cut(R"([{"a":1},)"),
              ElementsAre("head {}", R"(element {"a":1})", "file ends early: "));
  EXPECT_THAT(cut(R"({"a":1)"), ElementsAre(R"(record truncated: {"a":1)"));
}

TEST(JsonCutter, TooLongAndTooDeep) {
  const std::string longer = R"({"a":")" + std::string(300, 'x') + R"("})";
  const auto heard = cut("[" + longer + ",{\"a\":2}]", SIZE_MAX, 100);
  ASSERT_EQ(heard.size(), 4u);
  EXPECT_EQ(heard[1], "record longer than 16 MiB: " + longer.substr(0, 200));
  EXPECT_EQ(heard[2], R"(element {"a":2})");
  const std::string deep = std::string(100'000, '[') + std::string(100'000, ']');
  const auto told = cut("[" + deep + ",{\"a\":2}]");
  ASSERT_EQ(told.size(), 4u);
  EXPECT_TRUE(told[1].starts_with(reason::too_deep));
  EXPECT_EQ(told[2], R"(element {"a":2})");
}

// Without limits in the way, how the bytes came does not matter.
RC_GTEST_PROP(JsonCutter, AnyPartsGiveTheSamePieces, ()) {
  const auto words = *rc::gen::container<std::vector<std::string>>(rc::gen::element<std::string>(
      "{", "}", "[", "]", ",", ":", "\"", "\\", "\n", " ", "1", "x", "{\"list\":[", "\"a\":1",
      "{\"a\":[1,\"}\"]}", "]}", "\"column\":{"));
  std::string text;
  for (const auto& word : words) text += word;
  const auto part = static_cast<std::size_t>(*rc::gen::inRange(1, 5));
  RC_ASSERT(cut(text) == cut(text, part));
}

}  // namespace
}  // namespace truce::observations
