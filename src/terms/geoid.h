// Geoid: how far mean sea level (EGM96) lies above the WGS84 ellipsoid under an outline.
//
//   auto bounds = geoid_bounds(grid_bytes, outline);     // {least, most}
//
// Satellite navigation gives heights above the ellipsoid, agreements write heights above mean sea
// level. A finding needs no more than bounds of the difference over an area, since the difference
// changes by a metre or so over a hundred kilometres.
//
// The grid is PROJ's egm96_15.gtx (NGA's 15-minute grid of EGM96, NIMA TR8350.2): a header of 40
// bytes, big-endian: latitude and longitude of the south-western node in degrees, steps in latitude
// and longitude (4 doubles), rows, columns (2 integers of 32 bits); then the undulations in metres,
// floats of 32 bits, row by row from the south.
#pragma once

#include <string_view>

#include "areas/outline.h"
#include "base/result.h"
#include "quantities/length.h"

namespace truce::terms {

struct GeoidBounds {
  quantities::Length least;
  quantities::Length most;
  friend bool operator==(const GeoidBounds&, const GeoidBounds&) = default;
};

/// A grid in memory. The bytes must outlive it.
class GeoidGrid {
 public:
  /// The bytes as they stand in the file; a problem if they are no such grid, do not go round the
  /// Earth, or do not reach both poles.
  static base::Result<GeoidGrid> read(std::string_view bytes, std::string_view file);

  /// The undulation in metres, by bilinear interpolation between the four nodes around; within half
  /// a metre of the full model. Longitude in any turn.
  double undulation(double longitude, double latitude) const;

  /// Bounds over all places of a box (unrolled longitudes), grown by a cell on every side, and
  /// rounded outward to whole decimetres.
  GeoidBounds bounds(const areas::Box& box) const;
  /// Bounds over an outline: over the boxes of its polygons.
  GeoidBounds bounds(const areas::Outline& outline) const;

 private:
  double node(std::int64_t row, std::int64_t column) const;

  std::string_view values_;
  double south_ = 0, west_ = 0, step_north_ = 0, step_east_ = 0;
  std::int64_t rows_ = 0, columns_ = 0;
};

}  // namespace truce::terms
