#include "areas/outline.h"

#include <algorithm>
#include <limits>

namespace truce::areas {

namespace {

__extension__ using Wide = __int128;

bool between(std::int64_t a, std::int64_t x, std::int64_t b) {
  return std::min(a, b) <= x && x <= std::max(a, b);
}

Side side_of_ring(const Ring& ring, Vertex p) {
  bool inside = false;
  for (std::size_t i = 0; i < ring.size(); ++i) {
    const Vertex a = ring[i];
    const Vertex b = ring[i + 1 == ring.size() ? 0 : i + 1];
    const int turn = orientation(a, b, p);
    if (turn == 0 && between(a.longitude_e7, p.longitude_e7, b.longitude_e7) &&
        between(a.latitude_e7, p.latitude_e7, b.latitude_e7))
      return Side::boundary;
    // A ray to the east crosses the edges that pass the latitude of p to its right; an end point
    // counts for the edge above it only, so that a vertex is crossed once.
    const bool upward = a.latitude_e7 <= p.latitude_e7 && p.latitude_e7 < b.latitude_e7;
    const bool downward = b.latitude_e7 <= p.latitude_e7 && p.latitude_e7 < a.latitude_e7;
    if ((upward && turn > 0) || (downward && turn < 0)) inside = !inside;
  }
  return inside ? Side::inside : Side::outside;
}

Side side_of_polygon(const Polygon& polygon, Vertex p) {
  Side side = side_of_ring(polygon.outer, p);
  if (side != Side::inside) return side;
  for (const Ring& hole : polygon.holes) {
    const Side in_hole = side_of_ring(hole, p);
    if (in_hole == Side::boundary) return Side::boundary;
    if (in_hole == Side::inside) return Side::outside;
  }
  return Side::inside;
}

template <class Visit>
void each_ring(const Outline& outline, Visit visit) {
  for (const Polygon& polygon : outline.polygons) {
    visit(polygon.outer);
    for (const Ring& hole : polygon.holes) visit(hole);
  }
}

// At a pole all longitudes are one place: it belongs to an outline that reaches it.
bool reaches_latitude(const Outline& outline, std::int64_t latitude_e7) {
  bool reached = false;
  each_ring(outline, [&](const Ring& ring) {
    for (Vertex v : ring) reached = reached || v.latitude_e7 == latitude_e7;
  });
  return reached;
}

}  // namespace

std::string_view to_string(Side side) {
  switch (side) {
    case Side::outside: return "outside";
    case Side::boundary: return "on the boundary";
    case Side::inside: return "inside";
  }
  return "?";
}

int orientation(Vertex a, Vertex b, Vertex c) {
  const Wide left = Wide(b.longitude_e7 - a.longitude_e7) * (c.latitude_e7 - a.latitude_e7);
  const Wide right = Wide(b.latitude_e7 - a.latitude_e7) * (c.longitude_e7 - a.longitude_e7);
  return left > right ? 1 : left < right ? -1 : 0;
}

Side side_of(const Outline& outline, Point point) {
  if (point.latitude_e7 == quantities::quarter_turn_e7 ||
      point.latitude_e7 == -quantities::quarter_turn_e7)
    return reaches_latitude(outline, point.latitude_e7) ? Side::boundary : Side::outside;
  Side strongest = Side::outside;
  for (std::int64_t turn = -1; turn <= 1; ++turn) {
    const Vertex p{point.longitude_e7 + turn * quantities::full_turn_e7, point.latitude_e7};
    for (const Polygon& polygon : outline.polygons)
      strongest = std::max(strongest, side_of_polygon(polygon, p));
  }
  return strongest;
}

namespace {

constexpr auto farthest = std::numeric_limits<std::int64_t>::max();
constexpr Box no_box{{farthest, farthest}, {-farthest, -farthest}};

void include(Box& box, Vertex low, Vertex high) {
  box.low.longitude_e7 = std::min(box.low.longitude_e7, low.longitude_e7);
  box.low.latitude_e7 = std::min(box.low.latitude_e7, low.latitude_e7);
  box.high.longitude_e7 = std::max(box.high.longitude_e7, high.longitude_e7);
  box.high.latitude_e7 = std::max(box.high.latitude_e7, high.latitude_e7);
}

}  // namespace

Box box_of(const Polygon& polygon) {
  Box box = no_box;
  for (const Vertex v : polygon.outer) include(box, v, v);
  for (const Ring& hole : polygon.holes)
    for (const Vertex v : hole) include(box, v, v);
  return box;
}

Box box_of(const Outline& outline) {
  Box all = no_box;
  for (const Polygon& polygon : outline.polygons) {
    const Box box = box_of(polygon);
    include(all, box.low, box.high);
  }
  return all;
}

}  // namespace truce::areas
