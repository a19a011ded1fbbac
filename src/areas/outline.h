// Outline: the ground plan of an area, on the lattice of quantities/angle.h.
//
// An outline is one or more polygons, each an outer ring with holes. A place belongs to the
// outline if it belongs to any of its polygons. Every boundary belongs to the inside: the outer
// ring, and the ring of a hole (the hole itself does not).
//
// Between two vertices an edge runs straight in longitude and latitude. Geodesic and rhumb edges,
// circles and corridors have become straight ones before they come here (areas/edges.h), and that
// outline, as it stands in agreement.lock, *is* the area. Longitudes are unrolled: a ring across
// the antimeridian goes on beyond 180 degrees (to 190, say) rather than jumping to -170, and a
// ring around a pole has been closed along the 90th parallel. They lie within +-540 degrees.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "quantities/angle.h"

namespace truce::areas {

using quantities::Point;

struct Vertex {
  std::int64_t longitude_e7 = 0;
  std::int64_t latitude_e7 = 0;
  friend constexpr auto operator<=>(const Vertex&, const Vertex&) = default;
};

/// A closed ring: the last vertex is joined to the first and does not repeat it.
using Ring = std::vector<Vertex>;

struct Polygon {
  Ring outer;
  std::vector<Ring> holes;
  friend bool operator==(const Polygon&, const Polygon&) = default;
};

struct Outline {
  std::vector<Polygon> polygons;
  friend bool operator==(const Outline&, const Outline&) = default;
};

enum class Side : std::uint8_t { outside, boundary, inside };
std::string_view to_string(Side side);

/// On which side of the outline a place lies: exact, and slow (it looks at every edge). This is
/// the definition; Region (areas/region.h) answers the same from an index.
Side side_of(const Outline& outline, Point point);

/// The sign of the area of the triangle a, b, c: +1 when c lies to the left of a to b, 0 when the
/// three are in line. Exact.
int orientation(Vertex a, Vertex b, Vertex c);

/// The smallest box around it, in unrolled longitudes.
struct Box {
  Vertex low;
  Vertex high;
};
Box box_of(const Outline& outline);
Box box_of(const Polygon& polygon);

}  // namespace truce::areas
