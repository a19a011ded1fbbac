#include "terms/extent.h"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "areas/earth.h"
#include "base/json_writer.h"

namespace truce::terms {

namespace {

using Crossings = std::vector<double>;  // longitudes at which a strip's middle meets edges
using Spans = std::vector<std::pair<double, double>>;

constexpr int strip_count = 2000;

struct Strips {
  double south = 0, height = 0;  // ten-millionths of a degree
  double middle(int i) const { return south + (i + 0.5) * height; }
};

void add_crossings(const areas::Ring& ring, const Strips& strips, std::vector<Crossings>& out) {
  for (std::size_t i = 0; i < ring.size(); ++i) {
    areas::Vertex a = ring[i];
    areas::Vertex b = ring[(i + 1) % ring.size()];
    if (a.latitude_e7 == b.latitude_e7) continue;
    if (a.latitude_e7 > b.latitude_e7) std::swap(a, b);
    const double low = static_cast<double>(a.latitude_e7);
    const double high = static_cast<double>(b.latitude_e7);
    const double slope = static_cast<double>(b.longitude_e7 - a.longitude_e7) / (high - low);
    int first = static_cast<int>(std::floor((low - strips.south) / strips.height - 0.5));
    for (first = std::max(first, 0); first < strip_count; ++first) {
      const double at = strips.middle(first);
      if (at >= high) break;
      if (at >= low)
        out[static_cast<std::size_t>(first)].push_back(static_cast<double>(a.longitude_e7) +
                                                       slope * (at - low));
    }
  }
}

Spans joined(Spans spans) {
  std::sort(spans.begin(), spans.end());
  Spans out;
  for (const auto& [west, east] : spans) {
    if (!out.empty() && west <= out.back().second)
      out.back().second = std::max(out.back().second, east);
    else
      out.emplace_back(west, east);
  }
  return out;
}

// Square metres of ground for one radian of longitude and one of latitude, at a latitude on
// WGS84: the product of the radii of curvature, times the cosine.
double ground_per_square_radian(double latitude_e7) {
  constexpr double a = 6'378'137.0;
  constexpr double e2 = 0.006694379990141317;
  const auto [sine, cosine] = areas::sine_cosine_e7(latitude_e7);
  const double w = 1 - e2 * sine * sine;
  return a * a * (1 - e2) * cosine / (w * w);
}

quantities::Point on_lattice(double longitude_e7, double latitude_e7) {
  std::int64_t longitude = std::llround(longitude_e7);
  while (longitude > quantities::half_turn_e7) longitude -= quantities::full_turn_e7;
  while (longitude < -quantities::half_turn_e7) longitude += quantities::full_turn_e7;
  return {static_cast<std::int32_t>(longitude),
          static_cast<std::int32_t>(std::llround(latitude_e7))};
}

}  // namespace

std::optional<Extent> extent_of(const areas::Outline& outline) {
  const bool empty = std::all_of(outline.polygons.begin(), outline.polygons.end(),
                                 [](const areas::Polygon& p) { return p.outer.empty(); });
  if (empty) return {};
  const areas::Box box = areas::box_of(outline);
  const double height = static_cast<double>(box.high.latitude_e7 - box.low.latitude_e7);
  if (height <= 0) return {};
  const Strips strips{static_cast<double>(box.low.latitude_e7), height / strip_count};

  std::vector<Spans> inside(strip_count);
  for (const areas::Polygon& polygon : outline.polygons) {
    std::vector<Crossings> crossings(strip_count);
    add_crossings(polygon.outer, strips, crossings);
    for (const areas::Ring& hole : polygon.holes) add_crossings(hole, strips, crossings);
    for (std::size_t i = 0; i < strip_count; ++i) {
      std::sort(crossings[i].begin(), crossings[i].end());
      for (std::size_t k = 0; k + 1 < crossings[i].size(); k += 2)
        inside[i].emplace_back(crossings[i][k], crossings[i][k + 1]);
    }
  }

  double ground = 0, longitude_moment = 0, latitude_moment = 0;
  for (int i = 0; i < strip_count; ++i) {
    const double latitude = strips.middle(i);
    const double per_e7 = ground_per_square_radian(latitude) * areas::radians_per_e7 *
                          areas::radians_per_e7 * strips.height;
    for (const auto& [west, east] : joined(std::move(inside[static_cast<std::size_t>(i)]))) {
      const double here = (east - west) * per_e7;
      ground += here;
      longitude_moment += here * (west + east) / 2;
      latitude_moment += here * latitude;
    }
  }
  if (ground <= 0) return {};
  Extent extent;
  extent.square_kilometres = ground / 1e6;
  extent.centre = on_lattice(longitude_moment / ground, latitude_moment / ground);
  extent.south_west = on_lattice(static_cast<double>(box.low.longitude_e7), strips.south);
  extent.north_east = on_lattice(static_cast<double>(box.high.longitude_e7),
                                 static_cast<double>(box.high.latitude_e7));
  return extent;
}

std::string area_text(double square_kilometres) {
  if (square_kilometres < 100) {
    const int places = square_kilometres < 1 ? 3 : square_kilometres < 10 ? 2 : 1;
    return base::decimal_text(square_kilometres, places) + " km²";
  }
  double unit = 1;
  while (square_kilometres / unit >= 1000) unit *= 10;
  std::string digits = base::decimal_text(std::round(square_kilometres / unit) * unit, 0);
  for (std::size_t at = digits.size(); at > 3;) digits.insert(at -= 3, ",");
  return digits + " km²";
}

}  // namespace truce::terms
