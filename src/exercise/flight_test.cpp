#include "exercise/flight.h"

#include <gtest/gtest.h>

#include <cmath>

#include "exercise/missions.h"
#include "observations/affiliation.h"

namespace truce::exercise {
namespace {

Missions some_missions(std::uint64_t seed) {
  ExerciseSettings settings;
  settings.seed = seed;
  settings.aircraft = 60;
  Weather weather;
  weather.from = settings.theatre->in_force;
  return plan_missions(settings, weather, Random(seed));
}

// What a reader of findings will assume that an aircraft cannot do, no made-up aircraft does.
TEST(Flight, StaysWellWithinItsClass) {
  for (const std::uint64_t seed : {1, 2, 3}) {
    for (const Flight& flight : some_missions(seed).flights) {
      SCOPED_TRACE(flight.id + " " + flight.mission + " " + flight.airframe.type.designator);
      const auto nature = observations::Register::nature_of_type(flight.airframe.type.designator);
      EXPECT_NE(nature.flight_class, "unknown");
      const auto& limits = observations::flight_class(nature.flight_class);
      const Track& track = flight.track;
      Moment before = track.at(track.start());
      double fastest = 0, hardest = 0, climb = 0, sink = 0;
      for (Instant t = track.start() + quantities::seconds(1); t <= track.end();
           t = t + quantities::seconds(1)) {
        const Moment now = track.at(t);
        fastest = std::max(fastest, distance_m(before.place, now.place));
        hardest = std::max(hardest, length_m(now.velocity - before.velocity));
        climb = std::max(climb, now.climb_mps);
        sink = std::max(sink, -now.climb_mps);
        before = now;
      }
      constexpr double share = 0.85;
      EXPECT_LT(fastest, share * limits.speed_per_second.in_metres());
      EXPECT_LT(hardest, share * limits.accel_per_second2.in_metres());
      EXPECT_LT(climb, share * limits.climb_per_second.in_metres());
      EXPECT_LT(sink, share * limits.sink_per_second.in_metres());
    }
  }
}

TEST(Flight, ComesBackToTheGround) {
  FlightPlan plan;
  plan.start = *quantities::instant_from("2016-02-27T08:00:00Z");
  plan.craft = Craft::helicopter;
  plan.from_ground = plan.to_ground = true;
  plan.waypoints = {{{35.118, 36.711}, 0}, {{35.30, 36.75}, 900}, {{35.118, 36.711}, 900}};
  const Track track = Track::flown(plan);
  EXPECT_TRUE(track.at(track.start()).on_ground);
  EXPECT_TRUE(track.at(track.end() - quantities::seconds(5)).on_ground);
  EXPECT_LT(distance_m(track.at(track.end()).place, {35.118, 36.711}), 500);
  double highest = 0, northernmost = 0;
  for (Instant t = track.start(); t < track.end(); t = t + quantities::seconds(1)) {
    const Moment m = track.at(t);
    highest = std::max(highest, m.height_m);
    northernmost = std::max(northernmost, m.place.latitude);
    EXPECT_GT(m.height_m, terrain_m(m.place) - 15) << rfc3339(t);
  }
  EXPECT_NEAR(highest, 900, 20);
  EXPECT_NEAR(northernmost, 35.30, 0.01);
}

TEST(Flight, HasNoJumpsBetweenItsSteps) {
  const Missions missions = some_missions(5);
  const Track& track = missions.flights.front().track;
  for (int second = 1; second < 900; ++second) {
    const Instant step = track.start() + quantities::seconds(second);
    const Moment before = track.at(step - quantities::microseconds(1));
    const Moment after = track.at(step);
    EXPECT_LT(distance_m(before.place, after.place), 0.01);
    EXPECT_LT(std::abs(before.height_m - after.height_m), 0.01);
  }
}

TEST(Flight, ThinsToWhatItWas) {
  const Missions missions = some_missions(6);
  for (const Flight& flight : missions.flights) {
    const auto kept = flight.track.thinned(25);
    EXPECT_LT(kept.size() * 2,
              static_cast<std::size_t>((flight.track.end() - flight.track.start()).in_seconds()));
    for (std::size_t i = 1; i < kept.size(); ++i) {
      const auto& [from, a] = kept[i - 1];
      const auto& [until, b] = kept[i];
      EXPECT_LT(from, until);
      const Instant middle{from.microseconds + (until - from).microseconds / 2};
      const Place straight{(a.place.latitude + b.place.latitude) / 2,
                           (a.place.longitude + b.place.longitude) / 2};
      EXPECT_LT(length_m(way_between(straight, flight.track.at(middle).place)), 60)
          << flight.id << " " << rfc3339(middle);
    }
  }
}

}  // namespace
}  // namespace truce::exercise
