#include "findings/overflight.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <set>
#include <tuple>
#include <unordered_map>

#include "base/check.h"
#include "base/text.h"
#include "findings/coverage.h"
#include "findings/standard.h"
#include "findings/wording.h"

namespace truce::findings {

namespace {

using base::both;
using base::either;
using base::opposite;
using incidents::Aircraft;
using incidents::Fix;
using incidents::Track;
using observations::Evidence;
using terms::Agreement;
using terms::FlightRule;

constexpr std::size_t most_trace_points = 240;
constexpr Duration trace_around = quantities::minutes(4);

// One overflight: a presence, or several that no certain absence divides, on one track or more.
struct Overflight {
  std::vector<const TrackView*> views;
  Presence presence;
};

Outcome outcome_of(const JudgedPiece& piece, Answer excepted) {
  if (piece.breach_but_for_applicability() == Answer::no) return Outcome::nothing;
  if (both(piece.at(Condition::in_force), piece.at(Condition::bound)) == Answer::no)
    return Outcome::not_applicable;
  if (excepted == Answer::yes) return Outcome::excepted;
  if (piece.breach() == Answer::yes && excepted == Answer::no) return Outcome::violation;
  return Outcome::possible;
}

// What the exceptions of a rule say to one track, as far as it does not depend on the entry.
using Matches = std::vector<ExceptionMatches>;

Matches matches_for(const TrackView& view, const FlightRule& rule, const Subject& subject,
                    const terms::Area& area, const Setting& setting) {
  Matches matches;
  for (const terms::Exception& e : rule.exceptions)
    matches.push_back(match(e, setting.seen.ledger, subject, &view.track, &view.heights, area,
                            view.track.fixes.front().at, view.track.fixes.back().at));
  return matches;
}

std::set<Instant> cuts_of(const Matches& matches) {
  std::set<Instant> cuts;
  for (const ExceptionMatches& m : matches) {
    for (const NoticeMatch& n : m.notices) {
      n.window.add_cuts(cuts);
      n.corridor.add_cuts(cuts);
      n.heights.add_cuts(cuts);
    }
  }
  return cuts;
}

// What a notice must precede: the entry; for one that was there already, the moment from which its
// presence was prohibited.
TimeBounds entry_to_notify(const Presence& presence, Duration max_gap) {
  const auto applies = [](const JudgedPiece& p) {
    return both(p.at(Condition::in_force),
                both(p.at(Condition::bound), p.at(Condition::rule_in_force)));
  };
  const auto& pieces = presence.pieces;
  const auto first = std::find_if(pieces.begin(), pieces.end(),
                                  [&](const JudgedPiece& p) { return applies(p) != Answer::no; });
  TimeBounds entry = presence.entry;
  // Where it was never seen outside before, it may have entered long before it was first seen.
  if (first == pieces.begin() || first == pieces.end()) {
    if (!presence.entry_seen) entry.earliest = entry.earliest - max_gap;
  } else {
    entry.earliest = std::max(entry.earliest, first->piece.from);
  }
  Instant latest = pieces.back().piece.until;
  for (const JudgedPiece& p : pieces)
    if (both(applies(p), p.present) == Answer::yes &&
        both(p.at(Condition::genuine), p.at(Condition::flying)) == Answer::yes)
      latest = std::min(latest, p.piece.from);
  for (const JudgedPiece& c : presence.crossings)
    if (both(applies(c), c.at(Condition::genuine)) == Answer::yes)
      latest = std::min(latest, c.piece.until);
  entry.latest = std::max({entry.latest, latest, entry.earliest});
  return entry;
}

// The exceptions of an overflight, once it is known when it began.
struct Judging {
  const Setting& setting;
  const std::map<const Track*, Matches>& matches;
  TimeBounds entry;
  std::map<const Track*, std::vector<std::vector<Timing>>> timings;

  Answer over(const JudgedPiece& p) {
    const Matches& all = matches.at(p.track);
    auto found = timings.find(p.track);
    if (found == timings.end()) {
      std::vector<std::vector<Timing>> each;
      for (const ExceptionMatches& m : all) {
        each.emplace_back();
        for (const NoticeMatch& n : m.notices)
          each.back().push_back(timing_of(*m.exception, *n.notice, setting.seen.ledger, entry));
      }
      found = timings.emplace(p.track, std::move(each)).first;
    }
    Answer answer = Answer::no;
    for (std::size_t i = 0; i < all.size(); ++i)
      answer = either(
          answer, quick_answer_for(all[i], found->second[i], setting.seen.ledger, entry, p.piece));
    return answer;
  }
};

const TrackView& view_of(const Overflight& o, const JudgedPiece& p) {
  for (const TrackView* v : o.views)
    if (&v->track == p.track) return *v;
  CHECK(false);
}

std::vector<Evidence> evidence_of(const JudgedPiece& p) {
  std::vector<Evidence> evidence{p.track->fixes[p.fix].evidence};
  if (p.last_fix != p.fix) evidence.push_back(p.track->fixes[p.last_fix].evidence);
  return evidence;
}

// The exceptions of the rule matched to the notices, for one view of the aircraft; its call signs
// are those of the whole track, whoever heard them.
using NoticesFor = std::function<Matches(const TrackView&, const Track& whole)>;

// Which of two pieces decides: the stronger outcome; then the one that leaves the least open; then
// a fix before a stretch; then the earlier.
struct Decisive {
  const JudgedPiece* piece = nullptr;
  Outcome outcome = Outcome::nothing;
  std::ptrdiff_t open = 0;

