#include "publication/drawing.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdio>
#include <limits>
#include <vector>

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

// The rings of a path, as numbers again.
std::vector<std::vector<Spot>> rings_in(const std::string& path) {
  std::vector<std::vector<Spot>> rings;
  for (std::size_t at = 0; at < path.size(); ++at) {
    if (path[at] == 'M') rings.emplace_back();
    if (path[at] != 'M' && path[at] != 'L') continue;
    Spot spot;
    EXPECT_EQ(std::sscanf(path.c_str() + at + 1, "%lf %lf", &spot.x, &spot.y), 2);
    rings.back().push_back(spot);
  }
  return rings;
}

bool is_filled(const std::vector<std::vector<Spot>>& rings, Spot p) {
  bool inside = false;
  for (const auto& ring : rings)
    for (std::size_t i = 0; i < ring.size(); ++i) {
      const Spot a = ring[i], b = ring[i + 1 == ring.size() ? 0 : i + 1];
      if ((a.y <= p.y) != (b.y <= p.y) && a.x + (p.y - a.y) / (b.y - a.y) * (b.x - a.x) > p.x)
        inside = !inside;
    }
  return inside;
}

areas::Ring circle(double longitude, double latitude, double degrees, int corners) {
  areas::Ring ring;
  for (int i = 0; i < corners; ++i) {
    const double angle = 6.283185307179586 * i / corners;
    ring.push_back({std::llround((longitude + degrees * std::cos(angle)) * 1e7),
                    std::llround((latitude + degrees * std::sin(angle)) * 1e7)});
  }
  return ring;
}

// Whatever the frame shows of an area, it shows the same as if every vertex were drawn; and it
// needs few of them.
TEST(OutlinePath, ShowsTheSameWithFewPoints) {
  const areas::Outline outline{{{circle(36, 35, 1, 5'000), {circle(36.1, 35.1, 0.3, 5'000)}}}};
  for (const double half : {0.05, 0.25, 0.9, 3.0}) {
    for (const double east : {35.0, 35.8, 36.4, 36.9}) {
      GeoBox box;
      box.include(east - half, 35 - half);
      box.include(east + half, 35 + half);
      const Rectangle frame{50, 10, 350, 310};
      const Projection projection(box, frame);
      const std::string path = outline_path(outline, projection);
      EXPECT_LT(path.size(), 6'000U);
      const auto rings = rings_in(path);
      for (const auto& ring : rings)
        for (const Spot spot : ring) {
          EXPECT_GE(spot.x, frame.left - 5);
          EXPECT_LE(spot.x, frame.right + 5);
          EXPECT_GE(spot.y, frame.top - 5);
          EXPECT_LE(spot.y, frame.bottom + 5);
        }
      std::vector<std::vector<Spot>> whole;
      for (const areas::Ring& ring : {outline.polygons[0].outer, outline.polygons[0].holes[0]}) {
        whole.emplace_back();
        for (const areas::Vertex v : ring)
          whole.back().push_back(projection.at(static_cast<double>(v.longitude_e7) / 1e7,
                                               static_cast<double>(v.latitude_e7) / 1e7));
      }
      int filled = 0, empty = 0;
      for (double x = frame.left; x <= frame.right; x += 7) {
        for (double y = frame.top; y <= frame.bottom; y += 7) {
          // Not within a pixel of an edge.
          const bool here = is_filled(whole, {x, y});
          bool near_edge = false;
          for (const auto [dx, dy] : {std::pair{1, 0}, {-1, 0}, {0, 1}, {0, -1}})
            near_edge = near_edge || is_filled(whole, {x + dx, y + dy}) != here;
          if (near_edge) continue;
          ASSERT_EQ(is_filled(rings, {x, y}), here) << half << " " << east << " " << x << " " << y;
          ++(here ? filled : empty);
        }
      }
      EXPECT_GT(filled + empty, 1'000);
    }
  }
}

TEST(OutlinePath, IsEmptyWhereNothingIsSeen) {
  GeoBox box;
  box.include(10, 10);
  box.include(11, 11);
  EXPECT_EQ(outline_path({{{circle(36, 35, 1, 50), {}}}}, Projection(box, {0, 0, 100, 100})), "");
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
