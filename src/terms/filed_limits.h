// FiledLimits: where the agreement and the airspace file that it takes an outline from both speak
// of an area, whose words count.
//
// The agreement's. What it says of floor, ceiling and validity holds, whatever the file says, and
// the difference is told. It may also say that the file's limits are meant, floor = "file", and
// then these are written into agreement.lock and told with it. Where it says nothing although the
// file does, nobody could know which was meant, "from the surface without limit" or the file's
// band: that is a problem and not a default. Files that state no limits (maps) leave the default as
// it always was: from the surface, without limit. Times are never taken from a file.
#pragma once

#include "base/result.h"
#include "terms/agreement.h"
#include "terms/charted_area.h"

namespace truce::terms {

/// Fills the limits that the agreement takes from the file; null: a file that states none. Every
/// problem at once, at the place of the area.
base::Problems take_limits(Area& area, const ChartedArea* charted);

/// What the file says otherwise than the agreement, each as a warning at the place of the area.
base::Problems differences(const Area& area, const ChartedArea& charted);

/// Whether two limits are the same height above the same thing.
bool same_height(const Limit& a, const Limit& b);

}  // namespace truce::terms
