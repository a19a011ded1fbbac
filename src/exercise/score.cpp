#include "exercise/score.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/json_writer.h"
#include "exercise/score_reading.h"

namespace truce::exercise {

namespace {

using quantities::Duration;
using quantities::Instant;

// Times in outputs are cut to milliseconds, and the truth is known to one.
constexpr Duration time_slack = quantities::milliseconds(10);
constexpr double seconds_slack = 0.2;
constexpr double height_slack = 1;  // metres; the truth has one decimal
// An outline drawn from a circle lies a little beside it, and the truth is looked at every half
// second.
constexpr double depth_slack = 150, depth_slack_share = 0.005;

// Whether the presence lies within what the finding speaks of: of what went on unseen, before or
// after, it says neither how high nor how deep.
bool is_all_spoken_of(const ScoredFinding& finding, const TruePresence& presence) {
  return finding.entry.earliest - time_slack <= presence.entry &&
         presence.exit <= finding.exit.latest + time_slack;
}

bool heights_hold(const ScoredFinding& finding, const TruePresence& presence) {
  if (!is_all_spoken_of(finding, presence)) return true;
  const bool pressure = finding.height_scale == "pressure";
  if (!pressure && finding.height_scale != "mean sea level") return true;  // none, or unknown here
  return finding.least_height_m - height_slack <=
             (pressure ? presence.least_pressure_m : presence.least_height_m) &&
         (pressure ? presence.most_pressure_m : presence.most_height_m) <=
             finding.most_height_m + height_slack;
}

bool depths_hold(const ScoredFinding& finding, const TruePresence& presence) {
  const double slack = depth_slack + depth_slack_share * presence.deepest_m;
  return (!finding.least_depth_m || *finding.least_depth_m <= presence.deepest_m + slack) &&
         (!finding.most_depth_m || !is_all_spoken_of(finding, presence) ||
          presence.deepest_m <= *finding.most_depth_m + slack);
}

bool holds(const std::vector<std::string>& items, const std::string& item) {
  return std::find(items.begin(), items.end(), item) != items.end();
}

int gravity(const std::string& verdict) {
  if (verdict == "violation") return 3;
  if (verdict == "possible") return 2;
  return verdict == "excepted" ? 1 : 0;
}

double overlap_s(Instant a_from, Instant a_until, Instant b_from, Instant b_until) {
  return (std::min(a_until, b_until) - std::max(a_from, b_from)).in_seconds();
}

class Scoring {
 public:
  Scoring(const std::vector<ScoredFinding>& findings, const Truth& truth)
      : findings_(findings), truth_(truth) {
    for (const TrueSighting& s : truth.sightings) sightings_[{s.file, s.line}] = &s;
    for (const TrueFlight& flight : truth.flights)
      for (const std::string& address : flight.addresses) ++users_[address];
  }

  Score made() {
    score_.seed = truth_.seed;
    score_.errors_within_bounds = truth_.errors_within_bounds;
    score_.presences = static_cast<int>(truth_.presences.size());
    spoken_of_by_.resize(truth_.presences.size());
    for (const ScoredFinding& finding : findings_) {
      ++score_.findings[finding.verdict];
      if (gravity(finding.verdict) > 0) judge(finding);
    }
    for (std::size_t p = 0; p < truth_.presences.size(); ++p) judge(p);
    return std::move(score_);
  }

 private:
  // The flights of the sightings on which a finding rests. One that nobody flew is "".
  std::set<std::string> flights_sighted(const ScoredFinding& finding) const {
    std::set<std::string> flights;
    for (const auto& row : finding.evidence)
      if (const auto s = sightings_.find(row); s != sightings_.end())
        flights.insert(s->second->flight);
    return flights;
  }

  bool same_aircraft(const ScoredFinding& finding, const TruePresence& presence,
                     const std::set<std::string>& sighted) const {
    if (!finding.address.empty()) return holds(presence.addresses, finding.address);
    return sighted.contains(presence.flight);
  }

