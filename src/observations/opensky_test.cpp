#include "observations/opensky.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "observations/read_through.h"

namespace truce::observations {
namespace {

using ::testing::ElementsAre;

TEST(OpenSkyStates, TheRestAnswer) {
  const auto read = read_through(
      R"({"time":1456574410,"states":[)"
      R"(["4b1817","RAD1    ","Switzerland",1456574400,1456574405,36.1,35.1,1371.6,false,108.3,)"
      R"(90.5,-0.65,null,1440.18,"1000",false,0],)"
      R"(["4b1818","","Syria",1456574401,1456574405,36.2,35.2,null,true,null,null,null,null,null,)"
      R"(null,false,2,8],)"
      R"(["4b1819",null,"Syria",null,1456574405,null,null,null,false,1,1,1,null,1,null,false,0],)"
      R"(["4b1820",null,"Syria",null,1456574405,36,35,null,false,1,1,1,null,1,null,false,3],)"
      R"(["4b1821"]]})");
  EXPECT_EQ(read.format, Format::opensky_states);
  EXPECT_EQ(read.records, 5u);
  EXPECT_EQ(read.without_position, 1u);
  EXPECT_EQ(read.rejected_for("no time"), 1u);
  EXPECT_EQ(read.rejected_for("wrong number of fields"), 1u);
  ASSERT_EQ(read.positions.size(), 2u);
  const auto& p = read.positions[0];
  EXPECT_EQ(quantities::rfc3339(p.at), "2016-02-27T12:00:00Z");
  EXPECT_EQ(p.age_ms, 10'000);
  EXPECT_EQ(p.point, (Point{361'000'000, 351'000'000}));
  EXPECT_EQ(p.pressure_altitude, 13'716'000);
  EXPECT_EQ(p.geometric_height, 14'401'800);
  EXPECT_EQ(p.ground_speed, 2'105);
  EXPECT_EQ(p.track, 9'050 - 18'000);
  EXPECT_EQ(p.vertical_rate, -32);
  EXPECT_EQ(p.kind, PositionSource::ads_b);
  EXPECT_EQ(p.marks, 0);
  EXPECT_EQ(read.call_signs[0], "RAD1");
  EXPECT_EQ(read.positions[1].kind, PositionSource::mlat);
  EXPECT_TRUE(read.positions[1].has(Mark::on_ground));
  ASSERT_EQ(read.facts.size(), 1u);
  EXPECT_EQ(read.facts[0].category, "A7");
}

TEST(OpenSkyStates, AnEmptySky) {
  for (const char* text :
       {R"({"time":1456574410,"states":null})", R"({"time":1456574410,"states":[]})"}) {
    const auto read = read_through(text);
    EXPECT_EQ(read.format, Format::opensky_states);
    EXPECT_EQ(read.records, 0u);
    EXPECT_EQ(read.rejected.size(), 0u);
  }
}

TEST(OpenSkyStates, ObjectsWithKeys) {
  const auto read = read_through(
      R"({"fetched_at":"2016-02-27T12:00:10.5+00:00","count":1,"aircraft":[{"icao24":"4b1817",)"
      R"("callsign":"RAD1","time_position":1456574400,"last_contact":1456574401,"lng":36.1,)"
      R"("lat":35.1,"geo_altitude":1440.18,"baro_altitude":1371.6,"on_ground":false,)"
      R"("velocity":108.3,"heading":90.5,"vertical_rate":0}]})");
  EXPECT_EQ(read.format, Format::opensky_states);
  ASSERT_EQ(read.positions.size(), 1u);
  const auto& p = read.positions[0];
  EXPECT_EQ(p.age_ms, 10'500);
  EXPECT_EQ(p.point, (Point{361'000'000, 351'000'000}));
  EXPECT_EQ(p.track, 9'050 - 18'000);
  EXPECT_EQ(p.vertical_rate, 0);
  EXPECT_EQ(p.kind, PositionSource::unknown);
}

TEST(OpenSkyTracks, Records) {
  const auto read = read_through(
      R"([{"timestamp":1456574400000,"icao24":"4b1817","latitude":35.1,"longitude":36.1,)"
      R"("altitude":4500.0,"geoaltitude":4725,"groundspeed":210.5,"track":-2,"vertical_rate":-128,)"
      R"("callsign":"RAD1","onground":false,"last_position":1456574398737},)"
      R"({"timestamp":1456574390000,"icao24":"4b1817","latitude":35.1,"longitude":36.1},)"
      R"({"timestamp":1456574391000,"icao24":"4b1817","latitude":null,"longitude":null},)"
      R"({"timestamp":null,"icao24":"4b1817","latitude":35,"longitude":36}])");
  EXPECT_EQ(read.format, Format::opensky_tracks);
  EXPECT_EQ(read.records, 4u);
  EXPECT_EQ(read.without_position, 1u);
  EXPECT_EQ(read.rejected_for("no time"), 1u);
  ASSERT_EQ(read.positions.size(), 2u);
  const auto& p = read.positions[0];
  EXPECT_EQ(quantities::rfc3339(p.at), "2016-02-27T11:59:58.737Z");
  EXPECT_EQ(p.age_ms, 1'263);
  EXPECT_EQ(p.pressure_altitude, 4500 * 3048);
  EXPECT_EQ(p.geometric_height, 4725 * 3048);
  EXPECT_EQ(p.track, 35'800 - 18'000);
  EXPECT_EQ(p.marks, 0);
  EXPECT_TRUE(read.positions[1].has(Mark::ground_unknown));
  EXPECT_LT(read.positions[1].at, p.at) << "handed on in the order of the file";
}

TEST(OpenSkyTracks, Columns) {
  const std::string columns =
      R"({"timestamp":{"0":1456574400000,"1":1456574401000,"2":1456574402000},)"
      R"("icao24":{"0":"4b1817","1":"4b1817","2":"4b1817"},"origin":{"0":"x","1":"y","2":"z"},)"
      R"("latitude":{"0":35.1,"1":null,"2":95},"longitude":{"0":36.1,"1":null,"2":36},)"
      R"("callsign":{"0":"RAD1","1":null,"2":null},"last_position":{"0":null,"1":null,"2":null}})";
  const auto read = read_through(columns);
  EXPECT_EQ(read.format, Format::opensky_tracks);
  EXPECT_EQ(read.records, 3u);
  EXPECT_EQ(read.without_position, 1u);
  ASSERT_EQ(read.rejected.size(), 1u);
  EXPECT_EQ(read.rejected[0].reason, "latitude beyond 90 degrees");
  EXPECT_EQ(read.rejected[0].record, 3u);
  ASSERT_EQ(read.positions.size(), 1u);
  EXPECT_EQ(quantities::rfc3339(read.positions[0].at), "2016-02-27T12:00:00Z");
  EXPECT_THAT(read.call_signs, ElementsAre("RAD1"));
}

TEST(OpenSkyTracks, ColumnsThatAreNotWholeGiveNothing) {
  const auto unequal = read_through(
      R"({"timestamp":{"0":1456574400000},"icao24":{"0":"4b1817"},"latitude":{"0":35,"1":36},)"
      R"("longitude":{"0":36}})");
  EXPECT_EQ(unequal.positions.size(), 0u);
  EXPECT_EQ(unequal.rejected_for("columns of a collection have unequal rows"), 1u);
  const std::string whole =
      R"({"timestamp":{"0":1456574400000},"icao24":{"0":"4b1817"},"latitude":{"0":35},)"
      R"("longitude":{"0":36}})";
  std::string broken = whole;
  broken.replace(broken.find("35}"), 3, "35]");
  const auto after = read_through(broken + "\n" + whole, {}, SIZE_MAX, Format::opensky_tracks);
  EXPECT_EQ(after.positions.size(), 1u) << "of the second collection";
  EXPECT_EQ(after.rejected_for("not JSON"), 1u);
  EXPECT_EQ(after.rejected.size(), 1u);
  const auto cut = read_through(
      R"({"timestamp":{"0":1456574400000},"icao24":{"0":"4b1817"},"latitude":{"0":35},)"
      R"("longitude":{"0":36},"last_position":{"0":14565)");
  EXPECT_EQ(cut.positions.size(), 0u);
  EXPECT_EQ(cut.rejected.size(), 1u);
}

}  // namespace
}  // namespace truce::observations
