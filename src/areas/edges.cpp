// How the bound is proven. Let a curve be travelled at unit speed, s metres along it, and let a
// piece of it have the length L. Linear interpolation of longitude and latitude between the ends of
// the piece differs from the curve by at most L^2/8 times the greatest second derivative. With M
// and N the radii of curvature of the ellipsoid along the meridian and across it, e2 the square of
// its eccentricity and a the azimuth (Karney 2013; da/ds = sin a tan(lat) / N + k, where k is the
// geodesic curvature: zero for a geodesic):
//
//   M lat''          = -sin a (da/ds) - cos^2 a 3 e2 sin(lat) cos(lat) / (1 - e2 sin^2 lat) / M
//   N cos(lat) lon'' = cos a (da/ds) + sin a cos a tan(lat) / N
//
// For a geodesic the length of that vector is at most
//   (sin a sqrt(4 - 3 sin^2 a) tan(lat) + 0.0102) / M_least,  and sin a sqrt(...) <= 2/sqrt(3);
// for a rhumb line (da/ds = 0) at most
//   (|sin a cos a| tan(lat) + 0.0102 cos^2 a) / M_least;
// a geodesic curvature k adds k. Metres at the highest latitude of the piece become metres at its
// lowest by the ratio of their cosines. The latitudes of a piece differ from those of its ends by
// no more than L/2. The constants below are rounded up by at least half a per cent, which covers
// the change of M and N within a piece.
#include "areas/edges.h"

#include <fmt/format.h>

#include <GeographicLib/Geodesic.hpp>
#include <GeographicLib/GeodesicLine.hpp>
#include <GeographicLib/Rhumb.hpp>
#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include "base/check.h"

namespace truce::areas {

namespace {

using base::problem;
using base::Result;
using quantities::full_turn_e7;
using quantities::half_turn_e7;
using quantities::Length;
using quantities::quarter_turn_e7;

constexpr double radians_per_degree = 3.14159265358979323846 / 180;
constexpr double least_radius = 6'335'439;       // of curvature: a (1 - e2), along the equator
constexpr double greatest_arc_metres = 111'700;  // of a degree of latitude, at a pole

// One metre, less the rounding of both ends to the lattice (8 mm) and a margin for the last bits.
constexpr double allowed_deviation = 0.95;
// So near to a pole, a straight piece and the curve are both within a fraction of a metre of it.
constexpr double polar_cap = 0.2;

const GeographicLib::Geodesic& geodesics() {
  return GeographicLib::Geodesic::WGS84();
}

struct Place {
  double longitude = 0, latitude = 0;  // degrees
};

Place place_of(Vertex v) {
  return {static_cast<double>(v.longitude_e7) / 1e7, static_cast<double>(v.latitude_e7) / 1e7};
}
Place place_of(Point p) {
  return {p.longitude(), p.latitude()};
}

double metres_from_pole(Place p) {
  return (90 - std::fabs(p.latitude)) * greatest_arc_metres;
}

// What the direction and bending of a curve contribute to its second derivative (see above).
struct Bending {
  double across = 1.16;   // times tan(lat) / M
  double along = 0.0103;  // over M
  double curvature = 0;   // geodesic curvature, per metre
};

double deviation(double length, Place a, Place b, Bending bending) {
  const double reach = length / 2 / least_radius;
  const double lat_a = std::fabs(a.latitude) * radians_per_degree;
  const double lat_b = std::fabs(b.latitude) * radians_per_degree;
  const bool same_side = (a.latitude < 0) == (b.latitude < 0);
  const double highest = std::max(lat_a, lat_b) + reach;
  const double lowest = same_side ? std::max(0.0, std::min(lat_a, lat_b) - reach) : 0.0;
  if (highest >= 90 * radians_per_degree * (1 - 1e-14))
    return std::numeric_limits<double>::infinity();
  const double stretch = std::cos(lowest) / std::cos(highest);
  const double second =
      (bending.across * std::tan(highest) * stretch + bending.along) / least_radius +
      bending.curvature * stretch;
  return length * length / 8 * second;
}

bool both_in_polar_cap(double length, Place a, Place b) {
  return length <= 2 * polar_cap && metres_from_pole(a) <= polar_cap &&
         metres_from_pole(b) <= polar_cap;
}

// Cuts the piece from `from` to `to` (parameters) until each part is good; hands on the start of
// each part, but not the start of the whole. A curve says where it is at a parameter, and whether
// a piece of it may stand as a straight one.
template <class Curve, class Emit>
void cut(const Curve& curve, double from, Place a, double to, Place b, const Emit& emit,
         int depth = 0) {
  if (depth == 48 || curve.is_straight_enough(from, a, to, b)) return;
  const double middle = from + (to - from) / 2;
  const Place m = curve.at(middle);
  cut(curve, from, a, middle, m, emit, depth + 1);
  emit(middle, m);
  cut(curve, middle, m, to, b, emit, depth + 1);
}

bool may_stand(double length, Place a, Place b, Bending bending) {
  return both_in_polar_cap(length, a, b) || deviation(length, a, b, bending) <= allowed_deviation;
}

class GeodesicEdge {
 public:
  GeodesicEdge(Place a, Place b)
      : line_(geodesics().InverseLine(a.latitude, a.longitude, b.latitude, b.longitude)) {}
  double length() const { return line_.Distance(); }
  Place at(double s) const {
    Place p;
    line_.Position(s, p.latitude, p.longitude);
    return p;
  }
  double azimuth(double s) const {
    double latitude = 0, longitude = 0, azimuth = 0;
    line_.Position(s, latitude, longitude, azimuth);
    return azimuth;
  }
  Bending bending() const { return {}; }
  bool is_straight_enough(double from, Place a, double to, Place b) const {
    return may_stand(to - from, a, b, bending());
  }

