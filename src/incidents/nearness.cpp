#include "incidents/nearness.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "areas/earth.h"

namespace truce::incidents {

namespace {

using areas::ReachBox;

constexpr std::int32_t cell_e7 = 2'500'000;
constexpr std::size_t columns = 1'440, rows_of_cells = 720;
constexpr float not_known = std::numeric_limits<float>::quiet_NaN();
constexpr float nowhere_clear = -1;

// Radii that are tried, each about a seventh above the one before: 100 m to 5,500 km.
constexpr std::size_t radius_count = 82;
const std::array<float, radius_count>& radii() {
  static const std::array<float, radius_count> all = [] {
    std::array<float, radius_count> made{};
    double radius = 100;
    for (float& r : made) {
      r = static_cast<float>(radius);
      radius *= 1.145;
    }
    return made;
  }();
  return all;
}

std::size_t cell_of(Point p) {
  const auto x = static_cast<std::size_t>((std::int64_t{p.longitude_e7} + 1'800'000'000) / cell_e7);
  const auto y = static_cast<std::size_t>((std::int64_t{p.latitude_e7} + 900'000'000) / cell_e7);
  return std::min(y, rows_of_cells - 1) * columns + std::min(x, columns - 1);
}

// No less than the chord between two places, in metres. Cosines by whole degrees: of two latitudes
// the one nearer to the equator, rounded towards it, has the longest parallel.
double chord_at_most(Point a, Point b) {
  static const std::array<double, 91> cosines = [] {
    std::array<double, 91> all{};
    for (int degree = 0; degree <= 90; ++degree)
      all[static_cast<std::size_t>(degree)] =
          std::min(1.0, areas::sine_cosine_e7(degree * 1e7).cosine + 1e-9);
    return all;
  }();
  constexpr double metres_per_e7 = 6'400'000.0 * areas::radians_per_e7;  // no radius is longer
  const std::int64_t north = std::abs(std::int64_t{a.latitude_e7} - b.latitude_e7);
  std::int64_t east = std::abs(std::int64_t{a.longitude_e7} - b.longitude_e7);
  east = std::min(east, std::int64_t{3'600'000'000} - east);
  const std::int64_t low =
      std::min(std::abs(std::int64_t{a.latitude_e7}), std::abs(std::int64_t{b.latitude_e7}));
  // Between two latitudes of different sign lies the equator.
  const bool crosses = (a.latitude_e7 < 0) != (b.latitude_e7 < 0);
  const double cosine = crosses ? 1 : cosines[static_cast<std::size_t>(low / 10'000'000)];
  const double x = static_cast<double>(east) * cosine, y = static_cast<double>(north);
  return std::sqrt(x * x + y * y) * metres_per_e7 + 0.01;
}

// As Region::is_near, of a box alone.
bool meets(const areas::Box& box, const ReachBox& reach) {
  constexpr double full_turn = 3'600'000'000.0;
  if (reach.north < static_cast<double>(box.low.latitude_e7) ||
      reach.south > static_cast<double>(box.high.latitude_e7))
    return false;
  for (const double turn : {-full_turn, 0.0, full_turn})
    if (reach.west + turn <= static_cast<double>(box.high.longitude_e7) &&
        reach.east + turn >= static_cast<double>(box.low.longitude_e7))
      return true;
  return false;
}

}  // namespace

Nearness::Nearness(std::vector<const areas::Region*> regions)
    : regions_(std::move(regions)),
      cells_(std::make_unique<std::atomic<float>[]>(columns * rows_of_cells)) {
  for (std::size_t i = 0; i < columns * rows_of_cells; ++i)
    cells_[i].store(not_known, std::memory_order_relaxed);
  if (regions_.empty()) return;
  areas::Box box = areas::box_of(regions_.front()->outline());
  for (const areas::Region* region : regions_) {
    const areas::Box one = areas::box_of(region->outline());
    box.low.longitude_e7 = std::min(box.low.longitude_e7, one.low.longitude_e7);
    box.low.latitude_e7 = std::min(box.low.latitude_e7, one.low.latitude_e7);
    box.high.longitude_e7 = std::max(box.high.longitude_e7, one.high.longitude_e7);
    box.high.latitude_e7 = std::max(box.high.latitude_e7, one.high.latitude_e7);
  }
  all_ = box;
}

float Nearness::clear_around(Point place) const {
  const std::size_t cell = cell_of(place);
  float radius = cells_[cell].load(std::memory_order_relaxed);
  if (std::isnan(radius)) {
    // Two threads may work it out at once; both find the same.
    radius = of_cell(cell);
    cells_[cell].store(radius, std::memory_order_relaxed);
  }
  return radius;
}

// The box around a place is widest where its parallel is shortest: the boxes around the four
// corners hold those around every place between them.
bool Nearness::is_clear_around(Point south_west, Point north_east, double radius) const {
  ReachBox all{1e300, 1e300, -1e300, -1e300};
  for (const std::int32_t lon : {south_west.longitude_e7, north_east.longitude_e7}) {
    for (const std::int32_t lat : {south_west.latitude_e7, north_east.latitude_e7}) {
      const ReachBox box = areas::box_around({lon, lat}, radius);
      all.west = std::min(all.west, box.west - 1);
      all.south = std::min(all.south, box.south - 1);
      all.east = std::max(all.east, box.east + 1);
      all.north = std::max(all.north, box.north + 1);
    }
  }
  if (!all_ || !meets(*all_, all)) return true;
  return std::none_of(regions_.begin(), regions_.end(),
                      [&](const areas::Region* region) { return region->is_near(all); });
}

float Nearness::of_cell(std::size_t cell) const {
  const auto& tried = radii();
  const Point south_west{
      static_cast<std::int32_t>(std::int64_t{cell_e7} * static_cast<std::int64_t>(cell % columns) -
                                1'800'000'000),
      static_cast<std::int32_t>(std::int64_t{cell_e7} * static_cast<std::int64_t>(cell / columns) -
                                900'000'000)};
  const Point north_east{south_west.longitude_e7 + cell_e7, south_west.latitude_e7 + cell_e7};
  const auto first_near = std::partition_point(tried.begin(), tried.end(), [&](float radius) {
    return is_clear_around(south_west, north_east, static_cast<double>(radius));
  });
  return first_near == tried.begin() ? nowhere_clear : *(first_near - 1);
}

bool keeps_clear(const SourceNumbers& numbers, const observations::Positions& p,
                 std::span<const std::uint32_t> rows, const observations::FlightClass& flight,
                 const TrackRules& rules, const Nearness& nearness) {
  const double speed = flight.speed_per_second.in_metres();
  const double unbounded = rules.jump_allowance.in_metres();
  // A group is one place at one time, whoever reported it: the fixes made of it have an error no
  // greater than the greatest, and are allowed no less than the least.
  struct Group {
    std::int64_t at = 0;
    Point point;
    double error = 0, allowance = 0;
  };
  Group before;
  bool any = false;
  for (std::size_t i = 0; i < rows.size();) {
    Group group{p.at[rows[i]], p.point[rows[i]], 0, std::numeric_limits<double>::max()};
    for (; i < rows.size() && p.at[rows[i]] == group.at && p.point[rows[i]] == group.point; ++i) {
      const auto& source = *numbers.sources[numbers.of_input[p.evidence[rows[i]].input]];
      const RowError error = error_of(p, rows[i], source, flight);
      group.error = std::max(group.error, error.metres);
      group.allowance = std::min(group.allowance, error.bounded ? error.metres : unbounded);
    }
    if (group.error > static_cast<double>(nearness.clear_around(group.point))) return false;
    if (any) {
      const double seconds = (Instant{group.at} - Instant{before.at}).in_seconds();
      // A jump may join other rows than neighbours: then the tracks themselves must tell.
      const double flown = speed * seconds;
      const double allowed = (flown + before.allowance + group.allowance) * 0.999999;
      if (chord_at_most(before.point, group.point) > allowed &&
          areas::chord(areas::place(before.point), areas::place(group.point)) > allowed)
        return false;
      // After a silence the track ends: nothing is drawn across it.
      if (group.at - before.at <= rules.max_gap.microseconds &&
          (before.error + flown) * 1.000001 >
              static_cast<double>(nearness.clear_around(before.point)))
        return false;
    }
    before = group;
    any = true;
  }
  return true;
}

bool part_keeps_clear(const SourceNumbers& numbers,
                      const observations::SortedRun::Whereabouts& where,
                      const observations::FlightClass& flight, const TrackRules& rules,
                      const Nearness& nearness) {
  constexpr double quarter_degree = 40'000;  // metres, from corner to corner and a little more
  constexpr double rounding = 0.02;
  double stated = where.greatest_containment / 100.0, late = 0;
  for (const observations::Source* source : numbers.sources) {
    stated = std::max(stated, source->bounds.position.value_or(Length{}).in_metres());
    late = std::max(late, source->bounds.time.value_or(Duration{}).in_seconds());
  }
  // However its rows are put together to tracks: a leg leads no farther from the fix before it.
  const double speed = flight.speed_per_second.in_metres();
  const double farthest =
      (stated + rounding + speed * (late + rules.max_gap.in_seconds())) * 1.000001;
  return nearness.is_clear_around({where.west, where.south}, {where.east, where.north},
                                  std::max(farthest, quarter_degree));
}

}  // namespace truce::incidents
