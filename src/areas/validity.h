// Validity: what is wrong with an outline, and where.
//
//   for (const OutlineProblem& p : problems_of(outline)) report(p);
//   area.outline = normalised(std::move(outline));
//
// All answers are exact: they are worked out in whole numbers on the lattice, with unrolled
// longitudes. Polygons of one outline may overlap, since a place belongs to an outline if it
// belongs to any of them. A ring may touch itself or another ring in single places; it may not
// cross. The direction of a ring does not matter.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "areas/outline.h"

namespace truce::areas {

enum class Fault : std::uint8_t {
  no_polygons,       ///< The outline holds no place at all.
  too_few_vertices,  ///< A ring needs three.
  out_of_range,      ///< Latitude beyond 90 degrees, longitude beyond 540.
  repeated_vertex,   ///< The next vertex is the same place.
  spike,             ///< The ring turns back on itself at this vertex.
  zero_area,         ///< All vertices lie in one line.
  crosses_itself,    ///< The edge from this vertex crosses or runs along another of the ring.
  crosses_outer,     ///< An edge of a hole crosses or runs along its outer ring.
  outside_outer,     ///< A hole lies outside its outer ring.
  holes_cross,       ///< An edge of a hole crosses or runs along another hole.
  hole_in_hole,      ///< A hole lies within another hole.
};
std::string_view to_string(Fault fault);

/// One fault of one ring. Numbers count from 0; ring 0 is the outer ring, ring 1 the first hole.
struct OutlineProblem {
  std::size_t polygon = 0;
  std::size_t ring = 0;
  std::size_t vertex = 0;
  Fault fault = Fault::no_polygons;
  Vertex place;         ///< That vertex.
  std::string message;  ///< Lower case, no full stop, with the place in degrees.
};

/// Every problem of an outline, in the order of polygons, rings and vertices, but for crossings: of
/// these no more than ten a polygon. Crossings and holes are looked at only in polygons whose rings
/// are otherwise well formed.
std::vector<OutlineProblem> problems_of(const Outline& outline);

/// "outer ring, vertex 5" or "polygon 2, hole 1, vertex 3": counted from 1, as people count; the
/// polygon is named only if there are several.
std::string place_text(const OutlineProblem& problem, std::size_t polygons);

/// The same outline with outer rings anticlockwise and holes clockwise, each ring beginning where
/// it did.
Outline normalised(Outline outline);

}  // namespace truce::areas
