#include "areas/legs.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstring>
#include <tuple>

#include "areas/screen_cells.h"
#include "base/check.h"

namespace truce::areas {

namespace {

using screening::Field;
using screening::Kind;
using screening::Line;
using screening::Part;
using screening::slots_a_line;
using screening::Table;
using screening::Window;

__extension__ using Wide = __int128;

// Above and below zero the sides of a line, left and right; zero in line with it.
Wide turn_of(Vertex a, Vertex b, Vertex c) {
  return Wide(b.longitude_e7 - a.longitude_e7) * (c.latitude_e7 - a.latitude_e7) -
         Wide(b.latitude_e7 - a.latitude_e7) * (c.longitude_e7 - a.longitude_e7);
}

// Something that happens at a share of the leg: it enters (+1) or leaves (-1) a part, or only
// touches it, for a moment or along an edge.
struct Event {
  std::uint32_t area, part, edge;
  int change;
  double from, to;
};

struct Span {
  double from, to;
};

Side side_of_part(const Table& table, std::uint32_t part, Vertex place) {
  bool inside = false;
  const Part& p = table.parts[part];
  for (std::uint32_t e = p.first_edge; e < p.first_edge + p.edges; ++e) {
    if (lies_on(table.edges[e], place)) return Side::boundary;
    inside ^= ray_crosses(table.edges[e], place);
  }
  return inside ? Side::inside : Side::outside;
}

// A leg as a line in unrolled longitudes, or its copy a full turn away.
struct Way {
  Vertex a, b;
  RisingEdge line;
  double slope;  ///< Steps east for a step north; of no meaning where the line is level.
  Way(Vertex from, Vertex to) : a(from), b(to), line{from, to} {
    if (line.low.latitude_e7 > line.high.latitude_e7) std::swap(line.low, line.high);
    slope = static_cast<double>(line.high.longitude_e7 - line.low.longitude_e7) /
            static_cast<double>(
                std::max<std::int64_t>(1, line.high.latitude_e7 - line.low.latitude_e7));
  }

