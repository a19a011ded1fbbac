// Crossings are found by a tree of boxes over the edges of a polygon in the order of its rings:
// edges that follow one another lie near one another, so that the boxes are small, and pairs of
// boxes that do not meet are left at once. Only pairs of edges whose boxes meet are compared. Every
// coordinate is below 2^34, so that products fit in 128 bits.
#include "areas/validity.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <limits>
#include <optional>
#include <tuple>

#include "base/json_writer.h"

namespace truce::areas {

namespace {

__extension__ using Wide = __int128;

constexpr std::size_t most_crossings = 10;
constexpr std::int64_t furthest_longitude = 5'400'000'000;
constexpr std::int64_t furthest_latitude = 900'000'000;

std::string degrees_text(Vertex v) {
  return fmt::format("{} {}", base::decimal_text(v.latitude_e7, 7),
                     base::decimal_text(v.longitude_e7, 7));
}

std::size_t following(const Ring& ring, std::size_t i) {
  return i + 1 == ring.size() ? 0 : i + 1;
}
std::size_t preceding(const Ring& ring, std::size_t i) {
  return i == 0 ? ring.size() - 1 : i - 1;
}

Wide twice_area(const Ring& ring) {
  Wide sum = 0;
  const Vertex origin = ring.front();
  for (std::size_t i = 0; i < ring.size(); ++i) {
    const Vertex a = ring[i], b = ring[following(ring, i)];
    sum += Wide(a.longitude_e7 - origin.longitude_e7) * (b.latitude_e7 - origin.latitude_e7) -
           Wide(b.longitude_e7 - origin.longitude_e7) * (a.latitude_e7 - origin.latitude_e7);
  }
  return sum;
}

bool turns_back(Vertex a, Vertex tip, Vertex c) {
  if (orientation(a, tip, c) != 0) return false;
  const Wide along = Wide(a.longitude_e7 - tip.longitude_e7) * (c.longitude_e7 - tip.longitude_e7) +
                     Wide(a.latitude_e7 - tip.latitude_e7) * (c.latitude_e7 - tip.latitude_e7);
  return along > 0;
}

// --- One ring by itself ------------------------------------------------------------------------

class Findings {
 public:
  void add(std::size_t polygon, std::size_t ring, std::size_t vertex, Vertex place, Fault fault,
           std::string_view message) {
    found_.push_back({polygon, ring, vertex, fault, place,
                      fmt::format("{} (at {})", message, degrees_text(place))});
  }
  void add_bare(OutlineProblem problem) { found_.push_back(std::move(problem)); }
  std::size_t count() const { return found_.size(); }
  std::vector<OutlineProblem> take() { return std::move(found_); }

