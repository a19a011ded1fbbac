// Previous: the findings of an earlier run, whose ids later runs inherit.
//
// A changed input may change a verdict; it must not change the name under which people speak of a
// finding. A finding takes over the id of an earlier one of the same rule and subject whose time it
// overlaps; where it overlaps several, the earliest lends its id and the others are superseded.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "findings/finding.h"

namespace truce::findings {

struct EarlierFinding {
  std::string id, verdict, rule, subject;  ///< Subject: the address, or "sighting".
  quantities::Period time;
};

/// Reads what is needed of a findings.json.
base::Result<std::vector<EarlierFinding>> read_previous(std::string_view json,
                                                        std::string_view file);

/// Gives inherited ids, fills `supersedes`, and tells what changed, one sentence each.
std::vector<std::string> inherit(const std::vector<EarlierFinding>& earlier,
                                 std::vector<Finding>& findings);

}  // namespace truce::findings
