#include "terms/phrases.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace truce::terms {

namespace {

using base::lower_case;
using base::trimmed;

constexpr std::string_view limit_forms =
    "\"SFC\", \"UNL\", \"FL245\", \"10000 ft MSL\", \"3000 m MSL\" or \"500 ft AGL\"";

std::string quote(std::string_view text) {
  return "'" + std::string(text) + "'";
}

std::unexpected<std::string> expected_limit(std::string_view text) {
  return std::unexpected(quote(text) + " is no height; expected " + std::string(limit_forms));
}

Limit limit(Reference reference, Length height, std::string_view text) {
  return {reference, height, std::string(trimmed(text))};
}

// Takes the last word off if it is one of these.
bool take_last_word(std::string& text, std::string_view word) {
  if (!text.ends_with(word)) return false;
  text = std::string(trimmed(std::string_view(text).substr(0, text.size() - word.size())));
  return true;
}

Understood<Limit> flight_level(std::string_view digits, std::string_view text) {
  const auto hundreds = base::whole_number(trimmed(digits));
  if (!hundreds || *hundreds < 0 || *hundreds > 999)
    return std::unexpected(quote(text) +
                           " is no flight level; expected FL000 to FL999, such as \"FL245\"");
  return limit(Reference::pressure, quantities::feet(static_cast<double>(*hundreds * 100)), text);
}

}  // namespace

Understood<Limit> limit_from(std::string_view text) {
  std::string rest = lower_case(trimmed(text));
  if (rest == "sfc" || rest == "gnd") return limit(Reference::surface, {}, text);
  if (rest == "unl") return limit(Reference::unlimited, {}, text);
  if (rest.starts_with("fl")) return flight_level(std::string_view(rest).substr(2), text);
  Reference reference = Reference::surface;
  if (take_last_word(rest, "amsl") || take_last_word(rest, "msl"))
    reference = Reference::mean_sea_level;
  else if (take_last_word(rest, "agl"))
    reference = Reference::ground;
  const auto height = quantities::length_from(rest);
  if (!height) return expected_limit(text);
  if (reference == Reference::surface)
    return std::unexpected(quote(trimmed(text)) +
                           " does not say what it is measured from; write \"" +
                           std::string(trimmed(text)) + " MSL\" (above mean sea level) or \"" +
                           std::string(trimmed(text)) + " AGL\" (above ground)");
  const Length most = quantities::kilometres(100);
  if (*height > most || *height < -most)
    return std::unexpected(quote(text) + " is more than 100 km from its reference");
  if (reference == Reference::ground && *height < Length{})
    return std::unexpected(quote(text) + " is below the ground");
  return limit(reference, *height, text);
}

Understood<NoticeNeed> notice_from(std::string_view text) {
  std::string rest = lower_case(trimmed(text));
  NoticeNeed need;
  need.text = std::string(trimmed(text));
  const auto refused = std::unexpected(
      quote(text) +
      " is no notice; expected \"none\", \"at once\", \"at once, at the latest 30 min after "
      "entry\" or \"2 h before\"");
  if (rest == "none") return need;
  if (rest == "at once") {
    need.kind = NoticeNeed::Kind::at_once;
    return need;
  }
  constexpr std::string_view late = "at once, at the latest ";
  if (rest.starts_with(late) && take_last_word(rest, "after entry")) {
    const auto lead = quantities::duration_from(
        std::string_view(rest).substr(std::min(rest.size(), late.size())));
    if (!lead) return refused;
    need.kind = NoticeNeed::Kind::at_once;
    need.lead = *lead;
    return need;
  }
  if (!take_last_word(rest, "before")) return refused;
  const auto lead = quantities::duration_from(rest);
  if (!lead) return refused;
  need.kind = NoticeNeed::Kind::before;
  need.lead = *lead;
  return need;
}