  std::vector<std::size_t> presences_of(const ScoredFinding& finding) const {
    std::vector<std::size_t> found;
    const std::set<std::string> sighted = flights_sighted(finding);
    for (std::size_t p = 0; p < truth_.presences.size(); ++p) {
      const TruePresence& presence = truth_.presences[p];
      if (presence.rule == finding.rule && same_aircraft(finding, presence, sighted) &&
          presence.entry <= finding.exit.latest + time_slack &&
          finding.entry.earliest <= presence.exit + time_slack)
        found.push_back(p);
    }
    return found;
  }

  void judge(const ScoredFinding& finding) {
    const std::vector<std::size_t> about = presences_of(finding);
    bool breach = false, covered = false;
    for (const std::size_t p : about) {
      const TruePresence& presence = truth_.presences[p];
      breach = breach || presence.breach;
      covered = covered || (presence.prohibited && !presence.breach);
      spoken_of_by_[p].insert(gravity(finding.verdict));
    }
    if (finding.verdict == "violation" && !breach)
      contradict(finding, about.empty() ? "there was no presence"
                          : covered     ? "a notice covers all of the presence"
                                        : "nothing prohibited the presence");
    // "Excepted" says that whatever happened was covered, not that it happened.
    if (finding.verdict == "excepted" && breach && !covered)
      contradict(finding, "no notice covers all of the presence");
    if (finding.verdict == "excepted" && about.empty()) ++score_.excepted_nothing;
    if (finding.verdict == "possible") {
      if (breach)
        ++score_.possible_breach;
      else if (covered)
        ++score_.possible_excepted;
      else if (!about.empty())
        ++score_.possible_allowed;
      else {
        ++score_.possible_nothing;
        if (is_beside(finding)) ++score_.possible_beside;
        for (const std::string& trouble : troubles_around(finding))
          ++score_.by_trouble[trouble].false_possible;
      }
    }
    if (!about.empty()) compare_bounds(finding, about);
  }

  // Whether the aircraft was inside shortly before or after, so that the finding brushes an outline
  // that was crossed a little later or earlier.
  bool is_beside(const ScoredFinding& finding) const {
    constexpr Duration shortly = quantities::minutes(5);
    const std::set<std::string> sighted = flights_sighted(finding);
    return std::any_of(
        truth_.presences.begin(), truth_.presences.end(), [&](const TruePresence& presence) {
          return presence.rule == finding.rule && same_aircraft(finding, presence, sighted) &&
                 presence.entry <= finding.exit.latest + shortly &&
                 finding.entry.earliest <= presence.exit + shortly;
        });
  }

  void contradict(const ScoredFinding& finding, std::string_view why) {
    std::string who = finding.address.empty() ? "sighted" : finding.address;
    for (const std::string& trouble : troubles_around(finding)) who += ", " + trouble;
    score_.contradictions.push_back(
        {finding.id, fmt::format("{} of rule {} ({}) from {}: {}", finding.verdict, finding.rule,
                                 who, rfc3339(finding.entry.earliest), why)});
  }

  // What is known of the flights that a finding could mean when it speaks of no presence.
  std::vector<std::string> troubles_around(const ScoredFinding& finding) const {
    std::set<std::string> troubles;
    const std::set<std::string> sighted = flights_sighted(finding);
    bool known = sighted.contains("");
    if (known) troubles.insert("false sighting");
    for (const TrueFlight& flight : truth_.flights) {
      const bool same = finding.address.empty() ? sighted.contains(flight.id)
                                                : holds(flight.addresses, finding.address);
      if (!same ||
          overlap_s(flight.from, flight.until, finding.entry.earliest, finding.exit.latest) < 0)
        continue;
      known = true;
      troubles.insert(flight.troubles.begin(), flight.troubles.end());
    }
    if (!known) return {"no such flight"};
    if (troubles.empty()) return {"none"};
    return {troubles.begin(), troubles.end()};
  }

