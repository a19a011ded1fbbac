#include "areas/together.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

namespace truce::areas {
namespace {

// A ring of about `size` around a place, now and then on the same coarse lattice as others, so that
// edges and corners are shared.
Ring ring_around(std::mt19937_64& random, std::int64_t x, std::int64_t y, std::int64_t size) {
  const auto real = [&](double low, double high) {
    return std::uniform_real_distribution<double>(low, high)(random);
  };
  Ring ring;
  if (random() % 2 == 0) {
    const std::int64_t step = 20'000;
    const std::int64_t west = x / step * step, south = y / step * step;
    const std::int64_t wide = (1 + static_cast<std::int64_t>(random() % 6)) * step;
    const std::int64_t high = (1 + static_cast<std::int64_t>(random() % 6)) * step;
    ring = {{west, south}, {west + wide, south}, {west + wide, south + high}, {west, south + high}};
  } else {
    const int corners = 3 + static_cast<int>(random() % 12);
    const double turn = real(0, 6.28);
    for (int i = 0; i < corners; ++i) {
      const double angle = turn + 6.2831853 * i / corners;
      const double radius = static_cast<double>(size) * real(0.4, 1);
      ring.push_back(
          {x + std::llround(radius * std::cos(angle)), y + std::llround(radius * std::sin(angle))});
    }
  }
  return ring;
}

struct Neighbours {
  std::vector<Region> each;
  Region all;
};

Neighbours random_neighbours(std::mt19937_64& random, int count) {
  std::vector<Region> each;
  Outline all;
  for (int i = 0; i < count; ++i) {
    const auto x = static_cast<std::int64_t>(random() % 300'000) + 360'000'000;
    const auto y = static_cast<std::int64_t>(random() % 300'000) + 350'000'000;
    Polygon polygon{ring_around(random, x, y, 90'000), {}};
    if (random() % 4 == 0) {  // one area of two polygons
      Outline two{{polygon, {ring_around(random, x + 40'000, y, 60'000), {}}}};
      all.polygons.insert(all.polygons.end(), two.polygons.begin(), two.polygons.end());
      each.emplace_back(std::move(two));
    } else {
      all.polygons.push_back(polygon);
      each.emplace_back(Outline{{polygon}});
    }
  }
  return {std::move(each), Region(std::move(all))};
}

// The union of all polygons as one region, worked out wholly, is what it must agree with.
TEST(Together, AgreesWithOneRegionOfAllPolygons) {
  std::mt19937_64 random(20160227);
  const auto real = [&](double low, double high) {
    return std::uniform_real_distribution<double>(low, high)(random);
  };
  int touching = 0, within = 0, outside = 0;
  for (int round = 0; round < 300; ++round) {
    const Neighbours n = random_neighbours(random, 2 + static_cast<int>(random() % 9));
    std::vector<const Region*> regions;
    for (const Region& region : n.each) regions.push_back(&region);
    for (int probe = 0; probe < 20; ++probe) {
      const Point centre{static_cast<std::int32_t>(360'000'000 + real(-1e5, 4e5)),
                         static_cast<std::int32_t>(350'000'000 + real(-1e5, 4e5))};
      const double radius = std::pow(10.0, real(0, 3.3));
      Reach reach;
      reach.add(centre, {place(centre), radius, radius * real(0.9, 1)});
      ReachBox box = reach.box;  // wider on some sides, as that of a leg is
      box.west -= real(0, 1e4);
      box.north += real(0, 1e4);
      const Together together(regions, box);
      ASSERT_EQ(together.side_of(centre), n.all.side_of(centre));
      ASSERT_TRUE(together.is_near(reach.box) || n.all.contact(reach) == Contact::clear);
      const Contact here = together.contact(reach), whole = n.all.contact(reach);
      ASSERT_EQ(here, whole) << round << " " << probe;
      ASSERT_TRUE(whole == Contact::clear || together.has_boundary_in(reach.box));
      touching += whole == Contact::touching;
      if (whole == Contact::clear) ++(n.all.side_of(centre) == Side::outside ? outside : within);
    }
  }
  // Every kind of answer was seen often.
  EXPECT_GT(touching, 300);
  EXPECT_GT(within, 300);
  EXPECT_GT(outside, 300);
}

TEST(Together, HasNoBoundaryWhereAreasAdjoinOrOverlap) {
  const auto square = [](std::int64_t west, std::int64_t east) {
    return Region(Outline{{{{{west, 0}, {east, 0}, {east, 1'000'000}, {west, 1'000'000}}, {}}}});
  };
  const Region first = square(0, 1'000'000), adjoining = square(1'000'000, 2'000'000),
               overlapping = square(1'900'000, 3'000'000);
  const auto contact_at = [&](std::int32_t longitude, std::vector<const Region*> regions) {
    const Point point{longitude, 500'000};
    Reach reach;
    reach.add(point, {place(point), 500, 500});
    return Together(std::move(regions), reach.box).contact(reach);
  };
  EXPECT_EQ(contact_at(1'000'000, {&first}), Contact::touching);
  EXPECT_EQ(contact_at(1'000'000, {&first, &adjoining}), Contact::clear);
  EXPECT_EQ(contact_at(1'900'000, {&first, &adjoining}), Contact::clear);
  EXPECT_EQ(contact_at(2'000'000, {&first, &adjoining}), Contact::touching);
  EXPECT_EQ(contact_at(2'000'000, {&adjoining, &overlapping}), Contact::clear);
}

}  // namespace
}  // namespace truce::areas
