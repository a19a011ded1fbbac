// CSV: rows of separated values (RFC 4180) out of bytes that come in parts of any size.
//
//   CsvReader reader([&](const CsvRow& row) { ... row.fields[2] ... });
//   while (bytes come) reader.take(bytes);
//   reader.finish();
//
//   read_csv(text, [&](const CsvRow& row) {                  // the same for a whole text
//     if (!header) return void(header.emplace(row));         // CsvHeader header
//     if (row.fault != CsvRow::Fault::none) ...reject...
//     std::string_view place = header->field(row, "latitude");
//   });
//
// Fields may stand in double quotes, in which a separator and a line end are text and "" is one
// quote. Lines end with LF or CR LF. A byte order mark (UTF-8) at the beginning is dropped. Empty
// lines are passed over. The separator (comma, semicolon or tab) is the one most frequent in the
// first line outside quotes; the comma where they tie. Spaces around a field belong to it.
//
// A row that cannot be cut (a quote never closed, text after a closing quote, longer than the
// limit) is handed on with its fault and without fields, and reading goes on at the next line. No
// more than one row, and never more than the limit, is held at a time. Work is linear in the bytes.
//
// Whole rows without quotes are cut many bytes at a time (FieldEnds); all others byte by byte. Who
// can do more with many of those at once than with one after another may ask for them so
// (PlainRows).
#pragma once

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "observations/field_ends.h"

namespace truce::observations {

struct CsvRow {
  enum class Fault : std::uint8_t { none, quote_not_closed, text_after_quote, too_long };

  std::uint64_t number = 0;              ///< From 1; the header, if there is one, is row 1.
  std::uint64_t line = 0;                ///< Line of the file on which the row begins, from 1.
  std::vector<std::string_view> fields;  ///< Unquoted. Valid during the call only.
  std::string_view text;                 ///< As it came, without its line end.
  bool ended = true;  ///< False for a last row without a line end: its last field may be cut off.
  Fault fault = Fault::none;
};
/// "quote not closed", "text after a closing quote", "record longer than 16 MiB", or "".
std::string_view to_string(CsvRow::Fault fault);

/// Whole rows without quotes that follow one another, and where their fields end.
struct PlainRows {
  std::string_view text;  ///< Their bytes, and those that follow them as far as known.
  const std::uint32_t* ends = nullptr;  ///< Of all their fields; ends[-1] is there (FieldEnds).
  /// How many ends there are up to that of each row; row_ends[-1] is there.
  const std::uint32_t* row_ends = nullptr;
  std::size_t rows = 0;
  std::uint64_t line = 0;  ///< Of the first; each row is one line.

  std::uint32_t first_byte_of(std::size_t row) const { return ends[begin_of(row) - 1] + 1; }
  std::size_t bytes_of(std::size_t row) const {
    return ends[row_ends[row] - 1] - first_byte_of(row);
  }
  std::size_t fields_of(std::size_t row) const {
    return row_ends[row] - static_cast<std::size_t>(begin_of(row));
  }
  /// The first end of a row among the ends.
  std::ptrdiff_t begin_of(std::size_t row) const {
    return row_ends[static_cast<std::ptrdiff_t>(row) - 1];
  }
  /// A field of a row by its place; in the last one a carriage return may remain.
  std::string_view field(std::size_t row, std::size_t place) const {
    const std::uint32_t* const end = ends + begin_of(row) + static_cast<std::ptrdiff_t>(place);
    const std::uint32_t begin = end[-1] + 1;
    return {text.data() + begin, end[0] - begin};
  }
};

class CsvReader {
 public:
  /// The longest row that is read (16 MiB).
  static constexpr std::size_t longest_row = 16 * 1024 * 1024;

  /// `separator` 0 means: find out from the first line.
  explicit CsvReader(std::function<void(const CsvRow&)> on_row, char separator = 0,
                     std::size_t longest = longest_row);
  /// Offers plain rows to `take`, which returns how many it has taken; the next one then comes as
  /// any other row does. It may have a row that it took handed on in that way: hand_on().
  void offer_plain_rows(std::function<std::size_t(const PlainRows&)> take);
  /// To be called while the rows are offered.
  void hand_on(const PlainRows& rows, std::size_t row);
  void take(std::string_view bytes);
  void finish();
  /// Comma, semicolon or tab; 0 before the first line was seen.
  char separator() const { return separator_; }

 private:
  enum class Scan : std::uint8_t { field_start, plain, quoted, after_quote };

  void begin();
  std::size_t cut_rows(std::string_view bytes);
  std::size_t cut_plain_rows(std::string_view bytes);
  std::size_t offer(const PlainRows& rows);
  std::optional<std::size_t> end_of_row(std::string_view bytes);
  void start_row();
  void row(std::string_view text, bool ended);
  void fault(CsvRow::Fault what, std::string_view text);
  bool split(std::string_view text);
  std::size_t single_lines(std::string_view text, bool last);

  std::function<void(const CsvRow&)> on_row_;
  std::function<std::size_t(const PlainRows&)> take_plain_rows_;
  char separator_;
  std::size_t longest_;
  std::string held_;         // the row that is not yet whole
  std::size_t scanned_ = 0;  // bytes of it already looked at
  Scan scan_ = Scan::field_start;
  std::uint64_t inner_lines_ = 0;  // line ends inside quotes, in the row being scanned
  bool skipping_ = false;          // in a row longer than the limit
  bool begun_ = false;             // the byte order mark was looked for
  std::uint64_t line_ = 1;         // of the row that begins next
  CsvRow row_;
  FieldEnds ends_;
  std::optional<std::uint64_t> offered_from_;  // number of the row before those that are offered
  std::uint64_t passed_over_ = 0;              // empty rows among them
  std::string unquoted_;                       // holds what quoted fields say
};

/// Every row of a text.
void read_csv(std::string_view text, const std::function<void(const CsvRow&)>& on_row,
              char separator = 0);

/// Names of columns. Case, surrounding spaces, and the choice between space, '-' and '_' inside
/// do not matter. Where a name stands twice, the first counts.
class CsvHeader {
 public:
  /// `columns` maps our name to the file's (the column map of a source); a name that it lacks
  /// stands for itself.
  explicit CsvHeader(const CsvRow& row, std::map<std::string, std::string> columns = {});
  std::size_t size() const { return names_.size(); }
  const std::vector<std::string>& names() const { return names_; }  ///< As the file has them.

  std::optional<std::size_t> column(std::string_view name) const;
  bool has(std::string_view name) const { return column(name).has_value(); }
  /// The first of several names that is there.
  std::optional<std::size_t> column_of(std::initializer_list<std::string_view> names) const;
  /// The field of a row without the spaces around it; "" if there is no such column or the row is
  /// too short.
  std::string_view field(const CsvRow& row, std::string_view name) const;
  static std::string_view field(const CsvRow& row, std::optional<std::size_t> column);

 private:
  std::vector<std::string> names_;
  std::map<std::string, std::size_t, std::less<>> by_name_;  // normalised
  std::map<std::string, std::string> columns_;
};

/// The separator most frequent in the first line, outside quotes.
char detected_separator(std::string_view first_bytes);

}  // namespace truce::observations
