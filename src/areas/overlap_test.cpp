#include "areas/overlap.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace truce::areas {
namespace {

Ring box(std::int64_t west, std::int64_t south, std::int64_t east, std::int64_t north) {
  return {{west, south}, {east, south}, {east, north}, {west, north}};
}

Outline one(Ring outer, std::vector<Ring> holes = {}) {
  return {{{std::move(outer), std::move(holes)}}};
}

bool either_way(const Outline& a, const Outline& b) {
  EXPECT_EQ(overlap(a, b), overlap(b, a));
  return overlap(a, b);
}

TEST(Overlap, CrossingNestedAndApart) {
  EXPECT_TRUE(either_way(one(box(0, 0, 10, 10)), one(box(5, 5, 15, 15))));
  EXPECT_TRUE(either_way(one(box(0, 0, 10, 10)), one(box(2, 2, 4, 4))));
  EXPECT_FALSE(either_way(one(box(0, 0, 10, 10)), one(box(20, 0, 30, 10))));
  EXPECT_TRUE(either_way(one(box(0, 4, 10, 6)), one(box(4, 0, 6, 10))));  // a cross
}

TEST(Overlap, NeighboursShareNoGround) {
  EXPECT_FALSE(either_way(one(box(0, 0, 10, 10)), one(box(10, 0, 20, 10))));
  EXPECT_FALSE(either_way(one(box(0, 0, 10, 10)), one(box(10, 10, 20, 20))));
  EXPECT_FALSE(either_way(one(box(0, 0, 10, 10)), one(box(10, 3, 20, 7))));
  EXPECT_FALSE(either_way(one({{0, 0}, {10, 0}, {5, 5}}), one({{5, 5}, {10, 10}, {0, 10}})));
}

TEST(Overlap, TheSameGroundWithOtherVertices) {
  EXPECT_TRUE(either_way(one(box(0, 0, 10, 10)), one(box(0, 0, 10, 10))));
  EXPECT_TRUE(either_way(one(box(0, 0, 10, 10)),
                         one({{10, 10}, {10, 5}, {10, 0}, {3, 0}, {0, 0}, {0, 10}})));
}

TEST(Overlap, ThroughVerticesOnly) {
  // A diamond in a square: its corners lie on the square's edges.
  EXPECT_TRUE(either_way(one({{0, 0}, {10, 0}, {10, 10}, {0, 10}}),
                         one({{0, 5}, {5, 0}, {10, 5}, {5, 10}})));
  // One edge runs along a diagonal of the other, from corner to corner, and beyond.
  EXPECT_TRUE(either_way(one(box(0, 0, 10, 10)), one({{-5, -5}, {15, 15}, {15, -5}})));
}

TEST(Overlap, InAHoleThereIsNoGround) {
  const Outline ring = one(box(0, 0, 10, 10), {box(3, 3, 7, 7)});
  EXPECT_FALSE(either_way(ring, one(box(3, 3, 7, 7))));
  EXPECT_FALSE(either_way(ring, one(box(4, 4, 6, 6))));
  EXPECT_TRUE(either_way(ring, one(box(4, 4, 8, 6))));
  EXPECT_TRUE(either_way(ring, one(box(1, 1, 9, 9))));
}

TEST(Overlap, AllTheWayRound) {
  const std::int64_t degree = 10'000'000;
  const Outline beyond = one(box(179 * degree, 0, 183 * degree, degree));
  EXPECT_TRUE(either_way(beyond, one(box(-178 * degree, 0, -170 * degree, degree))));
  EXPECT_FALSE(either_way(beyond, one(box(-177 * degree, 0, -170 * degree, degree))));
}

TEST(Overlap, NothingOverlapsNothing) {
  EXPECT_FALSE(either_way({}, one(box(0, 0, 10, 10))));
  EXPECT_FALSE(either_way({}, {}));
  EXPECT_FALSE(either_way(one({}), one(box(0, 0, 10, 10))));
}

// Boxes of a checkerboard: the answer is known cell by cell.
RC_GTEST_PROP(Overlap, AgreesWithCountingCells, ()) {
  const auto boxes = [] {
    Outline outline;
    const int count = *rc::gen::inRange(1, 4);
    for (int i = 0; i < count; ++i) {
      const int west = *rc::gen::inRange(0, 9), south = *rc::gen::inRange(0, 9);
      outline.polygons.push_back({box(10 * west, 10 * south, 10 * *rc::gen::inRange(west + 1, 11),
                                      10 * *rc::gen::inRange(south + 1, 11)),
                                  {}});
    }
    return outline;
  };
  const Outline a = boxes(), b = boxes();
  bool expected = false;
  for (std::int32_t x = 5; x < 100; x += 10)
    for (std::int32_t y = 5; y < 100; y += 10)
      expected =
          expected || (side_of(a, {x, y}) == Side::inside && side_of(b, {x, y}) == Side::inside);
  RC_ASSERT(overlap(a, b) == expected);
}

// Triangles on a coarse lattice, against looking at every place of a finer one: what is seen there
// must be found.
RC_GTEST_PROP(Overlap, AgreesWithLookingAtPlaces, ()) {
  const auto triangle = [] {
    const auto at = [] {
      return Vertex{6 * *rc::gen::inRange<std::int64_t>(0, 7),
                    6 * *rc::gen::inRange<std::int64_t>(0, 7)};
    };
    const Vertex a = at(), b = at(), c = at();
    RC_PRE(orientation(a, b, c) != 0);
    return one({a, b, c});
  };
  const Outline a = triangle(), b = triangle();
  bool seen = false;
  for (std::int32_t x = 0; x <= 36; ++x)
    for (std::int32_t y = 0; y <= 36; ++y)
      seen = seen || (side_of(a, {x, y}) == Side::inside && side_of(b, {x, y}) == Side::inside);
  if (seen) RC_ASSERT(overlap(a, b));
  RC_ASSERT(overlap(a, b) == overlap(b, a));
}

}  // namespace
}  // namespace truce::areas