 private:
  GeographicLib::GeodesicLine line_;
};

class RhumbEdge {
 public:
  RhumbEdge(Place a, Place b) : start_(a), end_(b) {
    GeographicLib::Rhumb::WGS84().Inverse(a.latitude, a.longitude, b.latitude, b.longitude, length_,
                                          azimuth_);
    sine_ = std::fabs(std::sin(azimuth_ * radians_per_degree));
    cosine_ = std::fabs(std::cos(azimuth_ * radians_per_degree));
    if (a.latitude == b.latitude) cosine_ = 0;
  }
  double length() const { return length_; }
  Place at(double s) const {
    Place p;
    GeographicLib::Rhumb::WGS84()
        .Line(start_.latitude, start_.longitude, azimuth_)
        .Position(s, p.latitude, p.longitude);
    if (cosine_ == 0) p.latitude = start_.latitude;
    return p;
  }
  double azimuth(double /*s*/) const { return azimuth_; }
  double sine() const { return sine_; }
  Bending bending() const { return {1.01 * sine_ * cosine_, 0.0103 * cosine_ * cosine_, 0}; }
  bool is_straight_enough(double from, Place a, double to, Place b) const {
    return may_stand(to - from, a, b, bending());
  }

 private:
  Place start_, end_;
  double length_ = 0, azimuth_ = 0, sine_ = 0, cosine_ = 0;
};

// Straight in longitude and latitude; the parameter runs from 0 to 1. Only corridors ask for it.
class StraightEdge {
 public:
  StraightEdge(Place a, Place b) : start_(a) {
    double difference = b.longitude - a.longitude;
    if (difference > 180) difference -= 360;
    if (difference < -180) difference += 360;
    across_ = difference;
    up_ = b.latitude - a.latitude;
  }
  Place at(double t) const { return {start_.longitude + t * across_, start_.latitude + t * up_}; }
  double azimuth(double t) const {
    const double sine = std::sin((start_.latitude + t * up_) * radians_per_degree);
    const double cosine = std::cos((start_.latitude + t * up_) * radians_per_degree);
    constexpr double e2 = 0.00669437999014;
    const double meridian_over_normal = (1 - e2) / (1 - e2 * sine * sine);
    return std::atan2(across_ * cosine, up_ * meridian_over_normal) / radians_per_degree;
  }
  bool is_meridian() const { return across_ == 0; }
  // No shorter than the piece from t = from to t = to.
  double length(double from, double to) const {
    const double share = to - from;
    const double lowest = std::min(std::fabs(at(from).latitude), std::fabs(at(to).latitude));
    const bool crosses = (at(from).latitude < 0) != (at(to).latitude < 0);
    const double cosine = crosses ? 1.0 : std::cos(lowest * radians_per_degree);
    return share * std::hypot(across_ * cosine, up_) * greatest_arc_metres;
  }

