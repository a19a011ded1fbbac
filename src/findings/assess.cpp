#include "findings/assess.h"

#include <algorithm>
#include <atomic>
#include <map>
#include <optional>
#include <tuple>

#include "findings/coverage.h"
#include "findings/flight_rule.h"
#include "findings/overflight.h"
#include "incidents/nearness.h"
#include "incidents/track.h"
#include "observations/sorted_run.h"

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

using observations::Address;
using observations::Positions;
using observations::SortedRun;

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

struct Addresses {
  std::uint32_t first = 0, last = 0;  // both included
};

// The addresses that have to be looked at, ascending and apart from each other: those of every part
// that may have come near an area. All rows of any other lie far from all of them.
std::vector<Addresses> addresses_near(const std::vector<SortedRun::Part>& parts,
                                      const Setting& setting, const incidents::TrackRules& rules,
                                      const incidents::Nearness& nearness) {
  // A receiver with a heartbeat is up wherever it heard something: then every row counts.
  const auto& sources = setting.numbers.sources;
  const bool each_row_counts = std::any_of(sources.begin(), sources.end(), [](const auto* source) {
    return source->coverage.heartbeat;
  });
  std::vector<Addresses> near;
  for (const SortedRun::Part& part : parts) {
    const std::string flight_class =
        part.first == part.last ? setting.seen.aircraft.nature_of({part.first}).flight_class
                                : "unknown";
    if (each_row_counts ||
        !incidents::part_keeps_clear(setting.numbers, part.where,
                                     observations::flight_class(flight_class), rules, nearness))
      near.push_back({part.first, part.last});
  }
  std::sort(near.begin(), near.end(), [](Addresses a, Addresses b) { return a.first < b.first; });
  std::vector<Addresses> joined;
  for (const Addresses& a : near) {
    if (!joined.empty() && a.first <= joined.back().last)
      joined.back().last = std::max(joined.back().last, a.last);
    else
      joined.push_back(a);
  }
  return joined;
}

// Addresses that are taken up together.
struct Batch {
  std::vector<Addresses> addresses;
  std::uint64_t rows = 0;  ///< About as many.
};

// About how much work a row of a part is, beside one of an aircraft that no rule can mean: by what
// its first and its last address are known for. Aircraft of one state have addresses side by side.
double work_a_row(const SortedRun::Part& part, const Setting& setting) {
  constexpr double of_meant = 16;
  for (const observations::Address address : {Address{part.first}, Address{part.last}})
    if (may_be_meant(setting.agreement, setting.seen.aircraft.nature_of(address),
                     setting.seen.aircraft.affiliation_of(address, {})))
      return of_meant;
  return 1;
}

// Cut where about `target` rows have come together, whatever run they lie in; or fewer, where they
// are so much more work than others that a thread would be left with them.
std::vector<Batch> batches_of(std::vector<SortedRun::Part> parts,
                              const std::vector<Addresses>& near, const Setting& setting,
                              std::size_t target) {
  std::sort(parts.begin(), parts.end(), [](const auto& a, const auto& b) {
    return std::tie(a.last, a.first) < std::tie(b.last, b.first);
  });
  std::vector<double> work_of_part;
  double all_rows = 0, all_work = 0;
  for (const SortedRun::Part& part : parts) {
    work_of_part.push_back(work_a_row(part, setting) * static_cast<double>(part.rows));
    all_rows += static_cast<double>(part.rows);
    all_work += work_of_part.back();
  }
  const double usual_work = all_rows > 0 ? all_work / all_rows * static_cast<double>(target) : 0;
  std::vector<Batch> batches;
  auto next = near.begin();  // the first of which something is left
  std::uint32_t from = next == near.end() ? 0 : next->first;
  // Whatever is left of the addresses up to `last`.
  const auto take = [&](std::uint32_t last, std::uint64_t rows) {
    Batch batch;
    batch.rows = rows;
    while (next != near.end() && from <= last) {
      batch.addresses.push_back({from, std::min(last, next->last)});
      if (next->last > last) {
        from = last + 1;
        break;
      }
      if (++next != near.end()) from = next->first;
    }
    if (!batch.addresses.empty()) batches.push_back(std::move(batch));
  };
  std::uint64_t rows = 0;
  double work = 0;
  for (std::size_t i = 0; i < parts.size() && next != near.end(); ++i) {
    if (parts[i].last < from) continue;  // far
    rows += parts[i].rows;
    work += work_of_part[i];
    if ((rows < target && work < usual_work) ||
        (i + 1 < parts.size() && parts[i + 1].last == parts[i].last))
      continue;
    take(parts[i].last, rows);
    rows = 0;
    work = 0;
  }
  take(UINT32_MAX, rows);
  return batches;
}

// What all batches are judged with.
struct Judging {
  const Setting& setting;
  const incidents::TrackRules& rules;
  const incidents::Nearness& nearness;
  Reception& reception;
};

