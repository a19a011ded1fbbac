// The published files of aircraft positions, read in place and counted as their README counts them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "base/places_test_case.h"
#include "observations/read_through.h"

namespace truce::observations {
namespace {

namespace fs = std::filesystem;

const fs::path aircraft_files = base::source_folder() / ".." / "shared" / "data" / "aircraft";

std::string bytes_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

std::string decompressed(const std::string& bytes) {
  std::string text;
  Decompressor decompressor([&](std::string_view part) { text += part; });
  EXPECT_TRUE(decompressor.take(bytes));
  EXPECT_TRUE(decompressor.finish());
  return text;
}

ReadThrough read_file(const std::string& name, const Source& source = {}) {
  return read_through(decompressed(bytes_of(aircraft_files / name)), source);
}

std::size_t aircraft_in(const ReadThrough& read) {
  std::set<Address> addresses;
  for (const auto& position : read.positions) addresses.insert(position.address);
  return addresses.size();
}

struct Counted {
  std::string file;
  Format format;
  std::uint64_t records, positions, without_position, rejected;
};
void PrintTo(const Counted& c, std::ostream* out) {
  *out << c.file;
}

class RealFile : public ::testing::TestWithParam<Counted> {};

TEST_P(RealFile, IsReadWhole) {
  const Counted& expected = GetParam();
  if (!fs::exists(aircraft_files / expected.file))
    GTEST_SKIP() << "real data absent: " << expected.file;
  const ReadThrough read = read_file(expected.file);
  EXPECT_EQ(to_string(read.format), to_string(expected.format));
  EXPECT_EQ(read.records, expected.records);
  EXPECT_EQ(read.counted_positions, expected.positions);
  EXPECT_EQ(read.positions.size(), expected.positions);
  EXPECT_EQ(read.without_position, expected.without_position);
  EXPECT_EQ(read.rejected.size(), expected.rejected);
  EXPECT_EQ(read.records, read.positions.size() + read.without_position + read.rejected.size());
  for (const Rejected& r : read.rejected) EXPECT_EQ(r.reason, "no time") << r.text;
}

std::string traces(const std::string& address) {
  return "readsb_traces/2023-08-30/trace_full_" + address + ".json";
}
std::string states(const std::string& time) {
  return "opensky_states_west_asia/aircraft-20260318T" + time + ".json";
}
std::string tracks(const std::string& name) {
  return "opensky_tracks/" + name + ".json.gz";
}

Counted trace_of(const std::string& address, std::uint64_t rows) {
  return {traces(address), Format::readsb_trace, rows, rows, 0, 0};
}
Counted states_at(const std::string& time, std::uint64_t rows) {
  return {states(time), Format::opensky_states, rows, rows, 0, 0};
}
Counted track_of(const std::string& name, std::uint64_t rows, std::uint64_t without = 0) {
  return {tracks(name), Format::opensky_tracks, rows, rows - without, without, 0};
}

INSTANTIATE_TEST_SUITE_P(
    Traces, RealFile,
    ::testing::Values(trace_of("4d208a", 91), trace_of("a1878a", 97), trace_of("a69d8a", 25),
                      trace_of("ac6f8a", 106), trace_of("a11e8b", 167), trace_of("a2228b", 182),
                      trace_of("a57b8b", 9), trace_of("a8758b", 290), trace_of("a1388c", 96),
                      trace_of("a3c78c", 464), trace_of("a7888c", 108), trace_of("ab5b8c", 92),
                      trace_of("ab7b8c", 70), trace_of("ac138c", 82), trace_of("34718d", 236),
                      trace_of("aa178d", 985), trace_of("a4068e", 282), trace_of("aa568e", 150),
                      trace_of("ab2c8e", 57), trace_of("a2fe8f", 3), trace_of("a7538f", 89),
                      trace_of("aab38f", 249)));

INSTANTIATE_TEST_SUITE_P(
    Snapshots, RealFile,
    ::testing::Values(Counted{"aircraft_json/aircraft_1.json", Format::aircraft_json, 64, 63, 1, 0},
                      Counted{"aircraft_json/aircraft_2.json", Format::aircraft_json, 69, 67, 2, 0},
                      Counted{"aircraft_json/aircraft_3.json", Format::aircraft_json, 80, 77, 3, 0},
                      Counted{"aircraft_json/json_1.json", Format::aircraft_json, 48, 0, 3, 45},
                      Counted{"aircraft_json/json_3.json", Format::aircraft_json, 11, 5, 0, 6}));

INSTANTIATE_TEST_SUITE_P(States, RealFile,
                         ::testing::Values(states_at("071243", 73), states_at("071424", 74),
                                           states_at("075233", 85), states_at("080730", 94),
                                           states_at("082742", 90), states_at("084917", 90)));

// Their README counts the fixes; of bad-line.igc one has a damaged end.
INSTANTIATE_TEST_SUITE_P(
    FlightRecorders, RealFile,
    ::testing::Values(Counted{"igc/xctrack-2020-09-04.igc", Format::igc, 583, 583, 0, 0},
                      Counted{"igc/xctrack-2022-04-07.igc", Format::igc, 294, 294, 0, 0},
                      Counted{"igc/xctrack-2023-04-28.igc", Format::igc, 979, 979, 0, 0},
                      Counted{"igc/example.igc", Format::igc, 10, 10, 0, 0}));

TEST(RealFlightRecorder, SurvivesABadLine) {
  if (!fs::exists(aircraft_files / "igc/bad-line.igc")) GTEST_SKIP() << "real data absent: igc";
  const ReadThrough read = read_file("igc/bad-line.igc");
  EXPECT_EQ(read.format, Format::igc);
  EXPECT_EQ(read.records, 9u);
  EXPECT_EQ(read.positions.size(), 8u);
  ASSERT_EQ(read.rejected.size(), 1u);
  EXPECT_EQ(read.rejected[0].reason, "an extension is missing or not a number");
  EXPECT_EQ(read.facts.at(0).registration, "D-KGSA");
  EXPECT_EQ(read.positions[0].geometric_height, 191 * 10'000) << "above the ellipsoid";
  EXPECT_EQ(read.positions[0].nac_p, 10) << "FXA 007";
}

INSTANTIATE_TEST_SUITE_P(
    Tracks, RealFile,
    ::testing::Values(track_of("switzerland", 139'098), track_of("rega_zh", 339),
                      track_of("samu31", 378), track_of("inflight_refuelling", 10'397, 1),
                      track_of("noisy_spoofing", 8'681, 11), track_of("noisy_time_issue", 8'294),
                      track_of("noisy_ground", 924), track_of("elal747", 2'110),
                      track_of("airbus_tree", 5'412), track_of("border_control", 1'465),
                      track_of("calfire", 9'955), track_of("alpi_italiane", 1'875),
                      track_of("sisteron", 1'605), track_of("mecsek_mountains", 1'462),
                      track_of("monastir", 2'082), track_of("zurich_airport", 17'132)));

TEST(RealPositions, NumbersOfAircraft) {
  if (!fs::exists(aircraft_files)) GTEST_SKIP() << "real data absent";
  EXPECT_EQ(aircraft_in(read_file(tracks("switzerland"))), 842u);
  EXPECT_EQ(aircraft_in(read_file(tracks("calfire"))), 45u);
  EXPECT_EQ(aircraft_in(read_file(tracks("zurich_airport"))), 10u);
  EXPECT_EQ(aircraft_in(read_file("json_lines/20minutes.json.gz")), 19u);
}

TEST(RealPositions, TwentyMinutesOfLines) {
  if (!fs::exists(aircraft_files)) GTEST_SKIP() << "real data absent";
  const ReadThrough read = read_file("json_lines/20minutes.json.gz");
  EXPECT_EQ(read.format, Format::json_lines);
  EXPECT_EQ(read.records, 1'612u);
  EXPECT_EQ(read.positions.size() + read.without_position, 1'612u);
  EXPECT_GT(read.without_position, 0u);
  ASSERT_FALSE(read.positions.empty());
  EXPECT_EQ(quantities::rfc3339(read.positions.front().at), "2023-08-30T08:10:00Z");
  EXPECT_EQ(quantities::iso_date(quantities::date_at(read.positions.back().at)), "2023-08-30");
}

TEST(RealPositions, MessagesWithoutTimeAreRejectedForThat) {
  if (!fs::exists(aircraft_files)) GTEST_SKIP() << "real data absent";
  Source source;
  source.date = quantities::Date{2016, 2, 27};  // helps nothing: the rows have no clock either
  for (const Source& s : {Source{}, source}) {
    const ReadThrough read = read_file("sbs/sbs1_messages_no_time.csv", s);
    EXPECT_EQ(read.format, Format::sbs1);
    EXPECT_EQ(read.records, 4'184u);
    EXPECT_EQ(read.positions.size(), 0u);
    EXPECT_EQ(read.rejected_for("no date or time in the row"), 74u);
    EXPECT_EQ(read.rejected.size(), 74u);
    EXPECT_EQ(read.without_position, 4'110u);
  }
}

TEST(RealPositions, BaseStationReplay) {
  if (!fs::exists(aircraft_files)) GTEST_SKIP() << "real data absent";
  const ReadThrough read = read_file("modes/replay_406b90.sbs.csv");
  EXPECT_EQ(read.format, Format::sbs1);
  EXPECT_EQ(read.records, 2'000u);
  EXPECT_EQ(read.rejected.size(), 0u);
  EXPECT_EQ(aircraft_in(read), 1u);
  EXPECT_GT(read.positions.size(), 800u);
  EXPECT_LE(read.positions.size(), 937u);
}

// In the real traces a containment radius stands where details do, and nowhere else unless the
// source declares that it holds.
TEST(RealPositions, ContainmentOfTraces) {
  if (!fs::exists(aircraft_files)) GTEST_SKIP() << "real data absent";
  const auto with_radius = [](const ReadThrough& read) {
    return std::count_if(read.positions.begin(), read.positions.end(),
                         [](const auto& p) { return p.containment_cm != no_containment; });
  };
  const auto alone = with_radius(read_file(traces("a4068e")));
  Source source;
  source.bounds.containment_holds = quantities::seconds(60);
  const auto held = with_radius(read_file(traces("a4068e"), source));
  EXPECT_GT(alone, 0);
  EXPECT_GT(held, alone);
  EXPECT_LE(held, 282);
}

TEST(RealPositions, AnyPartsGiveTheSame) {
  if (!fs::exists(aircraft_files)) GTEST_SKIP() << "real data absent";
  for (const std::string& file :
       {std::string("aircraft_json/aircraft_2.json"), std::string("aircraft_json/json_3.json"),
        traces("a3c78c"), states("080730"), std::string("json_lines/20minutes.json.gz"),
        std::string("modes/replay_406b90.sbs.csv"), tracks("noisy_ground"), tracks("rega_zh")}) {
    const std::string text = decompressed(bytes_of(aircraft_files / file));
    const ReadThrough whole = read_through(text);
    for (const std::size_t part : {1u, 7u, 4096u}) {
      const ReadThrough parts = read_through(text, {}, part, whole.format);
      EXPECT_EQ(lines_of(parts), lines_of(whole)) << file << " in parts of " << part;
      EXPECT_EQ(parts.records, whole.records);
    }
  }
}

}  // namespace
}  // namespace truce::observations