 private:
  std::vector<OutlineProblem> found_;
};

// Whether the ring is formed well enough to ask what it crosses.
bool check_ring(const Ring& ring, std::size_t polygon, std::size_t number, Findings& findings) {
  const std::size_t before = findings.count();
  if (ring.size() < 3) {
    findings.add_bare({polygon, number, 0, Fault::too_few_vertices,
                       ring.empty() ? Vertex{} : ring[0],
                       fmt::format("a ring needs three vertices, this one has {}", ring.size())});
    return false;
  }
  bool in_range = true;
  for (std::size_t i = 0; i < ring.size(); ++i) {
    const Vertex v = ring[i];
    if (std::abs(v.latitude_e7) > furthest_latitude) {
      findings.add(polygon, number, i, v, Fault::out_of_range, "the latitude is beyond 90 degrees");
      in_range = false;
    } else if (std::abs(v.longitude_e7) > furthest_longitude) {
      findings.add(polygon, number, i, v, Fault::out_of_range,
                   "the longitude is beyond 540 degrees");
      in_range = false;
    }
  }
  if (!in_range) return false;
  for (std::size_t i = 0; i < ring.size(); ++i) {
    const Vertex a = ring[preceding(ring, i)], b = ring[i], c = ring[following(ring, i)];
    if (b == c)
      findings.add(polygon, number, i, b, Fault::repeated_vertex,
                   "the next vertex repeats this one");
    else if (!(a == b) && turns_back(a, b, c))
      findings.add(polygon, number, i, b, Fault::spike, "the ring turns back on itself");
  }
  if (twice_area(ring) == 0 && std::all_of(ring.begin(), ring.end(), [&](Vertex v) {
        return orientation(ring[0], ring[1], v) == 0 || ring[0] == ring[1];
      }))
    findings.add(polygon, number, 0, ring[0], Fault::zero_area,
                 "the ring holds no area: its vertices lie in one line");
  return findings.count() == before;
}

// --- Edges against edges -----------------------------------------------------------------------

struct Box2 {
  std::int64_t west = std::numeric_limits<std::int64_t>::max();
  std::int64_t south = std::numeric_limits<std::int64_t>::max();
  std::int64_t east = std::numeric_limits<std::int64_t>::min();
  std::int64_t north = std::numeric_limits<std::int64_t>::min();
  void add(Vertex v) {
    west = std::min(west, v.longitude_e7), east = std::max(east, v.longitude_e7);
    south = std::min(south, v.latitude_e7), north = std::max(north, v.latitude_e7);
  }
  void add(const Box2& b) {
    west = std::min(west, b.west), east = std::max(east, b.east);
    south = std::min(south, b.south), north = std::max(north, b.north);
  }
  bool meets(const Box2& b) const {
    return west <= b.east && b.west <= east && south <= b.north && b.south <= north;
  }
};

struct Edge {
  std::uint32_t ring, vertex;
};

// An edge with its neighbours: before, a, b, after.
struct Span {
  Vertex before, a, b, after;
};

// The order of the directions from a centre, anticlockwise from the direction of `first`: is
// `middle` strictly between `first` and `last`?
bool strictly_between(Vertex centre, Vertex first, Vertex middle, Vertex last) {
  const int first_last = orientation(centre, first, last);
  const int first_middle = orientation(centre, first, middle);
  const int middle_last = orientation(centre, middle, last);
  if (first_last > 0) return first_middle > 0 && middle_last > 0;
  if (first_last < 0) return first_middle > 0 || middle_last > 0;
  // Opposite directions, or the same.
  if (turns_back(first, centre, last)) return false;
  return first_middle > 0;
}

// Two ways through one place, from p to q and from r to s: does one cross over the other? Not when
// they share a direction; that is an overlap, found between the edges themselves.
bool ways_cross(Vertex centre, Vertex p, Vertex q, Vertex r, Vertex s) {
  return strictly_between(centre, p, r, q) != strictly_between(centre, p, s, q);
}

bool on_edge(Vertex a, Vertex b, Vertex p) {
  return orientation(a, b, p) == 0 && std::min(a.longitude_e7, b.longitude_e7) <= p.longitude_e7 &&
         p.longitude_e7 <= std::max(a.longitude_e7, b.longitude_e7) &&
         std::min(a.latitude_e7, b.latitude_e7) <= p.latitude_e7 &&
         p.latitude_e7 <= std::max(a.latitude_e7, b.latitude_e7);
}

// Whether two edges in one line share more than a single place.
bool overlap_in_line(Vertex a, Vertex b, Vertex c, Vertex d) {
  const auto [a1, b1] = std::minmax(a, b);
  const auto [c1, d1] = std::minmax(c, d);
  return std::max(a1, c1) < std::min(b1, d1);
}

// Whether two edges cross or overlap. A crossing at a vertex is found once: by the edges that begin
// or pass there.
bool edges_cross(const Span& s, const Span& t) {
  const int c = orientation(s.a, s.b, t.a), d = orientation(s.a, s.b, t.b);
  const int a = orientation(t.a, t.b, s.a), b = orientation(t.a, t.b, s.b);
  if (c * d > 0 || a * b > 0) return false;
  if (c == 0 && d == 0 && overlap_in_line(s.a, s.b, t.a, t.b)) return true;
  if (c * d < 0 && a * b < 0) return true;
  // They touch: is it at the beginning of one, inside or at the beginning of the other?
  if (s.a == t.a) return ways_cross(s.a, s.before, s.b, t.before, t.b);
  if (s.a != t.b && on_edge(t.a, t.b, s.a)) return ways_cross(s.a, s.before, s.b, t.a, t.b);
  if (t.a != s.b && on_edge(s.a, s.b, t.a)) return ways_cross(t.a, t.before, t.b, s.a, s.b);
  return false;
}

class EdgeTree {
 public:
  explicit EdgeTree(const Polygon& polygon) {
    rings_.push_back(&polygon.outer);
    for (const Ring& hole : polygon.holes) rings_.push_back(&hole);
    for (std::uint32_t r = 0; r < rings_.size(); ++r)
      for (std::uint32_t i = 0; i < rings_[r]->size(); ++i) edges_.push_back({r, i});
    std::size_t leaves = 1;
    while (leaves * leaf < edges_.size()) leaves *= 2;
    first_leaf_ = leaves;
    boxes_.resize(2 * leaves);
    for (std::size_t k = 0; k < leaves; ++k)
      for (std::size_t i = k * leaf; i < std::min(edges_.size(), (k + 1) * leaf); ++i)
        boxes_[leaves + k].add(box(edges_[i]));
    for (std::size_t k = leaves; k-- > 1;) {
      boxes_[k].add(boxes_[2 * k]);
      boxes_[k].add(boxes_[2 * k + 1]);
    }
  }

