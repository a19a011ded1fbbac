#include "incidents/track.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "areas/earth.h"
#include "base/check.h"
#include "base/json_writer.h"

namespace truce::incidents {

namespace {

using observations::Mark;
using observations::Observations;
using observations::Positions;
using observations::Source;

constexpr double lattice_rounding = 0.01;  // metres, more than half a step either way
constexpr std::size_t enough_to_dominate = 20;
constexpr std::size_t dominating_ratio = 9;
constexpr std::size_t most_open_chains = 16;

double top_speed(const observations::FlightClass& flight) {
  return flight.speed_per_second.in_metres();
}

std::optional<HeightBounds> height(std::int32_t value, const std::optional<Length>& bound) {
  if (value == observations::no_height || !bound) return {};
  return HeightBounds{Length{value} - *bound, Length{value} + *bound};
}

bool is_jammed(const Observations& seen, const Source& source, const Fix& fix) {
  for (const observations::Restriction& r : seen.restrictions) {
    if (r.kind != observations::Restriction::Kind::jamming || !r.when.contains(fix.at)) continue;
    if (!r.sources.empty() &&
        std::find(r.sources.begin(), r.sources.end(), source.id) == r.sources.end())
      continue;
    if (!r.centre ||
        areas::chord(areas::place(*r.centre), areas::place(fix.point)) <= r.radius.in_metres())
      return true;
  }
  return false;
}

Fix fix_of(const Observations& seen, const SourceNumbers& numbers, const Positions& p,
           const observations::FlightClass& flight, std::uint32_t row) {
  Fix fix;
  fix.at = {p.at[row]};
  fix.point = p.point[row];
  fix.evidence = p.evidence[row];
  fix.pressure_altitude = p.pressure_altitude[row];
  fix.geometric_height = p.geometric_height[row];
  fix.source = numbers.of_input[p.evidence[row].input];
  const Source& source = *numbers.sources[fix.source];
  fix.time_error = source.bounds.time.value_or(Duration{});
  const RowError error = error_of(p, row, source, flight);
  fix.error = error.metres;
  fix.bounded = error.bounded;
  fix.pressure = height(p.pressure_altitude[row], source.bounds.pressure_altitude);
  fix.ellipsoid = height(p.geometric_height[row], source.bounds.geometric_height);
  // A row tells the height that was heard last when it was written, which is up to its age after
  // the position: it can have climbed or sunk there since. And with a clock that is wrong either
  // way it was at that height earlier or later than the row says.
  const double age = p.age_ms[row] / 1000.0;
  const double wrong = fix.time_error.in_seconds();
  const double climb = flight.climb_per_second.in_metres();
  const double sink = flight.sink_per_second.in_metres();
  const double either_way = std::max(climb, sink) * wrong;
  const auto widened = [&](std::optional<HeightBounds>& h) {
    if (!h || (age == 0 && wrong == 0)) return;
    if (p.age_ms[row] == UINT16_MAX) return h.reset();  // that old or older
    h->least = h->least - quantities::metres(climb * age + either_way);
    h->most = h->most + quantities::metres(sink * age + either_way);
  };
  widened(fix.pressure);
  widened(fix.ellipsoid);
  if (p.has(row, Mark::on_ground)) {
    fix.flying = base::Answer::no;
  } else if (p.has(row, Mark::ground_unknown)) {
    // Who says "at 250 knots" says "in the air": no wheels are made for that. Height settles
    // others, where what bounds it is at hand (findings/flight_rule.cpp).
    const bool fast = p.ground_speed[row] >= 2'500;  // tenths of a knot; not given is far below
    fix.flying = fast ? base::Answer::yes : base::Answer::unknown;
  }
  fix.doubtful = p.has(row, Mark::stale) || is_jammed(seen, source, fix);
  return fix;
}

// A run of fixes each of which can have been reached from the one before.
struct Chain {
  std::vector<Fix> fixes;
};

double allowance(const Fix& fix, const TrackRules& rules) {
  return fix.bounded ? fix.error : rules.jump_allowance.in_metres();
}

bool reachable(const Fix& from, const Fix& to, const observations::FlightClass& flight,
               const TrackRules& rules, double& needed) {
  const double distance = areas::chord(areas::place(from.point), areas::place(to.point));
  const double seconds = (to.at - from.at).in_seconds();
  needed = distance / (seconds + 1);
  return distance <= top_speed(flight) * seconds + allowance(from, rules) + allowance(to, rules);
}

// Each fix joins the open chain that asks the least speed of it, or begins a new one.
std::vector<Chain> chains_of(const std::vector<Fix>& fixes, const observations::FlightClass& flight,
                             const TrackRules& rules) {
  std::vector<Chain> chains;
  std::vector<std::size_t> open;
  for (const Fix& fix : fixes) {
    std::optional<std::size_t> best;
    double least = 0;
    for (std::size_t i : open) {
      double needed = 0;
      if (!reachable(chains[i].fixes.back(), fix, flight, rules, needed)) continue;
      if (!best || needed < least) {
        best = i;
        least = needed;
      }
    }
    if (!best) {
      chains.emplace_back();
      best = chains.size() - 1;
      open.push_back(*best);
      if (open.size() > most_open_chains) {
        // The one that has been silent longest cannot be told from the rest any more.
        auto oldest = std::min_element(open.begin(), open.end() - 1, [&](auto a, auto b) {
          return chains[a].fixes.back().at < chains[b].fixes.back().at;
        });
        open.erase(oldest);
      }
    }
    chains[*best].fixes.push_back(fix);
  }
  return chains;
}

// Two chains that cannot be one flight cast doubt on each other: on the whole of both, unless one
// is so much the better supported that only its part near the other is in question.
std::vector<Doubt> doubts_about(const Chain& chain, const std::vector<Chain>& all,
                                observations::Address address, const TrackRules& rules) {
  std::vector<Doubt> doubts;
  const Instant from = chain.fixes.front().at, until = chain.fixes.back().at;
  for (const Chain& other : all) {
    if (&other == &chain) continue;
    const Instant other_from = other.fixes.front().at, other_until = other.fixes.back().at;
    const bool dominates = chain.fixes.size() >= enough_to_dominate &&
                           chain.fixes.size() >= dominating_ratio * other.fixes.size();
    Doubt doubt{from, until, "", other.fixes.front().evidence};
    if (dominates) {
      doubt.from = std::max(from, other_from - rules.doubt_around_jump);
      doubt.until = std::min(until, other_until + rules.doubt_around_jump);
      if (doubt.from > doubt.until) continue;
    }
    // The nearest fix of this chain tells how far the jump was.
    const auto nearest =
        std::min_element(chain.fixes.begin(), chain.fixes.end(), [&](const Fix& a, const Fix& b) {
          const auto away = [&](const Fix& f) {
            return std::abs((f.at - other_from).microseconds);
          };
          return away(a) < away(b);
        });
    const double km =
        areas::chord(areas::place(nearest->point), areas::place(other.fixes.front().point)) / 1000;
    const Duration apart{std::abs((other_from - nearest->at).microseconds)};
    doubt.text = "positions under the address " + to_string(address) + " lie " +
                 base::decimal_text(km, 1) + " km apart within " +
                 quantities::duration_text(apart) + " at " + quantities::clock_text(other_from) +
                 ", farther than any aircraft of its class can have flown";
    doubts.push_back(std::move(doubt));
  }
  std::sort(doubts.begin(), doubts.end(), [](const Doubt& a, const Doubt& b) {
    return std::tie(a.from, a.until, a.text) < std::tie(b.from, b.until, b.text);
  });
  return doubts;
}

// Ends the track at silences and landings. A fix on the ground ends the flight it follows and
// begins the one that follows it; more of them in a row stand apart.
void cut_into_tracks(const Chain& chain, std::vector<Doubt> doubts, Aircraft& aircraft,
                     const observations::FlightClass& flight, const TrackRules& rules) {
  Track track;
  const auto begin = [&] {
    track = Track{};
    track.address = aircraft.address;
    track.flight = flight;
  };
  const auto finish = [&] {
    if (track.fixes.empty()) return;
    for (const Doubt& d : doubts)
      if (d.from <= track.fixes.back().at && d.until >= track.fixes.front().at)
        track.doubts.push_back(d);
    aircraft.tracks.push_back(std::move(track));
  };
  begin();
  for (const Fix& fix : chain.fixes) {
    if (!track.fixes.empty()) {
      const Fix& last = track.fixes.back();
      const bool silent = fix.at - last.at > rules.max_gap;
      const bool stands = last.flying == base::Answer::no && track.fixes.size() > 1;
      if (silent || stands) {
        const std::optional<Fix> ground =
            !silent && last.flying == base::Answer::no ? std::optional(last) : std::nullopt;
        track.ends_by_landing = ground.has_value();
        finish();
        begin();
        if (ground) {
          track.fixes.push_back(*ground);
          track.starts_after_landing = true;
        }
      }
    }
    track.fixes.push_back(fix);
    for (const Doubt& d : doubts)
      if (d.from <= fix.at && fix.at <= d.until) track.fixes.back().doubtful = true;
  }
  finish();
}

std::vector<std::string> call_signs_in(const std::vector<Fix>& fixes, const Aircraft& aircraft) {
  std::vector<std::string> heard;
  std::vector<bool> known(aircraft.call_signs.size(), false);
  for (const Fix& fix : fixes) {
    if (fix.call_sign == 0 || known[fix.call_sign - 1]) continue;
    known[fix.call_sign - 1] = true;
    heard.push_back(aircraft.call_signs[fix.call_sign - 1]);
  }
  return heard;
}

// Where two aircraft used one address, a call sign that one of them sent says nothing of the other.
// Chains too short to stand beside another are doubted as a whole and need no party of their own.
void attribute_apart(const std::vector<Chain>& chains, const Observations& seen,
                     Aircraft& aircraft) {
  observations::Affiliation& all = aircraft.affiliation;
  const bool disputed = std::any_of(chains.begin(), chains.end(), [&](const Chain& chain) {
    if (chain.fixes.size() < enough_to_dominate) return false;
    const auto own =
        seen.aircraft.affiliation_of(aircraft.address, call_signs_in(chain.fixes, aircraft));
    return own.party != all.party || own.contradicted;
  });
  if (!disputed || all.contradicted) return;
  all.party.clear();
  all.contradicted = true;
  all.bases.push_back({"call sign",
                       "",
                       "the address was used by more than one aircraft, and not all of them sent "
                       "such a call sign",
                       {}});
}

// Rows of one source that say the same again: the same place at the same time.
bool repeats(const Fix& a, const Fix& b) {
  return a.at == b.at && a.point == b.point && a.source == b.source;
}

// What two rows say of one height: both hold, unless they contradict each other.
std::optional<HeightBounds> told_twice(const std::optional<HeightBounds>& a,
                                       const std::optional<HeightBounds>& b) {
  if (!a || !b) return a ? a : b;
  const HeightBounds common{std::max(a->least, b->least), std::min(a->most, b->most)};
  if (common.least <= common.most) return common;
  return HeightBounds{std::min(a->least, b->least), std::max(a->most, b->most)};
}

// Where only one of them says whether it flew, that stands.
base::Answer told_twice(base::Answer a, base::Answer b) {
  if (a == base::Answer::unknown) return b;
  return b == base::Answer::unknown || a == b ? a : base::Answer::unknown;
}

}  // namespace

SourceNumbers source_numbers(const Observations& seen) {
  SourceNumbers numbers;
  std::map<std::string, std::uint32_t> by_id;
  for (const Source& source : seen.sources.declared) {
    by_id[source.id] = static_cast<std::uint32_t>(numbers.sources.size());
    numbers.sources.push_back(&source);
  }
  const auto undeclared = static_cast<std::uint32_t>(numbers.sources.size());
  numbers.sources.push_back(&observations::Sources::undeclared());
  for (const observations::Input& input : seen.inputs) {
    const auto found = by_id.find(input.source);
    numbers.of_input.push_back(found == by_id.end() ? undeclared : found->second);
  }
  return numbers;
}

RowError error_of(const Positions& p, std::size_t row, const Source& source,
                  const observations::FlightClass& flight) {
  const double lateness = top_speed(flight) * source.bounds.time.value_or(Duration{}).in_seconds();
  if (p.containment_cm[row] != observations::no_containment && p.containment_cm[row] != 0)
    return {p.containment_cm[row] / 100.0 + lateness + lattice_rounding, true};
  if (!source.bounds.position) return {};
  const double stated = source.bounds.position->in_metres();
  // A bound of zero is a statement that the position is exact, rounding included.
  return {stated == 0 && lateness == 0 ? 0 : stated + lateness + lattice_rounding, true};
}

Identity identity_of(const Observations& seen, const Positions& p,
                     std::span<const std::uint32_t> rows) {
  CHECK(!rows.empty());
  Identity identity;
  identity.address = {p.address[rows.front()]};
  // Rows that follow each other nearly always send the same.
  std::uint32_t last_text = observations::no_text, last_number = 0;
  const auto call_sign_number = [&](std::uint32_t row) {
    if (p.call_sign[row] == last_text) return last_number;
    last_text = p.call_sign[row];
    const std::string_view call_sign = p.call_sign_text(row);
    auto& heard = identity.call_signs;
    auto found = std::find(heard.begin(), heard.end(), call_sign);
    if (found == heard.end() && !call_sign.empty()) found = heard.emplace(found, call_sign);
    last_number = call_sign.empty() ? 0 : static_cast<std::uint32_t>(found - heard.begin()) + 1;
    return last_number;
  };
  identity.call_sign_of.reserve(rows.size());
  for (const std::uint32_t row : rows) identity.call_sign_of.push_back(call_sign_number(row));
  identity.nature = seen.aircraft.nature_of(identity.address);
  identity.affiliation = seen.aircraft.affiliation_of(identity.address, identity.call_signs);
  return identity;
}

// Of two call signs the parts are each alone, and none. Of more it is not worth while to look at
// all of them: what one part says need not follow from what smaller ones say.
bool is_settled(const Identity& identity, const Observations& seen) {
  const observations::Affiliation& all = identity.affiliation;
  if (all.contradicted || identity.call_signs.empty()) return true;
  if (identity.call_signs.size() > 2) return false;
  const auto same_by = [&](const std::vector<std::string>& call_signs) {
    const auto own = seen.aircraft.affiliation_of(identity.address, call_signs);
    return own.party == all.party && !own.contradicted;
  };
  return same_by({}) && std::all_of(identity.call_signs.begin(), identity.call_signs.end(),
                                    [&](const std::string& one) { return same_by({one}); });
}

Aircraft aircraft_of(const Observations& seen, const SourceNumbers& numbers, const Positions& p,
                     std::span<const std::uint32_t> rows, const TrackRules& rules) {
  return aircraft_of(seen, numbers, p, rows, identity_of(seen, p, rows), rules);
}

Aircraft aircraft_of(const Observations& seen, const SourceNumbers& numbers, const Positions& p,
                     std::span<const std::uint32_t> rows, Identity identity,
                     const TrackRules& rules) {
  Aircraft aircraft;
  aircraft.address = identity.address;
  aircraft.call_signs = std::move(identity.call_signs);
  aircraft.nature = std::move(identity.nature);
  aircraft.affiliation = std::move(identity.affiliation);
  const observations::FlightClass& flight =
      observations::flight_class(aircraft.nature.flight_class);
  std::vector<Fix> fixes;
  fixes.reserve(rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    Fix fix = fix_of(seen, numbers, p, flight, rows[i]);
    fix.call_sign = identity.call_sign_of[i];
    // A repeated row adds nothing; of two bounds on the same place the tighter one holds.
    const auto known = std::find_if(fixes.rbegin(), fixes.rend(), [&](const Fix& earlier) {
      return earlier.at < fix.at || repeats(earlier, fix);
    });
    if (known == fixes.rend() || !repeats(*known, fix)) {
      fixes.push_back(fix);
      continue;
    }
    ++aircraft.duplicates;
    if (fix.bounded && (!known->bounded || fix.error < known->error)) {
      known->error = fix.error;
      known->bounded = true;
    }
    known->pressure = told_twice(known->pressure, fix.pressure);
    known->ellipsoid = told_twice(known->ellipsoid, fix.ellipsoid);
    known->flying = told_twice(known->flying, fix.flying);
    known->doubtful = known->doubtful || fix.doubtful;
  }
  const std::vector<Chain> chains = chains_of(fixes, flight, rules);
  aircraft.jumps = chains.size() - 1;
  if (chains.size() > 1) attribute_apart(chains, seen, aircraft);
  for (const Chain& chain : chains)
    cut_into_tracks(chain, doubts_about(chain, chains, aircraft.address, rules), aircraft, flight,
                    rules);
  std::stable_sort(
      aircraft.tracks.begin(), aircraft.tracks.end(),
      [](const Track& a, const Track& b) { return a.fixes.front().at < b.fixes.front().at; });
  return aircraft;
}

std::vector<Aircraft> aircraft_of(const Observations& seen, const TrackRules& rules) {
  const std::vector<std::uint32_t> rows = observations::rows_in_order(seen.positions);
  const SourceNumbers numbers = source_numbers(seen);
  std::vector<Aircraft> all;
  for (auto from = rows.begin(); from != rows.end();) {
    const auto until = std::find_if(from, rows.end(), [&](std::uint32_t row) {
      return seen.positions.address[row] != seen.positions.address[*from];
    });
    all.push_back(aircraft_of(seen, numbers, seen.positions, {from, until}, rules));
    from = until;
  }
  return all;
}

std::vector<std::string> call_signs_of(const Track& track, const Aircraft& aircraft) {
  return call_signs_in(track.fixes, aircraft);
}

std::optional<Track> only_from(const Track& track, const std::vector<bool>& sources) {
  Track part = track;
  std::erase_if(part.fixes, [&](const Fix& fix) { return !sources[fix.source]; });
  if (part.fixes.empty()) return {};
  return part;
}

}  // namespace truce::incidents
