// HighestGround: how high the ground can be, anywhere or somewhere, above mean sea level.
//
// What is certainly higher than this is certainly in the air, whatever its source left unsaid. The
// figure is a bound, not a map: the top of the world within a box that holds all of High Asia
// (22 to 48 degrees north, 60 to 110 degrees east, edges included), the top of the Americas outside
// it. A metre is added to each for snow and for surveys that differ.
//
//   Everest    8,848.86 m (joint survey of China and Nepal, December 2020)
//   Aconcagua  6,960.8 m  (Universidad Nacional de Cuyo, 2012); no ground outside High Asia is
//   higher
#pragma once

#include "quantities/angle.h"
#include "quantities/length.h"

namespace truce::areas {

constexpr quantities::Length highest_ground_on_earth{88'500'000};  // tenths of a millimetre

/// An upper bound of the ground within 100 km of a point. The nearest ground above the lower figure
/// lies more than 500 km inside the box.
constexpr quantities::Length highest_ground_near(quantities::Point p) {
  const bool high_asia = p.latitude_e7 >= 220'000'000 && p.latitude_e7 <= 480'000'000 &&
                         p.longitude_e7 >= 600'000'000 && p.longitude_e7 <= 1'100'000'000;
  return high_asia ? highest_ground_on_earth : quantities::Length{69'620'000};
}

}  // namespace truce::areas