  // Whether true entry, exit and time inside lie within what the finding says of them.
  void compare_bounds(const ScoredFinding& finding, const std::vector<std::size_t>& about) {
    // With two aircraft of one address nobody can say whose presence a finding means; and a
    // sighting says of a whole presence only that it was there.
    if (finding.on_sighting || finding.address.empty() || users_[finding.address] > 1) return;
    ++score_.bounds_checked;
    const auto within = [](Instant t, const quantities::TimeBounds& bounds, bool open_before,
                           bool open_after) {
      return (open_before || bounds.earliest - time_slack <= t) &&
             (open_after || t <= bounds.latest + time_slack);
    };
    bool entry = false, exit = false, heights = false, depths = false;
    double surely = 0, perhaps = 0;
    for (const std::size_t p : about) {
      const TruePresence& presence = truth_.presences[p];
      entry = entry || within(presence.entry, finding.entry, !finding.entry_seen, false);
      exit = exit || within(presence.exit, finding.exit, false, !finding.exit_seen);
      heights = heights || heights_hold(finding, presence);
      depths = depths || depths_hold(finding, presence);
      surely += std::max(0.0, overlap_s(presence.entry, presence.exit, finding.entry.latest,
                                        finding.exit.earliest));
      perhaps += std::max(0.0, overlap_s(presence.entry, presence.exit, finding.entry.earliest,
                                         finding.exit.latest));
    }
    const TruePresence& first = truth_.presences[about.front()];
    const TruePresence& last = truth_.presences[about.back()];
    const auto note = [&](std::string text) {
      score_.outside_bounds.push_back({finding.id, std::move(text)});
    };
    if (!entry)
      note(fmt::format("{} of {} ({}): entry at {} is not between {} and {}", finding.verdict,
                       finding.address, first.flight, rfc3339(first.entry),
                       rfc3339(finding.entry.earliest), rfc3339(finding.entry.latest)));
    if (!exit)
      note(fmt::format("{} of {} ({}): exit at {} is not between {} and {}", finding.verdict,
                       finding.address, last.flight, rfc3339(last.exit),
                       rfc3339(finding.exit.earliest), rfc3339(finding.exit.latest)));
    if (!heights)
      note(
          fmt::format("{} of {} ({}): heights from {:.0f} to {:.0f} m above sea level ({:.0f} to "
                      "{:.0f} m pressure altitude) are not between {:.0f} and {:.0f} m ({})",
                      finding.verdict, finding.address, first.flight, first.least_height_m,
                      first.most_height_m, first.least_pressure_m, first.most_pressure_m,
                      finding.least_height_m, finding.most_height_m, finding.height_scale));
    if (!depths)
      note(fmt::format("{} of {} ({}): a depth of {:.0f} m is not between {} and {} m",
                       finding.verdict, finding.address, first.flight, first.deepest_m,
                       finding.least_depth_m.value_or(0), finding.most_depth_m.value_or(0)));
    if (perhaps + seconds_slack < finding.least_inside_s ||
        surely - seconds_slack > finding.most_inside_s)
      note(fmt::format("{} of {} ({}): {:.1f} s inside are not between {:.1f} and {:.1f} s",
                       finding.verdict, finding.address, first.flight, perhaps,
                       finding.least_inside_s, finding.most_inside_s));
  }

