#include "terms/geoid.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>

#include "base/check.h"

namespace truce::terms {

namespace {

using base::problem;

constexpr std::size_t header_bytes = 40;
constexpr double greatest_undulation = 200;  // metres; EGM96 lies between -107 and +86

template <class Bits>
Bits big_endian(std::string_view bytes, std::size_t offset) {
  Bits bits = 0;
  for (std::size_t i = 0; i < sizeof(Bits); ++i)
    bits = static_cast<Bits>(bits << 8) | static_cast<unsigned char>(bytes[offset + i]);
  return bits;
}

double double_at(std::string_view bytes, std::size_t offset) {
  return std::bit_cast<double>(big_endian<std::uint64_t>(bytes, offset));
}

std::int64_t modulo(std::int64_t value, std::int64_t by) {
  return ((value % by) + by) % by;
}

quantities::Length decimetres(double n) {
  return quantities::metres(n / 10);
}

}  // namespace

base::Result<GeoidGrid> GeoidGrid::read(std::string_view bytes, std::string_view file) {
  const std::string where(file);
  if (bytes.size() < header_bytes)
    return problem(where, "is no geoid grid (GTX): shorter than its header");
  GeoidGrid grid;
  grid.south_ = double_at(bytes, 0);
  grid.west_ = double_at(bytes, 8);
  grid.step_north_ = double_at(bytes, 16);
  grid.step_east_ = double_at(bytes, 24);
  grid.rows_ = big_endian<std::uint32_t>(bytes, 32);
  grid.columns_ = big_endian<std::uint32_t>(bytes, 36);
  grid.values_ = bytes.substr(header_bytes);
  const auto about = [](double a, double b) { return std::fabs(a - b) < 1e-6; };
  if (grid.rows_ < 2 || grid.columns_ < 2 || grid.rows_ > 100'000 || grid.columns_ > 200'000 ||
      !(grid.step_north_ > 0) || !(grid.step_east_ > 0))
    return problem(where, "is no geoid grid (GTX): its header makes no sense");
  const auto rows = static_cast<double>(grid.rows_), columns = static_cast<double>(grid.columns_);
  if (!about(grid.south_, -90) || !about(grid.south_ + (rows - 1) * grid.step_north_, 90) ||
      !about(columns * grid.step_east_, 360) || !(std::fabs(grid.west_) <= 360))
    return problem(where, "is a geoid grid that does not cover the whole Earth");
  const auto expected = static_cast<std::size_t>(grid.rows_ * grid.columns_ * 4);
  if (grid.values_.size() != expected)
    return problem(where, fmt::format("is a geoid grid of {} bytes where its header says {}",
                                      bytes.size(), expected + header_bytes));
  for (std::int64_t row = 0; row < grid.rows_; ++row)
    for (std::int64_t column = 0; column < grid.columns_; ++column)
      if (!(std::fabs(grid.node(row, column)) <= greatest_undulation))
        return problem(where, fmt::format("is a geoid grid with a value of no geoid in row {}, "
                                          "column {}",
                                          row + 1, column + 1));
  return grid;
}

double GeoidGrid::node(std::int64_t row, std::int64_t column) const {
  const std::int64_t index =
      std::clamp<std::int64_t>(row, 0, rows_ - 1) * columns_ + modulo(column, columns_);
  const auto bits = big_endian<std::uint32_t>(values_, static_cast<std::size_t>(index) * 4);
  return static_cast<double>(std::bit_cast<float>(bits));
}

double GeoidGrid::undulation(double longitude, double latitude) const {
  const double across = (longitude - west_) / step_east_;
  const double up =
      std::clamp((latitude - south_) / step_north_, 0.0, static_cast<double>(rows_ - 1));
  const double column = std::floor(across), row = std::floor(up);
  const auto c = static_cast<std::int64_t>(column), r = static_cast<std::int64_t>(row);
  const double x = across - column, y = up - row;
  return (1 - y) * ((1 - x) * node(r, c) + x * node(r, c + 1)) +
         y * ((1 - x) * node(r + 1, c) + x * node(r + 1, c + 1));
}

GeoidBounds GeoidGrid::bounds(const areas::Box& box) const {
  const auto cell = [](std::int64_t e7, double origin, double step) {
    return std::floor((static_cast<double>(e7) / 1e7 - origin) / step);
  };
  const auto last_row = static_cast<double>(rows_ - 1);
  const auto south = static_cast<std::int64_t>(
      std::clamp(cell(box.low.latitude_e7, south_, step_north_) - 1, 0.0, last_row));
  const auto north = static_cast<std::int64_t>(
      std::clamp(cell(box.high.latitude_e7, south_, step_north_) + 2, 0.0, last_row));
  const auto west = static_cast<std::int64_t>(cell(box.low.longitude_e7, west_, step_east_)) - 1;
  const auto east =
      std::min(static_cast<std::int64_t>(cell(box.high.longitude_e7, west_, step_east_)) + 2,
               west + columns_ - 1);
  double least = greatest_undulation, most = -greatest_undulation;
  for (std::int64_t row = south; row <= north; ++row)
    for (std::int64_t column = west; column <= east; ++column) {
      least = std::min(least, node(row, column));
      most = std::max(most, node(row, column));
    }
  CHECK(least <= most);
  return {decimetres(std::floor(least * 10)), decimetres(std::ceil(most * 10))};
}

GeoidBounds GeoidGrid::bounds(const areas::Outline& outline) const {
  CHECK(!outline.polygons.empty());
  GeoidBounds all = bounds(areas::box_of(outline.polygons.front()));
  for (const areas::Polygon& polygon : outline.polygons) {
    const GeoidBounds these = bounds(areas::box_of(polygon));
    all.least = std::min(all.least, these.least);
    all.most = std::max(all.most, these.most);
  }
  return all;
}

}  // namespace truce::terms
