// The published files of airspaces, read in place and counted as their README counts them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <simdjson.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include "base/places_test_case.h"
#include "observations/reader.h"
#include "terms/extent.h"
#include "terms/outlines.h"

namespace truce::terms {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Pair;
using ::testing::UnorderedElementsAre;

const fs::path airspace = base::source_folder() / ".." / "shared" / "data" / "airspace";

std::string unpacked(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream bytes;
  bytes << file.rdbuf();
  std::string text;
  observations::Decompressor decompressor([&](std::string_view part) { text += part; });
  EXPECT_TRUE(decompressor.take(bytes.str()));
  EXPECT_TRUE(decompressor.finish());
  return text;
}

// The files of a tar archive (POSIX.1-1988), by name without folders.
std::map<std::string, std::string> files_in_tar(const std::string& archive) {
  std::map<std::string, std::string> files;
  for (std::size_t at = 0; at + 512 <= archive.size() && archive[at] != '\0';) {
    const std::string name = archive.substr(at, 100).c_str();
    const std::size_t size = std::stoul(archive.substr(at + 124, 11), nullptr, 8);
    if (archive[at + 156] == '0' || archive[at + 156] == '\0')
      files[fs::path(name).filename().string()] = archive.substr(at + 512, size);
    at += 512 + (size + 511) / 512 * 512;
  }
  return files;
}

base::Result<OutlineReader> opened(const std::string& name, const std::string& bytes) {
  return OutlineReader::open({name, {{name, bytes}}});
}

// What became of the areas of a file: how many there are, how many can be drawn, and why not the
// others.
struct Tally {
  std::size_t areas = 0, layers = 0, drawn = 0;
  std::vector<std::string> refused;
  std::map<std::string, int> classes;
};

Tally tally_of(const OutlineReader& reader) {
  Tally tally;
  for (const FeatureSummary& feature : reader.features()) {
    ++(feature.layer.empty() ? tally.areas : tally.layers);
    const auto written = reader.find(feature.layer, std::to_string(feature.number));
    if (!written) {
      tally.refused.push_back(written.error().where + ": " + written.error().message);
      continue;
    }
    for (const auto& [key, value] : written->charted->attributes)
      if (key == "class") ++tally.classes[value];
    const auto outline =
        drawn_outline(*written, written->charted->says_edges ? Edges::as_filed : Edges::straight);
    if (outline)
      ++tally.drawn;
    else
      tally.refused.push_back(outline.error()[0].where + ": " + outline.error()[0].message);
  }
  return tally;
}

Tally tally_of(const std::string& name, const std::string& bytes) {
  const auto reader = opened(name, bytes);
  EXPECT_TRUE(reader) << reader.error().where << ": " << reader.error().message;
  return reader ? tally_of(*reader) : Tally();
}

#define SKIP_WITHOUT(path) \
  if (!fs::exists(path)) GTEST_SKIP() << "real data absent: " << (path)

TEST(RealOpenAir, Germany) {
  const fs::path path = airspace / "openair" / "germany_2026-03-19.txt.gz";
  SKIP_WITHOUT(path);
  const Tally tally = tally_of("germany.txt", unpacked(path));
  EXPECT_EQ(tally.areas, 678u);
  EXPECT_THAT(tally.classes, UnorderedElementsAre(Pair("R", 138), Pair("Q", 116), Pair("C", 97),
                                                  Pair("W", 86), Pair("D", 82), Pair("CTR", 66),
                                                  Pair("TMZ", 56), Pair("RMZ", 31), Pair("G", 6)));
  EXPECT_EQ(tally.drawn, 676u);
  EXPECT_THAT(tally.refused,
              ElementsAre(HasSubstr("germany.txt:5215: area Frankfurt: the boundary from here "
                                    "crosses or overlaps itself"),
                          HasSubstr("germany.txt:6139: area Stuttgart: the boundary from here "
                                    "crosses or overlaps itself")));
}

// The limits of every German area are understood: each says its reference.
TEST(RealOpenAir, EveryGermanLimitIsUnderstood) {
  const fs::path path = airspace / "openair" / "germany_2026-03-19.txt.gz";
  SKIP_WITHOUT(path);
  const auto reader = opened("germany.txt", unpacked(path));
  ASSERT_TRUE(reader);
  for (const FeatureSummary& feature : reader->features()) {
    const auto written = reader->find("", std::to_string(feature.number));
    ASSERT_TRUE(written);
    for (const auto* limit : {&written->charted->floor, &written->charted->ceiling}) {
      ASSERT_TRUE(*limit) << written->where;
      EXPECT_TRUE((*limit)->limit) << (*limit)->where << (*limit)->why;
    }
  }
}

TEST(RealOpenAir, Sample) {
  const fs::path path = airspace / "openair" / "aerofiles_sample.txt";
  SKIP_WITHOUT(path);
  const Tally tally = tally_of("sample.txt", unpacked(path));
  EXPECT_EQ(tally.areas, 25u) << "and one terrain, which is no area";
  EXPECT_EQ(tally.drawn, 22u);
  EXPECT_THAT(
      tally.refused,
      ElementsAre(HasSubstr(":85: area Reno-C-2: the arc begins 13.2 km from its centre and ends "
                            "14.9 km from it"),
                  HasSubstr(":121: area BEALE AFB: the direction \"-5\" is neither + nor -"),
                  HasSubstr(":142: area R 4812 4804: the boundary from here crosses or overlaps "
                            "itself")));
}

// A box in degrees.
struct Extremes {
  double west = 180, south = 90, east = -180, north = -90;
  void add(double longitude, double latitude) {
    west = std::min(west, longitude), east = std::max(east, longitude);
    south = std::min(south, latitude), north = std::max(north, latitude);
  }
};

// What another program made of a fixture: its outline and the height of its limits.
void expect_as_another_program_read_it(const std::string& name, const std::string& bytes,
                                       const std::string& expected) {
  SCOPED_TRACE(name);
  simdjson::dom::parser parser;
  simdjson::dom::element json = parser.parse(expected);
  const auto reader = opened(name, bytes);
  ASSERT_TRUE(reader);
  std::size_t number = 0;
  for (simdjson::dom::element feature : simdjson::dom::array(json["features"])) {
    const auto written = reader->find("", std::to_string(number++));
    ASSERT_TRUE(written) << written.error().where << ": " << written.error().message;
    const ChartedArea& area = *written->charted;
    EXPECT_EQ(area.name, std::string_view(feature["properties"]["name"]));
    for (const auto& [key, limit] :
         {std::pair("lowerCeiling", &area.floor), std::pair("upperCeiling", &area.ceiling)}) {
      const simdjson::dom::element theirs = feature["properties"][key];
      ASSERT_TRUE(*limit && (*limit)->limit);
      const double value = double(theirs["value"]);
      const bool level = std::string_view(theirs["unit"]) == "FL";
      EXPECT_NEAR((*limit)->limit->height.in_feet(), level ? value * 100 : value, 0.01);
    }
    simdjson::dom::element rings;
    if (feature["geometry"]["coordinates"].get(rings) != simdjson::SUCCESS) continue;
    Extremes theirs, ours;
    for (simdjson::dom::element place : simdjson::dom::array(rings.at(0)))
      theirs.add(double(place.at(0)), double(place.at(1)));
    const auto outline = drawn_outline(area, Edges::straight);
    ASSERT_TRUE(outline) << outline.error()[0].where << ": " << outline.error()[0].message;
    for (const areas::Polygon& polygon : outline->polygons)
      for (areas::Vertex v : polygon.outer)
        ours.add(static_cast<double>(v.longitude_e7) / 1e7,
                 static_cast<double>(v.latitude_e7) / 1e7);
    // They draw on a sphere and an arc by 50 or 100 places: within a hundredth of the size.
    const double size = std::max(theirs.east - theirs.west, theirs.north - theirs.south);
    EXPECT_NEAR(ours.west, theirs.west, size / 100);
    EXPECT_NEAR(ours.east, theirs.east, size / 100);
    EXPECT_NEAR(ours.south, theirs.south, size / 100);
    EXPECT_NEAR(ours.north, theirs.north, size / 100);
  }
}

TEST(RealOpenAir, Fixtures) {
  const fs::path path = airspace / "openair" / "openaip_parser_fixtures.tar.gz";
  SKIP_WITHOUT(path);
  const auto files = files_in_tar(unpacked(path));
  EXPECT_EQ(files.size(), 60u);
  std::size_t texts = 0, areas = 0, drawn = 0, compared = 0;
  std::map<std::string, std::string> refused;
  for (const auto& [name, bytes] : files) {
    if (!name.ends_with(".txt")) continue;
    ++texts;
    const auto reader = opened(name, bytes);
    if (!reader) {
      refused[name] = reader.error().message;
      continue;
    }
    const Tally tally = tally_of(*reader);
    areas += tally.areas;
    drawn += tally.drawn;
    for (const std::string& why : tally.refused) refused[name] = why;
    const std::string stem = name.substr(0, name.size() - 4);
    // "polygon" of the airway has a name of its own.
    const auto expected = files.find((stem == "airway" ? "awy" : stem) + "-result.json");
    if (expected == files.end()) continue;
    ++compared;
    expect_as_another_program_read_it(name, bytes, expected->second);
  }
  EXPECT_EQ(texts, 43u);
  EXPECT_EQ(areas, 48u);
  EXPECT_EQ(drawn, 39u);
  EXPECT_EQ(compared, 14u);
  std::vector<std::string> names;
  for (const auto& [name, why] : refused) names.push_back(name + " " + why);
  EXPECT_THAT(
      names, ElementsAre(
                 HasSubstr("ceiling-definitions-duplicate.txt:4: area AREA G5 (NARVA): AL is "
                           "stated a second time"),
                 HasSubstr("circular-invalid.txt:10"), HasSubstr("has 60 minutes or more"),
                 HasSubstr("has 60 seconds or more"), HasSubstr("the ring turns back on itself"),
                 HasSubstr("holds no area"), HasSubstr("has fewer than three vertices"),
                 HasSubstr("invalid-coordinates.txt:14"), HasSubstr("self-intersecting.txt:7"),
                 HasSubstr("skipped-tokens.txt:1: area LED52B Ocaña: Daily HJ LELT TFC 123.375: is "
                           "drawn by nothing"),
                 HasSubstr("AN stands before any area")));
}

TEST(RealGeozones, Ed269) {
  const fs::path path = airspace / "ed269" / "geo-awareness-che-1.json";
  SKIP_WITHOUT(path);
  const Tally tally = tally_of("zones.json", unpacked(path));
  EXPECT_EQ(tally.areas, 6u);
  EXPECT_EQ(tally.layers, 6u);
  EXPECT_EQ(tally.drawn, 10u);
  EXPECT_THAT(tally.refused,
              ElementsAre(HasSubstr("area Flugplatz Reichenbach: has 3 volumes with limits of "
                                    "their own"),
                          HasSubstr("area Lausanne Airport: has 3 volumes")));
}

TEST(RealGeozones, Ed318) {
  const fs::path folder = airspace / "ed318";
  SKIP_WITHOUT(folder);
  struct Case {
    const char* file;
    std::size_t areas, layers, drawn;
  };
  const Case cases[] = {{"cis_source_sample_ed318.json", 3, 0, 3},
                        {"examples/Example_Collection.json", 2, 2, 3},
                        {"examples/Example_GeoZone_2_Layers.json", 1, 2, 2},
                        {"examples/Example_GeoZone_Circle.json", 1, 0, 1},
                        {"examples/Example_GeoZone_with_extension.json", 1, 0, 1}};
  for (const Case& c : cases) {
    SCOPED_TRACE(c.file);
    const Tally tally = tally_of("zones.json", unpacked(folder / c.file));
    EXPECT_EQ(tally.areas, c.areas);
    EXPECT_EQ(tally.layers, c.layers);
    EXPECT_EQ(tally.drawn, c.drawn);
  }
}

TEST(RealGeozones, InvalidAndPartialExamplesAreRefusedWithAReason) {
  const fs::path folder = airspace / "ed318" / "examples";
  SKIP_WITHOUT(folder);
  const std::pair<const char*, const char*> cases[] = {
      {"InvalidExample_GeoZone_2_Layers.json", "metadata.validFrom: is no time"},
      {"PartialExample_GeoZoneProperties.json", "is no GeoJSON: its type is"},
      {"PartialExample_TimePeriod.json", "is no GeoJSON: the document has no \"type\""},
      {"PartialExample_ZoneAuthority.json", "is no GeoJSON: the document has no \"type\""},
      {"PartialExample_featureGeoJSON.json", "is one feature of ED-318"},
  };
  for (const auto& [name, reason] : cases) {
    SCOPED_TRACE(name);
    const auto reader = opened(name, unpacked(folder / name));
    ASSERT_FALSE(reader);
    EXPECT_THAT(reader.error().where + ": " + reader.error().message, HasSubstr(reason));
  }
  for (const auto& schema : fs::directory_iterator(airspace / "ed318" / "schema")) {
    const auto reader = opened("schema.json", unpacked(schema.path()));
    EXPECT_FALSE(reader) << schema.path() << " is a schema and no zone";
  }
}

TEST(RealAixm, Donlon) {
  const fs::path path = airspace / "aixm51" / "EA_AIP_DS_FULL_20170701.xml.gz";
  SKIP_WITHOUT(path);
  const auto reader = opened("donlon.xml", unpacked(path));
  ASSERT_TRUE(reader) << reader.error().where << ": " << reader.error().message;
  const Tally tally = tally_of(*reader);
  EXPECT_EQ(tally.areas, 20u);
  EXPECT_EQ(tally.layers, 2u) << "the two parts of MAGNETTO";
  EXPECT_EQ(tally.drawn, 19u);
  // Mistakes of the data set: two rings that end 78 km from where they begin, and one that goes
  // over its last edge twice.
  EXPECT_THAT(tally.refused,
              ElementsAre(HasSubstr("donlon.xml:4932: area EAR5: begins 107.7 km from where the "
                                    "curve before it ends"),
                          HasSubstr("donlon.xml:8180: area EADD: the ring is not closed: it ends "
                                    "77.9 km from where it begins"),
                          HasSubstr("donlon.xml:8343: area EADD2: the ring is not closed")));
  const auto several = reader->find("", "EADD");
  ASSERT_FALSE(several);
  EXPECT_EQ(several.error().message,
            "has 3 features \"EADD\"; say line=5296, line=7680 or line=8101");
}

TEST(RealAixm, DigitalNotam) {
  const fs::path path = airspace / "aixm51" / "donlon_digital_notam_shared.tar.gz";
  SKIP_WITHOUT(path);
  const auto files = files_in_tar(unpacked(path));
  EXPECT_EQ(files.size(), 8u);
  std::map<std::string, std::string> told;
  for (const auto& [name, bytes] : files) {
    const auto reader = opened("n.xml", bytes);
    if (!reader) {
      told[name] = reader.error().where + ": " + reader.error().message;
      continue;
    }
    const Tally tally = tally_of(*reader);
    EXPECT_EQ(tally.areas, 1u) << name;
    told[name] = tally.refused.empty() ? "drawn" : tally.refused.front();
  }
  EXPECT_THAT(
      told,
      ElementsAre(
          Pair("DN_AD.CLS_with_daily_schedule_on_baseline_with_schedule.xml",
               HasSubstr("holds no airspace of AIXM 5.1")),
          Pair("DN_ATSA.ACT_sectors.xml",
               "n.xml:98: is no well-formed XML: not well-formed (invalid token)"),
          Pair("DN_ATSA.NEW_in_use.xml", "drawn"),
          Pair("DN_SAA.ACT_area_activation.xml", HasSubstr("the time slice states no geometry")),
          Pair("DN_SAA.ACT_changed_limits.xml", "drawn"),
          Pair("DN_SAA.ACT_date_range_schedule.xml",
               HasSubstr("the time slice states no geometry")),
          Pair("DN_SAA.NEW_SAR.xml", "drawn"), Pair("DN_SAA.NEW_several NOTAM.xml", "drawn")));
}

// --- Maps, which GDAL reads ---

using Geometries = std::map<std::string, int>;

Geometries geometries_of(const std::string& name, const std::string& bytes) {
  const auto reader = opened(name, bytes);
  EXPECT_TRUE(reader) << reader.error().where << ": " << reader.error().message;
  Geometries geometries;
  if (reader)
    for (const FeatureSummary& feature : reader->features()) ++geometries[feature.geometry];
  return geometries;
}

TEST(RealMaps, AreCountedAsTheirReadmeCountsThem) {
  SKIP_WITHOUT(airspace / "geojson");
  struct Case {
    const char* path;
    const char* name;
    Geometries geometries;
  };
  const Case cases[] = {
      {"geojson/uk_mil_awacs_orbits.geojson", "a.geojson", {{"Polygon", 48}}},
      {"geojson/ne_10m_disputed_areas.geojson.gz",
       "a.geojson",
       {{"Polygon", 56}, {"MultiPolygon", 23}}},
      {"kml/brc.geojson", "a.geojson", {{"Polygon", 1}, {"LineString", 2}, {"Point", 2}}},
      {"kml/brc_large_regions.kml", "a.kml", {{"Polygon", 4}}},
      {"kml/brc_pusher_gates.kml", "a.kml", {{"Polygon", 3}}},
      {"admin/syr_admin1.geojson.gz", "a.geojson", {{"MultiPolygon", 14}}},
      {"admin/syr_admin2.geojson.gz", "a.geojson", {{"MultiPolygon", 61}}},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.path);
    EXPECT_EQ(geometries_of(c.name, unpacked(airspace / c.path)), c.geometries);
  }
}

TEST(RealMaps, MapsOfControl) {
  const fs::path path = airspace / "control" / "deepstate_first_of_month.tar.gz";
  SKIP_WITHOUT(path);
  const auto files = files_in_tar(unpacked(path));
  EXPECT_EQ(files.size(), 26u);
  for (const auto& [name, bytes] : files) {
    SCOPED_TRACE(name);
    const Geometries geometries = geometries_of("a.geojson", bytes);
    EXPECT_EQ(geometries.size(), 1u);
    EXPECT_EQ(geometries.count("MultiPolygon"), 1u);
  }
}

TEST(RealMaps, TopologyIsRefusedByName) {
  const fs::path path = airspace / "admin" / "world_countries_50m.topojson.gz";
  SKIP_WITHOUT(path);
  const auto reader = opened("a.json", unpacked(path));
  ASSERT_FALSE(reader);
  EXPECT_THAT(reader.error().message, HasSubstr("Topology"));
}

}  // namespace
}  // namespace truce::terms
