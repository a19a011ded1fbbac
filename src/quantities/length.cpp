#include "quantities/length.h"

#include "base/json_writer.h"
#include "base/text.h"

namespace truce::quantities {

std::optional<Length> length_from(std::string_view text) {
  text = base::trimmed(text);
  const std::size_t cut = text.find_first_not_of("+-.0123456789");
  if (cut == std::string_view::npos) return {};
  const std::string_view count = text.substr(0, cut);
  const std::string unit = base::lower_case(base::trimmed(text.substr(cut)));
  const struct {
    std::string_view name;
    std::int64_t tenth_mm;
  } units[] = {{"m", 10'000}, {"km", 10'000'000}, {"ft", 3'048}, {"nm", 18'520'000}};
  for (const auto& u : units) {
    if (unit != u.name) continue;
    const auto number = base::number(count);
    if (!number || std::abs(*number) > 1e9) return {};
    return detail::scaled(*number, static_cast<double>(u.tenth_mm));
  }
  return {};
}

namespace {
std::string grouped(std::int64_t n) {
  std::string digits = std::to_string(n < 0 ? -n : n);
  for (std::size_t at = digits.size(); at > 3;) digits.insert(at -= 3, ",");
  return n < 0 ? "-" + digits : digits;
}
}  // namespace

std::string feet_text(Length length) {
  return grouped(std::llround(length.in_feet())) + " ft";
}

std::string metres_text(Length length) {
  const double m = length.in_metres();
  if (std::abs(m) >= 10'000) return base::decimal_text(m / 1000, 1) + " km";
  return grouped(std::llround(m)) + " m";
}

}  // namespace truce::quantities
