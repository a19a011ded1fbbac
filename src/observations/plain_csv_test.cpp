#include "observations/plain_csv.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "observations/read_through.h"

namespace truce::observations {
namespace {

using ::testing::ElementsAre;

TEST(PlainCsv, OurOwnNames) {
  const auto read = read_through(
      "time,address,latitude,longitude,pressure_altitude_ft,geometric_height_m,containment_m,"
      "ground_speed_kt,track,vertical_rate_ft_min,call_sign,on_ground,nic,nac_p,sil,"
      "position_source,age_s,registration,type\n"
      "2016-02-27T14:00:00+02:00,4b1817,35.1,36.1,4500,1440.18,186,210.5,90.5,-128,RAD1,false,"
      "8,9,3,ADS-B,1.5,HB-ZRV,A109\n"
      "1456574401.5,4b1817,35.1,36.1,,,,,,,,,,,,,,,\n"
      "1456574402000,4b1817,,,,,,,,,,,,,,,,,\n");
  EXPECT_EQ(read.format, Format::plain_csv);
  EXPECT_EQ(read.records, 3u);
  EXPECT_EQ(read.without_position, 1u);
  ASSERT_EQ(read.positions.size(), 2u);
  const auto& p = read.positions[0];
  EXPECT_EQ(quantities::rfc3339(p.at), "2016-02-27T12:00:00Z");
  EXPECT_EQ(p.pressure_altitude, 4500 * 3048);
  EXPECT_EQ(p.geometric_height, 14'401'800);
  EXPECT_EQ(p.containment_cm, 18'600u);
  EXPECT_EQ(p.ground_speed, 2'105);
  EXPECT_EQ(p.track, 9'050 - 18'000);
  EXPECT_EQ(p.vertical_rate, -32);
  EXPECT_EQ(p.kind, PositionSource::ads_b);
  EXPECT_EQ(p.age_ms, 1'500);
  EXPECT_EQ(p.nic, 8);
  EXPECT_EQ(p.marks, 0);
  EXPECT_EQ(p.evidence.record, 2u);  // the line
  EXPECT_EQ(quantities::rfc3339(read.positions[1].at), "2016-02-27T12:00:01.5Z");
  EXPECT_TRUE(read.positions[1].has(Mark::ground_unknown));
  EXPECT_EQ(read.positions[1].containment_cm, no_containment);
  ASSERT_EQ(read.facts.size(), 1u);
  EXPECT_EQ(read.facts[0].registration, "HB-ZRV");
  EXPECT_EQ(read.facts[0].type, "A109");
}

TEST(PlainCsv, TheColumnMapAndTheZoneOfTheSource) {
  Source source;
  source.columns = {{"time", "Zeit"},
                    {"address", "Kennung"},
                    {"latitude", "Breite"},
                    {"longitude", "L\xC3\xA4nge"}};
  source.time_zone = "+02:00";
  const auto read = read_through(
      "\xEF\xBB\xBFKennung;Zeit;Breite;L\xC3\xA4nge;Bemerkung\r\n"
      "4b1817;2016-02-27 14:00:00;35.1;36.1;\"a; b\"\r\n",
      source);
  EXPECT_EQ(read.format, Format::plain_csv);
  ASSERT_EQ(read.positions.size(), 1u);
  EXPECT_EQ(quantities::rfc3339(read.positions[0].at), "2016-02-27T12:00:00Z");
}

TEST(PlainCsv, AClockNeedsADate) {
  const std::string text =
      "date,time,address,latitude,longitude,note\n"
      "2016-02-27,12:00:00,4b1817,35,36,\n,12:00:00,4b1817,35,36,\n";
  EXPECT_EQ(read_through(text).positions.size(), 1u);
  EXPECT_EQ(read_through(text).rejected_for("no date or time in the row"), 1u);
  Source source;
  source.date = quantities::Date{2016, 2, 28};
  const auto read = read_through(text, source);
  ASSERT_EQ(read.positions.size(), 2u);
  EXPECT_EQ(quantities::rfc3339(read.positions[1].at), "2016-02-28T12:00:00Z");
}

TEST(PlainCsv, AMissingColumnIsNamed) {
  Source source;
  source.columns = {{"time", "when"}};
  const auto read = read_through("when,icao,lat,lon\n1456574400,4b1817,35,36\n", source);
  EXPECT_EQ(read.format, Format::plain_csv);
  EXPECT_EQ(read.positions.size(), 0u);
  ASSERT_EQ(read.rejected.size(), 1u);
  EXPECT_EQ(read.rejected[0].reason, "header lacks a required column");
  EXPECT_EQ(read.rejected[0].text, "address, latitude and longitude not among: when,icao,lat,lon");
}

TEST(PlainCsv, RejectsWithTheReason) {
  const auto reason = [](const std::string& row) {
    const auto read = read_through("time,address,latitude,longitude,note\n" + row);
    EXPECT_EQ(read.records, 1u) << row;
    return read.rejected.size() == 1 ? read.rejected[0].reason : "taken";
  };
  EXPECT_EQ(reason("1456574400,4b1817,35,36,x\n"), "taken");
  EXPECT_EQ(reason("1456574400,4b1817,35,36,x"), "taken");
  EXPECT_EQ(reason("1456574400,4b1817,35,36\n"), "wrong number of fields");
  EXPECT_EQ(reason("1456574400,4b1817,35,36"), "record truncated");
  EXPECT_EQ(reason("1456574400,4b1817,35,36,x,y\n"), "wrong number of fields");
  EXPECT_EQ(reason("1456574400,4b1817,91,36,x\n"), "latitude beyond 90 degrees");
  EXPECT_EQ(reason("1456574400,4b1817,nan,36,x\n"), "latitude or longitude missing");
  EXPECT_EQ(reason("1456574400,4b1817,abc,36,x\n"), "latitude is not a number");
  EXPECT_EQ(reason("1456574400,,35,36,x\n"), "no address");
  EXPECT_EQ(reason(",4b1817,35,36,x\n"), "no time");
  EXPECT_EQ(reason("soon,4b1817,35,36,x\n"), "time cannot be read");
  EXPECT_EQ(reason("2016-02-30T12:00:00Z,4b1817,35,36,x\n"), "time cannot be read");
  EXPECT_EQ(reason("7321017600,4b1817,35,36,x\n"), "time outside 1900 to 2200");
  EXPECT_EQ(reason("0,4b1817,35,36,x\n"), "time is zero");
  EXPECT_EQ(reason("1456574400,4b1817,35,36,\"x\n"), "quote not closed");
}

TEST(PlainCsv, ALastFieldWithoutLineEndMayBeCutOff) {
  // "186" may have been "1867": a radius cut short would claim more than the source did.
  const auto radius =
      read_through("time,address,latitude,longitude,containment_m\n1456574400,4b1817,35,36,186");
  ASSERT_EQ(radius.positions.size(), 1u);
  EXPECT_EQ(radius.positions[0].containment_cm, no_containment);
  const auto place = read_through("time,address,latitude,longitude\n1456574400,4b1817,35,36.1");
  EXPECT_EQ(place.rejected_for("record truncated"), 1u);
}

TEST(OpenSkyStatesCsv, TheHistoricalDataSets) {
  const auto read = read_through(
      "time,icao24,lat,lon,velocity,heading,vertrate,callsign,onground,alert,spi,squawk,"
      "baroaltitude,geoaltitude,lastposupdate,lastcontact\n"
      "1456574410,4b1817,35.1,36.1,108.3,90.5,-0.65,RAD1    ,False,False,False,1000,1371.6,"
      "1440.18,1456574408.737,1456574409.5\n"
      "1456574410,4b1818,NULL,NULL,,,,,True,,,,,,,1456574409.5\n"
      "1456574410,4b1819,35,36,,,,,true,,,,,,,1456574409.5\n");
  EXPECT_EQ(read.format, Format::opensky_states_csv);
  EXPECT_EQ(read.records, 3u);
  EXPECT_EQ(read.without_position, 1u);
  EXPECT_EQ(read.rejected_for("no time"), 1u);
  ASSERT_EQ(read.positions.size(), 1u);
  const auto& p = read.positions[0];
  EXPECT_EQ(quantities::rfc3339(p.at), "2016-02-27T12:00:08.737Z");
  EXPECT_EQ(p.age_ms, 1'263);
  EXPECT_EQ(p.pressure_altitude, 13'716'000);
  EXPECT_EQ(p.geometric_height, 14'401'800);
  EXPECT_EQ(p.ground_speed, 2'105);
  EXPECT_EQ(p.marks, 0);
  EXPECT_THAT(read.call_signs, ElementsAre("RAD1"));
}

}  // namespace
}  // namespace truce::observations
