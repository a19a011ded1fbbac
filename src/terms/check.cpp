#include "terms/check.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "areas/overlap.h"
#include "base/text.h"
#include "terms/extent.h"
#include "terms/retelling.h"
#include "terms/time_zone.h"

namespace truce::terms {

namespace {

using base::Problem;
using base::Problems;
using Texts = std::vector<std::string>;

Period common(Period a, Period b) {
  return {std::max(a.from, b.from), std::min(a.until, b.until)};
}

bool is_empty(Period p) {
  return p.until <= p.from;
}

bool holds(const Texts& list, const std::string& text) {
  return std::find(list.begin(), list.end(), text) != list.end();
}

// Heights above different zeros, made comparable with room to spare: nothing here decides a
// finding.

struct Heights {
  Length lowest, highest;
};

constexpr std::int64_t far_away = std::int64_t{1} << 60;

// Where above mean sea level a limit may lie; nothing if that is unknown.
std::optional<Heights> above_sea_level(const Limit& limit, const std::optional<Terrain>& terrain) {
  switch (limit.reference) {
    case Reference::unlimited: return Heights{{far_away}, {far_away}};
    case Reference::mean_sea_level: return Heights{limit.height, limit.height};
    case Reference::pressure: {
      // Half a kilometre for the pressure at sea level, a sixth of the height for the temperature.
      const Length spare = quantities::metres(600) + Length{std::abs(limit.height.tenth_mm) / 6};
      return Heights{limit.height - spare, limit.height + spare};
    }
    case Reference::surface:
    case Reference::ground:
      if (!terrain) return {};
      return Heights{terrain->least + limit.height, terrain->most + limit.height};
  }
  return {};
}

// Certainly `low` is not above `high`'s place: all of what ends at `low` is below what begins at
// `high`, or meets it in that one height.
bool ends_below(const Limit& low, const Limit& high, const std::optional<Terrain>& terrain) {
  if (low.reference == high.reference)
    return low.reference != Reference::unlimited && low.reference != Reference::surface &&
           low.height <= high.height;
  const auto a = above_sea_level(low, terrain);
  const auto b = above_sea_level(high, terrain);
  return a && b && a->highest < b->lowest;
}

bool share_heights(const Area& a, const Area& b) {
  const auto& terrain = a.terrain ? a.terrain : b.terrain;
  return !ends_below(a.ceiling, b.floor, terrain) && !ends_below(b.ceiling, a.floor, terrain);
}

bool is_above_ground(const Limit& limit) {
  return limit.reference == Reference::ground;
}

// Areas.

void warn_of_overlaps(const Agreement& agreement, Problems& out) {
  std::set<std::pair<std::string, std::string>> told;
  for (std::size_t i = 0; i < agreement.areas.size(); ++i) {
    for (std::size_t j = i + 1; j < agreement.areas.size(); ++j) {
      const Area& a = agreement.areas[i];
      const Area& b = agreement.areas[j];
      const Period both = common(common(a.valid, b.valid), agreement.in_force);
      if (a.grade == b.grade || is_empty(both) || !share_heights(a, b)) continue;
      if (told.contains({a.id, b.id}) || !areas::overlap(a.outline, b.outline)) continue;
      told.insert({a.id, b.id});
      out.push_back({b.where, "area " + b.id + " (" + b.grade + ") overlaps area " + a.id + " (" +
                                  a.grade + ") in ground, height and time, from " +
                                  local_text(agreement, both.from) +
                                  " on: a flight there falls under the rules of both grades"});
    }
  }
}

void warn_of_heights(const Area& area, Problems& out) {
  if (area.floor.reference != area.ceiling.reference &&
      area.floor.reference != Reference::surface &&
      ends_below(area.ceiling, area.floor, area.terrain))
    out.push_back({area.where, "area " + area.id + " has its ceiling, " + area.ceiling.text +
                                   ", below its floor, " + area.floor.text +
                                   ": it holds no flight"});
  const auto ceiling = above_sea_level(area.ceiling, area.terrain);
  if (area.terrain && ceiling && !is_above_ground(area.ceiling) &&
      ceiling->highest <= area.terrain->least)
    out.push_back({area.where, "area " + area.id + " has its ceiling, " + area.ceiling.text +
                                   ", below the lowest ground: it holds no flight"});
  if (!area.terrain && (is_above_ground(area.floor) || is_above_ground(area.ceiling)))
    out.push_back({area.where, "area " + area.id +
                                   " has a height above ground but no 'terrain': whether an "
                                   "aircraft was above or below it stays unknown unless it was on "
                                   "the ground"});
}

void warn_of_idle_area(const Agreement& agreement, const Area& area, Problems& out) {
  if (is_empty(common(area.valid, agreement.in_force))) {
    out.push_back(
        {area.where, "area " + area.id + " is never designated while the agreement is in force"});
    return;
  }
  for (const FlightRule& rule : agreement.rules)
    if (Agreement::covers(rule, area) && !is_empty(common(rule.valid, area.valid))) return;
  out.push_back({area.where, "no rule covers area " + area.id});
}

// Degrees between two places, as a map would show them: only to see which lie together.
double apart(double longitude_a, double latitude_a, double longitude_b, double latitude_b) {
  double east = std::abs(longitude_a - longitude_b);
  if (east > 180) east = 360 - east;
  return std::max(east, std::abs(latitude_a - latitude_b));
}

double apart(quantities::Point a, quantities::Point b) {
  return apart(a.longitude(), a.latitude(), b.longitude(), b.latitude());
}

double apart_exchanged(quantities::Point exchanged, quantities::Point b) {
  return apart(exchanged.latitude(), exchanged.longitude(), b.longitude(), b.latitude());
}

// An area that lies far from all others, but among them if its longitude and latitude were
// exchanged; or far from where the clocks of the agreement are, but beside them.
void warn_of_axis_order(const Agreement& agreement, std::string_view zone_table, Problems& out) {
  constexpr double far_degrees = 10, near_degrees = 5;
  constexpr double far_from_clocks = 20, near_clocks = 10;  // a zone is wider than a conflict
  const auto clocks = place_in_zone_table(zone_table, agreement.time_zone);
  std::vector<std::pair<const Area*, quantities::Point>> centres;
  for (const Area& area : agreement.areas)
    if (const auto extent = extent_of(area.outline)) centres.emplace_back(&area, extent->centre);
  for (const auto& [area, centre] : centres) {
    std::optional<double> nearest;
    const Area* neighbour = nullptr;
    double nearest_exchanged = 360;
    for (const auto& [other, place] : centres) {
      if (other->id == area->id) continue;
      const double d = apart(centre, place), exchanged = apart_exchanged(centre, place);
      if (!nearest || d < *nearest) nearest = d;
      if (exchanged < nearest_exchanged) {
        nearest_exchanged = exchanged;
        neighbour = other;
      }
    }
    if (clocks && apart(centre, *clocks) >= far_from_clocks &&
        apart_exchanged(centre, *clocks) <= near_clocks) {
      out.push_back({area->where, "area " + area->id + " lies at " + point_text(centre) +
                                      ", far from the place that the time zone of the agreement, " +
                                      agreement.time_zone +
                                      ", is named for; with longitude and latitude exchanged it "
                                      "would lie near it: are they in the wrong order?"});
      continue;
    }
    if (!nearest || *nearest < far_degrees || nearest_exchanged > near_degrees) continue;
    out.push_back({area->where, "area " + area->id + " lies at " + point_text(centre) +
                                    ", far from every other area; with longitude and latitude "
                                    "exchanged it would lie beside area " +
                                    neighbour->id + ": are they in the wrong order?"});
  }
}

// Rules.

// When each rule holds, by its windows; worked out once, and only for rules that are asked about.
class RuleTimes {
 public:
  explicit RuleTimes(const Agreement& agreement) : agreement_(agreement) {}
  const std::vector<Period>& of(const FlightRule& rule) {
    const auto [found, is_new] = known_.try_emplace(&rule);
    if (is_new)
      found->second = periods_of(agreement_, rule.when, common(rule.valid, agreement_.in_force));
    return found->second;
  }

