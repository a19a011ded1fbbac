// The slow, obviously right way to assess a case: every position in memory, sorted at once, every
// aircraft made whatever it came near, coverage counted area by area over all positions.
#pragma once

#include "findings/finding.h"
#include "observations/observations.h"
#include "terms/agreement.h"

namespace truce::oracle {

/// All positions must be in Observations::positions. Figures and errata are left out.
findings::Findings assess_whole(const terms::Agreement& agreement,
                                const observations::Observations& seen);

}  // namespace truce::oracle