 private:
  Place start_;
  double across_ = 0, up_ = 0;
};

// --- Rings -------------------------------------------------------------------------------------

std::int64_t rounded_e7(double degrees) {
  return std::llround(degrees * 1e7);
}

// The difference of two longitudes by the shorter way; half a turn goes east.
std::int64_t shorter_way(std::int64_t from, std::int64_t to) {
  std::int64_t difference = (to - from) % full_turn_e7;
  if (difference > half_turn_e7) difference -= full_turn_e7;
  if (difference <= -std::int64_t{half_turn_e7}) difference += full_turn_e7;
  return difference;
}

bool is_pole(Vertex v) {
  return v.latitude_e7 == quarter_turn_e7 || v.latitude_e7 == -quarter_turn_e7;
}

// A ring that is being laid out in unrolled longitudes.
class RingInTheMaking {
 public:
  // To a place given in any turn, by the shorter way.
  void add(Place place) {
    Vertex v{rounded_e7(place.longitude), rounded_e7(place.latitude)};
    if (!ring_.empty()) {
      const Vertex last = ring_.back();
      v.longitude_e7 = last.longitude_e7 + shorter_way(last.longitude_e7, v.longitude_e7);
      if (v == last) return;
    }
    ring_.push_back(v);
  }
  void add_exactly(Vertex v) { ring_.push_back(v); }
  // Takes a sample back that was rounded to the very vertex that comes next.
  void drop_last_if(Vertex next, std::size_t keep) {
    if (ring_.size() > keep && ring_.back() == next) ring_.pop_back();
  }
  std::int64_t last_longitude() const { return ring_.back().longitude_e7; }
  std::size_t size() const { return ring_.size(); }
  Ring take() { return std::move(ring_); }

