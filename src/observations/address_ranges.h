// Address ranges: "778123" or "778100-7781ff", as affiliations.toml lists them.
#pragma once

#include <optional>
#include <string_view>

#include "observations/positions.h"

namespace truce::observations {

/// Both ends belong to the range.
struct AddressRange {
  Address first;
  Address last;
  bool holds(Address address) const { return first <= address && address <= last; }
};

/// Nothing if it is something else, if the ends are in the wrong order, or if one is an ICAO
/// address and the other is not.
std::optional<AddressRange> address_range_from(std::string_view text);

}  // namespace truce::observations
