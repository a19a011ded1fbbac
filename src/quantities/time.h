// Time: instants in UTC to the microsecond, durations, and instants known to lie between two.
//
//   Instant noon = *instant_from("2016-02-27T12:00:00Z");
//   TimeBounds seen{noon, noon + minutes(5)};
//   Answer in_time = came_before(seen, deadline);
//
// Leap seconds do not exist here, as in POSIX time and in every format we read. Years from 1900
// to 2200 are accepted on the way in.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/answer.h"

namespace truce::quantities {

struct Duration {
  std::int64_t microseconds = 0;
  friend constexpr auto operator<=>(const Duration&, const Duration&) = default;
  friend constexpr Duration operator+(Duration a, Duration b) {
    return {a.microseconds + b.microseconds};
  }
  friend constexpr Duration operator-(Duration a, Duration b) {
    return {a.microseconds - b.microseconds};
  }
  friend constexpr Duration operator-(Duration a) { return {-a.microseconds}; }
  friend constexpr Duration operator*(Duration a, std::int64_t n) { return {a.microseconds * n}; }
  constexpr double in_seconds() const { return static_cast<double>(microseconds) / 1e6; }
};

constexpr Duration microseconds(std::int64_t n) {
  return {n};
}
constexpr Duration milliseconds(std::int64_t n) {
  return {n * 1'000};
}
constexpr Duration seconds(std::int64_t n) {
  return {n * 1'000'000};
}
constexpr Duration minutes(std::int64_t n) {
  return seconds(n * 60);
}
constexpr Duration hours(std::int64_t n) {
  return seconds(n * 3'600);
}
constexpr Duration days(std::int64_t n) {
  return seconds(n * 86'400);
}

/// Microseconds since 1970-01-01T00:00:00Z.
struct Instant {
  std::int64_t microseconds = 0;
  friend constexpr auto operator<=>(const Instant&, const Instant&) = default;
  friend constexpr Instant operator+(Instant t, Duration d) {
    return {t.microseconds + d.microseconds};
  }
  friend constexpr Instant operator-(Instant t, Duration d) {
    return {t.microseconds - d.microseconds};
  }
  friend constexpr Duration operator-(Instant a, Instant b) {
    return {a.microseconds - b.microseconds};
  }
};

/// The widest span that any input may speak of: 1900-01-01 to 2200-01-01.
constexpr Instant earliest_instant{-2'208'988'800'000'000};
constexpr Instant latest_instant{7'258'118'400'000'000};

/// An instant known to lie between two others, both included.
struct TimeBounds {
  Instant earliest;
  Instant latest;
  friend constexpr bool operator==(const TimeBounds&, const TimeBounds&) = default;
};

/// A stretch of time, `from` inside and `until` outside.
struct Period {
  Instant from = earliest_instant;
  Instant until = latest_instant;
  constexpr bool contains(Instant t) const { return from <= t && t < until; }
  friend constexpr bool operator==(const Period&, const Period&) = default;
};

/// Was it done in time? The deadline itself is in time.
constexpr base::Answer came_before(TimeBounds when, Instant deadline) {
  if (when.latest <= deadline) return base::Answer::yes;
  return when.earliest > deadline ? base::Answer::no : base::Answer::unknown;
}

/// A day of the Gregorian calendar, without a zone.
struct Date {
  int year = 1970, month = 1, day = 1;
  friend constexpr auto operator<=>(const Date&, const Date&) = default;
};

/// Days since 1970-01-01 and back (Howard Hinnant, "chrono-compatible low-level date algorithms").
std::int64_t days_from(Date date);
Date date_from_days(std::int64_t days);
bool is_valid(Date date);
/// 0 is Monday.
int weekday(Date date);

/// The date on which the instant falls at so many seconds east of UTC.
Date date_at(Instant t, std::int64_t offset_seconds = 0);

/// RFC 3339 with an offset: "2016-02-27T00:00:00Z", "...T02:00:00.5+02:00". A space may stand
/// for the T. Nothing if it is something else or outside 1900..2200.
std::optional<Instant> instant_from(std::string_view text);
/// The same without an offset, as local time; the caller says how far east of UTC.
std::optional<Instant> local_instant_from(std::string_view text);
/// "2016-02-27"
std::optional<Date> date_from(std::string_view text);
/// Seconds since 1970 as a decimal text or number; nothing outside 1900..2200.
std::optional<Instant> instant_from_unix_seconds(double seconds);
/// "90 s", "30 min", "2 h", "5 days": the number must not be negative.
std::optional<Duration> duration_from(std::string_view text);

/// "2016-02-27T12:00:05Z", with as many digits of the second as it needs and no more.
std::string rfc3339(Instant t);
/// "2016-02-27T12:00:05.250Z": always milliseconds, truncated. The way times stand in outputs.
std::string rfc3339_milliseconds(Instant t);
/// "2016-02-27"
std::string iso_date(Date date);
/// "12:00:05 UTC" and "27 February 2016", as sentences want them.
std::string clock_text(Instant t);
std::string date_text(Date date);
/// "45 s", "12 min", "3 h 20 min".
std::string duration_text(Duration d);

}  // namespace truce::quantities
