#include "terms/agreement.h"

#include <algorithm>

#include "terms/time_zone.h"

namespace truce::terms {

std::string_view to_string(Reference reference) {
  switch (reference) {
    case Reference::surface: return "surface";
    case Reference::unlimited: return "unlimited";
    case Reference::pressure: return "pressure";
    case Reference::mean_sea_level: return "mean sea level";
    case Reference::ground: return "ground";
  }
  return "?";
}

std::string_view to_string(Edges edges) {
  switch (edges) {
    case Edges::straight: return "straight";
    case Edges::geodesic: return "geodesic";
    case Edges::rhumb: return "rhumb";
    case Edges::as_filed: return "file";
  }
  return "?";
}

std::string_view to_string(AircraftKind kind) {
  switch (kind) {
    case AircraftKind::any: return "any";
    case AircraftKind::military: return "military";
    case AircraftKind::civil: return "civil";
    case AircraftKind::fixed_wing: return "fixed wing";
    case AircraftKind::helicopter: return "helicopter";
    case AircraftKind::unmanned: return "unmanned";
    case AircraftKind::combat: return "combat";
    case AircraftKind::transport: return "transport";
  }
  return "?";
}

std::string_view to_string(Purpose purpose) {
  switch (purpose) {
    case Purpose::medical_evacuation: return "medical evacuation";
    case Purpose::personnel_recovery: return "personnel recovery";
    case Purpose::humanitarian: return "humanitarian";
    case Purpose::search_and_rescue: return "search and rescue";
  }
  return "?";
}

std::string_view to_string(AnswerNeed need) {
  switch (need) {
    case AnswerNeed::none: return "none";
    case AnswerNeed::acknowledged: return "acknowledged";
    case AnswerNeed::agreed: return "agreed";
  }
  return "?";
}

const Party* Agreement::party(std::string_view wanted) const {
  const auto found =
      std::find_if(parties.begin(), parties.end(), [&](const Party& p) { return p.id == wanted; });
  return found == parties.end() ? nullptr : &*found;
}

bool Agreement::covers(const FlightRule& rule, const Area& area) {
  const auto names = [](const std::vector<std::string>& list, const std::string& id) {
    return std::find(list.begin(), list.end(), id) != list.end();
  };
  return names(rule.areas, area.id) || names(rule.grades, area.grade);
}

std::int32_t seconds_east_at(const Agreement& agreement, Instant t) {
  return seconds_east_at(agreement.zone_offsets, t);
}

namespace {

// A stretch of time over which the offset of the zone stands still.
struct Steady {
  Period when;
  std::int32_t seconds_east;
};

std::vector<Steady> steady_parts(const std::vector<ZoneOffset>& table, Period within) {
  if (table.empty()) return {{within, 0}};
  std::vector<Steady> parts;
  for (std::size_t i = 0; i < table.size(); ++i) {
    const Instant from = i == 0 ? within.from : std::max(within.from, table[i].from);
    const Instant until =
        i + 1 == table.size() ? within.until : std::min(within.until, table[i + 1].from);
    if (from < until) parts.push_back({{from, until}, table[i].seconds_east});
  }
  return parts;
}

bool is_day_of(const Window& window, quantities::Date day) {
  if (window.first_day && day < *window.first_day) return false;
  if (window.last_day && day > *window.last_day) return false;
  const auto& days = window.weekdays;
  return days.empty() ||
         std::find(days.begin(), days.end(), quantities::weekday(day)) != days.end();
}

// The window in local time, one interval a day, mapped back through the one offset that stands
// over this part. What other parts make of the same local time is theirs.
void add_periods(const Window& window, const Steady& part, std::vector<Period>& out) {
  using quantities::days_from;
  using quantities::seconds;
  const bool next_day = window.until_second < window.from_second;
  std::int64_t first = days_from(quantities::date_at(part.when.from, part.seconds_east)) - 1;
  std::int64_t last = days_from(quantities::date_at(part.when.until, part.seconds_east));
  if (window.first_day) first = std::max(first, days_from(*window.first_day));
  if (window.last_day) last = std::min(last, days_from(*window.last_day));
  for (std::int64_t day = first; day <= last; ++day) {
    if (!is_day_of(window, quantities::date_from_days(day))) continue;
    const Instant midnight = Instant{} + quantities::days(day) - seconds(part.seconds_east);
    const Instant from = midnight + seconds(window.from_second);
    const Instant until =
        midnight + seconds(window.until_second) + quantities::days(next_day ? 1 : 0);
    const Period inside{std::max(from, part.when.from), std::min(until, part.when.until)};
    if (inside.from < inside.until) out.push_back(inside);
  }
}

std::vector<Period> joined(std::vector<Period> periods) {
  std::sort(periods.begin(), periods.end(),
            [](const Period& a, const Period& b) { return a.from < b.from; });
  std::vector<Period> out;
  for (const Period& p : periods) {
    if (!out.empty() && p.from <= out.back().until)
      out.back().until = std::max(out.back().until, p.until);
    else
      out.push_back(p);
  }
  return out;
}

}  // namespace

std::vector<Period> periods_of(const Agreement& agreement, const std::vector<Window>& windows,
                               Period within) {
  // Nothing outside the years that inputs may speak of: some 110,000 days at the most.
  within.from = std::max(within.from, quantities::earliest_instant);
  within.until = std::min(within.until, quantities::latest_instant);
  if (within.until <= within.from) return {};
  if (windows.empty()) return {within};
  std::vector<Period> found;
  for (const Steady& part : steady_parts(agreement.zone_offsets, within))
    for (const Window& window : windows) add_periods(window, part, found);
  return joined(std::move(found));
}

}  // namespace truce::terms