  // The share of the way at which it passes a vertex that lies in line with it.
  double share_at(Vertex v) const {
    const std::int64_t dx = b.longitude_e7 - a.longitude_e7, dy = b.latitude_e7 - a.latitude_e7;
    return std::abs(dx) >= std::abs(dy)
               ? static_cast<double>(v.longitude_e7 - a.longitude_e7) / static_cast<double>(dx)
               : static_cast<double>(v.latitude_e7 - a.latitude_e7) / static_cast<double>(dy);
  }
};

// What happens where the way meets an edge, if it does.
void meet(const Table& table, const Way& way, std::uint32_t part, std::uint32_t e,
          std::vector<Event>& events) {
  const RisingEdge& edge = table.edges[e];
  if (edge.high.latitude_e7 < way.line.low.latitude_e7 ||
      edge.low.latitude_e7 > way.line.high.latitude_e7 || edge.west() > way.line.east() ||
      edge.east() < way.line.west())
    return;
  const Wide low = turn_of(way.a, way.b, edge.low), high = turn_of(way.a, way.b, edge.high);
  if ((low > 0 && high > 0) || (low < 0 && high < 0)) return;
  const Wide from = turn_of(edge.low, edge.high, way.a), to = turn_of(edge.low, edge.high, way.b);
  if ((from > 0 && to > 0) || (from < 0 && to < 0)) return;
  Event event{table.parts[part].area, part, e, 0, 0, 0};
  if (low == 0 && high == 0) {
    // Along the edge (the boxes meet, so a stretch or a point is shared).
    const double one = way.share_at(edge.low), other = way.share_at(edge.high);
    event.from = std::clamp(std::min(one, other), 0.0, 1.0);
    event.to = std::clamp(std::max(one, other), 0.0, 1.0);
  } else {
    // Vertices on the way count as to its left, so that passing one is one crossing. Two edges that
    // meet in a vertex take the share from it and not from themselves.
    const bool low_left = low >= 0, high_left = high >= 0;
    if (low_left != high_left) {
      const bool inside_east = table.inside_east[e] != 0;
      event.change = low_left != inside_east ? 1 : -1;
    }
    event.from = low == 0    ? way.share_at(edge.low)
                 : high == 0 ? way.share_at(edge.high)
                             : static_cast<double>(from) / static_cast<double>(from - to);
    event.from = event.to = std::clamp(event.from, 0.0, 1.0);
  }
  events.push_back(event);
}

// The box of what of a way lies in a cell, in the units of slots, with two to spare.
struct Reach {
  std::uint16_t west, south, east, north;
};
Reach reach_in(const Field& place, const Way& way) {
  const RisingEdge& line = way.line;
  const double tall = static_cast<double>(place.height());
  double x0 = static_cast<double>(line.low.longitude_e7 - place.west);
  double y0 = static_cast<double>(line.low.latitude_e7 - place.south);
  double x1 = static_cast<double>(line.high.longitude_e7 - place.west);
  double y1 = static_cast<double>(line.high.latitude_e7 - place.south);
  if (y0 < 0) x0 -= way.slope * y0, y0 = 0;
  if (y1 > tall) x1 -= way.slope * (y1 - tall), y1 = tall;
  // Two units, or two steps of the lattice where those are more.
  const int more_x = 2 + (2 * screening::cell_units >> place.shift_x);
  const int more_y = 2 + (2 * screening::cell_units >> place.shift_y);
  const auto unit = [](double n, double per_unit, int more) {
    // Slots do not lie further beyond the cell than this.
    constexpr double beyond = 12;
    const double units = std::clamp(n * per_unit, -beyond, screening::cell_units + beyond);
    return static_cast<std::uint16_t>(
        std::max(0, static_cast<int>(units) + screening::unit_offset + more));
  };
  const double per_x = screening::cell_units * place.per_width();
  const double per_y = screening::cell_units * place.per_height();
  const auto [west, east] = std::minmax(x0, x1);
  return {unit(west, per_x, -more_x), unit(y0, per_y, -more_y), unit(east, per_x, more_x),
          unit(y1, per_y, more_y)};
}

// A leaf that a leg of a batch passes through, and an edge that it may meet there.
struct LeafOnTheWay {
  std::uint32_t leg, line;
  Reach reach;
};
struct EdgeOnTheWay {
  std::uint32_t leg, part, edge;
};

void add_leaves(const Table& table, std::uint32_t entry, const Field& place, const Way& way,
                std::uint32_t leg, std::vector<LeafOnTheWay>& leaves) {
  if (screening::kind_of(entry) == Kind::divided) {
    const Field field{place.west, place.south, place.shift_x - screening::division_shift,
                      place.shift_y - screening::division_shift, place.depth + 1};
    const std::uint32_t* inner =
        table.divided.data() + (std::size_t{screening::rest_of(entry)} << 6);
    screening::each_cell_along(way.line, field, 8, 8, [&](std::int64_t c, std::int64_t r) {
      add_leaves(table, inner[r << 3 | c],
                 {field.west + (c << field.shift_x), field.south + (r << field.shift_y),
                  field.shift_x, field.shift_y, field.depth},
                 way, leg, leaves);
    });
  } else if (screening::kind_of(entry) == Kind::leaf) {
    const std::uint32_t line = screening::first_line(entry);
    const std::uint32_t known = std::max(1U, screening::counted_lines(entry));
    for (std::uint32_t k = 0; k < known; ++k) {
      __builtin_prefetch(&table.lines[line + k]);
      __builtin_prefetch(&table.line_edges[line + k]);
    }
    leaves.push_back({leg, line, reach_in(place, way)});
  }
}

// Several numbers at a time, in what every machine has for that.
using Four __attribute__((vector_size(16))) = std::uint32_t;
using Ends __attribute__((vector_size(16))) = std::int32_t;
using Eight __attribute__((vector_size(16))) = std::uint16_t;
using EightBytes __attribute__((vector_size(8))) = std::uint8_t;

// Which slots of a line come near a reach, a bit each.
unsigned slots_near(const Line& line, const Reach& reach) {
  // The eighth number belongs to what follows in the line, and is not asked.
  const auto numbers = [&](const std::uint16_t* first) {
    Eight eight;
    std::memcpy(&eight, first, sizeof eight);
    return eight;
  };
  const Eight low = numbers(line.low), high = numbers(line.high);
  const Eight x1 = numbers(line.x_low), x2 = numbers(line.x_high);
  const auto near = (low <= reach.north) & (high >= reach.south) &
                    ((x1 <= reach.east) | (x2 <= reach.east)) &
                    ((x1 >= reach.west) | (x2 >= reach.west));
  // A byte each, of which the lowest bits are gathered in the highest byte of a product.
  const auto bytes = std::bit_cast<std::uint64_t>(__builtin_convertvector(near, EightBytes));
  const std::uint64_t bits = (bytes & 0x0101010101010101U) * 0x0102040810204080U >> 56;
  return static_cast<unsigned>(bits) & ((1U << slots_a_line) - 1);
}

// Those edges of a leaf whose slots come near what of the leg lies in the cell. (Where a leg and an
// edge meet, both lie in the cell, and so the edge has a slot there.)
void add_edges(const Table& table, const LeafOnTheWay& leaf, std::vector<EdgeOnTheWay>& edges) {
  for (std::uint32_t line = leaf.line;; ++line) {
    const Line& l = table.lines[line];
    for (unsigned near = slots_near(l, leaf.reach); near != 0; near &= near - 1) {
      const std::uint32_t e = table.line_edges[line].edge[std::countr_zero(near)];
      if (e == screening::no_edge) continue;
      __builtin_prefetch(&table.edges[e]);
      edges.push_back({leaf.leg, l.head & screening::part_mask, e});
    }
    if ((l.head & screening::last_of_leaf) != 0) return;
  }
}

// Whether the leg from a to b is inside a part right after it starts there on the boundary: how
// many edges the line behind it crosses. Vertices on the line count as to its left, as in
// Walk::meet, so that what happens at the start itself lies behind.
bool inside_after_start(const Table& table, std::uint32_t part, Vertex a, Vertex b) {
  bool inside = false;
  const Part& p = table.parts[part];
  for (std::uint32_t e = p.first_edge; e < p.first_edge + p.edges; ++e) {
    const RisingEdge& edge = table.edges[e];
    if ((turn_of(a, b, edge.low) >= 0) == (turn_of(a, b, edge.high) >= 0)) continue;
    const Wide from = turn_of(edge.low, edge.high, a), to = turn_of(edge.low, edge.high, b);
    inside ^= from == 0 || (from > 0) != (from > to);
  }
  return inside;
}

// When the leg is in one part, from what happens there in order. `inside` is so right after the
// start: what happens at the start is no more than a touch.
void add_spans(std::span<const Event> events, bool inside_first, std::vector<Span>& spans) {
  int inside = inside_first ? 1 : 0;
  double since = 0;
  for (std::size_t i = 0; i < events.size();) {
    const double here = events[i].from;
    int after = inside;
    for (; i < events.size() && events[i].from == here; ++i) {
      if (here > 0) after += events[i].change;
      spans.push_back({here, events[i].to});
    }
    if (inside > 0 && after <= 0) spans.push_back({since, here});
    if (inside <= 0 && after > 0) since = here;
    inside = after;
  }
  if (inside > 0) spans.push_back({since, 1});
}

void merge(std::vector<Span>& spans) {
  std::sort(spans.begin(), spans.end(),
            [](Span a, Span b) { return std::tie(a.from, a.to) < std::tie(b.from, b.to); });
  std::size_t kept = 0;
  for (const Span s : spans) {
    if (kept > 0 && s.from <= spans[kept - 1].to)
      spans[kept - 1].to = std::max(spans[kept - 1].to, s.to);
    else
      spans[kept++] = s;
  }
  spans.resize(kept);
}

class Finder {
 public:
  Finder(const Screen& screen, std::vector<Stay>& stays)
      : screen_(screen), table_(screen.table()), stays_(stays) {}

