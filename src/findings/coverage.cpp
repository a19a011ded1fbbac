#include "findings/coverage.h"

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <map>
#include <set>

#include "areas/earth.h"
#include "base/check.h"
#include "incidents/track.h"

namespace truce::findings {

namespace {

using observations::Observations;
using observations::Positions;
using observations::SortedRun;
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

}  // namespace

Date day_of(const terms::Agreement& agreement, Instant t) {
  const std::int32_t east = terms::seconds_east_at(agreement, t);
  return quantities::date_at(t - quantities::seconds(agreement.counting.cut_off_second), east);
}

Instant start_of(const terms::Agreement& agreement, Date day) {
  const Instant local = Instant{} + quantities::days(quantities::days_from(day)) +
                        quantities::seconds(agreement.counting.cut_off_second);
  // Twice, because the offset is that of the instant sought, not of the local reading.
  Instant utc = local - quantities::seconds(terms::seconds_east_at(agreement, local));
  utc = local - quantities::seconds(terms::seconds_east_at(agreement, utc));
  return utc;
}

Period observed_period(const Observations& seen, const std::vector<const SortedRun*>& runs) {
  Period period{quantities::latest_instant, quantities::earliest_instant};
  const auto include = [&](Instant t) {
    period.from = std::min(period.from, t);
    period.until = std::max(period.until, t);
  };
  for (const SortedRun* run : runs) {
    if (run->size() == 0) continue;
    include(run->span().earliest);
    include(run->span().latest);
  }
  for (const auto& s : seen.sightings) {
    include(s.when.earliest);
    include(s.when.latest);
  }
  if (period.from > period.until) return {Instant{}, Instant{}};
  return period;
}

// What was heard, slot by slot: 0 not, otherwise one more than the share in 250ths. It does not
// depend on the area whether a slot was heard, so that areas share their cells.
struct Reception::Heard {
  using Slot = std::atomic<std::uint8_t>;
  static_assert(sizeof(Slot) == 1 && Slot::is_always_lock_free);

  Heard(const Zones& z, const Observations& s, const incidents::SourceNumbers& n, Period p)
      : zones(z),
        agreement(z.agreement()),
        seen(s),
        numbers(n),
        period(p),
        first_slot(p.from.microseconds / slot_us),
        slots(static_cast<std::size_t>(p.until.microseconds / slot_us - first_slot + 1)) {
    if (p.from == p.until) return;
    for (std::size_t r = 0; r < agreement.rules.size(); ++r)
      wanted.insert(zones.areas_of(r).begin(), zones.areas_of(r).end());
    std::set<Cell> all;
    for (std::size_t area : wanted) {
      cells_of_area[area] = cells_of(zones.region(area));
      all.insert(cells_of_area[area].begin(), cells_of_area[area].end());
    }
    cells.assign(all.begin(), all.end());
    index_of_cell.assign(columns * rows, 0);
    for (std::size_t i = 0; i < cells.size(); ++i)
      index_of_cell[place_of(cells[i])] = static_cast<std::uint32_t>(i + 1);
    // Pages of memory that nothing is heard in are never touched, and take no room.
    if (!cells.empty())
      heard.reset(static_cast<Slot*>(std::calloc(cells.size() * bands * slots, sizeof(Slot))));
    CHECK(cells.empty() || heard != nullptr);
    for (const auto* source : numbers.sources)
      beats.emplace_back(source->coverage.heartbeat ? slots : 0);
  }

  // Cells reach one beyond the antimeridian and the pole, where points lie on their very edge.
  static constexpr std::size_t columns = 1'441, rows = 721;
  static std::size_t place_of(Cell c) {
    return static_cast<std::size_t>(c.y + 360) * columns + static_cast<std::size_t>(c.x + 720);
  }

  Slot& at(std::size_t cell, int band, std::size_t slot) const {
    return heard.get()[(cell * bands + static_cast<std::size_t>(band)) * slots + slot];
  }
  std::int64_t slot_of(std::int64_t us) const { return us / slot_us - first_slot; }

  // The greatest share counts, whichever thread was first.
  void hear(std::size_t cell, int band, std::size_t slot, double share) const {
    Slot& value = at(cell, band, slot);
    const auto told = static_cast<std::uint8_t>(1 + static_cast<int>(share * share_steps));
    std::uint8_t known = value.load(std::memory_order_relaxed);
    while (known < told && !value.compare_exchange_weak(known, told, std::memory_order_relaxed)) {
    }
  }

  void hear_heartbeats() const {
    for (std::size_t s = 0; s < beats.size(); ++s) {
      const auto& source = *numbers.sources[s];
      std::vector<std::int64_t> heard_slots;
      for (std::size_t slot = 0; slot < beats[s].size(); ++slot)
        if (beats[s][slot].load(std::memory_order_relaxed) != 0)
          heard_slots.push_back(static_cast<std::int64_t>(slot));
      for (std::size_t c = 0; c < cells.size() && !heard_slots.empty(); ++c) {
        const Point centre = centre_of(cells[c]);
        if (source.coverage.radius &&
            areas::chord(areas::place(source.coverage.centre), areas::place(centre)) >
                source.coverage.radius->in_metres())
          continue;
        for (std::int64_t slot : heard_slots) {
          if (restricted(seen, source, centre, slot_period(slot + first_slot))) continue;
          for (int band = 0; band < bands; ++band) {
            if (source.coverage.lowest && floor_of_band(band) < *source.coverage.lowest) continue;
            hear(c, band, static_cast<std::size_t>(slot), source.coverage.share);
          }
        }
      }
    }
  }

