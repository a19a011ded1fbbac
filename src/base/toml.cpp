#include "base/toml.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

#define TOML_EXCEPTIONS 0
#define TOML_ENABLE_FORMATTERS 0
#define TOML_ENABLE_UNRELEASED_FEATURES 0
#include <toml++/toml.h>

#include "base/text.h"

namespace truce::base {

struct TomlTable::Document {
  toml::table root;
  std::string file;
  Problems* problems = nullptr;
};

namespace {

std::string place(const std::string& file, const toml::source_region& source) {
  return file + ":" + std::to_string(source.begin.line) + ":" + std::to_string(source.begin.column);
}

std::string_view type_name(toml::node_type type) {
  switch (type) {
    case toml::node_type::none: return "nothing";
    case toml::node_type::table: return "a table";
    case toml::node_type::array: return "an array";
    case toml::node_type::string: return "a text";
    case toml::node_type::integer: return "an integer";
    case toml::node_type::floating_point: return "a decimal number";
    case toml::node_type::boolean: return "true or false";
    case toml::node_type::date: return "a date";
    case toml::node_type::time: return "a time of day";
    case toml::node_type::date_time: return "a date and time";
  }
  return "something else";
}

std::optional<TomlTime> time_of(const toml::node& node) {
  char buffer[64];
  TomlTime time;
  const auto print = [&](const toml::date& d, const toml::time& t) {
    if (t.nanosecond != 0)
      std::snprintf(buffer, sizeof buffer, "%04u-%02u-%02uT%02u:%02u:%02u.%09u", d.year, d.month,
                    d.day, t.hour, t.minute, t.second, t.nanosecond);
    else
      std::snprintf(buffer, sizeof buffer, "%04u-%02u-%02uT%02u:%02u:%02u", d.year, d.month, d.day,
                    t.hour, t.minute, t.second);
    time.text = buffer;
  };
  if (const auto* date = node.as_date()) {
    print(date->get(), toml::time{});
    time.date_only = true;
    return time;
  }
  if (const auto* at = node.as_date_time()) {
    print(at->get().date, at->get().time);
    if (at->get().offset) time.offset_minutes = at->get().offset->minutes;
    return time;
  }
  return {};
}

// Brackets open at once, or parts of one key ("a.b.c"); counted without regard to texts, which no
// person fills with 200 of either.
bool nested_too_deep(std::string_view text) {
  constexpr int most = 200;
  int open = 0, parts = 0;
  char before = 0;
  for (char c : text) {
    if (c == '[' || c == '{') ++open;
    if (c == ']' || c == '}') open = std::max(0, open - 1);
    const bool in_key = c == '.' || c == '_' || c == '-' || c == '"' || c == '\'' || c == ' ' ||
                        c == '\t' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
                        (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80;
    if (!in_key || (c == '.' && before == '.')) parts = 0;
    if (c == '.') ++parts;
    if (open > most || parts > most) return true;
    before = c;
  }
  return false;
}

const toml::table& table_at(const void* p) {
  return *static_cast<const toml::table*>(p);
}

}  // namespace

std::optional<TomlTable> TomlTable::parse(std::string_view text, std::string_view file,
                                          Problems& problems) {
  if (!is_utf8(text)) {
    std::size_t line = 1;
    for (std::string_view row : split(text, '\n')) {
      if (!is_utf8(row)) break;
      ++line;
    }
    problems.push_back({std::string(file) + ":" + std::to_string(line),
                        "this line is not UTF-8 text; save the file as UTF-8"});
    return {};
  }
  // toml++ recurses: a file nested deeper than any person writes is refused before it is parsed.
  if (nested_too_deep(text)) {
    problems.push_back(
        {std::string(file) + ":1", "brackets or keys are nested more than 200 deep"});
    return {};
  }
  auto result = toml::parse(text);
  if (!result) {
    std::string message(result.error().description());
    problems.push_back(
        {place(std::string(file), result.error().source()), "this is not valid TOML: " + message});
    return {};
  }
  auto document = std::make_shared<Document>();
  document->root = std::move(result).table();
  document->file = std::string(file);
  document->problems = &problems;
  const void* root = &document->root;
  return TomlTable(std::move(document), root, "");
}

bool TomlTable::has(std::string_view key) const {
  return table_at(table_).contains(key);
}

std::string TomlTable::where(std::string_view key) const {
  const toml::node* node = key.empty() ? nullptr : table_at(table_).get(key);
  if (node == nullptr) {
    const auto& source = table_at(table_).source();
    return source.begin.line == 0 ? document_->file + ":1" : place(document_->file, source);
  }
  return place(document_->file, node->source());
}

std::string TomlTable::where_in(std::string_view key, std::size_t i) const {
  const toml::node* node = table_at(table_).get(key);
  if (node == nullptr || !node->is_array() || i >= node->as_array()->size()) return where(key);
  return place(document_->file, node->as_array()->get(i)->source());
}

void TomlTable::complain(std::string_view key, std::string message) {
  document_->problems->push_back({where(key), std::move(message)});
}

void TomlTable::absent(std::string_view key) {
  complain("", (name_.empty() ? "" : "[" + name_ + "] ") + std::string(key) + " is missing");
}

template <class Get>
auto TomlTable::get(std::string_view key, std::string_view expected, Get read) {
  asked_.insert(std::string(key));
  const toml::node* node = table_at(table_).get(key);
  using Value = decltype(read(*node));
  if (node == nullptr) return Value{};
  Value value = read(*node);
  if (!value)
    complain(key, std::string(key) + ": expected " + std::string(expected) + ", found " +
                      std::string(type_name(node->type())));
  return value;
}

std::optional<std::string> TomlTable::text(std::string_view key) {
  return get(key, "a text", [](const toml::node& n) { return n.value_exact<std::string>(); });
}

std::optional<std::int64_t> TomlTable::integer(std::string_view key) {
  return get(key, "an integer", [](const toml::node& n) { return n.value_exact<std::int64_t>(); });
}

std::optional<double> TomlTable::decimal(std::string_view key) {
  return get(key, "a number", [](const toml::node& n) -> std::optional<double> {
    if (const auto i = n.value_exact<std::int64_t>()) return static_cast<double>(*i);
    const auto d = n.value_exact<double>();
    if (!d || !std::isfinite(*d)) return {};
    return d;
  });
}

std::optional<bool> TomlTable::boolean(std::string_view key) {
  return get(key, "true or false", [](const toml::node& n) { return n.value_exact<bool>(); });
}

std::optional<TomlTime> TomlTable::time(std::string_view key) {
  return get(key, "a date and time such as 2016-02-27T00:00:00 (no quotes)", time_of);
}

std::optional<std::vector<std::string>> TomlTable::texts(std::string_view key) {
  return get(key, "a text or an array of texts",
             [](const toml::node& n) -> std::optional<std::vector<std::string>> {
               if (const auto one = n.value_exact<std::string>()) return std::vector{*one};
               if (!n.is_array()) return {};
               std::vector<std::string> all;
               for (const toml::node& element : *n.as_array()) {
                 const auto text = element.value_exact<std::string>();
                 if (!text) return {};
                 all.push_back(*text);
               }
               return all;
             });
}

std::optional<std::vector<TomlTime>> TomlTable::times(std::string_view key) {
  return get(key, "an array of dates or times",
             [](const toml::node& n) -> std::optional<std::vector<TomlTime>> {
               if (!n.is_array()) return {};
               std::vector<TomlTime> all;
               for (const toml::node& element : *n.as_array()) {
                 const auto time = time_of(element);
                 if (!time) return {};
                 all.push_back(*time);
               }
               return all;
             });
}

std::optional<TomlTable> TomlTable::table(std::string_view key) {
  return get(key, "a table", [&](const toml::node& n) -> std::optional<TomlTable> {
    if (!n.is_table()) return {};
    return TomlTable(document_, n.as_table(),
                     name_.empty() ? std::string(key) : name_ + "." + std::string(key));
  });
}

std::vector<std::pair<std::string, TomlTable>> TomlTable::children(std::string_view key) {
  std::vector<std::pair<std::string, TomlTable>> all;
  auto parent = table(key);
  if (!parent) return all;
  for (const std::string& name : parent->keys()) {
    if (auto child = parent->table(name)) all.emplace_back(name, std::move(*child));
  }
  return all;
}

std::vector<TomlTable> TomlTable::tables(std::string_view key) {
  auto found = get(key, "an array of tables",
                   [&](const toml::node& n) -> std::optional<std::vector<TomlTable>> {
                     if (!n.is_array()) return {};
                     std::vector<TomlTable> all;
                     for (const toml::node& element : *n.as_array()) {
                       if (!element.is_table()) return {};
                       all.push_back(TomlTable(document_, element.as_table(), std::string(key)));
                     }
                     return all;
                   });
  return found ? std::move(*found) : std::vector<TomlTable>{};
}

bool TomlTable::is_table(std::string_view key) const {
  const toml::node* node = table_at(table_).get(key);
  return node != nullptr && node->is_table();
}
bool TomlTable::is_text(std::string_view key) const {
  const toml::node* node = table_at(table_).get(key);
  return node != nullptr && node->is_string();
}
bool TomlTable::is_array(std::string_view key) const {
  const toml::node* node = table_at(table_).get(key);
  return node != nullptr && node->is_array();
}

std::optional<std::string> TomlTable::required_text(std::string_view key) {
  if (!has(key)) {
    asked_.insert(std::string(key));
    absent(key);
    return {};
  }
  return text(key);
}

std::optional<TomlTime> TomlTable::required_time(std::string_view key) {
  if (!has(key)) {
    asked_.insert(std::string(key));
    absent(key);
    return {};
  }
  return time(key);
}

std::vector<std::string> TomlTable::keys() const {
  std::vector<std::pair<toml::source_position, std::string>> placed;
  for (const auto& [key, node] : table_at(table_))
    placed.emplace_back(key.source().begin, std::string(key.str()));
  std::stable_sort(placed.begin(), placed.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<std::string> all;
  for (auto& [at, key] : placed) all.push_back(std::move(key));
  return all;
}

void TomlTable::report_unknown_keys() {
  const std::vector<std::string> known(asked_.begin(), asked_.end());
  for (const std::string& key : keys()) {
    if (asked_.contains(key)) continue;
    std::string message = "unknown key '" + key + "'";
    if (!name_.empty()) message += " in [" + name_ + "]";
    if (const auto near = nearest_word(key, known)) message += "; did you mean '" + *near + "'?";
    const auto& table = table_at(table_);
    for (const auto& [k, node] : table)
      if (k.str() == key)
        document_->problems->push_back({place(document_->file, k.source()), message});
  }
}

}  // namespace truce::base
