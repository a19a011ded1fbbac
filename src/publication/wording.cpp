#include "publication/wording.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/json_writer.h"
#include "base/text.h"

namespace truce::publication {

using findings::Verdict;
using quantities::Duration;
using quantities::Instant;
using quantities::Length;

namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";  // U+FFFD
constexpr std::string_view ellipsis = "\xE2\x80\xA6";     // U+2026
constexpr std::int64_t tenth_mm_per_foot = 3'048;
constexpr std::int64_t tenth_mm_per_metre = 10'000;

// U+202A to U+202E and U+2066 to U+2069, in UTF-8.
bool turns_direction(std::string_view character) {
  if (character.size() != 3 || character[0] != '\xE2') return false;
  const auto second = static_cast<unsigned char>(character[1]);
  const auto third = static_cast<unsigned char>(character[2]);
  return (second == 0x80 && third >= 0xAA && third <= 0xAE) ||
         (second == 0x81 && third >= 0xA6 && third <= 0xA9);
}

std::size_t character_length(char first) {
  const auto byte = static_cast<unsigned char>(first);
  return byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
}

std::int64_t divided_down(std::int64_t value, std::int64_t by) {
  return value / by - (value % by < 0 ? 1 : 0);
}
std::int64_t divided_up(std::int64_t value, std::int64_t by) {
  return value / by + (value % by > 0 ? 1 : 0);
}

std::string share_of_permille(std::int64_t permille) {
  if (permille <= 0) return "0 %";
  if (permille >= 1000) return "100 %";
  if (permille < 10) return "less than 1 %";
  if (permille > 990) return "more than 99 %";
  return fmt::format("{} %", (permille + 5) / 10);
}

}  // namespace

std::string cut(std::string_view text, std::size_t characters) {
  // Four bytes is the longest character: what lies beyond cannot be shown, so it is not looked at.
  const bool beyond = text.size() > 4 * characters;
  const std::string valid = base::valid_utf8(text.substr(0, 4 * characters));
  std::string out;
  std::size_t count = 0;
  for (std::size_t at = 0; at < valid.size(); ++count) {
    const std::size_t length = character_length(valid[at]);
    const std::string_view character = std::string_view(valid).substr(at, length);
    if (count == characters) return out + std::string(ellipsis);
    const bool flattened = characters <= longest_name && (character == "\n" || character == "\t");
    out += flattened ? " " : turns_direction(character) ? replacement : character;
    at += length;
  }
  return beyond ? out + std::string(ellipsis) : out;
}

std::string capitalised(std::string_view text) {
  std::string out(text);
  if (!out.empty() && out[0] >= 'a' && out[0] <= 'z') out[0] = static_cast<char>(out[0] - 32);
  return out;
}

std::string_view meaning_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::violation:
      return "Every condition of the breach is met, no exception covers it, and the evidence meets "
             "the standard that the agreement sets. No plausible reading of the evidence "
             "contradicts it.";
    case Verdict::possible:
      return "The evidence allows a breach and does not settle it. The questions listed with the "
             "finding would decide it.";
    case Verdict::excepted:
      return "Conduct otherwise prohibited, allowed by an exception whose conditions were met.";
    case Verdict::compliant:
      return "Of a rule, an area and a day as a whole: coverage reached the threshold of the "
             "agreement, and nothing was found.";
    case Verdict::not_observed:
      return "Of a rule, an area and a day as a whole: coverage stayed below the threshold. "
             "Nothing "
             "was found, and this does not mean that nothing happened.";
    case Verdict::not_applicable: return "The term does not bind this party, or was not in force.";
  }
  return "";
}

std::string slug_of(Verdict verdict) {
  std::string out(to_string(verdict));
  std::replace(out.begin(), out.end(), ' ', '-');
  return out;
}

std::map<Verdict, std::int64_t> counts_of(const findings::Findings& findings) {
  std::map<Verdict, std::int64_t> counts;
  for (const Verdict verdict : verdicts_by_gravity) counts[verdict] = 0;
  for (const auto& finding : findings.findings) ++counts[finding.verdict];
  return counts;
}

std::map<Verdict, std::int64_t> day_counts_of(const findings::Findings& findings) {
  std::map<Verdict, std::int64_t> counts;
  for (const Verdict verdict : verdicts_by_gravity) counts[verdict] = 0;
  for (const auto& line : findings.coverage) ++counts[line.verdict];
  return counts;
}

