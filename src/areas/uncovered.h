// Uncovered: the stretches of an edge that are boundary of several polygons taken together.
//
// What of an edge lies strictly inside another polygon is no boundary of both together; nor is what
// another polygon runs along the other way, with its inside on the other side.
#pragma once

#include <functional>
#include <span>

#include "areas/boundary.h"

namespace truce::areas {

/// Between two shares of the edge. `others` are the edges of other polygons whose boxes meet that
/// of this one; `is_inside_another` is asked of places that lie on none of these, longitude and
/// latitude in ten-millionths of a degree. `add(from, until)` is told of every stretch, in order:
/// each a little longer than it is, never shorter.
void each_uncovered(const Edge& edge, double from, double until,
                    std::span<const Edge* const> others,
                    const std::function<bool(double, double)>& is_inside_another,
                    const std::function<void(double, double)>& add);

}  // namespace truce::areas