 private:
  Ring ring_;
};

struct LaidOut {
  Ring ring;
  int turns = 0;  // Eastward turns round the Earth from the last vertex back to the first.
};

// Rings that were sampled and not written: neighbours are close, but for those about a pole.
LaidOut lay_out(const std::vector<Place>& places) {
  RingInTheMaking making;
  for (Place place : places) making.add(place);
  Ring ring = making.take();
  const std::int64_t home =
      ring.back().longitude_e7 + shorter_way(ring.back().longitude_e7, ring.front().longitude_e7);
  const auto turns = static_cast<int>((home - ring.front().longitude_e7) / full_turn_e7);
  // The same place, perhaps a turn further on.
  if (ring.size() > 1 && home == ring.back().longitude_e7 &&
      ring.back().latitude_e7 == ring.front().latitude_e7)
    ring.pop_back();
  return {std::move(ring), turns};
}

enum class Pole : std::uint8_t { south, north };

// From the vertex nearest to the pole a meridian leads there without meeting the ring.
std::size_t nearest_to_pole(const Ring& ring, Pole pole) {
  const auto less_near = [pole](Vertex a, Vertex b) {
    return pole == Pole::north ? a.latitude_e7 < b.latitude_e7 : a.latitude_e7 > b.latitude_e7;
  };
  return static_cast<std::size_t>(std::max_element(ring.begin(), ring.end(), less_near) -
                                  ring.begin());
}

// Whether the meridian from a vertex to the pole meets another ring, in any turn.
bool meridian_meets(Vertex from, Pole pole, const Ring& ring) {
  for (std::size_t i = 0; i < ring.size(); ++i) {
    const Vertex a = ring[i];
    const Vertex b = ring[i + 1 == ring.size() ? 0 : i + 1];
    const std::int64_t span = shorter_way(a.longitude_e7, b.longitude_e7);
    const std::int64_t offset = shorter_way(a.longitude_e7, from.longitude_e7);
    const bool passes =
        span >= 0 ? (offset >= 0 && offset <= span) : (offset <= 0 && offset >= span);
    if (!passes) continue;
    const std::int64_t nearest = pole == Pole::north ? std::max(a.latitude_e7, b.latitude_e7)
                                                     : std::min(a.latitude_e7, b.latitude_e7);
    if (pole == Pole::north ? nearest >= from.latitude_e7 : nearest <= from.latitude_e7)
      return true;
  }
  return false;
}

// Where to cut a ring round a pole open: not across a hole, where that can be helped.
std::size_t seam_of(const Ring& ring, Pole pole, const std::vector<LaidOut>& holes) {
  constexpr std::size_t most_tried = 64;
  const auto crosses_hole = [&](Vertex v) {
    return std::any_of(holes.begin(), holes.end(),
                       [&](const LaidOut& hole) { return meridian_meets(v, pole, hole.ring); });
  };
  const auto meets_itself = [&](std::size_t i) {
    Ring others = ring;  // without the two edges at the vertex itself
    std::rotate(others.begin(), others.begin() + static_cast<std::ptrdiff_t>(i), others.end());
    others.erase(others.begin());
    for (std::size_t k = 0; k + 1 < others.size(); ++k)
      if (meridian_meets(ring[i], pole, Ring{others[k], others[k + 1]})) return true;
    return false;
  };
  const std::size_t best = nearest_to_pole(ring, pole);
  if (!crosses_hole(ring[best])) return best;
  const std::size_t step = std::max<std::size_t>(1, ring.size() / most_tried);
  for (std::size_t i = 0; i < ring.size(); i += step)
    if (!crosses_hole(ring[i]) && !meets_itself(i)) return i;
  return best;
}

// A ring once round the Earth, cut open at a vertex and closed along the parallel of the pole.
Ring closed_at_pole(const Ring& ring, int turns, Pole pole, std::size_t seam) {
  Ring closed(ring.begin() + static_cast<std::ptrdiff_t>(seam), ring.end());
  const std::int64_t turn = turns * full_turn_e7;
  for (std::size_t i = 0; i < seam; ++i)
    closed.push_back({ring[i].longitude_e7 + turn, ring[i].latitude_e7});
  const Vertex first = closed.front();
  const std::int64_t top = pole == Pole::north ? quarter_turn_e7 : -quarter_turn_e7;
  closed.push_back({first.longitude_e7 + turn, first.latitude_e7});
  if (first.latitude_e7 != top) {
    closed.push_back({first.longitude_e7 + turn, top});
    closed.push_back({first.longitude_e7, top});
  }
  return closed;
}

void shift(Ring& ring, std::int64_t turns) {
  for (Vertex& v : ring) v.longitude_e7 += turns * full_turn_e7;
}

struct Extent {
  std::int64_t west, east;
};
Extent extent_of(const Ring& ring) {
  const auto [west, east] = std::minmax_element(
      ring.begin(), ring.end(), [](Vertex a, Vertex b) { return a.longitude_e7 < b.longitude_e7; });
  return {west->longitude_e7, east->longitude_e7};
}

// Into the turn whose westernmost vertex lies from -180 up to, but not including, 180 degrees.
void bring_home(Ring& ring) {
  const std::int64_t west = extent_of(ring).west;
  std::int64_t turns = 0;
  while (west + turns * full_turn_e7 < -std::int64_t{half_turn_e7}) ++turns;
  while (west + turns * full_turn_e7 >= half_turn_e7) --turns;
  shift(ring, turns);
}

// A hole into the turn in which it lies within its outer ring, where there is one.
void bring_inside(Ring& hole, const Ring& outer) {
  bring_home(hole);
  const Extent around = extent_of(outer);
  for (std::int64_t turns : {0, 1, -1, 2}) {
    const Extent extent = extent_of(hole);
    if (extent.west + turns * full_turn_e7 >= around.west &&
        extent.east + turns * full_turn_e7 <= around.east) {
      shift(hole, turns);
      return;
    }
  }
}

Pole pole_of(const Ring& ring) {
  std::int64_t sum = 0;
  for (Vertex v : ring) sum += v.latitude_e7;
  return sum > 0 ? Pole::north : Pole::south;
}

// The pole that lies nearest to the ring.
Pole pole_beside(const Ring& ring) {
  std::int64_t nearest = 0;
  for (Vertex v : ring)
    if (std::abs(v.latitude_e7) > std::abs(nearest)) nearest = v.latitude_e7;
  return nearest > 0 ? Pole::north : Pole::south;
}

Result<Polygon> put_together(LaidOut outer, std::vector<LaidOut> holes, Pole pole) {
  Polygon polygon;
  if (std::abs(outer.turns) > 1)
    return problem("outer ring", "goes round the Earth more than once");
  for (std::size_t i = 0; i < holes.size(); ++i)
    if (holes[i].turns != 0)
      return problem(fmt::format("hole {}", i + 1),
                     "goes round the Earth; write the area as polygons without such a hole");
  if (outer.turns != 0) {
    const std::size_t seam = seam_of(outer.ring, pole, holes);
    outer.ring = closed_at_pole(outer.ring, outer.turns, pole, seam);
  }
  bring_home(outer.ring);
  if (extent_of(outer.ring).east > full_turn_e7 + half_turn_e7)
    return problem("outer ring", "winds round the Earth further than once");
  for (LaidOut& hole : holes) {
    bring_inside(hole.ring, outer.ring);
    polygon.holes.push_back(std::move(hole.ring));
  }
  polygon.outer = std::move(outer.ring);
  return polygon;
}

// --- Edges of written rings --------------------------------------------------------------------

template <class Edge>
void add_pieces(const Edge& edge, Place a, Place b, RingInTheMaking& making) {
  if (!std::isfinite(edge.length())) return;
  cut(edge, 0.0, a, edge.length(), b, [&](double, Place p) { making.add(p); });
}

// All of an edge but its start and its end.
void add_between(Vertex a, Vertex b, EdgeKind kind, RingInTheMaking& making) {
  if (kind == EdgeKind::straight) return;
  if (shorter_way(a.longitude_e7, b.longitude_e7) == 0) return;  // A meridian is straight.
  if (is_pole(a) || is_pole(b)) {
    // From and to a pole both kinds run along the meridian of the other end; the rest of the way
    // lies at the pole itself.
    const Vertex turn =
        is_pole(b) ? Vertex{a.longitude_e7, b.latitude_e7} : Vertex{b.longitude_e7, a.latitude_e7};
    if (!(is_pole(a) && is_pole(b))) making.add(place_of(turn));
    return;
  }
  if (kind == EdgeKind::geodesic)
    add_pieces(GeodesicEdge(place_of(a), place_of(b)), place_of(a), place_of(b), making);
  else
    add_pieces(RhumbEdge(place_of(a), place_of(b)), place_of(a), place_of(b), making);
}

// How far east the next vertex lies, or nothing where both ways are equally short.
std::optional<std::int64_t> way_to(Vertex a, Vertex b, EdgeKind kind) {
  const std::int64_t as_written = b.longitude_e7 - a.longitude_e7;
  if (std::abs(as_written) == full_turn_e7 && is_pole(a) && a.latitude_e7 == b.latitude_e7)
    return as_written;
  const std::int64_t way = shorter_way(a.longitude_e7, b.longitude_e7);
  const bool either_way = way == half_turn_e7;
  const bool no_matter = (is_pole(a) || is_pole(b)) && kind != EdgeKind::straight;
  if (either_way && !no_matter) return std::nullopt;
  return way;
}

Result<LaidOut> lay_out(const Ring& written, EdgeKind kind, const std::string& name) {
  RingInTheMaking making;
  std::int64_t longitude = written.front().longitude_e7;
  for (std::size_t i = 0; i < written.size(); ++i) {
    const Vertex a = written[i];
    const Vertex b = written[i + 1 == written.size() ? 0 : i + 1];
    const auto way = way_to(a, b, kind);
    if (!way)
      return problem(fmt::format("{}, vertex {}", name, i + 1),
                     "the next vertex is exactly 180 degrees of longitude away, so that both ways "
                     "round are equally short; put a vertex between them");
    making.add_exactly({longitude, a.latitude_e7});
    const std::size_t keep = making.size();
    add_between(a, b, kind, making);
    longitude += *way;
    making.drop_last_if({longitude, b.latitude_e7}, keep);
  }
  const std::int64_t turned = longitude - written.front().longitude_e7;
  return LaidOut{making.take(), static_cast<int>(turned / full_turn_e7)};
}

// --- Courses -----------------------------------------------------------------------------------

// The parameter runs from 0 to 1 with the direction from the centre; the distance goes along.
class ArcEdge {
 public:
  ArcEdge(Place centre, double from_azimuth, double turn, double from_radius, double to_radius)
      : centre_(centre),
        azimuth_(from_azimuth),
        turn_(turn),
        radius_(from_radius),
        growth_(to_radius - from_radius) {}
  Place at(double t) const {
    Place p;
    geodesics().Direct(centre_.latitude, centre_.longitude, azimuth_ + t * turn_,
                       radius_ + t * growth_, p.latitude, p.longitude);
    return p;
  }
  // In geodesic polar coordinates, dr^2 + G^2 da^2 with G <= r, a curve whose distance grows by g
  // for each radian has the geodesic curvature G' (G^2 + 2 g^2) / (G^2 + g^2)^(3/2), which is at
  // most 1.0887 G'/G, at G^2 = 2 g^2; and G'/G <= 1/r, as the Earth curves. Its length is at most
  // that in the plane.
  bool is_straight_enough(double from, Place a, double to, Place b) const {
    const double angle = std::fabs(turn_) * (to - from) * radians_per_degree;
    if (angle > 30 * radians_per_degree) return false;
    const double one = radius_ + from * growth_, other = radius_ + to * growth_;
    const double slope = growth_ / (turn_ * radians_per_degree);
    Bending bending;
    bending.curvature = 1.12 / std::min(one, other);
    return may_stand(angle * std::hypot(std::max(one, other), slope), a, b, bending);
  }

