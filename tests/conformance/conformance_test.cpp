// One test for each folder that holds an expected.toml (conformance.h says what it may hold).
#include "tests/conformance/conformance.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cctype>
#include <fstream>
#include <iostream>
#include <iterator>

#include "base/places_test_case.h"

namespace truce::conformance {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

const std::filesystem::path root = base::source_folder() / "tests/conformance";

class Case : public testing::TestWithParam<std::string> {};

TEST_P(Case, FindsWhatTheLawSays) {
  for (const std::string& complaint : complaints_about(root / GetParam()))
    ADD_FAILURE() << GetParam() << ": " << complaint;
}

// Names of tests hold letters, digits and underscores only.
std::string test_name(const testing::TestParamInfo<std::string>& folder) {
  std::string name = folder.param;
  for (char& c : name)
    if (std::isalnum(static_cast<unsigned char>(c)) == 0) c = '_';
  return name;
}

INSTANTIATE_TEST_SUITE_P(Conformance, Case, testing::ValuesIn(cases_under(root)), test_name);

// Where the program does not yet do what the design asks, the case waits in conformance-open with
// the right expectation. It is told and stops nothing; once it holds, it belongs with the others.
const std::filesystem::path open_root = base::source_folder() / "tests/conformance-open";

class OpenCase : public testing::TestWithParam<std::string> {};
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(OpenCase);

TEST_P(OpenCase, WaitsForTheProgram) {
  std::string all;
  for (const std::string& complaint : complaints_about(open_root / GetParam()))
    all += "\n  " + complaint;
  if (!all.empty()) GTEST_SKIP() << "open: " << GetParam() << all;
  std::cout << GetParam() << " holds now: move it from conformance-open to conformance\n";
}

INSTANTIATE_TEST_SUITE_P(Conformance, OpenCase, testing::ValuesIn(cases_under(open_root)),
                         test_name);

TEST(Conformance, EveryCaseSaysWhyInItsReadme) {
  for (const std::string& name : cases_under(root)) {
    std::ifstream file(root / name / "README.md");
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    EXPECT_GT(text.size(), 80u) << name << ": README.md says nothing of why";
  }
}

TEST(Conformance, HasAtLeastSixtyCases) {
  EXPECT_GE(cases_under(root).size(), 60u);
}

// What compares must be able to fail.
constexpr const char* found = R"({
  "findings": [{
    "verdict": "possible", "rule": "4.1", "areas": ["A-1"],
    "aircraft": {"address": "778123", "party": null},
    "entry": {"earliest": "2016-03-01T10:00:00.000Z", "latest": "2016-03-01T10:02:00.000Z"},
    "exit": {"earliest": "2016-03-01T10:05:00.000Z", "latest": "2016-03-01T10:06:00.000Z"},
    "seconds_inside": {"min": 180.0, "max": 360.0},
    "unknowns": ["How high was it?"], "sentence": "It was over A-1.",
    "reasons": {"question": "was it?", "answer": "unknown", "because": "nobody knows"},
    "exceptions": [{"exception": "medical", "notice": null, "answer": "no", "reason": "none", "misuse": null}]
  }],
  "coverage": [{"rule": "4.1", "area": "A-1", "day": "2016-03-01", "verdict": "possible", "coverage": 0.5}]
})";

TEST(Conformance, HoldsAMatchingExpectation) {
  EXPECT_THAT(compared(R"(
findings = 1
[[finding]]
verdict = "possible"
areas = ["A-1"]
entered = { at = 2016-03-01T10:01:00Z, to_within = "2 min", not_before = 2016-03-01T10:00:00Z }
left = { at = 2016-03-01T12:05:30+02:00, not_after = 2016-03-01T10:06:00Z }
seconds_inside = { least = 180, most = 360 }
asks = ["How high"]
asks_not = ["Whose"]
because = ["nobody knows"]
sentence_says = ["A-1"]
[[finding.exception]]
exception = "medical"
answer = "no"
[[coverage]]
rule = "4.1"
area = "A-1"
day = "2016-03-01"
coverage = { at_least = 0.5, at_most = 0.5 }
)",
                       found),
              IsEmpty());
}

TEST(Conformance, SaysWhatWasExpectedAndWhatWasFound) {
  const struct {
    const char* expected;
    const char* complaint;
  } all[] = {
      {"findings = 2", "findings: expected 2, found 1: \"It was over A-1.\""},
      {"violations = 1", "violations: expected 1, found 0"},
      {"[[finding]]\nverdict = \"violation\"",
       "verdict: expected \"violation\", found \"possible\""},
      {"[[finding]]\nareas = [\"A-1\", \"A-2\"]",
       "areas: expected \"A-1\"; \"A-2\", found \"A-1\""},
      {"[[finding]]\n[[finding]]", "finding 2 (any verdict): expected, not found"},
      {"[[finding]]\nentered = { at = 2016-03-01T10:03:00Z }", "bounds that hold"},
      {"[[finding]]\nentered = { to_within = \"1 min\" }", "known to within 1 min"},
      {"[[finding]]\nentered = { not_before = 2016-03-01T10:01:00Z }", "not before"},
      {"[[finding]]\nleft = { not_after = 2016-03-01T10:05:30Z }", "not after"},
      {"[[finding]]\nseconds_inside = { most = 300 }", "expected 300, found 360"},
      {"[[finding]]\nasks = [\"Whose\"]", "asks: expected to say \"Whose\""},
      {"[[finding]]\nasks_not = [\"How high\"]", "expected not to say"},
      {"[[finding]]\nprobability = { at_least = 0.5 }", "probability: expected at least 0.5"},
      {"[[finding]]\n[[finding.exception]]\nexception = \"relief\"", "exception relief: expected"},
      {"[[finding]]\nverdikt = \"possible\"", "verdikt"},
      {"[[coverage]]\nrule = \"4.1\"\narea = \"A-2\"\nday = \"2016-03-01\"",
       "expected one, found none"},
      {"[rejected]\n\"no time\" = 1", "no time: expected 1, found 0"},
      {"undecided_clauses = [\"7\"]", "undecided_clauses: expected \"7\", found nothing"},
  };
  for (const auto& one : all)
    EXPECT_THAT(compared(one.expected, found), testing::Contains(HasSubstr(one.complaint)))
        << one.expected;
}

}  // namespace
}  // namespace truce::conformance
