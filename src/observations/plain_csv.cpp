#include "observations/plain_csv.h"

#include <array>
#include <optional>
#include <vector>

#include "base/text.h"
#include "observations/decimals.h"
#include "observations/delivery.h"
#include "observations/field_values.h"

namespace truce::observations {

namespace {

using quantities::Duration;
using quantities::Instant;

using ColumnMap = std::map<std::string, std::string>;

const ColumnMap& opensky_columns() {
  static const ColumnMap columns = {
      {"time", "lastposupdate"},
      {"written_at", "time"},
      {"address", "icao24"},
      {"latitude", "lat"},
      {"longitude", "lon"},
      {"ground_speed_m_s", "velocity"},
      {"track", "heading"},
      {"vertical_rate_m_s", "vertrate"},
      {"call_sign", "callsign"},
      {"on_ground", "onground"},
      {"pressure_altitude_m", "baroaltitude"},
      {"geometric_height_m", "geoaltitude"},
  };
  return columns;
}

// Exports write what they do not know in several ways.
std::string_view given(std::string_view field) {
  // Nearly every field is seen at its first byte to be none of them.
  if (field.empty() || (field.front() != 'n' && field.front() != 'N' && field.front() != '\\') ||
      field.size() > 4)
    return field;
  const std::string word = base::lower_case(field);
  for (const std::string_view nothing : {"null", "nan", "na", "none", "\\n"})
    if (word == nothing) return {};
  return field;
}

constexpr bool is_visible(char c) {
  return static_cast<unsigned char>(c) > ' ';
}

// What a field says; "" where it says that it is not known.
std::string_view said_by(std::string_view field) {
  // Most fields have no spaces around them.
  const bool bare = field.empty() || (is_visible(field.front()) && is_visible(field.back()));
  return given(bare ? field : base::trimmed(field));
}

PositionSource position_source_of(std::string_view text) {
  if (text.empty()) return PositionSource::unknown;
  std::string word = base::lower_case(text);
  std::erase_if(word, [](char c) { return c == '-' || c == '_' || c == ' '; });
  if (word == "adsb") return PositionSource::ads_b;
  if (word == "mlat") return PositionSource::mlat;
  if (word == "tisb") return PositionSource::tis_b;
  if (word == "adsc") return PositionSource::ads_c;
  if (word == "modes") return PositionSource::mode_s;
  return word.empty() || word == "unknown" ? PositionSource::unknown : PositionSource::other;
}

constexpr auto required = {"time", "address", "latitude", "longitude"};

std::vector<std::string> missing_columns(const CsvHeader& header) {
  std::vector<std::string> missing;
  for (const char* name : required)
    if (!header.has(name)) missing.emplace_back(name);
  return missing;
}

class PlainCsvReader final : public Reader {
 public:
  PlainCsvReader(std::uint32_t input, const Source& source, ColumnMap columns, Sink& sink)
      : delivery_(input, sink),
        columns_(std::move(columns)),
        date_(source.date),
        offset_(quantities::seconds(seconds_east_of(source.time_zone).value_or(0))) {
    csv_.offer_plain_rows([this](const PlainRows& rows) { return take_rows(rows); });
  }

  void take(std::string_view bytes) override { csv_.take(bytes); }
  void finish() override { csv_.finish(); }

 private:
  using Column = std::optional<std::size_t>;

  void row(const CsvRow& row) {
    if (unreadable_) return;
    if (!header_) return begin(row);
    delivery_.record(row.line);
    if (row.fault != CsvRow::Fault::none) return delivery_.reject(to_string(row.fault), row.text);
    if (row.fields.size() != header_->size()) {
      const bool cut_off = !row.ended && row.fields.size() < header_->size();
      return delivery_.reject(cut_off ? reason::record_truncated : reason::wrong_fields, row.text);
    }
    row_ = &row;
    tell_facts();
    const auto why = read();
    if (!why.empty()) delivery_.reject(why, row.text);
  }

