// Windows: the heights and the times within which areas hold, asked of planar answers only.
//
//   screen.find(positions, holdings);
//   list_within(screen, holdings, windows, heights, times, found);
//
// A floor and a ceiling belong to the area, and so does the boundary of its outline; of its
// validity the beginning does and the end does not. All heights are above one zero, which the
// caller knows: a height that is not known against it is `unknown_height`, and is within every
// window, because it cannot be said to be outside.
#pragma once

#include <limits>
#include <span>
#include <vector>

#include "areas/screen.h"
#include "quantities/length.h"
#include "quantities/time.h"

namespace truce::areas {

using quantities::Instant;
using quantities::Length;

struct Window {
  Length floor{std::numeric_limits<std::int64_t>::min()};
  Length ceiling{std::numeric_limits<std::int64_t>::max()};
  quantities::Period valid;
};

constexpr Length unknown_height{std::numeric_limits<std::int64_t>::min()};

/// A window made ready for many questions; see windows.cpp.
class Windows {
 public:
  explicit Windows(std::span<const Window> windows);
  bool holds(std::uint32_t area, Length height, Instant at) const;

 private:
  friend void list_within(const Screen&, const Holdings&, const Windows&, std::span<const Length>,
                          std::span<const Instant>, std::vector<Held>&);
  /// Limits of tenths of a millimetre and microseconds, none so great that a difference overflows;
  /// both ends included.
  struct Limits {
    std::int64_t floor, ceiling, from, until;
  };
  std::vector<Limits> limits_;
};

/// Writes out everything that is held: in the order of positions, of each first its cover.
void list(const Screen& screen, const Holdings& holdings, std::vector<Held>& found);

/// The same, of areas within whose windows the position is. Heights and times are one a position.
void list_within(const Screen& screen, const Holdings& holdings, const Windows& windows,
                 std::span<const Length> heights, std::span<const Instant> times,
                 std::vector<Held>& found);

}  // namespace truce::areas
