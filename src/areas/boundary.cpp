#include "areas/boundary.h"

#include <algorithm>
#include <cmath>

namespace truce::areas {

namespace {

constexpr double nearest_told_apart = 0.02;  // metres

// A bound on the length of a straight line in longitude and latitude.
double length_bound(double lon1, double lat1, double lon2, double lat2) {
  const double low = std::min(std::abs(lat1), std::abs(lat2));
  const bool crosses_equator = (lat1 < 0) != (lat2 < 0);
  const double cosine = crosses_equator ? 1.0 : sine_cosine_e7(low).cosine;
  const double north = greatest_meridian_radius * (lat2 - lat1) * radians_per_e7;
  const double east = greatest_meridian_radius * cosine * (lon2 - lon1) * radians_per_e7;
  return std::sqrt(north * north + east * east) * (1 + 1e-9) + 1e-6;
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
}  // namespace

ReachBox box_around(const Edge& edge) {
  const auto [west, east] = std::minmax(edge.a.longitude_e7, edge.b.longitude_e7);
  const auto [south, north] = std::minmax(edge.a.latitude_e7, edge.b.latitude_e7);
  return {static_cast<double>(west), static_cast<double>(south), static_cast<double>(east),
          static_cast<double>(north)};
}

void Boundary::add(const Edge& edge, std::uint32_t number, double from, double until) {
  const auto ax = static_cast<double>(edge.a.longitude_e7);
  const auto ay = static_cast<double>(edge.a.latitude_e7);
  const auto bx = static_cast<double>(edge.b.longitude_e7);
  const auto by = static_cast<double>(edge.b.latitude_e7);
  const double x0 = ax + from * (bx - ax), y0 = ay + from * (by - ay);
  const double x1 = ax + until * (bx - ax), y1 = ay + until * (by - ay);
  stretches_.push_back({number, from, until});
  pieces_.push_back({x0, y0, x1, y1, length_bound(x0, y0, x1, y1)});
  const auto [west, east] = std::minmax(x0, x1);
  const auto [south, north] = std::minmax(y0, y1);
  boxes_.push_back({west, south, east, north});
}

void Boundary::make_ready() {
  place_parts();
  grid_ = BoxGrid(boxes_);
}

Vector Boundary::place_on(const Piece& piece, double share) {
  return place_e7(piece.longitude1 + share * (piece.longitude2 - piece.longitude1),
                  piece.latitude1 + share * (piece.latitude2 - piece.latitude1));
}

// The same places are asked for again and again, each time with two sines and cosines. They are
// kept, so closely that between two of them a straight line through space does.
void Boundary::place_parts() {
  for (Piece& piece : pieces_)
    if (!place_parts(piece)) return;
}

// False where there is no room for more.
bool Boundary::place_parts(Piece& piece) {
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
bool Boundary::halve(const Piece& piece, const Look& look, const Part& part) const {
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

bool Boundary::is_any_in(const ReachBox& box) const {
  return !each_piece(box, [](std::uint32_t) { return false; });
}

Contact Boundary::contact(const Reach& reach) const {
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
             [&](std::uint32_t i) { return halve(pieces_[i], look, part_of(pieces_[i].bulge)); });
  return found;
}
double Boundary::distance(Point point, double limit) const {
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
  const auto look = [&](std::uint32_t i) {
    const Piece& piece = pieces_[i];
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

}  // namespace truce::areas
