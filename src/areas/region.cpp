#include "areas/region.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "areas/uncovered.h"

namespace truce::areas {

namespace {

constexpr double full_turn = 3'600'000'000.0;
constexpr double pole = 900'000'000.0;

double to_double(std::int64_t n) {
  return static_cast<double>(n);
}

double doubled_area(const Ring& ring) {
  double sum = 0;
  for (std::size_t i = 0; i < ring.size(); ++i) {
    const Vertex a = ring[i], b = ring[i + 1 == ring.size() ? 0 : i + 1];
    const Vertex o = ring[0];
    sum += to_double(a.longitude_e7 - o.longitude_e7) * to_double(b.latitude_e7 - o.latitude_e7) -
           to_double(b.longitude_e7 - o.longitude_e7) * to_double(a.latitude_e7 - o.latitude_e7);
  }
  return sum;
}

}  // namespace

std::size_t Region::Bands::band(double latitude) const {
  const double at = std::floor((latitude - south) / height);
  const auto last = to_double(static_cast<std::int64_t>(count()) - 1);
  return static_cast<std::size_t>(std::clamp(at, 0.0, last));
}

Region::Bands Region::bands_of_edges() const {
  const auto each_band = [&](const Bands& bands, const Edge& edge, auto visit) {
    const auto [south, north] = std::minmax(edge.a.latitude_e7, edge.b.latitude_e7);
    for (std::size_t r = bands.band(to_double(south)); r <= bands.band(to_double(north)); ++r)
      visit(r);
  };
  Bands bands;
  const std::size_t rows = std::clamp<std::size_t>(edges_.size() / 2, 1, 4096);
  bands.south = to_double(box_.low.latitude_e7);
  bands.height = std::max(1.0, to_double(box_.high.latitude_e7 - box_.low.latitude_e7) /
                                   to_double(static_cast<std::int64_t>(rows)));
  bands.start.assign(rows + 1, 0);
  for (const Edge& edge : edges_)
    each_band(bands, edge, [&](std::size_t r) { ++bands.start[r + 1]; });
  for (std::size_t r = 0; r < rows; ++r) bands.start[r + 1] += bands.start[r];
  bands.items.resize(bands.start.back());
  std::vector<std::uint32_t> next(bands.start.begin(), bands.start.end() - 1);
  for (std::size_t i = 0; i < edges_.size(); ++i)
    each_band(bands, edges_[i],
              [&](std::size_t r) { bands.items[next[r]++] = static_cast<std::uint32_t>(i); });
  return bands;
}

Region::Region(Outline outline) : outline_(std::move(outline)), box_(box_of(outline_)) {
  collect_edges();
  mark_seams();
  edge_bands_ = bands_of_edges();
  collect_boundary();
}

// Every ring runs so that the inside lies to its left.
void Region::collect_edges() {
  for (std::size_t p = 0; p < outline_.polygons.size(); ++p) {
    const Polygon& polygon = outline_.polygons[p];
    const Box box = box_of(polygon);
    polygon_boxes_.push_back({to_double(box.low.longitude_e7), to_double(box.low.latitude_e7),
                              to_double(box.high.longitude_e7), to_double(box.high.latitude_e7)});
    const auto add = [&](const Ring& ring, bool hole) {
      const bool reversed = (doubled_area(ring) > 0) == hole;
      for (std::size_t i = 0; i < ring.size(); ++i) {
        Vertex a = ring[i], b = ring[i + 1 == ring.size() ? 0 : i + 1];
        if (a == b) continue;
        if (reversed) std::swap(a, b);
        edges_.push_back({a, b, static_cast<std::uint32_t>(p), false});
        reaches_north_ = reaches_north_ || a.latitude_e7 == quantities::quarter_turn_e7;
        reaches_south_ = reaches_south_ || a.latitude_e7 == -quantities::quarter_turn_e7;
      }
    };
    add(polygon.outer, false);
    for (const Ring& hole : polygon.holes) add(hole, true);
  }
}

// A ring around a pole was closed along the 90th parallel and up and down one meridian: neither is
// a boundary on the ground.
void Region::mark_seams() {
  if (!reaches_north_ && !reaches_south_) return;
  std::map<std::pair<Vertex, Vertex>, std::size_t> by_ends;
  for (std::size_t i = 0; i < edges_.size(); ++i) by_ends[{edges_[i].a, edges_[i].b}] = i;
  for (Edge& edge : edges_) {
    const bool polar = edge.a.latitude_e7 == edge.b.latitude_e7 &&
                       std::abs(edge.a.latitude_e7) == quantities::quarter_turn_e7;
    edge.seam = polar;
    for (std::int64_t turn : {-quantities::full_turn_e7, quantities::full_turn_e7}) {
      const Vertex a{edge.a.longitude_e7 + turn, edge.a.latitude_e7};
      const Vertex b{edge.b.longitude_e7 + turn, edge.b.latitude_e7};
      edge.seam = edge.seam || by_ends.contains({b, a});
    }
  }
}

Side Region::side_of(Point point) const {
  if (point.latitude_e7 == quantities::quarter_turn_e7)
    return reaches_north_ ? Side::boundary : Side::outside;
  if (point.latitude_e7 == -quantities::quarter_turn_e7)
    return reaches_south_ ? Side::boundary : Side::outside;
  if (point.latitude_e7 < box_.low.latitude_e7 || point.latitude_e7 > box_.high.latitude_e7)
    return Side::outside;
  Side strongest = Side::outside;
  const std::size_t band = edge_bands_.band(point.latitude_e7);
  const auto first = edge_bands_.items.begin() + edge_bands_.start[band];
  const auto last = edge_bands_.items.begin() + edge_bands_.start[band + 1];
  for (std::int64_t turn = -1; turn <= 1; ++turn) {
    const Vertex p{point.longitude_e7 + turn * quantities::full_turn_e7, point.latitude_e7};
    if (p.longitude_e7 < box_.low.longitude_e7 || p.longitude_e7 > box_.high.longitude_e7) continue;
    // The items of a band are in the order of edges_, that is polygon by polygon.
    bool inside = false, on_edge = false;
    for (auto it = first; it != last; ++it) {
      const Edge& edge = edges_[*it];
      const Vertex a = edge.a, b = edge.b;
      const bool upward = a.latitude_e7 <= p.latitude_e7 && p.latitude_e7 < b.latitude_e7;
      const bool downward = b.latitude_e7 <= p.latitude_e7 && p.latitude_e7 < a.latitude_e7;
      const auto [west, east] = std::minmax(a.longitude_e7, b.longitude_e7);
      const bool level = std::max(a.latitude_e7, b.latitude_e7) == p.latitude_e7;
      if (p.longitude_e7 <= east && (upward || downward || level)) {
        const int turn_sign = p.longitude_e7 < west ? (upward ? 1 : -1) : orientation(a, b, p);
        if (p.longitude_e7 >= west && turn_sign == 0 &&
            p.latitude_e7 >= std::min(a.latitude_e7, b.latitude_e7))
          on_edge = true;
        else if ((upward && turn_sign > 0) || (downward && turn_sign < 0))
          inside = !inside;
      }
      if (it + 1 == last || edges_[*(it + 1)].polygon != edge.polygon) {
        strongest = std::max(strongest, on_edge  ? Side::boundary
                                        : inside ? Side::inside
                                                 : Side::outside);
        inside = on_edge = false;
      }
    }
  }
  return strongest;
}

bool Region::is_strictly_inside(double longitude, double latitude,
                                std::optional<std::uint32_t> but) const {
  if (latitude < to_double(box_.low.latitude_e7) || latitude > to_double(box_.high.latitude_e7) ||
      longitude < to_double(box_.low.longitude_e7) || longitude > to_double(box_.high.longitude_e7))
    return false;
  const std::size_t band = edge_bands_.band(latitude);
  bool inside = false;
  for (std::uint32_t i = edge_bands_.start[band]; i < edge_bands_.start[band + 1]; ++i) {
    const Edge& edge = edges_[edge_bands_.items[i]];
    if (edge.polygon != but) {
      const double ay = to_double(edge.a.latitude_e7), by = to_double(edge.b.latitude_e7);
      if ((ay <= latitude) != (by <= latitude)) {
        const double ax = to_double(edge.a.longitude_e7), bx = to_double(edge.b.longitude_e7);
        if (ax + (latitude - ay) / (by - ay) * (bx - ax) > longitude) inside = !inside;
      }
    }
    const bool last_of_polygon = i + 1 == edge_bands_.start[band + 1] ||
                                 edges_[edge_bands_.items[i + 1]].polygon != edge.polygon;
    if (last_of_polygon) {
      if (inside) return true;
      inside = false;
    }
  }
  return false;
}

void Region::collect_boundary() {
  if (outline_.polygons.size() == 1) {
    for (std::uint32_t e = 0; e < edges_.size(); ++e)
      if (!edges_[e].seam) boundary_.add(edges_[e], e, 0, 1);
    return boundary_.make_ready();
  }
  std::vector<ReachBox> boxes;
  for (const Edge& edge : edges_) boxes.push_back(box_around(edge));
  const BoxGrid grid(boxes);
  std::vector<const Edge*> others;  // edges of other polygons whose boxes meet that of the edge
  for (std::uint32_t e = 0; e < edges_.size(); ++e) {
    const Edge& edge = edges_[e];
    if (edge.seam) continue;
    const auto add = [&](double from, double until) { boundary_.add(edge, e, from, until); };
    bool others_near = false;
    for (std::size_t p = 0; p < polygon_boxes_.size() && !others_near; ++p)
      others_near = p != edge.polygon && boxes_meet(polygon_boxes_[p], boxes[e]);
    if (!others_near) {
      add(0, 1);
      continue;
    }
    others.clear();
    grid.each_cell(boxes[e], [&](std::size_t cell) {
      for (const std::uint32_t other : grid.items_of(cell))
        if (edges_[other].polygon != edge.polygon && boxes_meet(boxes[other], boxes[e]))
          others.push_back(&edges_[other]);
    });
    const auto is_inside_another = [&](double longitude, double latitude) {
      return is_strictly_inside(longitude, latitude, edge.polygon);
    };
    each_uncovered(edge, 0, 1, others, is_inside_another, add);
  }
  boundary_.make_ready();
}

bool Region::is_near(const ReachBox& box) const {
  if (box.north < to_double(box_.low.latitude_e7) || box.south > to_double(box_.high.latitude_e7))
    return false;
  for (double turn : {-full_turn, 0.0, full_turn})
    if (box.west + turn <= to_double(box_.high.longitude_e7) &&
        box.east + turn >= to_double(box_.low.longitude_e7))
      return true;
  return false;
}

namespace {

struct Plane {
  double x, y;
};

double cross(Plane o, Plane a, Plane b) {
  return (a.x - o.x) * (b.y - o.y) - (a.y - o.y) * (b.x - o.x);
}

// Andrew's monotone chain, anticlockwise.
std::vector<Plane> convex_hull(std::vector<Plane> points) {
  std::sort(points.begin(), points.end(),
            [](Plane a, Plane b) { return a.x != b.x ? a.x < b.x : a.y < b.y; });
  std::vector<Plane> hull(2 * points.size());
  std::size_t k = 0;
  for (std::size_t i = 0; i < points.size(); ++i) {
    while (k >= 2 && cross(hull[k - 2], hull[k - 1], points[i]) <= 0) --k;
    hull[k++] = points[i];
  }
  for (std::size_t i = points.size() - 1, floor = k + 1; i-- > 0;) {
    while (k >= floor && cross(hull[k - 2], hull[k - 1], points[i]) <= 0) --k;
    hull[k++] = points[i];
  }
  hull.resize(k > 0 ? k - 1 : 0);
  return hull;
}

bool inside_loop(const std::vector<Plane>& loop, Plane p) {
  bool inside = false;
  for (std::size_t i = 0; i < loop.size(); ++i) {
    const Plane a = loop[i], b = loop[i + 1 == loop.size() ? 0 : i + 1];
    if ((a.y <= p.y) != (b.y <= p.y) && a.x + (p.y - a.y) / (b.y - a.y) * (b.x - a.x) > p.x)
      inside = !inside;
  }
  return inside;
}

// A stretch of a ring inside the hull, and the hull edges by which it came in and left.
struct Chain {
  std::vector<Plane> points;
  std::size_t entry = 0, exit = 0;
};

// Whether the chain, running from hull edge to hull edge, has a and b on different sides.
bool chain_separates(const Chain& chain, const std::vector<Plane>& hull, Plane a, Plane b) {
  std::vector<Plane> loop = chain.points;
  // Home along the hull, anticlockwise, from the edge of the exit to that of the entry.
  std::size_t k = chain.exit;
  const Plane from = hull[k];
  const auto along = [&](Plane p) {
    return (p.x - from.x) * (p.x - from.x) + (p.y - from.y) * (p.y - from.y);
  };
  const bool same_edge_ahead =
      chain.entry == chain.exit && along(chain.points.front()) >= along(chain.points.back());
  if (!same_edge_ahead) {
    do {
      k = (k + 1) % hull.size();
      loop.push_back(hull[k]);
    } while (k != chain.entry);
  }
  return inside_loop(loop, a) != inside_loop(loop, b);
}

// The part [u0, u1] of a segment inside the convex hull, and the edges that cut it; false if none.
bool clip(Plane a, Plane b, const std::vector<Plane>& hull, double& u0, double& u1,
          std::size_t& cut0, std::size_t& cut1) {
  u0 = 0, u1 = 1;
  for (std::size_t k = 0; k < hull.size(); ++k) {
    const Plane p = hull[k], q = hull[k + 1 == hull.size() ? 0 : k + 1];
    const double da = cross(p, q, a), db = cross(p, q, b);
    if (da < 0 && db < 0) return false;
    if (da < 0 && db >= 0) {
      const double u = da / (da - db);
      if (u > u0) u0 = u, cut0 = k;
    } else if (da >= 0 && db < 0) {
      const double u = da / (da - db);
      if (u < u1) u1 = u, cut1 = k;
    }
  }
  return u0 < u1;
}

bool ring_separates(const Ring& ring, double turn, const std::vector<Plane>& hull, Plane a,
                    Plane b) {
  const std::size_t n = ring.size();
  const auto at = [&](std::size_t i) {
    const Vertex v = ring[i % n];
    return Plane{to_double(v.longitude_e7) - turn, to_double(v.latitude_e7)};
  };
  const auto in_hull = [&](Plane p) {
    for (std::size_t k = 0; k < hull.size(); ++k)
      if (cross(hull[k], hull[k + 1 == hull.size() ? 0 : k + 1], p) < 0) return false;
    return true;
  };
  std::size_t start = 0;
  while (start < n && in_hull(at(start))) ++start;
  if (start == n) {  // the whole ring lies inside
    std::vector<Plane> loop;
    for (std::size_t i = 0; i < n; ++i) loop.push_back(at(i));
    return inside_loop(loop, a) != inside_loop(loop, b);
  }
  Chain chain;
  bool open = false;
  for (std::size_t i = start; i < start + n; ++i) {
    const Plane p = at(i), q = at(i + 1);
    double u0 = 0, u1 = 1;
    std::size_t cut0 = 0, cut1 = 0;
    if (!clip(p, q, hull, u0, u1, cut0, cut1)) {
      open = false;
      continue;
    }
    const auto point = [&](double u) {
      return Plane{p.x + u * (q.x - p.x), p.y + u * (q.y - p.y)};
    };
    if (u0 > 0 || !open) {
      if (u0 <= 0) continue;  // begins on a hull corner to the last bit: leave it out
      chain.points.assign({point(u0)});
      chain.entry = cut0;
      open = true;
    }
    chain.points.push_back(point(u1));
    if (u1 < 1) {
      chain.exit = cut1;
      if (chain_separates(chain, hull, a, b)) return true;
      open = false;
    }
  }
  return false;
}

}  // namespace

bool Region::separates(Point a, Point b, const std::vector<ReachBox>& boxes) const {
  const Plane pa{to_double(a.longitude_e7), to_double(a.latitude_e7)};
  std::vector<Plane> corners;
  for (const ReachBox& rolled : boxes) {
    const ReachBox box = unrolled(rolled, pa.x);
    if (box.east - box.west > full_turn / 4 || box.north >= pole || box.south <= -pole)
      return false;  // too wide for a flat hull
    for (double x : {box.west, box.east})
      for (double y : {box.south, box.north}) corners.push_back({x, y});
  }
  const std::vector<Plane> hull = convex_hull(std::move(corners));
  if (hull.size() < 3) return false;
  const double shift = to_double(b.longitude_e7) - pa.x;
  const double home = shift > full_turn / 2 ? -full_turn : shift < -full_turn / 2 ? full_turn : 0;
  const Plane pb{to_double(b.longitude_e7) + home, to_double(b.latitude_e7)};
  ReachBox around{hull[0].x, hull[0].y, hull[0].x, hull[0].y};
  for (const Plane corner : hull) {
    around.west = std::min(around.west, corner.x);
    around.east = std::max(around.east, corner.x);
    around.south = std::min(around.south, corner.y);
    around.north = std::max(around.north, corner.y);
  }
  for (double turn : {-full_turn, 0.0, full_turn}) {
    for (std::size_t i = 0; i < outline_.polygons.size(); ++i) {
      const Polygon& polygon = outline_.polygons[i];
      // A ring that does not meet the hull runs around it or elsewhere, and separates nothing in
      // it.
      ReachBox box = polygon_boxes_[i];
      box.west -= turn;
      box.east -= turn;
      if (!boxes_meet(box, around)) continue;
      if (ring_separates(polygon.outer, turn, hull, pa, pb)) return true;
      for (const Ring& hole : polygon.holes)
        if (ring_separates(hole, turn, hull, pa, pb)) return true;
    }
  }
  return false;
}

}  // namespace truce::areas
