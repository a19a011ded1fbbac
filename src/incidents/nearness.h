// Nearness: how far it certainly is from a place to the nearest area, and which aircraft therefore
// came near none.
//
// Most aircraft never come near an area. Their tracks need not be made: where every leg they can
// have flown stays clear of every area, every question about them is answered "no" beforehand.
// The answer is the one that passage_of would give, asked more cheaply: what can be reached around
// a fix is a box (areas::box_around), and the box of a leg lies within that of its first fix grown
// by what can be flown until the next. The Earth is cut into cells of a quarter degree; of each
// cell that was flown over it is worked out once how large a radius keeps the boxes of all its
// places off the boxes of all areas.
//
//   Nearness nearness(regions);
//   if (keeps_clear(numbers, positions, rows, flight, rules, nearness)) ...
#pragma once

#include <atomic>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "areas/region.h"
#include "incidents/track.h"
#include "observations/sorted_run.h"

namespace truce::incidents {

class Nearness {
 public:
  /// The regions must outlive it.
  explicit Nearness(std::vector<const areas::Region*> regions);

  /// Nothing within this many metres of the place lies near any region: Region::is_near says no of
  /// the box around it. Negative where even the place itself may. From any thread.
  float clear_around(Point place) const;
  /// Whether the same holds of every place from west to east and from south to north, and of a
  /// radius in metres.
  bool is_clear_around(Point south_west, Point north_east, double radius) const;

 private:
  float of_cell(std::size_t cell) const;

  std::vector<const areas::Region*> regions_;
  std::optional<areas::Box> all_;  ///< One box around all of them: most cells are far from it.
  std::unique_ptr<std::atomic<float>[]> cells_;  ///< By cell; not worked out yet: not_known.
};

/// Whether passage_of finds nothing for any track of these rows and any of the regions: certain
/// when true. `rows` are all rows of one address, in order; `flight` is its class.
bool keeps_clear(const SourceNumbers& numbers, const observations::Positions& positions,
                 std::span<const std::uint32_t> rows, const observations::FlightClass& flight,
                 const TrackRules& rules, const Nearness& nearness);

/// Whether keeps_clear() is certain of every address all of whose rows lie in such parts, and no
/// row lies within a quarter of a degree of a region. `flight` covers the classes of all of them.
bool part_keeps_clear(const SourceNumbers& numbers,
                      const observations::SortedRun::Whereabouts& where,
                      const observations::FlightClass& flight, const TrackRules& rules,
                      const Nearness& nearness);

}  // namespace truce::incidents
