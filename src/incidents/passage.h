// Passage: whether an aircraft was inside a region, over time, judged from its track.
//
// Between two fixes the aircraft took *some* path that the top speed and the turn of its class
// allow. At any moment t of the leg from (p1, t1, error e1) to (p2, t2, e2) it was inside three
// discs at once, and inside nothing smaller that can be promised:
//
//   around p1, of radius e1 + V (t - t1)           it has not flown farther since
//   around p2, of radius e2 + V (t2 - t)           it did not have farther to fly
//   around the point between, of radius            its velocity changes by no more than A a second:
//     e1 (1 - s) + e2 s + A (t - t1) (t2 - t) / 2  a path through both ends strays no farther
//                                                  from the straight line (s = share of the leg)
//
// where V is the top speed over the ground and A the greatest change of velocity of the class. The
// third bound is the remainder of linear interpolation (a function that vanishes at both ends and
// whose second derivative is at most A). For close fixes it is nearly the straight line; over a
// long silence the first two make the ellipse that can have been reached.
//
// The answer at a moment is yes when all of that lies in the region, no when none of it does, and
// otherwise unknown. It is settled by dividing time: a stretch over which what can be reached meets
// no boundary has one answer; one in which it certainly meets the boundary throughout is unknown;
// any other is halved, down to a thousandth of the leg or ten milliseconds, and then unknown.
//
// A crossing can be certain without any moment at which it is: where the region lies across
// everything that can be reached, like a wall. Those are found apart.
#pragma once

#include <vector>

#include "areas/region.h"
#include "incidents/profile.h"
#include "incidents/track.h"

namespace truce::incidents {

/// A stretch during which the aircraft certainly was inside at some moment, though it cannot be
/// said at which.
struct Crossing {
  Instant from, until;
  std::size_t first_fix = 0, last_fix = 0;  ///< The fixes certainly outside, before and after.
};

struct Passage {
  Profile inside;  ///< Default no. Answers at the moments of fixes stand for themselves.
  std::vector<Crossing> crossings;
  bool empty() const { return inside.empty(); }
};

/// The boxes of everything a track can have reached, worked out once for all regions.
struct TrackBoxes {
  std::vector<areas::ReachBox> fixes;
  std::vector<areas::ReachBox> legs;  ///< From each fix to the next; one fewer than fixes.
};
TrackBoxes boxes_of(const Track& track);

/// Over the whole track. A fix without a bound can make an answer unknown, never yes; outside, it
/// counts as outside, though not certainly.
Passage passage_of(const Track& track, const TrackBoxes& boxes, const areas::Region& region);

/// Over the fixes from `first` to `last`, both included, and the legs between them only: whether it
/// was inside one of these regions, whichever. What lies between regions that overlap or adjoin is
/// no boundary.
Profile inside_together(const Track& track, const TrackBoxes& boxes,
                        std::vector<const areas::Region*> regions, std::size_t first,
                        std::size_t last);

/// The answer at one fix alone: all of its error disc inside, none of it, or neither.
Answer inside_at(const Fix& fix, const areas::Ground& ground);

/// What can have been reached between two fixes during [from, until], both within the leg.
areas::Reach reach_between(const Fix& before, const Fix& after,
                           const observations::FlightClass& flight, Instant from, Instant until);

/// The answer at one moment of a leg.
Answer inside_on_leg(const Fix& before, const Fix& after, const observations::FlightClass& flight,
                     Instant t, const areas::Region& region);

/// Some places, towards all sides, at which it can have been at a moment of the leg that begins
/// with the fix number `before`, or at that fix: for a first look at what all of them have in
/// common.
std::vector<Point> places_reached(const Track& track, std::size_t before, Instant t);

/// Share of the error disc of a fix that lies inside, in thousandths: 400 places spread evenly
/// (Vogel's spiral). It informs and never decides.
int share_inside_permille(const Fix& fix, const areas::Region& region);

}  // namespace truce::incidents
