// Telling: what commands print, on the standard output for the person or script that asked, and
// on the standard error for everything that went wrong.
#pragma once

#include <string_view>

#include "base/json_writer.h"
#include "base/result.h"

namespace truce::service {

/// Writes to the standard output; false if that fails (a full disk behind a redirection).
bool print(std::string_view text);

/// "agreement.toml:12:7: error: message", one a line, on the standard error; coloured there if it
/// is a terminal. What a person or file said is made harmless: control characters never reach the
/// terminal.
void tell_problems(const base::Problems& problems);
void tell_warnings(const base::Problems& warnings);

/// The same as a JSON array of {"where", "message"} under a name.
void write_problems(base::JsonWriter& json, std::string_view name, const base::Problems& problems);

/// The version of the program: "0.1.0".
std::string_view program_version();

}  // namespace truce::service
