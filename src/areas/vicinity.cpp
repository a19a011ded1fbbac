#include "areas/vicinity.h"

#include <algorithm>
#include <cmath>

namespace truce::areas {

namespace {

constexpr double full_turn = 3'600'000'000.0;
constexpr int most_columns = 512, most_rows = 512;
constexpr int farthest = 255;

double to_double(std::int64_t n) {
  return static_cast<double>(n);
}

ReachBox reach_box(const Box& box) {
  return {to_double(box.low.longitude_e7), to_double(box.low.latitude_e7),
          to_double(box.high.longitude_e7), to_double(box.high.latitude_e7)};
}

}  // namespace

Vicinity::Vicinity(std::span<const Box> boxes) : regions_(boxes.size()) {
  bool any = false;
  for (const Box& whole : boxes) {
    if (whole.low.latitude_e7 > whole.high.latitude_e7) continue;  // an outline of nothing
    const ReachBox box = reach_box(whole);
    if (!any) {
      west_ = box.west, south_ = box.south, east_ = box.east, north_ = box.north;
      any = true;
    }
    west_ = std::min(west_, box.west);
    south_ = std::min(south_, box.south);
    east_ = std::max(east_, box.east);
    north_ = std::max(north_, box.north);
  }
  if (!any) return;
  // About four cells a region, and never so many that laying them out would be felt.
  const int wanted = std::clamp(
      static_cast<int>(std::sqrt(4.0 * to_double(static_cast<std::int64_t>(boxes.size())))) + 8, 16,
      most_columns);
  columns_ = std::min(wanted, most_columns);
  rows_ = std::min(wanted, most_rows);
  width_ = std::max(1.0, (east_ - west_) / columns_);
  height_ = std::max(1.0, (north_ - south_) / rows_);

  const auto cells = static_cast<std::size_t>(columns_) * static_cast<std::size_t>(rows_);
  start_.assign(cells + 1, 0);
  const auto each_cell = [&](auto visit) {
    for (std::uint32_t i = 0; i < boxes.size(); ++i) {
      if (boxes[i].low.latitude_e7 > boxes[i].high.latitude_e7) continue;
      Range range{};
      if (!range_of(reach_box(boxes[i]), 0, range)) continue;
      for (int r = range.south; r <= range.north; ++r)
        for (int c = range.west; c <= range.east; ++c)
          visit(static_cast<std::size_t>(r) * static_cast<std::size_t>(columns_) +
                    static_cast<std::size_t>(c),
                i);
    }
  };
  each_cell([&](std::size_t cell, std::uint32_t) { ++start_[cell + 1]; });
  for (std::size_t c = 0; c < cells; ++c) start_[c + 1] += start_[c];
  items_.resize(start_.back());
  std::vector<std::uint32_t> next(start_.begin(), start_.end() - 1);
  each_cell([&](std::size_t cell, std::uint32_t i) { items_[next[cell]++] = i; });

  // How far the nearest cell with something in it is, counting diagonal steps as one: twice over
  // the cells, from the south-west and from the north-east.
  empty_cells_.assign(cells, farthest);
  const auto at = [&](int c, int r) -> int {
    if (c < 0 || r < 0 || c >= columns_ || r >= rows_) return farthest;
    return empty_cells_[static_cast<std::size_t>(r) * static_cast<std::size_t>(columns_) +
                        static_cast<std::size_t>(c)];
  };
  const auto settle = [&](int c, int r, int before, int row_step) {
    const std::size_t cell = static_cast<std::size_t>(r) * static_cast<std::size_t>(columns_) +
                             static_cast<std::size_t>(c);
    int least = start_[cell] != start_[cell + 1] ? 0 : std::min<int>(empty_cells_[cell], farthest);
    for (const int n :
         {at(c + before, r), at(c - 1, r + row_step), at(c, r + row_step), at(c + 1, r + row_step)})
      least = std::min(least, n + 1);
    empty_cells_[cell] = static_cast<std::uint8_t>(std::min(least, farthest));
  };
  for (int r = 0; r < rows_; ++r)
    for (int c = 0; c < columns_; ++c) settle(c, r, -1, -1);
  for (int r = rows_ - 1; r >= 0; --r)
    for (int c = columns_ - 1; c >= 0; --c) settle(c, r, 1, 1);
}

bool Vicinity::range_of(const ReachBox& box, double shift, Range& range) const {
  // A reach of which rounding has left nothing may stand the wrong way round.
  const double west = std::min(box.west, box.east) + shift,
               east = std::max(box.west, box.east) + shift;
  const double south = std::min(box.south, box.north), north = std::max(box.south, box.north);
  if (columns_ == 0 || east < west_ || west > east_ || north < south_ || south > north_)
    return false;
  const auto column = [&](double x) {
    return static_cast<int>(std::clamp(std::floor((x - west_) / width_), 0.0, columns_ - 1.0));
  };
  const auto row = [&](double y) {
    return static_cast<int>(std::clamp(std::floor((y - south_) / height_), 0.0, rows_ - 1.0));
  };
  range = {column(west), row(south), column(east), row(north)};
  return true;
}

bool Vicinity::empty_around(const Range& range) const {
  const int c = (range.west + range.east) / 2, r = (range.south + range.north) / 2;
  const int reach = std::max({c - range.west, range.east - c, r - range.south, range.north - r});
  return empty_cells_[static_cast<std::size_t>(r) * static_cast<std::size_t>(columns_) +
                      static_cast<std::size_t>(c)] > reach;
}

bool Vicinity::surely_far(const ReachBox& box) const {
  Range range{};
  for (const double shift : {-full_turn, 0.0, full_turn})
    if (range_of(box, shift, range) && !empty_around(range)) return false;
  return true;
}

void Vicinity::add_range(const Range& range, std::vector<std::uint32_t>& regions) const {
  for (int r = range.south; r <= range.north; ++r) {
    const auto row = static_cast<std::size_t>(r) * static_cast<std::size_t>(columns_);
    // The items of neighbouring cells stand one after the other.
    const auto first = start_[row + static_cast<std::size_t>(range.west)];
    const auto last = start_[row + static_cast<std::size_t>(range.east) + 1];
    regions.insert(regions.end(), items_.begin() + first, items_.begin() + last);
  }
}

void Vicinity::add_near(const ReachBox& box, std::vector<std::uint32_t>& regions) const {
  Range range{};
  for (const double shift : {-full_turn, 0.0, full_turn})
    if (range_of(box, shift, range) && !empty_around(range)) add_range(range, regions);
}

std::vector<std::uint32_t> Vicinity::near_any(std::span<const ReachBox> boxes,
                                              std::span<const ReachBox> more) const {
  std::vector<std::uint8_t> visited(empty_cells_.size()), seen(regions_);
  std::size_t unseen = regions_;
  const auto holds = [](const Range& outer, const Range& inner) {
    return outer.west <= inner.west && outer.south <= inner.south && outer.east >= inner.east &&
           outer.north >= inner.north;
  };
  const auto cells_of = [](const Range& r) {
    return std::int64_t{r.east - r.west + 1} * (r.north - r.south + 1);
  };
  Range last{0, 0, -1, -1}, widest = last;
  const auto visit = [&](const Range& range) {
    for (int r = range.south; r <= range.north; ++r) {
      for (int c = range.west; c <= range.east; ++c) {
        const std::size_t cell = static_cast<std::size_t>(r) * static_cast<std::size_t>(columns_) +
                                 static_cast<std::size_t>(c);
        if (visited[cell] != 0) continue;
        visited[cell] = 1;
        for (std::uint32_t k = start_[cell]; k < start_[cell + 1]; ++k) {
          unseen -= seen[items_[k]] == 0 ? 1 : 0;
          seen[items_[k]] = 1;
        }
      }
    }
  };
  for (const double shift : {-full_turn, 0.0, full_turn}) {
    for (const std::span<const ReachBox> part : {boxes, more}) {
      for (const ReachBox& box : part) {
        if (unseen == 0) break;
        Range range{};
        // A track stays in a cell for many fixes, and what is unbounded reaches everywhere: nothing
        // new is asked then.
        if (!range_of(box, shift, range) || holds(last, range) || holds(widest, range)) continue;
        last = range;
        if (cells_of(range) > cells_of(widest)) widest = range;
        if (!empty_around(range)) visit(range);
      }
    }
  }
  std::vector<std::uint32_t> near;
  for (std::uint32_t i = 0; i < regions_; ++i)
    if (seen[i] != 0) near.push_back(i);
  return near;
}

}  // namespace truce::areas
