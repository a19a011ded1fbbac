#include "incidents/heights.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace truce::incidents {

namespace {

using base::both;
using base::opposite;
using terms::Limit;
using terms::Reference;

constexpr std::int64_t finest_us = 10'000;
constexpr int most_halvings = 8;
constexpr double rounding = 1e-4;  // metres; heights are whole tenths of a millimetre

}  // namespace

Heights::Heights(const Track& track, const terms::Atmosphere& atmosphere)
    : climb_(track.flight.climb_per_second.in_metres()),
      sink_(track.flight.sink_per_second.in_metres()),
      change_(track.flight.accel_per_second2.in_metres()),
      atmosphere_(atmosphere) {
  const auto add = [](std::vector<Knot>& knots, Instant at, const HeightBounds& h) {
    Knot knot{at.microseconds, h.least.in_metres(), h.most.in_metres()};
    if (!knots.empty() && knots.back().at == knot.at) {
      // Two readings of one moment: both hold, unless they contradict each other.
      Knot& last = knots.back();
      const double least = std::max(last.least, knot.least), most = std::min(last.most, knot.most);
      if (least <= most)
        last.least = least, last.most = most;
      else
        last.least = std::min(last.least, knot.least), last.most = std::max(last.most, knot.most);
      return;
    }
    knots.push_back(knot);
  };
  std::set<Instant> cuts;
  for (const Fix& fix : track.fixes) {
    if (fix.pressure) add(pressure_, fix.at, *fix.pressure);
    if (fix.ellipsoid) add(ellipsoid_, fix.at, *fix.ellipsoid);
    if (fix.pressure || fix.ellipsoid) cuts.insert(fix.at);
  }
  cuts_.assign(cuts.begin(), cuts.end());
}

// Bounds over [from, until], which no knot may divide: from the knot before and the knot after.
std::optional<Heights::Span> Heights::between(const std::vector<Knot>& knots, Instant from,
                                              Instant until) const {
  const auto after = std::lower_bound(knots.begin(), knots.end(), until.microseconds,
                                      [](const Knot& k, std::int64_t t) { return k.at < t; });
  const auto before_end = std::upper_bound(knots.begin(), knots.end(), from.microseconds,
                                           [](std::int64_t t, const Knot& k) { return t < k.at; });
  const bool has_after = after != knots.end();
  const bool has_before = before_end != knots.begin();
  if (!has_after && !has_before) return {};
  Span span{};
  const auto seconds = [](std::int64_t us) { return static_cast<double>(us) / 1e6; };
  if (has_before && has_after && (before_end - 1)->at < after->at) {
    // It can have sunk from the one and must have climbed to the other: lowest where the two lines
    // meet, or at the end of the stretch that is nearer to there. In the same way highest.
    const Knot &a = *(before_end - 1), &b = *after;
    const double whole = seconds(b.at - a.at);
    // Knots that no aircraft of the class could join tell nothing about the time between them.
    if (a.least - sink_ * whole > b.most || a.most + climb_ * whole < b.least) return {};
    const double t0 = seconds(from.microseconds - a.at), t1 = seconds(until.microseconds - a.at);
    const double low = std::clamp((a.least - b.least + climb_ * whole) / (sink_ + climb_), t0, t1);
    const double high = std::clamp((b.most - a.most + sink_ * whole) / (sink_ + climb_), t0, t1);
    span.least = std::max(a.least - sink_ * low, b.least - climb_ * (whole - low));
    span.most = std::min(a.most + climb_ * high, b.most + sink_ * (whole - high));
    // And it strays no farther from the straight line than it can have changed its rate.
    const auto straying = [&](double t) { return change_ * t * (whole - t) / 2; };
    const double peak = t0 <= whole / 2 && whole / 2 <= t1 ? straying(whole / 2)
                                                           : std::max(straying(t0), straying(t1));
    const auto line = [&](double y0, double y1, double t) { return y0 + (y1 - y0) * t / whole; };
    span.most =
        std::min(span.most, std::max(line(a.most, b.most, t0), line(a.most, b.most, t1)) + peak);
    span.least = std::max(span.least,
                          std::min(line(a.least, b.least, t0), line(a.least, b.least, t1)) - peak);
  } else if (has_before) {
    const Knot& k = *(before_end - 1);
    const double t = seconds(until.microseconds - k.at);
    span = {k.least - sink_ * t, k.most + climb_ * t};
    if (has_after) {  // the same knot, at the moment that is asked about
      span.least = std::max(span.least, after->least);
      span.most = std::min(span.most, after->most);
    }
  } else {
    const double t = seconds(after->at - from.microseconds);
    span = {after->least - climb_ * t, after->most + sink_ * t};
  }
  if (span.least > span.most) return {};  // nor do those between which it could not steer so
  if (from == until) return span;
  return Span{span.least - rounding, span.most + rounding};
}

