// ScoreReading: what the score needs of findings.json and truth.json.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "quantities/time.h"

namespace truce::exercise {

struct ScoredFinding {
  std::string id, verdict, rule;
  std::vector<std::string> areas;
  std::string address;                 ///< "" where only people saw it.
  quantities::TimeBounds entry, exit;  ///< Open ends are the ends of time.
  double least_inside_s = 0, most_inside_s = 0;
  /// Metres on one scale ("pressure", "mean sea level", "above ground"); "" where nothing is said.
  std::string height_scale;
  double least_height_m = 0, most_height_m = 0;
  std::optional<double> least_depth_m, most_depth_m;
  bool on_sighting = false;
  /// False: it may have entered before, or left after, what is said.
  bool entry_seen = true, exit_seen = true;
  /// Files and records of its evidence.
  std::vector<std::pair<std::string, std::int64_t>> evidence;
};

struct TruePresence {
  std::string flight, rule;
  std::vector<std::string> areas, addresses, troubles;
  quantities::Instant entry, exit;
  bool prohibited = false, breach = false, marginal = false, traced = false;
  std::string trace;
  double least_height_m = 0, most_height_m = 0;      ///< Above mean sea level.
  double least_pressure_m = 0, most_pressure_m = 0;  ///< Pressure altitude.
  double deepest_m = 0;
};

struct TrueFlight {
  std::string id;
  std::vector<std::string> addresses, troubles;
  quantities::Instant from, until;
};

struct TrueSighting {
  std::string id, flight, file;  ///< Flight "": nobody flew there.
  std::int64_t line = 0;
};

struct Truth {
  std::string seed;
  bool errors_within_bounds = true;
  std::vector<TruePresence> presences;
  std::vector<TrueFlight> flights;
  std::vector<TrueSighting> sightings;
};

base::Result<std::vector<ScoredFinding>> read_scored_findings(std::string_view json);
base::Result<Truth> read_truth(std::string_view json);

}  // namespace truce::exercise