  // Visits every two edges that cross or overlap, until the visitor says that it has enough.
  template <class Visit>
  void each_crossing(const Visit& visit) const {
    within(1, visit);
  }

  // On which side of one ring a place lies, by the edges that a ray to the east meets.
  Side side_of_ring(std::uint32_t ring, Vertex p) const {
    Ray ray{ring, p, false, false};
    cast(1, ray);
    return ray.on_boundary ? Side::boundary : ray.inside ? Side::inside : Side::outside;
  }

 private:
  static constexpr std::size_t leaf = 4;
  struct Ray {
    std::uint32_t ring;
    Vertex from;
    bool inside, on_boundary;
  };

  Vertex start(Edge e) const { return (*rings_[e.ring])[e.vertex]; }
  Vertex end(Edge e) const {
    const Ring& ring = *rings_[e.ring];
    return ring[following(ring, e.vertex)];
  }
  Span span(Edge e) const {
    const Ring& ring = *rings_[e.ring];
    const std::size_t next = following(ring, e.vertex);
    return {ring[preceding(ring, e.vertex)], ring[e.vertex], ring[next],
            ring[following(ring, next)]};
  }
  Box2 box(Edge e) const {
    Box2 b;
    b.add(start(e));
    b.add(end(e));
    return b;
  }
  bool are_neighbours(Edge e, Edge f) const {
    if (e.ring != f.ring) return false;
    const Ring& ring = *rings_[e.ring];
    return following(ring, e.vertex) == f.vertex || following(ring, f.vertex) == e.vertex;
  }

  std::size_t leaf_begin(std::size_t node) const { return (node - first_leaf_) * leaf; }
  std::size_t leaf_end(std::size_t node) const {
    return std::min(edges_.size(), (node - first_leaf_ + 1) * leaf);
  }

  template <class Visit>
  bool compare(std::size_t i, std::size_t j, const Visit& visit) const {
    const Edge e = edges_[i], f = edges_[j];
    // Neighbours share a vertex and, spikes being excluded, nothing else.
    if (are_neighbours(e, f)) return true;
    if (!box(e).meets(box(f)) || !edges_cross(span(e), span(f))) return true;
    return visit(e, f);
  }

  template <class Visit>
  bool within(std::size_t node, const Visit& visit) const {
    if (node >= first_leaf_) {
      for (std::size_t i = leaf_begin(node); i < leaf_end(node); ++i)
        for (std::size_t j = i + 1; j < leaf_end(node); ++j)
          if (!compare(i, j, visit)) return false;
      return true;
    }
    return within(2 * node, visit) && within(2 * node + 1, visit) &&
           across(2 * node, 2 * node + 1, visit);
  }

