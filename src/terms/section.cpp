#include "terms/section.h"

#include <algorithm>

#include "base/check.h"
#include "base/text.h"

namespace truce::terms {

namespace {

// "Fixed-Wing" and "fixed_wing" are the word "fixed wing".
std::string plain_word(std::string_view text) {
  std::string word = base::lower_case(base::trimmed(text));
  std::replace(word.begin(), word.end(), '_', ' ');
  std::replace(word.begin(), word.end(), '-', ' ');
  return word;
}

bool is_language_tag(std::string_view tag) {
  const auto parts = base::split(tag, '-');
  const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  const auto is_tag_part = [&](std::string_view part) {
    return !part.empty() && part.size() <= 8 && std::all_of(part.begin(), part.end(), [&](char c) {
      return is_letter(c) || (c >= '0' && c <= '9');
    });
  };
  return parts.front().size() >= 2 && parts.front().size() <= 3 &&
         std::all_of(parts.front().begin(), parts.front().end(), is_letter) &&
         std::all_of(parts.begin(), parts.end(), is_tag_part);
}

}  // namespace

std::string with_suggestion(std::string message, std::string_view word,
                            const std::vector<std::string>& candidates) {
  if (const auto near = base::nearest_word(word, candidates))
    message += "; did you mean '" + *near + "'?";
  return message;
}

const Field& Section::field(std::string_view key) const {
  const Field* found = shape_->field(key);
  CHECK(found != nullptr);
  return *found;
}

std::string Section::place_of(std::string_view key, std::size_t i) const {
  return table_.is_array(key) ? table_.where_in(key, i) : table_.where(key);
}

void Section::complain_at(std::string where, std::string message) {
  problems_->push_back({std::move(where), std::move(message)});
}

std::optional<std::string> Section::chosen(const Field& known, std::string text,
                                           const std::string& where) {
  if (base::trimmed(text).empty()) {
    complain_at(where, std::string(known.key) + " is an empty text");
    return {};
  }
  if (known.choices.empty()) return text;
  for (const std::string& choice : known.choices)
    if (plain_word(choice) == plain_word(text)) return choice;
  std::vector<std::string> quoted;
  for (const std::string& choice : known.choices) quoted.push_back("\"" + choice + "\"");
  const std::string message = std::string(known.key) + ": '" + text + "' is not known; expected " +
                              base::listed(quoted, "or");
  complain_at(where, with_suggestion(message, text, known.choices));
  return {};
}

std::optional<std::string> Section::text_as_written(std::string_view key) {
  field(key);
  return table_.text(key);
}

std::optional<std::string> Section::text(std::string_view key) {
  const auto text = text_as_written(key);
  return text ? chosen(field(key), *text, where(key)) : std::nullopt;
}

std::optional<std::vector<std::string>> Section::texts(std::string_view key) {
  const auto all = array(key);
  if (!all) return {};
  std::vector<std::string> kept;
  for (std::size_t i = 0; i < all->size(); ++i) {
    const auto one = chosen(field(key), (*all)[i], place_of(key, i));
    if (!one) continue;
    if (std::find(kept.begin(), kept.end(), *one) != kept.end())
      complain_at(place_of(key, i), std::string(key) + " names '" + *one + "' twice");
    else
      kept.push_back(*one);
  }
  return kept;
}

std::optional<std::vector<std::string>> Section::array(std::string_view key) {
  field(key);
  return table_.texts(key);
}

std::optional<bool> Section::boolean(std::string_view key) {
  field(key);
  return table_.boolean(key);
}

std::optional<std::int64_t> Section::integer(std::string_view key) {
  field(key);
  return table_.integer(key);
}

std::optional<double> Section::decimal(std::string_view key) {
  field(key);
  return table_.decimal(key);
}

std::optional<base::TomlTime> Section::time(std::string_view key) {
  field(key);
  return table_.time(key);
}

std::optional<quantities::Date> Section::date(std::string_view key) {
  field(key);
  const auto time = table_.time(key);
  if (!time) return {};
  const auto date = quantities::date_from(std::string_view(time->text).substr(0, 10));
  if (time->date_only && date) return date;
  complain(key, std::string(key) + ": expected a date such as 2016-02-27, without a time");
  return {};
}

std::optional<Names> Section::names(std::string_view key) {
  field(key);
  if (!table_.is_table(key)) {
    const auto one = text(key);
    return one ? std::optional(Names{{"en", *one}}) : std::nullopt;
  }
  auto by_language = table_.table(key);
  Names names;
  for (const std::string& language : by_language->keys()) {
    const auto name = by_language->text(language);
    if (!is_language_tag(language))
      complain_at(by_language->where(language), "'" + language +
                                                    "' is no language tag; expected one such as "
                                                    "'en', 'ar' or 'zh-Hant'");
    else if (name && base::trimmed(*name).empty())
      complain_at(by_language->where(language), std::string(key) + " is an empty text");
    else if (name)
      names.emplace(language, *name);
  }
  if (by_language->keys().empty()) complain(key, std::string(key) + " is an empty table");
  return names;
}

template <class T>
std::optional<T> Section::phrase(std::string_view key, Understood<T> (*read)(std::string_view)) {
  const auto written = text_as_written(key);
  if (!written) return {};
  const Understood<T> understood = read(*written);
  if (understood) return *understood;
  complain(key, std::string(key) + ": " + understood.error());
  return {};
}

std::optional<Limit> Section::limit(std::string_view key) {
  return phrase<Limit>(key, limit_from);
}

bool Section::text_is(std::string_view key, std::string_view word) {
  const auto written = text_as_written(key);
  return written && plain_word(*written) == word;
}

std::optional<std::int32_t> Section::clock(std::string_view key) {
  return phrase<std::int32_t>(key, clock_from);
}

std::optional<NoticeNeed> Section::notice(std::string_view key) {
  return phrase<NoticeNeed>(key, notice_from);
}

std::optional<Length> Section::length(std::string_view key) {
  return phrase<Length>(key, [](std::string_view text) -> Understood<Length> {
    const auto length = quantities::length_from(text);
    if (!length)
      return std::unexpected("'" + std::string(text) +
                             "' is no length; expected one such as \"12 km\", \"250 m\", \"3 NM\" "
                             "or \"500 ft\"");
    if (*length <= Length{})
      return std::unexpected("'" + std::string(text) + "' is not more than nothing");
    return *length;
  });
}

std::optional<Duration> Section::duration(std::string_view key) {
  return phrase<Duration>(key, [](std::string_view text) -> Understood<Duration> {
    const auto duration = quantities::duration_from(text);
    if (!duration)
      return std::unexpected("'" + std::string(text) +
                             "' is no duration; expected one such as \"90 s\", \"30 min\", \"2 "
                             "h\" or \"5 days\"");
    return *duration;
  });
}

std::optional<Section> Section::table(std::string_view key) {
  const Field& known = field(key);
  CHECK(known.shape != nullptr);
  auto found = table_.table(key);
  if (!found) return {};
  return Section(std::move(*found), *known.shape, *problems_);
}

std::vector<Section> Section::tables(std::string_view key) {
  const Field& known = field(key);
  CHECK(known.shape != nullptr);
  std::vector<Section> all;
  for (base::TomlTable& found : table_.tables(key))
    all.emplace_back(std::move(found), *known.shape, *problems_);
  return all;
}

namespace {

bool is_id(std::string_view id) {
  const auto is_control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; };
  return !base::trimmed(id).empty() && base::trimmed(id) == id && id.size() <= 100 &&
         std::none_of(id.begin(), id.end(), is_control);
}

constexpr std::string_view bad_id =
    "an id must be 1 to 100 bytes long, without control characters or spaces around it";

}  // namespace