  // In rounds, so that what one of them asks of memory has come when the next one needs it: whether
  // the top is clear all around a leg, the leaves on its way, the edges that may be met in them,
  // and what happens there. A leg that is clear of boundaries and held by no area, as most are, is
  // looked at in the first two only, and put aside without a branch.
  void find(std::uint32_t first, std::span<const Leg> legs) {
    CHECK(legs.size() <= most_at_once);
    leaves_.clear();
    edges_.clear();
    ways_.clear();
    Glance glances[most_at_once];
    for (std::size_t i = 0; i < legs.size(); ++i) glances[i] = glance_at(legs[i]);
    Kept kept[most_at_once];
    std::uint32_t open_legs[most_at_once];
    std::size_t kept_count = 0, open_count = 0;
    for (std::uint32_t i = 0; i < legs.size(); ++i) {
      const Glance& glance = glances[i];
      const bool is_open = table_.clear[glance.middle] <= glance.reach;
      const std::uint32_t cover = is_open ? open : screening::rest_of(table_.top[glance.start]);
      kept[kept_count] = {i, cover};
      kept_count += cover != 0 ? 1 : 0;
      open_legs[open_count] = i;
      open_count += is_open ? 1 : 0;
    }
    for (const std::uint32_t i : std::span(open_legs, open_count)) {
      ways_.push_back(way_of(legs[i]));
      if (!is_special(legs[i])) walk(i, glances[i].reach, ways_.back());
    }
    for (const LeafOnTheWay& leaf : leaves_) add_edges(table_, leaf, edges_);
    auto edge = edges_.begin();
    auto next_way = ways_.begin();
    for (const Kept& k : std::span(kept, kept_count)) {
      const std::uint32_t i = k.leg;
      const Leg& leg = legs[i];
      if (k.cover != open) {
        for (const std::uint32_t area : screen_.cover(k.cover))
          stays_.push_back({first + i, area, leg.at, leg.until});
        continue;
      }
      const Way& way = *next_way++;
      events_.clear();
      for (; edge != edges_.end() && edge->leg == i; ++edge)
        meet(table_, way, edge->part, edge->edge, events_);
      if (leg.from == leg.to) {
        for (const Held& h : screen_.find(leg.from))
          stays_.push_back({first + i, h.area, leg.at, leg.until});
      } else if (is_special(leg)) {
        find_around_the_globe(first + i, leg, way.a, way.b);
      } else {
        put_together(first + i, leg, way);
      }
    }
  }