namespace {

constexpr std::array<std::string_view, 7> day_names = {
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"};

// "mon" or "monday"; nothing for shorter or other words.
std::optional<int> weekday_from(std::string_view text) {
  const std::string word = lower_case(trimmed(text));
  if (word.size() < 3) return {};
  for (std::size_t i = 0; i < day_names.size(); ++i)
    if (word == day_names[i] || word == day_names[i].substr(0, 3)) return static_cast<int>(i);
  return {};
}

}  // namespace

Understood<std::vector<int>> weekdays_from(const std::vector<std::string>& texts) {
  std::array<bool, 7> named{};
  for (const std::string& text : texts) {
    const auto ends = base::split(text, '-');
    const auto first = weekday_from(ends.front());
    const auto last = weekday_from(ends.back());
    if (!first || !last || ends.size() > 2)
      return std::unexpected(quote(text) +
                             " is no day; expected \"mon\", \"tue\", ... \"sun\" or "
                             "a range such as \"mon-fri\"");
    for (int day = *first;; day = (day + 1) % 7) {
      named[static_cast<std::size_t>(day)] = true;
      if (day == *last) break;
    }
  }
  std::vector<int> days;
  for (int day = 0; day < 7; ++day)
    if (named[static_cast<std::size_t>(day)]) days.push_back(day);
  return days;
}

Understood<std::int32_t> clock_from(std::string_view text) {
  const auto refused = std::unexpected(quote(text) +
                                       " is no time of day; expected \"00:00\" to \"24:00\", such "
                                       "as \"08:30\"");
  const auto parts = base::split(trimmed(text), ':');
  if (parts.size() < 2 || parts.size() > 3) return refused;
  std::array<std::int64_t, 3> numbers{};
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const bool two_digits = parts[i].size() == 2 && parts[i][0] >= '0' && parts[i][0] <= '9';
    const auto number = base::whole_number(parts[i]);
    if (!two_digits || !number || *number > (i == 0 ? 24 : 59)) return refused;
    numbers[i] = *number;
  }
  const std::int64_t second = numbers[0] * 3600 + numbers[1] * 60 + numbers[2];
  if (second > 86'400) return refused;
  return static_cast<std::int32_t>(second);
}

Understood<Span> span_from(std::string_view text, std::string_view unit) {
  const std::string form = unit == "hPa" ? "\"950..1050 hPa\"" : "\"-30..35 K\"";
  const auto refused =
      std::unexpected(quote(text) + " is no range; expected a form such as " + form);
  std::string rest = lower_case(trimmed(text));
  if (!take_last_word(rest, lower_case(unit))) return refused;
  const std::size_t dots = rest.find("..");
  if (dots == std::string::npos) return refused;
  const auto least = base::number(trimmed(std::string_view(rest).substr(0, dots)));
  const auto most = base::number(trimmed(std::string_view(rest).substr(dots + 2)));
  if (!least || !most) return refused;
  if (*least > *most) return std::unexpected(quote(text) + " begins above its end");
  return Span{*least, *most};
}

namespace {

template <class Enum>
std::vector<std::string> words_of(std::initializer_list<Enum> values) {
  std::vector<std::string> words;
  for (Enum value : values) words.emplace_back(to_string(value));
  return words;
}

constexpr std::initializer_list<AircraftKind> kinds = {
    AircraftKind::any,        AircraftKind::military,   AircraftKind::civil,
    AircraftKind::fixed_wing, AircraftKind::helicopter, AircraftKind::unmanned,
    AircraftKind::combat,     AircraftKind::transport};
constexpr std::initializer_list<Purpose> purposes = {
    Purpose::medical_evacuation, Purpose::personnel_recovery, Purpose::humanitarian,
    Purpose::search_and_rescue};

template <class Enum>
std::optional<Enum> value_from(std::string_view text, std::initializer_list<Enum> values) {
  std::string word = lower_case(trimmed(text));
  std::replace(word.begin(), word.end(), '_', ' ');
  std::replace(word.begin(), word.end(), '-', ' ');
  for (Enum value : values)
    if (to_string(value) == word) return value;
  return {};
}

}  // namespace

std::optional<AircraftKind> aircraft_kind_from(std::string_view text) {
  return value_from(text, kinds);
}

std::optional<Purpose> purpose_from(std::string_view text) {
  return value_from(text, purposes);
}

const std::vector<std::string>& aircraft_kind_words() {
  static const std::vector<std::string> words = words_of(kinds);
  return words;
}

const std::vector<std::string>& purpose_words() {
  static const std::vector<std::string> words = words_of(purposes);
  return words;
}

}  // namespace truce::terms
