// The examples of docs/formats are read as they stand there, without a problem.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "base/places_test_case.h"
#include "observations/affiliation.h"
#include "observations/notices.h"
#include "observations/sightings.h"
#include "observations/sources.h"

namespace truce::observations {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

// The fenced blocks of one language in a page.
std::vector<std::string> examples(const std::string& page, const std::string& language) {
  std::ifstream file(base::source_folder() / "docs" / "formats" / page);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  std::vector<std::string> found;
  const std::string fence = "```" + language + "\n";
  for (std::size_t at = 0; (at = text.find(fence, at)) != std::string::npos;) {
    at += fence.size();
    found.push_back(text.substr(at, text.find("```", at) - at));
  }
  return found;
}

TEST(DocumentedFormats, Sources) {
  const auto found = examples("sources.md", "toml");
  ASSERT_THAT(found, SizeIs(1));
  const auto reading = read_sources(found[0], "sources.toml");
  EXPECT_THAT(reading.problems, IsEmpty());
  EXPECT_EQ(reading.sources.of_file("observations/amman/a.json").id, "amman");
  EXPECT_EQ(reading.sources.of_file("observations/hotline.csv").columns.size(), 3u);
}

TEST(DocumentedFormats, Affiliations) {
  const auto found = examples("affiliations.md", "toml");
  ASSERT_THAT(found, SizeIs(1));
  const auto reading = read_ties(found[0], "affiliations.toml");
  EXPECT_THAT(reading.problems, IsEmpty());
  EXPECT_THAT(reading.ties, SizeIs(2));
  const auto registers = examples("affiliations.md", "csv");
  ASSERT_THAT(registers, SizeIs(1));
  EXPECT_THAT(read_register(registers[0], 0).rejected, IsEmpty());
  EXPECT_THAT(read_register(registers[0], 0).facts, SizeIs(2));
}

TEST(DocumentedFormats, NoticesInBothFormsSayTheSame) {
  const auto toml = examples("notices.md", "toml"), csv = examples("notices.md", "csv");
  ASSERT_THAT(toml, SizeIs(1));
  ASSERT_THAT(csv, SizeIs(1));
  const auto a = read_notices(toml[0], "notices.toml", 0),
             b = read_notices(csv[0], "notices.csv", 0);
  for (const auto& reading : {a, b}) {
    EXPECT_THAT(reading.problems, IsEmpty());
    EXPECT_THAT(reading.warnings, IsEmpty());
    ASSERT_THAT(reading.ledger.notices, SizeIs(1));
  }
  const Notice &x = a.ledger.notices[0], &y = b.ledger.notices[0];
  EXPECT_EQ(a.ledger.complete, b.ledger.complete);
  EXPECT_EQ(x.id, y.id);
  EXPECT_EQ(x.addresses, y.addresses);
  EXPECT_EQ(x.call_signs, y.call_signs);
  EXPECT_EQ(x.from, y.from);
  EXPECT_EQ(x.until, y.until);
  EXPECT_EQ(x.lowest, y.lowest);
  EXPECT_EQ(x.highest, y.highest);
  EXPECT_EQ(x.height_reference, y.height_reference);
  ASSERT_EQ(x.steps.size(), y.steps.size());
  for (std::size_t i = 0; i < x.steps.size(); ++i) {
    EXPECT_EQ(x.steps[i].kind, y.steps[i].kind);
    EXPECT_EQ(x.steps[i].at, y.steps[i].at);
    EXPECT_EQ(x.steps[i].by, y.steps[i].by);
  }
}

TEST(DocumentedFormats, Sightings) {
  const auto found = examples("sightings.md", "csv");
  ASSERT_THAT(found, SizeIs(1));
  const auto reading = read_sightings(found[0], 0, {}, 0);
  EXPECT_THAT(reading.rejected, IsEmpty());
  EXPECT_THAT(reading.sightings, SizeIs(2));
}

TEST(DocumentedFormats, Restrictions) {
  const auto found = examples("restrictions.md", "toml");
  ASSERT_THAT(found, SizeIs(1));
  const auto reading = read_restrictions(found[0], "restrictions.toml");
  EXPECT_THAT(reading.problems, IsEmpty());
  EXPECT_THAT(reading.restrictions, SizeIs(2));
}

}  // namespace
}  // namespace truce::observations
