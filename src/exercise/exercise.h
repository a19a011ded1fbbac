// Exercise: a realistic mission made up from a seed, as a whole case with known truth.
//
//   Exercise exercise = make_exercise({.seed = 7, .days = 2, .aircraft = 80});
//   for (const auto& [path, bytes] : exercise.files) ...write...
//
// The case holds what a mission would have: terms, sources, a register, notices, restrictions, and
// observations in many formats, with reception limited by reach and horizon, outages, jamming,
// fabricated positions, shared addresses, wrong clocks and broken rows; and truth.json, which says
// what really happened (docs/formats/truth.md). Same settings, same bytes, on every machine.
//
// Errors stay within the bounds that the case declares for its sources, unless the settings say
// otherwise.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "exercise/theatre.h"
#include "quantities/time.h"

namespace truce::exercise {

struct ExerciseSettings {
  std::uint64_t seed = 1;
  int days = 1;                      ///< 1 to 366.
  int aircraft = 60;                 ///< 1 to 100,000 aircraft; not all fly every day.
  bool errors_within_bounds = true;  ///< False: clocks, positions and people err beyond what the
                                     ///< sources declare, and positions are fabricated with care.
  Duration report_every = quantities::seconds(10);  ///< How often a receiver reports an aircraft.
  const Theatre* theatre = &joint_implementation_group();  ///< Must outlive the call.
};

struct Exercise {
  std::map<std::string, std::string> files;  ///< Path inside the case ('/' between) to bytes.
};

Exercise make_exercise(const ExerciseSettings& settings);

/// The settings of examples/joint-implementation-group, which is what
/// truce exercise --seed 2016 --aircraft 32 makes.
ExerciseSettings example_settings();

}  // namespace truce::exercise
