#include "quantities/time.h"

#include <array>
#include <cmath>
#include <cstdio>

#include "base/floor_div.h"
#include "base/text.h"

namespace truce::quantities {

namespace {

constexpr std::array month_names = {"January",   "February", "March",    "April",
                                    "May",       "June",     "July",     "August",
                                    "September", "October",  "November", "December"};

bool leap(int year) {
  return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

// Reads exactly `count` digits at the front.
std::optional<int> digits(std::string_view& text, std::size_t count) {
  if (text.size() < count) return {};
  int value = 0;
  for (std::size_t i = 0; i < count; ++i) {
    if (text[i] < '0' || text[i] > '9') return {};
    value = value * 10 + (text[i] - '0');
  }
  text.remove_prefix(count);
  return value;
}

bool take(std::string_view& text, char c) {
  if (text.empty() || text.front() != c) return false;
  text.remove_prefix(1);
  return true;
}

std::optional<Date> take_date(std::string_view& text) {
  const auto year = digits(text, 4);
  if (!year || !take(text, '-')) return {};
  const auto month = digits(text, 2);
  if (!month || !take(text, '-')) return {};
  const auto day = digits(text, 2);
  if (!day) return {};
  const Date date{*year, *month, *day};
  if (!is_valid(date)) return {};
  return date;
}

// Date, "T" or a space, hh:mm[:ss[.fraction]].
std::optional<Instant> take_local(std::string_view& text) {
  const auto date = take_date(text);
  if (!date) return {};
  if (!take(text, 'T') && !take(text, 't') && !take(text, ' ')) return {};
  const auto hour = digits(text, 2);
  if (!hour || *hour > 23 || !take(text, ':')) return {};
  const auto minute = digits(text, 2);
  if (!minute || *minute > 59) return {};
  int second = 0;
  std::int64_t fraction = 0;
  if (take(text, ':')) {
    const auto s = digits(text, 2);
    if (!s || *s > 59) return {};
    second = *s;
    if (take(text, '.')) {
      std::int64_t unit = 100'000;
      bool any = false;
      while (!text.empty() && text.front() >= '0' && text.front() <= '9') {
        fraction += unit * (text.front() - '0');
        unit /= 10;
        text.remove_prefix(1);
        any = true;
      }
      if (!any) return {};
    }
  }
  return Instant{} + days(days_from(*date)) + hours(*hour) + minutes(*minute) + seconds(second) +
         microseconds(fraction);
}

std::optional<Instant> in_range(Instant t) {
  if (t < earliest_instant || t >= latest_instant) return {};
  return t;
}

struct Parts {
  Date date;
  int hour, minute, second;
  std::int64_t microsecond;
};

Parts parts_of(Instant t) {
  constexpr std::int64_t day_us = 86'400'000'000;
  const std::int64_t day = base::floor_div(t.microseconds, day_us);
  const std::int64_t in_day = t.microseconds - day * day_us;
  const std::int64_t s = in_day / 1'000'000;
  return {date_from_days(day), static_cast<int>(s / 3600), static_cast<int>(s / 60 % 60),
          static_cast<int>(s % 60), in_day % 1'000'000};
}

template <class... Args>
std::string printed(const char* format, Args... args) {
  std::array<char, 64> buffer{};
  std::snprintf(buffer.data(), buffer.size(), format, args...);
  return buffer.data();
}

std::string date_and_clock(const Parts& p) {
  return printed("%04d-%02d-%02dT%02d:%02d:%02d", p.date.year, p.date.month, p.date.day, p.hour,
                 p.minute, p.second);
}

}  // namespace

std::int64_t days_from(Date date) {
  const int y = date.month <= 2 ? date.year - 1 : date.year;
  const std::int64_t era = base::floor_div(y, 400);
  const std::int64_t year_of_era = y - era * 400;
  const std::int64_t shifted = (date.month + 9) % 12;
  const std::int64_t day_of_year = (153 * shifted + 2) / 5 + date.day - 1;
  const std::int64_t day_of_era =
      year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * 146'097 + day_of_era - 719'468;
}

Date date_from_days(std::int64_t z) {
  z += 719'468;
  const std::int64_t era = base::floor_div(z, 146'097);
  const std::int64_t doe = z - era * 146'097;
  const std::int64_t yoe = (doe - doe / 1460 + doe / 36'524 - doe / 146'096) / 365;
  const std::int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
  const std::int64_t mp = (5 * doy + 2) / 153;
  const int day = static_cast<int>(doy - (153 * mp + 2) / 5 + 1);
  const int month = static_cast<int>(mp < 10 ? mp + 3 : mp - 9);
  const int year = static_cast<int>(yoe + era * 400 + (month <= 2 ? 1 : 0));
  return {year, month, day};
}

bool is_valid(Date date) {
  constexpr std::array lengths = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (date.month < 1 || date.month > 12 || date.day < 1) return false;
  const int length = lengths[static_cast<std::size_t>(date.month - 1)];
  return date.day <= length + (date.month == 2 && leap(date.year) ? 1 : 0);
}

int weekday(Date date) {
  const std::int64_t d = days_from(date) + 3;  // 1970-01-01 was a Thursday
  return static_cast<int>(d - base::floor_div(d, 7) * 7);
}

Date date_at(Instant t, std::int64_t offset_seconds) {
  return date_from_days(
      base::floor_div(t.microseconds + offset_seconds * 1'000'000, 86'400'000'000));
}

std::optional<Instant> instant_from(std::string_view text) {
  const auto local = take_local(text);
  if (!local) return {};
  if (text == "Z" || text == "z") return in_range(*local);
  if (text.empty() || (text.front() != '+' && text.front() != '-')) return {};
  const bool east = text.front() == '+';
  text.remove_prefix(1);
  const auto hour = digits(text, 2);
  if (!hour || *hour > 23) return {};
  take(text, ':');
  const auto minute = digits(text, 2);
  if (!minute || *minute > 59 || !text.empty()) return {};
  const Duration offset = hours(*hour) + minutes(*minute);
  return in_range(east ? *local - offset : *local + offset);
}

std::optional<Instant> local_instant_from(std::string_view text) {
  const auto local = take_local(text);
  if (!local || !text.empty()) return {};
  return in_range(*local);
}

std::optional<Date> date_from(std::string_view text) {
  const auto date = take_date(text);
  if (!date || !text.empty()) return {};
  return date;
}

std::optional<Instant> instant_from_unix_seconds(double s) {
  if (!std::isfinite(s) || s < -2.3e9 || s > 7.3e9) return {};
  return in_range({std::llround(s * 1e6)});
}

std::optional<Duration> duration_from(std::string_view text) {
  text = base::trimmed(text);
  const std::size_t cut = text.find_first_not_of(".0123456789");
  if (cut == 0 || cut == std::string_view::npos) return {};
  const auto count = base::number(text.substr(0, cut));
  const std::string unit = base::lower_case(base::trimmed(text.substr(cut)));
  const struct {
    std::string_view name;
    double microseconds;
  } units[] = {{"ms", 1e3},       {"s", 1e6},      {"sec", 1e6},     {"second", 1e6},
               {"seconds", 1e6},  {"min", 6e7},    {"minute", 6e7},  {"minutes", 6e7},
               {"h", 3.6e9},      {"hour", 3.6e9}, {"hours", 3.6e9}, {"day", 8.64e10},
               {"days", 8.64e10}, {"d", 8.64e10}};
  for (const auto& u : units) {
    if (unit != u.name || !count || *count * u.microseconds > 1e16) continue;
    return Duration{std::llround(*count * u.microseconds)};
  }
  return {};
}

std::string rfc3339(Instant t) {
  const Parts p = parts_of(t);
  std::string fraction;
  if (p.microsecond != 0) {
    fraction = printed(".%06d", static_cast<int>(p.microsecond));
    while (fraction.back() == '0') fraction.pop_back();
  }
  return date_and_clock(p) + fraction + "Z";
}

std::string rfc3339_milliseconds(Instant t) {
  const Parts p = parts_of(t);
  return date_and_clock(p) + printed(".%03dZ", static_cast<int>(p.microsecond / 1000));
}

std::string iso_date(Date date) {
  return printed("%04d-%02d-%02d", date.year, date.month, date.day);
}

std::string clock_text(Instant t) {
  const Parts p = parts_of(t);
  return printed("%02d:%02d:%02d UTC", p.hour, p.minute, p.second);
}

std::string date_text(Date date) {
  return printed("%d %s %d", date.day, month_names[static_cast<std::size_t>(date.month - 1)],
                 date.year);
}

std::string duration_text(Duration d) {
  const std::int64_t s = (d.microseconds + 500'000) / 1'000'000;
  if (s < 120) return printed("%d s", static_cast<int>(s));
  if (s < 7200) return printed("%d min", static_cast<int>((s + 30) / 60));
  const std::int64_t m = (s + 30) / 60;
  return printed("%d h %d min", static_cast<int>(m / 60), static_cast<int>(m % 60));
}

}  // namespace truce::quantities
