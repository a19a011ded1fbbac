// People: who saw an aircraft with their own eyes, and how exactly they could say so.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "exercise/missions.h"

namespace truce::exercise {

/// One sighting as somebody reported it.
struct Seen {
  std::string id;
  std::string source;
  std::optional<std::size_t> flight;  ///< Nothing: nobody flew there.
  Instant at;                         ///< When it truly was; of false ones, when it was said to be.
  Instant reported_at;
  Duration time_precision;
  Place place;  ///< As reported.
  double place_precision_m = 0;
  std::string type, party, military;
  double heading_degrees = 0;
  double least_height_m = 0, most_height_m = 0;  ///< Above ground.
  std::string text;
};

std::vector<Seen> watch(const ExerciseSettings& settings, const Missions& missions,
                        const Random& random);

/// Where the sightings of a source stand in the case, and what stands there: one line each.
std::string sightings_path(const std::string& source);
std::string sightings_csv(const std::vector<Seen>& seen, const std::string& source);

/// The sources of sightings, for sources.toml, and their ids.
std::string people_sources_toml();
const std::vector<std::string>& people_sources();

}  // namespace truce::exercise
