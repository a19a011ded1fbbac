#include "areas/edges.h"

#include <gtest/gtest.h>

#include <GeographicLib/Geodesic.hpp>
#include <GeographicLib/GeodesicLine.hpp>
#include <GeographicLib/Rhumb.hpp>
#include <algorithm>
#include <cmath>
#include <random>

namespace truce::areas {
namespace {

using GeographicLib::Geodesic;
using GeographicLib::Rhumb;
using quantities::kilometres;
using quantities::Length;
using quantities::metres;

constexpr double one_metre = 1.0;

Vertex at(double longitude, double latitude) {
  return {std::llround(longitude * 1e7), std::llround(latitude * 1e7)};
}
Point point(double longitude, double latitude) {
  return *quantities::point_from_degrees(longitude, latitude);
}

struct Degrees {
  double longitude, latitude;
};
Degrees degrees(Vertex v) {
  return {static_cast<double>(v.longitude_e7) / 1e7, static_cast<double>(v.latitude_e7) / 1e7};
}
Degrees between(Vertex a, Vertex b, double share) {
  const Degrees p = degrees(a), q = degrees(b);
  return {p.longitude + share * (q.longitude - p.longitude),
          p.latitude + share * (q.latitude - p.latitude)};
}

double distance(Degrees a, Degrees b) {
  double metres_apart = 0;
  Geodesic::WGS84().Inverse(a.latitude, a.longitude, b.latitude, b.longitude, metres_apart);
  return metres_apart;
}

// The least value of a function with one valley.
template <class Function>
double valley(double low, double high, Function f) {
  const double ratio = (std::sqrt(5.0) - 1) / 2;
  double a = high - ratio * (high - low), b = low + ratio * (high - low);
  double fa = f(a), fb = f(b);
  for (int i = 0; i < 60 && high - low > 1e-3; ++i) {
    if (fa < fb) {
      high = b, b = a, fb = fa;
      a = high - ratio * (high - low), fa = f(a);
    } else {
      low = a, a = b, fa = fb;
      b = low + ratio * (high - low), fb = f(b);
    }
  }
  return std::min(fa, fb);
}

struct GeodesicCurve {
  GeodesicCurve(Degrees a, Degrees b)
      : start(a),
        line(Geodesic::WGS84().InverseLine(a.latitude, a.longitude, b.latitude, b.longitude)) {}
  Degrees start;
  GeographicLib::GeodesicLine line;
  Degrees at(double s) const {
    Degrees p{};
    line.Position(s, p.latitude, p.longitude);
    return p;
  }
  double way_to(Degrees p) const { return distance(start, p); }
};

struct RhumbCurve {
  RhumbCurve(Degrees a, Degrees b) : start(a) {
    double length = 0;
    Rhumb::WGS84().Inverse(a.latitude, a.longitude, b.latitude, b.longitude, length, azimuth);
  }
  Degrees start;
  double azimuth = 0;
  Degrees at(double s) const {
    Degrees p{};
    Rhumb::WGS84().Direct(start.latitude, start.longitude, azimuth, s, p.latitude, p.longitude);
    return p;
  }
  double way_to(Degrees p) const {
    double length = 0, unused = 0;
    Rhumb::WGS84().Inverse(start.latitude, start.longitude, p.latitude, p.longitude, length,
                           unused);
    return length;
  }
};

// The greatest distance of a place on the straight pieces from the curve.
template <class Curve>
double greatest_deviation(const Curve& curve, const std::vector<Vertex>& pieces) {
  double greatest = 0;
  const std::size_t step = std::max<std::size_t>(1, pieces.size() / 60);
  for (std::size_t i = 0; i + 1 < pieces.size(); i += step) {
    const double from = curve.way_to(degrees(pieces[i]));
    const double to = curve.way_to(degrees(pieces[i + 1]));
    for (double share : {0.1, 0.25, 0.5, 0.75, 0.9}) {
      const Degrees q = between(pieces[i], pieces[i + 1], share);
      greatest =
          std::max(greatest, valley(from, to, [&](double s) { return distance(curve.at(s), q); }));
    }
  }
  return greatest;
}

// The pieces of the first edge of a ring, both ends included.
std::vector<Vertex> first_edge(const Ring& ring, Vertex end) {
  std::vector<Vertex> pieces;
  for (Vertex v : ring) {
    pieces.push_back(v);
    if (v.latitude_e7 == end.latitude_e7 &&
        (v.longitude_e7 - end.longitude_e7) % quantities::full_turn_e7 == 0)
      return pieces;
  }
  ADD_FAILURE() << "the edge does not end at its vertex";
  return pieces;
}

// A thin triangle whose first edge runs from a to b.
Polygon triangle(Vertex a, Vertex b) {
  return {{a, b, {b.longitude_e7, b.latitude_e7 > 0 ? b.latitude_e7 - 10 : b.latitude_e7 + 10}},
          {}};
}

TEST(Drawn, KeepsRandomLongEdgesWithinAMetreAtAllLatitudes) {
  std::mt19937_64 random(7);
  std::uniform_real_distribution<double> share(0, 1);
  double greatest_geodesic = 0, greatest_rhumb = 0;
  for (int i = 0; i < 60; ++i) {
    // A third of them very near to a pole.
    const auto latitude = [&] {
      const double any = share(random) * 179.98 - 89.99;
      return i % 3 == 0 ? std::copysign(89.9 + 0.0999 * share(random), any) : any;
    };
    const Vertex a = at(share(random) * 360 - 180, latitude());
    double longitude = degrees(a).longitude + (share(random) - 0.5) * (i % 2 == 0 ? 340 : 20);
    longitude = std::remainder(longitude, 360);
    const Vertex b = at(longitude, latitude());
    SCOPED_TRACE(testing::Message() << degrees(a).longitude << " " << degrees(a).latitude << " to "
                                    << degrees(b).longitude << " " << degrees(b).latitude);
    const auto geodesic = drawn(triangle(a, b), EdgeKind::geodesic);
    ASSERT_TRUE(geodesic) << geodesic.error().message;
    const double off =
        greatest_deviation(GeodesicCurve(degrees(a), degrees(b)), first_edge(geodesic->outer, b));
    EXPECT_LE(off, one_metre);
    greatest_geodesic = std::max(greatest_geodesic, off);
    const auto rhumb = drawn(triangle(a, b), EdgeKind::rhumb);
    ASSERT_TRUE(rhumb) << rhumb.error().message;
    const double rhumb_off =
        greatest_deviation(RhumbCurve(degrees(a), degrees(b)), first_edge(rhumb->outer, b));
    EXPECT_LE(rhumb_off, one_metre);
    greatest_rhumb = std::max(greatest_rhumb, rhumb_off);
  }
  // The bound is not idle either: pieces are not cut a hundred times finer than they need be.
  EXPECT_GT(greatest_geodesic, 0.2);
  EXPECT_GT(greatest_rhumb, 0.1);
  RecordProperty("greatest_deviation_geodesic_mm", static_cast<int>(greatest_geodesic * 1000));
  RecordProperty("greatest_deviation_rhumb_mm", static_cast<int>(greatest_rhumb * 1000));
}

// "North of the 36th parallel", 630 km wide: the reading of its edge moves it by 5.7 km.
TEST(Drawn, ReadsAZoneNorthOfAParallelAsItsEdgesSay) {
  double end_longitude = 0, unused = 0;
  Rhumb::WGS84().Direct(36, 40, 90, 630'000, unused, end_longitude);
  const Vertex west = at(40, 36), east = at(end_longitude, 36);
  const Polygon written{{west, east, at(end_longitude, 38), at(40, 38)}, {}};
  const auto straight = drawn(written, EdgeKind::straight);
  const auto rhumb = drawn(written, EdgeKind::rhumb);
  const auto geodesic = drawn(written, EdgeKind::geodesic);
  ASSERT_TRUE(straight && rhumb && geodesic);
  EXPECT_EQ(straight->outer, written.outer);
  EXPECT_EQ(rhumb->outer, written.outer) << "a parallel is a rhumb line, and straight";
  const auto northernmost = std::max_element(
      geodesic->outer.begin(), std::find(geodesic->outer.begin(), geodesic->outer.end(), east),
      [](Vertex a, Vertex b) { return a.latitude_e7 < b.latitude_e7; });
  const Degrees top = degrees(*northernmost);
  EXPECT_NEAR(distance(top, {top.longitude, 36}) / 1000, 5.7, 0.05);
  // A place 3 km north of the parallel half way along is inside by one reading only.
  const Point place = point(top.longitude, 36.027);
  EXPECT_EQ(side_of({{*straight}}, place), Side::inside);
  EXPECT_EQ(side_of({{*geodesic}}, place), Side::outside);
}

TEST(Drawn, UnrollsRingsAcrossTheAntimeridian) {
  const Polygon written{{at(170, -10), at(-170, -10), at(-170, 10), at(170, 10)}, {}};
  for (EdgeKind kind : {EdgeKind::straight, EdgeKind::geodesic, EdgeKind::rhumb}) {
    SCOPED_TRACE(to_string(kind));
    const auto polygon = drawn(written, kind);
    ASSERT_TRUE(polygon);
    const Outline outline{{*polygon}};
    EXPECT_EQ(box_of(outline).low.longitude_e7, 1'700'000'000);
    EXPECT_EQ(box_of(outline).high.longitude_e7, 1'900'000'000);
    EXPECT_EQ(side_of(outline, point(180, 0)), Side::inside);
    EXPECT_EQ(side_of(outline, point(-175, 5)), Side::inside);
    EXPECT_EQ(side_of(outline, point(0, 0)), Side::outside);
  }
}

TEST(Drawn, PutsAHoleIntoTheTurnOfItsRing) {
  const Polygon written{{at(170, -10), at(-170, -10), at(-170, 10), at(170, 10)},
                        {{at(-178, -1), at(-176, -1), at(-176, 1), at(-178, 1)}}};
  const auto polygon = drawn(written, EdgeKind::straight);
  ASSERT_TRUE(polygon);
  EXPECT_EQ(side_of({{*polygon}}, point(-177, 0)), Side::outside);
  EXPECT_EQ(side_of({{*polygon}}, point(-179, 0)), Side::inside);
}

TEST(Drawn, ClosesARingRoundAPole) {
  const Ring north{at(-120, 60), at(0, 70), at(120, 60)};
  const Ring south{at(120, -60), at(0, -70), at(-120, -60)};
  for (EdgeKind kind : {EdgeKind::straight, EdgeKind::geodesic, EdgeKind::rhumb}) {
    SCOPED_TRACE(to_string(kind));
    const auto polygon = drawn({north, {}}, kind);
    ASSERT_TRUE(polygon);
    for (double longitude : {-180.0, -119.0, -1.0, 0.0, 1.0, 90.0, 179.0, 180.0}) {
      EXPECT_EQ(side_of({{*polygon}}, point(longitude, 89)) == Side::outside, false) << longitude;
      EXPECT_EQ(side_of({{*polygon}}, point(longitude, 20)), Side::outside) << longitude;
    }
    EXPECT_EQ(side_of({{*polygon}}, point(77, 90)), Side::boundary);
    const auto mirrored = drawn({south, {}}, kind);
    ASSERT_TRUE(mirrored);
    EXPECT_NE(side_of({{*mirrored}}, point(45, -89)), Side::outside);
    EXPECT_EQ(side_of({{*mirrored}}, point(45, 89)), Side::outside);
  }
}

// The seam of a ring round a pole goes past a hole, not through it.
TEST(Drawn, CutsARingRoundAPoleOpenBesideItsHoles) {
  const Polygon written{{at(-120, 60), at(0, 70), at(120, 60)},
                        {{at(-5, 80), at(5, 80), at(5, 82), at(-5, 82)}}};
  const auto polygon = drawn(written, EdgeKind::straight);
  ASSERT_TRUE(polygon);
  EXPECT_EQ(side_of({{*polygon}}, point(-2, 81)), Side::outside);
  EXPECT_EQ(side_of({{*polygon}}, point(2, 81)), Side::outside);
  EXPECT_EQ(side_of({{*polygon}}, point(2, 83)), Side::inside);
}

TEST(Drawn, TakesAPoleItselfAsAVertex) {
  const Polygon sector{{at(20, 70), at(60, 70), at(40, 90)}, {}};
  for (EdgeKind kind : {EdgeKind::geodesic, EdgeKind::rhumb}) {
    SCOPED_TRACE(to_string(kind));
    const auto polygon = drawn(sector, kind);
    ASSERT_TRUE(polygon);
    EXPECT_EQ(side_of({{*polygon}}, point(21, 89.999)), Side::inside);
    EXPECT_EQ(side_of({{*polygon}}, point(59, 89.999)), Side::inside);
    EXPECT_EQ(side_of({{*polygon}}, point(61, 89.999)), Side::outside);
  }
}

// Antarctica as map makers write it, with an edge along the parallel of the pole.
TEST(Drawn, TakesAnEdgeAlongAPoleAsItStands) {
  const Ring written{at(-180, -90), at(180, -90), at(180, -70),
                     at(60, -65),   at(-60, -65), at(-180, -70)};
  const auto polygon = drawn({written, {}}, EdgeKind::straight);
  ASSERT_TRUE(polygon);
  EXPECT_EQ(side_of({{*polygon}}, point(10, -80)), Side::inside);
  EXPECT_EQ(side_of({{*polygon}}, point(10, -60)), Side::outside);
}

TEST(Drawn, RefusesWhatHasTwoReadings) {
  const struct {
    const char* name;
    Polygon polygon;
    const char* where;
    const char* message;
  } cases[] = {
      {"half a turn",
       {{at(-90, 0), at(90, 0), at(0, 20)}, {}},
       "outer ring, vertex 1",
       "exactly 180 degrees"},
      {"too few", {{at(0, 0), at(1, 1)}, {}}, "outer ring", "fewer than three"},
      {"hole too few", {{at(0, 0), at(9, 0), at(0, 9)}, {{at(1, 1)}}}, "hole 1", "fewer"},
      {"hole round a pole",
       {{at(-120, 60), at(0, 60), at(120, 60)}, {{at(-120, 70), at(0, 70), at(120, 70)}}},
       "hole 1",
       "goes round the Earth"},
      {"twice round",
       {{at(0, 60), at(120, 60), at(-120, 60), at(0, 70), at(120, 70), at(-120, 70)}, {}},
       "outer ring",
       "more than once"},
  };
  for (const auto& c : cases) {
    SCOPED_TRACE(c.name);
    const auto polygon = drawn(c.polygon, EdgeKind::straight);
    ASSERT_FALSE(polygon);
    EXPECT_EQ(polygon.error().where, c.where);
    EXPECT_NE(polygon.error().message.find(c.message), std::string::npos)
        << polygon.error().message;
  }
}

TEST(Circle, IsAsWideAsItSaysWithinAMetre) {
  const struct {
    double longitude, latitude, kilometres;
  } cases[] = {{36.63, 35.93, 12}, {0, 0, 500},      {180, 10, 300}, {-179.99, 52, 5},
               {25, 89.95, 3},     {25, 89.95, 20},  {10, 90, 40},   {10, -89.9999, 0.5},
               {30, 70, 2500},     {0, 0.001, 5000}, {5, 45, 0.001}, {77, -60, 3400}};
  for (const auto& c : cases) {
    SCOPED_TRACE(testing::Message() << c.longitude << " " << c.latitude << " " << c.kilometres);
    const Degrees centre{c.longitude, c.latitude};
    const auto disc = circle(point(c.longitude, c.latitude), kilometres(c.kilometres));
    ASSERT_TRUE(disc) << disc.error().message;
    double greatest = 0;
    const Ring& ring = disc->outer;
    for (std::size_t i = 0; i < ring.size(); ++i) {
      const Vertex a = ring[i], b = ring[(i + 1) % ring.size()];
      const bool seam =
          std::abs(a.latitude_e7) == 900'000'000 || std::abs(b.latitude_e7) == 900'000'000;
      if (seam) continue;
      for (double share : {0.0, 0.3, 0.5, 0.8})
        greatest = std::max(
            greatest, std::fabs(distance(centre, between(a, b, share)) - c.kilometres * 1000));
    }
    EXPECT_LE(greatest, one_metre);
  }
}

// Compared with the distance itself, wherever that is not within a metre of the rim.
TEST(Circle, HoldsWhatIsNearEnough) {
  std::mt19937_64 random(11);
  std::uniform_real_distribution<double> share(0, 1);
  for (int i = 0; i < 60; ++i) {
    const double latitude = i % 4 == 0 ? 89.9 + share(random) * 0.1 : share(random) * 180 - 90;
    const Degrees centre{share(random) * 360 - 180, latitude};
    const double radius = std::exp(share(random) * 14 + 1);  // 3 m to 3,300 km
    const Point middle = point(centre.longitude, centre.latitude);
    const auto disc = circle(middle, metres(radius));
    ASSERT_TRUE(disc);
    const Outline outline{{*disc}};
    for (int k = 0; k < 40; ++k) {
      Degrees p{};
      const double aim =
          k % 2 == 0 ? radius * 2 * share(random) : radius + (share(random) - .5) * 8;
      Geodesic::WGS84().Direct(centre.latitude, centre.longitude, share(random) * 360,
                               std::max(0.0, aim), p.latitude, p.longitude);
      const Point place = point(p.longitude, p.latitude);
      const double away =
          distance({middle.longitude(), middle.latitude()}, {place.longitude(), place.latitude()});
      if (std::fabs(away - metres(radius).in_metres()) <= one_metre) continue;
      EXPECT_EQ(side_of(outline, place) != Side::outside, away < radius)
          << centre.longitude << " " << centre.latitude << " radius " << radius << " place "
          << p.longitude << " " << p.latitude << " away " << away;
    }
  }
}

TEST(Circle, RefusesRadiiItCannotDraw) {
  EXPECT_FALSE(circle(point(0, 0), metres(0.5)));
  EXPECT_FALSE(circle(point(0, 0), kilometres(5'001)));
  EXPECT_FALSE(circle(point(0, 0), -metres(5)));
}

// The distance from a place to a leg, by search along it.
template <class Curve>
double distance_to(const Curve& curve, double length, Degrees p) {
  double best = 1e18;
  constexpr int parts = 40;
  for (int i = 0; i < parts; ++i)
    best = std::min(best, valley(length * i / parts, length * (i + 1) / parts,
                                 [&](double s) { return distance(curve.at(s), p); }));
  return std::min({best, distance(curve.at(0), p), distance(curve.at(length), p)});
}

template <class Curve>
void compare_corridors(EdgeKind kind, unsigned seed, double most_latitude, double most_width) {
  std::mt19937_64 random(seed);
  std::uniform_real_distribution<double> share(0, 1);
  for (int i = 0; i < 14; ++i) {
    const double latitude = (share(random) * 2 - 1) * most_latitude;
    const Degrees a{share(random) * 360 - 180, latitude};
    const Degrees b{
        std::remainder(a.longitude + (share(random) - 0.5) * 30, 360),
        std::clamp(latitude + (share(random) - 0.5) * 20, -most_latitude, most_latitude)};
    const Point from = point(a.longitude, a.latitude), to = point(b.longitude, b.latitude);
    const double half_width = std::exp(share(random) * std::log(most_width / 10)) * 10;
    const auto road = corridor({from, to}, metres(half_width), kind);
    ASSERT_TRUE(road) << road.error().where << road.error().message;
    const Curve curve({from.longitude(), from.latitude()}, {to.longitude(), to.latitude()});
    const double length = curve.way_to({to.longitude(), to.latitude()});
    for (int k = 0; k < 20; ++k) {
      const Degrees on = curve.at(length * share(random));
      Degrees p{};
      const double aim =
          k % 2 == 0 ? half_width * 2 * share(random) : half_width + (share(random) - 0.5) * 8;
      Geodesic::WGS84().Direct(on.latitude, on.longitude, share(random) * 360, std::fabs(aim),
                               p.latitude, p.longitude);
      const Point place = point(p.longitude, p.latitude);
      const double away = distance_to(curve, length, {place.longitude(), place.latitude()});
      if (std::fabs(away - half_width) <= one_metre) continue;
      EXPECT_EQ(side_of(*road, place) != Side::outside, away < half_width)
          << to_string(kind) << " from " << a.longitude << " " << a.latitude << " to "
          << b.longitude << " " << b.latitude << " half width " << half_width << " away " << away;
    }
  }
}

TEST(Corridor, HoldsWhatIsNearEnoughToItsLine) {
  compare_corridors<GeodesicCurve>(EdgeKind::geodesic, 3, 89.9, 100'000);
  compare_corridors<RhumbCurve>(EdgeKind::rhumb, 4, 75, 50'000);
}

TEST(Corridor, GoesOverAPole) {
  const std::vector<Point> line{point(10, 85), point(100, 90), point(-100, 85)};
  for (EdgeKind kind : {EdgeKind::geodesic, EdgeKind::rhumb}) {
    const auto road = corridor(line, kilometres(30), kind);
    ASSERT_TRUE(road) << road.error().message;
    EXPECT_EQ(road->polygons.size(), 5u);
    for (double longitude : {-170.0, -100.0, -60.0, 0.0, 10.0, 120.0})
      EXPECT_NE(side_of(*road, point(longitude, 89.8)), Side::outside) << longitude;
    EXPECT_NE(side_of(*road, point(10, 87)), Side::outside);
    EXPECT_EQ(side_of(*road, point(60, 87)), Side::outside);
    EXPECT_EQ(side_of(*road, point(190 - 360, 87)), Side::outside);
  }
}

TEST(Corridor, RefusesWhatItCannotDraw) {
  EXPECT_FALSE(corridor({point(0, 0)}, kilometres(5), EdgeKind::geodesic));
  EXPECT_FALSE(corridor({point(0, 0), point(0, 0)}, kilometres(5), EdgeKind::geodesic));
  EXPECT_FALSE(corridor({point(0, 0), point(180, 0)}, kilometres(5), EdgeKind::geodesic));
  EXPECT_FALSE(corridor({point(0, 0), point(1, 1)}, metres(0), EdgeKind::geodesic));
  const auto bent = corridor({point(0, 89.9), point(90, 89.9)}, kilometres(100), EdgeKind::rhumb);
  ASSERT_FALSE(bent);
  EXPECT_EQ(bent.error().where, "vertex 1");
}

TEST(Corridor, BoundsStraightLegs) {
  const auto road = corridor({point(-170, 60), point(175, 62)}, kilometres(10), EdgeKind::straight);
  ASSERT_TRUE(road);
  const Degrees half_way{-177.5, 61};
  for (double azimuth : {0.0, 180.0}) {
    Degrees near{}, far{};
    Geodesic::WGS84().Direct(half_way.latitude, half_way.longitude, azimuth, 9'000, near.latitude,
                             near.longitude);
    Geodesic::WGS84().Direct(half_way.latitude, half_way.longitude, azimuth, 11'500, far.latitude,
                             far.longitude);
    EXPECT_NE(side_of(*road, point(near.longitude, near.latitude)), Side::outside);
    EXPECT_EQ(side_of(*road, point(far.longitude, far.latitude)), Side::outside);
  }
}

// The direction and distance of a place from a centre.
struct Bearing {
  double azimuth, distance;
};
Bearing seen_from(Degrees centre, Degrees p) {
  Bearing seen{};
  double back = 0;
  Geodesic::WGS84().Inverse(centre.latitude, centre.longitude, p.latitude, p.longitude,
                            seen.distance, seen.azimuth, back);
  return seen;
}

// The greatest distance of drawn arcs from where they should run, measured along the radius: at
// the ends and in the middle of every straight piece.
double worst_arc(unsigned seed, double most_latitude, double most_radius, double growth) {
  std::mt19937 random(seed);
  std::uniform_real_distribution<double> share(0, 1);
  double worst = 0;
  for (int i = 0; i < 60; ++i) {
    const Point centre = point(share(random) * 360 - 180, (share(random) * 2 - 1) * most_latitude);
    const Degrees middle{centre.longitude(), centre.latitude()};
    const double radius = 10 + share(random) * most_radius;
    const Point from = place_at(centre, metres(radius), share(random) * 360);
    const Point to = place_at(centre, metres(radius * (1 + growth)), share(random) * 360);
    const bool clockwise = i % 2 == 0;
    const Vertex a{from.longitude_e7, from.latitude_e7}, b{to.longitude_e7, to.latitude_e7};
    const auto zone =
        drawn(Course{{a, EdgeKind::straight, Arc{centre, clockwise}},
                     {b, EdgeKind::straight, {}},
                     {{centre.longitude_e7, centre.latitude_e7}, EdgeKind::straight, {}}},
              {});
    EXPECT_TRUE(zone) << zone.error().message;
    if (!zone) continue;
    const Bearing start = seen_from(middle, degrees(a)), end = seen_from(middle, degrees(b));
    double turn = end.azimuth - start.azimuth;
    if (clockwise && turn < 0) turn += 360;
    if (!clockwise && turn > 0) turn -= 360;
    // The arc is all but the last two edges, which lead to the centre and back.
    const Ring& ring = zone->outer;
    for (std::size_t k = 0; k + 3 < ring.size(); ++k) {
      for (double along : {0.0, 0.5}) {
        const Degrees p = between(ring[k], ring[k + 1], along);
        const Bearing seen = seen_from(middle, p);
        double gone = seen.azimuth - start.azimuth;
        if (clockwise && gone < -1e-3) gone += 360;
        if (!clockwise && gone > 1e-3) gone -= 360;
        const double wanted =
            start.distance + (end.distance - start.distance) * std::clamp(gone / turn, 0.0, 1.0);
        worst = std::max(worst, std::fabs(seen.distance - wanted));
      }
    }
  }
  return worst;
}

TEST(Course, ArcsStayWithinAMetre) {
  EXPECT_LE(worst_arc(11, 80, 200'000, 0), one_metre);
  EXPECT_LE(worst_arc(12, 80, 2'000, 0), one_metre);
  EXPECT_LE(worst_arc(13, 80, 30'000, 0.01), one_metre) << "ends a hundredth apart";
}

TEST(Course, LinesAndArcsGoTogether) {
  // The eastern half of a disc, with a hole of edges.
  const Point centre = point(36, 35);
  const Point north = place_at(centre, kilometres(10), 0),
              south = place_at(centre, kilometres(10), 180);
  const auto vertex = [](Point p) { return Vertex{p.longitude_e7, p.latitude_e7}; };
  const auto half =
      drawn(Course{{vertex(north), EdgeKind::straight, Arc{centre, true}}, {vertex(south), {}, {}}},
            {Course{{at(36.04, 35), {}, {}}, {at(36.06, 35), {}, {}}, {at(36.05, 35.01), {}, {}}}});
  ASSERT_TRUE(half) << half.error().message;
  const Outline outline{{*half}};
  EXPECT_EQ(side_of(outline, point(36.1, 35)), Side::inside);
  EXPECT_EQ(side_of(outline, point(35.9, 35)), Side::outside);
  EXPECT_EQ(side_of(outline, point(36.05, 35.005)), Side::outside) << "in the hole";
}

TEST(Course, HoldsAPole) {
  const Point pole = point(0, 90);
  const auto cap = drawn(Course{{at(0, 89), EdgeKind::straight, Arc{pole, true}},
                                {at(180, 89), EdgeKind::straight, Arc{pole, true}}},
                         {});
  ASSERT_TRUE(cap) << cap.error().message;
  for (double longitude : {-170.0, -90.0, 0.0, 90.0, 179.0}) {
    EXPECT_NE(side_of({{*cap}}, point(longitude, 89.001)), Side::outside) << longitude;
    EXPECT_EQ(side_of({{*cap}}, point(longitude, 88.999)), Side::outside) << longitude;
  }
}

TEST(Course, RefusesWhatItCannotDraw) {
  const Point centre = point(36, 35);
  const auto whole = drawn(
      Course{{at(36, 35.1), {}, Arc{centre, true}}, {at(36, 35.1), {}, {}}, {at(36, 35), {}, {}}},
      {});
  ASSERT_FALSE(whole);
  EXPECT_EQ(whole.error().where, "outer ring, vertex 1");
  EXPECT_FALSE(drawn(Course{{at(36, 35), {}, Arc{centre, true}}, {at(36, 35.1), {}, {}}}, {}))
      << "begins at its own centre";
  EXPECT_FALSE(drawn(Course{{at(36, 35), {}, {}}}, {}));
}

}  // namespace
}  // namespace truce::areas
