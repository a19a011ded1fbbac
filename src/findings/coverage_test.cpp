#include "findings/coverage.h"

#include <gtest/gtest.h>

#include "findings/small_test_case.h"

namespace truce::findings {
namespace {

using quantities::Date;
using small::after;
using small::at;
using small::Case;

TEST(Days, BeginAtTheCutOffHourInTheZoneOfTheAgreement) {
  const struct {
    const char* moment;
    std::int32_t cut_off, seconds_east;
    Date day;
  } cases[] = {
      {"2016-03-01T00:00:00Z", 0, 0, {2016, 3, 1}},
      {"2016-02-29T23:59:59.999999Z", 0, 0, {2016, 2, 29}},
      {"2016-03-01T05:59:59Z", 6 * 3'600, 0, {2016, 2, 29}},
      {"2016-03-01T06:00:00Z", 6 * 3'600, 0, {2016, 3, 1}},
      {"2016-02-29T22:00:00Z", 0, 7'200, {2016, 3, 1}},
      {"2016-03-01T04:00:00Z", 6 * 3'600, 7'200, {2016, 3, 1}},
      {"2016-03-01T03:59:59Z", 6 * 3'600, 7'200, {2016, 2, 29}},
  };
  for (const auto& each : cases) {
    SCOPED_TRACE(each.moment);
    terms::Agreement a;
    a.counting.cut_off_second = each.cut_off;
    a.zone_offsets = {{quantities::earliest_instant, each.seconds_east}};
    EXPECT_EQ(day_of(a, at(each.moment)), each.day);
    EXPECT_EQ(day_of(a, start_of(a, each.day)), each.day);
    EXPECT_LT(day_of(a, start_of(a, each.day) - quantities::microseconds(1)), each.day);
  }
}

// Damascus put its clocks forward at midnight of 25 March 2016: that day has 23 hours.
TEST(Days, AreAsLongAsTheClocksMakeThem) {
  terms::Agreement a;
  a.zone_offsets = {{quantities::earliest_instant, 7'200}, {at("2016-03-24T22:00:00Z"), 10'800}};
  EXPECT_EQ(start_of(a, {2016, 3, 24}), at("2016-03-23T22:00:00Z"));
  EXPECT_EQ(start_of(a, {2016, 3, 26}) - start_of(a, {2016, 3, 25}), quantities::hours(23));
}

// A radar that hears everything, all day, and shows nine acts of ten: a row in every five minutes
// from an aircraft far away.
Case watched_day(double share) {
  Case c;
  c.agreed.counting.cut_off_second = 12 * 3'600;  // the day begins at noon, when the rows begin
  c.seen = small::observations_without_positions();
  c.seen.sources.declared[0].coverage.share = share;
  c.seen.sources.declared[0].coverage.heartbeat = true;
  for (std::int64_t s = 0; s < 86'400; s += 300) {
    auto r = small::report(0, s, 40, 40);
    r.address = {0x3c6444};
    c.seen.positions.add(r);
  }
  return c;
}

CoverageLine first_line(const Case& c) {
  return assess(c.agreed, c.seen, {})->coverage.at(0);
}

TEST(Compliant, NeedsTheDeclaredShareAndNothingFound) {
  EXPECT_EQ(first_line(watched_day(0.9)).verdict, Verdict::compliant);
  EXPECT_NEAR(first_line(watched_day(0.9)).coverage, 0.9, 1e-9);
  EXPECT_EQ(first_line(watched_day(0.8)).verdict, Verdict::compliant) << "the threshold belongs";
  EXPECT_EQ(first_line(watched_day(0.79)).verdict, Verdict::not_observed);
  const CoverageLine deaf = first_line(watched_day(0));
  EXPECT_EQ(deaf.verdict, Verdict::not_observed) << "what is heard says nothing of dark sorties";
  EXPECT_EQ(deaf.heard, 1);
  EXPECT_EQ(deaf.coverage, 0);
}

TEST(Compliant, IsNoDayOnWhichSomethingWasFound) {
  Case c = watched_day(0.9);
  small::add_flight(c.seen, 0, 0, 200);
  CoverageLine line = first_line(c);
  EXPECT_EQ(line.verdict, Verdict::possible);
  EXPECT_EQ(line.findings, 1);
  small::add_flight(c.seen, 1, 0, 200);
  EXPECT_EQ(first_line(c).verdict, Verdict::violation);
  // What is excepted leaves a day compliant.
  c.agreed.rules[0].exceptions = {small::medical()};
  c.seen.ledger.notices = {small::notice()};
  line = first_line(c);
  EXPECT_EQ(line.verdict, Verdict::compliant);
  EXPECT_EQ(line.findings, 0);
}

// Entered on one day and left on the next: counted once, but neither day was quiet.
TEST(Compliant, IsNoDayOnWhichAnEarlierOverflightStillLasted) {
  Case c = watched_day(0.9);
  for (std::int64_t s = 86'400; s < 2 * 86'400; s += 300) {
    auto r = small::report(0, s, 40, 40);
    r.address = {0x3c6444};
    c.seen.positions.add(r);
  }
  for (std::uint32_t post : {0u, 1u})  // over the middle of the area across noon of the second day
    for (std::int64_t s = 86'400 - 100; s <= 86'400 + 100; s += 10) {
      auto r = small::report(post, s, 36.1 + 1e-5 * static_cast<double>(s - 86'400), 35.1);
      c.seen.positions.add(r);
    }
  const Findings all = *assess(c.agreed, c.seen, {});
  ASSERT_EQ(all.findings.size(), 1u);
  ASSERT_EQ(all.coverage.size(), 2u);
  EXPECT_EQ(all.coverage[0].verdict, Verdict::violation);
  EXPECT_EQ(all.coverage[1].verdict, Verdict::violation);
  EXPECT_EQ(all.coverage[0].findings + all.coverage[1].findings, 1);
}

// Five minutes during which a restriction held for a moment were not watched.
TEST(Restrictions, TakeAwayTheSlotsTheyTouch) {
  const auto with_jamming = [](std::int64_t from, std::int64_t until) {
    Case c = watched_day(1);
    c.seen.restrictions.push_back({.id = "r",
                                   .kind = observations::Restriction::Kind::jamming,
                                   .when = {after(from), after(until)},
                                   .centre = {},
                                   .radius = {},
                                   .sources = {},
                                   .by = "",
                                   .text = "",
                                   .where = ""});
    return first_line(c);
  };
  EXPECT_EQ(with_jamming(-600, 0).coverage, 1) << "its end does not belong";
  EXPECT_NEAR(with_jamming(0, 43'200).coverage, 0.5, 1e-9);
  EXPECT_NEAR(with_jamming(0, 43'200).restricted, 0.5, 1e-9);
  EXPECT_NEAR(with_jamming(100, 200).coverage, 287.0 / 288, 1e-9);
  EXPECT_NEAR(with_jamming(299, 301).coverage, 286.0 / 288, 1e-9);
}

TEST(Coverage, IsOnlyOfBandsAndPlacesThatTheSourceReaches) {
  Case c = watched_day(1);
  auto& reach = c.seen.sources.declared[0].coverage;
  reach.centre = *quantities::point_from_degrees(36.1, 35.1);
  reach.radius = quantities::kilometres(100);
  EXPECT_EQ(first_line(c).coverage, 1);
  reach.lowest = quantities::feet(5'000);  // the lowest of three bands is not wholly seen
  EXPECT_NEAR(first_line(c).coverage, 2.0 / 3, 1e-9);
  reach.lowest.reset();
  reach.centre = *quantities::point_from_degrees(40, 40);
  EXPECT_EQ(first_line(c).coverage, 0);
}

}  // namespace
}  // namespace truce::findings
