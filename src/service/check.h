// truce check: every problem of a case, its warnings, and the agreement told back.
#pragma once

#include "service/command_line.h"

namespace truce::service {

/// The exit status.
int check(const CheckCommand& command);

}  // namespace truce::service
