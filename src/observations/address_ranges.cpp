#include "observations/address_ranges.h"

#include "base/text.h"

namespace truce::observations {

std::optional<AddressRange> address_range_from(std::string_view text) {
  const std::size_t dash = text.find('-');
  const auto first = address_from(base::trimmed(text.substr(0, dash)));
  if (!first) return {};
  if (dash == std::string_view::npos) return AddressRange{*first, *first};
  const auto last = address_from(base::trimmed(text.substr(dash + 1)));
  if (!last || *last < *first || first->is_icao() != last->is_icao()) return {};
  return AddressRange{*first, *last};
}

}  // namespace truce::observations
