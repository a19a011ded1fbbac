#include "observations/field_ends.h"

#include <algorithm>
#include <array>
#include <bit>

#include "base/check.h"

// This file is compiled once for each instruction set; the one to be used is chosen at run time.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "observations/field_ends.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace truce::observations::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

constexpr std::size_t block = 64;

// What stands in the 64 bytes of a block, one bit each.
struct BlockBits {
  std::uint64_t ends = 0, line_ends = 0, quotes = 0;
};

BlockBits bits_of(const std::uint8_t* bytes, char separator) {
  const hn::CappedTag<std::uint8_t, block> d;
  const auto is_separator = hn::Set(d, static_cast<std::uint8_t>(separator));
  const auto line_end = hn::Set(d, std::uint8_t{'\n'});
  const auto quote = hn::Set(d, std::uint8_t{'"'});
  alignas(8) std::array<std::uint8_t, 16> ends{}, line_ends{},
      quotes{};  // StoreMaskBits may write 8 at once
  const std::size_t lanes = hn::Lanes(d);
  if (lanes < 8) {
    BlockBits bits;
    for (std::size_t i = 0; i < block; ++i) {
      const char c = static_cast<char>(bytes[i]);
      bits.ends |= std::uint64_t{c == separator || c == '\n'} << i;
      bits.line_ends |= std::uint64_t{c == '\n'} << i;
      bits.quotes |= std::uint64_t{c == '"'} << i;
    }
    return bits;
  }
  for (std::size_t i = 0; i < block; i += lanes) {
    const auto v = hn::LoadU(d, bytes + i);
    const auto ends_line = hn::Eq(v, line_end);
    hn::StoreMaskBits(d, hn::Or(hn::Eq(v, is_separator), ends_line), ends.data() + i / 8);
    hn::StoreMaskBits(d, ends_line, line_ends.data() + i / 8);
    hn::StoreMaskBits(d, hn::Eq(v, quote), quotes.data() + i / 8);
  }
  static_assert(std::endian::native == std::endian::little);
  BlockBits bits;
  hwy::CopyBytes<8>(ends.data(), &bits.ends);
  hwy::CopyBytes<8>(line_ends.data(), &bits.line_ends);
  hwy::CopyBytes<8>(quotes.data(), &bits.quotes);
  return bits;
}

// Writes where the bits are, eight at a time: there must be room for eight more than there are.
std::uint32_t* write_places(std::uint64_t bits, std::uint32_t from, std::uint32_t* to) {
  const int count = std::popcount(bits);
  for (int done = 0; done < count; done += 8) {
    for (int i = 0; i < 8; ++i) {
      to[done + i] = from + static_cast<std::uint32_t>(std::countr_zero(bits));
      bits &= bits - 1;
    }
  }
  return to + count;
}

// Writes for each line end how many ends there are up to it, that included.
std::uint32_t* write_rows(BlockBits bits, std::uint32_t before, std::uint32_t* to) {
  for (std::uint64_t left = bits.line_ends; left != 0; left &= left - 1) {
    const std::uint64_t up_to = left ^ (left - 1);
    *to++ = before + static_cast<std::uint32_t>(std::popcount(bits.ends & up_to));
  }
  return to;
}

// Returns how many ends there are, and how many rows.
std::size_t find_field_ends(const char* text, std::size_t size, char separator,
                            std::uint32_t* places, std::uint32_t* row_ends, std::size_t& rows) {
  std::uint32_t* to = places;
  std::uint32_t* row = row_ends;
  const auto write = [&](BlockBits bits, std::size_t at) {
    row = write_rows(bits, static_cast<std::uint32_t>(to - places), row);
    to = write_places(bits.ends, static_cast<std::uint32_t>(at), to);
  };
  const auto* const bytes = reinterpret_cast<const std::uint8_t*>(text);
  for (std::size_t at = 0; at < size; at += block) {
    BlockBits bits;
    if (size - at >= block) {
      bits = bits_of(bytes + at, separator);
    } else {
      std::array<std::uint8_t, block> rest{};
      std::copy_n(bytes + at, size - at, rest.begin());
      bits = bits_of(rest.data(), separator);
      // The zeros behind the end are no separators, whatever the separator is.
      bits.ends &= (std::uint64_t{1} << (size - at)) - 1;
    }
    if (bits.quotes != 0) {
      const std::uint64_t before = (bits.quotes & -bits.quotes) - 1;
      bits.ends &= before;
      bits.line_ends &= before;
      write(bits, at);
      break;
    }
    write(bits, at);
  }
  rows = static_cast<std::size_t>(row - row_ends);
  return static_cast<std::size_t>(to - places);
}

}  // namespace truce::observations::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace truce::observations {

HWY_EXPORT(find_field_ends);

void FieldEnds::find(std::string_view stretch, char separator) {
  CHECK(stretch.size() <= longest);
  places_.resize(1 + longest + 8);
  row_ends_.resize(1 + longest);
  places_[0] = UINT32_MAX;
  row_ends_[0] = 0;
  size_ = HWY_DYNAMIC_DISPATCH(find_field_ends)(stretch.data(), stretch.size(), separator,
                                                places_.data() + 1, row_ends_.data() + 1, rows_);
}

}  // namespace truce::observations
#endif
