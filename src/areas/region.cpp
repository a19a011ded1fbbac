#include "areas/region.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "base/check.h"

namespace truce::areas {

namespace {

constexpr double full_turn = 3'600'000'000.0;
constexpr double pole = 900'000'000.0;
constexpr double nearest_told_apart = 0.02;  // metres

double to_double(std::int64_t n) {
  return static_cast<double>(n);
}

// A bound on the length of a straight line in longitude and latitude.
double length_bound(double lon1, double lat1, double lon2, double lat2) {
  const double low = std::min(std::abs(lat1), std::abs(lat2));
  const bool crosses_equator = (lat1 < 0) != (lat2 < 0);
  const double cosine = crosses_equator ? 1.0 : sine_cosine_e7(low).cosine;
  const double north = greatest_meridian_radius * (lat2 - lat1) * radians_per_e7;
  const double east = greatest_meridian_radius * cosine * (lon2 - lon1) * radians_per_e7;
  return std::sqrt(north * north + east * east) * (1 + 1e-9) + 1e-6;
}

// The same box, a full turn away if that is nearer to a longitude.
ReachBox unrolled(ReachBox box, double longitude) {
  const double away = (box.west + box.east) / 2 - longitude;
  const double turn = away > full_turn / 2 ? -full_turn : away < -full_turn / 2 ? full_turn : 0;
  box.west += turn;
  box.east += turn;
  return box;
}

double dot(Vector a, Vector b) {
  return a.x * b.x + a.y * b.y + a.z * b.z;
}

double distance_to_line(Vector p, Vector a, Vector b) {
  const Vector way = b - a;
  const double square = dot(way, way);
  const double share = square > 0 ? std::clamp(dot(p - a, way) / square, 0.0, 1.0) : 0;
  return chord(p, a + way * share);
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

void Reach::add(Point centre, const Ball& ball) {
  CHECK(count < 3);
  ReachBox around = box_around(centre, ball.radius);
  const auto all_round = [](const ReachBox& b) { return b.east - b.west >= full_turn; };
  if (count == 0) {
    box = around;
  } else {
    box.south = std::max(box.south, around.south);
    box.north = std::min(box.north, around.north);
    if (all_round(box)) {
      box.west = around.west;
      box.east = around.east;
    } else if (!all_round(around)) {
      around = unrolled(around, (box.west + box.east) / 2);
      box.west = std::max(box.west, around.west);
      box.east = std::min(box.east, around.east);
    }
  }
  balls[count++] = ball;
}

bool Reach::holds(Vector place) const {
  for (int i = 0; i < count; ++i)
    if (chord(place, balls[i].centre) > balls[i].radius) return false;
  return true;
}

std::size_t Region::Bands::band(double latitude) const {
  const double at = std::floor((latitude - south) / height);
  const auto last = to_double(static_cast<std::int64_t>(count()) - 1);
  return static_cast<std::size_t>(std::clamp(at, 0.0, last));
}

template <class GetLow, class GetHigh>
Region::Bands Region::bands_of(std::size_t count, GetLow low, GetHigh high) const {
  Bands bands;
  const std::size_t rows = std::clamp<std::size_t>(count / 2, 1, 4096);
  bands.south = to_double(box_.low.latitude_e7);
  bands.height = std::max(1.0, to_double(box_.high.latitude_e7 - box_.low.latitude_e7) /
                                   to_double(static_cast<std::int64_t>(rows)));
  bands.start.assign(rows + 1, 0);
  for (std::size_t i = 0; i < count; ++i)
    for (std::size_t r = bands.band(low(i)); r <= bands.band(high(i)); ++r) ++bands.start[r + 1];
  for (std::size_t r = 0; r < rows; ++r) bands.start[r + 1] += bands.start[r];
  bands.items.resize(bands.start.back());
  std::vector<std::uint32_t> next(bands.start.begin(), bands.start.end() - 1);
  for (std::size_t i = 0; i < count; ++i)
    for (std::size_t r = bands.band(low(i)); r <= bands.band(high(i)); ++r)
      bands.items[next[r]++] = static_cast<std::uint32_t>(i);
  return bands;
}

Region::Region(Outline outline) : outline_(std::move(outline)), box_(box_of(outline_)) {
  collect_edges();
  mark_seams();
  edge_bands_ = bands_of(
      edges_.size(),
      [&](std::size_t i) {
        return to_double(std::min(edges_[i].a.latitude_e7, edges_[i].b.latitude_e7));
      },
      [&](std::size_t i) {
        return to_double(std::max(edges_[i].a.latitude_e7, edges_[i].b.latitude_e7));
      });
  collect_pieces();
  place_parts();
  for (const Piece& piece : pieces_) {
    const auto [west, east] = std::minmax(piece.longitude1, piece.longitude2);
    const auto [south, north] = std::minmax(piece.latitude1, piece.latitude2);
    piece_boxes_.push_back({west, south, east, north});
  }
  piece_grid_ = grid_of(piece_boxes_);
}

namespace {

std::uint32_t cell_at(double from_edge, double size, std::uint32_t count) {
  return static_cast<std::uint32_t>(
      std::clamp(std::floor(from_edge / size), 0.0, static_cast<double>(count - 1)));
}

}  // namespace

std::uint32_t Region::Grid::column(double longitude) const {
  return cell_at(longitude - west, width, columns);
}

std::uint32_t Region::Grid::row(double latitude) const {
  return cell_at(latitude - south, height, rows);
}

// About as many cells as items; fewer where items are so long that each would stand in many.
Region::Grid Region::grid_of(const std::vector<ReachBox>& boxes) const {
  static constexpr std::uint32_t most_a_side = 2'048;
  constexpr std::size_t most_cells_an_item = 6;
  Grid grid;
  grid.west = to_double(box_.low.longitude_e7);
  grid.south = to_double(box_.low.latitude_e7);
  const double wide = to_double(box_.high.longitude_e7) - grid.west;
  const double high = to_double(box_.high.latitude_e7) - grid.south;
  const auto side = [](std::size_t count) {
    const double root = std::sqrt(to_double(static_cast<std::int64_t>(count)));
    return std::clamp(static_cast<std::uint32_t>(root), 1u, most_a_side);
  };
  for (std::uint32_t cells = side(boxes.size());; cells /= 2) {
    grid.columns = grid.rows = std::max(cells, 1u);
    grid.width = std::max(1.0, wide / grid.columns);
    grid.height = std::max(1.0, high / grid.rows);
    grid.start.assign(std::size_t{grid.columns} * grid.rows + 1, 0);
    std::size_t all = 0;
    for (const ReachBox& box : boxes)
      all += std::size_t{grid.row(box.north) - grid.row(box.south) + 1} *
             (grid.column(box.east) - grid.column(box.west) + 1);
    if (cells > 1 && all > most_cells_an_item * boxes.size()) continue;
    break;
  }
  for (const ReachBox& box : boxes)
    grid.each_cell(box, [&](std::size_t cell) { ++grid.start[cell + 1]; });
  for (std::size_t i = 1; i < grid.start.size(); ++i) grid.start[i] += grid.start[i - 1];
  grid.items.resize(grid.start.back());
  std::vector<std::uint32_t> next(grid.start.begin(), grid.start.end() - 1);
  for (std::size_t i = 0; i < boxes.size(); ++i)
    grid.each_cell(boxes[i], [&](std::size_t cell) {
      grid.items[next[cell]++] = static_cast<std::uint32_t>(i);
    });
  return grid;
}

// Every ring runs so that the inside lies to its left.
void Region::collect_edges() {
  for (std::size_t p = 0; p < outline_.polygons.size(); ++p) {
    const Polygon& polygon = outline_.polygons[p];
    polygon_boxes_.push_back(box_of(Outline{{polygon}}));
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

// Whether a place that lies on no edge of theirs is inside a polygon other than the one named.
bool Region::strictly_in_other(double longitude, double latitude, std::uint32_t polygon) const {
  const std::size_t band = edge_bands_.band(latitude);
  bool inside = false;
  for (std::uint32_t i = edge_bands_.start[band]; i < edge_bands_.start[band + 1]; ++i) {
    const Edge& edge = edges_[edge_bands_.items[i]];
    if (edge.polygon != polygon) {
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

// Whether another polygon runs along this stretch of the edge with its inside on the other side.
bool Region::covered_from_both_sides(const Edge& edge, double u0, double u1,
                                     const std::vector<std::uint32_t>& others) const {
  const double mid = (u0 + u1) / 2;
  const bool steep = std::abs(edge.b.latitude_e7 - edge.a.latitude_e7) >=
                     std::abs(edge.b.longitude_e7 - edge.a.longitude_e7);
  const auto along = [&](Vertex v) {
    return steep ? to_double(v.latitude_e7 - edge.a.latitude_e7) /
                       to_double(edge.b.latitude_e7 - edge.a.latitude_e7)
                 : to_double(v.longitude_e7 - edge.a.longitude_e7) /
                       to_double(edge.b.longitude_e7 - edge.a.longitude_e7);
  };
  for (const std::uint32_t i : others) {
    const Edge& other = edges_[i];
    if (orientation(edge.a, edge.b, other.a) != 0 || orientation(edge.a, edge.b, other.b) != 0)
      continue;
    const double from = along(other.a), to = along(other.b);
    if (from > to && to <= mid && mid <= from) return true;  // runs the other way
  }
  return false;
}

void Region::collect_pieces() {
  const auto add = [&](const Edge& edge, double u0, double u1) {
    const double ax = to_double(edge.a.longitude_e7), ay = to_double(edge.a.latitude_e7);
    const double bx = to_double(edge.b.longitude_e7), by = to_double(edge.b.latitude_e7);
    const double x0 = ax + u0 * (bx - ax), y0 = ay + u0 * (by - ay);
    const double x1 = ax + u1 * (bx - ax), y1 = ay + u1 * (by - ay);
    pieces_.push_back({x0, y0, x1, y1, length_bound(x0, y0, x1, y1)});
  };
  if (outline_.polygons.size() == 1) {
    for (const Edge& edge : edges_)
      if (!edge.seam) add(edge, 0, 1);
    return;
  }
  std::vector<ReachBox> boxes;
  for (const Edge& edge : edges_) {
    const auto [west, east] = std::minmax(edge.a.longitude_e7, edge.b.longitude_e7);
    const auto [south, north] = std::minmax(edge.a.latitude_e7, edge.b.latitude_e7);
    boxes.push_back({to_double(west), to_double(south), to_double(east), to_double(north)});
  }
  const Grid grid = grid_of(boxes);
  std::vector<double> cuts;
  std::vector<std::uint32_t> others;  // edges of other polygons whose boxes meet that of the edge
  for (std::size_t e = 0; e < edges_.size(); ++e) {
    const Edge& edge = edges_[e];
    if (edge.seam) continue;
    const ReachBox& box = boxes[e];
    const auto is_near = [&](const Box& other) {
      return to_double(other.low.longitude_e7) <= box.east &&
             to_double(other.high.longitude_e7) >= box.west &&
             to_double(other.low.latitude_e7) <= box.north &&
             to_double(other.high.latitude_e7) >= box.south;
    };
    bool others_near = false;
    for (std::size_t p = 0; p < polygon_boxes_.size() && !others_near; ++p)
      others_near = p != edge.polygon && is_near(polygon_boxes_[p]);
    if (!others_near) {
      add(edge, 0, 1);
      continue;
    }
    others.clear();
    grid.each_cell(box, [&](std::size_t cell) {
      for (std::uint32_t i = grid.start[cell]; i < grid.start[cell + 1]; ++i) {
        const std::uint32_t other = grid.items[i];
        const ReachBox& o = boxes[other];
        if (edges_[other].polygon != edge.polygon && o.west <= box.east && o.east >= box.west &&
            o.south <= box.north && o.north >= box.south)
          others.push_back(other);
      }
    });
    // Cut the edge wherever an edge of another polygon meets it; keep what nothing else covers.
    const double ax = to_double(edge.a.longitude_e7), ay = to_double(edge.a.latitude_e7);
    const double bx = to_double(edge.b.longitude_e7), by = to_double(edge.b.latitude_e7);
    cuts.assign({0.0, 1.0});
    for (const std::uint32_t i : others) {
      const Edge& other = edges_[i];
      const double cx = to_double(other.a.longitude_e7), cy = to_double(other.a.latitude_e7);
      const double dx = to_double(other.b.longitude_e7), dy = to_double(other.b.latitude_e7);
      const double denominator = (bx - ax) * (dy - cy) - (by - ay) * (dx - cx);
      const auto cut_at = [&](double x, double y) {
        const double u =
            std::abs(bx - ax) > std::abs(by - ay) ? (x - ax) / (bx - ax) : (y - ay) / (by - ay);
        if (u > 0 && u < 1) cuts.push_back(u);
      };
      const int oc = orientation(edge.a, edge.b, other.a);
      const int od = orientation(edge.a, edge.b, other.b);
      if (oc == 0) cut_at(cx, cy);
      if (od == 0) cut_at(dx, dy);
      if (oc * od < 0 && denominator != 0) {
        const double u = ((cx - ax) * (dy - cy) - (cy - ay) * (dx - cx)) / denominator;
        if (u > 0 && u < 1) cuts.push_back(u);
      }
    }
    std::sort(cuts.begin(), cuts.end());
    constexpr double margin = 1e-12;  // what is kept is kept a little too long, never too short
    for (std::size_t i = 0; i + 1 < cuts.size(); ++i) {
      const double u0 = cuts[i], u1 = cuts[i + 1];
      if (u1 - u0 <= 0) continue;
      const double mid = (u0 + u1) / 2;
      const bool tiny = u1 - u0 < 4 * margin;
      if (!tiny && (covered_from_both_sides(edge, u0, u1, others) ||
                    strictly_in_other(ax + mid * (bx - ax), ay + mid * (by - ay), edge.polygon)))
        continue;
      add(edge, std::max(0.0, u0 - margin), std::min(1.0, u1 + margin));
    }
  }
}

Vector Region::place_on(const Piece& piece, double share) {
  return place_e7(piece.longitude1 + share * (piece.longitude2 - piece.longitude1),
                  piece.latitude1 + share * (piece.latitude2 - piece.latitude1));
}

// The same places are asked for again and again, each time with two sines and cosines. They are
// kept, so closely that between two of them a straight line through space does.
void Region::place_parts() {
  for (Piece& piece : pieces_)
    if (!place_parts(piece)) return;
}

// False where there is no room for more.
bool Region::place_parts(Piece& piece) {
  constexpr double enough = 0.002, most_bulge = 0.004;  // metres; a quarter of that at each halving
  constexpr std::uint32_t most_of_a_piece = 1u << 13, most_in_all = 1u << 22;
  const auto bulge_of = [&](double u0, Vector a, double u1, Vector b) {
    return chord(place_on(piece, (u0 + u1) / 2), (a + b) * 0.5);
  };
  const Vector begin = place_on(piece, 0), end = place_on(piece, 1);
  std::uint32_t parts = 1;
  for (double bulge = bulge_of(0, begin, 1, end); bulge > enough && parts < most_of_a_piece;
       bulge /= 4)
    parts *= 2;
  if (places_.size() + parts + 1 > most_in_all) return false;
  const auto first = static_cast<std::uint32_t>(places_.size());
  const auto share = [&](std::uint32_t i) { return static_cast<double>(i) / parts; };
  for (std::uint32_t i = 0; i <= parts; ++i) places_.push_back(place_on(piece, share(i)));
  // A part is so short that it bends evenly: it is farthest from the straight line in its middle.
  double bulge = 0;
  for (std::uint32_t i = 0; i < parts; ++i)
    bulge = std::max(bulge,
                     bulge_of(share(i), places_[first + i], share(i + 1), places_[first + i + 1]));
  if (bulge > most_bulge) {
    places_.resize(first);
    return true;
  }
  piece.first_place = first;
  piece.parts = parts;
  piece.bulge = bulge * 1.25 + 1e-6;
  return true;
}

namespace {

enum class Next : std::uint8_t { pass, halve, stop };

// The shares of a straight line that lie in a ball.
struct Shares {
  double from = 0, until = 1;
  bool none() const { return from > until; }
  void only_within(double radius, double nearest_share, double nearest_square, double square) {
    const double rest = radius < 0 ? -1 : radius * radius - nearest_square;
    if (rest < 0) {
      from = 1, until = 0;
      return;
    }
    const double reach = std::sqrt(rest / square);
    from = std::max(from, nearest_share - reach);
    until = std::min(until, nearest_share + reach);
  }
};

}  // namespace

template <class Look, class Part>
bool Region::halve(const Piece& piece, const Look& look, const Part& part) const {
  if (piece.parts == 0) {
    const auto go = [&](double u0, double u1, auto& self) -> bool {
      const double mid = (u0 + u1) / 2;
      const Next next = look(place_on(piece, mid), piece.length * (u1 - u0) / 2);
      if (next != Next::halve) return next == Next::pass;
      return self(u0, mid, self) && self(mid, u1, self);
    };
    return go(0, 1, go);
  }
  const Vector* const places = places_.data() + piece.first_place;
  const auto go = [&](std::uint32_t first, std::uint32_t count, auto& self) -> bool {
    if (count == 1) return part(places[first], places[first + 1]) == Next::pass;
    const Next next = look(places[first + count / 2], piece.length * count / (2.0 * piece.parts));
    if (next != Next::halve) return next == Next::pass;
    return self(first, count / 2, self) && self(first + count / 2, count / 2, self);
  };
  return go(0, piece.parts, go);
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

// Visits the pieces whose box meets the box, once for each turn in which it does; stops when visit
// says false. `visit(piece)` sees the piece in its own longitudes: places do not depend on turns.
template <class Visit>
bool Region::each_piece(const ReachBox& box, Visit visit) const {
  if (pieces_.empty() || box.north < to_double(box_.low.latitude_e7) ||
      box.south > to_double(box_.high.latitude_e7))
    return true;
  const Grid& grid = piece_grid_;
  const std::uint32_t first_row = grid.row(box.south), last_row = grid.row(box.north);
  for (const double turn : {-full_turn, 0.0, full_turn}) {
    const double west = box.west + turn, east = box.east + turn;
    if (west > to_double(box_.high.longitude_e7) || east < to_double(box_.low.longitude_e7))
      continue;
    const std::uint32_t first_column = grid.column(west), last_column = grid.column(east);
    for (std::uint32_t r = first_row; r <= last_row; ++r) {
      for (std::uint32_t c = first_column; c <= last_column; ++c) {
        const std::size_t cell = std::size_t{r} * grid.columns + c;
        for (std::uint32_t i = grid.start[cell]; i < grid.start[cell + 1]; ++i) {
          const ReachBox& piece = piece_boxes_[grid.items[i]];
          if (piece.south > box.north || piece.north < box.south || piece.west > east ||
              piece.east < west)
            continue;
          // Seen in the first cell that it shares with the box.
          if (r != std::max(first_row, grid.row(piece.south)) ||
              c != std::max(first_column, grid.column(piece.west)))
            continue;
          if (!visit(pieces_[grid.items[i]])) return false;
        }
      }
    }
  }
  return true;
}

bool Region::has_boundary_in(const ReachBox& box) const {
  return !each_piece(box, [](const Piece&) { return false; });
}

Contact Region::contact(const Reach& reach) const {
  double slack = 1e300;
  for (int i = 0; i < reach.count; ++i)
    slack = std::min(slack, reach.balls[i].radius - reach.balls[i].inner_radius);
  const double smallest = std::max(nearest_told_apart, slack / 8);
  Contact found = Contact::clear;
  int unsure = 0;
  const auto look = [&](Vector x, double half) {
    bool in_all = true;
    for (int i = 0; i < reach.count; ++i) {
      const double d = chord(x, reach.balls[i].centre);
      if (d - half > reach.balls[i].radius) return Next::pass;
      in_all = in_all && d <= reach.balls[i].inner_radius;
    }
    if (in_all) {
      found = Contact::touching;
      return Next::stop;
    }
    if (half < smallest) {
      found = Contact::unsure;
      return ++unsure < 16 ? Next::pass : Next::stop;
    }
    return Next::halve;
  };
  // The line stands for what lies within `bulge` of it: what it has in common with balls that are
  // so much larger, or smaller.
  const auto part_of = [&](double bulge) {
    return [&, bulge](Vector from, Vector to) {
      constexpr double rounding = 1e-4;  // metres
      const Vector way = to - from;
      const double square = std::max(dot(way, way), 1e-12);
      Shares outer, inner;
      for (int i = 0; i < reach.count; ++i) {
        const Ball& ball = reach.balls[i];
        const Vector begin = from - ball.centre;
        const double along = -dot(begin, way) / square;
        const Vector foot = begin + way * along;
        const double nearest = dot(foot, foot);
        outer.only_within(ball.radius + bulge + rounding, along, nearest, square);
        if (outer.none()) return Next::pass;
        inner.only_within(ball.inner_radius - bulge - rounding, along, nearest, square);
      }
      if (!inner.none()) {
        found = Contact::touching;
        return Next::stop;
      }
      found = Contact::unsure;
      return ++unsure < 16 ? Next::pass : Next::stop;
    };
  };
  each_piece(reach.box,
             [&](const Piece& piece) { return halve(piece, look, part_of(piece.bulge)); });
  return found;
}

double Region::distance_to_boundary(Point point, double limit) const {
  const Vector p = place(point);
  double nearest = limit;
  const auto by_shares = [&](const Piece& piece, double u0, double u1, auto& self) -> void {
    const double mid = (u0 + u1) / 2;
    const double half = piece.length * (u1 - u0) / 2;
    const double d = chord(place_on(piece, mid), p);
    if (d - half >= nearest) return;
    nearest = std::min(nearest, d);
    if (half < std::max(0.01, nearest / 1000)) return;
    const bool first = chord(place_on(piece, 0), p) <= chord(place_on(piece, 1), p);
    self(piece, first ? u0 : mid, first ? mid : u1, self);
    self(piece, first ? mid : u0, first ? u1 : mid, self);
  };
  const auto by_parts = [&](const Piece& piece, std::uint32_t first, std::uint32_t count,
                            auto& self) -> void {
    const Vector* const places = places_.data() + piece.first_place + first;
    if (count == 1) {
      nearest = std::min(nearest, distance_to_line(p, places[0], places[1]) + piece.bulge);
      return;
    }
    const double d = chord(places[count / 2], p);
    if (d - piece.length * count / (2.0 * piece.parts) >= nearest) return;
    nearest = std::min(nearest, d);
    const bool nearer = chord(places[0], p) <= chord(places[count], p);
    self(piece, nearer ? first : first + count / 2, count / 2, self);
    self(piece, nearer ? first + count / 2 : first, count / 2, self);
  };
  const auto look = [&](const Piece& piece) {
    if (piece.parts == 0)
      by_shares(piece, 0, 1, by_shares);
    else
      by_parts(piece, 0, piece.parts, by_parts);
    return true;
  };
  // Widen the search until something is nearer than the search is wide.
  for (double radius = std::min(limit, 1000.0);; radius = std::min(limit, radius * 4)) {
    each_piece(box_around(point, radius), look);
    if (nearest <= radius || radius >= limit) return nearest;
  }
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
      const Box& box = polygon_boxes_[i];
      if (to_double(box.low.longitude_e7) - turn > around.east ||
          to_double(box.high.longitude_e7) - turn < around.west ||
          to_double(box.low.latitude_e7) > around.north ||
          to_double(box.high.latitude_e7) < around.south)
        continue;
      if (ring_separates(polygon.outer, turn, hull, pa, pb)) return true;
      for (const Ring& hole : polygon.holes)
        if (ring_separates(hole, turn, hull, pa, pb)) return true;
    }
  }
  return false;
}

}  // namespace truce::areas