std::vector<std::pair<std::string, Section>> Section::by_id(std::string_view key) {
  const Field& known = field(key);
  CHECK(known.shape != nullptr);
  std::vector<std::pair<std::string, Section>> all;
  for (auto& [id, found] : table_.children(key)) {
    if (!is_id(id)) complain_at(found.where(), std::string(bad_id));
    all.emplace_back(id, Section(std::move(found), *known.shape, *problems_));
  }
  return all;
}

std::vector<Section::Entry> Section::texts_by_id(std::string_view key) {
  field(key);
  std::vector<Entry> all;
  auto found = table_.table(key);
  if (!found) return all;
  for (const std::string& id : found->keys()) {
    const std::string where = found->where(id);
    const auto text = found->text(id);
    if (!is_id(id)) complain_at(where, std::string(bad_id));
    if (text) all.push_back({id, *text, where});
  }
  return all;
}

bool Section::require(std::string_view key) {
  if (has(key)) return true;
  field(key);
  table_.required_text(key);  // reports by name that it is missing
  return false;
}

void Section::finish(const std::vector<Refused>& refused) {
  for (const Refused& r : refused) {
    table_.expect_also(r.key);
    if (has(r.key)) complain(r.key, std::string(r.message));
  }
  table_.report_unknown_keys();
}

}  // namespace truce::terms
