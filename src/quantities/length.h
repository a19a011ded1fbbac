// Length: a distance, exact in every unit that agreements and aircraft use.
//
//   Length buffer = nautical_miles(3) + metres(250);
//   if (clearance < buffer) ...
//
// Held as a whole number of tenths of a millimetre, in which a foot (3 048), a metre (10 000) and
// a nautical mile (18 520 000) are whole. Comparing 500 ft with 152.4 m needs no tolerance. The
// range is some 900 million kilometres either way.
#pragma once

#include <cmath>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace truce::quantities {

struct Length {
  std::int64_t tenth_mm = 0;

  friend constexpr auto operator<=>(const Length&, const Length&) = default;
  friend constexpr Length operator+(Length a, Length b) { return {a.tenth_mm + b.tenth_mm}; }
  friend constexpr Length operator-(Length a, Length b) { return {a.tenth_mm - b.tenth_mm}; }
  friend constexpr Length operator-(Length a) { return {-a.tenth_mm}; }
  friend constexpr Length operator*(Length a, std::int64_t n) { return {a.tenth_mm * n}; }

  constexpr double in_metres() const { return static_cast<double>(tenth_mm) / 10'000.0; }
  constexpr double in_feet() const { return static_cast<double>(tenth_mm) / 3'048.0; }
  constexpr double in_nautical_miles() const {
    return static_cast<double>(tenth_mm) / 18'520'000.0;
  }
};

namespace detail {
inline Length scaled(double value, double unit) {
  return {std::llround(value * unit)};
}
}  // namespace detail

/// Rounded to the nearest tenth of a millimetre.
inline Length metres(double n) {
  return detail::scaled(n, 10'000.0);
}
inline Length kilometres(double n) {
  return detail::scaled(n, 10'000'000.0);
}
inline Length feet(double n) {
  return detail::scaled(n, 3'048.0);
}
inline Length nautical_miles(double n) {
  return detail::scaled(n, 18'520'000.0);
}

/// "5 km", "250 m", "3 NM", "10000 ft", "12.5 km": a number, a space or none, a unit
/// (m, km, ft, NM, case ignored). Nothing if it is something else.
std::optional<Length> length_from(std::string_view text);

/// Whole feet or metres, rounded: "4,500 ft", "186 m"; kilometres from 10 km on: "12.4 km".
std::string feet_text(Length length);
std::string metres_text(Length length);

}  // namespace truce::quantities