 private:
  Place centre_;
  double azimuth_, turn_, radius_, growth_;
};

struct Seen {
  double distance = 0, azimuth = 0;
};

Seen seen_from(Place centre, Place p) {
  Seen seen;
  double back = 0;
  geodesics().Inverse(centre.latitude, centre.longitude, p.latitude, p.longitude, seen.distance,
                      seen.azimuth, back);
  return seen;
}

// All of an arc but its start and its end; what is wrong with it, or "".
std::string add_arc(Vertex a, Vertex b, const Arc& arc, RingInTheMaking& making) {
  const Place centre = place_of(arc.centre);
  const Seen from = seen_from(centre, place_of(a)), to = seen_from(centre, place_of(b));
  for (const double radius : {from.distance, to.distance})
    if (radius < 1 || radius > greatest_radius.in_metres())
      return fmt::format("the arc has an end {} from its centre; expected 1 m to {}",
                         quantities::metres_text(quantities::metres(radius)),
                         quantities::metres_text(greatest_radius));
  double turn = to.azimuth - from.azimuth;
  if (std::fabs(std::remainder(turn, 360)) < 1e-9)
    return "the arc ends in the direction in which it begins, so that it is nothing or a whole "
           "turn";
  if (arc.clockwise && turn < 0) turn += 360;
  if (!arc.clockwise && turn > 0) turn -= 360;
  const ArcEdge edge(centre, from.azimuth, turn, from.distance, to.distance);
  cut(edge, 0.0, place_of(a), 1.0, place_of(b), [&](double, Place p) { making.add(p); });
  return "";
}

Result<LaidOut> lay_out(const Course& course, const std::string& name) {
  RingInTheMaking making;
  const Vertex home = course.front().from;
  std::int64_t longitude = home.longitude_e7;
  for (std::size_t i = 0; i < course.size(); ++i) {
    const Stretch& stretch = course[i];
    const Vertex a = stretch.from;
    const Vertex b = course[i + 1 == course.size() ? 0 : i + 1].from;
    const auto trouble = [&](std::string message) {
      return problem(fmt::format("{}, vertex {}", name, i + 1), std::move(message));
    };
    making.add_exactly({longitude, a.latitude_e7});
    const std::size_t keep = making.size();
    if (stretch.arc) {
      if (std::string wrong = add_arc(a, b, *stretch.arc, making); !wrong.empty())
        return trouble(std::move(wrong));
      longitude = making.last_longitude() + shorter_way(making.last_longitude(), b.longitude_e7);
    } else {
      const auto way = way_to(a, b, stretch.kind);
      if (!way)
        return trouble(
            "the next vertex is exactly 180 degrees of longitude away, so that both ways round "
            "are equally short; put a vertex between them");
      add_between(a, b, stretch.kind, making);
      longitude += *way;
    }
    making.drop_last_if({longitude, b.latitude_e7}, keep);
  }
  const std::int64_t turned = longitude - home.longitude_e7;
  LaidOut laid_out{making.take(), static_cast<int>(turned / full_turn_e7)};
  if (laid_out.ring.size() < 3) return problem(name, "has fewer than three vertices");
  return laid_out;
}

// --- Circles -----------------------------------------------------------------------------------

// The parameter is the azimuth from the centre, in degrees.
class CircleEdge {
 public:
  CircleEdge(Place centre, double radius) : centre_(centre), radius_(radius) {}
  Place at(double azimuth) const {
    Place p;
    geodesics().Direct(centre_.latitude, centre_.longitude, azimuth, radius_, p.latitude,
                       p.longitude);
    return p;
  }
  bool is_straight_enough(double from, Place a, double to, Place b) const {
    if (to - from > 30) return false;
    // Two places on the circle are no further apart than on a circle in the plane, as the Earth
    // curves; and the circle bends no more than one in the plane does.
    const double length = radius_ * (to - from) * radians_per_degree;
    Bending bending;
    bending.curvature = 1.02 / radius_;
    return may_stand(length, a, b, bending);
  }

