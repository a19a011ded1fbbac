// What every reader of airspace files must hold to, whatever bytes it is given.
#pragma once

#include <string>
#include <vector>

#include "areas/validity.h"
#include "base/check.h"
#include "base/text.h"
#include "terms/charted_area.h"

namespace truce::fuzz {

/// Every problem has a place in the file; what is not refused is drawn soundly, or says why not.
inline int check_charted(const base::Result<std::vector<terms::ChartedArea>>& areas,
                         const std::string& file) {
  if (!areas) {
    CHECK(areas.error().where.starts_with(file));
    CHECK(!areas.error().message.empty() && base::is_utf8(areas.error().message));
    return 0;
  }
  constexpr std::size_t most_areas = 16, most_shapes = 64;
  std::size_t count = 0;
  for (const terms::ChartedArea& area : *areas) {
    if (++count > most_areas) break;
    CHECK(area.where.starts_with(file));
    CHECK(base::is_utf8(area.name) && base::is_utf8(area.id));
    for (const auto* limit : {&area.floor, &area.ceiling}) {
      if (!*limit) continue;
      CHECK((*limit)->limit.has_value() == (*limit)->why.empty());
      CHECK((*limit)->where.starts_with(file));
    }
    if (area.refusal) {
      CHECK(area.refusal->where.starts_with(file));
      CHECK(base::is_utf8(area.refusal->message));
      continue;
    }
    if (area.shapes.size() > most_shapes) continue;
    for (const terms::Edges edges : {terms::Edges::as_filed, terms::Edges::geodesic}) {
      const auto outline = terms::drawn_outline(area, edges);
      if (outline) {
        CHECK(areas::problems_of(*outline).empty());
        CHECK(areas::normalised(*outline) == *outline);
        continue;
      }
      CHECK(!outline.error().empty());
      for (const base::Problem& problem : outline.error()) CHECK(problem.where.starts_with(file));
    }
  }
  return 0;
}

}  // namespace truce::fuzz
