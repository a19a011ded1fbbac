// The cells of a Screen's grid that a straight line passes through.
#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>

#include "areas/screen_table.h"

namespace truce::areas::screening {

/// A field of cells by its south-west corner and the width of its cells.
struct Field {
  std::int64_t west, south;
  int shift_x, shift_y, depth;
  std::int64_t width() const { return std::int64_t{1} << shift_x; }
  std::int64_t height() const { return std::int64_t{1} << shift_y; }
  double per_width() const { return inverse_of_power(shift_x); }
  double per_height() const { return inverse_of_power(shift_y); }

 private:
  // 2 to the power of -shift, without a division.
  static double inverse_of_power(int shift) {
    constexpr int bias = 1023, digits = 52;
    return std::bit_cast<double>(static_cast<std::uint64_t>(bias - shift) << digits);
  }
};

/// Cells of a field, all included; empty where the last comes before the first.
struct Window {
  std::int64_t left, bottom, right, top;
};

/// Calls visit(row, first column, last column) for every row of a window in which there are cells
/// that the line may touch, and perhaps a few more beside it. The line goes up, or is level.
template <class Visit>
void each_row_along(const RisingEdge& line, const Field& field, const Window& window, Visit visit) {
  const auto to_double = [](std::int64_t n) { return static_cast<double>(n); };
  const auto column = [&](std::int64_t x) { return (x - field.west) >> field.shift_x; };
  const auto row = [&](std::int64_t y) { return (y - field.south) >> field.shift_y; };
  const std::int64_t bottom = std::max(window.bottom, row(line.low.latitude_e7));
  const std::int64_t top = std::min(window.top, row(line.high.latitude_e7));
  const std::int64_t left = std::max(window.left, column(line.west()));
  const std::int64_t right = std::min(window.right, column(line.east()));
  if (bottom > top || left > right) return;
  if (bottom == top || left == right) {
    for (std::int64_t r = bottom; r <= top; ++r) visit(r, left, right);
    return;
  }
  // In cells from the corner of the field.
  const double per_x = field.per_width(), per_y = field.per_height();
  const double x0 = to_double(line.low.longitude_e7 - field.west) * per_x;
  const double y0 = to_double(line.low.latitude_e7 - field.south) * per_y;
  const double x1 = to_double(line.high.longitude_e7 - field.west) * per_x;
  const double y1 = to_double(line.high.latitude_e7 - field.south) * per_y;
  const double slope = (x1 - x0) / (y1 - y0);
  const double margin = 2 * per_x;  // steps of the lattice, far above what rounding does
  const auto column_of = [](double x) { return static_cast<std::int64_t>(std::max(x, 0.0)); };
  double here = x0 + slope * (std::max(to_double(bottom), y0) - y0);
  for (std::int64_t r = bottom; r <= top; ++r) {
    const double next = x0 + slope * (std::min(to_double(r + 1), y1) - y0);
    const std::int64_t first = std::max(left, column_of(std::min(here, next) - margin));
    const std::int64_t last = std::min(right, column_of(std::max(here, next) + margin));
    if (first <= last) visit(r, first, last);
    here = next;
  }
}

/// Calls visit(column, row) for every such cell of a field.
template <class Visit>
void each_cell_along(const RisingEdge& line, const Field& field, std::int64_t columns,
                     std::int64_t rows, Visit visit) {
  each_row_along(line, field, Window{0, 0, columns - 1, rows - 1},
                 [&](std::int64_t row, std::int64_t first, std::int64_t last) {
                   for (std::int64_t column = first; column <= last; ++column) visit(column, row);
                 });
}

}  // namespace truce::areas::screening
