// How a Screen is made. Cells are filled from the top down: an edge is entered in every cell that
// it may touch, and for every cell it is worked out which parts hold its south-west corner. Both
// are done once for the whole top, row by row, and again within every cell that is divided.

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <tuple>

#include "areas/screen_cells.h"
#include "areas/screen_table.h"
#include "base/check.h"

namespace truce::areas::screening {

namespace {

constexpr std::int64_t half_turn = quantities::half_turn_e7;
constexpr std::int64_t quarter_turn = quantities::quarter_turn_e7;
constexpr int division = 1 << division_shift;
/// A cell with more lines than this is divided.
constexpr std::size_t lines_before_division = 4;
constexpr std::size_t most_top_cells = std::size_t{1} << 20;
constexpr std::size_t least_top_cells = std::size_t{1} << 18;

double to_double(std::int64_t n) {
  return static_cast<double>(n);
}

// The edges of one part that may touch a cell.
struct Group {
  std::uint32_t part;
  bool corner_inside;
  std::span<const std::uint32_t> edges;
};

bool runs_anticlockwise(const Ring& ring) {
  __extension__ using Wide = __int128;
  Wide sum = 0;
  for (std::size_t i = 0; i < ring.size(); ++i) {
    const Vertex a = ring[i], b = ring[i + 1 == ring.size() ? 0 : i + 1];
    sum += Wide(a.longitude_e7) * b.latitude_e7 - Wide(b.longitude_e7) * a.latitude_e7;
  }
  return sum > 0;
}

struct Slot {
  std::uint16_t low, high, x_low, x_high;
  std::uint32_t edge;
};

// Lists of areas, each kept once.
class Covers {
 public:
  explicit Covers(Table& table) : table_(table), buckets_(1024, empty) {
    table_.cover_start = {0, 0};
  }
  std::uint32_t number_of(std::span<const std::uint32_t> areas) {
    if (areas.empty()) return 0;
    std::uint64_t hash = areas.size();
    for (const std::uint32_t area : areas)
      hash = (hash ^ area) * 0x9E3779B97F4A7C15U, hash ^= hash >> 29;
    for (std::size_t at = hash;; ++at) {
      std::uint32_t& bucket = buckets_[at & (buckets_.size() - 1)];
      if (bucket == empty) {
        const auto number = static_cast<std::uint32_t>(table_.cover_start.size() - 1);
        table_.cover_areas.insert(table_.cover_areas.end(), areas.begin(), areas.end());
        CHECK(table_.cover_areas.size() < std::numeric_limits<std::uint32_t>::max() &&
              number < (1U << 30));
        table_.cover_start.push_back(static_cast<std::uint32_t>(table_.cover_areas.size()));
        bucket = number;
        hashes_.push_back(hash);
        if (hashes_.size() * 2 > buckets_.size()) grow();
        return number;
      }
      if (hashes_[bucket - 1] == hash && std::ranges::equal(areas, areas_of(bucket))) return bucket;
    }
  }

 private:
  static constexpr std::uint32_t empty = 0xFFFFFFFF;
  std::span<const std::uint32_t> areas_of(std::uint32_t number) const {
    return {table_.cover_areas.data() + table_.cover_start[number],
            table_.cover_areas.data() + table_.cover_start[number + 1]};
  }
  void grow() {
    buckets_.assign(buckets_.size() * 4, empty);
    for (std::uint32_t number = 1; number <= hashes_.size(); ++number) {
      std::size_t at = hashes_[number - 1];
      while (buckets_[at & (buckets_.size() - 1)] != empty) ++at;
      buckets_[at & (buckets_.size() - 1)] = number;
    }
  }
  Table& table_;
  std::vector<std::uint32_t> buckets_;
  std::vector<std::uint64_t> hashes_;  // of covers 1, 2, ...
};

// What an edge that may touch a cell adds to the crossings of a ray due west, for a place in the
// cell, when the other edges of its ring are left out. Squash all that lies west of the cell onto a
// line beside it: the ring still winds around the place as often. Of an edge's neighbours that lie
// wholly west, the rest of the way up or down that line remains; it is added here by the ends.
bool adds_crossing(const RisingEdge& edge, Vertex place, std::int64_t west_of_cell) {
  bool crossing = ray_crosses(edge, place);
  if (edge.low.longitude_e7 < west_of_cell) crossing ^= place.latitude_e7 < edge.low.latitude_e7;
  if (edge.high.longitude_e7 < west_of_cell) crossing ^= place.latitude_e7 < edge.high.latitude_e7;
  return crossing;
}

class Maker {
 public:
  explicit Maker(Table& table) : table_(table), covers_(table) {}