  static constexpr std::size_t most_at_once = 64;

 private:
  static constexpr std::uint32_t open = 0xFFFFFFFF;  ///< In place of a cover: boundaries are near.
  static constexpr std::uint32_t no_reach = 0xFFFFFFFF;

  // The cells of the top at the start and in the middle, and how many cells the ends are from the
  // middle: where fewer rings around the middle are whole, boundaries are near.
  struct Glance {
    std::uint32_t start, middle, reach;
  };
  // A leg that more is to be done about, with what it lies in if no boundary is near.
  struct Kept {
    std::uint32_t leg, cover;
  };

  // Stays in place, comes to the antimeridian or crosses it, or has an end at a pole.
  static bool is_special(const Leg& leg) {
    return leg.from == leg.to || crosses_or_ends_at_edge(leg);
  }
  static bool crosses_or_ends_at_edge(const Leg& leg) {
    constexpr auto x = static_cast<std::int32_t>(quantities::half_turn_e7);
    constexpr auto y = static_cast<std::int32_t>(quantities::quarter_turn_e7);
    const Ends edge{x, y, x, y};
    const Ends ends{leg.from.longitude_e7, leg.from.latitude_e7, leg.to.longitude_e7,
                    leg.to.latitude_e7};
    const auto at_edge =
        std::bit_cast<std::array<std::uint64_t, 2>>((ends == edge) | (ends == -edge));
    const std::int64_t east = std::int64_t{leg.to.longitude_e7} - leg.from.longitude_e7;
    return ((at_edge[0] | at_edge[1]) != 0) || (std::abs(east) > quantities::half_turn_e7);
  }

