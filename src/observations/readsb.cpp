#include "observations/readsb.h"

#include <array>
#include <string>
#include <utility>
#include <vector>

#include "base/text.h"
#include "observations/decimals.h"
#include "observations/delivery.h"
#include "observations/field_values.h"
#include "observations/json_cutter.h"
#include "observations/json_fields.h"
#include "observations/lines.h"

namespace truce::observations {

namespace {

using quantities::Duration;

PositionSource source_of_type(std::string_view type) {
  if (type.starts_with("adsb_") || type.starts_with("adsr_")) return PositionSource::ads_b;
  if (type.starts_with("tisb_")) return PositionSource::tis_b;
  if (type == "mlat") return PositionSource::mlat;
  if (type == "adsc") return PositionSource::ads_c;
  if (type == "mode_s") return PositionSource::mode_s;
  if (type == "unknown" || type.empty()) return PositionSource::unknown;
  return PositionSource::other;
}

bool flagged_military(const JsonField& database_flags) {
  return database_flags.given() && (base::whole_number(database_flags.number()).value_or(0) & 1);
}

// The members of an aircraft object that are read.
enum AircraftMember : std::size_t {
  hex,
  now,
  lat,
  lon,
  alt_baro,
  altitude,
  alt_geom,
  gs,
  speed,
  track,
  baro_rate,
  geom_rate,
  vert_rate,
  flight,
  seen_pos,
  nic,
  rc,
  nac_p,
  sil,
  type,
  mlat,
  tisb,
  registration,
  designator,
  owner,
  category,
  database_flags,
};

JsonFields aircraft_members() {
  return JsonFields({"hex",       "now",      "lat",      "lon",   "alt_baro",  "altitude",
                     "alt_geom",  "gs",       "speed",    "track", "baro_rate", "geom_rate",
                     "vert_rate", "flight",   "seen_pos", "nic",   "rc",        "nac_p",
                     "sil",       "type",     "mlat",     "tisb",  "r",         "t",
                     "ownOp",     "category", "dbFlags"});
}

// The numbers of a record, converted at once where there is room to (decimals.h). What is no plain
// number, or has no room, is left to its text.
template <std::size_t count>
class Numbers {
 public:
  Numbers() { texts_.fill({nothing.data(), 0, 0}); }

  /// `room_end` is the end of the bytes that may be read.
  template <int places>
  void set(std::size_t number, std::string_view text, const char* room_end) {
    number_texts_[number] = text;
    const bool has_room = !text.empty() && room_end != nullptr &&
                          room_end - text.data() >= static_cast<std::ptrdiff_t>(room_of_decimal);
    texts_[number] = {has_room ? text.data() : nothing.data(),
                      has_room ? static_cast<std::uint32_t>(text.size()) : 0, places};
  }
  void convert() { scale_texts(texts_.data(), count, scaled_.data()); }

  std::string_view text(std::size_t number) const { return number_texts_[number]; }
  std::int64_t scaled(std::size_t number) const { return scaled_[number]; }
  /// What `value_of` makes of the number, or of its text.
  template <int places, class ValueOf>
  auto value(std::size_t number, const ValueOf& value_of) const {
    return scaled_[number] != not_scaled ? value_of(Scaled<places>{scaled_[number]})
                                         : value_of(number_texts_[number]);
  }

 private:
  static constexpr std::array<char, room_of_decimal> nothing{};
  std::array<std::string_view, count> number_texts_;
  std::array<DecimalText, count> texts_;
  std::array<std::int64_t, count> scaled_;
};

// One aircraft object, as aircraft.json holds them.
class AircraftObject {
 public:
  explicit AircraftObject(Delivery& delivery) : delivery_(delivery) {}

  enum class Outcome : std::uint8_t { done, waits_for_time };

