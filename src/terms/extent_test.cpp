#include "terms/extent.h"

#include <gtest/gtest.h>

#include "areas/edges.h"

namespace truce::terms {
namespace {

areas::Ring box(double west, double south, double east, double north) {
  const auto e7 = [](double degrees) { return static_cast<std::int64_t>(degrees * 1e7); };
  return {
      {e7(west), e7(south)}, {e7(east), e7(south)}, {e7(east), e7(north)}, {e7(west), e7(north)}};
}

TEST(ExtentOf, ADegreeAtTheEquator) {
  // By the closed formula for a zone of the ellipsoid (Snyder 1987, equation 3-12).
  const auto extent = extent_of({{{box(0, 0, 1, 1), {}}}});
  ASSERT_TRUE(extent);
  EXPECT_NEAR(extent->square_kilometres, 12'308.464, 0.01);
  EXPECT_NEAR(extent->centre.longitude(), 0.5, 1e-6);
  EXPECT_NEAR(extent->centre.latitude(), 0.5, 1e-3);
  EXPECT_EQ(extent->north_east, *quantities::point_from_degrees(1, 1));
}

TEST(ExtentOf, HolesAreLeftOutAndOverlapsCountOnce) {
  const double whole = extent_of({{{box(36, 35, 37, 36), {}}}})->square_kilometres;
  const double hole = extent_of({{{box(36.2, 35.2, 36.4, 35.4), {}}}})->square_kilometres;
  const double ring =
      extent_of({{{box(36, 35, 37, 36), {box(36.2, 35.2, 36.4, 35.4)}}}})->square_kilometres;
  EXPECT_NEAR(ring, whole - hole, whole / 1000);
  const double twice =
      extent_of({{{box(36, 35, 37, 36), {}}, {box(36.5, 35, 37, 36), {}}}})->square_kilometres;
  EXPECT_NEAR(twice, whole, whole / 1e6);
}

TEST(ExtentOf, ACircleHoldsPiTimesItsRadiusSquared) {
  const auto centre = *quantities::point_from("35.93 N 36.63 E");
  const auto disc = areas::circle(centre, quantities::kilometres(12));
  ASSERT_TRUE(disc);
  const auto extent = extent_of({{*disc}});
  EXPECT_NEAR(extent->square_kilometres, 3.14159265 * 144, 0.5);
  EXPECT_NEAR(extent->centre.longitude(), centre.longitude(), 1e-3);
  EXPECT_NEAR(extent->centre.latitude(), centre.latitude(), 1e-3);
}

TEST(ExtentOf, AcrossTheAntimeridianTheCentreIsAPlace) {
  const auto extent = extent_of({{{box(179, 10, 183, 11), {}}}});
  EXPECT_NEAR(extent->centre.longitude(), -179, 1e-5);
  EXPECT_EQ(extent->north_east.longitude_e7, -1'770'000'000);
}

TEST(ExtentOf, NoGroundNoExtent) {
  EXPECT_FALSE(extent_of({}));
  EXPECT_FALSE(extent_of({{{{}, {}}}}));
  EXPECT_FALSE(extent_of({{{{{0, 0}, {10, 0}}, {}}}}));
}

TEST(AreaText, ThreeDigits) {
  EXPECT_EQ(area_text(0.7849), "0.785 km²");
  EXPECT_EQ(area_text(4.5), "4.50 km²");
  EXPECT_EQ(area_text(45.04), "45.0 km²");
  EXPECT_EQ(area_text(452.4), "452 km²");
  EXPECT_EQ(area_text(12'308.8), "12,300 km²");
  EXPECT_EQ(area_text(1'234'567), "1,230,000 km²");
}

}  // namespace
}  // namespace truce::terms
