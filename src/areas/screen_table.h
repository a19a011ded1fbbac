// ScreenTable: how a Screen (areas/screen.h) lies in memory. Nobody else needs to know.
//
// The lattice is laid out in cells. The top is one flat array of cells, small enough for a cache; a
// cell in which edges crowd is divided into 8 by 8 cells, and so on, five times at most. A cell is
// 32 bits, of which the lowest two say what it is:
//
//   whole     every place of the cell is inside the same areas: the rest is the number of a cover
//   leaf      edges pass: the rest is where its lines begin (26 bits) and how many they are (4
//   bits;
//             0 for more than 15, to be read up to the line marked as the last)
//   divided   the rest says where its 64 cells begin, in units of 64
//   pole      the north or the south pole (0, 1), where all longitudes are one place
//
// A leaf is one or more lines of 64 bytes. A line holds up to seven slots of one part (one polygon
// of an area, at one turn of the globe). Which side of the part a place lies on follows from one
// place of known side, the south-west corner of the cell: go from the place due west to the border
// of the cell, then along it to the corner, and change sides at every slot on the way.
//
// A slot is an edge of the part, or rather what of it lies in the cell, with its ends rounded to
// 1/32,768 of the cell; or a stretch of the western border, from where an edge crosses it up to the
// top. So a slot can tell for most places, and for the others that it cannot: it is a filter. What
// it cannot tell is asked of the original edges, which stand beside the lines, in whole numbers.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

#include "areas/outline.h"

namespace truce::areas {

/// An edge with its lower end first, as it stands in the outline but for full turns.
struct RisingEdge {
  Vertex low, high;
  std::int64_t west() const { return std::min(low.longitude_e7, high.longitude_e7); }
  std::int64_t east() const { return std::max(low.longitude_e7, high.longitude_e7); }
};

/// Where a place lies in relation to an edge, on its own latitude: +1 when the edge passes to the
/// west of it, -1 to the east, 0 when the place is in line with the edge. Exact.
int west_or_east(const RisingEdge& edge, Vertex place);

/// Whether a ray from the place due west crosses the edge; the lower end belongs to the edge.
bool ray_crosses(const RisingEdge& edge, Vertex place);

/// Whether the place lies on the edge.
bool lies_on(const RisingEdge& edge, Vertex place);

namespace screening {

enum class Kind : std::uint8_t { whole, leaf, divided, pole };

constexpr std::uint32_t kind_bits = 2;
constexpr Kind kind_of(std::uint32_t cell) {
  return static_cast<Kind>(cell & 3U);
}
constexpr std::uint32_t rest_of(std::uint32_t cell) {
  return cell >> kind_bits;
}
constexpr std::uint32_t cell_of(Kind kind, std::uint32_t rest) {
  return rest << kind_bits | static_cast<std::uint32_t>(kind);
}
constexpr std::uint32_t count_bits = 4;  // of a leaf
constexpr std::uint32_t most_lines_counted = (1U << count_bits) - 1;
constexpr std::uint32_t first_line(std::uint32_t leaf) {
  return leaf >> (kind_bits + count_bits);
}
constexpr std::uint32_t counted_lines(std::uint32_t leaf) {
  return leaf >> kind_bits & most_lines_counted;
}

constexpr int slots_a_line = 7;
/// Slots are in units of 1/32,768 of the cell, and this much is added to all of them.
constexpr int cell_units = 1 << 15;
constexpr int unit_offset = 16;

struct alignas(64) Line {
  std::uint16_t low[slots_a_line], high[slots_a_line];      ///< Northing of the two ends.
  std::uint16_t x_low[slots_a_line], x_high[slots_a_line];  ///< Easting of the two ends.
  std::uint32_t cover;                                      ///< Of the cell: the rest of the areas.
  std::uint32_t head;                                       ///< Part and marks, see below.
};
static_assert(sizeof(Line) == 64);

constexpr std::uint32_t part_mask = (1U << 24) - 1;
constexpr std::uint32_t corner_inside = 1U << 24;  ///< The corner of the cell is inside the part.
constexpr std::uint32_t first_of_part = 1U << 25;
constexpr std::uint32_t last_of_part = 1U << 26;
constexpr std::uint32_t more_of_area = 1U << 27;  ///< Another part of the area is in the leaf.
constexpr std::uint32_t last_of_leaf = 1U << 28;
constexpr int depth_shift = 29;
constexpr int depth_of(std::uint32_t head) {
  return static_cast<int>(head >> depth_shift);
}
constexpr int most_depth = 5;
constexpr int finest_shift = 12;  ///< No cell is divided below 4,096 steps of the lattice.
constexpr int division_shift = 3;

/// The edges of a line's slots; none for a stretch of border (its edge has another slot, or none).
struct LineEdges {
  std::uint32_t edge[slots_a_line + 1];
};
constexpr std::uint32_t no_edge = 0xFFFFFFFF;

struct Part {
  std::uint32_t area, first_edge, edges, turn_and_polygon;
};

/// Where the top lies, and how wide its cells are: powers of two, not the same in both directions.
struct Frame {
  std::int32_t west = 0, south = 0;
  std::uint32_t columns = 0, rows = 0;
  int shift_x = finest_shift, shift_y = finest_shift;
};

struct Table {
  Frame frame;
  /// The cells of the top by rows, then: outside, north pole, south pole.
  std::vector<std::uint32_t> top;
  /// For every cell of the top, how many rings of cells around it, itself the first, are whole: a
  /// lower bound of how far the nearest boundary is. Then for the outside: itself alone.
  std::vector<std::uint8_t> clear;
  std::vector<std::uint32_t> divided;
  std::vector<Line> lines;
  std::vector<LineEdges> line_edges;
  std::vector<RisingEdge> edges;
  /// Whether the polygon lies to the right of an edge as it rises; of a level one, as it stands.
  std::vector<std::uint8_t> inside_east;
  std::vector<Part> parts;
  std::vector<std::uint32_t> area_of_part;
  /// Where the areas of a cover begin in cover_areas; one more than there are covers. Cover 0 is
  /// empty. cover_areas has eight more entries than needed, so that eight can always be read.
  std::vector<std::uint32_t> cover_start;
  std::vector<std::uint32_t> cover_areas;
  std::vector<std::uint32_t> pole_areas[2];  ///< Areas that reach the north, the south pole.

  std::uint32_t outside_index() const { return frame.columns * frame.rows; }
};

Table table_of(std::span<const Outline* const> outlines);

/// The exact side of a place in a leaf with regard to the part whose lines begin at `line`.
Side exact_side(const Table& table, std::uint32_t line, Point place);

}  // namespace screening
}  // namespace truce::areas
