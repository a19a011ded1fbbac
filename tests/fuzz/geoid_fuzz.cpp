// Any bytes as a geoid grid: refused with a reason, or bounds that hold what lies between its
// nodes.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/check.h"
#include "terms/geoid.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace truce;
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  const auto grid = terms::GeoidGrid::read(text, "egm96_15.gtx");
  if (!grid) {
    CHECK(grid.error().where == "egm96_15.gtx" && !grid.error().message.empty());
    return 0;
  }
  for (const std::int64_t longitude : {-1'800'000'000LL, -7LL, 363'000'000LL, 5'399'999'999LL})
    for (const std::int64_t latitude : {-900'000'000LL, 0LL, 352'081'091LL, 900'000'000LL}) {
      const auto bounds = grid->bounds(areas::Box{{longitude, latitude}, {longitude, latitude}});
      const double there = grid->undulation(static_cast<double>(longitude) / 1e7,
                                            static_cast<double>(latitude) / 1e7);
      CHECK(static_cast<double>(bounds.least.tenth_mm) <= there * 10'000 + 1);
      CHECK(static_cast<double>(bounds.most.tenth_mm) >= there * 10'000 - 1);
    }
  return 0;
}
