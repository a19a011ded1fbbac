#include "observations/opensky.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "base/text.h"
#include "observations/delivery.h"
#include "observations/field_values.h"
#include "observations/json_cutter.h"
#include "observations/json_fields.h"

namespace truce::observations {

namespace {

using quantities::Instant;

// Emitter categories as the REST answer numbers them (field 17, with extended=1).
std::string_view emitter_category(std::string_view number) {
  constexpr std::array<std::string_view, 21> names = {"",   "",   "A1", "A2", "A3", "A4", "A5",
                                                      "A6", "A7", "B1", "B2", "B3", "B4", "B5",
                                                      "B6", "B7", "C1", "C2", "C3", "C4", "C5"};
  const auto n = base::whole_number(number);
  return n && *n >= 0 && *n < std::ssize(names) ? names[static_cast<std::size_t>(*n)] : "";
}

PositionSource position_source_of(const JsonField& field) {
  const auto n = base::whole_number(field.number());
  if (!n) return PositionSource::unknown;
  switch (*n) {
    case 0: return PositionSource::ads_b;
    case 2: return PositionSource::mlat;
    default: return PositionSource::other;  // 1 ASTERIX, 3 FLARM
  }
}

// Seconds or milliseconds since 1970 as a number, or RFC 3339.
Needed<Instant> time_of(const JsonField& field) {
  if (const auto instant = quantities::instant_from(field.text())) return {instant, {}};
  if (field.given() && field.number().empty()) return {{}, reason::bad_time};
  return unix_time_of(field.number());
}

void take_ground(PositionReport& report, const JsonField& on_ground) {
  if (on_ground.is_true()) {
    report.set(Mark::on_ground);
  } else if (!on_ground.is_false()) {
    report.set(Mark::ground_unknown);
  }
}

// State vectors.
class StatesReader final : public Reader, private JsonPieces {
 public:
  StatesReader(std::uint32_t input, Sink& sink) : delivery_(input, sink) {}

  void take(std::string_view bytes) override { cutter_.take(bytes); }
  void finish() override { cutter_.finish(); }

 private:
  enum Member : std::size_t {
    icao24,
    callsign,
    time_position,
    last_contact,
    longitude,
    latitude,
    baro_altitude,
    on_ground,
    velocity,
    true_track,
    vertical_rate,
    geo_altitude,
    position_source,
    category,
    lng,
    lat,
    heading,
    member_count,
  };
  // Where the REST answer has each, by place in the array of a state.
  static constexpr std::array<std::size_t, category + 1> rest_places = {0, 1, 3,  4,  5,  6,  7,
                                                                        8, 9, 10, 11, 13, 16, 17};
  static constexpr std::size_t fewest_rest_fields = 17;

  Wanted wanted(std::string_view key, char first) override {
    const bool list = first == '[' && (key == "states" || key == "aircraft");
    return list ? Wanted::elements : Wanted::kept;
  }
  void head(std::string_view object) override {
    snapshot_.read_object(object);
    const JsonField& time = snapshot_[0].given() ? snapshot_[0] : snapshot_[1];
    written_ = time_of(time);
  }
  void element(std::string_view json) override {
    delivery_.next_record();
    const auto why = read(json);
    if (!why.empty()) delivery_.reject(why, json);
  }
  bool reads_tokens() const override { return true; }
  std::size_t element_in(const JsonTokens& tokens, std::size_t token) override {
    const bool is_row = tokens.first(token) == '[';
    const std::size_t after =
        is_row ? row_.read_array(tokens, token) : keyed_.read_object(tokens, token);
    if (after == 0 || (is_row && row_.size() < fewest_rest_fields)) return 0;
    delivery_.next_record();
    is_row ? take_row() : take_keyed();
    const auto why = deliver();
    if (!why.empty()) delivery_.reject(why, tokens.between(token, after));
    return after;
  }
  void object(std::string_view json) override {
    // "states": null is how an answer without aircraft is written.
    if (snapshot_.read_object(json).empty() && snapshot_[2].kind == JsonField::Kind::null) return;
    element(json);
  }
  void tail(std::string_view) override { written_ = {{}, reason::no_time}; }
  void alone(std::string_view, std::string_view) override {}
  void broken(std::string_view why, std::string_view text) override {
    delivery_.next_record();
    delivery_.reject(why, text);
  }

  std::string_view read(std::string_view json) {
    if (json.starts_with('[')) {
      if (const auto error = row_.read_array(json); !error.empty()) return error;
      if (row_.size() < fewest_rest_fields) return reason::wrong_fields;
      take_row();
    } else {
      if (const auto error = keyed_.read_object(json); !error.empty()) return error;
      take_keyed();
    }
    return deliver();
  }

