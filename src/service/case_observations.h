// The observations of a case: what is declared of sources, aircraft and notices, and every file
// under observations/, read by several threads and merged in the order of file names.
//
// What is declared must be sound: a notice passed over could make a violation of an excepted
// flight, so a problem in one of the declared files (sources, affiliations, notices, restrictions)
// stops the run. What was observed never does: a row, or a whole file, that cannot be read is
// rejected with its reason, and the rest goes on.
#pragma once

#include <filesystem>
#include <vector>

#include "base/result.h"
#include "observations/observations.h"
#include "service/terminal.h"

namespace truce::service {

struct CaseObservations {
  observations::Observations observations;
  base::Problems problems;  ///< Of declared files: nothing may be concluded.
  base::Problems warnings;  ///< Files that were not read, damaged or not recognised.
};

/// The declared files alone, for truce check. `other_inputs` are the files of the agreement, which
/// are numbered with the rest.
CaseObservations read_declared(const std::filesystem::path& root,
                               const std::vector<observations::Input>& other_inputs);

/// Everything.
CaseObservations read_observations(const std::filesystem::path& root,
                                   const std::vector<observations::Input>& other_inputs,
                                   int threads, Progress& progress);

}  // namespace truce::service
