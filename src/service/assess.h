// truce assess: reads a case, judges it, writes the outputs and tells what was found.
#pragma once

#include "service/command_line.h"

namespace truce::service {

/// The exit status.
int assess(const AssessCommand& command);

}  // namespace truce::service
