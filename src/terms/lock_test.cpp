#include "terms/lock.h"

#include <gtest/gtest.h>

#include <bit>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace truce::terms {
namespace {

using areas::Side;
using quantities::kilometres;
using quantities::point_from;

// A grid of 10 degrees with 20 m everywhere but for -30 m at the equator.
std::string flat_geoid() {
  std::string bytes;
  const auto add = [&](std::uint64_t bits, int count) {
    for (int shift = 8 * (count - 1); shift >= 0; shift -= 8)
      bytes += static_cast<char>((bits >> shift) & 0xFF);
  };
  for (double value : {-90.0, -180.0, 10.0, 10.0}) add(std::bit_cast<std::uint64_t>(value), 8);
  add(19, 4), add(36, 4);
  for (int row = 0; row < 19; ++row)
    for (int column = 0; column < 36; ++column)
      add(std::bit_cast<std::uint32_t>(row == 9 ? -30.0F : 20.0F), 4);
  return bytes;
}

const std::string map_bytes = R"({"type": "FeatureCollection", "features": [
  {"type": "Feature", "id": "A-01", "geometry": {"type": "Polygon", "coordinates":
    [[[36,35],[36,36],[37,36],[37,35],[36,35]], [[36.4,35.4],[36.6,35.4],[36.5,35.6],[36.4,35.4]]]}},
  {"type": "Feature", "id": "bad", "geometry": {"type": "Polygon", "coordinates":
    [[[36,35],[37,36],[37,35],[36,36],[36,35]]]}}]})";

Area area_of(std::string id, OutlineSource source) {
  Area area;
  area.id = std::move(id);
  area.source = std::move(source);
  area.where = "agreement.toml:9:1";
  return area;
}

OutlineSource in_file(std::string feature, Edges edges = Edges::straight) {
  OutlineSource source;
  source.file = "areas.geojson";
  source.feature = std::move(feature);
  source.edges = edges;
  return source;
}

Agreement drawn_up() {
  Agreement agreement;
  agreement.time_zone = "Asia/Damascus";
  agreement.text_digest = base::sha256("the text");
  agreement.areas.push_back(area_of("A-01", in_file("A-01", Edges::geodesic)));
  OutlineSource circle;
  circle.kind = OutlineSource::Kind::circle;
  circle.centre = *point_from("35.93 N 36.63 E");
  circle.radius = kilometres(12);
  circle.edges = Edges::geodesic;
  agreement.areas.push_back(area_of("A-02", circle));
  OutlineSource corridor;
  corridor.kind = OutlineSource::Kind::corridor;
  corridor.vertices = {*point_from("10 N 179.5 E"), *point_from("11 N 179.5 W")};
  corridor.radius = kilometres(5);
  corridor.edges = Edges::geodesic;
  agreement.areas.push_back(area_of("A-03", corridor));
  OutlineSource ring;
  ring.kind = OutlineSource::Kind::vertices;
  ring.vertices = {*point_from("36 N 40 E"), *point_from("36 N 47 E"), *point_from("38 N 47 E"),
                   *point_from("38 N 40 E")};
  ring.edges = Edges::rhumb;
  agreement.areas.push_back(area_of("A-04", ring));
  agreement.areas.back().valid.from = *quantities::instant_from("2016-03-01T00:00:00Z");
  agreement.areas.back().amendment = "M-1";
  return agreement;
}

Agreement resolved() {
  Agreement agreement = drawn_up();
  const auto problems = resolve(agreement, {{"areas.geojson", map_bytes}}, flat_geoid());
  EXPECT_TRUE(problems.empty()) << problems[0].where << ": " << problems[0].message;
  return agreement;
}

