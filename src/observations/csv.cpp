#include "observations/csv.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "observations/held_bytes.h"

namespace truce::observations {

namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

std::string_view without_carriage_return(std::string_view line) {
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

std::string normalised(std::string_view name) {
  std::string text = base::lower_case(base::trimmed(name));
  for (char& c : text)
    if (c == ' ' || c == '-') c = '_';
  return text;
}

}  // namespace

std::string_view to_string(CsvRow::Fault fault) {
  switch (fault) {
    case CsvRow::Fault::none: return "";
    case CsvRow::Fault::quote_not_closed: return "quote not closed";
    case CsvRow::Fault::text_after_quote: return "text after a closing quote";
    case CsvRow::Fault::too_long: return "record longer than 16 MiB";
  }
  return "?";
}

char detected_separator(std::string_view first_bytes) {
  const std::string_view line = first_bytes.substr(0, first_bytes.find('\n'));
  constexpr std::array candidates = {',', ';', '\t'};
  std::array<std::size_t, candidates.size()> counts{};
  bool quoted = false;
  for (const char c : line) {
    if (c == '"') quoted = !quoted;
    if (quoted) continue;
    for (std::size_t i = 0; i < candidates.size(); ++i)
      if (c == candidates[i]) ++counts[i];
  }
  const auto most = std::max_element(counts.begin(), counts.end());
  return candidates[static_cast<std::size_t>(most - counts.begin())];
}

CsvReader::CsvReader(std::function<void(const CsvRow&)> on_row, char separator, std::size_t longest)
    : on_row_(std::move(on_row)), separator_(separator), longest_(longest) {}

void CsvReader::take(std::string_view bytes) {
  const auto cut = [this](std::string_view at_hand) { return cut_rows(at_hand); };
  if (begun_) return cut_joined(held_, bytes, cut);
  held_ += bytes;
  const bool whole_line = bytes.find('\n') != std::string_view::npos;
  if (!whole_line && held_.size() <= longest_) return;
  begin();
  held_.erase(0, cut(held_));
}

void CsvReader::finish() {
  if (!begun_) begin();
  held_.erase(0, cut_rows(held_));
  if (scan_ == Scan::quoted) {
    single_lines(held_, true);
  } else if (!held_.empty()) {
    row(held_, false);
  }
  held_.clear();
  start_row();
}

// The first line is there: drop the byte order mark and find the separator.
void CsvReader::begin() {
  begun_ = true;
  if (held_.starts_with(byte_order_mark)) held_.erase(0, byte_order_mark.size());
  if (separator_ == 0) separator_ = detected_separator(held_);
}

// Hands on every whole row and returns how many bytes they took.
std::size_t CsvReader::cut_rows(std::string_view bytes) {
  std::size_t begin = 0;
  if (skipping_) {
    const std::size_t end = bytes.find('\n');
    if (end == std::string_view::npos) return bytes.size();
    skipping_ = false;
    ++line_;
    begin = end + 1;
  }
  while (true) {
    if (scanned_ == 0) begin += cut_plain_rows(bytes.substr(begin));
    const std::string_view rest = bytes.substr(begin);
    if (const auto end = end_of_row(rest)) {
      row(rest.substr(0, *end), true);
      line_ += 1 + inner_lines_;
      begin += *end + 1;
      start_row();
    } else if (scanned_ <= longest_) {
      return begin;
    } else if (inner_lines_ > 0) {
      begin += single_lines(rest.substr(0, scanned_), false);
    } else {
      fault(CsvRow::Fault::too_long, rest.substr(0, scanned_));
      const std::size_t line_end = rest.find('\n', scanned_);
      start_row();
      if (line_end == std::string_view::npos) {
        skipping_ = true;
        return bytes.size();
      }
      ++line_;
      begin += line_end + 1;
    }
  }
}

void CsvReader::offer_plain_rows(std::function<std::size_t(const PlainRows&)> take) {
  take_plain_rows_ = std::move(take);
}

// Hands on the whole rows without quotes that the bytes begin with, as many as there are, and
// returns how many bytes they took.
std::size_t CsvReader::cut_plain_rows(std::string_view bytes) {
  std::size_t begin = 0;
  while (begin < bytes.size()) {
    ends_.find(bytes.substr(begin, FieldEnds::longest), separator_);
    PlainRows rows{bytes.substr(begin), ends_.places(), ends_.row_ends(), ends_.rows(), line_};
    const auto pass = [&](std::size_t count) {
      rows.row_ends += count;
      rows.rows -= count;
      rows.line = line_ += count;
    };
    while (rows.rows > 0) {
      if (take_plain_rows_ && longest_ >= FieldEnds::longest) pass(offer(rows));
      if (rows.rows == 0 || rows.bytes_of(0) > longest_) break;
      hand_on(rows, 0);
      pass(1);
    }
    const std::size_t taken = rows.first_byte_of(0);
    if (taken == 0) break;
    begin += taken;
  }
  return begin;
}

// Returns how many were taken. Empty rows have no number.
std::size_t CsvReader::offer(const PlainRows& rows) {
  const std::uint64_t before = row_.number;
  passed_over_ = 0;
  offered_from_ = before;
  const std::size_t taken = take_plain_rows_(rows);
  row_.number = before + taken - passed_over_;
  offered_from_.reset();
  return taken;
}

// The last field may have the carriage return in it.
void CsvReader::hand_on(const PlainRows& rows, std::size_t row) {
  const std::size_t count = rows.fields_of(row);
  row_.fields.resize(count);
  for (std::size_t i = 0; i < count; ++i) row_.fields[i] = rows.field(row, i);
  const char* const begin = row_.fields.front().data();
  const char* end = row_.fields.back().data() + row_.fields.back().size();
  if (begin != end && end[-1] == '\r') {
    --end;
    row_.fields.back().remove_suffix(1);
  }
  if (begin == end) {
    ++passed_over_;
    return;
  }
  row_.ended = true;
  row_.number = offered_from_ ? *offered_from_ + row - passed_over_ + 1 : row_.number + 1;
  row_.line = rows.line + row;
  row_.text = {begin, static_cast<std::size_t>(end - begin)};
  row_.fault = CsvRow::Fault::none;
  on_row_(row_);
}

void CsvReader::start_row() {
  scanned_ = 0;
  scan_ = Scan::field_start;
  inner_lines_ = 0;
}

// The place of the line end of the row that begins with the bytes; goes on from where it stopped.
std::optional<std::size_t> CsvReader::end_of_row(std::string_view bytes) {
  for (; scanned_ < bytes.size() && scanned_ <= longest_; ++scanned_) {
    const char c = bytes[scanned_];
    if (scan_ == Scan::quoted) {
      if (c == '"') scan_ = Scan::after_quote;
      if (c == '\n') ++inner_lines_;
    } else if (c == '\n') {
      return scanned_;
    } else if (c == separator_) {
      scan_ = Scan::field_start;
    } else if (c == '"' && scan_ != Scan::plain) {
      scan_ = Scan::quoted;
    } else {
      scan_ = Scan::plain;
    }
  }
  return {};
}

void CsvReader::row(std::string_view text, bool ended) {
  text = without_carriage_return(text);
  if (text.empty()) return;
  row_.ended = ended;
  if (!split(text)) return fault(CsvRow::Fault::text_after_quote, text);
  ++row_.number;
  row_.line = line_;
  row_.text = text;
  row_.fault = CsvRow::Fault::none;
  on_row_(row_);
}

void CsvReader::fault(CsvRow::Fault what, std::string_view text) {
  ++row_.number;
  row_.line = line_;
  row_.fields.clear();
  row_.text = without_carriage_return(text);
  row_.fault = what;
  on_row_(row_);
}

// Fills row_.fields; false if text follows a closing quote.
bool CsvReader::split(std::string_view text) {
  row_.fields.clear();
  unquoted_.clear();
  unquoted_.reserve(text.size());  // so that the views into it stay
  for (std::size_t at = 0;;) {
    if (at < text.size() && text[at] == '"') {
      const std::size_t begin = unquoted_.size();
      for (++at;; ++at) {
        if (at >= text.size()) return false;
        if (text[at] == '"') {  // the end, unless another follows: then it stands for itself
          ++at;
          if (at >= text.size() || text[at] != '"') break;
        }
        unquoted_ += text[at];
      }
      row_.fields.push_back(std::string_view(unquoted_).substr(begin));
      if (at < text.size() && text[at] != separator_) return false;
    } else {
      const std::size_t end = std::min(text.find(separator_, at), text.size());
      row_.fields.push_back(text.substr(at, end - at));
      at = end;
    }
    if (at >= text.size()) return true;
    ++at;
  }
}

// A quote was opened in the first line of the text and never closed: that line is at fault, and
// the others are taken one by one, so that no byte is looked at more than twice. Returns how many
// bytes were taken: all of them, or those up to the last line end.
std::size_t CsvReader::single_lines(std::string_view text, bool last) {
  std::size_t begin = 0;
  while (begin < text.size()) {
    const std::size_t end = text.find('\n', begin);
    if (end == std::string_view::npos && !last) break;
    const std::string_view line = text.substr(begin, end - begin);
    row_.ended = end != std::string_view::npos;
    start_row();
    end_of_row(line);
    if (scan_ == Scan::quoted) {
      fault(CsvRow::Fault::quote_not_closed, line);
    } else {
      row(line, row_.ended);
    }
    if (end == std::string_view::npos) return text.size();
    ++line_;
    begin = end + 1;
  }
  start_row();
  return begin;
}

void read_csv(std::string_view text, const std::function<void(const CsvRow&)>& on_row,
              char separator) {
  CsvReader reader(on_row, separator);
  constexpr std::size_t part = 1 << 20;  // so that no second copy of the text is made
  for (std::size_t at = 0; at < text.size(); at += part) reader.take(text.substr(at, part));
  reader.finish();
}

CsvHeader::CsvHeader(const CsvRow& row, std::map<std::string, std::string> columns)
    : columns_(std::move(columns)) {
  for (const std::string_view name : row.fields) {
    by_name_.emplace(normalised(name), names_.size());
    names_.emplace_back(base::trimmed(name));
  }
}

std::optional<std::size_t> CsvHeader::column(std::string_view name) const {
  const auto mapped = columns_.find(std::string(name));
  const auto found = by_name_.find(normalised(mapped == columns_.end() ? name : mapped->second));
  if (found == by_name_.end()) return {};
  return found->second;
}

std::optional<std::size_t> CsvHeader::column_of(
    std::initializer_list<std::string_view> names) const {
  for (const std::string_view name : names)
    if (const auto at = column(name)) return at;
  return {};
}

std::string_view CsvHeader::field(const CsvRow& row, std::string_view name) const {
  return field(row, column(name));
}

std::string_view CsvHeader::field(const CsvRow& row, std::optional<std::size_t> column) {
  return column && *column < row.fields.size() ? base::trimmed(row.fields[*column]) : "";
}

}  // namespace truce::observations
