// Standard: whether the evidence is what the agreement asks for before anyone says "violation".
//
// A signal can be fabricated to frame a party. So a violation needs several independent origins
// each of which alone shows the breach, or one source that the co-chairs accept. Two sources of
// one origin do not corroborate each other; sources that nobody declared share one origin.
#pragma once

#include <string>
#include <vector>

#include "findings/finding.h"
#include "incidents/track.h"
#include "terms/agreement.h"

namespace truce::findings {

/// A source that shows the breach by itself.
struct Support {
  std::string source;
  std::string origin;
  bool accepted = false;
};

/// The origin of a source: its own id where it states none, and one for all undeclared ones.
std::string origin_of(const observations::Source& source);
/// Whether the co-chairs accept it as the agreement's standard asks.
bool is_accepted(const observations::Source& source, const terms::Agreement& agreement);

/// The condition as a reason. `heard` are the origins that reported the aircraft at all.
Reason standard_reason(const terms::Agreement& agreement, const std::vector<Support>& supports,
                       const std::vector<std::string>& heard);
/// The question that is open where the standard is not met.
std::string standard_question(const terms::Agreement& agreement, const std::string& who);

}  // namespace truce::findings
