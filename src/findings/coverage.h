// Coverage: which share of an area and day was watched, and which share of prohibited acts would
// have been seen.
//
// Reception is counted in slots: a cell of a quarter degree, a band of pressure altitude (below
// FL100, to FL245, above) and five minutes. A slot was heard when a position was received from it,
// or when a source whose reach covers it wrote anything at all in those minutes and its coverage is
// declared by heartbeat. A slot under a declared restriction is not heard. Coverage is the heard
// share weighted by the share of the bound fleet that the source is declared to show, by default
// none: hearing airliners says nothing of dark sorties.
#pragma once

#include <vector>

#include "findings/finding.h"
#include "findings/flight_rule.h"
#include "observations/observations.h"
#include "terms/agreement.h"

namespace truce::findings {

/// The day a moment is counted on: the local date, where days begin at the cut-off hour.
quantities::Date day_of(const terms::Agreement& agreement, Instant t);
/// When that day begins.
Instant start_of(const terms::Agreement& agreement, quantities::Date day);

/// First to last observation; empty (from == until) where there is none.
quantities::Period observed_period(const observations::Observations& seen);

/// A line for every rule, area and day of the observed period, in order; verdicts follow from the
/// findings (which must have their areas and days).
std::vector<CoverageLine> coverage_of(const Zones& zones, const observations::Observations& seen,
                                      const std::vector<Finding>& findings);

}  // namespace truce::findings
