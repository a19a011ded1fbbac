#include "findings/flight_rule.h"

#include <algorithm>
#include <array>
#include <set>

#include "areas/highest_ground.h"
#include "base/check.h"

namespace truce::findings {

namespace {

using base::both;
using incidents::Fix;
using incidents::Passage;
using incidents::Piece;
using incidents::Profile;
using incidents::Track;
using quantities::Duration;
using quantities::Period;
using terms::Agreement;

/// What is only possible is told with what is near it: an aircraft that skirts an area raises one
/// question, not one for every leg that passes by.
constexpr Duration possible_belongs_within = quantities::minutes(10);

std::size_t index(Condition c) {
  return static_cast<std::size_t>(c);
}

// Between two fixes beyond doubt, nothing is in doubt; with one or two that are not, something is.
// Of fixes at one moment each must be beyond doubt, because the answers there rest on all of them;
// and a fix that tells no height rests on the nearest that do.
Profile genuine_profile(const Track& track) {
  const auto& fixes = track.fixes;
  std::vector<bool> doubted(fixes.size());
  for (std::size_t i = 0; i < fixes.size(); ++i) doubted[i] = fixes[i].doubtful;
  const auto lend_doubt = [&](bool forwards) {
    bool nearest = false;
    for (std::size_t k = 0; k < fixes.size(); ++k) {
      const std::size_t i = forwards ? k : fixes.size() - 1 - k;
      if (fixes[i].pressure || fixes[i].ellipsoid)
        nearest = fixes[i].doubtful;
      else if (nearest)
        doubted[i] = true;
    }
  };
  lend_doubt(true);
  lend_doubt(false);
  Profile profile(Answer::yes);
  const bool any = std::any_of(doubted.begin(), doubted.end(), [](bool doubt) { return doubt; });
  for (std::size_t i = 0; i < fixes.size() && any;) {
    std::size_t end = i;
    bool doubt = false;
    for (; end < fixes.size() && fixes[end].at == fixes[i].at; ++end) doubt = doubt || doubted[end];
    profile.add_moment(fixes[i].at, doubt ? Answer::unknown : Answer::yes);
    if (end < fixes.size() && (doubted[end - 1] || doubted[end]))
      profile.add(fixes[i].at, fixes[end].at, Answer::unknown);
    i = end;
  }
  return profile;
}

Period span_of(const Track& track) {
  return {track.fixes.front().at - quantities::days(1),
          track.fixes.back().at + quantities::days(1)};
}

// Everything of one area that the pieces are asked about.
struct AreaAnswers {
  std::size_t area = 0;
  const Passage* passage = nullptr;
  Profile heights{Answer::unknown};
  Profile valid;
  Instant from, until;
  std::optional<Profile> below, above;  // where the rule names such heights
};

AreaAnswers answers_for(const TrackView& view, const Agreement& agreement,
                        const terms::FlightRule& rule, std::size_t area, const Passage& passage) {
  AreaAnswers answers;
  answers.area = area;
  answers.passage = &passage;
  answers.from = quantities::latest_instant;
  answers.until = quantities::earliest_instant;
  const auto widen = [&](Instant a, Instant b) {
    answers.from = std::min(answers.from, a);
    answers.until = std::max(answers.until, b);
  };
  for (const auto& s : passage.inside.stretches()) widen(s.from, s.until);
  for (const auto& m : passage.inside.moments()) widen(m.at, m.at);
  const terms::Area& a = agreement.areas[area];
  answers.heights = view.heights.within(a.floor, a.ceiling, a, answers.from, answers.until);
  answers.valid = incidents::profile_of({own_validity(agreement, a.valid)}, view.time_error);
  if (rule.below) answers.below = view.heights.below(*rule.below, a, answers.from, answers.until);
  if (rule.above) answers.above = view.heights.above(*rule.above, a, answers.from, answers.until);
  return answers;
}

// Whether stacked areas leave no height between them: for two that meet at FL100, an aircraft at
// about FL100 is certainly in one of them.
bool heights_covered(const TrackView& view, const Agreement& agreement,
                     const std::vector<const AreaAnswers*>& stacked, const Piece& piece) {
  for (terms::Reference scale :
       {terms::Reference::pressure, terms::Reference::mean_sea_level, terms::Reference::ground}) {
    std::vector<std::pair<Length, Length>> bands;
    constexpr Length lowest{-(std::int64_t{1} << 60)}, highest{std::int64_t{1} << 60};
    std::optional<incidents::HeightBounds> height;
    for (const AreaAnswers* a : stacked) {
      const terms::Area& area = agreement.areas[a->area];
      const auto usable = [&](const terms::Limit& l) {
        return l.reference == scale || l.reference == terms::Reference::surface ||
               l.reference == terms::Reference::unlimited;
      };
      if (!usable(area.floor) || !usable(area.ceiling)) continue;
      bands.emplace_back(area.floor.reference == scale ? area.floor.height : lowest,
                         area.ceiling.reference == scale ? area.ceiling.height : highest);
      // Of all areas the widest bounds: geoid and terrain differ from one to the next.
      const auto here = view.heights.over(piece.from, piece.until, scale, area);
      if (!here) return false;
      if (!height) height = here;
      height->least = std::min(height->least, here->least);
      height->most = std::max(height->most, here->most);
    }
    if (!height || bands.size() < 2) continue;
    std::sort(bands.begin(), bands.end());
    Length covered = bands.front().first;
    if (covered > height->least) continue;
    for (const auto& [floor, ceiling] : bands)
      if (floor <= covered) covered = std::max(covered, ceiling);
    if (covered >= height->most) return true;
  }
  return false;
}

}  // namespace

std::string_view question_of(Condition condition) {
  switch (condition) {
    case Condition::in_force: return "was the agreement in force?";
    case Condition::bound: return "was the party bound by it?";
    case Condition::rule_in_force: return "did the rule hold at that time?";
    case Condition::operated_by: return "was the aircraft operated by a party that the rule binds?";
    case Condition::kind: return "was it an aircraft of the kind that the rule names?";
    case Condition::flying: return "was it in flight?";
    case Condition::inside: return "was it inside the outline of the area?";
    case Condition::height: return "was it between the floor and the ceiling?";
    case Condition::below: return "was it below the height that the rule names?";
    case Condition::above: return "was it above the height that the rule names?";
    case Condition::genuine: return "is the position beyond doubt?";
  }
  return "?";
}

Answer JudgedPiece::breach_but_for_applicability() const {
  Answer answer = Answer::yes;
  for (std::size_t i = 0; i < condition_count; ++i)
    if (i != index(Condition::in_force) && i != index(Condition::bound))
      answer = both(answer, answers[i]);
  return answer;
}

Answer JudgedPiece::breach() const {
  return both(breach_but_for_applicability(), both(at(Condition::in_force), at(Condition::bound)));
}

namespace {

std::vector<::truce::areas::Box> boxes_of(const Agreement& agreement) {
  std::vector<::truce::areas::Box> boxes;
  boxes.reserve(agreement.areas.size());
  for (const terms::Area& area : agreement.areas) boxes.push_back(box_of(area.outline));
  return boxes;
}

}  // namespace

Zones::Zones(const Agreement& agreement) : agreement_(agreement), vicinity_(boxes_of(agreement)) {
  regions_.reserve(agreement.areas.size());
  for (const terms::Area& area : agreement.areas) regions_.emplace_back(area.outline);
  for (const terms::FlightRule& rule : agreement.rules) {
    std::vector<std::size_t> covered;
    for (std::size_t i = 0; i < agreement.areas.size(); ++i)
      if (Agreement::covers(rule, agreement.areas[i])) covered.push_back(i);
    of_rule_.push_back(std::move(covered));
  }
}

TrackView::TrackView(const Track& t, const Zones& zones)
    : track(t), boxes(incidents::boxes_of(t)), heights(t, zones.agreement().atmosphere) {
  for (const Fix& fix : t.fixes) time_error = std::max(time_error, fix.time_error);
  for (const std::uint32_t i : zones.near(boxes)) {
    Passage passage = incidents::passage_of(t, boxes, zones.region(i));
    if (!passage.empty()) passages.emplace(i, std::move(passage));
  }
}

std::vector<Period> bound_periods(const Agreement& agreement,
                                  const std::vector<std::string>& parties) {
  std::vector<Period> periods;
  for (const std::string& id : parties) {
    const terms::Party* party = agreement.party(id);
    if (party == nullptr || party->outside) continue;
    Period bound{quantities::earliest_instant, quantities::latest_instant};
    if (party->accession) bound.from = party->accession->at;
    if (party->withdrawn) bound.until = *party->withdrawn;
    if (bound.from < bound.until) periods.push_back(bound);
  }
  // Joined: when any of the parties that may be meant was bound.
  std::sort(periods.begin(), periods.end(),
            [](const Period& a, const Period& b) { return a.from < b.from; });
  std::vector<Period> joined;
  for (const Period& p : periods) {
    if (!joined.empty() && p.from <= joined.back().until)
      joined.back().until = std::max(joined.back().until, p.until);
    else
      joined.push_back(p);
  }
  return joined;
}

Profile bound_profile(const Agreement& agreement, const std::vector<std::string>& parties,
                      Duration blur) {
  return incidents::profile_of(bound_periods(agreement, parties), blur);
}

Period own_validity(const Agreement& agreement, Period valid) {
  if (valid.from == agreement.in_force.from) valid.from = quantities::earliest_instant;
  if (valid.until == agreement.in_force.until) valid.until = quantities::latest_instant;
  return valid;
}

std::vector<Period> rule_periods(const Agreement& agreement, const terms::FlightRule& rule,
                                 Period within) {
  const Period own = own_validity(agreement, rule.valid);
  return terms::periods_of(agreement, rule.when,
                           {std::max(own.from, within.from), std::min(own.until, within.until)});
}

Profile rule_profile(const Agreement& agreement, const terms::FlightRule& rule, Period within,
                     Duration blur) {
  return incidents::profile_of(rule_periods(agreement, rule, within), blur);
}

namespace {

// Whether a fix of which nothing is said about air or ground was certainly above all ground: above
// that of the world about it, or that of an area in which it certainly was.
bool above_all_ground(const TrackView& view, const std::vector<AreaAnswers>& areas,
                      const Agreement& agreement, const Fix& fix) {
  using ::truce::areas::highest_ground_near;
  using ::truce::areas::highest_ground_on_earth;
  constexpr double near = 100'000;  // metres: what highest_ground_near() vouches for
  const Length of_the_world =
      fix.bounded && fix.error <= near ? highest_ground_near(fix.point) : highest_ground_on_earth;
  return std::any_of(areas.begin(), areas.end(), [&](const AreaAnswers& a) {
    const terms::Area& area = agreement.areas[a.area];
    const auto height = view.heights.over(fix.at, fix.at, terms::Reference::mean_sea_level, area);
    if (!height) return false;
    if (height->least > of_the_world) return true;
    return area.terrain && a.passage->inside.at(fix.at) == Answer::yes &&
           height->least > area.terrain->most;
  });
}

// In the air at both ends is in the air between. On the ground at both ends of a minute is on the
// ground; over a longer silence nobody knows.
Profile flying_profile(const TrackView& view, const std::vector<AreaAnswers>& areas,
                       const Agreement& agreement) {
  constexpr Duration short_stay = quantities::seconds(60);
  const std::vector<Fix>& fixes = view.track.fixes;
  Profile profile(Answer::yes);
  std::vector<Answer> flying;
  for (const Fix& fix : fixes)
    flying.push_back(fix.flying == Answer::unknown && above_all_ground(view, areas, agreement, fix)
                         ? Answer::yes
                         : fix.flying);
  if (std::all_of(flying.begin(), flying.end(), [](Answer a) { return a == Answer::yes; }))
    return profile;
  for (std::size_t i = 0; i < fixes.size(); ++i) {
    profile.add_moment(fixes[i].at, flying[i]);
    if (i + 1 == fixes.size()) break;
    if (flying[i] == Answer::yes && flying[i + 1] == Answer::yes) continue;
    const bool stayed = flying[i] == Answer::no && flying[i + 1] == Answer::no &&
                        fixes[i + 1].at - fixes[i].at <= short_stay;
    profile.add(fixes[i].at, fixes[i + 1].at, stayed ? Answer::no : Answer::unknown);
  }
  return profile;
}

// The first of the fixes that tell of a piece: of a moment there can be several.
std::size_t first_fix_of(const Track& track, const JudgedPiece& judged) {
  std::size_t first = judged.fix;
  while (judged.piece.is_moment() && first > 0 && track.fixes[first - 1].at == judged.piece.from)
    --first;
  return first;
}

// All that one rule asks of one track.
struct Asked {
  const TrackView& view;
  const Zones& zones;
  const Agreement& agreement;
  std::size_t rule_index;
  const terms::FlightRule& rule;
  const Constants& constants;
  std::vector<AreaAnswers> areas;
  Profile in_force{Answer::no}, bound{Answer::no}, holds{Answer::no}, flying{Answer::no},
      genuine{Answer::no};
  /// By the areas left out and the fixes from and to which it is worked out.
  std::map<std::tuple<std::vector<std::size_t>, std::size_t, std::size_t>, Profile> together;

