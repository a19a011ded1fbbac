// Legs: which areas straight legs meet, from when until when.
//
//   std::vector<Stay> stays = stays_of(screen, legs);
//
// A leg runs straight in longitude and latitude, the shorter way round, at an even pace; both ends
// belong to it. Whether it meets an area is exact: the boundary belongs to the area, and a touch is
// a stay as short as times can be told. (Longitudes exactly half a turn apart are taken as they
// stand.) An area may be left and entered again; what two polygons of one area hold together is one
// stay.
//
// When it enters and leaves is worked out in double precision and rounded outwards to the
// microsecond: entry is never late and exit never early, and neither is off by more than two
// microseconds on legs of up to a day; stays that cannot be told apart in time are one. At the ends
// of the leg they are the leg's own times. Of
// outlines at fault (areas/validity.h) a leg is still met exactly, but stays may be told wrong.
//
// The screen leads along the leg: where no boundary is near, nothing is done.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "areas/screen.h"
#include "quantities/time.h"

namespace truce::areas {

using quantities::Instant;

struct Leg {
  Point from, to;
  Instant at, until;  ///< `at` is not after `until`.
};

struct Stay {
  std::uint32_t leg;
  std::uint32_t area;
  Instant entry, exit;
  friend bool operator==(const Stay&, const Stay&) = default;
};

/// In the order of legs, then areas, then time.
void stays_of(const Screen& screen, std::span<const Leg> legs, std::vector<Stay>& stays);

}  // namespace truce::areas
