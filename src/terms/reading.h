// Reading agreement.toml: what people wrote becomes an Agreement, or every problem at once.
//
//   Reading reading = read_agreement(text, "agreement.toml");
//   if (!reading.agreement) tell(reading.problems);
//
// The format is docs/formats/agreement.md; its keys are those of terms/agreement_keys.h. Outlines
// stay as they are named there; terms/outlines.h resolves them.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "terms/agreement.h"

namespace truce::terms {

struct Reading {
  std::optional<Agreement> agreement;  ///< Nothing if there is any problem.
  /// What could be read in spite of the problems, and only then: for finding more of them, never
  /// for judging by it.
  std::optional<Agreement> in_part;
  base::Problems problems;  ///< In the order of the file; each with line and column.
  base::Problems warnings;  ///< What was understood, but perhaps not as it was meant.
  /// Deadlines that the text states relative to its entry into force, each at its place with the
  /// instant that it resolves to and the term that it belongs to.
  base::Problems deadlines;
};

/// Reads the text of an agreement.toml; `file` is its name in messages.
///
/// Local times are read in the agreement's zone. One that occurs twice, or not at all, is read as
/// the earlier of its two readings, with a warning. The offsets of the zone come from the
/// time-zone database of this machine, or from `zone` where it is given: those that
/// agreement.lock holds, so that every machine reads the same instants.
///
/// "D+5 days" and the like count from `in_force`: days are days of the local calendar, at the same
/// local time; hours, minutes and seconds pass as they do anywhere.
///
/// What an amendment does not say stays as it was. A new version of an area or rule ends the one
/// before it at its own beginning.
Reading read_agreement(std::string_view toml, std::string_view file,
                       const std::vector<ZoneOffset>* zone = nullptr);

}  // namespace truce::terms
