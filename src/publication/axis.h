// Axis: time along a picture, with ticks at round hours or days (UTC).
#pragma once

#include <string>

#include "publication/drawing.h"
#include "quantities/time.h"

namespace truce::publication {

class TimeAxis {
 public:
  /// A period of at least a second, from `left` to `right` pixels.
  TimeAxis(quantities::Instant from, quantities::Instant until, double left, double right);
  double at(quantities::Instant t) const;  ///< Kept within the axis.
  /// Lines from `top` to `bottom` at round times, with labels below, at least `apart` pixels
  /// from one another.
  std::string ticks(double top, double bottom, double apart) const;
  double left() const { return left_; }
  double right() const { return right_; }

 private:
  quantities::Instant from_, until_;
  double left_, right_;
};

}  // namespace truce::publication
