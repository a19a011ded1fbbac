// Reception: which receiver heard what, and how wrong it was.
//
// Each source has posts with a reach, bounded by the horizon at the aircraft's height; a clock; and
// bounds that the case declares for it (sources.toml). Every reported value is the true one with an
// error inside those bounds, sometimes right at them, unless the exercise is one of broken bounds.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "exercise/missions.h"

namespace truce::exercise {

/// How a source writes what it hears.
enum class Form : std::uint8_t {
  readsb_trace,
  aircraft_json,
  json_lines,
  sbs1,
  opensky_csv,
  opensky_json,
  radar_csv,
};

struct Post {
  Place place;
  double height_m;  ///< Of the antenna above mean sea level.
  double range_m;   ///< However high the aircraft is.
};

struct Station {
  std::string id;
  std::string title;
  std::string origin;
  Form form;
  std::string files;  ///< Pattern, for sources.toml.
  char reliability;
  int credibility;
  std::vector<std::string> tied_to, accepted_by;
  std::vector<Post> posts;
  std::optional<double> position_bound_m;
  double time_bound_s;
  std::optional<double> pressure_bound_ft;
  std::optional<double> geometric_bound_m;
  double clock_offset_s = 0;       ///< How wrong its clock truly is.
  double interval_share = 1;       ///< Of the exercise's reporting interval.
  double writes_within_m = 0.2;    ///< What its number of decimals may cost.
  bool gives_containment = false;  ///< Whether its rows can carry `rc`.
  std::string copy_of;             ///< Passes on what another station heard.
  std::vector<Period> outages;
};

struct Jamming {
  std::string id;
  Place centre;
  double radius_m;
  Period when;
  bool declared = true;  ///< Whether restrictions.toml tells of it.
};

/// One position as a station reports it.
struct Fix {
  std::size_t flight = 0;
  Instant at;           ///< When the aircraft truly was there.
  Instant reported_at;  ///< What the station says.
  double age_s = 0;     ///< For snapshots: how old it says the position is.
  Instant written_at;   ///< For snapshots: the station's time of writing.
  std::string address;
  std::string call_sign;
  Place place;  ///< As reported.
  std::optional<double> pressure_ft, geometric_ft;
  std::optional<double> containment_m;  ///< 0 is written as 0.
  bool details = true;                  ///< Whether the row carries more than the bare position.
  double speed_kt = 0, track_degrees = 0, climb_ft_min = 0;
  bool on_ground = false;
  bool fabricated = false;
  bool bounded = true;  ///< Whether anything declared bounds its error.
};

struct Reception {
  std::vector<Station> stations;
  std::vector<Jamming> jammings;
  std::vector<std::vector<Fix>> fixes;  ///< By station, then by time of report.
};

Reception receive(const ExerciseSettings& settings, Missions& missions, const Weather& weather,
                  const Random& random);

std::string sources_toml(const Reception& reception);
std::string restrictions_toml(const Reception& reception);

}  // namespace truce::exercise
