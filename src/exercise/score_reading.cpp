// The one file of the exercise that knows simdjson.
#include "exercise/score_reading.h"

#include <simdjson.h>

namespace truce::exercise {

namespace {

using quantities::Instant;
using simdjson::dom::array;
using simdjson::dom::element;
using Place = std::string;

// Thrown inside this file only.
struct Missing {
  Place where;
  std::string what;
};

element member(element object, std::string_view name, const Place& where) {
  element value;
  if (object[name].get(value)) throw Missing{where, "'" + std::string(name) + "' is missing"};
  return value;
}

std::string text(element object, std::string_view name, const Place& where) {
  const element value = member(object, name, where);
  if (value.is_null()) return "";
  std::string_view out;
  if (value.get(out)) throw Missing{where, "'" + std::string(name) + "' is no text"};
  return std::string(out);
}

bool boolean(element object, std::string_view name, const Place& where) {
  bool out = false;
  if (member(object, name, where).get(out))
    throw Missing{where, "'" + std::string(name) + "' is neither true nor false"};
  return out;
}

double number(element object, std::string_view name, const Place& where) {
  double out = 0;
  if (member(object, name, where).get(out))
    throw Missing{where, "'" + std::string(name) + "' is no number"};
  return out;
}

std::int64_t integer(element object, std::string_view name, const Place& where) {
  std::int64_t out = 0;
  if (member(object, name, where).get(out))
    throw Missing{where, "'" + std::string(name) + "' is no whole number"};
  return out;
}

array list(element object, std::string_view name, const Place& where) {
  array out;
  if (member(object, name, where).get(out))
    throw Missing{where, "'" + std::string(name) + "' is no array"};
  return out;
}

std::vector<std::string> texts(element object, std::string_view name, const Place& where) {
  std::vector<std::string> out;
  for (const element item : list(object, name, where)) {
    std::string_view value;
    if (item.get(value)) throw Missing{where, "'" + std::string(name) + "' holds what is no text"};
    out.emplace_back(value);
  }
  return out;
}

Instant instant(element object, std::string_view name, Instant otherwise, const Place& where) {
  const std::string value = text(object, name, where);
  if (value.empty()) return otherwise;
  const auto at = quantities::instant_from(value);
  if (!at) throw Missing{where, "'" + std::string(name) + "' is no time: '" + value + "'"};
  return *at;
}

quantities::TimeBounds bounds(element object, std::string_view name, const Place& where) {
  const element value = member(object, name, where);
  return {instant(value, "earliest", quantities::earliest_instant, where),
          instant(value, "latest", quantities::latest_instant, where)};
}

bool true_if_there(element object, std::string_view name) {
  bool out = false;
  return !object[name].get(out) && out;
}

bool false_if_there(element object, std::string_view name) {
  bool out = true;
  return !object[name].get(out) && !out;
}

ScoredFinding finding_from(element value, const Place& where) {
  ScoredFinding f;
  f.id = text(value, "id", where);
  f.verdict = text(value, "verdict", where);
  f.rule = text(value, "rule", where);
  f.areas = texts(value, "areas", where);
  f.address = text(member(value, "aircraft", where), "address", where);
  f.entry = bounds(value, "entry", where);
  f.exit = bounds(value, "exit", where);
  const element inside = member(value, "seconds_inside", where);
  f.least_inside_s = number(inside, "min", where);
  f.most_inside_s = number(inside, "max", where);
  if (const element height = member(value, "altitude", where); !height.is_null()) {
    f.height_scale = text(height, "reference", where);
    f.least_height_m = number(height, "least_m", where);
    f.most_height_m = number(height, "most_m", where);
  }
  if (const element depth = member(value, "penetration_m", where); !depth.is_null()) {
    if (!member(depth, "min", where).is_null()) f.least_depth_m = number(depth, "min", where);
    if (!member(depth, "max", where).is_null()) f.most_depth_m = number(depth, "max", where);
  }
  f.on_sighting = true_if_there(value, "rests_on_sighting");
  f.entry_seen = !false_if_there(value, "entry_seen");
  f.exit_seen = !false_if_there(value, "exit_seen");
  for (const element item : list(value, "evidence", where))
    f.evidence.emplace_back(text(item, "input", where), integer(item, "record", where));
  return f;
}

TruePresence presence_from(element value, const Place& where) {
  TruePresence p;
  p.flight = text(value, "flight", where);
  p.rule = text(value, "rule", where);
  p.areas = texts(value, "areas", where);
  p.addresses = texts(value, "addresses", where);
  p.troubles = texts(value, "troubles", where);
  p.entry = instant(value, "entry", quantities::earliest_instant, where);
  p.exit = instant(value, "exit", quantities::latest_instant, where);
  p.prohibited = boolean(value, "prohibited", where);
  p.breach = boolean(value, "breach", where);
  p.marginal = boolean(value, "marginal", where);
  p.trace = text(value, "trace", where);
  p.traced = p.trace != "none";
  p.least_height_m = number(value, "least_altitude_msl_m", where);
  p.most_height_m = number(value, "greatest_altitude_msl_m", where);
  p.least_pressure_m = number(value, "least_pressure_altitude_m", where);
  p.most_pressure_m = number(value, "greatest_pressure_altitude_m", where);
  p.deepest_m = number(value, "deepest_m", where);
  return p;
}

TrueFlight flight_from(element value, const Place& where) {
  return {text(value, "id", where), texts(value, "addresses", where),
          texts(value, "troubles", where),
          instant(value, "from", quantities::earliest_instant, where),
          instant(value, "until", quantities::latest_instant, where)};
}

TrueSighting sighting_from(element value, const Place& where) {
  return {text(value, "id", where), text(value, "flight", where), text(value, "file", where),
          integer(value, "line", where)};
}

template <class Item, class Read>
std::vector<Item> each(element root, std::string_view name, const Place& file, Read read) {
  std::vector<Item> items;
  for (const element value : list(root, name, file))
    items.push_back(
        read(value, file + ":" + std::string(name) + " " + std::to_string(items.size() + 1)));
  return items;
}

// Parses and reads; what is missing becomes a Problem.
template <class T, class Read>
base::Result<T> read_document(std::string_view json, const Place& file, Read read) {
  try {
    simdjson::dom::parser parser;
    element root;
    if (const auto error = parser.parse(simdjson::padded_string(json)).get(root))
      return base::problem(file, std::string("not JSON: ") + simdjson::error_message(error));
    return read(root);
  } catch (const Missing& missing) {
    return base::problem(missing.where, missing.what);
  } catch (const simdjson::simdjson_error& error) {
    return base::problem(file, error.what());
  }
}

}  // namespace

base::Result<std::vector<ScoredFinding>> read_scored_findings(std::string_view json) {
  const Place file = "findings.json";
  return read_document<std::vector<ScoredFinding>>(json, file, [&](element root) {
    return each<ScoredFinding>(root, "findings", file, finding_from);
  });
}

base::Result<Truth> read_truth(std::string_view json) {
  const Place file = "truth.json";
  return read_document<Truth>(json, file, [&](element root) -> base::Result<Truth> {
    if (text(root, "format", file) != "truce exercise truth")
      return base::problem(file, "this is not the truth of an exercise");
    if (number(root, "version", file) != 1)
      return base::problem(file, "expected version 1 of the format");
    Truth truth;
    truth.seed = text(root, "seed", file);
    truth.errors_within_bounds = boolean(root, "errors_within_bounds", file);
    truth.presences = each<TruePresence>(root, "presences", file, presence_from);
    truth.flights = each<TrueFlight>(root, "flights", file, flight_from);
    truth.sightings = each<TrueSighting>(root, "sightings", file, sighting_from);
    return truth;
  });
}

}  // namespace truce::exercise