  // `snapshot` is the time of the snapshot around it, if it is known. Where no time is known at all
  // and `may_wait` is set, nothing is delivered yet.
  Outcome read(std::string_view json, std::string_view snapshot, bool may_wait) {
    if (const auto error = fields_.read_object(json); !error.empty()) {
      delivery_.reject(error, json);
      return Outcome::done;
    }
    const std::string_view time = time_in(snapshot);
    if (fields_[lat].given() && time.empty() && may_wait) return Outcome::waits_for_time;
    room_end_ = nullptr;
    tell(time, json);
    return Outcome::done;
  }

  // The same from tokens: gives the token after the object; or 0, and has told nothing, where the
  // tokens do not do, the object would have to wait, or `accept` does not accept where it ends.
  template <class Accept>
  std::size_t read(const JsonTokens& tokens, std::size_t token, std::string_view snapshot,
                   const Accept& accept) {
    const std::size_t after = fields_.read_object(tokens, token);
    const std::string_view time = time_in(snapshot);
    if (after == 0 || (fields_[lat].given() && time.empty()) || !accept(after)) return 0;
    room_end_ = tokens.text().data() + tokens.text().size();
    tell(time, tokens.between(token, after));
    return after;
  }

 private:
  enum Number : std::size_t {
    n_longitude,
    n_latitude,
    n_age,
    n_pressure,
    n_geometric,
    n_speed,
    n_track,
    n_rate,
    n_containment,
    number_count,
  };

  std::string_view time_in(std::string_view snapshot) const {
    return fields_[now].given() ? fields_[now].number() : snapshot;
  }

  void tell(std::string_view time, std::string_view json) {
    tell_facts();
    if (!fields_[lat].given() && !fields_[lon].given()) {
      delivery_.without_position();
    } else if (const auto why = deliver(time); !why.empty()) {
      delivery_.reject(why, json);
    }
  }

  void tell_facts() {
    const auto address = address_of(fields_[hex].text());
    if (!address) return;
    SaidFacts facts{*address};
    facts.registration = base::trimmed(fields_[registration].text());
    facts.type = base::trimmed(fields_[designator].text());
    facts.operator_name = base::trimmed(fields_[owner].text());
    facts.category = base::trimmed(fields_[category].text());
    if (flagged_military(fields_[database_flags])) facts.military = true;
    delivery_.facts(facts);
  }

  // "" or the reason why it is no position.
  std::string_view deliver(std::string_view time) {
    PositionReport report;
    const auto address = address_of(fields_[hex].text());
    if (!address) return address.reason;
    report.address = *address;
    if (!fields_[lat].given() || !fields_[lon].given()) return reason::half_position;
    convert_numbers();
    const auto place = place_of_numbers();
    if (!place) return place.reason;
    report.point = *place;
    if (time.empty()) return fields_[now].given() ? reason::bad_time : reason::no_time;
    const auto written = time_of(time);
    if (!written) return written.reason;
    Duration age{};
    if (fields_[seen_pos].given()) {
      const auto seen = numbers_.value<6>(n_age, [](auto seconds) { return age_of(seconds); });
      if (!seen) return reason::bad_age;
      age = *seen;
    }
    const auto at = in_range(*written - age);
    if (!at) return at.reason;
    report.at = *at;
    report.age_ms = age_in_ms(age);
    take_heights(report);
    take_movement(report);
    take_sureness(report);
    report.call_sign = call_sign_of(fields_[flight].text());
    if (flagged_military(fields_[database_flags])) report.set(Mark::military);
    delivery_.position(report);
    return {};
  }

  // The aircraft of a snapshot share its time.
  const Needed<quantities::Instant>& time_of(std::string_view text) {
    if (text != time_text_) {
      time_text_ = text;
      time_ = unix_time_of(text);
    }
    return time_;
  }

  // dump1090 before version 4 wrote "altitude", with the meaning of alt_baro.
  const JsonField& pressure() const {
    return fields_[alt_baro].given() ? fields_[alt_baro] : fields_[altitude];
  }

