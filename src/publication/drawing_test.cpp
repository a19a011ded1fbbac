#include "publication/drawing.h"

#include <gtest/gtest.h>

#include <limits>

#include "publication/axis.h"

namespace truce::publication {
namespace {

TEST(Px, IsShortAndNeverWild) {
  EXPECT_EQ(px(1.25), "1.3");
  EXPECT_EQ(px(-0.04), "0.0");
  EXPECT_EQ(px(1e30), "100000.0");
  EXPECT_EQ(px(std::numeric_limits<double>::quiet_NaN()), "0.0");
}

TEST(Projection, IsTrueToScaleAlongItsMiddle) {
  GeoBox box;
  box.include(36, 35);
  box.include(37, 36);
  const Projection projection(box, {0, 0, 1000, 1000});
  const Spot a = projection.at(36, 35), b = projection.at(37, 36);
  const double north = a.y - b.y, east = b.x - a.x;
  EXPECT_NEAR(east / north, 0.81412, 1e-4);  // the cosine of 35.5 degrees
  EXPECT_NEAR(projection.pixels(quantities::metres(111'195)), north, 1e-6);
}

TEST(Projection, TakesTheNearestTurnOfALongitude) {
  GeoBox box;
  box.include(170, 0);
  box.include(190, 10);
  const Projection projection(box, {0, 0, 100, 100});
  const auto west = quantities::point_from_degrees(-175, 5).value();
  EXPECT_NEAR(projection.at(west).x, projection.at(185, 5).x, 1e-9);
}

TEST(Projection, SurvivesAPointAndAPole) {
  GeoBox box;
  box.include(20, 90);
  const GeoBox wide = widened(box, 0.1, quantities::kilometres(10));
  const Projection projection(wide, {0, 0, 100, 100});
  const Spot spot = projection.at(20, 90);
  EXPECT_GE(spot.x, 0);
  EXPECT_LE(spot.x, 100);
}

TEST(Labels, NeverCoverOneAnother) {
  Labels labels({0, 0, 200, 200});
  std::size_t placed = 0;
  for (int i = 0; i < 40; ++i)
    if (labels.place({100, 100}, 40, 12)) ++placed;
  EXPECT_GT(placed, 3u);
  EXPECT_LT(placed, 12u);
  EXPECT_FALSE(Labels({0, 0, 20, 20}).take({10, 10, 30, 15}));
}

TEST(TimeAxis, KeepsWithinItsEnds) {
  const auto t = quantities::instant_from("2016-02-27T00:00:00Z").value();
  const TimeAxis axis(t, t + quantities::days(1), 10, 110);
  EXPECT_EQ(axis.at(t - quantities::days(3)), 10);
  EXPECT_EQ(axis.at(t + quantities::hours(12)), 60);
  EXPECT_EQ(axis.at(quantities::latest_instant), 110);
  const std::string ticks = axis.ticks(0, 10, 20);
  EXPECT_NE(ticks.find(">06:00<"), std::string::npos);
  EXPECT_NE(ticks.find(">28 Feb<"), std::string::npos);
}

TEST(TimeAxis, AMomentIsNoDivisionByNothing) {
  const auto t = quantities::instant_from("2016-02-27T00:00:00Z").value();
  const TimeAxis axis(t, t, 10, 110);
  EXPECT_EQ(axis.at(t), 10);
}

}  // namespace
}  // namespace truce::publication