  void take_row() {
    state_.fill({});
    for (std::size_t i = 0; i < rest_places.size(); ++i) state_[i] = row_[rest_places[i]];
  }

  void take_keyed() {
    for (std::size_t i = 0; i < member_count; ++i) state_[i] = keyed_[i];
    if (!state_[longitude].given()) state_[longitude] = state_[lng];
    if (!state_[latitude].given()) state_[latitude] = state_[lat];
    if (!state_[true_track].given()) state_[true_track] = state_[heading];
  }

  std::string_view deliver() {
    const auto address = address_of(state_[icao24].text());
    if (address) {
      SaidFacts facts{*address};
      facts.category = emitter_category(state_[category].number());
      delivery_.facts(facts);
    }
    if (!state_[latitude].given() && !state_[longitude].given())
      return delivery_.without_position(), std::string_view{};
    if (!address) return address.reason;
    if (!state_[latitude].given() || !state_[longitude].given()) return reason::half_position;
    const auto place = place_of(state_[longitude].number(), state_[latitude].number());
    if (!place) return place.reason;
    const auto at = time_of(state_[time_position]);
    if (!at) return at.reason;

    PositionReport report;
    report.address = *address;
    report.point = *place;
    report.at = *at;
    const auto contact = time_of(state_[last_contact]);
    if (written_) {
      report.age_ms = age_in_ms(*written_ - *at);
    } else if (contact) {
      report.age_ms = age_in_ms(*contact - *at);
    }
    report.pressure_altitude = height_in_metres(state_[baro_altitude].number());
    report.geometric_height = height_in_metres(state_[geo_altitude].number());
    report.ground_speed = speed_in_metres_per_second(state_[velocity].number());
    report.track = track_in_degrees(state_[true_track].number());
    report.vertical_rate = rate_in_metres_per_second(state_[vertical_rate].number());
    report.kind = position_source_of(state_[position_source]);
    report.call_sign = call_sign_of(state_[callsign].text());
    take_ground(report, state_[on_ground]);
    delivery_.position(report);
    return {};
  }

  Delivery delivery_;
  JsonFields snapshot_{{"time", "fetched_at", "states"}};
  JsonFields row_;
  JsonFields keyed_{{"icao24", "callsign", "time_position", "last_contact", "longitude", "latitude",
                     "baro_altitude", "on_ground", "velocity", "true_track", "vertical_rate",
                     "geo_altitude", "position_source", "category", "lng", "lat", "heading"}};
  std::array<JsonField, member_count> state_;
  Needed<Instant> written_{{}, reason::no_time};
  JsonCutter cutter_{*this, longest_record};
};

// What a record of a track holds, and a column of a collection.
enum TrackMember : std::size_t {
  t_timestamp,
  t_icao24,
  t_latitude,
  t_longitude,
  t_altitude,
  t_geoaltitude,
  t_groundspeed,
  t_track,
  t_vertical_rate,
  t_callsign,
  t_onground,
  t_last_position,
  track_member_count,
};
constexpr std::array<std::string_view, track_member_count> track_names = {
    "timestamp",   "icao24", "latitude",      "longitude", "altitude", "geoaltitude",
    "groundspeed", "track",  "vertical_rate", "callsign",  "onground", "last_position"};
using TrackRecord = std::array<JsonField, track_member_count>;

// One column of a collection by columns: its values one after another, in the order of the rows.
class TrackColumn {
 public:
  void add(const JsonField& field) {
    kinds_.push_back(field.kind);
    text_ += field.given() ? field.value : std::string_view{};
    ends_.push_back(text_.size());
  }
  JsonField at(std::size_t row) const {
    if (row >= ends_.size()) return {};
    const std::size_t begin = row == 0 ? 0 : ends_[row - 1];
    return {.kind = kinds_[row],
            .value = std::string_view(text_).substr(begin, ends_[row] - begin)};
  }

 private:
  std::string text_;
  std::vector<std::size_t> ends_;
  std::vector<JsonField::Kind> kinds_;
};

class TracksReader final : public Reader, private JsonPieces {
 public:
  TracksReader(std::uint32_t input, Sink& sink) : delivery_(input, sink) {}

  void take(std::string_view bytes) override { cutter_.take(bytes); }
  void finish() override { cutter_.finish(); }

 private:
  Wanted wanted(std::string_view, char first) override {
    return first == '{' ? Wanted::alone : Wanted::kept;
  }
  void opened() override {
    keys_.clear();
    columns_ = {};
    spoilt_ = false;
  }
  void head(std::string_view) override {}

