#include "exercise/ground.h"

#include <gtest/gtest.h>

#include <cmath>

namespace truce::exercise {
namespace {

// On WGS84, to the metre: at the equator 110,574 and 111,320; at 45 degrees 111,132 and 78,847; at
// 60 degrees 111,412 and 55,800.
TEST(Ground, KnowsTheLengthOfADegree) {
  const struct {
    double latitude, latitude_m, longitude_m;
  } cases[] = {{0, 110'574, 111'320}, {45, 111'132, 78'847}, {60, 111'412, 55'800}};
  for (const auto& c : cases) {
    EXPECT_NEAR(degree_length(c.latitude).latitude_m, c.latitude_m, 0.6) << c.latitude;
    EXPECT_NEAR(degree_length(c.latitude).longitude_m, c.longitude_m, 0.6) << c.latitude;
  }
}

TEST(Ground, GoesAWayAndBack) {
  const Place from{35.93, 36.63};
  const Offset way{1'234.5, -678.9};
  const Place to = moved(from, way);
  const Offset again = way_between(from, to);
  EXPECT_NEAR(again.east_m, way.east_m, 0.001);
  EXPECT_NEAR(again.north_m, way.north_m, 0.001);
  EXPECT_NEAR(distance_m(from, to), length_m(way), 0.01);
}

TEST(Ground, TellsBearings) {
  const struct {
    Offset way;
    double degrees;
  } cases[] = {{{0, 1}, 0},     {{1, 1}, 45},   {{1, 0}, 90},   {{1, -1}, 135},  {{0, -1}, 180},
               {{-1, -1}, 225}, {{-1, 0}, 270}, {{-1, 1}, 315}, {{1, 2}, 26.565}};
  for (const auto& c : cases) EXPECT_NEAR(bearing(c.way), c.degrees, 0.001) << c.degrees;
}

TEST(Ground, MeasuresFromALine) {
  const std::vector<Place> line = {{36.0, 36.0}, {36.0, 37.0}};
  EXPECT_NEAR(distance_m({36.1, 36.5}, line), 0.1 * degree_length(36.05).latitude_m, 10);
  EXPECT_NEAR(distance_m({36.0, 37.1}, line), 0.1 * degree_length(36).longitude_m, 1);
}

TEST(Ground, LiesBetweenTheHeightsThatTheAgreementDeclares) {
  for (double latitude = 33; latitude < 37; latitude += 0.01)
    for (double longitude = 35; longitude < 38; longitude += 0.03) {
      const double height = terrain_m({latitude, longitude});
      EXPECT_GE(height, 300);
      EXPECT_LE(height, 500);
    }
}

// In the standard atmosphere pressure altitude is height; in warm air a column of the standard
// atmosphere is thicker than it says.
TEST(Weather, TurnsHeightIntoPressureAltitude) {
  Weather weather;
  const Instant noon = *quantities::instant_from("2016-02-27T12:00:00Z");
  weather.from = noon;
  weather.swing_m = 0;
  EXPECT_NEAR(weather.pressure_altitude_m(5'000, noon), 5'000, 1e-6);
  weather.sea_level_pressure_altitude_m = 100;
  EXPECT_NEAR(weather.pressure_altitude_m(0, noon), 100, 1e-6);
  weather.warmer_than_standard_k = 10;
  EXPECT_LT(weather.pressure_altitude_m(5'000, noon), 5'100);
  EXPECT_GT(weather.pressure_altitude_m(5'000, noon), 4'850);
}

}  // namespace
}  // namespace truce::exercise
