// Interruption: what becomes of a run that is ended from outside, or by our own fault.
//
// Ctrl-C, a closed terminal or pipe and a request to end leave no temporary file behind and end
// the program with 128 + the number of the signal (130 for Ctrl-C). A broken promise of our own
// (CHECK) and a crash end it with 3. A file grown too large is an error of writing, not a signal.
#pragma once

namespace truce::service {

constexpr int status_done = 0;
constexpr int status_found = 1;      ///< Findings of the kind named with --fail-on.
constexpr int status_bad_input = 2;  ///< Or outputs that could not be written.
constexpr int status_our_fault = 3;

/// To be called once, before any thread is started.
void watch_for_interruption();

}  // namespace truce::service
