#include "incidents/passage.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include "areas/together.h"
#include "base/check.h"

namespace truce::incidents {

namespace {

using areas::Ball;
using areas::Contact;
using areas::Ground;
using areas::Reach;
using areas::ReachBox;
using areas::Region;
using areas::Side;
using areas::Vector;

constexpr std::int64_t finest_us = 10'000;  // no stretch is halved below ten milliseconds...
constexpr int most_halvings = 10;           // ... nor below a thousandth of the leg

// Motion that a flat picture of the ellipsoid leaves out: following the curve of the Earth at up
// to 1,600 m/s changes velocity by less than this (metres per second squared).
constexpr double curvature_allowance = 0.5;

struct Leg {
  const Fix& before;
  const Fix& after;
  double speed;   // metres a second
  double change;  // metres per second squared
  Vector place1, place2;
  double seconds;

  Leg(const Fix& a, const Fix& b, const observations::FlightClass& flight)
      : before(a),
        after(b),
        speed(flight.speed_per_second.in_metres()),
        change(flight.accel_per_second2.in_metres() + curvature_allowance),
        place1(areas::place(a.point)),
        place2(areas::place(b.point)),
        seconds((b.at - a.at).in_seconds()) {}

  double since(Instant t) const { return (t - before.at).in_seconds(); }
  double left(Instant t) const { return (after.at - t).in_seconds(); }

  // What can be reached at some moment of the stretch, and, as inner radii, at every moment.
  Reach reach(Instant from, Instant until) const {
    Reach reach;
    reach.add(before.point,
              {place1, before.error + speed * since(until), before.error + speed * since(from)});
    reach.add(after.point,
              {place2, after.error + speed * left(from), after.error + speed * left(until)});
    const double mid = (since(from) + since(until)) / 2;
    const double s = mid / seconds;
    const auto straying = [&](double t) { return change * t * (seconds - t) / 2; };
    const auto error = [&](double t) {
      return before.error * (1 - t / seconds) + after.error * (t / seconds);
    };
    const double a = since(from), b = since(until);
    const double peak = a <= seconds / 2 && seconds / 2 <= b ? straying(seconds / 2)
                                                             : std::max(straying(a), straying(b));
    const double most = std::max(error(a), error(b)) + peak;
    const double least = std::min(error(a), error(b)) + std::min(straying(a), straying(b));
    const double moved = areas::chord(place1, place2) * ((b - a) / 2 / seconds);
    // The straight line between two places runs below the ground; the box is laid around the
    // nearest lattice point between them, with the distance to it added.
    const Vector centre = place1 * (1 - s) + place2 * s;
    const Point about = between(s);
    const Ball ball{centre, most + moved, std::max(0.0, least - moved)};
    Ball boxed = ball;
    boxed.radius += areas::chord(centre, areas::place(about));
    reach.add(about, boxed);
    reach.balls[2] = ball;
    return reach;
  }

