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

// Writes what is held of every position for which passes(position, area) says true. A place is
// always written and only the count tells whether it stays, so that no answer has to be guessed by
// the processor.
template <class Passes>
void write_out(const Screen& screen, const Holdings& holdings, std::vector<Held>& found,
               Passes passes) {
  constexpr std::size_t spare = std::size_t{1} << 12;
  const std::uint32_t* start = screen.table().cover_start.data();
  const std::uint32_t* areas = screen.table().cover_areas.data();
  const Held* next = holdings.held.data();
  const Held* const last = next + holdings.held.size();
  // The memory of an earlier listing is used again as it stands.
  found.resize(std::max({found.capacity(), holdings.covers.size() * 2, spare}));
  Held* out = found.data();
  std::size_t count = 0;
  const auto keep_room = [&](std::size_t more) {
    if (count + more < found.size()) return;
    found.resize(found.size() * 2 + more);
    out = found.data();
  };
  const auto positions = static_cast<std::uint32_t>(holdings.covers.size());
  for (std::uint32_t i = 0; i < positions; ++i) {
    const std::uint32_t begin = start[holdings.covers[i]], end = start[holdings.covers[i] + 1];
    keep_room(end - begin);
    for (std::uint32_t k = begin; k < end; ++k) {
      out[count] = {i, areas[k], 0};
      count += static_cast<std::size_t>(passes(i, areas[k]));
    }
    for (; next != last && next->position == i; ++next) {
      keep_room(1);
      out[count] = *next;
      count += static_cast<std::size_t>(passes(i, next->area));
    }
  }
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
  write_out(screen, holdings, found, [](std::uint32_t, std::uint32_t) { return true; });
}

void list_within(const Screen& screen, const Holdings& holdings, const Windows& windows,
                 std::span<const Length> heights, std::span<const Instant> times,
                 std::vector<Held>& found) {
  CHECK(heights.size() == holdings.covers.size() && times.size() == holdings.covers.size());
  const Windows::Limits* limits = windows.limits_.data();
  write_out(screen, holdings, found, [&](std::uint32_t i, std::uint32_t area) {
    const std::int64_t height = limited(heights[i].tenth_mm);
    const std::int64_t known = heights[i] == unknown_height ? 0 : -1;
    return outside(limits[area], height, known, limited(times[i].microseconds)) >= 0;
  });
}

}  // namespace truce::areas