TEST(Resolve, FillsWhatTheAgreementLeavesOpen) {
  const Agreement agreement = resolved();
  EXPECT_EQ(areas::side_of(agreement.areas[0].outline, *point_from("35.2 N 36.2 E")), Side::inside);
  EXPECT_EQ(areas::side_of(agreement.areas[0].outline, *point_from("35.5 N 36.5 E")),
            Side::outside);
  EXPECT_EQ(areas::side_of(agreement.areas[1].outline, *point_from("35.93 N 36.75 E")),
            Side::inside);
  EXPECT_EQ(areas::side_of(agreement.areas[2].outline, *point_from("10.5 N 180 E")), Side::inside);
  EXPECT_EQ(agreement.areas[3].outline.polygons[0].outer.size(), 4u) << "parallels and meridians";
  EXPECT_EQ(agreement.areas[0].geoid_least, quantities::metres(20));
  EXPECT_EQ(agreement.areas[2].geoid_least, quantities::metres(-30)) << "a cell beside the equator";
  EXPECT_EQ(agreement.areas[2].geoid_most, quantities::metres(20));
  EXPECT_FALSE(agreement.zone_offsets.empty());
  EXPECT_EQ(agreement.outline_files.at("areas.geojson"), base::sha256(map_bytes));
  EXPECT_EQ(agreement.lock_digest, base::sha256(lock_text(agreement)));
}

// --- Limits that are in the file of the outline ---

const std::string openair_bytes =
    "AC R\nAN band\nAL FL50\nAH 9000 ft MSL\nV X=35:00:00 N 036:00:00 E\nDC 6\n"
    "AC R\nAN vague\nAL GND\nAH 8400 ft\nDC 6\n"
    "AC R\nAN ground\nAL GND\nAH UNL\nAA 2016-03-01T12:00Z/2016-03-01T13:00Z\nDC 6\n"
    "AC R\nAN inverted\nAL FL200\nAH FL100\nDC 6\n";
const std::map<std::string, std::string> openair_files{{"a.txt", openair_bytes},
                                                       {"areas.geojson", map_bytes}};

