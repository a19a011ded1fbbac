#include "observations/rejection.h"

#include <algorithm>

#include "base/text.h"

namespace truce::observations {

Rejected rejection(std::uint32_t input, std::uint64_t record, std::string_view reason,
                   std::string_view text) {
  constexpr std::size_t longest = 200;
  std::string kept = base::valid_utf8(text.substr(0, std::min(text.size(), longest + 4)));
  if (kept.size() > longest) {
    std::size_t end = longest;
    while (end > 0 && (static_cast<unsigned char>(kept[end]) & 0xC0) == 0x80) --end;
    kept.resize(end);
  }
  return {input, static_cast<std::uint32_t>(std::min<std::uint64_t>(record, UINT32_MAX)),
          std::string(reason), std::move(kept)};
}

}  // namespace truce::observations
