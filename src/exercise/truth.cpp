#include "exercise/truth.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "base/json_writer.h"

namespace truce::exercise {

namespace {

using base::JsonWriter;

// Clock errors can take a millisecond or so off a gap that is just short enough.
constexpr Duration gap_margin = quantities::seconds(15);

// True times of the positions of one flight under one address, all of known error.
using Times = std::map<std::string, std::vector<Instant>>;

std::vector<Times> heard_times(const Missions& missions, const Reception& reception) {
  std::vector<Times> heard(missions.flights.size());
  for (const auto& fixes : reception.fixes)
    for (const Fix& fix : fixes)
      if (!fix.fabricated && fix.bounded) heard[fix.flight][fix.address].push_back(fix.at);
  for (Times& times : heard)
    for (auto& [address, instants] : times) std::sort(instants.begin(), instants.end());
  return heard;
}

Trace trace_of(std::size_t f, const Stay& stay, const Times& times, const std::vector<Seen>& seen) {
  Trace trace;
  for (const Seen& s : seen)
    if (s.flight == f && stay.entry <= s.at && s.at <= stay.exit) trace.sightings.push_back(s.id);
  bool both_sides = false;
  for (const auto& [address, instants] : times) {
    const auto first = std::lower_bound(instants.begin(), instants.end(), stay.entry);
    const auto after = std::upper_bound(instants.begin(), instants.end(), stay.exit);
    trace.positions_inside += static_cast<std::size_t>(after - first);
    if (first == after && first != instants.begin() && after != instants.end() &&
        *after - *std::prev(first) <= longest_gap - gap_margin)
      both_sides = true;
  }
  trace.kind = trace.positions_inside > 0 ? Trace::Kind::inside
               : both_sides               ? Trace::Kind::both_sides
               : !trace.sightings.empty() ? Trace::Kind::sighting
                                          : Trace::Kind::none;
  return trace;
}

void write_texts(JsonWriter& json, std::string_view name, const std::vector<std::string>& texts) {
  json.key(name);
  json.begin_array();
  for (const std::string& text : texts) json.text(text);
  json.end_array();
}

std::vector<std::string> addresses_of(const Flight& flight) {
  std::vector<std::string> addresses;
  if (flight.transponder != Transponder::off) addresses.push_back(flight.address);
  if (!flight.radar_track.empty()) addresses.push_back(flight.radar_track);
  return addresses;
}

void write_track(JsonWriter& json, const Flight& flight) {
  json.key("track");
  json.begin_array();
  if (!flight.ghost)
    for (const auto& [at, moment] : flight.track.thinned(25)) {
      json.begin_array();
      json.decimal((at - flight.track.start()).in_seconds(), 0);
      json.decimal(moment.place.latitude, 5);
      json.decimal(moment.place.longitude, 5);
      json.decimal(moment.height_m, 0);
      json.end_array();
    }
  json.end_array();
}

std::string compact(JsonWriter& json) {
  std::string text = json.take();
  text.pop_back();  // The line end; rows are joined below.
  return text;
}

std::string flight_row(const Flight& flight) {
  JsonWriter json(JsonWriter::Layout::compact);
  json.begin_object();
  json.member("id", flight.id);
  json.member("mission", flight.mission);
  json.member("party", flight.airframe.party);
  json.member("military", flight.airframe.military);
  json.member("combat", flight.airframe.type.combat);
  json.member("craft", to_string(flight.airframe.type.craft));
  json.member("type", flight.airframe.type.designator);
  json.member("registration", flight.airframe.registration);
  json.member("airframe_address", flight.airframe.address);
  write_texts(json, "addresses", addresses_of(flight));
  json.member("call_sign", flight.call_sign);
  json.member("registered", flight.airframe.registered);
  json.member("transponder", to_string(flight.transponder));
  json.member("fabricated", flight.ghost || flight.fabrication.has_value());
  write_texts(json, "troubles", flight.troubles);
  json.member("notice", flight.notice);
  json.member("from", quantities::rfc3339_milliseconds(flight.track.start()));
  json.member("until", quantities::rfc3339_milliseconds(flight.track.end()));
  write_track(json, flight);
  json.end_object();
  return compact(json);
}

std::string stay_row(const Flight& flight, const Stay& stay, const Trace& trace) {
  JsonWriter json(JsonWriter::Layout::compact);
  json.begin_object();
  json.member("flight", flight.id);
  write_texts(json, "addresses", addresses_of(flight));
  json.member("rule", stay.rule);
  write_texts(json, "areas", stay.areas);
  json.member("entry", quantities::rfc3339_milliseconds(stay.entry));
  json.member("exit", quantities::rfc3339_milliseconds(stay.exit));
  json.key("seconds_inside");
  json.decimal((stay.exit - stay.entry).in_seconds(), 1);
  json.key("least_altitude_msl_m");
  json.decimal(stay.least_height_m, 1);
  json.key("greatest_altitude_msl_m");
  json.decimal(stay.most_height_m, 1);
  json.key("least_pressure_altitude_m");
  json.decimal(stay.least_pressure_m, 1);
  json.key("greatest_pressure_altitude_m");
  json.decimal(stay.most_pressure_m, 1);
  json.key("deepest_m");
  json.decimal(stay.deepest_m, 1);
  json.member("prohibited", stay.prohibited());
  json.key("prohibited_seconds");
  json.decimal(stay.prohibited_s, 1);
  json.key("excepted_seconds");
  json.decimal(stay.excepted_s, 1);
  json.member("breach", stay.breach());
  json.member("why_not_prohibited", stay.why_not);
  json.member("notice", stay.notice);
  json.member("exception", stay.exception_reason);
  json.member("marginal", stay.marginal);
  json.member("trace", to_string(trace.kind));
  json.member("positions_inside", trace.positions_inside);
  write_texts(json, "sightings", trace.sightings);
  write_texts(json, "troubles", flight.troubles);
  json.end_object();
  return compact(json);
}

// `line` is that of its row in the file of its source, where the header is line 1.
std::string sighting_row(const Seen& seen, std::size_t line, const Missions& missions) {
  JsonWriter json(JsonWriter::Layout::compact);
  json.begin_object();
  json.member("id", seen.id);
  json.member("source", seen.source);
  json.member("file", sightings_path(seen.source));
  json.member("line", line);
  json.member("flight", seen.flight ? missions.flights[*seen.flight].id : "");
  json.member("at", quantities::rfc3339_milliseconds(seen.at));
  json.end_object();
  return compact(json);
}

std::string joined(const std::vector<std::string>& rows) {
  std::string out = "[";
  for (std::size_t i = 0; i < rows.size(); ++i) out += (i == 0 ? "\n" : ",\n") + rows[i];
  return out + "\n]";
}

}  // namespace

std::string_view to_string(Trace::Kind kind) {
  switch (kind) {
    case Trace::Kind::none: return "none";
    case Trace::Kind::sighting: return "sighting";
    case Trace::Kind::both_sides: return "both sides";
    case Trace::Kind::inside: return "inside";
  }
  return "?";
}

std::string truth_json(const ExerciseSettings& settings, const Missions& missions,
                       const Reception& reception, const std::vector<Seen>& seen) {
  const std::vector<Times> heard = heard_times(missions, reception);
  std::vector<std::string> flights, stays, sightings;
  for (std::size_t f = 0; f < missions.flights.size(); ++f) {
    const Flight& flight = missions.flights[f];
    flights.push_back(flight_row(flight));
    for (const Stay& stay : flight.stays)
      stays.push_back(stay_row(flight, stay, trace_of(f, stay, heard[f], seen)));
  }
  std::map<std::string, std::size_t> lines;
  for (const Seen& s : seen) sightings.push_back(sighting_row(s, 2 + lines[s.source]++, missions));

  JsonWriter head(JsonWriter::Layout::compact);
  head.begin_object();
  head.member("format", "truce exercise truth");
  head.member("version", 1);
  head.member("theatre", settings.theatre->id);
  head.member("seed", std::to_string(settings.seed));
  head.member("days", settings.days);
  head.member("aircraft", settings.aircraft);
  head.member("errors_within_bounds", settings.errors_within_bounds);
  head.member("longest_gap_seconds", longest_gap.microseconds / 1'000'000);
  head.end_object();
  std::string out = compact(head);
  out.pop_back();  // The closing bracket.
  return out + ",\n\"presences\":" + joined(stays) + ",\n\"sightings\":" + joined(sightings) +
         ",\n\"flights\":" + joined(flights) + "}\n";
}

}  // namespace truce::exercise
