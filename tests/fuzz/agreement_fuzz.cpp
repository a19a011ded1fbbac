// Any bytes as agreement.toml: an agreement that can be told back, or problems that have a place.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/check.h"
#include "terms/check.h"
#include "terms/reading.h"
#include "terms/retelling.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace truce;
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  const terms::Reading reading = terms::read_agreement(text, "agreement.toml");
  CHECK(reading.agreement.has_value() == reading.problems.empty());
  for (const base::Problem& p : reading.problems) CHECK(p.where.starts_with("agreement.toml:"));
  for (const base::Problem& p : reading.warnings) CHECK(p.where.starts_with("agreement.toml:"));
  if (!reading.agreement) return 0;
  CHECK(!terms::retold(*reading.agreement).empty());
  for (const base::Problem& p : terms::warnings_of(*reading.agreement))
    CHECK(p.where.starts_with("agreement.toml:"));
  return 0;
}
