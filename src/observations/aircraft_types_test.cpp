#include "observations/aircraft_types.h"

#include <gtest/gtest.h>

#include <set>

#include "observations/affiliation.h"

namespace truce::observations {
namespace {

using base::Answer;
constexpr Answer no = Answer::no, unknown = Answer::unknown, yes = Answer::yes;

TEST(AircraftTypes, WhatPeopleSay) {
  const struct {
    std::string_view text, name;
    Answer military, helicopter, unmanned, combat;
    std::string_view flight_class;
  } cases[] = {
      {"Mi-8", "MI8", unknown, yes, no, unknown, "helicopter"},
      {"MI8", "MI8", unknown, yes, no, unknown, "helicopter"},
      {" mi 17 ", "MI8", unknown, yes, no, unknown, "helicopter"},
      {"Mi-24", "MI24", yes, yes, no, yes, "helicopter"},
      {"Su-24", "SU24", yes, no, no, yes, "fighter"},
      {"Su-24M", "SU24", yes, no, no, yes, "fighter"},
      {"MiG-21", "MG21", unknown, no, no, unknown, "fighter"},
      {"MiG-25", "MG25", yes, no, no, yes, "unknown"},
      {"L-39", "L39", unknown, no, no, unknown, "fighter"},
      {"Il-76", "IL76", unknown, no, no, unknown, "airliner"},
      {"An-26", "AN26", unknown, no, no, unknown, "turboprop_transport"},
      {"A320", "A320", unknown, no, no, no, "airliner"},
      {"C-130", "C130", unknown, no, no, unknown, "turboprop_transport"},
      {"MQ-9", "Q9", yes, no, yes, yes, "unmanned"},
      {"C172", "C172", unknown, no, no, no, "light"},
      {"helicopter", "helicopter", unknown, yes, unknown, unknown, "helicopter"},
      {"Helicopter ", "helicopter", unknown, yes, unknown, unknown, "helicopter"},
      {"مروحية", "مروحية", unknown, yes, unknown, unknown, "helicopter"},
      {"jet", "jet", unknown, no, unknown, unknown, "fighter"},
      {"warplane", "warplane", yes, no, unknown, yes, "unknown"},
      {"drone", "drone", unknown, unknown, yes, unknown, "unmanned"},
      {"plane", "plane", unknown, no, unknown, unknown, "unknown"},
      {"aircraft", "aircraft", unknown, unknown, unknown, unknown, "unknown"},
  };
  for (const auto& c : cases) {
    const AircraftType* type = aircraft_type(c.text);
    ASSERT_NE(type, nullptr) << c.text;
    EXPECT_EQ(type->name, c.name) << c.text;
    EXPECT_EQ(type->military, c.military) << c.text;
    EXPECT_EQ(type->helicopter, c.helicopter) << c.text;
    EXPECT_EQ(type->unmanned, c.unmanned) << c.text;
    EXPECT_EQ(type->combat, c.combat) << c.text;
    EXPECT_EQ(type->flight_class, c.flight_class) << c.text;
  }
}

TEST(AircraftTypes, WhatIsNotInTheTableSaysNothing) {
  for (std::string_view text : {"", " ", "ZZZZ", "?", "طائر", "UFO"})
    EXPECT_EQ(aircraft_type(text), nullptr) << text;
  EXPECT_EQ(canonical_type("zz-zz"), "ZZZZ");
  EXPECT_EQ(canonical_type("Mi-171"), "MI8");
}

TEST(AircraftTypes, EveryTypeHasAClassOfTheTableAndStandsOnce) {
  std::set<std::string> classes;
  for (const FlightClass& c : flight_classes()) classes.insert(c.name);
  std::set<std::string_view> seen;
  for (std::string_view name : known_designators()) {
    const AircraftType* type = aircraft_type(name);
    ASSERT_NE(type, nullptr) << name;
    EXPECT_EQ(type->name, name);
    EXPECT_TRUE(classes.contains(type->flight_class)) << name;
    EXPECT_TRUE(seen.insert(name).second) << name;
    EXPECT_GE(name.size(), 2u) << name;
    EXPECT_LE(name.size(), 5u) << name;
  }
  EXPECT_GT(seen.size(), 600u);
}

}  // namespace
}  // namespace truce::observations
