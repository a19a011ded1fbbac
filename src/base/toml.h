// TOML: reading TOML 1.0 with every problem placed. The one file that knows the library (toml++).
//
//   Problems problems;
//   auto root = TomlTable::parse(text, "sources.toml", problems);   // nothing on a syntax error
//   for (auto& [id, table] : root->children("sources")) {
//     source.title = table.text("title").value_or("");
//     table.report_unknown_keys();
//   }
//   root->report_unknown_keys();
//
// An accessor returns nothing when the key is absent; when it is there with another type it reports
// a problem ("expected a text, found an integer") and returns nothing as well. Every key that is
// asked for is remembered; report_unknown_keys() reports those that nobody asked for, with the
// nearest known one. toml++ stops at the first syntax error; that one is reported.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace truce::base {

/// A TOML date or date-time, as written.
struct TomlTime {
  std::string text;  ///< "2016-02-27T00:00:00", without offset; a date alone has T00:00:00.
  bool date_only = false;
  std::optional<int> offset_minutes;  ///< East of UTC; nothing for local times.
};

class TomlTable {
 public:
  static std::optional<TomlTable> parse(std::string_view text, std::string_view file,
                                        Problems& problems);

  bool has(std::string_view key) const;
  std::optional<std::string> text(std::string_view key);
  std::optional<std::int64_t> integer(std::string_view key);
  std::optional<double> decimal(
      std::string_view key);  ///< Integers too; not-a-number is a problem.
  std::optional<bool> boolean(std::string_view key);
  std::optional<TomlTime> time(std::string_view key);
  /// An array of texts, or one text standing for an array of one.
  std::optional<std::vector<std::string>> texts(std::string_view key);
  std::optional<std::vector<TomlTime>> times(std::string_view key);
  std::optional<TomlTable> table(std::string_view key);
  /// The tables under a key by name, in the order written: [sources.a] [sources.b].
  std::vector<std::pair<std::string, TomlTable>> children(std::string_view key);
  /// An array of tables [[key]], or of inline tables.
  std::vector<TomlTable> tables(std::string_view key);
  /// True if the key holds a table, a text, an array...
  bool is_table(std::string_view key) const;
  bool is_text(std::string_view key) const;
  bool is_array(std::string_view key) const;
  /// The same accessor calls, but absent is a problem as well: "title is missing".
  std::optional<std::string> required_text(std::string_view key);
  std::optional<TomlTime> required_time(std::string_view key);

  std::vector<std::string> keys() const;  ///< In the order written.
  /// "file:line:column" of a key's value, or of the table if the key is absent.
  std::string where(std::string_view key = {}) const;
  void complain(std::string_view key, std::string message);
  /// Also the place of element i of an array under a key.
  std::string where_in(std::string_view key, std::size_t i) const;
  void expect_also(std::string_view key) { asked_.insert(std::string(key)); }
  void report_unknown_keys();

 private:
  struct Document;
  TomlTable(std::shared_ptr<Document> document, const void* table, std::string name)
      : document_(std::move(document)), table_(table), name_(std::move(name)) {}
  void absent(std::string_view key);
  template <class Get>
  auto get(std::string_view key, std::string_view expected, Get read);

  std::shared_ptr<Document> document_;
  const void* table_;
  std::string name_;  ///< "sources.amman", for messages.
  std::set<std::string, std::less<>> asked_;
};

}  // namespace truce::base