  Glance glance_at(const Leg& leg) const {
    CHECK(leg.at <= leg.until);
    const auto& frame = table_.frame;
    // What lies to the west or south of the frame is far to the east or north as well.
    const auto column = [&](std::int32_t x) {
      return (static_cast<std::uint32_t>(x) - static_cast<std::uint32_t>(frame.west)) >>
             frame.shift_x;
    };
    const auto row = [&](std::int32_t y) {
      return (static_cast<std::uint32_t>(y) - static_cast<std::uint32_t>(frame.south)) >>
             frame.shift_y;
    };
    const std::uint32_t c0 = column(leg.from.longitude_e7), r0 = row(leg.from.latitude_e7);
    const std::uint32_t c1 = column(leg.to.longitude_e7), r1 = row(leg.to.latitude_e7);
    if (!((c0 < frame.columns) & (c1 < frame.columns) & (r0 < frame.rows) & (r1 < frame.rows)))
        [[unlikely]]
      return glance_from_outside(leg);
    const auto between = [](std::uint32_t a, std::uint32_t b) {
      return static_cast<std::uint32_t>(std::abs(static_cast<std::int32_t>(a - b)));
    };
    Glance glance;
    glance.start = r0 * frame.columns + c0;
    glance.middle = ((r0 + r1) >> 1) * frame.columns + ((c0 + c1) >> 1);
    glance.reach = (std::max(between(c0, c1), between(r0, r1)) + 1) >> 1;
    if (crosses_or_ends_at_edge(leg)) glance.reach = no_reach;
    __builtin_prefetch(&table_.clear[glance.middle]);
    __builtin_prefetch(&table_.top[glance.start]);
    return glance;
  }

  // One end or both lie outside the frame. If they are beyond one and the same side of it, no
  // boundary is met; otherwise one may be.
  Glance glance_from_outside(const Leg& leg) const {
    const auto& frame = table_.frame;
    const auto both_beyond = [](std::int64_t a, std::int64_t b, std::int64_t first,
                                std::int64_t after) {
      return (a < first && b < first) || (a >= after && b >= after);
    };
    const bool beyond = both_beyond(leg.from.longitude_e7, leg.to.longitude_e7, frame.west,
                                    frame.west + (std::int64_t{frame.columns} << frame.shift_x)) ||
                        both_beyond(leg.from.latitude_e7, leg.to.latitude_e7, frame.south,
                                    frame.south + (std::int64_t{frame.rows} << frame.shift_y));
    const std::uint32_t outside = table_.outside_index();
    return {outside, outside, beyond && !crosses_or_ends_at_edge(leg) ? 0 : no_reach};
  }

