#include "quantities/length.h"

#include <gtest/gtest.h>

#include "quantities/altitude.h"
#include "quantities/speed.h"

namespace truce::quantities {
namespace {

// Heights above different zeros do not compare: the compiler refuses to try.
static_assert(Comparable<SeaLevelAltitude, SeaLevelAltitude>);
static_assert(!Comparable<SeaLevelAltitude, PressureAltitude>);
static_assert(!Comparable<SeaLevelAltitude, EllipsoidHeight>);
static_assert(!Comparable<GroundHeight, PressureAltitude>);

TEST(Length, IsExactInEveryUnit) {
  EXPECT_EQ(feet(500), metres(152.4));
  EXPECT_EQ(nautical_miles(1), metres(1852));
  EXPECT_EQ(feet(24'500), feet(1) * 24'500);
  EXPECT_EQ(nautical_miles(3) + metres(250), metres(5'806));
  EXPECT_LT(feet(10'000), metres(3'048.0001));
}

TEST(Length, IsReadWithItsUnit) {
  const struct {
    std::string_view text;
    std::optional<Length> length;
  } cases[] = {
      {"5 km", kilometres(5)},
      {"250m", metres(250)},
      {"3 NM", nautical_miles(3)},
      {"10000 FT", feet(10'000)},
      {"12.5 km", kilometres(12.5)},
      {" 1 m ", metres(1)},
      {"5", {}},
      {"km", {}},
      {"5 miles", {}},
      {"1e3 m", {}},
      {"", {}},
      {"9999999999 km", {}},
  };
  for (const auto& c : cases) EXPECT_EQ(length_from(c.text), c.length) << c.text;
}

TEST(Length, IsPrintedAsSentencesWantIt) {
  EXPECT_EQ(feet_text(feet(4'500)), "4,500 ft");
  EXPECT_EQ(feet_text(feet(-1'200'300)), "-1,200,300 ft");
  EXPECT_EQ(metres_text(metres(186.4)), "186 m");
  EXPECT_EQ(metres_text(kilometres(12.44)), "12.4 km");
}

TEST(Speed, TimesTimeIsALength) {
  EXPECT_EQ(knots(60) * minutes(1), nautical_miles(1));
  EXPECT_EQ(metres_per_second(250) * seconds(4), kilometres(1));
  EXPECT_EQ(feet_per_minute(1'000) * seconds(30), feet(500));
}

}  // namespace
}  // namespace truce::quantities