 private:
  const Agreement& agreement_;
  std::map<const FlightRule*, std::vector<Period>> known_;
};

std::vector<const Area*> areas_of(const Agreement& agreement, const FlightRule& rule) {
  std::vector<const Area*> found;
  for (const Area& area : agreement.areas)
    if (Agreement::covers(rule, area) && !is_empty(common(rule.valid, area.valid)))
      found.push_back(&area);
  return found;
}

// When a party is bound by anything.
Period bound_period(const Agreement& agreement, const Party& party) {
  if (party.outside) return {agreement.in_force.from, agreement.in_force.from};
  Period bound = agreement.in_force;
  if (party.accession) bound.from = std::max(bound.from, party.accession->at);
  if (party.withdrawn) bound.until = std::min(bound.until, *party.withdrawn);
  return bound;
}

// Why a rule can never apply; "" if it can.
std::string why_never(const Agreement& agreement, const FlightRule& rule, RuleTimes& times) {
  const Period valid = common(rule.valid, agreement.in_force);
  if (is_empty(valid)) return "it is never in force";
  const auto covered = areas_of(agreement, rule);
  if (covered.empty()) return "no area that it names is designated while it is in force";
  const bool binds = std::any_of(rule.by.begin(), rule.by.end(), [&](const std::string& id) {
    const Party* party = agreement.party(id);
    return party != nullptr && !is_empty(common(valid, bound_period(agreement, *party)));
  });
  if (!binds) return "no party that it names is bound while it is in force";
  if (times.of(rule).empty()) return "its days and hours do not occur while it is in force";
  const bool has_height = std::any_of(covered.begin(), covered.end(), [&](const Area* area) {
    return !(rule.below && ends_below(*rule.below, area->floor, area->terrain)) &&
           !(rule.above && ends_below(area->ceiling, *rule.above, area->terrain));
  });
  if (!has_height) return "none of its areas reaches the heights that it names";
  return "";
}

void warn_of_rule(const Agreement& agreement, const FlightRule& rule, RuleTimes& times,
                  Problems& out) {
  if (const std::string why = why_never(agreement, rule, times); !why.empty()) {
    out.push_back({rule.where, "rule " + rule.id + " can never apply: " + why});
    return;
  }
  for (const std::string& id : rule.by)
    if (const Party* party = agreement.party(id); party != nullptr && party->outside)
      out.push_back({rule.where, "rule " + rule.id + " names " + id +
                                     ", which is outside the agreement and cannot be bound by it"});
  const bool asks_ground =
      (rule.below && is_above_ground(*rule.below)) || (rule.above && is_above_ground(*rule.above));
  Texts unknown;
  for (const Area* area : areas_of(agreement, rule))
    if (!area->terrain && !holds(unknown, area->id)) unknown.push_back(area->id);
  if (asks_ground && !unknown.empty())
    out.push_back({rule.where, "rule " + rule.id + " asks for a height above ground, but " +
                                   base::listed(unknown) +
                                   (unknown.size() == 1 ? " has" : " have") +
                                   " no 'terrain': that height stays unknown there"});
  for (const Exception& exception : rule.exceptions)
    for (const std::string& id : exception.parties)
      if (!holds(rule.by, id))
        out.push_back({exception.where, "exception " + exception.id + " of rule " + rule.id +
                                            " may be claimed by " + id +
                                            ", which the rule does not bind"});
}

// Kinds of which one aircraft cannot be two.
bool exclude_each_other(AircraftKind a, AircraftKind b) {
  constexpr std::array<std::pair<AircraftKind, AircraftKind>, 4> pairs = {{
      {AircraftKind::military, AircraftKind::civil},
      {AircraftKind::fixed_wing, AircraftKind::helicopter},
      {AircraftKind::combat, AircraftKind::transport},
      {AircraftKind::civil, AircraftKind::combat},
  }};
  return std::any_of(pairs.begin(), pairs.end(), [&](const auto& p) {
    return (p.first == a && p.second == b) || (p.first == b && p.second == a);
  });
}

bool share_aircraft(const FlightRule& a, const FlightRule& b) {
  if (a.aircraft.empty() || b.aircraft.empty()) return true;
  for (AircraftKind x : a.aircraft)
    for (AircraftKind y : b.aircraft)
      if (!exclude_each_other(x, y)) return true;
  return false;
}

Texts shared_parties(const FlightRule& a, const FlightRule& b) {
  Texts both;
  for (const std::string& id : a.by)
    if (holds(b.by, id)) both.push_back(id);
  return both;
}

// The areas in which both rules hold at some time.
Texts shared_areas(const Agreement& agreement, const FlightRule& a, const FlightRule& b,
                   Period when) {
  Texts both;
  for (const Area& area : agreement.areas)
    if (Agreement::covers(a, area) && Agreement::covers(b, area) &&
        !is_empty(common(area.valid, when)) && !holds(both, area.id))
      both.push_back(area.id);
  return both;
}

bool share_times(const std::vector<Period>& a, const std::vector<Period>& b) {
  for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
    if (!is_empty(common(a[i], b[j]))) return true;
    a[i].until < b[j].until ? ++i : ++j;
  }
  return false;
}

bool share_rule_heights(const FlightRule& a, const FlightRule& b) {
  const auto apart_in = [](const std::optional<Limit>& below, const std::optional<Limit>& above) {
    return below && above && ends_below(*below, *above, {});
  };
  return !apart_in(a.below, b.above) && !apart_in(b.below, a.above);
}

bool excepts(const FlightRule& rule, Purpose purpose) {
  return std::any_of(rule.exceptions.begin(), rule.exceptions.end(),
                     [&](const Exception& e) { return e.purpose == purpose; });
}

// `strict` bans what `lenient` excepts, for the same party in the same area at the same time.
void warn_of_contradiction(const Agreement& agreement, const FlightRule& lenient,
                           const FlightRule& strict, RuleTimes& times, Problems& out) {
  const Period when = common(common(lenient.valid, strict.valid), agreement.in_force);
  if (is_empty(when) || !share_aircraft(lenient, strict) || !share_rule_heights(lenient, strict))
    return;
  const Texts parties = shared_parties(lenient, strict);
  const Texts shared = shared_areas(agreement, lenient, strict, when);
  if (parties.empty() || shared.empty()) return;
  Texts purposes;
  for (const Exception& exception : lenient.exceptions) {
    const std::string purpose(to_string(exception.purpose));
    if (!excepts(strict, exception.purpose) && !holds(purposes, purpose))
      purposes.push_back(purpose);
  }
  if (purposes.empty() || !share_times(times.of(lenient), times.of(strict))) return;
  out.push_back({strict.where, "rule " + strict.id + " bans what rule " + lenient.id +
                                   " excepts, flights for " + base::listed(purposes) + " by " +
                                   base::listed(parties) + " in " + base::listed(shared) +
                                   ": such a flight breaks rule " + strict.id +
                                   " all the same; if that is not meant, give it the exception "
                                   "too"});
}

void put_in_order(Problems& problems) {
  // "agreement.toml:12:7": by line and column, whatever the name of the file.
  const auto position = [](const Problem& p) {
    const auto parts = base::split(p.where, ':');
    const auto number = [&](std::size_t from_end) {
      return parts.size() < from_end
                 ? std::int64_t{0}
                 : base::whole_number(parts[parts.size() - from_end]).value_or(0);
    };
    return std::pair(number(2), number(1));
  };
  std::stable_sort(problems.begin(), problems.end(),
                   [&](const Problem& a, const Problem& b) { return position(a) < position(b); });
}

}  // namespace

Problems warnings_of(const Agreement& agreement, std::string_view zone_table) {
  Problems out;
  warn_of_overlaps(agreement, out);
  for (const Area& area : agreement.areas) {
    warn_of_heights(area, out);
    warn_of_idle_area(agreement, area, out);
  }
  warn_of_axis_order(agreement, zone_table, out);
  RuleTimes times(agreement);
  for (const FlightRule& rule : agreement.rules) {
    warn_of_rule(agreement, rule, times, out);
    for (const FlightRule& other : agreement.rules)
      if (rule.id != other.id) warn_of_contradiction(agreement, rule, other, times, out);
  }
  put_in_order(out);
  return out;
}

}  // namespace truce::terms
