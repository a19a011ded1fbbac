// Extent: how large an area is and where, for people to recognise it by. No finding rests on it.
#pragma once

#include <optional>
#include <string>

#include "areas/outline.h"

namespace truce::terms {

struct Extent {
  double square_kilometres = 0;
  quantities::Point centre;  ///< Centre of gravity in longitude and latitude; it may lie outside.
  quantities::Point south_west, north_east;  ///< The box around it.
};

/// Of the ground plan on WGS84, overlapping polygons counted once, holes left out. Found by adding
/// up two thousand strips of latitude, which is good to one part in a thousand for shapes that are
/// not mere slivers. Nothing for an outline that holds no ground.
std::optional<Extent> extent_of(const areas::Outline& outline);

/// "450 km²" or "0.78 km²": three digits.
std::string area_text(double square_kilometres);

}  // namespace truce::terms
