// Heights: how high an aircraft was over time, on the scale that a term asks about.
//
// Pressure altitude, height above mean sea level, above the ellipsoid and above the ground do not
// compare. From one to another leads only what is declared or tabled:
//
//   pressure -> sea level   sea level lies between two pressure altitudes (the declared range of
//                           pressures) and a thickness read on the pressure scale is true to
//                           within the declared temperatures (terms::Atmosphere)
//   ellipsoid -> sea level  the EGM96 geoid over the area (terms::Area)
//   sea level -> ground     the least and the most height of the terrain (terms::Terrain)
//
// Between two fixes the height can have changed as fast as the class climbs or sinks, and its rate
// by no more than the class can change velocity.
#pragma once

#include <optional>
#include <vector>

#include "incidents/profile.h"
#include "incidents/track.h"
#include "terms/agreement.h"

namespace truce::incidents {

/// The heights of one track, ready to be asked.
class Heights {
 public:
  /// `atmosphere` must outlive this.
  Heights(const Track& track, const terms::Atmosphere& atmosphere);

  /// Bounds at some moment of [from, until] on the scale of the reference (not surface or
  /// unlimited); nothing if unknown. Geoid and terrain are those of the area.
  std::optional<HeightBounds> over(Instant from, Instant until, terms::Reference scale,
                                   const terms::Area& area) const;

  /// Was it at or above the limit (at or below it), all through the stretch? "yes" and "no" hold
  /// at every moment of it.
  Answer at_or_above(const terms::Limit& limit, const terms::Area& area, Instant from,
                     Instant until) const;
  Answer at_or_below(const terms::Limit& limit, const terms::Area& area, Instant from,
                     Instant until) const;

  /// Between floor and ceiling, both included, as an answer over time for [from, until].
  Profile within(const terms::Limit& floor, const terms::Limit& ceiling, const terms::Area& area,
                 Instant from, Instant until) const;
  /// Below a height, or above it; the height itself is neither.
  Profile below(const terms::Limit& limit, const terms::Area& area, Instant from,
                Instant until) const;
  Profile above(const terms::Limit& limit, const terms::Area& area, Instant from,
                Instant until) const;

  bool has_pressure() const { return !pressure_.empty(); }
  bool has_ellipsoid() const { return !ellipsoid_.empty(); }

 private:
  struct Knot {
    std::int64_t at;
    double least, most;  // metres
  };
  struct Span {
    double least, most;
  };
  std::optional<Span> between(const std::vector<Knot>& knots, Instant from, Instant until) const;
  std::optional<Span> sea_level(Instant from, Instant until, const terms::Area& area) const;
  template <class Ask>
  Profile profile(Instant from, Instant until, Ask ask) const;

  std::vector<Knot> pressure_, ellipsoid_;
  std::vector<Instant> cuts_;
  double climb_, sink_, change_;  // metres a second; metres per second squared
  const terms::Atmosphere& atmosphere_;
};

/// Heights above mean sea level as pressure altitudes, over the declared pressures and
/// temperatures.
HeightBounds pressure_from_sea_level(HeightBounds sea_level, const terms::Atmosphere& atmosphere);

}  // namespace truce::incidents
