// Which areas a leg meets, and when: against the sides of places on the leg, each found by looking
// at every edge. Legs are made of whole steps of the lattice, so that the places between are exact.

#include "areas/legs.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "tests/oracle/ground_oracle.h"

namespace truce {
namespace {

using areas::Leg;
using areas::Outline;
using areas::Ring;
using areas::Screen;
using areas::Side;
using areas::Stay;
using areas::Vertex;
using quantities::Instant;
using quantities::Point;

constexpr std::int64_t step_us = 1'000;

struct Stepped {
  Leg leg;
  std::int64_t dx, dy, steps;
};

Point home(std::int64_t lon, std::int64_t lat) {
  while (lon > quantities::half_turn_e7) lon -= quantities::full_turn_e7;
  while (lon < -quantities::half_turn_e7) lon += quantities::full_turn_e7;
  return {static_cast<std::int32_t>(lon), static_cast<std::int32_t>(lat)};
}

Stepped stepped(std::int64_t lon, std::int64_t lat, std::int64_t dx, std::int64_t dy,
                std::int64_t steps) {
  const Point from = home(lon, lat), to = home(lon + dx * steps, lat + dy * steps);
  return {{from, to, Instant{5'000'000}, Instant{5'000'000 + steps * step_us}}, dx, dy, steps};
}

__extension__ using Wide = __int128;
int sign_of_turn(Vertex a, Vertex b, Vertex c) {
  const Wide turn = Wide(b.longitude_e7 - a.longitude_e7) * (c.latitude_e7 - a.latitude_e7) -
                    Wide(b.latitude_e7 - a.latitude_e7) * (c.longitude_e7 - a.longitude_e7);
  return turn > 0 ? 1 : turn < 0 ? -1 : 0;
}

bool segments_meet(Vertex a, Vertex b, Vertex c, Vertex d) {
  const auto overlap = [](std::int64_t p, std::int64_t q, std::int64_t r, std::int64_t s) {
    return std::max(std::min(p, q), std::min(r, s)) <= std::min(std::max(p, q), std::max(r, s));
  };
  return overlap(a.longitude_e7, b.longitude_e7, c.longitude_e7, d.longitude_e7) &&
         overlap(a.latitude_e7, b.latitude_e7, c.latitude_e7, d.latitude_e7) &&
         sign_of_turn(a, b, c) * sign_of_turn(a, b, d) <= 0 &&
         sign_of_turn(c, d, a) * sign_of_turn(c, d, b) <= 0;
}

bool surely_met(const Outline& outline, const Stepped& s) {
  if (areas::side_of(outline, s.leg.from) != Side::outside) return true;
  for (std::int64_t turn = -1; turn <= 1; ++turn) {
    const Vertex a{s.leg.from.longitude_e7 + turn * quantities::full_turn_e7,
                   s.leg.from.latitude_e7};
    const Vertex b{a.longitude_e7 + s.dx * s.steps, a.latitude_e7 + s.dy * s.steps};
    for (const areas::Polygon& polygon : outline.polygons) {
      std::vector<const Ring*> rings{&polygon.outer};
      for (const Ring& hole : polygon.holes) rings.push_back(&hole);
      for (const Ring* ring : rings)
        for (std::size_t i = 0; i < ring->size(); ++i)
          if (segments_meet(a, b, (*ring)[i], (*ring)[(i + 1) % ring->size()])) return true;
    }
  }
  return false;
}

std::string told_of(const Stepped& s, const std::vector<Stay>& stays) {
  std::string text = ": from " + std::to_string(s.leg.from.longitude_e7) + " " +
                     std::to_string(s.leg.from.latitude_e7) + " by " + std::to_string(s.dx) + " " +
                     std::to_string(s.dy) + ", " + std::to_string(s.steps) + " steps; stays:";
  for (const Stay& stay : stays)
    text += " " + std::to_string((stay.entry - s.leg.at).microseconds) + ".." +
            std::to_string((stay.exit - s.leg.at).microseconds);
  return text;
}

struct Counts {
  std::size_t met = 0, missed = 0, inside = 0, outside = 0;
};

void expect_right(const std::vector<Outline>& outlines, const std::vector<Stepped>& legs,
                  Counts& counts) {
  const Screen screen{std::span<const Outline>(outlines)};
  std::vector<Leg> plain;
  for (const Stepped& s : legs) plain.push_back(s.leg);
  std::vector<Stay> stays;
  areas::stays_of(screen, plain, stays);
  EXPECT_TRUE(std::is_sorted(stays.begin(), stays.end(), [](const Stay& a, const Stay& b) {
    return std::tie(a.leg, a.area, a.entry) < std::tie(b.leg, b.area, b.entry);
  }));
  for (std::uint32_t l = 0; l < legs.size(); ++l) {
    const Stepped& s = legs[l];
    for (std::uint32_t a = 0; a < outlines.size(); ++a) {
      std::vector<Stay> mine;
      for (const Stay& stay : stays)
        if (stay.leg == l && stay.area == a) mine.push_back(stay);
      ASSERT_EQ(!mine.empty(), surely_met(outlines[a], s)) << "leg " << l << " area " << a;
      ++(mine.empty() ? counts.missed : counts.met);
      for (const Stay& stay : mine) {
        ASSERT_LE(s.leg.at, stay.entry);
        ASSERT_LE(stay.entry, stay.exit);
        ASSERT_LE(stay.exit, s.leg.until);
      }
      for (std::int64_t k = 0; k <= s.steps; ++k) {
        const Point here =
            home(s.leg.from.longitude_e7 + k * s.dx, s.leg.from.latitude_e7 + k * s.dy);
        const Instant t = s.leg.at + quantities::Duration{k * step_us};
        const bool held = areas::side_of(outlines[a], here) != Side::outside;
        bool told = false, within = false;
        for (const Stay& stay : mine) {
          told = told || (stay.entry <= t && t <= stay.exit);
          within = within || (stay.entry + quantities::microseconds(2) < t &&
                              t < stay.exit - quantities::microseconds(2));
        }
        if (held)
          ASSERT_TRUE(told) << "leg " << l << " area " << a << " step " << k << told_of(s, mine);
        else
          ASSERT_FALSE(within) << "leg " << l << " area " << a << " step " << k << told_of(s, mine);
        ++(held ? counts.inside : counts.outside);
      }
    }
  }
}

// Legs that start, end, pass and run at and along vertices and edges, and legs anywhere.
std::vector<Stepped> hard_legs(const std::vector<Outline>& outlines, std::mt19937_64& random,
                               std::size_t count) {
  std::vector<Stepped> legs;
  const auto any = [&](std::int64_t low, std::int64_t high) {
    return low + static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(high - low + 1));
  };
  while (legs.size() < count) {
    const Outline& outline = outlines[random() % outlines.size()];
    const areas::Box box = areas::box_of(outline);
    const std::int64_t size = std::max(box.high.longitude_e7 - box.low.longitude_e7,
                                       box.high.latitude_e7 - box.low.latitude_e7);
    const areas::Polygon& polygon = outline.polygons[random() % outline.polygons.size()];
    const Ring& ring =
        polygon.holes.empty() || random() % 2 == 0 ? polygon.outer : polygon.holes[0];
    const std::size_t i = random() % ring.size();
    const Vertex a = ring[i], b = ring[(i + 1) % ring.size()];
    const std::int64_t steps = any(1, 40);
    const std::int64_t reach = std::max<std::int64_t>(2, size / steps);
    std::int64_t dx = any(-reach, reach), dy = any(-reach, reach);
    std::int64_t lon = any(box.low.longitude_e7 - size / 4, box.high.longitude_e7 + size / 4);
    std::int64_t lat = any(box.low.latitude_e7 - size / 4, box.high.latitude_e7 + size / 4);
    switch (random() % 6) {
      case 0: lon = a.longitude_e7, lat = a.latitude_e7; break;  // from a vertex
      case 1: {                                                  // through a vertex
        const std::int64_t before = any(0, steps);
        lon = a.longitude_e7 - before * dx, lat = a.latitude_e7 - before * dy;
        break;
      }
      case 2: {  // along an edge, from before it to behind it
        dx = (b.longitude_e7 - a.longitude_e7) / steps,
        dy = (b.latitude_e7 - a.latitude_e7) / steps;
        lon = a.longitude_e7 - dx * any(0, 2), lat = a.latitude_e7 - dy * any(0, 2);
        break;
      }
      case 3: dx = 0; break;
      case 4: dy = 0, lat = a.latitude_e7; break;
      default: break;
    }
    if (std::abs(lat) > 900'000'000 || std::abs(lat + dy * steps) > 900'000'000) continue;
    if (std::abs(dx * steps) >= quantities::half_turn_e7) continue;
    if (random() % 50 == 0) dx = dy = 0;
    legs.push_back(stepped(lon, lat, dx, dy, steps));
  }
  return legs;
}

TEST(Legs, MeetWhatLiesOnTheirWayAndAreInsideWhenTheyAre) {
  std::mt19937_64 random(21);
  Counts counts;
  for (int round = 0; round < 12; ++round) {
    const double spread = std::pow(10.0, 2 + static_cast<double>(random() % 60) / 10);
    std::vector<Outline> outlines;
    for (int i = 0; i < 5; ++i) {
      const auto at = [&] {
        return static_cast<std::int32_t>(spread * static_cast<double>(random() % 1000) / 1000);
      };
      outlines.push_back(oracle::random_outline(random, {at(), at()}, spread + 5,
                                                3 + static_cast<int>(random() % 60),
                                                random() % 3 == 0 && spread > 1e4));
    }
    expect_right(outlines, hard_legs(outlines, random, 60), counts);
    if (HasFatalFailure()) return;
  }
  EXPECT_GT(counts.met, 500U);
  EXPECT_GT(counts.missed, 500U);
  EXPECT_GT(counts.inside, 1000U);
  EXPECT_GT(counts.outside, 1000U);
}

TEST(Legs, MeetAreasOfSeveralPolygonsOnceForEachStay) {
  std::mt19937_64 random(22);
  Counts counts;
  const auto square = [](std::int64_t x, std::int64_t y, std::int64_t size) {
    return areas::Polygon{{{x, y}, {x + size, y}, {x + size, y + size}, {x, y + size}}, {}};
  };
  const std::vector<Outline> outlines = {
      {{square(0, 0, 10'000'000), square(5'000'000, 5'000'000, 10'000'000)}},
      {{square(0, 0, 100), square(100, 0, 100), square(20, 20, 10), square(90, 90, 60)}},
      {{{{{0, 0}, {100, 0}, {100, 100}, {0, 100}}, {{{0, 0}, {50, 20}, {20, 50}}}}}},
      {{{{{0, 0}, {10, 0}, {10, 10}, {5, 0}, {0, 10}}, {}}}},
      {{square(0, 0, 10'000'000), square(10'000'000, 0, 10'000'000)}},
  };
  expect_right(outlines, hard_legs(outlines, random, 600), counts);
  // Through both squares of the last area, along the edge that they share: one stay.
  const Screen screen{std::span<const Outline>(outlines)};
  std::vector<Stay> stays;
  areas::stays_of(
      screen,
      std::vector<Leg>{{{-5'000'000, 5'000'000}, {25'000'000, 5'000'000}, {0}, {30'000'000}}},
      stays);
  std::vector<Stay> last;
  for (const Stay& s : stays)
    if (s.area == 4) last.push_back(s);
  ASSERT_EQ(last.size(), 1U);
  EXPECT_NEAR(static_cast<double>(last[0].entry.microseconds), 5e6, 2);
  EXPECT_NEAR(static_cast<double>(last[0].exit.microseconds), 25e6, 2);
}

TEST(Legs, GoTheShortWayAcrossTheAntimeridianAndToThePoles) {
  std::mt19937_64 random(23);
  Counts counts;
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
  const std::vector<Outline> outlines{across, north};
  std::vector<Stepped> legs = hard_legs({across}, random, 300);
  for (const Stepped& s : hard_legs({north}, random, 200))
    if (std::abs(s.leg.to.latitude_e7) < 900'000'000 &&
        std::abs(s.leg.from.latitude_e7) < 900'000'000)
      legs.push_back(s);
  expect_right(outlines, legs, counts);
  std::vector<Stay> stays;
  areas::stays_of(Screen{std::span<const Outline>(outlines)},
                  std::vector<Leg>{{{0, 600'000'000}, {0, 900'000'000}, {0}, {3'000'000}}}, stays);
  ASSERT_EQ(stays.size(), 1U);
  EXPECT_NEAR(static_cast<double>(stays[0].entry.microseconds), 500'000, 2);
  EXPECT_EQ(stays[0].exit, Instant{3'000'000});
}

// Legs that are long beside the areas: past them, across all of them, and with an end on either
// side of where the index ends.
TEST(Legs, MayBeginAndEndFarFromEveryArea) {
  std::mt19937_64 random(24);
  Counts counts;
  for (int round = 0; round < 8; ++round) {
    const double spread = std::pow(10.0, 3 + round % 4);
    std::vector<Outline> outlines;
    for (int i = 0; i < 3; ++i)
      outlines.push_back(oracle::random_outline(random, {0, 0}, spread, 3 + i * 20, false));
    const auto reach = static_cast<std::int64_t>(4 * spread);
    const auto any = [&] {
      return static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(2 * reach)) - reach;
    };
    std::vector<Stepped> legs;
    while (legs.size() < 150) {
      const std::int64_t lon = any(), lat = any();
      legs.push_back(stepped(lon, lat, (any() - lon) / 20, (any() - lat) / 20, 20));
    }
    expect_right(outlines, legs, counts);
    if (HasFatalFailure()) return;
  }
  EXPECT_GT(counts.met, 500U);
  EXPECT_GT(counts.missed, 500U);
}

TEST(Legs, MeetNothingWhereThereAreNoAreas) {
  const Screen none{std::span<const Outline>()};
  std::vector<Stay> stays{{}};
  areas::stays_of(
      none,
      std::vector<Leg>{{{361'000'000, 351'000'000}, {371'000'000, 352'000'000}, {0}, {9}},
                       {{-5, -5}, {5, 5}, {0}, {9}},
                       {{0, 0}, {0, 0}, {0}, {9}},
                       {{1'790'000'000, 0}, {-1'790'000'000, 0}, {0}, {9}}},
      stays);
  EXPECT_TRUE(stays.empty());
}

}  // namespace
}  // namespace truce
