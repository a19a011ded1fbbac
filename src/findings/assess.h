// Assess: from what was agreed and what was seen to findings. A function from values to values:
// the same arguments give the same findings, whatever the number of threads.
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>

#include "findings/finding.h"
#include "observations/observations.h"
#include "terms/agreement.h"

namespace truce::findings {

struct AssessOptions {
  int threads = 1;
  /// Told now and then how much of the work is done; may be empty, and is called by one thread at
  /// a time.
  std::function<void(std::uint64_t done, std::uint64_t total)> progress;
  /// The findings.json of an earlier run, whose ids are inherited; "" for none.
  std::string_view previous_json;
};

/// The agreement must be resolved (terms/lock.h).
Findings assess(const terms::Agreement& agreement, const observations::Observations& observations,
                const AssessOptions& options);

}  // namespace truce::findings
