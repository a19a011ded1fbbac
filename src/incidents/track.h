// Track: the positions of one aircraft in order, cleaned of what cannot be, and joined only where
// an aircraft could have flown.
//
// One address can be used by two aircraft, positions can be jammed or fabricated, rows repeated,
// clocks wrong. Rows that no aircraft of the class could have flown between belong to different
// tracks; nothing is ever drawn across such a jump, and what stands near one is doubtful: it can
// be possible, never certain. A track ends after a silence of more than max_gap, and at a landing.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "observations/affiliation.h"
#include "observations/observations.h"
#include "quantities/altitude.h"
#include "quantities/time.h"

namespace truce::incidents {

using quantities::Duration;
using quantities::Instant;
using quantities::Length;
using quantities::Point;

/// A height known to within bounds; each on the scale it was measured on.
struct HeightBounds {
  Length least, most;
};

/// One position, with everything that bounds it.
struct Fix {
  Instant at;
  Point point;
  double error = 0;  ///< Metres: containment or declared bound, time error at top speed, rounding.
  bool bounded =
      false;  ///< Whether anything states that bound; if not, `error` is 0 and nothing is certain.
  bool doubtful = false;  ///< Near a jump, flagged stale, or under declared jamming.
  base::Answer flying = base::Answer::yes;  ///< Not on the ground.
  std::optional<HeightBounds> pressure, ellipsoid;
  Duration time_error;
  std::uint32_t source = 0;  ///< Index into SourceNumbers::sources.
  observations::Evidence evidence;
  /// As the row gave them; observations::no_height where it did not.
  std::int32_t pressure_altitude = observations::no_height;
  std::int32_t geometric_height = observations::no_height;
  std::uint32_t call_sign = 0;  ///< One more than the index in Aircraft::call_signs; 0: none sent.
};

struct Doubt {
  Instant from, until;
  std::string text;  ///< "the address 4ca123 jumped 310 km in 5 s at 08:31:10 UTC"
  observations::Evidence evidence;
};

struct Track {
  observations::Address address;
  observations::FlightClass flight;
  std::vector<Fix> fixes;     ///< By time; at least one.
  std::vector<Doubt> doubts;  ///< By time.
  bool starts_after_landing = false;
  bool ends_by_landing = false;
};

/// All tracks of one address, with what is known of the aircraft.
struct Aircraft {
  observations::Address address;
  std::vector<std::string> call_signs;  ///< In the order first heard.
  observations::AircraftNature nature;
  observations::Affiliation affiliation;
  std::vector<Track> tracks;     ///< By first fix.
  std::uint64_t duplicates = 0;  ///< Rows that repeat another.
  std::uint64_t jumps = 0;
};

/// What bounds tracks.
struct TrackRules {
  Duration max_gap = quantities::minutes(30);
  /// A position without any bound is taken to be this near for finding jumps, and for that only.
  Length jump_allowance = quantities::metres(1852);
  /// How far around a jump the longer track is doubted.
  Duration doubt_around_jump = quantities::minutes(5);
};

/// Number of the source of each input: index into `sources`, which is made here, by id.
struct SourceNumbers {
  std::vector<const observations::Source*> sources;  ///< By id, "undeclared" included.
  std::vector<std::uint32_t> of_input;
};
SourceNumbers source_numbers(const observations::Observations& seen);

/// How far from its place and time a row can have been.
struct RowError {
  double metres = 0;     ///< Containment or declared bound, time error at top speed, rounding.
  bool bounded = false;  ///< Whether anything states it; if not, `metres` is 0.
};
RowError error_of(const observations::Positions& positions, std::size_t row,
                  const observations::Source& source, const observations::FlightClass& flight);

/// Who an aircraft is, before anything is asked of where it was.
struct Identity {
  observations::Address address;
  std::vector<std::string> call_signs;      ///< In the order first heard.
  std::vector<std::uint32_t> call_sign_of;  ///< Of each row: its number from 1; 0 none.
  observations::AircraftNature nature;
  observations::Affiliation affiliation;  ///< By all call signs together.
};
/// From all rows of one address, in order.
Identity identity_of(const observations::Observations& seen,
                     const observations::Positions& positions, std::span<const std::uint32_t> rows);
/// Whether the affiliation is certainly the same whichever of the call signs were sent by this
/// aircraft, and whichever by another that used its address: then no track changes it.
bool is_settled(const Identity& identity, const observations::Observations& seen);

/// The aircraft of one address, from all its rows in order (observations/sorted_run.h). A row is
/// used once; rows of sources that share an origin are kept, and told apart by Fix::source.
Aircraft aircraft_of(const observations::Observations& seen, const SourceNumbers& numbers,
                     const observations::Positions& positions, std::span<const std::uint32_t> rows,
                     const TrackRules& rules);
Aircraft aircraft_of(const observations::Observations& seen, const SourceNumbers& numbers,
                     const observations::Positions& positions, std::span<const std::uint32_t> rows,
                     Identity identity, const TrackRules& rules);

/// Every aircraft of the positions that are in memory, by address.
std::vector<Aircraft> aircraft_of(const observations::Observations& seen, const TrackRules& rules);

/// The call signs sent on one track of an aircraft, in the order first heard.
std::vector<std::string> call_signs_of(const Track& track, const Aircraft& aircraft);

/// The same track with the fixes of some sources only (by index into Observations::sources as
/// `source_index_of` numbers them); nothing if none is left.
std::optional<Track> only_from(const Track& track, const std::vector<bool>& sources);

}  // namespace truce::incidents
