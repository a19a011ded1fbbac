#include "publication/meridian.h"

#include <algorithm>
#include <cmath>

namespace truce::publication {

using areas::Polygon;
using areas::Ring;
using areas::Vertex;
using quantities::full_turn_e7;
using quantities::half_turn_e7;

namespace {

// The latitude at which the edge from a to b meets a meridian between them.
std::int64_t latitude_at(Vertex a, Vertex b, std::int64_t longitude_e7) {
  const double share = static_cast<double>(longitude_e7 - a.longitude_e7) /
                       static_cast<double>(b.longitude_e7 - a.longitude_e7);
  return a.latitude_e7 + std::llround(share * static_cast<double>(b.latitude_e7 - a.latitude_e7));
}

// What of a ring lies on one side of a meridian (Sutherland and Hodgman, 1974): `keep` +1 for the
// east, -1 for the west. Places on the meridian belong to both sides.
Ring clipped(const Ring& ring, std::int64_t longitude_e7, int keep) {
  Ring out;
  const auto kept = [&](Vertex v) { return keep * (v.longitude_e7 - longitude_e7) >= 0; };
  for (std::size_t i = 0; i < ring.size(); ++i) {
    const Vertex a = ring[i];
    const Vertex b = ring[(i + 1) % ring.size()];
    if (kept(a)) out.push_back(a);
    if (kept(a) != kept(b)) {
      const Vertex cut{longitude_e7, latitude_at(a, b, longitude_e7)};
      if (out.empty() || out.back() != cut) out.push_back(cut);
    }
  }
  while (out.size() > 1 && out.front() == out.back()) out.pop_back();
  return out;
}

// Twice the signed area: positive for counter-clockwise. Only the sign is used.
double turning(const Ring& ring) {
  double sum = 0;
  for (std::size_t i = 0; i < ring.size(); ++i) {
    const Vertex a = ring[i];
    const Vertex b = ring[(i + 1) % ring.size()];
    sum += static_cast<double>(a.longitude_e7 - ring[0].longitude_e7) *
               static_cast<double>(b.latitude_e7 - ring[0].latitude_e7) -
           static_cast<double>(b.longitude_e7 - ring[0].longitude_e7) *
               static_cast<double>(a.latitude_e7 - ring[0].latitude_e7);
  }
  return sum;
}

bool is_ring(const Ring& ring) {
  return ring.size() >= 3 && turning(ring) != 0;
}

Ring turned(Ring ring, bool counter_clockwise) {
  if ((turning(ring) > 0) != counter_clockwise) std::reverse(ring.begin(), ring.end());
  return ring;
}

Ring moved(Ring ring, std::int64_t by_e7) {
  for (Vertex& vertex : ring) vertex.longitude_e7 += by_e7;
  return ring;
}

// The part of a ring within half a turn of a centre, moved so that the centre is 0.
Ring part_around(const Ring& ring, std::int64_t centre_e7) {
  const auto [low, high] = std::minmax_element(
      ring.begin(), ring.end(), [](Vertex a, Vertex b) { return a.longitude_e7 < b.longitude_e7; });
  const bool within = low->longitude_e7 >= centre_e7 - half_turn_e7 &&
                      high->longitude_e7 <= centre_e7 + half_turn_e7;
  const Ring part =
      within ? ring
             : clipped(clipped(ring, centre_e7 - half_turn_e7, +1), centre_e7 + half_turn_e7, -1);
  return moved(part, -centre_e7);
}

}  // namespace

std::vector<std::vector<Vertex>> cut_line(const std::vector<quantities::Point>& points) {
  std::vector<std::vector<Vertex>> lines;
  for (const quantities::Point point : points) {
    const Vertex here{point.longitude_e7, point.latitude_e7};
    if (lines.empty()) {
      lines.push_back({here});
      continue;
    }
    const Vertex before = lines.back().back();
    const std::int64_t step = here.longitude_e7 - before.longitude_e7;
    if (step > half_turn_e7 || step < -half_turn_e7) {
      const std::int64_t side = step < 0 ? half_turn_e7 : -half_turn_e7;  // where it leaves
      const Vertex beyond{here.longitude_e7 + (step < 0 ? full_turn_e7 : -full_turn_e7),
                          here.latitude_e7};
      const std::int64_t latitude = latitude_at(before, beyond, side);
      if (before.longitude_e7 != side) lines.back().push_back({side, latitude});
      lines.push_back({});
      if (here.longitude_e7 != -side) lines.back().push_back({-side, latitude});
    }
    lines.back().push_back(here);
  }
  return lines;
}

std::vector<Polygon> cut_outline(const areas::Outline& outline) {
  std::vector<Polygon> out;
  for (const Polygon& polygon : outline.polygons) {
    // Unrolled longitudes lie within +-540 degrees: a turn to either side covers them.
    for (const std::int64_t centre : {-full_turn_e7, std::int64_t{0}, full_turn_e7}) {
      if (polygon.outer.empty()) continue;
      Polygon part;
      part.outer = part_around(polygon.outer, centre);
      if (!is_ring(part.outer)) continue;
      part.outer = turned(std::move(part.outer), true);
      for (const Ring& hole : polygon.holes) {
        if (hole.empty()) continue;
        Ring cut = part_around(hole, centre);
        if (is_ring(cut)) part.holes.push_back(turned(std::move(cut), false));
      }
      out.push_back(std::move(part));
    }
  }
  return out;
}

}  // namespace truce::publication
