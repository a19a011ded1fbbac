// Tables: the outputs for spreadsheets, as CSV (RFC 4180, UTF-8, lines ended by CR LF, one header
// line). Every row ends with the audience. Times are RFC 3339 UTC.
//
// Texts that came from inputs and that a spreadsheet would run as a formula (those beginning with
// = + - @ or a tab) are written with an apostrophe before them.
#pragma once

#include <string>

#include "publication/edition.h"

namespace truce::publication {

/// One row a finding, by entry, rule and id. Lists within a field are separated by "; ".
std::string findings_csv(const Assessment& assessment);
/// One row a rule, area and day: what was heard, covered and restricted, and what it comes to.
std::string coverage_csv(const Assessment& assessment);
/// One row a rule, area, party and day.
std::string figures_csv(const Assessment& assessment);
/// One row a rejected record: file, record (line, or row from 1), reason and the text itself.
std::string rejected_csv(const Assessment& assessment);

}  // namespace truce::publication
