#include "quantities/angle.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <limits>

namespace truce::quantities {
namespace {

TEST(PointFromDegrees, RefusesWhatIsNoPlace) {
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  EXPECT_EQ(point_from_degrees(180, 90), (Point{1'800'000'000, 900'000'000}));
  EXPECT_EQ(point_from_degrees(-180, -90), (Point{-1'800'000'000, -900'000'000}));
  EXPECT_EQ(point_from_degrees(36.63, 35.93), (Point{366'300'000, 359'300'000}));
  EXPECT_FALSE(point_from_degrees(0, 90.0000001));
  EXPECT_FALSE(point_from_degrees(180.0000001, 0));
  EXPECT_FALSE(point_from_degrees(0, 91));
  EXPECT_FALSE(point_from_degrees(nan, 0));
  EXPECT_FALSE(point_from_degrees(0, std::numeric_limits<double>::infinity()));
}

TEST(PointFrom, ReadsWhatPeopleWrite) {
  const Point idlib{366'300'000, 359'300'000};
  const struct {
    std::string_view text;
    std::optional<Point> point;
  } cases[] = {
      {"35.93 N 36.63 E", idlib},
      {"36.63E 35.93N", idlib},
      {"35.93, 36.63", idlib},
      {"35\xC2\xB0"
       "55'48\"N 36\xC2\xB0"
       "37'48\"E",
       idlib},
      {"33.5 S 70.5 W", Point{-705'000'000, -335'000'000}},
      {"-33.5, -70.5", Point{-705'000'000, -335'000'000}},
      {"-0\xC2\xB0"
       "30', 0\xC2\xB0"
       "15'",
       Point{2'500'000, -5'000'000}},
      {"35.93 N", {}},
      {"35.93 N 36.63 N", {}},
      {"35.93 N 36.63", {}},
      {"-35.93 N 36.63 E", {}},
      {"91 N 0 E", {}},
      {"35\xC2\xB0"
       "60'N 36 E",
       {}},
      {"35.93 N 36.63 E 5", {}},
      {"", {}},
      {"here", {}},
  };
  for (const auto& c : cases) EXPECT_EQ(point_from(c.text), c.point) << c.text;
}

TEST(PointText, IsWhatSentencesPrint) {
  EXPECT_EQ(point_text({366'300'000, 359'300'000}), "35.9300 N 36.6300 E");
  EXPECT_EQ(point_text({-705'000'000, -335'000'000}), "33.5000 S 70.5000 W");
}

RC_GTEST_PROP(PointText, IsReadBackToWithinItsPlaces, ()) {
  const Point point{*rc::gen::inRange(-half_turn_e7, half_turn_e7),
                    *rc::gen::inRange(-quarter_turn_e7, quarter_turn_e7)};
  const auto back = point_from(point_text(point));
  RC_ASSERT(back.has_value());
  RC_ASSERT(std::abs(back->longitude_e7 - point.longitude_e7) <= 500);
  RC_ASSERT(std::abs(back->latitude_e7 - point.latitude_e7) <= 500);
}

}  // namespace
}  // namespace truce::quantities
