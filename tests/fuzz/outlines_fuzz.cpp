// Any bytes as a map: an outline without problems, or problems that have a place. The kind of file
// is told by how the bytes begin, as the name would tell it.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "areas/validity.h"
#include "base/check.h"
#include "terms/outlines.h"

namespace {

using namespace truce;

std::string name_for(std::string_view bytes) {
  if (bytes.starts_with("PK"))
    return bytes.find(".shp") == std::string_view::npos ? "a.kmz" : "a.zip";
  if (bytes.starts_with("SQLite")) return "a.gpkg";
  if (bytes.starts_with("<") || bytes.starts_with("\xEF\xBB\xBF<")) return "a.kml";
  return "a.geojson";
}

void draw(const terms::WrittenOutline& written, terms::Edges edges) {
  const auto outline = terms::drawn_outline(written.outline, edges, written.where);
  if (!outline) {
    CHECK(!outline.error().empty());
    for (const base::Problem& p : outline.error()) CHECK(p.where.starts_with(written.where));
    return;
  }
  CHECK(areas::problems_of(*outline).empty());
  CHECK(areas::normalised(*outline) == *outline);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(bytes), size);
  const std::string name = name_for(text);
  const auto reader = terms::OutlineReader::open({name, {{name, text}}});
  if (!reader) {
    CHECK(reader.error().where == name);
    return 0;
  }
  constexpr std::size_t most_features = 16;
  std::size_t count = 0;
  for (const terms::FeatureSummary& feature : reader->features()) {
    if (++count > most_features) break;
    const auto written = reader->find(feature.layer, feature.id);
    if (!written) {
      CHECK(written.error().where.starts_with(name));
      continue;
    }
    draw(*written, terms::Edges::straight);
    draw(*written, terms::Edges::geodesic);
    draw(*written, terms::Edges::rhumb);
  }
  return 0;
}
