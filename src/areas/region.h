// Region: an outline made ready for many questions.
//
//   Region region(outline);
//   region.side_of(point)             // exact, the same answer as areas::side_of
//   region.contact(reach)             // does the boundary meet where it can have been?
//
// The boundary of a region is the boundary of the union of its polygons: where polygons overlap or
// share an edge from both sides, what lies between them is no boundary. Positions known only to
// within a circle, and all that can have happened between two positions, are described by a Reach,
// the common part of a few balls.
#pragma once

#include <cstdint>
#include <vector>

#include "areas/earth.h"
#include "areas/outline.h"

namespace truce::areas {

struct Ball {
  Vector centre;
  double radius = 0;  ///< Metres.
  /// A radius below this one is certain to be reached at every moment asked about; see contact().
  double inner_radius = 0;
};

/// Where something can have been: on the ellipsoid, inside every one of the balls.
struct Reach {
  Ball balls[3];
  int count = 0;
  ReachBox box{};

  void add(Point centre, const Ball& ball);
  /// Whether a place lies in all balls.
  bool holds(Vector place) const;
};

enum class Contact : std::uint8_t {
  clear,     ///< No part of the boundary lies in the reach: certain.
  unsure,    ///< Too close to tell (to 2 cm, or an eighth of what the radii differ by).
  touching,  ///< Part of the boundary lies inside every inner radius: certain.
};

class Region {
 public:
  explicit Region(Outline outline);

  const Outline& outline() const { return outline_; }
  /// Exact; equal to areas::side_of(outline(), point).
  Side side_of(Point point) const;
  Contact contact(const Reach& reach) const;
  /// Whether the box around some part of the boundary meets the box: if not, all of the box lies on
  /// one side, and contact() is clear of every reach in it.
  bool has_boundary_in(const ReachBox& box) const;
  /// Whether any part of the outline's box lies in the reach's box.
  bool is_near(const ReachBox& box) const;

  /// The distance from a place to the boundary in metres, searching no further than `limit`;
  /// `limit` if there is none nearer. Never too short, and too long by at most 1 cm or a
  /// thousandth.
  double distance_to_boundary(Point point, double limit) const;

  /// Whether every way from a to b inside the convex hull of these boxes crosses the boundary.
  /// Neither a nor b may be nearer to the boundary than it is known; both must lie in the hull.
  /// Answers "yes" only when a single boundary line separates them there.
  bool separates(Point a, Point b, const std::vector<ReachBox>& boxes) const;

 private:
  struct Edge {
    Vertex a, b;
    std::uint32_t polygon;
    bool seam;  ///< Along a pole or doubled by the edge a full turn away: no boundary.
  };
  /// A part of the boundary, in ten-millionths of a degree, with a bound of its length in metres.
  struct Piece {
    double longitude1, latitude1, longitude2, latitude2, length;
    /// Where its places begin: those at its ends and between its equal parts, a power of two; no
    /// parts, no places.
    std::uint32_t first_place = 0, parts = 0;
    /// How far a part can lie from the straight line through space between its places, in metres.
    double bulge = 0;
  };
  /// Rows of latitude, each with the items that pass through it.
  struct Bands {
    double south = 0, height = 1;
    std::vector<std::uint32_t> start, items;
    std::size_t count() const { return start.size() - 1; }
    std::size_t band(double latitude) const;
  };

  /// Cells of longitude and latitude, each with the items whose boxes meet it.
  struct Grid {
    double west = 0, south = 0, width = 1, height = 1;  ///< Of the first cell.
    std::uint32_t columns = 1, rows = 1;
    std::vector<std::uint32_t> start, items;
    std::uint32_t column(double longitude) const;
    std::uint32_t row(double latitude) const;
    /// visit(cell) for every cell that the box meets.
    template <class Visit>
    void each_cell(const ReachBox& box, Visit visit) const {
      for (std::uint32_t r = row(box.south); r <= row(box.north); ++r)
        for (std::uint32_t c = column(box.west); c <= column(box.east); ++c)
          visit(std::size_t{r} * columns + c);
    }
  };

  void collect_edges();
  void mark_seams();
  void collect_pieces();
  template <class GetLow, class GetHigh>
  Bands bands_of(std::size_t count, GetLow low, GetHigh high) const;
  Grid grid_of(const std::vector<ReachBox>& boxes) const;
  template <class Visit>
  bool each_piece(const ReachBox& box, Visit visit) const;
  bool strictly_in_other(double longitude, double latitude, std::uint32_t polygon) const;
  bool covered_from_both_sides(const Edge& edge, double u0, double u1,
                               const std::vector<std::uint32_t>& others) const;

  Outline outline_;
  Box box_;
  std::vector<Edge> edges_;
  std::vector<Box> polygon_boxes_;
  static Vector place_on(const Piece& piece, double share);
  void place_parts();
  bool place_parts(Piece& piece);
  /// Goes over a piece, halving it where `look(middle, half)` says so: where the middle of a
  /// stretch is, and how far from there all of it lies. Single parts go to `part(from, to)`: the
  /// straight line through space between two places. False as soon as one of them says stop.
  template <class Look, class Part>
  bool halve(const Piece& piece, const Look& look, const Part& part) const;

  std::vector<Piece> pieces_;
  std::vector<ReachBox> piece_boxes_;
  std::vector<Vector> places_;
  Bands edge_bands_;
  Grid piece_grid_;
  bool reaches_north_ = false, reaches_south_ = false;
};

}  // namespace truce::areas
