#include "observations/affiliation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace truce::observations {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr std::string_view ties_toml = R"([parties.government]
states        = ["Syria"]
operators     = ["Syrian Air Force*", "Syrian*"]
call_signs    = ["SYR*", "SAF??"]
registrations = ["YK-*"]
types         = ["Su-22"]

[parties.ru]
states     = ["RU"]
operators  = ["Russia* - Air Force"]
call_signs = ["RFF*"]
addresses  = ["3c6400-3c64ff", "~2a0000"]
types      = ["Mi-28", "SU3*"]
)";

Register case_register(std::vector<AircraftFacts> facts = {}) {
  Register aircraft;
  const auto reading = read_ties(ties_toml, "affiliations.toml");
  EXPECT_THAT(reading.problems, IsEmpty());
  for (const PartyTies& ties : reading.ties) aircraft.add(ties);
  for (AircraftFacts& f : facts) aircraft.add(std::move(f));
  return aircraft;
}

AircraftFacts facts(std::string_view address, std::string registration, std::string type,
                    std::string operator_name, std::uint32_t record = 1) {
  AircraftFacts f;
  f.address = *address_from(address);
  f.registration = std::move(registration);
  f.type = std::move(type);
  f.operator_name = std::move(operator_name);
  f.evidence = {0, record};
  return f;
}

std::vector<std::string> texts(const Affiliation& a) {
  std::vector<std::string> all;
  for (const Basis& b : a.bases) all.push_back(b.kind + " [" + b.says + "]: " + b.text);
  return all;
}

TEST(Affiliation, ByTheAddressBlock) {
  const auto a = case_register().affiliation_of(*address_from("778123"), {});
  EXPECT_EQ(a.party, "government");
  EXPECT_FALSE(a.contradicted);
  EXPECT_THAT(texts(a),
              ElementsAre("address block [government]: address 778123 lies in the block of Syria"));
}

TEST(Affiliation, AStateThatNoPartyClaimsIsOther) {
  const auto a = case_register().affiliation_of(*address_from("4b1817"), {"SWR1"});
  EXPECT_EQ(a.party, "other");
  EXPECT_EQ(a.other, "Switzerland");
  EXPECT_FALSE(a.contradicted);
  EXPECT_THAT(texts(a), ElementsAre("address block [other: Switzerland]: address 4b1817 lies in "
                                    "the block of Switzerland"));
}

TEST(Affiliation, NothingKnownIsUnknown) {
  const auto aircraft = case_register();
  for (const char* address : {"~778123", "f00001", "ffffff"}) {
    const auto a = aircraft.affiliation_of(*address_from(address), {"", "XYZ"});
    EXPECT_EQ(a.party, "") << address;
    EXPECT_FALSE(a.contradicted);
    EXPECT_THAT(a.bases, IsEmpty());
  }
}