  void begin(const CsvRow& row) {
    header_.emplace(row, columns_);
    const auto missing = missing_columns(*header_);
    if (missing.empty()) {
      find_columns();
      return;
    }
    // Without them no row is a position: said once, and the file is left alone.
    unreadable_ = true;
    delivery_.record(row.line);
    delivery_.reject(reason::no_column,
                     base::listed(missing) + " not among: " + std::string(row.text));
  }

  void find_columns() {
    const auto at = [&](std::initializer_list<std::string_view> names) {
      return header_->column_of(names);
    };
    time_ = at({"time"});
    date_column_ = at({"date"});
    written_at_ = at({"written_at"});
    age_ = at({"age_s"});
    address_ = at({"address"});
    latitude_ = at({"latitude"});
    longitude_ = at({"longitude"});
    pressure_ft_ = at({"pressure_altitude_ft", "altitude_ft"});
    pressure_m_ = at({"pressure_altitude_m", "altitude_m"});
    geometric_ft_ = at({"geometric_height_ft"});
    geometric_m_ = at({"geometric_height_m"});
    containment_ = at({"containment_m"});
    speed_kt_ = at({"ground_speed_kt"});
    speed_m_s_ = at({"ground_speed_m_s"});
    track_ = at({"track"});
    rate_ft_min_ = at({"vertical_rate_ft_min"});
    rate_m_s_ = at({"vertical_rate_m_s"});
    call_sign_ = at({"call_sign"});
    on_ground_ = at({"on_ground"});
    nic_ = at({"nic"});
    nac_p_ = at({"nac_p"});
    sil_ = at({"sil"});
    position_source_ = at({"position_source"});
    stale_ = at({"stale"});
    registration_ = at({"registration"});
    type_ = at({"type"});
    operator_ = at({"operator"});
  }

  // The last field of a row without a line end may be cut off; it counts as not given.
  std::string_view field(std::optional<std::size_t> column) const {
    if (!column || is_cut_off(column)) return {};
    return said_by(row_->fields[*column]);
  }
  bool is_cut_off(std::optional<std::size_t> column) const {
    return column && !row_->ended && *column + 1 == row_->fields.size();
  }

  std::string_view read() {
    for (const auto column : {time_, address_, latitude_, longitude_})
      if (is_cut_off(column)) return reason::record_truncated;
    if (field(latitude_).empty() && field(longitude_).empty())
      return delivery_.without_position(), std::string_view{};
    const auto address = address_of(field(address_));
    if (!address) return address.reason;
    if (field(latitude_).empty() || field(longitude_).empty()) return reason::half_position;
    const auto place = place_of(field(longitude_), field(latitude_));
    if (!place) return place.reason;
    const auto time = time_of(field(time_), field(date_column_));
    if (!time) return time.reason;
    PositionReport report;
    report.address = *address;
    report.point = *place;
    report.at = *time;
    if (const auto why = take_age(report); !why.empty()) return why;
    take_values(report);
    delivery_.position(report);
    return {};
  }

  Needed<Instant> time_of(std::string_view text, std::string_view day) {
    if (text.empty()) return {{}, reason::no_time};
    if (text.find(':') == std::string_view::npos) return unix_time_of(text);
    // Many rows have the time of the one before.
    if (text != last_time_.text || day != last_time_.day)
      last_time_ = {std::string(text), std::string(day), time_of_clock(text, day)};
    return last_time_.time;
  }

  Needed<Instant> time_of_clock(std::string_view text, std::string_view day) const {
    if (const auto instant = quantities::instant_from(text)) return {instant, {}};
    std::string local(text);
    if (text.find(':') <= 2) {  // a clock alone
      if (day.empty() && !date_) return {{}, reason::no_date_or_time};
      local = (day.empty() ? quantities::iso_date(*date_) : std::string(day)) + "T" + local;
    }
    if (const auto instant = quantities::local_instant_from(local))
      return in_range(*instant - offset_);
    return {{}, reason::bad_time};
  }

  // How old the position was when its row was written.
  std::string_view take_age(PositionReport& report) {
    if (!field(age_).empty()) {
      const auto age = age_of(field(age_));
      if (!age) return reason::bad_age;
      report.age_ms = age_in_ms(*age);
    } else if (const auto written = time_of(field(written_at_), field(date_column_))) {
      report.age_ms = age_in_ms(*written - report.at);
    }
    return {};
  }

