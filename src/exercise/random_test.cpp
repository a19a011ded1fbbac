#include "exercise/random.h"

#include <gtest/gtest.h>

namespace truce::exercise {
namespace {

// splitmix64 from seed 0 begins e220a8397b1dcdaf, 6e789e6aa1b965f4, 06c45d188009454f,
// f88bb8a8724c81ec (the authors' reference program); xoshiro256** first gives
// rotl(second * 5, 7) * 9 of that state.
TEST(Random, IsTheGeneratorThatItClaimsToBe) {
  const std::uint64_t second = 0x6e789e6aa1b965f4u * 5;
  const std::uint64_t first_number = ((second << 7) | (second >> 57)) * 9;
  EXPECT_EQ(Random(0).next(), first_number);
}

TEST(Random, GivesTheSameNumbersForTheSameSeedOnly) {
  Random a(7), b(7), c(8);
  int same = 0;
  for (int i = 0; i < 100; ++i) {
    const std::uint64_t n = a.next();
    EXPECT_EQ(n, b.next());
    same += n == c.next() ? 1 : 0;
  }
  EXPECT_EQ(same, 0);
}

TEST(Random, StaysInItsRanges) {
  Random random(1);
  std::vector<int> seen(7, 0);
  double sum = 0;
  for (int i = 0; i < 70'000; ++i) {
    const double share = random.share();
    EXPECT_GE(share, 0);
    EXPECT_LT(share, 1);
    sum += share;
    ++seen[random.below(7)];
  }
  EXPECT_NEAR(sum / 70'000, 0.5, 0.01);
  for (const int count : seen) EXPECT_NEAR(count, 10'000, 500);
}

TEST(Random, BranchesDependOnSeedAndNameAlone) {
  Random a(3);
  const std::uint64_t before = a.branch("x").next();
  a.next();
  EXPECT_EQ(a.branch("x").next(), before);
  EXPECT_NE(a.branch("y").next(), before);
  EXPECT_NE(Random(4).branch("x").next(), before);
}

}  // namespace
}  // namespace truce::exercise
