// The cells of a Screen's grid that a straight line passes through.
#pragma once

#include <algorithm>
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

/// Cells of a field, all included; empty where the last comes before the first.
struct Window {
  std::int64_t left, bottom, right, top;
};

/// Calls visit(column, row) for every cell of a window that the line may touch, and perhaps for a
/// few more beside it. The line goes up, or is level.
template <class Visit>
void each_cell_along(const RisingEdge& line, const Field& field, const Window& window,
                     Visit visit) {
  const auto to_double = [](std::int64_t n) { return static_cast<double>(n); };
  const auto column = [&](std::int64_t x) { return (x - field.west) >> field.shift_x; };
  const auto row = [&](std::int64_t y) { return (y - field.south) >> field.shift_y; };
  const std::int64_t bottom = std::max(window.bottom, row(line.low.latitude_e7));
  const std::int64_t top = std::min(window.top, row(line.high.latitude_e7));
  const std::int64_t left = std::max(window.left, column(line.west()));
  const std::int64_t right = std::min(window.right, column(line.east()));
  if (bottom > top || left > right) return;
  if (bottom == top || left == right) {
    for (std::int64_t r = bottom; r <= top; ++r)
      for (std::int64_t c = left; c <= right; ++c) visit(c, r);
    return;
  }
  // In cells from the corner of the field.
  const double per_x = 1 / to_double(field.width()), per_y = 1 / to_double(field.height());
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
    for (std::int64_t c = first; c <= last; ++c) visit(c, r);
    here = next;
  }
}

/// The same for all cells of a field.
template <class Visit>
void each_cell_along(const RisingEdge& line, const Field& field, std::int64_t columns,
                     std::int64_t rows, Visit visit) {
  each_cell_along(line, field, Window{0, 0, columns - 1, rows - 1}, visit);
}

}  // namespace truce::areas::screening
