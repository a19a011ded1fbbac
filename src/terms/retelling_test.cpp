#include "terms/retelling.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "base/places_test_case.h"
#include "base/text.h"
#include "terms/phrases.h"
#include "terms/reading.h"
#include "terms/time_zone.h"

namespace truce::terms {
namespace {

std::filesystem::path formats() {
  return base::source_folder() / "docs" / "formats";
}

std::string file_text(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

Agreement agreement_of(const std::string& text) {
  Reading reading = read_agreement(text, "agreement.toml");
  EXPECT_TRUE(reading.problems.empty()) << reading.problems.front().message;
  return reading.agreement.value_or(Agreement{});
}

TEST(Retold, TheCompleteExampleReadsAsInTheDocuments) {
  const Agreement agreement = agreement_of(file_text(formats() / "agreement.example.toml"));
  EXPECT_EQ(retold(agreement), file_text(formats() / "agreement.example.txt"))
      << "read it, and if it is right write it to docs/formats/agreement.example.txt";
}

TEST(Retold, AResolvedAreaTellsItsSizeAndPlace) {
  Agreement agreement = agreement_of(file_text(formats() / "agreement.example.toml"));
  agreement.areas[1].outline.polygons = {{{{362'000'000, 350'000'000},
                                           {366'000'000, 350'000'000},
                                           {366'000'000, 353'000'000},
                                           {362'000'000, 353'000'000}},
                                          {}}};
  EXPECT_NE(retold(agreement).find("It covers about 1,210 km²"), std::string::npos)
      << retold(agreement);
}

TEST(Retold, NoLineIsWiderThanAPage) {
  const std::string text = file_text(formats() / "agreement.example.txt");
  for (std::string_view line : base::split(text, '\n')) {
    std::size_t width = 0;
    for (char c : line) width += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
    EXPECT_LE(width, 88u) << line;
  }
}

TEST(Retold, ControlCharactersOfAFileDoNotReachATerminal) {
  const Agreement agreement = agreement_of(
      "[agreement]\nid = \"a\"\ntitle = \"A\\u001b[2J\\nB\"\nin_force = 2016-02-27T00:00:00\n");
  EXPECT_EQ(retold(agreement).find('\x1b'), std::string::npos);
  EXPECT_TRUE(retold(agreement).starts_with("A\uFFFD[2J B (a)\n"));
}

TEST(Retold, AnEmptyAgreementSaysSo) {
  const std::string text =
      retold(agreement_of("[agreement]\nid = \"a\"\ntitle = \"A\"\nin_force = 2016-02-27\n"));
  for (std::string_view said :
       {"without a date of end", "No party is named.", "No area is designated.",
        "There is no rule to decide on.", "None is listed."})
    EXPECT_NE(text.find(said), std::string::npos) << said;
}

TEST(Retold, RulesAndClausesComeInTheOrderOfTheirNumbers) {
  std::string toml =
      "[agreement]\nid = \"a\"\ntitle = \"A\"\nin_force = 2016-02-27T00:00:00\n"
      "[parties.red]\nname = \"Red\"\n[grades]\nhigh = \"High\"\n";
  for (const char* id : {"4.10", "4.2", "4.1a", "4.1", "10", "9"})
    toml += std::string("[rules.\"") + id +
            "\"]\nclause = \"No flight.\"\nprohibits = \"flight\"\nby = [\"red\"]\n"
            "in = { grades = [\"high\"] }\n";
  const std::string text = retold(agreement_of(toml));
  std::size_t last = 0;
  for (const char* id : {"4.1:", "4.1a:", "4.2:", "4.10:", "9:", "10:"}) {
    const std::size_t at = text.find(std::string("Rule ") + id);
    ASSERT_NE(at, std::string::npos) << id;
    EXPECT_GT(at, last) << id;
    last = at;
  }
}

TEST(LimitText, InTheUnitInWhichItWasWritten) {
  const std::pair<std::string_view, std::string> cases[] = {
      {"SFC", "the surface"},
      {"UNL", "unlimited height"},
      {"FL065", "flight level 065"},
      {"10000 ft MSL", "10,000 ft above mean sea level"},
      {"3048 m MSL", "3,048 m above mean sea level"},
      {"-400 m MSL", "400 m below mean sea level"},
      {"152.4 m AGL", "152.4 m above the ground"},
      {"1.5 km AGL", "1,500 m above the ground"},
  };
  for (const auto& [written, told] : cases)
    EXPECT_EQ(limit_text(limit_from(written).value()), told);
}

TEST(LocalText, ATimeThatOccursTwiceIsToldApart) {
  Agreement agreement;
  agreement.zone_offsets = zone_offsets("Europe/Zurich").value();
  const auto told = [&](std::string_view t) {
    return local_text(agreement, *quantities::instant_from(t));
  };
  EXPECT_EQ(told("2024-10-27T00:30:00Z"), "02:30 on 27 October 2024 (2024-10-27T00:30:00Z)");
  EXPECT_EQ(told("2024-10-27T01:30:00Z"), "02:30 on 27 October 2024 (2024-10-27T01:30:00Z)");
  EXPECT_EQ(told("2024-10-27T02:30:15Z"), "03:30:15 on 27 October 2024");
}

}  // namespace
}  // namespace truce::terms