  void add(std::uint32_t area, const Outline& outline) {
    bool north = false, south = false;
    std::uint32_t polygon_number = 0;
    for (const Polygon& polygon : outline.polygons) {
      const Box box = box_of(polygon);
      north = north || box.high.latitude_e7 == quarter_turn;
      south = south || box.low.latitude_e7 == -quarter_turn;
      for (std::int64_t turn = -1; turn <= 1; ++turn) {
        const std::int64_t shift = turn * quantities::full_turn_e7;
        if (box.low.longitude_e7 + shift > half_turn || box.high.longitude_e7 + shift < -half_turn)
          continue;
        const auto part = static_cast<std::uint32_t>(table_.parts.size());
        CHECK(part < part_mask);
        const auto first = static_cast<std::uint32_t>(table_.edges.size());
        add_ring(polygon.outer, shift, false);
        for (const Ring& hole : polygon.holes) add_ring(hole, shift, true);
        const auto edges = static_cast<std::uint32_t>(table_.edges.size() - first);
        if (edges == 0) continue;
        table_.parts.push_back(
            {area, first, edges, polygon_number * 3 + static_cast<std::uint32_t>(turn + 1)});
        table_.area_of_part.push_back(area);
        low_.longitude_e7 = std::min(low_.longitude_e7, box.low.longitude_e7 + shift);
        low_.latitude_e7 = std::min(low_.latitude_e7, box.low.latitude_e7);
        high_.longitude_e7 = std::max(high_.longitude_e7, box.high.longitude_e7 + shift);
        high_.latitude_e7 = std::max(high_.latitude_e7, box.high.latitude_e7);
      }
      ++polygon_number;
    }
    if (north) table_.pole_areas[0].push_back(area);
    if (south) table_.pole_areas[1].push_back(area);
  }

  void finish() {
    choose_frame();
    fill_top();
    measure_clearance();
    table_.cover_areas.resize(table_.cover_areas.size() + 8);
  }

 private:
  void add_ring(const Ring& ring, std::int64_t shift, bool hole) {
    const bool inside_left = runs_anticlockwise(ring) != hole;
    for (std::size_t i = 0; i < ring.size(); ++i) {
      Vertex a = ring[i], b = ring[i + 1 == ring.size() ? 0 : i + 1];
      const bool falls = a.latitude_e7 > b.latitude_e7;
      if (falls) std::swap(a, b);
      a.longitude_e7 += shift;
      b.longitude_e7 += shift;
      table_.edges.push_back({a, b});
      table_.inside_east.push_back(static_cast<std::uint8_t>(falls == inside_left));
    }
  }

