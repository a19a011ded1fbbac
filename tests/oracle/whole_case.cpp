#include "tests/oracle/whole_case.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "areas/cells.h"
#include "areas/earth.h"
#include "areas/highest_ground.h"
#include "findings/coverage.h"
#include "findings/overflight.h"
#include "incidents/heights.h"
#include "incidents/track.h"
#include "tests/oracle/ground_oracle.h"

namespace truce::oracle {

using namespace findings;
using quantities::Instant;
using quantities::Length;

namespace {

using observations::Observations;
using observations::Positions;
using quantities::Date;
using quantities::Period;
using quantities::Point;

constexpr std::int64_t cell_e7 = 2'500'000;
constexpr std::int64_t slot_us = 300'000'000;
constexpr int bands = 3;
constexpr std::size_t most_days = 3'660;
constexpr int share_steps = 250;  // a share is kept in 250ths, rounded down

using areas::Cell;

// Below FL100, to FL245, above: each with its floor.
const Length floors[bands + 1] = {Length{INT64_MIN / 2}, quantities::feet(10'000),
                                  quantities::feet(24'500), Length{INT64_MAX / 2}};

struct Heights {
  Length least, most;
};

bool meets(int band, Heights h) {
  return h.most >= floors[band] && h.least < floors[band + 1];
}

// The corners and the middle of a cell.
std::vector<areas::Vector> places_of(Cell cell) {
  std::vector<areas::Vector> places;
  for (const double x : {0.0, 1.0})
    for (const double y : {0.0, 1.0})
      places.push_back(areas::place_e7((cell.x + x) * cell_e7, (cell.y + y) * cell_e7));
  places.push_back(areas::place_e7((cell.x + 0.5) * cell_e7, (cell.y + 0.5) * cell_e7));
  return places;
}
double half_width(Cell cell) {
  const auto places = places_of(cell);
  double most = 0;
  for (const areas::Vector& p : places) most = std::max(most, areas::chord(p, places.back()));
  return most;
}
double distance_to_middle(Cell cell, Point from) {
  return areas::chord(places_of(cell).back(), areas::place(from));
}

Period slot_period(std::int64_t slot) {
  return {Instant{slot * slot_us}, Instant{(slot + 1) * slot_us}};
}

bool overlap(Period a, Period b) {
  return a.from < b.until && b.from < a.until;
}

bool speaks_of(const observations::Restriction& r, const observations::Source& source) {
  return r.sources.empty() || std::count(r.sources.begin(), r.sources.end(), source.id) != 0;
}

// The share of acts that the best source would have shown, for each cell, band and slot in which
// any was heard; in 250ths, as they are kept.
using Heard = std::map<std::tuple<Cell, int, std::int64_t>, int>;

void hear(Heard& heard, Cell cell, int band, std::int64_t slot, double share) {
  int& value = heard[{cell, band, slot}];
  value = std::max(value, static_cast<int>(share * share_steps));
}

Heard heard_in(const std::vector<Cell>& cells, const Observations& seen) {
  Heard heard;
  const incidents::SourceNumbers numbers = incidents::source_numbers(seen);
  const Positions& p = seen.positions;
  std::map<std::uint32_t, std::set<std::int64_t>> beats;
  for (std::size_t row = 0; row < p.size(); ++row) {
    const std::uint32_t number = numbers.of_input[p.evidence[row].input];
    const auto& source = *numbers.sources[number];
    const std::int64_t slot = p.at[row] / slot_us;
    if (source.coverage.heartbeat) beats[number].insert(slot);
    const Cell cell = areas::cell_of(p.point[row], cell_e7);
    if (p.pressure_altitude[row] == observations::no_height ||
        std::count(cells.begin(), cells.end(), cell) == 0)
      continue;
    if (std::any_of(seen.restrictions.begin(), seen.restrictions.end(), [&](const auto& r) {
          return overlap(r.when, slot_period(slot)) && speaks_of(r, source) &&
                 (!r.centre || areas::chord(areas::place(*r.centre), areas::place(p.point[row])) <=
                                   r.radius.in_metres());
        }))
      continue;
    const Length height{p.pressure_altitude[row]};
    for (int band = 0; band < bands; ++band)
      if (meets(band, {height, height})) hear(heard, cell, band, slot, source.coverage.share);
  }
  for (const auto& [number, slots] : beats) {
    const auto& source = *numbers.sources[number];
    for (const Cell cell : cells) {
      // All of the cell lies in its reach.
      if (source.coverage.radius &&
          distance_to_middle(cell, source.coverage.centre) + half_width(cell) >
              source.coverage.radius->in_metres())
        continue;
      for (const std::int64_t slot : slots) {
        // None of it lies in a restriction.
        if (std::any_of(seen.restrictions.begin(), seen.restrictions.end(), [&](const auto& r) {
              return overlap(r.when, slot_period(slot)) && speaks_of(r, source) &&
                     (!r.centre || distance_to_middle(cell, *r.centre) - half_width(cell) <=
                                       r.radius.in_metres());
            }))
          continue;
        for (int band = 0; band < bands; ++band)
          if (!source.coverage.lowest ||
              *source.coverage.lowest <= (band == 0 ? Length{} : floors[band]))
            hear(heard, cell, band, slot, source.coverage.share);
      }
    }
  }
  return heard;
}

// Whether the rule could be broken in the area at a moment, straight from its terms.
bool could_be_broken(const terms::Agreement& agreement, const terms::FlightRule& rule,
                     const terms::Area& area, Instant t) {
  if (!agreement.in_force.contains(t) || !rule.valid.contains(t) || !area.valid.contains(t))
    return false;
  const bool anybody_bound = std::any_of(rule.by.begin(), rule.by.end(), [&](const auto& id) {
    const terms::Party* party = agreement.party(id);
    return party != nullptr && !party->outside &&
           (!party->accession || party->accession->at <= t) &&
           (!party->withdrawn || t < *party->withdrawn);
  });
  if (!anybody_bound) return false;
  if (rule.when.empty()) return true;
  const std::int32_t east = terms::seconds_east_at(agreement, t);
  const Date today = quantities::date_at(t, east);
  const std::int64_t second =
      (t - Instant{}).microseconds / 1'000'000 + east - quantities::days_from(today) * 86'400;
  const auto on_day = [](const terms::Window& w, Date day) {
    return (!w.first_day || *w.first_day <= day) && (!w.last_day || day <= *w.last_day) &&
           (w.weekdays.empty() ||
            std::count(w.weekdays.begin(), w.weekdays.end(), quantities::weekday(day)) != 0);
  };
  const Date yesterday = quantities::date_from_days(quantities::days_from(today) - 1);
  return std::any_of(rule.when.begin(), rule.when.end(), [&](const terms::Window& w) {
    if (w.from_second <= w.until_second)
      return on_day(w, today) && w.from_second <= second && second < w.until_second;
    return (on_day(w, today) && w.from_second <= second) ||
           (on_day(w, yesterday) && second < w.until_second);
  });
}

// The slots of a day in which it could be broken at some moment. Whatever begins does so on a
// whole minute, or at an instant that the terms name.
std::vector<std::int64_t> slots_of(const terms::Agreement& agreement, const terms::FlightRule& rule,
                                   const terms::Area& area, Date day) {
  const Instant from = start_of(agreement, day);
  const Instant until =
      start_of(agreement, quantities::date_from_days(quantities::days_from(day) + 1));
  std::set<Instant> moments{agreement.in_force.from, rule.valid.from, area.valid.from, from};
  for (const terms::Party& party : agreement.parties)
    if (party.accession) moments.insert(party.accession->at);
  constexpr std::int64_t minute_us = 60'000'000;
  for (std::int64_t t = from.microseconds / minute_us; t * minute_us < until.microseconds; ++t)
    moments.insert(Instant{t * minute_us});
  std::set<std::int64_t> slots;
  for (const Instant t : moments)
    if (from <= t && t < until && could_be_broken(agreement, rule, area, t))
      slots.insert(t.microseconds / slot_us);
  return {slots.begin(), slots.end()};
}

// What a limit may be as a pressure altitude.
Heights on_pressure_scale(const terms::Limit& limit, const terms::Area& area,
                          const terms::Agreement& agreement) {
  if (limit.reference == terms::Reference::unlimited) return {floors[2], floors[2]};
  if (limit.reference == terms::Reference::pressure) return {limit.height, limit.height};
  incidents::HeightBounds sea{limit.height, limit.height};
  if (limit.reference != terms::Reference::mean_sea_level) {
    sea.least = sea.least + (area.terrain ? area.terrain->least : quantities::metres(-500));
    sea.most = sea.most + (area.terrain ? area.terrain->most : areas::highest_ground_on_earth);
  }
  const auto found = incidents::pressure_from_sea_level(sea, agreement.atmosphere);
  return {found.least, found.most};
}

// Every run of bands that floors and ceilings leave open.
std::vector<std::vector<int>> runs_of_bands(const terms::Agreement& agreement,
                                            const terms::FlightRule& rule,
                                            const terms::Area& area) {
  // From some floor in this band, to some ceiling in that one: the highest floor, the lowest
  // ceiling decide.
  std::set<int> floor_in{0}, ceiling_in{bands - 1};
  const auto combine = [&](std::set<int>& known, const terms::Limit& limit, auto better) {
    std::set<int> next;
    for (int band = 0; band < bands; ++band)
      if (meets(band, on_pressure_scale(limit, area, agreement)))
        for (const int other : known) next.insert(better(band, other));
    known = next;
  };
  const auto higher = [](int a, int b) { return std::max(a, b); };
  const auto lower = [](int a, int b) { return std::min(a, b); };
  const auto is_surface = [](const terms::Limit& l) {
    return l.reference == terms::Reference::surface;
  };
  if (!is_surface(area.floor)) combine(floor_in, area.floor, higher);
  if (rule.above && !is_surface(*rule.above)) combine(floor_in, *rule.above, higher);
  combine(ceiling_in, area.ceiling, lower);
  if (rule.below) combine(ceiling_in, *rule.below, lower);
  std::vector<std::vector<int>> runs;
  for (const int low : floor_in)
    for (const int high : ceiling_in) {
      std::vector<int> run;
      for (int band = low; band <= high; ++band) run.push_back(band);
      if (!run.empty()) runs.push_back(run);
    }
  return runs;
}

Period observed_period(const Observations& seen) {
  Period period{quantities::latest_instant, quantities::earliest_instant};
  const auto include = [&](Instant t) {
    period.from = std::min(period.from, t);
    period.until = std::max(period.until, t);
  };
  for (std::int64_t t : seen.positions.at) include({t});
  for (const auto& s : seen.sightings) {
    include(s.when.earliest);
    include(s.when.latest);
  }
  if (period.from > period.until) return {Instant{}, Instant{}};
  return period;
}

// Cell by cell, band by band and slot by slot, for every rule, area and day.
std::vector<CoverageLine> coverage_of(const Zones& zones, const Observations& seen,
                                      const std::vector<Finding>& findings) {
  const terms::Agreement& agreement = zones.agreement();
  const Period period = observed_period(seen);
  std::map<std::tuple<std::string, std::string, Date>, CoverageLine> lines;
  if (period.from == period.until) return {};
  std::vector<Date> days;
  for (Date d = day_of(agreement, period.from);
       d <= day_of(agreement, period.until) && days.size() < most_days;
       d = quantities::date_from_days(quantities::days_from(d) + 1))
    days.push_back(d);
  for (std::size_t index = 0; index < agreement.areas.size(); ++index) {
    const terms::Area& area = agreement.areas[index];
    const std::vector<Cell> cells = cells_by_clipping(area.outline, cell_e7);
    const Heard heard = heard_in(cells, seen);
    for (const terms::FlightRule& rule : agreement.rules) {
      if (!terms::Agreement::covers(rule, area)) continue;
      for (const Date day : days) {
        CoverageLine line;
        line.rule = rule.id;
        line.area = area.id;
        line.day = day;
        Verdict strongest = Verdict::not_observed;
        for (const Finding& f : findings) {
          if ((f.verdict != Verdict::violation && f.verdict != Verdict::possible) ||
              f.rule != rule.id || std::count(f.areas.begin(), f.areas.end(), area.id) == 0)
            continue;
          if (f.counted_on == day) ++line.findings;
          if (f.counted_on <= day && day <= day_of(agreement, f.exit.latest))
            strongest = std::max(strongest, f.verdict);
        }
        bool any = false;
        const std::vector<std::int64_t> slots = slots_of(agreement, rule, area, day);
        for (const std::vector<int>& run : runs_of_bands(agreement, rule, area)) {
          std::int64_t total = 0, watched = 0, share = 0, limited = 0;
          for (const Cell cell : cells) {
            for (const std::int64_t slot : slots) {
              const bool restricted = std::any_of(
                  seen.restrictions.begin(), seen.restrictions.end(), [&](const auto& r) {
                    return overlap(r.when, slot_period(slot)) &&
                           (!r.centre || distance_to_middle(cell, *r.centre) - half_width(cell) <=
                                             r.radius.in_metres());
                  });
              for (const int band : run) {
                ++total;
                limited += restricted;
                const auto found = heard.find({cell, band, slot});
                if (found == heard.end()) continue;
                ++watched;
                share += found->second;
              }
            }
          }
          if (total == 0) continue;
          const double of = static_cast<double>(total);
          const double heard_share = static_cast<double>(watched) / of;
          const double coverage = static_cast<double>(share) / share_steps / of;
          line.restricted = static_cast<double>(limited) / of;
          line.heard = any ? std::min(line.heard, heard_share) : heard_share;
          line.coverage = any ? std::min(line.coverage, coverage) : coverage;
          any = true;
        }
        if (!any && strongest == Verdict::not_observed) continue;
        line.verdict = strongest != Verdict::not_observed          ? strongest
                       : line.coverage >= agreement.compliant_from ? Verdict::compliant
                                                                   : Verdict::not_observed;
        // Of two versions of an area on one day, the worse watched stands.
        const auto [known, is_new] = lines.try_emplace({line.rule, line.area, line.day}, line);
        if (!is_new && line.coverage < known->second.coverage) known->second = line;
      }
    }
  }
  std::vector<CoverageLine> all;
  for (auto& [key, line] : lines) all.push_back(std::move(line));
  return all;
}

// Every row of the case, sorted by everything at once.
std::vector<incidents::Aircraft> all_aircraft(const Observations& seen,
                                              const incidents::SourceNumbers& numbers,
                                              const incidents::TrackRules& rules) {
  const Positions& p = seen.positions;
  std::vector<std::uint32_t> rows(p.size());
  for (std::uint32_t row = 0; row < rows.size(); ++row) rows[row] = row;
  std::sort(rows.begin(), rows.end(), [&](std::uint32_t a, std::uint32_t b) {
    return std::tie(p.address[a], p.at[a], p.point[a], p.pressure_altitude[a],
                    p.geometric_height[a], p.containment_cm[a], p.evidence[a]) <
           std::tie(p.address[b], p.at[b], p.point[b], p.pressure_altitude[b],
                    p.geometric_height[b], p.containment_cm[b], p.evidence[b]);
  });
  std::vector<incidents::Aircraft> all;
  for (std::size_t i = 0; i < rows.size();) {
    std::size_t end = i;
    while (end < rows.size() && p.address[rows[end]] == p.address[rows[i]]) ++end;
    all.push_back(incidents::aircraft_of(
        seen, numbers, p, std::span<const std::uint32_t>(rows).subspan(i, end - i), rules));
    i = end;
  }
  return all;
}

}  // namespace

Findings assess_whole(const terms::Agreement& agreement, const Observations& seen) {
  const Zones zones(agreement);
  const Setting setting{agreement, seen, zones, incidents::source_numbers(seen)};
  incidents::TrackRules rules;
  rules.max_gap = agreement.max_gap;
  std::vector<Found> found = findings_from_sightings(setting);
  for (const incidents::Aircraft& aircraft : all_aircraft(seen, setting.numbers, rules))
    for (Found& one : findings_about(aircraft, setting)) found.push_back(std::move(one));
  found = one_for_each_rule(std::move(found));
  std::stable_sort(found.begin(), found.end(), [](const Found& a, const Found& b) {
    return std::tie(a.finding.entry.earliest, a.finding.rule, a.finding.id) <
           std::tie(b.finding.entry.earliest, b.finding.rule, b.finding.id);
  });
  Findings all;
  for (Found& one : found) all.findings.push_back(std::move(one.finding));
  all.coverage = coverage_of(zones, seen, all.findings);
  all.observed = observed_period(seen);
  return all;
}

}  // namespace truce::oracle
