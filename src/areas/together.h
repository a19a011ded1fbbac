// Together: several regions taken together, near one place.
//
//   const Together both({&first, &second}, box);
//   both.contact(reach)                    // of a reach within the box
//
// Where regions overlap, or share an edge from both sides, what lies between them is no boundary of
// all of them together: what reaches over it leaves none of them. Only what lies in the box is
// worked out, so that it costs little to take regions together anew for every leg of a track.
#pragma once

#include <vector>

#include "areas/ground.h"
#include "areas/region.h"

namespace truce::areas {

class Together : public Ground {
 public:
  /// The regions must outlive it. Nothing is to be asked of what lies outside of the box but
  /// side_of().
  Together(std::vector<const Region*> regions, const ReachBox& box);

  /// The strongest of what the regions say.
  Side side_of(Point point) const override;
  Contact contact(const Reach& reach) const override { return boundary_.contact(reach); }
  bool has_boundary_in(const ReachBox& box) const override { return boundary_.is_any_in(box); }
  bool is_near(const ReachBox& box) const override;

 private:
  std::vector<const Region*> regions_;
  Boundary boundary_;
};

}  // namespace truce::areas
