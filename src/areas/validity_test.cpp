#include "areas/validity.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

namespace truce::areas {
namespace {

Outline one(Ring outer, std::vector<Ring> holes = {}) {
  return {{{std::move(outer), std::move(holes)}}};
}

const Ring square{{0, 0}, {100, 0}, {100, 100}, {0, 100}};

TEST(ProblemsOf, NamesTheFaultAndItsPlace) {
  const struct {
    const char* name;
    Outline outline;
    Fault fault;
    const char* place;
  } cases[] = {
      {"nothing at all", {}, Fault::no_polygons, "outer ring, vertex 1"},
      {"two vertices", one({{0, 0}, {1, 1}}), Fault::too_few_vertices, "outer ring, vertex 1"},
      {"latitude 91", one({{0, 0}, {10, 910'000'000}, {20, 0}}), Fault::out_of_range,
       "outer ring, vertex 2"},
      {"longitude 541", one({{0, 0}, {10, 10}, {5'410'000'000, 0}}), Fault::out_of_range,
       "outer ring, vertex 3"},
      {"repeated", one({{0, 0}, {10, 0}, {10, 0}, {0, 10}}), Fault::repeated_vertex,
       "outer ring, vertex 2"},
      {"repeated across the end", one({{0, 0}, {10, 0}, {0, 10}, {0, 0}}), Fault::repeated_vertex,
       "outer ring, vertex 4"},
      {"spike", one({{0, 0}, {100, 0}, {100, 100}, {100, 50}, {0, 50}}), Fault::spike,
       "outer ring, vertex 3"},
      {"in one line", one({{0, 0}, {10, 10}, {20, 20}}), Fault::spike, "outer ring, vertex 1"},
      {"bow tie", one({{0, 0}, {10, 10}, {10, 0}, {0, 10}}), Fault::crosses_itself,
       "outer ring, vertex 1"},
      {"through its own vertex", one({{0, 0}, {10, 0}, {5, 5}, {10, 10}, {0, 10}, {5, 5}}),
       Fault::no_polygons, ""},
      {"crosses at a vertex", one({{0, 0}, {5, 5}, {10, 10}, {10, 0}, {5, 5}, {0, 10}}),
       Fault::crosses_itself, "outer ring, vertex 2"},
      {"runs along itself",
       one({{0, 0}, {100, 0}, {100, 10}, {20, 10}, {20, 0}, {80, 0}, {80, -10}, {0, -10}}),
       Fault::crosses_itself, "outer ring, vertex 1"},
      {"hole outside", one(square, {{{200, 200}, {210, 200}, {200, 210}}}), Fault::outside_outer,
       "hole 1, vertex 1"},
      {"hole across", one(square, {{{90, 50}, {110, 50}, {90, 60}}}), Fault::crosses_outer,
       "hole 1, vertex 1"},
      {"hole along", one(square, {{{100, 20}, {100, 40}, {90, 30}}}), Fault::crosses_outer,
       "hole 1, vertex 1"},
      {"holes across",
       one(square, {{{10, 10}, {30, 10}, {10, 30}}, {{15, 15}, {40, 15}, {40, 40}}}),
       Fault::holes_cross, "hole 2, vertex 1"},
      {"hole in hole",
       one(square, {{{12, 12}, {14, 12}, {12, 14}}, {{10, 10}, {50, 10}, {10, 50}}}),
       Fault::hole_in_hole, "hole 1, vertex 1"},
      {"hole touches in one place", one(square, {{{100, 50}, {90, 60}, {90, 40}}}),
       Fault::no_polygons, ""},
      {"sound", one(square, {{{10, 10}, {30, 10}, {10, 30}}}), Fault::no_polygons, ""},
      {"clockwise", one({{0, 100}, {100, 100}, {100, 0}, {0, 0}}), Fault::no_polygons, ""},
  };
  for (const auto& c : cases) {
    SCOPED_TRACE(c.name);
    const auto problems = problems_of(c.outline);
    if (*c.place == 0) {
      EXPECT_TRUE(problems.empty()) << problems[0].message;
      continue;
    }
    ASSERT_FALSE(problems.empty());
    EXPECT_EQ(problems[0].fault, c.fault) << problems[0].message;
    EXPECT_EQ(place_text(problems[0], c.outline.polygons.size()), c.place) << problems[0].message;
  }
}

TEST(ProblemsOf, NamesThePolygonOfSeveral) {
  const Outline outline{{{square, {}}, {{{0, 0}, {10, 10}, {10, 0}, {0, 10}}, {}}}};
  const auto problems = problems_of(outline);
  ASSERT_EQ(problems.size(), 1u);
  EXPECT_EQ(place_text(problems[0], 2), "polygon 2, outer ring, vertex 1");
}

TEST(ProblemsOf, AllowsPolygonsThatOverlap) {
  EXPECT_TRUE(problems_of({{{square, {}}, {square, {}}}}).empty());
}

// How often a ring goes round a place that is on none of its edges.
int winding(const Ring& ring, double x, double y) {
  int turns = 0;
  for (std::size_t i = 0; i < ring.size(); ++i) {
    const Vertex a = ring[i], b = ring[(i + 1) % ring.size()];
    const auto ax = static_cast<double>(a.longitude_e7), ay = static_cast<double>(a.latitude_e7);
    const auto bx = static_cast<double>(b.longitude_e7), by = static_cast<double>(b.latitude_e7);
    const double left = (bx - ax) * (y - ay) - (by - ay) * (x - ax);
    if (ay <= y && by > y && left > 0) ++turns;
    if (ay > y && by <= y && left < 0) --turns;
  }
  return turns;
}

bool overlaps(const Ring& ring) {
  for (std::size_t i = 0; i < ring.size(); ++i)
    for (std::size_t k = i + 1; k < ring.size(); ++k) {
      const Vertex a = ring[i], b = ring[(i + 1) % ring.size()];
      const Vertex c = ring[k], d = ring[(k + 1) % ring.size()];
      if (orientation(a, b, c) != 0 || orientation(a, b, d) != 0) continue;
      if (std::max(std::min(a, b), std::min(c, d)) < std::min(std::max(a, b), std::max(c, d)))
        return true;
    }
  return false;
}

bool strictly_crosses(const Ring& ring) {
  for (std::size_t i = 0; i < ring.size(); ++i)
    for (std::size_t k = i + 1; k < ring.size(); ++k) {
      const Vertex a = ring[i], b = ring[(i + 1) % ring.size()];
      const Vertex c = ring[k], d = ring[(k + 1) % ring.size()];
      if (orientation(a, b, c) * orientation(a, b, d) < 0 &&
          orientation(c, d, a) * orientation(c, d, b) < 0)
        return true;
    }
  return false;
}

// Around a crossing the ring winds by three different numbers; a ring that only touches itself
// winds by two. That needs no edges to be compared, and is the oracle here. (Where three edges
// cross in one place the numbers may be two only; then some of them cross in the plain sense.)
TEST(ProblemsOf, FindsCrossingsAsWindingNumbersTellThem) {
  std::mt19937_64 random(5);
  int crossing = 0, sound = 0;
  for (int round = 0; round < 3'000; ++round) {
    Ring ring;
    const std::size_t count = 4 + random() % 5;
    while (ring.size() < count) {
      const Vertex v{static_cast<std::int64_t>(random() % 4) * 1000,
                     static_cast<std::int64_t>(random() % 4) * 1000};
      if (ring.empty() || !(ring.back() == v)) ring.push_back(v);
    }
    const auto problems = problems_of(one(ring));
    const bool other_fault = std::any_of(problems.begin(), problems.end(), [](const auto& p) {
      return p.fault != Fault::crosses_itself;
    });
    if (other_fault || overlaps(ring)) {
      EXPECT_FALSE(problems.empty());
      continue;
    }
    int least = 0, most = 0;
    for (double x = 7.3; x < 3000; x += 29.1)
      for (double y = 3.1; y < 3000; y += 28.7) {
        const int w = winding(ring, x, y);
        least = std::min(least, w), most = std::max(most, w);
      }
    const bool crosses = most - least > 1;
    EXPECT_EQ(!problems.empty(), crosses || strictly_crosses(ring))
        << testing::PrintToString(std::vector<std::pair<long, long>>([&] {
             std::vector<std::pair<long, long>> out;
             for (Vertex v : ring) out.emplace_back(v.longitude_e7, v.latitude_e7);
             return out;
           }()));
    ++(crosses ? crossing : sound);
  }
  EXPECT_GT(crossing, 100);
  EXPECT_GT(sound, 100);
}

Ring wavy_ring(std::size_t count) {
  Ring ring;
  for (std::size_t i = 0; i < count; ++i) {
    const double angle =
        2 * 3.141592653589793 * static_cast<double>(i) / static_cast<double>(count);
    const double radius = 1e7 * (1 + 0.2 * std::sin(40 * angle) + (i % 2 == 0 ? 0.001 : 0));
    ring.push_back({std::llround(radius * std::cos(angle)) + 363'000'000,
                    std::llround(radius * std::sin(angle)) + 359'000'000});
  }
  return ring;
}

TEST(ProblemsOf, JudgesFiftyThousandVertices) {
  Ring ring = wavy_ring(50'000);
  EXPECT_TRUE(problems_of(one(ring)).empty());
  std::swap(ring[100], ring[104]);
  const auto problems = problems_of(one(ring));
  ASSERT_FALSE(problems.empty());
  EXPECT_EQ(problems[0].fault, Fault::crosses_itself);
  EXPECT_NEAR(static_cast<double>(problems[0].vertex), 100, 4);
}

TEST(Normalised, TurnsRings) {
  const Ring clockwise{{0, 0}, {0, 100}, {100, 100}, {100, 0}};
  const Ring hole{{10, 10}, {30, 10}, {10, 30}};
  const Outline outline = normalised(one(clockwise, {hole}));
  EXPECT_EQ(outline.polygons[0].outer, square);
  EXPECT_EQ(outline.polygons[0].holes[0], (Ring{{10, 10}, {10, 30}, {30, 10}}));
  EXPECT_EQ(normalised(outline), outline);
}

}  // namespace
}  // namespace truce::areas
