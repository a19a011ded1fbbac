// Outlines: polygons out of GeoJSON, KML, KMZ, GeoPackage and Shapefile, and areas out of airspace
// files: OpenAir, ED-269, ED-318 and AIXM 5.1. The one file that knows the library (GDAL), which
// reads the former; the latter have readers of their own (terms/openair.h, geozones.h, aixm.h).
//
//   OutlineFile file{"areas.geojson", {{"areas.geojson", bytes}}};
//   auto maps = OutlineReader::open(file);
//   auto written = maps->find("", "A-03");          // as the file has it, on the lattice
//   auto outline = drawn_outline(*written, Edges::geodesic);             // drawn and unrolled
//
// Everything happens in memory: the bytes are handed in, nothing is fetched, and a file that
// refers to others is not followed. Coordinates must be WGS84 longitude and latitude; another
// reference system is refused by name, and so is every geometry but Polygon and MultiPolygon.
//
// Airspace files are told by their ending and content: .txt, .openair and .air are OpenAir, .xml,
// .aixm and .gml are AIXM, and JSON that is shaped as geozones is ED-269 or ED-318. Their areas
// come with arcs, circles, heights and times (terms/charted_area.h).
//
// Coordinates are rounded to 10^-7 degree, halves away from zero; neighbouring vertices that are
// the same place after that become one, which changes no area. Nothing else is touched: no
// simplification, no repair.
//
// Call from one thread at a time: GDAL keeps its settings and its errors for the whole process.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "areas/outline.h"
#include "base/result.h"
#include "terms/agreement.h"
#include "terms/charted_area.h"

namespace truce::terms {

/// A file of outlines in memory, decompressed (a .gz has been read through before).
struct OutlineFile {
  /// By its ending: .geojson or .json, .kml, .kmz, .gpkg, .shp, .zip (one Shapefile in it), .txt,
  /// .openair or .air, .xml, .aixm or .gml.
  std::string name;
  /// The bytes of the file by its name, and of its siblings by theirs (.shx, .dbf, .prj, .cpg of a
  /// Shapefile).
  std::map<std::string, std::string> parts;
};

/// The names that belong to a file: itself, and the siblings of a Shapefile.
std::vector<std::string> parts_of_outline_file(std::string_view name);

/// The endings of files that are read, the point included.
const std::vector<std::string>& outline_endings();

/// Whether a file is of a format that states limits and times, by its name (without .gz or .zst)
/// and its content.
bool is_airspace_file(std::string_view name, std::string_view bytes);

/// What a feature is, for messages and for choosing.
struct FeatureSummary {
  std::string layer;
  std::int64_t number = 0;  ///< The feature's number in its layer (GDAL's FID).
  std::string id;           ///< Its `id`, as text; "" if it has none.
  std::string name;         ///< Its `name`; "" if it has none.
  std::string geometry;     ///< "Polygon", "MultiPolygon", "LineString", ..., "nothing"; "area" of
                            ///< an airspace file.
};

/// A feature's polygons as written: longitudes between -180 and 180, the closing vertex left out.
struct WrittenOutline {
  areas::Outline outline;
  std::string where;  ///< "areas.geojson, layer areas, feature A-03"
  /// Of an airspace file: all that it says of the area; then `outline` is empty.
  std::optional<ChartedArea> charted = {};
};

class OutlineReader {
 public:
  static base::Result<OutlineReader> open(const OutlineFile& file);

  /// In the order of the file.
  std::vector<FeatureSummary> features() const;

  /// The polygons of one feature. `layer` may be "" where there is one layer only, `feature` ""
  /// where there is one feature only. Of an airspace file, an area of several parts with limits of
  /// their own has these as layers "1", "2", ...; without a layer it is meant whole. A feature is
  /// meant by its `id`; else by its `name` (whatever the case of these two words); else by
  /// "ATTRIBUTE=value", exactly ("PCODE=SY07"); else by its number. Several features of one name
  /// are a problem that gives their count; none, one that gives the nearest names.
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
    std::optional<ChartedArea> charted;
  };
  friend struct GdalReading;

  static OutlineReader of(std::vector<ChartedArea> areas, std::string name);

  base::Result<const Feature*> choose(std::string_view layer, std::string_view feature) const;

  std::string name_;
  bool charted_ = false;  ///< An airspace file.
  std::vector<std::string> layers_;
  std::map<std::string, std::string> foreign_systems_;  ///< Of layers that are not WGS84.
  std::vector<Feature> features_;
};

/// Polygons as written (a file's, or vertices of the agreement) with their edges drawn, unrolled,
/// checked and normalised; every problem, each with polygon, ring and vertex as written.
std::expected<areas::Outline, base::Problems> drawn_outline(const areas::Outline& written,
                                                            Edges edges, std::string_view where);

/// The same of what was found in a file.
std::expected<areas::Outline, base::Problems> drawn_outline(const WrittenOutline& written,
                                                            Edges edges);

/// Opens, finds, draws and checks.
std::expected<areas::Outline, base::Problems> read_outline(const OutlineFile& file,
                                                           std::string_view layer,
                                                           std::string_view feature, Edges edges);

}  // namespace truce::terms