  void choose_frame() {
    Frame& frame = table_.frame;
    if (table_.parts.empty()) {
      table_.top = {0, cell_of(Kind::pole, 0), cell_of(Kind::pole, 1)};
      return;
    }
    const std::int64_t west = std::max(low_.longitude_e7, -half_turn);
    const std::int64_t south = std::max(low_.latitude_e7, -quarter_turn);
    const std::int64_t wide = std::min(high_.longitude_e7, half_turn) - west;
    const std::int64_t tall = std::min(high_.latitude_e7, quarter_turn) - south;
    const std::size_t wanted = std::clamp(table_.edges.size() * 8, least_top_cells, most_top_cells);
    const auto cells = [&] {
      return static_cast<std::size_t>((wide >> frame.shift_x) + 1) *
             static_cast<std::size_t>((tall >> frame.shift_y) + 1);
    };
    // A degree of longitude is shorter than one of latitude: wider cells come first.
    while (cells() > wanted) ++(frame.shift_x > frame.shift_y ? frame.shift_y : frame.shift_x);
    frame.west = static_cast<std::int32_t>(west);
    frame.south = static_cast<std::int32_t>(south);
    frame.columns = static_cast<std::uint32_t>((wide >> frame.shift_x) + 1);
    frame.rows = static_cast<std::uint32_t>((tall >> frame.shift_y) + 1);
  }

  // The first column of a field whose western border lies east of where the edge crosses a
  // latitude that it spans.
  static std::int64_t first_column_east(const RisingEdge& edge, std::int64_t latitude,
                                        const Field& field, std::int64_t columns) {
    const double slope = to_double(edge.high.longitude_e7 - edge.low.longitude_e7) /
                         to_double(edge.high.latitude_e7 - edge.low.latitude_e7);
    const double x = to_double(edge.low.longitude_e7 - field.west) +
                     slope * to_double(latitude - edge.low.latitude_e7);
    auto guess = static_cast<std::int64_t>(
        std::clamp(std::floor(x / to_double(field.width())) + 1, 0.0, to_double(columns)));
    const auto passes_west = [&](std::int64_t column) {
      return west_or_east(edge, {field.west + (column << field.shift_x), latitude}) > 0;
    };
    while (guess > 0 && passes_west(guess - 1)) --guess;
    while (guess < columns && !passes_west(guess)) ++guess;
    return guess;
  }

