// Truth: what really happened in an exercise, as truth.json (docs/formats/truth.md).
#pragma once

#include <string>
#include <vector>

#include "exercise/missions.h"
#include "exercise/people.h"
#include "exercise/reception.h"

namespace truce::exercise {

/// What of a stay can be known from the observations of the case.
struct Trace {
  enum class Kind : std::uint8_t {
    none,        ///< Nothing was reported of it.
    sighting,    ///< Only people saw it.
    both_sides,  ///< No position inside, but positions before and after within the longest gap.
    inside,      ///< A position of known error inside.
  } kind = Kind::none;
  std::vector<std::string> sightings;  ///< Ids of those during the stay.
  std::size_t positions_inside = 0;
};
std::string_view to_string(Trace::Kind kind);

/// Silences up to this join two positions (`max_gap` of the built-in theatre).
constexpr Duration longest_gap = quantities::minutes(30);

std::string truth_json(const ExerciseSettings& settings, const Missions& missions,
                       const Reception& reception, const std::vector<Seen>& seen);

}  // namespace truce::exercise