  template <class Visit>
  bool across(std::size_t left, std::size_t right, const Visit& visit) const {
    if (!boxes_[left].meets(boxes_[right])) return true;
    if (left < first_leaf_)
      return across(2 * left, 2 * right, visit) && across(2 * left, 2 * right + 1, visit) &&
             across(2 * left + 1, 2 * right, visit) && across(2 * left + 1, 2 * right + 1, visit);
    for (std::size_t i = leaf_begin(left); i < leaf_end(left); ++i)
      for (std::size_t j = leaf_begin(right); j < leaf_end(right); ++j)
        if (!compare(i, j, visit)) return false;
    return true;
  }

  void cast(std::size_t node, Ray& ray) const {
    const Box2& b = boxes_[node];
    const Vertex p = ray.from;
    if (p.latitude_e7 < b.south || p.latitude_e7 > b.north || p.longitude_e7 > b.east) return;
    if (node < first_leaf_) {
      cast(2 * node, ray);
      cast(2 * node + 1, ray);
      return;
    }
    for (std::size_t i = leaf_begin(node); i < leaf_end(node); ++i) {
      if (edges_[i].ring != ray.ring) continue;
      const Vertex a = start(edges_[i]), e = end(edges_[i]);
      if (on_edge(a, e, p)) ray.on_boundary = true;
      const int turn = orientation(a, e, p);
      const bool upward = a.latitude_e7 <= p.latitude_e7 && p.latitude_e7 < e.latitude_e7;
      const bool downward = e.latitude_e7 <= p.latitude_e7 && p.latitude_e7 < a.latitude_e7;
      if ((upward && turn > 0) || (downward && turn < 0)) ray.inside = !ray.inside;
    }
  }

