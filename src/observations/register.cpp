// Register: aircraft registers in CSV, by their columns.
#include <algorithm>
#include <expected>

#include "base/text.h"
#include "observations/affiliation.h"
#include "observations/csv.h"
#include "observations/rejection.h"

namespace truce::observations {

namespace {

using Reason = std::string_view;

// Where each thing stands in a row.
struct Columns {
  std::optional<std::size_t> address, registration, type, operator_name, owner, category,
      emitter_words, military, flags;
};

// tar1090-db's aircraft.csv has no header: icao;registration;type;flags;description;year;owner;
constexpr std::size_t tar1090_operator = 6;
Columns tar1090_columns() {
  Columns c;
  c.address = 0;
  c.registration = 1;
  c.type = 2;
  c.flags = 3;
  c.operator_name = tar1090_operator;
  return c;
}

Columns columns_of(const CsvHeader& header) {
  Columns c;
  c.address = header.column_of({"address", "icao24", "icao", "hex", "icao_address"});
  c.registration = header.column_of({"registration", "reg", "r"});
  c.type = header.column_of({"typecode", "type", "icao_type", "t"});
  c.operator_name = header.column_of({"operator", "operator_name", "own_op", "ownop"});
  c.owner = header.column_of({"owner"});
  c.category = header.column_of({"category", "icaoaircrafttype", "icaoaircraftclass", "class"});
  c.emitter_words = header.column_of({"categorydescription", "category_description"});
  c.military = header.column_of({"military"});
  c.flags = header.column_of({"flags"});
  return c;
}

// OpenSky spells emitter categories out.
std::string_view emitter_code(std::string_view words) {
  const std::string small = base::lower_case(words);
  const struct {
    std::string_view begins, code;
  } meanings[] = {{"light (", "A1"},     {"small (", "A2"},  {"large (", "A3"},
                  {"high vortex", "A4"}, {"heavy (", "A5"},  {"high performance", "A6"},
                  {"rotorcraft", "A7"},  {"glider", "B1"},   {"lighter-than-air", "B2"},
                  {"ultralight", "B4"},  {"unmanned", "B6"}, {"space", "B7"}};
  for (const auto& m : meanings)
    if (small.starts_with(m.begins)) return m.code;
  return "";
}

// The newer OpenSky files put fields into single quotes, with '' for one quote.
class SingleQuotedRow {
 public:
  explicit SingleQuotedRow(std::string_view text) {
    std::string field;
    bool quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
      const char c = text[i];
      if (c == '\'' && quoted && i + 1 < text.size() && text[i + 1] == '\'') {
        field += c;
        ++i;
      } else if (c == '\'' && (quoted || field.empty())) {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        storage_.push_back(std::move(field));
        field.clear();
      } else {
        field += c;
      }
    }
    storage_.push_back(std::move(field));
    closed_ = !quoted;
  }
  bool closed() const { return closed_; }
  CsvRow row_like(const CsvRow& original) const {
    CsvRow row = original;
    row.fault = closed_ ? CsvRow::Fault::none : CsvRow::Fault::quote_not_closed;
    row.fields.assign(storage_.begin(), storage_.end());
    return row;
  }

 private:
  std::vector<std::string> storage_;
  bool closed_ = true;
};

class RegisterReader {
 public:
  RegisterReader(std::uint32_t input, RegisterReading& reading)
      : input_(input), reading_(reading) {}

  void take(const CsvRow& row) {
    if (!begun_) {
      begun_ = true;
      single_quotes_ = row.text.starts_with('\'') || row.text.starts_with("\xEF\xBB\xBF'");
    }
    if (!single_quotes_) return take_fields(row);
    const SingleQuotedRow requoted(row.text);
    take_fields(requoted.row_like(row));
  }

 private:
  void take_fields(const CsvRow& row) {
    if (!columns_) {
      if (take_first(row)) return;
    }
    ++reading_.records;
    auto facts = facts_of(row);
    if (!facts) return reject(row, facts.error());
    if (tells_something(*facts)) reading_.facts.push_back(std::move(*facts));
  }

  // The header, or the first row of a file that has none. True if there is no more to do with it.
  bool take_first(const CsvRow& row) {
    if (!row.fields.empty() && address_from(base::trimmed(row.fields[0]))) {
      columns_ = tar1090_columns();
      return false;
    }
    const CsvHeader header(row);
    columns_ = columns_of(header);
    width_ = header.size();
    if (!columns_->address)
      reject(row, "the header has no column for the address (icao24, icao, hex or address)");
    return true;
  }

  std::expected<AircraftFacts, Reason> facts_of(const CsvRow& row) const {
    if (row.fault != CsvRow::Fault::none) return std::unexpected(to_string(row.fault));
    if (!base::is_utf8(row.text)) return std::unexpected("this line is not UTF-8 text");
    if (!columns_->address) return std::unexpected("no column for the address");
    if (width_ != 0 && row.fields.size() > width_)
      return std::unexpected("more fields than the header has");
    const auto field = [&](std::optional<std::size_t> column) {
      return std::string(base::trimmed(CsvHeader::field(row, column)));
    };
    AircraftFacts facts;
    const auto address = address_from(field(columns_->address));
    if (!address) return std::unexpected("address is not six hexadecimal digits");
    if (address->value == 0 || address->value == 0xFFFFFF)
      return std::unexpected("address 000000 or ffffff belongs to no aircraft");
    facts.address = *address;
    facts.evidence = {input_, static_cast<std::uint32_t>(row.line)};
    facts.registration = field(columns_->registration);
    facts.type = field(columns_->type);
    facts.operator_name = field(columns_->operator_name);
    if (facts.operator_name.empty()) facts.operator_name = field(columns_->owner);
    for (char c : field(columns_->category))
      facts.category += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    if (facts.category.empty()) facts.category = emitter_code(field(columns_->emitter_words));
    if (const auto military = military_in(field(columns_->military), field(columns_->flags)))
      facts.military = *military;
    else
      return std::unexpected(military.error());
    return facts;
  }

  // A column of our own says yes or no. The flags of tar1090-db say "military" with a first '1'; a
  // '0' there says that nobody has marked the aircraft yet, and is no answer.
  static std::expected<std::optional<bool>, Reason> military_in(const std::string& word,
                                                                const std::string& flags) {
    const std::string said = base::lower_case(word);
    if (said == "yes" || said == "true" || said == "1") return true;
    if (said == "no" || said == "false" || said == "0") return false;
    if (!said.empty() && said != "unknown")
      return std::unexpected("military is not yes, no or unknown");
    if (flags.find_first_not_of("01") != std::string::npos)
      return std::unexpected("flags are not digits 0 and 1");
    if (flags.starts_with('1')) return true;
    return std::optional<bool>{};
  }

  static bool tells_something(const AircraftFacts& f) {
    return !f.registration.empty() || !f.type.empty() || !f.operator_name.empty() ||
           !f.category.empty() || f.military;
  }

  void reject(const CsvRow& row, Reason reason) {
    reading_.rejected.push_back(rejection(input_, row.line, reason, row.text));
  }

  std::uint32_t input_;
  RegisterReading& reading_;
  std::optional<Columns> columns_;
  std::size_t width_ = 0;  ///< Of the header; 0 if there is none.
  bool begun_ = false;
  bool single_quotes_ = false;
};

}  // namespace

RegisterReading read_register(std::string_view csv, std::uint32_t input) {
  RegisterReading reading;
  RegisterReader reader(input, reading);
  read_csv(csv, [&](const CsvRow& row) { reader.take(row); });
  return reading;
}

}  // namespace truce::observations
