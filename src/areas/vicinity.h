// Vicinity: which of many regions come near a box, without asking each of them.
//
//   const Vicinity vicinity(regions);
//   vicinity.add_near(box, near);   // every region whose is_near(box) says so, and perhaps more
//
// A coarse grid over all regions. Each of its cells knows the regions whose box meets it, and how
// many cells around it are empty: a lower bound of the distance to the nearest region, by which
// most boxes are done with at one look.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "areas/earth.h"
#include "areas/outline.h"

namespace truce::areas {

class Vicinity {
 public:
  explicit Vicinity(std::span<const Box> boxes);

  /// Whether no region comes near, as far as one look tells: "no" says nothing.
  bool surely_far(const ReachBox& box) const;
  /// Appends the numbers of the regions that may be near, in no order and perhaps twice. They are
  /// all those that Region::is_near finds near, and others whose boxes are within a cell.
  void add_near(const ReachBox& box, std::vector<std::uint32_t>& regions) const;
  /// The same for many boxes one after the other; ascending, each once.
  std::vector<std::uint32_t> near_any(std::span<const ReachBox> boxes,
                                      std::span<const ReachBox> more = {}) const;

 private:
  struct Range {
    int west, south, east, north;  ///< Cells, all included.
    friend bool operator==(const Range&, const Range&) = default;
  };
  /// The cells that a box meets when its longitudes are shifted; false if it meets none.
  bool range_of(const ReachBox& box, double shift, Range& range) const;
  bool empty_around(const Range& range) const;
  void add_range(const Range& range, std::vector<std::uint32_t>& regions) const;

  double west_ = 0, south_ = 0, east_ = -1, north_ = -1;  ///< Ten-millionths of a degree.
  double width_ = 1, height_ = 1;                         ///< Of a cell.
  int columns_ = 0, rows_ = 0;
  std::size_t regions_ = 0;
  std::vector<std::uint32_t> start_, items_;
  std::vector<std::uint8_t> empty_cells_;  ///< Around each cell, in cells; 0 if it is not empty.
};

}  // namespace truce::areas
