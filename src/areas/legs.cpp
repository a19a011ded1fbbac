#include "areas/legs.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <tuple>

#include "areas/screen_cells.h"
#include "base/check.h"

namespace truce::areas {

namespace {

using screening::Field;
using screening::Kind;
using screening::Line;
using screening::Part;
using screening::Table;

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

// One leg, or its copy a full turn away.
class Walk {
 public:
  Walk(const Table& table, Vertex a, Vertex b, std::vector<Event>& events)
      : table_(table), a_(a), b_(b), line_{a, b}, events_(events) {
    if (line_.low.latitude_e7 > line_.high.latitude_e7) std::swap(line_.low, line_.high);
  }

  // Every edge of the cells along the leg.
  void along_cells() {
    const auto& frame = table_.frame;
    const Field field{frame.west, frame.south, frame.shift_x, frame.shift_y, 0};
    screening::each_cell_along(
        line_, field, frame.columns, frame.rows, [&](std::int64_t c, std::int64_t r) {
          cell(table_.top[static_cast<std::size_t>(r * frame.columns + c)],
               {field.west + (c << field.shift_x), field.south + (r << field.shift_y),
                field.shift_x, field.shift_y, 0});
        });
  }

  // Every edge of these parts.
  void along_parts(std::uint32_t begin, std::uint32_t end) {
    for (std::uint32_t p = begin; p < end; ++p)
      for (std::uint32_t k = 0; k < table_.parts[p].edges; ++k)
        meet(p, table_.parts[p].first_edge + k);
  }

 private:
  void cell(std::uint32_t cell_entry, const Field& place) {
    switch (screening::kind_of(cell_entry)) {
      case Kind::whole:
      case Kind::pole: return;
      case Kind::divided: {
        const Field field{place.west, place.south, place.shift_x - screening::division_shift,
                          place.shift_y - screening::division_shift, place.depth + 1};
        const std::uint32_t* inner =
            table_.divided.data() + (std::size_t{screening::rest_of(cell_entry)} << 6);
        screening::each_cell_along(line_, field, 8, 8, [&](std::int64_t c, std::int64_t r) {
          cell(inner[r << 3 | c],
               {field.west + (c << field.shift_x), field.south + (r << field.shift_y),
                field.shift_x, field.shift_y, field.depth});
        });
        return;
      }
      case Kind::leaf: break;
    }
    leaf(screening::first_line(cell_entry), place);
  }

  // Asks those edges of a leaf whose slots come near what of the leg lies in the cell. (Where a leg
  // and an edge meet, both lie in the cell, and so the edge has a slot there.)
  void leaf(std::uint32_t line, const Field& place) {
    const Line* lines = table_.lines.data();
    const Reach reach = reach_in(place);
    for (;; ++line) {
      const Line& l = lines[line];
      unsigned near = 0;
      for (unsigned i = 0; i < screening::slots_a_line; ++i) {
        const int low = l.low[i], high = l.high[i], x1 = l.x_low[i], x2 = l.x_high[i];
        near |= static_cast<unsigned>((low <= reach.north) & (high >= reach.south) &
                                      (std::min(x1, x2) <= reach.east) &
                                      (std::max(x1, x2) >= reach.west))
                << i;
      }
      for (; near != 0; near &= near - 1) {
        const std::uint32_t e = table_.line_edges[line].edge[std::countr_zero(near)];
        if (e != screening::no_edge) meet(l.head & screening::part_mask, e);
      }
      if ((l.head & screening::last_of_leaf) != 0) return;
    }
  }

  // The box of what of the leg lies in a cell, in the units of slots, with two to spare.
  struct Reach {
    int west, south, east, north;
  };
  Reach reach_in(const Field& place) const {
    const double wide = static_cast<double>(place.width());
    const double tall = static_cast<double>(place.height());
    double x0 = static_cast<double>(line_.low.longitude_e7 - place.west);
    double y0 = static_cast<double>(line_.low.latitude_e7 - place.south);
    double x1 = static_cast<double>(line_.high.longitude_e7 - place.west);
    double y1 = static_cast<double>(line_.high.latitude_e7 - place.south);
    const double slope = y1 > y0 ? (x1 - x0) / (y1 - y0) : 0;  // level: the whole of it
    if (y0 < 0) x0 -= slope * y0, y0 = 0;
    if (y1 > tall) x1 -= slope * (y1 - tall), y1 = tall;
    constexpr int spare = screening::unit_offset;
    const auto unit = [](double n, double size) {
      return static_cast<int>(std::clamp(n * (screening::cell_units / size), -1e6, 1e6)) + spare;
    };
    // Two units, or two steps of the lattice where those are more.
    const int more_x = 2 + static_cast<int>(2 * screening::cell_units / wide);
    const int more_y = 2 + static_cast<int>(2 * screening::cell_units / tall);
    const auto [west, east] = std::minmax(x0, x1);
    return {unit(west, wide) - more_x, unit(y0, tall) - more_y, unit(east, wide) + more_x,
            unit(y1, tall) + more_y};
  }

