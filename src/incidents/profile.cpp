#include "incidents/profile.h"

namespace truce::incidents {

void Profile::add(Instant from, Instant until, Answer answer) {
  if (from >= until) return;
  if (!stretches_.empty() && stretches_.back().until == from &&
      stretches_.back().answer == answer) {
    stretches_.back().until = until;
    return;
  }
  stretches_.push_back({from, until, answer});
}

void Profile::add_moment(Instant at, Answer answer) {
  if (!moments_.empty() && moments_.back().at == at) {
    // Two fixes of one moment: what either settles is settled, unless they settle it differently.
    Answer& known = moments_.back().answer;
    if (known == Answer::unknown)
      known = answer;
    else if (answer != Answer::unknown && answer != known)
      known = Answer::unknown;
    return;
  }
  moments_.push_back({at, answer});
}

Answer Profile::at(Instant t) const {
  const auto moment = std::lower_bound(moments_.begin(), moments_.end(), t,
                                       [](const Moment& m, Instant at) { return m.at < at; });
  if (moment != moments_.end() && moment->at == t) return moment->answer;
  const auto next = std::upper_bound(stretches_.begin(), stretches_.end(), t,
                                     [](Instant at, const Stretch& s) { return at < s.from; });
  Answer before = otherwise_, after = otherwise_;
  if (next != stretches_.begin()) {
    const Stretch& s = *(next - 1);
    if (s.until > t) after = s.answer;
    if (s.from < t && t <= s.until) before = s.answer;
    if (s.from == t && next - 1 != stretches_.begin() && (next - 2)->until == t)
      before = (next - 2)->answer;
  }
  return before == after ? before : Answer::unknown;
}

Answer Profile::between(Instant from, Instant until) const {
  auto s = std::upper_bound(stretches_.begin(), stretches_.end(), from,
                            [](Instant at, const Stretch& x) { return at < x.until; });
  if (s == stretches_.end() || s->from >= until) return otherwise_;
  if (s->from <= from && s->until >= until) return s->answer;
  const Answer first = s->answer;
  Instant covered = from;
  bool agree = true;
  for (; s != stretches_.end() && s->from < until; ++s) {
    agree = agree && s->answer == first && (s->from <= covered || otherwise_ == first);
    covered = s->until;
  }
  agree = agree && (covered >= until || otherwise_ == first);
  return agree ? first : Answer::unknown;
}

void Profile::add_cuts(std::set<Instant>& cuts) const {
  for (const Stretch& s : stretches_) {
    cuts.insert(s.from);
    cuts.insert(s.until);
  }
}

Profile profile_of(const std::vector<Period>& periods, Duration blur) {
  Profile profile;
  for (const Period& period : periods) {
    if (blur.microseconds == 0) {
      profile.add(period.from, period.until, Answer::yes);
      profile.add_moment(period.from, Answer::yes);
      continue;
    }
    // Where the blurred ends overlap, all that is known is "perhaps". An end that the input can
    // never reach is no end.
    const Instant from =
        period.from <= quantities::earliest_instant ? period.from - blur : period.from;
    const Instant until =
        period.until >= quantities::latest_instant ? period.until + blur : period.until;
    Instant begin = from - blur;
    if (!profile.stretches().empty()) begin = std::max(begin, profile.stretches().back().until);
    const Instant sure_from = std::max(begin, from + blur);
    const Instant sure_until = std::max(sure_from, until - blur);
    profile.add(begin, std::min(sure_from, until + blur), Answer::unknown);
    profile.add(sure_from, sure_until, Answer::yes);
    profile.add(std::max(sure_until, sure_from), until + blur, Answer::unknown);
  }
  if (blur.microseconds == 0) {
    Profile marked;
    std::vector<Profile::Moment> ends;
    for (const Profile::Stretch& s : profile.stretches()) {
      marked.add(s.from, s.until, s.answer);
      marked.add_moment(s.from, Answer::yes);
      marked.add_moment(s.until, Answer::no);
    }
    return marked;
  }
  return profile;
}

std::vector<Piece> pieces_between(const std::set<Instant>& cuts, const std::set<Instant>& moments) {
  std::vector<Piece> pieces;
  const Instant* before = nullptr;
  for (const Instant& cut : cuts) {
    if (before != nullptr) pieces.push_back({*before, cut});
    if (moments.contains(cut)) pieces.push_back({cut, cut});
    before = &cut;
  }
  return pieces;
}

}  // namespace truce::incidents