  // From both ends of a way in strides: from a cell around which so many rings are whole, the way
  // stays within these for so many cells. What is left between is a window in which cells may not
  // be whole.
  Window unclear_part(const Way& way, const Field& field) const {
    constexpr int most_strides = 12;
    constexpr double spare = 1e-3;  // of a cell, far above what rounding does
    const auto& frame = table_.frame;
    const double per_x = field.per_width(), per_y = field.per_height();
    const double x0 = static_cast<double>(way.a.longitude_e7 - field.west) * per_x;
    const double y0 = static_cast<double>(way.a.latitude_e7 - field.south) * per_y;
    const double dx = static_cast<double>(way.b.longitude_e7 - way.a.longitude_e7) * per_x;
    const double dy = static_cast<double>(way.b.latitude_e7 - way.a.latitude_e7) * per_y;
    const double cells = std::max(std::abs(dx), std::abs(dy));
    // How far it is clear from a share of the way, in shares; nothing where that is not known.
    const auto stride = [&](double share) {
      const double x = x0 + share * dx, y = y0 + share * dy;
      if (!(x >= 0 && y >= 0 && x < frame.columns && y < frame.rows)) return 0.0;
      const int rings =
          table_.clear[static_cast<std::size_t>(y) * frame.columns + static_cast<std::size_t>(x)];
      return rings < 2 ? 0.0 : (rings - 1 - spare) / cells;
    };
    double from = 0, until = 1;
    for (int i = 0; i < most_strides && from < until; ++i) {
      const double step = stride(from);
      if (step == 0) break;
      from += step;
    }
    for (int i = 0; i < most_strides && from < until; ++i) {
      const double step = stride(until);
      if (step == 0) break;
      until -= step;
    }
    if (from >= until) return {0, 0, -1, -1};
    const double x_from = x0 + from * dx, x_until = x0 + until * dx;
    const double y_from = y0 + from * dy, y_until = y0 + until * dy;
    const auto [west, east] = std::minmax(x_from, x_until);
    const auto [south, north] = std::minmax(y_from, y_until);
    const auto cell = [](double at) { return static_cast<std::int64_t>(std::floor(at)); };
    return {std::max<std::int64_t>(0, cell(west - spare)),
            std::max<std::int64_t>(0, cell(south - spare)),
            std::min(std::int64_t{frame.columns} - 1, cell(east + spare)),
            std::min(std::int64_t{frame.rows} - 1, cell(north + spare))};
  }

  void walk(std::uint32_t leg, std::uint32_t reach, const Way& way) {
    // A way through few cells is walked before its ends are looked at.
    constexpr std::uint32_t short_reach = 8;
    const auto& frame = table_.frame;
    const Field field{frame.west, frame.south, frame.shift_x, frame.shift_y, 0};
    const Window all{0, 0, std::int64_t{frame.columns} - 1, std::int64_t{frame.rows} - 1};
    screening::each_row_along(
        way.line, field, reach <= short_reach ? all : unclear_part(way, field),
        [&](std::int64_t r, std::int64_t first, std::int64_t last) {
          for (std::int64_t c = first; c <= last; c += four) {
            const std::uint32_t* entries =
                &table_.top[static_cast<std::size_t>(r * frame.columns + c)];
            for (unsigned near = not_whole(entries, last - c + 1); near != 0; near &= near - 1) {
              const int k = std::countr_zero(near);
              add_leaves(table_, entries[k],
                         {field.west + ((c + k) << field.shift_x),
                          field.south + (r << field.shift_y), field.shift_x, field.shift_y, 0},
                         way, leg, leaves_);
            }
          }
        });
  }

  // Which of the first `count` cells from a place in the top on are not whole, a bit each, looking
  // at four of them; what follows the top is long enough for that.
  static constexpr std::int64_t four = 4;
  static unsigned not_whole(const std::uint32_t* entries, std::int64_t count) {
    Four cells;
    std::memcpy(&cells, entries, sizeof cells);
    static_assert(static_cast<int>(Kind::whole) == 0);
    const auto bits =
        std::bit_cast<std::array<std::uint64_t, 2>>(((cells & 3U) != 0) & Four{1, 2, 4, 8});
    const std::uint64_t pairs = bits[0] | bits[1];
    return static_cast<unsigned>(pairs | pairs >> 32) & ((1U << std::min(count, four)) - 1);
  }

