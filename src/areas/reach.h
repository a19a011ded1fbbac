// Reach: where something can have been.
//
//   Reach reach;
//   reach.add(first.point, {place(first.point), 1'200.0, 300.0});
//   reach.holds(place(point))
//
// Positions known only to within a circle, and all that can have happened between two positions,
// are described by the common part of a few balls.
#pragma once

#include "areas/earth.h"

namespace truce::areas {

struct Ball {
  Vector centre;
  double radius = 0;  ///< Metres.
  /// A radius below this one is certain to be reached at every moment asked about; see
  /// Ground::contact().
  double inner_radius = 0;
};

/// Where something can have been: on the ellipsoid, inside every one of the balls.
struct Reach {
  Ball balls[3];
  int count = 0;
  ReachBox box{};

  void add(quantities::Point centre, const Ball& ball);
  /// Whether a place lies in all balls.
  bool holds(Vector place) const;
};

/// The same box, a full turn away if that is nearer to a longitude (ten-millionths of a degree).
ReachBox unrolled(ReachBox box, double longitude);

}  // namespace truce::areas
