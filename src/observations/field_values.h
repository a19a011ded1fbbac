// Field values: what the texts of fields mean, for the readers of positions.
//
// All take decimal text and keep to integers, so that a value is exactly what its text says,
// rounded once. What is optional and cannot be read counts as not given: unknown, never zero.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string_view>

#include "observations/positions.h"
#include "quantities/time.h"

namespace truce::observations {

/// A value that a record cannot do without, or the reason why it cannot be read.
template <class T>
struct Needed {
  std::optional<T> value;
  std::string_view reason;
  explicit operator bool() const { return value.has_value(); }
  const T& operator*() const { return *value; }
};

/// A place from decimal degrees. Both texts must not be empty.
Needed<Point> place_of(std::string_view longitude, std::string_view latitude);

/// An address of six hexadecimal digits, perhaps after a '~'.
Needed<Address> address_of(std::string_view text);

/// Seconds since 1970; milliseconds where the number is above 10^11 (the year 5138 in seconds, 1973
/// in milliseconds) and microseconds above 10^14. Zero is no time.
Needed<quantities::Instant> unix_time_of(std::string_view number);
/// Seconds before a moment ("seen_pos"); 0 to 10^9.
std::optional<quantities::Duration> age_of(std::string_view seconds);
/// An age as positions keep it.
constexpr std::uint16_t age_in_ms(quantities::Duration age) {
  return static_cast<std::uint16_t>(
      std::clamp<std::int64_t>((age.microseconds + 999) / 1000, 0, UINT16_MAX));
}
/// The time between, held to the years 1900 to 2200.
Needed<quantities::Instant> in_range(quantities::Instant time);

// Each of the following is there twice: for a text, and for its number as scaled before.

/// A decimal number times 10^places, rounded half away from zero (base::scaled_number).
template <int places>
struct Scaled {
  std::int64_t value = 0;
};

// Heights as positions keep them, tenths of a millimetre; `no_height` where there is none or it is
// beyond 200 km.
std::int32_t height_in_feet(std::string_view feet);
std::int32_t height_in_metres(std::string_view metres);

/// Centimetres, rounded up: a bound must not shrink. `no_containment` for zero, absent, negative or
/// more than 40,000 km.
std::uint32_t containment_in_metres(std::string_view metres);
std::uint8_t category_of(std::string_view number);  ///< 0..15, or no_category

std::int16_t speed_in_knots(std::string_view knots);
std::int16_t speed_in_metres_per_second(std::string_view metres_per_second);
std::int16_t track_in_degrees(std::string_view degrees);  ///< Any turn; -2 is 358.
std::int16_t rate_in_feet_per_minute(std::string_view feet_per_minute);
std::int16_t rate_in_metres_per_second(std::string_view metres_per_second);

constexpr std::optional<quantities::Duration> age_of(Scaled<6> seconds) {
  if (seconds.value < 0 || seconds.value > 1'000'000'000'000'000) return {};
  return quantities::Duration{seconds.value};
}

namespace field_values {

// Times numerator / denominator, rounded; or nothing if beyond +-most, which is less than the
// greatest number of Value.
template <class Value, std::int64_t numerator, std::int64_t denominator, std::int64_t most>
constexpr Value converted(Scaled<4> number, Value nothing) {
  constexpr std::int64_t unit = denominator * 10'000;
  constexpr std::int64_t greatest = (most + 1) * unit / numerator + 1;
  static_assert(greatest < INT64_MAX / numerator - unit);
  if (number.value > greatest || number.value < -greatest) return nothing;
  const std::int64_t n = number.value * numerator;
  const std::int64_t result = n >= 0 ? (n + unit / 2) / unit : -((-n + unit / 2) / unit);
  return result > most || result < -most ? nothing : static_cast<Value>(result);
}

}  // namespace field_values

constexpr std::int32_t height_in_feet(Scaled<4> feet) {
  return field_values::converted<std::int32_t, 3'048, 1, 2'000'000'000>(feet, no_height);
}
constexpr std::int32_t height_in_metres(Scaled<4> metres) {
  return field_values::converted<std::int32_t, 10'000, 1, 2'000'000'000>(metres, no_height);
}
constexpr std::uint32_t containment_in_metres(Scaled<4> metres) {
  if (metres.value <= 0 || metres.value > 400'000'000'000) return no_containment;
  const std::int64_t cm = (metres.value + 99) / 100;
  return cm < no_containment ? static_cast<std::uint32_t>(cm) : no_containment;
}
constexpr std::int16_t speed_in_knots(Scaled<4> knots) {
  return field_values::converted<std::int16_t, 10, 1, 32'000>(knots, no_speed);
}
constexpr std::int16_t speed_in_metres_per_second(Scaled<4> metres_per_second) {
  return field_values::converted<std::int16_t, 36'000, 1'852, 32'000>(metres_per_second, no_speed);
}
constexpr std::int16_t track_in_degrees(Scaled<2> degrees) {
  const std::int64_t turn = (degrees.value % 36'000 + 36'000) % 36'000;
  return static_cast<std::int16_t>(turn - 18'000);
}
constexpr std::int16_t rate_in_feet_per_minute(Scaled<4> feet_per_minute) {
  return field_values::converted<std::int16_t, 1, vertical_rate_unit_ft_min, 32'000>(
      feet_per_minute, no_speed);
}
constexpr std::int16_t rate_in_metres_per_second(Scaled<4> metres_per_second) {
  return field_values::converted<std::int16_t, 600'000, 3'048 * vertical_rate_unit_ft_min, 32'000>(
      metres_per_second, no_speed);
}

/// A call sign without spaces around it; "" where it is no text that a call sign can be (longer
/// than 16 bytes, only '@' or '?' or '0', or "N/A").
std::string_view call_sign_of(std::string_view text);

/// A time zone without a name: "UTC", "Z", "" or "+02:00", as seconds east.
std::optional<std::int64_t> seconds_east_of(std::string_view time_zone);

/// "true", "1", "-1", "t", "yes" and "false", "0", "f", "no", any case.
std::optional<bool> truth_of(std::string_view text);

}  // namespace truce::observations
