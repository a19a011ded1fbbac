// Any bytes as AIXM: areas that can be drawn, or problems with their lines.
#include <cstddef>
#include <cstdint>

#include "charted.h"
#include "terms/aixm.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(bytes), size);
  return truce::fuzz::check_charted(truce::terms::read_aixm(text, "a.xml"), "a.xml");
}
