// Aircraft types: what a type designator of ICAO Doc 8643 ("A320", "MI8"), or a name that people
// say ("Mi-17", "Black Hawk", "drone"), tells of an aircraft.
//
// The table holds the types that receivers and observers meet in numbers, and every military type
// that is likely over a ceasefire. A type that is not in it says nothing: every answer is unknown.
// Answers are given only where no example of the type contradicts them: the Mi-8 flies for air
// forces and for airlines, so whether one is military stays unknown.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/answer.h"

namespace truce::observations {

struct AircraftType {
  std::string name;  ///< "MI8"; for a general word the word itself, "helicopter".
  base::Answer military = base::Answer::unknown;
  base::Answer helicopter = base::Answer::unknown;
  base::Answer unmanned = base::Answer::unknown;
  base::Answer combat = base::Answer::unknown;
  std::string flight_class = "unknown";
};

/// The type of a designator or name; nullptr if neither is known. Case, spaces and hyphens do not
/// matter.
const AircraftType* aircraft_type(std::string_view text);

/// One spelling for every way of writing a type: "Mi-8", "mi 8" and "MI8" are "MI8"; names that the
/// table knows become its designator ("Mi-17" is "MI8"); others become capital letters and digits.
std::string canonical_type(std::string_view text);

/// All designators of the table, in order.
std::vector<std::string_view> known_designators();

}  // namespace truce::observations