  void convert_numbers() {
    const auto set = [&]<int places>(std::size_t number, const JsonField& field) {
      numbers_.set<places>(number, field.number(), room_end_);
    };
    set.operator()<7>(n_longitude, fields_[lon]);
    set.operator()<7>(n_latitude, fields_[lat]);
    set.operator()<6>(n_age, fields_[seen_pos]);
    set.operator()<4>(n_pressure, pressure());
    set.operator()<4>(n_geometric, fields_[alt_geom]);
    set.operator()<4>(n_speed, fields_[gs].given() ? fields_[gs] : fields_[speed]);
    set.operator()<2>(n_track, fields_[track]);
    set.operator()<4>(n_rate, fields_[baro_rate]);
    set.operator()<4>(n_containment, fields_[rc]);
    numbers_.convert();
  }

  Needed<Point> place_of_numbers() const {
    const std::int64_t east = numbers_.scaled(n_longitude), north = numbers_.scaled(n_latitude);
    if (east >= -quantities::half_turn_e7 && east <= quantities::half_turn_e7 &&
        north >= -quantities::quarter_turn_e7 && north <= quantities::quarter_turn_e7)
      return {Point{static_cast<std::int32_t>(east), static_cast<std::int32_t>(north)}, {}};
    return place_of(numbers_.text(n_longitude), numbers_.text(n_latitude));
  }

  void take_heights(PositionReport& report) const {
    if (pressure().text() == "ground") {
      report.set(Mark::on_ground);
    } else {
      report.pressure_altitude =
          numbers_.value<4>(n_pressure, [](auto feet) { return height_in_feet(feet); });
      if (report.pressure_altitude == no_height) report.set(Mark::ground_unknown);
    }
    report.geometric_height =
        numbers_.value<4>(n_geometric, [](auto feet) { return height_in_feet(feet); });
  }

  void take_movement(PositionReport& report) const {
    report.ground_speed =
        numbers_.value<4>(n_speed, [](auto knots) { return speed_in_knots(knots); });
    report.track =
        numbers_.value<2>(n_track, [](auto degrees) { return track_in_degrees(degrees); });
    report.vertical_rate =
        numbers_.value<4>(n_rate, [](auto feet) { return rate_in_feet_per_minute(feet); });
    for (const std::size_t rate : {geom_rate, vert_rate}) {
      if (report.vertical_rate != no_speed) break;
      report.vertical_rate = rate_in_feet_per_minute(fields_[rate].number());
    }
  }

  void take_sureness(PositionReport& report) const {
    report.containment_cm =
        numbers_.value<4>(n_containment, [](auto metres) { return containment_in_metres(metres); });
    report.nic = category_of(fields_[nic].number());
    report.nac_p = category_of(fields_[nac_p].number());
    report.sil = category_of(fields_[sil].number());
    report.kind = kind();
  }

  // Lists of the members that came by multilateration or TIS-B outrank the type of the aircraft.
  PositionSource kind() const {
    const auto lists_position = [&](std::size_t list) {
      return fields_[list].value.find("\"lat\"") != std::string_view::npos;
    };
    if (lists_position(mlat)) return PositionSource::mlat;
    if (lists_position(tisb)) return PositionSource::tis_b;
    if (fields_[type].given()) return source_of_type(fields_[type].text());
    const bool says_what_is_not_ads_b = fields_[mlat].given() && fields_[tisb].given();
    return says_what_is_not_ads_b ? PositionSource::ads_b : PositionSource::unknown;
  }

  Delivery& delivery_;
  JsonFields fields_ = aircraft_members();
  const char* room_end_ = nullptr;  // of the text of the record; null in the clear way
  Numbers<number_count> numbers_;
  std::string time_text_;  // the last that was read
  Needed<quantities::Instant> time_{{}, reason::no_time};
};

class AircraftJsonReader final : public Reader, private JsonPieces {
 public:
  AircraftJsonReader(std::uint32_t input, Sink& sink) : delivery_(input, sink) {}

