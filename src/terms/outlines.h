// Outlines: polygons out of GeoJSON, KML, KMZ, GeoPackage and Shapefile. The one file that knows
// the library (GDAL).
//
//   OutlineFile file{"areas.geojson", {{"areas.geojson", bytes}}};
//   auto maps = OutlineReader::open(file);
//   auto written = maps->find("", "A-03");          // as the file has it, on the lattice
//   auto outline = read_outline(file, "", "A-03", Edges::geodesic);      // drawn and unrolled
//
// Everything happens in memory: the bytes are handed in, nothing is fetched, and a file that
// refers to others is not followed. Coordinates must be WGS84 longitude and latitude; another
// reference system is refused by name, and so is every geometry but Polygon and MultiPolygon.
//
// Coordinates are rounded to 10^-7 degree, halves away from zero; neighbouring vertices that are
// the same place after that become one, which changes no area. Nothing else is touched: no
// simplification, no repair.
//
// Call from one thread at a time: GDAL keeps its settings and its errors for the whole process.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "areas/outline.h"
#include "base/result.h"
#include "terms/agreement.h"

namespace truce::terms {

/// A file of outlines in memory, decompressed (a .gz has been read through before).
struct OutlineFile {
  /// By its ending: .geojson or .json, .kml, .kmz, .gpkg, .shp, or .zip (one Shapefile in it).
  std::string name;
  /// The bytes of the file by its name, and of its siblings by theirs (.shx, .dbf, .prj, .cpg of a
  /// Shapefile).
  std::map<std::string, std::string> parts;
};

/// The names that belong to a file: itself, and the siblings of a Shapefile.
std::vector<std::string> parts_of_outline_file(std::string_view name);

/// What a feature is, for messages and for choosing.
struct FeatureSummary {
  std::string layer;
  std::int64_t number = 0;  ///< The feature's number in its layer (GDAL's FID).
  std::string id;           ///< Its `id`, as text; "" if it has none.
  std::string name;         ///< Its `name`; "" if it has none.
  std::string geometry;     ///< "Polygon", "MultiPolygon", "LineString", ..., "nothing".
};

/// A feature's polygons as written: longitudes between -180 and 180, the closing vertex left out.
struct WrittenOutline {
  areas::Outline outline;
  std::string where;  ///< "areas.geojson, layer areas, feature A-03"
};

class OutlineReader {
 public:
  static base::Result<OutlineReader> open(const OutlineFile& file);

  /// In the order of the file.
  std::vector<FeatureSummary> features() const;

  /// The polygons of one feature. `layer` may be "" where there is one layer only, `feature` ""
  /// where there is one feature only. A feature is meant by its `id`; else by its `name` (whatever
  /// the case of these two words); else by "ATTRIBUTE=value", exactly ("PCODE=SY07"); else by its
  /// number. Several features of one name are a problem that gives their count; none, one that
  /// gives the nearest names.
  base::Result<WrittenOutline> find(std::string_view layer, std::string_view feature) const;

 private:
  struct Coordinates {
    double longitude, latitude;
  };
  using RawRing = std::vector<Coordinates>;
  struct Feature {
    FeatureSummary summary;
    std::vector<std::pair<std::string, std::string>> attributes;
    std::vector<std::vector<RawRing>> polygons;  ///< Each with its outer ring first.
  };
  friend struct GdalReading;

  base::Result<const Feature*> choose(std::string_view layer, std::string_view feature) const;

  std::string name_;
  std::vector<std::string> layers_;
  std::map<std::string, std::string> foreign_systems_;  ///< Of layers that are not WGS84.
  std::vector<Feature> features_;
};

/// Polygons as written (a file's, or vertices of the agreement) with their edges drawn, unrolled,
/// checked and normalised; every problem, each with polygon, ring and vertex as written.
std::expected<areas::Outline, base::Problems> drawn_outline(const areas::Outline& written,
                                                            Edges edges, std::string_view where);

/// Opens, finds, draws and checks.
std::expected<areas::Outline, base::Problems> read_outline(const OutlineFile& file,
                                                           std::string_view layer,
                                                           std::string_view feature, Edges edges);

}  // namespace truce::terms
