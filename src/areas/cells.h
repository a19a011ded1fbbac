// Cells: which cells of longitude and latitude an outline reaches into.
//
//   for (Cell cell : cells_of(outline, 2'500'000)) ...     // a quarter of a degree each
//
// A cell belongs to an outline if they have more than a line in common: the inside of the one meets
// the inside of the other. An area that ends where a cell begins does not reach into it.
#pragma once

#include <cstdint>
#include <vector>

#include "areas/outline.h"
#include "base/floor_div.h"
#include "quantities/angle.h"

namespace truce::areas {

/// From x to x + 1 sizes east of Greenwich and from y to y + 1 sizes north of the equator. Its
/// western and southern edges belong to it; of 180 degrees there is one, the western, and the north
/// pole belongs to the cells below it.
struct Cell {
  std::int32_t x = 0, y = 0;
  friend constexpr auto operator<=>(const Cell&, const Cell&) = default;
};

/// The cell of a place. The size, in ten-millionths of a degree, must divide a quarter of a turn.
constexpr Cell cell_of(Point point, std::int64_t size_e7) {
  const std::int64_t half = quantities::half_turn_e7 / size_e7;
  const std::int64_t x = base::floor_div(point.longitude_e7, size_e7);
  const std::int64_t y = base::floor_div(point.latitude_e7, size_e7);
  return {static_cast<std::int32_t>(x == half ? -half : x),
          static_cast<std::int32_t>(y < half / 2 ? y : half / 2 - 1)};
}
/// The corner in the south-west and the one in the north-east (longitude up to 180).
Box box_of(Cell cell, std::int64_t size_e7);

/// Exact. In order, each once.
std::vector<Cell> cells_of(const Outline& outline, std::int64_t size_e7);

}  // namespace truce::areas
