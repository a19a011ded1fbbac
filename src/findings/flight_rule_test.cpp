#include "findings/flight_rule.h"

#include <gtest/gtest.h>

#include "findings/small_test_case.h"

namespace truce::findings {
namespace {

using incidents::Profile;
using quantities::Period;
using small::after;
using small::Case;
using small::findings_of;

TEST(BoundProfile, IsTheAccessionOfAnyPartyThatMayBeMeant) {
  terms::Agreement a = small::agreement();
  a.parties[0].accession = {after(0), "us"};
  a.parties[0].withdrawn = after(100);
  a.parties[1].accession = {after(50), "ru"};
  const struct {
    std::vector<std::string> parties;
    std::int64_t second;
    Answer bound;
  } cases[] = {
      {{"government"}, -1, Answer::no},
      {{"government"}, 0, Answer::yes},
      {{"government"}, 99, Answer::yes},
      {{"government"}, 100, Answer::no},
      {{"opposition"}, 49, Answer::no},
      {{"opposition"}, 1'000, Answer::yes},
      {{"government", "opposition"}, 100, Answer::yes},
      {{"nobody"}, 50, Answer::no},
      {{}, 50, Answer::no},
  };
  for (const auto& each : cases)
    EXPECT_EQ(bound_profile(a, each.parties, {}).at(after(each.second)), each.bound) << each.second;
  // With a clock that is only known to five seconds, the stroke is unknown for as long.
  const Profile blurred = bound_profile(a, {"government"}, quantities::seconds(5));
  EXPECT_EQ(blurred.at(after(-6)), Answer::no);
  EXPECT_EQ(blurred.at(after(-4)), Answer::unknown);
  EXPECT_EQ(blurred.at(after(4)), Answer::unknown);
  EXPECT_EQ(blurred.at(after(6)), Answer::yes);
  a.parties[1].outside = true;
  EXPECT_EQ(bound_profile(a, {"opposition"}, {}).at(after(60)), Answer::no);
}

TEST(OwnValidity, LeavesToTheAgreementWhatBeginsOrEndsWithIt) {
  terms::Agreement a;
  a.in_force = {after(0), after(100)};
  EXPECT_EQ(own_validity(a, {after(0), after(100)}), Period{});
  EXPECT_EQ(own_validity(a, {after(1), after(100)}),
            (Period{after(1), quantities::latest_instant}));
  EXPECT_EQ(own_validity(a, {after(0), after(99)}),
            (Period{quantities::earliest_instant, after(99)}));
}

// What holds at different moments is never put together: the conditions of one piece decide.
TEST(Pieces, AreJudgedEachByItself) {
  const terms::Limit fl40{terms::Reference::pressure, quantities::feet(4'000), "FL40"};
  const struct {
    const char* name;
    std::int64_t low_from, low_until;    // at 3,000 ft, else at 5,000 ft
    std::int64_t rule_from, rule_until;  // when the rule on low flying holds
    const char* verdict;
  } cases[] = {
      {"low all along", 0, 200, 0, 1'000, "violation"},
      {"low before the area, high inside", 0, 20, 0, 1'000, "none"},
      {"low inside only before the rule began", 0, 80, 120, 1'000, "none"},
      {"low inside only after the rule ended", 120, 200, -1'000, 80, "none"},
      {"low inside while the rule held", 100, 120, 100, 130, "violation"},
  };
  for (const auto& each : cases) {
    SCOPED_TRACE(each.name);
    Case c;
    c.agreed.rules[0].below = fl40;
    c.agreed.rules[0].valid = {after(each.rule_from), after(each.rule_until)};
    c.seen = small::observations_without_positions();
    // A helicopter, which cannot go down by 2,000 ft and come back between two positions.
    c.seen.aircraft.add(observations::AircraftFacts{.address = small::plane,
                                                    .registration = "",
                                                    .type = "MI8",
                                                    .operator_name = "",
                                                    .category = "",
                                                    .military = {},
                                                    .evidence = {}});
    for (std::uint32_t post : {0u, 1u})
      for (std::int64_t s = 0; s <= 200; s += 10) {
        const bool low = each.low_from <= s && s <= each.low_until;
        auto r = small::report(post, s, 35.96 + 0.0007 * static_cast<double>(s), 35.1);
        r.pressure_altitude =
            static_cast<std::int32_t>(quantities::feet(low ? 3'000 : 5'000).tenth_mm);
        c.seen.positions.add(r);
      }
    EXPECT_EQ(small::verdict_of(c), each.verdict);
  }
}

// The areas of one rule count as their union, and a certain absence divides.
TEST(Presences, AreOneUnlessSomeMomentBetweenIsCertainlyOutside) {
  const struct {
    const char* name;
    std::vector<areas::Outline> outlines;
    std::size_t overflights;
  } cases[] = {
      {"one square", {small::square(36, 35, 0.2)}, 1},
      {"one inside the other", {small::square(36, 35, 0.2), small::square(36.05, 35.05, 0.1)}, 1},
      {"sharing an edge", {small::square(36, 35.05, 0.1), small::square(36.1, 35.05, 0.1)}, 1},
      {"a narrow gap between two positions",
       {small::square(35.95, 35.05, 0.099), small::square(36.051, 35.05, 0.1)},
       1},
      {"a wide gap", {small::square(35.94, 35.08, 0.04), small::square(36.16, 35.08, 0.04)}, 2},
  };
  for (const auto& each : cases) {
    SCOPED_TRACE(each.name);
    Case c;
    c.agreed.areas.clear();
    c.agreed.rules[0].areas.clear();
    for (std::size_t i = 0; i < each.outlines.size(); ++i) {
      const std::string id = "A-" + std::to_string(i + 1);
      c.agreed.areas.push_back(small::area(id, each.outlines[i]));
      c.agreed.rules[0].areas.push_back(id);
    }
    const auto findings = findings_of(c);
    EXPECT_EQ(findings.size(), each.overflights);
    for (const Finding& f : findings) EXPECT_EQ(f.verdict, Verdict::violation);
  }
}

// Of two positions at one moment, one beyond doubt does not vouch for one that is not: the answers
// there rest on both.
TEST(Doubt, IsNotTakenAwayByAnotherPositionOfTheSameMoment) {
  Case c;
  c.seen = small::observations_without_positions(3);
  for (std::uint32_t post : {0u, 1u, 2u}) {
    auto r = small::report(post, 0, 36.001, 35.1);  // ninety metres inside
    if (post == 2) {
      r.containment_cm = 200'000;  // two kilometres: says nothing of the edge
    } else {
      r.containment_cm = 2'000;
      r.set(observations::Mark::stale);
    }
    c.seen.positions.add(r);
  }
  EXPECT_EQ(small::verdict_of(c), "possible");
}

// A position that tells no height borrows it from its neighbours, with their doubt.
TEST(Doubt, IsLentWithTheHeight) {
  Case c;
  c.agreed.areas[0].ceiling = {terms::Reference::pressure, quantities::feet(40'000), "FL400"};
  const auto flown = [&](bool doubt) {
    c.seen = small::observations_without_positions();
    for (std::uint32_t post : {0u, 1u})
      for (std::int64_t s = 90; s <= 110; s += 10) {
        auto r = small::report(post, s, 35.9 + 0.002 * static_cast<double>(s), 35.1);
        if (s != 100) {
          r.pressure_altitude = static_cast<std::int32_t>(quantities::feet(5'000).tenth_mm);
          if (doubt) r.set(observations::Mark::stale);
        }
        c.seen.positions.add(r);
      }
    return small::verdict_of(c);
  };
  EXPECT_EQ(flown(false), "violation");
  EXPECT_EQ(flown(true), "possible");
}

TEST(Gaps, GiveOnePossibleFindingThatListsWhatMayHaveBeenTouched) {
  Case c;
  c.agreed.areas = {small::area("A-1", small::square(36.0, 35.0, 0.05)),
                    small::area("A-2", small::square(36.0, 35.1, 0.05)),
                    small::area("A-3", small::square(45.0, 35.1, 0.05))};
  c.agreed.rules[0].areas = {"A-1", "A-2", "A-3"};
  const auto flown = [&](std::int64_t silence) {
    c.seen = small::observations_without_positions();
    for (std::uint32_t post : {0u, 1u})
      for (std::int64_t s : {std::int64_t{0}, silence})
        c.seen.positions.add(small::report(post, s, 35.8, 35.1));
    return findings_of(c);
  };
  const auto findings = flown(1'200);
  ASSERT_EQ(findings.size(), 1u);
  EXPECT_EQ(findings[0].verdict, Verdict::possible);
  EXPECT_TRUE(findings[0].gap);
  EXPECT_EQ(findings[0].areas, (std::vector<std::string>{"A-1", "A-2"}));
  EXPECT_EQ(flown(1'801).size(), 0u) << "longer than the longest gap: it costs coverage only";
}

// Along a common border it is in one area or the other, and the ground of each lies differently: a
// height above ground that only one of them settles settles nothing.
TEST(Pieces, AreNotJudgedByTheGroundOfOneAreaWhereItMayBeInAnother) {
  const terms::Terrain plain{quantities::metres(0), quantities::metres(10)};
  const terms::Terrain hills{quantities::metres(500), quantities::metres(600)};
  const struct {
    const char* name;
    terms::Terrain south, north;
    const char* verdict;
  } cases[] = {
      {"hills on both sides: low over either", hills, hills, "violation"},
      {"a plain on both sides: high over either", plain, plain, "none"},
      {"a plain in the south", plain, hills, "possible"},
      {"a plain in the north", hills, plain, "possible"},
  };
  for (const auto& each : cases) {
    SCOPED_TRACE(each.name);
    Case c;
    c.agreed.areas = {small::area("A-1", small::square(36, 34.9, 0.2)),
                      small::area("A-2", small::square(36, 35.1, 0.2))};
    c.agreed.areas[0].terrain = each.south;
    c.agreed.areas[1].terrain = each.north;
    c.agreed.rules[0].areas = {"A-1", "A-2"};
    c.agreed.rules[0].below =
        terms::Limit{terms::Reference::ground, quantities::feet(500), "500 ft AGL"};
    c.seen = small::observations_without_positions();
    c.seen.aircraft.add(observations::AircraftFacts{.address = small::plane,
                                                    .registration = "",
                                                    .type = "MI8",
                                                    .operator_name = "",
                                                    .category = "",
                                                    .military = {},
                                                    .evidence = {}});
    for (std::uint32_t post : {0u, 1u})
      for (std::int64_t s = 0; s <= 20; ++s) {
        auto r = small::report(post, s, 36.1 + 0.0004 * static_cast<double>(s), 35.1);
        r.pressure_altitude = static_cast<std::int32_t>(quantities::metres(620).tenth_mm);
        c.seen.positions.add(r);
      }
    EXPECT_EQ(small::verdict_of(c), each.verdict);
  }
}

// A feed of which nobody says how good its positions are has the flight outside just after the last
// good position inside: that ends nothing before a good position says so.
TEST(Presence, EndsWhereAbsenceIsCertain) {
  const auto found = [](std::vector<std::pair<std::int64_t, std::int64_t>> heard,
                        std::int64_t second, double longitude) {
    Case c;
    c.seen = small::observations_without_positions(3);
    c.seen.sources.declared[2].bounds = {};
    for (const auto& [from, until] : heard)
      for (const std::uint32_t post : {0u, 1u}) small::add_flight(c.seen, post, from, until);
    if (second >= 0) c.seen.positions.add(small::report(2, second, longitude, 35.1));
    const auto findings = findings_of(c);
    EXPECT_EQ(findings.size(), 1u);
    return findings.empty() ? Finding{} : findings.front();
  };
  const Finding alone = found({{0, 40}, {60, 140}, {160, 200}}, -1, 0);
  EXPECT_GT(alone.entry.earliest, after(40));
  EXPECT_LT(alone.exit.latest, after(160));
  // Outside a moment after the last good position inside, or as long before the first.
  const Finding left = found({{0, 40}, {60, 140}, {160, 200}}, 141, 36.201);
  const Finding came = found({{0, 40}, {60, 140}, {160, 200}}, 59, 35.999);
  EXPECT_EQ(left.exit.latest, after(160));
  EXPECT_EQ(came.entry.earliest, after(40));
  for (const Finding* f : {&left, &came}) {
    EXPECT_EQ(f->verdict, Verdict::violation);
    EXPECT_LE(f->inside_least, alone.inside_least);
    EXPECT_EQ(f->inside_most, f->exit.latest - f->entry.earliest);
    EXPECT_FALSE(f->began_before_seen || f->ended_after_seen);
  }
  // After the last good position: it was last seen without having left.
  const Finding open = found({{0, 140}}, 145, 36.21);
  EXPECT_TRUE(open.ended_after_seen);
  EXPECT_EQ(open.exit.latest, after(145));
}

// On the border of two areas it is in one of them for certain, though in neither: by a post that
// sees it to 50 m. That another sees it at the same moment to 30 km, farther than the areas reach,
// takes nothing away from that.
TEST(Presence, IsCertainInAreasTakenTogetherByTheBestOfOneMoment) {
  for (const char* farthest : {"neither", "the first", "the second"}) {
    SCOPED_TRACE(farthest);
    Case c;
    c.agreed.areas = {small::area("A-1", small::square(36.0, 34.9, 0.2)),
                      small::area("A-2", small::square(36.0, 35.1, 0.2))};
    for (terms::Area& area : c.agreed.areas) area.valid.from = c.agreed.in_force.from;
    c.agreed.rules[0].areas = {"A-1", "A-2"};
    c.agreed.evidence_standard.origins = 1;
    c.seen = small::observations_without_positions();
    for (const std::uint32_t post : {0u, 1u}) small::add_flight(c.seen, post, 100, 100);
    auto& posts = c.seen.sources.declared;
    if (std::string_view(farthest) == "the first") posts[0].bounds.position = small::metres(30'000);
    if (std::string_view(farthest) == "the second")
      posts[1].bounds.position = small::metres(30'000);
    const auto findings = findings_of(c);
    ASSERT_EQ(findings.size(), 1u);
    EXPECT_EQ(findings[0].verdict, Verdict::violation);
    EXPECT_TRUE(findings[0].area_is_one_of_several);
  }
}

}  // namespace
}  // namespace truce::findings
