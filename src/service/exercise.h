// truce exercise: makes up a case whose truth is known, and scores findings against that truth.
#pragma once

#include "service/command_line.h"

namespace truce::service {

/// The exit status.
int exercise(const ExerciseCommand& command);
/// The exit status: 1 if a finding contradicts the truth or a true incursion is missing.
int score(const ScoreCommand& command);

}  // namespace truce::service