  std::vector<CoverageLine> days_of(std::size_t index, const std::vector<Date>& days) const;

  struct Free {
    void operator()(Slot* memory) const { std::free(memory); }
  };
  const Zones& zones;
  const terms::Agreement& agreement;
  const Observations& seen;
  const incidents::SourceNumbers& numbers;
  Period period;
  std::int64_t first_slot;
  std::size_t slots;
  std::set<std::size_t> wanted;  ///< Areas that some rule speaks of.
  std::map<std::size_t, std::vector<Cell>> cells_of_area;
  std::vector<Cell> cells;                   ///< Of all of them, in order.
  std::vector<std::uint32_t> index_of_cell;  ///< One more than the index in `cells`; 0: none.
  std::unique_ptr<Slot, Free> heard;
  std::vector<std::vector<Slot>> beats;  ///< By source and slot; empty without a heartbeat.
};

Reception::Reception(const Zones& zones, const Observations& seen,
                     const incidents::SourceNumbers& numbers, Period period)
    : heard_(std::make_unique<Heard>(zones, seen, numbers, period)) {}

Reception::~Reception() = default;

void Reception::hear(const Positions& p, std::size_t row) {
  Heard& all = *heard_;
  const std::uint32_t s = all.numbers.of_input[p.evidence[row].input];
  const auto& source = *all.numbers.sources[s];
  if (source.coverage.heartbeat && !all.beats.empty())
    all.beats[s][static_cast<std::size_t>(all.slot_of(p.at[row]))].store(1,
                                                                         std::memory_order_relaxed);
  if (all.cells.empty() || p.pressure_altitude[row] == observations::no_height) return;
  const std::uint32_t cell = all.index_of_cell[Heard::place_of(cell_of(p.point[row]))];
  if (cell == 0) return;
  const std::int64_t slot = all.slot_of(p.at[row]);
  if (restricted(all.seen, source, p.point[row], slot_period(slot + all.first_slot))) return;
  all.hear(cell - 1, band_of(p.pressure_altitude[row]), static_cast<std::size_t>(slot),
           source.coverage.share);
}

// The days of one area, without rule and verdict.
std::vector<CoverageLine> Reception::Heard::days_of(std::size_t index,
                                                    const std::vector<Date>& days) const {
  std::vector<CoverageLine> lines;
  const terms::Area& area = agreement.areas[index];
  const std::vector<Cell>& own = cells_of_area.at(index);
  std::vector<std::size_t> own_index;
  own_index.reserve(own.size());
  for (const Cell& c : own) own_index.push_back(index_of_cell[place_of(c)] - 1);
  const auto [lowest, highest] = bands_of(area);
  for (Date day : days) {
    const Instant from = std::max(start_of(agreement, day), area.valid.from);
    const Instant until =
        std::min(start_of(agreement, quantities::date_from_days(quantities::days_from(day) + 1)),
                 area.valid.until);
    if (from >= until) continue;
    std::int64_t total = 0, watched = 0, share = 0, limited = 0;
    for (std::int64_t t = from.microseconds / slot_us; t * slot_us < until.microseconds; ++t) {
      const std::int64_t slot = t - first_slot;
      const bool within = slot >= 0 && slot < static_cast<std::int64_t>(slots);
      for (std::size_t c = 0; c < own.size(); ++c) {
        const bool any_restriction =
            std::any_of(seen.restrictions.begin(), seen.restrictions.end(), [&](const auto& r) {
              return holds_within(r, slot_period(t)) &&
                     (!r.centre ||
                      areas::chord(areas::place(*r.centre), areas::place(centre_of(own[c]))) <=
                          r.radius.in_metres());
            });
        for (int band = lowest; band <= highest; ++band) {
          ++total;
          if (any_restriction) ++limited;
          const std::uint8_t value = within ? at(own_index[c], band, static_cast<std::size_t>(slot))
                                                  .load(std::memory_order_relaxed)
                                            : 0;
          if (value > 0) {
            ++watched;
            share += value - 1;
          }
        }
      }
    }
    CoverageLine line;
    line.area = area.id;
    line.day = day;
    if (total > 0) {
      line.heard = static_cast<double>(watched) / static_cast<double>(total);
      line.coverage = static_cast<double>(share) / share_steps / static_cast<double>(total);
      line.restricted = static_cast<double>(limited) / static_cast<double>(total);
    }
    lines.push_back(line);
  }
  return lines;
}

std::vector<CoverageLine> Reception::lines(const std::vector<Finding>& findings) {
  std::vector<CoverageLine> lines;
  const terms::Agreement& agreement = heard_->agreement;
  const Zones& zones = heard_->zones;
  const Period period = heard_->period;
  if (period.from == period.until) return lines;
  heard_->hear_heartbeats();
  std::vector<Date> days;
  for (Date d = day_of(agreement, period.from);
       d <= day_of(agreement, period.until) && days.size() < most_days;
       d = quantities::date_from_days(quantities::days_from(d) + 1))
    days.push_back(d);
  std::map<std::size_t, std::vector<CoverageLine>> by_area;
  for (std::size_t index : heard_->wanted) by_area[index] = heard_->days_of(index, days);
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

}  // namespace truce::findings
