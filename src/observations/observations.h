// Observations: everything that was seen in one case, read and kept.
#pragma once

#include <vector>

#include "observations/affiliation.h"
#include "observations/input.h"
#include "observations/notices.h"
#include "observations/positions.h"
#include "observations/sightings.h"
#include "observations/sources.h"

namespace truce::observations {

struct Observations {
  std::vector<Input> inputs;  ///< By name; Evidence::input counts into it.
  Sources sources;
  Positions positions;
  std::vector<Sighting> sightings;
  std::vector<Restriction> restrictions;
  Ledger ledger;
  Register aircraft;
  std::vector<Rejected> rejected;  ///< By input and record.
};

}  // namespace truce::observations