  // Whether it was in one of the areas of the rule, whichever, but for those excluded, around a
  // piece. Where it certainly is in one of these, it is in one of those that it may be over: it is
  // outside of the others for certain.
  Answer inside_together(const std::vector<std::size_t>& excluded, const JudgedPiece& judged) {
    // Of a moment, what lies on both sides of it may say that it was outside after all.
    std::size_t first = first_fix_of(view.track, judged);
    if (judged.piece.is_moment() && first > 0) --first;
    const std::size_t last = std::min(judged.fix + 1, view.track.fixes.size() - 1);
    const auto [known, is_new] = together.try_emplace({excluded, first, last});
    if (is_new) {
      std::vector<const ::truce::areas::Region*> regions;
      for (const AreaAnswers& a : areas)
        if (std::find(excluded.begin(), excluded.end(), a.area) == excluded.end())
          regions.push_back(&zones.region(a.area));
      known->second =
          incidents::inside_together(view.track, view.boxes, std::move(regions), first, last);
    }
    return known->second.over(judged.piece);
  }
};

// One answer of several areas of which any may be the one: theirs if they agree.
Answer agreed(Answer a, Answer b) {
  return a == b ? a : Answer::unknown;
}

// False where it is seen at once that it can have been outside of all the areas: then they need not
// be taken together. Of several fixes of one moment it is enough that one of them leaves no way.
bool no_way_between(const Asked& asked, const std::vector<const AreaAnswers*>& areas,
                    const JudgedPiece& judged) {
  const Piece& piece = judged.piece;
  const Instant middle = piece.from + Duration{(piece.until - piece.from).microseconds / 2};
  const auto in_one_of_them = [&](quantities::Point place) {
    return std::any_of(areas.begin(), areas.end(), [&](const AreaAnswers* a) {
      return asked.zones.region(a->area).side_of(place) != ::truce::areas::Side::outside;
    });
  };
  for (std::size_t fix = first_fix_of(asked.view.track, judged); fix <= judged.fix; ++fix) {
    const auto places = incidents::places_reached(asked.view.track, fix, middle);
    if (std::all_of(places.begin(), places.end(), in_one_of_them)) return true;
  }
  return false;
}

// Presence in the union of the areas, and the area to name for it. The heights that a rule names
// are measured from the ground of each area, so that the area in which the rule is most surely
// broken is named.
void judge_presence(Asked& asked, JudgedPiece& judged, bool leg_certain) {
  const Piece& piece = judged.piece;
  const auto set = [&](Condition c, Answer answer) { judged.answers[index(c)] = answer; };
  const auto below = [&](const AreaAnswers& a) {
    return a.below ? a.below->over(piece) : Answer::yes;
  };
  const auto above = [&](const AreaAnswers& a) {
    return a.above ? a.above->over(piece) : Answer::yes;
  };
  const Answer rule_holds = judged.at(Condition::rule_in_force);
  set(Condition::below, base::certainly(!asked.rule.below));
  set(Condition::above, base::certainly(!asked.rule.above));
  Answer best = Answer::no;
  bool away = true;
  // Fixes of one moment may contradict each other; then one of them does not settle for the others
  // that it was outside of an area.
  const bool several_fixes = first_fix_of(asked.view.track, judged) != judged.fix;
  std::vector<const AreaAnswers*> perhaps;         // unknown only for the outline
  std::vector<std::size_t> excluded;               // not to be taken together with these
  std::vector<const AreaAnswers*> stacked;         // unknown only for the height
  std::optional<std::pair<Answer, Answer>> named;  // how surely it is broken there, and present
  for (const AreaAnswers& a : asked.areas) {
    const Answer horizontal = a.passage->inside.over(piece);
    const Answer height = horizontal == Answer::no ? Answer::unknown : a.heights.over(piece);
    const Answer valid = a.valid.over(piece);
    const Answer present = both(horizontal, both(height, valid));
    const bool certainly_outside = valid == Answer::no ||
                                   (horizontal != Answer::no && height == Answer::no) ||
                                   (horizontal == Answer::no && leg_certain);
    away = away && present == Answer::no && certainly_outside;
    if (valid == Answer::yes && height == Answer::yes && horizontal != Answer::no)
      perhaps.push_back(&a);
    else if (horizontal != Answer::no || several_fixes)
      excluded.push_back(a.area);
    if (valid == Answer::yes && horizontal == Answer::yes && height == Answer::unknown)
      stacked.push_back(&a);
    best = std::max(best, present);
    if (present == Answer::no) continue;
    // Of equals, the first by id.
    const std::pair here{both(present, both(below(a), above(a))), present};
    if (named && here <= *named) continue;
    named = here;
    judged.area = a.area;
    set(Condition::inside, horizontal);
    set(Condition::height, height);
    // The validity of the area is part of when the rule holds.
    set(Condition::rule_in_force, both(rule_holds, valid));
    set(Condition::below, below(a));
    set(Condition::above, above(a));
  }
  const auto take_together = [&](const std::vector<const AreaAnswers*>& areas) {
    best = Answer::yes;
    judged.by_union = true;
    judged.area = areas.front()->area;
    set(Condition::inside, Answer::yes);
    set(Condition::height, Answer::yes);
    set(Condition::rule_in_force, rule_holds);
    Answer all_below = below(*areas.front()), all_above = above(*areas.front());
    for (const AreaAnswers* a : areas) {
      all_below = agreed(all_below, below(*a));
      all_above = agreed(all_above, above(*a));
    }
    set(Condition::below, all_below);
    set(Condition::above, all_above);
  };
  if (best == Answer::unknown && perhaps.size() > 1 && no_way_between(asked, perhaps, judged) &&
      asked.inside_together(excluded, judged) == Answer::yes)
    take_together(perhaps);
  if (best == Answer::unknown && stacked.size() > 1 &&
      heights_covered(asked.view, asked.agreement, stacked, piece))
    take_together(stacked);
  judged.present = best;
  judged.certainly_away = away;
}

void judge_rest(const Asked& asked, JudgedPiece& judged) {
  const Piece& piece = judged.piece;
  const auto set = [&](Condition c, Answer a) { judged.answers[index(c)] = a; };
  set(Condition::in_force, asked.in_force.over(piece));
  set(Condition::bound, asked.bound.over(piece));
  set(Condition::rule_in_force, asked.holds.over(piece));
  set(Condition::operated_by, asked.constants.operated_by);
  set(Condition::kind, asked.constants.kind);
  set(Condition::flying, asked.flying.over(piece));
  set(Condition::genuine, asked.genuine.over(piece));
}

// What is certain at some moment of a crossing is certain of the crossing only where everything
// else holds throughout it.
std::optional<JudgedPiece> judge_crossing(Asked& asked, const AreaAnswers& area,
                                          const incidents::Crossing& crossing,
                                          const std::vector<JudgedPiece>& pieces) {
  std::optional<JudgedPiece> whole;
  for (const JudgedPiece& p : pieces) {
    if (p.piece.until < crossing.from || p.piece.from > crossing.until) continue;
    if (p.piece.is_moment() ? false
                            : p.piece.until <= crossing.from || p.piece.from >= crossing.until)
      continue;
    const Answer height = area.heights.over(p.piece), valid = area.valid.over(p.piece);
    if (!whole) {
      whole = p;
      whole->piece = {crossing.from, crossing.until};
      whole->answers[index(Condition::height)] = height;
      whole->answers[index(Condition::rule_in_force)] = both(asked.holds.over(p.piece), valid);
    } else {
      for (std::size_t i = 0; i < condition_count; ++i) {
        Answer here = p.answers[i];
        if (i == index(Condition::height)) here = height;
        if (i == index(Condition::rule_in_force)) here = both(asked.holds.over(p.piece), valid);
        // "No" for a part of it only is "unknown" for the crossing.
        if (whole->answers[i] != here) whole->answers[i] = Answer::unknown;
      }
    }
  }
  if (!whole) return {};
  whole->answers[index(Condition::inside)] = Answer::yes;
  whole->present = both(whole->at(Condition::height), whole->at(Condition::rule_in_force));
  whole->area = area.area;
  whole->by_union = false;
  whole->certainly_away = false;
  whole->crossing = true;
  whole->fix = crossing.first_fix;
  whole->last_fix = crossing.last_fix;
  if (whole->present != Answer::yes) return {};
  return whole;
}

std::vector<JudgedPiece> judged_pieces(Asked& asked, const std::set<Instant>& more_cuts) {
  const Track& track = asked.view.track;
  std::set<Instant> cuts = more_cuts, moments;
  Instant from = quantities::latest_instant, until = quantities::earliest_instant;
  for (const AreaAnswers& a : asked.areas) {
    from = std::min(from, a.from);
    until = std::max(until, a.until);
    a.passage->inside.add_cuts(cuts);
    a.heights.add_cuts(cuts);
    a.valid.add_cuts(cuts);
    if (a.below) a.below->add_cuts(cuts);
    if (a.above) a.above->add_cuts(cuts);
  }
  for (const Profile* p :
       {&asked.in_force, &asked.bound, &asked.holds, &asked.flying, &asked.genuine})
    p->add_cuts(cuts);
  for (const Fix& fix : track.fixes) {
    if (fix.at < from || fix.at > until) continue;
    cuts.insert(fix.at);
    moments.insert(fix.at);
  }
  cuts.insert(from);
  cuts.insert(until);
  cuts.erase(cuts.begin(), cuts.lower_bound(from));
  cuts.erase(cuts.upper_bound(until), cuts.end());
  std::vector<JudgedPiece> pieces;
  std::size_t fix = 0;
  for (const Piece& piece : incidents::pieces_between(cuts, moments)) {
    while (fix + 1 < track.fixes.size() && track.fixes[fix + 1].at <= piece.from) ++fix;
    JudgedPiece judged;
    judged.piece = piece;
    judged.track = &track;
    judged.fix = fix;
    judged.last_fix = piece.is_moment() || fix + 1 == track.fixes.size() ? fix : fix + 1;
    judge_rest(asked, judged);
    const bool certain = track.fixes[fix].bounded && !track.fixes[fix].doubtful &&
                         track.fixes[judged.last_fix].bounded &&
                         !track.fixes[judged.last_fix].doubtful;
    judge_presence(asked, judged, certain);
    const bool grounded = judged.at(Condition::flying) == Answer::no;
    if (grounded) judged.certainly_away = true;
    pieces.push_back(judged);
  }
  return pieces;
}

bool is_beyond_doubt(const Fix& fix) {
  return fix.bounded && !fix.doubtful;
}

// From when on, at or after `t`, it was certainly away, as far as positions tell; nothing if they
// never do. At `t` and from then on no piece has it inside.
std::optional<Instant> certainly_away_from(const Track& track, Instant t) {
  const auto& fixes = track.fixes;
  auto next = std::upper_bound(fixes.begin(), fixes.end(), t,
                               [](Instant at, const Fix& fix) { return at < fix.at; });
  if (next != fixes.begin() && next != fixes.end() && is_beyond_doubt(*(next - 1)) &&
      is_beyond_doubt(*next))
    return t;
  next = std::find_if(next, fixes.end(), is_beyond_doubt);
  return next == fixes.end() ? std::nullopt : std::optional(next->at);
}

// The same towards the past.
std::optional<Instant> certainly_away_until(const Track& track, Instant t) {
  const auto& fixes = track.fixes;
  auto next = std::lower_bound(fixes.begin(), fixes.end(), t,
                               [](const Fix& fix, Instant at) { return fix.at < at; });
  if (next != fixes.begin() && next != fixes.end() && is_beyond_doubt(*(next - 1)) &&
      is_beyond_doubt(*next))
    return t;
  while (next != fixes.begin())
    if (is_beyond_doubt(*--next)) return next->at;
  return {};
}

// Presences: runs of pieces that no certain absence divides.
std::vector<Presence> grouped(const std::vector<JudgedPiece>& pieces, const Track& track) {
  std::vector<Presence> presences;
  bool open = false;
  std::optional<Instant> away_until =
      certainly_away_until(track, pieces.front().piece.from);  // ... by what lies before
  const auto close = [&](std::optional<Instant> away_from) {
    if (!open) return;
    presences.back().exit_seen = away_from.has_value();
    presences.back().not_after = away_from.value_or(track.fixes.back().at);
    presences.back().unclear = presences.back().not_after - presences.back().not_before;
    for (const JudgedPiece& p : presences.back().pieces)
      presences.back().unclear = presences.back().unclear - (p.piece.until - p.piece.from);
    open = false;
  };
  for (const JudgedPiece& p : pieces) {
    if (p.certainly_away) {
      close(p.piece.from);
      away_until = p.piece.until;
      continue;
    }
    if (p.present == Answer::no) continue;
    if (!open) {
      presences.emplace_back();
      presences.back().entry_seen = away_until.has_value();
      presences.back().not_before = away_until.value_or(track.fixes.front().at);
      open = true;
    }
    presences.back().pieces.push_back(p);
  }
  close(certainly_away_from(track, pieces.back().piece.until));
  return presences;
}

void measure(Presence& presence) {
  const auto& pieces = presence.pieces;
  presence.entry = {presence.not_before, presence.not_after};
  presence.exit = {presence.not_before, presence.not_after};
  presence.inside_least = presence.inside_most = Duration{};
  presence.rests_on_fix = false;
  bool certain = false;
  const auto certain_over = [&](Instant from, Instant until) {
    presence.entry.latest = certain ? std::min(presence.entry.latest, from) : from;
    presence.exit.earliest = certain ? std::max(presence.exit.earliest, until) : until;
    certain = true;
  };
  presence.inside_most = presence.unclear;
  for (const JudgedPiece& p : pieces) {
    const Duration length = p.piece.until - p.piece.from;
    presence.inside_most = presence.inside_most + length;
    if (p.piece.is_moment()) presence.rests_on_fix = true;
    if (p.present == Answer::yes && p.at(Condition::genuine) == Answer::yes &&
        p.at(Condition::flying) == Answer::yes) {
      presence.inside_least = presence.inside_least + length;
      certain_over(p.piece.from, p.piece.until);
    }
  }
  for (const JudgedPiece& c : presence.crossings) {
    if (c.at(Condition::genuine) != Answer::yes) continue;
    // It was inside at some moment of the crossing: entered by its end, left after its beginning.
    presence.entry.latest =
        certain ? std::min(presence.entry.latest, c.piece.until) : c.piece.until;
    presence.exit.earliest =
        certain ? std::max(presence.exit.earliest, c.piece.from) : c.piece.from;
    certain = true;
  }
  presence.certain = certain;
}

// Two presences that are certain, with a certain absence between them, are two. One that is only
// possible belongs to the presence near it.
std::vector<Presence> possible_ones_joined(std::vector<Presence> presences) {
  std::vector<Presence> joined;
  for (Presence& p : presences) {
    measure(p);
    if (!joined.empty()) {
      Presence& last = joined.back();
      const bool near = p.not_before - last.not_after <= possible_belongs_within;
      if (near && (!p.certain || !last.certain)) {
        last.pieces.insert(last.pieces.end(), p.pieces.begin(), p.pieces.end());
        last.crossings.insert(last.crossings.end(), p.crossings.begin(), p.crossings.end());
        last.exit_seen = p.exit_seen;
        last.not_after = p.not_after;
        last.unclear = last.unclear + p.unclear;
        measure(last);
        continue;
      }
    }
    joined.push_back(std::move(p));
  }
  return joined;
}

}  // namespace

std::vector<Presence> presences_of(const TrackView& view, const Zones& zones,
                                   std::size_t rule_index, const Constants& constants,
                                   const std::set<Instant>& more_cuts) {
  const Agreement& agreement = zones.agreement();
  const terms::FlightRule& rule = agreement.rules[rule_index];
  Asked asked{.view = view,
              .zones = zones,
              .agreement = agreement,
              .rule_index = rule_index,
              .rule = rule,
              .constants = constants,
              .areas = {},
              .together = {}};
  for (std::size_t area : zones.areas_of(rule_index)) {
    const auto found = view.passages.find(area);
    if (found != view.passages.end())
      asked.areas.push_back(answers_for(view, agreement, rule, area, found->second));
  }
  if (asked.areas.empty()) return {};
  const Track& track = view.track;
  const Duration blur = view.time_error;
  asked.in_force = incidents::profile_of({agreement.in_force}, blur);
  asked.bound = bound_profile(agreement, constants.parties, blur);
  asked.holds = rule_profile(agreement, rule, span_of(track), blur);
  asked.flying = flying_profile(view, asked.areas, agreement);
  asked.genuine = genuine_profile(track);

  const std::vector<JudgedPiece> pieces = judged_pieces(asked, more_cuts);
  std::vector<Presence> presences = grouped(pieces, track);
  for (const AreaAnswers& a : asked.areas) {
    for (const incidents::Crossing& crossing : a.passage->crossings) {
      const auto judged = judge_crossing(asked, a, crossing, pieces);
      if (!judged) continue;
      // To the presence that holds its beginning.
      for (Presence& p : presences) {
        if (p.pieces.front().piece.from > crossing.until ||
            p.pieces.back().piece.until < crossing.from)
          continue;
        p.crossings.push_back(*judged);
        break;
      }
    }
  }
  return possible_ones_joined(std::move(presences));
}

}  // namespace truce::findings
