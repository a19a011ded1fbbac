#include "findings/coverage.h"

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <map>
#include <optional>
#include <set>

#include "areas/cells.h"
#include "areas/earth.h"
#include "areas/highest_ground.h"
#include "base/check.h"
#include "incidents/heights.h"
#include "incidents/track.h"

namespace truce::findings {

namespace {

using areas::Cell;
using observations::Observations;
using observations::Positions;
using observations::SortedRun;
using quantities::Date;
using quantities::Period;
using quantities::Point;

constexpr std::int64_t cell_e7 = 2'500'000;
constexpr std::int64_t slot_us = 300'000'000;
constexpr int bands = 3;
constexpr std::size_t most_days = 3'660;
constexpr int share_steps = 250;  // a share is kept in 250ths, rounded down

Cell cell_of(Point p) {
  return areas::cell_of(p, cell_e7);
}

// Up to FL100, from there up to FL245, and above.
Length floor_of_band(int band) {
  return band == 0 ? Length{} : quantities::feet(band == 1 ? 10'000 : 24'500);
}

int band_of(Length pressure_altitude) {
  int band = bands - 1;
  while (band > 0 && pressure_altitude < floor_of_band(band)) --band;
  return band;
}

// A cell as what can be out of reach: its middle, and how far from there its corners lie.
struct Spot {
  areas::Vector middle;
  double radius = 0;  ///< In metres.
  explicit Spot(Cell cell) {
    const areas::Box box = areas::box_of(cell, cell_e7);
    const auto west = static_cast<double>(box.low.longitude_e7);
    const auto east = static_cast<double>(box.high.longitude_e7);
    const auto south = static_cast<double>(box.low.latitude_e7);
    const auto north = static_cast<double>(box.high.latitude_e7);
    middle = areas::place_e7((west + east) / 2, (south + north) / 2);
    for (const double latitude : {south, north})
      radius = std::max(radius, areas::chord(middle, areas::place_e7(west, latitude)));
  }
  bool lies_within(const Length& distance, Point centre) const {
    return areas::chord(middle, areas::place(centre)) + radius <= distance.in_metres();
  }
  bool may_lie_within(const Length& distance, Point centre) const {
    return areas::chord(middle, areas::place(centre)) - radius <= distance.in_metres();
  }
};

// Whether the restriction holds at some moment of the period.
bool holds_within(const observations::Restriction& r, Period when) {
  return r.when.from < when.until && when.from < r.when.until;
}

Period slot_period(std::int64_t slot) {
  return {Instant{slot * slot_us}, Instant{(slot + 1) * slot_us}};
}

bool names(const observations::Restriction& r, const observations::Source& source) {
  return r.sources.empty() ||
         std::find(r.sources.begin(), r.sources.end(), source.id) != r.sources.end();
}

bool restricted(const Observations& seen, const observations::Source& source, Point place,
                Period when) {
  return std::any_of(seen.restrictions.begin(), seen.restrictions.end(), [&](const auto& r) {
    return holds_within(r, when) && names(r, source) &&
           (!r.centre ||
            areas::chord(areas::place(*r.centre), areas::place(place)) <= r.radius.in_metres());
  });
}

// Those restrictions that hold somewhere in a cell.
std::vector<const observations::Restriction*> restrictions_in(const Observations& seen,
                                                              const Spot& spot) {
  std::vector<const observations::Restriction*> found;
  for (const auto& r : seen.restrictions)
    if (!r.centre || spot.may_lie_within(r.radius, *r.centre)) found.push_back(&r);
  return found;
}

// What a limit may be as a pressure altitude, over the declared atmosphere and ground.
incidents::HeightBounds pressure_of(const terms::Limit& limit, const terms::Area& area,
                                    const terms::Atmosphere& atmosphere) {
  constexpr Length lowest_ground{-5'000'000};  // 500 m below the sea, below any shore
  switch (limit.reference) {
    case terms::Reference::pressure: return {limit.height, limit.height};
    case terms::Reference::mean_sea_level:
      return incidents::pressure_from_sea_level({limit.height, limit.height}, atmosphere);
    case terms::Reference::surface:
    case terms::Reference::ground: {
      const Length least = area.terrain ? area.terrain->least : lowest_ground;
      const Length most = area.terrain ? area.terrain->most : areas::highest_ground_on_earth;
      return incidents::pressure_from_sea_level({limit.height + least, limit.height + most},
                                                atmosphere);
    }
    case terms::Reference::unlimited: break;
  }
  return {quantities::feet(100'000), quantities::feet(100'000)};
}

// Which bands a rule may reach into in an area, from the lowest to the highest. Where a limit is no
// pressure altitude, it may lie in one band or another: every choice that it leaves.
struct Bands {
  int lowest, highest;
};
std::vector<Bands> bands_of(const terms::Area& area, const terms::FlightRule& rule,
                            const terms::Atmosphere& atmosphere) {
  Bands floor{0, 0}, ceiling{bands - 1, bands - 1};
  const auto between = [&](const terms::Limit& limit) {
    const incidents::HeightBounds h = pressure_of(limit, area, atmosphere);
    return Bands{band_of(h.least), band_of(h.most)};
  };
  const auto raise = [&](const terms::Limit& limit) {
    const Bands b = between(limit);
    floor = {std::max(floor.lowest, b.lowest), std::max(floor.highest, b.highest)};
  };
  const auto lower = [&](const terms::Limit& limit) {
    const Bands b = between(limit);
    ceiling = {std::min(ceiling.lowest, b.lowest), std::min(ceiling.highest, b.highest)};
  };
  // What reaches the ground reaches the lowest band.
  if (area.floor.reference != terms::Reference::surface) raise(area.floor);
  lower(area.ceiling);
  if (rule.above && rule.above->reference != terms::Reference::surface) raise(*rule.above);
  if (rule.below) lower(*rule.below);
  std::vector<Bands> choices;
  for (int low = floor.lowest; low <= floor.highest; ++low)
    for (int high = std::max(low, ceiling.lowest); high <= ceiling.highest; ++high)
      choices.push_back({low, high});
  return choices;
}

// What two lists of periods have in common; both are in order and do not overlap.
std::vector<Period> common(const std::vector<Period>& a, const std::vector<Period>& b) {
  std::vector<Period> both;
  for (std::size_t i = 0, k = 0; i < a.size() && k < b.size();) {
    const Period p{std::max(a[i].from, b[k].from), std::min(a[i].until, b[k].until)};
    if (p.from < p.until) both.push_back(p);
    a[i].until < b[k].until ? ++i : ++k;
  }
  return both;
}

// Slots from first to last, both included.
struct Slots {
  std::int64_t first, last;
};

// The slots that the periods reach into, in order.
std::vector<Slots> slots_in(const std::vector<Period>& periods) {
  std::vector<Slots> slots;
  for (const Period& p : periods) {
    const Slots own{p.from.microseconds / slot_us, (p.until.microseconds - 1) / slot_us};
    if (!slots.empty() && own.first <= slots.back().last + 1)
      slots.back().last = std::max(slots.back().last, own.last);
    else
      slots.push_back(own);
  }
  return slots;
}

Date next(Date day) {
  return quantities::date_from_days(quantities::days_from(day) + 1);
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
      cells_of_area[area] = areas::cells_of(zones.region(area).outline(), cell_e7);
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

  static constexpr std::size_t columns = 1'440, rows = 720;
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
        const Spot spot(cells[c]);
        if (source.coverage.radius &&
            !spot.lies_within(*source.coverage.radius, source.coverage.centre))
          continue;
        const auto restrictions = restrictions_in(seen, spot);
        for (std::int64_t slot : heard_slots) {
          const Period when = slot_period(slot + first_slot);
          if (std::any_of(restrictions.begin(), restrictions.end(), [&](const auto* r) {
                return holds_within(*r, when) && names(*r, source);
              }))
            continue;
          for (int band = 0; band < bands; ++band) {
            if (source.coverage.lowest && floor_of_band(band) < *source.coverage.lowest) continue;
            hear(c, band, static_cast<std::size_t>(slot), source.coverage.share);
          }
        }
      }
    }
  }

  // Of one area in some slots: by band, and how much of it was restricted.
  struct Count {
    std::int64_t of_each_band = 0, limited = 0;  ///< Cells times slots.
    std::int64_t heard[bands] = {}, share[bands] = {};
  };
  Count count(std::size_t area, const std::vector<Slots>& wanted_slots) const;
  std::optional<CoverageLine> line(std::size_t rule, std::size_t area, Date day,
                                   const std::vector<Period>& holding) const;

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
  all.hear(cell - 1, band_of(Length{p.pressure_altitude[row]}), static_cast<std::size_t>(slot),
           source.coverage.share);
}