  void fill_top() {
    const Frame& frame = table_.frame;
    if (table_.parts.empty()) return;
    const Field field{frame.west, frame.south, frame.shift_x, frame.shift_y, 0};
    const std::size_t cells = std::size_t{frame.columns} * frame.rows;

    // Which edges may touch which cell: counted, then put in their places, in order.
    struct Entry {
      std::uint32_t cell, edge;
    };
    std::vector<Entry> entries;
    entries.reserve(table_.edges.size() * 3 / 2);
    std::vector<std::uint32_t> start(cells + 1, 0);
    struct Toggle {
      std::uint32_t row, column, part;
    };
    std::vector<Toggle> toggles;
    std::vector<std::uint32_t> toggle_start(frame.rows + 1, 0);
    std::uint32_t part = 0;
    for (std::uint32_t e = 0; e < table_.edges.size(); ++e) {
      while (e >= table_.parts[part].first_edge + table_.parts[part].edges) ++part;
      const RisingEdge& edge = table_.edges[e];
      each_cell_along(edge, field, frame.columns, frame.rows, [&](std::int64_t c, std::int64_t r) {
        const auto cell = static_cast<std::uint32_t>(r * frame.columns + c);
        entries.push_back({cell, e});
        ++start[cell + 1];
      });
      // The rows whose lower latitude the edge spans.
      const std::int64_t below = edge.low.latitude_e7 - frame.south - 1;
      const std::int64_t first = below < 0 ? 0 : (below >> frame.shift_y) + 1;
      const std::int64_t last = std::min<std::int64_t>(
          frame.rows - 1, (edge.high.latitude_e7 - frame.south - 1) >> frame.shift_y);
      for (std::int64_t r = first; r <= last; ++r) {
        const std::int64_t latitude = frame.south + (r << frame.shift_y);
        const std::int64_t c = first_column_east(edge, latitude, field, frame.columns);
        if (c == frame.columns) continue;
        toggles.push_back({static_cast<std::uint32_t>(r), static_cast<std::uint32_t>(c), part});
        ++toggle_start[static_cast<std::size_t>(r) + 1];
      }
    }
    for (std::size_t c = 0; c < cells; ++c) start[c + 1] += start[c];
    std::vector<std::uint32_t> in_cells(entries.size());
    {
      std::vector<std::uint32_t> next(start.begin(), start.end() - 1);
      for (const Entry& entry : entries) in_cells[next[entry.cell]++] = entry.edge;
      entries = {};
    }
    std::sort(toggles.begin(), toggles.end(), [](const Toggle& a, const Toggle& b) {
      return std::tie(a.row, a.column, a.part) < std::tie(b.row, b.column, b.part);
    });
    for (std::size_t r = 0; r < frame.rows; ++r) toggle_start[r + 1] += toggle_start[r];

    table_.top.assign(cells + 3, 0);
    table_.top[cells + 1] = cell_of(Kind::pole, 0);
    table_.top[cells + 2] = cell_of(Kind::pole, 1);
    std::vector<std::uint32_t> active;  // the parts that hold the corner of the cell, ascending
    std::vector<Group> groups;
    for (std::uint32_t r = 0; r < frame.rows; ++r) {
      active.clear();
      std::uint32_t toggle = toggle_start[r];
      std::uint32_t same = 0;  // the answer of an empty cell with these active parts
      bool known = true;
      for (std::uint32_t c = 0; c < frame.columns; ++c) {
        for (; toggle < toggle_start[r + 1] && toggles[toggle].column == c; ++toggle) {
          const auto at = std::lower_bound(active.begin(), active.end(), toggles[toggle].part);
          if (at != active.end() && *at == toggles[toggle].part)
            active.erase(at);
          else
            active.insert(at, toggles[toggle].part);
          known = false;
        }
        const std::size_t cell = std::size_t{r} * frame.columns + c;
        if (start[cell] == start[cell + 1]) {
          if (!known) same = whole_cell(active);
          known = true;
          table_.top[cell] = same;
          continue;
        }
        const Field place{field.west + (std::int64_t{c} << field.shift_x),
                          field.south + (std::int64_t{r} << field.shift_y), field.shift_x,
                          field.shift_y, 0};
        group({in_cells.data() + start[cell], in_cells.data() + start[cell + 1]}, groups);
        std::vector<std::uint32_t>& whole = wholes_[0];
        whole.clear();
        auto local = groups.begin();
        for (const std::uint32_t p : active) {
          while (local != groups.end() && local->part < p) ++local;
          if (local != groups.end() && local->part == p)
            local->corner_inside = true;
          else
            add_area(whole, table_.parts[p].area);
        }
        table_.top[cell] = filled(place, groups, whole);
      }
    }
  }

  // The distance of every cell to the nearest one that is not whole, a diagonal step counting as
  // one: down and up over all rows, each time from the cells that are known already.
  void measure_clearance() {
    const Frame& frame = table_.frame;
    const std::size_t columns = frame.columns, rows = frame.rows, width = columns + 2;
    constexpr std::uint8_t most = 255;
    std::vector<std::uint8_t> beyond(width, most), above = beyond, here = beyond;
    table_.clear.assign(columns * rows + 1, 1);
    for (const bool up : {true, false}) {
      above = beyond;
      for (std::size_t k = 0; k < rows; ++k) {
        const std::size_t r = up ? k : rows - 1 - k;
        std::uint8_t* clear = table_.clear.data() + r * columns;
        const std::uint32_t* top = table_.top.data() + r * columns;
        for (std::size_t c = 0; c < columns; ++c) {
          const int near = std::min({above[c], above[c + 1], above[c + 2]});
          const int known = up ? most : clear[c];
          here[c + 1] = static_cast<std::uint8_t>(
              kind_of(top[c]) == Kind::whole ? std::min(known, std::min(near + 1, int{most})) : 0);
        }
        for (std::size_t c = 1; c <= columns; ++c)
          here[c] = static_cast<std::uint8_t>(std::min<int>(here[c], here[c - 1] + 1));
        for (std::size_t c = columns; c >= 1; --c)
          here[c] = static_cast<std::uint8_t>(std::min<int>(here[c], here[c + 1] + 1));
        std::copy_n(here.begin() + 1, columns, clear);
        std::swap(above, here);
        here[0] = here[width - 1] = most;
      }
    }
  }

