// Profile: the height of a flight over time, against the floor and ceiling of the area.
//
// Heights above different zeros do not compare. The picture draws each as it was given, names the
// reference of every line, and says where they differ; the answer is in the reasons, not in the
// picture.
#pragma once

#include <string>

#include "publication/edition.h"
#include "publication/map.h"

namespace truce::publication {

/// Empty where nothing is known of the height.
std::string altitude_profile(const Assessment& assessment, const Numbered& finding,
                             const std::string& id);

}  // namespace truce::publication
