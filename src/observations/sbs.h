// Reader of SBS-1 / BaseStation text (port 30003): MSG lines of 22 fields. What is read, and which
// of its two times: docs/formats/positions.md.
#pragma once

#include <memory>

#include "observations/reader.h"

namespace truce::observations {

std::unique_ptr<Reader> make_sbs_reader(std::uint32_t input, const Source& source, Sink& sink);

/// Whether a line begins as BaseStation lines do.
bool looks_like_sbs(std::string_view line);

}  // namespace truce::observations
