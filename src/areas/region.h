// Region: an outline made ready for many questions.
//
//   Region region(outline);
//   region.side_of(point)             // exact, the same answer as areas::side_of
//   region.contact(reach)             // does the boundary meet where it can have been?
//
// The boundary of a region is the boundary of the union of its polygons: where polygons overlap or
// share an edge from both sides, what lies between them is no boundary.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "areas/boundary.h"
#include "areas/ground.h"
#include "areas/outline.h"

namespace truce::areas {

class Region : public Ground {
 public:
  explicit Region(Outline outline);

  const Outline& outline() const { return outline_; }
  /// Exact; equal to areas::side_of(outline(), point).
  Side side_of(Point point) const override;
  Contact contact(const Reach& reach) const override { return boundary_.contact(reach); }
  bool has_boundary_in(const ReachBox& box) const override { return boundary_.is_any_in(box); }
  /// Whether any part of the outline's box lies in the box.
  bool is_near(const ReachBox& box) const override;

  /// The distance from a place to the boundary in metres, searching no further than `limit`;
  /// `limit` if there is none nearer. Never too short, and too long by at most 1 cm or a
  /// thousandth.
  double distance_to_boundary(Point point, double limit) const {
    return boundary_.distance(point, limit);
  }

  /// Whether every way from a to b inside the convex hull of these boxes crosses the boundary.
  /// Neither a nor b may be nearer to the boundary than it is known; both must lie in the hull.
  /// Answers "yes" only when a single boundary line separates them there.
  bool separates(Point a, Point b, const std::vector<ReachBox>& boxes) const;

  /// What of its edges is boundary: with the numbers of edges, for edge().
  const Boundary& boundary() const { return boundary_; }
  const Edge& edge(std::uint32_t number) const { return edges_[number]; }
  /// Whether a place that lies on no edge is inside of some polygon, leaving one out if told so; in
  /// ten-millionths of a degree, longitudes as the outline has them.
  bool is_strictly_inside(double longitude, double latitude,
                          std::optional<std::uint32_t> but = {}) const;

 private:
  /// Rows of latitude, each with the edges that pass through it.
  struct Bands {
    double south = 0, height = 1;
    std::vector<std::uint32_t> start, items;
    std::size_t count() const { return start.size() - 1; }
    std::size_t band(double latitude) const;
  };

  void collect_edges();
  void mark_seams();
  void collect_boundary();
  Bands bands_of_edges() const;

  Outline outline_;
  Box box_;
  std::vector<Edge> edges_;
  std::vector<ReachBox> polygon_boxes_;
  Bands edge_bands_;
  Boundary boundary_;
  bool reaches_north_ = false, reaches_south_ = false;
};

}  // namespace truce::areas
