#include "terms/check.h"

#include <gtest/gtest.h>

#include <map>

#include "terms/reading.h"

namespace truce::terms {
namespace {

std::string told(const base::Problems& problems) {
  std::string all;
  for (const base::Problem& p : problems) all += p.where + ": " + p.message + "\n";
  return all;
}

areas::Outline box(double west, double south, double east, double north) {
  const auto e7 = [](double degrees) { return static_cast<std::int64_t>(degrees * 1e7); };
  return {{{{{e7(west), e7(south)},
             {e7(east), e7(south)},
             {e7(east), e7(north)},
             {e7(west), e7(north)}},
            {}}}};
}

// The warnings of an agreement, with these outlines as if resolved. What is added begins with
// line 11.
std::string warnings(const std::string& rest, const std::map<std::string, areas::Outline>& at = {},
                     const std::string& zone = "") {
  const std::string text =
      "[agreement]\nid = \"a\"\ntitle = \"A\"\nin_force = 2016-02-27T00:00:00Z\n"
      "until = 2017-01-01T00:00:00Z\n" +
      (zone.empty() ? "" : "time_zone = \"" + zone + "\"\n") +
      "[parties.red]\nname = \"Red\"\n"
      "[grades]\nhigh = \"High\"\nlow = \"Low\"\n" +
      rest;
  Reading reading = read_agreement(text, "a.toml");
  EXPECT_EQ(told(reading.problems), "");
  if (!reading.agreement) return "";
  for (Area& area : reading.agreement->areas)
    if (const auto found = at.find(area.id); found != at.end()) area.outline = found->second;
  return told(warnings_of(*reading.agreement,
                          "UA\t+5026+03031\tEurope/Kyiv\nSD\t+1536+03232\tAfrica/Khartoum\n"
                          "SY\t+3330+03618\tAsia/Damascus\nCH\t+4723+00832\tEurope/Zurich\n"));
}

std::string area(const std::string& id, const std::string& grade, const std::string& more = "") {
  return "[areas." + id + "]\ngrade = \"" + grade + "\"\noutline = \"a.geojson#" + id + "\"\n" +
         more;
}

std::string rule(const std::string& id, const std::string& more = "",
                 const std::string& where = "grades = [\"high\", \"low\"]",
                 const std::string& by = "red") {
  return "[rules." + id + "]\nclause = \"No.\"\nprohibits = \"flight\"\nby = \"" + by +
         "\"\nin = { " + where + " }\n" + more;
}

const auto here = box(36, 35, 37, 36);
const auto there = box(36.5, 35.5, 37.5, 36.5);
const auto beside = box(37, 35, 38, 36);

TEST(WarningsOf, NothingIsWrong) {
  EXPECT_EQ(
      warnings(area("A", "high") + area("B", "low") + rule("R"), {{"A", here}, {"B", beside}}), "");
}

TEST(WarningsOf, OverlapsOfUnequalGrades) {
  EXPECT_EQ(warnings(area("A", "high") + area("B", "low") + rule("R"), {{"A", here}, {"B", there}}),
            "a.toml:14:1: area B (low) overlaps area A (high) in ground, height and time, from "
            "00:00 on 27 February 2016 on: a flight there falls under the rules of both grades\n");
  EXPECT_EQ(
      warnings(area("A", "high") + area("B", "high") + rule("R"), {{"A", here}, {"B", there}}), "");
}

TEST(WarningsOf, NoOverlapInHeightOrTime) {
  const std::map<std::string, areas::Outline> at = {{"A", here}, {"B", there}};
  EXPECT_EQ(warnings(area("A", "high", "ceiling = \"FL100\"\n") +
                         area("B", "low", "floor = \"FL100\"\n") + rule("R"),
                     at),
            "");
  EXPECT_EQ(warnings(area("A", "high", "ceiling = \"1000 ft MSL\"\n") +
                         area("B", "low", "floor = \"FL100\"\n") + rule("R"),
                     at),
            "");
  EXPECT_NE(warnings(area("A", "high", "ceiling = \"9000 ft MSL\"\n") +
                         area("B", "low", "floor = \"FL100\"\n") + rule("R"),
                     at),
            "");
  EXPECT_EQ(warnings(area("A", "high", "until = 2016-06-01T00:00:00Z\n") +
                         area("B", "low", "from = 2016-06-01T00:00:00Z\n") + rule("R"),
                     at),
            "");
}

TEST(WarningsOf, AreasThatNoRuleCovers) {
  EXPECT_EQ(warnings(area("A", "high") + rule("R", "", "grades = [\"low\"]") + area("B", "low")),
            "a.toml:11:1: no rule covers area A\n");
  EXPECT_EQ(warnings(area("A", "high",
                          "from = 2018-01-01T00:00:00Z\nuntil = "
                          "2019-01-01T00:00:00Z\n") +
                     area("B", "low") + rule("R")),
            "a.toml:11:1: area A is never designated while the agreement is in force\n");
}

TEST(WarningsOf, RulesThatCanNeverApply) {
  EXPECT_EQ(warnings(rule("R")),
            "a.toml:11:1: rule R can never apply: no area that it names is designated while it is "
            "in force\n");
  EXPECT_EQ(warnings(area("A", "high") + rule("R") +
                     rule("S", "from = 2017-06-01T00:00:00Z\nuntil = 2017-07-01T00:00:00Z\n")),
            "a.toml:19:1: rule S can never apply: it is never in force\n");
  EXPECT_EQ(warnings(area("A", "high") + rule("R") +
                     "[parties.blue]\nname = \"Blue\"\nwithdrawn = 2016-02-01T00:00:00Z\n" +
                     rule("S", "", "grades = \"high\"", "blue")),
            "a.toml:22:1: rule S can never apply: no party that it names is bound while it is in "
            "force\n");
  EXPECT_EQ(warnings(area("A", "high") + rule("R") +
                     rule("S",
                          "when = [{ days = \"mon\", first_day = 2016-03-01, last_day = "
                          "2016-03-06 }]\n")),
            "a.toml:19:1: rule S can never apply: its days and hours do not occur while it is in "
            "force\n");
  EXPECT_EQ(warnings(area("A", "high", "floor = \"FL200\"\n") + rule("R") +
                     rule("S", "below = \"5000 ft MSL\"\n")),
            "a.toml:20:1: rule S can never apply: none of its areas reaches the heights that it "
            "names\n");
}

TEST(WarningsOf, PartiesThatCannotBeBound) {
  EXPECT_EQ(warnings(area("A", "high") + "[parties.black]\nname = \"Black\"\noutside = true\n" +
                     "[rules.R]\nclause = \"No.\"\nprohibits = \"flight\"\nby = [\"red\", "
                     "\"black\"]\nin = { grades = \"high\" }\n"),
            "a.toml:17:1: rule R names black, which is outside the agreement and cannot be bound "
            "by it\n");
}

TEST(WarningsOf, ARuleThatBansWhatAnotherExcepts) {
  const std::string medical =
      "[rules.R.exceptions.m]\npurpose = \"medical evacuation\"\nneeds = { notice = \"none\" }\n";
  EXPECT_EQ(warnings(area("A", "high") + rule("R") + medical + rule("S")),
            "a.toml:22:1: rule S bans what rule R excepts, flights for medical evacuation by red "
            "in A: such a flight breaks rule S all the same; if that is not meant, give it the "
            "exception too\n");
  // not at the same hours, at other heights, by other aircraft
  EXPECT_EQ(warnings(area("A", "high") + rule("R", "when = [{ until = \"12:00\" }]\n") + medical +
                     rule("S", "when = [{ from = \"12:00\" }]\n")),
            "");
  EXPECT_EQ(warnings(area("A", "high") + rule("R", "below = \"FL100\"\n") + medical +
                     rule("S", "above = \"FL100\"\n")),
            "");
  EXPECT_EQ(warnings(area("A", "high") + rule("R", "aircraft = \"military\"\n") + medical +
                     rule("S", "aircraft = \"civil\"\n")),
            "");
}

TEST(WarningsOf, Heights) {
  EXPECT_EQ(
      warnings(area("A", "high", "floor = \"FL200\"\nceiling = \"3000 ft MSL\"\n") + rule("R")),
      "a.toml:11:1: area A has its ceiling, 3000 ft MSL, below its floor, FL200: it holds no "
      "flight\n");
  EXPECT_EQ(warnings(area("A", "high",
                          "ceiling = \"100 m MSL\"\nterrain = { least = \"200 m "
                          "MSL\", most = \"300 m MSL\" }\n") +
                     rule("R")),
            "a.toml:11:1: area A has its ceiling, 100 m MSL, below the lowest ground: it holds no "
            "flight\n");
  EXPECT_EQ(warnings(area("A", "high", "floor = \"500 ft AGL\"\n") +
                     rule("R", "below = \"2000 ft AGL\"\n")),
            "a.toml:11:1: area A has a height above ground but no 'terrain': whether an aircraft "
            "was above or below it stays unknown unless it was on the ground\n"
            "a.toml:15:1: rule R asks for a height above ground, but A has no 'terrain': that "
            "height stays unknown there\n");
}

TEST(WarningsOf, LongitudeAndLatitudeExchanged) {
  const std::string text = area("A", "high") + area("B", "high") + area("C", "high") + rule("R");
  const auto exchanged = box(33, 44, 34, 45);
  EXPECT_EQ(
      warnings(text, {{"A", box(44, 33, 45, 34)}, {"B", box(46, 33, 47, 34)}, {"C", exchanged}}),
      "a.toml:17:1: area C lies at 44.4986 N 33.5000 E, far from every other area; with "
      "longitude and latitude exchanged it would lie beside area A: are they in the wrong "
      "order?\n");
  EXPECT_EQ(warnings(text, {{"A", here}, {"B", beside}, {"C", box(36, 36, 37, 37)}}), "");
}

// Where all are exchanged alike, and where there is only one, the clocks tell.
TEST(WarningsOf, LongitudeAndLatitudeExchangedEverywhere) {
  const std::string text = area("A", "high") + rule("R");
  const auto in_zone = [&](const std::string& zone, const areas::Outline& outline) {
    return warnings(text, {{"A", outline}}, zone);
  };
  EXPECT_EQ(in_zone("Europe/Kyiv", box(49, 25, 50, 26)),
            "a.toml:12:1: area A lies at 25.4993 N 49.5000 E, far from the place that the time "
            "zone of the agreement, Europe/Kyiv, is named for; with longitude and latitude "
            "exchanged it would lie near it: are they in the wrong order?\n");
  EXPECT_EQ(in_zone("Europe/Kyiv", box(25, 49, 26, 50)), "");
  EXPECT_EQ(in_zone("Africa/Khartoum", box(30, 15, 31, 16)), "");
  EXPECT_NE(in_zone("Africa/Khartoum", box(10, 32, 11, 33)), "");
  // So near the diagonal that the exchanged place is as good.
  EXPECT_EQ(in_zone("Asia/Damascus", box(36, 37, 37, 38)), "");
  // Far away either way: an agreement may keep the clocks of another place.
  EXPECT_EQ(in_zone("Europe/Zurich", box(-75, 4, -74, 5)), "");
}

TEST(WarningsOf, AnExceptionForSomeoneWhoIsNotBound) {
  EXPECT_EQ(warnings(area("A", "high") + "[parties.blue]\nname = \"Blue\"\n" + rule("R") +
                     "[rules.R.exceptions.m]\npurpose = \"humanitarian\"\nby = \"blue\"\nneeds = { "
                     "notice = \"none\" }\n"),
            "a.toml:21:1: exception m of rule R may be claimed by blue, which the rule does not "
            "bind\n");
}

}  // namespace
}  // namespace truce::terms
