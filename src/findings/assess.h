// Assess: from what was agreed and what was seen to findings. A function from values to values:
// the same arguments give the same findings, however the work is spread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

#include "base/result.h"
#include "findings/finding.h"
#include "findings/previous.h"
#include "observations/observations.h"
#include "terms/agreement.h"

namespace truce::findings {

struct AssessOptions {
  /// Calls work(0) ... work(count - 1), in any order and on any threads, and returns when all are
  /// done. Empty: one after the other.
  std::function<void(std::size_t count, const std::function<void(std::size_t)>& work)> for_each;
  /// Told now and then how many positions are done; may be empty. Called from wherever work runs.
  std::function<void(std::uint64_t done, std::uint64_t total)> progress;
  /// How many positions are taken up at a time by each of the threads, roughly: whole aircraft.
  std::size_t batch = 256 * 1024;
  /// The findings of an earlier run, whose ids are inherited.
  std::vector<EarlierFinding> previous;
};

/// The agreement must be resolved (terms/lock.h). Positions come by ranges of addresses, never all
/// at once. A problem where a run of them is damaged.
base::Result<Findings> assess(const terms::Agreement& agreement,
                              const observations::Observations& seen, const AssessOptions& options);

}  // namespace truce::findings
