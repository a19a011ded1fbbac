#include "observations/field_values.h"

#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "observations/delivery.h"

namespace truce::observations {

namespace {

using base::scaled_number;
using quantities::Instant;

// One coordinate in 10^-7 degree.
Needed<std::int32_t> coordinate(std::string_view text, std::int64_t most, std::string_view bad,
                                std::string_view far) {
  const auto e7 = scaled_number(text, 7);
  if (!e7) {
    // A number too great for the lattice is a number all the same.
    const auto number = base::number(text);
    return {{}, number && std::abs(*number) > 90 ? far : bad};
  }
  if (*e7 < -most || *e7 > most) return {{}, far};
  return {static_cast<std::int32_t>(*e7), {}};
}

std::int64_t divided(std::int64_t n, std::int64_t by) {
  return n >= 0 ? (n + by / 2) / by : -((-n + by / 2) / by);
}

// A decimal text times numerator / denominator, rounded, or nothing if beyond +-most.
std::optional<std::int64_t> converted(std::string_view text, std::int64_t numerator,
                                      std::int64_t denominator, std::int64_t most) {
  const auto value = scaled_number(text, 4);
  if (!value || std::abs(*value) > INT64_MAX / numerator / 2) return {};
  const std::int64_t result = divided(*value * numerator, denominator * 10'000);
  if (std::abs(result) > most) return {};
  return result;
}

std::int32_t height(std::string_view text, std::int64_t tenth_mm) {
  const auto value = converted(text, tenth_mm, 1, 2'000'000'000);
  return value ? static_cast<std::int32_t>(*value) : no_height;
}

std::int16_t small(std::optional<std::int64_t> value) {
  return value ? static_cast<std::int16_t>(*value) : no_speed;
}

}  // namespace

Needed<Point> place_of(std::string_view longitude, std::string_view latitude) {
  const auto east =
      coordinate(longitude, quantities::half_turn_e7, reason::bad_longitude, reason::far_longitude);
  const auto north =
      coordinate(latitude, quantities::quarter_turn_e7, reason::bad_latitude, reason::far_latitude);
  if (!north) return {{}, north.reason};
  if (!east) return {{}, east.reason};
  return {Point{*east, *north}, {}};
}

Needed<Address> address_of(std::string_view text) {
  text = base::trimmed(text);
  if (text.empty()) return {{}, reason::no_address};
  const auto address = address_from(text);
  if (!address) return {{}, reason::bad_address};
  return {address, {}};
}

Needed<Instant> in_range(Instant time) {
  if (time < quantities::earliest_instant || time >= quantities::latest_instant)
    return {{}, reason::far_time};
  return {time, {}};
}

Needed<Instant> unix_time_of(std::string_view number) {
  if (number.empty()) return {{}, reason::no_time};
  // Well below all that could be milliseconds: nearly all times.
  const auto microseconds = scaled_number(number, 6);
  if (microseconds && *microseconds != 0 && std::abs(*microseconds) < 90'000'000'000'000'000)
    return in_range({*microseconds});
  const auto whole = scaled_number(number, 0);
  if (!whole) return {{}, base::number(number) ? reason::far_time : reason::bad_time};
  // No std::abs: the least integer has none.
  const bool in_microseconds = *whole > 100'000'000'000'000 || *whole < -100'000'000'000'000;
  const bool in_milliseconds = *whole > 100'000'000'000 || *whole < -100'000'000'000;
  const auto time = scaled_number(number, in_microseconds ? 0 : in_milliseconds ? 3 : 6);
  if (!time) return {{}, reason::far_time};
  if (*time == 0) return {{}, reason::zero_time};
  return in_range({*time});
}

std::optional<quantities::Duration> age_of(std::string_view seconds) {
  const auto microseconds = scaled_number(seconds, 6);
  if (!microseconds || *microseconds < 0 || *microseconds > 1'000'000'000'000'000) return {};
  return quantities::Duration{*microseconds};
}

std::uint16_t age_in_ms(quantities::Duration age) {
  return static_cast<std::uint16_t>(
      std::clamp<std::int64_t>((age.microseconds + 999) / 1000, 0, UINT16_MAX));
}

std::int32_t height_in_feet(std::string_view feet) {
  return height(feet, 3'048);
}
std::int32_t height_in_metres(std::string_view metres) {
  return height(metres, 10'000);
}

std::uint32_t containment_in_metres(std::string_view metres) {
  const auto tenth_mm = scaled_number(metres, 4);
  if (!tenth_mm || *tenth_mm <= 0 || *tenth_mm > 400'000'000'000) return no_containment;
  const std::int64_t cm = (*tenth_mm + 99) / 100;
  return cm < no_containment ? static_cast<std::uint32_t>(cm) : no_containment;
}

std::uint8_t category_of(std::string_view number) {
  if (number.empty()) return no_category;
  if (number.size() == 1 && number[0] >= '0' && number[0] <= '9')
    return static_cast<std::uint8_t>(number[0] - '0');
  const auto value = base::whole_number(number);
  return value && *value >= 0 && *value <= 15 ? static_cast<std::uint8_t>(*value) : no_category;
}

std::int16_t speed_in_knots(std::string_view knots) {
  return small(converted(knots, 10, 1, 32'000));
}
std::int16_t speed_in_metres_per_second(std::string_view metres_per_second) {
  return small(converted(metres_per_second, 36'000, 1'852, 32'000));
}

std::int16_t track_in_degrees(std::string_view degrees) {
  const auto hundredths = scaled_number(degrees, 2);
  if (!hundredths) return no_speed;
  const std::int64_t turn = (*hundredths % 36'000 + 36'000) % 36'000;
  return static_cast<std::int16_t>(turn - 18'000);
}

std::int16_t rate_in_feet_per_minute(std::string_view feet_per_minute) {
  return small(converted(feet_per_minute, 1, vertical_rate_unit_ft_min, 32'000));
}
std::int16_t rate_in_metres_per_second(std::string_view metres_per_second) {
  return small(converted(metres_per_second, 600'000, 3'048 * vertical_rate_unit_ft_min, 32'000));
}

std::string_view call_sign_of(std::string_view text) {
  text = base::trimmed(text);
  if (text.size() > 16 || text == "N/A" || text.find_first_not_of("@?0") == text.npos) return {};
  return text;
}

std::optional<std::int64_t> seconds_east_of(std::string_view time_zone) {
  if (time_zone.empty() || time_zone == "UTC" || time_zone == "Z") return 0;
  // The offset as an instant's: midnight there is that much before midnight here.
  const auto midnight = quantities::instant_from("2000-01-01T00:00:00" + std::string(time_zone));
  if (!midnight) return {};
  const auto here = quantities::instant_from("2000-01-01T00:00:00Z");
  return (*here - *midnight).microseconds / 1'000'000;
}

std::optional<bool> truth_of(std::string_view text) {
  if (text.empty()) return {};
  const std::string word = base::lower_case(base::trimmed(text));
  if (word == "true" || word == "1" || word == "-1" || word == "t" || word == "yes") return true;
  if (word == "false" || word == "0" || word == "f" || word == "no") return false;
  return {};
}

}  // namespace truce::observations
