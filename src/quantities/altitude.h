// Altitude: a height and what it is measured from. A quantity without its reference is half a
// quantity: heights above different zeros do not compare, and the compiler refuses to try.
//
//   PressureAltitude  what transponders send (1013.25 hPa)
//   SeaLevelAltitude  what agreements write (mean sea level; EGM96)
//   EllipsoidHeight   what satellite navigation gives (WGS84)
//   GroundHeight      above the terrain below
#pragma once

#include <compare>

#include "quantities/length.h"

namespace truce::quantities {

struct StandardPressure;
struct MeanSeaLevel;
struct Ellipsoid;
struct Ground;

template <class Zero>
struct Altitude {
  Length above_zero;
  friend constexpr auto operator<=>(const Altitude&, const Altitude&) = default;
  friend constexpr bool operator==(const Altitude&, const Altitude&) = default;
};

using PressureAltitude = Altitude<StandardPressure>;
using SeaLevelAltitude = Altitude<MeanSeaLevel>;
using EllipsoidHeight = Altitude<Ellipsoid>;
using GroundHeight = Altitude<Ground>;

template <class A, class B>
concept Comparable = requires(A a, B b) { a < b; };

/// A height known to lie between two others, both included.
template <class Zero>
struct AltitudeBounds {
  Altitude<Zero> lowest;
  Altitude<Zero> highest;
  friend constexpr bool operator==(const AltitudeBounds&, const AltitudeBounds&) = default;
};

}  // namespace truce::quantities