 private:
  Place centre_;
  double radius_;
};

bool is_allowed_radius(Length radius) {
  return radius >= quantities::metres(1) && radius <= greatest_radius;
}

// --- Corridors ---------------------------------------------------------------------------------

// One side of a leg: the places at right angles to it at a distance. `Leg` answers at(t),
// azimuth(t), length(from, to) and curvature(a, b, length), the greatest geodesic curvature.
template <class Leg>
class SideEdge {
 public:
  SideEdge(const Leg& leg, double distance, double turn)
      : leg_(leg), distance_(distance), turn_(turn) {}
  Place at(double t) const {
    const Place p = leg_.at(t);
    Place q;
    geodesics().Direct(p.latitude, p.longitude, leg_.azimuth(t) + turn_, distance_, q.latitude,
                       q.longitude);
    return q;
  }
  bool is_straight_enough(double from, Place a, double to, Place b) const {
    const double on_leg = leg_.length(from, to);
    const double leg_bends = leg_.curvature(from, to);
    // On a sphere of radius R, a curve at a distance d from one of geodesic curvature k has the
    // curvature (k + tan(d/R)/R) / (1 - k R tan(d/R)), or less on its other side.
    const double tangent = std::tan(distance_ / least_radius);
    const double closeness = leg_bends * least_radius * tangent;
    if (!(closeness < 0.75)) return both_in_polar_cap(on_leg, a, b);
    const double length = on_leg * (1 + distance_ * leg_bends);
    Bending bending;
    bending.curvature = 1.02 * (leg_bends + tangent / least_radius) / (1 - closeness);
    return may_stand(length, a, b, bending);
  }