  void judge(std::size_t p) {
    const TruePresence& presence = truth_.presences[p];
    if (!presence.prohibited) return;
    const auto each_trouble = [&](auto change) {
      if (presence.troubles.empty()) change(score_.by_trouble["none"]);
      for (const std::string& trouble : presence.troubles) change(score_.by_trouble[trouble]);
    };
    if (!presence.traced) {
      ++score_.untraced;
      return each_trouble([](TroubleScore& t) { ++t.untraced; });
    }
    if (presence.marginal) {
      ++score_.marginal;
      return;
    }
    ++score_.incursions;
    each_trouble([](TroubleScore& t) { ++t.incursions; });
    const std::set<int>& by = spoken_of_by_[p];
    const int gravest = by.empty() ? 0 : *by.rbegin();
    if (gravest < (presence.breach ? 2 : 1)) {
      each_trouble([](TroubleScore& t) { ++t.missed; });
      score_.missed.push_back(
          {presence.flight,
           fmt::format("rule {} from {} to {}, trace: {}, {}", presence.rule,
                       rfc3339(presence.entry), rfc3339(presence.exit), presence.trace,
                       gravest == 1 ? "found excepted, though no notice covers it"
                                    : "no finding speaks of it")});
      return;
    }
    if (gravest == 3) ++score_.incursions_violation;
    if (gravest == 2) ++score_.incursions_possible;
    if (gravest == 1) ++score_.incursions_excepted;
    each_trouble([&](TroubleScore& t) {
      ++(gravest == 3 ? t.violation : gravest == 2 ? t.possible : t.excepted);
    });
  }