Reception::Heard::Count Reception::Heard::count(std::size_t area,
                                                const std::vector<Slots>& wanted_slots) const {
  Count count;
  for (const Cell& cell : cells_of_area.at(area)) {
    const std::size_t index = index_of_cell[place_of(cell)] - 1;
    const auto restrictions = restrictions_in(seen, Spot(cell));
    for (const Slots& part : wanted_slots) {
      count.of_each_band += part.last - part.first + 1;
      for (std::int64_t t = part.first; t <= part.last && !restrictions.empty(); ++t)
        count.limited += std::any_of(restrictions.begin(), restrictions.end(), [&](const auto* r) {
          return holds_within(*r, slot_period(t));
        });
      const std::int64_t from = std::max<std::int64_t>(0, part.first - first_slot);
      const std::int64_t last =
          std::min(static_cast<std::int64_t>(slots) - 1, part.last - first_slot);
      for (int band = 0; band < bands; ++band) {
        for (std::int64_t slot = from; slot <= last; ++slot) {
          const std::uint8_t value =
              at(index, band, static_cast<std::size_t>(slot)).load(std::memory_order_relaxed);
          if (value == 0) continue;
          ++count.heard[band];
          count.share[band] += value - 1;
        }
      }
    }
  }
  return count;
}

// A rule, an area and a day, without what was found; nothing where the rule could not be broken.
std::optional<CoverageLine> Reception::Heard::line(std::size_t rule, std::size_t area, Date day,
                                                   const std::vector<Period>& holding) const {
  const terms::Area& of = agreement.areas[area];
  const Period whole_day{start_of(agreement, day), start_of(agreement, next(day))};
  const std::vector<Period> when =
      common(holding, common({whole_day}, {own_validity(agreement, of.valid)}));
  const Count counted = count(area, slots_in(when));
  CoverageLine line;
  line.rule = agreement.rules[rule].id;
  line.area = of.id;
  line.day = day;
  bool known = false;
  for (const Bands choice : bands_of(of, agreement.rules[rule], agreement.atmosphere)) {
    const std::int64_t total = counted.of_each_band * (choice.highest - choice.lowest + 1);
    if (total == 0) continue;
    std::int64_t heard_slots = 0, share = 0;
    for (int band = choice.lowest; band <= choice.highest; ++band) {
      heard_slots += counted.heard[band];
      share += counted.share[band];
    }
    const double heard_share = static_cast<double>(heard_slots) / static_cast<double>(total);
    const double coverage = static_cast<double>(share) / share_steps / static_cast<double>(total);
    line.heard = known ? std::min(line.heard, heard_share) : heard_share;
    line.coverage = known ? std::min(line.coverage, coverage) : coverage;
    known = true;
  }
  if (!known) return {};
  line.restricted =
      static_cast<double>(counted.limited) / static_cast<double>(counted.of_each_band);
  return line;
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
       d <= day_of(agreement, period.until) && days.size() < most_days; d = next(d))
    days.push_back(d);
  if (days.empty()) return lines;
  const Period observed{start_of(agreement, days.front()), start_of(agreement, next(days.back()))};
  for (std::size_t r = 0; r < agreement.rules.size(); ++r) {
    const terms::FlightRule& rule = agreement.rules[r];
    const std::vector<Period> holding =
        common(common({agreement.in_force}, rule_periods(agreement, rule, observed)),
               bound_periods(agreement, rule.by));
    for (std::size_t index : zones.areas_of(r)) {
      for (const Date day : days) {
        std::optional<CoverageLine> line = heard_->line(r, index, day, holding);
        Verdict strongest = Verdict::not_observed;
        std::int64_t counted = 0;
        for (const Finding& f : findings) {
          if ((f.verdict != Verdict::violation && f.verdict != Verdict::possible) ||
              f.rule != rule.id ||
              std::find(f.areas.begin(), f.areas.end(), agreement.areas[index].id) == f.areas.end())
            continue;
          // It is counted once, on the day of its entry; but no day on which it lasted was quiet.
          if (f.counted_on == day) ++counted;
          if (f.counted_on <= day && day <= day_of(agreement, f.exit.latest))
            strongest = std::max(strongest, f.verdict);
        }
        // A wrong clock may place what was found on a day on which the rule did not hold.
        if (!line && strongest != Verdict::not_observed)
          line.emplace(
              CoverageLine{.rule = rule.id, .area = agreement.areas[index].id, .day = day});
        if (!line) continue;
        line->findings = counted;
        line->verdict = strongest != Verdict::not_observed           ? strongest
                        : line->coverage >= agreement.compliant_from ? Verdict::compliant
                                                                     : Verdict::not_observed;
        lines.push_back(std::move(*line));
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