  void take(std::string_view bytes) override { cutter_.take(bytes); }
  void finish() override {
    cutter_.finish();
    settle("");
  }

 private:
  Wanted wanted(std::string_view key, char first) override {
    const bool list = first == '[' && (key == "aircraft" || key == "ac");
    return list ? Wanted::elements : Wanted::kept;
  }

  void head(std::string_view object) override {
    settle("");
    in_snapshot_ = true;
    now_ = time_in(object);
  }

  void element(std::string_view json) override {
    delivery_.next_record();
    const bool room = waiting_bytes_ + json.size() <= longest_record;
    if (aircraft_.read(json, now_, room) == AircraftObject::Outcome::done) return;
    waiting_.emplace_back(delivery_.evidence(), json);
    waiting_bytes_ += json.size();
  }

  bool reads_tokens() const override { return true; }
  std::size_t element_in(const JsonTokens& tokens, std::size_t token) override {
    return aircraft_.read(tokens, token, now_, [&](std::size_t) {
      delivery_.next_record();
      return true;
    });
  }

  void object(std::string_view json) override {
    delivery_.next_record();
    aircraft_.read(json, in_snapshot_ ? now_ : "", false);
  }

  void tail(std::string_view object) override {
    settle(now_.empty() ? time_in(object) : now_);
    in_snapshot_ = false;
    now_.clear();
  }

  void alone(std::string_view, std::string_view) override {}

  void broken(std::string_view why, std::string_view text) override {
    delivery_.next_record();
    delivery_.reject(why, text);
  }

  std::string time_in(std::string_view object) {
    return snapshot_.read_object(object).empty() ? std::string(snapshot_[0].number()) : "";
  }

  // The aircraft that stood before the time of their snapshot.
  void settle(std::string_view time) {
    for (const auto& [evidence, json] : waiting_) {
      delivery_.again(evidence);
      aircraft_.read(json, time, false);
    }
    waiting_.clear();
    waiting_bytes_ = 0;
  }

  Delivery delivery_;
  AircraftObject aircraft_{delivery_};
  JsonFields snapshot_{{"now"}};
  JsonCutter cutter_{*this, longest_record};
  bool in_snapshot_ = false;  // from a head to its tail
  std::string now_;           // of the snapshot, as its text
  std::vector<std::pair<Evidence, std::string>> waiting_;
  std::size_t waiting_bytes_ = 0;
};

// Lines are read by the tokens of many at once where they are plain, each by its own tokens where
// those around it are not, and in the clear way where it is not plain itself.
class JsonLinesReader final : public Reader {
 public:
  JsonLinesReader(std::uint32_t input, Sink& sink) : delivery_(input, sink) {}

  void take(std::string_view bytes) override {
    stretch_until_ = 0;
    for (std::size_t at = 0; at < bytes.size();) {
      const std::size_t line_end = bytes.find('\n', at);
      const bool is_whole = line_end != std::string_view::npos && lines_.is_between_lines();
      if (is_whole && at >= stretch_until_) find_tokens(bytes, at);
      const std::size_t next = line_end == std::string_view::npos ? bytes.size() : line_end + 1;
      if (is_whole && read_in_stretch(at, line_end)) {
        lines_.pass(1);
      } else {
        lines_.take(bytes.substr(at, next - at));
      }
      at = next;
    }
  }
  void finish() override { lines_.finish(); }

 private:
  // The tokens of the whole lines from here on, of no more than a stretch; none if these are not
  // plain.
  void find_tokens(std::string_view bytes, std::size_t at) {
    std::string_view stretch = bytes.substr(at, JsonTokens::longest);
    const std::size_t line_end = stretch.rfind('\n');
    stretch_from_ = at;
    stretch_until_ = at + stretch.size();
    token_ = 0;
    stretch_.clear();
    if (line_end == std::string_view::npos) return;
    stretch = stretch.substr(0, line_end + 1);
    stretch_until_ = at + stretch.size();
    if (stretch.find('\\') == std::string_view::npos && !stretch_.find(stretch)) stretch_.clear();
  }

