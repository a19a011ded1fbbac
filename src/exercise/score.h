// Score: how the findings of a case compare with its truth.
//
//   Result<Score> result = score(findings_json, truth_json);
//   std::cout << score_text(*result);
//   if (!result->passed()) ...
//
// A finding speaks of a true presence when both name the same rule, their times overlap, and they
// are of one aircraft: by an address that the flight sent, or by the row of a sighting of it.
//
// Two things must be none, and make the score pass or fail:
//  - contradictions: a violation that speaks of no presence in breach of the rule; an "excepted"
//    that speaks of a breach and of nothing that a notice wholly covers ("excepted" does not say
//    that anything happened: a notice covers what may have);
//  - misses: a prohibited presence that left a trace and has no finding that does it justice
//    (violation or possible for a breach; excepted too where a notice covers all of it).
// Presences marked marginal are never missed. The rest is told: how much is "possible" and of what,
// and whether the true times, heights and depths lie within the bounds that the findings give.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace truce::exercise {

/// What became of the presences of one class of trouble, such as "jammed"; "none" for no trouble.
struct TroubleScore {
  int incursions = 0;  ///< Prohibited presences that left a trace, marginal ones apart.
  int violation = 0;   ///< By the gravest finding that speaks of them...
  int possible = 0;
  int excepted = 0;
  int missed = 0;          ///< ...or none does them justice.
  int false_possible = 0;  ///< "Possible" findings where there was no presence at all.
  int untraced = 0;        ///< Prohibited presences that left no trace.
};

/// One thing to look into: a finding or a presence, and what is wrong.
struct ScoreNote {
  std::string subject;  ///< The finding's id, or the flight's.
  std::string text;
};

struct Score {
  std::string seed;
  bool errors_within_bounds = true;

  std::map<std::string, int> findings;  ///< By verdict.
  int presences = 0;                    ///< All true presences.
  int incursions = 0;                   ///< Prohibited, with a trace, not marginal.
  int marginal = 0;                     ///< Prohibited, with a trace, marginal.
  int untraced = 0;                     ///< Prohibited, without a trace.

  // "Possible" findings, by what was true.
  int possible_breach = 0;
  int possible_excepted = 0;  ///< Prohibited, but wholly excepted.
  int possible_allowed = 0;   ///< A presence that nothing prohibited.
  int possible_nothing = 0;   ///< No presence at all.
  int possible_beside = 0;    ///< Of those: the same aircraft was inside minutes before or after.
  int excepted_nothing = 0;   ///< "Excepted" findings where there was no presence.

  // True incursions, by the gravest finding that speaks of them.
  int incursions_violation = 0, incursions_possible = 0, incursions_excepted = 0;

  std::vector<ScoreNote> contradictions;
  std::vector<ScoreNote> missed;
  /// Times, heights and depths that lie outside what the finding said.
  std::vector<ScoreNote> outside_bounds;
  int bounds_checked = 0;  ///< Findings whose bounds were compared.

  std::map<std::string, TroubleScore> by_trouble;

  int possible() const {
    return possible_breach + possible_excepted + possible_allowed + possible_nothing;
  }
  bool passed() const { return contradictions.empty() && missed.empty(); }
};

/// `findings_json` as truce assess writes it, `truth_json` as the exercise does. A problem if
/// either is not JSON or lacks what is compared.
base::Result<Score> score(std::string_view findings_json, std::string_view truth_json);

/// A page of text with a table, for a terminal.
std::string score_text(const Score& score);
/// The same as JSON ("truce exercise score", version 1).
std::string score_json(const Score& score);

}  // namespace truce::exercise
