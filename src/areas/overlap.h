// Overlap: whether two outlines have ground in common.
//
//   if (overlap(first.outline, second.outline)) ...
//
// Neighbours that share an edge or a corner have no ground in common. Longitudes are compared the
// whole way round: an outline beyond 180 degrees may overlap one from -180 on.
#pragma once

#include "areas/outline.h"

namespace truce::areas {

/// Whether some place lies inside of both, and not merely on their boundaries. Worked out in whole
/// numbers on the lattice; exact but for common ground so narrow that it holds no lattice point,
/// where the outlines neither cross nor have a corner inside each other: that may be missed.
bool overlap(const Outline& a, const Outline& b);

}  // namespace truce::areas
