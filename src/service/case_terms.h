// The terms of a case: agreement.toml, the outlines it refers to, and agreement.lock.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "observations/input.h"
#include "terms/agreement.h"

namespace truce::service {

struct CaseTerms {
  std::optional<terms::Agreement> agreement;  ///< Resolved; nothing if there is any problem.
  base::Problems problems;
  base::Problems warnings;
  base::Problems deadlines;  ///< What "D+5 days" and the like resolve to, each with its term.
  bool locked = false;       ///< Resolved by the agreement.lock that is there.
  std::string lock_text;     ///< What agreement.lock holds, or would.
  /// agreement.toml and the files that its outlines come from, with their SHA-256. The lock is not
  /// among them: it follows from them, and findings are the same with it and without.
  std::vector<observations::Input> inputs;
};

enum class Lock : std::uint8_t {
  use,    ///< Use agreement.lock if it is there; it must match.
  renew,  ///< Resolve anew, whatever is there: for truce check --lock.
};
CaseTerms read_terms(const std::filesystem::path& root, Lock lock);

/// A problem if the folder cannot be a case: it is not there, or no folder.
base::Result<std::filesystem::path> case_folder(const std::string& folder);

}  // namespace truce::service