  const std::vector<ScoredFinding>& findings_;
  const Truth& truth_;
  std::map<std::pair<std::string, std::int64_t>, const TrueSighting*> sightings_;
  std::map<std::string, int> users_;
  std::vector<std::set<int>> spoken_of_by_;  // Of each presence, the gravities of its findings.
  Score score_;
};

double percent(int part, int whole) {
  return whole == 0 ? 0 : 100.0 * part / whole;
}

void tell(std::string& out, std::string_view title, const std::vector<ScoreNote>& notes) {
  constexpr std::size_t most = 20;
  if (notes.empty()) return;
  out += fmt::format("\n{}\n", title);
  for (std::size_t i = 0; i < notes.size() && i < most; ++i)
    out += fmt::format("  {}  {}\n", notes[i].subject, notes[i].text);
  if (notes.size() > most) out += fmt::format("  and {} more\n", notes.size() - most);
}

void write_notes(base::JsonWriter& json, std::string_view name,
                 const std::vector<ScoreNote>& notes) {
  json.key(name);
  json.begin_array();
  for (const ScoreNote& note : notes) {
    json.begin_object();
    json.member("subject", note.subject);
    json.member("text", note.text);
    json.end_object();
  }
  json.end_array();
}

}  // namespace

base::Result<Score> score(std::string_view findings_json, std::string_view truth_json) {
  const auto findings = read_scored_findings(findings_json);
  if (!findings) return std::unexpected(findings.error());
  const auto truth = read_truth(truth_json);
  if (!truth) return std::unexpected(truth.error());
  return Scoring(*findings, *truth).made();
}

std::string score_text(const Score& s) {
  std::string out = fmt::format("Exercise {} ({})\n\n", s.seed,
                                s.errors_within_bounds ? "errors within their declared bounds"
                                                       : "errors beyond their declared bounds");
  out += fmt::format("  definite verdicts that contradict the truth  {:6}   (must be 0)\n",
                     s.contradictions.size());
  out += fmt::format("  true incursions that left a trace            {:6}\n", s.incursions);
  out += fmt::format("    found as violation                         {:6}   {:5.1f} %\n",
                     s.incursions_violation, percent(s.incursions_violation, s.incursions));
  out += fmt::format("    found as possible                          {:6}   {:5.1f} %\n",
                     s.incursions_possible, percent(s.incursions_possible, s.incursions));
  out += fmt::format("    found as excepted                          {:6}   {:5.1f} %\n",
                     s.incursions_excepted, percent(s.incursions_excepted, s.incursions));
  out += fmt::format("    missed                                     {:6}   (must be 0)\n",
                     s.missed.size());
  out += fmt::format("  incursions that left no trace                {:6}\n", s.untraced);
  out += fmt::format("  incursions too short or shallow to judge     {:6}\n", s.marginal);
  int all = 0;
  for (const auto& [verdict, count] : s.findings)
    if (gravity(verdict) > 0) all += count;
  out += fmt::format("  findings                                     {:6}\n", all);
  out += fmt::format("    possible                                   {:6}   {:5.1f} %\n",
                     s.possible(), percent(s.possible(), all));
  out += fmt::format("      of a breach                              {:6}\n", s.possible_breach);
  out += fmt::format("      of an excepted flight                    {:6}\n", s.possible_excepted);
  out += fmt::format("      of a presence that was allowed           {:6}\n", s.possible_allowed);
  out += fmt::format("      where nothing was                        {:6}\n", s.possible_nothing);
  out += fmt::format("        but minutes before or after            {:6}\n", s.possible_beside);
  out += fmt::format("    excepted where nothing was                 {:6}\n", s.excepted_nothing);
  out += fmt::format("  true values outside the bounds of findings  {:7}   of {} findings\n\n",
                     s.outside_bounds.size(), s.bounds_checked);
  out += fmt::format("  {:<22}{:>11}{:>11}{:>10}{:>10}{:>8}{:>10}{:>10}\n", "trouble", "incursions",
                     "violation", "possible", "excepted", "missed", "untraced", "false");
  for (const auto& [trouble, t] : s.by_trouble)
    out += fmt::format("  {:<22}{:>11}{:>11}{:>10}{:>10}{:>8}{:>10}{:>10}\n", trouble, t.incursions,
                       t.violation, t.possible, t.excepted, t.missed, t.untraced, t.false_possible);
  tell(out, "Contradictions", s.contradictions);
  tell(out, "Missed", s.missed);
  tell(out, "Outside their bounds", s.outside_bounds);
  return out;
}

std::string score_json(const Score& s) {
  base::JsonWriter json;
  json.begin_object();
  json.member("format", "truce exercise score");
  json.member("version", 1);
  json.member("seed", s.seed);
  json.member("errors_within_bounds", s.errors_within_bounds);
  json.member("passed", s.passed());
  json.key("findings");
  json.begin_object();
  for (const auto& [verdict, count] : s.findings) json.member(verdict, count);
  json.end_object();
  json.key("presences");
  json.begin_object();
  json.member("all", s.presences);
  json.member("incursions", s.incursions);
  json.member("marginal", s.marginal);
  json.member("untraced", s.untraced);
  json.end_object();
  json.key("incursions");
  json.begin_object();
  json.member("violation", s.incursions_violation);
  json.member("possible", s.incursions_possible);
  json.member("excepted", s.incursions_excepted);
  json.member("missed", s.missed.size());
  json.end_object();
  json.key("possible");
  json.begin_object();
  json.member("all", s.possible());
  json.member("breach", s.possible_breach);
  json.member("excepted", s.possible_excepted);
  json.member("allowed", s.possible_allowed);
  json.member("nothing", s.possible_nothing);
  json.member("nothing_but_beside", s.possible_beside);
  json.end_object();
  json.key("by_trouble");
  json.begin_object();
  for (const auto& [trouble, t] : s.by_trouble) {
    json.key(trouble);
    json.begin_object();
    json.member("incursions", t.incursions);
    json.member("violation", t.violation);
    json.member("possible", t.possible);
    json.member("excepted", t.excepted);
    json.member("missed", t.missed);
    json.member("untraced", t.untraced);
    json.member("false_possible", t.false_possible);
    json.end_object();
  }
  json.end_object();
  json.member("excepted_nothing", s.excepted_nothing);
  json.member("bounds_checked", s.bounds_checked);
  write_notes(json, "contradictions", s.contradictions);
  write_notes(json, "missed", s.missed);
  write_notes(json, "outside_bounds", s.outside_bounds);
  json.end_object();
  return json.take();
}

}  // namespace truce::exercise
