// Any bytes as a log of a flight recorder: read or rejected, the same in parts of any size.
#include "positions.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  return truce::fuzz::read_positions(truce::observations::Format::igc, bytes, size);
}
