// Short texts as words, which are compared at once.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace truce::observations {

/// The first eight bytes of a text, zero behind its end. Of texts of the same length, at most
/// eight, none but the same have the same word.
inline std::uint64_t word_of(std::string_view text) {
  static_assert(std::endian::native == std::endian::little);
  std::uint64_t word = 0;
  if (text.size() >= 8) {
    std::memcpy(&word, text.data(), 8);
  } else if (text.size() >= 4) {  // the two halves overlap, with the same bytes there
    std::uint32_t first = 0, last = 0;
    std::memcpy(&first, text.data(), 4);
    std::memcpy(&last, text.data() + text.size() - 4, 4);
    word = first | (std::uint64_t{last} << (8 * (text.size() - 4)));
  } else {
    for (std::size_t i = 0; i < text.size(); ++i)
      word |= std::uint64_t{static_cast<std::uint8_t>(text[i])} << (8 * i);
  }
  return word;
}

}  // namespace truce::observations