std::string thousands(std::int64_t count) {
  std::string digits = base::decimal_text(count, 0);
  const std::size_t first = digits[0] == '-' ? 1 : 0;
  for (std::size_t at = digits.size(); at > first + 3;) {
    at -= 3;
    digits.insert(at, ",");
  }
  return digits;
}

std::string spoken(std::int64_t count) {
  static constexpr std::array<std::string_view, 11> words = {
      "none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"};
  if (count < 0 || count >= static_cast<std::int64_t>(words.size())) return thousands(count);
  return std::string(words[static_cast<std::size_t>(count)]);
}

std::string counted(std::int64_t count, std::string_view singular, std::string_view plural) {
  if (count == 0) return fmt::format("no {}", plural);
  return fmt::format("{} {}", spoken(count), count == 1 ? singular : plural);
}

std::int64_t feet_down(Length length) {
  return divided_down(length.tenth_mm, tenth_mm_per_foot);
}
std::int64_t feet_up(Length length) {
  return divided_up(length.tenth_mm, tenth_mm_per_foot);
}
std::int64_t metres_down(Length length) {
  return divided_down(length.tenth_mm, tenth_mm_per_metre);
}
std::int64_t metres_up(Length length) {
  return divided_up(length.tenth_mm, tenth_mm_per_metre);
}
std::int64_t deciseconds_down(Duration duration) {
  return divided_down(duration.microseconds, 100'000);
}
std::int64_t deciseconds_up(Duration duration) {
  return divided_up(duration.microseconds, 100'000);
}

bool is_open(Instant bound) {
  return bound <= quantities::earliest_instant || bound >= quantities::latest_instant;
}

namespace {

std::string day_text(Instant t) {
  return quantities::date_text(quantities::date_at(t));
}

// "09:14:05": seconds only, cut; the outputs for machines hold the milliseconds.
std::string clock_of(Instant t) {
  return quantities::rfc3339_milliseconds(t).substr(11, 8);
}

}  // namespace

std::string moment_text(Instant t) {
  if (is_open(t)) return "not known";
  return fmt::format("{}, {} UTC", day_text(t), clock_of(t));
}

std::string_view short_month(int month) {
  static constexpr std::array<std::string_view, 12> names = {
      "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  return month >= 1 && month <= 12 ? names[static_cast<std::size_t>(month - 1)] : "?";
}

std::string short_moment_text(Instant t) {
  if (is_open(t)) return "not known";
  const quantities::Date date = quantities::date_at(t);
  return fmt::format("{} {} {}", date.day, short_month(date.month), clock_of(t).substr(0, 5));
}

std::string bounds_text(quantities::TimeBounds bounds) {
  const bool no_earliest = is_open(bounds.earliest);
  const bool no_latest = is_open(bounds.latest);
  if (no_earliest && no_latest) return "not known";
  if (no_earliest) return "at the latest " + moment_text(bounds.latest);
  if (no_latest) return "at the earliest " + moment_text(bounds.earliest);
  const std::string from = moment_text(bounds.earliest);
  const std::string until = moment_text(bounds.latest);
  if (from == until) return from;
  if (quantities::date_at(bounds.earliest) == quantities::date_at(bounds.latest))
    return fmt::format("{}, {} to {} UTC", day_text(bounds.earliest), clock_of(bounds.earliest),
                       clock_of(bounds.latest));
  return fmt::format("{} to {}", from, until);
}

namespace {

// "45 s", "10 min 20 s", "3 h 20 min 5 s", of whole seconds.
std::string seconds_text(std::int64_t seconds) {
  constexpr std::int64_t minute = 60, hour = 3'600;
  std::vector<std::string> parts;
  if (seconds >= hour) parts.push_back(thousands(seconds / hour) + " h");
  if (seconds % hour >= minute) parts.push_back(thousands(seconds % hour / minute) + " min");
  if (seconds % minute != 0 || parts.empty()) parts.push_back(thousands(seconds % minute) + " s");
  std::string out;
  for (const std::string& part : parts) out += (out.empty() ? "" : " ") + part;
  return out;
}

}  // namespace

std::string inside_text(Duration least, Duration most) {
  constexpr std::int64_t microseconds_per_second = 1'000'000;
  const std::string from = seconds_text(divided_down(least.microseconds, microseconds_per_second));
  const std::string until = seconds_text(divided_up(most.microseconds, microseconds_per_second));
  if (least.microseconds <= 0) return "at most " + until;
  if (from == until) return from;
  return fmt::format("between {} and {}", from, until);
}

std::string reference_text(std::string_view reference) {
  if (reference == "pressure") return "pressure altitude (1013.25 hPa)";
  if (reference == "mean sea level") return "above mean sea level";
  if (reference == "ellipsoid") return "above the WGS84 ellipsoid";
  if (reference == "above ground") return "above ground";
  return reference.empty() ? "reference unknown" : std::string(reference);
}

std::string altitude_text(const findings::AltitudeFound& altitude) {
  if (altitude.reference.empty()) return "unknown";
  const auto text = [](Length low, Length high) {
    const std::string least = thousands(feet_down(low)), most = thousands(feet_up(high));
    return least == most ? least : least + " to " + most;
  };
  const std::string reference = reference_text(altitude.reference);
  const std::string all = text(altitude.least, altitude.most);
  const std::string seen =
      altitude.at_positions ? text(altitude.at_positions->least, altitude.at_positions->most) : all;
  if (seen == all) return fmt::format("{} ft, {}", all, reference);
  return fmt::format("{} ft at its positions, {} ft between them, {}", seen, all, reference);
}

std::string penetration_text(const findings::Finding& finding) {
  constexpr std::int64_t in_metres_below = 10'000;
  const auto text = [](std::int64_t metres, bool up) {
    if (metres < in_metres_below) return thousands(metres) + " m";
    return base::decimal_text(up ? divided_up(metres, 100) : divided_down(metres, 100), 1) + " km";
  };
  const bool has_least = finding.penetration_least && finding.penetration_least->tenth_mm > 0;
  if (!finding.penetration_most)
    return has_least ? "at least " + text(metres_down(*finding.penetration_least), false)
                     : "unknown";
  const std::string most = text(metres_up(*finding.penetration_most), true);
  if (!has_least) return "at most " + most;
  const std::string least = text(metres_down(*finding.penetration_least), false);
  return least == most ? least : fmt::format("between {} and {}", least, most);
}

std::string probability_text(std::int32_t permille) {
  return permille < 0 ? "not stated" : share_of_permille(permille);
}

std::string share_text(double share) {
  if (!(share > 0)) return "0 %";
  if (share >= 1) return "100 %";
  const auto permille = static_cast<std::int64_t>(std::llround(share * 1000));
  return share_of_permille(std::clamp<std::int64_t>(permille, 1, 999));
}

std::string aircraft_text(const findings::Finding& finding) {
  std::string out = cut_name(finding.kind.empty() ? "aircraft of unknown kind" : finding.kind);
  if (!finding.type.empty()) out += " " + cut_name(finding.type);
  if (!finding.call_sign.empty()) out += ", call sign " + cut_name(finding.call_sign);
  if (!finding.registration.empty()) out += ", registration " + cut_name(finding.registration);
  out += finding.address.empty() ? ", no address" : ", address " + cut_name(finding.address);
  return out;
}

std::string in_english(const terms::Names& names) {
  if (const auto english = names.find("en"); english != names.end()) return english->second;
  return names.empty() ? "" : names.begin()->second;
}

std::string grade_text(const terms::Agreement& agreement, std::string_view grade) {
  for (const auto& known : agreement.grades)
    if (known.id == grade) return cut_name(known.text.empty() ? known.id : known.text);
  return cut_name(grade);
}

std::string limit_text(const terms::Limit& limit) {
  if (!limit.text.empty()) return cut_name(limit.text);
  switch (limit.reference) {
    case terms::Reference::surface: return "SFC";
    case terms::Reference::unlimited: return "UNL";
    case terms::Reference::pressure:
      return thousands(feet_down(limit.height)) + " ft pressure altitude";
    case terms::Reference::mean_sea_level: return thousands(feet_down(limit.height)) + " ft MSL";
    case terms::Reference::ground: return thousands(feet_down(limit.height)) + " ft AGL";
  }
  return "";
}

std::string kind_text(observations::Restriction::Kind kind) {
  std::string out(to_string(kind));
  std::replace(out.begin(), out.end(), '_', ' ');
  return out;
}

std::string exception_text(const findings::ExceptionAnswer& exception) {
  std::string out = cut_name(exception.exception);
  if (!exception.notice.empty()) out += " (notice " + cut_name(exception.notice) + ")";
  out += ": " + std::string(base::to_string(exception.answer));
  if (!exception.reason.empty()) out += ", " + cut_text(exception.reason);
  return out;
}

}  // namespace truce::publication
