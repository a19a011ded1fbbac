// Speed: exact in knots, metres a second, kilometres an hour and feet a minute.
//
// Held in tenths of a millimetre an hour: a knot is 18 520 000 of them, a metre a second
// 36 000 000, a foot a minute 182 880.
#pragma once

#include <cmath>
#include <compare>
#include <cstdint>

#include "quantities/length.h"
#include "quantities/time.h"

namespace truce::quantities {

struct Speed {
  std::int64_t tenth_mm_per_hour = 0;

  friend constexpr auto operator<=>(const Speed&, const Speed&) = default;
  constexpr double in_metres_per_second() const {
    return static_cast<double>(tenth_mm_per_hour) / 36'000'000.0;
  }
  constexpr double in_knots() const {
    return static_cast<double>(tenth_mm_per_hour) / 18'520'000.0;
  }
};

inline Speed knots(double n) {
  return {std::llround(n * 18'520'000.0)};
}
inline Speed metres_per_second(double n) {
  return {std::llround(n * 36'000'000.0)};
}
inline Speed feet_per_minute(double n) {
  return {std::llround(n * 182'880.0)};
}

/// The way made at this speed in this time, rounded to a tenth of a millimetre.
inline Length operator*(Speed speed, Duration time) {
  return {std::llround(static_cast<double>(speed.tenth_mm_per_hour) *
                       (static_cast<double>(time.microseconds) / 3.6e9))};
}

}  // namespace truce::quantities