  static Way way_of(const Leg& leg) {
    const Vertex a{leg.from.longitude_e7, leg.from.latitude_e7};
    Vertex b{leg.to.longitude_e7, leg.to.latitude_e7};
    if (b.longitude_e7 - a.longitude_e7 > quantities::half_turn_e7)
      b.longitude_e7 -= quantities::full_turn_e7;
    if (b.longitude_e7 - a.longitude_e7 < -quantities::half_turn_e7)
      b.longitude_e7 += quantities::full_turn_e7;
    return {a, b};
  }
  // What holds the start of a leg, with what happens on the way, area by area.
  void put_together(std::uint32_t number, const Leg& leg, const Way& way) {
    held_.clear();
    const std::uint32_t cover = screening::find_one(table_, leg.from, 0, held_);
    const std::span<const std::uint32_t> covering = screen_.cover(cover);
    if (events_.empty() && held_.empty()) {
      for (const std::uint32_t area : covering) stays_.push_back({number, area, leg.at, leg.until});
      return;
    }
    if (events_.size() > 1) sort_events(events_);
    std::size_t next_event = 0, next_cover = 0, next_held = 0;
    constexpr std::uint32_t none = 0xFFFFFFFF;
    for (;;) {
      const std::uint32_t in_events = next_event < events_.size() ? events_[next_event].area : none;
      const std::uint32_t in_cover = next_cover < covering.size() ? covering[next_cover] : none;
      const std::uint32_t in_held = next_held < held_.size() ? held_[next_held].area : none;
      const std::uint32_t area = std::min({in_events, in_cover, in_held});
      if (area == none) return;
      Side start = Side::outside;
      if (in_cover == area) ++next_cover, start = Side::inside;
      if (in_held == area) start = std::max(start, held_[next_held++].side());
      const std::size_t first = next_event;
      while (next_event < events_.size() && events_[next_event].area == area) ++next_event;
      if (first == next_event && start == Side::inside) {
        stays_.push_back({number, area, leg.at, leg.until});
        continue;
      }
      spans_.clear();
      add_area({events_.data() + first, next_event - first}, start, way.a, way.b);
      add_stays(number, area, leg);
    }
  }

  static void sort_events(std::vector<Event>& events) {
    const auto key = [](const Event& e) { return std::tie(e.area, e.part, e.from, e.edge); };
    std::sort(events.begin(), events.end(),
              [&](const Event& x, const Event& y) { return key(x) < key(y); });
    // An edge is found in every cell that it passes through.
    const auto last = std::unique(events.begin(), events.end(),
                                  [&](const Event& x, const Event& y) { return key(x) == key(y); });
    events.erase(last, events.end());
  }

  void add_area(std::span<const Event> events, Side start, Vertex a, Vertex b) {
    if (events.empty()) {
      if (start == Side::inside) spans_.push_back({0, 1});
      if (start == Side::boundary) spans_.push_back({0, 0});
      return;
    }
    const std::uint32_t area = events.front().area;
    std::uint32_t begin = events.front().part, end = begin + 1;
    while (begin > 0 && table_.parts[begin - 1].area == area) --begin;
    while (end < table_.parts.size() && table_.parts[end].area == area) ++end;
    if (end - begin == 1)
      add_part(begin, events, start, a, b);
    else
      add_parts(begin, end, a, b);
  }

  void add_part(std::uint32_t part, std::span<const Event> events, Side start, Vertex a, Vertex b) {
    const bool inside =
        start == Side::boundary ? inside_after_start(table_, part, a, b) : start == Side::inside;
    add_spans(events, inside, spans_);
  }

  // Parts of one area, as if alone. All their edges are asked: in a cell that lies in one of them,
  // the screen knows nothing of the others.
  void add_parts(std::uint32_t begin, std::uint32_t end, Vertex a, Vertex b) {
    of_parts_.clear();
    const Way way(a, b);
    for (std::uint32_t p = begin; p < end; ++p)
      for (std::uint32_t k = 0; k < table_.parts[p].edges; ++k)
        meet(table_, way, p, table_.parts[p].first_edge + k, of_parts_);
    sort_events(of_parts_);
    std::size_t i = 0;
    for (std::uint32_t part = begin; part < end; ++part) {
      const std::size_t first = i;
      while (i < of_parts_.size() && of_parts_[i].part == part) ++i;
      add_part(part, {of_parts_.data() + first, i - first}, side_of_part(table_, part, a), a, b);
    }
  }

