// On which side of an outline: the index against the slow answers, on places chosen to be hard.

#include <gtest/gtest.h>

#include <cmath>

#include "areas/region.h"
#include "tests/oracle/ground_oracle.h"

namespace truce {
namespace {

using areas::Outline;
using areas::Region;
using areas::Ring;
using areas::Side;
using areas::Vertex;
using quantities::Point;

Point home(Vertex v) {
  std::int64_t lon = v.longitude_e7;
  while (lon > quantities::half_turn_e7) lon -= quantities::full_turn_e7;
  while (lon < -quantities::half_turn_e7) lon += quantities::full_turn_e7;
  const std::int64_t lat = std::clamp<std::int64_t>(v.latitude_e7, -900'000'000, 900'000'000);
  return {static_cast<std::int32_t>(lon), static_cast<std::int32_t>(lat)};
}

void expect_same(const Outline& outline, const Region& region, Point p) {
  const Side slow = oracle::side_by_winding(outline, p);
  ASSERT_EQ(areas::side_of(outline, p), slow) << p.longitude_e7 << " " << p.latitude_e7;
  ASSERT_EQ(region.side_of(p), slow) << p.longitude_e7 << " " << p.latitude_e7;
}

// Vertices, the lattice points around them, points of edges, and the lattice points around those.
void probe(const Outline& outline, std::mt19937_64& random, int at_most) {
  const Region region(outline);
  std::uniform_real_distribution<double> share(0, 1);
  for (const areas::Polygon& polygon : outline.polygons) {
    std::vector<const Ring*> rings{&polygon.outer};
    for (const Ring& hole : polygon.holes) rings.push_back(&hole);
    for (const Ring* ring : rings) {
      const std::size_t step =
          std::max<std::size_t>(1, ring->size() / static_cast<std::size_t>(at_most));
      for (std::size_t i = 0; i < ring->size(); i += step) {
        const Vertex a = (*ring)[i], b = (*ring)[(i + 1) % ring->size()];
        const double u = share(random);
        const Vertex on{
            a.longitude_e7 + std::llround(u * static_cast<double>(b.longitude_e7 - a.longitude_e7)),
            a.latitude_e7 + std::llround(u * static_cast<double>(b.latitude_e7 - a.latitude_e7))};
        const Vertex level{b.longitude_e7 + 12'345, a.latitude_e7};  // on the latitude of a vertex
        for (Vertex v : {a, on, level})
          for (int dx = -1; dx <= 1; ++dx)
            for (int dy = -1; dy <= 1; ++dy)
              expect_same(outline, region, home({v.longitude_e7 + dx, v.latitude_e7 + dy}));
      }
    }
  }
  const areas::Box box = areas::box_of(outline);
  for (int i = 0; i < at_most * 4; ++i) {
    const auto mix = [&](std::int64_t x, std::int64_t y) {
      return x + std::llround((share(random) * 1.2 - 0.1) * static_cast<double>(y - x));
    };
    expect_same(outline, region,
                home({mix(box.low.longitude_e7, box.high.longitude_e7),
                      mix(box.low.latitude_e7, box.high.latitude_e7)}));
  }
}

TEST(SideOfAnOutline, IsTheSameFromTheIndexOnRandomOutlines) {
  std::mt19937_64 random(1);
  for (int i = 0; i < 150; ++i) {
    const Point centre{static_cast<std::int32_t>(
                           static_cast<std::int64_t>(random() % 3'000'000'000) - 1'500'000'000),
                       static_cast<std::int32_t>(random() % 1'600'000'000) - 800'000'000};
    const double radius = std::pow(10.0, 1.5 + static_cast<double>(random() % 60) / 10);
    probe(oracle::random_outline(random, centre, radius, 3 + static_cast<int>(random() % 60),
                                 i % 3 == 0 && radius > 1e5),
          random, 30);
  }
}

TEST(SideOfAnOutline, IsTheSameOnSliversAndTinyRings) {
  std::mt19937_64 random(2);
  const Outline outlines[] = {
      {{{{{0, 0}, {1, 0}, {0, 1}}, {}}}},
      {{{{{0, 0}, {1'000'000'000, 1}, {1'000'000'000, 2}}, {}}}},
      {{{{{-1'700'000'000, -800'000'000},
          {1'700'000'000, -800'000'000},
          {1'700'000'000, -799'999'999}},
         {}}}},
      {{{{{0, 0}, {10, 0}, {10, 10}, {5, 0}, {0, 10}}, {}}}},  // touches its own edge
      {{{{{0, 0}, {100, 0}, {100, 100}, {0, 100}},
         {{{0, 0}, {50, 20}, {20, 50}}}}}},  // hole at a corner
  };
  for (const Outline& outline : outlines) probe(outline, random, 50);
}

TEST(SideOfAnOutline, IsTheSameAcrossTheAntimeridianAndAtThePoles) {
  std::mt19937_64 random(3);
  const Outline across{{{{{1'790'000'000, -10'000'000},
                          {1'815'000'000, -10'000'000},
                          {1'812'000'000, 20'000'000},
                          {1'785'000'000, 15'000'000}},
                         {}}}};
  probe(across, random, 200);
  EXPECT_EQ(areas::side_of(across, {-1'795'000'000, 0}), Side::inside);
  EXPECT_EQ(areas::side_of(across, {1'800'000'000, 0}), Side::inside);
  EXPECT_EQ(areas::side_of(across, {-1'800'000'000, 0}), Side::inside);
  const Outline polar{{{{{-1'800'000'000, 700'000'000},
                         {0, 650'000'000},
                         {1'800'000'000, 700'000'000},
                         {1'800'000'000, 900'000'000},
                         {-1'800'000'000, 900'000'000}},
                        {}}}};
  probe(polar, random, 200);
  EXPECT_NE(Region(polar).side_of({123, 900'000'000}), Side::outside);
  EXPECT_EQ(Region(polar).side_of({123, 899'999'999}), Side::inside);
}

TEST(SideOfAnOutline, IsTheSameForNestedAndTouchingPolygons) {
  std::mt19937_64 random(4);
  const auto square = [](std::int64_t x, std::int64_t y, std::int64_t size) {
    return areas::Polygon{{{x, y}, {x + size, y}, {x + size, y + size}, {x, y + size}}, {}};
  };
  probe({{square(0, 0, 100), square(100, 0, 100), square(20, 20, 10), square(90, 90, 60)}}, random,
        100);
}

TEST(SideOfAnOutline, IsTheSameOnFiftyThousandVertices) {
  std::mt19937_64 random(5);
  probe(oracle::random_outline(random, {360'000'000, 350'000'000}, 20'000'000, 50'000, true),
        random, 10);
}

}  // namespace
}  // namespace truce