  // The share of the leg at which it passes a vertex that lies in line with it.
  double share_at(Vertex v) const {
    const std::int64_t dx = b_.longitude_e7 - a_.longitude_e7;
    const std::int64_t dy = b_.latitude_e7 - a_.latitude_e7;
    return std::abs(dx) >= std::abs(dy)
               ? static_cast<double>(v.longitude_e7 - a_.longitude_e7) / static_cast<double>(dx)
               : static_cast<double>(v.latitude_e7 - a_.latitude_e7) / static_cast<double>(dy);
  }

  void meet(std::uint32_t part, std::uint32_t e) {
    const RisingEdge& edge = table_.edges[e];
    if (edge.high.latitude_e7 < line_.low.latitude_e7 ||
        edge.low.latitude_e7 > line_.high.latitude_e7 || edge.west() > line_.east() ||
        edge.east() < line_.west())
      return;
    const Wide low = turn_of(a_, b_, edge.low), high = turn_of(a_, b_, edge.high);
    if ((low > 0 && high > 0) || (low < 0 && high < 0)) return;
    const Wide from = turn_of(edge.low, edge.high, a_), to = turn_of(edge.low, edge.high, b_);
    if ((from > 0 && to > 0) || (from < 0 && to < 0)) return;
    Event event{table_.parts[part].area, part, e, 0, 0, 0};
    if (low == 0 && high == 0) {
      // Along the edge (the boxes meet, so a stretch or a point is shared).
      const double one = share_at(edge.low), other = share_at(edge.high);
      event.from = std::clamp(std::min(one, other), 0.0, 1.0);
      event.to = std::clamp(std::max(one, other), 0.0, 1.0);
    } else {
      // Vertices on the leg count as to its left, so that passing one is one crossing. Two edges
      // that meet in a vertex take the share from it and not from themselves.
      const bool low_left = low >= 0, high_left = high >= 0;
      if (low_left != high_left) {
        const bool inside_east = table_.inside_east[e] != 0;
        event.change = low_left != inside_east ? 1 : -1;
      }
      event.from = low == 0    ? share_at(edge.low)
                   : high == 0 ? share_at(edge.high)
                               : static_cast<double>(from) / static_cast<double>(from - to);
      event.from = event.to = std::clamp(event.from, 0.0, 1.0);
    }
    events_.push_back(event);
  }

  const Table& table_;
  Vertex a_, b_;
  RisingEdge line_;
  std::vector<Event>& events_;
};

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

  void find(std::uint32_t number, const Leg& leg) {
    CHECK(leg.at <= leg.until);
    held_.clear();
    events_.clear();
    const std::uint32_t cover = screening::find_one(table_, leg.from, 0, held_);
    if (leg.from == leg.to) {  // it stays where it is
      for (const Held& h : screen_.find(leg.from))
        stays_.push_back({number, h.area, leg.at, leg.until});
      return;
    }
    const Vertex a{leg.from.longitude_e7, leg.from.latitude_e7};
    Vertex b{leg.to.longitude_e7, leg.to.latitude_e7};
    if (b.longitude_e7 - a.longitude_e7 > quantities::half_turn_e7)
      b.longitude_e7 -= quantities::full_turn_e7;
    if (b.longitude_e7 - a.longitude_e7 < -quantities::half_turn_e7)
      b.longitude_e7 += quantities::full_turn_e7;
    const bool pole = std::abs(std::int64_t{leg.from.latitude_e7}) == quantities::quarter_turn_e7 ||
                      std::abs(std::int64_t{leg.to.latitude_e7}) == quantities::quarter_turn_e7;
    if (pole || std::abs(b.longitude_e7) >= quantities::half_turn_e7 ||
        std::abs(a.longitude_e7) == quantities::half_turn_e7) {
      find_around_the_globe(number, leg, a, b);
      return;
    }
    Walk(table_, a, b, events_).along_cells();
    const std::span<const std::uint32_t> covering = screen_.cover(cover);
    if (events_.empty() && held_.empty()) {
      for (const std::uint32_t area : covering) stays_.push_back({number, area, leg.at, leg.until});
      return;
    }
    // What holds the start, with what happens on the way, area by area.
    sort_events(events_);
    std::size_t next_event = 0, next_cover = 0, next_held = 0;
    constexpr std::uint32_t none = 0xFFFFFFFF;
    for (;;) {
      const std::uint32_t in_events = next_event < events_.size() ? events_[next_event].area : none;
      const std::uint32_t in_cover = next_cover < covering.size() ? covering[next_cover] : none;
      const std::uint32_t in_held = next_held < held_.size() ? held_[next_held].area : none;
      const std::uint32_t area = std::min({in_events, in_cover, in_held});
      if (area == none) break;
      Side start = Side::outside;
      if (in_cover == area) ++next_cover, start = Side::inside;
      if (in_held == area) start = std::max(start, held_[next_held++].side());
      const std::size_t first = next_event;
      while (next_event < events_.size() && events_[next_event].area == area) ++next_event;
      spans_.clear();
      add_area({events_.data() + first, next_event - first}, start, a, b);
      add_stays(number, area, leg);
    }
  }

 private:
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
    Walk(table_, a, b, of_parts_).along_parts(begin, end);
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
};

}  // namespace

void stays_of(const Screen& screen, std::span<const Leg> legs, std::vector<Stay>& stays) {
  stays.clear();
  Finder finder(screen, stays);
  for (std::uint32_t i = 0; i < legs.size(); ++i) finder.find(i, legs[i]);
}

}  // namespace truce::areas
