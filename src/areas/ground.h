// Ground: some part of the Earth's surface, with an inside and a boundary, as passages ask of it
// (incidents/passage.h): a region, or several regions taken together.
#pragma once

#include "areas/boundary.h"
#include "areas/outline.h"
#include "areas/reach.h"

namespace truce::areas {

class Ground {
 public:
  Ground() = default;
  virtual ~Ground() = default;

  virtual Side side_of(Point point) const = 0;
  /// Whether the boundary meets where something can have been.
  virtual Contact contact(const Reach& reach) const = 0;
  /// Whether the box around some part of the boundary meets the box: if not, all of the box lies on
  /// one side, and contact() is clear of every reach in it.
  virtual bool has_boundary_in(const ReachBox& box) const = 0;
  /// False where none of the ground lies in the box.
  virtual bool is_near(const ReachBox& box) const = 0;

 protected:
  Ground(const Ground&) = default;
  Ground(Ground&&) = default;
  Ground& operator=(const Ground&) = default;
  Ground& operator=(Ground&&) = default;
};

}  // namespace truce::areas
