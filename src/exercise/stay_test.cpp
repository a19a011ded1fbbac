#include "exercise/stay.h"

#include <gtest/gtest.h>

#include <cmath>

namespace truce::exercise {
namespace {

using quantities::hours;
using quantities::minutes;
using quantities::seconds;

// One square area around 36 N 36 E, some 22 km by 18 km, and one rule.
Theatre square_theatre() {
  Theatre theatre;
  theatre.in_force = *quantities::instant_from("2016-02-27T00:00:00Z");
  theatre.seconds_east = {{quantities::earliest_instant, 7'200}};
  TheatreArea area;
  area.id = "square";
  area.outline = {{{{{359'000'000, 359'000'000},
                     {361'000'000, 359'000'000},
                     {361'000'000, 361'000'000},
                     {359'000'000, 361'000'000}},
                    {}}}};
  area.ceiling = {TheatreHeight::Above::sea_level, 6'000};
  theatre.areas.push_back(area);
  TheatreRule rule;
  rule.id = "1";
  rule.by = {"government"};
  rule.areas = {"square"};
  rule.exceptions.push_back({"medical", "medical evacuation",
                             TheatreException::NoticeBy::lead_before_entry, hours(2), true, 5'000,
                             minutes(10)});
  theatre.rules.push_back(rule);
  return theatre;
}

// West to east through the middle of the square at 100 m/s or so.
Track through_the_middle(Instant start, double height_m) {
  FlightPlan plan;
  plan.start = start;
  plan.waypoints = {{{36.0, 35.7}, height_m}, {{36.0, 36.3}, height_m}};
  return Track::flown(plan);
}

const Instant morning = *quantities::instant_from("2016-02-27T08:00:00Z");
const Flyer government{"government", true, false, "778001"};

NoticePaper good_paper(const Stay& stay) {
  NoticePaper paper;
  paper.id = "N-1";
  paper.purpose = "medical evacuation";
  paper.address = "778001";
  paper.from = stay.entry - minutes(30);
  paper.until = stay.exit + minutes(30);
  paper.route = {{36.0, 35.7}, {36.0, 36.3}};
  paper.notified = stay.entry - hours(3);
  paper.acknowledged = stay.entry - hours(1);
  return paper;
}

TEST(Stay, BeginsAndEndsAtTheOutline) {
  const Theatre theatre = square_theatre();
  const Track track = through_the_middle(morning, 3'000);
  const auto stays = stays_of(track, theatre.rules[0], theatre, {});
  ASSERT_EQ(stays.size(), 1u);
  EXPECT_EQ(stays[0].areas, std::vector<std::string>{"square"});
  EXPECT_NEAR(track.at(stays[0].entry).place.longitude, 35.9, 1e-5);
  EXPECT_NEAR(track.at(stays[0].exit).place.longitude, 36.1, 1e-5);
  EXPECT_FALSE(stays[0].marginal);
  EXPECT_FALSE(stays[0].cut_short);
}

// Through the middle of a square whose sides lie 0.1 degree of latitude, 11.1 km, or of longitude,
// 9.0 km, away.
TEST(Stay, TellsHowDeepAndHowHigh) {
  const Theatre theatre = square_theatre();
  const Stay stay =
      stays_of(through_the_middle(morning, 3'000), theatre.rules[0], theatre, {}).front();
  EXPECT_NEAR(stay.deepest_m, 9'020, 60);
  EXPECT_NEAR(stay.least_height_m, 3'000, 1);
  EXPECT_NEAR(stay.most_height_m, 3'000, 1);
  EXPECT_LE(stay.least_pressure_m, stay.most_pressure_m);
  EXPECT_NEAR(stay.most_pressure_m, Weather{}.pressure_altitude_m(3'000, stay.entry), 100);
}

// That the agreement begins while it is inside ends no stay; only from then on is it forbidden.
TEST(Stay, IsTheSameWhenTheAgreementBegins) {
  Theatre theatre = square_theatre();
  const Track track = through_the_middle(morning, 3'000);
  Stay whole = stays_of(track, theatre.rules[0], theatre, {}).front();
  theatre.in_force = whole.exit - seconds(20);
  Stay stay = stays_of(track, theatre.rules[0], theatre, {}).front();
  EXPECT_EQ(stay.entry, whole.entry);
  EXPECT_EQ(stay.exit, whole.exit);
  judge(stay, government, track, theatre.rules[0], theatre, {}, {});
  EXPECT_NEAR(stay.prohibited_s, 20, 0.6);
}

TEST(Stay, IsNotAboveTheCeiling) {
  const Theatre theatre = square_theatre();
  EXPECT_TRUE(stays_of(through_the_middle(morning, 6'100), theatre.rules[0], theatre, {}).empty());
  EXPECT_EQ(stays_of(through_the_middle(morning, 5'900), theatre.rules[0], theatre, {}).size(), 1u);
}

// The boundary of validity: the area's end does not belong to it.
TEST(Stay, EndsWithTheArea) {
  Theatre theatre = square_theatre();
  const Track track = through_the_middle(morning, 3'000);
  const Stay whole = stays_of(track, theatre.rules[0], theatre, {}).front();
  theatre.areas[0].valid.until = whole.entry + seconds(20);
  const auto stays = stays_of(track, theatre.rules[0], theatre, {});
  ASSERT_EQ(stays.size(), 1u);
  EXPECT_NEAR((stays[0].exit - whole.entry).in_seconds(), 20, 0.002);
}

TEST(Stay, IsJudgedByTheRule) {
  const Theatre theatre = square_theatre();
  const TheatreRule& rule = theatre.rules[0];
  const Track track = through_the_middle(morning, 3'000);
  const Stay stay = stays_of(track, rule, theatre, {}).front();
  const NoticePaper good = good_paper(stay);
  const double whole_s = (stay.exit - stay.entry).in_seconds();
  const auto paper = [&](auto change) {
    NoticePaper changed = good;
    change(changed);
    return std::vector<NoticePaper>{changed};
  };
  const struct {
    const char* name;
    Flyer flyer;
    std::vector<NoticePaper> papers;
    bool prohibited, breach;
    const char* reason;
  } cases[] = {
      {"no notice", government, {}, true, true, "no notice was filed"},
      {"good notice", government, {good}, true, false, "every condition holds"},
      {"another party", {"ru", true, false, "778001"}, {}, false, false, ""},
      {"civil", {"government", false, false, "778001"}, {}, false, false, ""},
      {"on the stroke of the lead", government,
       paper([&](NoticePaper& p) { p.notified = stay.entry - hours(2); }), true, false,
       "every condition holds"},
      {"a millisecond late", government, paper([&](NoticePaper& p) {
         p.notified = stay.entry - hours(2) + quantities::milliseconds(1);
       }),
       true, true, "notified too late"},
      {"not acknowledged", government, paper([](NoticePaper& p) { p.acknowledged.reset(); }), true,
       true, "not acknowledged before entry"},
      {"acknowledged after entry", government,
       paper([&](NoticePaper& p) { p.acknowledged = stay.entry + seconds(1); }), true, true,
       "not acknowledged before entry"},
      {"another airframe", government, paper([](NoticePaper& p) { p.address = "778002"; }), true,
       true, "filed for another airframe"},
      {"another purpose", government, paper([](NoticePaper& p) { p.purpose = "humanitarian"; }),
       true, true, ""},
      {"window overrun", government,
       paper([&](NoticePaper& p) { p.until = stay.entry - minutes(10) + seconds(30); }), true, true,
       "after the notified hours"},
      {"another corridor", government,
       paper([](NoticePaper& p) { p.route = {{36.07, 35.7}, {36.07, 36.3}}; }), true, true,
       "outside the notified corridor"},
  };
  for (const auto& c : cases) {
    SCOPED_TRACE(c.name);
    Stay judged = stay;
    if (!c.papers.empty()) judged.notice = c.papers.front().id;
    judge(judged, c.flyer, track, rule, theatre, {}, c.papers);
    EXPECT_EQ(judged.prohibited(), c.prohibited);
    EXPECT_EQ(judged.breach(), c.breach);
    EXPECT_EQ(judged.exception_reason, c.reason);
    if (c.prohibited) {
      EXPECT_NEAR(judged.prohibited_s, whole_s, 0.01);
    }
  }
}

// An overrun window covers the part of the stay before its end, and the tolerance.
TEST(Stay, IsPartlyExcepted) {
  const Theatre theatre = square_theatre();
  const Track track = through_the_middle(morning, 3'000);
  Stay stay = stays_of(track, theatre.rules[0], theatre, {}).front();
  NoticePaper paper = good_paper(stay);
  paper.until = stay.entry - minutes(10) + seconds(30);
  stay.notice = paper.id;
  judge(stay, government, track, theatre.rules[0], theatre, {}, {paper});
  EXPECT_NEAR(stay.excepted_s, 30, 1);
  EXPECT_TRUE(stay.breach());
}

TEST(Stay, IsForbiddenOnlyInTheHoursAndBelowTheHeightOfTheRule) {
  Theatre theatre = square_theatre();
  TheatreRule& rule = theatre.rules[0];
  const Track track = through_the_middle(morning, 3'000);  // A Saturday, 10:00 in Damascus.
  Stay stay = stays_of(track, rule, theatre, {}).front();
  const double lowest_over_ground = 3'000 - 480;
  const struct {
    const char* name;
    std::vector<TheatreWindow> when;
    std::optional<TheatreHeight> below;
    bool prohibited;
  } cases[] = {
      {"always", {}, {}, true},
      {"on Saturdays", {{{5}, 0, 86'400}}, {}, true},
      {"on Sundays", {{{6}, 0, 86'400}}, {}, false},
      {"in the morning", {{{}, 9 * 3600, 12 * 3600}}, {}, true},
      {"in the afternoon", {{{}, 12 * 3600, 18 * 3600}}, {}, false},
      {"below a height above it", {}, TheatreHeight{TheatreHeight::Above::ground, 2'900}, true},
      {"below a height under it",
       {},
       TheatreHeight{TheatreHeight::Above::ground, lowest_over_ground - 200},
       false},
      {"at the height itself", {}, TheatreHeight{TheatreHeight::Above::sea_level, 3'000}, false},
  };
  for (const auto& c : cases) {
    SCOPED_TRACE(c.name);
    rule.when = c.when;
    rule.below = c.below;
    Stay judged = stay;
    judge(judged, government, track, rule, theatre, {}, {});
    EXPECT_EQ(judged.prohibited(), c.prohibited);
  }
}

}  // namespace
}  // namespace truce::exercise
