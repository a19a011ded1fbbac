#include "publication/findings_json.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "base/places_test_case.h"
#include "publication/json_schema_test_case.h"
#include "publication/sample_test_case.h"
#include "publication/wording.h"

namespace truce::publication {
namespace {

using findings::Verdict;
using schema::array_of;
using simdjson::dom::element;

struct Sample {
  terms::Agreement agreement = sample::agreement();
  observations::Observations observations = sample::observed();
  findings::Findings findings = sample::findings();
  Edition edition = edition_of(agreement, "0.1.0");
  Assessment assessment() const { return {agreement, observations, findings, edition}; }
};

class FindingsJson : public ::testing::Test {
 protected:
  element parsed(const std::string& json) {
    element out;
    EXPECT_FALSE(parser_.parse(json).get(out)) << json.substr(0, 400);
    return out;
  }
  element schema() {
    const auto path = base::source_folder() / "docs/formats/findings.schema.json";
    return schema_parser_.load(path.string()).value();
  }
  Sample sample_;

 private:
  simdjson::dom::parser parser_, schema_parser_;
};

TEST_F(FindingsJson, IsAsItsSchemaSays) {
  schema::Validator validator(schema());
  EXPECT_THAT(validator.problems_of(parsed(findings_json(sample_.assessment()))),
              ::testing::IsEmpty());
}

TEST_F(FindingsJson, IsAsItsSchemaSaysWhenNothingIsThere) {
  const terms::Agreement agreement;
  const observations::Observations observations;
  const findings::Findings findings;
  const Edition edition = edition_of(agreement, "0.1.0");
  schema::Validator validator(schema());
  EXPECT_THAT(
      validator.problems_of(parsed(findings_json({agreement, observations, findings, edition}))),
      ::testing::IsEmpty());
}

TEST_F(FindingsJson, TheSchemaRefusesWhatIsWrong) {
  schema::Validator validator(schema());
  std::string json = findings_json(sample_.assessment());
  const auto replaced = [&](std::string_view from, std::string_view to) {
    std::string out = json;
    const auto at = out.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    return out.replace(at, from.size(), to);
  };
  const std::string cases[] = {replaced("\"verdict\":\"violation\"", "\"verdict\":\"crime\""),
                               replaced("\"answer\":\"yes\"", "\"answer\":\"maybe\""),
                               replaced("\"audience\": \"operations\"", "\"audience\": \"\""),
                               replaced("\"sha256\":\"", "\"sha256\":\"x"),
                               replaced("\"entry\":{", "\"entry\":{\"about\":1,"),
                               replaced("\"coverage\":0.180", "\"coverage\":1.8"),
                               replaced(".000Z", "Z")};
  for (const std::string& wrong : cases)
    EXPECT_THAT(validator.problems_of(parsed(wrong)), ::testing::Not(::testing::IsEmpty()));
}

TEST_F(FindingsJson, SaysForWhomItIsAndWhatItRestsOn) {
  const element json = parsed(findings_json(sample_.assessment()));
  EXPECT_EQ(json["audience"].get_string().value(), "operations");
  EXPECT_EQ(json["release"].get_string().value(), "not for release");
  EXPECT_EQ(json["program_version"].get_string().value(), "0.1.0");
  EXPECT_EQ(json["terms"]["lock_sha256"].get_string().value(), sample_.agreement.lock_digest.hex());
  EXPECT_EQ(json["inputs"].get_array().value().size(), sample_.observations.inputs.size());
  EXPECT_EQ(json["summary"]["findings"]["violation"].get_int64().value(), 3);
  EXPECT_EQ(json["summary"]["rule_area_days"]["not observed"].get_int64().value(), 5);
}

TEST_F(FindingsJson, RoundsBoundsOutward) {
  sample_.findings.findings.resize(1);
  auto& finding = sample_.findings.findings[0];
  finding.inside_least = quantities::microseconds(1'299'999);
  finding.inside_most = quantities::microseconds(1'300'001);
  finding.altitude = {"pressure", quantities::metres(-0.2), quantities::metres(100.1), {}};
  finding.penetration_least = quantities::metres(99.9);
  finding.penetration_most = quantities::metres(100.1);
  const element json = parsed(findings_json(sample_.assessment()));
  const element first = json["findings"].at(0).value();
  EXPECT_EQ(first["seconds_inside"]["min"].get_double().value(), 1.2);
  EXPECT_EQ(first["seconds_inside"]["max"].get_double().value(), 1.4);
  EXPECT_EQ(first["altitude"]["least_ft"].get_int64().value(), -1);
  EXPECT_EQ(first["altitude"]["most_m"].get_int64().value(), 101);
  EXPECT_EQ(first["penetration_m"]["min"].get_int64().value(), 99);
  EXPECT_EQ(first["penetration_m"]["max"].get_int64().value(), 101);
}

TEST_F(FindingsJson, WhatIsNotKnownIsNull) {
  sample_.findings.findings.resize(1);
  auto& finding = sample_.findings.findings[0];
  finding.exit = {quantities::earliest_instant, quantities::latest_instant};
  finding.call_sign.clear();
  finding.altitude = {};
  finding.penetration_least.reset();
  finding.penetration_most.reset();
  finding.probability_permille = -1;
  const element json = parsed(findings_json(sample_.assessment()));
  const element first = json["findings"].at(0).value();
  EXPECT_TRUE(first["exit"]["earliest"].is_null());
  EXPECT_TRUE(first["exit"]["latest"].is_null());
  EXPECT_TRUE(first["aircraft"]["callsign"].is_null());
  EXPECT_TRUE(first["altitude"].is_null());
  EXPECT_TRUE(first["penetration_m"].is_null());
  EXPECT_TRUE(first["probability"].is_null());
}

TEST_F(FindingsJson, EvidenceLeadsToAFileAndARecord) {
  const element json = parsed(findings_json(sample_.assessment()));
  for (element finding : array_of(json["findings"])) {
    for (element evidence : array_of(finding["evidence"])) {
      const auto& inputs = sample_.observations.inputs;
      const auto named = std::find_if(inputs.begin(), inputs.end(), [&](const auto& input) {
        return input.name == evidence["input"].get_string().value();
      });
      ASSERT_NE(named, inputs.end());
      EXPECT_EQ(evidence["sha256"].get_string().value(), named->digest.hex());
    }
  }
}

TEST_F(FindingsJson, CutsAHostileCallSign) {
  const std::string json = findings_json(sample_.assessment());
  const element parsed_json = parsed(json);
  for (element finding : array_of(parsed_json["findings"])) {
    const element sign = finding["aircraft"]["callsign"];
    if (sign.is_string()) {
      EXPECT_LE(sign.get_string().value().size(), longest_name + 3);
    }
    EXPECT_LE(finding["sentence"].get_string().value().size(), longest_text + 3);
  }
}

TEST_F(FindingsJson, IsTheSameEveryTime) {
  const Sample again;
  EXPECT_EQ(findings_json(sample_.assessment()), findings_json(again.assessment()));
}

}  // namespace
}  // namespace truce::publication
