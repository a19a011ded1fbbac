// Observations: everything that was seen in one case, read and kept.
#pragma once

#include <memory>
#include <vector>

#include "observations/affiliation.h"
#include "observations/input.h"
#include "observations/notices.h"
#include "observations/positions.h"
#include "observations/sightings.h"
#include "observations/sorted_run.h"
#include "observations/sources.h"

namespace truce::observations {

struct Observations {
  std::vector<Input> inputs;  ///< By name; Evidence::input counts into it.
  Sources sources;
  Positions positions;  ///< Those that are held in memory, in any order.
  /// Those that are not: written aside while reading, or in an archive.
  std::vector<std::shared_ptr<const SortedRun>> runs;
  std::vector<Sighting> sightings;
  std::vector<Restriction> restrictions;
  Ledger ledger;
  Register aircraft;
  std::vector<Rejected> rejected;  ///< By input and record.

  std::uint64_t position_count() const {
    std::uint64_t count = positions.size();
    for (const auto& run : runs) count += run->size();
    return count;
  }
};

}  // namespace truce::observations