  static void add_area(std::vector<std::uint32_t>& areas, std::uint32_t area) {
    if (areas.empty() || areas.back() != area) areas.push_back(area);
  }

  std::uint32_t whole_cell(const std::vector<std::uint32_t>& parts) {
    std::vector<std::uint32_t>& areas = wholes_[0];
    areas.clear();
    for (const std::uint32_t p : parts) add_area(areas, table_.parts[p].area);
    return cell_of(Kind::whole, covers_.number_of(areas));
  }

  // Edges in order, divided by the parts that they belong to.
  void group(std::span<const std::uint32_t> edges, std::vector<Group>& groups) const {
    groups.clear();
    for (std::size_t i = 0; i < edges.size();) {
      const auto after =
          std::upper_bound(table_.parts.begin(), table_.parts.end(), edges[i],
                           [](std::uint32_t e, const Part& p) { return e < p.first_edge; });
      const auto part = static_cast<std::uint32_t>(after - table_.parts.begin() - 1);
      const std::uint32_t end = table_.parts[part].first_edge + table_.parts[part].edges;
      std::size_t next = i + 1;
      while (next < edges.size() && edges[next] < end) ++next;
      groups.push_back({part, false, edges.subspan(i, next - i)});
      i = next;
    }
  }

  // The cell with these edges in it, given the areas that hold it whole but for them. Both lists
  // are used up.
  std::uint32_t filled(const Field& cell, std::vector<Group>& groups,
                       std::vector<std::uint32_t>& whole) {
    const auto held_whole = [&](const Group& g) {
      return std::binary_search(whole.begin(), whole.end(), table_.parts[g.part].area);
    };
    std::erase_if(groups, held_whole);
    std::size_t lines = 0;
    for (const Group& g : groups) lines += (g.edges.size() + slots_a_line - 1) / slots_a_line;
    const bool divisible = cell.depth < most_depth &&
                           std::min(cell.shift_x, cell.shift_y) - division_shift >= finest_shift;
    if (divisible && lines > lines_before_division) return divided(cell, groups, whole);
    return leaf(cell, groups, whole);
  }

  std::uint32_t divided(const Field& cell, const std::vector<Group>& groups,
                        const std::vector<std::uint32_t>& whole) {
    const auto depth = static_cast<std::size_t>(cell.depth);
    Division& d = divisions_[depth];
    for (auto& list : d.edges) list.clear();
    d.corners.assign(groups.size(), {});
    const Field field{cell.west, cell.south, cell.shift_x - division_shift,
                      cell.shift_y - division_shift, cell.depth + 1};
    for (std::size_t g = 0; g < groups.size(); ++g) {
      for (const std::uint32_t e : groups[g].edges) {
        each_cell_along(table_.edges[e], field, division, division,
                        [&](std::int64_t c, std::int64_t r) {
                          d.edges[static_cast<std::size_t>(r * division + c)].push_back(e);
                        });
      }
      d.corners[g] = corners(cell, field, groups[g]);
    }
    const auto at = static_cast<std::uint32_t>(table_.divided.size() / (division * division));
    table_.divided.resize(table_.divided.size() + division * division);
    std::vector<Group>& inner = groups_[depth];
    std::vector<std::uint32_t>& inner_whole = wholes_[depth + 1];
    for (std::size_t k = 0; k < d.edges.size(); ++k) {
      const std::size_t c = k % division, r = k / division;
      group(d.edges[k], inner);
      inner_whole = whole;
      auto local = inner.begin();
      for (std::size_t g = 0; g < groups.size(); ++g) {
        const bool inside = (d.corners[g][r] >> c & 1U) != 0;
        if (local != inner.end() && local->part == groups[g].part)
          (local++)->corner_inside = inside;
        else if (inside)
          inner_whole.push_back(table_.parts[groups[g].part].area);
      }
      std::sort(inner_whole.begin(), inner_whole.end());
      const auto last = std::unique(inner_whole.begin(), inner_whole.end());
      inner_whole.erase(last, inner_whole.end());
      const Field place{field.west + (static_cast<std::int64_t>(c) << field.shift_x),
                        field.south + (static_cast<std::int64_t>(r) << field.shift_y),
                        field.shift_x, field.shift_y, field.depth};
      const std::uint32_t entry = filled(place, inner, inner_whole);
      table_.divided[std::size_t{at} * division * division + k] = entry;
    }
    CHECK(at < 1U << 30);
    return cell_of(Kind::divided, at);
  }

