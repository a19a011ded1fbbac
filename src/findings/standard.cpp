#include "findings/standard.h"

#include <algorithm>
#include <set>

#include "base/text.h"

namespace truce::findings {

std::string origin_of(const observations::Source& source) {
  return source.origin.empty() ? source.id : source.origin;
}

bool is_accepted(const observations::Source& source, const terms::Agreement& agreement) {
  using Acceptance = terms::EvidenceStandard::Acceptance;
  const auto accepts = [&](const std::string& co_chair) {
    return std::find(source.accepted_by.begin(), source.accepted_by.end(), co_chair) !=
           source.accepted_by.end();
  };
  if (agreement.co_chairs.empty()) return false;
  switch (agreement.evidence_standard.accepted_by) {
    case Acceptance::nobody: return false;
    case Acceptance::any_co_chair:
      return std::any_of(agreement.co_chairs.begin(), agreement.co_chairs.end(), accepts);
    case Acceptance::all_co_chairs:
      return std::all_of(agreement.co_chairs.begin(), agreement.co_chairs.end(), accepts);
  }
  return false;
}

Reason standard_reason(const terms::Agreement& agreement, const std::vector<Support>& supports,
                       const std::vector<std::string>& heard) {
  std::set<std::string> origins;
  std::string accepted;
  for (const Support& s : supports) {
    origins.insert(s.origin);
    if (s.accepted && accepted.empty()) accepted = s.source;
  }
  const int wanted = agreement.evidence_standard.origins;
  Reason reason;
  reason.clause = "evidence standard";
  reason.question = "does the evidence meet the agreement's standard?";
  const bool enough = static_cast<int>(origins.size()) >= wanted;
  reason.answer = enough || !accepted.empty() ? Answer::yes : Answer::unknown;
  const std::vector<std::string> named(origins.begin(), origins.end());
  if (!accepted.empty())
    reason.because = "the source " + accepted + ", which the co-chairs accept, shows it by itself";
  else if (enough)
    reason.because = std::to_string(origins.size()) +
                     " independent origins each show it by themselves: " + base::listed(named);
  else
    reason.because =
        "the standard asks for " + std::to_string(wanted) +
        " independent origins or a source that the co-chairs accept; " +
        (origins.empty() ? "no origin shows it by itself (heard: " + base::listed(heard) + ")"
                         : "it is shown by " + base::listed(named) + " alone");
  return reason;
}

std::string standard_question(const terms::Agreement& agreement, const std::string& who) {
  return "Is there another independent source for " + who +
         " there, or do the co-chairs accept one of "
         "these? The standard asks for " +
         std::to_string(agreement.evidence_standard.origins) + " origins.";
}

}  // namespace truce::findings
