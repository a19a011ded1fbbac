#include "observations/flight_classes.h"

#include <gtest/gtest.h>

#include <set>

#include "quantities/speed.h"

namespace truce::observations {
namespace {

using quantities::feet;
using quantities::knots;
using quantities::metres;
using quantities::seconds;

TEST(FlightClasses, UnknownCoversEveryOther) {
  std::set<std::string> names;
  for (const FlightClass& c : flight_classes()) {
    EXPECT_TRUE(covers(flight_class("unknown"), c)) << c.name;
    EXPECT_TRUE(names.insert(c.name).second) << c.name;
    EXPECT_GT(c.speed_per_second, metres(0));
    EXPECT_GT(c.accel_per_second2, metres(0));
    EXPECT_GT(c.climb_per_second, metres(0));
    EXPECT_GE(c.sink_per_second, c.climb_per_second) << c.name;
    EXPECT_EQ(&flight_class(c.name), &c);
  }
  EXPECT_EQ(flight_class("no such class").name, "unknown");
  EXPECT_EQ(flight_class("").name, "unknown");
}

TEST(FlightClasses, UnitsAreASecond) {
  const FlightClass& c = flight_class("unknown");
  EXPECT_EQ(c.speed_per_second, knots(1650) * seconds(1));
  EXPECT_EQ(c.accel_per_second2, metres(12 * 9.80665));
  EXPECT_EQ(c.climb_per_second, feet(1000));
  EXPECT_EQ(c.sink_per_second, feet(1500));
}

// What has been done, or is allowed by certification, must be possible in the class.
TEST(FlightClasses, NoRecordIsBeyondItsClass) {
  const struct {
    std::string_view name;
    double speed_kt, load_g;
  } records[] = {
      {"unknown", 1623, 9},        // MiG-31, Mach 2.83
      {"fighter", 1434 + 100, 9},  // F-15, with the wind
      {"airliner", 720, 2.5},      // fastest crossing of the Atlantic; CS-25.337
      {"business_jet", 536 + 220, 3.8},
      {"turboprop_transport", 422 + 200, 4.0},
      {"light", 330 + 100, 10},
      {"helicopter", 216 + 60, 3.5},
      {"glider", 165 + 200, 10},
      {"unmanned", 600 + 200, 10},
      {"balloon", 220, 1},
  };
  for (const auto& r : records) {
    const FlightClass& c = flight_class(r.name);
    ASSERT_EQ(c.name, r.name);
    EXPECT_GE(c.speed_per_second, knots(r.speed_kt) * seconds(1)) << r.name;
    EXPECT_GE(c.accel_per_second2, metres(r.load_g * 9.80665)) << r.name;
  }
}

TEST(FlightClasses, TwoThatDisagreeAreCoveredByTheLeastThatCoversBoth) {
  const struct {
    std::string_view a, b, covering;
  } cases[] = {
      {"airliner", "airliner", "airliner"},
      {"helicopter", "airliner", "business_jet"},
      {"light", "business_jet", "small"},
      {"fighter", "airliner", "fighter"},
      {"unknown", "balloon", "unknown"},
      {"helicopter", "light", "light"},
      {"small", "unmanned", "unmanned"},
      {"turboprop_transport", "helicopter", "turboprop_transport"},
  };
  for (const auto& c : cases) {
    EXPECT_EQ(covering_class(flight_class(c.a), flight_class(c.b)).name, c.covering)
        << c.a << " " << c.b;
    EXPECT_EQ(covering_class(flight_class(c.b), flight_class(c.a)).name, c.covering)
        << c.b << " " << c.a;
  }
  for (const FlightClass& a : flight_classes())
    for (const FlightClass& b : flight_classes()) {
      EXPECT_TRUE(covers(covering_class(a, b), a));
      EXPECT_TRUE(covers(covering_class(a, b), b));
      EXPECT_EQ(covering_class(a, b).name, covering_class(b, a).name) << a.name << " " << b.name;
    }
}

}  // namespace
}  // namespace truce::observations
