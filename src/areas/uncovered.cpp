#include "areas/uncovered.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace truce::areas {

namespace {

double to_double(std::int64_t n) {
  return static_cast<double>(n);
}

// Whether another polygon runs along this stretch of the edge with its inside on the other side.
bool covered_from_both_sides(const Edge& edge, double middle, std::span<const Edge* const> others) {
  const bool steep = std::abs(edge.b.latitude_e7 - edge.a.latitude_e7) >=
                     std::abs(edge.b.longitude_e7 - edge.a.longitude_e7);
  const auto along = [&](Vertex v) {
    return steep ? to_double(v.latitude_e7 - edge.a.latitude_e7) /
                       to_double(edge.b.latitude_e7 - edge.a.latitude_e7)
                 : to_double(v.longitude_e7 - edge.a.longitude_e7) /
                       to_double(edge.b.longitude_e7 - edge.a.longitude_e7);
  };
  return std::any_of(others.begin(), others.end(), [&](const Edge* other) {
    if (orientation(edge.a, edge.b, other->a) != 0 || orientation(edge.a, edge.b, other->b) != 0)
      return false;
    const double from = along(other->a), to = along(other->b);
    return from > to && to <= middle && middle <= from;  // runs the other way
  });
}

// Where edges of other polygons meet the edge, between two shares of it, and these two.
std::vector<double> cuts_of(const Edge& edge, double from, double until,
                            std::span<const Edge* const> others) {
  const double ax = to_double(edge.a.longitude_e7), ay = to_double(edge.a.latitude_e7);
  const double bx = to_double(edge.b.longitude_e7), by = to_double(edge.b.latitude_e7);
  std::vector<double> cuts{from, until};
  const auto cut = [&](double share) {
    if (share > from && share < until) cuts.push_back(share);
  };
  for (const Edge* other : others) {
    const double cx = to_double(other->a.longitude_e7), cy = to_double(other->a.latitude_e7);
    const double dx = to_double(other->b.longitude_e7), dy = to_double(other->b.latitude_e7);
    const double denominator = (bx - ax) * (dy - cy) - (by - ay) * (dx - cx);
    const auto cut_at = [&](double x, double y) {
      cut(std::abs(bx - ax) > std::abs(by - ay) ? (x - ax) / (bx - ax) : (y - ay) / (by - ay));
    };
    const int oc = orientation(edge.a, edge.b, other->a);
    const int od = orientation(edge.a, edge.b, other->b);
    if (oc == 0) cut_at(cx, cy);
    if (od == 0) cut_at(dx, dy);
    if (oc * od < 0 && denominator != 0)
      cut(((cx - ax) * (dy - cy) - (cy - ay) * (dx - cx)) / denominator);
  }
  std::sort(cuts.begin(), cuts.end());
  return cuts;
}

}  // namespace

void each_uncovered(const Edge& edge, double from, double until,
                    std::span<const Edge* const> others,
                    const std::function<bool(double, double)>& is_inside_another,
                    const std::function<void(double, double)>& add) {
  constexpr double margin = 1e-12;  // what is kept is kept a little too long, never too short
  const double ax = to_double(edge.a.longitude_e7), ay = to_double(edge.a.latitude_e7);
  const double bx = to_double(edge.b.longitude_e7), by = to_double(edge.b.latitude_e7);
  const std::vector<double> cuts = cuts_of(edge, from, until, others);
  for (std::size_t i = 0; i + 1 < cuts.size(); ++i) {
    const double u0 = cuts[i], u1 = cuts[i + 1];
    if (u1 - u0 <= 0) continue;
    const double middle = (u0 + u1) / 2;
    const bool tiny = u1 - u0 < 4 * margin;
    if (!tiny && (covered_from_both_sides(edge, middle, others) ||
                  is_inside_another(ax + middle * (bx - ax), ay + middle * (by - ay))))
      continue;
    add(std::max(0.0, u0 - margin), std::min(1.0, u1 + margin));
  }
}

}  // namespace truce::areas