  void take_values(PositionReport& report) const {
    const auto first = [](std::int32_t one, std::int32_t other) {
      return one == no_height ? other : one;
    };
    const auto quick = [](std::int16_t one, std::int16_t other) {
      return one == no_speed ? other : one;
    };
    report.pressure_altitude =
        first(height_in_feet(field(pressure_ft_)), height_in_metres(field(pressure_m_)));
    report.geometric_height =
        first(height_in_metres(field(geometric_m_)), height_in_feet(field(geometric_ft_)));
    report.containment_cm = containment_in_metres(field(containment_));
    report.ground_speed =
        quick(speed_in_knots(field(speed_kt_)), speed_in_metres_per_second(field(speed_m_s_)));
    report.track = track_in_degrees(field(track_));
    report.vertical_rate = quick(rate_in_feet_per_minute(field(rate_ft_min_)),
                                 rate_in_metres_per_second(field(rate_m_s_)));
    report.nic = category_of(field(nic_));
    report.nac_p = category_of(field(nac_p_));
    report.sil = category_of(field(sil_));
    report.kind = position_source_of(field(position_source_));
    report.call_sign = call_sign_of(field(call_sign_));
    report.marks = marks_of([&](Column column) { return field(column); });
  }

  template <class Field>
  std::uint16_t marks_of(const Field& field) const {
    PositionReport report;
    if (truth_of(field(stale_)).value_or(false)) report.set(Mark::stale);
    const auto on_ground = truth_of(field(on_ground_));
    if (on_ground ? *on_ground
                  : field(pressure_ft_) == "ground" || field(pressure_m_) == "ground") {
      report.set(Mark::on_ground);
    } else if (!on_ground) {
      report.set(Mark::ground_unknown);
    }
    return report.marks;
  }

  bool has_facts() const { return registration_ || type_ || operator_; }

  void tell_facts() {
    if (!has_facts()) return;
    if (const auto address = address_of(field(address_)))
      tell_facts(*address, [&](Column column) { return field(column); });
  }

  template <class Field>
  void tell_facts(Address address, const Field& field) {
    SaidFacts facts{address};
    facts.registration = field(registration_);
    facts.type = field(type_);
    facts.operator_name = field(operator_);
    delivery_.facts(facts);
  }

  // --- Many rows at once, column by column ------------------------------------------------------
  //
  // A value that is no plain number is read as in a single row. A row that this way cannot take, or
  // would reject, is read as a single row.

  // Where two columns may give one value, it is settled row by row.
  bool has_double_columns() const {
    return (pressure_ft_ && pressure_m_) || (geometric_ft_ && geometric_m_) ||
           (speed_kt_ && speed_m_s_) || (rate_ft_min_ && rate_m_s_) || (age_ && written_at_);
  }

  std::size_t take_rows(const PlainRows& rows) {
    if (unreadable_ || !header_ || has_double_columns()) return 0;
    for (std::size_t row = 0; row < rows.rows;) {
      const std::size_t until = regular_until(rows, row);
      if (until == row) {
        csv_.hand_on(rows, row++);
      } else {
        take_regular_rows(rows, row, until - row);
        row = until;
      }
    }
    return rows.rows;
  }

  // The first row from this one on that does not have all fields of the header, or no room behind.
  std::size_t regular_until(const PlainRows& rows, std::size_t row) const {
    const std::size_t most = std::min(rows.rows, row + ReportColumns::most);
    while (row < most && rows.fields_of(row) == header_->size() &&
           rows.ends[rows.row_ends[row] - 1] + room_of_decimal <= rows.text.size())
      ++row;
    return row;
  }

