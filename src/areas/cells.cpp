#include "areas/cells.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "base/check.h"

namespace truce::areas {

namespace {

// Columns as the outline's longitudes have them, which may go on beyond 180 degrees.
struct Place {
  std::int64_t column, row;
};

Box box_at(Place at, std::int64_t size) {
  return {{at.column * size, at.row * size}, {(at.column + 1) * size, (at.row + 1) * size}};
}

// Whether an edge passes through the inside of a box: no side of the box parts them, nor does the
// line of the edge.
bool passes_through(Vertex a, Vertex b, const Box& box) {
  if (std::max(a.longitude_e7, b.longitude_e7) <= box.low.longitude_e7 ||
      std::min(a.longitude_e7, b.longitude_e7) >= box.high.longitude_e7 ||
      std::max(a.latitude_e7, b.latitude_e7) <= box.low.latitude_e7 ||
      std::min(a.latitude_e7, b.latitude_e7) >= box.high.latitude_e7)
    return false;
  bool left = false, right = false;
  for (const std::int64_t x : {box.low.longitude_e7, box.high.longitude_e7}) {
    for (const std::int64_t y : {box.low.latitude_e7, box.high.latitude_e7}) {
      const int side = orientation(a, b, {x, y});
      left = left || side > 0;
      right = right || side < 0;
    }
  }
  return left && right;
}

// One row of cells: those that the boundary passes through, and where the rings cross the parallel
// of the middles.
struct Row {
  std::vector<std::int64_t> touched;
  std::vector<double> crossings;
};

class Cover {
 public:
  Cover(const Polygon& polygon, std::int64_t size) : size_(size) {
    add(polygon.outer);
    for (const Ring& hole : polygon.holes) add(hole);
  }

  template <class Visit>
  void each_cell(Visit visit) {
    for (auto& [number, row] : rows_) {
      for (const std::int64_t column : row.touched) visit(Place{column, number});
      // What the boundary does not pass through lies on the side of its middle. Between two
      // crossings that is the inside; a middle too near to one to tell lies in a touched cell.
      std::sort(row.crossings.begin(), row.crossings.end());
      for (std::size_t i = 0; i + 1 < row.crossings.size(); i += 2) {
        const auto size = static_cast<double>(size_);
        const auto first = static_cast<std::int64_t>(std::ceil(row.crossings[i] / size - 0.5));
        const auto last = static_cast<std::int64_t>(std::floor(row.crossings[i + 1] / size - 0.5));
        for (std::int64_t column = first; column <= last; ++column) visit(Place{column, number});
      }
    }
  }

 private:
  void add(const Ring& ring) {
    for (std::size_t i = 0; i < ring.size(); ++i)
      add(ring[i], ring[i + 1 == ring.size() ? 0 : i + 1]);
  }

  void add(Vertex a, Vertex b) {
    if (a.latitude_e7 > b.latitude_e7) std::swap(a, b);
    const std::int64_t bottom = base::floor_div(a.latitude_e7, size_);
    const std::int64_t top = base::floor_div(b.latitude_e7, size_);
    for (std::int64_t number = bottom; number <= top; ++number) {
      const auto [west, east] = columns_in(a, b, number);
      for (std::int64_t column = west; column <= east; ++column)
        if (passes_through(a, b, box_at({column, number}, size_)))
          rows_[number].touched.push_back(column);
      // Twice the parallel of the middles, for it may lie between two steps of the lattice.
      const std::int64_t middle = (2 * number + 1) * size_;
      if (2 * a.latitude_e7 <= middle && middle < 2 * b.latitude_e7)
        rows_[number].crossings.push_back(longitude_at(a, b, static_cast<double>(middle) / 2));
    }
  }

  static double longitude_at(Vertex a, Vertex b, double latitude) {
    const double share = (latitude - static_cast<double>(a.latitude_e7)) /
                         static_cast<double>(b.latitude_e7 - a.latitude_e7);
    return static_cast<double>(a.longitude_e7) +
           share * static_cast<double>(b.longitude_e7 - a.longitude_e7);
  }

  // The columns that an edge may pass through in a row, and one more on either side.
  std::pair<std::int64_t, std::int64_t> columns_in(Vertex a, Vertex b, std::int64_t row) const {
    auto from = static_cast<double>(a.longitude_e7), to = static_cast<double>(b.longitude_e7);
    if (a.latitude_e7 < row * size_) from = longitude_at(a, b, static_cast<double>(row * size_));
    if (b.latitude_e7 > (row + 1) * size_)
      to = longitude_at(a, b, static_cast<double>((row + 1) * size_));
    const auto size = static_cast<double>(size_);
    return {static_cast<std::int64_t>(std::floor(std::min(from, to) / size)) - 1,
            static_cast<std::int64_t>(std::floor(std::max(from, to) / size)) + 1};
  }

  std::int64_t size_;
  std::map<std::int64_t, Row> rows_;
};

}  // namespace

Box box_of(Cell cell, std::int64_t size_e7) {
  return box_at({cell.x, cell.y}, size_e7);
}

std::vector<Cell> cells_of(const Outline& outline, std::int64_t size_e7) {
  CHECK(size_e7 > 0 && quantities::quarter_turn_e7 % size_e7 == 0);
  const std::int64_t turn = quantities::full_turn_e7 / size_e7;
  std::vector<Cell> cells;
  for (const Polygon& polygon : outline.polygons) {
    Cover(polygon, size_e7).each_cell([&](Place at) {
      const std::int64_t home = at.column - turn * base::floor_div(at.column + turn / 2, turn);
      cells.push_back({static_cast<std::int32_t>(home), static_cast<std::int32_t>(at.row)});
    });
    std::sort(cells.begin(), cells.end());
    cells.erase(std::unique(cells.begin(), cells.end()), cells.end());
  }
  return cells;
}

}  // namespace truce::areas
