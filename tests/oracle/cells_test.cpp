// The cells that an outline reaches into, against every cell near it clipped on its own.
#include "areas/cells.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "areas/validity.h"
#include "tests/oracle/ground_oracle.h"

namespace truce {
namespace {

TEST(CellsOracle, AreThoseThatClippingFinds) {
  std::mt19937_64 random(25);
  std::size_t asked = 0, cells = 0, without_middle = 0;
  for (int round = 0; round < 4'000; ++round) {
    const std::int64_t size =
        std::vector<std::int64_t>{2'500'000, 100'000'000, 1'000, 2}[random() % 4];
    const auto any = [&](std::int64_t most) {
      return static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(most));
    };
    const double radius =
        std::pow(10.0, -0.5 + static_cast<double>(any(17)) / 10) * static_cast<double>(size);
    const auto limit = [&](double of) {
      return static_cast<std::int64_t>(std::min(of * 1e7, 40.0 * static_cast<double>(size)));
    };
    const quantities::Point centre{
        static_cast<std::int32_t>(any(4) == 0 ? quantities::half_turn_e7 - any(1 + size)
                                              : any(limit(170)) - limit(170) / 2),
        static_cast<std::int32_t>(any(limit(80)) - limit(80) / 2)};
    areas::Outline outline = oracle::random_outline(random, centre, std::min(radius, 4e8),
                                                    3 + static_cast<int>(any(20)), any(3) == 0);
    // Now and then all corners lie on corners of cells, or on their middles.
    if (any(3) == 0) {
      const std::int64_t step = any(2) == 0 ? size : std::max<std::int64_t>(1, size / 2);
      for (areas::Polygon& polygon : outline.polygons)
        for (areas::Vertex& v : polygon.outer) {
          v.longitude_e7 = v.longitude_e7 / step * step;
          v.latitude_e7 = v.latitude_e7 / step * step;
        }
      outline.polygons[0].holes.clear();
    }
    if (!areas::problems_of(outline).empty()) continue;  // moved onto itself
    ++asked;
    const auto wanted = oracle::cells_by_clipping(outline, size);
    ASSERT_EQ(areas::cells_of(outline, size), wanted) << "round " << round << ", size " << size;
    cells += wanted.size();
    for (const areas::Cell cell : wanted) {
      const areas::Box box = areas::box_of(cell, size);
      const quantities::Point middle{
          static_cast<std::int32_t>((box.low.longitude_e7 + box.high.longitude_e7) / 2),
          static_cast<std::int32_t>((box.low.latitude_e7 + box.high.latitude_e7) / 2)};
      without_middle += oracle::side_by_winding(outline, middle) == areas::Side::outside;
    }
  }
  EXPECT_GT(asked, 2'500U);
  EXPECT_GT(cells, 10'000U);
  EXPECT_GT(without_middle, 1'000U);
}

}  // namespace
}  // namespace truce
