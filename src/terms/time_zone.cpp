#include "terms/time_zone.h"

#include <date/tz.h>

#include <algorithm>
#include <chrono>
#include <exception>

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
