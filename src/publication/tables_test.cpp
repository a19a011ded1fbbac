#include "publication/tables.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "publication/sample_test_case.h"

namespace truce::publication {
namespace {

// The rows of a CSV text (RFC 4180), read back without the code that wrote it.
std::vector<std::vector<std::string>> rows_of(const std::string& csv) {
  std::vector<std::vector<std::string>> rows;
  std::vector<std::string> row;
  std::string field;
  bool quoted = false;
  for (std::size_t i = 0; i < csv.size(); ++i) {
    const char c = csv[i];
    if (quoted) {
      if (c == '"' && i + 1 < csv.size() && csv[i + 1] == '"') {
        field += '"';
        ++i;
      } else if (c == '"') {
        quoted = false;
      } else {
        field += c;
      }
    } else if (c == '"') {
      quoted = true;
    } else if (c == ',') {
      row.push_back(std::exchange(field, ""));
    } else if (c == '\r') {
      EXPECT_EQ(csv[i + 1], '\n');
      ++i;
      row.push_back(std::exchange(field, ""));
      rows.push_back(std::exchange(row, {}));
    } else {
      field += c;
    }
  }
  EXPECT_TRUE(field.empty() && row.empty()) << "the last line is not ended";
  return rows;
}

struct Sample {
  terms::Agreement agreement = sample::agreement();
  observations::Observations observations = sample::observed();
  findings::Findings findings = sample::findings();
  Edition edition = edition_of(agreement, "0.1.0");
  Assessment assessment() const { return {agreement, observations, findings, edition}; }
};

std::string field_of(const std::vector<std::vector<std::string>>& rows, std::size_t row,
                     const std::string& name) {
  for (std::size_t i = 0; i < rows[0].size(); ++i)
    if (rows[0][i] == name) return rows[row][i];
  ADD_FAILURE() << "no column " << name;
  return "";
}

TEST(Tables, EveryRowIsAsLongAsTheHeaderAndEndsWithTheAudience) {
  const Sample sample;
  const struct {
    std::string csv;
    std::size_t rows;
  } cases[] = {{findings_csv(sample.assessment()), sample.findings.findings.size()},
               {coverage_csv(sample.assessment()), sample.findings.coverage.size()},
               {figures_csv(sample.assessment()), sample.findings.figures.size()},
               {rejected_csv(sample.assessment()), sample.observations.rejected.size()}};
  for (const auto& c : cases) {
    const auto rows = rows_of(c.csv);
    ASSERT_EQ(rows.size(), c.rows + 1);
    EXPECT_EQ(rows[0].back(), "audience");
    for (std::size_t i = 1; i < rows.size(); ++i) {
      EXPECT_EQ(rows[i].size(), rows[0].size());
      EXPECT_EQ(rows[i].back(), "operations, not for release");
    }
  }
}

TEST(Tables, NoTextOfAnInputRunsAsAFormula) {
  const Sample sample;
  const auto rows = rows_of(findings_csv(sample.assessment()));
  bool seen = false;
  for (std::size_t i = 1; i < rows.size(); ++i)
    if (field_of(rows, i, "address") == "~2a3b4c") {
      seen = true;
      EXPECT_EQ(field_of(rows, i, "registration"), "'=HYPERLINK(1)");
    }
  EXPECT_TRUE(seen);
  for (const auto& row : rows)
    for (const std::string& field : row)
      EXPECT_TRUE(field.empty() || std::string("=+@\t").find(field[0]) == std::string::npos)
          << field;
}

TEST(Tables, FindingsCsvTellsAViolationInPlainColumns) {
  const Sample sample;
  const auto rows = rows_of(findings_csv(sample.assessment()));
  EXPECT_EQ(field_of(rows, 1, "verdict"), "violation");
  EXPECT_EQ(field_of(rows, 1, "callsign"), "YKM23");
  EXPECT_EQ(field_of(rows, 1, "entry_earliest"), "2016-02-27T09:11:05.000Z");
  EXPECT_EQ(field_of(rows, 1, "seconds_inside_max"), "665.0");
  EXPECT_EQ(field_of(rows, 1, "altitude_reference"), "pressure");
  EXPECT_EQ(field_of(rows, 1, "altitude_most_ft"), "2710");
  EXPECT_THAT(field_of(rows, 1, "evidence"),
              ::testing::StartsWith("observations/gaziantep/2016-02-27.json.gz:1012; "));
}

TEST(Tables, RejectedRowsKeepTheirText) {
  const Sample sample;
  const auto rows = rows_of(rejected_csv(sample.assessment()));
  EXPECT_EQ(rows[3],
            (std::vector<std::string>{
                "observations/hotline/sightings.csv", "12", "time is not a time",
                "12,about noon,\"Harb \"\"Bebsi\"\"\",jet", "operations, not for release"}));
}

TEST(Tables, AnEmptyFirstFieldKeepsItsPlace) {
  Sample sample;
  sample.findings.figures.resize(1);
  sample.findings.figures[0].rule = "";
  const auto rows = rows_of(figures_csv(sample.assessment()));
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows[1].size(), rows[0].size());
  EXPECT_EQ(rows[1][0], "");
}

TEST(Tables, HoursAreRoundedOutward) {
  Sample sample;
  sample.findings.figures.resize(1);
  sample.findings.figures[0].inside_least = quantities::seconds(3'599);
  sample.findings.figures[0].inside_most = quantities::seconds(3'601);
  const auto rows = rows_of(figures_csv(sample.assessment()));
  EXPECT_EQ(field_of(rows, 1, "hours_inside_min"), "0.999");
  EXPECT_EQ(field_of(rows, 1, "hours_inside_max"), "1.001");
}

}  // namespace
}  // namespace truce::publication
