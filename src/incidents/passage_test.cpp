#include "incidents/passage.h"

#include <gtest/gtest.h>

namespace truce::incidents {
namespace {

using areas::Outline;
using areas::Region;

constexpr Instant at(std::int64_t s) {
  return Instant{} + quantities::seconds(s);
}

Fix fix(std::int64_t second, double longitude, double latitude, double error, bool bounded = true) {
  Fix f;
  f.at = at(second);
  f.point = *quantities::point_from_degrees(longitude, latitude);
  f.error = error;
  f.bounded = bounded;
  return f;
}

Outline block(double west, double south, double east, double north) {
  const auto v = [](double lon, double lat) {
    const Point p = *quantities::point_from_degrees(lon, lat);
    return areas::Vertex{p.longitude_e7, p.latitude_e7};
  };
  return {{{{v(west, south), v(east, south), v(east, north), v(west, north)}, {}}}};
}
// About 18 km wide and 22 km high, with its western edge at 36 E.
const Region square{block(36, 35, 36.2, 35.2)};

Passage passage(std::vector<Fix> fixes, const Region& region,
                const char* flight_class = "helicopter") {
  Track track;
  track.flight = observations::flight_class(flight_class);
  track.fixes = std::move(fixes);
  return passage_of(track, boxes_of(track), region);
}

// A thousandth of a degree of longitude is 91 m here.
TEST(InsideAt, IsYesWhereTheWholeErrorLiesInsideAndNoWhereNoneOfItDoes) {
  const struct {
    const char* name;
    double longitude, error;
    bool bounded;
    Answer answer;
  } cases[] = {
      {"exact, on the edge: the edge belongs", 36, 0, true, Answer::yes},
      {"exact, one lattice step outside", 35.9999999, 0, true, Answer::no},
      {"ninety metres inside, known to fifty", 36.001, 50, true, Answer::yes},
      {"ninety metres inside, known to two hundred", 36.001, 200, true, Answer::unknown},
      {"ninety metres outside, known to fifty", 35.999, 50, true, Answer::no},
      {"ninety metres outside, known to two hundred", 35.999, 200, true, Answer::unknown},
      {"in the middle, known to a hundred kilometres", 36.1, 100'000, true, Answer::unknown},
      {"in the middle, without any bound", 36.1, 0, false, Answer::unknown},
      {"outside, without any bound", 35.9, 0, false, Answer::no},
  };
  for (const auto& c : cases) {
    SCOPED_TRACE(c.name);
    EXPECT_EQ(inside_at(fix(0, c.longitude, 35.1, c.error, c.bounded), square), c.answer);
  }
}

// In and out again: outside, unknown about the edge, inside, and the same back.
TEST(Passage, IsUnknownAboutTheEdgesAndCertainBetween) {
  const Passage p =
      passage({fix(0, 35.98, 35.1, 20), fix(20, 36.002, 35.1, 20), fix(40, 36.02, 35.1, 20),
               fix(60, 36.002, 35.1, 20), fix(80, 35.98, 35.1, 20)},
              square);
  EXPECT_EQ(p.inside.at(at(0)), Answer::no);
  EXPECT_EQ(p.inside.at(at(20)), Answer::yes);
  EXPECT_EQ(p.inside.at(at(40)), Answer::yes);
  EXPECT_EQ(p.inside.at(at(80)), Answer::no);
  EXPECT_EQ(p.inside.between(at(39), at(40)), Answer::yes);
  EXPECT_EQ(p.inside.at(at(18)), Answer::unknown);
  EXPECT_EQ(p.inside.at(at(62)), Answer::unknown);
  EXPECT_TRUE(p.crossings.empty()) << "a moment is certain, so no crossing is told apart";
}

// Two fixes 60 s apart with a small area between: possible; certain only where it bars the way.
TEST(Crossing, IsCertainOnlyWhereTheAreaLiesAcrossEveryAllowedPath) {
  const struct {
    const char* name;
    Outline outline;
    bool possible, certain;
  } cases[] = {
      {"a post on the straight line", block(36.015, 35.0995, 36.016, 35.1005), true, false},
      {"a post out of reach", block(36.015, 35.3, 36.016, 35.301), false, false},
      {"a wall", block(36.015, 34.9, 36.016, 35.3), true, true},
      {"a wall with a gate within reach",
       {{block(36.015, 34.9, 36.016, 35.0995).polygons[0],
         block(36.015, 35.1005, 36.016, 35.3).polygons[0]}},
       true,
       false},
  };
  for (const auto& c : cases) {
    SCOPED_TRACE(c.name);
    const Passage p = passage({fix(0, 36, 35.1, 20), fix(60, 36.03, 35.1, 20)}, Region(c.outline));
    EXPECT_EQ(!p.empty(), c.possible);
    EXPECT_EQ(p.crossings.size(), c.certain ? 1u : 0u);
    for (const Crossing& crossing : p.crossings) {
      EXPECT_LT(at(0), crossing.from);
      EXPECT_LT(crossing.from, crossing.until);
      EXPECT_LT(crossing.until, at(60));
    }
  }
}

TEST(Crossing, IsNeverCertainWithoutBoundsOrFromWithin) {
  const Region wall(block(36.015, 34.9, 36.016, 35.3));
  EXPECT_TRUE(
      passage({fix(0, 36, 35.1, 0, false), fix(60, 36.03, 35.1, 20)}, wall).crossings.empty());
  EXPECT_TRUE(
      passage({fix(0, 36, 35.1, 20), fix(60, 36.03, 35.1, 0, false)}, wall).crossings.empty());
  EXPECT_TRUE(passage({fix(0, 36, 35.1, 20), fix(60, 36.0155, 35.1, 20)}, wall).crossings.empty())
      << "it ends inside";
  EXPECT_TRUE(passage({fix(0, 36, 35.1, 3'000), fix(60, 36.03, 35.1, 20)}, wall).crossings.empty())
      << "it may have begun inside";
}

// What the class can do decides how far it can have strayed.
TEST(Silence, ReachesAsFarAsTheClassFlies) {
  const Region away(block(36.4, 35.0, 36.5, 35.2));  // 36 km east
  const auto silence = [&](std::int64_t seconds, const char* flight_class) {
    return !passage({fix(0, 36, 35.1, 20), fix(seconds, 36, 35.1, 20)}, away, flight_class).empty();
  };
  EXPECT_FALSE(silence(300, "helicopter"));  // 144 m/s: 21 km there and back
  EXPECT_TRUE(silence(600, "helicopter"));
  EXPECT_FALSE(silence(60, "fighter"));  // 823 m/s: 25 km there and back
  EXPECT_TRUE(silence(300, "fighter"));
  EXPECT_TRUE(silence(300, "no such class")) << "an unknown class is the fastest";
}

// Fixes of one moment: what either settles is settled, and where they contradict, nothing is.
TEST(Passage, OfTwoFixesOfOneMomentHoldsToBoth) {
  const auto together = [](Fix a, Fix b) {
    return passage({std::move(a), std::move(b)}, square).inside.at(at(0));
  };
  EXPECT_EQ(together(fix(0, 36.001, 35.1, 50), fix(0, 36.001, 35.1, 500)), Answer::yes);
  EXPECT_EQ(together(fix(0, 36.001, 35.1, 50), fix(0, 35.999, 35.1, 50)), Answer::unknown);
  EXPECT_EQ(together(fix(0, 36.001, 35.1, 500), fix(0, 35.999, 35.1, 500)), Answer::unknown);
}

TEST(ShareInside, IsTheShareOfTheErrorThatLiesInside) {
  EXPECT_EQ(share_inside_permille(fix(0, 36.1, 35.1, 100), square), 1'000);
  EXPECT_EQ(share_inside_permille(fix(0, 35.9, 35.1, 100), square), 0);
  EXPECT_NEAR(share_inside_permille(fix(0, 36, 35.1, 100), square), 500, 30);
  EXPECT_NEAR(share_inside_permille(fix(0, 36, 35, 100), square), 250, 30);
}

}  // namespace
}  // namespace truce::incidents
