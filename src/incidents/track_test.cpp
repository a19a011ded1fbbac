#include "incidents/track.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace truce::incidents {
namespace {

using base::Answer;
using observations::Address;
using observations::Mark;
using observations::Observations;
using observations::PositionReport;

constexpr Address plane{0x3c6444};

// One input of one source with a stated bound of 100 m.
Observations empty_case() {
  Observations seen;
  observations::Source source;
  source.id = "post";
  source.origin = "post";
  source.bounds.position = quantities::metres(100);
  seen.sources.declared.push_back(source);
  observations::Input input;
  input.name = "a.csv";
  input.source = "post";
  seen.inputs.push_back(input);
  return seen;
}

PositionReport report(std::int64_t second, double longitude, double latitude) {
  PositionReport r;
  r.at = Instant{} + quantities::seconds(second);
  r.address = plane;
  r.point = *quantities::point_from_degrees(longitude, latitude);
  r.evidence = {0, static_cast<std::uint32_t>(second)};
  return r;
}

TEST(Tracks, AreSortedAndRidOfRepetitions) {
  Observations seen = empty_case();
  for (std::int64_t s : {20, 0, 10, 10, 20})
    seen.positions.add(report(s, 36 + static_cast<double>(s) * 1e-4, 35));
  const auto aircraft = aircraft_of(seen, {});
  ASSERT_EQ(aircraft.size(), 1u);
  EXPECT_EQ(aircraft[0].duplicates, 2u);
  ASSERT_EQ(aircraft[0].tracks.size(), 1u);
  const auto& fixes = aircraft[0].tracks[0].fixes;
  ASSERT_EQ(fixes.size(), 3u);
  EXPECT_TRUE(std::is_sorted(fixes.begin(), fixes.end(),
                             [](const Fix& a, const Fix& b) { return a.at < b.at; }));
}

// Two parties, told apart by nothing but call signs: whose it is rests on which were its own.
TEST(Identity, IsSettledWhereNoCallSignWouldChangeIt) {
  constexpr Address of_no_state{0xf00001};
  const struct {
    const char* name;
    std::vector<std::string> call_signs;
    bool address_is_tied, settled;
    const char* party;
  } cases[] = {
      {"nothing heard", {}, false, true, ""},
      {"by the call sign alone", {"RED1"}, false, false, "red"},
      {"by the address, and so by the call sign", {"RED1"}, true, true, "red"},
      {"a call sign that says nothing", {"SWR12"}, false, true, ""},
      {"by one of two", {"RED1", "SWR12"}, false, false, "red"},
      {"by each and by none", {"RED1", "RED2"}, true, true, "red"},
      {"contradicted already", {"RED1", "BLUE1"}, false, true, ""},
      {"too many to look at", {"RED1", "RED2", "RED3"}, true, false, "red"},
  };
  for (const auto& c : cases) {
    SCOPED_TRACE(c.name);
    Observations seen = empty_case();
    seen.aircraft.add(observations::PartyTies{.party = "red",
                                              .states = {},
                                              .operators = {},
                                              .call_signs = {"RED*"},
                                              .addresses = c.address_is_tied
                                                               ? std::vector<std::string>{"f00001"}
                                                               : std::vector<std::string>{},
                                              .registrations = {},
                                              .types = {}});
    seen.aircraft.add(observations::PartyTies{.party = "blue",
                                              .states = {},
                                              .operators = {},
                                              .call_signs = {"BLUE*"},
                                              .addresses = {},
                                              .registrations = {},
                                              .types = {}});
    std::vector<std::uint32_t> rows;
    for (std::size_t i = 0; i <= c.call_signs.size(); ++i) {
      PositionReport r = report(static_cast<std::int64_t>(i), 36, 35);
      r.address = of_no_state;
      if (i > 0) r.call_sign = c.call_signs[i - 1];
      seen.positions.add(r);
      rows.push_back(static_cast<std::uint32_t>(i));
    }
    const Identity identity = identity_of(seen, seen.positions, rows);
    EXPECT_EQ(identity.address, of_no_state);
    EXPECT_EQ(identity.call_signs, c.call_signs);
    EXPECT_EQ(identity.affiliation.party, c.party);
    EXPECT_EQ(is_settled(identity, seen), c.settled);
    EXPECT_EQ(identity.call_sign_of.front(), 0u);
    EXPECT_EQ(identity.call_sign_of.back(), c.call_signs.size());
  }
}

TEST(Tracks, TakeTheirBoundsFromTheRowThenFromTheSourceAndElseHaveNone) {
  Observations seen = empty_case();
  PositionReport own = report(0, 36, 35), zero = report(10, 36, 35);
  own.containment_cm = 18'600;
  zero.containment_cm = 0;  // rc 0 is unknown, not exact: the source's bound stands in
  seen.positions.add(own);
  seen.positions.add(zero);
  auto fixes = aircraft_of(seen, {})[0].tracks[0].fixes;
  EXPECT_NEAR(fixes[0].error, 186, 0.1);
  EXPECT_NEAR(fixes[1].error, 100, 0.1);
  EXPECT_TRUE(fixes[0].bounded && fixes[1].bounded);
  seen.sources.declared[0].bounds.position.reset();
  fixes = aircraft_of(seen, {})[0].tracks[0].fixes;
  EXPECT_TRUE(fixes[0].bounded);
  EXPECT_FALSE(fixes[1].bounded);
}

TEST(Tracks, EndAtASilenceLongerThanTheAgreementAllows) {
  Observations seen = empty_case();
  for (std::int64_t s : {0, 1800, 3601}) seen.positions.add(report(s, 36, 35));
  const auto tracks = aircraft_of(seen, {})[0].tracks;
  ASSERT_EQ(tracks.size(), 2u);  // half an hour is not longer than half an hour; a second more is
  EXPECT_EQ(tracks[0].fixes.size(), 2u);
}

TEST(Tracks, EndAtALanding) {
  Observations seen = empty_case();
  for (std::int64_t s = 0; s <= 50; s += 10) {
    PositionReport r = report(s, 36, 35);
    if (s == 20 || s == 30) r.set(Mark::on_ground);
    seen.positions.add(r);
  }
  const auto tracks = aircraft_of(seen, {})[0].tracks;
  ASSERT_GE(tracks.size(), 2u);
  EXPECT_TRUE(tracks[0].ends_by_landing);
  EXPECT_TRUE(tracks[1].starts_after_landing);
  EXPECT_EQ(tracks[0].fixes.back().flying, Answer::no);
}

// A jump of 300 km in ten seconds is no flight: the fabricated place belongs to another track, and
// both are doubtful where they meet; the long one is not doubted far away from it.
TEST(Tracks, AreNeverDrawnAcrossAJump) {
  Observations seen = empty_case();
  for (std::int64_t s = 0; s <= 3600; s += 10)
    seen.positions.add(report(s, 36 + static_cast<double>(s) * 2e-5, 35));
  seen.positions.add(report(1805, 39.5, 35));
  const auto aircraft = aircraft_of(seen, {});
  EXPECT_EQ(aircraft[0].jumps, 1u);
  ASSERT_EQ(aircraft[0].tracks.size(), 2u);
  const Track& whole = aircraft[0].tracks[0];
  const Track& spoofed = aircraft[0].tracks[1];
  EXPECT_EQ(spoofed.fixes.size(), 1u);
  EXPECT_TRUE(spoofed.fixes[0].doubtful);
  EXPECT_EQ(whole.fixes.size(), 361u);
  EXPECT_FALSE(whole.fixes.front().doubtful);
  EXPECT_FALSE(whole.fixes.back().doubtful);
  EXPECT_TRUE(whole.fixes[180].doubtful);
  ASSERT_FALSE(whole.doubts.empty());
  EXPECT_NE(whole.doubts[0].text.find("km apart"), std::string::npos);
}

TEST(Tracks, OfTwoAircraftOnOneAddressAreSplitAndDoubted) {
  Observations seen = empty_case();
  for (std::int64_t s = 0; s <= 600; s += 10) {
    seen.positions.add(report(s, 36 + static_cast<double>(s) * 2e-5, 35));
    seen.positions.add(report(s + 5, 42, 37 + static_cast<double>(s) * 2e-5));
  }
  const auto tracks = aircraft_of(seen, {})[0].tracks;
  ASSERT_EQ(tracks.size(), 2u);
  for (const Track& t : tracks)
    EXPECT_TRUE(
        std::all_of(t.fixes.begin(), t.fixes.end(), [](const Fix& f) { return f.doubtful; }));
}

TEST(Tracks, DoNotDependOnTheOrderOfRows) {
  Observations there = empty_case(), back = empty_case();
  std::vector<PositionReport> rows;
  for (std::int64_t s = 0; s <= 600; s += 10) {
    rows.push_back(report(s, 36 + static_cast<double>(s) * 2e-5, 35));
    rows.push_back(report(s, 42, 37));
  }
  for (const auto& r : rows) there.positions.add(r);
  std::reverse(rows.begin(), rows.end());
  for (const auto& r : rows) back.positions.add(r);
  const auto a = aircraft_of(there, {}), b = aircraft_of(back, {});
  ASSERT_EQ(a[0].tracks.size(), b[0].tracks.size());
  for (std::size_t t = 0; t < a[0].tracks.size(); ++t) {
    ASSERT_EQ(a[0].tracks[t].fixes.size(), b[0].tracks[t].fixes.size());
    for (std::size_t i = 0; i < a[0].tracks[t].fixes.size(); ++i)
      EXPECT_EQ(a[0].tracks[t].fixes[i].point, b[0].tracks[t].fixes[i].point);
  }
}

// A clock that is wrong by up to five seconds, either way: it climbed or sank there meanwhile.
TEST(Tracks, WidenHeightsForTheClockAndForTheirAge) {
  Observations seen = empty_case();
  seen.sources.declared[0].bounds.pressure_altitude = quantities::feet(50);
  const auto& fastest = observations::flight_class("unknown");
  const double climb = fastest.climb_per_second.in_metres();
  const double sink = fastest.sink_per_second.in_metres();
  ASSERT_NE(climb, sink);
  const double bound = quantities::feet(50).in_metres();
  const auto heights = [&](std::int64_t clock_s, std::uint16_t age_ms) {
    seen.sources.declared[0].bounds.time = quantities::seconds(clock_s);
    seen.positions = {};
    PositionReport r = report(0, 36, 35);
    r.pressure_altitude = static_cast<std::int32_t>(quantities::metres(1'000).tenth_mm);
    r.age_ms = age_ms;
    seen.positions.add(r);
    return aircraft_of(seen, {})[0].tracks[0].fixes[0].pressure;
  };
  const struct {
    std::int64_t clock_s;
    std::uint16_t age_ms;
    double below, above;
  } cases[] = {
      {0, 0, 0, 0},
      {5, 0, 5 * std::max(climb, sink), 5 * std::max(climb, sink)},
      {0, 2'000, 2 * climb, 2 * sink},  // the height was heard after the position
      {5, 2'000, 2 * climb + 5 * std::max(climb, sink), 2 * sink + 5 * std::max(climb, sink)},
  };
  for (const auto& c : cases) {
    const auto h = heights(c.clock_s, c.age_ms);
    ASSERT_TRUE(h);
    EXPECT_NEAR(h->least.in_metres(), 1'000 - bound - c.below, 0.001);
    EXPECT_NEAR(h->most.in_metres(), 1'000 + bound + c.above, 0.001);
  }
  EXPECT_FALSE(heights(0, UINT16_MAX)) << "that old or older: nothing bounds it";
}

// Rows that repeat a position and tell of two heights: both hold, unless they contradict each
// other.
TEST(Tracks, HoldToEveryHeightThatOnePositionWasToldWith) {
  const auto told = [](double feet_a, double feet_b) {
    Observations seen = empty_case();
    seen.sources.declared[0].bounds.pressure_altitude = quantities::feet(100);
    for (double feet : {feet_a, feet_b}) {
      PositionReport r = report(0, 36, 35);
      r.pressure_altitude = static_cast<std::int32_t>(quantities::feet(feet).tenth_mm);
      seen.positions.add(r);
    }
    const auto fixes = aircraft_of(seen, {})[0].tracks[0].fixes;
    EXPECT_EQ(fixes.size(), 1u);
    return *fixes[0].pressure;
  };
  EXPECT_NEAR(told(5'000, 5'100).least.in_feet(), 5'000, 0.01);
  EXPECT_NEAR(told(5'000, 5'100).most.in_feet(), 5'100, 0.01);
  EXPECT_NEAR(told(5'000, 9'000).least.in_feet(), 4'900, 0.01);
  EXPECT_NEAR(told(5'000, 9'000).most.in_feet(), 9'100, 0.01);
}

// Rows that repeat a position: one says "on the ground", the other does not.
TEST(Tracks, LeaveOpenWhatTwoRowsOfOnePositionContradict) {
  const auto told = [](bool first_ground, bool second_ground, bool second_silent) {
    Observations seen = empty_case();
    PositionReport a = report(0, 36, 35), b = a;
    if (first_ground) a.set(Mark::on_ground);
    if (second_ground) b.set(Mark::on_ground);
    if (second_silent) b.set(Mark::ground_unknown);
    b.evidence.record = 9;
    seen.positions.add(a);
    seen.positions.add(b);
    return aircraft_of(seen, {})[0].tracks[0].fixes.at(0).flying;
  };
  EXPECT_EQ(told(true, true, false), Answer::no);
  EXPECT_EQ(told(true, false, false), Answer::unknown);
  EXPECT_EQ(told(true, false, true), Answer::no);
  EXPECT_EQ(told(false, false, true), Answer::yes);
}

// Forty minutes apart and five thousand kilometres: no aircraft, so the address was used by two.
TEST(Tracks, AreDoubtedAfterAJumpHoweverLongTheSilence) {
  Observations seen = empty_case();
  for (std::int64_t s = 0; s <= 60; s += 10) {
    seen.positions.add(report(s, 36, 35));
    seen.positions.add(report(2'400 + s, 95, 35));
  }
  const auto aircraft = aircraft_of(seen, {});
  ASSERT_EQ(aircraft[0].tracks.size(), 2u);
  EXPECT_EQ(aircraft[0].jumps, 1u);
  for (const Track& t : aircraft[0].tracks)
    EXPECT_TRUE(
        std::all_of(t.fixes.begin(), t.fixes.end(), [](const Fix& f) { return f.doubtful; }));
}

// Two aircraft under one address, and only the short-lived one sends the call sign of a party: the
// long track, which is beyond doubt away from the jump, is not that party's for it.
TEST(Aircraft, AreNotAttributedByACallSignThatAnotherSent) {
  constexpr Address no_states{Address::not_icao | 1};  // no block of a State speaks for anyone
  const auto affiliation = [&](const std::string& long_call_sign, bool with_other) {
    Observations seen = empty_case();
    seen.aircraft.add(observations::PartyTies{.party = "government",
                                              .states = {},
                                              .operators = {},
                                              .call_signs = {"SYF*"},
                                              .addresses = {},
                                              .registrations = {},
                                              .types = {}});
    for (std::int64_t s = 0; s <= 3600; s += 10) {
      PositionReport r = report(s, 36 + static_cast<double>(s) * 2e-5, 35);
      r.address = no_states;
      r.call_sign = long_call_sign;
      seen.positions.add(r);
    }
    PositionReport other = report(1805, 39.5, 35);
    other.address = no_states;
    other.call_sign = "SYF12";
    if (with_other) seen.positions.add(other);
    return aircraft_of(seen, {})[0].affiliation;
  };
  EXPECT_EQ(affiliation("SYF12", false).party, "government");
  EXPECT_EQ(affiliation("SYF12", true).party, "government");
  for (const char* long_call_sign : {"", "DLH4"}) {
    const observations::Affiliation disputed = affiliation(long_call_sign, true);
    EXPECT_TRUE(disputed.contradicted) << long_call_sign;
    EXPECT_EQ(disputed.party, "") << long_call_sign;
  }
}

}  // namespace
}  // namespace truce::incidents
