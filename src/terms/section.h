// Section: one table of agreement.toml together with the keys that it may hold.
//
// It forwards to base::TomlTable and insists that the reader asks only for keys of the shape, so
// that nothing is accepted which the JSON Schema does not offer. Phrases (heights, hours, ...)
// are read on the way, and what they are not is reported at the place of the value.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/toml.h"
#include "terms/agreement.h"
#include "terms/agreement_keys.h"
#include "terms/phrases.h"

namespace truce::terms {

class Section {
 public:
  /// `problems` is the list that the table was parsed with.
  Section(base::TomlTable table, const Shape& shape, base::Problems& problems)
      : table_(std::move(table)), problems_(&problems), shape_(&shape) {}

  bool has(std::string_view key) const { return table_.has(key); }
  bool is_text(std::string_view key) const { return table_.is_text(key); }
  bool is_table(std::string_view key) const { return table_.is_table(key); }
  bool is_array(std::string_view key) const { return table_.is_array(key); }
  std::string where(std::string_view key = {}) const { return table_.where(key); }
  std::string where_in(std::string_view key, std::size_t i) const {
    return table_.where_in(key, i);
  }
  std::vector<std::string> keys() const { return table_.keys(); }
  void complain(std::string_view key, std::string message) {
    table_.complain(key, std::move(message));
  }

  std::optional<std::string> text(std::string_view key);  ///< Not blank; one of its choices.
  std::optional<std::string> text_as_written(std::string_view key);
  std::optional<std::vector<std::string>> texts(std::string_view key);  ///< The same, each once.
  std::optional<std::vector<std::string>> array(std::string_view key);  ///< As they stand.
  std::optional<bool> boolean(std::string_view key);
  std::optional<std::int64_t> integer(std::string_view key);
  std::optional<double> decimal(std::string_view key);
  std::optional<base::TomlTime> time(std::string_view key);
  std::optional<quantities::Date> date(std::string_view key);
  std::optional<Names> names(std::string_view key);
  std::optional<Limit> limit(std::string_view key);
  /// Whether a text stands there that is this word, whatever kind of value the key takes.
  bool text_is(std::string_view key, std::string_view word);
  std::optional<Length> length(std::string_view key);  ///< More than zero.
  std::optional<Duration> duration(std::string_view key);
  std::optional<std::int32_t> clock(std::string_view key);
  std::optional<NoticeNeed> notice(std::string_view key);
  std::optional<Section> table(std::string_view key);
  std::vector<Section> tables(std::string_view key);
  std::vector<std::pair<std::string, Section>> by_id(std::string_view key);
  /// Texts under ids that the writer chose, in the order written, each with its place.
  struct Entry {
    std::string id;
    std::string text;
    std::string where;
  };
  std::vector<Entry> texts_by_id(std::string_view key);

  /// Reports that a required key is missing, and says whether it is there.
  bool require(std::string_view key);
  /// Reports the keys that stand here and mean nothing; for those that `refused` names, with the
  /// message beside them.
  struct Refused {
    std::string_view key;
    std::string_view message;
  };
  void finish(const std::vector<Refused>& refused = {});

 private:
  const Field& field(std::string_view key) const;  ///< CHECKs that the shape has it.
  std::string place_of(std::string_view key, std::size_t i) const;
  void complain_at(std::string where, std::string message);
  template <class T>
  std::optional<T> phrase(std::string_view key, Understood<T> (*read)(std::string_view));
  /// The choice that a text stands for; any text where there are none.
  std::optional<std::string> chosen(const Field& known, std::string text, const std::string& where);

  base::TomlTable table_;
  base::Problems* problems_;
  const Shape* shape_;
};

/// Adds to a message which of the candidates was probably meant: "...; did you mean 'ru'?"
std::string with_suggestion(std::string message, std::string_view word,
                            const std::vector<std::string>& candidates);

}  // namespace truce::terms
