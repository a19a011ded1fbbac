// Conformance: small cases in folders that a lawyer can read, and what the law makes of them.
//
// The path of a folder is the sentence that it tests: flight-ban/a-wall-cannot-be-flown-around. In
// it lies a whole case (docs/formats), README.md with why the answer is what it is, and
// expected.toml with what `truce assess` has to find. Only what expected.toml names is compared:
//
//   findings   = 1              how many findings there are
//   violations = 1              how many of them are violations
//   undecided_clauses = ["7"]   clauses that no machine decides
//
//   [[finding]]                 one each, in any order
//   verdict, rule, aircraft, party, counted_on, altitude (its reference), gap, sighting
//   areas, origins              all of them, in any order
//   entered = { at, to_within, not_before }   the bounds found hold the true moment `at`, are no
//   left    = { at, to_within, not_after }    farther apart than that, and within those limits
//   seconds_inside = { least, most }          the bounds found, to a second
//   probability    = { at_least, at_most }
//   depth_m        = { most_at_least }        the bound on the deepest distance to the outline
//   sentence_says, sentence_not, paragraph_says   parts of the sentence, of the paragraph
//   because                     parts of a question or a cause in the tree of reasons
//   asks, asks_not              parts of the open questions
//   inherits_id                 the id is one of the earlier run, and would be another without it
//     [[finding.exception]] exception, notice, answer, reason_says, misuse_says
//
//   [[coverage]] rule, area, day, verdict, and heard, coverage, restricted = { at_least, at_most }
//   [[figure]]   rule, area, party, day, violations, seconds_inside
//   [rejected]   "reason" = how many rows
//   [previous]   folder: files of the case as they stood in an earlier run, which is run first (its
//                observations take the place of all those of the case); verdicts of that run,
//                errata, errata_says
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace truce::conformance {

/// The folders below `root` that hold an expected.toml, as paths relative to it, in order; none if
/// there is no such folder.
std::vector<std::string> cases_under(const std::filesystem::path& root);

/// Runs the program on a case and compares. One line for everything that is not as expected, with
/// what was expected and what was found; none if all is.
std::vector<std::string> complaints_about(const std::filesystem::path& folder);

/// Compares the text of a findings.json with that of an expected.toml that names no earlier run.
std::vector<std::string> compared(const std::string& expected_toml,
                                  const std::string& findings_json);

}  // namespace truce::conformance
