#include "tests/oracle/whole_case.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "areas/earth.h"
#include "findings/coverage.h"
#include "findings/overflight.h"
#include "incidents/track.h"

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

constexpr std::int32_t cell_e7 = 2'500'000;
constexpr std::int64_t slot_us = 300'000'000;
constexpr int bands = 3;
constexpr std::size_t most_days = 3'660;
constexpr int share_steps = 250;  // a share is kept in 250ths, rounded down

struct Cell {
  std::int32_t x, y;
  friend auto operator<=>(const Cell&, const Cell&) = default;
};

std::int32_t floor_div(std::int32_t a, std::int32_t b) {
  return a / b - (a % b < 0 ? 1 : 0);
}

Cell cell_of(Point p) {
  return {floor_div(p.longitude_e7, cell_e7), floor_div(p.latitude_e7, cell_e7)};
}
Point centre_of(Cell c) {
  return {c.x * cell_e7 + cell_e7 / 2, c.y * cell_e7 + cell_e7 / 2};
}

int band_of(std::int32_t pressure_altitude) {
  const Length fl100 = quantities::feet(10'000), fl245 = quantities::feet(24'500);
  const Length h{pressure_altitude};
  return h < fl100 ? 0 : h < fl245 ? 1 : 2;
}

Length floor_of_band(int band) {
  return band == 0 ? Length{} : quantities::feet(band == 1 ? 10'000 : 24'500);
}

// The cells whose middle lies in the area; a small area has those in which its vertices lie.
std::vector<Cell> cells_of(const areas::Region& region) {
  constexpr std::int64_t most = 20'000;
  const areas::Box box = areas::box_of(region.outline());
  const auto low = [](std::int64_t v) { return v / cell_e7 - (v % cell_e7 < 0 ? 1 : 0); };
  std::set<Cell> cells;
  const std::int64_t x0 = low(box.low.longitude_e7), x1 = low(box.high.longitude_e7);
  const std::int64_t y0 = low(box.low.latitude_e7), y1 = low(box.high.latitude_e7);
  if ((x1 - x0 + 1) * (y1 - y0 + 1) <= most) {
    for (std::int64_t x = x0; x <= x1; ++x) {
      for (std::int64_t y = y0; y <= y1; ++y) {
        const std::int64_t turns = quantities::full_turn_e7 / cell_e7;
        const std::int64_t home = x >= turns / 2 ? x - turns : x < -turns / 2 ? x + turns : x;
        const Cell cell{static_cast<std::int32_t>(home), static_cast<std::int32_t>(y)};
        if (region.side_of(centre_of(cell)) != areas::Side::outside) cells.insert(cell);
      }
    }
  }
  if (cells.empty()) {
    for (const areas::Polygon& polygon : region.outline().polygons) {
      for (areas::Vertex v : polygon.outer) {
        std::int64_t lon = v.longitude_e7;
        if (lon > quantities::half_turn_e7) lon -= quantities::full_turn_e7;
        if (lon < -quantities::half_turn_e7) lon += quantities::full_turn_e7;
        cells.insert(
            cell_of({static_cast<std::int32_t>(lon), static_cast<std::int32_t>(v.latitude_e7)}));
      }
    }
  }
  return {cells.begin(), cells.end()};
}

// What was heard, slot by slot: 0 not, otherwise one more than the share in 250ths.
class Reception {
 public:
  Reception(std::vector<Cell> cells, Period period)
      : first_slot_(period.from.microseconds / slot_us),
        slots_(static_cast<std::size_t>(period.until.microseconds / slot_us - first_slot_ + 1)),
        cells_(std::move(cells)),
        heard_(cells_.size() * bands * slots_, 0) {}

  std::size_t slots() const { return slots_; }
  std::int64_t first_slot() const { return first_slot_; }
  std::int64_t slot_of(std::int64_t us) const { return us / slot_us - first_slot_; }
  const std::vector<Cell>& cells() const { return cells_; }
  std::ptrdiff_t index_of(Cell c) const {
    const auto found = std::lower_bound(cells_.begin(), cells_.end(), c);
    return found != cells_.end() && *found == c ? found - cells_.begin() : -1;
  }
  std::uint8_t& at(std::size_t cell, int band, std::size_t slot) {
    return heard_[(cell * bands + static_cast<std::size_t>(band)) * slots_ + slot];
  }
  void hear(std::size_t cell, int band, std::size_t slot, double share) {
    std::uint8_t& value = at(cell, band, slot);
    value = std::max(value, static_cast<std::uint8_t>(1 + static_cast<int>(share * share_steps)));
  }