  void take_regular_rows(const PlainRows& rows, std::size_t from, std::size_t count) {
    rows_ = &rows;
    from_ = from;
    reports_.size = count;
    is_odd_.fill(false);
    has_odd_ = false;
    take_ends_of_last_column();
    take_places();
    take_times();
    take_ages();
    take_addresses();
    take_numbers();
    take_texts();
    const std::uint64_t line = rows.line + from;
    if (has_odd_) {
      for (std::size_t row = 0; row < count; ++row) {
        if (is_odd_[row]) {
          csv_.hand_on(rows, from + row);
        } else {
          take_single(row, line + row);
        }
      }
      return;
    }
    if (has_facts()) {
      for (std::size_t row = 0; row < count; ++row) tell_facts_of(row, line + row);
    }
    delivery_.positions(reports_, line);
  }

  void take_single(std::size_t row, std::uint64_t line) {
    if (has_facts()) tell_facts_of(row, line);
    delivery_.record(line);
    PositionReport report = reports_.row(row);
    delivery_.position(report);
  }

  void tell_facts_of(std::size_t row, std::uint64_t line) {
    delivery_.at(line);
    tell_facts(reports_.address[row], [&](Column column) { return said(row, column); });
  }

  // What the field of a row says.
  std::string_view said(std::size_t row, Column column) const {
    return column ? said_by(rows_->field(from_ + row, *column)) : std::string_view{};
  }

  void mark_odd(std::size_t row) { is_odd_[row] = has_odd_ = true; }

  // Without the carriage returns of line ends.
  void take_ends_of_last_column() {
    for (std::size_t row = 0; row < reports_.size; ++row) {
      const std::uint32_t* const end = rows_->ends + rows_->row_ends[from_ + row] - 1;
      last_ends_[2 * row] = end[-1];
      last_ends_[2 * row + 1] = end[0] - (end[0] > end[-1] + 1 && rows_->text[end[0] - 1] == '\r');
    }
  }

  FieldColumn fields_of(std::size_t column) const {
    FieldColumn fields;
    fields.text = rows_->text.data();
    fields.ends = rows_->ends + rows_->begin_of(from_) + static_cast<std::ptrdiff_t>(column);
    fields.stride = header_->size();
    fields.rows = reports_.size;
    if (column + 1 == header_->size()) {
      fields.ends = last_ends_.data() + 1;
      fields.stride = 2;
    }
    return fields;
  }

  // The numbers of a column times 10^places.
  const std::int64_t* scaled(std::size_t column, int places) {
    scale_column(fields_of(column), places, scaled_.data());
    return scaled_.data();
  }

  // Fills a column of values by what `value_of` makes of a number, or of a text that is none.
  template <int places, class Value, class ValueOf>
  void take(Column column, ReportColumns::Column<Value>& values, const ValueOf& value_of) {
    if (!column) return;
    const std::int64_t* const numbers = scaled(*column, places);
    for (std::size_t row = 0; row < reports_.size; ++row)
      values[row] = numbers[row] != not_scaled ? value_of(Scaled<places>{numbers[row]})
                                               : value_of(said(row, column));
  }

  void take_places() {
    const std::int64_t* numbers = scaled(*latitude_, 7);
    for (std::size_t row = 0; row < reports_.size; ++row) {
      const std::int64_t e7 = numbers[row];
      if (e7 < -quantities::quarter_turn_e7 || e7 > quantities::quarter_turn_e7) mark_odd(row);
      reports_.point[row].latitude_e7 = static_cast<std::int32_t>(e7);
    }
    numbers = scaled(*longitude_, 7);
    for (std::size_t row = 0; row < reports_.size; ++row) {
      const std::int64_t e7 = numbers[row];
      if (e7 < -quantities::half_turn_e7 || e7 > quantities::half_turn_e7) mark_odd(row);
      reports_.point[row].longitude_e7 = static_cast<std::int32_t>(e7);
    }
  }

  // A plain number of seconds is a time, if it is one; of anything else the text decides.
  static bool is_time(std::int64_t microseconds) {
    return microseconds != 0 && microseconds >= quantities::earliest_instant.microseconds &&
           microseconds < quantities::latest_instant.microseconds;
  }

