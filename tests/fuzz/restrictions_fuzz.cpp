// restrictions.toml of any bytes: every problem has a place.
#include <cstdint>
#include <string_view>

#include "base/check.h"
#include "observations/sightings.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  const auto reading = truce::observations::read_restrictions(text, "restrictions.toml");
  for (const auto& problem : reading.problems)
    CHECK(problem.where.starts_with("restrictions.toml:") && !problem.message.empty());
  for (const auto& restriction : reading.restrictions) {
    CHECK(restriction.radius.tenth_mm >= 0);
    CHECK(!to_string(restriction.kind).empty());
    if (reading.problems.empty()) CHECK(restriction.when.from < restriction.when.until);
  }
  return 0;
}
