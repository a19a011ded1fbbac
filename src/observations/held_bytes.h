// Held bytes: what a cutter of texts keeps of one part until the next makes it whole.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

namespace truce::observations {

/// Hands the bytes that are held and those that are new to `cut`, which takes bytes and returns how
/// many of them, from the first on, are not needed any more; the others are held from then on.
///
/// What is held and what is new are joined only until nothing of what was held is needed: so much
/// at a time as is held, that work stays linear. The rest is cut where it lies.
template <class Cut>
void cut_joined(std::string& held, std::string_view bytes, const Cut& cut) {
  constexpr std::size_t least_joined = 1024;
  while (!held.empty() && !bytes.empty()) {
    const std::size_t before = held.size();
    const std::size_t more = std::min(bytes.size(), std::max(before, least_joined));
    held += bytes.substr(0, more);
    const std::size_t gone = cut(std::string_view(held));
    if (gone < before) {
      held.erase(0, gone);
      bytes.remove_prefix(more);
    } else {
      held.clear();
      bytes.remove_prefix(gone - before);
    }
  }
  if (!bytes.empty()) held = bytes.substr(cut(bytes));
}

}  // namespace truce::observations
