// Any bytes as agreement.lock: either problems, or a resolved agreement whose lock, written again,
// says the same.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "areas/validity.h"
#include "base/check.h"
#include "terms/lock.h"

namespace {

using namespace truce;

// The agreement that the locks of the corpus were made for.
terms::Agreement drawn_up() {
  terms::Agreement agreement;
  agreement.time_zone = "Asia/Damascus";
  agreement.text_digest = base::sha256("the text");
  terms::Area area;
  area.id = "A-01";
  area.source.edges = terms::Edges::straight;
  agreement.areas = {area};
  return agreement;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view lock(reinterpret_cast<const char*>(bytes), size);
  terms::Agreement agreement = drawn_up();
  const base::Problems problems = terms::apply_lock(agreement, lock, "agreement.lock");
  for (const base::Problem& p : problems) CHECK(p.where == "agreement.lock");
  if (!problems.empty()) {
    CHECK(agreement.areas[0].outline.polygons.empty());
    return 0;
  }
  CHECK(terms::lock_header(lock, "agreement.lock").has_value());
  CHECK(areas::problems_of(agreement.areas[0].outline).empty());
  const std::string written = terms::lock_text(agreement);
  terms::Agreement again = drawn_up();
  CHECK(terms::apply_lock(again, written, "agreement.lock").empty());
  CHECK(terms::lock_text(again) == written);
  return 0;
}
