// Any bytes as a compressed file: undone or refused, the same in parts of any size.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/check.h"
#include "observations/reader.h"

namespace {

// A small file may stand for gigabytes: enough is enough.
constexpr std::size_t most_text = 1 << 22;

struct Undone {
  std::string text;
  bool damaged = false;
};

Undone undo(std::string_view bytes, std::size_t part) {
  Undone undone;
  truce::observations::Decompressor decompressor([&](std::string_view text) {
    if (undone.text.size() < most_text) undone.text += text;
  });
  while (!bytes.empty() && !undone.damaged && undone.text.size() < most_text) {
    undone.damaged = !decompressor.take(bytes.substr(0, part));
    bytes.remove_prefix(std::min(part, bytes.size()));
  }
  undone.damaged = undone.damaged || !decompressor.finish();
  return undone;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view compressed(reinterpret_cast<const char*>(bytes), size);
  const Undone whole = undo(compressed, SIZE_MAX);
  const Undone parts = undo(compressed, size == 0 ? 1 : 1 + bytes[size / 2] % 16u);
  if (whole.text.size() >= most_text || parts.text.size() >= most_text) return 0;
  CHECK(whole.damaged == parts.damaged);
  CHECK(whole.damaged || whole.text == parts.text);
  return 0;
}
