#include "findings/previous.h"

#include <gtest/gtest.h>

#include "findings/small_test_case.h"

namespace truce::findings {
namespace {

using small::after;

Finding finding(const std::string& id, std::int64_t from, std::int64_t until,
                const std::string& address = "778123", const std::string& rule = "4.1") {
  Finding f;
  f.id = id;
  f.rule = rule;
  f.address = address;
  f.sighting = address.empty();
  f.verdict = Verdict::possible;
  f.entry = {after(from), after(from)};
  f.exit = {after(until), after(until)};
  return f;
}

EarlierFinding earlier(const std::string& id, std::int64_t from, std::int64_t until,
                       const std::string& subject = "778123", const std::string& rule = "4.1") {
  return {id, "possible", rule, subject, {after(from), after(until)}};
}

using Texts = std::vector<std::string>;

TEST(Inherit, GivesTheIdOfTheEarlierFindingWhoseTimeItOverlaps) {
  const struct {
    const char* name;
    EarlierFinding before;
    Finding now;
    const char* id;
    const char* told;
  } cases[] = {
      {"the same", earlier("old", 0, 100), finding("new", 0, 100), "old", ""},
      {"overlapping", earlier("old", 0, 100), finding("new", 90, 200), "old", ""},
      {"touching", earlier("old", 0, 100), finding("new", 100, 200), "old", ""},
      {"later", earlier("old", 0, 100), finding("new", 101, 200), "new",
       "finding new (possible) is new."},
      {"another aircraft", earlier("old", 0, 100, "778124"), finding("new", 0, 100), "new",
       "is withdrawn"},
      {"another rule", earlier("old", 0, 100, "778123", "4.2"), finding("new", 0, 100), "new",
       "is withdrawn"},
      {"another sighting", earlier("old", 0, 100, "sighting"), finding("new", 0, 100, ""), "new",
       "is withdrawn"},
      {"the same sighting", earlier("new", 0, 100, "sighting"), finding("new", 0, 100, ""), "new",
       ""},
  };
  for (const auto& each : cases) {
    SCOPED_TRACE(each.name);
    std::vector<Finding> findings{each.now};
    const Texts changes = inherit({each.before}, findings);
    EXPECT_EQ(findings[0].id, each.id);
    if (std::string_view(each.told).empty())
      EXPECT_TRUE(changes.empty());
    else
      EXPECT_TRUE(small::any_contains(changes, each.told));
  }
}

TEST(Inherit, TellsAChangedVerdictAndWhatIsSuperseded) {
  std::vector<Finding> findings{finding("new", 0, 300)};
  findings[0].verdict = Verdict::excepted;
  const Texts changes = inherit({earlier("a", 0, 50), earlier("b", 100, 150)}, findings);
  EXPECT_EQ(findings[0].id, "a") << "the earliest lends its id";
  EXPECT_EQ(findings[0].supersedes, Texts{"b"});
  EXPECT_TRUE(small::any_contains(changes, "finding a was \"possible\" and is now \"excepted\"."));
  EXPECT_TRUE(small::any_contains(changes, "finding b (possible) is now part of a."));
}

// One that falls apart: the first part keeps the id, the other is new; no id is given twice.
TEST(Inherit, GivesEachIdOnce) {
  std::vector<Finding> findings{finding("x", 0, 40), finding("y", 60, 100)};
  const Texts changes = inherit({earlier("old", 0, 100)}, findings);
  EXPECT_EQ(findings[0].id, "old");
  EXPECT_EQ(findings[1].id, "y");
  EXPECT_TRUE(small::any_contains(changes, "finding y (possible) is new."));
}

TEST(Inherit, ChangesNothingWithoutAnEarlierRun) {
  std::vector<Finding> findings{finding("x", 0, 40)};
  EXPECT_TRUE(inherit({}, findings).empty());
  EXPECT_EQ(findings[0].id, "x");
}

// An answered question later: the verdict changes, the name under which people speak of it stays.
TEST(Previous, KeepsTheIdWhenALateNoticeChangesTheVerdict) {
  small::Case c;
  c.agreed.rules[0].exceptions = {small::medical()};
  const Finding before = small::findings_of(c).at(0);
  ASSERT_EQ(before.verdict, Verdict::possible);
  c.seen.ledger.notices = {small::notice()};
  AssessOptions options;
  options.previous = {{before.id,
                       "possible",
                       before.rule,
                       before.address,
                       {before.entry.earliest, before.exit.latest}}};
  const Findings now = *assess(c.agreed, c.seen, options);
  ASSERT_EQ(now.findings.size(), 1u);
  EXPECT_EQ(now.findings[0].verdict, Verdict::excepted);
  EXPECT_EQ(now.findings[0].id, before.id);
  EXPECT_TRUE(small::any_contains(now.errata, "is now \"excepted\""));
}

TEST(ReadPrevious, TakesWhatAFindingsFileHoldsAndRefusesTheRest) {
  const auto read = read_previous(
      R"({"findings":[{"id":"b","verdict":"violation","rule":"4.1",
          "aircraft":{"address":"778123"},
          "entry":{"earliest":"2016-03-01T13:00:00Z"},"exit":{"latest":"2016-03-01T13:10:00Z"}},
         {"id":"a","verdict":"possible","rule":"4.1","aircraft":{"address":null},
          "entry":{"earliest":"2016-03-01T12:00:00Z"},"exit":{"latest":"2016-03-01T12:10:00Z"}}]})",
      "before.json");
  ASSERT_TRUE(read);
  ASSERT_EQ(read->size(), 2u);
  EXPECT_EQ((*read)[0].id, "a") << "by time";
  EXPECT_EQ((*read)[0].subject, "sighting");
  EXPECT_EQ((*read)[1].subject, "778123");
  const struct {
    const char* json;
    const char* told;
  } bad[] = {{"", "this is not JSON"},
             {"[1,2", "this is not JSON"},
             {"{}", "no list \"findings\""},
             {R"({"findings":{}})", "no list \"findings\""},
             {R"({"findings":[{"id":"a"}]})", "finding 1 lacks"}};
  for (const auto& each : bad) {
    SCOPED_TRACE(each.json);
    const auto refused = read_previous(each.json, "before.json");
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().where, "before.json");
    EXPECT_NE(refused.error().message.find(each.told), std::string::npos);
  }
}

}  // namespace
}  // namespace truce::findings
