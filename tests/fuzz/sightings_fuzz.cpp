// Sightings of any bytes: each row is taken or rejected, and what is taken keeps its bounds.
#include <cstdint>
#include <string_view>

#include "base/check.h"
#include "base/text.h"
#include "observations/sightings.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  const auto reading = truce::observations::read_sightings(text, 1, {}, 7200);
  const std::size_t rows = reading.sightings.size() + reading.rejected.size();
  CHECK(rows == reading.records || rows == reading.records + 1);  // the header may be rejected
  for (const auto& s : reading.sightings) {
    CHECK(s.when.earliest <= s.when.latest);
    CHECK(s.count >= 1);
    CHECK(!s.heading_degrees || (*s.heading_degrees >= 0 && *s.heading_degrees < 360));
    CHECK(!s.height_least || !s.height_most || *s.height_least <= *s.height_most);
    CHECK(truce::base::is_utf8(s.text));
  }
  for (const auto& r : reading.rejected) {
    CHECK(!r.reason.empty() && r.text.size() <= 200 && truce::base::is_utf8(r.text));
  }
  return 0;
}
