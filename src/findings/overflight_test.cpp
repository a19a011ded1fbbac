// What a finding measures of an overflight: how deep and how high it came.

#include "findings/overflight.h"

#include <gtest/gtest.h>

#include "findings/small_test_case.h"

namespace truce::findings {
namespace {

using small::Case;
using small::findings_of;

Finding only_finding(const Case& c) {
  const auto findings = findings_of(c);
  EXPECT_EQ(findings.size(), 1u);
  return findings.empty() ? Finding{} : findings.front();
}

double metres_of(const std::optional<quantities::Length>& length) {
  return length ? length->in_metres() : -1;
}

// Through the middle of a square of 0.2 degrees: the sides in the west and east lie 9,117 m from
// its middle, those in the south and north farther away (0.1 degree of the parallel of 35.1
// N on WGS84). Nothing in the square is deeper than that, but for the parallel of its south side.
TEST(Depth, LiesBetweenWhatIsCertainAndWhatIsPossible) {
  const struct {
    const char* name;
    void (*change)(Case&);
    double least, least_slack, most, most_slack;  // -1: unknown
  } cases[] = {
      {"a position of 50 m in the middle", [](Case&) {}, 9'117 - 50, 20, 9'117, 60},
      {"exact positions",
       [](Case& c) {
         for (auto& source : c.seen.sources.declared)
           source.bounds.position = quantities::metres(0);
       },
       9'117, 20, 9'117, 60},
      {"positions within 3 km",
       [](Case& c) {
         for (auto& source : c.seen.sources.declared)
           source.bounds.position = quantities::metres(3'000);
       },
       6'117, 20, 9'117, 60},
      {"one source does not say how good its positions are",
       [](Case& c) { c.seen.sources.declared[1].bounds.position.reset(); }, 9'117 - 50, 9'117,
       9'117, 60},
      {"into a corner of it only",
       [](Case& c) {
         c.agreed.areas[0].outline = small::square(36.0, 35.09, 0.2);  // its south 1,109 m away
       },
       1'109 - 50, 20, 1'109 + 50, 2'600},
      {"through a larger area too",
       [](Case& c) {
         c.agreed.areas.push_back(small::area("A-2", small::square(35.6, 34.8, 0.6)));
         c.agreed.areas[1].valid.from = c.agreed.in_force.from;
         c.agreed.rules[0].areas.push_back("A-2");
       },
       27'300, 200, 27'500, 6'000},
      {"through a larger area that is not valid yet",
       [](Case& c) {
         c.agreed.areas.push_back(small::area("A-2", small::square(35.6, 34.8, 0.6)));
         c.agreed.areas[1].valid.from = small::after(86'400);
         c.agreed.rules[0].areas.push_back("A-2");
       },
       9'117 - 50, 20, 9'117, 60},
      {"through a larger area below which it stays",
       [](Case& c) {
         c.agreed.areas.push_back(small::area("A-2", small::square(35.6, 34.8, 0.6)));
         c.agreed.areas[1].valid.from = c.agreed.in_force.from;
         c.agreed.areas[1].floor = {terms::Reference::pressure, quantities::feet(20'000), "FL200"};
         c.agreed.rules[0].areas.push_back("A-2");
       },
       9'117 - 50, 20, 9'117, 60},
  };
  for (const auto& c : cases) {
    SCOPED_TRACE(c.name);
    Case changed;
    c.change(changed);
    const Finding f = only_finding(changed);
    EXPECT_NEAR(metres_of(f.penetration_least), c.least, c.least_slack);
    EXPECT_LE(metres_of(f.penetration_least), c.least + 1);
    EXPECT_NEAR(metres_of(f.penetration_most), c.most, c.most_slack + 1);
    EXPECT_GE(metres_of(f.penetration_most), c.most - 1);
  }
}

// Nobody saw it inside: it may have been there, and nothing says that it was.
TEST(Depth, IsOnlyPossibleInASilence) {
  Case c;
  c.seen.positions = {};
  for (const std::uint32_t post : {0u, 1u}) {
    small::add_flight(c.seen, post, 0, 40);
    small::add_flight(c.seen, post, 160, 200);
  }
  const Finding f = only_finding(c);
  EXPECT_TRUE(f.gap);
  EXPECT_EQ(metres_of(f.penetration_least), 0);
  EXPECT_GT(metres_of(f.penetration_most), 9'117);  // it can have gone straight through
  EXPECT_LT(metres_of(f.penetration_most), 9'180);  // and no place in it is deeper
}

// The bounds of its positions' heights; and what an aircraft of any class can have climbed and sunk
// in the ten seconds between them.
TEST(Altitude, IsThatOfTheTimeInside) {
  constexpr double between_ft = 5'000;
  const struct {
    const char* name;
    void (*change)(Case&);
    const char* reference;
    double least_ft, most_ft, lowest_ft;
  } cases[] = {
      {"level, to 50 ft", [](Case&) {}, "pressure", 4'950, 5'050, -1e6},
      {"on the scale of the ceiling",
       [](Case& c) {
         c.agreed.areas[0].ceiling = {terms::Reference::mean_sea_level, quantities::feet(20'000),
                                      "20000 ft MSL"};
         c.agreed.atmosphere.sea_level_least = quantities::feet(-1'000);
         c.agreed.atmosphere.sea_level_most = quantities::feet(1'000);
         c.agreed.atmosphere.thickness_least_ppm = c.agreed.atmosphere.thickness_most_ppm =
             1'000'000;
       },
       "mean sea level", 3'950, 6'050, -1e6},
      {"no lower than the ground",
       [](Case& c) {
         c.agreed.areas[0].ceiling = {terms::Reference::mean_sea_level, quantities::feet(20'000),
                                      "20000 ft MSL"};
         c.agreed.areas[0].terrain =
             terms::Terrain{quantities::feet(3'970), quantities::feet(5'200)};
         c.agreed.atmosphere.sea_level_least = quantities::feet(-1'000);
         c.agreed.atmosphere.sea_level_most = quantities::feet(1'000);
         c.agreed.atmosphere.thickness_least_ppm = c.agreed.atmosphere.thickness_most_ppm =
             1'000'000;
       },
       "mean sea level", 3'970, 6'050, 3'970},
      {"nobody says how good the heights are",
       [](Case& c) {
         for (auto& source : c.seen.sources.declared) source.bounds.pressure_altitude.reset();
       },
       "", 0, 0, 0},
  };
  for (const auto& c : cases) {
    SCOPED_TRACE(c.name);
    Case changed;
    c.change(changed);
    const AltitudeFound found = only_finding(changed).altitude;
    EXPECT_EQ(found.reference, c.reference);
    EXPECT_EQ(found.at_positions.has_value(), !found.reference.empty());
    if (!found.at_positions) continue;
    EXPECT_NEAR(found.at_positions->least.in_feet(), c.least_ft, 0.01);
    EXPECT_NEAR(found.at_positions->most.in_feet(), c.most_ft, 0.01);
    EXPECT_LT(found.least.in_feet(), c.least_ft + 0.01);
    EXPECT_GT(found.most.in_feet(), c.most_ft);
    EXPECT_GE(found.least.in_feet(), std::max(c.lowest_ft, c.least_ft - between_ft) - 0.01);
    EXPECT_LE(found.most.in_feet(), c.most_ft + between_ft);
  }
}

}  // namespace
}  // namespace truce::findings
