#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "observations/affiliation.h"

namespace truce::observations {
namespace {

using base::Answer;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr Answer no = Answer::no, unknown = Answer::unknown, yes = Answer::yes;

struct Said {
  std::string type, category;
  std::optional<bool> military;
};

AircraftNature nature_from(const std::vector<Said>& said) {
  Register aircraft;
  std::uint32_t record = 0;
  for (const Said& s : said) {
    AircraftFacts f;
    f.address = Address{0x778123};
    f.type = s.type;
    f.category = s.category;
    f.military = s.military;
    f.evidence = {0, ++record};
    aircraft.add(f);
  }
  return aircraft.nature_of(Address{0x778123});
}

TEST(Nature, WhatIsKnownOfAnAircraft) {
  const struct {
    std::string_view name;
    std::vector<Said> said;
    Answer military, helicopter, unmanned, combat;
    std::string_view flight_class;
  } cases[] = {
      {"nothing", {}, unknown, unknown, unknown, unknown, "unknown"},
      {"an unknown type", {{"ZZZZ", "", {}}}, unknown, unknown, unknown, unknown, "unknown"},
      {"an airliner", {{"A320", "", {}}}, unknown, no, no, no, "airliner"},
      {"a marked airliner", {{"A320", "", true}}, yes, no, no, no, "airliner"},
      {"a civil helicopter", {{"MI8", "", false}}, no, yes, no, unknown, "helicopter"},
      {"a bomber", {{"SU24", "", {}}}, yes, no, no, yes, "fighter"},
      {"a bomber that a register calls civil",
       {{"SU24", "", false}},
       unknown,
       no,
       no,
       yes,
       "fighter"},
      {"two registers disagree",
       {{"", "", true}, {"", "", false}},
       unknown,
       unknown,
       unknown,
       unknown,
       "unknown"},
      {"class of a register, helicopter",
       {{"", "H2T", {}}},
       unknown,
       yes,
       unknown,
       unknown,
       "helicopter"},
      {"class of a register, jet: perhaps a fighter",
       {{"", "L2J", {}}},
       unknown,
       no,
       unknown,
       unknown,
       "fighter"},
      {"class of a register, four turboprops: perhaps a Tu-95",
       {{"", "L4T", {}}},
       unknown,
       no,
       unknown,
       unknown,
       "airliner"},
      {"class of a register, two turboprops",
       {{"", "L2T", {}}},
       unknown,
       no,
       unknown,
       unknown,
       "small"},
      {"class of a register, piston", {{"", "L1P", {}}}, unknown, no, unknown, unknown, "light"},
      {"class of a register, tiltrotor",
       {{"", "T2T", {}}},
       unknown,
       unknown,
       unknown,
       unknown,
       "turboprop_transport"},
      {"class of a register, gyrocopter",
       {{"", "G1P", {}}},
       unknown,
       no,
       unknown,
       unknown,
       "light"},
      {"rocket", {{"", "L1R", {}}}, unknown, no, unknown, unknown, "unknown"},
      {"no class", {{"", "X9Q", {}}}, unknown, unknown, unknown, unknown, "unknown"},
      {"emitter, rotorcraft", {{"", "A7", {}}}, unknown, yes, unknown, unknown, "helicopter"},
      {"emitter, light", {{"", "A1", {}}}, unknown, unknown, unknown, unknown, "small"},
      {"emitter, large", {{"", "A3", {}}}, unknown, unknown, unknown, unknown, "airliner"},
      {"emitter, heavy", {{"", "A5", {}}}, unknown, unknown, unknown, unknown, "airliner"},
      {"emitter, high performance",
       {{"", "A6", {}}},
       unknown,
       unknown,
       unknown,
       unknown,
       "fighter"},
      {"emitter, glider", {{"", "B1", {}}}, unknown, unknown, unknown, unknown, "glider"},
      {"emitter, unmanned", {{"", "B6", {}}}, unknown, unknown, yes, unknown, "unmanned"},
      {"emitter, space", {{"", "B7", {}}}, unknown, unknown, unknown, unknown, "unknown"},
      {"emitter, no information", {{"", "A0", {}}}, unknown, unknown, unknown, unknown, "unknown"},
      {"emitter, vehicle", {{"", "C1", {}}}, unknown, unknown, unknown, unknown, "unknown"},
      {"a type and an emitter category that go together",
       {{"AT72", "A2", {}}},
       unknown,
       no,
       no,
       no,
       "turboprop_transport"},
      // As fast as the one, as nimble as the other: the least class that covers both.
      {"an airliner that calls itself a rotorcraft",
       {{"A320", "A7", {}}},
       unknown,
       unknown,
       no,
       no,
       "business_jet"},
      {"a helicopter that calls itself high performance",
       {{"MI8", "A6", {}}},
       unknown,
       yes,
       no,
       unknown,
       "fighter"},
      {"an airliner that calls itself high performance",
       {{"A320", "A6", {}}},
       unknown,
       no,
       no,
       no,
       "fighter"},
      {"two types of one address",
       {{"A320", "", {}}, {"SU24", "", {}}},
       yes,
       no,
       no,
       unknown,
       "fighter"},
      {"type before class", {{"A320", "", {}}, {"", "L2J", {}}}, unknown, no, no, no, "airliner"},
      {"type against class",
       {{"MI8", "", {}}, {"", "L2J", {}}},
       unknown,
       unknown,
       no,
       unknown,
       "fighter"},
  };
  for (const auto& c : cases) {
    const AircraftNature n = nature_from(c.said);
    EXPECT_EQ(n.military, c.military) << c.name;
    EXPECT_EQ(n.helicopter, c.helicopter) << c.name;
    EXPECT_EQ(n.unmanned, c.unmanned) << c.name;
    EXPECT_EQ(n.combat, c.combat) << c.name;
    EXPECT_EQ(n.flight_class, c.flight_class) << c.name;
  }
}

TEST(Nature, EveryBasisHasItsSentence) {
  const AircraftNature n = nature_from({{"MI8", "", true}, {"", "H2T", {}}, {"", "A7", {}}});
  std::vector<std::string> texts;
  for (const Basis& b : n.bases) texts.push_back(b.kind + " [" + b.says + "]: " + b.text);
  EXPECT_THAT(
      texts,
      ElementsAre(
          "register [military]: the register marks it military",
          "type [helicopter and not unmanned]: the type MI8 says: helicopter and not unmanned",
          "register [helicopter]: the register gives the class H2T, helicopter",
          "feed [rotorcraft]: it sends the category A7, rotorcraft"));
}

TEST(Nature, OfATypeThatPeopleSaw) {
  const AircraftNature n = Register::nature_of_type(" Mi-8 ");
  EXPECT_EQ(n.type, "Mi-8");
  EXPECT_EQ(n.helicopter, yes);
  EXPECT_EQ(n.military, unknown);
  EXPECT_EQ(n.flight_class, "helicopter");
  ASSERT_EQ(n.bases.size(), 1u);
  EXPECT_EQ(n.bases[0].text, "the type Mi-8 says: helicopter and not unmanned");
  const AircraftNature nothing = Register::nature_of_type("something loud");
  EXPECT_EQ(nothing.helicopter, unknown);
  EXPECT_EQ(nothing.flight_class, "unknown");
  EXPECT_THAT(nothing.bases, IsEmpty());
}

TEST(Nature, NamesComeFromTheFirstThatGivesThem) {
  Register aircraft;
  for (const auto& [registration, type, who] :
       {std::tuple{"", "A320", ""}, {"YK-AKA", "A321", "Syrian Arab Airlines"}}) {
    AircraftFacts f;
    f.address = Address{0x778123};
    f.registration = registration;
    f.type = type;
    f.operator_name = who;
    f.evidence = {0, f.registration.empty() ? 1u : 2u};
    aircraft.add(f);
  }
  const AircraftNature n = aircraft.nature_of(Address{0x778123});
  EXPECT_EQ(n.registration, "YK-AKA");
  EXPECT_EQ(n.type, "A320");
  EXPECT_EQ(n.operator_name, "Syrian Arab Airlines");
}

}  // namespace
}  // namespace truce::observations
