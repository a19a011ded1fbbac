#include "areas/earth.h"

#include <cmath>

namespace truce::areas {

namespace {

// Polynomials for |x| <= pi/4 (the coefficients of FreeBSD's k_sin.c and k_cos.c, Sun
// Microsystems 1993, freely granted).
double sine_kernel(double x) {
  const double z = x * x;
  const double r = 8.33333333332248946124e-03 +
                   z * (-1.98412698298579493134e-04 +
                        z * (2.75573137070700676789e-06 +
                             z * (-2.50507602534068634195e-08 + z * 1.58969099521155010221e-10)));
  return x + (z * x) * (-1.66666666666666324348e-01 + z * r);
}

double cosine_kernel(double x) {
  const double z = x * x;
  const double r =
      z * (4.16666666666666019037e-02 +
           z * (-1.38888888888741095749e-03 +
                z * (2.48015872894767294178e-05 +
                     z * (-2.75573143513906633035e-07 +
                          z * (2.08757232129817482790e-09 + z * -1.13596475577881948265e-11)))));
  const double half = 0.5 * z;
  const double w = 1.0 - half;
  return w + (((1.0 - w) - half) + z * r);
}

}  // namespace

SineCosine sine_cosine_e7(double angle_e7) {
  constexpr double quarter = 900'000'000.0;
  // Both the count of quarters and the rest are exact: whole numbers far below 2^53.
  const double quarters = std::floor(angle_e7 / quarter + 0.5);
  const double x = (angle_e7 - quarters * quarter) * radians_per_e7;
  const double s = sine_kernel(x);
  const double c = cosine_kernel(x);
  switch (static_cast<long long>(quarters) & 3) {
    case 0: return {s, c};
    case 1: return {c, -s};
    case 2: return {-s, -c};
    default: return {-c, s};
  }
}

Vector place_e7(double longitude_e7, double latitude_e7) {
  constexpr double a = 6'378'137.0;
  constexpr double f = 1 / 298.257223563;
  constexpr double e2 = f * (2 - f);
  const SineCosine lat = sine_cosine_e7(latitude_e7);
  const SineCosine lon = sine_cosine_e7(longitude_e7);
  const double n = a / std::sqrt(1 - e2 * lat.sine * lat.sine);
  return {n * lat.cosine * lon.cosine, n * lat.cosine * lon.sine, n * (1 - e2) * lat.sine};
}

ReachBox box_around(quantities::Point centre, double radius) {
  constexpr double half_turn = 1'800'000'000.0, pole = 900'000'000.0;
  // A chord r subtends an arc of at most r (1 + r^2 / (16 b^2)) for r up to the Earth's radius.
  const double ratio = radius / least_meridian_radius;
  const double arc = radius * (1 + ratio * ratio / 8);
  const double dlat = arc / least_meridian_radius / radians_per_e7 + 1;
  ReachBox box{-half_turn, centre.latitude_e7 - dlat, half_turn, centre.latitude_e7 + dlat};
  if (ratio > 1 || box.north >= pole || box.south <= -pole) {
    box.north = box.north >= pole || ratio > 1 ? pole : box.north;
    box.south = box.south <= -pole || ratio > 1 ? -pole : box.south;
    return box;
  }
  // On a sphere sin(dlon) = sin(arc) / cos(latitude); x / (1 - x^2) is above arcsin x below 0.7.
  const double cosine = sine_cosine_e7(static_cast<double>(centre.latitude_e7)).cosine;
  const double x = (arc / least_meridian_radius) / cosine;
  if (x >= 0.7) return box;
  const double dlon = x / (1 - x * x) / radians_per_e7 + 1;
  box.west = centre.longitude_e7 - dlon;
  box.east = centre.longitude_e7 + dlon;
  return box;
}

}  // namespace truce::areas
