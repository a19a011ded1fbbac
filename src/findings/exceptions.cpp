#include "findings/exceptions.h"

#include <algorithm>
#include <cmath>

#include "areas/earth.h"
#include "base/text.h"
#include "findings/wording.h"

namespace truce::findings {

namespace {

using base::both;
using base::either;
using incidents::Piece;
using incidents::Profile;
using observations::Ledger;
using observations::Notice;
using observations::NoticeStep;
using quantities::Duration;
using quantities::Point;

// On the ellipsoid in the direction of a vector (the great ellipse through its ends; within a
// metre of the geodesic up to 500 km).
areas::Vector onto_ground(areas::Vector v) {
  constexpr double a = 6'378'137.0, b = 6'356'752.314245;
  const double scale = std::sqrt((v.x * v.x + v.y * v.y) / (a * a) + v.z * v.z / (b * b));
  return v * (1 / scale);
}

double to_segment(areas::Vector p, areas::Vector a, areas::Vector b) {
  const areas::Vector d = b - a, w = p - a;
  const double dd = d.x * d.x + d.y * d.y + d.z * d.z;
  const double dot = d.x * w.x + d.y * w.y + d.z * w.z;
  const double u = dd > 0 ? std::clamp(dot / dd, 0.0, 1.0) : 0;
  return areas::chord(p, a + d * u);
}

}  // namespace

Route::Route(const std::vector<Point>& points) {
  constexpr double step = 5'000;
  for (Point point : points) {
    const areas::Vector next = areas::place(point);
    if (!places_.empty()) {
      const areas::Vector last = places_.back();
      const int parts = static_cast<int>(areas::chord(last, next) / step) + 1;
      for (int k = 1; k < parts; ++k) {
        const double s = static_cast<double>(k) / parts;
        places_.push_back(onto_ground(last * (1 - s) + next * s));
      }
    }
    places_.push_back(next);
  }
}

double Route::distance(areas::Vector place) const {
  double nearest = areas::chord(place, places_.front());
  for (std::size_t i = 0; i + 1 < places_.size(); ++i)
    nearest = std::min(nearest, to_segment(place, places_[i], places_[i + 1]));
  return nearest;
}

namespace {

std::optional<terms::Purpose> purpose_from(std::string_view words) {
  const std::string text = base::lower_case(base::trimmed(words));
  const struct {
    std::string_view word;
    terms::Purpose purpose;
  } known[] = {{"medical evacuation", terms::Purpose::medical_evacuation},
               {"medevac", terms::Purpose::medical_evacuation},
               {"casevac", terms::Purpose::medical_evacuation},
               {"personnel recovery", terms::Purpose::personnel_recovery},
               {"humanitarian", terms::Purpose::humanitarian},
               {"search and rescue", terms::Purpose::search_and_rescue},
               {"sar", terms::Purpose::search_and_rescue}};
  for (const auto& k : known)
    if (text == k.word) return k.purpose;
  return {};
}

// What item 18 of a flight plan supports (ICAO Doc 4444, appendix 2): MEDEVAC and HOSP a medical
// evacuation, HUM a humanitarian flight, SAR search and rescue. STATE says whose flight it is, and
// excuses nothing.
bool item_18_supports(const std::vector<std::string>& items, terms::Purpose purpose) {
  const auto has = [&](std::string_view wanted) {
    return std::any_of(items.begin(), items.end(), [&](const std::string& item) {
      const std::string_view word =
          item.starts_with("STS/") ? std::string_view(item).substr(4) : std::string_view(item);
      return base::lower_case(word) == base::lower_case(wanted);
    });
  };
  switch (purpose) {
    case terms::Purpose::medical_evacuation: return has("MEDEVAC") || has("HOSP");
    case terms::Purpose::humanitarian: return has("HUM");
    case terms::Purpose::search_and_rescue: return has("SAR");
    case terms::Purpose::personnel_recovery: return false;
  }
  return false;
}

void judge_purpose(const terms::Exception& exception, const Notice& notice, NoticeMatch& match) {
  const std::string wanted(to_string(exception.purpose));
  const auto stated = purpose_from(notice.purpose);
  if (stated == exception.purpose) {
    match.purpose = Answer::yes;
    match.purpose_because = "the notice states " + wanted;
  } else if (stated) {
    match.purpose = Answer::no;
    match.purpose_because = "the notice states " + notice.purpose + ", not " + wanted;
  } else if (item_18_supports(notice.item_18, exception.purpose)) {
    match.purpose = Answer::yes;
    match.purpose_because = "item 18 of its flight plan supports " + wanted;
  } else {
    match.purpose = Answer::unknown;
    match.purpose_because = notice.purpose.empty()
                                ? "the notice states no purpose that supports " + wanted
                                : "the notice states \"" + notice.purpose + "\"";
  }
}

bool contains_ignoring_case(const std::vector<std::string>& list, std::string_view wanted) {
  return std::any_of(list.begin(), list.end(), [&](const std::string& item) {
    return base::lower_case(base::trimmed(item)) == base::lower_case(base::trimmed(wanted));
  });
}

// The hardest mark of identity that both sides have decides: address, then registration, then call
// sign. A call sign on another airframe is misuse.
void judge_identity(const Notice& notice, const Subject& subject, NoticeMatch& match) {
  std::string shared_call_sign;
  for (const std::string& call_sign : subject.call_signs)
    if (contains_ignoring_case(notice.call_signs, call_sign)) shared_call_sign = call_sign;
  const auto other_airframe = [&](const std::string& seen, const std::string& notified) {
    match.identity = Answer::no;
    match.identity_because = "the aircraft is " + seen + ", the notice names " + notified;
    if (!shared_call_sign.empty())
      match.misused_identity = "call sign " + shared_call_sign + " on another airframe: " + seen +
                               " instead of " + notified;
  };
  if (!notice.addresses.empty() && subject.address && subject.address->is_icao()) {
    if (std::find(notice.addresses.begin(), notice.addresses.end(), *subject.address) !=
        notice.addresses.end()) {
      match.identity = Answer::yes;
      match.identity_because = "the notice names the address " + to_string(*subject.address);
    } else {
      std::vector<std::string> named;
      for (auto address : notice.addresses) named.push_back(to_string(address));
      other_airframe(to_string(*subject.address), base::listed(named, "or"));
      if (contains_ignoring_case(notice.registrations, subject.registration)) {
        // One hard mark against the other: a slip of the pen, or of the register.
        match.identity = Answer::unknown;
        match.identity_because += ", but both name the registration " + subject.registration;
        match.misused_identity.clear();
      }
    }
  } else if (!notice.registrations.empty() && !subject.registration.empty()) {
    if (contains_ignoring_case(notice.registrations, subject.registration)) {
      match.identity = Answer::yes;
      match.identity_because = "the notice names the registration " + subject.registration;
    } else {
      other_airframe(subject.registration, base::listed(notice.registrations, "or"));
    }
  } else if (!notice.call_signs.empty() && !subject.call_signs.empty()) {
    match.identity = shared_call_sign.empty() ? Answer::no : Answer::yes;
    match.identity_because = shared_call_sign.empty()
                                 ? "the aircraft called itself " +
                                       base::listed(subject.call_signs) + ", the notice names " +
                                       base::listed(notice.call_signs, "or")
                                 : "the notice names the call sign " + shared_call_sign;
  } else {
    match.identity = Answer::unknown;
    match.identity_because = "nothing that the notice names of the aircraft was seen";
  }
}

Profile corridor_profile(const Notice& notice, quantities::Length width,
                         const incidents::Track* track, Instant from, Instant until) {
  Profile profile(Answer::unknown);
  if (notice.route.empty() || track == nullptr) return profile;
  const Route route(notice.route);
  const double w = width.in_metres();
  const auto within = [&](const areas::Ball& ball) {
    const double d = route.distance(ball.centre);
    return d + ball.radius <= w ? Answer::yes : d - ball.radius > w ? Answer::no : Answer::unknown;
  };
  for (std::size_t i = 0; i < track->fixes.size(); ++i) {
    const incidents::Fix& fix = track->fixes[i];
    if (fix.at >= from && fix.at <= until)
      profile.add_moment(
          fix.at, fix.bounded ? within({areas::place(fix.point), fix.error, 0}) : Answer::unknown);
    if (i + 1 == track->fixes.size()) break;
    const incidents::Fix& next = track->fixes[i + 1];
    if (fix.at == next.at || next.at < from || fix.at > until || !fix.bounded || !next.bounded)
      continue;
    const auto divide = [&](Instant a, Instant b, int halvings, auto& self) -> void {
      const areas::Reach reach = incidents::reach_between(fix, next, track->flight, a, b);
      Answer answer = Answer::unknown;
      for (int k = 0; k < reach.count && answer == Answer::unknown; ++k)
        answer = within(reach.balls[k]);
      if (answer == Answer::unknown && halvings < 6) {
        const Instant mid = a + Duration{(b - a).microseconds / 2};
        self(a, mid, halvings + 1, self);
        self(mid, b, halvings + 1, self);
        return;
      }
      profile.add(a, b, answer);
    };
    divide(fix.at, next.at, 0, divide);
  }
  return profile;
}

Profile notified_heights(const Notice& notice, const incidents::Heights* heights,
                         const terms::Area& area, Instant from, Instant until) {
  if (heights == nullptr || (!notice.lowest && !notice.highest)) return Profile(Answer::unknown);
  terms::Reference reference = terms::Reference::pressure;
  if (notice.height_reference == "msl") reference = terms::Reference::mean_sea_level;
  if (notice.height_reference == "agl") reference = terms::Reference::ground;
  terms::Limit floor{terms::Reference::surface, {}, "SFC"};
  terms::Limit ceiling{terms::Reference::unlimited, {}, "UNL"};
  if (notice.lowest) floor = {reference, *notice.lowest, ""};
  if (notice.highest) ceiling = {reference, *notice.highest, ""};
  return heights->within(floor, ceiling, area, from, until);
}

// Whether one declared period holds all of the stretch.
bool is_complete_over(const Ledger& ledger, Instant from, Instant until) {
  return std::any_of(ledger.complete.begin(), ledger.complete.end(),
                     [&](const auto& p) { return p.contains(from) && p.contains(until); });
}

Duration time_error_of(const incidents::Track* track) {
  Duration most{};
  if (track != nullptr)
    for (const incidents::Fix& fix : track->fixes) most = std::max(most, fix.time_error);
  return most;
}

}  // namespace

ExceptionMatches match(const terms::Exception& exception, const Ledger& ledger,
                       const Subject& subject, const incidents::Track* track,
                       const incidents::Heights* heights, const terms::Area& area, Instant from,
                       Instant until) {
  ExceptionMatches matches{&exception, {}};
  constexpr Duration near_enough = quantities::hours(24);
  for (const Notice& notice : ledger.notices) {
    NoticeMatch m;
    m.notice = &notice;
    judge_purpose(exception, notice, m);
    if (!exception.parties.empty()) {
      m.party = notice.party.empty()
                    ? Answer::unknown
                    : base::certainly(contains_ignoring_case(exception.parties, notice.party));
      m.party_because = notice.party.empty() ? "the notice does not say who filed it"
                                             : "the notice was filed by " + notice.party;
    }
    if (exception.identity) {
      judge_identity(notice, subject, m);
    } else {
      m.identity = Answer::yes;
      m.identity_because = "the exception does not ask for a named aircraft";
    }
    const Duration margin = near_enough + exception.window_tolerance;
    const bool far_in_time = exception.window && ((notice.until && *notice.until + margin < from) ||
                                                  (notice.from && *notice.from - margin > until));
    const bool another = m.identity == Answer::no && m.misused_identity.empty();
    if (far_in_time || another) continue;
    if (exception.window) {
      if (notice.from && notice.until) {
        m.window = incidents::profile_of(
            {{*notice.from - exception.window_tolerance,
              *notice.until + exception.window_tolerance + quantities::microseconds(1)}},
            time_error_of(track));
      } else {
        m.window = Profile(Answer::unknown);
      }
    }
    if (exception.corridor)
      m.corridor = corridor_profile(notice, *exception.corridor, track, from, until);
    if (exception.altitude_band) m.heights = notified_heights(notice, heights, area, from, until);
    matches.notices.push_back(std::move(m));
  }
  return matches;
}

namespace {

// The last word before the aircraft entered counts: what was acknowledged and then withdrawn is
// withdrawn, and what was denied and then agreed is agreed. Where the last word may have come
// before or after the entry, the answer is open.
void judge_answer(const terms::Exception& exception, const Notice& notice, const Ledger& ledger,
                  TimeBounds entry, Timing& timing) {
  using Kind = NoticeStep::Kind;
  const auto grants = [&](const NoticeStep& s) {
    return s.kind == Kind::agreed ||
           (s.kind == Kind::acknowledged && exception.answer == terms::AnswerNeed::acknowledged);
  };
  const auto refuses = [](const NoticeStep& s) {
    return s.kind == Kind::denied || s.kind == Kind::withdrawn || s.kind == Kind::alternative;
  };
  const NoticeStep* standing = nullptr;  // the last word at the earliest entry
  const NoticeStep* decisive = nullptr;  // of those that may have come before the entry, the last
  const NoticeStep* granted_later = nullptr;
  bool open = false;
  for (const NoticeStep& step : notice.steps) {
    if (!grants(step) && !refuses(step)) continue;
    if (step.at <= entry.earliest) {
      standing = decisive = &step;
    } else if (step.at <= entry.latest) {
      open = open || standing == nullptr || grants(step) != grants(*standing);
      decisive = &step;
    } else if (grants(step) && granted_later == nullptr) {
      granted_later = &step;
    }
  }
  if (decisive == nullptr && granted_later == nullptr) {
    timing.answered =
        is_complete_over(ledger, entry.earliest, entry.latest) ? Answer::no : Answer::unknown;
    timing.answered_because = "the ledger holds no answer to it";
    return;
  }
  const NoticeStep& told = decisive != nullptr ? *decisive : *granted_later;
  timing.answered = open                                       ? Answer::unknown
                    : standing != nullptr && grants(*standing) ? Answer::yes
                                                               : Answer::no;
  if (refuses(told)) {
    timing.answered_because =
        "it was denied, changed or withdrawn at " + quantities::clock_text(told.at);
    return;
  }
  timing.answered_because = "it was answered at " + quantities::clock_text(told.at) +
                            (told.by.empty() ? "" : " by " + told.by) +
                            (decisive == nullptr ? ", after the aircraft had entered" : "");
}

}  // namespace

Timing timing_of(const terms::Exception& exception, const Notice& notice, const Ledger& ledger,
                 TimeBounds entry) {
  Timing timing;
  std::optional<Instant> notified;
  for (const NoticeStep& step : notice.steps)
    if (step.kind == NoticeStep::Kind::notified && !notified) notified = step.at;
  using Need = terms::NoticeNeed::Kind;
  if (exception.notice.kind == Need::none) {
    timing.lead = Answer::yes;
    timing.lead_because = "the exception asks for no notice";
  } else if (!notified) {
    timing.lead = Answer::unknown;
    timing.lead_because = "the ledger does not say when the notice was filed";
  } else {
    const bool before = exception.notice.kind == Need::before;
    const Duration shift = before ? -exception.notice.lead : exception.notice.lead;
    const TimeBounds deadline{entry.earliest + shift, entry.latest + shift};
    timing.lead = *notified <= deadline.earliest ? Answer::yes
                  : *notified > deadline.latest  ? Answer::no
                                                 : Answer::unknown;
    const Duration ahead = entry.latest - *notified;
    timing.lead_because =
        "it was filed at " + quantities::clock_text(*notified) + ", " +
        (ahead.microseconds >= 0 ? quantities::duration_text(ahead) + " before"
                                 : quantities::duration_text(-ahead) + " after") +
        " the latest time of entry; the exception asks for " +
        (exception.notice.text.empty() ? "notice" : "\"" + exception.notice.text + "\"");
  }
  if (exception.answer == terms::AnswerNeed::none) {
    timing.answered = Answer::yes;
    timing.answered_because = "the exception asks for no answer";
  } else {
    judge_answer(exception, notice, ledger, entry, timing);
  }
  return timing;
}

namespace {

Answer without_notice(const ExceptionMatches& matches, const Ledger& ledger, TimeBounds entry,
                      const Piece& piece) {
  if (matches.exception->notice.kind == terms::NoticeNeed::Kind::none) return Answer::unknown;
  const bool complete = is_complete_over(ledger, entry.earliest, entry.latest) &&
                        is_complete_over(ledger, piece.from, piece.until);
  return complete ? Answer::no : Answer::unknown;
}

}  // namespace

Answer quick_answer_for(const ExceptionMatches& matches, const std::vector<Timing>& timings,
                        const Ledger& ledger, TimeBounds entry, const Piece& piece) {
  Answer answer = without_notice(matches, ledger, entry, piece);
  for (std::size_t i = 0; i < matches.notices.size(); ++i) {
    const NoticeMatch& m = matches.notices[i];
    Answer one = both(m.constant(), both(timings[i].lead, timings[i].answered));
    one = both(one, m.window.over(piece));
    one = both(one, both(m.corridor.over(piece), m.heights.over(piece)));
    answer = either(answer, one);
  }
  return answer;
}

Reason answer_for(const ExceptionMatches& matches, const Ledger& ledger, TimeBounds entry,
                  const Piece& piece, const std::string& clause) {
  const terms::Exception& exception = *matches.exception;
  Reason root;
  root.clause = clause + " " + exception.id;
  root.question = "did the exception for " + purpose_words(exception.purpose) + " cover it?";
  root.combined_by = Reason::Combined::any;
  const auto leaf = [&](std::string question, Answer answer, std::string because,
                        const Notice& notice) {
    Reason r;
    r.clause = root.clause;
    r.question = std::move(question);
    r.answer = answer;
    r.because = std::move(because);
    r.evidence = {notice.evidence};
    return r;
  };
  for (const NoticeMatch& m : matches.notices) {
    const Notice& notice = *m.notice;
    const Timing timing = timing_of(exception, notice, ledger, entry);
    Reason one;
    one.clause = root.clause;
    one.question = "did the notice " + notice.id + " cover it?";
    one.combined_by = Reason::Combined::all;
    one.evidence = {notice.evidence};
    one.parts.push_back(leaf("was it for this purpose?", m.purpose, m.purpose_because, notice));
    if (!exception.parties.empty())
      one.parts.push_back(
          leaf("was it filed by a party that may?", m.party, m.party_because, notice));
    if (exception.identity)
      one.parts.push_back(
          leaf("was this the aircraft of the notice?", m.identity, m.identity_because, notice));
    if (exception.notice.kind != terms::NoticeNeed::Kind::none)
      one.parts.push_back(
          leaf("was the notice in time?", timing.lead, timing.lead_because, notice));
    if (exception.answer != terms::AnswerNeed::none)
      one.parts.push_back(leaf("was it " + std::string(to_string(exception.answer)) + "?",
                               timing.answered, timing.answered_because, notice));
    if (exception.window) {
      const Answer a = m.window.over(piece);
      std::string because = "the notice gives no hours";
      if (notice.from && notice.until)
        because = "the notified hours were " + quantities::rfc3339(*notice.from) + " to " +
                  quantities::rfc3339(*notice.until) +
                  (a == Answer::no ? "; the flight was outside them" : "");
      one.parts.push_back(leaf("was it within the notified hours?", a, because, notice));
    }
    if (exception.corridor) {
      const Answer a = m.corridor.over(piece);
      const std::string width = quantities::metres_text(*exception.corridor);
      one.parts.push_back(leaf("did it keep to the notified route?", a,
                               notice.route.empty() ? "the notice gives no route"
                               : a == Answer::yes   ? "it was within " + width + " of the route"
                               : a == Answer::no
                                   ? "it was farther than " + width + " from the route"
                                   : "it may have been farther than " + width + " from the route",
                               notice));
    }
    if (exception.altitude_band) {
      const Answer a = m.heights.over(piece);
      one.parts.push_back(leaf("did it keep to the notified heights?", a,
                               a == Answer::yes ? "its height was within the notified band"
                               : a == Answer::no
                                   ? "its height was outside the notified band"
                                   : "its height against the notified band is not known",
                               notice));
    }
    one.answer = Answer::yes;
    for (const Reason& part : one.parts) one.answer = both(one.answer, part.answer);
    root.parts.push_back(std::move(one));
  }
  Reason none;
  none.clause = root.clause;
  none.question = exception.notice.kind == terms::NoticeNeed::Kind::none
                      ? "was it a flight for " + purpose_words(exception.purpose) + "?"
                      : "is there a notice that the ledger does not hold?";
  none.answer = without_notice(matches, ledger, entry, piece);
  if (exception.notice.kind == terms::NoticeNeed::Kind::none)
    none.because = "the exception asks for no notice, so the ledger cannot tell";
  else
    none.because = none.answer == Answer::no ? "the ledger is declared complete for that time"
                                             : "the ledger is not declared complete for that time";
  root.parts.push_back(std::move(none));
  root.answer = Answer::no;
  for (const Reason& part : root.parts) root.answer = either(root.answer, part.answer);
  return root;
}

}  // namespace truce::findings
