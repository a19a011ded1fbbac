#include "areas/windows.h"

#include <gtest/gtest.h>

namespace truce::areas {
namespace {

using quantities::feet;

// Two squares, one within the other; the inner one's border runs through the position (0, 0).
const std::vector<Outline> outlines = {
    {{{{{-50'000'000, -50'000'000},
        {50'000'000, -50'000'000},
        {50'000'000, 50'000'000},
        {-50'000'000, 50'000'000}},
       {}}}},
    {{{{{0, -10'000'000}, {10'000'000, -10'000'000}, {10'000'000, 10'000'000}, {0, 10'000'000}},
       {}}}},
};

TEST(Windows, BelongToTheAreaAtTheirEdgesButNotAtTheEndOfTheirTime) {
  const Window window{feet(1'000), feet(5'000), {Instant{100}, Instant{200}}};
  const Windows windows(std::vector<Window>{window, Window{}});
  struct Case {
    Length height;
    std::int64_t at;
    bool holds;
  };
  const Case cases[] = {
      {feet(1'000), 100, true},
      {feet(5'000), 199, true},
      {feet(1'000) - Length{1}, 150, false},
      {feet(5'000) + Length{1}, 150, false},
      {feet(3'000), 99, false},
      {feet(3'000), 200, false},
      {unknown_height, 150, true},
      {unknown_height, 200, false},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(windows.holds(0, c.height, Instant{c.at}), c.holds)
        << c.height.tenth_mm << " " << c.at;
    EXPECT_TRUE(windows.holds(1, c.height, Instant{c.at}));
  }
  EXPECT_TRUE(windows.holds(1, Length{std::numeric_limits<std::int64_t>::max()}, Instant{0}));
}

TEST(Windows, LeaveOutWhatIsHeldAtAnotherHeightOrTime) {
  const Screen screen{std::span<const Outline>(outlines)};
  const std::vector<Point> positions{
      {0, 0}, {20'000'000, 0}, {90'000'000, 0}, {5'000'000, 3}, {0, 0}};
  const std::vector<Length> heights{feet(100), feet(100), feet(100), feet(9'000), unknown_height};
  const std::vector<Instant> times(5, Instant{10});
  Holdings holdings;
  screen.find(positions, holdings);
  std::vector<Held> all;
  list(screen, holdings, all);
  EXPECT_EQ(all, (std::vector<Held>{
                     {0, 0, 0}, {0, 1, 1}, {1, 0, 0}, {3, 0, 0}, {3, 1, 0}, {4, 0, 0}, {4, 1, 1}}));
  const Windows windows(
      std::vector<Window>{{feet(0), feet(5'000), {}}, {feet(200), feet(10'000), {}}});
  std::vector<Held> within;
  list_within(screen, holdings, windows, heights, times, within);
  EXPECT_EQ(within, (std::vector<Held>{{0, 0, 0}, {1, 0, 0}, {3, 1, 0}, {4, 0, 0}, {4, 1, 1}}));
  const Windows never(std::vector<Window>(2, Window{feet(0), feet(0), {Instant{0}, Instant{10}}}));
  list_within(screen, holdings, never, heights, times, within);
  EXPECT_TRUE(within.empty());
}

TEST(Windows, AreAskedOfManyPositions) {
  const Screen screen{std::span<const Outline>(outlines)};
  std::vector<Point> positions;
  std::vector<Length> heights;
  std::vector<Instant> times;
  for (std::int64_t i = 0; i < 300'000; ++i) {
    positions.push_back({static_cast<std::int32_t>(i * 7919 % 60'000'000),
                         static_cast<std::int32_t>(i * 104'729 % 60'000'000 - 30'000'000)});
    heights.push_back(feet(static_cast<double>(i % 8'000)));
    times.push_back(Instant{i % 100});
  }
  const Windows windows(std::vector<Window>{{feet(1'000), feet(4'000), {Instant{20}, Instant{90}}},
                                            {feet(0), feet(7'999), {Instant{50}, Instant{60}}}});
  Holdings holdings;
  screen.find(positions, holdings);
  std::vector<Held> all, within, expected;
  list(screen, holdings, all);
  for (const Held& h : all)
    if (windows.holds(h.area, heights[h.position], times[h.position])) expected.push_back(h);
  list_within(screen, holdings, windows, heights, times, within);
  EXPECT_EQ(within, expected);
  EXPECT_GT(within.size(), 1'000U);
  EXPECT_LT(within.size(), all.size());
}

}  // namespace
}  // namespace truce::areas