Agreement with_area(const std::string& feature, LimitOrigin floor, LimitOrigin ceiling) {
  Agreement agreement;
  agreement.text_digest = base::sha256("the text");
  Area area = area_of("A-01", in_file(feature));
  if (feature != "A-01") area.source.file = "a.txt";
  area.floor = {Reference::surface, {}, "SFC"};
  area.ceiling = {Reference::unlimited, {}, "UNL"};
  if (floor == LimitOrigin::agreement)
    area.floor = {Reference::pressure, quantities::feet(10'000), "FL100"};
  area.floor_origin = floor;
  area.ceiling_origin = ceiling;
  agreement.areas.push_back(area);
  return agreement;
}

std::string told(const base::Problems& problems) {
  std::string text;
  for (const base::Problem& p : problems) text += p.where + ": " + p.message + "\n";
  return text;
}

TEST(FiledLimits, AreTakenWhereTheAgreementSaysSo) {
  Agreement agreement = with_area("band", LimitOrigin::file, LimitOrigin::file);
  EXPECT_EQ(told(resolve(agreement, openair_files, flat_geoid())), "");
  EXPECT_EQ(agreement.areas[0].floor.text, "FL50");
  EXPECT_EQ(agreement.areas[0].ceiling.reference, Reference::mean_sea_level);
  const std::string lock = lock_text(agreement);
  EXPECT_NE(lock.find("\"version\": 2"), std::string::npos);
  EXPECT_NE(lock.find("\"floor\": \"FL50\""), std::string::npos) << lock;

  Agreement again = with_area("band", LimitOrigin::file, LimitOrigin::file);
  EXPECT_EQ(told(apply_lock(again, lock, "agreement.lock")), "");
  EXPECT_EQ(again.areas[0].floor.reference, Reference::pressure);
  EXPECT_EQ(again.areas[0].ceiling.height, quantities::feet(9'000));
  EXPECT_EQ(lock_text(again), lock);
  EXPECT_EQ(told(differences_from_files(again, openair_files)), "");
}

TEST(FiledLimits, ALockWithoutThemDoesNotFit) {
  Agreement stated = with_area("ground", LimitOrigin::left_out, LimitOrigin::left_out);
  EXPECT_EQ(told(resolve(stated, openair_files, flat_geoid())), "");
  const std::string lock = lock_text(stated);
  EXPECT_NE(lock.find("\"version\": 1"), std::string::npos) << "as it always was";
  Agreement wanted = with_area("ground", LimitOrigin::file, LimitOrigin::file);
  EXPECT_EQ(told(apply_lock(wanted, lock, "agreement.lock")),
            "agreement.lock: areas[0]: has no limits, which the agreement takes from a.txt; run "
            "truce check --lock again\n");
}

TEST(FiledLimits, AreNeitherGuessedNorPassedOver) {
  const auto problems = [](const std::string& feature, LimitOrigin floor, LimitOrigin ceiling) {
    Agreement agreement = with_area(feature, floor, ceiling);
    return told(resolve(agreement, openair_files, flat_geoid()));
  };
  using enum LimitOrigin;
  EXPECT_EQ(
      problems("band", left_out, left_out),
      "agreement.toml:9:1: area A-01: the floor is left out, which means the surface, but "
      "a.txt:3 states \"FL50\"; write floor = \"file\" to take it from there, or the floor "
      "that is meant\n"
      "agreement.toml:9:1: area A-01: the ceiling is left out, which means no limit, but "
      "a.txt:4 states \"9000 ft MSL\"; write ceiling = \"file\" to take it from there, or the "
      "ceiling that is meant\n");
  EXPECT_EQ(problems("vague", file, file),
            "agreement.toml:9:1: area A-01: ceiling: the ceiling \"8400 ft\" of a.txt:10 does not "
            "say what it is measured from; write the ceiling that is meant\n");
  EXPECT_EQ(problems("ground", left_out, left_out), "") << "both say the same";
  EXPECT_EQ(problems("inverted", file, file),
            "agreement.toml:9:1: area A-01: its ceiling, FL100, is below its floor, FL200\n");
  EXPECT_EQ(
      problems("A-01", file, left_out),
      "agreement.toml:9:1: area A-01: floor = \"file\", but areas.geojson states no floor for "
      "it; write one\n");
}

TEST(FiledLimits, TheAgreementsWordsHoldAndTheDifferenceIsTold) {
  Agreement agreement = with_area("band", LimitOrigin::agreement, LimitOrigin::file);
  EXPECT_EQ(told(resolve(agreement, openair_files, flat_geoid())), "");
  EXPECT_EQ(agreement.areas[0].floor.text, "FL100");
  EXPECT_EQ(told(differences_from_files(agreement, openair_files)),
            "agreement.toml:9:1: area A-01: its floor is FL100; a.txt:3 says \"FL50\", which does "
            "not count\n");
  Agreement timed = with_area("ground", LimitOrigin::left_out, LimitOrigin::left_out);
  EXPECT_EQ(told(resolve(timed, openair_files, flat_geoid())), "");
  EXPECT_EQ(
      told(differences_from_files(timed, openair_files)),
      "agreement.toml:9:1: area A-01: a.txt:12 limits it in time (from 2016-03-01T12:00Z until "
      "2016-03-01T13:00Z), which does not count: 'from' and 'until' of the area and 'when' of "
      "the rules do\n");
}

TEST(FiledLimits, EdgesOfTheFileNeedAFileThatSaysThem) {
  Agreement agreement = with_area("ground", LimitOrigin::left_out, LimitOrigin::left_out);
  agreement.areas[0].source.edges = Edges::as_filed;
  EXPECT_EQ(told(resolve(agreement, openair_files, flat_geoid())),
            "agreement.toml:9:1: area A-01: edges = \"file\", but a.txt does not say how its edges "
            "run; write \"straight\", \"geodesic\" or \"rhumb\"\n");
}

TEST(Resolve, ReportsEveryProblemAtOnce) {
  Agreement agreement = drawn_up();
  agreement.areas[0].source.feature = "bad";
  agreement.areas[1].source.radius = quantities::metres(0);
  agreement.areas[2].source = in_file("A-01");
  agreement.areas[2].source.file = "elsewhere.kml";
  agreement.areas[3].source.vertices.pop_back();
  agreement.areas[3].source.vertices.pop_back();
  agreement.time_zone = "Asia/Nowhere";
  agreement.atmosphere.least_hpa = 2'000;
  const auto problems = resolve(agreement, {{"areas.geojson", map_bytes}}, "no grid");
  const struct {
    const char* where;
    const char* message;
  } expected[] = {
      {"agreement.toml", "no zone \"Asia/Nowhere\""},
      {"agreement.toml", "pressures at sea level"},
      {"egm96_15.gtx", "is no geoid grid"},
      {"areas.geojson, layer areas, feature bad, outer ring, vertex 1", "crosses"},
      {"agreement.toml:9:1", "area A-02: circle: a radius of 0 m"},
      {"agreement.toml:9:1", "area A-03: elsewhere.kml: is not there"},
      {"agreement.toml:9:1: area A-04, outer ring", "fewer than three"},
  };
  ASSERT_EQ(problems.size(), std::size(expected));
  for (std::size_t i = 0; i < std::size(expected); ++i) {
    EXPECT_EQ(problems[i].where, expected[i].where);
    EXPECT_NE(problems[i].message.find(expected[i].message), std::string::npos)
        << problems[i].message;
  }
}

TEST(Resolve, ReadsCompressedNamesAsTheirContent) {
  Agreement agreement = drawn_up();
  agreement.areas[0].source.file = "areas.geojson.gz";
  EXPECT_EQ(outline_files(agreement), (std::vector<std::string>{"areas.geojson.gz"}));
  EXPECT_TRUE(resolve(agreement, {{"areas.geojson.gz", map_bytes}}, flat_geoid()).empty());
}

TEST(OutlineFiles, NamesTheSiblingsOfAShapefile) {
  Agreement agreement = drawn_up();
  agreement.areas[0].source.file = "maps/zones.shp";
  EXPECT_EQ(outline_files(agreement),
            (std::vector<std::string>{"maps/zones.cpg", "maps/zones.dbf", "maps/zones.prj",
                                      "maps/zones.shp", "maps/zones.shx"}));
}

TEST(Lock, ComesBackByteForByte) {
  const Agreement original = resolved();
  const std::string lock = lock_text(original);
  Agreement read = drawn_up();
  const auto problems = apply_lock(read, lock, "agreement.lock");
  ASSERT_TRUE(problems.empty()) << problems[0].message;
  EXPECT_EQ(lock_text(read), lock);
  EXPECT_EQ(read.lock_digest, original.lock_digest);
  for (std::size_t i = 0; i < read.areas.size(); ++i)
    EXPECT_EQ(read.areas[i].outline, original.areas[i].outline);
  EXPECT_EQ(read.atmosphere.sea_level_most, original.atmosphere.sea_level_most);
  EXPECT_EQ(lock_text(resolved()), lock) << "and is written alike each time";
}

TEST(Lock, TellsItsHeaderBeforeTheAgreementIsRead) {
  const Agreement agreement = resolved();
  const auto header = lock_header(lock_text(agreement), "agreement.lock");
  ASSERT_TRUE(header) << header.error().message;
  EXPECT_EQ(header->agreement, agreement.text_digest);
  EXPECT_EQ(header->time_zone, "Asia/Damascus");
  ASSERT_EQ(header->zone_offsets.size(), agreement.zone_offsets.size());
  EXPECT_TRUE(changed_files(*header, {{"areas.geojson", map_bytes}}).empty());
  EXPECT_EQ(changed_files(*header, {{"areas.geojson", map_bytes + " "}}).size(), 1u);
  EXPECT_EQ(changed_files(*header, {}).size(), 1u);
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return at == std::string::npos ? text : text.replace(at, from.size(), to);
}

TEST(Lock, IsReadStrictly) {
  const std::string lock = lock_text(resolved());
  const struct {
    const char* name;
    std::string text;
    const char* message;
  } cases[] = {
      {"empty", "", "is no JSON document: empty"},
      {"cut short", lock.substr(0, lock.size() / 2), "is no JSON document"},
      {"something else", "{\"format\": \"other\"}", "is no lock"},
      {"an array", "[]", "is no lock"},
      {"newer", replaced(lock, "\"version\": 1", "\"version\": 3"), "use a newer program"},
      {"of another version", replaced(lock, "\"version\": 1", "\"version\": 2"),
       "areas[0].floor: is missing"},
      {"no version", replaced(lock, "\"version\": 1,", ""), "version: expected"},
      {"another text", replaced(lock, base::sha256("the text").hex(), base::sha256("other").hex()),
       "run truce check --lock again"},
      {"capital digest", replaced(lock, base::sha256("the text").hex(), std::string(64, 'A')),
       "agreement_sha256: expected a SHA-256"},
      {"another zone", replaced(lock, "Asia/Damascus", "Asia/Amman"), "time_zone.name"},
      {"unknown member", replaced(lock, "\"files\"", "\"more\": 1, \"files\""),
       "more: is no member"},
      {"member twice", replaced(lock, "\"files\"", "\"version\": 1, \"files\""),
       "two members \"version\""},
      {"missing member", replaced(lock, "\"thickness_least_ppm\"", "\"thickness\""),
       "atmosphere.thickness_least_ppm: is missing"},
      {"no time", replaced(lock, "\"from\": \"1900-01-01T00:00:00Z\"", "\"from\": \"\""),
       "time_zone.offsets[0].from: expected a time"},
      {"text for a number",
       replaced(lock, "\"geoid_least_dm\": 200", "\"geoid_least_dm\": \"200\""),
       "areas[0].geoid_least_dm: expected a whole number"},
      {"another area", replaced(lock, "\"A-02\"", "\"A-99\""), "is not the area A-02"},
      {"other edges", replaced(lock, "\"geodesic\"", "\"straight\""), "is not the area A-01"},
      {"odd ring", replaced(lock, "\"outer\": [", "\"outer\": [1,"),
       "longitude and latitude in turn"},
      {"fraction", replaced(lock, "360000000,", "360000000.5,"), "in ten-millionths"},
      {"beyond the pole", replaced(lock, "350000000,", "950000000,"), "in ten-millionths"},
      {"hole that crosses", replaced(lock, "354000000,", "304000000,"), "areas[0]: hole 1, vertex"},
      {"not UTF-8", replaced(lock, "A-02", "A\xFF"), "not UTF-8"},
      {"bounds crossed", replaced(lock, "\"geoid_least_dm\": 200", "\"geoid_least_dm\": 900"),
       "is above geoid_most_dm"},
  };
  for (const auto& c : cases) {
    SCOPED_TRACE(c.name);
    Agreement agreement = drawn_up();
    const auto problems = apply_lock(agreement, c.text, "agreement.lock");
    ASSERT_FALSE(problems.empty());
    EXPECT_EQ(problems[0].where, "agreement.lock");
    EXPECT_NE(problems[0].message.find(c.message), std::string::npos) << problems[0].message;
    EXPECT_TRUE(agreement.areas[0].outline.polygons.empty()) << "nothing is half applied";
  }
  Agreement fewer = drawn_up();
  fewer.areas.pop_back();
  EXPECT_FALSE(apply_lock(fewer, lock, "agreement.lock").empty());
}

TEST(LockRealData, TakesTheGeoidFromTheGrid) {
  const std::filesystem::path grid = "/usr/share/proj/egm96_15.gtx";
  if (!std::filesystem::exists(grid)) GTEST_SKIP() << "PROJ's egm96_15.gtx is not here";
  std::ifstream file(grid, std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(file), {}};
  Agreement agreement = drawn_up();
  ASSERT_TRUE(resolve(agreement, {{"areas.geojson", map_bytes}}, bytes).empty());
  // EGM96 lies some 20 to 30 m above the ellipsoid in the north-west of Syria.
  EXPECT_GT(agreement.areas[0].geoid_least.in_metres(), 15);
  EXPECT_LT(agreement.areas[0].geoid_most.in_metres(), 35);
}

}  // namespace
}  // namespace truce::terms