  void take_times() {
    const std::int64_t* const numbers = scaled(*time_, 6);
    for (std::size_t row = 0; row < reports_.size; ++row) {
      if (is_time(numbers[row])) {
        reports_.at[row] = {numbers[row]};
      } else if (const auto time = time_of(said(row, time_), said(row, date_column_))) {
        reports_.at[row] = *time;
      } else {
        mark_odd(row);
      }
    }
  }

  void take_ages() {
    if (age_) {
      const std::int64_t* const numbers = scaled(*age_, 6);
      for (std::size_t row = 0; row < reports_.size; ++row) {
        reports_.age_ms[row] = 0;
        if (numbers[row] >= 0) {
          const auto age = age_of(Scaled<6>{numbers[row]});
          if (age) {
            reports_.age_ms[row] = age_in_ms(*age);
          } else {
            mark_odd(row);
          }
        } else if (!said(row, age_).empty()) {
          mark_odd(row);
        }
      }
    } else if (written_at_) {
      const std::int64_t* const numbers = scaled(*written_at_, 6);
      for (std::size_t row = 0; row < reports_.size; ++row) {
        reports_.age_ms[row] = 0;
        if (is_time(numbers[row])) {
          reports_.age_ms[row] = age_in_ms(Instant{numbers[row]} - reports_.at[row]);
        } else if (const auto written = time_of(said(row, written_at_), said(row, date_column_))) {
          reports_.age_ms[row] = age_in_ms(*written - reports_.at[row]);
        }
      }
    }
  }

  void take_addresses() {
    for_fields(*address_, [&](std::size_t row, const char* field, std::uint32_t size) {
      auto address = address_from({field, size});
      if (!address) address = address_of(said(row, address_)).value;
      if (address) {
        reports_.address[row] = *address;
      } else {
        mark_odd(row);
      }
    });
  }

  void take_numbers() {
    ReportColumns& r = reports_;
    take<4>(pressure_ft_, r.pressure_altitude, [](auto feet) { return height_in_feet(feet); });
    take<4>(pressure_m_, r.pressure_altitude, [](auto m) { return height_in_metres(m); });
    take<4>(geometric_ft_, r.geometric_height, [](auto feet) { return height_in_feet(feet); });
    take<4>(geometric_m_, r.geometric_height, [](auto m) { return height_in_metres(m); });
    take<4>(containment_, r.containment_cm, [](auto m) { return containment_in_metres(m); });
    take<4>(speed_kt_, r.ground_speed, [](auto knots) { return speed_in_knots(knots); });
    take<4>(speed_m_s_, r.ground_speed, [](auto m) { return speed_in_metres_per_second(m); });
    take<2>(track_, r.track, [](auto degrees) { return track_in_degrees(degrees); });
    take<4>(rate_ft_min_, r.vertical_rate, [](auto feet) { return rate_in_feet_per_minute(feet); });
    take<4>(rate_m_s_, r.vertical_rate, [](auto m) { return rate_in_metres_per_second(m); });
  }

  // Calls `each` with each row and where its field begins and how long it is; the carriage return
  // of a line end does not belong to it.
  template <class Each>
  void for_fields(std::size_t column, const Each& each) const {
    const FieldColumn fields = fields_of(column);
    const std::uint32_t* ends = fields.ends;
    for (std::size_t row = 0; row < fields.rows; ++row, ends += fields.stride) {
      const std::uint32_t begin = ends[-1] + 1;
      each(row, fields.text + begin, ends[0] - begin);
    }
  }

  void take_texts() {
    take_categories(nic_, reports_.nic);
    take_categories(nac_p_, reports_.nac_p);
    take_categories(sil_, reports_.sil);
    if (call_sign_) take_call_signs();
    if (position_source_) {
      for (std::size_t row = 0; row < reports_.size; ++row)
        reports_.kind[row] = kind_of(said(row, position_source_));
    }
    take_marks();
  }

  void take_categories(Column column, ReportColumns::Column<std::uint8_t>& categories) {
    if (!column) return;
    for_fields(*column, [&](std::size_t row, const char* field, std::uint32_t size) {
      const auto digit = static_cast<std::uint8_t>(*field - '0');
      categories[row] = size == 1 && digit <= 9 ? digit : category_of(said(row, column));
    });
  }

