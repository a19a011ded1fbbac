#include "quantities/angle.h"

#include <cmath>
#include <vector>

#include "base/json_writer.h"
#include "base/text.h"

namespace truce::quantities {

std::optional<Point> point_from_degrees(double longitude, double latitude) {
  if (!std::isfinite(longitude) || !std::isfinite(latitude)) return {};
  if (std::abs(latitude) > 90 || std::abs(longitude) > 180) return {};
  return Point{static_cast<std::int32_t>(std::llround(longitude * 1e7)),
               static_cast<std::int32_t>(std::llround(latitude * 1e7))};
}

namespace {

// One angle: degrees, or degrees and minutes, or degrees, minutes and seconds; then perhaps a
// hemisphere. Takes what it read off the front.
struct ReadAngle {
  double degrees;
  char hemisphere;  // 'N', 'S', 'E', 'W' or 0
};

std::string_view take_number(std::string_view& text) {
  std::size_t n = 0;
  while (n < text.size() &&
         (std::string_view("+-.0123456789").find(text[n]) != std::string_view::npos))
    ++n;
  const std::string_view number = text.substr(0, n);
  text.remove_prefix(n);
  return number;
}

bool take_mark(std::string_view& text, std::initializer_list<std::string_view> marks) {
  for (std::string_view mark : marks) {
    if (!text.starts_with(mark)) continue;
    text.remove_prefix(mark.size());
    return true;
  }
  return false;
}

void skip_spaces(std::string_view& text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
}

std::optional<ReadAngle> take_angle(std::string_view& text) {
  skip_spaces(text);
  const auto degrees = base::number(take_number(text));
  if (!degrees) return {};
  ReadAngle angle{*degrees, 0};
  skip_spaces(text);
  if (take_mark(text, {"\xC2\xB0"})) {
    skip_spaces(text);
    const bool south_or_west = std::signbit(angle.degrees);  // "-0°30'" is south
    double part = 0;
    if (const auto minute = base::number(take_number(text))) {
      skip_spaces(text);
      if (!take_mark(text, {"'", "\xE2\x80\xB2", "\xE2\x80\x99"})) return {};
      if (*minute < 0 || *minute >= 60) return {};
      part += *minute / 60;
      skip_spaces(text);
      if (const auto second = base::number(take_number(text))) {
        skip_spaces(text);
        if (!take_mark(text, {"\"", "\xE2\x80\xB3", "\xE2\x80\x9D", "''"})) return {};
        if (*second < 0 || *second >= 60) return {};
        part += *second / 3600;
      }
    }
    angle.degrees += south_or_west ? -part : part;
    skip_spaces(text);
  }
  if (!text.empty() && std::string_view("NSEWnsew").find(text.front()) != std::string_view::npos) {
    angle.hemisphere = static_cast<char>(text.front() & ~0x20);
    if (angle.degrees < 0) return {};
    if (angle.hemisphere == 'S' || angle.hemisphere == 'W') angle.degrees = -angle.degrees;
    text.remove_prefix(1);
  }
  return angle;
}

}  // namespace

std::optional<Point> point_from(std::string_view text) {
  text = base::trimmed(text);
  auto first = take_angle(text);
  if (!first) return {};
  skip_spaces(text);
  take_mark(text, {","});
  auto second = take_angle(text);
  if (!second || !base::trimmed(text).empty()) return {};
  const auto is_longitude = [](char h) { return h == 'E' || h == 'W'; };
  if ((first->hemisphere == 0) != (second->hemisphere == 0)) return {};
  if (first->hemisphere != 0) {
    if (is_longitude(first->hemisphere) == is_longitude(second->hemisphere)) return {};
    if (is_longitude(first->hemisphere)) std::swap(first, second);
  }
  return point_from_degrees(second->degrees, first->degrees);
}

std::string point_text(Point point) {
  const auto text = [](double degrees, char positive, char negative) {
    return base::decimal_text(std::abs(degrees), 4) + " " + (degrees < 0 ? negative : positive);
  };
  return text(point.latitude(), 'N', 'S') + " " + text(point.longitude(), 'E', 'W');
}

}  // namespace truce::quantities
