#include "terms/aixm.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "areas/outline.h"

namespace truce::terms {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::string message(const std::string& members) {
  return "<m:AIXMBasicMessage xmlns:m='http://www.aixm.aero/schema/5.1.1/message'"
         " xmlns:aixm='http://www.aixm.aero/schema/5.1.1' "
         "xmlns:gml='http://www.opengis.net/gml/3.2'"
         " xmlns:xlink='http://www.w3.org/1999/xlink'>\n" +
         members + "</m:AIXMBasicMessage>";
}
std::string airspace(const std::string& designator, const std::string& content,
                     const std::string& uuid = "u-1") {
  return "<m:hasMember><aixm:Airspace gml:id='g-" + designator + "'><gml:identifier>" + uuid +
         "</gml:identifier><aixm:timeSlice><aixm:AirspaceTimeSlice>"
         "<aixm:interpretation>BASELINE</aixm:interpretation><aixm:type>R</aixm:type>"
         "<aixm:designator>" +
         designator + "</aixm:designator>" + content +
         "</aixm:AirspaceTimeSlice></aixm:timeSlice></aixm:Airspace></m:hasMember>\n";
}
std::string component(const std::string& volume, const std::string& operation = "") {
  return "<aixm:geometryComponent><aixm:AirspaceGeometryComponent>" +
         (operation.empty() ? "" : "<aixm:operation>" + operation + "</aixm:operation>") +
         "<aixm:theAirspaceVolume><aixm:AirspaceVolume>" + volume +
         "</aixm:AirspaceVolume></aixm:theAirspaceVolume></aixm:AirspaceGeometryComponent>"
         "</aixm:geometryComponent>";
}
const std::string limits =
    "<aixm:upperLimit uom='FL'>245</aixm:upperLimit>"
    "<aixm:upperLimitReference>STD</aixm:upperLimitReference>"
    "<aixm:lowerLimit uom='FT'>GND</aixm:lowerLimit>";
std::string surface(const std::string& curves, const std::string& interior = "",
                    const std::string& system = "urn:ogc:def:crs:EPSG::4326") {
  return "<aixm:horizontalProjection><aixm:Surface srsName='" + system +
         "'><gml:patches><gml:PolygonPatch><gml:exterior><gml:Ring>" + curves +
         "</gml:Ring></gml:exterior>" + interior +
         "</gml:PolygonPatch></gml:patches></aixm:Surface></aixm:horizontalProjection>";
}
std::string curve(const std::string& segments) {
  return "<gml:curveMember><gml:Curve><gml:segments>" + segments +
         "</gml:segments></gml:Curve></gml:curveMember>\n";
}
std::string geodesic(const std::string& places) {
  return "<gml:GeodesicString><gml:posList>" + places + "</gml:posList></gml:GeodesicString>";
}
std::string line(const std::string& places) {
  return "<gml:LineStringSegment><gml:posList>" + places + "</gml:posList></gml:LineStringSegment>";
}
std::string arc(const std::string& from, const std::string& to) {
  return "<gml:ArcByCenterPoint numArc='1'><gml:pos>35 36</gml:pos><gml:radius uom='KM'>10"
         "</gml:radius><gml:startAngle uom='deg'>" +
         from + "</gml:startAngle><gml:endAngle uom='deg'>" + to +
         "</gml:endAngle></gml:ArcByCenterPoint>";
}
const std::string square = geodesic("35 36 35 37 36 37 36 36 35 36");

std::vector<ChartedArea> areas_of(const std::string& text) {
  auto areas = read_aixm(text, "a.xml");
  EXPECT_TRUE(areas) << areas.error().where << ": " << areas.error().message;
  return areas ? std::move(*areas) : std::vector<ChartedArea>();
}
ChartedArea area_of(const std::string& geometry) {
  auto areas = areas_of(message(airspace("R1", geometry)));
  return areas.empty() ? ChartedArea() : areas.front();
}
std::string refusal_of(const ChartedArea& area) {
  if (area.refusal) return area.refusal->where + ": " + area.refusal->message;
  const auto drawn = drawn_outline(area, Edges::as_filed);
  return drawn ? "" : drawn.error()[0].where + ": " + drawn.error()[0].message;
}
areas::Side side(const ChartedArea& area, double longitude, double latitude,
                 Edges edges = Edges::as_filed) {
  const auto outline = drawn_outline(area, edges);
  EXPECT_TRUE(outline) << refusal_of(area);
  if (!outline) return areas::Side::boundary;
  return areas::side_of(*outline, *quantities::point_from_degrees(longitude, latitude));
}

TEST(Aixm, ReadsAnAirspace) {
  const ChartedArea area = area_of(component(limits + surface(curve(square))));
  EXPECT_EQ(area.id, "R1");
  EXPECT_EQ(area.where, "a.xml:2");
  EXPECT_EQ(area.floor->limit->reference, Reference::surface);
  EXPECT_EQ(area.ceiling->limit->text, "FL245");
  EXPECT_TRUE(area.says_edges);
  EXPECT_EQ(side(area, 36.5, 35.5), areas::Side::inside) << "latitude comes first";
  EXPECT_EQ(side(area, 35.5, 36.5), areas::Side::outside);
}

TEST(Aixm, EdgesRunAsTheFileSays) {
  const ChartedArea geodesic_area =
      area_of(component(surface(curve(geodesic("35 36 36 36 36 43 35 43 35 36")))));
  // The geodesic lies 5.7 km north of the parallel half way; 0.03 degrees are 3.3 km.
  EXPECT_EQ(side(geodesic_area, 39.5, 36.03), areas::Side::inside);
  EXPECT_EQ(side(geodesic_area, 39.5, 36.03, Edges::straight), areas::Side::outside);
  const ChartedArea straight_area =
      area_of(component(surface(curve(line("35 36 36 36 36 43 35 43 35 36")))));
  EXPECT_EQ(side(straight_area, 39.5, 36.03), areas::Side::outside);
  EXPECT_EQ(side(straight_area, 39.5, 36.03, Edges::geodesic), areas::Side::inside);
}

TEST(Aixm, ArcsTurnFromStartToEnd) {
  // A degree of longitude is 91,288 m there: 0.1095 degrees east and west, 0.0901 north and south.
  const std::string east = geodesic("34.909867 36 35.090133 36");
  const ChartedArea clockwise = area_of(component(surface(curve(east + arc("0", "180")))));
  EXPECT_EQ(side(clockwise, 36.05, 35), areas::Side::inside);
  EXPECT_EQ(side(clockwise, 35.95, 35), areas::Side::outside);
  const ChartedArea back = area_of(component(surface(curve(east + arc("360", "180")))));
  EXPECT_EQ(side(back, 35.95, 35), areas::Side::inside);
  EXPECT_EQ(side(back, 36.05, 35), areas::Side::outside);
  const ChartedArea circle =
      area_of(component(surface(curve("<gml:CircleByCenterPoint numArc='1'><gml:pos>35 36</gml:pos>"
                                      "<gml:radius uom='KM'>10</gml:radius>"
                                      "</gml:CircleByCenterPoint>"))));
  EXPECT_EQ(side(circle, 36, 35.09), areas::Side::inside);
  EXPECT_EQ(side(circle, 36, 35.0903), areas::Side::outside);
}

TEST(Aixm, HolesAreOutside) {
  const ChartedArea area = area_of(component(
      surface(curve(square),
              "<gml:interior><gml:LinearRing><gml:posList>35.4 36.4 35.4 36.6 35.6 36.6 35.6 "
              "36.4 35.4 36.4</gml:posList></gml:LinearRing></gml:interior>")));
  EXPECT_EQ(side(area, 36.5, 35.5), areas::Side::outside);
  EXPECT_EQ(side(area, 36.2, 35.5), areas::Side::inside);
}

TEST(Aixm, UnitesComponentsOfTheSameLimits) {
  const std::string other = geodesic("36 36 36 37 37 37 37 36 36 36");
  const auto areas =
      areas_of(message(airspace("R1", component(limits + surface(curve(square)), "BASE") +
                                          component(limits + surface(curve(other)), "UNION"))));
  ASSERT_EQ(areas.size(), 3u);
  EXPECT_EQ(side(areas[0], 36.5, 35.5), areas::Side::inside);
  EXPECT_EQ(side(areas[0], 36.5, 36.5), areas::Side::inside);
  EXPECT_EQ(side(areas[1], 36.5, 36.5), areas::Side::outside);
  EXPECT_EQ(areas[2].layer, "2");
  const auto apart = areas_of(message(airspace(
      "R1", component(limits + surface(curve(square)), "BASE") +
                component("<aixm:lowerLimit uom='FL'>50</aixm:lowerLimit>" + surface(curve(other)),
                          "UNION"))));
  EXPECT_THAT(refusal_of(apart[0]), HasSubstr("has 2 volumes with limits of their own"));
  EXPECT_EQ(apart[2].floor->limit->text, "FL050");
}

TEST(Aixm, TakesTheShapeOfAnotherAirspace) {
  const auto dependent = [](const std::string& uuid, const std::string& kind) {
    return component(
        "<aixm:upperLimit uom='FL'>100</aixm:upperLimit><aixm:contributorAirspace>"
        "<aixm:AirspaceVolumeDependency><aixm:dependency>" +
        kind + "</aixm:dependency><aixm:theAirspace xlink:href='urn:uuid:" + uuid +
        "'/></aixm:AirspaceVolumeDependency></aixm:contributorAirspace>");
  };
  const std::string part = airspace("R2", component(limits + surface(curve(square))), "u-2");
  const auto whole = areas_of(message(airspace("R1", dependent("u-2", "FULL_GEOMETRY")) + part));
  EXPECT_EQ(side(whole[0], 36.5, 35.5), areas::Side::inside);
  EXPECT_EQ(whole[0].ceiling->limit->text, "FL245");
  const auto ground = areas_of(message(airspace("R1", dependent("u-2", "HORZ_PROJECTION")) + part));
  EXPECT_EQ(ground[0].ceiling->limit->text, "FL100");
  const auto gone = areas_of(message(airspace("R1", dependent("u-9", "FULL_GEOMETRY"))));
  EXPECT_THAT(refusal_of(gone[0]),
              HasSubstr("refers to the airspace \"urn:uuid:u-9\", which is not in this file"));
  const auto itself = areas_of(message(airspace("R1", dependent("u-1", "FULL_GEOMETRY"))));
  EXPECT_THAT(refusal_of(itself[0]), HasSubstr("is made of airspaces that are made of each other"));
}

TEST(Aixm, FollowsABorderBetweenItsNeighbours) {
  const std::string border =
      "<m:hasMember><aixm:GeoBorder gml:id='b'><gml:identifier>u-b</gml:identifier><aixm:timeSlice>"
      "<aixm:GeoBorderTimeSlice><aixm:border><aixm:Curve srsName='urn:ogc:def:crs:EPSG::4326'>"
      "<gml:segments>" +
      line("33 37 34 37 35 37 35.5 37.5 36 37 37 37") +
      "</gml:segments></aixm:Curve></aixm:border></aixm:GeoBorderTimeSlice></aixm:timeSlice>"
      "</aixm:GeoBorder></m:hasMember>";
  const std::string along = "<gml:curveMember xlink:href='urn:uuid:u-b'/>";
  const auto area = areas_of(message(
      airspace("R1", component(surface(curve(geodesic("36 37 36 36 35 36 35 37")) + along))) +
      border));
  EXPECT_EQ(side(area[0], 37.4, 35.5), areas::Side::inside);
  EXPECT_EQ(side(area[0], 37.4, 35.2), areas::Side::outside);
  const auto backwards = areas_of(message(
      airspace("R1", component(surface(curve(geodesic("35 37 35 36 36 36 36 37")) + along))) +
      border));
  EXPECT_EQ(side(backwards[0], 37.4, 35.5), areas::Side::inside);
  const auto beside = areas_of(message(
      airspace("R1", component(surface(curve(geodesic("36 37 36 36 35 36 35 36.9")) + along))) +
      border));
  EXPECT_THAT(refusal_of(beside[0]),
              HasSubstr("follows a border that has no vertex where the curve beside it ends"));
}

TEST(Aixm, CorridorsAreAsWideAsTheySay) {
  const ChartedArea area = area_of(
      component("<aixm:width uom='KM'>20</aixm:width><aixm:centreline><aixm:Curve "
                "srsName='urn:ogc:def:crs:EPSG::4326'><gml:segments>" +
                geodesic("35 36 36 36") + "</gml:segments></aixm:Curve></aixm:centreline>"));
  EXPECT_EQ(side(area, 36.11, 35.5), areas::Side::inside) << "9.99 km";
  EXPECT_EQ(side(area, 36.112, 35.5), areas::Side::outside) << "10.1 km";
}

TEST(Aixm, Limits) {
  const auto floor = [](const std::string& value, const std::string& unit,
                        const std::string& reference) {
    const ChartedArea area =
        area_of(component("<aixm:lowerLimit uom='" + unit + "'>" + value + "</aixm:lowerLimit>" +
                          (reference.empty() ? ""
                                             : "<aixm:lowerLimitReference>" + reference +
                                                   "</aixm:lowerLimitReference>") +
                          surface(curve(square))));
    return area.floor->limit ? area.floor->limit->text : area.floor->why;
  };
  EXPECT_EQ(floor("1525", "M", "SFC"), "1525 m AGL");
  EXPECT_EQ(floor("3000", "FT", "MSL"), "3000 ft MSL");
  EXPECT_EQ(floor("0", "FT", "SFC"), "SFC");
  EXPECT_EQ(floor("50", "FL", "STD"), "FL050");
  EXPECT_EQ(floor("50", "FL", "SFC"), "is a flight level and yet measured from SFC");
  EXPECT_EQ(floor("3000", "FT", ""), "does not say what it is measured from");
  EXPECT_EQ(floor("3000", "FT", "W84"), "is measured from W84; expected MSL, SFC or STD");
  EXPECT_EQ(floor("FLOOR", "OTHER", ""), "states no height");
  EXPECT_EQ(floor("3000", "SM", "MSL"), "is in no unit that is read; expected FT, M or FL");
}

TEST(Aixm, TellsValidityAndActivation) {
  const std::string activation =
      "<aixm:activation><aixm:AirspaceActivation><aixm:timeInterval><aixm:Timesheet>"
      "<aixm:day>MON</aixm:day><aixm:startTime>07:00</aixm:startTime><aixm:endTime>17:00"
      "</aixm:endTime></aixm:Timesheet></aixm:timeInterval><aixm:status>ACTIVE</aixm:status>"
      "</aixm:AirspaceActivation></aixm:activation>";
  const ChartedArea area = area_of(
      "<gml:validTime><gml:TimePeriod><gml:beginPosition>2018-05-07T14:00:00Z</gml:beginPosition>"
      "<gml:endPosition>2018-05-08T14:00:00Z</gml:endPosition></gml:TimePeriod></gml:validTime>" +
      component(surface(curve(square))) + activation);
  EXPECT_THAT(area.times, ElementsAre("active MON from 07:00 to 17:00"));
  EXPECT_EQ(quantities::rfc3339(area.valid.from), "2018-05-07T14:00:00Z");
  EXPECT_EQ(quantities::rfc3339(area.valid.until), "2018-05-08T14:00:00Z");
}

TEST(Aixm, RefusesByLineAndName) {
  const std::pair<std::string, std::string> cases[] = {
      {"", "a.xml:2: area R1: the time slice states no geometry; it changes something else"},
      {component(surface(curve(square)), "SUBTR"),
       "a.xml:2: area R1: its geometry is composed by the operation \"SUBTR\"; only BASE and UNION "
       "are read"},
      {component(surface(curve("<gml:ArcByBulge/>"))),
       "a.xml:2: area R1: a curve of \"ArcByBulge\" is not read; expected GeodesicString, "
       "Geodesic, "
       "LineStringSegment, ArcByCenterPoint or CircleByCenterPoint"},
      {component(surface(curve(geodesic("35 36 35 37 36 37")))),
       "a.xml:2: area R1: the ring is not closed: it ends 143.3 km from where it begins"},
      {component(surface(curve(geodesic("35 36 35 37")) + curve(geodesic("35.1 37 36 37 35 36")))),
       "a.xml:3: area R1: begins 11.1 km from where the curve before it ends; expected the same "
       "place, within 50 m"},
      {component(surface(curve(geodesic("35 36 35")))),
       "a.xml:2: area R1: has 3 numbers; expected two for each place"},
      {component(surface(curve(geodesic("35 36 95 36 36 37 35 36")))),
       "a.xml:2: area R1: 95 36 is no place; expected latitude and longitude in degrees"},
      {component(surface(curve(square), "", "urn:ogc:def:crs:EPSG::3857")),
       "a.xml:2: area R1: is in the reference system \"urn:ogc:def:crs:EPSG::3857\"; only "
       "EPSG:4326 "
       "and OGC CRS84 are read"},
      {component(surface(curve(square), "", "")),
       "a.xml:2: area R1: has no reference system (srsName); expected urn:ogc:def:crs:EPSG::4326"},
      {component(surface(curve(geodesic("34.91 36 35.09 36") + arc("0", "360")))),
       "a.xml:2: area R1: the arc is nothing, or a whole turn; a circle is a CircleByCenterPoint"},
      {component(surface("<gml:curveMember xlink:href='http://example.org/c'/>")),
       "a.xml:2: area R1: refers to the curve \"http://example.org/c\", which is not in this file"},
      {component(limits),
       "a.xml:2: area R1: the volume has neither a horizontalProjection nor a "
       "centreline"},
  };
  for (const auto& [geometry, wanted] : cases) {
    SCOPED_TRACE(geometry);
    EXPECT_EQ(refusal_of(area_of(geometry)), wanted);
  }
  const auto other = read_aixm("<a xmlns='urn:other'/>", "a.xml");
  ASSERT_FALSE(other);
  EXPECT_EQ(other.error().message,
            "holds no airspace of AIXM 5.1 (the document is \"a\" of \"urn:other\")");
}

}  // namespace
}  // namespace truce::terms
