#include "observations/sightings.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace truce::observations {
namespace {

using base::Answer;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr std::string_view header =
    "id,time,time_precision,time_from,time_until,latitude,longitude,place_precision,type,party,"
    "military,heading,heading_precision,height_least,height_most,count,source,text\n";

SightingsReading read_row(std::string_view row, std::int32_t seconds_east = 0) {
  return read_sightings(std::string(header) + std::string(row) + "\n", 3, {}, seconds_east);
}

TEST(Sightings, EveryColumnIsRead) {
  const auto reading = read_row(
      "S-1,2016-03-01T14:30:00Z,10 min,,,35.93,36.63,2 km,Mi-8,government,yes,45,10,100 m,500 ft,2,"
      "hotline,\"two helicopters, low\"");
  EXPECT_THAT(reading.rejected, IsEmpty());
  EXPECT_EQ(reading.records, 1u);
  ASSERT_THAT(reading.sightings, SizeIs(1));
  const Sighting& s = reading.sightings[0];
  EXPECT_EQ(s.id, "S-1");
  EXPECT_EQ(rfc3339(s.when.earliest), "2016-03-01T14:20:00Z");
  EXPECT_EQ(rfc3339(s.when.latest), "2016-03-01T14:40:00Z");
  EXPECT_EQ(s.place, (quantities::Point{366'300'000, 359'300'000}));
  EXPECT_EQ(s.place_precision, quantities::kilometres(2));
  EXPECT_EQ(s.type, "Mi-8");
  EXPECT_EQ(s.party, "government");
  EXPECT_EQ(s.military, Answer::yes);
  EXPECT_EQ(s.heading_degrees, 45);
  EXPECT_EQ(s.heading_precision_degrees, 10);
  EXPECT_EQ(s.height_least, quantities::metres(100));
  EXPECT_EQ(s.height_most, quantities::feet(500));
  EXPECT_EQ(s.count, 2);
  EXPECT_EQ(s.source, "hotline");
  EXPECT_EQ(s.text, "two helicopters, low");
  EXPECT_EQ(s.evidence, (Evidence{3, 2}));
}

TEST(Sightings, WhatIsNotSaidIsUnknown) {
  const auto reading = read_row(",2016-03-01T14:30:00Z,,,,35.93,36.63,,,,,,,,,,,");
  ASSERT_THAT(reading.sightings, SizeIs(1));
  const Sighting& s = reading.sightings[0];
  EXPECT_EQ(s.id, "line 2");
  EXPECT_FALSE(s.place_precision);
  EXPECT_EQ(s.military, Answer::unknown);
  EXPECT_FALSE(s.heading_degrees);
  EXPECT_FALSE(s.height_least);
  EXPECT_FALSE(s.height_most);
  EXPECT_EQ(s.count, 1);
  EXPECT_EQ(s.source, "");
}

TEST(Sightings, TimesHaveBounds) {
  const struct {
    std::string_view columns;  // time, time_precision, time_from, time_until
    std::string_view earliest, latest;
  } cases[] = {
      {"2016-03-01T14:30:00Z,,,", "2016-03-01T14:30:00Z", "2016-03-01T14:30:00Z"},
      {"2016-03-01 14:30:00,30 s,,", "2016-03-01T12:29:30Z", "2016-03-01T12:30:30Z"},
      // To the minute: some time in that minute.
      {"2016-03-01 14:30,,,", "2016-03-01T12:30:00Z", "2016-03-01T12:30:59.999999Z"},
      {"2016-03-01T14:30+03:00,,,", "2016-03-01T11:30:00Z", "2016-03-01T11:30:59.999999Z"},
      {",,2016-03-01 14:00,2016-03-01 15:00", "2016-03-01T12:00:00Z", "2016-03-01T13:00:00Z"},
      {"2016-03-01 14:30,,2016-03-01T14:00:00Z,2016-03-01T14:00:00Z", "2016-03-01T14:00:00Z",
       "2016-03-01T14:00:00Z"},
      {"1900-01-01T00:00:00Z,2 h,,", "1900-01-01T00:00:00Z", "1900-01-01T02:00:00Z"},
  };
  for (const auto& c : cases) {
    const auto reading = read_row("S," + std::string(c.columns) + ",35,36,,,,,,,,,,,", 2 * 3600);
    ASSERT_THAT(reading.sightings, SizeIs(1)) << c.columns;
    EXPECT_EQ(rfc3339(reading.sightings[0].when.earliest), c.earliest) << c.columns;
    EXPECT_EQ(rfc3339(reading.sightings[0].when.latest), c.latest) << c.columns;
  }
}

TEST(Sightings, HeadingsAreDegreesOrPointsOfTheCompass) {
  const struct {
    std::string_view columns;  // heading, heading_precision
    double degrees;
    std::optional<double> precision;
  } cases[] = {{"0,", 0, {}},
               {"360,", 0, {}},
               {"359.5,5", 359.5, 5.0},
               {"N,", 0, 22.5},
               {"north-west,", 315, 22.5},
               {"South East,30", 135, 30.0},
               {"wsw,", 247.5, 11.25}};
  for (const auto& c : cases) {
    const auto reading =
        read_row("S,2016-03-01T14:30:00Z,,,,35,36,,,,," + std::string(c.columns) + ",,,,,");
    ASSERT_THAT(reading.sightings, SizeIs(1)) << c.columns;
    EXPECT_EQ(reading.sightings[0].heading_degrees, c.degrees) << c.columns;
    EXPECT_EQ(reading.sightings[0].heading_precision_degrees, c.precision) << c.columns;
  }
}

TEST(Sightings, ARowThatCannotBeReadIsRejectedWithItsReason) {
  const struct {
    std::string_view row, reason;
  } cases[] = {
      {"S,,,,,35,36,,,,,,,,,,,", "time is missing"},
      {"S,yesterday,,,,35,36,,,,,,,,,,,", "time is no date and time of the years 1900 to 2199"},
      {"S,2202-01-01T00:00:00Z,,,,35,36,,,,,,,,,,,",
       "time is no date and time of the years 1900 to 2199"},
      {"S,2016-02-30T00:00:00Z,,,,35,36,,,,,,,,,,,",
       "time is no date and time of the years 1900 to 2199"},
      {"S,2016-03-01T14:30:00Z,-5 min,,,35,36,,,,,,,,,,,",
       "time_precision is no duration such as 10 min"},
      {"S,,,2016-03-01T14:30:00Z,,35,36,,,,,,,,,,,", "time_from and time_until belong together"},
      {"S,,,2016-03-01T14:30:00Z,now,35,36,,,,,,,,,,,",
       "time_from or time_until is no date and time"},
      {"S,,,2016-03-01T14:30:00Z,2016-03-01T14:29:59Z,35,36,,,,,,,,,,,",
       "time_until is before time_from"},
      {"S,2016-03-01T14:30:00Z,,,,,36,,,,,,,,,,,", "latitude or longitude is missing"},
      {"S,2016-03-01T14:30:00Z,,,,nan,36,,,,,,,,,,,", "latitude or longitude is no number"},
      {"S,2016-03-01T14:30:00Z,,,,91,36,,,,,,,,,,,",
       "latitude beyond 90 or longitude beyond 180 degrees"},
      {"S,2016-03-01T14:30:00Z,,,,35,180.1,,,,,,,,,,,",
       "latitude beyond 90 or longitude beyond 180 degrees"},
      {"S,2016-03-01T14:30:00Z,,,,35,36,2,,,,,,,,,,", "place_precision is no length such as 2 km"},
      {"S,2016-03-01T14:30:00Z,,,,35,36,,,,maybe,,,,,,,", "military is not yes, no or unknown"},
      {"S,2016-03-01T14:30:00Z,,,,35,36,,,,,361,,,,,,", "heading is not from 0 to 360"},
      {"S,2016-03-01T14:30:00Z,,,,35,36,,,,,home,,,,,,",
       "heading is no number of degrees or point of the compass"},
      {"S,2016-03-01T14:30:00Z,,,,35,36,,,,,30,181,,,,,",
       "heading_precision is not from 0 to 180 degrees"},
      {"S,2016-03-01T14:30:00Z,,,,35,36,,,,,,,low,,,,", "height_least is no length such as 300 m"},
      {"S,2016-03-01T14:30:00Z,,,,35,36,,,,,,,,-3 m,,,", "height_most is no length such as 300 m"},
      {"S,2016-03-01T14:30:00Z,,,,35,36,,,,,,,300 m,200 m,,,", "height_most is below height_least"},
      {"S,2016-03-01T14:30:00Z,,,,35,36,,,,,,,,,0,,", "count is not from 1 to 1000"},
      {"S,2016-03-01T14:30:00Z,,,,35,36,,,,,,,,,two,,", "count is not from 1 to 1000"},
      {"S,2016-03-01T14:30:00Z,,,,35,36,,,,,,,,,,,,,", "more fields than the header has"},
      {"S,2016-03-01T14:30:00Z,,,,35,36,,,,,,,,,,,\xFF", "this line is not UTF-8 text"},
  };
  for (const auto& c : cases) {
    const auto reading = read_row(c.row);
    EXPECT_THAT(reading.sightings, IsEmpty()) << c.row;
    ASSERT_THAT(reading.rejected, SizeIs(1)) << c.row;
    EXPECT_EQ(reading.rejected[0].reason, c.reason) << c.row;
    EXPECT_EQ(reading.rejected[0].input, 3u);
    EXPECT_EQ(reading.rejected[0].record, 2u);
  }
}

TEST(Sightings, OneBadRowEndsNothing) {
  const auto reading = read_sightings(
      "time,latitude,longitude\n2016-03-01T14:30:00Z,35,36\nx,35,36\n2016-03-01T14:31:00Z,35,36\n",
      0, {}, 0);
  EXPECT_EQ(reading.records, 3u);
  EXPECT_THAT(reading.sightings, SizeIs(2));
  ASSERT_THAT(reading.rejected, SizeIs(1));
  EXPECT_EQ(reading.rejected[0].record, 3u);
  EXPECT_EQ(reading.rejected[0].text, "x,35,36");
}

TEST(Sightings, AColumnMapNamesTheColumnsOfTheFile) {
  const auto reading =
      read_sightings("Wann;Breite;Länge\n2016-03-01 14:30:00;35;36\n", 0,
                     {{"time", "Wann"}, {"latitude", "Breite"}, {"longitude", "Länge"}}, 0);
  EXPECT_THAT(reading.rejected, IsEmpty());
  EXPECT_THAT(reading.sightings, SizeIs(1));
}

TEST(Sightings, AHeaderWithoutPlaceOrTimeIsToldOnceAndItsRowsAreCounted) {
  const auto reading = read_sightings("time,where\n2016-03-01T14:30:00Z,there\n", 0, {}, 0);
  ASSERT_THAT(reading.rejected, SizeIs(2));
  EXPECT_EQ(reading.rejected[0].reason, "the header lacks time, latitude or longitude");
  EXPECT_EQ(reading.rejected[0].record, 1u);
  EXPECT_EQ(reading.rejected[1].reason, "latitude or longitude is missing");
}

TEST(Sightings, TheOffendingTextIsCutAtACharacter) {
  std::string row = "bad,35,36,";
  for (int i = 0; i < 200; ++i) row += "\xC3\xA9";  // é
  const auto reading = read_sightings("time,latitude,longitude,text\n" + row + "\n", 0, {}, 0);
  ASSERT_THAT(reading.rejected, SizeIs(1));
  EXPECT_EQ(reading.rejected[0].text.size(), 200u);
  EXPECT_EQ(reading.rejected[0].text.substr(198), "\xC3\xA9");
  EXPECT_THAT(read_sightings("", 0, {}, 0).rejected, IsEmpty());
}

}  // namespace
}  // namespace truce::observations
