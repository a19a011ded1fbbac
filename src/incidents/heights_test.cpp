#include "incidents/heights.h"

#include <gtest/gtest.h>

namespace truce::incidents {
namespace {

using quantities::feet;
using terms::Limit;
using terms::Reference;

constexpr Instant at(std::int64_t s) {
  return Instant{} + quantities::seconds(s);
}

// Sea level lies between -990 and +1,770 ft of pressure altitude, as between 1050 and 950 hPa.
terms::Atmosphere atmosphere() {
  terms::Atmosphere a;
  a.sea_level_least = feet(-990);
  a.sea_level_most = feet(1770);
  return a;
}

Track level(double pressure_ft, double bound_ft = 0) {
  Track t;
  t.flight = observations::flight_class("airliner");
  for (std::int64_t s : {0, 10, 20}) {
    Fix f;
    f.at = at(s);
    f.bounded = true;
    f.pressure = HeightBounds{feet(pressure_ft - bound_ft), feet(pressure_ft + bound_ft)};
    t.fixes.push_back(f);
  }
  return t;
}

TEST(Heights, OfDifferentReferencesCompareOnlyThroughWhatIsDeclared) {
  const terms::Atmosphere air = atmosphere();
  terms::Area area;
  const Track track = level(10'000);
  const Heights heights(track, air);
  const auto sea = heights.over(at(10), at(10), Reference::mean_sea_level, area);
  ASSERT_TRUE(sea);
  EXPECT_NEAR(sea->least.in_feet(), 8'230, 1);
  EXPECT_NEAR(sea->most.in_feet(), 10'990, 1);
  EXPECT_FALSE(heights.over(at(10), at(10), Reference::ground, area)) << "no terrain is declared";
  area.terrain = terms::Terrain{feet(1'000), feet(3'000)};
  const auto ground = heights.over(at(10), at(10), Reference::ground, area);
  ASSERT_TRUE(ground);
  EXPECT_NEAR(ground->least.in_feet(), 5'230, 1);
  EXPECT_NEAR(ground->most.in_feet(), 9'990, 1);
}

TEST(Heights, BelongToTheAreaAtItsFloorAndAtItsCeiling) {
  const terms::Atmosphere air = atmosphere();
  const terms::Area area;
  const Track track = level(10'000);
  const Heights heights(track, air);
  const Limit surface{Reference::surface, {}, "SFC"}, unlimited{Reference::unlimited, {}, "UNL"};
  const auto fl = [](double hundreds) {
    return Limit{Reference::pressure, feet(hundreds * 100), ""};
  };
  const auto inside = [&](const Limit& floor, const Limit& ceiling) {
    return heights.within(floor, ceiling, area, at(0), at(20)).at(at(10));
  };
  EXPECT_EQ(inside(surface, unlimited), Answer::yes);
  EXPECT_EQ(inside(fl(100), unlimited), Answer::yes);
  EXPECT_EQ(inside(surface, fl(100)), Answer::yes);
  EXPECT_EQ(inside(fl(100.01), unlimited), Answer::no);
  EXPECT_EQ(inside(surface, fl(99.99)), Answer::no);
  EXPECT_EQ(heights.below(fl(100), area, at(0), at(20)).at(at(10)), Answer::no)
      << "the height itself is not below";
  EXPECT_EQ(heights.below(fl(100.01), area, at(0), at(20)).at(at(10)), Answer::yes);
  EXPECT_EQ(heights.above(fl(100), area, at(0), at(20)).at(at(10)), Answer::no);
}

TEST(Heights, AreUnknownWhereTheBoundsReachAcrossALimit) {
  const terms::Atmosphere air = atmosphere();
  const terms::Area area;
  const Track track = level(10'000, 100);
  const Heights heights(track, air);
  const Limit surface{Reference::surface, {}, "SFC"};
  const Limit fl100{Reference::pressure, feet(10'000), "FL100"};
  EXPECT_EQ(heights.within(surface, fl100, area, at(0), at(20)).at(at(10)), Answer::unknown);
  Track silent = level(10'000);
  for (Fix& f : silent.fixes) f.pressure.reset();
  const Heights nothing(silent, air);
  EXPECT_EQ(nothing.within(surface, fl100, area, at(0), at(20)).between(at(2), at(3)),
            Answer::unknown);
}

// Between two fixes it can have climbed and come back, as fast as its class allows and no faster.
TEST(Heights, BetweenFixesAreBoundedByWhatTheClassCanClimb) {
  const terms::Atmosphere air = atmosphere();
  const terms::Area area;
  const Track track = level(10'000);
  const Heights heights(track, air);
  const auto fixed = heights.over(at(10), at(10), Reference::pressure, area);
  const auto between = heights.over(at(11), at(19), Reference::pressure, area);
  ASSERT_TRUE(fixed && between);
  EXPECT_EQ(fixed->least, fixed->most);
  EXPECT_GT(between->most, fixed->most);
  const double climb = track.flight.climb_per_second.in_feet(),
               sink = track.flight.sink_per_second.in_feet();
  EXPECT_LE(between->most.in_feet(), 10'000 + 9 * std::max(climb, sink) + 1);
}

// Over a long silence the bounds are those of its worst moment, and not of no moment at all.
TEST(Heights, OverAStretchAreThoseOfItsMoments) {
  const terms::Atmosphere air = atmosphere();
  const terms::Area area;
  Track track = level(10'000, 50);
  track.fixes.erase(track.fixes.begin() + 1);
  for (const std::int64_t silence : {4, 20, 90, 900}) {
    track.fixes[1].at = at(silence);
    track.fixes[1].pressure = HeightBounds{feet(10'900), feet(11'000)};
    const Heights heights(track, air);
    if (silence == 4) {  // nobody climbs so fast
      EXPECT_FALSE(heights.over(at(1), at(3), Reference::pressure, area));
      EXPECT_FALSE(heights.over(at(2), at(2), Reference::pressure, area));
      continue;
    }
    for (const auto& [from, until] : {std::pair{0.0, 1.0}, {0.1, 0.3}, {0.3, 0.9}, {0.7, 0.7}}) {
      const auto moment = [&](double share) {
        return at(0) +
               Duration{static_cast<std::int64_t>(1e6 * share * static_cast<double>(silence))};
      };
      const auto all = heights.over(moment(from), moment(until), Reference::pressure, area);
      ASSERT_TRUE(all);
      double least = 1e9, most = -1e9;
      for (int i = 0; i <= 1'000; ++i) {
        const Instant t = moment(from + (until - from) * i / 1'000);
        const auto here = heights.over(t, t, Reference::pressure, area);
        ASSERT_TRUE(here);
        least = std::min(least, here->least.in_feet());
        most = std::max(most, here->most.in_feet());
      }
      // To what the height changes in a thousandth of the silence; and never too narrow.
      const double step = 0.4 * static_cast<double>(silence);
      EXPECT_LE(all->least.in_feet(), least + 0.01);
      EXPECT_GE(all->most.in_feet(), most - 0.01);
      if (silence >= 90) {
        EXPECT_GE(all->least.in_feet(), least - step - 0.01);
        EXPECT_LE(all->most.in_feet(), most + step + 0.01);
      }
    }
  }
}

TEST(Heights, FromSatellitesNeedTheGeoid) {
  const terms::Atmosphere air = atmosphere();
  terms::Area area;
  area.geoid_least = quantities::metres(20);
  area.geoid_most = quantities::metres(25);
  Track track = level(0);
  for (Fix& f : track.fixes) {
    f.pressure.reset();
    f.ellipsoid = HeightBounds{quantities::metres(1'000), quantities::metres(1'010)};
  }
  const Heights heights(track, air);
  const auto sea = heights.over(at(10), at(10), Reference::mean_sea_level, area);
  ASSERT_TRUE(sea);
  EXPECT_NEAR(sea->least.in_metres(), 975, 0.01);
  EXPECT_NEAR(sea->most.in_metres(), 990, 0.01);
}

// Where there is neither floor nor ceiling, no height need be known: not even at the first and the
// last moment asked about.
TEST(Heights, NeedNotBeKnownWhereThereIsNoLimit) {
  const terms::Atmosphere air = atmosphere();
  const terms::Area area;
  Track silent = level(10'000);
  for (Fix& f : silent.fixes) f.pressure.reset();
  const Heights heights(silent, air);
  const Limit surface{Reference::surface, {}, "SFC"}, unlimited{Reference::unlimited, {}, "UNL"};
  const Profile within = heights.within(surface, unlimited, area, at(0), at(20));
  for (std::int64_t s : {0, 10, 20}) EXPECT_EQ(within.at(at(s)), Answer::yes) << s;
  EXPECT_EQ(heights.within(surface, unlimited, area, at(10), at(10)).at(at(10)), Answer::yes);
  EXPECT_EQ(heights.within(surface, Limit{Reference::pressure, feet(100), ""}, area, at(10), at(10))
                .at(at(10)),
            Answer::unknown);
}

}  // namespace
}  // namespace truce::incidents
