// Division of whole numbers, rounded down where C++ rounds towards zero.
#pragma once

#include <cstdint>

namespace truce::base {

/// The greatest whole number not above a / b; b is above zero.
constexpr std::int64_t floor_div(std::int64_t a, std::int64_t b) {
  return a / b - (a % b < 0 ? 1 : 0);
}

}  // namespace truce::base
