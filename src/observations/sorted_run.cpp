#include "observations/sorted_run.h"

#include <algorithm>
#include <tuple>

#include "base/check.h"

namespace truce::observations {

namespace {

constexpr std::size_t rows_in_a_part = 4'096;

}  // namespace

bool comes_before(const Positions& p, std::uint32_t a, std::uint32_t b) {
  return std::tie(p.address[a], p.at[a], p.point[a], p.pressure_altitude[a], p.geometric_height[a],
                  p.containment_cm[a], p.evidence[a]) <
         std::tie(p.address[b], p.at[b], p.point[b], p.pressure_altitude[b], p.geometric_height[b],
                  p.containment_cm[b], p.evidence[b]);
}

std::vector<std::uint32_t> rows_in_order(const Positions& positions) {
  CHECK(positions.size() < UINT32_MAX);
  // Address and time settle nearly every comparison; beside each other they need no other column.
  struct Key {
    std::uint32_t address, row;
    std::int64_t at;
  };
  std::vector<Key> keys(positions.size());
  for (std::uint32_t row = 0; row < keys.size(); ++row)
    keys[row] = {positions.address[row], row, positions.at[row]};
  std::sort(keys.begin(), keys.end(), [&](const Key& a, const Key& b) {
    if (a.address != b.address) return a.address < b.address;
    if (a.at != b.at) return a.at < b.at;
    return comes_before(positions, a.row, b.row);
  });
  std::vector<std::uint32_t> rows;
  rows.reserve(keys.size());
  for (const Key& key : keys) rows.push_back(key.row);
  return rows;
}

SortedPositions::SortedPositions(const Positions& positions)
    : positions_(positions), rows_(rows_in_order(positions)) {
  if (positions.at.empty()) return;
  const auto [earliest, latest] = std::minmax_element(positions.at.begin(), positions.at.end());
  span_ = {{*earliest}, {*latest}};
}

std::vector<SortedRun::Part> SortedPositions::parts() const {
  std::vector<Part> parts;
  for (std::size_t i = 0; i < rows_.size(); i += rows_in_a_part) {
    const std::size_t end = std::min(rows_.size(), i + rows_in_a_part);
    const quantities::Point first = positions_.point[rows_[i]];
    Whereabouts where{first.longitude_e7, first.latitude_e7, first.longitude_e7, first.latitude_e7,
                      0};
    for (std::size_t k = i; k < end; ++k) {
      const quantities::Point p = positions_.point[rows_[k]];
      where.west = std::min(where.west, p.longitude_e7);
      where.south = std::min(where.south, p.latitude_e7);
      where.east = std::max(where.east, p.longitude_e7);
      where.north = std::max(where.north, p.latitude_e7);
      const std::uint32_t containment = positions_.containment_cm[rows_[k]];
      if (containment != no_containment)
        where.greatest_containment = std::max(where.greatest_containment, containment);
    }
    parts.push_back(
        {positions_.address[rows_[i]], positions_.address[rows_[end - 1]], end - i, where});
  }
  return parts;
}

base::Result<void> SortedPositions::append(std::uint32_t first, std::uint32_t last,
                                           Positions& into) const {
  auto row = std::lower_bound(
      rows_.begin(), rows_.end(), first,
      [&](std::uint32_t r, std::uint32_t address) { return positions_.address[r] < address; });
  for (; row != rows_.end() && positions_.address[*row] <= last; ++row)
    into.add_judged(positions_, *row, *row + 1);
  return {};
}

}  // namespace truce::observations
