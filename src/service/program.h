// The program: from the words on the command line to an exit status. main() calls this and
// nothing else.
#pragma once

namespace truce::service {

/// Exit statuses are those of interruption.h.
int run(int argc, char** argv);

}  // namespace truce::service
