// Edges: how shapes as people write them become straight edges on the lattice.
//
//   auto zone = drawn(Polygon{{...}}, EdgeKind::geodesic);       // a polygon of an agreement
//   auto disc = circle(*point_from("35.93 N 36.63 E"), kilometres(12));
//   auto road = corridor(line, nautical_miles(5), EdgeKind::geodesic);
//   auto charted = drawn(Course{{a, EdgeKind::geodesic}, {b, {}, Arc{centre, true}}}, {});
//
// An Outline knows only edges that are straight in longitude and latitude. A geodesic, a rhumb
// line, a circle or the side of a corridor is therefore cut into pieces, until no point of a
// straight piece lies further than `edge_tolerance` from the curve, nor any point of the curve
// further from its piece. That is proven for every piece and not sampled: the bound comes from the
// greatest second derivative of the curve over the whole piece (see edges.cpp), and it leaves room
// for the rounding to 10^-7 degree (at most 8 mm).
//
// Longitudes come in between -180 and 180 degrees and are unrolled here:
//  - An edge takes the shorter way round. Ends exactly 180 degrees of longitude apart are a
//    problem, since both ways are equally short. An edge along the parallel of a pole from 180 to
//    -180 is taken as it stands, all the way round.
//  - A ring that goes once round the Earth is closed along the 90th parallel, that is, it holds a
//    pole: the north pole when the mean latitude of its vertices is north, else the south pole.
//    "All that lies south of 10 degrees north" must therefore be written as two polygons.
//  - A hole that itself goes round the Earth is a problem; so is a ring that does so twice.
//  - The westernmost vertex of a polygon comes to lie between -180 and 180 degrees.
//
// Charts write arcs by their centre and both ends, and round all three: the ends then lie at
// slightly different distances from the centre. Such an arc is drawn through both ends, its
// distance from the centre growing evenly with the direction. How far the distances may differ is
// for those to say who read the chart.
//
// WGS84; distances are geodesic. Geodesics and rhumb lines are GeographicLib's (Karney 2013,
// "Algorithms for geodesics", doi:10.1007/s00190-012-0578-z), good to some 15 nanometres. The
// results depend on the mathematical library in their last bits; this is why they are kept in
// agreement.lock.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "areas/outline.h"
#include "base/result.h"
#include "quantities/length.h"

namespace truce::areas {

/// How an edge runs from one vertex to the next.
enum class EdgeKind : std::uint8_t { straight, geodesic, rhumb };
std::string_view to_string(EdgeKind kind);

/// No straight piece is further than this from the curve that it stands for.
inline const quantities::Length edge_tolerance = quantities::metres(1);

/// Greatest radius of a circle and half width of a corridor.
inline const quantities::Length greatest_radius = quantities::kilometres(5'000);

/// A polygon as written (longitudes from -180 to 180, at least three vertices a ring, any
/// direction) with its edges drawn and its longitudes unrolled. The place of a problem is
/// "outer ring, vertex 5" or "hole 2, vertex 7", counted from 1 in the ring as written.
base::Result<Polygon> drawn(const Polygon& written, EdgeKind kind);

/// Part of a geodesic circle: round its centre, seen from above, to where the next stretch begins.
struct Arc {
  Point centre;
  bool clockwise = true;
};

/// One stretch of a boundary: from a place to where the next one begins, along an edge or an arc.
struct Stretch {
  Vertex from;
  EdgeKind kind = EdgeKind::straight;  ///< Of an edge.
  std::optional<Arc> arc = {};         ///< Else along this.
};

/// A closed boundary: the last stretch leads back to where the first begins.
using Course = std::vector<Stretch>;

/// A polygon of edges and arcs as charts write it. The ends of an arc must lie in different
/// directions from its centre, from a metre to `greatest_radius` away; a whole turn is circle().
/// The place of a problem is as above; the vertex is where its stretch begins.
base::Result<Polygon> drawn(const Course& outer, const std::vector<Course>& holes);

/// The geodesic distance between two places, and the place at a distance and a bearing (clockwise
/// from north, in degrees).
quantities::Length distance(Point a, Point b);
Point place_at(Point from, quantities::Length distance, double bearing_degrees);

/// All places within a geodesic distance of a centre. A circle may hold a pole or lie across the
/// antimeridian. The radius must be at least a metre and at most `greatest_radius`.
base::Result<Polygon> circle(Point centre, quantities::Length radius);

/// All places within half a width of a line: one polygon for each leg (its sides at right angles
/// to the leg), and a disc at each vertex, the ends included. They overlap, as polygons of an
/// outline may. At least two vertices; half a width from a metre to `greatest_radius`, and less
/// than half the radius at which a rhumb or straight leg curves (this matters near the poles
/// only). The place of a problem is "vertex 3".
base::Result<Outline> corridor(const std::vector<Point>& line, quantities::Length half_width,
                               EdgeKind kind);

}  // namespace truce::areas
