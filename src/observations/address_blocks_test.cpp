#include "observations/address_blocks.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <simdjson.h>

#include <filesystem>
#include <map>
#include <set>

#include "base/places_test_case.h"
#include "observations/affiliation.h"

namespace truce::observations {
namespace {

using ::testing::IsEmpty;

TEST(AddressBlocks, AscendingWithoutOverlapAndWhole) {
  std::uint32_t after = 0;
  std::set<std::string_view> states, codes;
  for (const AddressBlock& block : address_blocks()) {
    EXPECT_GE(block.first, after) << block.state;
    const std::uint32_t size = block.last - block.first + 1;
    EXPECT_EQ(size & (size - 1), 0u) << block.state;   // a power of two,
    EXPECT_EQ(block.first % size, 0u) << block.state;  // aligned: one prefix of bits
    EXPECT_TRUE(states.insert(block.state).second) << block.state;
    EXPECT_TRUE(codes.insert(block.code).second) << block.code;
    EXPECT_EQ(block.code.size(), 2u) << block.state;
    after = block.last + 1;
  }
  EXPECT_LE(after, Address::not_icao);
  EXPECT_EQ(address_blocks().size(), 194u);
}

TEST(StateOf, TheEdgesOfBlocksBelongToThem) {
  const struct {
    std::uint32_t address;
    std::string_view state;
  } cases[] = {
      {0x000000, ""},
      {0x003fff, ""},
      {0x004000, "Zimbabwe"},
      {0x0047ff, "Zimbabwe"},
      {0x004800, ""},
      {0x06a000, "Qatar"},
      {0x06afff, "Qatar"},
      {0x06b000, ""},
      {0x0adfff, "Colombia"},
      {0x0ae000, "Costa Rica"},
      {0x0fffff, ""},
      {0x100000, "Russia"},
      {0x1fffff, "Russia"},
      {0x200000, ""},
      {0x3bffff, "France"},
      {0x3c0000, "Germany"},
      {0x3fffff, "Germany"},
      {0x400000, "United Kingdom"},
      {0x4b7fff, "Switzerland"},
      {0x4b8000, "Türkiye"},
      {0x4bffff, "Türkiye"},
      {0x4c0000, "Serbia"},
      {0x4d2000, "Malta"},
      {0x4d24d5, "Malta"},
      {0x4d27ff, "Malta"},
      {0x4d2800, ""},
      {0x500419, "San Marino"},
      {0x682455, "Mongolia"},
      {0x727fff, "North Korea"},
      {0x728000, "Iraq"},
      {0x738000, "Israel"},
      {0x747fff, "Jordan"},
      {0x748000, "Lebanon"},
      {0x777fff, "Sri Lanka"},
      {0x778000, "Syria"},
      {0x77ffff, "Syria"},
      {0x780000, "China"},
      {0x789214, "China"},
      {0x7bffff, "China"},
      {0x899017, "Taiwan"},
      {0x9fffff, ""},
      {0xa00000, "United States"},
      {0xafffff, "United States"},
      {0xb00000, ""},
      {0xc94000, "South Sudan"},
      {0xe94fff, "Bolivia"},
      {0xf00000, ""},
      {0xf09000, ""},
      {0xffffff, ""},
  };
  for (const auto& c : cases)
    EXPECT_EQ(state_of(Address{c.address}), c.state) << std::hex << c.address;
}

TEST(StateOf, AnotherKindOfAddressBelongsToNoState) {
  EXPECT_EQ(state_of(Address{0x778123 | Address::not_icao}), "");
}

TEST(StateNamed, AnyNameOfTheTable) {
  const struct {
    std::string_view text, state;
  } cases[] = {{"Syria", "Syria"},
               {"Syrian Arab Republic", "Syria"},
               {"sy", "Syria"},
               {" turkey ", "Türkiye"},
               {"Russian Federation", "Russia"},
               {"UK", "United Kingdom"},
               {"", ""},
               {"Ruritania", ""}};
  for (const auto& c : cases) EXPECT_EQ(state_named(c.text), c.state) << c.text;
}

// OpenSky derives origin_country from the same allocation.
TEST(StateOf, AgreesWithOpenSkyOnEveryAircraftOverWestAsia) {
  const auto folder =
      base::source_folder() / ".." / "shared" / "data" / "aircraft" / "opensky_states_west_asia";
  if (!std::filesystem::exists(folder)) GTEST_SKIP() << "no real data beside the source tree";
  std::map<std::string, std::string> countries;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    simdjson::dom::parser parser;
    simdjson::dom::element document;
    ASSERT_EQ(parser.load(entry.path().string()).get(document), simdjson::SUCCESS);
    for (simdjson::dom::element aircraft : document["aircraft"]) {
      std::string_view icao24, country;
      ASSERT_EQ(aircraft["icao24"].get(icao24), simdjson::SUCCESS);
      ASSERT_EQ(aircraft["origin_country"].get(country), simdjson::SUCCESS);
      countries[std::string(icao24)] = std::string(country);
    }
  }
  EXPECT_GT(countries.size(), 200u);
  std::vector<std::string> mismatches;
  for (const auto& [icao24, country] : countries) {
    const auto address = address_from(icao24);
    ASSERT_TRUE(address) << icao24;
    if (state_of(*address) != state_named(country) || state_named(country).empty())
      mismatches.push_back(icao24 + ": " + std::string(state_of(*address)) + ", OpenSky " +
                           country);
  }
  EXPECT_THAT(mismatches, IsEmpty());
}

}  // namespace
}  // namespace truce::observations