 private:
  const Leg& leg_;
  double distance_, turn_;
};

double curvature_at_most(Place a, Place b, double length, double factor) {
  if (factor < 1e-12) return 0;  // A meridian.
  const double reach = length / 2 / least_radius;
  const double highest =
      std::max(std::fabs(a.latitude), std::fabs(b.latitude)) * radians_per_degree + reach;
  if (highest >= 90 * radians_per_degree * (1 - 1e-14))
    return std::numeric_limits<double>::infinity();
  return factor * std::tan(highest) / least_radius;
}

struct GeodesicLeg : GeodesicEdge {
  using GeodesicEdge::GeodesicEdge;
  static double length(double from, double to) { return to - from; }
  static double curvature(double, double) { return 0; }
  double end() const { return GeodesicEdge::length(); }
};
struct RhumbLeg : RhumbEdge {
  using RhumbEdge::RhumbEdge;
  static double length(double from, double to) { return to - from; }
  // A rhumb line turns against the geodesic by sin a tan(lat) / N.
  double curvature(double from, double to) const {
    return curvature_at_most(at(from), at(to), to - from, 1.01 * sine());
  }
  double end() const { return RhumbEdge::length(); }
};
struct StraightLeg : StraightEdge {
  using StraightEdge::StraightEdge;
  // The part of the second derivative above that lies across: sin a (1 + cos^2 a) tan(lat) <= 1.09.
  double curvature(double from, double to) const {
    if (is_meridian()) return 0;
    return curvature_at_most(at(from), at(to), length(from, to), 1.10);
  }
  static double end() { return 1; }
};

template <class Leg>
void add_side(const Leg& leg, double distance, double turn, std::vector<Place>& places) {
  const SideEdge side(leg, distance, turn);
  const Place a = side.at(0), b = side.at(leg.end());
  places.push_back(a);
  cut(side, 0.0, a, leg.end(), b, [&](double, Place p) { places.push_back(p); });
  places.push_back(b);
}

// From the last place on, by geodesics.
void add_way(Place through, std::vector<Place>& places) {
  const Place from = places.back();
  const GeodesicEdge edge(from, through);
  cut(edge, 0.0, from, edge.length(), through, [&](double, Place p) { places.push_back(p); });
  places.push_back(through);
}

template <class Leg>
bool bends_too_much(const Leg& leg, double distance) {
  constexpr int parts = 64;
  for (int i = 0; i < parts; ++i)
    if (leg.curvature(leg.end() * i / parts, leg.end() * (i + 1) / parts) * distance > 0.5)
      return true;
  return false;
}

template <class Leg>
Result<Polygon> leg_polygon(const Leg& leg, double distance, const std::string& name) {
  if (bends_too_much(leg, distance))
    return problem(name,
                   "the leg curves too much for so wide a corridor, near a pole; use geodesic "
                   "edges");
  std::vector<Place> places;
  add_side(leg, distance, 90, places);
  std::vector<Place> left;
  add_side(leg, distance, -90, left);
  std::reverse(left.begin(), left.end());
  const Place start = leg.at(0), end = leg.at(leg.end());
  const Place first = places.front();
  add_way(end, places);
  add_way(left.front(), places);
  places.insert(places.end(), left.begin(), left.end());
  add_way(start, places);
  add_way(first, places);
  LaidOut ring = lay_out(places);
  const Pole pole = pole_beside(ring.ring);
  return put_together(std::move(ring), {}, pole);
}

Result<Polygon> leg_polygon(Place a, Place b, EdgeKind kind, double distance,
                            const std::string& name) {
  // From and to a pole a rhumb line is a meridian, as a geodesic is.
  if (kind == EdgeKind::rhumb && (std::fabs(a.latitude) == 90 || std::fabs(b.latitude) == 90))
    kind = EdgeKind::geodesic;
  switch (kind) {
    case EdgeKind::straight: return leg_polygon(StraightLeg(a, b), distance, name);
    case EdgeKind::geodesic: return leg_polygon(GeodesicLeg(a, b), distance, name);
    case EdgeKind::rhumb: return leg_polygon(RhumbLeg(a, b), distance, name);
  }
  CHECK(false);
}

}  // namespace

std::string_view to_string(EdgeKind kind) {
  switch (kind) {
    case EdgeKind::straight: return "straight";
    case EdgeKind::geodesic: return "geodesic";
    case EdgeKind::rhumb: return "rhumb";
  }
  return "?";
}

Result<Polygon> drawn(const Polygon& written, EdgeKind kind) {
  if (written.outer.size() < 3) return problem("outer ring", "has fewer than three vertices");
  auto outer = lay_out(written.outer, kind, "outer ring");
  if (!outer) return std::unexpected(outer.error());
  std::vector<LaidOut> holes;
  for (std::size_t i = 0; i < written.holes.size(); ++i) {
    const std::string name = fmt::format("hole {}", i + 1);
    if (written.holes[i].size() < 3) return problem(name, "has fewer than three vertices");
    auto hole = lay_out(written.holes[i], kind, name);
    if (!hole) return std::unexpected(hole.error());
    holes.push_back(std::move(*hole));
  }
  return put_together(std::move(*outer), std::move(holes), pole_of(written.outer));
}

Result<Polygon> drawn(const Course& outer, const std::vector<Course>& holes) {
  if (outer.size() < 2) return problem("outer ring", "has fewer than two vertices");
  auto ring = lay_out(outer, "outer ring");
  if (!ring) return std::unexpected(ring.error());
  std::vector<LaidOut> laid_out;
  for (std::size_t i = 0; i < holes.size(); ++i) {
    const std::string name = fmt::format("hole {}", i + 1);
    if (holes[i].size() < 2) return problem(name, "has fewer than two vertices");
    auto hole = lay_out(holes[i], name);
    if (!hole) return std::unexpected(hole.error());
    laid_out.push_back(std::move(*hole));
  }
  const Pole pole = pole_of(ring->ring);
  return put_together(std::move(*ring), std::move(laid_out), pole);
}

Length distance(Point a, Point b) {
  return quantities::metres(seen_from(place_of(a), place_of(b)).distance);
}

Point place_at(Point from, Length distance, double bearing_degrees) {
  Place p;
  geodesics().Direct(from.latitude(), from.longitude(), bearing_degrees, distance.in_metres(),
                     p.latitude, p.longitude);
  const auto point = quantities::point_from_degrees(p.longitude, p.latitude);
  CHECK(point.has_value());
  return *point;
}

Result<Polygon> circle(Point centre, Length radius) {
  if (!is_allowed_radius(radius))
    return problem("circle", fmt::format("a radius of {} is not between 1 m and {}",
                                         quantities::metres_text(radius),
                                         quantities::metres_text(greatest_radius)));
  const CircleEdge edge(place_of(centre), radius.in_metres());
  std::vector<Place> places;
  // Anticlockwise, as outer rings run.
  Place first = edge.at(0);
  places.push_back(first);
  cut(edge, 0.0, first, 360.0, first, [&](double, Place p) { places.push_back(p); });
  std::reverse(places.begin(), places.end());
  return put_together(lay_out(places), {}, centre.latitude_e7 >= 0 ? Pole::north : Pole::south);
}

Result<Outline> corridor(const std::vector<Point>& line, Length half_width, EdgeKind kind) {
  if (line.size() < 2) return problem("corridor", "has fewer than two vertices");
  if (!is_allowed_radius(half_width))
    return problem("corridor", fmt::format("half a width of {} is not between 1 m and {}",
                                           quantities::metres_text(half_width),
                                           quantities::metres_text(greatest_radius)));
  Outline outline;
  for (std::size_t i = 0; i + 1 < line.size(); ++i) {
    const std::string name = fmt::format("vertex {}", i + 1);
    const Vertex a{line[i].longitude_e7, line[i].latitude_e7};
    const Vertex b{line[i + 1].longitude_e7, line[i + 1].latitude_e7};
    if (a == b) return problem(name, "is repeated by the next one");
    if (!way_to(a, b, kind))
      return problem(name, "the next vertex is exactly 180 degrees of longitude away");
    auto leg = leg_polygon(place_of(a), place_of(b), kind, half_width.in_metres(), name);
    if (!leg) return std::unexpected(leg.error());
    outline.polygons.push_back(std::move(*leg));
  }
  for (Point vertex : line) {
    auto disc = circle(vertex, half_width);
    if (!disc) return std::unexpected(disc.error());
    outline.polygons.push_back(std::move(*disc));
  }
  return outline;
}

}  // namespace truce::areas