  // The point at a share of the leg, straight in longitude and latitude.
  Point between(double s) const {
    const double turn = 3'600'000'000.0;
    const double lon1 = before.point.longitude_e7;
    double d = after.point.longitude_e7 - lon1;
    if (d > turn / 2) d -= turn;
    if (d < -turn / 2) d += turn;
    double lon = lon1 + s * d;
    if (lon > turn / 2) lon -= turn;
    if (lon < -turn / 2) lon += turn;
    const double lat =
        before.point.latitude_e7 +
        s * (static_cast<double>(after.point.latitude_e7) - before.point.latitude_e7);
    return {static_cast<std::int32_t>(std::llround(lon)),
            static_cast<std::int32_t>(std::llround(lat))};
  }
};

enum class Settled : std::uint8_t { no, yes, unknown, open };

Settled settle(const Leg& leg, const Ground& ground, Instant from, Instant until) {
  const Reach reach = leg.reach(from, until);
  if (reach.box.north < reach.box.south || reach.box.east < reach.box.west) {
    // Rounding has left nothing between two balls that touch: nothing can be promised.
    return Settled::open;
  }
  if (!ground.is_near(reach.box)) return Settled::no;
  switch (ground.contact(reach)) {
    case Contact::touching: return Settled::unknown;
    case Contact::unsure: return Settled::open;
    case Contact::clear: break;
  }
  const double share = (leg.since(from) + leg.since(until)) / 2 / leg.seconds;
  for (const Point p : {leg.between(share), leg.before.point, leg.after.point}) {
    if (!reach.holds(areas::place(p))) continue;
    return ground.side_of(p) == Side::outside ? Settled::no : Settled::yes;
  }
  return Settled::open;
}

Answer answer_of(Settled s) {
  return s == Settled::no ? Answer::no : s == Settled::yes ? Answer::yes : Answer::unknown;
}

void divide(const Leg& leg, const Ground& ground, bool bounded, Instant from, Instant until,
            int halvings, Profile& inside) {
  const Settled settled = settle(leg, ground, from, until);
  const Duration length = until - from;
  if (settled == Settled::open && halvings < most_halvings &&
      length.microseconds >= 2 * finest_us) {
    const Instant mid = from + Duration{length.microseconds / 2};
    divide(leg, ground, bounded, from, mid, halvings + 1, inside);
    divide(leg, ground, bounded, mid, until, halvings + 1, inside);
    return;
  }
  Answer answer = answer_of(settled);
  if (!bounded && answer == Answer::yes) answer = Answer::unknown;
  if (answer != Answer::no) inside.add(from, until, answer);
}

// The boxes of everything that can have been reached from one fix to another further on.
std::vector<ReachBox> boxes_between(const Track& track, std::size_t first, std::size_t last) {
  std::vector<ReachBox> boxes;
  boxes.push_back(areas::box_around(track.fixes[first].point, track.fixes[first].error));
  for (std::size_t i = first; i < last; ++i) {
    const Fix& a = track.fixes[i];
    const Fix& b = track.fixes[i + 1];
    boxes.push_back(areas::box_around(b.point, b.error));
    if (a.at == b.at) continue;
    const Leg leg(a, b, track.flight);
    constexpr int parts = 8;
    const std::int64_t us = (b.at - a.at).microseconds;
    for (int k = 0; k < parts; ++k)
      boxes.push_back(
          leg.reach(a.at + Duration{us * k / parts}, a.at + Duration{us * (k + 1) / parts}).box);
  }
  return boxes;
}

// Stretches of the unknown with certain outsides before and after, and everything between bounded.
void find_crossings(const Track& track, const Region& region, const std::vector<Answer>& at_fixes,
                    Passage& passage) {
  constexpr std::size_t longest = 64;  // fixes; a wall is crossed quickly or not certainly
  const std::size_t n = track.fixes.size();
  for (std::size_t first = 0; first + 1 < n; ++first) {
    const auto certain_outside = [&](std::size_t i) {
      return at_fixes[i] == Answer::no && track.fixes[i].bounded;
    };
    if (!certain_outside(first)) continue;
    const std::size_t end = std::min(n - 1, first + longest);
    for (std::size_t last = first + 1; last <= end; ++last) {
      if (!track.fixes[last].bounded || at_fixes[last] == Answer::yes) break;
      if (!certain_outside(last)) continue;
      const Instant from = track.fixes[first].at, until = track.fixes[last].at;
      Instant earliest = until, latest = from;
      bool inside_somewhere = false;
      for (const Profile::Stretch& s : passage.inside.stretches()) {
        if (s.until <= from || s.from >= until) continue;
        earliest = std::min(earliest, std::max(s.from, from));
        latest = std::max(latest, std::min(s.until, until));
        inside_somewhere = inside_somewhere || s.answer == Answer::yes;
      }
      if (earliest < latest && !inside_somewhere &&
          region.separates(track.fixes[first].point, track.fixes[last].point,
                           boxes_between(track, first, last)))
        passage.crossings.push_back({earliest, latest, first, last});
      break;  // from here on `last` is the first fix certainly outside
    }
  }
}

}  // namespace

areas::Reach reach_between(const Fix& before, const Fix& after,
                           const observations::FlightClass& flight, Instant from, Instant until) {
  return Leg(before, after, flight).reach(from, until);
}

Answer inside_at(const Fix& fix, const Ground& ground) {
  if (fix.error == 0) {
    const bool inside = ground.side_of(fix.point) != Side::outside;
    return !inside ? Answer::no : fix.bounded ? Answer::yes : Answer::unknown;
  }
  Reach reach;
  reach.add(fix.point, {areas::place(fix.point), fix.error, fix.error});
  if (!ground.is_near(reach.box)) return Answer::no;
  if (ground.contact(reach) != Contact::clear) return Answer::unknown;
  return ground.side_of(fix.point) == Side::outside ? Answer::no : Answer::yes;
}

Answer inside_on_leg(const Fix& before, const Fix& after, const observations::FlightClass& flight,
                     Instant t, const Region& region) {
  if (t == before.at) return inside_at(before, region);
  if (t == after.at) return inside_at(after, region);
  return answer_of(settle(Leg(before, after, flight), region, t, t));
}

namespace {

// A box without any boundary in it lies on one side, and so does all that can be reached within it:
// what settle() would find, without working it out. Nothing where there is a boundary, or where the
// box does not hold the place that is asked about.
std::optional<Answer> one_side(const Ground& ground, const ReachBox& box, Point point) {
  const double longitude = point.longitude_e7, latitude = point.latitude_e7;
  if (longitude < box.west || longitude > box.east || latitude < box.south ||
      latitude > box.north || ground.has_boundary_in(box))
    return {};
  return base::certainly(ground.side_of(point) != Side::outside);
}

Answer inside_at(const Fix& fix, const ReachBox& box, const Ground& ground) {
  if (fix.error == 0) return inside_at(fix, ground);
  const auto answer = one_side(ground, box, fix.point);
  return answer ? *answer : inside_at(fix, ground);
}

}  // namespace

TrackBoxes boxes_of(const Track& track) {
  TrackBoxes boxes;
  for (const Fix& fix : track.fixes) boxes.fixes.push_back(areas::box_around(fix.point, fix.error));
  for (std::size_t i = 0; i + 1 < track.fixes.size(); ++i) {
    const Fix& a = track.fixes[i];
    const Fix& b = track.fixes[i + 1];
    boxes.legs.push_back(a.at < b.at ? Leg(a, b, track.flight).reach(a.at, b.at).box
                                     : boxes.fixes[i]);
  }
  return boxes;
}

namespace {

// The answers over the fixes from `first` to `last` and the legs between them, and at each fix.
Profile answers_over(const Track& track, const TrackBoxes& boxes, const Ground& ground,
                     std::size_t first, std::size_t last, std::vector<Answer>& at_fixes) {
  Profile inside;
  at_fixes.assign(last - first + 1, Answer::no);
  const auto at_fix = [&](std::size_t i) -> Answer& { return at_fixes[i - first]; };
  for (std::size_t i = first; i <= last; ++i)
    if (ground.is_near(boxes.fixes[i]))
      at_fix(i) = inside_at(track.fixes[i], boxes.fixes[i], ground);
  bool before_touched = false;
  const auto add_moment = [&](std::size_t i) { inside.add_moment(track.fixes[i].at, at_fix(i)); };
  // Certainly outside, where another fix of the same moment was, or may have been, inside.
  const auto contradicts_another = [&](std::size_t i) {
    if (!track.fixes[i].bounded) return false;
    const auto same_moment = [&](std::size_t k) { return track.fixes[k].at == track.fixes[i].at; };
    for (std::size_t k = i; k > first && same_moment(k - 1); --k)
      if (at_fix(k - 1) != Answer::no) return true;
    for (std::size_t k = i + 1; k <= last && same_moment(k); ++k)
      if (at_fix(k) != Answer::no) return true;
    return false;
  };
  for (std::size_t i = first; i <= last; ++i) {
    bool after_touched = false;
    if (i < last && track.fixes[i].at < track.fixes[i + 1].at && ground.is_near(boxes.legs[i])) {
      const Fix& a = track.fixes[i];
      const Fix& b = track.fixes[i + 1];
      const bool bounded = a.bounded && b.bounded;
      Profile on_leg;
      if (const auto answer = one_side(ground, boxes.legs[i], a.point); !answer)
        divide(Leg(a, b, track.flight), ground, bounded, a.at, b.at, 0, on_leg);
      else if (*answer == Answer::yes)
        on_leg.add(a.at, b.at, bounded ? Answer::yes : Answer::unknown);
      after_touched = !on_leg.empty();
      if (after_touched || before_touched || at_fix(i) != Answer::no || contradicts_another(i))
        add_moment(i);
      for (const Profile::Stretch& s : on_leg.stretches()) inside.add(s.from, s.until, s.answer);
    } else if (before_touched || at_fix(i) != Answer::no || contradicts_another(i)) {
      add_moment(i);
    }
    before_touched = after_touched;
  }
  return inside;
}

}  // namespace

Passage passage_of(const Track& track, const TrackBoxes& boxes, const Region& region) {
  std::vector<Answer> at_fixes;
  Passage passage{answers_over(track, boxes, region, 0, track.fixes.size() - 1, at_fixes), {}};
  if (!passage.empty()) find_crossings(track, region, at_fixes, passage);
  return passage;
}

Profile inside_together(const Track& track, const TrackBoxes& boxes,
                        std::vector<const Region*> regions, std::size_t first, std::size_t last) {
  CHECK(first <= last && last < track.fixes.size());
  ReachBox all = boxes.fixes[first];
  const double longitude = (all.west + all.east) / 2;
  const auto widen = [&](const ReachBox& rolled) {
    const ReachBox box = areas::unrolled(rolled, longitude);
    all.west = std::min(all.west, box.west);
    all.south = std::min(all.south, box.south);
    all.east = std::max(all.east, box.east);
    all.north = std::max(all.north, box.north);
  };
  for (std::size_t i = first; i <= last; ++i) {
    widen(boxes.fixes[i]);
    if (i < last) widen(boxes.legs[i]);
  }
  std::erase_if(regions, [&](const Region* region) { return !region->is_near(all); });
  std::vector<Answer> at_fixes;
  return answers_over(track, boxes, areas::Together(std::move(regions), all), first, last,
                      at_fixes);
}

std::vector<Point> places_reached(const Track& track, std::size_t before, Instant t) {
  const Fix& fix = track.fixes[before];
  Reach reach;
  Point middle = fix.point;
  if (t == fix.at || before + 1 == track.fixes.size()) {
    reach.add(fix.point, {areas::place(fix.point), fix.error, fix.error});
  } else {
    const Leg leg(fix, track.fixes[before + 1], track.flight);
    reach = leg.reach(t, t);
    middle = leg.between(leg.since(t) / leg.seconds);
  }
  std::vector<Point> places;
  if (reach.holds(areas::place(middle))) places.push_back(middle);
  const double north_e7 = 1 / (areas::greatest_meridian_radius * areas::radians_per_e7);
  const double cosine = std::max(0.01, areas::sine_cosine_e7(middle.latitude_e7).cosine);
  const double widest = reach.balls[reach.count - 1].radius;
  constexpr double diagonal = 0.7;
  for (const double share : {0.95, 0.6}) {
    for (const auto& [east, north] : {std::pair{1.0, 0.0},
                                      {diagonal, diagonal},
                                      {0.0, 1.0},
                                      {-diagonal, diagonal},
                                      {-1.0, 0.0},
                                      {-diagonal, -diagonal},
                                      {0.0, -1.0},
                                      {diagonal, -diagonal}}) {
      const double lon = middle.longitude_e7 + widest * share * east * north_e7 / cosine;
      const double lat = middle.latitude_e7 + widest * share * north * north_e7;
      if (std::abs(lon) > 1.8e9 || std::abs(lat) > 9e8) continue;
      const Point p{static_cast<std::int32_t>(std::llround(lon)),
                    static_cast<std::int32_t>(std::llround(lat))};
      if (reach.holds(areas::place(p))) places.push_back(p);
    }
  }
  return places;
}

int share_inside_permille(const Fix& fix, const Region& region) {
  constexpr int count = 400;
  const double metres_per_e7 = areas::least_meridian_radius * areas::radians_per_e7;
  const double cosine = std::max(1e-6, areas::sine_cosine_e7(fix.point.latitude_e7).cosine);
  int inside = 0;
  for (int k = 0; k < count; ++k) {
    // The golden angle, 137.50776405 degrees, spreads places evenly over a disc.
    const double turn = k * 1'375'077'640.5;
    const double angle = turn - std::floor(turn / 3.6e9) * 3.6e9;
    const double radius = fix.error * std::sqrt((k + 0.5) / count) / metres_per_e7;
    const areas::SineCosine direction = areas::sine_cosine_e7(angle);
    double lon = fix.point.longitude_e7 + radius * direction.sine / cosine;
    double lat = fix.point.latitude_e7 + radius * direction.cosine;
    lat = std::clamp(lat, -9e8, 9e8);
    if (lon > 1.8e9) lon -= 3.6e9;
    if (lon < -1.8e9) lon += 3.6e9;
    const Point p{static_cast<std::int32_t>(std::llround(std::clamp(lon, -1.8e9, 1.8e9))),
                  static_cast<std::int32_t>(std::llround(lat))};
    if (region.side_of(p) != Side::outside) ++inside;
  }
  return inside * 1000 / count;
}

}  // namespace truce::incidents
