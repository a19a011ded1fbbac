// truce check on agreements as people get them wrong: each mistake is answered at its place with
// what was expected, all of them at once; what looks wrong is warned of and stops nothing.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/program/program.h"

namespace truce::program {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::string replaced(std::string text, const std::string& what, const std::string& with) {
  const std::size_t at = text.find(what);
  EXPECT_NE(at, std::string::npos) << what;
  if (at != std::string::npos) text.replace(at, what.size(), with);
  return text;
}

// The small case, with outlines that no area should name.
class CheckedCase : public ::testing::Test {
 protected:
  CheckedCase() {
    write_case(folder_, "case", small_case());
    folder_.write("case/areas.geojson", R"({"type": "FeatureCollection", "features": [
  {"type": "Feature", "id": "A-01", "properties": {},
   "geometry": {"type": "Polygon", "coordinates":
     [[[36.0, 33.0], [37.0, 33.0], [37.0, 34.0], [36.0, 34.0], [36.0, 33.0]]]}},
  {"type": "Feature", "id": "beside", "properties": {},
   "geometry": {"type": "Polygon", "coordinates":
     [[[36.5, 33.5], [37.5, 33.5], [37.5, 34.5], [36.5, 34.5], [36.5, 33.5]]]}},
  {"type": "Feature", "id": "eight", "properties": {},
   "geometry": {"type": "Polygon", "coordinates":
     [[[36.0, 33.0], [37.0, 34.0], [37.0, 33.0], [36.0, 34.0], [36.0, 33.0]]]}},
  {"type": "Feature", "id": "line", "properties": {},
   "geometry": {"type": "LineString", "coordinates": [[36.0, 33.0], [37.0, 34.0]]}},
  {"type": "Feature", "id": "open", "properties": {},
   "geometry": {"type": "Polygon", "coordinates":
     [[[36.0, 33.0], [37.0, 33.0], [37.0, 34.0], [36.0, 34.0]]]}},
  {"type": "Feature", "id": "north of the pole", "properties": {},
   "geometry": {"type": "Polygon", "coordinates":
     [[[36.0, 33.0], [37.0, 33.0], [37.0, 91.0], [36.0, 34.0], [36.0, 33.0]]]}},
  {"type": "Feature", "id": "exchanged", "properties": {},
   "geometry": {"type": "Polygon", "coordinates":
     [[[11.0, 50.0], [12.0, 50.0], [12.0, 51.0], [11.0, 51.0], [11.0, 50.0]]]}},
  {"type": "Feature", "id": "east", "properties": {},
   "geometry": {"type": "Polygon", "coordinates":
     [[[48.0, 11.0], [49.0, 11.0], [49.0, 12.0], [48.0, 12.0], [48.0, 11.0]]]}},
  {"type": "Feature", "id": "hole outside", "properties": {},
   "geometry": {"type": "Polygon", "coordinates":
     [[[36.0, 33.0], [37.0, 33.0], [37.0, 34.0], [36.0, 34.0], [36.0, 33.0]],
      [[38.0, 38.0], [38.0, 39.0], [39.0, 39.0], [38.0, 38.0]]]}}
]})");
  }
  const std::string agreement_ = small_case()["agreement.toml"];
  Ran check(const std::string& text) const {
    folder_.write("case/agreement.toml", text);
    return run({"check", folder_ / "case"});
  }

  Folder folder_;
};

