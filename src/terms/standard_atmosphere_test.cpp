#include "terms/standard_atmosphere.h"

#include <gtest/gtest.h>

#include <cmath>

namespace truce::terms {
namespace {

// Doc 7488, table 1: geopotential heights and pressures.
TEST(PressureAltitudeOf, FollowsTheManual) {
  const struct {
    double hpa, metres;
  } rows[] = {{1013.25, 0}, {898.746, 1000}, {540.199, 5000}, {264.363, 10'000}};
  for (const auto& row : rows)
    EXPECT_NEAR(pressure_altitude_of(row.hpa).above_zero.in_metres(), row.metres, 0.5) << row.hpa;
}

TEST(ResolveAtmosphere, TurnsDeclaredPressuresIntoBoundsOfSeaLevel) {
  Atmosphere atmosphere;
  ASSERT_TRUE(resolve(atmosphere, "here").empty());
  const auto to_ten_feet = [](quantities::Length l) { return std::round(l.in_feet() / 10) * 10; };
  EXPECT_EQ(to_ten_feet(atmosphere.sea_level_least), -990);
  EXPECT_EQ(to_ten_feet(atmosphere.sea_level_most), 1'770);
  EXPECT_LE(atmosphere.sea_level_least.in_metres(), -301.5185);
  EXPECT_GE(atmosphere.sea_level_most.in_metres(), 540.3371);
}

// By hand: 216.65 / 251.65 x 9.724 / 9.80665 and 216.65 / 186.65 x 9.833 / 9.80665.
TEST(ResolveAtmosphere, BoundsTheThicknessReadOnThePressureScale) {
  Atmosphere atmosphere;
  ASSERT_TRUE(resolve(atmosphere, "here").empty());
  EXPECT_NEAR(static_cast<double>(atmosphere.thickness_least_ppm), 853'662, 2);
  EXPECT_NEAR(static_cast<double>(atmosphere.thickness_most_ppm), 1'163'849, 2);
  Atmosphere exact{1013.25, 1013.25, 0, 0, {}, {}, 0, 0};
  ASSERT_TRUE(resolve(exact, "here").empty());
  EXPECT_LT(exact.thickness_least_ppm, 1'000'000);
  EXPECT_GT(exact.thickness_most_ppm, 1'000'000);
}

TEST(ResolveAtmosphere, RefusesWhatTheFormulasDoNotHoldFor) {
  const struct {
    const char* name;
    Atmosphere atmosphere;
  } cases[] = {{"pressures the wrong way round", {1050, 950, -30, 35, {}, {}, 0, 0}},
               {"no pressure at all", {0, 1050, -30, 35, {}, {}, 0, 0}},
               {"not a number", {std::nan(""), 1050, -30, 35, {}, {}, 0, 0}},
               {"temperatures the wrong way round", {950, 1050, 35, -30, {}, {}, 0, 0}},
               {"colder than cold", {950, 1050, -300, 35, {}, {}, 0, 0}}};
  for (auto c : cases) {
    SCOPED_TRACE(c.name);
    const auto problems = resolve(c.atmosphere, "here");
    ASSERT_EQ(problems.size(), 1u);
    EXPECT_EQ(problems[0].where, "here");
  }
}

}  // namespace
}  // namespace truce::terms
