#include "terms/time_zone.h"

#include <date/tz.h>

#include <algorithm>
#include <chrono>
#include <exception>

#include "base/text.h"

namespace truce::terms {

namespace {

constexpr std::int64_t second_us = 1'000'000;

date::sys_seconds library_time(Instant t) {
  std::int64_t s = t.microseconds / second_us;
  if (t.microseconds % second_us < 0) --s;
  return date::sys_seconds{std::chrono::seconds(s)};
}

std::vector<ZoneOffset> table_of(const date::time_zone& zone, Period within) {
  std::vector<ZoneOffset> table;
  const date::sys_seconds end = library_time(within.until);
  for (date::sys_seconds t = library_time(within.from); t < end || table.empty();) {
    const date::sys_info info = zone.get_info(t);
    const auto east = static_cast<std::int32_t>(info.offset.count());
    const Instant from{t.time_since_epoch().count() * second_us};
    if (table.empty() || table.back().seconds_east != east) table.push_back({from, east});
    if (info.end <= t) break;  // the table of the database ends here
    t = info.end;
  }
  return table;
}

// "+3330" or "-0033451": degrees of so many digits, minutes, and perhaps seconds.
std::optional<double> degrees_of(std::string_view text, std::size_t degree_digits) {
  if (text.empty() || (text.front() != '+' && text.front() != '-')) return {};
  const double sign = text.front() == '-' ? -1 : 1;
  text.remove_prefix(1);
  if (text.size() != degree_digits + 2 && text.size() != degree_digits + 4) return {};
  const auto number = [&](std::size_t from, std::size_t count) {
    return count == 0 ? std::optional<std::int64_t>(0)
                      : base::whole_number(text.substr(from, count));
  };
  const auto degrees = number(0, degree_digits), minutes = number(degree_digits, 2),
             seconds = number(degree_digits + 2, text.size() - degree_digits - 2);
  if (!degrees || !minutes || !seconds) return {};
  return sign * (static_cast<double>(*degrees) + static_cast<double>(*minutes) / 60 +
                 static_cast<double>(*seconds) / 3600);
}

}  // namespace

std::optional<std::vector<ZoneOffset>> zone_offsets(std::string_view iana_name, Period within) {
  try {
    const date::time_zone* zone = date::locate_zone(std::string(iana_name));
    if (zone == nullptr) return {};
    return table_of(*zone, within);
  } catch (const std::exception&) {  // no such zone, or a database that cannot be read
    return {};
  }
}

std::vector<std::string> zone_names() {
  std::vector<std::string> names;
  try {
    const date::tzdb& database = date::get_tzdb();
    for (const date::time_zone& zone : database.zones) names.push_back(zone.name());
  } catch (const std::exception&) {  // a database that cannot be read knows no names
  }
  std::sort(names.begin(), names.end());
  return names;
}

std::optional<quantities::Point> place_in_zone_table(std::string_view table,
                                                     std::string_view iana_name) {
  for (const std::string_view line : base::split(table, '\n')) {
    const auto columns = base::split(line, '\t');
    if (line.starts_with('#') || columns.size() < 3 || columns[2] != iana_name) continue;
    const std::string_view place = columns[1];
    const std::size_t longitude = place.find_first_of("+-", 1);
    if (longitude == std::string_view::npos) return {};
    const auto north = degrees_of(place.substr(0, longitude), 2);
    const auto east = degrees_of(place.substr(longitude), 3);
    if (!north || !east) return {};
    return quantities::point_from_degrees(*east, *north);
  }
  return {};
}

LocalReading read_local(const std::vector<ZoneOffset>& table, Instant local) {
  using quantities::seconds;
  if (table.empty()) return {local, LocalReading::Occurs::once};
  std::vector<Instant> readings;
  for (std::size_t i = 0; i < table.size(); ++i) {
    const Instant t = local - seconds(table[i].seconds_east);
    const bool after_start = i == 0 || table[i].from <= t;
    const bool before_end = i + 1 == table.size() || t < table[i + 1].from;
    if (after_start && before_end) readings.push_back(t);
  }
  if (!readings.empty()) {
    const auto occurs =
        readings.size() == 1 ? LocalReading::Occurs::once : LocalReading::Occurs::twice;
    return {*std::min_element(readings.begin(), readings.end()), occurs};
  }
  // The clocks went forward over it: at the change, the old offset reads it as after the change
  // and the new offset as before. The new one is the earlier.
  for (std::size_t i = 1; i < table.size(); ++i) {
    const Instant by_old = local - seconds(table[i - 1].seconds_east);
    const Instant by_new = local - seconds(table[i].seconds_east);
    if (by_old >= table[i].from && by_new < table[i].from)
      return {by_new, LocalReading::Occurs::never};
  }
  return {local - seconds(table.back().seconds_east), LocalReading::Occurs::never};
}

std::int32_t seconds_east_at(const std::vector<ZoneOffset>& table, Instant t) {
  if (table.empty()) return 0;
  const auto after = std::upper_bound(table.begin(), table.end(), t,
                                      [](Instant at, const ZoneOffset& z) { return at < z.from; });
  return after == table.begin() ? table.front().seconds_east : std::prev(after)->seconds_east;
}

}  // namespace truce::terms
