// Ground: places in degrees, distances in metres, and the made-up world of an exercise: its
// terrain, its geoid and its weather, which say how the heights of one moment belong together.
//
// Everything here is worked out with + - x / and the square root, and the sines compiled in by
// areas/earth.h, so that a seed gives the same bytes everywhere.
#pragma once

#include <vector>

#include "areas/earth.h"
#include "quantities/angle.h"
#include "quantities/time.h"

namespace truce::exercise {

using quantities::Instant;

/// A place on WGS84, in degrees, finer than the lattice.
struct Place {
  double latitude = 0, longitude = 0;
};

/// A way over the ground near some place, or a velocity there.
struct Offset {
  double east_m = 0, north_m = 0;
  friend constexpr Offset operator+(Offset a, Offset b) {
    return {a.east_m + b.east_m, a.north_m + b.north_m};
  }
  friend constexpr Offset operator-(Offset a, Offset b) {
    return {a.east_m - b.east_m, a.north_m - b.north_m};
  }
  friend constexpr Offset operator*(Offset a, double s) { return {a.east_m * s, a.north_m * s}; }
};
double length_m(Offset way);
/// Of length one; straight north for no way at all.
Offset direction(Offset way);

/// Metres a degree of latitude and of longitude on the ellipsoid.
struct DegreeLength {
  double latitude_m, longitude_m;
};
DegreeLength degree_length(double latitude);

/// From one place to another, in the plane that touches the ellipsoid half-way.
Offset way_between(Place from, Place to);
Place moved(Place from, Offset way);
/// Along the chord: what areas/earth.h means by distance.
double distance_m(Place a, Place b);
/// The least distance from a place to a broken line, its legs straight on the map.
double distance_m(Place place, const std::vector<Place>& line);
/// Degrees from north, clockwise, 0 to 360; within a thousandth of a degree.
double bearing(Offset way);
quantities::Point lattice(Place place);

/// The height of the ground above mean sea level: rolling country between 320 and 480 m.
double terrain_m(Place place);

/// The height of mean sea level above the ellipsoid: a plane through EGM96 between 33 and 37 N,
/// 36 and 38 E, good to some 3 m there.
double geoid_m(Place place);

/// The weather of one exercise: one air mass, its pressure rising and falling over four days.
struct Weather {
  Instant from;
  double sea_level_pressure_altitude_m = 0;  ///< In the middle between highs and lows...
  double swing_m = 0;                        ///< ...which lie this far from it.
  double warmer_than_standard_k = 0;

  /// What an altimeter set to 1013.25 hPa shows at a height above mean sea level.
  double pressure_altitude_m(double height_msl_m, Instant at) const;
};

}  // namespace truce::exercise