// The rows of one batch: those of each run stand together, in order.
struct Rows {
  Positions positions;
  std::vector<std::pair<std::size_t, std::size_t>> of_run;  // from, until
};

void judge_address(const Judging& judging, const Positions& positions,
                   std::vector<std::uint32_t>& rows, std::vector<Found>& found) {
  const auto in_order = [&](std::uint32_t a, std::uint32_t b) {
    return observations::comes_before(positions, a, b);
  };
  if (!std::is_sorted(rows.begin(), rows.end(), in_order))
    std::sort(rows.begin(), rows.end(), in_order);
  const Setting& setting = judging.setting;
  incidents::Identity identity = incidents::identity_of(setting.seen, positions, rows);
  // Where it was need not be worked out for whom no rule means.
  if (!may_be_meant(setting.agreement, identity.nature, identity.affiliation) &&
      incidents::is_settled(identity, setting.seen))
    return;
  if (incidents::keeps_clear(setting.numbers, positions, rows,
                             observations::flight_class(identity.nature.flight_class),
                             judging.rules, judging.nearness))
    return;
  const incidents::Aircraft aircraft = incidents::aircraft_of(
      setting.seen, setting.numbers, positions, rows, std::move(identity), judging.rules);
  for (Found& one : findings_about(aircraft, setting)) found.push_back(std::move(one));
}

std::vector<Found> judge(const Judging& judging, const Rows& rows) {
  std::vector<Found> found;
  const Positions& positions = rows.positions;
  for (std::size_t row = 0; row < positions.size(); ++row) judging.reception.hear(positions, row);
  auto left = rows.of_run;
  std::vector<std::uint32_t> of_address;
  while (true) {
    std::erase_if(left, [](const auto& part) { return part.first == part.second; });
    if (left.empty()) return found;
    std::uint32_t address = UINT32_MAX;
    for (const auto& [from, until] : left) address = std::min(address, positions.address[from]);
    of_address.clear();
    for (auto& [from, until] : left)
      for (; from < until && positions.address[from] == address; ++from)
        of_address.push_back(static_cast<std::uint32_t>(from));
    judge_address(judging, positions, of_address, found);
  }
}

}  // namespace

base::Result<Findings> assess(const terms::Agreement& agreement,
                              const observations::Observations& seen,
                              const AssessOptions& options) {
  const Zones zones(agreement);
  const Setting setting{agreement, seen, zones, incidents::source_numbers(seen)};
  incidents::TrackRules rules;
  rules.max_gap = agreement.max_gap;
  const observations::SortedPositions in_memory(seen.positions);
  std::vector<const SortedRun*> runs{&in_memory};
  for (const auto& run : seen.runs) runs.push_back(run.get());
  std::vector<const areas::Region*> regions;
  for (std::size_t i = 0; i < agreement.areas.size(); ++i) regions.push_back(&zones.region(i));
  const incidents::Nearness nearness(std::move(regions));
  const quantities::Period observed = observed_period(seen, runs);
  Reception reception(zones, seen, setting.numbers, observed);
  const Judging judging{setting, rules, nearness, reception};

  // Every batch by itself, each into its own place: the order of the work leaves no trace.
  std::vector<SortedRun::Part> parts;
  for (const SortedRun* run : runs)
    for (const SortedRun::Part& part : run->parts()) parts.push_back(part);
  const std::vector<Addresses> near = addresses_near(parts, setting, rules, nearness);
  const std::vector<Batch> batches = batches_of(std::move(parts), near, setting, options.batch);
  std::vector<std::vector<Found>> by_batch(batches.size());
  std::vector<std::optional<base::Problem>> damage(batches.size());
  std::atomic<std::uint64_t> done{0};
  std::uint64_t total = 0;
  for (const Batch& batch : batches) total += batch.rows;
  const auto work = [&](std::size_t i) {
    Rows rows;
    rows.positions.reserve_judged(batches[i].rows + batches[i].rows / 8);
    for (const SortedRun* run : runs) {
      const std::size_t from = rows.positions.size();
      for (const Addresses& some : batches[i].addresses) {
        if (auto read = run->append(some.first, some.last, rows.positions); !read) {
          damage[i] = read.error();
          return;
        }
      }
      rows.of_run.emplace_back(from, rows.positions.size());
    }
    by_batch[i] = judge(judging, rows);
    const std::uint64_t n = done += batches[i].rows;
    if (options.progress) options.progress(n, total);
  };
  if (options.for_each)
    options.for_each(batches.size(), work);
  else
    for (std::size_t i = 0; i < batches.size(); ++i) work(i);
  for (const auto& problem : damage)
    if (problem) return std::unexpected(*problem);

  std::vector<Found> found = findings_from_sightings(setting);
  for (std::vector<Found>& some : by_batch)
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
  findings.coverage = reception.lines(findings.findings);
  findings.observed = observed;
  return findings;
}

}  // namespace truce::findings