  // Whether the line is empty, or one object and perhaps a comma, and was read.
  bool read_in_stretch(std::size_t begin, std::size_t line_end) {
    if (stretch_.size() == 0) return false;
    const auto place = [&](std::size_t token) { return stretch_from_ + stretch_.place(token); };
    const auto is_behind = [&](std::size_t token) {
      return token >= stretch_.size() || place(token) > line_end;
    };
    while (token_ < stretch_.size() && place(token_) < begin) ++token_;
    if (is_behind(token_)) return true;
    if (stretch_.first(token_) != '{') return false;
    std::size_t next = 0;
    const auto is_line = [&](std::size_t after) {
      next = after;
      if (place(after - 1) > line_end) return false;
      if (!is_behind(next) && stretch_.first(next) == ',' && place(next) == place(next - 1) + 1)
        ++next;
      if (!is_behind(next)) return false;
      delivery_.record(lines_.number());
      return true;
    };
    if (aircraft_.read(stretch_, token_, "", is_line) == 0) return false;
    token_ = next;
    return true;
  }

  void line(const Line& line) {
    const std::string_view text = base::trimmed(line.text);
    if (text.empty()) return;
    delivery_.record(line.number);
    if (line.too_long) return delivery_.reject(reason::too_long, text);
    if (!line.ended && !text.ends_with('}'))
      return delivery_.reject(reason::record_truncated, text);
    const std::string_view json = text.ends_with(',') ? text.substr(0, text.size() - 1) : text;
    if (!read_tokens(json)) aircraft_.read(json, "", false);
  }

  // Whether the line is one plain object, and was read by its tokens.
  bool read_tokens(std::string_view json) {
    if (json.size() > JsonTokens::longest || !json.ends_with('}') ||
        json.find('\\') != std::string_view::npos || !tokens_.find(json))
      return false;
    const auto only_object = [&](std::size_t after) { return after == tokens_.size(); };
    return aircraft_.read(tokens_, 0, "", only_object) != 0;
  }

  Delivery delivery_;
  AircraftObject aircraft_{delivery_};
  JsonTokens tokens_;   // of a line
  JsonTokens stretch_;  // of many lines, in the bytes at hand:
  std::size_t stretch_from_ = 0, stretch_until_ = 0;
  std::size_t token_ = 0;  // the next that was not read
  LineCutter lines_{[this](const Line& l) { line(l); }, longest_record};
};

// Flags of a trace row.
constexpr std::int64_t flag_stale = 1;
constexpr std::int64_t flag_new_leg = 2;
constexpr std::int64_t flag_geometric_altitude = 8;

// Columns of a trace row.
enum TraceColumn : std::size_t {
  row_seconds,
  row_latitude,
  row_longitude,
  row_altitude,
  row_speed,
  row_track,
  row_flags,
  row_rate,
  row_details,
  row_type,
  row_geometric,
};

class ReadsbTraceReader final : public Reader, private JsonPieces {
 public:
  ReadsbTraceReader(std::uint32_t input, const Source& source, Sink& sink)
      : delivery_(input, sink), holds_(source.bounds.containment_holds) {}

  void take(std::string_view bytes) override { cutter_.take(bytes); }
  void finish() override { cutter_.finish(); }

 private:
  enum HeadMember : std::size_t { icao, start, head_r, head_t, head_flags, head_owner };
  enum Detail : std::size_t {
    d_flight,
    d_nic,
    d_rc,
    d_nac_p,
    d_sil,
    d_alt_geom,
    d_category,
    d_type
  };

