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
// Whole rows without quotes are cut many bytes at a time (FieldEnds); all others byte by byte.
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

class CsvReader {
 public:
  /// The longest row that is read (16 MiB).
  static constexpr std::size_t longest_row = 16 * 1024 * 1024;

  /// `separator` 0 means: find out from the first line.
  explicit CsvReader(std::function<void(const CsvRow&)> on_row, char separator = 0,
                     std::size_t longest = longest_row);
  void take(std::string_view bytes);
  void finish();
  /// Comma, semicolon or tab; 0 before the first line was seen.
  char separator() const { return separator_; }

 private:
  enum class Scan : std::uint8_t { field_start, plain, quoted, after_quote };

  void begin();
  std::size_t cut_rows(std::string_view bytes);
  std::size_t cut_plain_rows(std::string_view bytes);
  void plain_row(std::string_view text, std::size_t fields);
  std::optional<std::size_t> end_of_row(std::string_view bytes);
  void start_row();
  void row(std::string_view text, bool ended);
  void fault(CsvRow::Fault what, std::string_view text);
  bool split(std::string_view text);
  std::size_t single_lines(std::string_view text, bool last);

  std::function<void(const CsvRow&)> on_row_;
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
  std::string unquoted_;  // holds what quoted fields say
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
