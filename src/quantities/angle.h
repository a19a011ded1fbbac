// Point: a place on WGS84 as longitude and latitude, on a lattice of 10^-7 degree.
//
// A ten-millionth of a degree is at most 11.2 mm on the ground. On the lattice, "inside or not"
// is integer arithmetic and therefore exact; what is read is rounded to it once, on the way in,
// and the rounding (at most 5.6 mm each way) is far below every error bound that a source can
// state. Eight bytes a position.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace truce::quantities {

constexpr std::int32_t e7_per_degree = 10'000'000;
constexpr std::int64_t full_turn_e7 = 3'600'000'000;
constexpr std::int32_t half_turn_e7 = 1'800'000'000;
constexpr std::int32_t quarter_turn_e7 = 900'000'000;

struct Point {
  std::int32_t longitude_e7 = 0;  ///< -180 to +180 degrees, east positive.
  std::int32_t latitude_e7 = 0;   ///< -90 to +90 degrees, north positive.

  friend constexpr auto operator<=>(const Point&, const Point&) = default;
  constexpr double longitude() const { return longitude_e7 / 1e7; }
  constexpr double latitude() const { return latitude_e7 / 1e7; }
};

/// The nearest lattice point; nothing if a number is not finite, the latitude is beyond 90
/// degrees, or the longitude beyond 180 (or -180).
std::optional<Point> point_from_degrees(double longitude, double latitude);

/// "35.93 N 36.63 E", "35°55'48\"N 36°37'48\"E", or "35.93, 36.63" (latitude first, as people
/// write). Nothing if it is something else.
std::optional<Point> point_from(std::string_view text);

/// "35.9300 N 36.6300 E": what sentences print (four decimals, some ten metres).
std::string point_text(Point point);

}  // namespace truce::quantities