  // For each row of a divided cell, a bit for every column whose corner the part holds.
  std::array<std::uint8_t, division> corners(const Field& cell, const Field& field,
                                             const Group& group) const {
    std::array<std::uint8_t, division> rows{};
    rows.fill(group.corner_inside ? 0xFF : 0);
    const Vertex corner{cell.west, cell.south};
    for (const std::uint32_t e : group.edges) {
      const RisingEdge& edge = table_.edges[e];
      const bool at_corner = adds_crossing(edge, corner, cell.west);
      for (std::int64_t r = 0; r < division; ++r) {
        const std::int64_t latitude = field.south + (r << field.shift_y);
        unsigned mask = at_corner ? 0xFFU : 0U;
        if (edge.low.longitude_e7 < cell.west && latitude < edge.low.latitude_e7) mask ^= 0xFFU;
        if (edge.high.longitude_e7 < cell.west && latitude < edge.high.latitude_e7) mask ^= 0xFFU;
        if (edge.low.latitude_e7 <= latitude && latitude < edge.high.latitude_e7)
          mask ^= 0xFFU << first_column_east(edge, latitude, field, division);
        rows[static_cast<std::size_t>(r)] ^= static_cast<std::uint8_t>(mask);
      }
    }
    return rows;
  }

  std::uint32_t leaf(const Field& cell, const std::vector<Group>& groups,
                     std::vector<std::uint32_t>& whole) {
    // First the slots: a part without any holds all of the cell or none of it.
    slots_.clear();
    slot_end_.clear();
    std::size_t kept = 0;
    for (const Group& g : groups) {
      const std::size_t before = slots_.size();
      for (const std::uint32_t e : g.edges) add_slots(cell, e);
      slot_end_.push_back(slots_.size());
      if (slots_.size() > before) {
        ++kept;
      } else if (g.corner_inside) {
        const std::uint32_t area = table_.parts[g.part].area;
        const auto at = std::lower_bound(whole.begin(), whole.end(), area);
        if (at == whole.end() || *at != area) whole.insert(at, area);
      }
    }
    const auto first = static_cast<std::uint32_t>(table_.lines.size());
    const std::uint32_t cover = covers_.number_of(whole);
    std::size_t begin = 0;
    for (std::size_t g = 0; g < groups.size() && kept > 0; ++g) {
      const std::size_t end = slot_end_[g];
      const std::uint32_t area = table_.parts[groups[g].part].area;
      if (!std::binary_search(whole.begin(), whole.end(), area))
        for (std::size_t at = begin; at < end; at += slots_a_line)
          add_line(cell, groups[g], cover,
                   {slots_.data() + at, std::min<std::size_t>(slots_a_line, end - at)}, at == begin,
                   at + slots_a_line >= end);
      begin = end;
    }
    const std::size_t lines = table_.lines.size() - first;
    if (lines == 0) return cell_of(Kind::whole, cover);
    table_.lines.back().head |= last_of_leaf;
    // Parts of one area stand next to each other; all their lines are marked.
    const auto area_of = [&](std::size_t line) {
      return table_.parts[table_.lines[line].head & part_mask].area;
    };
    for (std::size_t i = first; i < table_.lines.size();) {
      std::size_t end = i + 1;
      bool several = false;
      for (; end < table_.lines.size() && area_of(end) == area_of(i); ++end)
        several = several || ((table_.lines[end].head ^ table_.lines[i].head) & part_mask) != 0;
      for (; i < end; ++i)
        if (several) table_.lines[i].head |= more_of_area;
    }
    CHECK(first < 1U << (32 - kind_bits - count_bits));
    const auto counted = static_cast<std::uint32_t>(lines > most_lines_counted ? 0 : lines);
    return cell_of(Kind::leaf, first << count_bits | counted);
  }

