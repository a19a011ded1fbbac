// Meridian: shapes in unrolled longitudes (areas/outline.h) cut into pieces that lie within -180
// to +180 degrees, as RFC 7946 section 3.1.9 asks.
#pragma once

#include <vector>

#include "areas/outline.h"
#include "quantities/angle.h"

namespace truce::publication {

/// A run of points without a jump, and its parts on either side of the antimeridian. Between two
/// consecutive points the shorter way round is meant. A part may be a single point.
std::vector<std::vector<areas::Vertex>> cut_line(const std::vector<quantities::Point>& points);

/// The polygons of an outline, each within -180 to +180 degrees, outer rings counter-clockwise,
/// holes clockwise, rings not closed. Polygons that keep within need no cut and keep their
/// vertices; the cut itself runs along the meridian.
std::vector<areas::Polygon> cut_outline(const areas::Outline& outline);

}  // namespace truce::publication
