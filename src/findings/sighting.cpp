// Findings that rest on what people saw: no address, no track, a place and a time with their
// precision.

#include <algorithm>
#include <cmath>
#include <set>

#include "base/text.h"
#include "findings/coverage.h"
#include "findings/overflight.h"
#include "findings/standard.h"
#include "findings/wording.h"

namespace truce::findings {

namespace {

using base::both;
using base::either;
using base::opposite;
using incidents::Fix;
using incidents::Profile;
using observations::Sighting;
using terms::Agreement;
using terms::FlightRule;

/// Sightings this far apart in time can be of one aircraft.
constexpr Duration one_happening = quantities::minutes(5);

// One sighting with what it says, ready to be asked.
struct Seen {
  Sighting said;  // its times widened by the error that its source states
  const observations::Source* source;
  Fix fix;
  observations::Affiliation affiliation;
  observations::AircraftNature nature;
};

Seen seen_of(const Sighting& s, const Setting& setting) {
  Seen seen{s, nullptr, {}, {}, {}};
  seen.source = s.source.empty()
                    ? setting.numbers.sources[setting.numbers.of_input[s.evidence.input]]
                    : &setting.seen.sources.by_id(s.source);
  if (const auto error = seen.source->bounds.time) {
    seen.said.when.earliest = s.when.earliest - *error;
    seen.said.when.latest = s.when.latest + *error;
  }
  seen.fix.at = seen.said.when.earliest;
  seen.fix.point = s.place;
  if (s.place_precision) {
    seen.fix.bounded = true;
    seen.fix.error =
        s.place_precision->in_metres() == 0 ? 0 : s.place_precision->in_metres() + 0.01;
  }
  seen.nature = observations::Register::nature_of_type(s.type);
  if (s.military != Answer::unknown) {
    if (seen.nature.military != Answer::unknown && seen.nature.military != s.military)
      seen.nature.military = Answer::unknown;
    else
      seen.nature.military = s.military;
    seen.nature.bases.push_back({"sighting", s.military == Answer::yes ? "military" : "civil",
                                 "the observer took it for " +
                                     std::string(s.military == Answer::yes ? "military" : "civil"),
                                 s.evidence});
  }
  seen.affiliation = setting.seen.aircraft.affiliation_of_type(s.type);
  if (!s.party.empty()) {
    // What an observer took it for is a claim; it stands only where the type does not say
    // otherwise.
    if (seen.affiliation.party.empty() && !seen.affiliation.contradicted)
      seen.affiliation.party = s.party;
    else if (seen.affiliation.party != s.party)
      seen.affiliation.contradicted = true;
    seen.affiliation.bases.push_back(
        {"sighting", s.party,
         "the observer took it for one of " + party_name(setting.agreement, s.party), s.evidence});
  }
  return seen;
}

// Heights that people give are above ground; only the declared terrain leads to other scales.
Answer height_answer(const Sighting& s, const terms::Area& area,
                     const terms::Atmosphere& atmosphere) {
  const auto bounds = [&](terms::Reference scale) -> std::optional<incidents::HeightBounds> {
    if (!s.height_least || !s.height_most) return {};
    if (scale == terms::Reference::ground)
      return incidents::HeightBounds{*s.height_least, *s.height_most};
    if (!area.terrain) return {};
    const incidents::HeightBounds sea{*s.height_least + area.terrain->least,
                                      *s.height_most + area.terrain->most};
    if (scale == terms::Reference::mean_sea_level) return sea;
    return incidents::pressure_from_sea_level(sea, atmosphere);
  };
  const auto compare = [&](const terms::Limit& limit, bool above) {
    if (limit.reference == terms::Reference::surface) return above ? Answer::yes : Answer::unknown;
    if (limit.reference == terms::Reference::unlimited) return above ? Answer::no : Answer::yes;
    const auto b = bounds(limit.reference);
    if (!b) return Answer::unknown;
    if (above)
      return b->least >= limit.height ? Answer::yes
             : b->most < limit.height ? Answer::no
                                      : Answer::unknown;
    return b->most <= limit.height   ? Answer::yes
           : b->least > limit.height ? Answer::no
                                     : Answer::unknown;
  };
  return both(compare(area.floor, true), compare(area.ceiling, false));
}

Answer during(const Profile& profile, quantities::TimeBounds when) {
  if (when.earliest == when.latest) return profile.at(when.earliest);
  std::set<Instant> cuts{when.earliest, when.latest};
  profile.add_cuts(cuts);
  Answer first = profile.at(when.earliest);
  for (auto c = cuts.begin(); c != cuts.end(); ++c) {
    if (*c < when.earliest || *c > when.latest) continue;
    if (profile.at(*c) != first) return Answer::unknown;
    const auto next = std::next(c);
    if (next != cuts.end() && *next <= when.latest && profile.between(*c, *next) != first)
      return Answer::unknown;
  }
  return first;
}

struct Judged {
  const Seen* seen;
  std::size_t area = 0;
  std::set<std::string> areas;
  Answer answers[condition_count] = {};
  Answer at(Condition c) const { return answers[static_cast<std::size_t>(c)]; }
  void set(Condition c, Answer a) { answers[static_cast<std::size_t>(c)] = a; }
  Answer breach() const {
    Answer a = Answer::yes;
    for (Answer x : answers) a = both(a, x);
    return a;
  }
};

std::optional<Judged> judged(const Seen& seen, std::size_t rule_index, const Setting& setting) {
  const Agreement& agreement = setting.agreement;
  const FlightRule& rule = agreement.rules[rule_index];
  Judged j{&seen, 0, {}, {}};
  const quantities::TimeBounds when = seen.said.when;
  const quantities::Period span{when.earliest - quantities::days(1),
                                when.latest + quantities::days(1)};
  const auto limit_answer = [&](const terms::Area& ground, const std::optional<terms::Limit>& limit,
                                bool below) {
    if (!limit) return Answer::yes;
    terms::Area band = ground;
    if (below) {
      band.floor = *limit;
      band.ceiling = {terms::Reference::unlimited, {}, "UNL"};
    } else {
      band.floor = {terms::Reference::surface, {}, "SFC"};
      band.ceiling = *limit;
    }
    return opposite(height_answer(seen.said, band, agreement.atmosphere));
  };
  // Heights above ground are measured from the ground of each area: named is the area in which the
  // rule is most surely broken; of equals the one in which it most surely was, and then the first.
  std::optional<std::pair<Answer, Answer>> best;
  for (std::size_t area : setting.zones.areas_of(rule_index)) {
    const terms::Area& a = agreement.areas[area];
    Answer inside = incidents::inside_at(seen.fix, setting.zones.region(area));
    if (inside == Answer::yes && !seen.fix.bounded) inside = Answer::unknown;
    const Answer height = height_answer(seen.said, a, agreement.atmosphere);
    const Answer valid =
        during(incidents::profile_of({own_validity(agreement, a.valid)}, {}), when);
    const Answer present = both(inside, both(height, valid));
    if (present == Answer::no) continue;
    j.areas.insert(a.id);
    const Answer below = limit_answer(a, rule.below, true);
    const Answer above = limit_answer(a, rule.above, false);
    const std::pair here{both(present, both(below, above)), present};
    if (best && here <= *best) continue;
    best = here;
    j.area = area;
    j.set(Condition::inside, inside);
    j.set(Condition::height, height);
    j.set(Condition::rule_in_force, valid);
    j.set(Condition::below, below);
    j.set(Condition::above, above);
  }
  if (!best) return {};
  j.set(Condition::in_force, during(incidents::profile_of({agreement.in_force}, {}), when));
  j.set(Condition::bound,
        during(bound_profile(agreement, parties_meant(rule, seen.affiliation), {}), when));
  j.set(Condition::rule_in_force, both(j.at(Condition::rule_in_force),
                                       during(rule_profile(agreement, rule, span, {}), when)));
  j.set(Condition::operated_by, operated_answer(rule, seen.affiliation));
  j.set(Condition::kind, kind_answer(rule, seen.nature));
  j.set(Condition::flying, Answer::yes);
  j.set(Condition::genuine, Answer::yes);
  return j;
}

bool of_one_happening(const Judged& a, const Judged& b) {
  const Sighting& s = a.seen->said;
  const Sighting& t = b.seen->said;
  if (origin_of(*a.seen->source) == origin_of(*b.seen->source)) return false;
  const Instant later = std::max(s.when.earliest, t.when.earliest);
  const Instant earlier = std::min(s.when.latest, t.when.latest);
  const Duration apart = later > earlier ? later - earlier : Duration{};
  if (apart > one_happening || a.area != b.area) return false;
  const auto conflict = [](Answer x, Answer y) {
    return both(x, y) == Answer::no && either(x, y) == Answer::yes;
  };
  if (conflict(a.seen->nature.helicopter, b.seen->nature.helicopter) ||
      conflict(a.seen->nature.military, b.seen->nature.military))
    return false;
  const std::string &p = a.seen->affiliation.party, &q = b.seen->affiliation.party;
  if (!p.empty() && !q.empty() && p != q) return false;
  if (!a.seen->fix.bounded || !b.seen->fix.bounded) return false;
  const double speed = std::min(
      observations::flight_class(a.seen->nature.flight_class).speed_per_second.in_metres(),
      observations::flight_class(b.seen->nature.flight_class).speed_per_second.in_metres());
  return areas::chord(areas::place(s.place), areas::place(t.place)) <=
         a.seen->fix.error + b.seen->fix.error + speed * apart.in_seconds();
}

std::string sighting_because(Condition c, const Judged& j, const Agreement& agreement,
                             const FlightRule& rule) {
  const Sighting& s = j.seen->said;
  const terms::Area& area = agreement.areas[j.area];
  switch (c) {
    case Condition::inside:
      return "it was seen at " + point_text(s.place) +
             (s.place_precision ? ", within " + quantities::metres_text(*s.place_precision)
                                : ", how precisely nobody said") +
             (j.at(c) == Answer::yes ? "; all of that lies inside " + area.id
                                     : "; that can be inside " + area.id + " or outside");
    case Condition::height:
      return "the area reaches from " + area.floor.text + " to " + area.ceiling.text +
             (s.height_least && s.height_most
                  ? "; it was seen between " + quantities::feet_text(*s.height_least) + " and " +
                        quantities::feet_text(*s.height_most) + " above the ground"
                  : "; the observer gave no height");
    case Condition::operated_by: {
      const auto& aff = j.seen->affiliation;
      std::vector<std::string> bases;
      for (const auto& b : aff.bases) bases.push_back(b.text);
      if (aff.contradicted) return "what is known contradicts itself: " + base::listed(bases);
      if (aff.party.empty()) return "nothing tells who operates it";
      return "it is taken to be operated by " +
             (aff.party == "other" ? aff.other : party_name(agreement, aff.party)) + ": " +
             base::listed(bases);
    }
    case Condition::kind: return "it was described as \"" + s.type + "\"";
    case Condition::flying: return "it was seen flying";
    case Condition::genuine: return "it is what a person says that they saw";
    case Condition::rule_in_force:
      return rule.when.empty()
                 ? "the rule holds at all hours"
                 : "the rule holds at the hours it names, in " + agreement.time_zone + " time";
    default: return "as the agreement says";
  }
}

std::string sighting_question(Condition c, const Judged& j, const Agreement& agreement,
                              const FlightRule& rule) {
  const std::string& id = j.seen->said.id;
  const terms::Area& area = agreement.areas[j.area];
  std::vector<std::string> names;
  for (const std::string& p : rule.by) names.push_back(party_name(agreement, p));
  switch (c) {
    case Condition::inside:
      return "Where exactly was the aircraft of sighting " + id + ": inside " + area.id + "?";
    case Condition::height:
    case Condition::below:
    case Condition::above:
      return "How high was the aircraft of sighting " + id + "? The area " + area.id +
             " reaches from " + area.floor.text + " to " + area.ceiling.text + ".";
    case Condition::operated_by:
      return "Whose was the aircraft of sighting " + id + "? Was it " + base::listed(names, "or") +
             "?";
    case Condition::kind: return "What kind of aircraft was it in sighting " + id + "?";
    default: return "When exactly was the aircraft of sighting " + id + " there?";
  }
}

Found finding_of(const std::vector<const Judged*>& cluster, std::size_t rule_index,
                 const Setting& setting) {
  const Agreement& agreement = setting.agreement;
  const FlightRule& rule = agreement.rules[rule_index];
  // The strongest sighting decides; of equals the first.
  const Judged* decisive = cluster.front();
  for (const Judged* j : cluster)
    if (j->breach() > decisive->breach()) decisive = j;
  const Sighting& s = decisive->seen->said;
  Found found;
  found.nature = decisive->seen->nature;
  Finding& f = found.finding;
  f.rule = rule.id;
  found.version = rule_index;
  f.clause = rule.clause;
  f.area = agreement.areas[decisive->area].id;
  f.grade = agreement.areas[decisive->area].grade;
  f.areas.assign(decisive->areas.begin(), decisive->areas.end());
  f.type = s.type;
  f.party = decisive->seen->affiliation.party;
  std::vector<std::string> bases;
  for (const auto& b : decisive->seen->affiliation.bases) bases.push_back(b.text);
  f.affiliation_basis = base::listed(bases);
  f.kind = kind_text(decisive->seen->nature);
  f.sighting = true;
  f.entry = f.exit = s.when;
  for (const Judged* j : cluster) {
    f.entry.earliest = std::min(f.entry.earliest, j->seen->said.when.earliest);
    f.exit.latest = std::max(f.exit.latest, j->seen->said.when.latest);
  }
  f.began_before_seen = f.ended_after_seen = true;
  f.inside_most = s.when.latest - s.when.earliest;
  std::set<std::string> sources, origins;
  std::vector<Support> supports;
  for (const Judged* j : cluster) {
    f.evidence.push_back(j->seen->said.evidence);
    sources.insert(j->seen->source->id);
    origins.insert(origin_of(*j->seen->source));
    if (j->breach() == Answer::yes)
      supports.push_back({j->seen->source->id, origin_of(*j->seen->source),
                          is_accepted(*j->seen->source, agreement)});
    TracePoint p;
    p.at = j->seen->said.when.earliest;
    p.point = j->seen->said.place;
    p.error = j->seen->said.place_precision;
    p.inside = j->at(Condition::inside);
    p.evidence = j->seen->said.evidence;
    f.trace.push_back(p);
  }
  f.sources.assign(sources.begin(), sources.end());
  f.origins.assign(origins.begin(), origins.end());
  f.counted_on = day_of(agreement, f.entry.earliest);
  if (decisive->seen->fix.bounded)
    f.probability_permille =
        incidents::share_inside_permille(decisive->seen->fix, setting.zones.region(decisive->area));
  if (s.height_least && s.height_most)
    f.altitude = {"above ground", *s.height_least, *s.height_most, {}};

  f.reasons.clause = rule.id;
  f.reasons.question = "was rule " + rule.id + " broken?";
  f.reasons.combined_by = Reason::Combined::all;
  for (std::size_t i = 0; i < condition_count; ++i) {
    const auto c = static_cast<Condition>(i);
    if ((c == Condition::below && !rule.below) || (c == Condition::above && !rule.above)) continue;
    f.reasons.parts.push_back({rule.id,
                               std::string(question_of(c)),
                               decisive->answers[i],
                               sighting_because(c, *decisive, agreement, rule),
                               Reason::Combined::leaf,
                               {s.evidence},
                               {}});
  }
  Answer excepted = Answer::no;
  const Subject nobody;
  const incidents::Piece piece{s.when.earliest, s.when.latest};
  for (const terms::Exception& e : rule.exceptions) {
    const ExceptionMatches matches =
        match(e, setting.seen.ledger, nobody, nullptr, nullptr, agreement.areas[decisive->area],
              s.when.earliest, s.when.latest);
    Reason r = answer_for(matches, setting.seen.ledger, s.when, piece, rule.id);
    excepted = either(excepted, r.answer);
    ExceptionAnswer answer;
    answer.exception = e.id;
    answer.purpose = purpose_words(e.purpose);
    answer.answer = r.answer;
    answer.reason = r.answer == Answer::no
                        ? "no notice matches, and " + r.parts.back().because
                        : "a notice may cover it: the aircraft seen is not known by name";
    f.exceptions.push_back(answer);
    Reason uncovered{rule.id + " " + e.id,
                     "was it outside the exception for " + purpose_words(e.purpose) + "?",
                     opposite(r.answer),
                     f.exceptions.back().reason,
                     Reason::Combined::leaf,
                     {},
                     {}};
    uncovered.parts.push_back(std::move(r));
    f.reasons.parts.push_back(std::move(uncovered));
  }
  const Answer breach = decisive->breach();
  const bool applies =
      both(decisive->at(Condition::in_force), decisive->at(Condition::bound)) != Answer::no;
  if (breach == Answer::yes)
    f.reasons.parts.push_back(standard_reason(agreement, supports, f.origins));
  f.reasons.answer = Answer::yes;
  for (const Reason& r : f.reasons.parts) f.reasons.answer = both(f.reasons.answer, r.answer);
  f.verdict = !applies                          ? Verdict::not_applicable
              : excepted == Answer::yes         ? Verdict::excepted
              : f.reasons.answer == Answer::yes ? Verdict::violation
                                                : Verdict::possible;
  f.reasons.because = "verdict: " + std::string(to_string(f.verdict));
  if (f.verdict == Verdict::possible) {
    for (std::size_t i = 0; i < condition_count; ++i)
      if (decisive->answers[i] == Answer::unknown &&
          !((static_cast<Condition>(i) == Condition::below && !rule.below) ||
            (static_cast<Condition>(i) == Condition::above && !rule.above)))
        f.unknowns.push_back(
            sighting_question(static_cast<Condition>(i), *decisive, agreement, rule));
    if (breach == Answer::yes && f.reasons.parts.back().answer == Answer::unknown)
      f.unknowns.push_back(standard_question(agreement, "the aircraft of sighting " + s.id));
    if (excepted == Answer::unknown)
      f.unknowns.push_back(
          "Was the flight of sighting " + s.id +
          " notified as an exempt flight? The notices that may cover it do not settle it.");
  }
  f.id = finding_id(f, "sighting", f.evidence, setting.seen.inputs);
  f.sentence = sentence_of(f, agreement);
  f.paragraph = paragraph_of(f);
  found.days[f.counted_on].most = f.inside_most;
  return found;
}

}  // namespace

std::vector<Found> findings_from_sightings(const Setting& setting) {
  std::vector<Seen> all;
  for (const Sighting& s : setting.seen.sightings) all.push_back(seen_of(s, setting));
  std::vector<Found> found;
  for (std::size_t rule = 0; rule < setting.agreement.rules.size(); ++rule) {
    std::vector<Judged> open;
    for (const Seen& s : all) {
      auto j = judged(s, rule, setting);
      if (!j || j->at(Condition::operated_by) == Answer::no ||
          j->at(Condition::kind) == Answer::no || j->at(Condition::rule_in_force) == Answer::no ||
          j->at(Condition::below) == Answer::no || j->at(Condition::above) == Answer::no)
        continue;
      open.push_back(std::move(*j));
    }
    // Earliest first; each begins a happening and takes at most one report of every other origin.
    std::stable_sort(open.begin(), open.end(), [](const Judged& a, const Judged& b) {
      const Sighting &s = a.seen->said, &t = b.seen->said;
      return std::tie(s.when.earliest, s.when.latest, s.id) <
             std::tie(t.when.earliest, t.when.latest, t.id);
    });
    std::vector<bool> taken(open.size(), false);
    for (std::size_t i = 0; i < open.size(); ++i) {
      if (taken[i]) continue;
      std::vector<const Judged*> cluster{&open[i]};
      std::set<std::string> origins{origin_of(*open[i].seen->source)};
      for (std::size_t k = i + 1; k < open.size(); ++k) {
        if (taken[k] || origins.contains(origin_of(*open[k].seen->source))) continue;
        if (!std::all_of(cluster.begin(), cluster.end(),
                         [&](const Judged* j) { return of_one_happening(*j, open[k]); }))
          continue;
        cluster.push_back(&open[k]);
        origins.insert(origin_of(*open[k].seen->source));
        taken[k] = true;
      }
      found.push_back(finding_of(cluster, rule, setting));
    }
  }
  return found;
}

}  // namespace truce::findings