 private:
  std::int64_t first_slot_;
  std::size_t slots_;
  std::vector<Cell> cells_;
  std::vector<std::uint8_t> heard_;
};

// Whether the restriction holds at some moment of the period.
bool holds_within(const observations::Restriction& r, Period when) {
  return r.when.from < when.until && when.from < r.when.until;
}

Period slot_period(std::int64_t slot) {
  return {Instant{slot * slot_us}, Instant{(slot + 1) * slot_us}};
}

bool restricts(const observations::Restriction& r, const observations::Source& source, Point place,
               Period when) {
  if (!holds_within(r, when)) return false;
  if (!r.sources.empty() &&
      std::find(r.sources.begin(), r.sources.end(), source.id) == r.sources.end())
    return false;
  return !r.centre ||
         areas::chord(areas::place(*r.centre), areas::place(place)) <= r.radius.in_metres();
}

bool restricted(const Observations& seen, const observations::Source& source, Point place,
                Period when) {
  return std::any_of(seen.restrictions.begin(), seen.restrictions.end(),
                     [&](const auto& r) { return restricts(r, source, place, when); });
}

void hear_traffic(Reception& reception, const Observations& seen,
                  const incidents::SourceNumbers& numbers) {
  const Positions& p = seen.positions;
  for (std::size_t row = 0; row < p.size(); ++row) {
    const std::ptrdiff_t cell = reception.index_of(cell_of(p.point[row]));
    if (cell < 0 || p.pressure_altitude[row] == observations::no_height) continue;
    const auto& source = *numbers.sources[numbers.of_input[p.evidence[row].input]];
    const std::int64_t slot = reception.slot_of(p.at[row]);
    if (restricted(seen, source, p.point[row], slot_period(slot + reception.first_slot())))
      continue;
    reception.hear(static_cast<std::size_t>(cell), band_of(p.pressure_altitude[row]),
                   static_cast<std::size_t>(slot), source.coverage.share);
  }
}

void hear_heartbeats(Reception& reception, const Observations& seen,
                     const incidents::SourceNumbers& numbers) {
  const Positions& p = seen.positions;
  std::vector<std::set<std::int64_t>> beats(numbers.sources.size());
  for (std::size_t row = 0; row < p.size(); ++row) {
    const std::uint32_t s = numbers.of_input[p.evidence[row].input];
    if (numbers.sources[s]->coverage.heartbeat) beats[s].insert(reception.slot_of(p.at[row]));
  }
  for (std::size_t s = 0; s < beats.size(); ++s) {
    const auto& source = *numbers.sources[s];
    for (std::size_t c = 0; c < reception.cells().size() && !beats[s].empty(); ++c) {
      const Point centre = centre_of(reception.cells()[c]);
      if (source.coverage.radius &&
          areas::chord(areas::place(source.coverage.centre), areas::place(centre)) >
              source.coverage.radius->in_metres())
        continue;
      for (std::int64_t slot : beats[s]) {
        if (restricted(seen, source, centre, slot_period(slot + reception.first_slot()))) continue;
        for (int band = 0; band < bands; ++band) {
          if (source.coverage.lowest && floor_of_band(band) < *source.coverage.lowest) continue;
          reception.hear(c, band, static_cast<std::size_t>(slot), source.coverage.share);
        }
      }
    }
  }
}

