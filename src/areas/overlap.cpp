#include "areas/overlap.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

namespace truce::areas {

namespace {

__extension__ typedef __int128 Wide;

// Everything here is in half steps of the lattice, in which the middle between two vertices is
// whole.
struct Edge {
  Vertex a, b;
  std::int64_t south() const { return std::min(a.latitude_e7, b.latitude_e7); }
  std::int64_t north() const { return std::max(a.latitude_e7, b.latitude_e7); }
};

bool in_box(Vertex p, const Edge& e) {
  return e.south() <= p.latitude_e7 && p.latitude_e7 <= e.north() &&
         std::min(e.a.longitude_e7, e.b.longitude_e7) <= p.longitude_e7 &&
         p.longitude_e7 <= std::max(e.a.longitude_e7, e.b.longitude_e7);
}

bool on_edge(Vertex p, const Edge& e) {
  return in_box(p, e) && orientation(e.a, e.b, p) == 0;
}

// A polygon whose edges are found by bands of latitude.
class Banded {
 public:
  Banded(const Polygon& polygon, std::int64_t shift_e7) {
    add(polygon.outer, shift_e7);
    for (const Ring& hole : polygon.holes) add(hole, shift_e7);
    if (edges_.empty()) return;
    box_ = {edges_.front().a, edges_.front().a};
    Wide climb = 0;
    for (const Edge& e : edges_) {
      box_.low.longitude_e7 = std::min(box_.low.longitude_e7, e.a.longitude_e7);
      box_.low.latitude_e7 = std::min(box_.low.latitude_e7, e.a.latitude_e7);
      box_.high.longitude_e7 = std::max(box_.high.longitude_e7, e.a.longitude_e7);
      box_.high.latitude_e7 = std::max(box_.high.latitude_e7, e.a.latitude_e7);
      climb += e.north() - e.south();
    }
    make_bands(climb);
  }

  const std::vector<Edge>& edges() const { return edges_; }
  const Box& box() const { return box_; }

  Side locate(Vertex p) const {
    if (edges_.empty() || p.latitude_e7 < box_.low.latitude_e7 ||
        p.latitude_e7 > box_.high.latitude_e7)
      return Side::outside;
    bool inside = false;
    for (std::uint32_t i : bands_[band(p.latitude_e7)]) {
      const Edge& e = edges_[i];
      if (on_edge(p, e)) return Side::boundary;
      if ((e.a.latitude_e7 > p.latitude_e7) == (e.b.latitude_e7 > p.latitude_e7)) continue;
      const bool climbs = e.b.latitude_e7 > e.a.latitude_e7;
      if ((orientation(e.a, e.b, p) > 0) == climbs) inside = !inside;
    }
    return inside ? Side::inside : Side::outside;
  }

  /// Calls `visit` for every edge that may share a place with `e`, perhaps more than once, until it
  /// returns true.
  template <class Visit>
  bool any_near(const Edge& e, Visit visit) const {
    if (edges_.empty() || e.north() < box_.low.latitude_e7 || e.south() > box_.high.latitude_e7)
      return false;
    const std::size_t last = band(e.north());
    for (std::size_t k = band(e.south()); k <= last; ++k)
      for (std::uint32_t i : bands_[k])
        if (visit(edges_[i])) return true;
    return false;
  }

 private:
  void add(const Ring& ring, std::int64_t shift_e7) {
    const auto at = [&](std::size_t i) {
      const Vertex& v = ring[i % ring.size()];
      return Vertex{2 * (v.longitude_e7 + shift_e7), 2 * v.latitude_e7};
    };
    for (std::size_t i = 0; i < ring.size(); ++i)
      if (at(i) != at(i + 1)) edges_.push_back({at(i), at(i + 1)});
  }

  // So many bands that an edge lies in some eight of them on average, and no more.
  void make_bands(Wide climb) {
    const Wide height = box_.high.latitude_e7 - box_.low.latitude_e7;
    const auto count = static_cast<Wide>(edges_.size());
    Wide bands = climb == 0 ? 1 : 8 * count * height / climb;
    bands = std::clamp<Wide>(bands, 1, 4096);
    band_height_ = static_cast<std::int64_t>(height / bands) + 1;
    bands_.resize(static_cast<std::size_t>(bands));
    for (std::uint32_t i = 0; i < edges_.size(); ++i)
      for (std::size_t k = band(edges_[i].south()); k <= band(edges_[i].north()); ++k)
        bands_[k].push_back(i);
  }

  std::size_t band(std::int64_t latitude) const {
    const std::int64_t k = (latitude - box_.low.latitude_e7) / band_height_;
    return static_cast<std::size_t>(
        std::clamp<std::int64_t>(k, 0, static_cast<std::int64_t>(bands_.size()) - 1));
  }

