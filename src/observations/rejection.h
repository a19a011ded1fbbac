// Rejection: a row of a text that was not taken, made the same way everywhere.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "observations/input.h"

namespace truce::observations {

/// `reason` is one of a small number of texts; `text` is cut to 200 bytes of valid UTF-8, at the
/// end of a character.
Rejected rejection(std::uint32_t input, std::uint64_t record, std::string_view reason,
                   std::string_view text);

}  // namespace truce::observations
