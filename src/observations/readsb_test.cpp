#include "observations/readsb.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "observations/read_through.h"

namespace truce::observations {
namespace {

using ::testing::ElementsAre;

std::string snapshot(std::string_view aircraft, std::string_view now = "1456574400") {
  return "{\"now\":" + std::string(now) + ",\"aircraft\":[" + std::string(aircraft) + "]}\n";
}

PositionReport only_position(const ReadThrough& read) {
  EXPECT_EQ(read.positions.size(), 1u);
  EXPECT_EQ(read.rejected.size(), 0u);
  return read.positions.empty() ? PositionReport{} : read.positions.front();
}

TEST(AircraftJson, KeepsAllThatDecidesSureness) {
  const auto read = read_through(snapshot(
      R"({"hex":"4b1817","type":"adsb_icao","flight":"RAD1    ","alt_baro":4500,"alt_geom":4725,)"
      R"("gs":210.5,"track":67.26,"baro_rate":-64,"lat":35.2081091,"lon":36.373001,"nic":8,)"
      R"("rc":186,"seen_pos":1.939,"nac_p":9,"sil":3,"mlat":[],"tisb":[]})"));
  const auto p = only_position(read);
  EXPECT_EQ(read.format, Format::aircraft_json);
  EXPECT_EQ(quantities::rfc3339(p.at), "2016-02-27T11:59:58.061Z");
  EXPECT_EQ(p.age_ms, 1'939);
  EXPECT_EQ(p.point, (Point{363'730'010, 352'081'091}));
  EXPECT_EQ(p.pressure_altitude, 4500 * 3048);
  EXPECT_EQ(p.geometric_height, 4725 * 3048);
  EXPECT_EQ(p.containment_cm, 18'600u);
  EXPECT_EQ(p.nic, 8);
  EXPECT_EQ(p.nac_p, 9);
  EXPECT_EQ(p.sil, 3);
  EXPECT_EQ(p.kind, PositionSource::ads_b);
  EXPECT_EQ(p.ground_speed, 2'105);
  EXPECT_EQ(p.track, 6'726 - 18'000);
  EXPECT_EQ(p.vertical_rate, -16);
  EXPECT_EQ(p.marks, 0);
  EXPECT_EQ(p.evidence, (Evidence{7, 1}));
  EXPECT_EQ(read.call_signs.front(), "RAD1");
}

TEST(AircraftJson, WhatWasNotSaidIsUnknown) {
  const auto p = only_position(
      read_through(snapshot(R"({"hex":"~4b1817","lat":35,"lon":36,"rc":0,"nic":0})")));
  EXPECT_FALSE(p.address.is_icao());
  EXPECT_EQ(p.containment_cm, no_containment);
  EXPECT_EQ(p.nic, 0);
  EXPECT_EQ(p.nac_p, no_category);
  EXPECT_EQ(p.pressure_altitude, no_height);
  EXPECT_EQ(p.geometric_height, no_height);
  EXPECT_EQ(p.ground_speed, no_speed);
  EXPECT_EQ(p.kind, PositionSource::unknown);
  EXPECT_TRUE(p.has(Mark::ground_unknown));
  EXPECT_FALSE(p.has(Mark::on_ground));
}

TEST(AircraftJson, OnTheGround) {
  const auto p = only_position(
      read_through(snapshot(R"({"hex":"4b1817","alt_baro":"ground","lat":35,"lon":36})")));
  EXPECT_TRUE(p.has(Mark::on_ground));
  EXPECT_FALSE(p.has(Mark::ground_unknown));
  EXPECT_EQ(p.pressure_altitude, no_height);
}

TEST(AircraftJson, HowThePositionCameAbout) {
  const auto kind = [](std::string_view members) {
    return only_position(read_through(snapshot("{\"hex\":\"4b1817\",\"lat\":35,\"lon\":36," +
                                               std::string(members) + "}")))
        .kind;
  };
  EXPECT_EQ(kind(R"("type":"adsb_icao_nt")"), PositionSource::ads_b);
  EXPECT_EQ(kind(R"("type":"adsr_icao")"), PositionSource::ads_b);
  EXPECT_EQ(kind(R"("type":"mlat")"), PositionSource::mlat);
  EXPECT_EQ(kind(R"("type":"tisb_trackfile")"), PositionSource::tis_b);
  EXPECT_EQ(kind(R"("type":"adsc")"), PositionSource::ads_c);
  EXPECT_EQ(kind(R"("type":"mode_s")"), PositionSource::mode_s);
  EXPECT_EQ(kind(R"("type":"other")"), PositionSource::other);
  EXPECT_EQ(kind(R"("type":"adsb_icao","mlat":["gs","lat","lon"])"), PositionSource::mlat);
  EXPECT_EQ(kind(R"("type":"adsb_icao","mlat":["gs"],"tisb":["lat"])"), PositionSource::tis_b);
  EXPECT_EQ(kind(R"("mlat":[],"tisb":[])"), PositionSource::ads_b);
}

TEST(AircraftJson, TellsWhatIsSaidOfAnAircraftOnce) {
  const std::string one =
      snapshot(R"({"hex":"43c6f1","r":"ZZ178","t":"C17","ownOp":"Royal Air Force","dbFlags":1,)"
               R"("category":"A5","lat":35,"lon":36})");
  const auto read = read_through(one + one + snapshot(R"({"hex":"43c6f1","r":"ZZ178"})"));
  ASSERT_EQ(read.facts.size(), 1u);
  EXPECT_EQ(read.facts[0].registration, "ZZ178");
  EXPECT_EQ(read.facts[0].type, "C17");
  EXPECT_EQ(read.facts[0].operator_name, "Royal Air Force");
  EXPECT_EQ(read.facts[0].category, "A5");
  EXPECT_EQ(read.facts[0].military, true);
  EXPECT_EQ(read.facts[0].evidence, (Evidence{7, 1}));
  EXPECT_TRUE(read.positions[0].has(Mark::military));
  EXPECT_EQ(read.records, 3u);
  EXPECT_EQ(read.without_position, 1u);
}

struct Wrong {
  std::string aircraft;
  std::string reason;
};

TEST(AircraftJson, RejectsWithTheReason) {
  const std::vector<Wrong> wrong = {
      {R"({"lat":35,"lon":36})", "no address"},
      {R"({"hex":"4b18","lat":35,"lon":36})", "address is not six hexadecimal digits"},
      {R"({"hex":"4b1817","lat":91,"lon":36})", "latitude beyond 90 degrees"},
      {R"({"hex":"4b1817","lat":35,"lon":-181})", "longitude beyond 180 degrees"},
      {R"({"hex":"4b1817","lat":NaN,"lon":36})", "latitude is not a number"},
      {R"({"hex":"4b1817","lat":35})", "latitude or longitude missing"},
      {R"({"hex":"4b1817","lat":35,"lon":36,"seen_pos":-3})", "age cannot be read"},
      {R"({"hex":"4b1817","lat":35,"lon":36,"now":0})", "time is zero"},
      {R"({"hex":"4b1817","lat":35,"lon":36,"now":7321017600})", "time outside 1900 to 2200"},
      {R"({"hex":"4b1817","lat":35,"lon":36,"now":true})", "time cannot be read"},
      {R"({"hex":"4b1817","lat":35,"lon":36 36})", "not JSON"},
      {"{\"hex\":\"4b1817\",\"flight\":\"\xFF\",\"lat\":35,\"lon\":36}", "not UTF-8"},
      {R"({"hex":"4b1817","lat":35,"lon":)" + std::string(2'000, '[') + std::string(2'000, ']') +
           "}",
       "nested too deeply"},
  };
  for (const Wrong& w : wrong) {
    const auto read = read_through(snapshot(w.aircraft + R"(,{"hex":"4b1818","lat":35,"lon":36})"),
                                   {}, SIZE_MAX, Format::aircraft_json);
    ASSERT_EQ(read.rejected.size(), 1u) << w.aircraft;
    EXPECT_EQ(read.rejected[0].reason, w.reason);
    EXPECT_EQ(read.rejected[0].record, 1u);
    EXPECT_EQ(read.rejected[0].input, 7u);
    EXPECT_LE(read.rejected[0].text.size(), 200u);
    EXPECT_EQ(read.positions.size(), 1u) << "the next one is read all the same";
  }
}

TEST(AircraftJson, TheTimeMayStandBehindTheAircraft) {
  const auto read = read_through(
      R"({"ac":[{"hex":"4b1817","lat":35,"lon":36,"seen_pos":1}],"now":1456574400000})");
  EXPECT_EQ(quantities::rfc3339(only_position(read).at), "2016-02-27T11:59:59Z");
  const auto never = read_through(R"({"ac":[{"hex":"4b1817","lat":35,"lon":36}],"total":1})");
  EXPECT_EQ(never.rejected_for("no time"), 1u);
  EXPECT_EQ(never.records, 1u);
}

TEST(AircraftJson, LooseObjectsNeedTheirOwnTime) {
  const auto read = read_through(
      "{\"now\" : 1456574400.5,\"hex\":\"4b1817\",\"lat\":35,\"lon\":36},\n"
      "{\"hex\":\"4b1818\",\"lat\":35,\"lon\":36},\n"
      "{\"hex\":\"4b1819\"}\n");
  EXPECT_EQ(read.format, Format::aircraft_json);
  EXPECT_EQ(read.positions.size(), 1u);
  EXPECT_EQ(read.rejected_for("no time"), 1u);
  EXPECT_EQ(read.without_position, 1u);
}

TEST(AircraftJson, AStreamBrokenInTheMiddleGoesOn) {
  const std::string good = R"({"hex":"4b1817","lat":35,"lon":36})";
  const auto read = read_through(snapshot(good) + "{\"now\":1456574401,\"aircraft\":[" + good +
                                 ",{\"hex\":\"4b18\n" + snapshot(good, "1456574402"));
  EXPECT_EQ(read.positions.size(), 3u);
  EXPECT_EQ(read.rejected_for("record truncated"), 1u);
  EXPECT_EQ(quantities::rfc3339(read.positions.back().at), "2016-02-27T12:00:02Z");
}

TEST(JsonLines, OneObjectALine) {
  const auto read = read_through(
      "{\"now\": 1456574400, \"alt_baro\": 4500, \"gscp\": 240, \"lat\": 35, \"lon\": 36, "
      "\"hex\": \"4b1817\", \"flight\": \"RAD1\"}\n"
      "{\"flight\": \"N/A\", \"now\": 1456574401}\n"
      "{\"now\": 1456574402, \"lat\": 35\n"
      "{\"now\": 1456574403, \"lat\": 35, \"lon\": 36, \"hex\": \"4b1817\"}");
  EXPECT_EQ(read.format, Format::json_lines);
  EXPECT_EQ(read.records, 4u);
  EXPECT_EQ(read.without_position, 1u);
  ASSERT_EQ(read.rejected.size(), 1u);
  EXPECT_EQ(read.rejected[0].record, 3u);
  EXPECT_EQ(read.rejected[0].reason, "not JSON");
  ASSERT_EQ(read.positions.size(), 2u);
  EXPECT_EQ(read.positions[1].evidence.record, 4u);
  EXPECT_EQ(read.call_signs[1], "");
}

std::string trace(std::string_view rows) {
  return "{\"icao\":\"4b1817\",\n\"r\":\"HB-ZRV\",\n\"t\":\"A109\",\n\"dbFlags\":1,\n"
         "\"timestamp\": 1456574400.000,\n\"trace\":[ " +
         std::string(rows) + " ]}\n";
}

TEST(ReadsbTrace, Rows) {
  const auto read = read_through(
      trace("[10.5,35.1,36.1,4500,120.5,90.0,0,-128,{\"flight\":\"RAD1\",\"rc\":186,\"nic\":8,"
            "\"nac_p\":9,\"sil\":3,\"category\":\"A7\"},\"adsb_icao\",4725,-128,null,null],\n"
            "[20,35.2,36.2,4700,null,null,11,null,null,\"adsb_icao\",null,null,null,null],\n"
            "[30,35.3,36.3,\"ground\",3,10,0,0,null,\"mlat\"],\n"
            "[40,35.4,36.4,null,3,10,0,0,null],\n"
            "[50,null,null,null,3,10,0,0,null]"));
  EXPECT_EQ(read.format, Format::readsb_trace);
  EXPECT_EQ(read.records, 5u);
  EXPECT_EQ(read.without_position, 1u);
  EXPECT_EQ(read.rejected.size(), 0u);
  ASSERT_EQ(read.positions.size(), 4u);
  const auto& p = read.positions;
  EXPECT_EQ(quantities::rfc3339(p[0].at), "2016-02-27T12:00:10.5Z");
  EXPECT_EQ(p[0].pressure_altitude, 4500 * 3048);
  EXPECT_EQ(p[0].geometric_height, 4725 * 3048);
  EXPECT_EQ(p[0].containment_cm, 18'600u);
  EXPECT_EQ(p[0].nac_p, 9);
  EXPECT_TRUE(p[0].has(Mark::military));
  // Stale, a new leg, and an altitude that is geometric: not pressure.
  EXPECT_TRUE(p[1].has(Mark::stale));
  EXPECT_TRUE(p[1].has(Mark::new_leg));
  EXPECT_EQ(p[1].pressure_altitude, no_height);
  EXPECT_EQ(p[1].geometric_height, 4700 * 3048);
  EXPECT_EQ(p[1].containment_cm, no_containment);
  EXPECT_EQ(p[2].kind, PositionSource::mlat);
  EXPECT_TRUE(p[2].has(Mark::on_ground));
  EXPECT_TRUE(p[3].has(Mark::ground_unknown));
  EXPECT_THAT(read.call_signs, ElementsAre("RAD1", "", "", ""));
  ASSERT_EQ(read.facts.size(), 1u);
  EXPECT_EQ(read.facts[0].category, "A7");
  EXPECT_EQ(read.facts[0].registration, "HB-ZRV");
}

TEST(ReadsbTrace, AContainmentRadiusHoldsAsLongAsTheSourceDeclares) {
  const std::string text = trace(
      "[0,35,36,4500,1,1,0,0,{\"rc\":186},\"adsb_icao\"],"
      "[60,35,36,4500,1,1,0,0,null,\"adsb_icao\"],"
      "[60.001,35,36,4500,1,1,0,0,null,\"adsb_icao\"],"
      "[70,35,36,4500,1,1,0,0,{\"rc\":186},\"adsb_icao\"],"
      "[71,35,36,4500,1,1,0,0,null,\"mlat\"],"
      "[72,35,36,4500,1,1,2,0,null,\"adsb_icao\"],"
      "[80,35,36,4500,1,1,0,0,{\"rc\":186},\"adsb_icao\"],"
      "[81,35,36,4500,1,1,0,0,{\"rc\":0},\"adsb_icao\"],"
      "[82,35,36,4500,1,1,0,0,null,\"adsb_icao\"]");
  const auto radii = [](const ReadThrough& read) {
    std::vector<bool> known;
    for (const auto& p : read.positions) known.push_back(p.containment_cm == 18'600);
    return known;
  };
  EXPECT_THAT(radii(read_through(text)),
              ElementsAre(true, false, false, true, false, false, true, false, false));
  Source source;
  source.bounds.containment_holds = quantities::seconds(60);
  EXPECT_THAT(radii(read_through(text, source)),
              ElementsAre(true, true, false, true, false, false, true, false, false));
}

TEST(ReadsbTrace, BadRowsAndBadHeads) {
  const auto rows =
      read_through(trace("[1,35],[1,91,36,1,1,1,0],[\"x\",35,36,1,1,1,0],{\"a\":1},7,"
                         "[2,35,36,1,1,1,0,0,{\"rc\":}],[3,35,36,1,1,1,0,0]"));
  EXPECT_EQ(rows.positions.size(), 1u);
  EXPECT_EQ(rows.records, 7u);
  EXPECT_EQ(rows.rejected_for("wrong number of fields"), 1u);
  EXPECT_EQ(rows.rejected_for("latitude beyond 90 degrees"), 1u);
  EXPECT_EQ(rows.rejected_for("time cannot be read"), 1u);
  EXPECT_EQ(rows.rejected_for("not JSON"), 3u);
  const auto nobody = read_through(R"({"timestamp":1456574400,"trace":[[1,35,36,1,1,1,0]]})", {},
                                   SIZE_MAX, Format::readsb_trace);
  EXPECT_EQ(nobody.rejected_for("no address"), 1u);
  const auto never = read_through(R"({"icao":"4b1817","trace":[[1,35,36,1,1,1,0]]})", {}, SIZE_MAX,
                                  Format::readsb_trace);
  EXPECT_EQ(never.rejected_for("no time"), 1u);
}

// A list or object inside that is not well-formed spoils its aircraft, however it comes: whole,
// from tokens of many, or byte by byte.
TEST(AircraftJson, WhatIsMalformedInsideIsToldTheSameHoweverItComes) {
  for (const char* inside :
       {"[,1]", "[1,,2]", "[1,]", "[1 2]", "[:1]", R"({"a":"b":"c"})", R"({"a":1,})",
        R"({"a":1,"b"})", R"({"a":1 "b":2})", R"({"a"::1})", R"(["a":1])", R"({"a",1})"}) {
    const std::string text =
        std::string(R"({"now":1456531200,"aircraft":[{"hex":"4b1817","lat":35,"lon":36,"mlat":)") +
        inside + R"(,"seen_pos":1},{"hex":"4b1818","lat":35,"lon":36}]})";
    const auto whole = read_through(text), parts = read_through(text, {}, 1);
    EXPECT_EQ(lines_of(whole), lines_of(parts)) << inside;
    ASSERT_EQ(whole.rejected.size(), parts.rejected.size()) << inside;
    for (std::size_t i = 0; i < whole.rejected.size(); ++i) {
      EXPECT_EQ(whole.rejected[i].reason, parts.rejected[i].reason) << inside;
      EXPECT_EQ(whole.rejected[i].text, parts.rejected[i].text) << inside;
    }
  }
}

}  // namespace
}  // namespace truce::observations
