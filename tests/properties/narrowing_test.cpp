// What always holds of positions and regions, whatever the evidence.

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>

#include "incidents/passage.h"
#include "tests/oracle/ground_oracle.h"

namespace truce {
namespace {

using areas::Region;
using base::Answer;
using incidents::Fix;
using incidents::Track;
using quantities::Duration;
using quantities::Instant;

Track random_track(std::mt19937_64& random, double seconds, double metres_of_error) {
  const auto real = [&](double low, double high) {
    return std::uniform_real_distribution<double>(low, high)(random);
  };
  Track track;
  track.flight = observations::flight_class("airliner");
  double lon = 36.0 + real(-0.05, 0.05), lat = 35.0 + real(-0.05, 0.05), heading = real(0, 6.28);
  for (int i = 0; i < 6; ++i) {
    Fix f;
    f.at = Instant{std::llround(i * seconds * 1e6)};
    f.point = *quantities::point_from_degrees(lon, lat);
    f.error = metres_of_error;
    f.bounded = true;
    track.fixes.push_back(f);
    heading += real(-0.4, 0.4);
    lon += 200 * seconds * std::cos(heading) / 91'000;
    lat += 200 * seconds * std::sin(heading) / 111'000;
  }
  return track;
}

std::vector<Instant> moments_of(const Track& track) {
  std::vector<Instant> moments;
  const std::int64_t whole = track.fixes.back().at.microseconds;
  for (int k = 0; k <= 200; ++k) moments.push_back({whole * k / 200});
  return moments;
}

// Narrowing the evidence never turns one definite answer into the other, and settles what was open.
RC_GTEST_PROP(Passage, NarrowerBoundsNeverOverturnWhatWasCertain, ()) {
  std::mt19937_64 random(*rc::gen::arbitrary<std::uint64_t>());
  const double seconds = 2 + static_cast<double>(random() % 30);
  Track wide = random_track(random, seconds, 400);
  Track narrow = wide;
  for (Fix& f : narrow.fixes) f.error = 30;
  const Region region(
      oracle::random_outline(random, {360'000'000, 350'000'000}, 600'000, 12, false));
  const auto a = incidents::passage_of(wide, incidents::boxes_of(wide), region);
  const auto b = incidents::passage_of(narrow, incidents::boxes_of(narrow), region);
  int settled_wide = 0, settled_narrow = 0;
  for (Instant t : moments_of(wide)) {
    const Answer w = a.inside.at(t), n = b.inside.at(t);
    RC_ASSERT(!(w == Answer::yes && n == Answer::no));
    RC_ASSERT(!(w == Answer::no && n == Answer::yes));
    settled_wide += w != Answer::unknown;
    settled_narrow += n != Answer::unknown;
  }
  RC_ASSERT(settled_narrow + 2 >= settled_wide);
}

// A slower class can have been in fewer places: what was certain of the faster one stays so.
RC_GTEST_PROP(Passage, ASlowerClassNeverOverturnsWhatWasCertainOfAFasterOne, ()) {
  std::mt19937_64 random(*rc::gen::arbitrary<std::uint64_t>());
  Track fast = random_track(random, 10, 50);
  Track slow = fast;
  fast.flight = observations::flight_class("unknown");
  const Region region(oracle::random_outline(random, {360'000'000, 350'000'000}, 800'000, 9, true));
  const auto a = incidents::passage_of(fast, incidents::boxes_of(fast), region);
  const auto b = incidents::passage_of(slow, incidents::boxes_of(slow), region);
  for (Instant t : moments_of(fast)) {
    const Answer f = a.inside.at(t), s = b.inside.at(t);
    RC_ASSERT(!(f == Answer::yes && s == Answer::no));
    RC_ASSERT(!(f == Answer::no && s == Answer::yes));
  }
}

// A position without any bound is never certain.
RC_GTEST_PROP(Passage, WithoutABoundNothingIsCertainlyInside, ()) {
  std::mt19937_64 random(*rc::gen::arbitrary<std::uint64_t>());
  Track track = random_track(random, 5, 0);
  for (Fix& f : track.fixes) f.bounded = false;
  const Region region(
      oracle::random_outline(random, {360'000'000, 350'000'000}, 900'000, 8, false));
  const auto passage = incidents::passage_of(track, incidents::boxes_of(track), region);
  RC_ASSERT(passage.crossings.empty());
  for (Instant t : moments_of(track)) RC_ASSERT(passage.inside.at(t) != Answer::yes);
}

}  // namespace
}  // namespace truce