  void offer(const JudgedPiece& p, Outcome o) {
    const auto open_here = std::count(std::begin(p.answers), std::end(p.answers), Answer::unknown);
    const auto rank = [](Outcome reached, std::ptrdiff_t count, bool moment) {
      return std::tuple(reached, -count, moment);
    };
    if (piece != nullptr &&
        rank(o, open_here, p.piece.is_moment()) <= rank(outcome, open, piece->piece.is_moment()))
      return;
    piece = &p;
    outcome = o;
    open = open_here;
  }
};

// What each source alone saw of each track of one aircraft: worked out once, for every rule and
// every overflight that asks.
class Parts {
 public:
  explicit Parts(const Zones& zones) : zones_(zones) {}
  // By the sources of the mask; nothing if they saw none of it.
  const TrackView* of(const TrackView& whole, const std::vector<bool>& mask) {
    const auto [known, is_new] = known_.try_emplace({&whole.track, mask});
    Part& part = known->second;
    if (is_new) {
      part.track = incidents::only_from(whole.track, mask);
      part.is_whole = part.track && part.track->fixes.size() == whole.track.fixes.size();
      if (part.track && !part.is_whole) part.view.emplace(*part.track, zones_);
    }
    if (part.is_whole) return &whole;
    return part.view ? &*part.view : nullptr;
  }

  // When that part, by itself, was in the areas of a rule, with the notices that match it.
  struct Seen {
    std::map<const Track*, Matches> matches;
    std::vector<Presence> presences;
  };
  const Seen& seen(const TrackView& part, std::size_t rule, const Constants& constants,
                   const std::function<Matches()>& matches) {
    const auto [known, is_new] = seen_.try_emplace({&part, rule});
    Seen& found = known->second;
    if (is_new) {
      found.matches.emplace(&part.track, matches());
      found.presences =
          presences_of(part, zones_, rule, constants, cuts_of(found.matches.at(&part.track)));
    }
    return found;
  }

