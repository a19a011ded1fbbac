// Timeline: what was found and when, one lane for each rule and area, above lanes for what kept
// the mission from seeing and for the hours of notices. And the same days as a calendar of
// coverage.
#pragma once

#include <string>
#include <vector>

#include "publication/edition.h"
#include "publication/map.h"

namespace truce::publication {

std::string timeline(const Assessment& assessment, const std::vector<Numbered>& findings);

/// A field for each rule, area and day, darker the more of it was covered, with the mark of the
/// day's verdict. Where there are more days than columns, a column stands for several of them:
/// it shows the least coverage and the gravest verdict among them.
std::string coverage_calendar(const Assessment& assessment);

}  // namespace truce::publication
