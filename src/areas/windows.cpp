#include "areas/windows.h"

#include <algorithm>

#include "base/check.h"

namespace truce::areas {

namespace {

constexpr std::int64_t greatest = std::int64_t{1} << 61;

std::int64_t limited(std::int64_t n) {
  return std::clamp(n, -greatest, greatest);
}

// Below zero when the position is outside one of the limits: the differences' signs put together.
template <class Limits>
std::int64_t outside(const Limits& limits, std::int64_t height, std::int64_t known,
                     std::int64_t at) {
  return (((height - limits.floor) | (limits.ceiling - height)) & known) | (at - limits.from) |
         (limits.until - at);
}

// Writes out a batch. `cover(out, position, areas)` writes what is held of a cover, for which there
// is room, and says how many it was; `near(held)` says whether one held near a boundary is kept.
// Most positions are held by nothing, and which they are cannot be foreseen: those with a cover are
// picked out first, without a branch.
template <class Cover, class Near>
void write_out(const Screen& screen, const Holdings& holdings, std::vector<Held>& found,
               Cover cover, Near near) {
  constexpr std::size_t block = 256, spare = 64;
  const std::uint32_t* start = screen.table().cover_start.data();
  const std::uint32_t* areas = screen.table().cover_areas.data();
  const Held* next = holdings.held.data();
  const Held* const last = next + holdings.held.size();
  // The memory of an earlier listing is used again as it stands.
  if (found.size() < holdings.covers.size() / 2 + spare)
    found.resize(holdings.covers.size() / 2 + spare);
  Held* out = found.data();
  std::size_t count = 0;
  const auto keep_room = [&](std::size_t more) {
    if (count + more + spare <= found.size()) return;
    found.resize(found.size() * 2 + more + spare);
    out = found.data();
  };
  const auto add_near = [&](std::size_t before) {
    for (; next != last && next->position < before; ++next) {
      keep_room(1);
      out[count] = *next;
      count += static_cast<std::size_t>(near(*next));
    }
  };
  const std::size_t positions = holdings.covers.size();
  for (std::size_t first = 0; first < positions; first += block) {
    std::uint32_t covered[block];
    std::size_t picked = 0;
    for (std::size_t i = first; i < std::min(positions, first + block); ++i) {
      covered[picked] = static_cast<std::uint32_t>(i);
      picked += static_cast<std::size_t>(holdings.covers[i] != 0);
    }
    for (std::size_t k = 0; k < picked; ++k) {
      const std::uint32_t i = covered[k], number = holdings.covers[i];
      add_near(i);
      const std::uint32_t size = start[number + 1] - start[number];
      keep_room(size);
      count += cover(out + count, i, std::span(areas + start[number], size));
      add_near(std::size_t{i} + 1);
    }
  }
  add_near(positions);
  found.resize(count);
}

}  // namespace

Windows::Windows(std::span<const Window> windows) {
  limits_.reserve(windows.size());
  for (const Window& w : windows)
    limits_.push_back({limited(w.floor.tenth_mm), limited(w.ceiling.tenth_mm),
                       limited(w.valid.from.microseconds),
                       limited(w.valid.until.microseconds) - 1});
}

bool Windows::holds(std::uint32_t area, Length height, Instant at) const {
  return outside(limits_[area], limited(height.tenth_mm), height == unknown_height ? 0 : -1,
                 limited(at.microseconds)) >= 0;
}

void list(const Screen& screen, const Holdings& holdings, std::vector<Held>& found) {
  // Four at a time, whether they are there or not: a cover can be read, and `found` be written,
  // that far beyond its end.
  const auto cover = [](Held* out, std::uint32_t i, std::span<const std::uint32_t> areas) {
    for (std::size_t k = 0; k < areas.size(); k += 4) {
      const std::uint32_t* from = areas.data() + k;
      out[k] = {i, from[0], 0};
      out[k + 1] = {i, from[1], 0};
      out[k + 2] = {i, from[2], 0};
      out[k + 3] = {i, from[3], 0};
    }
    return areas.size();
  };
  write_out(screen, holdings, found, cover, [](Held) { return true; });
}

void list_within(const Screen& screen, const Holdings& holdings, const Windows& windows,
                 std::span<const Length> heights, std::span<const Instant> times,
                 std::vector<Held>& found) {
  CHECK(heights.size() == holdings.covers.size() && times.size() == holdings.covers.size());
  const Windows::Limits* limits = windows.limits_.data();
  // A place is always written, and the count alone says whether it stays.
  const auto cover = [&](Held* out, std::uint32_t i, std::span<const std::uint32_t> areas) {
    const std::int64_t height = limited(heights[i].tenth_mm), at = limited(times[i].microseconds);
    const std::int64_t known = heights[i] == unknown_height ? 0 : -1;
    std::size_t kept = 0;
    for (const std::uint32_t area : areas) {
      out[kept] = {i, area, 0};
      kept += static_cast<std::size_t>(outside(limits[area], height, known, at) >= 0);
    }
    return kept;
  };
  write_out(screen, holdings, found, cover,
            [&](Held h) { return windows.holds(h.area, heights[h.position], times[h.position]); });
}

}  // namespace truce::areas
