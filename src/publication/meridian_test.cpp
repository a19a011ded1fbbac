#include "publication/meridian.h"

#include <gtest/gtest.h>

namespace truce::publication {
namespace {

using areas::Outline;
using areas::Polygon;
using areas::Ring;
using areas::Vertex;
using quantities::Point;

constexpr std::int64_t degree = 10'000'000;

Vertex vertex(std::int64_t longitude, std::int64_t latitude) {
  return {longitude * degree, latitude * degree};
}

Ring box(std::int64_t west, std::int64_t south, std::int64_t east, std::int64_t north) {
  return {vertex(west, south), vertex(east, south), vertex(east, north), vertex(west, north)};
}

TEST(CutLine, KeepsALineThatStaysOnOneSide) {
  const std::vector<Point> line = {{10, 20}, {30, 40}, {50, 60}};
  const auto parts = cut_line(line);
  ASSERT_EQ(parts.size(), 1u);
  EXPECT_EQ(parts[0], (std::vector<Vertex>{{10, 20}, {30, 40}, {50, 60}}));
}

TEST(CutLine, CutsAtTheAntimeridianBothWays) {
  const Point west{static_cast<std::int32_t>(-179 * degree), 0};
  const Point east{static_cast<std::int32_t>(179 * degree), static_cast<std::int32_t>(2 * degree)};
  const auto eastward = cut_line({east, west});
  ASSERT_EQ(eastward.size(), 2u);
  EXPECT_EQ(eastward[0].back(), vertex(180, 1));
  EXPECT_EQ(eastward[1].front(), vertex(-180, 1));
  const auto westward = cut_line({west, east});
  ASSERT_EQ(westward.size(), 2u);
  EXPECT_EQ(westward[0].back(), vertex(-180, 1));
  EXPECT_EQ(westward[1].front(), vertex(180, 1));
}

TEST(CutLine, APointOnTheMeridianIsNotDoubled) {
  const Point on{static_cast<std::int32_t>(180 * degree), 0};
  const Point beyond{static_cast<std::int32_t>(-179 * degree), 0};
  const auto parts = cut_line({on, beyond});
  ASSERT_EQ(parts.size(), 2u);
  EXPECT_EQ(parts[0], (std::vector<Vertex>{vertex(180, 0)}));
  EXPECT_EQ(parts[1], (std::vector<Vertex>{vertex(-180, 0), vertex(-179, 0)}));
}

TEST(CutOutline, TurnsRingsAsRfc7946Asks) {
  Polygon polygon;
  polygon.outer = {vertex(0, 0), vertex(0, 4), vertex(4, 4), vertex(4, 0)};  // clockwise
  polygon.holes = {box(1, 1, 2, 2)};                                         // counter-clockwise
  const auto parts = cut_outline(Outline{{polygon}});
  ASSERT_EQ(parts.size(), 1u);
  EXPECT_EQ(parts[0].outer, (Ring{vertex(4, 0), vertex(4, 4), vertex(0, 4), vertex(0, 0)}));
  EXPECT_EQ(parts[0].holes[0], (Ring{vertex(1, 2), vertex(2, 2), vertex(2, 1), vertex(1, 1)}));
}

TEST(CutOutline, CutsAcrossTheAntimeridianAndKeepsTheHoleOnItsSide) {
  Polygon polygon;
  polygon.outer = box(170, 0, 190, 10);
  polygon.holes = {box(182, 2, 184, 4)};
  const auto parts = cut_outline(Outline{{polygon}});
  ASSERT_EQ(parts.size(), 2u);
  EXPECT_TRUE(parts[0].holes.empty());
  EXPECT_EQ(parts[1].holes.size(), 1u);
  for (const auto& part : parts)
    for (const Vertex v : part.outer) {
      EXPECT_LE(v.longitude_e7, 180 * degree);
      EXPECT_GE(v.longitude_e7, -180 * degree);
    }
  EXPECT_EQ(parts[1].holes[0].size(), 4u);
  EXPECT_EQ(parts[1].holes[0][0].longitude_e7, -178 * degree);
}

TEST(CutOutline, ARingThatOnlyTouchesTheMeridianIsOnePiece) {
  const auto parts = cut_outline(Outline{{{box(170, 0, 180, 10), {}}}});
  ASSERT_EQ(parts.size(), 1u);
  EXPECT_EQ(parts[0].outer.size(), 4u);
}

}  // namespace
}  // namespace truce::publication
