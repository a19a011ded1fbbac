#include "observations/decimals.h"

#include <algorithm>
#include <array>
#include <bit>

#include "base/check.h"

// This file is compiled once for each instruction set; the one to be used is chosen at run time.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "observations/decimals.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#ifndef TRUCE_OBSERVATIONS_DECIMALS_TABLES
#define TRUCE_OBSERVATIONS_DECIMALS_TABLES
namespace truce::observations {

// Sixteen digits are taken at once, of which the last ones stand behind the point.
inline constexpr std::size_t window = 16;
// A number is no longer than this, without its sign.
inline constexpr std::uint32_t longest_decimal = 31;

// For each number of places, and each place of the point in a text: from where in the text each
// of the sixteen digits comes; 128 for a zero.
using Moves = std::array<std::array<std::uint8_t, window>, longest_decimal + 1>;
struct AllMoves {
  alignas(16) std::array<Moves, most_places + 1> of_places;
};
inline constexpr AllMoves moves = [] {
  AllMoves all{};
  for (std::size_t places = 0; places <= most_places; ++places) {
    for (std::size_t point = 0; point <= longest_decimal; ++point) {
      for (std::size_t i = 0; i < window; ++i) {
        const std::size_t before = window - places;  // digits before the point
        const bool behind = i >= before;
        const std::size_t from = behind ? point + 1 + (i - before) : point + i - before;
        all.of_places[places][point][i] =
            from < window ? static_cast<std::uint8_t>(from) : std::uint8_t{128};
      }
    }
  }
  return all;
}();

// Sixteen bytes from the place 31 - n on keep the first n bytes of sixteen.
inline constexpr auto kept_bytes = [] {
  std::array<std::uint8_t, longest_decimal + window> bytes{};
  for (std::size_t i = 0; i < longest_decimal; ++i) bytes[i] = 255;
  return bytes;
}();

// What makes of two digits, each a byte, a number in the upper byte; and so on.
struct Factors {
  alignas(16) std::array<std::uint16_t, 8> of_pairs;
  alignas(16) std::array<std::uint32_t, 4> of_fours;
  alignas(16) std::array<std::uint32_t, 4> of_eights;
};

}  // namespace truce::observations
#endif

HWY_BEFORE_NAMESPACE();
namespace truce::observations::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

#if HWY_TARGET == HWY_SCALAR

HWY_INLINE std::int64_t scaled_text(const char*, std::uint32_t, const Moves&, std::uint32_t,
                                    const Factors&) {
  return not_scaled;
}

#else

// The first sixteen of 32 bytes less '0', and which of the 32 are no digits, one bit each.
using Sixteen = hn::Vec<hn::FixedTag<std::uint8_t, window> >;
template <class D, class V>
HWY_INLINE auto first_sixteen(D, V bytes) {
  if constexpr (hn::MaxLanes(D()) > window) {
    return hn::LowerHalf(hn::Half<D>(), bytes);
  } else {
    return bytes;
  }
}
HWY_INLINE Sixteen digits_in(const std::uint8_t* bytes, std::uint32_t& others) {
  const hn::CappedTag<std::uint8_t, 32> d;
  const auto zero = hn::Set(d, std::uint8_t{'0'});
  const auto nine = hn::Set(d, std::uint8_t{9});
  const auto digits = hn::Sub(hn::LoadU(d, bytes), zero);
  alignas(8) std::array<std::uint8_t, 16> bits{};  // StoreMaskBits may write 8 at once
  hn::StoreMaskBits(d, hn::Eq(hn::Min(digits, nine), digits), bits.data());
  if constexpr (hn::MaxLanes(d) < 32) {
    const auto more = hn::Sub(hn::LoadU(d, bytes + window), zero);
    hn::StoreMaskBits(d, hn::Eq(hn::Min(more, nine), more), bits.data() + 2);
  }
  static_assert(std::endian::native == std::endian::little);
  std::uint32_t are_digits = 0;
  hwy::CopyBytes<4>(bits.data(), &are_digits);
  others = ~are_digits;
  return first_sixteen(d, digits);
}