  std::vector<const Ring*> rings_;
  std::vector<Edge> edges_;
  std::vector<Box2> boxes_;
  std::size_t first_leaf_ = 1;
};

Fault fault_of_crossing(Edge e, Edge f) {
  if (e.ring == f.ring) return Fault::crosses_itself;
  return e.ring == 0 || f.ring == 0 ? Fault::crosses_outer : Fault::holes_cross;
}

std::string crossing_message(Edge at, Edge other, Vertex place) {
  const std::string_view what = at.ring == other.ring ? "the ring crosses or overlaps itself"
                                : other.ring == 0 ? "the hole crosses or overlaps its outer ring"
                                                  : "two holes cross or overlap";
  return fmt::format(
      "{}: the edge from here and the edge from vertex {}{} (at {})", what, other.vertex + 1,
      at.ring == other.ring || other.ring == 0 ? "" : fmt::format(" of hole {}", other.ring),
      degrees_text(place));
}

bool check_crossings(const Polygon& polygon, std::size_t number, const EdgeTree& tree,
                     Findings& findings) {
  std::vector<std::pair<Edge, Edge>> crossings;
  tree.each_crossing([&](Edge e, Edge f) {
    // The later ring is the one to blame; within a ring, the earlier vertex is named.
    if (e.ring < f.ring) std::swap(e, f);
    if (e.ring == f.ring && f.vertex < e.vertex) std::swap(e, f);
    crossings.emplace_back(e, f);
    return crossings.size() < most_crossings;
  });
  std::sort(crossings.begin(), crossings.end(), [](const auto& x, const auto& y) {
    return std::tuple(x.first.ring, x.first.vertex, x.second.ring, x.second.vertex) <
           std::tuple(y.first.ring, y.first.vertex, y.second.ring, y.second.vertex);
  });
  for (const auto& [e, f] : crossings) {
    const Ring& ring = e.ring == 0 ? polygon.outer : polygon.holes[e.ring - 1];
    findings.add_bare({number, e.ring, e.vertex, fault_of_crossing(e, f), ring[e.vertex],
                       crossing_message(e, f, ring[e.vertex])});
  }
  return crossings.empty();
}

// The side on which a ring lies of another one that it does not cross: that of its first vertex
// that is not on it.
Side side_of_hole(const EdgeTree& tree, std::uint32_t ring, const Ring& hole) {
  for (Vertex v : hole) {
    const Side side = tree.side_of_ring(ring, v);
    if (side != Side::boundary) return side;
  }
  return Side::boundary;
}

void check_holes(const Polygon& polygon, std::size_t number, const EdgeTree& tree,
                 Findings& findings) {
  std::vector<Box2> boxes(polygon.holes.size());
  for (std::size_t i = 0; i < polygon.holes.size(); ++i)
    for (Vertex v : polygon.holes[i]) boxes[i].add(v);
  // By their western ends, so that only holes that may lie in one another are compared.
  std::vector<std::size_t> order(boxes.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::sort(order.begin(), order.end(), [&](std::size_t i, std::size_t j) {
    return std::tuple(boxes[i].west, i) < std::tuple(boxes[j].west, j);
  });
  std::vector<bool> nested(boxes.size(), false);
  for (std::size_t k = 0; k < order.size(); ++k)
    for (std::size_t m = k + 1; m < order.size() && boxes[order[m]].west <= boxes[order[k]].east;
         ++m) {
      const std::size_t i = order[k], j = order[m];
      if (!boxes[i].meets(boxes[j])) continue;
      if (side_of_hole(tree, static_cast<std::uint32_t>(i + 1), polygon.holes[j]) == Side::inside)
        nested[j] = true;
      else if (side_of_hole(tree, static_cast<std::uint32_t>(j + 1), polygon.holes[i]) ==
               Side::inside)
        nested[i] = true;
    }
  for (std::size_t i = 0; i < polygon.holes.size(); ++i) {
    const Ring& hole = polygon.holes[i];
    if (side_of_hole(tree, 0, hole) == Side::outside)
      findings.add(number, i + 1, 0, hole[0], Fault::outside_outer,
                   "the hole lies outside its outer ring");
    if (nested[i])
      findings.add(number, i + 1, 0, hole[0], Fault::hole_in_hole,
                   "the hole lies within another hole");
  }
}

void check_polygon(const Polygon& polygon, std::size_t number, Findings& findings) {
  bool sound = check_ring(polygon.outer, number, 0, findings);
  for (std::size_t i = 0; i < polygon.holes.size(); ++i)
    sound = check_ring(polygon.holes[i], number, i + 1, findings) && sound;
  if (!sound) return;
  const EdgeTree tree(polygon);
  if (check_crossings(polygon, number, tree, findings))
    check_holes(polygon, number, tree, findings);
}

void turn(Ring& ring) {
  if (!ring.empty()) std::reverse(ring.begin() + 1, ring.end());
}

}  // namespace

std::string_view to_string(Fault fault) {
  switch (fault) {
    case Fault::no_polygons: return "no polygons";
    case Fault::too_few_vertices: return "too few vertices";
    case Fault::out_of_range: return "out of range";
    case Fault::repeated_vertex: return "repeated vertex";
    case Fault::spike: return "spike";
    case Fault::zero_area: return "zero area";
    case Fault::crosses_itself: return "crosses itself";
    case Fault::crosses_outer: return "crosses its outer ring";
    case Fault::outside_outer: return "outside its outer ring";
    case Fault::holes_cross: return "holes cross";
    case Fault::hole_in_hole: return "hole in a hole";
  }
  return "?";
}

std::vector<OutlineProblem> problems_of(const Outline& outline) {
  Findings findings;
  if (outline.polygons.empty())
    findings.add_bare({0, 0, 0, Fault::no_polygons, {}, "the outline holds no polygon"});
  for (std::size_t i = 0; i < outline.polygons.size(); ++i)
    check_polygon(outline.polygons[i], i, findings);
  return findings.take();
}

std::string place_text(const OutlineProblem& problem, std::size_t polygons) {
  const std::string polygon =
      polygons > 1 ? fmt::format("polygon {}, ", problem.polygon + 1) : std::string();
  const std::string ring =
      problem.ring == 0 ? std::string("outer ring") : fmt::format("hole {}", problem.ring);
  return fmt::format("{}{}, vertex {}", polygon, ring, problem.vertex + 1);
}

Outline normalised(Outline outline) {
  for (Polygon& polygon : outline.polygons) {
    if (!polygon.outer.empty() && twice_area(polygon.outer) < 0) turn(polygon.outer);
    for (Ring& hole : polygon.holes)
      if (!hole.empty() && twice_area(hole) > 0) turn(hole);
  }
  return outline;
}

}  // namespace truce::areas
