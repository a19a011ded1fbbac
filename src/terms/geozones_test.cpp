#include "terms/geozones.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "areas/outline.h"

namespace truce::terms {
namespace {

using ::testing::ElementsAre;

std::string ed269(const std::string& volumes, const std::string& more = "") {
  return R"({"title": "T", "features": [{"identifier": "Z1", "country": "CHE", "name": "One",
    "type": "COMMON", "restriction": "PROHIBITED", )" +
         more + R"("geometry": [)" + volumes + "]}]}";
}
std::string volume(const std::string& shape, const std::string& limits = R"(
    "lowerLimit": 0, "lowerVerticalReference": "AGL",
    "upperLimit": 120, "upperVerticalReference": "AGL")") {
  return R"({"uomDimensions": "M", )" + limits + R"(, "horizontalProjection": )" + shape + "}";
}
const std::string circle = R"({"type": "Circle", "center": [36, 35], "radius": 10000})";
const std::string square =
    R"({"type": "Polygon", "coordinates": [[[36,35],[37,35],[37,36],[36,36],[36,35]]]})";

std::string ed318(const std::string& geometry, const std::string& metadata = "{}") {
  return R"({"type": "FeatureCollection", "metadata": )" + metadata +
         R"(, "features": [{"type": "Feature", "geometry": )" + geometry +
         R"(, "properties": {"identifier": "Z1", "country": "FRA", "variant": "COMMON",
           "name": [{"text": "Eins", "lang": "de-CH"}, {"text": "One", "lang": "en-GB"}],
           "zoneAuthority": []}}]})";
}
const std::string layered_point = R"({"type": "Point", "coordinates": [36, 35],
    "extent": {"subType": "Circle", "radius": 10000},
    "layer": {"upper": 150, "upperReference": "AMSL", "lower": 50, "lowerReference": "AGL"}})";

std::vector<ChartedArea> zones_of(const std::string& text) {
  EXPECT_TRUE(looks_like_geozones(text)) << text;
  auto zones = read_geozones(text, "z.json");
  EXPECT_TRUE(zones) << zones.error().where << ": " << zones.error().message;
  return zones ? std::move(*zones) : std::vector<ChartedArea>();
}

std::string refusal(const std::string& text) {
  const auto zones = read_geozones(text, "z.json");
  if (!zones) return zones.error().where + ": " + zones.error().message;
  const ChartedArea& zone = zones->front();
  if (zone.refusal) return zone.refusal->where + ": " + zone.refusal->message;
  const auto drawn = drawn_outline(zone, Edges::straight);
  if (!drawn) return drawn.error()[0].where + ": " + drawn.error()[0].message;
  return "";
}

TEST(Geozones, ReadsACircleOfEd269) {
  const auto zones = zones_of(ed269(volume(circle)));
  ASSERT_EQ(zones.size(), 1u);
  EXPECT_EQ(zones[0].id, "Z1");
  EXPECT_EQ(zones[0].name, "One");
  EXPECT_EQ(zones[0].floor->limit->reference, Reference::surface) << "0 m above ground";
  EXPECT_EQ(zones[0].ceiling->limit->text, "120 m AGL");
  EXPECT_EQ(zones[0].ceiling->where, "z.json: features[0].geometry[0].upperLimit");
  const auto outline = drawn_outline(zones[0], Edges::straight);
  ASSERT_TRUE(outline);
  const auto side = [&](double latitude) {
    return areas::side_of(*outline, *quantities::point_from_degrees(36, latitude));
  };
  EXPECT_EQ(side(35.09), areas::Side::inside) << "9,984 m";
  EXPECT_EQ(side(35.0903), areas::Side::outside) << "10,018 m";
}

TEST(Geozones, ReadsACircleOfEd318) {
  const auto zones = zones_of(ed318(layered_point));
  ASSERT_EQ(zones.size(), 1u);
  EXPECT_EQ(zones[0].name, "One") << "the English one";
  EXPECT_EQ(zones[0].floor->limit->text, "50 m AGL") << "metres where no unit is given";
  EXPECT_EQ(zones[0].ceiling->limit->text, "150 m AMSL");
  EXPECT_TRUE(drawn_outline(zones[0], Edges::straight));
}

TEST(Geozones, VolumesWithLimitsOfTheirOwnAreLayers) {
  const std::string higher = volume(square, R"("lowerLimit": 50, "lowerVerticalReference": "AGL",
    "upperLimit": 120, "upperVerticalReference": "AGL")");
  const auto zones = zones_of(ed269(volume(circle) + "," + higher));
  ASSERT_EQ(zones.size(), 3u);
  EXPECT_EQ(zones[0].refusal->message,
            "area Z1: has 2 volumes with limits of their own; name one of them as its layer, \"1\" "
            "to \"2\"");
  EXPECT_EQ(zones[1].layer, "1");
  EXPECT_EQ(zones[2].layer, "2");
  EXPECT_EQ(zones[2].floor->limit->text, "50 m AGL");
  EXPECT_EQ(drawn_outline(zones[2], Edges::straight)->polygons[0].outer.size(), 4u);

  const auto alike = zones_of(ed269(volume(circle) + "," + volume(square)));
  ASSERT_EQ(alike.size(), 3u);
  EXPECT_EQ(drawn_outline(alike[0], Edges::straight)->polygons.size(), 2u)
      << "the same limits: one area of both";
}

