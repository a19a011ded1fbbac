// The slow, obviously right versions of what areas/ and incidents/ answer fast. They index
// nothing, look at every edge for every question, and share no code with what they check but the
// types and the place of a longitude and latitude in space.
#pragma once

#include <random>
#include <vector>

#include "areas/cells.h"
#include "areas/outline.h"
#include "areas/region.h"
#include "incidents/track.h"

namespace truce::oracle {

/// By winding: how often the outline turns around the place, counted in exact integers. Another
/// method than the crossings that areas::side_of counts.
areas::Side side_by_winding(const areas::Outline& outline, quantities::Point point);

/// The least of max(distance to centre i - radius i) over the boundary, seen at `samples` places of
/// every edge, each as a point in space: below zero, the boundary surely meets the common part of
/// the balls; above `error`, it surely does not, where `error` bounds what lies between samples.
struct Margin {
  double least;
  double error;
};
Margin boundary_margin(const areas::Outline& outline, const areas::Reach& reach, int samples);

/// Where an aircraft can have been at one moment of a leg, straight from the definition in
/// incidents/passage.h.
areas::Reach reach_at(const incidents::Fix& before, const incidents::Fix& after,
                      const observations::FlightClass& flight, quantities::Instant t);

/// The cells of longitude and latitude whose inside meets the inside of the outline: every cell
/// near it is asked, every edge clipped to it in exact fractions.
std::vector<areas::Cell> cells_by_clipping(const areas::Outline& outline, std::int64_t size_e7);

/// Outlines made up for tests: star-shaped rings, so that they never cross themselves, of any
/// count of vertices; with or without a hole.
areas::Outline random_outline(std::mt19937_64& random, quantities::Point centre, double radius_e7,
                              int vertices, bool hole);

}  // namespace truce::oracle
