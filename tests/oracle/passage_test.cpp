// Where an aircraft can have been: the halving of time against the definition looked at moment by
// moment, and against paths that an aircraft could really have flown.

#include "incidents/passage.h"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/oracle/ground_oracle.h"

namespace truce {
namespace {

using areas::Outline;
using areas::Region;
using areas::Side;
using base::Answer;
using incidents::Fix;
using incidents::Track;
using quantities::Duration;
using quantities::Instant;
using quantities::Point;

Fix fix_at(std::int64_t ms, Point p, double error) {
  Fix f;
  f.at = {ms * 1000};
  f.point = p;
  f.error = error;
  f.bounded = true;
  return f;
}

struct Case {
  Track track;
  Outline outline;
};

// A leg or several near an outline, at any latitude, from seconds to half an hour long.
Case random_case(std::mt19937_64& random) {
  const auto real = [&](double low, double high) {
    return std::uniform_real_distribution<double>(low, high)(random);
  };
  Case c;
  const char* classes[] = {"unknown", "fighter", "airliner", "helicopter", "light"};
  c.track.flight = observations::flight_class(classes[random() % 5]);
  const double v = c.track.flight.speed_per_second.in_metres();
  const double cosine_limit = 70;
  const Point centre{static_cast<std::int32_t>(real(-1.8e9, 1.8e9)),
                     static_cast<std::int32_t>(real(-cosine_limit, cosine_limit) * 1e7)};
  const double step_s = std::pow(10.0, real(0, 3.2));
  const double e7_per_metre = 1 / 0.0111;
  const double reach = v * step_s;
  c.outline =
      oracle::random_outline(random, centre, std::max(50.0, reach * real(0.05, 1.5)) * e7_per_metre,
                             3 + static_cast<int>(random() % 20), random() % 4 == 0);
  double x = real(-1, 1) * reach, y = real(-1, 1) * reach, heading = real(0, 6.283);
  const double cosine = std::cos(centre.latitude() * 3.14159265358979 / 180);
  const int fixes = 2 + static_cast<int>(random() % 4);
  for (int i = 0; i < fixes; ++i) {
    double lon = centre.longitude_e7 + x * e7_per_metre / cosine;
    if (lon > 1.8e9) lon -= 3.6e9;
    if (lon < -1.8e9) lon += 3.6e9;
    const double lat = std::clamp(centre.latitude_e7 + y * e7_per_metre, -8.9e8, 8.9e8);
    c.track.fixes.push_back(fix_at(static_cast<std::int64_t>(i * step_s * 1000),
                                   {static_cast<std::int32_t>(lon), static_cast<std::int32_t>(lat)},
                                   real(0, 1) < 0.2 ? 0 : real(1, 300)));
    heading += real(-0.5, 0.5);
    const double pace = v * real(0.1, 0.85) * step_s;
    x += pace * std::cos(heading);
    y += pace * std::sin(heading);
  }
  return c;
}

TEST(Passage, GivesTheAnswerOfTheDefinitionAtEveryMoment) {
  std::mt19937_64 random(11);
  int definite = 0, open = 0, needlessly_open = 0;
  for (int i = 0; i < 400; ++i) {
    const Case c = random_case(random);
    const Region region(c.outline);
    const incidents::Passage passage =
        incidents::passage_of(c.track, incidents::boxes_of(c.track), region);
    for (std::size_t leg = 0; leg + 1 < c.track.fixes.size(); ++leg) {
      const Fix& a = c.track.fixes[leg];
      const Fix& b = c.track.fixes[leg + 1];
      for (int k = 1; k < 12; ++k) {
        const Instant t = a.at + Duration{(b.at - a.at).microseconds * k / 12 + 777};
        const areas::Reach reach = oracle::reach_at(a, b, c.track.flight, t);
        const oracle::Margin margin = oracle::boundary_margin(c.outline, reach, 400);
        const Answer found = passage.inside.at(t);
        if (margin.least <= -0.05) {
          ASSERT_EQ(found, Answer::unknown) << "case " << i << " leg " << leg << " k " << k;
          ++open;
        } else if (margin.least > margin.error + 0.05) {
          // The boundary does not meet it. The halving may still leave a moment open that lies
          // within a thousandth of the leg of one where it does; it must not be settled wrongly.
          const double s = static_cast<double>(k) / 12;
          const double lon =
              a.point.longitude_e7 +
              s * std::remainder(static_cast<double>(b.point.longitude_e7) - a.point.longitude_e7,
                                 3.6e9);
          const double lat = a.point.latitude_e7 +
                             s * (static_cast<double>(b.point.latitude_e7) - a.point.latitude_e7);
          const double home = lon > 1.8e9 ? lon - 3.6e9 : lon < -1.8e9 ? lon + 3.6e9 : lon;
          const Point middle{static_cast<std::int32_t>(home), static_cast<std::int32_t>(lat)};
          bool held = true;
          for (int ball = 0; ball < 3; ++ball)
            held = held && areas::chord(areas::place(middle), reach.balls[ball].centre) <=
                               reach.balls[ball].radius;
          if (!held) continue;
          const Answer expected = oracle::side_by_winding(c.outline, middle) == Side::outside
                                      ? Answer::no
                                      : Answer::yes;
          if (found == Answer::unknown) {
            ++needlessly_open;
          } else {
            ASSERT_EQ(found, expected) << "case " << i << " leg " << leg << " k " << k;
            ++definite;
          }
        }
      }
    }
  }
  // The test is worth something only if every outcome occurred, and the answer is sharp only if
  // hardly anything was left open without need.
  EXPECT_GT(definite, 1000);
  EXPECT_GT(open, 1000);
  EXPECT_LT(needlessly_open, definite / 50);
  RecordProperty("definite", definite);
  RecordProperty("open", open);
  RecordProperty("needlessly_open", needlessly_open);
}

// A path that an aircraft can fly: it starts and ends within the errors of the fixes, never flies
// faster than the class and never changes its velocity faster. Made by disturbing the straight line
// with a sine that vanishes at both ends.
TEST(Passage, IsNeverContradictedByAPathThatCouldHaveBeenFlown) {
  std::mt19937_64 random(12);
  const auto real = [&](double low, double high) {
    return std::uniform_real_distribution<double>(low, high)(random);
  };
  std::int64_t moments = 0, definite = 0;
  for (int i = 0; i < 250; ++i) {
    const Case c = random_case(random);
    const Region region(c.outline);
    const incidents::Passage passage =
        incidents::passage_of(c.track, incidents::boxes_of(c.track), region);
    for (std::size_t leg = 0; leg + 1 < c.track.fixes.size(); ++leg) {
      const Fix& a = c.track.fixes[leg];
      const Fix& b = c.track.fixes[leg + 1];
      const double seconds = (b.at - a.at).in_seconds();
      const double v = c.track.flight.speed_per_second.in_metres();
      const double change = c.track.flight.accel_per_second2.in_metres();
      const double cosine = std::cos(a.point.latitude() * 3.14159265358979 / 180);
      const double m = 1 / 0.0111132;  // lattice steps in a metre of latitude, about
      const double dx =
          std::remainder(static_cast<double>(b.point.longitude_e7) - a.point.longitude_e7, 3.6e9) /
          m * cosine;
      const double dy = (static_cast<double>(b.point.latitude_e7) - a.point.latitude_e7) / m;
      const double straight = std::hypot(dx, dy) / seconds;
      for (int path = 0; path < 6; ++path) {
        const int waves = 1 + static_cast<int>(random() % 3);
        const double omega = 3.14159265358979 * waves / seconds;
        const double room = std::sqrt(std::max(0.0, v * v * 0.9 - straight * straight));
        const double amplitude =
            std::min(0.85 * change / (omega * omega), 0.85 * room / omega) * real(-1, 1);
        const double side_x = straight > 0 ? -dy / seconds / straight : 1;
        const double side_y = straight > 0 ? dx / seconds / straight : 0;
        std::vector<std::pair<Instant, Side>> way;
        for (int k = 0; k <= 60; ++k) {
          const double s = k / 60.0;
          const double stray = amplitude * std::sin(omega * s * seconds);
          double lon = a.point.longitude_e7 + (dx * s + side_x * stray) * m / cosine;
          const double lat = a.point.latitude_e7 + (dy * s + side_y * stray) * m;
          if (lon > 1.8e9) lon -= 3.6e9;
          if (lon < -1.8e9) lon += 3.6e9;
          if (std::abs(lat) > 8.8e8) continue;
          const Point p{static_cast<std::int32_t>(lon), static_cast<std::int32_t>(lat)};
          const Instant t = a.at + Duration{std::llround(s * seconds * 1e6)};
          // The flat picture above is good near its latitude only: use what stays in the reach.
          const areas::Reach reach = oracle::reach_at(a, b, c.track.flight, t);
          bool allowed = k == 0 || k == 60;
          if (!allowed) {
            allowed = true;
            for (int ball = 0; ball < 3; ++ball)
              allowed = allowed && areas::chord(areas::place(p), reach.balls[ball].centre) <=
                                       reach.balls[ball].radius;
          }
          if (!allowed) continue;
          const Side side = oracle::side_by_winding(c.outline, p);
          way.emplace_back(t, side);
          ++moments;
          const Answer found = passage.inside.at(t);
          if (found == Answer::unknown) continue;
          ASSERT_EQ(found == Answer::yes, side != Side::outside) << "case " << i;
          ++definite;
        }
        // A certain crossing is crossed by every path (a wall thinner than our steps may be
        // missed).
        for (const incidents::Crossing& crossing : passage.crossings) {
          if (crossing.first_fix != leg || crossing.last_fix != leg + 1 || way.size() < 61)
            continue;
          bool before = false, after = false;
          for (const auto& [t, side] : way) {
            before = before || (t <= crossing.from && side == Side::outside);
            after = after || (t >= crossing.until && side == Side::outside);
          }
          EXPECT_TRUE(before && after) << "case " << i;
        }
      }
    }
  }
  EXPECT_GT(moments, 100'000);
  EXPECT_GT(definite, 20'000);
}

// A wall across everything that can be reached is crossed for certain; a post is not.
TEST(Passage, FindsTheWallAndNotThePost) {
  Track track;
  track.flight = observations::flight_class("helicopter");
  track.fixes = {fix_at(0, {360'000'000, 350'000'000}, 20),
                 fix_at(60'000, {360'400'000, 350'000'000}, 20)};
  const auto block = [](std::int64_t half_height) {
    return Outline{{{{{360'200'000, 350'000'000 - half_height},
                      {360'205'000, 350'000'000 - half_height},
                      {360'205'000, 350'000'000 + half_height},
                      {360'200'000, 350'000'000 + half_height}},
                     {}}}};
  };
  const auto passage = [&](const Outline& o) {
    return incidents::passage_of(track, incidents::boxes_of(track), Region(o));
  };
  const incidents::Passage wall = passage(block(5'000'000));
  ASSERT_EQ(wall.crossings.size(), 1u);
  EXPECT_GT(wall.crossings[0].from, track.fixes[0].at);
  EXPECT_LT(wall.crossings[0].until, track.fixes[1].at);
  for (const auto& s : wall.inside.stretches()) EXPECT_EQ(s.answer, Answer::unknown);
  const incidents::Passage post = passage(block(2'000));
  EXPECT_TRUE(post.crossings.empty());
  EXPECT_FALSE(post.empty());  // possible all the same
}

// Twenty minutes of silence beside an area: possible if reachable, and only then.
TEST(Passage, SilenceIsPossibleIfTheAreaCanBeReachedAndOnlyThen) {
  Track track;
  track.flight = observations::flight_class("helicopter");
  const double v = track.flight.speed_per_second.in_metres();
  track.fixes = {fix_at(0, {360'000'000, 350'000'000}, 0),
                 fix_at(1'200'000, {360'000'000, 350'000'000}, 0)};
  // There and back in twenty minutes: ten minutes of flight away.
  const double reach_e7 = v * 600 / (6'356'752.0 * 1.0066 * areas::radians_per_e7);
  const auto at_distance = [&](double share) {
    const std::int64_t south = 350'000'000 + std::llround(reach_e7 * share);
    return Outline{{{{{359'000'000, south},
                      {361'000'000, south},
                      {361'000'000, south + 1'000'000},
                      {359'000'000, south + 1'000'000}},
                     {}}}};
  };
  const auto possible = [&](double share) {
    return !incidents::passage_of(track, incidents::boxes_of(track), Region(at_distance(share)))
                .empty();
  };
  EXPECT_TRUE(possible(0.5));
  EXPECT_TRUE(possible(0.97));
  EXPECT_FALSE(possible(1.03));
  EXPECT_FALSE(possible(2));
}

// Several areas taken together near the track, against one region of all their polygons.
TEST(PassageOracle, AreasTakenTogetherAreOneRegion) {
  std::mt19937_64 random(7);
  int inside = 0, open = 0;
  for (int i = 0; i < 600; ++i) {
    const Case c = random_case(random);
    std::vector<Region> regions;
    Outline all;
    const std::size_t count = 2 + random() % 3;
    for (std::size_t k = 0; k < count; ++k) {
      // The same outline moved by up to its own size, and by nothing in one direction.
      Outline moved = c.outline;
      const areas::Box box = areas::box_of(c.outline);
      const std::int64_t wide = box.high.longitude_e7 - box.low.longitude_e7;
      const std::int64_t east = static_cast<std::int64_t>(random() % 5) * wide / 4;
      for (areas::Polygon& polygon : moved.polygons) {
        for (areas::Vertex& v : polygon.outer) v.longitude_e7 += east;
        for (areas::Ring& hole : polygon.holes)
          for (areas::Vertex& v : hole) v.longitude_e7 += east;
        all.polygons.push_back(polygon);
      }
      regions.emplace_back(std::move(moved));
    }
    std::vector<const Region*> pointers;
    for (const Region& region : regions) pointers.push_back(&region);
    const auto boxes = incidents::boxes_of(c.track);
    const auto whole = incidents::passage_of(c.track, boxes, Region(all)).inside;
    const auto together =
        incidents::inside_together(c.track, boxes, pointers, 0, c.track.fixes.size() - 1);
    ASSERT_EQ(together.stretches(), whole.stretches()) << "case " << i;
    ASSERT_EQ(together.moments(), whole.moments()) << "case " << i;
    for (const auto& s : whole.stretches()) ++(s.answer == Answer::yes ? inside : open);
  }
  EXPECT_GT(inside, 50);
  EXPECT_GT(open, 50);
}

}  // namespace
}  // namespace truce
