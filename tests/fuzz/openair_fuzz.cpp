// Any bytes as OpenAir: areas that can be drawn, or problems with their lines.
#include <cstddef>
#include <cstdint>

#include "charted.h"
#include "terms/openair.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(bytes), size);
  return truce::fuzz::check_charted(truce::terms::read_openair(text, "a.txt"), "a.txt");
}
