// Aixm: airspaces out of AIXM 5.1 and 5.1.1, the exchange model of aeronautical information
// (EUROCONTROL and FAA), baselines and Digital NOTAM alike.
//
//   auto areas = read_aixm(bytes, "donlon.xml");
//
// Each time slice of an Airspace is an area. Its geometry components are read with the operations
// BASE and UNION; components with limits of their own are layers "1", "2", ... in the order of
// their sequence. A volume is a surface of GML 3.2 (one patch; rings of curves out of
// GeodesicString, Geodesic, LineStringSegment, ArcByCenterPoint and CircleByCenterPoint; linear
// rings), a centre line with a width, or another airspace of the same file. Curves that are a
// stretch of a border of the same file (GeoBorder) take the part between their neighbours' ends,
// if both are vertices of it. References lead nowhere but into the file.
//
// Coordinates are EPSG:4326 (latitude first) or OGC CRS84 (longitude first), by `srsName`; another
// system is refused by name. Bearings of arcs are clockwise from north. GeodesicString and Geodesic
// are geodesic, LineStringSegment and LinearRing straight in longitude and latitude. Successive
// stretches must meet, within `join_slack`.
//
// Refused by name: SUBTR and INTERS, whose areas GML does not draw; ArcByBulge and every other
// segment; anything that is not well-formed XML, with its line; a document type declaration, which
// AIXM never needs and which could name files or blow up.
#pragma once

#include <string_view>
#include <vector>

#include "base/result.h"
#include "terms/charted_area.h"

namespace truce::terms {

/// How far apart the ends of two stretches may lie that are one place in the chart.
inline const Length join_slack = quantities::metres(50);

/// The time slices of airspaces, in the order of the file. Attributes: `type`, `designator`,
/// `identifier` (the UUID), `interpretation`, `line`.
base::Result<std::vector<ChartedArea>> read_aixm(std::string_view bytes, std::string_view file);

}  // namespace truce::terms
