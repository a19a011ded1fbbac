#include "areas/screen.h"

#include <algorithm>
#include <cmath>

#include "base/check.h"

namespace truce::areas {

namespace {

__extension__ using Wide = __int128;

std::vector<const Outline*> pointers(std::span<const Outline> outlines) {
  std::vector<const Outline*> result;
  result.reserve(outlines.size());
  for (const Outline& outline : outlines) result.push_back(&outline);
  return result;
}

}  // namespace

int west_or_east(const RisingEdge& edge, Vertex place) {
  const Wide along = Wide(edge.high.longitude_e7 - edge.low.longitude_e7) *
                     (place.latitude_e7 - edge.low.latitude_e7);
  const Wide away = Wide(edge.high.latitude_e7 - edge.low.latitude_e7) *
                    (place.longitude_e7 - edge.low.longitude_e7);
  return along < away ? 1 : along > away ? -1 : 0;
}

bool ray_crosses(const RisingEdge& edge, Vertex place) {
  if (place.latitude_e7 < edge.low.latitude_e7 || place.latitude_e7 >= edge.high.latitude_e7)
    return false;
  if (edge.east() < place.longitude_e7) return true;
  return edge.west() < place.longitude_e7 && west_or_east(edge, place) > 0;
}

bool lies_on(const RisingEdge& edge, Vertex place) {
  return edge.low.latitude_e7 <= place.latitude_e7 && place.latitude_e7 <= edge.high.latitude_e7 &&
         edge.west() <= place.longitude_e7 && place.longitude_e7 <= edge.east() &&
         west_or_east(edge, place) == 0;
}

Screen::Screen(std::span<const Outline> outlines) : Screen(pointers(outlines)) {}

Screen::Screen(std::span<const Outline* const> outlines) : table_(screening::table_of(outlines)) {}

void Screen::find(std::span<const Point> positions, Holdings& holdings,
                  Instructions instructions) const {
  CHECK(positions.size() < 0xFFFFFFFF);
  holdings.covers.resize(positions.size());
  holdings.held.clear();
  if (instructions == Instructions::best) {
    screening::find_wide(table_, positions, holdings.covers.data(), holdings.held);
    return;
  }
  for (std::uint32_t i = 0; i < positions.size(); ++i)
    holdings.covers[i] = screening::find_one(table_, positions[i], i, holdings.held);
}

std::vector<Held> Screen::find(Point position) const {
  std::vector<Held> all, near;
  const std::uint32_t number = screening::find_one(table_, position, 0, near);
  for (const std::uint32_t area : cover(number)) all.push_back({0, area, 0});
  all.insert(all.end(), near.begin(), near.end());
  std::sort(all.begin(), all.end(), [](Held a, Held b) { return a.area < b.area; });
  return all;
}

namespace screening {

namespace {

// The place of a position in its cell of a width, in the units of slots, in the middle of the unit.
float unit_in_cell(std::uint32_t from_corner, int shift) {
  const std::uint32_t unit = from_corner << (32 - shift) >> 17;
  return static_cast<float>(unit) + (0.5F + unit_offset);
}

enum class Told : std::uint8_t { no, yes, unsure };

// What screen_wide.cpp does for all slots of a line at once; the bounds are explained there.
Told crossings_are_odd(const Line& line, float x, float y) {
  bool odd = false;
  for (int i = 0; i < slots_a_line; ++i) {
    const float above = y - static_cast<float>(line.low[i]);
    const float below = static_cast<float>(line.high[i]) - y;
    const float inner = std::min(above, below);
    if (inner <= -1) continue;
    const float tall = static_cast<float>(line.high[i]) - static_cast<float>(line.low[i]);
    const float run = static_cast<float>(line.x_high[i]) - static_cast<float>(line.x_low[i]);
    const float east = (x - static_cast<float>(line.x_low[i])) * tall - run * above;
    if (inner < 1 || std::abs(east) <= (tall + std::abs(run)) * 1.0625F) return Told::unsure;
    odd ^= east > 0;
  }
  return odd ? Told::yes : Told::no;
}

}  // namespace

std::uint32_t find_one(const Table& table, Point position, std::uint32_t index,
                       std::vector<Held>& held) {
  const Frame& frame = table.frame;
  const auto x =
      static_cast<std::uint32_t>(position.longitude_e7) - static_cast<std::uint32_t>(frame.west);
  const auto y =
      static_cast<std::uint32_t>(position.latitude_e7) - static_cast<std::uint32_t>(frame.south);
  if (position.latitude_e7 == quantities::quarter_turn_e7 ||
      position.latitude_e7 == -quantities::quarter_turn_e7) {
    find_pole(table, position.latitude_e7 < 0 ? 1 : 0, index, held);
    return 0;
  }
  const std::uint32_t column = x >> frame.shift_x, row = y >> frame.shift_y;
  if (column >= frame.columns || row >= frame.rows) return 0;
  std::uint32_t cell = table.top[row * frame.columns + column];
  for (int depth = 1; kind_of(cell) == Kind::divided; ++depth) {
    const std::uint32_t c = x >> (frame.shift_x - depth * division_shift) & 7U;
    const std::uint32_t r = y >> (frame.shift_y - depth * division_shift) & 7U;
    cell = table.divided[rest_of(cell) << 6 | r << 3 | c];
  }
  if (kind_of(cell) == Kind::whole) return rest_of(cell);
  return find_in_leaf(table, first_line(cell), position, index, held);
}

void find_pole(const Table& table, std::uint32_t pole, std::uint32_t index,
               std::vector<Held>& held) {
  for (const std::uint32_t area : table.pole_areas[pole]) held.push_back({index, area, 1});
}

std::uint32_t find_in_leaf(const Table& table, std::uint32_t line, Point position,
                           std::uint32_t index, std::vector<Held>& held) {
  const Line* lines = table.lines.data();
  const std::uint32_t cover = lines[line].cover;
  const int depth = depth_of(lines[line].head);
  const float x = unit_in_cell(static_cast<std::uint32_t>(position.longitude_e7) -
                                   static_cast<std::uint32_t>(table.frame.west),
                               table.frame.shift_x - depth * division_shift);
  const float y = unit_in_cell(static_cast<std::uint32_t>(position.latitude_e7) -
                                   static_cast<std::uint32_t>(table.frame.south),
                               table.frame.shift_y - depth * division_shift);
  bool last = false;
  while (!last) {
    const std::uint32_t first = line;
    const std::uint32_t area = table.area_of_part[lines[line].head & part_mask];
    bool inside = (lines[line].head & corner_inside) != 0, unsure = false, end = false;
    for (; !end; ++line) {
      const Told told = unsure ? Told::unsure : crossings_are_odd(lines[line], x, y);
      unsure = told == Told::unsure;
      inside ^= told == Told::yes;
      end = (lines[line].head & last_of_part) != 0;
      last = (lines[line].head & last_of_leaf) != 0;
    }
    const Side side = unsure   ? exact_side(table, first, position)
                      : inside ? Side::inside
                               : Side::outside;
    if (side == Side::outside) continue;
    const bool again = !held.empty() && held.back().position == index && held.back().area == area;
    if (!again)
      held.push_back({index, area, side == Side::boundary});
    else if (side == Side::inside)
      held.back().on_boundary = 0;
  }
  return cover;
}

}  // namespace screening
}  // namespace truce::areas
