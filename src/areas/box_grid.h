// BoxGrid: which of many boxes meet a box, by cells of longitude and latitude.
//
//   const BoxGrid grid(boxes);
//   grid.each_cell(box, [&](std::size_t cell) {
//     for (std::uint32_t item : grid.items_of(cell)) ...      // each as often as cells are shared
//   });
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "areas/earth.h"

namespace truce::areas {

class BoxGrid {
 public:
  BoxGrid() = default;
  /// Longitudes as they are: a box is not looked for a full turn away.
  explicit BoxGrid(std::span<const ReachBox> boxes);

  /// The box around all of them; only where there are any.
  const ReachBox& around() const { return around_; }
  std::uint32_t column(double longitude) const;
  std::uint32_t row(double latitude) const;
  std::size_t cell(std::uint32_t column, std::uint32_t row) const {
    return std::size_t{row} * columns_ + column;
  }
  /// visit(cell) for every cell that the box meets; what lies outside of the grid, in its rim.
  template <class Visit>
  void each_cell(const ReachBox& box, Visit visit) const {
    for (std::uint32_t r = row(box.south); r <= row(box.north); ++r)
      for (std::uint32_t c = column(box.west); c <= column(box.east); ++c) visit(cell(c, r));
  }
  /// The numbers of the boxes that meet a cell, ascending.
  std::span<const std::uint32_t> items_of(std::size_t cell) const {
    return std::span(items_).subspan(start_[cell], start_[cell + 1] - start_[cell]);
  }

 private:
  ReachBox around_{0, 0, 0, 0};
  double width_ = 1, height_ = 1;  ///< Of a cell.
  std::uint32_t columns_ = 1, rows_ = 1;
  std::vector<std::uint32_t> start_{0, 0}, items_;
};

}  // namespace truce::areas
