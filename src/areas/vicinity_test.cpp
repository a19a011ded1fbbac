#include "areas/vicinity.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "areas/region.h"

namespace truce::areas {
namespace {

Outline square(std::int64_t x, std::int64_t y, std::int64_t size) {
  return {{{{{x, y}, {x + size, y}, {x + size, y + size}, {x, y + size}}, {}}}};
}

// Every region that is near a box is among those told, for boxes of all sizes, across the
// antimeridian and at the poles too; and a box said to be far is far.
void expect_all_told(const std::vector<Outline>& outlines, std::mt19937_64& random) {
  std::vector<Region> regions;
  std::vector<Box> boxes;
  for (const Outline& o : outlines) {
    regions.emplace_back(o);
    boxes.push_back(box_of(o));
  }
  const Vicinity vicinity(boxes);
  std::uniform_real_distribution<double> share(0, 1);
  std::size_t near_boxes = 0, far_boxes = 0;
  for (int i = 0; i < 3000; ++i) {
    const Box& about = boxes[random() % boxes.size()];
    const double x = static_cast<double>(about.low.longitude_e7) + (share(random) * 4 - 2) * 1e8;
    const double y = static_cast<double>(about.low.latitude_e7) + (share(random) * 4 - 2) * 1e8;
    const double size = std::pow(10.0, share(random) * 9);
    double west = x - size;
    while (west > 1.8e9) west -= 3.6e9;
    while (west < -1.8e9) west += 3.6e9;
    ReachBox box{west, y - size / 2, west + size, y + size / 2};
    if (i % 10 == 0) std::swap(box.south, box.north);  // nothing is left of it
    std::vector<std::uint32_t> near;
    vicinity.add_near(box, near);
    const std::vector<std::uint32_t> once = vicinity.near_any(std::vector<ReachBox>{box});
    EXPECT_TRUE(std::is_sorted(once.begin(), once.end()));
    for (std::uint32_t r = 0; r < regions.size(); ++r) {
      if (!regions[r].is_near(box)) continue;
      ASSERT_TRUE(std::find(near.begin(), near.end(), r) != near.end());
      ASSERT_TRUE(std::binary_search(once.begin(), once.end(), r));
      ASSERT_FALSE(vicinity.surely_far(box));
    }
    ++(vicinity.surely_far(box) ? far_boxes : near_boxes);
  }
  EXPECT_GT(near_boxes, 0U);
  EXPECT_GT(far_boxes, 0U);
}

TEST(Vicinity, TellsEveryRegionThatIsNear) {
  std::mt19937_64 random(5);
  std::vector<Outline> outlines;
  for (int i = 0; i < 200; ++i)
    outlines.push_back(square(static_cast<std::int64_t>(random() % 900'000'000),
                              static_cast<std::int64_t>(random() % 700'000'000),
                              1 + static_cast<std::int64_t>(random() % 20'000'000)));
  expect_all_told(outlines, random);
}

TEST(Vicinity, KnowsThatTheEarthIsRound) {
  std::mt19937_64 random(6);
  expect_all_told({square(1'790'000'000, 0, 30'000'000), square(-1'795'000'000, 100'000'000, 1000),
                   square(3'700'000'000, -500'000'000, 1000), square(0, 899'000'000, 1'000'000)},
                  random);
}

TEST(Vicinity, OfNothingIsFarFromEverything) {
  const Vicinity vicinity(std::span<const Box>{});
  EXPECT_TRUE(vicinity.surely_far({-1.8e9, -9e8, 1.8e9, 9e8}));
  EXPECT_TRUE(vicinity.near_any(std::vector<ReachBox>{{-1.8e9, -9e8, 1.8e9, 9e8}}).empty());
}

}  // namespace
}  // namespace truce::areas