  Wanted wanted(std::string_view key, char first) override {
    return key == "trace" && first == '[' ? Wanted::elements : Wanted::kept;
  }

  void head(std::string_view object) override {
    facts_ = {};
    facts_are_news_ = true;
    call_sign_.clear();
    contained_ = {};
    previous_.reset();
    header_.read_object(object);
    address_ = address_of(header_[icao].text());
    start_ = unix_time_of(header_[start].number());
    military_ = flagged_military(header_[head_flags]);
    if (!address_) return;
    facts_.address = *address_;
    facts_.registration = base::trimmed(header_[head_r].text());
    facts_.type = base::trimmed(header_[head_t].text());
    facts_.operator_name = base::trimmed(header_[head_owner].text());
    if (military_) facts_.military = true;
  }

  void element(std::string_view json) override {
    delivery_.next_record();
    auto why = row_.read_array(json);
    if (why.empty() && row_.size() <= row_longitude) why = reason::wrong_fields;
    if (!why.empty()) return delivery_.reject(why, json);
    if (row_[row_details].kind == JsonField::Kind::object) {
      why = details_.read_object(row_[row_details].value);
      if (!why.empty()) return delivery_.reject(why, json);
    }
    tell(json);
  }

  bool reads_tokens() const override { return true; }
  std::size_t element_in(const JsonTokens& tokens, std::size_t token) override {
    const std::size_t after = row_.read_array(tokens, token);
    if (after == 0 || row_.size() <= row_longitude) return 0;
    const JsonField& details = row_[row_details];
    if (details.kind == JsonField::Kind::object && details_.read_object(tokens, details.token) == 0)
      return 0;
    delivery_.next_record();
    tell(tokens.between(token, after));
    return after;
  }

  // What the row says.
  void tell(std::string_view json) {
    if (!row_[row_latitude].given() && !row_[row_longitude].given())
      return delivery_.without_position();
    const auto why = deliver();
    if (!why.empty()) delivery_.reject(why, json);
  }

  void object(std::string_view json) override { broken(reason::not_expected, json); }
  void alone(std::string_view, std::string_view) override {}
  void tail(std::string_view) override {}
  void broken(std::string_view why, std::string_view text) override {
    delivery_.next_record();
    delivery_.reject(why, text);
  }

  std::string_view deliver() {
    if (!address_) return address_.reason;
    if (!start_) return start_.reason;
    if (!row_[row_latitude].given() || !row_[row_longitude].given()) return reason::half_position;
    const auto place = place_of(row_[row_longitude].number(), row_[row_latitude].number());
    if (!place) return place.reason;
    const auto since_start = base::scaled_number(row_[row_seconds].number(), 6);
    if (!since_start || *since_start < -1'000'000'000'000 || *since_start > 1'000'000'000'000)
      return reason::bad_time;
    const auto at = in_range(*start_ + Duration{*since_start});
    if (!at) return at.reason;

    PositionReport report;
    report.address = *address_;
    report.at = *at;
    report.point = *place;
    const std::int64_t flags = base::whole_number(row_[row_flags].number()).value_or(0);
    if (flags & flag_stale) report.set(Mark::stale);
    if (flags & flag_new_leg) report.set(Mark::new_leg);
    if (military_) report.set(Mark::military);
    take_heights(report, (flags & flag_geometric_altitude) != 0);
    report.ground_speed = speed_in_knots(row_[row_speed].number());
    report.track = track_in_degrees(row_[row_track].number());
    report.vertical_rate = rate_in_feet_per_minute(row_[row_rate].number());
    take_details(report);
    if (facts_are_news_) tell_facts();
    facts_are_news_ = false;
    delivery_.position(report);
    previous_ = report.at;
    return {};
  }

  void tell_facts() {
    SaidFacts facts{facts_.address};
    facts.registration = facts_.registration;
    facts.type = facts_.type;
    facts.operator_name = facts_.operator_name;
    facts.category = facts_.category;
    facts.military = facts_.military;
    delivery_.facts(facts);
  }

