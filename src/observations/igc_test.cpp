#include "observations/igc.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "observations/read_through.h"

namespace truce::observations {
namespace {

using ::testing::ElementsAre;

const std::string recorder = "AXXXABC FLIGHT:1\r\n";
const std::string date = "HFDTE160701\r\n";

std::string fix(const std::string& clock,
                const std::string& rest = "5107126N00149300WA0028800429") {
  return "B" + clock + rest + "\r\n";
}
PositionReport one(const std::string& text) {
  const auto read = read_through(text);
  EXPECT_EQ(read.format, Format::igc);
  EXPECT_EQ(read.positions.size(), 1u);
  return read.positions.empty() ? PositionReport() : read.positions.front();
}
std::vector<std::string> times(const ReadThrough& read) {
  std::vector<std::string> all;
  for (const auto& p : read.positions) all.push_back(quantities::rfc3339(p.at));
  return all;
}
std::vector<std::string> reasons(const ReadThrough& read) {
  std::vector<std::string> all;
  for (const auto& r : read.rejected) all.push_back(r.reason);
  return all;
}

TEST(Igc, ReadsAFix) {
  const auto p = one(recorder + date + "HFALG:ELL\r\nI033638FXA3940SIU4143ENL\r\n" +
                     fix("160245",
                         "5107126N00149300WA0028800429195"
                         "09020"));
  EXPECT_EQ(quantities::rfc3339(p.at), "2001-07-16T16:02:45Z");
  EXPECT_EQ(p.point, (Point{-18'216'667, 511'187'667}));
  EXPECT_EQ(p.pressure_altitude, 288 * 10'000);
  EXPECT_EQ(p.geometric_height, 429 * 10'000);
  EXPECT_EQ(p.nac_p, 6) << "195 m is more than 0.1 NM and less than 0.3";
  EXPECT_EQ(p.containment_cm, no_containment) << "a 95 % figure is no bound";
  EXPECT_EQ(p.kind, PositionSource::other);
  EXPECT_TRUE(p.has(Mark::ground_unknown));
  EXPECT_FALSE(p.has(Mark::stale));
  EXPECT_EQ(p.evidence.record, 5u);
}

TEST(Igc, NamesAnAircraftWithoutAnAddress) {
  const auto by_recorder = one(recorder + date + fix("160245"));
  const auto by_glider = one(recorder + date + "HFGIDGLIDERID: D-KGSA\r\n" + fix("160245"));
  EXPECT_FALSE(by_recorder.address.is_icao());
  EXPECT_NE(by_recorder.address, by_glider.address);
  EXPECT_EQ(by_glider.address, address_by_name("d kgsa"));
  // The first 24 bits of the SHA-256 of "igc:YK201", as sha256sum prints it.
  EXPECT_EQ(to_string(address_by_name("YK-201")), "~b5c7b7");
  const auto read = read_through(recorder + date + "HFGIDGLIDERID: D-KGSA\r\n" + fix("160245"));
  ASSERT_EQ(read.facts.size(), 1u);
  EXPECT_EQ(read.facts[0].registration, "D-KGSA");
  EXPECT_EQ(one(recorder + date + "HFGIDGLIDERID:NKN\r\n" + fix("160245")).address,
            by_recorder.address);
}

TEST(Igc, KeepsOnlyHeightsOfWhichTheReferenceIsKnown) {
  const auto geometric = [](const std::string& header) {
    return one(recorder + date + header + fix("160245")).geometric_height;
  };
  EXPECT_EQ(geometric("HFALGALTGPS:WGS84 ELLIPSOID\r\n"), 429 * 10'000);
  EXPECT_EQ(geometric("HFALG:GEO\r\n"), no_height);
  EXPECT_EQ(geometric(""), no_height);
  const auto pressure = [](const std::string& header, const std::string& metres) {
    return one(recorder + date + header + fix("160245", "5107126N00149300WA" + metres + "00429"))
        .pressure_altitude;
  };
  EXPECT_EQ(pressure("HFALPALTPRESSURE:ISA\r\n", "00288"), 288 * 10'000);
  EXPECT_EQ(pressure("", "-0012"), -12 * 10'000);
  EXPECT_EQ(pressure("", "00000"), no_height) << "what is written without a sensor";
  EXPECT_EQ(pressure("HFALPALTPRESSURE:MSL\r\n", "00288"), no_height);
}

TEST(Igc, AFixThatIsNotValidIsStale) {
  const auto p =
      one(recorder + date + "HFALG:ELL\r\n" + fix("160245", "5107126N00149300WV0028800000"));
  EXPECT_TRUE(p.has(Mark::stale));
  EXPECT_EQ(p.pressure_altitude, 288 * 10'000);
  EXPECT_EQ(p.geometric_height, no_height);
  const auto nowhere =
      read_through(recorder + date + fix("160245", "0000000N00000000EV0028800000"));
  EXPECT_EQ(nowhere.positions.size(), 0u);
  EXPECT_EQ(nowhere.without_position, 1u);
}

TEST(Igc, ReadsFurtherDigits) {
  const auto p = one(recorder + date + "I033636LAD3737LOD3840TDS\r\n" +
                     fix("160245", "5107126N00149300WA002880042957250"));
  EXPECT_EQ(p.point, (Point{-18'216'783, 511'187'750})) << "minutes 7.1265 and 49.3007";
  EXPECT_EQ(quantities::rfc3339(p.at), "2001-07-16T16:02:45.25Z");
}

TEST(Igc, DatesInAllTheirForms) {
  const auto day = [](const std::string& header) {
    return quantities::rfc3339(one(recorder + header + "\r\n" + fix("160245")).at).substr(0, 10);
  };
  EXPECT_EQ(day("HFDTE160701"), "2001-07-16");
  EXPECT_EQ(day("HFDTEDATE:040920,01"), "2020-09-04");
  EXPECT_EQ(day("HFDTEDATE: 040920"), "2020-09-04");
  EXPECT_EQ(day("HFDTE:311299"), "1999-12-31");
  Source source;
  source.date = quantities::Date{2016, 2, 27};
  EXPECT_THAT(times(read_through(recorder + fix("160245"), source)),
              ElementsAre("2016-02-27T16:02:45Z"));
  EXPECT_THAT(reasons(read_through(recorder + fix("160245"))),
              ElementsAre("no date or time in the row"));
  EXPECT_THAT(reasons(read_through(recorder + date + "HFDTE321301\r\n" + fix("160245"))),
              ElementsAre("no date or time in the row"));
}

TEST(Igc, AClockThatFallsBackHasPassedMidnight) {
  const auto read = read_through(recorder + date + fix("235959") + fix("000001") + fix("235958") +
                                 fix("000002") + "HFDTE170701\r\n" + fix("000003"));
  EXPECT_THAT(times(read),
              ElementsAre("2001-07-16T23:59:59Z", "2001-07-17T00:00:01Z", "2001-07-16T23:59:58Z",
                          "2001-07-17T00:00:02Z", "2001-07-17T00:00:03Z"));
}

TEST(Igc, RejectsWhatIsDamagedAndGoesOn) {
  const auto read = read_through(
      recorder + date + "I013638FXA\r\n" + fix("160245", "5107126N00149300WA0028800429012") +
      fix("160246", "5107126N00149300WA00288004290cK") + fix("160247", "5107126N00149300WA00288") +
      fix("1602xx", "5107126N00149300WA0028800429012") +
      fix("160249", "9107126N00149300WA0028800429012") +
      fix("160250", "5167126N00149300WA0028800429012") +
      fix("160251", "5107126N18149300WA0028800429012") +
      fix("160252", "5107126N00149300XA0028800429012") +
      fix("256000", "5107126N00149300WA0028800429012") + "?odd\r\n" +
      fix("160254", "5107126N00149300WA0028800429012"));
  EXPECT_EQ(read.positions.size(), 2u);
  EXPECT_THAT(
      reasons(read),
      ElementsAre("an extension is missing or not a number", "record truncated",
                  "time cannot be read", "latitude beyond 90 degrees", "latitude is not a number",
                  "longitude beyond 180 degrees", "longitude is not a number",
                  "time cannot be read", "not a record of this format"));
  EXPECT_EQ(read.records, 11u) << "headers and comments are no records";
}

TEST(Igc, RejectsPositionsOnAnotherDatum) {
  EXPECT_EQ(read_through(recorder + date + "HFDTM100GPSDATUM:WGS-1984\r\n" + fix("160245"))
                .positions.size(),
            1u);
  EXPECT_THAT(reasons(read_through(recorder + date + "HFDTM052GPSDATUM:ED50\r\n" + fix("160245"))),
              ElementsAre("positions are not on WGS84"));
}

TEST(Igc, IsRecognisedByItsContent) {
  EXPECT_TRUE(looks_like_igc(recorder + date));
  EXPECT_TRUE(looks_like_igc("AXCT2ed9\r\n" + fix("160245")));
  EXPECT_FALSE(looks_like_igc("ADDRESS,time\nB160245,1\n"));
  EXPECT_FALSE(looks_like_igc(recorder));
  EXPECT_FALSE(looks_like_igc("Address\n" + date));
}

}  // namespace
}  // namespace truce::observations
