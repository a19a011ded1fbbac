// The cells of a Screen's grid that a straight line passes through.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "areas/screen_table.h"

namespace truce::areas::screening {

/// A field of cells by its south-west corner and the width of its cells.
struct Field {
  std::int64_t west, south;
  int shift_x, shift_y, depth;
  std::int64_t width() const { return std::int64_t{1} << shift_x; }
  std::int64_t height() const { return std::int64_t{1} << shift_y; }
};

/// Calls visit(column, row) for every cell of a field that the line may touch, and perhaps for a
/// few more beside it. The line goes up, or is level.
template <class Visit>
void each_cell_along(const RisingEdge& line, const Field& field, std::int64_t columns,
                     std::int64_t rows, Visit visit) {
  const auto to_double = [](std::int64_t n) { return static_cast<double>(n); };
  const auto column = [&](std::int64_t x) { return (x - field.west) >> field.shift_x; };
  const auto row = [&](std::int64_t y) { return (y - field.south) >> field.shift_y; };
  const std::int64_t bottom = std::max<std::int64_t>(0, row(line.low.latitude_e7));
  const std::int64_t top = std::min(rows - 1, row(line.high.latitude_e7));
  const std::int64_t left = std::max<std::int64_t>(0, column(line.west()));
  const std::int64_t right = std::min(columns - 1, column(line.east()));
  if (bottom > top || left > right) return;
  if (bottom == top || left == right) {
    for (std::int64_t r = bottom; r <= top; ++r)
      for (std::int64_t c = left; c <= right; ++c) visit(c, r);
    return;
  }
  const double x0 = to_double(line.low.longitude_e7), y0 = to_double(line.low.latitude_e7);
  const double west = to_double(line.west()), east = to_double(line.east());
  const double slope = to_double(line.high.longitude_e7 - line.low.longitude_e7) /
                       to_double(line.high.latitude_e7 - line.low.latitude_e7);
  const bool eastward = slope >= 0;
  constexpr double margin = 2;  // steps of the lattice, far above what rounding does
  const auto column_at = [&](std::int64_t y, double add) {
    const double x = std::clamp(x0 + slope * (to_double(y) - y0) + add, west, east);
    return std::clamp(column(static_cast<std::int64_t>(std::floor(x))), left, right);
  };
  for (std::int64_t r = bottom; r <= top; ++r) {
    const std::int64_t y = field.south + (r << field.shift_y);
    const std::int64_t from = std::max(y, line.low.latitude_e7);
    const std::int64_t to = std::min(y + field.height(), line.high.latitude_e7);
    const std::int64_t first = column_at(eastward ? from : to, -margin);
    const std::int64_t last = column_at(eastward ? to : from, margin);
    for (std::int64_t c = first; c <= last; ++c) visit(c, r);
  }
}

}  // namespace truce::areas::screening
