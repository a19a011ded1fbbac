#include "terms/outlines.h"

#include <cpl_vsi.h>
#include <fmt/format.h>
#include <gdal_priv.h>
#include <gtest/gtest.h>
#include <ogrsf_frmts.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <memory>
#include <set>

#include "areas/validity.h"
#include "base/places_test_case.h"
#include "base/text.h"

namespace truce::terms {
namespace {

using areas::Ring;
using areas::Side;
using areas::Vertex;

OutlineFile file_of(std::string name, std::string bytes) {
  OutlineFile file{name, {}};
  file.parts[std::move(name)] = std::move(bytes);
  return file;
}

std::string collection(const std::string& features) {
  return R"({"type": "FeatureCollection", "features": [)" + features + "]}";
}
std::string feature(const std::string& head, const std::string& geometry) {
  return R"({"type": "Feature", )" + head + R"("geometry": )" + geometry + "}";
}
const std::string unit_square =
    R"({"type": "Polygon", "coordinates": [[[36,35],[37,35],[37,36],[36,36],[36,35]]]})";

struct Read {
  std::optional<areas::Outline> outline;
  base::Problems problems;
};
Read read(const OutlineFile& file, std::string_view wanted, Edges edges = Edges::straight,
          std::string_view layer = "") {
  auto outline = read_outline(file, layer, wanted, edges);
  if (outline) return {std::move(*outline), {}};
  return {{}, outline.error()};
}

TEST(ReadOutline, KeepsVerticesAsTheyAreOnTheLattice) {
  const auto file = file_of("areas.geojson", collection(feature(R"("id": "A-03", )", R"({
    "type": "Polygon", "coordinates": [
      [[36.12345674, 35.1], [36.12345676, 35.1], [37.00000005, 35.00000004, 120],
       [36.5, 36.1], [36.12345674, 35.1]],
      [[36.4, 35.2], [36.6, 35.2], [36.5, 35.4], [36.4, 35.2]]]})")));
  const auto [outline, problems] = read(file, "A-03");
  ASSERT_TRUE(outline) << problems[0].where << ": " << problems[0].message;
  ASSERT_EQ(outline->polygons.size(), 1u);
  EXPECT_EQ(outline->polygons[0].outer, (Ring{{361'234'567, 351'000'000},
                                              {361'234'568, 351'000'000},
                                              {370'000'001, 350'000'000},
                                              {365'000'000, 361'000'000}}));
  EXPECT_EQ(
      outline->polygons[0].holes[0],
      (Ring{{364'000'000, 352'000'000}, {365'000'000, 354'000'000}, {366'000'000, 352'000'000}}))
      << "holes run clockwise";
}

TEST(ReadOutline, FindsAFeatureById) {
  const auto file = file_of(
      "a.geojson",
      collection(feature(R"("id": "A-01", "properties": {"name": "First", "PCODE": "X1"}, )",
                         unit_square) +
                 "," +
                 feature(R"("id": "A-02", "properties": {"name": "Twice", "PCODE": "X2"}, )",
                         unit_square) +
                 "," +
                 feature(R"("properties": {"name": "Twice", "PCODE": "X3"}, )", unit_square)));
  for (const char* wanted : {"A-01", "First", "PCODE=X1", "A-02", "PCODE=X3", "2"}) {
    const auto found = read(file, wanted);
    EXPECT_TRUE(found.outline) << wanted << ": " << found.problems[0].message;
  }
  const struct {
    const char* wanted;
    const char* message;
  } cases[] = {
      {"Twice", "has 2 features \"Twice\""},
      {"A-0l", "has no feature \"A-0l\"; did you mean \"A-01\"?"},
      {"somewhere else", "has no feature \"somewhere else\"; there are A-01, A-02 and Twice"},
      {"", "has 3 features; say which one"},
  };
  for (const auto& c : cases) {
    SCOPED_TRACE(c.wanted);
    const auto [outline, problems] = read(file, c.wanted);
    ASSERT_EQ(problems.size(), 1u);
    EXPECT_EQ(problems[0].where, "a.geojson");
    EXPECT_NE(problems[0].message.find(c.message), std::string::npos) << problems[0].message;
  }
}

TEST(ReadOutline, FindsGeoJsonNumbersAsIds) {
  const auto file = file_of("a.geojson", collection(feature(R"("id": 17, )", unit_square) + "," +
                                                    feature(R"("id": 18, )", unit_square)));
  EXPECT_TRUE(read(file, "17").outline);
  EXPECT_FALSE(read(file, "19").outline);
}

TEST(ReadOutline, NamesFileLayerFeatureRingAndVertex) {
  const auto polygon = [](const std::string& rings) {
    return R"({"type": "Polygon", "coordinates": [)" + rings + "]}";
  };
  const std::string square = "[[36,35],[37,35],[37,36],[36,36],[36,35]]";
  const struct {
    const char* name;
    std::string geometry;
    const char* where;
    const char* message;
  } cases[] = {
      {"latitude 91", polygon("[[36,35],[37,91.2],[37,36],[36,35]]"), ", outer ring, vertex 2",
       "latitude 91.2 is beyond 90 degrees; the axes may be swapped"},
      {"swapped", polygon("[[36,135],[37,135],[37,136],[36,135]]"), ", outer ring, vertex 1",
       "the axes may be swapped"},
      {"longitude 190", polygon("[[190,35],[37,35],[37,36],[190,35]]"), ", outer ring, vertex 1",
       "longitude 190 is beyond 180 degrees"},
      {"open", polygon("[[36,35],[37,35],[37,36],[36,36]]"), ", outer ring, vertex 4",
       "not closed"},
      {"two places", polygon("[[36,35],[37,35],[37,35],[36,35]]"), ", outer ring",
       "three different vertices, this one has 2"},
      {"bow tie", polygon("[[36,35],[37,36],[37,35],[36,36],[36,35]]"), ", outer ring, vertex 1",
       "crosses or overlaps itself"},
      {"hole outside", polygon(square + ",[[40,35],[41,35],[41,36],[40,35]]"), ", hole 1, vertex 1",
       "outside its outer ring"},
      {"half a turn", polygon("[[-90,35],[90,35],[0,40],[-90,35]]"), ", outer ring, vertex 1",
       "exactly 180 degrees"},
      {"line", R"({"type": "LineString", "coordinates": [[36,35],[37,35]]})", "",
       "is a LineString; an area is a Polygon or a MultiPolygon"},
      {"point", R"({"type": "Point", "coordinates": [36,35]})", "", "is a Point;"},
      {"null", "null", "", "is a nothing"},
      {"empty", polygon(""), "", "is a nothing"},
      {"second polygon",
       R"({"type": "MultiPolygon", "coordinates": [[)" + square +
           "],[[[36,35],[37,36],[37,35],[36,36],[36,35]]]]}",
       ", polygon 2, outer ring, vertex 1", "crosses or overlaps itself"},
  };
  for (const auto& c : cases) {
    SCOPED_TRACE(c.name);
    const auto file = file_of("a.geojson", collection(feature(R"("id": "A-03", )", c.geometry)));
    const auto [outline, problems] = read(file, "A-03");
    ASSERT_FALSE(problems.empty());
    EXPECT_EQ(problems[0].where, std::string("a.geojson, layer a, feature A-03") + c.where);
    EXPECT_NE(problems[0].message.find(c.message), std::string::npos) << problems[0].message;
  }
}

TEST(ReadOutline, NamesVerticesAsWrittenWhenEdgesWereCut) {
  const auto file = file_of("a.geojson", collection(feature(R"("id": "A", )", R"({
    "type": "Polygon", "coordinates": [[[10,40],[30,50],[30,40],[10,50],[10,40]]]})")));
  const auto [outline, problems] = read(file, "A", Edges::geodesic);
  ASSERT_FALSE(problems.empty());
  EXPECT_EQ(problems[0].where, "a.geojson, layer a, feature A, outer ring, vertex 1");
}

TEST(ReadOutline, RefusesOtherReferenceSystemsByName) {
  const std::string body = R"("features": [)" + feature(R"("id": "A", )", unit_square) + "]}";
  const struct {
    const char* crs;
    const char* message;  // "" if it is read
  } cases[] = {
      {"urn:ogc:def:crs:OGC:1.3:CRS84", ""},
      {"urn:ogc:def:crs:EPSG::4326", ""},
      {"EPSG:32637", "WGS 84 / UTM zone 37N"},
      {"EPSG:4230", "ED50"},
      {"EPSG:4258", "ETRS89"},
  };
  for (const auto& c : cases) {
    SCOPED_TRACE(c.crs);
    const std::string text = R"({"type": "FeatureCollection", "crs": {"type": "name",
        "properties": {"name": ")" +
                             std::string(c.crs) + R"("}}, )" + body;
    const auto [outline, problems] = read(file_of("a.geojson", text), "A");
    if (*c.message == 0) {
      EXPECT_TRUE(outline) << problems[0].message;
      continue;
    }
    ASSERT_FALSE(problems.empty());
    EXPECT_NE(problems[0].message.find(c.message), std::string::npos) << problems[0].message;
  }
}

TEST(ReadOutline, AsksNothingOfTheNetwork) {
  const std::string link = R"({"type": "FeatureCollection", "\u0063rs": {"type": "link",
      "properties": {"href": "http://127.0.0.1:9/crs", "type": "proj4"}}, "features": []})";
  const auto [outline, problems] = read(file_of("a.geojson", link), "A");
  ASSERT_EQ(problems.size(), 1u);
  EXPECT_NE(problems[0].message.find("by an address"), std::string::npos) << problems[0].message;
}

