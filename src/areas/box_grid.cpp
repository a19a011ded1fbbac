#include "areas/box_grid.h"

#include <algorithm>
#include <cmath>

namespace truce::areas {

namespace {

constexpr std::uint32_t most_a_side = 2'048;
constexpr std::size_t most_cells_an_item = 6;

std::uint32_t cell_at(double from_edge, double size, std::uint32_t count) {
  return static_cast<std::uint32_t>(
      std::clamp(std::floor(from_edge / size), 0.0, static_cast<double>(count - 1)));
}

}  // namespace

std::uint32_t BoxGrid::column(double longitude) const {
  return cell_at(longitude - around_.west, width_, columns_);
}

std::uint32_t BoxGrid::row(double latitude) const {
  return cell_at(latitude - around_.south, height_, rows_);
}

// About as many cells as items; fewer where items are so long that each would stand in many.
BoxGrid::BoxGrid(std::span<const ReachBox> boxes) {
  if (boxes.empty()) return;
  around_ = boxes.front();
  for (const ReachBox& box : boxes) {
    around_.west = std::min(around_.west, box.west);
    around_.south = std::min(around_.south, box.south);
    around_.east = std::max(around_.east, box.east);
    around_.north = std::max(around_.north, box.north);
  }
  const double root = std::sqrt(static_cast<double>(boxes.size()));
  for (std::uint32_t cells = std::clamp(static_cast<std::uint32_t>(root), 1u, most_a_side);;
       cells /= 2) {
    columns_ = rows_ = cells;
    width_ = std::max(1.0, (around_.east - around_.west) / columns_);
    height_ = std::max(1.0, (around_.north - around_.south) / rows_);
    std::size_t all = 0;
    for (const ReachBox& box : boxes)
      all += std::size_t{row(box.north) - row(box.south) + 1} *
             (column(box.east) - column(box.west) + 1);
    if (cells == 1 || all <= most_cells_an_item * boxes.size()) break;
  }
  start_.assign(std::size_t{columns_} * rows_ + 1, 0);
  for (const ReachBox& box : boxes) each_cell(box, [&](std::size_t c) { ++start_[c + 1]; });
  for (std::size_t i = 1; i < start_.size(); ++i) start_[i] += start_[i - 1];
  items_.resize(start_.back());
  std::vector<std::uint32_t> next(start_.begin(), start_.end() - 1);
  for (std::size_t i = 0; i < boxes.size(); ++i)
    each_cell(boxes[i], [&](std::size_t c) { items_[next[c]++] = static_cast<std::uint32_t>(i); });
}

}  // namespace truce::areas
