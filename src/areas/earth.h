// Earth: places on the WGS84 ellipsoid as vectors, so that distances have no seams or poles.
//
// Distances here are chords: straight through space between two places on the ellipsoid. A chord
// is never longer than any way over the ground, and shorter by less than one part in 40,000 up to
// 200 km and one in 1,000 up to 1,000 km. Where a reach is bounded ("it cannot have come further
// than"), a chord is therefore the safe side.
//
// Sines and cosines are computed here, by one polynomial compiled in, because the last bits of a
// system's library differ between machines, and a finding must not.
#pragma once

#include <cmath>

#include "quantities/angle.h"

namespace truce::areas {

/// Metres from the centre of the Earth.
struct Vector {
  double x = 0, y = 0, z = 0;
  friend constexpr Vector operator+(Vector a, Vector b) {
    return {a.x + b.x, a.y + b.y, a.z + b.z};
  }
  friend constexpr Vector operator-(Vector a, Vector b) {
    return {a.x - b.x, a.y - b.y, a.z - b.z};
  }
  friend constexpr Vector operator*(Vector a, double s) { return {a.x * s, a.y * s, a.z * s}; }
};

inline double length(Vector v) {
  return std::sqrt(v.x * v.x + v.y * v.y + v.z * v.z);
}
inline double chord(Vector a, Vector b) {
  return length(a - b);
}

struct SineCosine {
  double sine, cosine;
};
/// Of an angle in ten-millionths of a degree; within one unit in the last place of the truth for
/// |angle| up to 540 degrees.
SineCosine sine_cosine_e7(double angle_e7);

/// The place on the ellipsoid (WGS84: a = 6378137 m, 1/f = 298.257223563) at a longitude and
/// latitude in ten-millionths of a degree, which need not lie on the lattice.
Vector place_e7(double longitude_e7, double latitude_e7);
inline Vector place(quantities::Point p) {
  return place_e7(p.longitude_e7, p.latitude_e7);
}

/// Least and greatest length of a radian along a meridian, and greatest radius of a parallel.
constexpr double least_meridian_radius = 6'335'439.0;
constexpr double greatest_meridian_radius = 6'399'594.0;
constexpr double radians_per_e7 = 1.7453292519943295e-9;

/// A box in longitude and latitude (ten-millionths of a degree) that holds everything within
/// `radius` metres of `centre`. Where that reaches a pole, all longitudes.
struct ReachBox {
  double west, south, east, north;
};
ReachBox box_around(quantities::Point centre, double radius);

}  // namespace truce::areas
