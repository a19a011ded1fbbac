#include "quantities/time.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <limits>

namespace truce::quantities {
namespace {

using base::Answer;

const Instant truce_day = *instant_from("2016-02-27T00:00:00Z");

TEST(InstantFrom, ReadsRfc3339) {
  const struct {
    std::string_view text;
    std::optional<Instant> at;
  } cases[] = {
      {"2016-02-27T00:00:00Z", truce_day},
      {"2016-02-27T02:00:00+02:00", truce_day},
      {"2016-02-26 22:30:00-0130", truce_day},
      {"2016-02-27T00:00:00.5Z", truce_day + milliseconds(500)},
      {"2016-02-27T00:00:00.1234569Z", truce_day + microseconds(123'456)},
      {"2016-02-27T00:00Z", truce_day},
      {"1970-01-01T00:00:00Z", Instant{0}},
      {"1969-12-31T23:59:59Z", Instant{-1'000'000}},
      {"2016-02-29T00:00:00Z", truce_day + days(2)},
      {"2015-02-29T00:00:00Z", {}},
      {"2016-02-27T24:00:00Z", {}},
      {"2016-02-27T00:60:00Z", {}},
      {"2016-13-01T00:00:00Z", {}},
      {"2016-02-27T00:00:00", {}},
      {"2016-02-27", {}},
      {"2016-02-27T00:00:00.Z", {}},
      {"2016-02-27T00:00:00Zulu", {}},
      {"2202-01-01T00:00:00Z", {}},
      {"1899-12-31T23:59:59Z", {}},
      {"", {}},
  };
  for (const auto& c : cases) EXPECT_EQ(instant_from(c.text), c.at) << c.text;
}

TEST(UnixSeconds, OutsideTheSpanAreNothing) {
  EXPECT_EQ(instant_from_unix_seconds(0.25), Instant{250'000});
  EXPECT_EQ(instant_from_unix_seconds(-1), Instant{-1'000'000});
  EXPECT_FALSE(instant_from_unix_seconds(1e300));
  EXPECT_FALSE(instant_from_unix_seconds(-1e18));
  EXPECT_FALSE(instant_from_unix_seconds(std::numeric_limits<double>::quiet_NaN()));
  EXPECT_FALSE(instant_from_unix_seconds(1.6e12));  // milliseconds, by mistake
}

// The deadline itself is in time.
TEST(CameBefore, HasThreeAnswers) {
  const auto at = [](int from, int until) {
    return TimeBounds{truce_day + minutes(from), truce_day + minutes(until)};
  };
  EXPECT_EQ(came_before(at(-5, 0), truce_day), Answer::yes);
  EXPECT_EQ(came_before(at(0, 0), truce_day), Answer::yes);
  EXPECT_EQ(came_before(at(0, 1), truce_day), Answer::unknown);
  EXPECT_EQ(came_before(at(1, 5), truce_day), Answer::no);
}

TEST(Period, HoldsItsBeginningAndNotItsEnd) {
  const Period day{truce_day, truce_day + days(1)};
  EXPECT_TRUE(day.contains(truce_day));
  EXPECT_FALSE(day.contains(truce_day + days(1)));
  EXPECT_FALSE(day.contains(truce_day - microseconds(1)));
}

TEST(Dates, FollowTheGregorianCalendar) {
  EXPECT_EQ(days_from({1970, 1, 1}), 0);
  EXPECT_EQ(days_from({2000, 3, 1}) - days_from({2000, 2, 28}), 2);
  EXPECT_EQ(days_from({1900, 3, 1}) - days_from({1900, 2, 28}), 1);
  EXPECT_EQ(weekday({2016, 2, 27}), 5);  // a Saturday
  EXPECT_EQ(weekday({1969, 12, 29}), 0);
  EXPECT_FALSE(is_valid({2016, 2, 30}));
  EXPECT_EQ(date_at(truce_day - seconds(1)), (Date{2016, 2, 26}));
  EXPECT_EQ(date_at(truce_day - seconds(1), 7'200), (Date{2016, 2, 27}));
}

RC_GTEST_PROP(Dates, GoToDaysAndBack, ()) {
  const auto day = *rc::gen::inRange<std::int64_t>(-25'567, 84'006);  // 1900 to 2200
  const Date date = date_from_days(day);
  RC_ASSERT(is_valid(date));
  RC_ASSERT(days_from(date) == day);
  RC_ASSERT(date_from(iso_date(date)) == std::optional(date));
}

RC_GTEST_PROP(Rfc3339, IsReadBackExactly, ()) {
  const Instant t{*rc::gen::inRange(earliest_instant.microseconds, latest_instant.microseconds)};
  RC_ASSERT(instant_from(rfc3339(t)) == std::optional(t));
  const auto coarse = instant_from(rfc3339_milliseconds(t));
  RC_ASSERT(coarse.has_value());
  RC_ASSERT(*coarse <= t);
  RC_ASSERT(t - *coarse < milliseconds(1));
}

TEST(DurationFrom, NeedsAUnitAndNoSign) {
  const struct {
    std::string_view text;
    std::optional<Duration> duration;
  } cases[] = {
      {"90 s", seconds(90)},
      {"30min", minutes(30)},
      {"2 h", hours(2)},
      {"5 days", days(5)},
      {"0.5 h", minutes(30)},
      {"0 s", seconds(0)},
      {"-1 h", {}},
      {"30", {}},
      {"h", {}},
      {"1 fortnight", {}},
      {"", {}},
  };
  for (const auto& c : cases) EXPECT_EQ(duration_from(c.text), c.duration) << c.text;
}

TEST(Times, ArePrintedAsSentencesWantThem) {
  EXPECT_EQ(rfc3339(truce_day + milliseconds(250)), "2016-02-27T00:00:00.25Z");
  EXPECT_EQ(rfc3339_milliseconds(truce_day + milliseconds(250)), "2016-02-27T00:00:00.250Z");
  EXPECT_EQ(clock_text(truce_day + seconds(43'205)), "12:00:05 UTC");
  EXPECT_EQ(date_text({2016, 2, 27}), "27 February 2016");
  EXPECT_EQ(duration_text(seconds(45)), "45 s");
  EXPECT_EQ(duration_text(minutes(12)), "12 min");
  EXPECT_EQ(duration_text(minutes(200)), "3 h 20 min");
}

}  // namespace
}  // namespace truce::quantities