// Sixteen digits, each a byte of 0 to 9, as a number: pairs, then fours, then eights.
HWY_INLINE std::int64_t value_of(Sixteen digits, const Factors& factors) {
  const hn::FixedTag<std::uint16_t, 8> d16;
  const hn::FixedTag<std::uint32_t, 4> d32;
  const hn::FixedTag<std::uint64_t, 2> d64;
  const auto pairs =
      hn::ShiftRight<8>(hn::Mul(hn::BitCast(d16, digits), hn::Load(d16, factors.of_pairs.data())));
  const auto fours =
      hn::ShiftRight<16>(hn::Mul(hn::BitCast(d32, pairs), hn::Load(d32, factors.of_fours.data())));
  const auto eights = hn::Add(hn::MulEven(fours, hn::Load(d32, factors.of_eights.data())),
                              hn::ShiftRight<32>(hn::BitCast(d64, fours)));
  const std::uint64_t high = hn::GetLane(eights);
  const std::uint64_t low = hn::GetLane(hn::UpperHalf(hn::Half<decltype(d64)>(), eights));
  return static_cast<std::int64_t>(high * 100'000'000 + low);
}

// The point is where the first byte is no digit; or the end, where there is none. Branches are on
// what the numbers of a column have in common.
HWY_INLINE std::int64_t scaled_text(const char* text, std::uint32_t size, const Moves& to_places,
                                    std::uint32_t places, const Factors& factors) {
  const hn::FixedTag<std::uint8_t, window> d;
  const std::uint32_t sign = *text == '-' ? 1 : 0;
  text += sign;
  size -= sign;
  if (size - 1 >= longest_decimal) return not_scaled;
  const auto* const bytes = reinterpret_cast<const std::uint8_t*>(text);
  const std::uint32_t end = std::uint32_t{1} << size;
  std::uint32_t others = 0;
  const auto digits = digits_in(bytes, others);
  others &= end - 1;
  const auto point = static_cast<std::uint32_t>(std::countr_zero(others | end));
  if (point + places > window) return not_scaled;
  std::int64_t rounded = 0;
  if (others != 0) {
    if ((others & (others - 1)) != 0 || text[point] != '.' || size == 1) return not_scaled;
    const std::uint32_t cut = point + 1 + places;  // the first digit that is cut decides
    if (cut < size) {
      if (cut > window) return not_scaled;
      rounded = text[cut] >= '5' ? 1 : 0;
    } else if (size > window) {
      return not_scaled;
    }
  }
  const auto kept = hn::LoadU(d, kept_bytes.data() + longest_decimal - size);
  const auto aligned =
      hn::TableLookupBytesOr0(hn::And(digits, kept), hn::Load(d, to_places[point].data()));
  const std::int64_t value = value_of(aligned, factors) + rounded;
  const std::int64_t minus = -static_cast<std::int64_t>(sign);
  return (value ^ minus) - minus;
}

#endif

void scale_column_here(const FieldColumn& column, int places, const Factors& factors,
                       std::int64_t* scaled) {
  const Moves& to_places = moves.of_places[static_cast<std::size_t>(places)];
  const char* const text = column.text;
  const std::size_t stride = column.stride;
  const std::uint32_t* ends = column.ends;
  for (const std::uint32_t* const last = ends + stride * column.rows; ends != last;
       ends += stride) {
    const std::uint32_t begin = ends[-1] + 1;
    *scaled++ = scaled_text(text + begin, ends[0] - begin, to_places,
                            static_cast<std::uint32_t>(places), factors);
  }
}

void scale_texts_here(const DecimalText* texts, std::size_t count, const Factors& factors,
                      std::int64_t* scaled) {
  for (std::size_t i = 0; i < count; ++i) {
    const DecimalText& text = texts[i];
    scaled[i] =
        scaled_text(text.text, text.size, moves.of_places[static_cast<std::size_t>(text.places)],
                    static_cast<std::uint32_t>(text.places), factors);
  }
}

}  // namespace truce::observations::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace truce::observations {

namespace {

// Handed in from outside: a compiler that knows them takes four instructions for a multiplication.
constexpr Factors factors = [] {
  Factors all{};
  all.of_pairs.fill(10 * 256 + 1);
  all.of_fours.fill(100 * 65'536 + 1);
  all.of_eights.fill(10'000);
  return all;
}();

}  // namespace

HWY_EXPORT(scale_column_here);
HWY_EXPORT(scale_texts_here);

void scale_column(const FieldColumn& column, int places, std::int64_t* scaled) {
  CHECK(places >= 0 && places <= most_places);
  HWY_DYNAMIC_DISPATCH(scale_column_here)(column, places, factors, scaled);
}

void scale_texts(const DecimalText* texts, std::size_t count, std::int64_t* scaled) {
  HWY_DYNAMIC_DISPATCH(scale_texts_here)(texts, count, factors, scaled);
}

}  // namespace truce::observations
#endif
