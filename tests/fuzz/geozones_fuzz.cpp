// Any bytes as geozones of ED-269 or ED-318: areas that can be drawn, or problems with their paths.
#include <cstddef>
#include <cstdint>

#include "charted.h"
#include "terms/geozones.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(bytes), size);
  truce::terms::looks_like_geozones(text);
  return truce::fuzz::check_charted(truce::terms::read_geozones(text, "a.json"), "a.json");
}