// The bands that an area reaches into. A limit that is no pressure altitude is taken as one: it
// only chooses among three bands.
std::pair<int, int> bands_of(const terms::Area& area) {
  const auto band = [](const terms::Limit& limit, int otherwise) {
    if (limit.reference == terms::Reference::surface) return 0;
    if (limit.reference == terms::Reference::unlimited) return otherwise;
    return band_of(
        static_cast<std::int32_t>(std::clamp<std::int64_t>(limit.height.tenth_mm, 0, INT32_MAX)));
  };
  return {band(area.floor, 0), band(area.ceiling, bands - 1)};
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

// Area by area, going over all positions for each.
std::vector<CoverageLine> coverage_of(const Zones& zones, const Observations& seen,
                                      const std::vector<Finding>& findings) {
  std::vector<CoverageLine> lines;
  const terms::Agreement& agreement = zones.agreement();
  const Period period = observed_period(seen);
  if (period.from == period.until) return lines;
  std::vector<Date> days;
  for (Date d = day_of(agreement, period.from);
       d <= day_of(agreement, period.until) && days.size() < most_days;
       d = quantities::date_from_days(quantities::days_from(d) + 1))
    days.push_back(d);
  const incidents::SourceNumbers numbers = incidents::source_numbers(seen);
  std::map<std::size_t, std::vector<CoverageLine>> by_area;  // without rule and verdict
  std::set<std::size_t> wanted;
  for (std::size_t r = 0; r < agreement.rules.size(); ++r)
    wanted.insert(zones.areas_of(r).begin(), zones.areas_of(r).end());
  for (std::size_t index : wanted) {
    const terms::Area& area = agreement.areas[index];
    Reception reception(cells_of(zones.region(index)), period);
    hear_traffic(reception, seen, numbers);
    hear_heartbeats(reception, seen, numbers);
    const auto [lowest, highest] = bands_of(area);
    for (Date day : days) {
      const Instant from = std::max(start_of(agreement, day), area.valid.from);
      const Instant until =
          std::min(start_of(agreement, quantities::date_from_days(quantities::days_from(day) + 1)),
                   area.valid.until);
      if (from >= until) continue;
      std::int64_t total = 0, heard = 0, share = 0, limited = 0;
      for (std::int64_t t = from.microseconds / slot_us; t * slot_us < until.microseconds; ++t) {
        const std::int64_t slot = t - reception.first_slot();
        const bool within = slot >= 0 && slot < static_cast<std::int64_t>(reception.slots());
        for (std::size_t c = 0; c < reception.cells().size(); ++c) {
          const bool any_restriction =
              std::any_of(seen.restrictions.begin(), seen.restrictions.end(), [&](const auto& r) {
                return holds_within(r, slot_period(t)) &&
                       (!r.centre || areas::chord(areas::place(*r.centre),
                                                  areas::place(centre_of(reception.cells()[c]))) <=
                                         r.radius.in_metres());
              });
          for (int band = lowest; band <= highest; ++band) {
            ++total;
            if (any_restriction) ++limited;
            const std::uint8_t value =
                within ? reception.at(c, band, static_cast<std::size_t>(slot)) : 0;
            if (value > 0) {
              ++heard;
              share += value - 1;
            }
          }
        }
      }
      CoverageLine line;
      line.area = area.id;
      line.day = day;
      if (total > 0) {
        line.heard = static_cast<double>(heard) / static_cast<double>(total);
        line.coverage = static_cast<double>(share) / share_steps / static_cast<double>(total);
        line.restricted = static_cast<double>(limited) / static_cast<double>(total);
      }
      by_area[index].push_back(line);
    }
  }
  for (std::size_t r = 0; r < agreement.rules.size(); ++r) {
    const terms::FlightRule& rule = agreement.rules[r];
    for (std::size_t index : zones.areas_of(r)) {
      for (CoverageLine line : by_area[index]) {
        const Instant from = start_of(agreement, line.day);
        if (rule.valid.until <= from || rule.valid.from >= from + quantities::days(1) ||
            agreement.in_force.until <= from ||
            agreement.in_force.from >= from + quantities::days(1))
          continue;
        line.rule = rule.id;
        Verdict strongest = Verdict::not_observed;
        for (const Finding& f : findings) {
          if ((f.verdict != Verdict::violation && f.verdict != Verdict::possible) ||
              f.rule != rule.id ||
              std::find(f.areas.begin(), f.areas.end(), line.area) == f.areas.end())
            continue;
          // It is counted once, on the day of its entry; but no day on which it lasted was quiet.
          if (f.counted_on == line.day) ++line.findings;
          if (f.counted_on <= line.day && line.day <= day_of(agreement, f.exit.latest))
            strongest = std::max(strongest, f.verdict);
        }
        line.verdict = strongest != Verdict::not_observed          ? strongest
                       : line.coverage >= agreement.compliant_from ? Verdict::compliant
                                                                   : Verdict::not_observed;
        lines.push_back(line);
      }
    }
  }
  std::stable_sort(lines.begin(), lines.end(), [](const CoverageLine& a, const CoverageLine& b) {
    return std::tie(a.rule, a.area, a.day) < std::tie(b.rule, b.area, b.day);
  });
  // Two versions of an area on one day are one line: the worse watched stands.
  std::vector<CoverageLine> merged;
  for (CoverageLine& line : lines) {
    const bool same = !merged.empty() && merged.back().rule == line.rule &&
                      merged.back().area == line.area && merged.back().day == line.day;
    if (!same)
      merged.push_back(std::move(line));
    else if (line.coverage < merged.back().coverage)
      merged.back() = std::move(line);
  }
  return merged;
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