TEST(Affiliation, WhatAgreesAndWhatDisagrees) {
  struct Case {
    std::string_view name;
    std::string_view address;
    std::vector<AircraftFacts> known;
    std::vector<std::string> call_signs;
    std::string_view party, other;
    bool contradicted;
    std::size_t bases;
  };
  const Case cases[] = {
      {"block and call sign agree", "778123", {}, {"SYR501"}, "government", "", false, 2},
      {"block of one party, call sign of another", "778123", {}, {"RFF1"}, "", "", true, 2},
      {"call sign on a foreign airframe", "4b1817", {}, {"SYR501"}, "", "", true, 2},
      {"call sign with nothing else known", "~4b1817", {}, {"SYR501"}, "government", "", false, 1},
      {"call signs of two parties", "~4b1817", {}, {"SYR501", "RFF1"}, "", "", true, 2},
      {"a call sign of no party says nothing", "778123", {}, {"DLH4"}, "government", "", false, 1},
      {"listed address in a foreign block", "3c6444", {}, {}, "ru", "", false, 2},
      {"listed address that is not ICAO's", "~2a0000", {}, {}, "ru", "", false, 1},
      {"operator of a party in a foreign block",
       "4ca001",
       {facts("4ca001", "", "", "Syrian Arab Airlines")},
       {},
       "government",
       "",
       false,
       2},
      {"operator of one party, block of another",
       "778123",
       {facts("778123", "", "", "Russian Federation - Air Force")},
       {},
       "",
       "",
       true,
       2},
      {"unclaimed operator in the block of a party",
       "778123",
       {facts("778123", "", "", "Cham Wings")},
       {},
       "government",
       "",
       false,
       2},
      {"unclaimed operator in an unclaimed block",
       "3c5555",
       {facts("3c5555", "D-AIXX", "A320", "Lufthansa")},
       {},
       "other",
       "Lufthansa",
       false,
       2},
      {"unclaimed operator, call sign of a party",
       "3c5555",
       {facts("3c5555", "D-AIXX", "A320", "Lufthansa")},
       {"SYR1"},
       "",
       "",
       true,
       3},
      {"two registers, one names another operator",
       "4ca001",
       {facts("4ca001", "", "", "Syrian Arab Airlines"), facts("4ca001", "", "", "Ryanair", 2)},
       {},
       "",
       "",
       true,
       3},
      {"two operators, and the block settles it",
       "778123",
       {facts("778123", "", "", "Syrianair"), facts("778123", "", "", "Syria Airlines", 2)},
       {},
       "government",
       "",
       false,
       3},
      {"registration of a party",
       "4ca001",
       {facts("4ca001", "YK-AKA", "", "")},
       {},
       "government",
       "",
       false,
       2},
      {"type that only a party flies",
       "~000001",
       {facts("~000001", "", "SU22", "")},
       {},
       "government",
       "",
       false,
       1},
      {"type of a party in a foreign block",
       "4b1817",
       {facts("4b1817", "", "SU22", "")},
       {},
       "",
       "",
       true,
       2},
      {"types by pattern", "~000001", {facts("~000001", "", "Su-34", "")}, {}, "ru", "", false, 1},
      {"case does not matter",
       "~000001",
       {facts("~000001", "yk-aka", "", "")},
       {"syr1"},
       "government",
       "",
       false,
       2},
  };
  for (const Case& c : cases) {
    const auto a = case_register(c.known).affiliation_of(*address_from(c.address), c.call_signs);
    EXPECT_EQ(a.party, c.party) << c.name;
    EXPECT_EQ(a.other, c.other) << c.name;
    EXPECT_EQ(a.contradicted, c.contradicted) << c.name;
    EXPECT_THAT(a.bases, SizeIs(c.bases)) << c.name;
  }
}

TEST(Affiliation, EveryBasisHasItsSentence) {
  const auto a = case_register({facts("778123", "YK-ATA", "SU22", "Syrian Air Force", 7)})
                     .affiliation_of(*address_from("778123"), {"SAF12"});
  EXPECT_THAT(
      texts(a),
      ElementsAre(
          "register [government]: the register names the operator Syrian Air Force, which is "
          "tied to government",
          "register [government]: the registration YK-ATA matches YK-* of government",
          "type [government]: only government flies the type SU22 here",
          "call sign [government]: the call sign SAF12 matches SAF?? of government",
          "address block [government]: address 778123 lies in the block of Syria"));
  EXPECT_EQ(a.bases[0].evidence, (Evidence{0, 7}));
  EXPECT_FALSE(a.bases[4].evidence);
  const auto listed = case_register().affiliation_of(*address_from("3c6444"), {});
  EXPECT_EQ(texts(listed)[0], "address list [ru]: address 3c6444 is listed for ru (3c6400-3c64ff)");
}

TEST(Affiliation, OfATypeThatPeopleSaw) {
  const auto aircraft = case_register();
  EXPECT_EQ(aircraft.affiliation_of_type("Su-22M4").party, "government");
  EXPECT_EQ(aircraft.affiliation_of_type("su 35").party, "ru");
  EXPECT_EQ(aircraft.affiliation_of_type("MI-28N").party, "ru");
  for (const char* type : {"", "helicopter", "Mi-8", "jet"}) {
    EXPECT_EQ(aircraft.affiliation_of_type(type).party, "") << type;
    EXPECT_THAT(aircraft.affiliation_of_type(type).bases, IsEmpty()) << type;
  }
}

TEST(Register, TheOrderInWhichFactsArriveDoesNotMatter) {
  const std::vector<AircraftFacts> all = {facts("778123", "YK-A", "MI8", "", 3),
                                          facts("778123", "YK-B", "", "", 1),
                                          facts("778123", "YK-A", "MI8", "", 2)};
  std::vector<std::size_t> order = {0, 1, 2};
  do {
    Register aircraft;
    for (std::size_t i : order) aircraft.add(all[i]);
    const auto kept = aircraft.facts_of(*address_from("778123"));
    ASSERT_THAT(kept, SizeIs(2));  // the same words twice are kept once, where they stood first
    EXPECT_EQ(kept[0]->registration, "YK-B");
    EXPECT_EQ(kept[1]->registration, "YK-A");
    EXPECT_EQ(kept[1]->evidence, (Evidence{0, 2}));
  } while (std::next_permutation(order.begin(), order.end()));
  EXPECT_THAT(Register{}.facts_of(*address_from("778123")), IsEmpty());
}

}  // namespace
}  // namespace truce::observations
