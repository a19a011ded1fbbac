// Boundary: lines on the ground, made ready for being asked what they meet.
//
//   Boundary boundary;
//   boundary.add(edge, 0, 0.25, 1);          // edge number 0, from one share of it to another
//   boundary.make_ready();
//   boundary.contact(reach)                  // does some line meet where it can have been?
//
// A line is straight in longitude and latitude, and so bent in space. Its places are kept so
// closely that between two of them a straight line does; how far it is off then is kept with it.
#pragma once

#include <cstdint>
#include <vector>

#include "areas/box_grid.h"
#include "areas/earth.h"
#include "areas/outline.h"
#include "areas/reach.h"

namespace truce::areas {

enum class Contact : std::uint8_t {
  clear,     ///< No part of the boundary lies in the reach: certain.
  unsure,    ///< Too close to tell (to 2 cm, or an eighth of what the radii differ by).
  touching,  ///< Part of the boundary lies inside every inner radius: certain.
};

/// An edge of a polygon, whose inside lies to its left.
struct Edge {
  Vertex a, b;
  std::uint32_t polygon = 0;
  bool seam = false;  ///< Along a pole or doubled by the edge a full turn away: no boundary.
};

ReachBox box_around(const Edge& edge);
inline bool boxes_meet(const ReachBox& a, const ReachBox& b) {
  return a.west <= b.east && a.east >= b.west && a.south <= b.north && a.north >= b.south;
}

class Boundary {
 public:
  /// A part of an edge, by shares of its length from 0 to 1.
  struct Stretch {
    std::uint32_t edge = 0;  ///< Its number, whoever counts them.
    double from = 0, until = 1;
  };

  void add(const Edge& edge, std::uint32_t number, double from, double until);
  /// After the last line and before the first question.
  void make_ready();

  Contact contact(const Reach& reach) const;
  /// Whether the box around some line meets the box.
  bool is_any_in(const ReachBox& box) const;
  /// The distance from a place to the nearest line in metres, searching no further than `limit`;
  /// `limit` if there is none nearer. Never too short, and too long by at most 1 cm or a
  /// thousandth.
  double distance(Point point, double limit) const;
  /// visit(stretch) for every line whose box meets the box, once for each turn in which it does.
  template <class Visit>
  void each_stretch(const ReachBox& box, Visit visit) const {
    each_piece(box, [&](std::uint32_t piece) {
      visit(stretches_[piece]);
      return true;
    });
  }

 private:
  /// In ten-millionths of a degree, with a bound of its length in metres.
  struct Piece {
    double longitude1, latitude1, longitude2, latitude2, length;
    /// Where its places begin: those at its ends and between its equal parts, a power of two; no
    /// parts, no places.
    std::uint32_t first_place = 0, parts = 0;
    /// How far a part can lie from the straight line through space between its places, in metres.
    double bulge = 0;
  };

  // Visits the pieces whose box meets the box, once for each turn in which it does; stops when
  // visit says false. A piece is seen in its own longitudes: places do not depend on turns.
  template <class Visit>
  bool each_piece(const ReachBox& box, Visit visit) const {
    if (pieces_.empty()) return true;
    const ReachBox& all = grid_.around();
    if (box.north < all.south || box.south > all.north) return true;
    constexpr double full_turn = 3'600'000'000.0;
    const std::uint32_t first_row = grid_.row(box.south), last_row = grid_.row(box.north);
    for (const double turn : {-full_turn, 0.0, full_turn}) {
      const double west = box.west + turn, east = box.east + turn;
      if (west > all.east || east < all.west) continue;
      const std::uint32_t first_column = grid_.column(west), last_column = grid_.column(east);
      for (std::uint32_t r = first_row; r <= last_row; ++r) {
        for (std::uint32_t c = first_column; c <= last_column; ++c) {
          for (const std::uint32_t i : grid_.items_of(grid_.cell(c, r))) {
            const ReachBox& piece = boxes_[i];
            if (piece.south > box.north || piece.north < box.south || piece.west > east ||
                piece.east < west)
              continue;
            // Seen in the first cell that it shares with the box.
            if (r != std::max(first_row, grid_.row(piece.south)) ||
                c != std::max(first_column, grid_.column(piece.west)))
              continue;
            if (!visit(i)) return false;
          }
        }
      }
    }
    return true;
  }
  static Vector place_on(const Piece& piece, double share);
  void place_parts();
  bool place_parts(Piece& piece);
  /// Goes over a piece, halving it where `look(middle, half)` says so: where the middle of a
  /// stretch is, and how far from there all of it lies. Single parts go to `part(from, to)`: the
  /// straight line through space between two places. False as soon as one of them says stop.
  template <class Look, class Part>
  bool halve(const Piece& piece, const Look& look, const Part& part) const;

  std::vector<Stretch> stretches_;
  std::vector<Piece> pieces_;  ///< Of each stretch.
  std::vector<ReachBox> boxes_;
  std::vector<Vector> places_;
  BoxGrid grid_;
};

}  // namespace truce::areas
