// Whole pieces, where the horizontal, the vertical and the temporal answers meet: what a rule is
// told of a track, against the definitions looked at moment by moment. Nothing is indexed, halved
// or cut here; each moment is worked out from the fixes alone.

#include <gtest/gtest.h>

#include <array>
#include <cmath>

#include "findings/flight_rule.h"
#include "tests/oracle/ground_oracle.h"

namespace truce {
namespace {

using areas::Outline;
using areas::Side;
using base::Answer;
using findings::Condition;
using incidents::Fix;
using incidents::HeightBounds;
using incidents::Track;
using quantities::Duration;
using quantities::Instant;
using quantities::Length;
using quantities::Period;
using quantities::Point;
using terms::Limit;
using terms::Reference;

constexpr double pi = 3.14159265358979323846;

// ---- the oracle

/// An answer that may be too close to tell for an oracle of finite steps.
struct Judged {
  Answer answer = Answer::unknown;
  bool close = false;
};

Judged both(Judged a, Judged b) {
  // A certain "no" settles the whole, however close the other is.
  if ((a.answer == Answer::no && !a.close) || (b.answer == Answer::no && !b.close))
    return {Answer::no, false};
  return {base::both(a.answer, b.answer), a.close || b.close};
}

Point wrapped(double longitude_e7, double latitude_e7) {
  while (longitude_e7 > 1.8e9) longitude_e7 -= 3.6e9;
  while (longitude_e7 < -1.8e9) longitude_e7 += 3.6e9;
  return {static_cast<std::int32_t>(std::llround(longitude_e7)),
          static_cast<std::int32_t>(std::llround(latitude_e7))};
}

/// The least by which the boundary of the union misses the common part of the balls, at `samples`
/// places of each edge. A place is on the boundary of the union only if some place a step or two
/// around it is outside: what lies along a common border is no boundary.
oracle::Margin union_margin(const Outline& outline, const areas::Reach& reach, int samples) {
  if (outline.polygons.size() == 1) return oracle::boundary_margin(outline, reach, samples);
  oracle::Margin margin{1e300, 0};
  for (const areas::Polygon& polygon : outline.polygons) {
    for (std::size_t i = 0; i < polygon.outer.size(); ++i) {
      const areas::Vertex a = polygon.outer[i];
      const areas::Vertex b = polygon.outer[(i + 1) % polygon.outer.size()];
      areas::Vector last{};
      for (int k = 0; k <= samples; ++k) {
        const double u = static_cast<double>(k) / samples;
        const double lon = static_cast<double>(a.longitude_e7) +
                           u * static_cast<double>(b.longitude_e7 - a.longitude_e7);
        const double lat = static_cast<double>(a.latitude_e7) +
                           u * static_cast<double>(b.latitude_e7 - a.latitude_e7);
        const areas::Vector place = areas::place_e7(lon, lat);
        if (k > 0) margin.error = std::max(margin.error, 0.6 * areas::chord(place, last));
        last = place;
        bool outside_near = false;
        for (int dx = -2; dx <= 2; ++dx)
          for (int dy = -2; dy <= 2; ++dy)
            outside_near =
                outside_near ||
                oracle::side_by_winding(outline, wrapped(lon + dx, lat + dy)) == Side::outside;
        if (!outside_near) continue;
        double worst = -1e300;
        for (int ball = 0; ball < reach.count; ++ball)
          worst = std::max(
              worst, areas::chord(place, reach.balls[ball].centre) - reach.balls[ball].radius);
        margin.least = std::min(margin.least, worst);
      }
    }
  }
  return margin;
}

Judged inside(const Track& track, const Outline& outline, std::size_t leg, Instant t, int samples) {
  const Fix& a = track.fixes[leg];
  const Fix& b = track.fixes[leg + 1];
  const areas::Reach reach = oracle::reach_at(a, b, track.flight, t);
  const oracle::Margin margin = union_margin(outline, reach, samples);
  if (margin.least <= -0.05) return {Answer::unknown, false};
  if (margin.least <= margin.error + 0.05) return {Answer::unknown, true};
  // All on one side: on which, any place that lies in all of the balls tells.
  const double s = (t - a.at).in_seconds() / (b.at - a.at).in_seconds();
  const double lon1 = a.point.longitude_e7;
  for (const double share : {s, 0.0, 1.0}) {
    const Point p =
        wrapped(lon1 + share * std::remainder(b.point.longitude_e7 - lon1, 3.6e9),
                a.point.latitude_e7 +
                    share * (static_cast<double>(b.point.latitude_e7) - a.point.latitude_e7));
    bool held = true;
    for (int ball = 0; ball < reach.count; ++ball)
      held = held &&
             areas::chord(areas::place(p), reach.balls[ball].centre) <= reach.balls[ball].radius;
    if (held)
      return {oracle::side_by_winding(outline, p) == Side::outside ? Answer::no : Answer::yes,
              false};
  }
  return {Answer::unknown, true};
}

struct Span {
  double least, most;
};

/// Pressure altitude at a moment, from the definition in incidents/heights.h.
Span pressure_at(const Track& track, std::size_t leg, Instant t) {
  const Fix& a = track.fixes[leg];
  const Fix& b = track.fixes[leg + 1];
  const double since = (t - a.at).in_seconds(), left = (b.at - t).in_seconds();
  const double climb = track.flight.climb_per_second.in_metres();
  const double sink = track.flight.sink_per_second.in_metres();
  const double stray = track.flight.accel_per_second2.in_metres() * since * left / 2;
  const double s = since / (since + left);
  const auto line = [&](Length x, Length y) { return x.in_metres() * (1 - s) + y.in_metres() * s; };
  return {std::max({a.pressure->least.in_metres() - sink * since,
                    b.pressure->least.in_metres() - climb * left,
                    line(a.pressure->least, b.pressure->least) - stray}),
          std::min({a.pressure->most.in_metres() + climb * since,
                    b.pressure->most.in_metres() + sink * left,
                    line(a.pressure->most, b.pressure->most) + stray})};
}

/// On the scale of the limit, over every extreme of what is declared.
Span on_scale(Span pressure, Reference scale, const terms::Atmosphere& air,
              const terms::Area& area) {
  if (scale == Reference::pressure) return pressure;
  Span span{1e300, -1e300};
  for (const double read : {pressure.least, pressure.most})
    for (const Length zero : {air.sea_level_least, air.sea_level_most})
      for (const std::int64_t ppm : {air.thickness_least_ppm, air.thickness_most_ppm})
        for (const Length ground : {area.terrain->least, area.terrain->most}) {
          const double h = (read - zero.in_metres()) / (static_cast<double>(ppm) / 1e6) -
                           (scale == Reference::ground ? ground.in_metres() : 0);
          span = {std::min(span.least, h), std::max(span.most, h)};
        }
  return span;
}

constexpr double height_slack = 0.5;  // metres: how near a limit is too close to tell

/// Whether every height of the span lies at or above the limit.
Judged at_or_above(const Limit& limit, Span pressure, const terms::Atmosphere& air,
                   const terms::Area& area) {
  if (limit.reference == Reference::surface) return {Answer::yes, false};
  if (limit.reference == Reference::unlimited) return {Answer::no, false};
  const Span h = on_scale(pressure, limit.reference, air, area);
  const double at = limit.height.in_metres();
  const bool close = std::abs(h.least - at) < height_slack || std::abs(h.most - at) < height_slack;
  return {h.least >= at ? Answer::yes : h.most < at ? Answer::no : Answer::unknown, close};
}

Judged opposite(Judged a) {
  return {base::opposite(a.answer), a.close};
}

/// In a period whose ends are known to within `blur`.
Judged within(const std::vector<Period>& periods, Instant t, Duration blur) {
  Judged judged{Answer::no, false};
  for (const Period& p : periods) {
    if (p.contains(t)) judged.answer = Answer::yes;
    for (const Instant end : {p.from, p.until}) {
      const Duration away{std::abs((t - end).microseconds)};
      if (away < blur) return {Answer::unknown, false};
      judged.close = judged.close || away - blur < quantities::milliseconds(25);
    }
  }
  return judged;
}

// ---- the cases

struct Case {
  terms::Agreement agreement;
  Track track;
  Duration blur;
};

double real(std::mt19937_64& random, double low, double high) {
  return std::uniform_real_distribution<double>(low, high)(random);
}

Limit random_limit(std::mt19937_64& random, double around_feet) {
  constexpr Reference scales[] = {Reference::pressure, Reference::mean_sea_level,
                                  Reference::ground};
  return {scales[random() % 3], quantities::feet(around_feet + real(random, -4'000, 4'000)), ""};
}

/// One or two polygons: apart, overlapping, one inside the other, or sharing a border.
Outline random_shape(std::mt19937_64& random, Point centre, double radius_e7, bool may_be_two) {
  if (!may_be_two || random() % 3 != 0)
    return oracle::random_outline(random, centre, radius_e7, 3 + static_cast<int>(random() % 9),
                                  random() % 4 == 0);
  const auto block = [&](double x, double y, double size) {
    const auto v = [&](double dx, double dy) {
      return areas::Vertex{centre.longitude_e7 + std::llround((x + dx) * radius_e7),
                           centre.latitude_e7 + std::llround((y + dy) * radius_e7)};
    };
    return areas::Polygon{{v(0, 0), v(size, 0), v(size, size), v(0, size)}, {}};
  };
  switch (random() % 3) {
    case 0: return {{block(-0.5, -0.5, 1), block(0.5, -0.5, 1)}};      // a common border
    case 1: return {{block(-0.5, -0.5, 1), block(-0.2, -0.2, 0.4)}};   // nested
    default: return {{block(-0.8, -0.5, 1), block(-0.1, -0.3, 0.9)}};  // overlapping
  }
}

Case random_case(std::mt19937_64& random) {
  Case c;
  c.agreement.zone_offsets = {{quantities::earliest_instant, 0}};
  terms::Atmosphere& air = c.agreement.atmosphere;
  air.sea_level_least = quantities::feet(-400);
  air.sea_level_most = quantities::feet(600);
  air.thickness_least_ppm = 930'000;
  air.thickness_most_ppm = 1'080'000;
  const char* classes[] = {"fighter", "airliner", "helicopter", "light"};
  c.track.flight = observations::flight_class(classes[random() % 4]);
  // Ordinary places, across the antimeridian, and hard by a pole.
  const std::array<Point, 5> places{{{360'000'000, 350'000'000},
                                     {1'799'900'000, 100'000'000},
                                     {-1'799'950'000, -450'000'000},
                                     {200'000'000, 893'000'000},
                                     {-700'000'000, -888'000'000}}};
  const Point centre = places[random() % places.size()];
  const double v = c.track.flight.speed_per_second.in_metres();
  const bool polar = std::abs(centre.latitude_e7) > 800'000'000;
  const double step_s = std::pow(10.0, real(random, 0.3, polar ? 0.9 : 2.3));
  const double m = 1 / 0.0111132;
  const double cosine = std::cos(centre.latitude() * pi / 180);
  const int fixes = 3 + static_cast<int>(random() % 3);
  const double whole_s = step_s * (fixes - 1);
  // Fixes are on whole seconds of an ordinary afternoon.
  const Instant start{1'456'833'600'000'000};
  double x = real(random, -0.6, 0.6) * v * step_s, y = real(random, -0.6, 0.6) * v * step_s;
  double heading = real(random, 0, 2 * pi), height_ft = 12'000;
  for (int i = 0; i < fixes; ++i) {
    Fix f;
    f.at = start + Duration{std::llround(i * step_s * 1e6)};
    f.point = wrapped(centre.longitude_e7 + x * m / cosine, centre.latitude_e7 + y * m);
    f.error = random() % 4 == 0 ? 0 : real(random, 1, 200);
    f.bounded = true;
    const double bound = real(random, 0, 150);
    f.pressure =
        HeightBounds{quantities::feet(height_ft - bound), quantities::feet(height_ft + bound)};
    c.track.fixes.push_back(f);
    heading += real(random, -0.4, 0.4);
    x += v * real(random, 0.1, 0.6) * step_s * std::cos(heading);
    y += v * real(random, 0.1, 0.6) * step_s * std::sin(heading);
    height_ft += std::clamp(real(random, -3'000, 3'000), -8.0 * step_s, 8.0 * step_s);
  }
  if (random() % 3 == 0) {
    c.blur = quantities::seconds(2);
    for (Fix& f : c.track.fixes) f.time_error = c.blur;
  }
  const auto mid_flight = [&] {
    return start + Duration{std::llround(real(random, -0.2, 1.2) * whole_s * 1e6)};
  };
  const double largest = polar ? 5e6 : 1e9;  // no ring reaches beyond the pole
  const double radius = std::min(largest, std::max(100.0, v * step_s * real(random, 0.2, 1.6)) * m);
  terms::Area area;
  area.id = "A-1";
  area.terrain = terms::Terrain{quantities::feet(500), quantities::feet(1'500)};
  area.outline = random_shape(random, centre, radius, !polar);
  area.floor = random() % 2 == 0 ? Limit{Reference::surface, {}, ""} : random_limit(random, 9'000);
  area.ceiling =
      random() % 2 == 0 ? Limit{Reference::unlimited, {}, ""} : random_limit(random, 16'000);
  if (random() % 2 == 0) area.valid.from = mid_flight();
  if (random() % 2 == 0) area.valid.until = std::max(mid_flight(), area.valid.from);
  c.agreement.areas = {area};
  if (random() % 3 == 0) {
    // Amended mid-flight: the second version begins where the first ends, with another outline.
    terms::Area second = area;
    c.agreement.areas[0].valid = {quantities::earliest_instant, mid_flight()};
    second.valid = {c.agreement.areas[0].valid.until, quantities::latest_instant};
    second.outline = random_shape(random, centre, radius * 1.3, false);
    c.agreement.areas.push_back(second);
  }
  terms::FlightRule rule;
  rule.id = "1";
  rule.areas = {"A-1"};
  if (random() % 3 == 0) rule.below = random_limit(random, 12'000);
  if (random() % 3 == 0) rule.above = random_limit(random, 11'000);
  if (random() % 2 == 0) {
    // Hours of the day that begin or end mid-flight, on a Tuesday.
    const auto second = [&](Instant t) {
      return static_cast<std::int32_t>(t.microseconds / 1'000'000 % 86'400);
    };
    terms::Window w;
    w.from_second = second(mid_flight());
    w.until_second = second(mid_flight());
    if (w.from_second == w.until_second) ++w.until_second;
    rule.when = {w};
  }
  c.agreement.rules = {rule};
  return c;
}

std::vector<Period> rule_periods(const terms::Agreement& agreement, Instant start) {
  const terms::FlightRule& rule = agreement.rules[0];
  if (rule.when.empty()) return {Period{}};
  std::vector<Period> periods;
  const Instant midnight{start.microseconds / 86'400'000'000 * 86'400'000'000};
  for (int day = -2; day <= 2; ++day) {
    const terms::Window& w = rule.when[0];
    const Instant from = midnight + quantities::days(day) + quantities::seconds(w.from_second);
    const Instant until = midnight +
                          quantities::days(day + (w.until_second <= w.from_second ? 1 : 0)) +
                          quantities::seconds(w.until_second);
    periods.push_back({from, until});
  }
  return periods;
}

struct Asked {
  Judged present, rule, below, above;
};

Asked asked(const Case& c, std::size_t leg, Instant t, int samples) {
  const terms::Agreement& agreement = c.agreement;
  const terms::FlightRule& rule = agreement.rules[0];
  const Span pressure = pressure_at(c.track, leg, t);
  Asked best;
  best.present = {Answer::no, false};
  for (const terms::Area& area : agreement.areas) {
    const auto above = [&](const Limit& limit) {
      return at_or_above(limit, pressure, agreement.atmosphere, area);
    };
    // At or below the ceiling: all heights turned upside down.
    const auto below_or_at = [&](const Limit& limit) -> Judged {
      if (limit.reference == Reference::unlimited) return {Answer::yes, false};
      const Span h = on_scale(pressure, limit.reference, agreement.atmosphere, area);
      const double at = limit.height.in_metres();
      return {h.most <= at   ? Answer::yes
              : h.least > at ? Answer::no
                             : Answer::unknown,
              std::abs(h.least - at) < height_slack || std::abs(h.most - at) < height_slack};
    };
    const Judged valid = within({area.valid}, t, c.blur);
    const Judged here = both(both(inside(c.track, area.outline, leg, t, samples), valid),
                             both(above(area.floor), below_or_at(area.ceiling)));
    if (here.answer > best.present.answer) {
      const bool close = best.present.close;
      best.present = here;
      best.present.close = here.close || close;
      best.rule = valid;
      best.below = rule.below ? opposite(above(*rule.below)) : Judged{Answer::yes, false};
      best.above = rule.above ? opposite(below_or_at(*rule.above)) : Judged{Answer::yes, false};
    } else {
      best.present.close = best.present.close || here.close;
    }
  }
  best.rule = both(best.rule, within(rule_periods(agreement, c.track.fixes[0].at), t, c.blur));
  return best;
}

struct Tally {
  int yes = 0, no = 0, open = 0, close = 0, needless = 0;
};

void compare(std::string_view what, Judged expected, Answer found, Tally& tally) {
  if (expected.close) {
    ++tally.close;
    return;
  }
  if (found == Answer::unknown && expected.answer != Answer::unknown) {
    ++tally.needless;  // the halving of time ends somewhere; it must not be settled wrongly
    return;
  }
  EXPECT_EQ(found, expected.answer) << what;
  ++(found == Answer::yes ? tally.yes : found == Answer::no ? tally.no : tally.open);
}

void look(const Case& c, std::mt19937_64& random, int moments, int samples, Tally& presence,
          Tally& conditions) {
  const findings::Zones zones(c.agreement);
  const findings::TrackView view(c.track, zones);
  const findings::Constants constants{Answer::yes, Answer::yes, {}};
  const auto presences = findings::presences_of(view, zones, 0, constants, {});
  for (std::size_t leg = 0; leg + 1 < c.track.fixes.size(); ++leg) {
    const Fix& a = c.track.fixes[leg];
    const Fix& b = c.track.fixes[leg + 1];
    for (int k = 0; k < moments; ++k) {
      const Instant t =
          a.at + Duration{1 + static_cast<std::int64_t>(
                                  real(random, 0, 1) *
                                  static_cast<double>((b.at - a.at).microseconds - 2))};
      const findings::JudgedPiece* piece = nullptr;
      for (const findings::Presence& p : presences)
        for (const findings::JudgedPiece& q : p.pieces)
          if (q.piece.from < t && t < q.piece.until) piece = &q;
      const Asked expected = asked(c, leg, t, samples);
      compare("present", expected.present, piece == nullptr ? Answer::no : piece->present,
              presence);
      if (piece == nullptr || expected.present.close || expected.present.answer == Answer::no)
        continue;
      compare("rule in force", expected.rule, piece->at(Condition::rule_in_force), conditions);
      compare("below", expected.below, piece->at(Condition::below), conditions);
      compare("above", expected.above, piece->at(Condition::above), conditions);
    }
  }
}

TEST(Pieces, AnswerAtEveryMomentAsTheDefinitionsDo) {
  std::mt19937_64 random(21);
  Tally presence, conditions;
  for (int i = 0; i < 300 && !testing::Test::HasFailure(); ++i) {
    SCOPED_TRACE(i);
    look(random_case(random), random, 10, 120, presence, conditions);
  }
  // The test is worth something only if every answer occurred; and the answers are sharp only if
  // hardly any was left open without need.
  EXPECT_GT(presence.yes, 200);
  EXPECT_GT(presence.no, 1'000);
  EXPECT_GT(presence.open, 1'000);
  EXPECT_LT(presence.needless, (presence.yes + presence.no) / 20);
  EXPECT_GT(conditions.yes, 500);
  EXPECT_GT(conditions.no, 200);
  EXPECT_GT(conditions.open, 200);
  EXPECT_LT(conditions.needless, (conditions.yes + conditions.no) / 20);
  RecordProperty("presence_yes", presence.yes);
  RecordProperty("presence_needless", presence.needless);
  RecordProperty("conditions_needless", conditions.needless);
}

TEST(Pieces, AreTheSameOverAnOutlineOfFiftyThousandVertices) {
  std::mt19937_64 random(22);
  Case c;
  c.agreement.zone_offsets = {{quantities::earliest_instant, 0}};
  terms::Area area;
  area.id = "A-1";
  // A rough circle: edges of a few metres, which go in and out by a few metres.
  areas::Ring ring;
  for (int i = 0; i < 50'000; ++i) {
    const double angle = 2 * pi * i / 50'000, r = 3e6 * real(random, 0.9998, 1.0002);
    ring.push_back({360'000'000 + std::llround(r * std::cos(angle)),
                    350'000'000 + std::llround(r * std::sin(angle))});
  }
  area.outline = {{{ring, {}}}};
  area.floor = {Reference::surface, {}, ""};
  area.ceiling = {Reference::unlimited, {}, ""};
  c.agreement.areas = {area};
  terms::FlightRule rule;
  rule.id = "1";
  rule.areas = {"A-1"};
  c.agreement.rules = {rule};
  c.track.flight = observations::flight_class("helicopter");
  for (int i = 0; i < 40; ++i) {
    Fix f;
    f.at = Instant{} + quantities::seconds(2 * i);
    f.point = {356'900'000 + 9'000 * i, 350'000'000 + 10'000 * i};  // 45 m/s
    f.error = 5;
    f.bounded = true;
    f.pressure = HeightBounds{quantities::feet(900), quantities::feet(1'100)};
    c.track.fixes.push_back(f);
  }
  Tally presence, conditions;
  look(c, random, 2, 2, presence, conditions);
  EXPECT_GT(presence.yes, 5);
  EXPECT_GT(presence.no, 5);
}

// A position known exactly, on a vertex or an edge and one lattice step to either side of it.
TEST(Fixes, AreInsideExactlyWhereTheSlowAnswerIs) {
  std::mt19937_64 random(23);
  int yes = 0, no = 0;
  for (int i = 0; i < 60; ++i) {
    const std::array<Point, 4> places{{{360'000'000, 350'000'000},
                                       {1'799'999'990, 100'000'000},
                                       {-1'800'000'000, -450'000'000},
                                       {200'000'000, 899'000'000}}};
    const Outline outline = random_shape(random, places[random() % places.size()],
                                         std::pow(10.0, real(random, 1.5, 5.9)), true);
    const areas::Region region(outline);
    for (const areas::Polygon& polygon : outline.polygons) {
      for (std::size_t k = 0; k < polygon.outer.size(); ++k) {
        const areas::Vertex a = polygon.outer[k];
        const areas::Vertex b = polygon.outer[(k + 1) % polygon.outer.size()];
        const areas::Vertex mid{(a.longitude_e7 + b.longitude_e7) / 2,
                                (a.latitude_e7 + b.latitude_e7) / 2};
        for (const areas::Vertex v : {a, mid})
          for (int dx = -1; dx <= 1; ++dx)
            for (int dy = -1; dy <= 1; ++dy) {
              Fix f;
              f.point = wrapped(static_cast<double>(v.longitude_e7 + dx),
                                static_cast<double>(v.latitude_e7 + dy));
              f.bounded = true;
              const Answer expected = oracle::side_by_winding(outline, f.point) == Side::outside
                                          ? Answer::no
                                          : Answer::yes;
              ASSERT_EQ(incidents::inside_at(f, region), expected)
                  << "case " << i << " at " << f.point.longitude_e7 << " " << f.point.latitude_e7;
              ++(expected == Answer::yes ? yes : no);
              f.bounded = false;
              ASSERT_NE(incidents::inside_at(f, region), Answer::yes);
            }
      }
    }
  }
  EXPECT_GT(yes, 500);
  EXPECT_GT(no, 500);
}

}  // namespace
}  // namespace truce
