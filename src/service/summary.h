// Summary: what one assessment comes to, as a short table for a person and as JSON for a script.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/result.h"
#include "publication/edition.h"
#include "service/terminal.h"

namespace truce::service {

struct Run {
  std::string folder;              ///< The case, as named on the command line.
  std::filesystem::path out;       ///< Where the outputs are.
  std::vector<std::string> files;  ///< Their names.
  bool locked = false;             ///< agreement.lock was there.
  base::Problems warnings;
};

/// The table: verdicts by rule, the gravest findings (at most ten), coverage in a line, what was
/// rejected, and where the report is.
std::string summary_text(const publication::Assessment& assessment, const Run& run,
                         const Terminal& terminal);
std::string summary_json(const publication::Assessment& assessment, const Run& run);

}  // namespace truce::service
