#include "service/ordered_work.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <stdexcept>

namespace truce::service {
namespace {

using Strings = std::vector<std::string>;

Strings taken_with(int threads, std::size_t count) {
  Strings taken;
  ordered_work<std::string>(
      count, threads,
      [](std::size_t i) {
        // The first pieces take longest, so that later ones are ready before them.
        std::this_thread::sleep_for(std::chrono::microseconds(i % 7 == 0 ? 500 : 0));
        return std::to_string(i);
      },
      [&](std::size_t i, std::string&& result) {
        EXPECT_EQ(result, std::to_string(i));
        taken.push_back(std::move(result));
      });
  return taken;
}

TEST(OrderedWork, TakesInOrderWhateverTheThreads) {
  for (const std::size_t count : {0u, 1u, 2u, 200u}) {
    const Strings expected = taken_with(1, count);
    EXPECT_EQ(expected.size(), count);
    for (const int threads : {0, 2, 3, 16}) EXPECT_EQ(taken_with(threads, count), expected);
  }
}

// Memory stays bounded: nobody runs further ahead than the window.
TEST(OrderedWork, DoesNotRunFarAhead) {
  std::atomic<std::size_t> begun = 0;
  ordered_work<int>(
      100, 2,
      [&](std::size_t) {
        ++begun;
        return 0;
      },
      [&](std::size_t i, int&&) { EXPECT_LE(begun.load(), i + 2 * 4 + 2); });
  EXPECT_EQ(begun.load(), 100u);
}

TEST(OrderedWork, ThrowsWhatWorkThrows) {
  for (const int threads : {1, 3}) {
    std::size_t taken = 0;
    EXPECT_THROW(ordered_work<int>(
                     50, threads,
                     [](std::size_t i) -> int {
                       if (i == 20) throw std::runtime_error("broken");
                       return 0;
                     },
                     [&](std::size_t, int&&) { ++taken; }),
                 std::runtime_error);
    EXPECT_LE(taken, 20u);
  }
}

TEST(OrderedWork, ThrowsWhatTakingThrows) {
  for (const int threads : {1, 3}) {
    EXPECT_THROW(ordered_work<int>(
                     50, threads, [](std::size_t) { return 0; },
                     [](std::size_t i, int&&) {
                       if (i == 10) throw std::runtime_error("broken");
                     }),
                 std::runtime_error);
  }
}

TEST(SpreadWork, DoesEveryPieceOnce) {
  for (const int threads : {0, 1, 2, 9}) {
    std::vector<int> done(300);
    spread_work(done.size(), threads, [&](std::size_t i) { ++done[i]; });
    EXPECT_EQ(done, std::vector<int>(300, 1));
    EXPECT_THROW(spread_work(done.size(), threads,
                             [](std::size_t i) {
                               if (i == 10) throw std::runtime_error("broken");
                             }),
                 std::runtime_error);
  }
}

}  // namespace
}  // namespace truce::service
