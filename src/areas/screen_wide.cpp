// A batch of positions in wide instructions, compiled once for every set of them and chosen when
// the program runs. Three rounds over a few hundred positions at a time, so that what one round
// asks of memory has arrived when the next one needs it:
//
//   1. the cell of the top for every position; what is whole is answered
//   2. of the others, the cell of the divided cells, down to a leaf
//   3. the lines of the leaves, seven slots at once
//
// How a slot tells. Its ends lie at (x0, y0) and (x1, y1), rounded to a unit: each is off by half a
// unit at most, and so is the place (x, y), of which the middle of its unit is taken. Rows nearer
// than one unit to y0 or y1 are therefore unsure. Of the others, let t = y - y0, h = y1 - y0,
// w = x1 - x0. The slot lies west of the place when
//
//   e = (x - x0) h - w t > 0
//
// and the true edge is off, at that height, by at most 1/2 + |w| / 2h (its ends) and the place by
// as much (half a unit east, half a unit up along the slope): e is certain beyond h + |w|. Rounding
// of the three floats is below |(x - x0) h| 2^-23 + |w t| 2^-23, less than h/200 + |w|/200. So a
// sixteenth more than h + |w| is a bound, and everything closer is asked of the original edges.

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "areas/screen_wide.cpp"
#include <hwy/cache_control.h>
#include <hwy/foreach_target.h>  // must come before highway.h
#include <hwy/highway.h>

#include "areas/screen.h"

