#include "exercise/stay.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace truce::exercise {

namespace {

using Above = TheatreHeight::Above;

constexpr Duration look_every = quantities::milliseconds(500);
constexpr double look_every_s = 0.5;
constexpr Duration finest = quantities::milliseconds(1);
constexpr double marginal_s = 2;

// How far a height lies above a limit; +-infinity for the surface and for no limit.
double height_over(const TheatreHeight& limit, const Moment& moment, const Weather& weather,
                   Instant at) {
  switch (limit.above) {
    case Above::surface: return HUGE_VAL;
    case Above::unlimited: return -HUGE_VAL;
    case Above::standard_pressure:
      return weather.pressure_altitude_m(moment.height_m, at) - limit.height_m;
    case Above::sea_level: return moment.height_m - limit.height_m;
    case Above::ground: return moment.height_m - terrain_m(moment.place) - limit.height_m;
  }
  return 0;
}

// A box around an area with room to spare, so that most places need no closer look.
struct Box {
  double south = 90, north = -90, west = 180, east = -180;
  void include(double latitude, double longitude, double room) {
    south = std::min(south, latitude - room);
    north = std::max(north, latitude + room);
    west = std::min(west, longitude - room);
    east = std::max(east, longitude + room);
  }
  bool contains(Place p) const {
    return p.latitude >= south && p.latitude <= north && p.longitude >= west && p.longitude <= east;
  }
};

Box box_of(const TheatreArea& area) {
  Box box;
  for (const auto& polygon : area.outline.polygons)
    for (const auto& v : polygon.outer)
      box.include(static_cast<double>(v.latitude_e7) / 1e7,
                  static_cast<double>(v.longitude_e7) / 1e7, 0.001);
  for (const Place& p : area.line) box.include(p.latitude, p.longitude, area.reach_m / 50'000);
  return box;
}

struct Watched {
  const TheatreArea* area;
  Box box;
};

std::vector<Watched> watched_areas(const TheatreRule& rule, const Theatre& theatre) {
  std::vector<Watched> watched;
  for (const TheatreArea& area : theatre.areas)
    if (std::find(rule.areas.begin(), rule.areas.end(), area.id) != rule.areas.end())
      watched.push_back({&area, box_of(area)});
  return watched;
}

std::set<std::string> holding(const std::vector<Watched>& watched, const Track& track,
                              const Weather& weather, Instant at) {
  std::set<std::string> ids;
  const Moment moment = track.at(at);
  for (const Watched& w : watched)
    if (w.box.contains(moment.place) && holds(*w.area, moment, weather, at)) ids.insert(w.area->id);
  return ids;
}

// How far a place inside an area lies from its outline.
double depth_m(const TheatreArea& area, Place place) {
  switch (area.shape) {
    case TheatreArea::Shape::circle: return area.reach_m - distance_m(area.line.front(), place);
    case TheatreArea::Shape::corridor: return area.reach_m - distance_m(place, area.line);
    case TheatreArea::Shape::polygon: break;
  }
  double depth = HUGE_VAL;
  const auto look = [&](const areas::Ring& ring) {
    std::vector<Place> line;
    for (const areas::Vertex& v : ring)
      line.push_back(
          {static_cast<double>(v.latitude_e7) / 1e7, static_cast<double>(v.longitude_e7) / 1e7});
    line.push_back(line.front());
    depth = std::min(depth, distance_m(place, line));
  };
  for (const areas::Polygon& polygon : area.outline.polygons) {
    look(polygon.outer);
    for (const areas::Ring& hole : polygon.holes) look(hole);
  }
  return depth;
}

// The instant at which being inside changes between `before` and `after`.
Instant change_between(Instant before, Instant after, bool inside_after,
                       const std::vector<Watched>& watched, const Track& track,
                       const Weather& weather) {
  while (after - before > finest) {
    const Instant middle{before.microseconds + (after - before).microseconds / 2};
    const bool inside = !holding(watched, track, weather, middle).empty();
    (inside == inside_after ? after : before) = middle;
  }
  return inside_after ? after : before;
}

bool in_window(const TheatreRule& rule, const Theatre& theatre, Instant at) {
  if (rule.when.empty()) return true;
  const std::int64_t local = at.microseconds / 1'000'000 + theatre.seconds_east_at(at);
  const std::int64_t day = local / 86'400 - (local % 86'400 < 0 ? 1 : 0);
  const auto second = static_cast<int>(local - day * 86'400);
  const int weekday = quantities::weekday(quantities::date_from_days(day));
  return std::any_of(rule.when.begin(), rule.when.end(), [&](const TheatreWindow& w) {
    return (w.weekdays.empty() ||
            std::find(w.weekdays.begin(), w.weekdays.end(), weekday) != w.weekdays.end()) &&
           w.from_second <= second && second < w.until_second;
  });
}

bool forbidden_at(Instant at, const Moment& moment, const TheatreRule& rule, const Theatre& theatre,
                  const Weather& weather) {
  if (at < theatre.in_force || !in_window(rule, theatre, at)) return false;
  return !rule.below || height_over(*rule.below, moment, weather, at) < 0;
}

// What is wrong with a notice for a whole stay; "" if nothing is.
std::string fault_of(const NoticePaper& paper, const TheatreException& exception, const Stay& stay,
                     const Flyer& flyer) {
  if (paper.address != flyer.address) return "filed for another airframe";
  if (exception.notice == TheatreException::NoticeBy::lead_before_entry) {
    if (paper.notified > stay.entry - exception.lead) return "notified too late";
  } else if (paper.notified > stay.entry + exception.lead) {
    return "notified after entry";
  }
  if (exception.acknowledged && (!paper.acknowledged || *paper.acknowledged > stay.entry))
    return "not acknowledged before entry";
  return "";
}

// The same for one moment of it.
std::string fault_at(const NoticePaper& paper, const TheatreException& exception,
                     const Moment& moment, Instant at) {
  if (at < paper.from - exception.window_tolerance) return "before the notified hours";
  if (at > paper.until + exception.window_tolerance) return "after the notified hours";
  if (exception.corridor_m && !paper.route.empty() &&
      distance_m(moment.place, paper.route) > *exception.corridor_m)
    return "outside the notified corridor";
  return "";
}

struct Claim {
  const NoticePaper* paper;
  const TheatreException* exception;
};

// Notices that could concern the stay: of the airframe or its call sign, and for the right time.
std::vector<Claim> claims_for(const Stay& stay, const TheatreRule& rule,
                              const std::vector<NoticePaper>& papers,
                              const std::string& own_notice) {
  std::vector<Claim> claims;
  for (const NoticePaper& paper : papers)
    for (const TheatreException& exception : rule.exceptions)
      if (paper.purpose == exception.purpose &&
          (paper.id == own_notice || (paper.from - quantities::hours(6) < stay.exit &&
                                      stay.entry < paper.until + quantities::hours(6))))
        claims.push_back({&paper, &exception});
  return claims;
}

}  // namespace

bool holds(const TheatreArea& area, const Moment& moment, const Weather& weather, Instant at) {
  return area.valid.contains(at) && height_over(area.floor, moment, weather, at) >= 0 &&
         height_over(area.ceiling, moment, weather, at) <= 0 && lies_over(area, moment.place);
}

std::vector<Stay> stays_of(const Track& track, const TheatreRule& rule, const Theatre& theatre,
                           const Weather& weather) {
  const std::vector<Watched> watched = watched_areas(rule, theatre);
  std::vector<Stay> stays;
  std::set<std::string> areas;
  Stay stay;
  bool inside = false;
  const auto finish = [&](Instant exit, bool cut) {
    stay.exit = exit;
    stay.cut_short = stay.cut_short || cut;
    stay.areas.assign(areas.begin(), areas.end());
    stay.marginal = (stay.exit - stay.entry).in_seconds() < marginal_s;
    stays.push_back(stay);
    areas.clear();
    inside = false;
  };
  for (Instant at = track.start(); at <= track.end(); at = at + look_every) {
    const std::set<std::string> now = holding(watched, track, weather, at);
    if (!now.empty()) {
      const Moment moment = track.at(at);
      const double height = moment.height_m;
      const double pressure = weather.pressure_altitude_m(height, at);
      if (!inside) {
        inside = true;
        stay = Stay{};
        stay.rule = rule.id;
        stay.cut_short = at == track.start();
        stay.entry = stay.cut_short
                         ? at
                         : change_between(at - look_every, at, true, watched, track, weather);
        stay.least_height_m = stay.most_height_m = height;
        stay.least_pressure_m = stay.most_pressure_m = pressure;
      }
      areas.insert(now.begin(), now.end());
      stay.least_height_m = std::min(stay.least_height_m, height);
      stay.most_height_m = std::max(stay.most_height_m, height);
      stay.least_pressure_m = std::min(stay.least_pressure_m, pressure);
      stay.most_pressure_m = std::max(stay.most_pressure_m, pressure);
      for (const Watched& w : watched)
        if (now.contains(w.area->id) && holds(*w.area, moment, weather, at))
          stay.deepest_m = std::max(stay.deepest_m, depth_m(*w.area, moment.place));
    } else if (inside) {
      finish(change_between(at - look_every, at, false, watched, track, weather), false);
    }
  }
  if (inside) finish(track.end(), true);
  return stays;
}

void judge(Stay& stay, const Flyer& flyer, const Track& track, const TheatreRule& rule,
           const Theatre& theatre, const Weather& weather, const std::vector<NoticePaper>& papers) {
  using Aircraft = TheatreRule::Aircraft;
  const bool party = std::find(rule.by.begin(), rule.by.end(), flyer.party) != rule.by.end();
  const bool kind = rule.aircraft == Aircraft::any ||
                    (rule.aircraft == Aircraft::military && flyer.military) ||
                    (rule.aircraft == Aircraft::combat && flyer.combat);
  stay.bound = party && kind;
  if (!party)
    stay.why_not = "the rule does not bind the party";
  else if (!kind)
    stay.why_not = "the rule does not concern this kind of aircraft";
  if (!stay.bound) return;

  const std::vector<Claim> claims = claims_for(stay, rule, papers, stay.notice);
  std::string reason;
  for (Instant at = stay.entry; at < stay.exit; at = at + look_every) {
    const Moment moment = track.at(at);
    const double seconds = std::min(look_every_s, (stay.exit - at).in_seconds());
    if (!forbidden_at(at, moment, rule, theatre, weather)) continue;
    stay.prohibited_s += seconds;
    bool excepted = false;
    for (const Claim& claim : claims) {
      std::string fault = fault_of(*claim.paper, *claim.exception, stay, flyer);
      if (fault.empty()) fault = fault_at(*claim.paper, *claim.exception, moment, at);
      if (fault.empty())
        excepted = true;
      else if (claim.paper->id == stay.notice && reason.empty())
        reason = fault;
    }
    if (excepted) stay.excepted_s += seconds;
  }
  if (!stay.prohibited()) stay.why_not = "not in force, or not at these hours or heights";
  if (!stay.breach() && stay.prohibited())
    stay.exception_reason = "every condition holds";
  else if (!stay.notice.empty())
    stay.exception_reason = reason;
  else if (stay.prohibited())
    stay.exception_reason = "no notice was filed";
}

}  // namespace truce::exercise