  void take_heights(PositionReport& report, bool altitude_is_geometric) const {
    const JsonField& altitude = row_[row_altitude];
    const std::int32_t height = height_in_feet(altitude.number());
    if (altitude.text() == "ground") {
      report.set(Mark::on_ground);
    } else if (height == no_height) {
      report.set(Mark::ground_unknown);
    }
    (altitude_is_geometric ? report.geometric_height : report.pressure_altitude) = height;
    const std::int32_t geometric = height_in_feet(row_[row_geometric].number());
    if (geometric != no_height) report.geometric_height = geometric;
  }

  void take_details(PositionReport& report) {
    const bool has_details = row_[row_details].kind == JsonField::Kind::object;
    report.kind = source_of_type(row_[row_type].given() || !has_details ? row_[row_type].text()
                                                                        : details_[d_type].text());
    const bool later = previous_ && *previous_ + call_sign_holds < report.at;
    if (report.has(Mark::new_leg) || later) call_sign_.clear();
    if (has_details) {
      if (const auto sign = call_sign_of(details_[d_flight].text()); !sign.empty())
        call_sign_ = sign;
      if (report.geometric_height == no_height)
        report.geometric_height = height_in_feet(details_[d_alt_geom].number());
      report.containment_cm = containment_in_metres(details_[d_rc].number());
      report.nic = category_of(details_[d_nic].number());
      report.nac_p = category_of(details_[d_nac_p].number());
      report.sil = category_of(details_[d_sil].number());
      contained_ = {report.at, report.containment_cm, report.kind};
      const auto emitter = base::trimmed(details_[d_category].text());
      if (!emitter.empty() && emitter != facts_.category) {
        facts_.category = emitter;
        facts_are_news_ = true;
      }
    } else if (still_contained(report)) {
      report.containment_cm = contained_.radius_cm;
    }
    report.call_sign = call_sign_;
  }

  // Whether the radius last given still stands, as the source declares.
  bool still_contained(const PositionReport& report) const {
    if (!holds_ || contained_.kind != report.kind || report.has(Mark::new_leg)) return false;
    const Duration since = report.at - contained_.at;
    return since >= Duration{} && since <= *holds_;
  }

  struct Contained {
    quantities::Instant at;
    std::uint32_t radius_cm = no_containment;
    PositionSource kind = PositionSource::unknown;
  };

  // A call sign stands until another, a new leg, or a silence as long as this.
  static constexpr Duration call_sign_holds = quantities::minutes(30);

  Delivery delivery_;
  std::optional<Duration> holds_;
  JsonFields header_{{"icao", "timestamp", "r", "t", "dbFlags", "ownOp"}};
  JsonFields row_;
  JsonFields details_{{"flight", "nic", "rc", "nac_p", "sil", "alt_geom", "category", "type"}};
  JsonCutter cutter_{*this, longest_record};

  Needed<Address> address_{{}, reason::no_address};
  Needed<quantities::Instant> start_{{}, reason::no_time};
  bool military_ = false;
  AircraftFacts facts_;
  bool facts_are_news_ = true;
  std::string call_sign_;
  Contained contained_;
  std::optional<quantities::Instant> previous_;
};

}  // namespace

std::unique_ptr<Reader> make_aircraft_json_reader(std::uint32_t input, Sink& sink) {
  return std::make_unique<AircraftJsonReader>(input, sink);
}

std::unique_ptr<Reader> make_json_lines_reader(std::uint32_t input, Sink& sink) {
  return std::make_unique<JsonLinesReader>(input, sink);
}

std::unique_ptr<Reader> make_readsb_trace_reader(std::uint32_t input, const Source& source,
                                                 Sink& sink) {
  return std::make_unique<ReadsbTraceReader>(input, source, sink);
}

}  // namespace truce::observations
