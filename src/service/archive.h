// truce archive: the positions of a case, sorted and packed in one file that is only added to.
#pragma once

#include "service/command_line.h"

namespace truce::service {

/// The exit status.
int archive(const ArchiveCommand& command);

}  // namespace truce::service
