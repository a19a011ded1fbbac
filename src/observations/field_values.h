// Field values: what the texts of fields mean, for the readers of positions.
//
// All take decimal text and keep to integers, so that a value is exactly what its text says,
// rounded once. What is optional and cannot be read counts as not given: unknown, never zero.
#pragma once

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
std::uint16_t age_in_ms(quantities::Duration age);
/// The time between, held to the years 1900 to 2200.
Needed<quantities::Instant> in_range(quantities::Instant time);

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

/// A call sign without spaces around it; "" where it is no text that a call sign can be (longer
/// than 16 bytes, only '@' or '?' or '0', or "N/A").
std::string_view call_sign_of(std::string_view text);

/// A time zone without a name: "UTC", "Z", "" or "+02:00", as seconds east.
std::optional<std::int64_t> seconds_east_of(std::string_view time_zone);

/// "true", "1", "-1", "t", "yes" and "false", "0", "f", "no", any case.
std::optional<bool> truth_of(std::string_view text);

}  // namespace truce::observations
