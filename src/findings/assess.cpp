#include "findings/assess.h"

#include <algorithm>
#include <atomic>
#include <map>
#include <tuple>

#include "findings/coverage.h"
#include "findings/flight_rule.h"
#include "findings/overflight.h"
#include "incidents/track.h"

namespace truce::findings {

std::string_view to_string(Verdict verdict) {
  switch (verdict) {
    case Verdict::not_applicable: return "not applicable";
    case Verdict::compliant: return "compliant";
    case Verdict::not_observed: return "not observed";
    case Verdict::excepted: return "excepted";
    case Verdict::possible: return "possible";
    case Verdict::violation: return "violation";
  }
  return "?";
}

namespace {

// Counts belong to the day of earliest entry; time inside is split between days.
std::vector<Figure> figures_of(const std::vector<Found>& found) {
  using Key = std::tuple<std::string, std::string, std::string, quantities::Date>;
  std::map<Key, Figure> figures;
  const auto at = [&](const Finding& f, quantities::Date day) -> Figure& {
    Figure& figure = figures[{f.rule, f.area, f.party, day}];
    figure.rule = f.rule;
    figure.area = f.area;
    figure.party = f.party;
    figure.day = day;
    return figure;
  };
  for (const Found& one : found) {
    const Finding& f = one.finding;
    if (f.verdict == Verdict::not_applicable) continue;
    Figure& counted = at(f, f.counted_on);
    if (f.verdict == Verdict::violation) ++counted.violations;
    if (f.verdict == Verdict::possible) ++counted.possible;
    if (f.verdict == Verdict::excepted) ++counted.excepted;
    if (one.nature.helicopter == Answer::yes) ++counted.helicopters;
    if (one.nature.military == Answer::yes) ++counted.military;
    if (one.nature.military == Answer::no) ++counted.civil;
    if (one.nature.military == Answer::unknown) ++counted.unknown_kind;
    for (const auto& [day, share] : one.days) {
      Figure& figure = at(f, day);
      figure.inside_least = figure.inside_least + share.least;
      figure.inside_most = figure.inside_most + share.most;
    }
  }
  std::vector<Figure> all;
  for (auto& [key, figure] : figures) all.push_back(std::move(figure));
  return all;
}

bool is_one_happening(const Found& a, const Found& b) {
  const Finding &f = a.finding, &g = b.finding;
  if (a.version == b.version || f.sighting != g.sighting) return false;
  if (f.sighting) return f.evidence == g.evidence;
  const bool share_area = std::any_of(f.areas.begin(), f.areas.end(), [&](const std::string& area) {
    return std::find(g.areas.begin(), g.areas.end(), area) != g.areas.end();
  });
  return share_area && f.entry.earliest <= g.exit.latest && g.entry.earliest <= f.exit.latest;
}

// A flight during which a rule was amended is judged by each version for its own time, and is one
// overflight under one rule all the same: the strongest answer stands, the earlier of equals.
std::vector<Found> one_for_each_rule(std::vector<Found> found) {
  std::map<std::pair<std::string, std::string>, std::vector<std::size_t>> kept_of;
  std::vector<Found> kept;
  for (Found& one : found) {
    std::vector<std::size_t>& others = kept_of[{one.finding.rule, one.finding.address}];
    const auto same = std::find_if(others.begin(), others.end(),
                                   [&](std::size_t k) { return is_one_happening(kept[k], one); });
    if (same == others.end()) {
      others.push_back(kept.size());
      kept.push_back(std::move(one));
    } else if (kept[*same].finding.verdict < one.finding.verdict) {
      kept[*same] = std::move(one);
    }
  }
  return kept;
}

}  // namespace

Findings assess(const terms::Agreement& agreement, const observations::Observations& seen,
                const AssessOptions& options) {
  const Zones zones(agreement);
  const Setting setting{agreement, seen, zones, incidents::source_numbers(seen)};
  incidents::TrackRules rules;
  rules.max_gap = agreement.max_gap;
  const std::vector<incidents::Aircraft> aircraft = incidents::aircraft_of(seen, rules);

  // Every aircraft by itself, each into its own place: the order of the work leaves no trace.
  std::vector<std::vector<Found>> by_aircraft(aircraft.size());
  std::atomic<std::uint64_t> done{0};
  const auto work = [&](std::size_t i) {
    by_aircraft[i] = findings_about(aircraft[i], setting);
    const std::uint64_t n = ++done;
    if (options.progress) options.progress(n, aircraft.size());
  };
  if (options.for_each)
    options.for_each(aircraft.size(), work);
  else
    for (std::size_t i = 0; i < aircraft.size(); ++i) work(i);

  std::vector<Found> found = findings_from_sightings(setting);
  for (std::vector<Found>& some : by_aircraft)
    for (Found& one : some) found.push_back(std::move(one));
  found = one_for_each_rule(std::move(found));
  std::stable_sort(found.begin(), found.end(), [](const Found& a, const Found& b) {
    return std::tie(a.finding.entry.earliest, a.finding.rule, a.finding.id) <
           std::tie(b.finding.entry.earliest, b.finding.rule, b.finding.id);
  });
  Findings findings;
  findings.figures = figures_of(found);
  for (Found& one : found) findings.findings.push_back(std::move(one.finding));
  findings.errata = inherit(options.previous, findings.findings);
  findings.coverage = coverage_of(zones, seen, findings.findings);
  findings.observed = observed_period(seen);
  return findings;
}

}  // namespace truce::findings
