#include "findings/exceptions.h"

#include <gtest/gtest.h>

#include "findings/small_test_case.h"

namespace truce::findings {
namespace {

using observations::Ledger;
using observations::Notice;
using small::after;
using small::Kind;
using terms::AnswerNeed;
using terms::NoticeNeed;
using terms::Purpose;

const Ledger complete{{}, {{after(-86'400), after(86'400)}}};
const Ledger silent{};

// Filed so many minutes before noon, or after; entered at noon, give or take `blur` seconds.
TEST(LeadTime, IsMeasuredToTheEntry) {
  const struct {
    const char* name;
    NoticeNeed::Kind kind;
    std::int64_t lead_minutes, filed_minutes_before, blur_s;
    Answer in_time;
  } cases[] = {
      {"to the second", NoticeNeed::Kind::before, 120, 120, 0, Answer::yes},
      {"a minute late", NoticeNeed::Kind::before, 120, 119, 0, Answer::no},
      {"long before", NoticeNeed::Kind::before, 120, 600, 30, Answer::yes},
      {"late or not, by when it entered", NoticeNeed::Kind::before, 120, 120, 30, Answer::unknown},
      {"filed after the flight", NoticeNeed::Kind::before, 120, -60, 0, Answer::no},
      {"at once: no later than the entry", NoticeNeed::Kind::at_once, 0, 0, 0, Answer::yes},
      {"at once: a minute after the entry", NoticeNeed::Kind::at_once, 0, -1, 0, Answer::no},
      {"at once, within half an hour of it", NoticeNeed::Kind::at_once, 30, -30, 0, Answer::yes},
      {"at once, after more than half an hour", NoticeNeed::Kind::at_once, 30, -31, 0, Answer::no},
      {"none is asked for", NoticeNeed::Kind::none, 0, -600, 0, Answer::yes},
  };
  for (const auto& each : cases) {
    SCOPED_TRACE(each.name);
    terms::Exception e = small::medical();
    e.notice = {each.kind, quantities::minutes(each.lead_minutes), "words"};
    Notice n = small::notice();
    n.steps = {{Kind::notified, after(-60 * each.filed_minutes_before), ""}};
    const Timing t = timing_of(e, n, silent, {after(-each.blur_s), after(each.blur_s)});
    EXPECT_EQ(t.lead, each.in_time);
    EXPECT_FALSE(t.lead_because.empty());
  }
  Notice undated = small::notice();
  undated.steps.clear();
  EXPECT_EQ(timing_of(small::medical(), undated, complete, {after(0), after(0)}).lead,
            Answer::unknown);
}

struct Word {
  Kind kind;
  std::int64_t second;
};

// The last word before the entry counts, whatever was said before it.
TEST(TheAnswer, IsTheLastWordBeforeTheEntry) {
  const struct {
    const char* name;
    AnswerNeed need;
    std::vector<Word> words;
    std::int64_t blur_s;
    Answer complete_ledger, silent_ledger;
  } cases[] = {
      {"acknowledged",
       AnswerNeed::acknowledged,
       {{Kind::acknowledged, -60}},
       0,
       Answer::yes,
       Answer::yes},
      {"agreed is more than acknowledged",
       AnswerNeed::acknowledged,
       {{Kind::agreed, -60}},
       0,
       Answer::yes,
       Answer::yes},
      {"acknowledged is not agreed",
       AnswerNeed::agreed,
       {{Kind::acknowledged, -60}},
       0,
       Answer::no,
       Answer::unknown},
      {"agreed", AnswerNeed::agreed, {{Kind::agreed, -60}}, 0, Answer::yes, Answer::yes},
      {"no answer", AnswerNeed::acknowledged, {}, 0, Answer::no, Answer::unknown},
      {"no answer is asked for", AnswerNeed::none, {}, 0, Answer::yes, Answer::yes},
      {"answered after the entry",
       AnswerNeed::acknowledged,
       {{Kind::acknowledged, 60}},
       0,
       Answer::no,
       Answer::no},
      {"answered before or after, by when it entered",
       AnswerNeed::acknowledged,
       {{Kind::acknowledged, 0}},
       30,
       Answer::unknown,
       Answer::unknown},
      {"denied", AnswerNeed::acknowledged, {{Kind::denied, -60}}, 0, Answer::no, Answer::no},
      {"denied, then acknowledged",
       AnswerNeed::acknowledged,
       {{Kind::denied, -120}, {Kind::acknowledged, -60}},
       0,
       Answer::yes,
       Answer::yes},
      {"acknowledged, then withdrawn",
       AnswerNeed::acknowledged,
       {{Kind::acknowledged, -120}, {Kind::withdrawn, -60}},
       0,
       Answer::no,
       Answer::no},
      {"denied, acknowledged, and then withdrawn",
       AnswerNeed::acknowledged,
       {{Kind::denied, -180}, {Kind::acknowledged, -120}, {Kind::withdrawn, -60}},
       0,
       Answer::no,
       Answer::no},
      {"acknowledged, withdrawn, acknowledged again",
       AnswerNeed::acknowledged,
       {{Kind::acknowledged, -180}, {Kind::withdrawn, -120}, {Kind::acknowledged, -60}},
       0,
       Answer::yes,
       Answer::yes},
      {"an alternative was offered and not taken",
       AnswerNeed::agreed,
       {{Kind::alternative, -60}},
       0,
       Answer::no,
       Answer::no},
      {"an alternative was offered and agreed",
       AnswerNeed::agreed,
       {{Kind::alternative, -120}, {Kind::agreed, -60}},
       0,
       Answer::yes,
       Answer::yes},
      {"withdrawn after it had entered",
       AnswerNeed::acknowledged,
       {{Kind::acknowledged, -120}, {Kind::withdrawn, 60}},
       0,
       Answer::yes,
       Answer::yes},
      {"withdrawn before or after, by when it entered",
       AnswerNeed::acknowledged,
       {{Kind::acknowledged, -120}, {Kind::withdrawn, 0}},
       30,
       Answer::unknown,
       Answer::unknown},
  };
  for (const auto& each : cases) {
    SCOPED_TRACE(each.name);
    terms::Exception e = small::medical();
    e.answer = each.need;
    Notice n = small::notice();
    n.steps = {{Kind::notified, after(-7'200), ""}};
    for (const Word& w : each.words) n.steps.push_back({w.kind, after(w.second), "us"});
    const TimeBounds entry{after(-each.blur_s), after(each.blur_s)};
    EXPECT_EQ(timing_of(e, n, complete, entry).answered, each.complete_ledger);
    EXPECT_EQ(timing_of(e, n, silent, entry).answered, each.silent_ledger);
    EXPECT_FALSE(timing_of(e, n, silent, entry).answered_because.empty());
  }
}

// One notice against one exception, for an aircraft with an address, a registration and a call
// sign; nothing is asked of its track.
std::optional<NoticeMatch> matched(const terms::Exception& e, const Notice& n,
                                   const Subject& subject) {
  const Ledger ledger{{n}, {}};
  static const terms::Area area = small::area("A-1", small::square(36, 35, 0.2));
  auto matches = match(e, ledger, subject, nullptr, nullptr, area, after(0), after(200));
  // The match points to the notice in the ledger, which ends here.
  if (matches.notices.empty()) return {};
  matches.notices[0].notice = nullptr;
  return std::move(matches.notices[0]);
}
const Subject subject{small::plane, "YK-001", {"MED01"}};

TEST(Purpose, IsWhatTheNoticeStatesOrItem18Supports) {
  using Words = std::vector<std::string>;
  const struct {
    const char* stated;
    Words item_18;
    Purpose asked;
    Answer answer;
  } cases[] = {
      {"medical evacuation", {}, Purpose::medical_evacuation, Answer::yes},
      {" MEDEVAC ", {}, Purpose::medical_evacuation, Answer::yes},
      {"medical evacuation", {}, Purpose::humanitarian, Answer::no},
      {"personnel recovery", {}, Purpose::personnel_recovery, Answer::yes},
      {"search and rescue", {}, Purpose::search_and_rescue, Answer::yes},
      {"", {"STS/MEDEVAC"}, Purpose::medical_evacuation, Answer::yes},
      {"", {"HOSP"}, Purpose::medical_evacuation, Answer::yes},
      {"", {"sts/hum"}, Purpose::medical_evacuation, Answer::unknown},
      {"", {"HUM"}, Purpose::humanitarian, Answer::yes},
      {"", {"SAR"}, Purpose::search_and_rescue, Answer::yes},
      {"", {"SAR"}, Purpose::personnel_recovery, Answer::unknown},
      {"", {"STATE"}, Purpose::medical_evacuation, Answer::unknown},
      {"", {"STATE"}, Purpose::humanitarian, Answer::unknown},
      {"", {"STATE", "HOSP"}, Purpose::medical_evacuation, Answer::yes},
      {"", {}, Purpose::medical_evacuation, Answer::unknown},
      {"a flight of friendship", {}, Purpose::humanitarian, Answer::unknown},
      {"humanitarian", {"MEDEVAC"}, Purpose::medical_evacuation, Answer::no},
  };
  for (const auto& each : cases) {
    SCOPED_TRACE(each.stated + (each.item_18.empty() ? std::string() : " " + each.item_18[0]));
    terms::Exception e = small::medical();
    e.purpose = each.asked;
    Notice n = small::notice();
    n.purpose = each.stated;
    n.item_18 = each.item_18;
    const auto m = matched(e, n, subject);
    ASSERT_TRUE(m);
    EXPECT_EQ(m->purpose, each.answer);
    EXPECT_FALSE(m->purpose_because.empty());
  }
}

// The hardest mark that both sides have decides; against it, a mark almost as hard leaves it open.
TEST(Identity, IsSettledByTheHardestMarkThatBothSidesHave) {
  using Texts = std::vector<std::string>;
  constexpr observations::Address another{0x778999};
  const struct {
    const char* name;
    std::vector<observations::Address> addresses;
    Texts registrations, call_signs;
    bool kept;
    Answer answer;
    bool misused;
  } cases[] = {
      {"its address", {small::plane}, {}, {}, true, Answer::yes, false},
      {"another address", {another}, {}, {}, false, Answer::no, false},
      {"another address, its call sign", {another}, {}, {"MED01"}, true, Answer::no, true},
      {"another address, its registration",
       {another},
       {"YK-001"},
       {},
       true,
       Answer::unknown,
       false},
      {"another address, its registration and its call sign",
       {another},
       {"YK-001"},
       {"MED01"},
       true,
       Answer::unknown,
       false},
      {"its registration, in any case", {}, {"yk-001"}, {}, true, Answer::yes, false},
      {"another registration", {}, {"YK-002"}, {}, false, Answer::no, false},
      {"another registration, its call sign", {}, {"YK-002"}, {"med01"}, true, Answer::no, true},
      {"its call sign alone", {}, {}, {"MED01"}, true, Answer::yes, false},
      {"another call sign", {}, {}, {"MED02"}, false, Answer::no, false},
      {"nothing is named", {}, {}, {}, true, Answer::unknown, false},
  };
  for (const auto& each : cases) {
    SCOPED_TRACE(each.name);
    Notice n = small::notice();
    n.addresses = each.addresses;
    n.registrations = each.registrations;
    n.call_signs = each.call_signs;
    const auto m = matched(small::medical(), n, subject);
    ASSERT_EQ(m.has_value(), each.kept);
    if (!m) continue;
    EXPECT_EQ(m->identity, each.answer);
    EXPECT_EQ(!m->misused_identity.empty(), each.misused);
  }
  terms::Exception anybody = small::medical();
  anybody.identity = false;
  Notice n = small::notice();
  n.addresses = {another};
  EXPECT_EQ(matched(anybody, n, subject)->identity, Answer::yes);
}

TEST(Party, MayClaimTheExceptionOnlyWhereItIsNamed) {
  terms::Exception e = small::medical();
  e.parties = {"government"};
  Notice n = small::notice();
  EXPECT_EQ(matched(e, n, subject)->party, Answer::yes);
  n.party = "opposition";
  EXPECT_EQ(matched(e, n, subject)->party, Answer::no);
  n.party = "";
  EXPECT_EQ(matched(e, n, subject)->party, Answer::unknown);
}

// Both ends of the notified hours belong, and so does the tolerance.
TEST(Window, IncludesItsEndsAndItsTolerance) {
  terms::Exception e = small::medical();
  e.window_tolerance = quantities::seconds(60);
  Notice n = small::notice();
  n.from = after(0);
  n.until = after(100);
  const auto m = matched(e, n, subject);
  const auto within = [&](Instant t) { return m->window.over({t, t}); };
  EXPECT_EQ(within(after(-60)), Answer::yes);
  EXPECT_EQ(within(after(-60) - quantities::microseconds(1)), Answer::no);
  EXPECT_EQ(within(after(160)), Answer::yes);
  EXPECT_EQ(within(after(160) + quantities::microseconds(1)), Answer::no);
  n.until.reset();
  EXPECT_EQ(matched(e, n, subject)->window.over({after(10), after(20)}), Answer::unknown);
  // Hours days away rule a notice out, but only where hours are asked for.
  n.from = after(-86'400 * 5);
  n.until = after(-86'400 * 4);
  EXPECT_FALSE(matched(e, n, subject));
  e.window = false;
  EXPECT_TRUE(matched(e, n, subject));
}

struct Flown {
  incidents::Track track;
  terms::Atmosphere air;
  Flown() {
    track.flight = observations::flight_class("helicopter");
    for (std::int64_t s = 0; s <= 200; s += 10) {
      incidents::Fix f;
      f.at = after(s);
      f.point = *quantities::point_from_degrees(36 + 0.0005 * static_cast<double>(s), 35.1);
      f.error = 50;
      f.bounded = true;
      f.pressure = incidents::HeightBounds{quantities::feet(2'950), quantities::feet(3'050)};
      track.fixes.push_back(f);
    }
  }
};

TEST(Corridor, IsKeptWhereAllThatCanHaveBeenFlownLiesWithinItsWidth) {
  const Flown flown;
  const terms::Area area = small::area("A-1", small::square(36, 35, 0.2));
  const incidents::Heights heights(flown.track, flown.air);
  const auto route_at = [](double latitude) {
    return std::vector<quantities::Point>{*quantities::point_from_degrees(35.9, latitude),
                                          *quantities::point_from_degrees(36.3, latitude)};
  };
  const struct {
    const char* name;
    double route_latitude;
    Answer answer;
  } cases[] = {
      {"along it", 35.1, Answer::yes},
      {"four kilometres off", 35.064, Answer::yes},
      {"about as far as it is wide", 35.055, Answer::unknown},
      {"six kilometres off", 35.046, Answer::no},
  };
  terms::Exception e = small::medical();
  e.corridor = quantities::kilometres(5);
  for (const auto& each : cases) {
    SCOPED_TRACE(each.name);
    Ledger ledger{{small::notice()}, {}};
    ledger.notices[0].route = route_at(each.route_latitude);
    const auto matches =
        match(e, ledger, subject, &flown.track, &heights, area, after(0), after(200));
    ASSERT_EQ(matches.notices.size(), 1u);
    EXPECT_EQ(matches.notices[0].corridor.over({after(100), after(100)}), each.answer);
  }
  Ledger no_route{{small::notice()}, {}};
  const auto matches =
      match(e, no_route, subject, &flown.track, &heights, area, after(0), after(200));
  EXPECT_EQ(matches.notices[0].corridor.over({after(100), after(100)}), Answer::unknown);
}

TEST(AltitudeBand, ComparesOnlyOnItsOwnReference) {
  const Flown flown;
  const terms::Area area = small::area("A-1", small::square(36, 35, 0.2));
  const incidents::Heights heights(flown.track, flown.air);
  const struct {
    const char* name;
    double lowest, highest;
    const char* reference;
    Answer answer;
  } cases[] = {
      {"within", 2'000, 4'000, "pressure", Answer::yes},
      {"the ends belong", 2'950, 3'050, "pressure", Answer::yes},
      {"too high", 1'000, 2'900, "pressure", Answer::no},
      {"too low", 3'100, 9'000, "pressure", Answer::no},
      {"within its error of the end", 1'000, 3'000, "pressure", Answer::unknown},
      {"above ground, of which nothing is known", 2'000, 4'000, "agl", Answer::unknown},
  };
  terms::Exception e = small::medical();
  e.altitude_band = true;
  for (const auto& each : cases) {
    SCOPED_TRACE(each.name);
    Ledger ledger{{small::notice()}, {}};
    ledger.notices[0].lowest = quantities::feet(each.lowest);
    ledger.notices[0].highest = quantities::feet(each.highest);
    ledger.notices[0].height_reference = each.reference;
    const auto matches =
        match(e, ledger, subject, &flown.track, &heights, area, after(0), after(200));
    EXPECT_EQ(matches.notices.at(0).heights.over({after(100), after(100)}), each.answer);
  }
}

// Where no notice covers it, that is "no" only while one declared period holds all of the question.
TEST(Ledger, SettlesAMissingNoticeOnlyWhereItIsDeclaredComplete) {
  const terms::Exception e = small::medical();
  const ExceptionMatches none{&e, {}};
  const incidents::Piece piece{after(50), after(60)};
  const TimeBounds entry{after(40), after(45)};
  const struct {
    const char* name;
    std::vector<quantities::Period> complete;
    Answer covered;
  } cases[] = {
      {"never", {}, Answer::unknown},
      {"all day", {{after(-1'000), after(1'000)}}, Answer::no},
      {"until the middle of the piece", {{after(-1'000), after(55)}}, Answer::unknown},
      {"its end does not belong", {{after(-1'000), after(60)}}, Answer::unknown},
      {"from after the entry", {{after(46), after(1'000)}}, Answer::unknown},
      {"with a hole between", {{after(0), after(52)}, {after(58), after(100)}}, Answer::unknown},
  };
  for (const auto& each : cases) {
    SCOPED_TRACE(each.name);
    const Ledger ledger{{}, each.complete};
    EXPECT_EQ(quick_answer_for(none, {}, ledger, entry, piece), each.covered);
    EXPECT_EQ(answer_for(none, ledger, entry, piece, "4.1").answer, each.covered);
  }
  terms::Exception free = small::medical();
  free.notice = {NoticeNeed::Kind::none, {}, ""};
  EXPECT_EQ(quick_answer_for({&free, {}}, {}, complete, entry, piece), Answer::unknown)
      << "where no notice is asked for, the ledger cannot tell";
}

// The tree of an exception: its answer is that of the strongest notice, and each failed condition
// says why.
TEST(AnExceptionThatFails, SaysWhichConditionFailedAndWhy) {
  const terms::Exception e = small::medical();
  Ledger ledger = complete;
  ledger.notices = {small::notice(), small::notice()};
  ledger.notices[0].steps = {{Kind::notified, after(-3'600), ""},
                             {Kind::acknowledged, after(-60), "us"}};
  ledger.notices[1].id = "N-2";
  ledger.notices[1].steps.resize(1);
  const terms::Area area = small::area("A-1", small::square(36, 35, 0.2));
  const auto matches = match(e, ledger, subject, nullptr, nullptr, area, after(0), after(200));
  const Reason r =
      answer_for(matches, ledger, {after(50), after(50)}, {after(60), after(70)}, "4.1");
  EXPECT_EQ(r.answer, Answer::no);
  ASSERT_EQ(r.parts.size(), 3u) << "two notices, and whether there may be another";
  const auto failed = [](const Reason& notice) {
    std::vector<std::string> causes;
    for (const Reason& part : notice.parts)
      if (part.answer == Answer::no) causes.push_back(part.question + " " + part.because);
    return causes;
  };
  ASSERT_EQ(failed(r.parts[0]).size(), 1u);
  EXPECT_TRUE(small::any_contains(failed(r.parts[0]), "was the notice in time?"));
  EXPECT_TRUE(small::any_contains(failed(r.parts[0]), "2 h before"));
  ASSERT_EQ(failed(r.parts[1]).size(), 1u);
  EXPECT_TRUE(small::any_contains(failed(r.parts[1]), "was it acknowledged?"));
}

// A call sign counts for the flight that sent it, not for others of the same aircraft.
TEST(CallSigns, AreThoseOfTheFlight) {
  small::Case c;
  c.agreed.rules[0].exceptions = {small::medical()};
  c.seen = small::observations_without_positions();
  c.seen.ledger = complete;
  c.seen.ledger.notices = {small::notice()};
  c.seen.ledger.notices[0].addresses.clear();
  c.seen.ledger.notices[0].call_signs = {"MED01"};
  for (std::uint32_t post : {0u, 1u}) {
    small::add_flight(c.seen, post, 0, 200, 5'000, "RAID7");
    auto r = small::report(post, -7'200, 35.5, 35.1);  // two hours earlier, elsewhere
    r.call_sign = "MED01";
    r.evidence.record = 1'000;
    c.seen.positions.add(r);
  }
  const auto findings = small::findings_of(c);
  ASSERT_EQ(findings.size(), 1u);
  EXPECT_EQ(findings[0].verdict, Verdict::violation);
}

}  // namespace
}  // namespace truce::findings
