#include "publication/findings_geojson.h"

#include <gtest/gtest.h>
#include <simdjson.h>

#include <map>
#include <string>

#include "publication/json_schema_test_case.h"
#include "publication/sample_test_case.h"

namespace truce::publication {
namespace {

using schema::array_of;
using simdjson::dom::element;

struct Sample {
  terms::Agreement agreement = sample::agreement();
  observations::Observations observations = sample::observed();
  findings::Findings findings = sample::findings();
  Edition edition = edition_of(agreement, "0.1.0");
  Assessment assessment() const { return {agreement, observations, findings, edition}; }
};

void check_positions(element value) {
  if (value.at(0).is_number()) {
    EXPECT_LE(value.at(0).get_double().value(), 180);
    EXPECT_GE(value.at(0).get_double().value(), -180);
    EXPECT_LE(value.at(1).get_double().value(), 90);
    EXPECT_GE(value.at(1).get_double().value(), -90);
    return;
  }
  for (element part : array_of(value)) check_positions(part);
}

TEST(FindingsGeojson, HoldsEveryAreaAndEveryFinding) {
  const Sample sample;
  simdjson::dom::parser parser;
  const std::string text = findings_geojson(sample.assessment());
  const element json = parser.parse(text).value();
  std::map<std::string, std::size_t> layers;
  for (element feature : array_of(json["features"])) {
    ++layers[std::string(feature["properties"]["layer"].get_string().value())];
    EXPECT_EQ(feature["properties"]["audience"].get_string().value(),
              "operations, not for release");
    if (!feature["geometry"].is_null()) check_positions(feature["geometry"]["coordinates"]);
  }
  EXPECT_EQ(layers["area"], 5u);
  EXPECT_EQ(layers["track"], 7u);
  EXPECT_EQ(layers["sighting"], 2u);
  EXPECT_EQ(json["truce"]["audience"].get_string().value(), "operations");
}

TEST(FindingsGeojson, RingsAreClosedAndHolesKept) {
  const Sample sample;
  simdjson::dom::parser parser;
  const std::string text = findings_geojson(sample.assessment());
  const element json = parser.parse(text).value();
  const element first = json["features"].at(0);
  EXPECT_EQ(first["geometry"]["type"].get_string().value(), "MultiPolygon");
  const element polygon = first["geometry"]["coordinates"].at(0);
  EXPECT_EQ(polygon.get_array().value().size(), 2u);
  for (element ring : array_of(polygon)) {
    const std::size_t size = ring.get_array().value().size();
    EXPECT_EQ(simdjson::minify(ring.at(0)), simdjson::minify(ring.at(size - 1)));
  }
}

TEST(FindingsGeojson, ADoubtfulFixCutsTheTrackAndIsNotOnIt) {
  Sample sample;
  auto& finding = sample.findings.findings[0];
  finding.trace[10].doubtful = true;
  finding.trace[10].point = sample::place(40, 40);
  sample.findings.findings.resize(1);
  const std::string text = findings_geojson(sample.assessment());
  simdjson::dom::parser parser;
  const element json = parser.parse(text).value();
  const element track = json["features"].at(5);
  EXPECT_EQ(track["geometry"]["type"].get_string().value(), "MultiLineString");
  EXPECT_EQ(track["geometry"]["coordinates"].get_array().value().size(), 2u);
  EXPECT_EQ(text.find("[40.0000000,40.0000000]"), std::string::npos);
}

TEST(FindingsGeojson, PeopleSeePointsAndNoLines) {
  const Sample sample;
  simdjson::dom::parser parser;
  const std::string text = findings_geojson(sample.assessment());
  const element json = parser.parse(text).value();
  for (element feature : array_of(json["features"]))
    if (feature["properties"]["layer"].get_string().value() == "sighting") {
      EXPECT_EQ(feature["geometry"]["type"].get_string().value(), "MultiPoint");
    }
}

TEST(FindingsGeojson, AFindingWithoutATraceHasNoGeometry) {
  Sample sample;
  sample.findings.findings.resize(1);
  sample.findings.findings[0].trace.clear();
  simdjson::dom::parser parser;
  const std::string text = findings_geojson(sample.assessment());
  const element json = parser.parse(text).value();
  EXPECT_TRUE(json["features"].at(5)["geometry"].is_null());
}

}  // namespace
}  // namespace truce::publication
