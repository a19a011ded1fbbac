#include "terms/openair.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "areas/outline.h"

namespace truce::terms {
namespace {

using quantities::Point;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Pair;

std::string square(const std::string& records = "AN One\nAH FL100\nAL GND\n") {
  return "AC R\n" + records +
         "DP 35:00:00 N 036:00:00 E\nDP 35:00:00 N 037:00:00 E\nDP 36:00:00 N 037:00:00 E\n"
         "DP 36:00:00 N 036:00:00 E\nDP 35:00:00 N 036:00:00 E\n";
}

std::vector<ChartedArea> areas_of(const std::string& text) {
  auto areas = read_openair(text, "a.txt");
  EXPECT_TRUE(areas) << areas.error().where << ": " << areas.error().message;
  return areas ? std::move(*areas) : std::vector<ChartedArea>();
}

// What refuses the first area, or the file.
std::string refusal(const std::string& text) {
  const auto areas = read_openair(text, "a.txt");
  if (!areas) return areas.error().where + ": " + areas.error().message;
  const ChartedArea& area = areas->front();
  if (area.refusal) return area.refusal->where + ": " + area.refusal->message;
  const auto drawn = drawn_outline(area, Edges::straight);
  if (!drawn) return drawn.error()[0].where + ": " + drawn.error()[0].message;
  return "";
}

TEST(OpenAir, ReadsAnArea) {
  const auto areas = areas_of("* a comment\n\n" + square("AN EDR 10 (NOTAM)  * with a comment\n"
                                                         "AI R-10\nAY TRA\nAF 123.5\nAG Tower\n"
                                                         "AX 7000\nAH 5000ft MSL\nAL GND\n"));
  ASSERT_EQ(areas.size(), 1u);
  const ChartedArea& area = areas[0];
  EXPECT_EQ(area.name, "EDR 10 (NOTAM)");
  EXPECT_EQ(area.id, "R-10");
  EXPECT_EQ(area.where, "a.txt:3");
  EXPECT_THAT(area.attributes,
              ElementsAre(Pair("class", "R"), Pair("line", "3"), Pair("type", "TRA")));
  EXPECT_EQ(area.floor->limit->reference, Reference::surface);
  EXPECT_EQ(area.ceiling->limit->text, "5000 ft MSL");
  EXPECT_EQ(area.ceiling->where, "a.txt:10");
  const auto outline = drawn_outline(area, Edges::straight);
  ASSERT_TRUE(outline);
  EXPECT_EQ(outline->polygons[0].outer.size(), 4u) << "the closing place is the first again";
}

TEST(OpenAir, EndsLinesAnyWayAndNeedsNoUtf8) {
  std::string text = square("AN Ocana \xF1\nAH FL1\nAL GND\n");
  std::string windows;
  for (char c : text) windows += c == '\n' ? std::string("\r\n") : std::string(1, c);
  EXPECT_EQ(areas_of(windows)[0].name, "Ocana \xEF\xBF\xBD");
  EXPECT_EQ(areas_of("\xEF\xBB\xBF" + text).size(), 1u);
}

TEST(OpenAir, Places) {
  struct Case {
    const char* text;
    double latitude, longitude;
  };
  const Case cases[] = {
      {"54:10:15 N 013:41:37 E", 54.1708333, 13.6936111},
      {"39:29.7 N 119:46.5 W", 39.495, -119.775},
      {"38:53.6 S 119:59.7W", -38.8933333, -119.995},
      {"265644.00N 0500434.00E", 26.9455556, 50.0761111},
      {"29:58.917 N 081:59.533 W", 29.98195, -81.9922167},
      {"45.5 N 8.25 E", 45.5, 8.25},
      {"36:41:00 N 115:56:10 W    c29", 36.6833333, -115.9361111},
      {"90:00:00 N 180:00:00 W", 90, -180},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.text);
    const auto place = openair_place(c.text);
    ASSERT_TRUE(place) << place.error();
    EXPECT_EQ(*place, *quantities::point_from_degrees(c.longitude, c.latitude));
  }
  const std::pair<const char*, const char*> wrong[] = {
      {"45:49:51 N 008:42:", "expected a place"},
      {"42:60:57 N 000:40:00 W", "60 minutes or more"},
      {"42:00:60 N 000:40:00 W", "60 seconds or more"},
      {"91:00:00 N 000:40:00 W", "beyond 90 degrees"},
      {"42:00:00 N 180:00:01 W", "beyond 180 degrees"},
      {"42:00:00 N", "expected a place"},
      {"8:42:00 E 42:00:00 N", "expected a place"},
      {"42:00:00 N 8:00:00 E 43:00:00 N 8:00:00 E", "follows the place"},
      {"4a:00:00 N 8:00:00 E", "expected a place"},
      {"", "expected a place"},
  };
  for (const auto& [text, message] : wrong) {
    SCOPED_TRACE(text);
    const auto place = openair_place(text);
    ASSERT_FALSE(place);
    EXPECT_THAT(place.error(), HasSubstr(message));
  }
}

TEST(OpenAir, Heights) {
  const std::pair<const char*, const char*> understood[] = {
      {"GND", "SFC"},
      {"SFC", "SFC"},
      {"FL75", "FL75"},
      {"FL 180", "FL180"},
      {"UNLIM", "UNL"},
      {"UNLIMITED", "UNL"},
      {"5000ft MSL", "5000 ft MSL"},
      {"2500ft GND", "2500 ft AGL"},
      {"500 ft agl", "500 ft AGL"},
      {"3000m AMSL", "3000 m MSL"},
      {"1000M AGL", "1000 m AGL"},
      {"0ft AGL", "SFC"},
  };
  for (const auto& [text, plain] : understood) {
    const ChartedLimit limit = openair_limit(text, "");
    ASSERT_TRUE(limit.limit) << text << limit.why;
    EXPECT_EQ(limit.limit->text, plain);
  }
  const std::pair<const char*, const char*> not_understood[] = {
      {"8400 ft", "does not say what it is measured from"},
      {"0", "says neither its unit nor what it is measured from"},
      {"100 Agl", "does not say its unit"},
      {"FL", "is no flight level"},
      {"Ask on 122.8", "states no height"},
      {"UNLIM (Mon-Fri)", "states no height"},
      {"", "states no height"},
  };
  for (const auto& [text, why] : not_understood) {
    const ChartedLimit limit = openair_limit(text, "");
    EXPECT_FALSE(limit.limit) << text;
    EXPECT_EQ(limit.why, why);
    EXPECT_EQ(limit.text, text);
  }
}

areas::Side side(const ChartedArea& area, double longitude, double latitude) {
  const auto outline = drawn_outline(area, Edges::straight);
  EXPECT_TRUE(outline);
  return areas::side_of(*outline, *quantities::point_from_degrees(longitude, latitude));
}

TEST(OpenAir, CirclesAndArcsTurnAsTheyAreTold) {
  const auto areas = areas_of(
      "V X=35:00:00 N 036:00:00 E\n"
      "AC R\nAN circle\nDC 6\n"
      // The eastern half disc: from north by east to south.
      "AC R\nAN east\nDA 6,0,180\n"
      // The same ends the other way: the western half.
      "AC R\nAN west\nV D=-\nDA 6,0,180\n"
      // Clockwise again in a new area, and the centre still holds.
      "AC R\nAN between\nDB 35:06:00 N 036:00:00 E, 34:54:00 N 036:00:00 E\n");
  ASSERT_EQ(areas.size(), 4u);
  const double west = 35.95, east = 36.05;
  EXPECT_EQ(side(areas[0], west, 35), areas::Side::inside);
  EXPECT_EQ(side(areas[0], east, 35), areas::Side::inside);
  EXPECT_EQ(side(areas[1], west, 35), areas::Side::outside);
  EXPECT_EQ(side(areas[1], east, 35), areas::Side::inside);
  EXPECT_EQ(side(areas[2], west, 35), areas::Side::inside);
  EXPECT_EQ(side(areas[2], east, 35), areas::Side::outside);
  EXPECT_EQ(side(areas[3], west, 35), areas::Side::outside);
  EXPECT_EQ(side(areas[3], east, 35), areas::Side::inside);
  // Just inside and outside the radius, 6 NM = 11,112 m; a degree here is 91,288 m of longitude.
  EXPECT_EQ(side(areas[1], 36 + 11'100 / 91'288.0, 35), areas::Side::inside);
  EXPECT_EQ(side(areas[1], 36 + 11'125 / 91'288.0, 35), areas::Side::outside);
}

TEST(OpenAir, AirwaysAreAsWideAsTheySay) {
  const auto areas =
      areas_of("AC P\nAN Axe 1\nV W=2.5\nDY 44:17:00 N 005:00:00 E\nDY 44:27:00 N 005:00:00 E\n");
  // 1.25 NM = 2,315 m to each side; a degree of longitude is 79,900 m there.
  EXPECT_EQ(side(areas[0], 5 + 2'300 / 79'870.0, 44.36), areas::Side::inside);
  EXPECT_EQ(side(areas[0], 5 + 2'330 / 79'870.0, 44.36), areas::Side::outside);
}

TEST(OpenAir, RefusesByLineAndName) {
  const std::pair<std::string, std::string> cases[] = {
      {"", "a.txt: holds no area: no line begins with \"AC\", the class of an area"},
      {"* nothing\n", "a.txt: holds no area: no line begins with \"AC\", the class of an area"},
      {"AN first\nAC R\n", "a.txt:1: AN stands before any area; an area begins with AC, its class"},
      {"hello\n",
       "a.txt:1: \"HELLO\" is no record of OpenAir; expected AC, AN, AH, AL, V, DP, DA, DB, DC or "
       "DY"},
      {"AC R\nAN A\n", "a.txt:1: area A: is drawn by nothing; expected DP, DA, DB, DC or DY"},
      {square("AN A\nXX 5\n"),
       "a.txt:3: area A: \"XX\" is no record of OpenAir; expected AC, AN, AH, AL, V, DP, DA, DB, "
       "DC or DY"},
      {square("AN A\nAL GND\nAL FL80\n"),
       "a.txt:4: area A: AL is stated a second time; the first is in a.txt:3"},
      {square("AN A\nAN B\n"), "a.txt:3: area A: the area has a second name (AN)"},
      {square("AN A\nV Q=5\n"),
       "a.txt:3: area A: \"q\" is no variable of OpenAir; expected X, D, W or Z"},
      {square("AN A\nV D=5\n"), "a.txt:3: area A: the direction \"5\" is neither + nor -"},
      {"AC R\nAN A\nDC 5\n",
       "a.txt:3: area A: DC has no centre; expected a line \"V X=...\" before it"},
      {"AC R\nAN A\nV X=35:00:00 N 036:00:00 E\nDC -5\n",
       "a.txt:4: area A: a radius of -5 nautical miles; expected more than 0 and at most 2700"},
      {"AC R\nAN A\nV X=35:00:00 N 036:00:00 E\nDA 5,0\n",
       "a.txt:4: area A: an arc (DA) is a radius and two bearings: \"DA 5, 90, 180\""},
      {"AC R\nAN A\nV X=35:00:00 N 036:00:00 E\nDA 5,0,497\n",
       "a.txt:4: area A: the bearing 497 is not between 0 and 360 degrees"},
      {"AC R\nAN A\nV X=35:00:00 N 036:00:00 E\nDA 5,0,360\n",
       "a.txt:4: area A: the arc ends in the direction in which it begins; a circle is written DC"},
      {"AC R\nAN A\nV X=35:00:00 N 036:00:00 E\nDC 5\nDC 6\n",
       "a.txt:1: area A: is drawn by a circle (DC) or an airway (DY) and something else; which of "
       "them is the area the file does not say"},
      {"AC R\nAN A\nDY 35:00:00 N 036:00:00 E\nDY 36:00:00 N 036:00:00 E\n",
       "a.txt:1: area A: is an airway (DY) without a width (V W=)"},
      {"AC R\nAN A\nDP 35:00:00 N 036:00:00 E\nDP 36:00:00 N 036:00:00 E\n",
       "a.txt:3: area A: has fewer than three vertices"},
      {"AC R\nAN A\nDP 35:00:00 N 036:00:00 E\nDP 35:00:00 N 036:00:00 E\n",
       "a.txt:3: area A: has fewer than two vertices"},
      {"AC R\nAN A\nV X=35:00:00 N 036:00:00 E\n"
       "DB 35:06:00 N 036:00:00 E, 34:50:00 N 036:00:00 E\n",
       "a.txt:4: area A: the arc begins 11.1 km from its centre and ends 18.5 km from it; expected "
       "the same distance, within 250 m"},
      // A bow tie: its first edge crosses its third.
      {"AC R\nAN A\nDP 35:00:00 N 036:00:00 E\nDP 36:00:00 N 037:00:00 E\n"
       "DP 36:00:00 N 036:00:00 E\nDP 35:00:00 N 037:00:00 E\n",
       "a.txt:3: area A: the boundary from here crosses or overlaps itself (at 35.0000000 "
       "36.0000000)"},
  };
  for (const auto& [text, message] : cases) {
    SCOPED_TRACE(text);
    EXPECT_EQ(refusal(text), message);
  }
}

TEST(OpenAir, OneBadAreaLeavesTheOthers) {
  const auto areas = areas_of("AC R\nAN bad\nDP 35:00:00 N\n" + square());
  ASSERT_EQ(areas.size(), 2u);
  EXPECT_TRUE(areas[0].refusal);
  EXPECT_FALSE(areas[1].refusal);
}

TEST(OpenAir, TerrainIsNoArea) {
  const auto areas = areas_of(
      square() + "TC Lake\nSP 0, 1, 0\nV Z=100\nDP 38:56:00 N 120:02:00 W\n" + square("AN Two\n"));
  ASSERT_EQ(areas.size(), 2u);
  EXPECT_EQ(areas[1].name, "Two");
}

TEST(OpenAir, TellsWhenAnAreaIsActive) {
  const auto areas =
      areas_of(square("AN A\nAA NONE\nAA 2025-01-01T12:00Z/2025-01-01T13:00Z\n"
                      "AA NONE/2025-02-02T12:00Z\nAA 2025-03-03T11:00Z/NONE\nAA odd\n"));
  EXPECT_THAT(areas[0].times,
              ElementsAre("only when a notice to airmen says so",
                          "from 2025-01-01T12:00Z until 2025-01-01T13:00Z",
                          "until 2025-02-02T12:00Z", "from 2025-03-03T11:00Z", "\"odd\""));
}

}  // namespace
}  // namespace truce::terms
