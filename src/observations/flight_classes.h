// Flight classes beside each other: which of two allows more (the table is in flight_classes.cpp;
// flight_class() and flight_classes() are declared in affiliation.h).
#pragma once

#include "observations/affiliation.h"

namespace truce::observations {

/// Whether everything that the narrow class can do, the wide one can do as well.
bool covers(const FlightClass& wide, const FlightClass& narrow);

/// The least class that covers both: what holds when two bases disagree. "unknown" covers all.
const FlightClass& covering_class(const FlightClass& a, const FlightClass& b);

}  // namespace truce::observations