  // What of an edge lies in the cell, and the border above where it crosses.
  void add_slots(const Field& cell, std::uint32_t e) {
    const RisingEdge& edge = table_.edges[e];
    const double wide = to_double(cell.width()), tall = to_double(cell.height());
    const double x0 = to_double(edge.low.longitude_e7 - cell.west);
    const double y0 = to_double(edge.low.latitude_e7 - cell.south);
    const double x1 = to_double(edge.high.longitude_e7 - cell.west);
    const double y1 = to_double(edge.high.latitude_e7 - cell.south);
    const double dx = x1 - x0, dy = y1 - y0;
    const auto unit_x = [&](double x) { return rounded(x * (cell_units / wide)); };
    const auto unit_y = [&](double y) { return rounded(y * (cell_units / tall)); };

    // Most edges of crowded cells lie in them from end to end.
    if (std::min(x0, x1) >= 0 && std::max(x0, x1) <= wide && y0 >= 0 && y1 <= tall) {
      slots_.push_back({unit_y(y0), unit_y(y1), unit_x(x0), unit_x(x1), e});
      return;
    }

    // Liang and Barsky: from..to is the share of the edge in the cell.
    double from = 0, to = 1;
    bool away = false;
    const auto clip = [&](double direction, double room) {
      if (direction == 0) {
        away = away || room < 0;
      } else if (direction < 0) {
        from = std::max(from, room / direction);
      } else {
        to = std::min(to, room / direction);
      }
    };
    clip(-dx, x0);
    clip(dx, wide - x0);
    clip(-dy, y0);
    clip(dy, tall - y0);
    if (!away) {
      // Where rounding may have parted what just touches, a point remains.
      if (from > to && (from - to) * (std::abs(dx) + std::abs(dy)) < 1) from = to = (from + to) / 2;
      if (from <= to)
        slots_.push_back({unit_y(y0 + from * dy), unit_y(y0 + to * dy), unit_x(x0 + from * dx),
                          unit_x(x0 + to * dx), e});
    }
    // Whether it crosses the western border between the lowest and the highest row is exact; where
    // is rounded.
    if ((edge.low.longitude_e7 < cell.west) != (edge.high.longitude_e7 < cell.west) &&
        adds_crossing(edge, {cell.west, cell.south}, cell.west) !=
            adds_crossing(edge, {cell.west, cell.south + cell.height() - 1}, cell.west)) {
      const double y = dy == 0 ? y0 : y0 + dy * (-x0 / dx);
      slots_.push_back({unit_y(y), cell_units + 2 * unit_offset, 0, 0, no_edge});
      if (slots_.size() < 2 || slots_[slots_.size() - 2].edge != e) slots_.back().edge = e;
    }
  }

  static std::uint16_t rounded(double units) {
    // Above zero, so that cutting off what follows the point rounds to the nearest.
    constexpr double half = 0.5;
    return static_cast<std::uint16_t>(std::clamp(units, -8.0, cell_units + 8.0) + unit_offset +
                                      half);
  }