TEST(Geozones, KeepsHeightsThatAgreementsDoNotKnow) {
  const auto limits = [](const std::string& unit, const std::string& reference) {
    const auto zones =
        zones_of(ed318(R"({"type": "Point", "coordinates": [36, 35], "extent": {"subType": "Circle",
        "radius": 1000}, "layer": {"upper": 150, "upperReference": ")" +
                       reference + R"(", "uom": ")" + unit + "\"}}"));
    EXPECT_FALSE(zones[0].floor);
    return zones[0].ceiling->limit ? zones[0].ceiling->limit->text : zones[0].ceiling->why;
  };
  EXPECT_EQ(limits("ft", "AMSL"), "150 ft AMSL");
  EXPECT_EQ(limits("m", "WGS84"),
            "is above the WGS84 ellipsoid, which no limit of an agreement is");
  EXPECT_EQ(limits("m", "QNH"), "does not say what it is measured from; expected AGL or AMSL");
  EXPECT_EQ(limits("yd", "AGL"), "is in no unit that is known; expected m or ft");
}

TEST(Geozones, TellsWhenAZoneApplies) {
  const auto times = [](const std::string& periods) {
    return zones_of(ed269(volume(circle), "\"applicability\": " + periods + ","))[0].times;
  };
  EXPECT_THAT(times(R"([{"permanent": "YES"}])"), ElementsAre());
  EXPECT_THAT(times(R"([{"startDateTime": "2022-06-15T09:00:00Z",
      "endDateTime": "2023-06-15T09:00:00Z", "permanent": "NO", "schedule":
      [{"day": ["SAT", "SUN"], "startTime": "17:00:00Z", "endTime": "23:59:59Z"},
       {"day": ["ANY"], "startEvent": "SR", "endEvent": "SS"}]}])"),
              ElementsAre("from 2022-06-15T09:00:00Z until 2023-06-15T09:00:00Z, on SAT and SUN "
                          "from 17:00:00Z to 23:59:59Z and every day from SR to SS"));
}

TEST(Geozones, RefusesByPath) {
  const std::pair<std::string, std::string> cases[] = {
      {ed318(layered_point, R"({"validFrom": {"odd": 1}})"),
       "z.json: metadata.validFrom: is no time; expected one such as \"2018-12-31T15:59:59Z\""},
      {R"({"type": "Feature", "geometry": )" + layered_point + "}",
       "z.json: type: is one feature of ED-318 and not the whole of a file; expected "
       "\"FeatureCollection\" with a list \"features\""},
      {ed318(R"({"type": "LineString", "coordinates": [[36,35],[37,35]], "layer": {}})"),
       "z.json: features[0].geometry.type: area Z1: \"LineString\" is no area; expected a Polygon, "
       "a MultiPolygon or a Point with an extent"},
      {ed318("null"),
       "z.json: features[0].geometry: area Z1: is missing; a zone without it is no area"},
      {ed269(volume(R"({"type": "Circle", "center": [36, 95], "radius": 10})")),
       "z.json: features[0].geometry[0].horizontalProjection.center: area Z1: longitude 36 and "
       "latitude 95 are no place; expected at most 180 and 90 degrees, longitude first"},
      {ed269(volume(R"({"type": "Circle", "center": [36, 35], "radius": -10})")),
       "z.json: features[0].geometry[0].horizontalProjection.radius: area Z1: is no radius; "
       "expected metres, more than 0"},
      {ed269(R"({"uomDimensions": "FT", "horizontalProjection": )" + circle + "}"),
       "z.json: features[0].geometry[0].uomDimensions: area Z1: a circle with dimensions in \"FT\" "
       "is not read, because its radius may be in metres all the same; expected M"},
      {ed269(volume(R"({"type": "Polygon", "coordinates": [[[36,35],[37,35],[37,36],[36,36]]]})")),
       "z.json: features[0].geometry[0].horizontalProjection.coordinates[0][3]: area Z1: the ring "
       "is not closed: its last place differs from its first"},
      {ed269(volume(
           R"({"type": "Polygon", "coordinates": [[[36,35],[37,36],[36,36],[37,35],[36,35]]]})")),
       "z.json: features[0].geometry[0].horizontalProjection.coordinates[0][0]: area Z1: the "
       "boundary from here crosses or overlaps itself (at 35.0000000 36.0000000)"},
      {ed269("{}"),
       "z.json: features[0].geometry[0].horizontalProjection: area Z1: is missing, or of no type; "
       "expected a Polygon or a Circle"},
  };
  for (const auto& [text, message] : cases) {
    SCOPED_TRACE(text);
    EXPECT_EQ(refusal(text), message);
  }
}

TEST(Geozones, LeavesPlainGeoJsonToOthers) {
  EXPECT_FALSE(looks_like_geozones(
      R"({"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {},
      "geometry": {"type": "Polygon", "coordinates": [[[0,0],[1,0],[1,1],[0,0]]]}}]})"));
  EXPECT_FALSE(looks_like_geozones("[]"));
  EXPECT_FALSE(looks_like_geozones("{"));
}

}  // namespace
}  // namespace truce::terms