  void element(std::string_view json) override {
    delivery_.next_record();
    auto why = fields_.read_object(json);
    if (why.empty()) {
      for (std::size_t i = 0; i < track_member_count; ++i) record_[i] = fields_[i];
      why = deliver();
    }
    if (!why.empty()) delivery_.reject(why, json);
  }
  bool reads_tokens() const override { return true; }
  std::size_t element_in(const JsonTokens& tokens, std::size_t token) override {
    const std::size_t after = fields_.read_object(tokens, token);
    if (after == 0) return 0;
    delivery_.next_record();
    for (std::size_t i = 0; i < track_member_count; ++i) record_[i] = fields_[i];
    const auto why = deliver();
    if (!why.empty()) delivery_.reject(why, tokens.between(token, after));
    return after;
  }
  // Records one after another without brackets around them are as good.
  void object(std::string_view json) override { element(json); }

  // A column. Rows are known by their keys in the first column; the others mostly have them in the
  // same order.
  void alone(std::string_view key, std::string_view json) override {
    const auto name = std::find(track_names.begin(), track_names.end(), key);
    if (name == track_names.end()) return;
    TrackColumn column;
    const bool first = keys_.empty();
    std::size_t row = 0;
    bool aligned = true;
    const auto error =
        fields_.read_members(json, [&](std::string_view row_key, const JsonField& value) {
          if (first) keys_.emplace_back(row_key);
          if (row >= keys_.size() || keys_[row] != row_key) aligned = false;
          if (aligned) column.add(value);
          ++row;
        });
    if (!error.empty()) return spoil(error, json);
    if (!aligned || row != keys_.size())
      return spoil("columns of a collection have unequal rows", key);
    columns_[static_cast<std::size_t>(name - track_names.begin())] = std::move(column);
  }

  void tail(std::string_view) override {
    if (!spoilt_) {
      for (std::size_t row = 0; row < keys_.size(); ++row) {
        delivery_.next_record();
        for (std::size_t i = 0; i < track_member_count; ++i) record_[i] = columns_[i].at(row);
        if (const auto why = deliver(); !why.empty())
          delivery_.reject(why, "row " + keys_[row] + ": " + shown());
      }
    }
    opened();
  }

  // Without one of its columns the rows would say something else: none of them is taken.
  void broken(std::string_view why, std::string_view text) override { spoil(why, text); }
  void spoil(std::string_view why, std::string_view text) {
    delivery_.next_record();
    delivery_.reject(why, text);
    spoilt_ = true;
  }

  // The record as a row of values, to be shown where it is rejected.
  std::string shown() const {
    std::string text;
    for (std::size_t i = 0; i < track_member_count; ++i)
      if (record_[i].given())
        text += std::string(track_names[i]) + "=" + std::string(record_[i].value) + " ";
    return text;
  }

  std::string_view deliver() {
    if (!record_[t_latitude].given() && !record_[t_longitude].given())
      return delivery_.without_position(), std::string_view{};
    const auto address = address_of(record_[t_icao24].text());
    if (!address) return address.reason;
    if (!record_[t_latitude].given() || !record_[t_longitude].given()) return reason::half_position;
    const auto place = place_of(record_[t_longitude].number(), record_[t_latitude].number());
    if (!place) return place.reason;
    const auto written = time_of(record_[t_timestamp]);
    const auto at = record_[t_last_position].given() ? time_of(record_[t_last_position]) : written;
    if (!at) return at.reason;

    PositionReport report;
    report.address = *address;
    report.point = *place;
    report.at = *at;
    if (written) report.age_ms = age_in_ms(*written - *at);
    report.pressure_altitude = height_in_feet(record_[t_altitude].number());
    report.geometric_height = height_in_feet(record_[t_geoaltitude].number());
    report.ground_speed = speed_in_knots(record_[t_groundspeed].number());
    report.track = track_in_degrees(record_[t_track].number());
    report.vertical_rate = rate_in_feet_per_minute(record_[t_vertical_rate].number());
    report.call_sign = call_sign_of(record_[t_callsign].text());
    take_ground(report, record_[t_onground]);
    delivery_.position(report);
    return {};
  }

  Delivery delivery_;
  JsonFields fields_{{"timestamp", "icao24", "latitude", "longitude", "altitude", "geoaltitude",
                      "groundspeed", "track", "vertical_rate", "callsign", "onground",
                      "last_position"}};
  TrackRecord record_;
  std::vector<std::string> keys_;
  std::array<TrackColumn, track_member_count> columns_;
  bool spoilt_ = false;
  JsonCutter cutter_{*this, longest_record};
};

}  // namespace

std::unique_ptr<Reader> make_opensky_states_reader(std::uint32_t input, Sink& sink) {
  return std::make_unique<StatesReader>(input, sink);
}

std::unique_ptr<Reader> make_opensky_tracks_reader(std::uint32_t input, Sink& sink) {
  return std::make_unique<TracksReader>(input, sink);
}

}  // namespace truce::observations
