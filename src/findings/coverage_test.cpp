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

// What was heard while the rule did not hold says nothing of what it forbids.
TEST(Compliant, RestsOnTheHoursOfTheRuleAlone) {
  Case c = watched_day(0.9);
  c.agreed.rules[0].when = {{{}, 20 * 3'600, 4 * 3'600, {}, {}}};
  EXPECT_EQ(first_line(c).verdict, Verdict::compliant);
  EXPECT_NEAR(first_line(c).coverage, 0.9, 1e-9);
  // Silent from midnight to two: a twelfth of the day, but a quarter of the night.
  Case silent = c;
  silent.seen = watched_day(0.9).seen;
  observations::Positions kept;
  for (std::size_t row = 0; row < c.seen.positions.size(); ++row) {
    const Instant t{c.seen.positions.at[row]};
    if (t < at("2016-03-02T00:00:00Z") || t >= at("2016-03-02T02:00:00Z"))
      kept.add(c.seen.positions.row(row));
  }
  silent.seen.positions = std::move(kept);
  EXPECT_EQ(first_line(silent).verdict, Verdict::not_observed);
  EXPECT_NEAR(first_line(silent).coverage, 0.9 * 0.75, 1e-9);
  silent.agreed.rules[0].when.clear();
  EXPECT_NEAR(first_line(silent).coverage, 0.9 * 11 / 12, 1e-9);
  // Of a rule that held for the last quarter of an hour only, three slots count.
  c.agreed.rules[0].when.clear();
  c.agreed.rules[0].valid.from = after(86'400 - 900);
  c.seen.restrictions.push_back(small::jamming(86'400 - 300, 86'400));
  EXPECT_NEAR(first_line(c).coverage, 0.9 * 2 / 3, 1e-9);
  EXPECT_NEAR(first_line(c).restricted, 1.0 / 3, 1e-9);
}

TEST(Compliant, IsNobodyOnADayOnWhichTheRuleDidNotHoldOrBoundNobody) {
  Case c = watched_day(0.9);
  c.agreed.rules[0].when = {
      {{6}, 0, 86'400, {}, {}}};  // Sundays; the rows are of a Tuesday and Wednesday
  EXPECT_TRUE(assess(c.agreed, c.seen, {})->coverage.empty());
  c = watched_day(0.9);
  c.agreed.parties[0].accession = {after(86'400), ""};
  EXPECT_TRUE(assess(c.agreed, c.seen, {})->coverage.empty());
  c.agreed.parties[0].accession = {after(86'400 - 600), ""};
  EXPECT_NEAR(first_line(c).coverage, 0.9, 1e-9);
  c.agreed.parties[0].outside = true;
  EXPECT_TRUE(assess(c.agreed, c.seen, {})->coverage.empty());
}

// A radar that sees nothing below FL100 sees all of what is forbidden above that, and nothing of
// what is forbidden below.
TEST(Compliant, RestsOnTheHeightsOfTheRuleAlone) {
  Case c = watched_day(0.9);
  c.seen.sources.declared[0].coverage.lowest = quantities::feet(10'000);
  EXPECT_NEAR(first_line(c).coverage, 0.9 * 2 / 3, 1e-9);
  const auto limit = [](terms::Reference reference, double of_feet) {
    return terms::Limit{reference, quantities::feet(of_feet), "?"};
  };
  c.agreed.rules[0].below = limit(terms::Reference::pressure, 9'000);
  EXPECT_EQ(first_line(c).coverage, 0);
  c.agreed.rules[0].below.reset();
  c.agreed.rules[0].above = limit(terms::Reference::pressure, 10'000);
  EXPECT_NEAR(first_line(c).coverage, 0.9, 1e-9);
  // 10,500 ft above the sea may be FL95, where the pressure is as high as is declared possible.
  c.agreed.atmosphere.sea_level_least = quantities::feet(-990);
  c.agreed.atmosphere.sea_level_most = quantities::feet(1'770);
  c.agreed.rules[0].above = limit(terms::Reference::mean_sea_level, 10'500);
  EXPECT_NEAR(first_line(c).coverage, 0.9 * 2 / 3, 1e-9);
  c.agreed.rules[0].above = limit(terms::Reference::mean_sea_level, 14'000);
  EXPECT_NEAR(first_line(c).coverage, 0.9, 1e-9);
  // 500 ft above ground of which nothing is known may lie anywhere: the worst choice stands.
  c.agreed.rules[0].above.reset();
  c.agreed.rules[0].below = limit(terms::Reference::ground, 500);
  EXPECT_EQ(first_line(c).coverage, 0);
  c.agreed.areas[0].terrain = {quantities::metres(3'900), quantities::metres(4'000)};
  EXPECT_NEAR(first_line(c).coverage, 0.9 / 2, 1e-9) << "the ground itself reaches the lowest";
  c.agreed.areas[0].floor = limit(terms::Reference::ground, 0);
  EXPECT_NEAR(first_line(c).coverage, 0.9, 1e-9);
}

// A rule that holds from midnight, broken by a clock that is slow: the day before has a line for
// what was found.
TEST(Coverage, HasALineForWhatWasFoundOnADayOnWhichTheRuleDidNotHold) {
  Case c;
  c.agreed.counting.cut_off_second = 12 * 3'600 + 100;  // in the middle of the overflight
  c.agreed.rules[0].valid.from = after(100);
  for (observations::Source& source : c.seen.sources.declared)
    source.bounds.time = quantities::seconds(20);
  const Findings all = *assess(c.agreed, c.seen, {});
  ASSERT_EQ(all.findings.size(), 1u);
  ASSERT_EQ(all.coverage.size(), 2u);
  EXPECT_EQ(all.coverage[0].findings + all.coverage[1].findings, 1);
  for (const CoverageLine& line : all.coverage) EXPECT_EQ(line.verdict, all.findings[0].verdict);
}

// Five minutes during which a restriction held for a moment were not watched.
TEST(Restrictions, TakeAwayTheSlotsTheyTouch) {
  const auto with_jamming = [](std::int64_t from, std::int64_t until) {
    Case c = watched_day(1);
    c.seen.restrictions.push_back(small::jamming(from, until));
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

// The cell of the area has its middle at 36.125 E 35.125 N, and corners 18.0 km from there.
TEST(Coverage, IsOnlyOfCellsThatLieWhollyInTheReachAndNowhereInARestriction) {
  Case c = watched_day(1);
  auto& reach = c.seen.sources.declared[0].coverage;
  reach.centre = *quantities::point_from_degrees(36.125, 35.125);
  reach.radius = quantities::kilometres(17);
  EXPECT_EQ(first_line(c).coverage, 0);
  reach.radius = quantities::kilometres(19);
  EXPECT_EQ(first_line(c).coverage, 1);
  reach.radius.reset();
  const auto with_jamming_of = [&](double kilometres) {
    Case jammed = c;
    observations::Restriction& jamming =
        jammed.seen.restrictions.emplace_back(small::jamming(0, 43'200));
    jamming.centre = quantities::point_from_degrees(36.5, 35.125);
    jamming.radius = quantities::kilometres(kilometres);
    return first_line(jammed);
  };
  // 34.2 km from middle to middle.
  EXPECT_EQ(with_jamming_of(15).coverage, 1);
  EXPECT_EQ(with_jamming_of(15).restricted, 0);
  EXPECT_NEAR(with_jamming_of(18).coverage, 0.5, 1e-9);
  EXPECT_NEAR(with_jamming_of(18).restricted, 0.5, 1e-9);
}

// An area across two cells, of which one is out of reach: half of it was watched, wherever the
// middles of the cells lie.
TEST(Coverage, IsOfAllCellsThatTheAreaReachesInto) {
  Case c = watched_day(1);
  c.agreed.areas[0] = small::area("A-1", small::square(36.2, 35.01, 0.08));
  auto& reach = c.seen.sources.declared[0].coverage;
  reach.centre = *quantities::point_from_degrees(36.0, 35.125);
  reach.radius = quantities::kilometres(35);
  EXPECT_NEAR(first_line(c).coverage, 0.5, 1e-9);
}

}  // namespace
}  // namespace truce::findings
