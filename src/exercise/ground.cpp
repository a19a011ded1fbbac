#include "exercise/ground.h"

#include <algorithm>
#include <cmath>

#include "base/check.h"

namespace truce::exercise {

namespace {

constexpr double semi_major_m = 6378137.0;
constexpr double flattening = 1 / 298.257223563;
constexpr double eccentricity2 = flattening * (2 - flattening);
constexpr double radians_per_degree = 1.7453292519943295e-2;

// The arc tangent for |x| <= 1, to 1e-5 radian (Abramowitz and Stegun, 4.4.49).
double arc_tangent(double x) {
  const double s = x * x;
  return x * (0.9998660 + s * (-0.3302995 + s * (0.1801410 + s * (-0.0851330 + s * 0.0208351))));
}

// Up and down between 0 and 1 with a period of one, made of parabolas.
double wave(double x) {
  const double t = x - std::floor(x);
  const double u = t < 0.5 ? 4 * t - 1 : 3 - 4 * t;  // -1..1
  return 0.5 + u * (1.5 - 0.5 * u * u) / 2;
}

}  // namespace

double length_m(Offset way) {
  return std::sqrt(way.east_m * way.east_m + way.north_m * way.north_m);
}

Offset direction(Offset way) {
  const double length = length_m(way);
  if (length < 1e-9) return {0, 1};
  return way * (1 / length);
}

DegreeLength degree_length(double latitude) {
  const auto [sine, cosine] = areas::sine_cosine_e7(latitude * 1e7);
  const double w2 = 1 - eccentricity2 * sine * sine;
  const double w = std::sqrt(w2);
  return {radians_per_degree * semi_major_m * (1 - eccentricity2) / (w2 * w),
          radians_per_degree * semi_major_m * cosine / w};
}

Offset way_between(Place from, Place to) {
  const auto scale = degree_length((from.latitude + to.latitude) / 2);
  return {(to.longitude - from.longitude) * scale.longitude_m,
          (to.latitude - from.latitude) * scale.latitude_m};
}

Place moved(Place from, Offset way) {
  const auto here = degree_length(from.latitude);
  const double half_way = from.latitude + way.north_m / here.latitude_m / 2;
  const auto scale = degree_length(half_way);
  return {from.latitude + way.north_m / scale.latitude_m,
          from.longitude + way.east_m / scale.longitude_m};
}

double distance_m(Place a, Place b) {
  return areas::chord(areas::place_e7(a.longitude * 1e7, a.latitude * 1e7),
                      areas::place_e7(b.longitude * 1e7, b.latitude * 1e7));
}

double distance_m(Place place, const std::vector<Place>& line) {
  CHECK(!line.empty());
  double least = distance_m(place, line.front());
  for (std::size_t i = 1; i < line.size(); ++i) {
    const Place a = line[i - 1];
    const Place b = line[i];
    const Offset leg = way_between(a, b);
    const Offset to_place = way_between(a, place);
    const double square = leg.east_m * leg.east_m + leg.north_m * leg.north_m;
    if (square < 1e-6) continue;
    const double along = std::clamp(
        (leg.east_m * to_place.east_m + leg.north_m * to_place.north_m) / square, 0.0, 1.0);
    const Place foot{a.latitude + (b.latitude - a.latitude) * along,
                     a.longitude + (b.longitude - a.longitude) * along};
    least = std::min(least, distance_m(place, foot));
  }
  return least;
}

double bearing(Offset way) {
  const double e = way.east_m;
  const double n = way.north_m;
  if (e == 0 && n == 0) return 0;
  const double small = std::min(std::abs(e), std::abs(n));
  const double great = std::max(std::abs(e), std::abs(n));
  double angle = arc_tangent(small / great) / radians_per_degree;  // From the nearer axis.
  if (std::abs(e) > std::abs(n)) angle = 90 - angle;               // From the north axis.
  if (n < 0) angle = 180 - angle;
  if (e < 0) angle = 360 - angle;
  return angle >= 360 ? angle - 360 : angle;
}

quantities::Point lattice(Place place) {
  const auto point = quantities::point_from_degrees(place.longitude, place.latitude);
  CHECK(point.has_value());
  return *point;
}

double terrain_m(Place place) {
  return 320 + 100 * wave(place.latitude * 7.3 + place.longitude * 1.9) +
         60 * wave(place.longitude * 11.7 - place.latitude * 3.1);
}

double geoid_m(Place place) {
  return 25.8 + 0.7 * (place.latitude - 35.0) - 0.6 * (place.longitude - 36.75);
}

double Weather::pressure_altitude_m(double height_msl_m, Instant at) const {
  const double periods = (at - from).in_seconds() / (4 * 86'400.0);
  const double sea_level = sea_level_pressure_altitude_m + swing_m * (2 * wave(periods) - 1);
  // A layer of the standard atmosphere is thicker in warm air by the ratio of temperatures; the
  // mean of the column serves for the whole of it.
  double pressure_altitude = sea_level + height_msl_m;
  for (int i = 0; i < 3; ++i) {
    const double mean = (sea_level + pressure_altitude) / 2;
    const double standard_k = 288.15 - 0.0065 * std::clamp(mean, 0.0, 11'000.0);
    pressure_altitude = sea_level + height_msl_m / (1 + warmer_than_standard_k / standard_k);
  }
  return pressure_altitude;
}

}  // namespace truce::exercise