std::optional<Heights::Span> Heights::sea_level(Instant from, Instant until,
                                                const terms::Area& area) const {
  std::optional<Span> found;
  if (const auto e = between(ellipsoid_, from, until))
    found = Span{e->least - area.geoid_most.in_metres(), e->most - area.geoid_least.in_metres()};
  if (const auto p = between(pressure_, from, until)) {
    // Sea level lies at the pressure altitude z0, and what is read above it is `ratio` of the
    // truth: true = (read - z0) / ratio.
    const double r0 = static_cast<double>(atmosphere_.thickness_least_ppm) / 1e6;
    const double r1 = static_cast<double>(atmosphere_.thickness_most_ppm) / 1e6;
    const double low = p->least - atmosphere_.sea_level_most.in_metres();
    const double high = p->most - atmosphere_.sea_level_least.in_metres();
    const Span derived{std::min(low / r0, low / r1), std::max(high / r0, high / r1)};
    if (!found) return derived;
    const Span common{std::max(found->least, derived.least), std::min(found->most, derived.most)};
    if (common.least > common.most) return {};  // the two instruments contradict each other
    found = common;
  }
  return found;
}

std::optional<HeightBounds> Heights::over(Instant from, Instant until, Reference scale,
                                          const terms::Area& area) const {
  std::optional<Span> found;
  switch (scale) {
    case Reference::surface:
    case Reference::unlimited: return {};
    case Reference::pressure:
      found = between(pressure_, from, until);
      if (!found) {
        // Only satellite heights: from sea level up again.
        const auto sea = sea_level(from, until, area);
        if (!sea) return {};
        return pressure_from_sea_level(
            {quantities::metres(sea->least), quantities::metres(sea->most)}, atmosphere_);
      }
      break;
    case Reference::mean_sea_level: found = sea_level(from, until, area); break;
    case Reference::ground:
      if (!area.terrain) return {};
      found = sea_level(from, until, area);
      if (found) {
        found->least -= area.terrain->most.in_metres();
        found->most -= area.terrain->least.in_metres();
      }
      break;
  }
  if (!found) return {};
  return HeightBounds{quantities::metres(found->least), quantities::metres(found->most)};
}

HeightBounds pressure_from_sea_level(HeightBounds sea, const terms::Atmosphere& atmosphere) {
  const double r0 = static_cast<double>(atmosphere.thickness_least_ppm) / 1e6;
  const double r1 = static_cast<double>(atmosphere.thickness_most_ppm) / 1e6;
  const double least = sea.least.in_metres(), most = sea.most.in_metres();
  return {quantities::metres(std::min(least * r0, least * r1)) + atmosphere.sea_level_least,
          quantities::metres(std::max(most * r0, most * r1)) + atmosphere.sea_level_most};
}

Answer Heights::at_or_above(const Limit& limit, const terms::Area& area, Instant from,
                            Instant until) const {
  if (limit.reference == Reference::surface) return Answer::yes;
  if (limit.reference == Reference::unlimited) return Answer::no;
  const auto bounds = over(from, until, limit.reference, area);
  if (!bounds) return Answer::unknown;
  if (bounds->least >= limit.height) return Answer::yes;
  return bounds->most < limit.height ? Answer::no : Answer::unknown;
}

Answer Heights::at_or_below(const Limit& limit, const terms::Area& area, Instant from,
                            Instant until) const {
  if (limit.reference == Reference::unlimited) return Answer::yes;
  if (limit.reference == Reference::surface) return Answer::unknown;
  const auto bounds = over(from, until, limit.reference, area);
  if (!bounds) return Answer::unknown;
  if (bounds->most <= limit.height) return Answer::yes;
  return bounds->least > limit.height ? Answer::no : Answer::unknown;
}

// Halves time until an answer holds throughout a part, or until halving cannot help: where it is
// unknown at the beginning, in the middle and at the end, the part is unknown.
template <class Ask>
Profile Heights::profile(Instant from, Instant until, Ask ask) const {
  Profile profile(Answer::unknown);
  const auto divide = [&](Instant a, Instant b, int halvings, auto& self) -> void {
    const Answer answer = ask(a, b);
    const Instant mid = a + Duration{(b - a).microseconds / 2};
    const bool hopeless = answer == Answer::unknown && ask(a, a) == Answer::unknown &&
                          ask(mid, mid) == Answer::unknown && ask(b, b) == Answer::unknown;
    if (answer != Answer::unknown || hopeless || halvings == most_halvings ||
        (b - a).microseconds < 2 * finest_us) {
      profile.add(a, b, answer);
      return;
    }
    self(a, mid, halvings + 1, self);
    self(mid, b, halvings + 1, self);
  };
  Instant start = from;
  auto cut = std::upper_bound(cuts_.begin(), cuts_.end(), from);
  profile.add_moment(from, ask(from, from));
  while (start < until) {
    const bool at_cut = cut != cuts_.end() && *cut <= until;
    const Instant end = at_cut ? *cut : until;
    divide(start, end, 0, divide);
    profile.add_moment(end, ask(end, end));
    if (at_cut) ++cut;
    start = end;
  }
  return profile;
}

Profile Heights::within(const Limit& floor, const Limit& ceiling, const terms::Area& area,
                        Instant from, Instant until) const {
  return profile(from, until, [&](Instant a, Instant b) {
    return both(at_or_above(floor, area, a, b), at_or_below(ceiling, area, a, b));
  });
}

Profile Heights::below(const Limit& limit, const terms::Area& area, Instant from,
                       Instant until) const {
  return profile(from, until,
                 [&](Instant a, Instant b) { return opposite(at_or_above(limit, area, a, b)); });
}

Profile Heights::above(const Limit& limit, const terms::Area& area, Instant from,
                       Instant until) const {
  return profile(from, until,
                 [&](Instant a, Instant b) { return opposite(at_or_below(limit, area, a, b)); });
}

}  // namespace truce::incidents
