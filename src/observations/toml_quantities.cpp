#include "observations/toml_quantities.h"

#include <algorithm>

#include "base/text.h"

namespace truce::observations {

using base::TomlTable;

namespace {

// A text under a key, turned into something else; the complaint names what was found.
template <class Convert>
auto converted(TomlTable& table, std::string_view key, std::string_view expected, Convert convert)
    -> decltype(convert(std::string_view{})) {
  const auto text = table.text(key);
  if (!text) return {};
  auto value = convert(*text);
  if (!value)
    table.complain(key, std::string(key) + ": expected " + std::string(expected) + ", found '" +
                            base::valid_utf8(*text) + "'");
  return value;
}

}  // namespace

std::optional<quantities::Length> length_in(TomlTable& table, std::string_view key) {
  return converted(table, key, "a length such as \"100 m\", \"2000 ft\" or \"3 NM\"",
                   [](std::string_view text) -> std::optional<quantities::Length> {
                     const auto length = quantities::length_from(text);
                     if (!length || length->tenth_mm < 0) return {};
                     return length;
                   });
}

std::optional<quantities::Duration> duration_in(TomlTable& table, std::string_view key) {
  return converted(table, key, "a duration such as \"30 s\" or \"5 min\"",
                   quantities::duration_from);
}

std::optional<quantities::Point> point_in(TomlTable& table, std::string_view key) {
  return converted(table, key, "a place such as \"33.5 N 36.3 E\"", quantities::point_from);
}

std::optional<quantities::Instant> instant_in(TomlTable& table, std::string_view key) {
  constexpr std::string_view expected =
      "a time with an offset, such as 2016-02-27T10:00:00Z, of the years 1900 to 2199";
  if (table.is_text(key)) return converted(table, key, expected, quantities::instant_from);
  const auto time = table.time(key);
  if (!time) return {};
  const auto local = quantities::local_instant_from(time->text);
  if (time->date_only || !time->offset_minutes || !local) {
    table.complain(key, std::string(key) + ": expected " + std::string(expected) + ", found " +
                            (time->date_only ? time->text.substr(0, 10) : time->text) +
                            (time->offset_minutes ? "" : " (no offset)"));
    return {};
  }
  const auto at = *local - quantities::minutes(*time->offset_minutes);
  return std::clamp(at, quantities::earliest_instant, quantities::latest_instant);
}

std::optional<quantities::Date> date_in(TomlTable& table, std::string_view key) {
  constexpr std::string_view expected = "a date such as 2016-02-27";
  if (table.is_text(key)) return converted(table, key, expected, quantities::date_from);
  const auto time = table.time(key);
  if (!time) return {};
  if (!time->date_only) {
    table.complain(
        key, std::string(key) + ": expected " + std::string(expected) + ", found " + time->text);
    return {};
  }
  return quantities::date_from(time->text.substr(0, 10));
}

std::optional<std::int32_t> seconds_east_from(std::string_view text) {
  if (text == "UTC" || text == "Z") return 0;
  if (text.empty() || (text.front() != '+' && text.front() != '-')) return {};
  const std::int32_t sign = text.front() == '+' ? 1 : -1;
  std::string digits(text.substr(1));
  if (digits.size() == 5 && digits[2] == ':') digits.erase(2, 1);
  if (digits.size() != 4 ||
      !std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; }))
    return {};
  const auto number = [&](std::size_t i) { return (digits[i] - '0') * 10 + (digits[i + 1] - '0'); };
  if (number(0) > 14 || number(2) > 59) return {};
  return sign * (number(0) * 3600 + number(2) * 60);
}

std::uint32_t line_of(std::string_view where) {
  const std::size_t last = where.rfind(':');
  if (last == std::string_view::npos || last == 0) return 0;
  const std::size_t before = where.rfind(':', last - 1);
  const auto number = base::whole_number(before == std::string_view::npos
                                             ? where.substr(last + 1)
                                             : where.substr(before + 1, last - before - 1));
  return number && *number >= 0 && *number <= UINT32_MAX ? static_cast<std::uint32_t>(*number) : 0;
}

std::vector<std::string> texts_in(TomlTable& table, std::string_view key, std::string_view plural) {
  auto all = table.texts(key).value_or(std::vector<std::string>{});
  for (std::string& more : table.texts(plural).value_or(std::vector<std::string>{}))
    all.push_back(std::move(more));
  return all;
}

std::string unexpected_word(std::string_view key, std::string_view found,
                            const std::vector<std::string>& words) {
  std::string message = std::string(key) + ": expected " + base::listed(words, "or") + ", found '" +
                        base::valid_utf8(found) + "'";
  if (const auto near = base::nearest_word(found, words))
    message += "; did you mean '" + *near + "'?";
  return message;
}

bool expect_word(TomlTable& table, std::string_view key, const std::string& found,
                 const std::vector<std::string>& words) {
  if (std::find(words.begin(), words.end(), found) != words.end()) return true;
  table.complain(key, unexpected_word(key, found, words));
  return false;
}

}  // namespace truce::observations
