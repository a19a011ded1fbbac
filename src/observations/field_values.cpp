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

// The value of a text by that of its number; or `nothing` where it is none.
template <int places, class Value, class OfNumber>
Value value_of(std::string_view text, Value nothing, const OfNumber& of_number) {
  const auto number = scaled_number(text, places);
  return number ? of_number(Scaled<places>{*number}) : nothing;
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
  return microseconds ? age_of(Scaled<6>{*microseconds}) : std::nullopt;
}

std::int32_t height_in_feet(std::string_view feet) {
  return value_of<4>(feet, no_height, [](Scaled<4> number) { return height_in_feet(number); });
}
std::int32_t height_in_metres(std::string_view metres) {
  return value_of<4>(metres, no_height, [](Scaled<4> number) { return height_in_metres(number); });
}
std::uint32_t containment_in_metres(std::string_view metres) {
  return value_of<4>(metres, no_containment,
                     [](Scaled<4> number) { return containment_in_metres(number); });
}

std::uint8_t category_of(std::string_view number) {
  if (number.empty()) return no_category;
  if (number.size() == 1 && number[0] >= '0' && number[0] <= '9')
    return static_cast<std::uint8_t>(number[0] - '0');
  if (number.size() == 2 && number[0] == '1' && number[1] >= '0' && number[1] <= '5')
    return static_cast<std::uint8_t>(10 + number[1] - '0');
  const auto value = base::whole_number(number);
  return value && *value >= 0 && *value <= 15 ? static_cast<std::uint8_t>(*value) : no_category;
}

std::int16_t speed_in_knots(std::string_view knots) {
  return value_of<4>(knots, no_speed, [](Scaled<4> number) { return speed_in_knots(number); });
}
std::int16_t speed_in_metres_per_second(std::string_view metres_per_second) {
  return value_of<4>(metres_per_second, no_speed,
                     [](Scaled<4> number) { return speed_in_metres_per_second(number); });
}
std::int16_t track_in_degrees(std::string_view degrees) {
  return value_of<2>(degrees, no_speed, [](Scaled<2> number) { return track_in_degrees(number); });
}
std::int16_t rate_in_feet_per_minute(std::string_view feet_per_minute) {
  return value_of<4>(feet_per_minute, no_speed,
                     [](Scaled<4> number) { return rate_in_feet_per_minute(number); });
}
std::int16_t rate_in_metres_per_second(std::string_view metres_per_second) {
  return value_of<4>(metres_per_second, no_speed,
                     [](Scaled<4> number) { return rate_in_metres_per_second(number); });
}

std::string_view call_sign_of(std::string_view text) {
  text = base::trimmed(text);
  const auto is_filling = [](char c) { return c == '@' || c == '?' || c == '0'; };
  if (text.size() > 16 || text == "N/A" || std::all_of(text.begin(), text.end(), is_filling))
    return {};
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
  // As nearly all say it.
  if (text == "0" || text == "false" || text == "False") return false;
  if (text == "1" || text == "true" || text == "True") return true;
  const std::string word = base::lower_case(base::trimmed(text));
  if (word == "true" || word == "1" || word == "-1" || word == "t" || word == "yes") return true;
  if (word == "false" || word == "0" || word == "f" || word == "no") return false;
  return {};
}

}  // namespace truce::observations
