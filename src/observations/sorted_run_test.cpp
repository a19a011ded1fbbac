#include "observations/sorted_run.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <tuple>

namespace truce::observations {
namespace {

// Few values of everything, so that rows agree in many columns.
Positions some_positions(std::uint64_t seed) {
  std::mt19937_64 random(seed);
  const auto few = [&] { return static_cast<std::int32_t>(random() % 3); };
  Positions positions;
  for (std::uint32_t i = 0; i < 500; ++i) {
    PositionReport r;
    r.address = {static_cast<std::uint32_t>(few())};
    r.at = Instant{few()};
    r.point = {few(), few()};
    r.pressure_altitude = few();
    r.geometric_height = few();
    r.containment_cm = static_cast<std::uint32_t>(few());
    r.evidence = {static_cast<std::uint32_t>(few()), i};
    positions.add(r);
  }
  return positions;
}

auto key(const Positions& p, std::uint32_t row) {
  return std::tuple(p.address[row], p.at[row], p.point[row].longitude_e7, p.point[row].latitude_e7,
                    p.pressure_altitude[row], p.geometric_height[row], p.containment_cm[row],
                    p.evidence[row].input, p.evidence[row].record);
}

TEST(SortedRun, IsInTheOrderOfAddressTimeContentAndEvidence) {
  const Positions positions = some_positions(1);
  const auto rows = rows_in_order(positions);
  ASSERT_EQ(rows.size(), positions.size());
  EXPECT_TRUE(std::is_sorted(rows.begin(), rows.end(), [&](std::uint32_t a, std::uint32_t b) {
    return key(positions, a) < key(positions, b);
  }));
  EXPECT_FALSE(comes_before(positions, rows[1], rows[0]));
}

TEST(SortedRun, GivesTheRowsOfARangeOfAddresses) {
  const Positions positions = some_positions(2);
  const SortedPositions run(positions);
  const auto rows = rows_in_order(positions);
  for (std::uint32_t first = 0; first < 4; ++first) {
    for (std::uint32_t last = first; last < 4; ++last) {
      Positions some;
      ASSERT_TRUE(run.append(first, last, some));
      std::vector<std::uint32_t> wanted;
      std::copy_if(rows.begin(), rows.end(), std::back_inserter(wanted), [&](std::uint32_t row) {
        return first <= positions.address[row] && positions.address[row] <= last;
      });
      ASSERT_EQ(some.size(), wanted.size());
      for (std::uint32_t i = 0; i < wanted.size(); ++i)
        EXPECT_EQ(key(some, i), key(positions, wanted[i]));
    }
  }
  std::uint64_t count = 0;
  for (const SortedRun::Part& part : run.parts()) {
    EXPECT_LE(part.first, part.last);
    EXPECT_EQ(part.where, (SortedRun::Whereabouts{0, 0, 2, 2, 2}));
    count += part.rows;
  }
  EXPECT_EQ(count, run.size());
  EXPECT_EQ(run.span(), (quantities::TimeBounds{Instant{0}, Instant{2}}));
}

}  // namespace
}  // namespace truce::observations
