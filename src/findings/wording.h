// Wording: the sentences of a finding. Every sentence says what an answer rests on, so that it can
// be read aloud in a meeting; every unknown becomes a question that somebody can go and answer.
#pragma once

#include <string>
#include <vector>

#include "findings/finding.h"
#include "findings/flight_rule.h"
#include "incidents/track.h"
#include "terms/agreement.h"

namespace truce::findings {

/// "Government of Syria" for "government", or the id where no name is given.
std::string party_name(const terms::Agreement& agreement, const std::string& id);

/// "medical evacuation", "humanitarian flights": what stands behind "the exception for".
std::string purpose_words(terms::Purpose purpose);

/// "military helicopter", "aircraft of unknown kind".
std::string kind_text(const observations::AircraftNature& nature);

/// What gave the answer to one condition over one piece, as a sentence without a full stop.
std::string because(Condition condition, const JudgedPiece& piece,
                    const terms::Agreement& agreement, const terms::FlightRule& rule,
                    const incidents::Aircraft& aircraft, const incidents::SourceNumbers& numbers,
                    const incidents::Heights& heights);

/// The question that would settle an unknown condition.
std::string question_for(Condition condition, const JudgedPiece& piece,
                         const terms::Agreement& agreement, const terms::FlightRule& rule,
                         const incidents::Aircraft& aircraft,
                         const incidents::SourceNumbers& numbers);

/// The one sentence, and the paragraph, of a finding whose other fields are filled in.
std::string sentence_of(const Finding& finding, const terms::Agreement& agreement);
std::string paragraph_of(const Finding& finding);

}  // namespace truce::findings
