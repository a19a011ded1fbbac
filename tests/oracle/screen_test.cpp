// Which of many areas hold a position: the screen against areas::side_of, which looks at every
// edge, with every set of instructions that the machine has, on places chosen to be hard.

#include "areas/screen.h"

#include <gtest/gtest.h>

#include <cmath>
#include <set>
#include <utility>

#include "tests/oracle/ground_oracle.h"

namespace truce {
namespace {

using areas::Held;
using areas::Holdings;
using areas::Instructions;
using areas::Outline;
using areas::Ring;
using areas::Screen;
using areas::Side;
using areas::Vertex;
using quantities::Point;

Point home(std::int64_t lon, std::int64_t lat) {
  while (lon > quantities::half_turn_e7) lon -= quantities::full_turn_e7;
  while (lon < -quantities::half_turn_e7) lon += quantities::full_turn_e7;
  return {static_cast<std::int32_t>(lon),
          static_cast<std::int32_t>(std::clamp<std::int64_t>(lat, -900'000'000, 900'000'000))};
}

// All answers as text-like values that compare: (position, area, side), in order.
using Answers = std::vector<std::tuple<std::uint32_t, std::uint32_t, Side>>;

Answers slow(const std::vector<Outline>& outlines, const std::vector<Point>& points) {
  std::vector<areas::Box> boxes;
  for (const Outline& o : outlines) boxes.push_back(areas::box_of(o));
  Answers answers;
  for (std::uint32_t i = 0; i < points.size(); ++i)
    for (std::uint32_t a = 0; a < outlines.size(); ++a) {
      // Only what cannot matter is left out: latitudes beyond the outline.
      if (points[i].latitude_e7 < boxes[a].low.latitude_e7 ||
          points[i].latitude_e7 > boxes[a].high.latitude_e7)
        continue;
      const Side side = areas::side_of(outlines[a], points[i]);
      if (side != Side::outside) answers.emplace_back(i, a, side);
    }
  return answers;
}

Answers told(const Screen& screen, const Holdings& holdings) {
  Answers answers;
  holdings.each(screen, [&](std::uint32_t position, std::uint32_t area, Side side) {
    answers.emplace_back(position, area, side);
  });
  std::sort(answers.begin(), answers.end());
  return answers;
}

// Around a place: itself and the eight lattice places beside it.
void add_around(std::vector<Point>& points, std::int64_t lon, std::int64_t lat) {
  for (int dx = -1; dx <= 1; ++dx)
    for (int dy = -1; dy <= 1; ++dy) points.push_back(home(lon + dx, lat + dy));
}

// Vertices, places on edges, corners and borders of cells (of every depth), places anywhere.
std::vector<Point> hard_places(const std::vector<Outline>& outlines, const Screen& screen,
                               std::mt19937_64& random, std::size_t about) {
  std::vector<Point> points;
  std::uniform_real_distribution<double> share(0, 1);
  std::size_t vertices = 0;
  for (const Outline& o : outlines)
    for (const auto& p : o.polygons) {
      vertices += p.outer.size();
      for (const Ring& h : p.holes) vertices += h.size();
    }
  const std::size_t step = std::max<std::size_t>(1, vertices * 40 / about);
  const auto& frame = screen.table().frame;
  const auto add_cells = [&](std::int64_t lon, std::int64_t lat) {
    for (int depth = 0; depth <= areas::screening::most_depth; ++depth) {
      const int sx = frame.shift_x - 3 * depth, sy = frame.shift_y - 3 * depth;
      if (std::min(sx, sy) < 3) break;
      const std::int64_t x = frame.west + ((lon - frame.west) >> sx << sx);
      const std::int64_t y = frame.south + ((lat - frame.south) >> sy << sy);
      add_around(points, x, y);
      add_around(points, x, lat);
      add_around(points, lon, y);
    }
  };
  std::size_t k = random() % step;
  const auto add_ring = [&](const Ring& ring) {
    for (; k < ring.size(); k += step) {
      const Vertex a = ring[k], b = ring[(k + 1) % ring.size()];
      const double u = share(random);
      const std::int64_t x =
          a.longitude_e7 + std::llround(u * static_cast<double>(b.longitude_e7 - a.longitude_e7));
      const std::int64_t y =
          a.latitude_e7 + std::llround(u * static_cast<double>(b.latitude_e7 - a.latitude_e7));
      add_around(points, a.longitude_e7, a.latitude_e7);
      add_around(points, x, y);
      add_around(points, b.longitude_e7 + 12'345, a.latitude_e7);
      add_around(points, a.longitude_e7, b.latitude_e7 + 54'321);
      add_cells(x, y);
    }
    k -= ring.size();
  };
  for (const Outline& o : outlines) {
    for (const auto& p : o.polygons) {
      add_ring(p.outer);
      for (const Ring& h : p.holes) add_ring(h);
    }
    const areas::Box box = areas::box_of(o);
    for (std::size_t i = 0; i < about / outlines.size() / 2 + 4; ++i) {
      const auto mix = [&](std::int64_t x, std::int64_t y) {
        return x + std::llround((share(random) * 1.2 - 0.1) * static_cast<double>(y - x));
      };
      points.push_back(home(mix(box.low.longitude_e7, box.high.longitude_e7),
                            mix(box.low.latitude_e7, box.high.latitude_e7)));
    }
  }
  for (const std::int32_t lat : {900'000'000, -900'000'000, 899'999'999, -899'999'999, 0})
    for (const std::int32_t lon : {-1'800'000'000, -1'799'999'999, 0, 1'799'999'999, 1'800'000'000})
      points.push_back({lon, lat});
  return points;
}

void expect_same(const std::vector<Outline>& outlines, std::mt19937_64& random, std::size_t about) {
  const Screen screen{std::span<const Outline>(outlines)};
  const std::vector<Point> points = hard_places(outlines, screen, random, about);
  const Answers expected = slow(outlines, points);
  Holdings holdings;
  screen.find(points, holdings, Instructions::plain);
  const Answers plain = told(screen, holdings);
  ASSERT_EQ(plain.size(), expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i) {
    const auto [position, area, side] = expected[i];
    ASSERT_EQ(plain[i], expected[i])
        << points[position].longitude_e7 << " " << points[position].latitude_e7 << " in " << area;
  }
  for (const std::int64_t target : areas::screening::wide_targets()) {
    areas::screening::only_use(target);
    Holdings wide;
    screen.find(points, wide);
    areas::screening::only_use(0);
    ASSERT_EQ(wide.covers, holdings.covers) << areas::screening::wide_target_name(target);
    ASSERT_EQ(wide.held, holdings.held) << areas::screening::wide_target_name(target);
  }
}

areas::Polygon square(std::int64_t x, std::int64_t y, std::int64_t size) {
  return areas::Polygon{{{x, y}, {x + size, y}, {x + size, y + size}, {x, y + size}}, {}};
}

TEST(Screen, GivesTheSidesOfRandomOutlines) {
  std::mt19937_64 random(11);
  for (int round = 0; round < 25; ++round) {
    const auto around_zero = [&](std::int64_t most) {
      return static_cast<std::int32_t>(
          static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(2 * most)) - most);
    };
    const std::int32_t longitude = around_zero(1'700'000'000);
    const Point middle{longitude, around_zero(800'000'000)};
    const double spread = std::pow(10.0, 2 + static_cast<double>(random() % 60) / 10);
    std::vector<Outline> outlines;
    const std::size_t count = 1 + random() % 20;
    for (std::size_t i = 0; i < count; ++i) {
      const auto shift = [&] {
        return static_cast<std::int64_t>(spread *
                                         (static_cast<double>(random() % 2000) / 1000 - 1));
      };
      const Point centre =
          home(middle.longitude_e7 + shift(),
               std::clamp<std::int64_t>(middle.latitude_e7 + shift(), -850'000'000, 850'000'000));
      const double room = 890'000'000.0 - std::abs(static_cast<double>(centre.latitude_e7));
      const double radius =
          std::min(room, spread * std::pow(10.0, -static_cast<double>(random() % 20) / 10) + 5);
      outlines.push_back(oracle::random_outline(random, centre, radius,
                                                3 + static_cast<int>(random() % 200),
                                                random() % 3 == 0 && radius > 1e5));
    }
    expect_same(outlines, random, 3000);
    if (HasFatalFailure()) return;
  }
}

TEST(Screen, GivesTheSidesOfSliversTinyRingsAndWallsThatRunAlongTheBordersOfCells) {
  std::mt19937_64 random(12);
  const std::vector<Outline> outlines = {
      {{{{{0, 0}, {1, 0}, {0, 1}}, {}}}},
      {{{{{0, 0}, {1'000'000'000, 1}, {1'000'000'000, 2}}, {}}}},
      {{{{{-1'700'000'000, -800'000'000},
          {1'700'000'000, -800'000'000},
          {1'700'000'000, -799'999'999}},
         {}}}},
      {{{{{0, 0}, {10, 0}, {10, 10}, {5, 0}, {0, 10}}, {}}}},
      {{{{{0, 0}, {100, 0}, {100, 100}, {0, 100}}, {{{0, 0}, {50, 20}, {20, 50}}}}}},
      {{square(0, 0, 1 << 20), square(1 << 20, 0, 1 << 20)}},
      {{square(4096, 4096, 4096)}},
      {{square(4095, 4097, 4095)}},
      {{square(1 << 18, 1 << 18, 1)}},
  };
  expect_same(outlines, random, 20'000);
  for (const Outline& outline : outlines) expect_same({outline}, random, 3000);
}

TEST(Screen, GivesTheSidesAcrossTheAntimeridianAndAtThePoles) {
  std::mt19937_64 random(13);
  const Outline across{{{{{1'790'000'000, -10'000'000},
                          {1'815'000'000, -10'000'000},
                          {1'812'000'000, 20'000'000},
                          {1'785'000'000, 15'000'000}},
                         {}}}};
  const Outline north{{{{{-1'800'000'000, 700'000'000},
                         {0, 650'000'000},
                         {1'800'000'000, 700'000'000},
                         {1'800'000'000, 900'000'000},
                         {-1'800'000'000, 900'000'000}},
                        {}}}};
  const Outline south{{{{{200'000'000, -700'000'000},
                         {3'800'000'000, -700'000'000},
                         {3'800'000'000, -900'000'000},
                         {200'000'000, -900'000'000}},
                        {{{1'700'000'000, -850'000'000},
                          {1'900'000'000, -850'000'000},
                          {1'900'000'000, -800'000'000}}}}}};
  const Outline far_unrolled{
      {square(3'700'000'000, 100, 5'000'000), square(-1'810'000'000, 0, 20'000'000)}};
  const Outline world{{{{{-1'800'000'000, -900'000'000},
                         {1'800'000'000, -900'000'000},
                         {1'800'000'000, 900'000'000},
                         {-1'800'000'000, 900'000'000}},
                        {}}}};
  for (const Outline& o : {across, north, south, far_unrolled, world})
    expect_same({o}, random, 4000);
  expect_same({across, north, south, far_unrolled, world}, random, 10'000);
}

TEST(Screen, GivesTheSidesOfNestedTouchingAndOverlappingAreas) {
  std::mt19937_64 random(14);
  std::vector<Outline> outlines = {
      {{square(0, 0, 100), square(100, 0, 100), square(20, 20, 10), square(90, 90, 60)}},
      {{square(0, 0, 10'000'000), square(5'000'000, 5'000'000, 10'000'000)}},
      {{square(5'000'000, 5'000'000, 10'000'000)}},
      {{square(15'000'000, 15'000'000, 10'000'000)}},
      {{square(6'000'000, 6'000'000, 10)}},
      {{square(0, 0, 10'000'000), square(0, 0, 10'000'000)}},
  };
  expect_same(outlines, random, 10'000);
  // The same square many times over: more lines in a leaf than are counted.
  for (int i = 0; i < 40; ++i) outlines.push_back({{square(0, 0, 10'000'000)}});
  expect_same(outlines, random, 4000);
}

TEST(Screen, GivesTheSidesWhereHundredsOfEdgesMeetInOnePlace) {
  std::mt19937_64 random(15);
  areas::Polygon fan;
  // A closed comb whose teeth all come together at the origin, as near as the lattice allows.
  for (int i = 0; i < 400; ++i) {
    fan.outer.push_back({100'000'000, 100'000 * i});
    fan.outer.push_back({i, i});
  }
  fan.outer.push_back({0, 200'000'000});
  expect_same({{{fan}}}, random, 20'000);
}

TEST(Screen, GivesTheSidesOfFiftyThousandVertices) {
  std::mt19937_64 random(16);
  expect_same(
      {oracle::random_outline(random, {360'000'000, 350'000'000}, 20'000'000, 50'000, true)},
      random, 500);
}

TEST(Screen, WithoutAreasHoldsNothing) {
  const Screen screen{std::span<const Outline>()};
  EXPECT_TRUE(screen.find(Point{0, 0}).empty());
  EXPECT_TRUE(screen.find(Point{0, 900'000'000}).empty());
  Holdings holdings;
  screen.find(std::vector<Point>(1000, Point{1, 2}), holdings);
  EXPECT_EQ(holdings.covers, std::vector<std::uint32_t>(1000, 0));
  EXPECT_TRUE(holdings.held.empty());
}

TEST(Screen, IsTestedWithMoreThanOneSetOfInstructions) {
  // On x86-64 there are always two: SSE2, and what the machine has above it.
  EXPECT_GE(areas::screening::wide_targets().size(), 1U);
  for (const std::int64_t target : areas::screening::wide_targets())
    RecordProperty("target", areas::screening::wide_target_name(target));
}

}  // namespace
}  // namespace truce