  std::vector<Edge> edges_;
  Box box_{};
  std::int64_t band_height_ = 1;
  std::vector<std::vector<std::uint32_t>> bands_;
};

bool boxes_apart(const Box& a, const Box& b) {
  return a.high.longitude_e7 <= b.low.longitude_e7 || b.high.longitude_e7 <= a.low.longitude_e7 ||
         a.high.latitude_e7 <= b.low.latitude_e7 || b.high.latitude_e7 <= a.low.latitude_e7;
}

// Crossing in a place that is inner to both edges.
bool cross(const Edge& e, const Edge& f) {
  return orientation(e.a, e.b, f.a) * orientation(e.a, e.b, f.b) < 0 &&
         orientation(f.a, f.b, e.a) * orientation(f.a, f.b, e.b) < 0;
}

// Whether an edge of `a` crosses one of `b`, or runs through the inside of `b`. Between the
// vertices of `b` that lie on it, an edge that crosses none stays on one side.
bool runs_inside(const Banded& a, const Banded& b) {
  for (const Edge& e : a.edges()) {
    std::vector<Vertex> stops = {e.a, e.b};
    const bool crosses = b.any_near(e, [&](const Edge& f) {
      if (on_edge(f.a, e)) stops.push_back(f.a);
      return cross(e, f);
    });
    if (crosses) return true;
    std::sort(stops.begin(), stops.end());
    for (std::size_t i = 0; i + 1 < stops.size(); ++i) {
      const Vertex middle{(stops[i].longitude_e7 + stops[i + 1].longitude_e7) / 2,
                          (stops[i].latitude_e7 + stops[i + 1].latitude_e7) / 2};
      if (stops[i] != stops[i + 1] && b.locate(middle) == Side::inside) return true;
    }
  }
  return false;
}

// The middles of what a line of latitude has inside a polygon, to the nearest half step.
std::vector<Vertex> places_along(const Banded& polygon, std::int64_t latitude) {
  std::vector<double> crossings;
  for (const Edge& e : polygon.edges()) {
    if ((e.a.latitude_e7 > latitude) == (e.b.latitude_e7 > latitude)) continue;
    const double share = static_cast<double>(latitude - e.a.latitude_e7) /
                         static_cast<double>(e.b.latitude_e7 - e.a.latitude_e7);
    crossings.push_back(static_cast<double>(e.a.longitude_e7) +
                        share * static_cast<double>(e.b.longitude_e7 - e.a.longitude_e7));
  }
  std::sort(crossings.begin(), crossings.end());
  std::vector<Vertex> places;
  for (std::size_t i = 0; i + 1 < crossings.size(); ++i)
    places.push_back({std::llround((crossings[i] + crossings[i + 1]) / 2), latitude});
  return places;
}

// Some place inside both, where neither boundary enters the other: then either lies wholly in or
// out of the other, part by part, and places of the tallest steps between vertices tell.
bool share_a_place(const Banded& a, const Banded& b) {
  std::vector<std::int64_t> latitudes;
  for (const Edge& e : a.edges()) latitudes.push_back(e.a.latitude_e7);
  std::sort(latitudes.begin(), latitudes.end());
  std::vector<std::pair<std::int64_t, std::int64_t>> steps;  // height, middle
  for (std::size_t i = 0; i + 1 < latitudes.size(); ++i)
    if (latitudes[i] < latitudes[i + 1])
      steps.emplace_back(latitudes[i + 1] - latitudes[i], (latitudes[i] + latitudes[i + 1]) / 2);
  std::sort(steps.rbegin(), steps.rend());
  if (steps.size() > 32) steps.resize(32);
  for (const auto& [height, latitude] : steps)
    for (Vertex place : places_along(a, latitude))
      if (a.locate(place) == Side::inside && b.locate(place) == Side::inside) return true;
  return false;
}

bool overlap(const Banded& a, const Banded& b) {
  if (a.edges().empty() || b.edges().empty() || boxes_apart(a.box(), b.box())) return false;
  return runs_inside(a, b) || runs_inside(b, a) || share_a_place(a, b);
}

}  // namespace

bool overlap(const Outline& a, const Outline& b) {
  std::vector<Box> boxes;
  for (const Polygon& polygon : a.polygons) boxes.push_back(box_of(polygon));
  for (const Polygon& polygon : b.polygons) {
    if (polygon.outer.empty()) continue;
    for (const std::int64_t turn :
         {-quantities::full_turn_e7, std::int64_t{0}, quantities::full_turn_e7}) {
      Box box = box_of(polygon);
      box.low.longitude_e7 += turn;
      box.high.longitude_e7 += turn;
      std::optional<Banded> moved;  // made only where boxes meet, which is seldom
      for (std::size_t i = 0; i < boxes.size(); ++i) {
        if (boxes_apart(boxes[i], box)) continue;
        if (!moved) moved.emplace(polygon, turn);
        if (overlap(Banded(a.polygons[i], 0), *moved)) return true;
      }
    }
  }
  return false;
}

}  // namespace truce::areas