TEST_F(CheckedCase, EveryMistakeIsAnsweredAtItsPlaceWithWhatWasExpected) {
  const struct {
    const char* what;
    const char* with;
    const char* place;  ///< Line and column.
    const char* answer;
  } cases[] = {
      // The file itself.
      {"\"small\"", "\"small", "2:19", "not valid TOML"},
      {"id        =", "id = \"other\"\nid        =", "3:1", "not valid TOML"},
      {"[grades]", "[grdaes]", "11:2", "did you mean 'grades'?"},
      {"ceiling =", "celing =", "18:1", "did you mean 'ceiling'?"},
      {"title     = \"A small agreement\"", "", "1:1", "[agreement] title is missing"},
      {"\"A small agreement\"", "7", "3:13", "expected a text"},
      {"[parties.government]", "[lines.L-1]\na = 1\n[parties.government]", "8:1", "lines are not"},
      // Times.
      {"\"UTC\"", "\"Europe/Zurick\"", "5:13", "did you mean"},
      {"2016-02-27T00:00:00", "2202-02-27T00:00:00", "4:13", "years 1900 to 2199"},
      {"2016-02-27T00:00:00", "\"2016-02-27\"", "4:13", "expected a date and time such as"},
      {"ceiling =", "from = 2016-05-01T00:00:00\nuntil = 2016-04-01T00:00:00\nceiling =", "19:9",
       "is not after the beginning"},
      // Names of one another.
      {"\"concentrated\"", "\"concentrate\"", "15:11", "did you mean 'concentrated'?"},
      {"[\"government\"]", "[\"government\", \"goverment\"]", "23:28",
       "did you mean 'government'?"},
      {"[\"concentrated\"]", "[\"concentrated\"], areas = [\"A-1\"]", "25:51",
       "did you mean 'A-01'"},
      // Heights.
      {"\"UNL\"", "\"10000 ft\"", "18:11", "MSL"},
      {"\"SFC\"\nceiling = \"UNL\"", "\"FL300\"\nceiling = \"FL100\"", "18:11", "below the floor"},
      {"\"SFC\"", "\"UNL\"", "17:11", "cannot begin at unlimited height"},
      // Rules.
      {"\"flight\"", "\"fligth\"", "22:13", "did you mean 'flight'?"},
      {"\"flight\"", "\"shelling\"", "22:13", "is not supported yet"},
      {"[\"military\"]", "[\"milittary\"]", "24:14", "did you mean 'military'?"},
      {"aircraft  =", "against = [\"x\"]\naircraft  =", "24:11", "against: rules on whom"},
      {"aircraft  =", "when = { days = [\"mon\"] }\naircraft  =", "24:8",
       "expected an array of tables"},
      {"aircraft  =", "when = [{ days = [\"mondy\"] }]\naircraft  =", "24:18", "expected"},
      {"aircraft  =", "when = [{ from = \"8\" }]\naircraft  =", "24:18", "expected"},
      {"aircraft  =", "below = \"SFC\"\naircraft  =", "24:9", "decides nothing here"},
      // Outlines.
      {"areas.geojson#", "http://example.org/areas.geojson#", "16:11", "relative path"},
      {"areas.geojson#", "../areas.geojson#", "16:11", "relative path"},
      {"areas.geojson#", "areas.dwg#", "16:11", "expected a form such as"},
      {"\"areas.geojson#A-01\"", "{ circle = [\"95 N 36 E\", \"12 km\"] }", "16:23", "is no place"},
      {"\"areas.geojson#A-01\"", "{ circle = [\"33 N 36 E\", \"12\"] }", "16:36", "is no radius"},
      {"\"areas.geojson#A-01\"", "{ corridor = [\"33 N 36 E\"] }", "16:24", "at least 2 places"},
      {"areas.geojson#", "zones.geojson#", "14:1", "area A-01: zones.geojson: is not there"},
      {"#A-01", "#A-10", "14:1", "area A-01: areas.geojson: has no feature \"A-10\""},
  };
  for (const auto& c : cases) {
    SCOPED_TRACE(std::string(c.what) + " -> " + c.with);
    const Ran ran = check(replaced(agreement_, c.what, c.with));
    EXPECT_EQ(ran.status, 2);
    EXPECT_EQ(ran.out, "");
    bool found = false;
    for (std::size_t at = 0; at < ran.err.size();) {
      const std::size_t end = ran.err.find('\n', at);
      const std::string line = ran.err.substr(at, end - at);
      found = found || (line.find(std::string("agreement.toml:") + c.place) == 0 &&
                        line.find(": error: ") != std::string::npos &&
                        line.find(c.answer) != std::string::npos);
      at = end == std::string::npos ? ran.err.size() : end + 1;
    }
    EXPECT_TRUE(found) << c.place << " ... " << c.answer << "\n" << ran.err;
  }
}

// Of a map the place is its layer, feature, ring and vertex.
TEST_F(CheckedCase, WhatIsWrongWithAMapIsToldAtItsVertex) {
  const struct {
    const char* feature;
    const char* place;
    const char* answer;
  } cases[] = {
      {"eight", "outer ring, vertex 1", "crosses"},
      {"line", "feature line", "is a LineString; an area is a Polygon or a MultiPolygon"},
      {"open", "outer ring, vertex 4", "the ring is not closed"},
      {"north of the pole", "outer ring, vertex 3", "latitude 91 is beyond 90 degrees"},
      {"hole outside", "hole 1", "outside"},
  };
  for (const auto& c : cases) {
    SCOPED_TRACE(c.feature);
    const Ran ran = check(replaced(agreement_, "#A-01", std::string("#") + c.feature));
    EXPECT_EQ(ran.status, 2);
    EXPECT_THAT(ran.err, HasSubstr("areas.geojson"));
    EXPECT_THAT(ran.err, HasSubstr(c.place));
    EXPECT_THAT(ran.err, HasSubstr(c.answer));
  }
}

// A person who mends one mistake must not be sent away for the next.
TEST_F(CheckedCase, AllMistakesOfTheWholeCaseAreToldAtOnce) {
  std::string text = replaced(agreement_, "\"UNL\"", "\"10000 ft\"");
  text = replaced(text, "[\"military\"]", "[\"milittary\"]");
  text = replaced(text, "#A-01", "#eight");
  text +=
      "\n[areas.A-02]\ngrade = \"concentrated\"\noutline = \"gone.kml\"\n"
      "\n[areas.A-03]\ngrade = \"concentrated\"\noutline = { circle = [\"33 N 36 E\", \"-1 km\"] "
      "}\n"
      "\n[coverage]\ncompliant_from = nan\n";
  folder_.write("case/sources.toml", "[sources.north]\norigin = \"north\"\nreliability = \"G\"\n");
  folder_.write("case/notices.toml", "[notices.N-1]\nparty = 7\n");
  const Ran ran = check(text);
  EXPECT_EQ(ran.status, 2);
  for (const char* each :
       {"agreement.toml:18:11: error: ", "agreement.toml:24:14: error: ", "milittary", "crosses",
        "area A-02: gone.kml: is not there", "'-1 km' is no radius", "compliant_from",
        "sources.toml:3:", "notices.toml:2:"})
    EXPECT_THAT(ran.err, HasSubstr(each));
}

