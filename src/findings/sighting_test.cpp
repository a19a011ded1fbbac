#include <gtest/gtest.h>

#include "findings/small_test_case.h"

namespace truce::findings {
namespace {

using small::after;
using small::Case;
using small::metres;
using small::verdict_of;

/// A person at post-1 saw a helicopter of the Government for a minute, 100 m to 150 m up.
observations::Sighting sighting(const std::string& id, double longitude, double precision_m) {
  observations::Sighting s;
  s.id = id;
  s.when = {after(0), after(60)};
  s.place = *quantities::point_from_degrees(longitude, 35.1);
  s.place_precision = metres(precision_m);
  s.type = "Mi-8";
  s.party = "government";
  s.height_least = metres(100);
  s.height_most = metres(150);
  s.source = "post-1";
  s.evidence = {0, 7};
  return s;
}

Case seen_by_people() {
  Case c;
  c.seen = small::observations_without_positions();
  c.seen.sightings = {sighting("S-1", 36.1, 500)};
  return c;
}

// What one person saw is possible; what two independent ones saw, or one whom every co-chair
// accepts, is a violation.
TEST(Sightings, NeedTheEvidenceStandardAsPositionsDo) {
  Case c = seen_by_people();
  EXPECT_EQ(verdict_of(c), "possible");
  c.seen.sightings.push_back(sighting("S-2", 36.1, 300));
  c.seen.sightings[1].evidence.record = 8;
  EXPECT_EQ(verdict_of(c), "several") << "two calls of one origin do not corroborate";
  c.seen.sightings[1].source = "post-2";
  EXPECT_EQ(verdict_of(c), "violation");
  c.seen.sightings.pop_back();
  c.seen.sources.declared[0].accepted_by = {"us", "ru"};
  EXPECT_EQ(verdict_of(c), "violation");
}

TEST(Sightings, AreJudgedByTheirPrecision) {
  const struct {
    const char* name;
    void (*change)(Case&);
    const char* verdict;
  } cases[] = {
      {"well inside", [](Case&) {}, "violation"},
      {"its precision reaches across the edge",
       [](Case& c) { c.seen.sightings[0].place_precision = metres(20'000); }, "possible"},
      {"nobody said how precise", [](Case& c) { c.seen.sightings[0].place_precision.reset(); },
       "possible"},
      {"outside", [](Case& c) { c.seen.sightings[0] = sighting("S-1", 35.9, 500); }, "none"},
      {"the agreement began while it was seen", [](Case& c) { c.agreed.in_force.from = after(30); },
       "possible"},
      {"the agreement began later", [](Case& c) { c.agreed.in_force.from = after(61); },
       "not applicable"},
      {"nobody said whose", [](Case& c) { c.seen.sightings[0].party.clear(); }, "possible"},
      {"somebody else's", [](Case& c) { c.seen.sightings[0].party = "opposition"; }, "none"},
      {"above the height that the rule names",
       [](Case& c) {
         c.agreed.rules[0].below = terms::Limit{terms::Reference::ground, metres(90), ""};
       },
       "none"},
      {"about the height that the rule names",
       [](Case& c) {
         c.agreed.rules[0].below = terms::Limit{terms::Reference::ground, metres(120), ""};
       },
       "possible"},
  };
  for (const auto& each : cases) {
    SCOPED_TRACE(each.name);
    Case c = seen_by_people();
    c.seen.sources.declared[0].accepted_by = {"us", "ru"};
    each.change(c);
    EXPECT_EQ(verdict_of(c), each.verdict);
  }
}

// It was in one of two areas whose ground lies differently: that it was high over the one does not
// settle that it was high over the other.
TEST(Sightings, AreNotJudgedByTheGroundOfTheFirstAreaAlone) {
  const terms::Terrain plain{metres(0), metres(10)}, hills{metres(500), metres(600)};
  for (const bool hills_first : {false, true}) {
    Case c = seen_by_people();
    c.seen.sources.declared[0].accepted_by = {"us", "ru"};
    c.agreed.areas = {small::area("A-1", small::square(36.0, 35.0, 0.1)),
                      small::area("A-2", small::square(36.1, 35.0, 0.2))};
    c.seen.sightings[0].place = *quantities::point_from_degrees(36.1, 35.05);
    c.agreed.areas[0].terrain = hills_first ? hills : plain;
    c.agreed.areas[1].terrain = hills_first ? plain : hills;
    c.agreed.rules[0].areas = {"A-1", "A-2"};
    c.agreed.rules[0].below = terms::Limit{terms::Reference::mean_sea_level, metres(400), ""};
    EXPECT_EQ(verdict_of(c), "possible") << hills_first;
  }
}

}  // namespace
}  // namespace truce::findings