  // What begins and ends with a letter or a digit, and not with what may mean that nothing is
  // known, is a call sign as it stands.
  void take_call_signs() {
    constexpr auto bares = [] {
      std::array<std::uint8_t, 256> kinds{};
      for (std::size_t c = '0'; c <= '9'; ++c) kinds[c] = 1;
      for (std::size_t c = 'A'; c <= 'Z'; ++c) kinds[c] = kinds[c - 'A' + 'a'] = 1;
      return kinds;
    }();
    for_fields(*call_sign_, [&](std::size_t row, const char* field, std::uint32_t size) {
      const char first = *field;
      const bool is_plain = size - 1 < 16 && bares[static_cast<std::uint8_t>(first)] != 0 &&
                            bares[static_cast<std::uint8_t>(field[size - 1])] != 0 &&
                            first != '0' && first != 'N' && first != 'n';
      reports_.call_sign[row] =
          is_plain ? std::string_view(field, size) : call_sign_of(said(row, call_sign_));
    });
  }

  void take_marks() {
    const auto by_text = [&](std::size_t row) {
      reports_.marks[row] = marks_of([&](Column column) { return said(row, column); });
    };
    if (!on_ground_ || stale_) {
      for (std::size_t row = 0; row < reports_.size; ++row) by_text(row);
      return;
    }
    for_fields(*on_ground_, [&](std::size_t row, const char* field, std::uint32_t size) {
      const std::string_view text(field, size);
      if (text == "false" || text == "False" || text == "0") {
        reports_.marks[row] = 0;
      } else {
        by_text(row);
      }
    });
  }

  // Many rows have the source of the one before.
  PositionSource kind_of(std::string_view text) {
    if (text != last_kind_text_) {
      last_kind_text_ = text;
      last_kind_ = position_source_of(text);
    }
    return last_kind_;
  }

  Delivery delivery_;
  ColumnMap columns_;
  std::optional<quantities::Date> date_;
  Duration offset_;
  std::optional<CsvHeader> header_;
  bool unreadable_ = false;
  const CsvRow* row_ = nullptr;  // the one being read
  Column time_, date_column_, written_at_, age_, address_, latitude_, longitude_;
  Column pressure_ft_, pressure_m_, geometric_ft_, geometric_m_, containment_;
  Column speed_kt_, speed_m_s_, track_, rate_ft_min_, rate_m_s_;
  Column call_sign_, on_ground_, nic_, nac_p_, sil_, position_source_, stale_;
  Column registration_, type_, operator_;
  struct Clock {
    std::string text, day;
    Needed<Instant> time;
  };
  Clock last_time_;  // of the times with a clock
  std::string last_kind_text_;
  PositionSource last_kind_ = PositionSource::unknown;

  // The rows that are being read at once.
  const PlainRows* rows_ = nullptr;
  std::size_t from_ = 0;  // the first of them
  ReportColumns reports_;
  ReportColumns::Column<std::int64_t> scaled_;
  std::array<std::uint32_t, 2 * ReportColumns::most> last_ends_;
  ReportColumns::Column<bool> is_odd_;
  bool has_odd_ = false;

  CsvReader csv_{[this](const CsvRow& r) { row(r); }, 0, longest_record};
};

}  // namespace

bool has_position_columns(const CsvHeader& header) {
  return missing_columns(header).empty();
}

bool has_opensky_columns(const CsvHeader& header) {
  for (const std::string_view name : {"time", "icao24", "lat", "lon", "lastposupdate"})
    if (!header.has(name)) return false;
  return true;
}

std::unique_ptr<Reader> make_plain_csv_reader(std::uint32_t input, const Source& source,
                                              Sink& sink) {
  return std::make_unique<PlainCsvReader>(input, source, source.columns, sink);
}

std::unique_ptr<Reader> make_opensky_states_csv_reader(std::uint32_t input, const Source& source,
                                                       Sink& sink) {
  return std::make_unique<PlainCsvReader>(input, source, opensky_columns(), sink);
}

}  // namespace truce::observations
