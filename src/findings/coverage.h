// Coverage: which share of what a rule forbids in an area on a day would have been seen.
//
// Reception is counted in slots: a cell of a quarter degree, a band of pressure altitude (below
// FL100, to FL245, above) and five minutes. A slot was heard when a position was received from it,
// or when a source in whose reach all of it lies wrote anything at all in those minutes and its
// coverage is declared by heartbeat. A slot under a declared restriction is not heard. Coverage is
// the heard share weighted by the share of the bound fleet that the source is declared to show, by
// default none: hearing airliners says nothing of dark sorties.
//
// Only slots in which the rule could be broken count: when it held, for somebody, in all cells that
// the area reaches into, in the bands that it forbids. docs/decisions/coverage.md says why.
#pragma once

#include <memory>
#include <vector>

#include "findings/finding.h"
#include "findings/flight_rule.h"
#include "incidents/track.h"
#include "observations/observations.h"
#include "terms/agreement.h"

namespace truce::findings {

/// The day a moment is counted on: the local date, where days begin at the cut-off hour.
quantities::Date day_of(const terms::Agreement& agreement, Instant t);
/// When that day begins.
Instant start_of(const terms::Agreement& agreement, quantities::Date day);

/// First to last observation; empty (from == until) where there is none.
quantities::Period observed_period(const observations::Observations& seen,
                                   const std::vector<const observations::SortedRun*>& runs);

/// What was heard in the cells of all areas that any rule speaks of. It is told of every position,
/// in any order and from any threads, and then asked once.
class Reception {
 public:
  /// All must outlive it. `period` is that of everything it will be told.
  Reception(const Zones& zones, const observations::Observations& seen,
            const incidents::SourceNumbers& numbers, quantities::Period period);
  ~Reception();
  Reception(const Reception&) = delete;
  Reception& operator=(const Reception&) = delete;

  void hear(const observations::Positions& positions, std::size_t row);

  /// A line for every rule, area and day of the period, in order; verdicts follow from the findings
  /// (which must have their areas and days).
  std::vector<CoverageLine> lines(const std::vector<Finding>& findings);

 private:
  struct Heard;
  std::unique_ptr<Heard> heard_;
};

}  // namespace truce::findings
