// findings.geojson: the tracks of the findings and the areas they touch, for maps (RFC 7946;
// QGIS opens it as it is). Property "layer" tells "track", "sighting" and "area" apart.
//
// A track is a line, or several: it is cut where a fix is doubtful, where the silence between two
// fixes is longer than the agreement's greatest gap, and at the antimeridian. What people saw are
// points. Areas are polygons, cut at the antimeridian, outer rings counter-clockwise.
#pragma once

#include <string>

#include "publication/edition.h"

namespace truce::publication {

std::string findings_geojson(const Assessment& assessment);

}  // namespace truce::publication
