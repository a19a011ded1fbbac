// Sightings and restrictions: what people saw of aircraft, and when seeing was not possible.
// Most sorties in war carry no transponder.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/answer.h"
#include "base/result.h"
#include "observations/input.h"
#include "quantities/altitude.h"
#include "quantities/angle.h"
#include "quantities/time.h"

namespace truce::observations {

/// A person's sighting of an aircraft.
struct Sighting {
  std::string id;
  quantities::TimeBounds when;
  quantities::Point place;
  std::optional<quantities::Length> place_precision;  ///< Radius; nothing: unknown, unbounded.
  std::string type;   ///< "Mi-8", "MI8", "helicopter", "jet", or "".
  std::string party;  ///< Whose the observer took it for; "" not said.
  base::Answer military = base::Answer::unknown;
  std::optional<double> heading_degrees;
  std::optional<double> heading_precision_degrees;
  std::optional<quantities::Length> height_least, height_most;  ///< Above ground, as estimated.
  int count = 1;                                                ///< How many aircraft.
  std::string source;  ///< Id in sources.toml; "" the file's.
  std::string text;    ///< The observer's words.
  Evidence evidence;
};

/// Monitoring denied, delayed, conditional or jammed.
struct Restriction {
  std::string id;
  enum class Kind : std::uint8_t {
    jamming,
    receiver_down,
    denied,
    delayed,
    conditional
  } kind = Kind::jamming;
  quantities::Period when;
  std::optional<quantities::Point> centre;  ///< Nothing: everywhere.
  quantities::Length radius;
  std::vector<std::string> sources;  ///< Which sources; empty: all.
  std::string by;                    ///< Party said to be behind it; "" not said.
  std::string text;
  std::string where;
};
std::string_view to_string(Restriction::Kind kind);

struct SightingsReading {
  std::vector<Sighting> sightings;
  std::vector<Rejected> rejected;
  std::uint64_t records = 0;
};
/// CSV with a header; `columns` maps our names to the file's. Names: id, time, time_precision (a
/// duration, +-) or time_from and time_until, latitude, longitude, place_precision, type, party,
/// military, heading, heading_precision, height_least, height_most, count, source, text.
SightingsReading read_sightings(std::string_view csv, std::uint32_t input,
                                const std::map<std::string, std::string>& columns,
                                std::int32_t seconds_east);

struct RestrictionsReading {
  std::vector<Restriction> restrictions;
  base::Problems problems;
};
/// restrictions.toml: [restrictions.ID] kind, from, until, centre, radius, sources, by, text.
RestrictionsReading read_restrictions(std::string_view toml, std::string_view file);

}  // namespace truce::observations
