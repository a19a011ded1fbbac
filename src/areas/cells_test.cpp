#include "areas/cells.h"

#include <gtest/gtest.h>

namespace truce::areas {
namespace {

constexpr std::int64_t size = 2'500'000;

Ring ring(std::vector<std::pair<double, double>> degrees) {
  Ring vertices;
  for (const auto& [lon, lat] : degrees)
    vertices.push_back(
        {static_cast<std::int64_t>(lon * 1e7), static_cast<std::int64_t>(lat * 1e7)});
  return vertices;
}

Ring square(double west, double south, double width) {
  return ring(
      {{west, south}, {west + width, south}, {west + width, south + width}, {west, south + width}});
}

using Cells = std::vector<Cell>;

TEST(Cells, OfAPlaceAreThoseWhoseWesternAndSouthernEdgesItMayLieOn) {
  EXPECT_EQ(cell_of({0, 0}, size), (Cell{0, 0}));
  EXPECT_EQ(cell_of({-1, -1}, size), (Cell{-1, -1}));
  EXPECT_EQ(cell_of({2'499'999, 2'500'000}, size), (Cell{0, 1}));
  EXPECT_EQ(cell_of({1'799'999'999, 0}, size), (Cell{719, 0}));
  EXPECT_EQ(cell_of({1'800'000'000, 0}, size), (Cell{-720, 0}));
  EXPECT_EQ(cell_of({-1'800'000'000, 0}, size), (Cell{-720, 0}));
  EXPECT_EQ(cell_of({0, 900'000'000}, size), (Cell{0, 359}));
  EXPECT_EQ(cell_of({0, -900'000'000}, size), (Cell{0, -360}));
}

// 36 degrees east is 144 quarters, 35 degrees north 140.
TEST(Cells, OfAnAreaThatEndsWhereOneBeginsLeaveThatOut) {
  EXPECT_EQ(cells_of({{{square(36, 35, 0.5), {}}}}, size),
            (Cells{{144, 140}, {144, 141}, {145, 140}, {145, 141}}));
  EXPECT_EQ(cells_of({{{square(36.0000001, 35.0000001, 0.1), {}}}}, size), (Cells{{144, 140}}));
  // A tenth of a millionth of a degree into the next.
  EXPECT_EQ(cells_of({{{ring({{36, 35}, {36.2500001, 35}, {36, 35.25}}), {}}}}, size),
            (Cells{{144, 140}, {145, 140}}));
}

TEST(Cells, OfALongThinAreaAreAllThatItPassesThroughThoughNoMiddleLiesInIt) {
  const Cells cells =
      cells_of({{{ring({{36, 35.01}, {37.5, 35.01}, {37.5, 35.02}, {36, 35.02}}), {}}}}, size);
  EXPECT_EQ(cells, (Cells{{144, 140}, {145, 140}, {146, 140}, {147, 140}, {148, 140}, {149, 140}}));
  // Along the diagonal of cells, through their corners.
  EXPECT_EQ(cells_of({{{ring({{36, 35}, {37, 36}, {36.9999999, 36}, {36, 35.0000001}}), {}}}}, size)
                .size(),
            7U);
}

TEST(Cells, InAHoleDoNotBelong) {
  // The hole is the two by two cells in the middle; then the western edge has moved a little in.
  EXPECT_EQ(cells_of({{{square(36, 35, 1), {square(36.25, 35.25, 0.5)}}}}, size).size(), 12U);
  const Ring narrower =
      ring({{36.2500001, 35.25}, {36.75, 35.25}, {36.75, 35.75}, {36.2500001, 35.75}});
  EXPECT_EQ(cells_of({{{square(36, 35, 1), {narrower}}}}, size).size(), 14U);
  // An island in it, as a polygon of its own.
  EXPECT_EQ(
      cells_of({{{square(36, 35, 1), {square(36.25, 35.25, 0.5)}}, {square(36.3, 35.3, 0.1), {}}}},
               size)
          .size(),
      13U);
}

TEST(Cells, AreAtHomeWhereverTheOutlineGoesOnBeyondTheAntimeridian) {
  EXPECT_EQ(cells_of({{{square(179.75, 0, 0.5), {}}}}, size),
            (Cells{{-720, 0}, {-720, 1}, {719, 0}, {719, 1}}));
  EXPECT_EQ(cells_of({{{square(539.5, 0, 0.25), {}}}}, size), (Cells{{718, 0}}));
}

TEST(Cells, RoundAPoleAreWholeRows) {
  const Ring round = ring({{-180, 89.6}, {180, 89.6}, {180, 90}, {-180, 90}});
  EXPECT_EQ(cells_of({{{round, {}}}}, size).size(), 2U * 1'440);
}

}  // namespace
}  // namespace truce::areas