  // Across the antimeridian or from or to a pole: seldom, so every edge is asked. A part and a leg
  // may meet at more than one turn; what they hold is put together.
  void find_around_the_globe(std::uint32_t number, const Leg& leg, Vertex a, Vertex b) {
    struct Found {
      std::uint32_t area;
      Span span;
    };
    std::vector<Found> found;
    for (const Point end : {leg.from, leg.to}) {
      const double share = end == leg.from ? 0 : 1;
      if (std::abs(std::int64_t{end.latitude_e7}) != quantities::quarter_turn_e7) continue;
      held_.clear();
      screening::find_pole(table_, end.latitude_e7 < 0 ? 1 : 0, 0, held_);
      for (const Held& h : held_) found.push_back({h.area, {share, share}});
    }
    for (std::int64_t turn = -1; turn <= 1; ++turn) {
      const std::int64_t shift = turn * quantities::full_turn_e7;
      const Vertex from{a.longitude_e7 + shift, a.latitude_e7};
      const Vertex to{b.longitude_e7 + shift, b.latitude_e7};
      for (std::uint32_t part = 0; part < table_.parts.size(); ++part) {
        spans_.clear();
        add_parts(part, part + 1, from, to);
        for (const Span s : spans_) found.push_back({table_.parts[part].area, s});
      }
    }
    std::stable_sort(found.begin(), found.end(),
                     [](const Found& x, const Found& y) { return x.area < y.area; });
    for (std::size_t i = 0; i < found.size();) {
      const std::uint32_t area = found[i].area;
      spans_.clear();
      for (; i < found.size() && found[i].area == area; ++i) spans_.push_back(found[i].span);
      add_stays(number, area, leg);
    }
  }

  void add_stays(std::uint32_t number, std::uint32_t area, const Leg& leg) {
    merge(spans_);
    const auto whole = static_cast<double>((leg.until - leg.at).microseconds);
    for (const Span& s : spans_) {
      constexpr double relative = 1e-15, absolute = 1e-3;
      const double from = s.from * whole, to = s.to * whole;
      Stay stay{number, area, leg.at, leg.until};
      if (s.from > 0)
        stay.entry.microseconds += std::max<std::int64_t>(
            0, static_cast<std::int64_t>(std::floor(from - absolute - from * relative)));
      if (s.to < 1)
        stay.exit.microseconds =
            std::min(leg.until.microseconds,
                     leg.at.microseconds +
                         static_cast<std::int64_t>(std::ceil(to + absolute + to * relative)));
      if (&s != spans_.data() && stay.entry <= stays_.back().exit)
        stays_.back().exit = std::max(stays_.back().exit, stay.exit);
      else
        stays_.push_back(stay);
    }
  }

  const Screen& screen_;
  const Table& table_;
  std::vector<Stay>& stays_;
  std::vector<Held> held_;
  std::vector<Event> events_, of_parts_;
  std::vector<Span> spans_;
  std::vector<Way> ways_;
  std::vector<LeafOnTheWay> leaves_;
  std::vector<EdgeOnTheWay> edges_;
};

}  // namespace

void stays_of(const Screen& screen, std::span<const Leg> legs, std::vector<Stay>& stays) {
  stays.clear();
  Finder finder(screen, stays);
  constexpr std::size_t batch = Finder::most_at_once;
  for (std::size_t i = 0; i < legs.size(); i += batch)
    finder.find(static_cast<std::uint32_t>(i), legs.subspan(i, std::min(batch, legs.size() - i)));
}

}  // namespace truce::areas
