#include "areas/together.h"

#include <algorithm>

#include "areas/uncovered.h"

namespace truce::areas {

Together::Together(std::vector<const Region*> regions, const ReachBox& box)
    : regions_(std::move(regions)) {
  std::vector<const Edge*> others;
  const auto add = [&](const Region* region, const Boundary::Stretch& stretch) {
    const Edge& edge = region->edge(stretch.edge);
    // All that meets the edge, in the box or not: what lies between two cuts has one answer.
    const ReachBox around = box_around(edge);
    others.clear();
    for (const Region* other : regions_)
      if (other != region)
        other->boundary().each_stretch(
            around, [&](const Boundary::Stretch& s) { others.push_back(&other->edge(s.edge)); });
    const auto is_inside_another = [&](double longitude, double latitude) {
      return std::any_of(regions_.begin(), regions_.end(), [&](const Region* other) {
        return other != region && other->is_strictly_inside(longitude, latitude);
      });
    };
    each_uncovered(
        edge, stretch.from, stretch.until, others, is_inside_another,
        [&](double from, double until) { boundary_.add(edge, stretch.edge, from, until); });
  };
  for (const Region* region : regions_)
    region->boundary().each_stretch(
        box, [&](const Boundary::Stretch& stretch) { add(region, stretch); });
  boundary_.make_ready();
}

Side Together::side_of(Point point) const {
  Side strongest = Side::outside;
  for (const Region* region : regions_) strongest = std::max(strongest, region->side_of(point));
  return strongest;
}

bool Together::is_near(const ReachBox& box) const {
  return std::any_of(regions_.begin(), regions_.end(),
                     [&](const Region* region) { return region->is_near(box); });
}

}  // namespace truce::areas
