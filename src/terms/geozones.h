// Geozones: the UAS geographical zones of ED-269 and ED-318, which are JSON.
//
//   if (looks_like_geozones(bytes)) auto areas = read_geozones(bytes, "zones.json");
//
// ED-269 (EUROCAE, 2020) has a list of features each with a list of volumes, `geometry`, of a
// polygon or a circle with its limits; ED-318 (2022; schemas at github.com/UASGeoZones/ED-318) is
// GeoJSON with a `layer` of limits in each geometry and circles written as a point with an
// `extent`. Coordinates are WGS84 longitude and latitude; edges run straight in these, as in
// GeoJSON (RFC 7946, section 3.1.1). Heights are above ground (AGL) or mean sea level (AMSL) in
// metres or feet; above the ellipsoid (WGS84) they are kept and not understood.
//
// A zone of several volumes is an area of its own where these have the same limits. Where they do
// not, the zone as a whole is refused, and each volume is one of its layers, "1", "2", ..., in the
// order of the file. What cannot be read within a zone refuses that zone, with its path; what
// concerns the collection refuses the file.
#pragma once

#include <string_view>
#include <vector>

#include "base/result.h"
#include "terms/charted_area.h"

namespace truce::terms {

/// Whether it is JSON with zones: features with a list of volumes for a geometry (ED-269), or
/// features of GeoJSON with layers, extents or the properties that ED-318 asks for.
bool looks_like_geozones(std::string_view bytes);

/// The zones in the order of the file, each followed by its layers if it has several. The place of
/// a problem is the file and a path: "zones.json: features[3].geometry[0].upperLimit". Attributes:
/// `identifier`, `country`, `type`, `restriction`, and each name of a language.
base::Result<std::vector<ChartedArea>> read_geozones(std::string_view bytes, std::string_view file);

}  // namespace truce::terms