HWY_BEFORE_NAMESPACE();
namespace truce::areas::screening {
namespace HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

constexpr std::size_t batch = 512;

// Positions that are not answered yet, by their number in the batch.
struct Waiting {
  alignas(64) std::uint32_t number[batch + 64];
  alignas(64) std::uint32_t cell[batch + 64];
  std::size_t count = 0;
};

struct Pair {
  std::uint32_t number, line;
};

// Round 1. Returns how many positions wait for more than the top.
HWY_ATTR void look_up(const Table& table, const Point* positions, std::size_t count,
                      std::uint32_t* covers, Waiting& waiting) {
  const hn::ScalableTag<std::uint32_t> d;
  const hn::RebindToSigned<decltype(d)> di;
  const std::size_t n = hn::Lanes(d);
  const Frame& frame = table.frame;
  const auto west = hn::Set(d, static_cast<std::uint32_t>(frame.west));
  const auto south = hn::Set(d, static_cast<std::uint32_t>(frame.south));
  const auto columns = hn::Set(d, frame.columns);
  const auto rows = hn::Set(d, frame.rows);
  const auto outside = hn::Set(d, table.outside_index());
  const auto north_pole = hn::Set(d, static_cast<std::uint32_t>(quantities::quarter_turn_e7));
  const auto south_pole = hn::Set(d, static_cast<std::uint32_t>(-quantities::quarter_turn_e7));
  const auto at_north = hn::Set(d, table.outside_index() + 1);
  const auto at_south = hn::Set(d, table.outside_index() + 2);
  const auto kinds = hn::Set(d, 3U);
  const auto* top = table.top.data();
  std::size_t waits = 0;
  const auto step = [&](std::size_t i, const std::uint32_t* from, std::uint32_t* to) HWY_ATTR {
    hn::VFromD<decltype(d)> longitude, latitude;
    hn::LoadInterleaved2(d, from, longitude, latitude);
    const auto column = hn::ShiftRightSame(hn::Sub(longitude, west), frame.shift_x);
    const auto row = hn::ShiftRightSame(hn::Sub(latitude, south), frame.shift_y);
    const auto within = hn::And(hn::Lt(column, columns), hn::Lt(row, rows));
    auto index = hn::IfThenElse(within, hn::Add(hn::Mul(row, columns), column), outside);
    index = hn::IfThenElse(hn::Eq(latitude, north_pole), at_north, index);
    index = hn::IfThenElse(hn::Eq(latitude, south_pole), at_south, index);
    const auto cell = hn::GatherIndex(d, top, hn::BitCast(di, index));
    hn::StoreU(hn::ShiftRight<kind_bits>(cell), d, to);
    const auto open = hn::Ne(hn::And(cell, kinds), hn::Zero(d));
    const auto number = hn::Iota(d, static_cast<std::uint32_t>(i));
    hn::CompressStore(cell, open, d, waiting.cell + waits);
    waits += hn::CompressStore(number, open, d, waiting.number + waits);
  };
  static_assert(sizeof(Point) == 8);
  std::size_t i = 0;
  for (; i + n <= count; i += n)
    step(i, reinterpret_cast<const std::uint32_t*>(positions + i), covers + i);
  if (i < count) {
    // The rest, with the last position repeated; what those wait for is dropped.
    constexpr std::size_t most = hn::MaxLanes(d);
    Point rest[most];
    std::uint32_t answers[most];
    for (std::size_t k = 0; k < n; ++k) rest[k] = positions[std::min(i + k, count - 1)];
    step(i, reinterpret_cast<const std::uint32_t*>(rest), answers);
    for (std::size_t k = 0; i + k < count; ++k) covers[i + k] = answers[k];
    while (waits > 0 && waiting.number[waits - 1] >= count) --waits;
  }
  waiting.count = waits;
}

// The bits of the slots of a line that a ray due west crosses, and of those that cannot tell.
struct Crossings {
  bool odd, unsure;
};
HWY_ATTR HWY_INLINE Crossings crossings_of(const Line& line, float x, float y) {
  const hn::CappedTag<float, 8> d;
  const hn::Rebind<std::int32_t, decltype(d)> di;
  const hn::Rebind<std::uint16_t, decltype(d)> dh;
  constexpr std::size_t n = hn::MaxLanes(d);
  static_assert(n <= 8);
  const auto here_x = hn::Set(d, x), here_y = hn::Set(d, y);
  std::size_t crossed = 0;
  bool unsure = false;
  for (std::size_t i = 0; i < slots_a_line; i += n) {
    const auto slots = hn::FirstN(d, slots_a_line - i);
    const auto load = [&](const std::uint16_t* from) HWY_ATTR {
      return hn::ConvertTo(d, hn::PromoteTo(di, hn::LoadU(dh, from + i)));
    };
    const auto low = load(line.low), high = load(line.high);
    const auto x_low = load(line.x_low), x_high = load(line.x_high);
    const auto above = hn::Sub(here_y, low), below = hn::Sub(high, here_y);
    const auto tall = hn::Sub(high, low), run = hn::Sub(x_high, x_low);
    const auto inner = hn::Min(above, below);
    const auto east = hn::Sub(hn::Mul(hn::Sub(here_x, x_low), tall), hn::Mul(run, above));
    const auto bound = hn::Mul(hn::Add(tall, hn::Abs(run)), hn::Set(d, 1.0625F));
    const auto spans = hn::And(slots, hn::Gt(inner, hn::Set(d, -1.0F)));
    const auto doubt = hn::Or(hn::Lt(inner, hn::Set(d, 1.0F)), hn::Le(hn::Abs(east), bound));
    unsure = unsure || !hn::AllFalse(d, hn::And(spans, doubt));
    crossed += hn::CountTrue(d, hn::And(spans, hn::Gt(east, hn::Zero(d))));
  }
  return {(crossed & 1) != 0, unsure};
}

HWY_ATTR HWY_INLINE float unit_in_cell(std::uint32_t from_corner, int shift) {
  return static_cast<float>(static_cast<std::int32_t>(from_corner << (32 - shift) >> 17)) +
         (0.5F + unit_offset);
}

HWY_ATTR void find(const Table& table, std::span<const Point> positions, std::uint32_t* covers,
                   std::vector<Held>& held) {
  const Frame& frame = table.frame;
  const std::uint32_t* divided = table.divided.data();
  const Line* lines = table.lines.data();
  const std::uint32_t* area_of_part = table.area_of_part.data();
  const auto west = static_cast<std::uint32_t>(frame.west);
  const auto south = static_cast<std::uint32_t>(frame.south);
  Waiting waiting;
  Pair pairs[batch + most_lines_counted];
  std::size_t held_count = held.size();

  for (std::size_t begin = 0; begin < positions.size(); begin += batch) {
    const Point* here = positions.data() + begin;
    const std::size_t count = std::min(batch, positions.size() - begin);
    look_up(table, here, count, covers + begin, waiting);

    // Round 2, level by level: the cells asked for at one level arrive while the rest is asked for.
    for (int depth = 1, again = 1; again != 0; ++depth) {
      again = 0;
      for (std::size_t w = 0; w < waiting.count; ++w) {
        const std::uint32_t cell = waiting.cell[w];
        if (kind_of(cell) == Kind::leaf) {
          if (depth == 1) hwy::Prefetch(lines + first_line(cell));
        } else if (kind_of(cell) == Kind::divided) {
          const Point p = here[waiting.number[w]];
          const std::uint32_t x = static_cast<std::uint32_t>(p.longitude_e7) - west;
          const std::uint32_t y = static_cast<std::uint32_t>(p.latitude_e7) - south;
          const std::uint32_t c = x >> (frame.shift_x - depth * division_shift) & 7U;
          const std::uint32_t r = y >> (frame.shift_y - depth * division_shift) & 7U;
          const std::uint32_t inner = divided[rest_of(cell) << 6 | r << 3 | c];
          waiting.cell[w] = inner;
          if (kind_of(inner) == Kind::leaf) hwy::Prefetch(lines + first_line(inner));
          again |= static_cast<int>(kind_of(inner) == Kind::divided);
        }
      }
    }

    // Round 3.
    std::size_t pair_count = 0;
    bool inside = false, unsure = false;
    std::uint32_t first = 0;
    const auto settle = [&]() HWY_ATTR {
      if (held.size() < held_count + pair_count)
        held.resize((held_count + pair_count) * 2 + 4 * batch);
      Held* out = held.data() + held_count;
      const Held* const start = held.data();
      for (std::size_t k = 0; k < pair_count; ++k) {
        const Pair pair = pairs[k];
        const Line& line = lines[pair.line];
        const Point p = here[pair.number];
        const std::uint32_t head = line.head;
        const int depth = depth_of(head);
        const float x = unit_in_cell(static_cast<std::uint32_t>(p.longitude_e7) - west,
                                     frame.shift_x - depth * division_shift);
        const float y = unit_in_cell(static_cast<std::uint32_t>(p.latitude_e7) - south,
                                     frame.shift_y - depth * division_shift);
        const Crossings crossings = crossings_of(line, x, y);
        covers[begin + pair.number] = line.cover;
        const bool is_first = (head & first_of_part) != 0;
        inside = (is_first ? (head & corner_inside) != 0 : inside) != crossings.odd;
        unsure = (!is_first && unsure) || crossings.unsure;
        first = is_first ? pair.line : first;
        const bool is_last = (head & last_of_part) != 0;
        const std::uint32_t area = area_of_part[head & part_mask];
        const auto index = static_cast<std::uint32_t>(begin) + pair.number;
        if (HWY_UNLIKELY(is_last && (unsure || (head & more_of_area) != 0))) {
          const Side side = unsure   ? exact_side(table, first, p)
                            : inside ? Side::inside
                                     : Side::outside;
          const bool more = out != start && (out - 1)->position == index && (out - 1)->area == area;
          if (side != Side::outside) {
            if (!more)
              *out++ = {index, area, side == Side::boundary};
            else if (side == Side::inside)
              (out - 1)->on_boundary = 0;
          }
          continue;
        }
        *out = {index, area, 0};
        out += static_cast<std::ptrdiff_t>(is_last && inside);
      }
      held_count = static_cast<std::size_t>(out - start);
      pair_count = 0;
    };
    for (std::size_t w = 0; w < waiting.count; ++w) {
      const std::uint32_t cell = waiting.cell[w], number = waiting.number[w];
      if (HWY_LIKELY(kind_of(cell) == Kind::leaf && counted_lines(cell) != 0)) {
        const std::uint32_t line = first_line(cell), count_here = counted_lines(cell);
        for (std::uint32_t k = 0; k < count_here; ++k) {
          hwy::Prefetch(lines + line + k);
          pairs[pair_count + k] = {number, line + k};
        }
        pair_count += count_here;
        if (pair_count >= batch) settle();
        continue;
      }
      if (kind_of(cell) == Kind::whole) {
        covers[begin + number] = rest_of(cell);
        continue;
      }
      // A pole, or a leaf of many lines: nothing is gained by haste.
      settle();
      held.resize(held_count);
      const auto index = static_cast<std::uint32_t>(begin) + number;
      covers[begin + number] = 0;
      if (kind_of(cell) == Kind::pole)
        find_pole(table, rest_of(cell), index, held);
      else
        covers[begin + number] = find_in_leaf(table, first_line(cell), here[number], index, held);
      held_count = held.size();
    }
    settle();
  }
  held.resize(held_count);
}

}  // namespace HWY_NAMESPACE
}  // namespace truce::areas::screening
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace truce::areas::screening {

HWY_EXPORT(find);

void find_wide(const Table& table, std::span<const Point> positions, std::uint32_t* covers,
               std::vector<Held>& held) {
  HWY_DYNAMIC_DISPATCH(find)(table, positions, covers, held);
}

std::vector<std::int64_t> wide_targets() {
  return hwy::SupportedAndGeneratedTargets();
}

const char* wide_target_name(std::int64_t target) {
  return hwy::TargetName(target);
}

void only_use(std::int64_t targets) {
  hwy::SetSupportedTargetsForTest(targets);
  hwy::GetChosenTarget().DeInit();
}

}  // namespace truce::areas::screening
#endif  // HWY_ONCE