TEST(ReadOutline, RefusesWhatItCannotRead) {
  const std::string good = collection(feature(R"("id": "A", )", unit_square));
  const struct {
    const char* name;
    OutlineFile file;
    const char* message;
  } cases[] = {
      {"unknown kind", file_of("areas.dxf", "0\nSECTION"), "is of no kind that is read here"},
      {"absent", {"areas.geojson", {}}, "is not there"},
      {"empty", file_of("a.geojson", ""), "is no JSON document: empty"},
      {"cut short", file_of("a.geojson", good.substr(0, good.size() / 2)), "is no JSON document"},
      {"not UTF-8", file_of("a.geojson", "{\"type\": \"\xE4\"}"), "not UTF-8"},
      {"UTF-16", file_of("a.geojson", std::string("\xFF\xFE{\0}\0", 6)), "is no JSON document"},
      {"deep", file_of("a.geojson", std::string(100'000, '[')), "is no JSON document"},
      {"TopoJSON", file_of("a.json", R"({"type": "Topology", "objects": {}})"),
       "its type is \"Topology\""},
      {"other JSON", file_of("a.json", "[1, 2]"), "is no GeoJSON"},
      {"KML of nothing", file_of("a.kml", "<html/>"), ""},
      {"KML cut short", file_of("a.kml", "<?xml version=\"1.0\"?><kml><Document><Place"), ""},
      {"KMZ of nothing", file_of("a.kmz", "PK"), "is no zip archive"},
      {"zip of nothing", file_of("a.zip", "PK\x03\x04"), "is no zip archive"},
      {"GeoPackage of nothing", file_of("a.gpkg", std::string(2'000, 'x')), ""},
      {"Shapefile alone", file_of("a.shp", std::string(100, '\0')), "needs a.shx beside it"},
  };
  for (const auto& c : cases) {
    SCOPED_TRACE(c.name);
    const auto [outline, problems] = read(c.file, "A");
    ASSERT_EQ(problems.size(), 1u);
    EXPECT_EQ(problems[0].where, c.file.name);
    EXPECT_NE(problems[0].message.find(c.message), std::string::npos) << problems[0].message;
    EXPECT_EQ(problems[0].message.find("/vsi"), std::string::npos) << problems[0].message;
    EXPECT_FALSE(problems[0].message.empty());
  }
}

TEST(ReadOutline, SurvivesDeeplyNestedKml) {
  std::string deep = "<?xml version=\"1.0\"?><kml xmlns=\"http://www.opengis.net/kml/2.2\">";
  for (int i = 0; i < 100'000; ++i) deep += "<Folder>";
  const auto [outline, problems] = read(file_of("deep.kml", deep), "A");
  EXPECT_EQ(problems.size(), 1u);
}

TEST(ReadOutline, SurvivesFilesCutAnywhere) {
  const std::string json = collection(feature(R"("id": "A", )", unit_square));
  for (std::size_t i = 0; i < json.size(); ++i)
    EXPECT_FALSE(read(file_of("a.geojson", json.substr(0, i)), "A").outline) << i;
  const std::string kml =
      "<?xml version=\"1.0\"?><kml xmlns=\"http://www.opengis.net/kml/2.2\"><Document><Placemark "
      "id=\"A\"><name>A</name><Polygon><outerBoundaryIs><LinearRing><coordinates>36,35 37,35 37,36 "
      "36,35</coordinates></LinearRing></outerBoundaryIs></Polygon></Placemark></Document></kml>";
  EXPECT_TRUE(read(file_of("a.kml", kml), "A").outline);
  for (std::size_t i = 0; i + 1 < kml.size(); i += 7)
    EXPECT_FALSE(read(file_of("a.kml", kml.substr(0, i)), "A").outline) << i;
}

// --- Files that GDAL writes --------------------------------------------------------------------

struct Drawing {
  const char* driver;
  const char* ending;
  int epsg;
};

// One layer "zones" with two named polygons, written by GDAL and read back into memory.
OutlineFile written_by_gdal(const Drawing& drawing) {
  GDALAllRegister();
  const std::string folder = fmt::format("/vsimem/test-{}-{}", drawing.ending, drawing.epsg);
  VSIMkdir(folder.c_str(), 0700);
  const std::string name = std::string("zones.") + drawing.ending;
  const std::string path = folder + "/" + name;
  GDALDriver* driver = GetGDALDriverManager()->GetDriverByName(drawing.driver);
  {
    const std::unique_ptr<GDALDataset> dataset(
        driver->Create(path.c_str(), 0, 0, 0, GDT_Unknown, nullptr));
    OGRSpatialReference system;
    system.importFromEPSG(drawing.epsg);
    system.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
    OGRLayer* layer = dataset->CreateLayer("zones", &system, wkbPolygon);
    OGRFieldDefn field("Name", OFTString);
    layer->CreateField(&field);
    for (int i = 0; i < 2; ++i) {
      OGRFeature zone(layer->GetLayerDefn());
      zone.SetField("Name", i == 0 ? "North" : "South");
      OGRLinearRing ring;
      const double south = i == 0 ? 36 : 35;
      for (auto [x, y] :
           {std::pair(36.0, south), {37.5, south}, {37.0, south + 0.5}, {36.0, south}})
        ring.addPoint(x, y);
      OGRPolygon polygon;
      polygon.addRing(&ring);
      zone.SetGeometry(&polygon);
      EXPECT_EQ(layer->CreateFeature(&zone), OGRERR_NONE);
    }
  }
  OutlineFile file{name, {}};
  for (const std::string& part : parts_of_outline_file(name)) {
    vsi_l_offset size = 0;
    const GByte* bytes = VSIGetMemFileBuffer((folder + "/" + part).c_str(), &size, FALSE);
    if (bytes != nullptr)
      file.parts[part] = std::string(reinterpret_cast<const char*>(bytes), size);
  }
  VSIRmdirRecursive(folder.c_str());
  return file;
}

TEST(ReadOutline, ReadsEveryFormatAlike) {
  const Drawing drawings[] = {{"GeoJSON", "geojson", 4326},
                              {"LIBKML", "kml", 4326},
                              {"LIBKML", "kmz", 4326},
                              {"GPKG", "gpkg", 4326},
                              {"ESRI Shapefile", "shp", 4326}};
  for (const Drawing& drawing : drawings) {
    SCOPED_TRACE(drawing.ending);
    const OutlineFile file = written_by_gdal(drawing);
    const auto [outline, problems] = read(file, "South", Edges::straight, "zones");
    ASSERT_TRUE(outline) << problems[0].where << ": " << problems[0].message;
    Ring ring = outline->polygons[0].outer;
    std::rotate(ring.begin(), std::min_element(ring.begin(), ring.end()), ring.end());
    EXPECT_EQ(
        ring,
        (Ring{{360'000'000, 350'000'000}, {375'000'000, 350'000'000}, {370'000'000, 355'000'000}}));
  }
}

TEST(ReadOutline, RefusesProjectedFilesByName) {
  for (const Drawing& drawing :
       {Drawing{"GPKG", "gpkg", 32637}, Drawing{"ESRI Shapefile", "shp", 32637}}) {
    SCOPED_TRACE(drawing.ending);
    const auto [outline, problems] = read(written_by_gdal(drawing), "South");
    ASSERT_EQ(problems.size(), 1u);
    EXPECT_NE(problems[0].message.find("UTM"), std::string::npos) << problems[0].message;
  }
}

TEST(ReadOutline, SurvivesBinaryFilesCutAnywhere) {
  for (const Drawing& drawing :
       {Drawing{"GPKG", "gpkg", 4326}, Drawing{"ESRI Shapefile", "shp", 4326},
        Drawing{"LIBKML", "kmz", 4326}}) {
    SCOPED_TRACE(drawing.ending);
    const OutlineFile whole = written_by_gdal(drawing);
    for (const auto& [name, bytes] : whole.parts)
      for (int share = 0; share < 16; ++share) {
        OutlineFile cut = whole;
        cut.parts[name] = bytes.substr(0, bytes.size() * static_cast<std::size_t>(share) / 16);
        const auto [outline, problems] = read(cut, "South");
        EXPECT_TRUE(outline.has_value() || !problems.empty());
      }
  }
}

TEST(ReadOutline, DrawsFiftyThousandVertices) {
  std::string ring;
  constexpr int count = 50'000;
  for (int i = 0; i <= count; ++i) {
    const double angle = 2 * 3.141592653589793 * (i % count) / count;
    const double radius = 1 + 0.2 * std::sin(40 * angle);
    ring += fmt::format("{}[{:.9f},{:.9f}]", i == 0 ? "" : ",", 36 + radius * std::cos(angle),
                        35 + radius * std::sin(angle));
  }
  const auto file = file_of(
      "a.geojson", collection(feature(R"("id": "A", )",
                                      R"({"type": "Polygon", "coordinates": [[)" + ring + "]]}")));
  const auto [outline, problems] = read(file, "A", Edges::geodesic);
  ASSERT_TRUE(outline) << problems[0].message;
  EXPECT_GE(outline->polygons[0].outer.size(), 50'000u);
}

// --- Real data ---------------------------------------------------------------------------------

std::filesystem::path airspace() {
  return base::source_folder() / ".." / "shared" / "data" / "airspace";
}

std::string content(const std::string& vsi_path) {
  VSILFILE* file = VSIFOpenL(vsi_path.c_str(), "rb");
  if (file == nullptr) return {};
  std::string bytes;
  char part[1 << 16];
  while (const std::size_t got = VSIFReadL(part, 1, sizeof part, file)) bytes.append(part, got);
  VSIFCloseL(file);
  return bytes;
}

#define SKIP_WITHOUT(path)            \
  if (!std::filesystem::exists(path)) \
  GTEST_SKIP() << "real data is not here: " << (path).filename().string()

// A file of the folder, read through gzip where it has to be.
OutlineFile real_file(const std::filesystem::path& path) {
  std::string name = path.filename().string();
  std::string prefix;
  if (name.ends_with(".gz")) {
    name.resize(name.size() - 3);
    prefix = "/vsigzip/";
  }
  return file_of(name, content(prefix + path.string()));
}

std::map<std::string, int> geometries(const OutlineReader& reader) {
  std::map<std::string, int> counts;
  for (const FeatureSummary& f : reader.features()) ++counts[f.geometry];
  return counts;
}

using Counts = std::map<std::string, int>;

TEST(OutlineReaderRealData, CountsWhatTheFilesHold) {
  const struct {
    const char* path;
    Counts counts;
  } cases[] = {
      {"kml/brc_large_regions.kml", {{"Polygon", 4}}},
      {"kml/brc_pusher_gates.kml", {{"Polygon", 3}}},
      {"kml/brc.geojson", {{"Polygon", 1}, {"LineString", 2}, {"Point", 2}}},
      {"geojson/uk_mil_awacs_orbits.geojson", {{"Polygon", 48}}},
      {"geojson/ne_10m_disputed_areas.geojson.gz", {{"Polygon", 56}, {"MultiPolygon", 23}}},
      {"admin/syr_admin1.geojson.gz", {{"MultiPolygon", 14}}},
      {"admin/syr_admin2.geojson.gz", {{"MultiPolygon", 61}}},
  };
  for (const auto& c : cases) {
    SCOPED_TRACE(c.path);
    const auto path = airspace() / c.path;
    SKIP_WITHOUT(path);
    const auto reader = OutlineReader::open(real_file(path));
    ASSERT_TRUE(reader) << reader.error().message;
    EXPECT_EQ(geometries(*reader), c.counts);
  }
}

TEST(OutlineReaderRealData, DrawsEveryAreaOfTheFiles) {
  for (const char* name :
       {"kml/brc_large_regions.kml", "kml/brc_pusher_gates.kml",
        "geojson/uk_mil_awacs_orbits.geojson", "geojson/ne_10m_disputed_areas.geojson.gz",
        "admin/syr_admin1.geojson.gz", "admin/syr_admin2.geojson.gz"}) {
    SCOPED_TRACE(name);
    const auto path = airspace() / name;
    SKIP_WITHOUT(path);
    const auto reader = OutlineReader::open(real_file(path));
    ASSERT_TRUE(reader);
    for (const FeatureSummary& f : reader->features()) {
      const std::string wanted = std::to_string(f.number);
      const auto written = reader->find(f.layer, wanted);
      ASSERT_TRUE(written) << written.error().where << ": " << written.error().message;
      const auto outline = drawn_outline(written->outline, Edges::straight, written->where);
      if (!outline)
        for (const auto& p : outline.error()) ADD_FAILURE() << p.where << ": " << p.message;
    }
  }
}

TEST(OutlineReaderRealData, FindsPlacesByWhatTheMapsCallThem) {
  const auto path = airspace() / "geojson/ne_10m_disputed_areas.geojson.gz";
  SKIP_WITHOUT(path);
  const auto zone = read(real_file(path), "BRK_NAME=UNDOF Zone");
  ASSERT_TRUE(zone.outline) << zone.problems[0].message;
  EXPECT_NE(areas::side_of(*zone.outline, *quantities::point_from("33.1 N 35.855 E")),
            Side::outside);
  EXPECT_EQ(areas::side_of(*zone.outline, *quantities::point_from("33.5 N 36.3 E")), Side::outside);
  const auto admin = airspace() / "admin/syr_admin1.geojson.gz";
  const auto idleb = read(real_file(admin), "PCODE=SY07");
  ASSERT_TRUE(idleb.outline) << idleb.problems[0].message;
  EXPECT_EQ(areas::side_of(*idleb.outline, *quantities::point_from("35.93 N 36.63 E")),
            Side::inside);
}

TEST(OutlineReaderRealData, ReadsTheMapsOfControl) {
  const auto archive = airspace() / "control/deepstate_first_of_month.tar.gz";
  SKIP_WITHOUT(archive);
  const std::string root = "/vsitar/" + archive.string();
  char** names = VSIReadDir(root.c_str());
  int files = 0;
  std::size_t last_vertices = 0;
  for (char** name = names; name != nullptr && *name != nullptr; ++name) {
    const auto file = file_of(*name, content(root + "/" + *name));
    SCOPED_TRACE(*name);
    const auto reader = OutlineReader::open(file);
    ASSERT_TRUE(reader) << reader.error().message;
    ++files;
    last_vertices = 0;
    for (const FeatureSummary& f : reader->features()) {
      EXPECT_EQ(f.geometry, "MultiPolygon");
      const auto written = reader->find(f.layer, std::to_string(f.number));
      ASSERT_TRUE(written) << written.error().where << ": " << written.error().message;
      const auto outline = drawn_outline(written->outline, Edges::straight, written->where);
      if (!outline)
        for (const auto& p : outline.error()) ADD_FAILURE() << p.where << ": " << p.message;
      for (const auto& polygon : written->outline.polygons) {
        last_vertices += polygon.outer.size() + 1;
        for (const auto& hole : polygon.holes) last_vertices += hole.size() + 1;
      }
    }
  }
  CSLDestroy(names);
  EXPECT_EQ(files, 26);
  // Counted apart from this program as well; the list beside the files says 2,996 of a file that
  // holds 2,951 positions.
  EXPECT_EQ(last_vertices, 2'951u);
}

}  // namespace
}  // namespace truce::terms