// A lock that no longer fits hides nothing of what is wrong with the new maps.
TEST_F(CheckedCase, AStaleLockHidesNoOtherMistake) {
  ASSERT_EQ(check(agreement_).status, 0);
  ASSERT_EQ(run({"check", folder_ / "case", "--lock"}).status, 0);
  const Ran ran = check(replaced(agreement_, "#A-01", "#eight"));
  EXPECT_EQ(ran.status, 2);
  EXPECT_THAT(ran.err, HasSubstr("agreement.lock: error: agreement.toml has changed"));
  EXPECT_THAT(ran.err, HasSubstr("crosses"));
}

TEST_F(CheckedCase, AFileThatIsNotUtf8IsToldByItsLine) {
  const Ran ran = check(replaced(agreement_, "A small agreement", "An agreement for Z\xfcrich"));
  EXPECT_EQ(ran.status, 2);
  EXPECT_THAT(ran.err, HasSubstr("agreement.toml:3:32: error: this is not UTF-8 text"));
}

// The warnings of terms/check.h, through the program; each stops nothing.
TEST_F(CheckedCase, WhatLooksWrongIsWarnedOf) {
  const std::string other_area =
      "\n[areas.A-02]\ngrade = \"mixed\"\noutline = \"areas.geojson#beside\"\n";
  const std::string with_mixed =
      replaced(agreement_, "concentrated = \"most concentrated presence\"",
               "concentrated = \"most concentrated presence\"\nmixed = \"mixed presence\"");
  const std::string strict =
      "\n[rules.\"4.2\"]\nclause = \"No flight at all.\"\nprohibits = \"flight\"\n"
      "by = [\"government\"]\nin = { areas = [\"A-01\"] }\n";
  const struct {
    std::string text;
    const char* warning;
  } cases[] = {
      {replaced(with_mixed, "[\"concentrated\"]", "[\"concentrated\", \"mixed\"]") + other_area,
       "agreement.toml:28:1: warning: area A-02 (mixed) overlaps area A-01 (concentrated)"},
      {with_mixed + other_area, "warning: no rule covers area A-02"},
      {replaced(agreement_, "aircraft  =",
                "from = 2015-01-01T00:00:00\n"
                "until = 2015-02-01T00:00:00\naircraft  ="),
       "agreement.toml:20:1: warning: rule 4.1 can never apply: it is never in force"},
      {replaced(agreement_, "name = { en = \"Government\" }",
                "name = { en = \"Government\" }\noutside = true"),
       "warning: rule 4.1 can never apply: no party that it names is bound"},
      {agreement_ +
           "\n[rules.\"4.1\".exceptions.medical]\npurpose = \"medical evacuation\"\n"
           "needs = { notice = \"at once\" }\n" +
           strict,
       "warning: rule 4.2 bans what rule 4.1 excepts, flights for medical evacuation"},
      {replaced(agreement_, "#A-01", "#east") +
           "\n[areas.A-02]\ngrade = \"concentrated\"\noutline = \"areas.geojson#exchanged\"\n",
       "are they in the wrong order?"},
      {replaced(agreement_, "\"UNL\"", "\"500 ft AGL\""),
       "warning: area A-01 has a height above ground but no 'terrain'"},
      {replaced(agreement_, "\"areas.geojson#A-01\"",
                "{ vertices = [\"33 N 36 E\", \"33 N 37 E\", \"34 N 37 E\"] }"),
       "agreement.toml:16:11: warning: the vertices do not say how the edges"},
  };
  for (const auto& c : cases) {
    SCOPED_TRACE(c.warning);
    const Ran ran = check(c.text);
    EXPECT_EQ(ran.status, 0) << ran.err;
    EXPECT_THAT(ran.err, HasSubstr(c.warning));
    EXPECT_THAT(ran.out, HasSubstr("No military aircraft of the Government"));
  }
  const Ran sound = check(agreement_);
  EXPECT_EQ(sound.status, 0);
  EXPECT_EQ(sound.err,
            "agreement.lock: warning: missing: the agreement is resolved on the spot; "
            "truce check --lock settles it for everybody\n");
  // And so does a run under a lock, which resolves nothing.
  ASSERT_EQ(check(cases[0].text).status, 0);
  ASSERT_EQ(run({"check", folder_ / "case", "--lock"}).status, 0);
  EXPECT_THAT(run({"check", folder_ / "case"}).err, HasSubstr("overlaps area A-01"));
}

}  // namespace
}  // namespace truce::program