  void add_line(const Field& cell, const Group& g, std::uint32_t cover, std::span<const Slot> slots,
                bool first, bool last) {
    Line line{};
    LineEdges edges{};
    std::ranges::fill(edges.edge, no_edge);
    for (std::size_t i = 0; i < slots_a_line; ++i) {
      // An empty slot lies far above.
      const Slot slot = i < slots.size() ? slots[i] : Slot{0xFFFF, 0xFFFF, 0, 0, no_edge};
      line.low[i] = slot.low;
      line.high[i] = slot.high;
      line.x_low[i] = slot.x_low;
      line.x_high[i] = slot.x_high;
      edges.edge[i] = slot.edge;
    }
    line.cover = cover;
    line.head = g.part | (g.corner_inside ? corner_inside : 0) | (first ? first_of_part : 0) |
                (last ? last_of_part : 0) | static_cast<std::uint32_t>(cell.depth) << depth_shift;
    table_.lines.push_back(line);
    table_.line_edges.push_back(edges);
  }

  struct Division {
    std::array<std::vector<std::uint32_t>, division * division> edges;
    std::vector<std::array<std::uint8_t, division>> corners;
  };

  Table& table_;
  Covers covers_;
  Vertex low_{std::numeric_limits<std::int64_t>::max(), std::numeric_limits<std::int64_t>::max()};
  Vertex high_{std::numeric_limits<std::int64_t>::min(), std::numeric_limits<std::int64_t>::min()};
  // One for each depth, kept for their memory.
  std::array<Division, most_depth> divisions_;
  std::array<std::vector<Group>, most_depth> groups_;
  std::array<std::vector<std::uint32_t>, most_depth + 1> wholes_;
  std::vector<Slot> slots_;
  std::vector<std::size_t> slot_end_;
};

}  // namespace

Table table_of(std::span<const Outline* const> outlines) {
  Table table;
  std::size_t vertices = 0;
  for (const Outline* outline : outlines)
    for (const Polygon& polygon : outline->polygons) {
      vertices += polygon.outer.size();
      for (const Ring& hole : polygon.holes) vertices += hole.size();
    }
  // Nearly every polygon is there at one turn only.
  table.edges.reserve(vertices + vertices / 64);
  table.inside_east.reserve(vertices + vertices / 64);
  Maker maker(table);
  for (std::size_t i = 0; i < outlines.size(); ++i)
    maker.add(static_cast<std::uint32_t>(i), *outlines[i]);
  maker.finish();
  return table;
}

Side exact_side(const Table& table, std::uint32_t line, Point place) {
  const Frame& frame = table.frame;
  const Line* at = &table.lines[line];
  const int depth = depth_of(at->head);
  const int shift_x = frame.shift_x - depth * division_shift;
  const int shift_y = frame.shift_y - depth * division_shift;
  // Cells are counted from the corner of the frame.
  const std::int64_t x = std::int64_t{place.longitude_e7} - frame.west;
  const std::int64_t y = std::int64_t{place.latitude_e7} - frame.south;
  const Vertex corner{frame.west + (x >> shift_x << shift_x),
                      frame.south + (y >> shift_y << shift_y)};
  const Vertex here{place.longitude_e7, place.latitude_e7};
  bool inside = (at->head & corner_inside) != 0;
  for (;; ++at, ++line) {
    for (const std::uint32_t e : table.line_edges[line].edge) {
      if (e == no_edge) continue;
      const RisingEdge& edge = table.edges[e];
      if (lies_on(edge, here)) return Side::boundary;
      inside ^= adds_crossing(edge, here, corner.longitude_e7);
      inside ^= adds_crossing(edge, corner, corner.longitude_e7);
    }
    if ((at->head & last_of_part) != 0) break;
  }
  return inside ? Side::inside : Side::outside;
}

}  // namespace truce::areas::screening
