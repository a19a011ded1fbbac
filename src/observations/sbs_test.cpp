#include "observations/sbs.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "observations/read_through.h"

namespace truce::observations {
namespace {

using ::testing::ElementsAre;

std::string message(int type, std::string_view clock, std::string_view rest,
                    std::string_view date = "2016/02/27") {
  const std::string when = std::string(date) + "," + std::string(clock);
  return "MSG," + std::to_string(type) + ",1,1,4B1817,1," + when + "," + when + "," +
         std::string(rest) + "\n";
}
// call sign, altitude, speed, track, latitude, longitude, rate, squawk, 3 flags, ground
std::string position(std::string_view clock, std::string_view altitude = "4500",
                     std::string_view ground = "0", std::string_view date = "2016/02/27") {
  return message(3, clock,
                 "," + std::string(altitude) + ",,,35.1,36.1,,,0,0,0," + std::string(ground), date);
}

TEST(Sbs, PositionsFromMessages) {
  const auto read = read_through(message(1, "12:00:00.000", "RAD1    ,,,,,,,,,,,") +
                                 message(4, "12:00:01.000", ",,210.5,90,,,-128,,,,,0") +
                                 position("12:00:02.250"));
  EXPECT_EQ(read.format, Format::sbs1);
  EXPECT_EQ(read.records, 3u);
  EXPECT_EQ(read.without_position, 2u);
  ASSERT_EQ(read.positions.size(), 1u);
  const auto& p = read.positions[0];
  EXPECT_EQ(quantities::rfc3339(p.at), "2016-02-27T12:00:02.25Z");
  EXPECT_EQ(p.address, (Address{0x4b1817}));
  EXPECT_EQ(p.point, (Point{361'000'000, 351'000'000}));
  EXPECT_EQ(p.pressure_altitude, 4500 * 3048);
  EXPECT_EQ(p.ground_speed, 2'105);
  EXPECT_EQ(p.track, 9'000 - 18'000);
  EXPECT_EQ(p.vertical_rate, -32);
  EXPECT_EQ(p.kind, PositionSource::unknown);
  EXPECT_EQ(p.marks, 0);
  EXPECT_EQ(p.evidence.record, 3u);
  EXPECT_THAT(read.call_signs, ElementsAre("RAD1"));
}

TEST(Sbs, OnlyWhatIsRecentStandsIn) {
  const auto read =
      read_through(message(5, "12:00:00.000", ",4700,,,,,,,,,,0") + position("12:00:01.000", "") +
                   position("12:00:01.001", "") + message(4, "12:00:02.000", ",,210,90,,,0,,,,,0") +
                   position("12:00:12.000") + position("12:00:12.001") +
                   message(1, "12:10:00.000", "RAD1,,,,,,,,,,,") + position("12:25:00.000") +
                   position("12:25:00.001"));
  ASSERT_EQ(read.positions.size(), 6u);
  EXPECT_EQ(read.positions[0].pressure_altitude, 4700 * 3048);
  EXPECT_EQ(read.positions[1].pressure_altitude, no_height);
  EXPECT_EQ(read.positions[2].ground_speed, 2'100);
  EXPECT_EQ(read.positions[3].ground_speed, no_speed);
  EXPECT_THAT(read.call_signs, ElementsAre("", "", "", "", "RAD1", ""));
}

TEST(Sbs, Ground) {
  const auto read =
      read_through(position("12:00:00.000", "0", "-1") + position("12:00:01.000", "0", "") +
                   message(2, "12:00:05.000", ",0,3,90,35.1,36.1,,,0,0,0,"));
  ASSERT_EQ(read.positions.size(), 3u);
  EXPECT_TRUE(read.positions[0].has(Mark::on_ground));
  EXPECT_TRUE(read.positions[1].has(Mark::ground_unknown));
  EXPECT_TRUE(read.positions[2].has(Mark::on_ground));
  EXPECT_TRUE(read.positions[2].has(Mark::surface_source));
  EXPECT_EQ(read.positions[2].ground_speed, 30);
}

TEST(Sbs, GeneratedTimeBeforeLoggedAndTheZoneOfTheSource) {
  Source source;
  source.time_zone = "+02:00";
  const auto read = read_through(
      "MSG,3,1,1,4B1817,1,2016/02/27,12:00:00.000,2016/02/27,12:00:05.000,,,,,35,36,,,,,,0\n"
      "MSG,3,1,1,4B1817,1,,,2016/02/27,12:00:06.000,,,,,35,36,,,,,,0\n",
      source);
  ASSERT_EQ(read.positions.size(), 2u);
  EXPECT_EQ(quantities::rfc3339(read.positions[0].at), "2016-02-27T10:00:00Z");
  EXPECT_EQ(quantities::rfc3339(read.positions[1].at), "2016-02-27T10:00:06Z");
}

TEST(Sbs, TheDateOfTheSourceForRowsWithAClockOnly) {
  const std::string text =
      position("23:59:59.000", "1", "0", "") + position("00:00:01.000", "1", "0", "") +
      position("23:59:58.000", "1", "0", "") + position("00:00:02.000", "1", "0", "");
  EXPECT_EQ(read_through(text).rejected_for("no date or time in the row"), 4u);
  Source source;
  source.date = quantities::Date{2016, 2, 27};
  const auto read = read_through(text, source);
  ASSERT_EQ(read.positions.size(), 4u);
  EXPECT_EQ(quantities::rfc3339(read.positions[0].at), "2016-02-27T23:59:59Z");
  EXPECT_EQ(quantities::rfc3339(read.positions[1].at), "2016-02-28T00:00:01Z");
  EXPECT_EQ(quantities::rfc3339(read.positions[2].at), "2016-02-27T23:59:58Z");
  EXPECT_EQ(quantities::rfc3339(read.positions[3].at), "2016-02-28T00:00:02Z");
  // A date helps nobody where there is no clock.
  const auto none = read_through(position("", "1", "0", ""), source);
  EXPECT_EQ(none.rejected_for("no date or time in the row"), 1u);
}

TEST(Sbs, RejectsWithTheReason) {
  const auto reason = [](const std::string& line) {
    const auto read = read_through(line, {}, SIZE_MAX, Format::sbs1);
    EXPECT_EQ(read.records, 1u);
    return read.rejected.size() == 1 ? read.rejected[0].reason : "taken";
  };
  const std::string good = position("12:00:00.000");
  const auto with = [&](std::string_view old, std::string_view other) {
    std::string line = good;
    return line.replace(line.find(old), old.size(), other);
  };
  EXPECT_EQ(reason(good), "taken");
  EXPECT_EQ(reason(with("35.1", "91")), "latitude beyond 90 degrees");
  EXPECT_EQ(reason(with("36.1", "181")), "longitude beyond 180 degrees");
  EXPECT_EQ(reason(with("36.1", "")), "latitude or longitude missing");
  EXPECT_EQ(reason(with("35.1", "NaN")), "latitude is not a number");
  EXPECT_EQ(reason(with("4B1817", "")), "no address");
  EXPECT_EQ(reason(with("4B1817", "4B18")), "address is not six hexadecimal digits");
  EXPECT_EQ(reason(with("2016/02/27", "2016/02/30")), "time cannot be read");
  EXPECT_EQ(reason(with("2016/02/27", "2202/02/27")), "time outside 1900 to 2200");
  EXPECT_EQ(reason(with("12:00", "25:00")), "time cannot be read");
  EXPECT_EQ(reason(with("MSG,3", "MSG,9")), "not a BaseStation message");
  EXPECT_EQ(reason("hello world\n"), "not a BaseStation message");
  EXPECT_EQ(reason("MSG,3,1,1,4B1817\n"), "wrong number of fields");
  EXPECT_EQ(reason("MSG,3,1,1,4B1817"), "record truncated");
  EXPECT_EQ(reason("AIR,,1,1,4B1817,1,2016/02/27,12:00:00.000,,\n"), "taken");
}

}  // namespace
}  // namespace truce::observations
