// Check: what looks wrong in an agreement that is well formed. A warning stops nothing.
//
//   for (const Problem& p : warnings_of(agreement)) tell(p);      // after resolve()
//
// Warned of: areas of unequal grades that overlap in ground, time and height; rules that can never
// apply, or bind someone who is not bound; rules of which one bans what the other excepts; areas
// that no rule covers; ceilings below floors or below the ground; heights above ground over
// unknown terrain; outlines that lie as if longitude and latitude had been exchanged. Outlines that
// cross themselves are refused when they are resolved.
#pragma once

#include "base/result.h"
#include "terms/agreement.h"

namespace truce::terms {

/// In the order of the file, each at the place of the area or rule. What needs outlines is passed
/// over for areas whose outline is not resolved.
/// `zone_table` is the text of zone.tab of the IANA database; without it, exchanged axes are seen
/// beside the other areas alone.
base::Problems warnings_of(const Agreement& agreement, std::string_view zone_table = {});

}  // namespace truce::terms
