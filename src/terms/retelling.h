// Retelling: the agreement told back in plain English, clause by clause, so that a lawyer can see
// what the machine understood and correct it where it understood wrongly.
#pragma once

#include <string>

#include "terms/agreement.h"

namespace truce::terms {

/// Everything that is decided from, and everything that is not decided. Lines are at most 88
/// characters wide; the same agreement gives the same bytes. Areas tell their size and place once
/// their outlines are resolved.
std::string retold(const Agreement& agreement);

/// One rule alone: its own words, and what was understood of it. With a line's end.
std::string retold(const Agreement& agreement, const FlightRule& rule);

/// "10,000 ft above mean sea level", "flight level 245", "500 ft above the ground", "the surface",
/// "unlimited height".
std::string limit_text(const Limit& limit);

/// "00:00 on 27 February 2016" in the agreement's zone, with seconds only where there are any; a
/// local time that occurs twice has its time in UTC behind it.
std::string local_text(const Agreement& agreement, Instant t);

}  // namespace truce::terms
