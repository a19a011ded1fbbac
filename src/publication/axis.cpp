#include "publication/axis.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "publication/wording.h"

namespace truce::publication {

using quantities::Instant;

namespace {

constexpr std::int64_t minute = 60'000'000, hour = 60 * minute, day = 24 * hour;
constexpr std::array<std::int64_t, 22> steps = {
    10'000'000, 30'000'000, minute,    2 * minute, 5 * minute,  10 * minute, 30 * minute, hour,
    2 * hour,   3 * hour,   6 * hour,  12 * hour,  day,         2 * day,     7 * day,     14 * day,
    28 * day,   91 * day,   182 * day, 365 * day,  1'826 * day, 3'652 * day};

std::string label_at(Instant t, std::int64_t step) {
  const std::string clock = quantities::rfc3339_milliseconds(t).substr(11, 8);
  const quantities::Date date = quantities::date_at(t);
  if (step < minute) return clock;
  const bool midnight = clock == "00:00:00";
  if (step < day && !midnight) return clock.substr(0, 5);
  const std::string text = fmt::format("{} {}", date.day, short_month(date.month));
  return step >= 91 * day ? fmt::format("{} {}", short_month(date.month), date.year) : text;
}

}  // namespace

TimeAxis::TimeAxis(Instant from, Instant until, double left, double right)
    : from_(from),
      until_(std::max(until, from + quantities::seconds(1))),
      left_(left),
      right_(right) {}

double TimeAxis::at(Instant t) const {
  const auto length = static_cast<double>((until_ - from_).microseconds);
  const auto passed = static_cast<double>((t - from_).microseconds);
  return left_ + (right_ - left_) * std::clamp(passed / length, 0.0, 1.0);
}

std::string TimeAxis::ticks(double top, double bottom, double apart) const {
  const auto length = static_cast<double>((until_ - from_).microseconds);
  std::int64_t step = steps.back();
  for (const std::int64_t candidate : steps)
    if (static_cast<double>(candidate) / length * (right_ - left_) >= apart) {
      step = candidate;
      break;
    }
  std::string lines, labels;
  std::int64_t t = from_.microseconds / step * step;
  if (t < from_.microseconds) t += step;
  for (; t <= until_.microseconds; t += step) {
    const double x = at(Instant{t});
    const bool midnight = t % day == 0;
    lines += fmt::format(R"(<path class="graticule{}" d="M{} {}V{}"/>)", midnight ? " day" : "",
                         px(x), px(top), px(bottom));
    labels += svg_text({x, bottom + 13}, label_at(Instant{t}, step), "tick", "middle");
  }
  return lines + labels;
}

}  // namespace truce::publication
