#include "observations/plain_csv.h"

#include <optional>
#include <vector>

#include "base/text.h"
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
        offset_(quantities::seconds(seconds_east_of(source.time_zone).value_or(0))) {}

  void take(std::string_view bytes) override { csv_.take(bytes); }
  void finish() override { csv_.finish(); }

 private:
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
    const std::string_view text = row_->fields[*column];
    // Most fields have no spaces around them.
    const bool bare = text.empty() || (is_visible(text.front()) && is_visible(text.back()));
    return given(bare ? text : base::trimmed(text));
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
    const auto time = time_of(field(time_));
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

  Needed<Instant> time_of(std::string_view text) const {
    if (text.empty()) return {{}, reason::no_time};
    if (text.find(':') == std::string_view::npos) return unix_time_of(text);
    if (const auto instant = quantities::instant_from(text)) return {instant, {}};
    std::string local(text);
    if (text.find(':') <= 2) {  // a clock alone
      const std::string_view day = field(date_column_);
      if (day.empty() && !date_) return {{}, reason::no_date_or_time};
      local = (day.empty() ? quantities::iso_date(*date_) : std::string(day)) + "T" + local;
    }
    if (const auto instant = quantities::local_instant_from(local))
      return in_range(*instant - offset_);
    return {{}, reason::bad_time};
  }

  // How old the position was when its row was written.
  std::string_view take_age(PositionReport& report) const {
    if (!field(age_).empty()) {
      const auto age = age_of(field(age_));
      if (!age) return reason::bad_age;
      report.age_ms = age_in_ms(*age);
    } else if (const auto written = time_of(field(written_at_))) {
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
    if (truth_of(field(stale_)).value_or(false)) report.set(Mark::stale);
    const auto on_ground = truth_of(field(on_ground_));
    const bool says_ground = field(pressure_ft_) == "ground" || field(pressure_m_) == "ground";
    if (on_ground.value_or(says_ground)) {
      report.set(Mark::on_ground);
    } else if (!on_ground) {
      report.set(Mark::ground_unknown);
    }
  }

  void tell_facts() {
    if (!registration_ && !type_ && !operator_) return;
    const auto address = address_of(field(address_));
    if (!address) return;
    SaidFacts facts{*address};
    facts.registration = field(registration_);
    facts.type = field(type_);
    facts.operator_name = field(operator_);
    delivery_.facts(facts);
  }

  using Column = std::optional<std::size_t>;

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
