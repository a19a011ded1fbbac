#include "terms/agreement.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "terms/time_zone.h"

namespace truce::terms {
namespace {

using quantities::Date;
using quantities::hours;
using quantities::instant_from;
using quantities::minutes;
using quantities::seconds;

Instant at(std::string_view text) {
  return instant_from(text).value();
}

Agreement in_zone(std::string_view zone) {
  Agreement agreement;
  agreement.time_zone = std::string(zone);
  agreement.zone_offsets = zone_offsets(zone).value();
  return agreement;
}

Window from_until(int from_hour, int until_hour) {
  Window window;
  window.from_second = from_hour * 3600;
  window.until_second = until_hour * 3600;
  return window;
}

std::vector<std::string> told(const std::vector<Period>& periods) {
  std::vector<std::string> all;
  for (const Period& p : periods) all.push_back(rfc3339(p.from) + " " + rfc3339(p.until));
  return all;
}

using Told = std::vector<std::string>;

TEST(PeriodsOf, NoWindowMeansAtAllTimes) {
  const Period within{at("2016-03-01T00:00:00Z"), at("2016-03-02T00:00:00Z")};
  EXPECT_EQ(periods_of(Agreement{}, {}, within), std::vector{within});
  EXPECT_TRUE(periods_of(Agreement{}, {}, {within.until, within.from}).empty());
  EXPECT_TRUE(periods_of(Agreement{}, {Window{}}, {within.from, within.from}).empty());
}

TEST(PeriodsOf, HoursOfTheLocalDay) {
  const Agreement damascus = in_zone("Asia/Damascus");  // two hours east in winter
  EXPECT_EQ(told(periods_of(damascus, {from_until(8, 12)},
                            {at("2016-03-01T00:00:00Z"), at("2016-03-03T00:00:00Z")})),
            (Told{"2016-03-01T06:00:00Z 2016-03-01T10:00:00Z",
                  "2016-03-02T06:00:00Z 2016-03-02T10:00:00Z"}));
}

TEST(PeriodsOf, CutByTheStretchThatIsAskedAbout) {
  EXPECT_EQ(told(periods_of(Agreement{}, {from_until(8, 12)},
                            {at("2016-03-01T09:00:00Z"), at("2016-03-01T11:30:00Z")})),
            Told{"2016-03-01T09:00:00Z 2016-03-01T11:30:00Z"});
}

TEST(PeriodsOf, AcrossMidnightTheDayIsTheOneOnWhichItBegins) {
  Window night = from_until(22, 4);
  night.weekdays = {4};  // Friday: 2016-03-04
  EXPECT_EQ(told(periods_of(Agreement{}, {night},
                            {at("2016-02-29T00:00:00Z"), at("2016-03-08T00:00:00Z")})),
            Told{"2016-03-04T22:00:00Z 2016-03-05T04:00:00Z"});
  EXPECT_EQ(told(periods_of(Agreement{}, {night},
                            {at("2016-03-05T00:00:00Z"), at("2016-03-08T00:00:00Z")})),
            Told{"2016-03-05T00:00:00Z 2016-03-05T04:00:00Z"});
}

TEST(PeriodsOf, WholeDaysOfTheWeekAreJoined) {
  Window weekend;
  weekend.weekdays = {5, 6};
  EXPECT_EQ(told(periods_of(Agreement{}, {weekend},
                            {at("2016-02-29T00:00:00Z"), at("2016-03-14T00:00:00Z")})),
            (Told{"2016-03-05T00:00:00Z 2016-03-07T00:00:00Z",
                  "2016-03-12T00:00:00Z 2016-03-14T00:00:00Z"}));
}

TEST(PeriodsOf, FirstAndLastDayAreIncluded) {
  Window window = from_until(8, 9);
  window.first_day = Date{2016, 3, 2};
  window.last_day = Date{2016, 3, 3};
  EXPECT_EQ(told(periods_of(Agreement{}, {window},
                            {at("2016-01-01T00:00:00Z"), at("2017-01-01T00:00:00Z")})),
            (Told{"2016-03-02T08:00:00Z 2016-03-02T09:00:00Z",
                  "2016-03-03T08:00:00Z 2016-03-03T09:00:00Z"}));
}

TEST(PeriodsOf, OverlappingAndTouchingWindowsAreOne) {
  EXPECT_EQ(told(periods_of(Agreement{}, {from_until(10, 12), from_until(8, 10), from_until(9, 11)},
                            {at("2016-03-01T00:00:00Z"), at("2016-03-02T00:00:00Z")})),
            Told{"2016-03-01T08:00:00Z 2016-03-01T12:00:00Z"});
}

// Zurich 2024: clocks go from 02:00 to 03:00 on 31 March and from 03:00 back to 02:00 on
// 27 October.
TEST(PeriodsOf, LocalTimesThatDoNotOccurArePassedOver) {
  const Agreement zurich = in_zone("Europe/Zurich");
  const Period day{at("2024-03-31T00:00:00Z"), at("2024-03-31T12:00:00Z")};
  EXPECT_TRUE(periods_of(zurich, {from_until(2, 3)}, day).empty());
  EXPECT_EQ(told(periods_of(zurich, {from_until(1, 4)}, day)),
            Told{"2024-03-31T00:00:00Z 2024-03-31T02:00:00Z"});
}

TEST(PeriodsOf, LocalTimesThatOccurTwiceAreInsideBothTimes) {
  const Agreement zurich = in_zone("Europe/Zurich");
  Window half = from_until(2, 3);
  half.until_second = 2 * 3600 + 1800;
  const Period night{at("2024-10-26T20:00:00Z"), at("2024-10-27T12:00:00Z")};
  EXPECT_EQ(told(periods_of(zurich, {half}, night)),
            (Told{"2024-10-27T00:00:00Z 2024-10-27T00:30:00Z",
                  "2024-10-27T01:00:00Z 2024-10-27T01:30:00Z"}));
  EXPECT_EQ(told(periods_of(zurich, {from_until(2, 3)}, night)),
            Told{"2024-10-27T00:00:00Z 2024-10-27T02:00:00Z"});
}

TEST(PeriodsOf, TheWholeRangeOfYearsIsBoundedWork) {
  const auto periods = periods_of(in_zone("Asia/Damascus"), {from_until(8, 12)}, Period{});
  EXPECT_GT(periods.size(), 109'000u);
  EXPECT_LT(periods.size(), 110'000u);
}

// What the windows mean, asked of one instant.
bool inside(const Agreement& agreement, const Window& window, Instant t) {
  const std::int64_t local = (t + seconds(seconds_east_at(agreement, t))).microseconds;
  const std::int64_t day_us = 86'400'000'000;
  const std::int64_t day = local / day_us;
  const std::int64_t second = local % day_us / 1'000'000;
  const auto begins_on = [&](std::int64_t d) {
    const auto date = quantities::date_from_days(d);
    if (window.first_day && date < *window.first_day) return false;
    if (window.last_day && date > *window.last_day) return false;
    if (window.weekdays.empty()) return true;
    for (int w : window.weekdays)
      if (w == quantities::weekday(date)) return true;
    return false;
  };
  if (window.from_second <= window.until_second)
    return begins_on(day) && window.from_second <= second && second < window.until_second;
  return (begins_on(day) && window.from_second <= second) ||
         (begins_on(day - 1) && second < window.until_second);
}

RC_GTEST_PROP(PeriodsOf, AgreesWithAskingInstantByInstant, ()) {
  static const std::vector<Agreement> zones = {in_zone("Europe/Zurich"), in_zone("Asia/Damascus"),
                                               in_zone("Australia/Lord_Howe"), Agreement{}};
  const Agreement& agreement = zones[*rc::gen::inRange<std::size_t>(0, zones.size())];
  std::vector<Window> windows;
  const int count = *rc::gen::inRange(1, 4);
  for (int i = 0; i < count; ++i) {
    Window w;
    w.from_second = *rc::gen::inRange(0, 24) * 3600 + *rc::gen::element(0, 1800, 61);
    w.until_second = *rc::gen::inRange(1, 25) * 3600;
    for (int day = 0; day < 7; ++day)
      if (*rc::gen::arbitrary<bool>()) w.weekdays.push_back(day);
    if (*rc::gen::arbitrary<bool>()) w.first_day = Date{2016, 3, *rc::gen::inRange(1, 32)};
    if (*rc::gen::arbitrary<bool>()) w.last_day = Date{2016, 10, *rc::gen::inRange(1, 32)};
    windows.push_back(w);
  }
  const Instant from = at("2016-03-20T00:00:00Z") + hours(*rc::gen::inRange(0, 24 * 250));
  const Period within{from, from + hours(*rc::gen::inRange(1, 100))};
  const auto periods = periods_of(agreement, windows, within);
  for (std::size_t i = 0; i + 1 < periods.size(); ++i)
    RC_ASSERT(periods[i].until < periods[i + 1].from);
  for (Instant t = within.from - hours(1); t < within.until + hours(1); t = t + minutes(10)) {
    for (Instant moment : {t, t + seconds(60), t + seconds(61)}) {
      bool expected = false;
      for (const Window& w : windows) expected = expected || inside(agreement, w, moment);
      bool found = false;
      for (const Period& p : periods) found = found || p.contains(moment);
      RC_ASSERT(found == (expected && within.contains(moment)));
    }
  }
}

TEST(SecondsEastAt, TheFirstEntryHoldsForAllTimeBefore) {
  Agreement agreement;
  EXPECT_EQ(seconds_east_at(agreement, at("2016-01-01T00:00:00Z")), 0);
  agreement.zone_offsets = {{at("2016-03-25T00:00:00Z"), 7200}, {at("2016-10-28T00:00:00Z"), 3600}};
  EXPECT_EQ(seconds_east_at(agreement, at("1950-01-01T00:00:00Z")), 7200);
  EXPECT_EQ(seconds_east_at(agreement, at("2016-10-27T23:59:59Z")), 7200);
  EXPECT_EQ(seconds_east_at(agreement, at("2016-10-28T00:00:00Z")), 3600);
}

TEST(Agreement, CoversByIdOrByGrade) {
  FlightRule rule;
  rule.areas = {"A-01"};
  rule.grades = {"mixed"};
  Area area;
  area.id = "A-01";
  area.grade = "other";
  EXPECT_TRUE(Agreement::covers(rule, area));
  area.id = "A-02";
  EXPECT_FALSE(Agreement::covers(rule, area));
  area.grade = "mixed";
  EXPECT_TRUE(Agreement::covers(rule, area));
}

TEST(Agreement, FindsItsParties) {
  Agreement agreement;
  for (const char* id : {"government", "opposition"}) agreement.parties.emplace_back().id = id;
  ASSERT_NE(agreement.party("opposition"), nullptr);
  EXPECT_EQ(agreement.party("opposition")->id, "opposition");
  EXPECT_EQ(agreement.party("us"), nullptr);
}

}  // namespace
}  // namespace truce::terms