 private:
  struct Part {
    std::optional<Track> track;
    std::optional<TrackView> view;
    bool is_whole = false;
  };
  const Zones& zones_;
  std::map<std::pair<const Track*, std::vector<bool>>, Part> known_;
  std::map<std::pair<const TrackView*, std::size_t>, Seen> seen_;
};

// Origins each of which alone shows the breach during the overflight: at a moment that is excepted
// no more than the decisive one, for what the notices allow shows nothing.
std::vector<Support> supports_of(const Overflight& overflight, const Setting& setting,
                                 std::size_t rule_index, const Constants& constants,
                                 const std::map<const Track*, Matches>& matches, TimeBounds entry,
                                 Answer excepted, const NoticesFor& notices_for, Parts& parts) {
  std::vector<Support> supports;
  const auto shows = [&](const std::vector<bool>& mask) {
    for (const TrackView* view : overflight.views) {
      const TrackView* const part = parts.of(*view, mask);
      if (part == nullptr || part->passages.empty()) continue;
      const Parts::Seen& seen = parts.seen(*part, rule_index, constants, [&] {
        return part == view ? matches.at(&view->track) : notices_for(*part, view->track);
      });
      Judging judging{setting, seen.matches, entry, {}};
      for (const Presence& p : seen.presences) {
        if (p.entry.earliest > overflight.presence.exit.latest ||
            p.exit.latest < overflight.presence.entry.earliest)
          continue;
        const auto breaks = [&](const JudgedPiece& piece) {
          return piece.breach() == Answer::yes && judging.over(piece) <= excepted;
        };
        if (std::any_of(p.pieces.begin(), p.pieces.end(), breaks) ||
            std::any_of(p.crossings.begin(), p.crossings.end(), breaks))
          return true;
      }
    }
    return false;
  };
  std::set<std::uint32_t> heard;
  for (const TrackView* view : overflight.views)
    for (const Fix& fix : view->track.fixes) heard.insert(fix.source);
  std::map<std::string, std::vector<std::uint32_t>> by_origin;
  const auto& sources = setting.numbers.sources;
  for (std::uint32_t s : heard) by_origin[origin_of(*sources[s])].push_back(s);
  for (const auto& [origin, members] : by_origin) {
    std::vector<bool> mask(sources.size(), false);
    for (std::uint32_t s : members) mask[s] = true;
    if (shows(mask)) supports.push_back({sources[members.front()]->id, origin, false});
  }
  for (std::uint32_t s : heard) {
    if (!is_accepted(*sources[s], setting.agreement)) continue;
    std::vector<bool> mask(sources.size(), false);
    mask[s] = true;
    if (shows(mask)) supports.push_back({sources[s]->id, origin_of(*sources[s]), true});
  }
  return supports;
}

std::vector<std::string> origins_heard(const Overflight& overflight, const Setting& setting,
                                       std::vector<std::string>& source_ids) {
  std::set<std::string> origins, ids;
  for (const JudgedPiece& p : overflight.presence.pieces) {
    for (std::size_t i : {p.fix, p.last_fix}) {
      const auto& source = *setting.numbers.sources[p.track->fixes[i].source];
      origins.insert(origin_of(source));
      ids.insert(source.id);
    }
  }
  source_ids.assign(ids.begin(), ids.end());
  return {origins.begin(), origins.end()};
}

void add_questions(const Reason& reason, std::vector<std::string>& questions,
                   const std::function<std::string(const Reason&)>& ask) {
  if (reason.answer != Answer::unknown) return;
  if (reason.parts.empty()) {
    const std::string question = ask(reason);
    if (!question.empty() &&
        std::find(questions.begin(), questions.end(), question) == questions.end())
      questions.push_back(question);
    return;
  }
  for (const Reason& part : reason.parts) add_questions(part, questions, ask);
}

// The question behind an open condition of an exception.
std::string exception_question(const Reason& reason) {
  if (reason.question.starts_with("is there a notice"))
    return "Was a notice filed that the ledger does not hold? It is not declared complete for that "
           "time.";
  if (reason.question.starts_with("was it a flight for"))
    return "Was it a flight for" + reason.question.substr(19) +
           " No notice is asked for, so only people can tell.";
  return "Notice condition open: " + reason.question + " (" + reason.because + ")";
}

// One exception as it stands in the finding: the notice that came nearest, and the first condition
// that failed.
ExceptionAnswer exception_answer(const terms::Exception& exception, const Reason& reason,
                                 const ExceptionMatches& matches) {
  ExceptionAnswer answer;
  answer.exception = exception.id;
  answer.purpose = purpose_words(exception.purpose);
  answer.answer = reason.answer;
  answer.reason = reason.parts.empty() ? "no notice" : reason.parts.back().because;
  if (matches.notices.empty()) {
    answer.reason = "no notice matches, and " + reason.parts.back().because;
    return answer;
  }
  // The notice with the strongest answer; of equals, the one with the fewest conditions unmet.
  std::size_t best = 0;
  const auto unmet = [&](std::size_t i) {
    return std::count_if(reason.parts[i].parts.begin(), reason.parts[i].parts.end(),
                         [](const Reason& r) { return r.answer != Answer::yes; });
  };
  for (std::size_t i = 1; i < matches.notices.size(); ++i) {
    if (reason.parts[i].answer > reason.parts[best].answer ||
        (reason.parts[i].answer == reason.parts[best].answer && unmet(i) < unmet(best)))
      best = i;
  }
  answer.notice = matches.notices[best].notice->id;
  answer.misuse = matches.notices[best].misused_identity;
  answer.reason = "every condition of the notice is met";
  for (Answer wanted : {Answer::no, Answer::unknown}) {
    if (reason.parts[best].answer != wanted) continue;
    for (const Reason& part : reason.parts[best].parts)
      if (part.answer == wanted) {
        answer.reason = part.because;
        break;
      }
  }
  return answer;
}

// Misuse that shows only over the whole presence: the hours overrun, the route left.
std::string misuse_over(const ExceptionMatches& matches, const Presence& presence,
                        const std::string& notice) {
  for (const NoticeMatch& m : matches.notices) {
    if (m.notice->id != notice || m.constant() != Answer::yes) continue;
    bool within = false;
    Instant first_outside_hours{}, first_off_route{};
    bool outside_hours = false, off_route = false;
    for (const JudgedPiece& p : presence.pieces) {
      const Answer hours = m.window.over(p.piece), route = m.corridor.over(p.piece);
      within = within || (hours != Answer::no && route != Answer::no);
      if (hours == Answer::no && !outside_hours) {
        outside_hours = true;
        first_outside_hours = p.piece.from;
      }
      if (route == Answer::no && !off_route) {
        off_route = true;
        first_off_route = p.piece.from;
      }
    }
    if (off_route) return "notified route left by " + quantities::clock_text(first_off_route);
    if (outside_hours)
      return within ? "notified hours overrun: still there at " +
                          quantities::clock_text(first_outside_hours)
                    : "flown outside the notified hours, at " +
                          quantities::clock_text(first_outside_hours);
  }
  return "";
}

// The lowest that anything in the area can be on a scale: on its ground.
std::optional<Length> lowest_in(const terms::Area& area, terms::Reference scale,
                                const terms::Atmosphere& atmosphere) {
  if (!area.terrain) return {};
  const Length ground = area.terrain->least;
  switch (scale) {
    case terms::Reference::mean_sea_level: return ground;
    case terms::Reference::pressure:
      return incidents::pressure_from_sea_level({ground, ground}, atmosphere).least;
    default: return {};
  }
}

// Of its heights while it was in the areas, or may have been: each by the geoid and the terrain of
// the area in question.
AltitudeFound altitude_of(const Overflight& o, const Agreement& agreement) {
  AltitudeFound found;
  const terms::Area& first = agreement.areas[o.presence.pieces.front().area];
  terms::Reference scale = first.ceiling.reference;
  if (scale == terms::Reference::surface || scale == terms::Reference::unlimited)
    scale = first.floor.reference;
  if (scale == terms::Reference::surface || scale == terms::Reference::unlimited)
    scale = o.views.front()->heights.has_pressure() ? terms::Reference::pressure
                                                    : terms::Reference::mean_sea_level;
  bool any = false;
  for (const JudgedPiece& p : o.presence.pieces) {
    const terms::Area& area = agreement.areas[p.area];
    auto h = view_of(o, p).heights.over(p.piece.from, p.piece.until, scale, area);
    if (!h) return {};  // bounds of the rest would be taken for those of the whole
    const auto lowest = lowest_in(area, scale, agreement.atmosphere);
    if (lowest && *lowest <= h->most) h->least = std::max(h->least, *lowest);
    found.least = any ? std::min(found.least, h->least) : h->least;
    found.most = any ? std::max(found.most, h->most) : h->most;
    any = true;
    const Fix& fix = p.track->fixes[p.fix];
    if (!p.piece.is_moment() || (!fix.pressure && !fix.ellipsoid)) continue;
    auto& seen = found.at_positions;
    seen = seen ? incidents::HeightBounds{std::min(seen->least, h->least),
                                          std::max(seen->most, h->most)}
                : *h;
  }
  if (any) found.reference = scale == terms::Reference::ground ? "above ground" : to_string(scale);
  return found;
}

// Whether it was in one area, whatever the others are to the rule: ground, height and validity.
Answer presence_in(std::size_t area, const TrackView& view, const Agreement& agreement,
                   const incidents::Piece& piece) {
  const auto passage = view.passages.find(area);
  if (passage == view.passages.end()) return Answer::no;
  const terms::Area& a = agreement.areas[area];
  Answer answer = passage->second.inside.over(piece);
  if (answer != Answer::no)
    answer = both(answer, view.heights.at_or_above(a.floor, a, piece.from, piece.until));
  if (answer != Answer::no)
    answer = both(answer, view.heights.at_or_below(a.ceiling, a, piece.from, piece.until));
  if (answer != Answer::no)
    answer = both(
        answer,
        incidents::profile_of({own_validity(agreement, a.valid)}, view.time_error).over(piece));
  return answer;
}

// No place inside is farther from the outline than half the smaller side of the box around it:
// along the parallel or along the meridian it comes to the outline sooner, but for a pole.
double greatest_depth(const areas::Outline& outline) {
  const areas::Box box = box_of(outline);
  const auto degrees_e7 = [](std::int64_t n) { return static_cast<double>(n); };
  const double south = degrees_e7(box.low.latitude_e7), north = degrees_e7(box.high.latitude_e7);
  if (south <= -9e8 || north >= 9e8) return HUGE_VAL;
  const double nearest_equator =
      south <= 0 && north >= 0 ? 0 : std::min(std::abs(south), std::abs(north));
  const double metre_per_e7 = areas::greatest_meridian_radius * areas::radians_per_e7;
  const double wide = degrees_e7(box.high.longitude_e7 - box.low.longitude_e7) * metre_per_e7 *
                      areas::sine_cosine_e7(nearest_equator).cosine;
  return std::min(wide, (north - south) * metre_per_e7) / 2;
}

// How deep it came into one area, over the pieces in which it may have been there.
struct Depth {
  double least = 0;
  double most = 0;
};

Depth depth_in(const Overflight& o, std::size_t area, const Setting& setting) {
  constexpr double farthest = 1e6;
  const areas::Region& region = setting.zones.region(area);
  struct Moment {
    const JudgedPiece* piece;
    bool certain;
  };
  std::vector<Moment> moments;
  std::vector<const JudgedPiece*> stretches;
  // Where positions leave it open, only the area itself says how deep it can have come.
  bool open = o.presence.unclear.microseconds > 0;
  for (const JudgedPiece& p : o.presence.pieces) {
    const Answer there = presence_in(area, view_of(o, p), setting.agreement, p.piece);
    if (there == Answer::no) continue;
    if (!p.track->fixes[p.fix].bounded || !p.track->fixes[p.last_fix].bounded) {
      open = true;
      continue;
    }
    if (p.piece.is_moment())
      moments.push_back({&p, there == Answer::yes && p.at(Condition::genuine) == Answer::yes});
    else
      stretches.push_back(&p);
  }
  std::unordered_map<const Fix*, double>
      known;  // asked for at a moment and for what lies beside it
  const auto depth_at = [&](const Fix& fix) {
    const auto [depth, is_new] = known.try_emplace(&fix, 0.0);
    if (is_new && region.side_of(fix.point) != areas::Side::outside)
      depth->second = region.distance_to_boundary(fix.point, farthest);
    return depth->second;
  };
  double least = 0, most = 0, deepest_depth = 0;
  const Fix* deepest = nullptr;
  // Nothing is deeper than the deepest so far by more than the way between them.
  const auto at_most = [&](const Fix& fix) {
    return deepest_depth + areas::chord(areas::place(deepest->point), areas::place(fix.point));
  };
  const auto look = [&](const Moment& m) {
    const Fix& fix = m.piece->track->fixes[m.piece->fix];
    if (deepest != nullptr && at_most(fix) + fix.error <= most && at_most(fix) - fix.error <= least)
      return;
    const double d = depth_at(fix);
    if (m.certain) least = std::max(least, d * 0.999 - 0.01 - fix.error);
    if (deepest == nullptr || d > deepest_depth) {
      deepest = &fix;
      deepest_depth = d;
    }
    most = std::max(most, d + fix.error);
  };
  // A few all along the way first, so that most of the rest need no second look.
  const std::size_t step = moments.size() / 16 + 1;
  for (std::size_t i = 0; i < moments.size(); i += step) look(moments[i]);
  for (const Moment& m : moments) look(m);
  // Between two fixes it can have been deeper: by half of what it can have flown, or by half of the
  // straight way and what it can have strayed from it.
  for (const JudgedPiece* p : stretches) {
    if (p->fix == p->last_fix) continue;
    const Fix &a = p->track->fixes[p->fix], &b = p->track->fixes[p->last_fix];
    const double seconds = (b.at - a.at).in_seconds();
    const double flown = p->track->flight.speed_per_second.in_metres() * seconds;
    const double strayed = p->track->flight.accel_per_second2.in_metres() * seconds * seconds / 8;
    const double straight = areas::chord(areas::place(a.point), areas::place(b.point));
    const double errors = a.error + b.error;
    const auto most_between = [&](double da, double db) {
      return std::min((da + db + errors + flown) / 2, (da + db + errors + straight) / 2 + strayed);
    };
    if (deepest != nullptr && most_between(at_most(a), at_most(b)) <= most) continue;
    most = std::max(most, most_between(depth_at(a), depth_at(b)));
  }
  const double deepest_place = greatest_depth(region.outline());
  return {least, open ? deepest_place : std::min(most, deepest_place)};
}

// Of all areas that it may have been in: the one in which it came deepest counts.
void measure_depth(const Overflight& o, const std::set<std::size_t>& touched,
                   const Setting& setting, Finding& finding) {
  Depth deepest;
  for (const std::size_t area : touched) {
    const Depth depth = depth_in(o, area, setting);
    deepest.least = std::max(deepest.least, depth.least);
    deepest.most = std::max(deepest.most, depth.most);
  }
  finding.penetration_least = quantities::metres(deepest.least);
  if (deepest.most < HUGE_VAL) finding.penetration_most = quantities::metres(deepest.most);
}

void add_trace(const Overflight& o, Finding& finding) {
  std::vector<TracePoint> points;
  for (const TrackView* view : o.views) {
    for (const Fix& fix : view->track.fixes) {
      if (fix.at < finding.entry.earliest - trace_around ||
          fix.at > finding.exit.latest + trace_around)
        continue;
      TracePoint point;
      point.at = fix.at;
      point.point = fix.point;
      if (fix.pressure_altitude != observations::no_height)
        point.pressure_altitude = Length{fix.pressure_altitude};
      if (fix.geometric_height != observations::no_height)
        point.geometric_height = Length{fix.geometric_height};
      if (fix.bounded) point.error = quantities::metres(fix.error);
      point.inside = Answer::no;
      for (const JudgedPiece& p : o.presence.pieces)
        if (p.track == &view->track && p.piece.is_moment() && p.piece.from == fix.at)
          point.inside = p.present;
      point.doubtful = fix.doubtful;
      point.evidence = fix.evidence;
      points.push_back(point);
    }
  }
  std::stable_sort(points.begin(), points.end(),
                   [](const TracePoint& a, const TracePoint& b) { return a.at < b.at; });
  const std::size_t step = points.size() / most_trace_points + 1;
  for (std::size_t i = 0; i < points.size(); ++i) {
    const bool changes = i == 0 || i + 1 == points.size() ||
                         points[i].inside != points[i - 1].inside ||
                         points[i].inside != points[i + 1].inside;
    if (i % step == 0 || (changes && step > 1)) finding.trace.push_back(points[i]);
  }
}

// The stretches of a violation, where the rule was not broken during all of the certain presence.
std::vector<quantities::Period> forbidden_part(const Presence& presence, Judging& judging) {
  std::vector<quantities::Period> stretches;
  bool part = false, open = false;
  for (const JudgedPiece& p : presence.pieces) {
    const bool broken = outcome_of(p, judging.over(p)) == Outcome::violation;
    if (broken && open)
      stretches.back().until = p.piece.until;
    else if (broken)
      stretches.push_back({p.piece.from, p.piece.until});
    open = broken;
    part = part || (!broken && p.present == Answer::yes && p.at(Condition::flying) == Answer::yes &&
                    p.at(Condition::genuine) == Answer::yes);
  }
  if (!part) stretches.clear();
  return stretches;
}

void name_areas(const std::set<std::string>& touched, const JudgedPiece& decisive,
                const Agreement& agreement, Finding& finding) {
  const terms::Area& area = agreement.areas[decisive.area];
  finding.area = area.id;
  finding.grade = area.grade;
  finding.areas.assign(touched.begin(), touched.end());
}

void split_by_day(const Agreement& agreement, Instant from, Instant until, bool certain,
                  std::map<quantities::Date, DayShare>& days) {
  while (from < until) {
    const quantities::Date day = day_of(agreement, from);
    const Instant next =
        start_of(agreement, quantities::date_from_days(quantities::days_from(day) + 1));
    const Instant end = next > from ? std::min(until, next) : until;
    days[day].most = days[day].most + (end - from);
    if (certain) days[day].least = days[day].least + (end - from);
    from = end;
  }
}

std::optional<Found> finding_of(const Overflight& o, const Aircraft& aircraft,
                                std::size_t rule_index, const Constants& constants,
                                const std::map<const Track*, Matches>& matches,
                                const NoticesFor& notices_for, Parts& parts,
                                const Setting& setting) {
  const Agreement& agreement = setting.agreement;
  const FlightRule& rule = agreement.rules[rule_index];
  const Presence& presence = o.presence;
  Judging judging{setting, matches, entry_to_notify(presence, agreement.max_gap), {}};

  Decisive decisive;
  const auto judge = [&](const JudgedPiece& p) {
    decisive.offer(p, outcome_of(p, judging.over(p)));
  };
  for (const JudgedPiece& p : presence.pieces) judge(p);
  for (const JudgedPiece& c : presence.crossings) judge(c);
  if (decisive.outcome == Outcome::nothing) return {};

  Found found;
  Finding& f = found.finding;
  found.nature = aircraft.nature;
  const JudgedPiece& piece = *decisive.piece;
  const TrackView& view = view_of(o, piece);
  f.rule = rule.id;
  found.version = rule_index;
  f.clause = rule.clause;
  f.address = to_string(aircraft.address);
  f.call_sign = aircraft.call_signs.empty() ? "" : aircraft.call_signs.front();
  f.registration = aircraft.nature.registration;
  f.type = aircraft.nature.type;
  f.party = aircraft.affiliation.party;
  std::vector<std::string> bases;
  for (const auto& b : aircraft.affiliation.bases) bases.push_back(b.text);
  f.affiliation_basis = base::listed(bases);
  f.kind = kind_text(aircraft.nature);
  f.entry = presence.entry;
  f.exit = presence.exit;
  f.began_before_seen = !presence.entry_seen;
  f.ended_after_seen = !presence.exit_seen;
  f.inside_least = presence.inside_least;
  f.inside_most = presence.inside_most;
  f.gap = !presence.rests_on_fix;
  f.counted_on = day_of(agreement, f.entry.earliest);
  f.origins = origins_heard(o, setting, f.sources);
  std::set<std::size_t> touched;
  for (const JudgedPiece& p : presence.pieces) touched.insert(p.area);
  // Nested areas, and those that a silence may have touched, are named as well.
  for (const JudgedPiece& p : presence.pieces) {
    for (std::size_t area : setting.zones.areas_of(rule_index))
      if (!touched.contains(area) &&
          presence_in(area, view_of(o, p), agreement, p.piece) != Answer::no)
        touched.insert(area);
  }
  std::set<std::string> names;  // of all versions
  for (const std::size_t area : touched) names.insert(agreement.areas[area].id);
  f.area_is_one_of_several = piece.by_union;
  name_areas(names, piece, agreement, f);
  f.altitude = altitude_of(o, agreement);
  measure_depth(o, touched, setting, f);
  if (piece.piece.is_moment())
    f.probability_permille = incidents::share_inside_permille(piece.track->fixes[piece.fix],
                                                              setting.zones.region(piece.area));
  f.evidence = evidence_of(piece);

  // The decision, told as the tree that it is.
  f.reasons.clause = rule.id;
  f.reasons.question = "was rule " + rule.id + " broken?";
  f.reasons.combined_by = Reason::Combined::all;
  Answer breach = Answer::yes;
  for (std::size_t i = 0; i < condition_count; ++i) {
    const auto c = static_cast<Condition>(i);
    if ((c == Condition::below && !rule.below) || (c == Condition::above && !rule.above)) continue;
    Reason r;
    r.clause = rule.id;
    r.question = question_of(c);
    r.answer = piece.answers[i];
    r.because = because(c, piece, agreement, rule, aircraft, setting.numbers, view.heights);
    if (c == Condition::inside || c == Condition::height || c == Condition::flying)
      r.evidence = f.evidence;
    if (c == Condition::operated_by)
      for (const auto& b : aircraft.affiliation.bases)
        if (b.evidence) r.evidence.push_back(*b.evidence);
    breach = both(breach, r.answer);
    f.reasons.parts.push_back(std::move(r));
  }
  // Where the breach itself is open, so is whether anyone else shows it: no second question.
  if (breach == Answer::yes && decisive.outcome >= Outcome::possible) {
    const std::vector<Support> supports =
        supports_of(o, setting, rule_index, constants, matches, judging.entry, judging.over(piece),
                    notices_for, parts);
    Reason standard = standard_reason(agreement, supports, f.origins);
    if (standard.answer != Answer::yes) decisive.outcome = Outcome::possible;
    f.reasons.parts.push_back(std::move(standard));
  }
  const Matches& exceptions = matches.at(&view.track);
  for (std::size_t i = 0; i < rule.exceptions.size(); ++i) {
    Reason r = answer_for(exceptions[i], setting.seen.ledger, judging.entry, piece.piece, rule.id);
    ExceptionAnswer answer = exception_answer(rule.exceptions[i], r, exceptions[i]);
    if (answer.misuse.empty() && !answer.notice.empty())
      answer.misuse = misuse_over(exceptions[i], presence, answer.notice);
    f.exceptions.push_back(std::move(answer));
    // In the tree the question is the opposite one, so that every part must be "yes".
    Reason uncovered;
    uncovered.clause = r.clause;
    uncovered.question =
        "was it outside the exception for " + purpose_words(rule.exceptions[i].purpose) + "?";
    uncovered.answer = opposite(r.answer);
    uncovered.because = f.exceptions.back().reason;
    uncovered.parts.push_back(std::move(r));
    f.reasons.parts.push_back(std::move(uncovered));
  }
  f.reasons.answer = Answer::yes;
  for (const Reason& r : f.reasons.parts) f.reasons.answer = both(f.reasons.answer, r.answer);

  switch (decisive.outcome) {
    case Outcome::violation: f.verdict = Verdict::violation; break;
    case Outcome::possible: f.verdict = Verdict::possible; break;
    case Outcome::excepted: f.verdict = Verdict::excepted; break;
    default: f.verdict = Verdict::not_applicable;
  }
  f.reasons.because = "verdict: " + std::string(to_string(f.verdict));
  if (f.verdict == Verdict::possible) {
    const std::string who = f.call_sign.empty() ? f.address : f.call_sign + " (" + f.address + ")";
    add_questions(f.reasons, f.unknowns, [&](const Reason& r) -> std::string {
      for (std::size_t i = 0; i < condition_count; ++i)
        if (r.question == question_of(static_cast<Condition>(i)))
          return question_for(static_cast<Condition>(i), piece, agreement, rule, aircraft,
                              setting.numbers);
      if (r.clause == "evidence standard") return standard_question(agreement, who);
      return exception_question(r);
    });
  }
  if (f.verdict == Verdict::violation) f.forbidden = forbidden_part(presence, judging);
  f.id = finding_id(f, f.address, f.evidence, setting.seen.inputs);
  add_trace(o, f);
  f.sentence = sentence_of(f, agreement);
  f.paragraph = paragraph_of(f);
  for (const JudgedPiece& p : presence.pieces)
    split_by_day(agreement, p.piece.from, p.piece.until, p.present == Answer::yes, found.days);
  if (found.days.empty()) found.days[f.counted_on];
  return found;
}

// The first area of the rule that the track came near: its geoid and terrain serve the heights of
// notices.
const terms::Area& area_met(const TrackView& view, const Zones& zones, std::size_t rule) {
  const auto& areas = zones.agreement().areas;
  for (std::size_t area : zones.areas_of(rule))
    if (view.passages.contains(area)) return areas[area];
  return areas[view.passages.begin()->first];
}

// Joins what no certain absence divides, across the ends of tracks.
std::vector<Overflight> overflights_of(const std::vector<TrackView>& views, const Setting& setting,
                                       std::size_t rule, const Constants& constants,
                                       const std::map<const Track*, Matches>& matches) {
  std::vector<Overflight> all;
  for (const TrackView& view : views) {
    for (Presence& p :
         presences_of(view, setting.zones, rule, constants, cuts_of(matches.at(&view.track)))) {
      if (!all.empty()) {
        Overflight& last = all.back();
        const Track& before = last.views.back()->track;
        const bool other_track = &before != &view.track;
        const bool in_order = before.fixes.back().at <= view.track.fixes.front().at;
        if (other_track && in_order && !last.presence.exit_seen && !p.entry_seen &&
            !before.ends_by_landing && !view.track.starts_after_landing) {
          const Duration silence = p.not_before - last.presence.not_after;
          last.presence.pieces.insert(last.presence.pieces.end(), p.pieces.begin(), p.pieces.end());
          last.presence.crossings.insert(last.presence.crossings.end(), p.crossings.begin(),
                                         p.crossings.end());
          last.presence.entry.latest = std::min(last.presence.entry.latest, p.entry.latest);
          last.presence.exit = {std::max(last.presence.exit.earliest, p.exit.earliest),
                                p.exit.latest};
          last.presence.exit_seen = p.exit_seen;
          last.presence.inside_least = last.presence.inside_least + p.inside_least;
          last.presence.inside_most = last.presence.inside_most + p.inside_most + silence;
          last.presence.rests_on_fix = last.presence.rests_on_fix || p.rests_on_fix;
          last.views.push_back(&view);
          continue;
        }
      }
      all.push_back({{&view}, std::move(p)});
    }
  }
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

}  // namespace

Answer operated_answer(const FlightRule& rule, const observations::Affiliation& affiliation) {
  if (rule.by.empty()) return Answer::yes;
  if (affiliation.contradicted || affiliation.party.empty()) return Answer::unknown;
  return base::certainly(std::find(rule.by.begin(), rule.by.end(), affiliation.party) !=
                         rule.by.end());
}

std::vector<std::string> parties_meant(const FlightRule& rule,
                                       const observations::Affiliation& affiliation) {
  if (!affiliation.contradicted && !affiliation.party.empty()) return {affiliation.party};
  return rule.by;
}

Answer kind_answer(const FlightRule& rule, const observations::AircraftNature& nature) {
  if (rule.aircraft.empty()) return Answer::yes;
  Answer answer = Answer::no;
  for (terms::AircraftKind kind : rule.aircraft) {
    switch (kind) {
      case terms::AircraftKind::any: return Answer::yes;
      case terms::AircraftKind::military: answer = either(answer, nature.military); break;
      case terms::AircraftKind::civil: answer = either(answer, opposite(nature.military)); break;
      case terms::AircraftKind::fixed_wing:
        answer = either(answer, opposite(nature.helicopter));
        break;
      case terms::AircraftKind::helicopter: answer = either(answer, nature.helicopter); break;
      case terms::AircraftKind::unmanned: answer = either(answer, nature.unmanned); break;
      case terms::AircraftKind::combat: answer = either(answer, nature.combat); break;
      case terms::AircraftKind::transport:
        answer = either(answer, nature.combat == Answer::yes ? Answer::no : Answer::unknown);
        break;
    }
  }
  return answer;
}

std::string finding_id(const Finding& finding, const std::string& subject,
                       const std::vector<Evidence>& decisive,
                       const std::vector<observations::Input>& inputs) {
  std::string text = finding.rule + "\n" + finding.area + "\n" + subject;
  for (const Evidence& e : decisive)
    text += "\n" + inputs[e.input].digest.hex() + ":" + std::to_string(e.record);
  return base::sha256(text).hex().substr(0, 16);
}

bool may_be_meant(const Agreement& agreement, const observations::AircraftNature& nature,
                  const observations::Affiliation& affiliation) {
  return std::any_of(agreement.rules.begin(), agreement.rules.end(), [&](const FlightRule& rule) {
    return operated_answer(rule, affiliation) != Answer::no &&
           kind_answer(rule, nature) != Answer::no;
  });
}

std::vector<Found> findings_about(const Aircraft& aircraft, const Setting& setting) {
  // Where it was need not be worked out for whom no rule means.
  if (!may_be_meant(setting.agreement, aircraft.nature, aircraft.affiliation)) return {};
  std::vector<TrackView> views;
  views.reserve(aircraft.tracks.size());
  for (const Track& track : aircraft.tracks) {
    views.emplace_back(track, setting.zones);
    if (views.back().passages.empty()) views.pop_back();
  }
  std::vector<Found> all;
  if (views.empty()) return all;
  Parts parts(setting.zones);
  for (std::size_t rule = 0; rule < setting.agreement.rules.size(); ++rule) {
    const FlightRule& r = setting.agreement.rules[rule];
    const Constants constants{operated_answer(r, aircraft.affiliation),
                              kind_answer(r, aircraft.nature),
                              parties_meant(r, aircraft.affiliation)};
    // Where it is certain that the rule does not mean this aircraft, nothing else need be asked.
    if (constants.operated_by == Answer::no || constants.kind == Answer::no) continue;
    const NoticesFor notices_for = [&](const TrackView& view, const Track& whole) {
      // The call signs of this flight, not of others of the same aircraft.
      const Subject subject{aircraft.address, aircraft.nature.registration,
                            incidents::call_signs_of(whole, aircraft)};
      return matches_for(view, r, subject, area_met(view, setting.zones, rule), setting);
    };
    std::map<const Track*, Matches> matches;
    for (const TrackView& view : views) matches.emplace(&view.track, notices_for(view, view.track));
    for (const Overflight& o : overflights_of(views, setting, rule, constants, matches)) {
      auto found = finding_of(o, aircraft, rule, constants, matches, notices_for, parts, setting);
      if (found) all.push_back(std::move(*found));
    }
  }
  return all;
}

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

}  // namespace truce::findings
