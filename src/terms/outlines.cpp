#include "terms/outlines.h"

#include <cpl_conv.h>
#include <cpl_error.h>
#include <cpl_http.h>
#include <cpl_vsi.h>
#include <fmt/format.h>
#include <gdal_priv.h>
#include <ogr_spatialref.h>
#include <ogrsf_frmts.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <exception>
#include <memory>
#include <optional>

#include "areas/edges.h"
#include "areas/validity.h"
#include "base/text.h"
#include "terms/aixm.h"
#include "terms/geozones.h"
#include "terms/json_value.h"
#include "terms/openair.h"

// The drivers that are read, and no others; GDAL declares them for its own use only.
extern "C" {
void CPL_DLL RegisterOGRGeoJSON();
void CPL_DLL RegisterOGRLIBKML();
void CPL_DLL RegisterOGRGeoPackage();
void CPL_DLL RegisterOGRShape();
}

namespace truce::terms {

namespace {

using areas::Outline;
using areas::Polygon;
using areas::Ring;
using areas::Vertex;
using base::problem;
using base::Problems;
using base::Result;

constexpr std::uint64_t most_unpacked_bytes = std::uint64_t{1} << 30;
constexpr std::size_t most_attribute_bytes = 300;

std::string ending_of(std::string_view name) {
  const std::size_t dot = name.rfind('.');
  return dot == std::string_view::npos ? std::string() : base::lower_case(name.substr(dot + 1));
}

struct Format {
  const char* driver;
  bool packed;  // A zip, whose entries are looked at before it is opened.
};

// Which airspace format a file has, if any.
enum class Airspace : std::uint8_t { none, openair, geozones, aixm };

Airspace airspace_format_of(std::string_view name, std::string_view bytes) {
  const std::string ending = ending_of(name);
  if (ending == "txt" || ending == "openair" || ending == "air") return Airspace::openair;
  if (ending == "xml" || ending == "aixm" || ending == "gml") return Airspace::aixm;
  if ((ending == "json" || ending == "geojson") && looks_like_geozones(bytes))
    return Airspace::geozones;
  return Airspace::none;
}

Result<std::vector<ChartedArea>> charted_areas(Airspace format, std::string_view bytes,
                                               std::string_view name) {
  switch (format) {
    case Airspace::openair: return read_openair(bytes, name);
    case Airspace::geozones: return read_geozones(bytes, name);
    case Airspace::aixm: return read_aixm(bytes, name);
    case Airspace::none: break;
  }
  return std::vector<ChartedArea>();
}

std::optional<Format> format_of(std::string_view name) {
  const std::string ending = ending_of(name);
  if (ending == "geojson" || ending == "json") return Format{"GeoJSON", false};
  if (ending == "kml") return Format{"LIBKML", false};
  if (ending == "kmz") return Format{"LIBKML", true};
  if (ending == "gpkg") return Format{"GPKG", false};
  if (ending == "shp") return Format{"ESRI Shapefile", false};
  if (ending == "zip") return Format{"ESRI Shapefile", true};
  return std::nullopt;
}

// A name that means nothing special to GDAL.
std::string harmless(std::string_view name) {
  const std::size_t slash = name.find_last_of("/\\");
  if (slash != std::string_view::npos) name.remove_prefix(slash + 1);
  std::string safe;
  for (char c : name) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    safe += letter || c == '-' || c == '_' || c == '.' || (c & 0x80) != 0 ? c : '_';
  }
  return safe.empty() || safe.front() == '.' ? "outline" + safe : safe;
}

void register_drivers() {
  static const bool once = [] {
    // Nothing on the network, whatever a file may say.
    CPLHTTPPushFetchCallback(
        [](const char*, CSLConstList, GDALProgressFunc, void*, CPLHTTPFetchWriteFunc, void*,
           void*) -> CPLHTTPResult* { return nullptr; },
        nullptr);
    CPLSetConfigOption("CPL_VSIL_CURL_ALLOWED_EXTENSIONS", "none");
    CPLSetConfigOption("OGR_ENABLE_PARTIAL_REPROJECTION", "NO");
    OSRSetPROJEnableNetwork(false);
    RegisterOGRGeoJSON();
    RegisterOGRLIBKML();
    RegisterOGRGeoPackage();
    RegisterOGRShape();
    return true;
  }();
  (void)once;
}

// Takes GDAL's messages for as long as it lives.
class Messages {
 public:
  Messages() { CPLPushErrorHandlerEx(&Messages::take, this); }
  ~Messages() { CPLPopErrorHandler(); }
  Messages(const Messages&) = delete;
  Messages& operator=(const Messages&) = delete;

  // The first failure, on one line and without the places in memory.
  std::string first(std::string_view otherwise) const {
    return failure_.empty() ? std::string(otherwise) : failure_;
  }

 private:
  static void CPL_STDCALL take(CPLErr kind, CPLErrorNum, const char* message) {
    auto* self = static_cast<Messages*>(CPLGetErrorHandlerUserData());
    if (kind < CE_Failure || !self->failure_.empty()) return;
    std::string text = base::valid_utf8(std::string_view(message).substr(0, 300));
    std::replace(text.begin(), text.end(), '\n', ' ');
    for (std::size_t at = text.find("/vsi"); at != std::string::npos; at = text.find("/vsi", at)) {
      const std::size_t end = text.find_first_of(" '\"`,", at);
      const std::size_t name = text.rfind('/', end);
      text.erase(at, name + 1 - at);
    }
    self->failure_ = std::string(base::trimmed(text));
  }
  std::string failure_;
};

// A folder in memory with the parts of one file.
class Folder {
 public:
  explicit Folder(const OutlineFile& file) {
    static std::uint64_t number = 0;
    path_ = fmt::format("/vsimem/truce-{}", ++number);
    VSIMkdir(path_.c_str(), 0700);
    for (const auto& [name, bytes] : file.parts) {
      const std::string path = path_ + "/" + harmless(name);
      // GDAL does not write to what is opened read-only; the bytes stay ours.
      auto* start = reinterpret_cast<GByte*>(const_cast<char*>(bytes.data()));
      VSILFILE* opened = VSIFileFromMemBuffer(path.c_str(), start, bytes.size(), FALSE);
      if (opened != nullptr) VSIFCloseL(opened);
    }
  }
  ~Folder() { VSIRmdirRecursive(path_.c_str()); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  std::string path(std::string_view name) const { return path_ + "/" + harmless(name); }

 private:
  std::string path_;
};

// The files in a zip; a problem if it unpacks to too much.
Result<std::vector<std::string>> entries_of(const std::string& zip, std::string_view name) {
  const std::string root = "/vsizip/" + zip;
  const std::unique_ptr<char*, void (*)(char**)> listing(VSIReadDirRecursive(root.c_str()),
                                                         [](char** list) { CSLDestroy(list); });
  std::vector<std::string> entries;
  std::uint64_t total = 0;
  for (char** entry = listing.get(); entry != nullptr && *entry != nullptr; ++entry) {
    VSIStatBufL about;
    const std::string path = root + "/" + *entry;
    if (VSIStatL(path.c_str(), &about) != 0 || VSI_ISDIR(about.st_mode)) continue;
    total += static_cast<std::uint64_t>(about.st_size);
    entries.emplace_back(path);
  }
  if (entries.empty()) return problem(std::string(name), "is no zip archive, or an empty one");
  if (total > most_unpacked_bytes) return problem(std::string(name), "unpacks to more than 1 GB");
  return entries;
}

// What GDAL is to open: the file itself, the Shapefile in a .zip, or every KML document in a .kmz
// (of which the first is the one to show, and may do no more than refer to the others; libkml's own
// way with archives is not used, because it loses memory over broken ones).
Result<std::vector<std::string>> paths_to_open(const Folder& folder, const OutlineFile& file,
                                               Format format) {
  const std::string path = folder.path(file.name);
  if (!format.packed) return std::vector{path};
  auto entries = entries_of(path, file.name);
  if (!entries) return std::unexpected(entries.error());
  const bool kmz = ending_of(file.name) == "kmz";
  std::vector<std::string> wanted;
  for (const std::string& entry : *entries)
    if (ending_of(entry) == (kmz ? "kml" : "shp")) wanted.push_back(entry);
  if (kmz ? wanted.empty() : wanted.size() != 1)
    return problem(file.name, kmz ? "holds no KML document"
                                  : fmt::format("holds {} Shapefiles; a .zip must hold one",
                                                wanted.empty() ? "no" : "several"));
  return wanted;
}

bool is_wgs84(const OGRSpatialReference& system) {
  if (!system.IsGeographic()) return false;
  const char* datum = system.GetAttrValue("DATUM");
  const std::string small = base::lower_case(datum == nullptr ? "" : datum);
  const bool named = small.find("wgs_1984") != std::string::npos ||
                     small.find("world geodetic system 1984") != std::string::npos ||
                     small.find("wgs 84") != std::string::npos || small == "wgs84";
  return named && std::fabs(system.GetPrimeMeridian()) < 1e-12 &&
         std::fabs(system.GetAngularUnits() - 0.0174532925199433) < 1e-12;
}

// The name of a reference system that is not WGS84, or "".
std::string foreign_name(const OGRSpatialReference* system) {
  if (system == nullptr || is_wgs84(*system)) return "";
  const char* name = system->GetName();
  const std::string text = name == nullptr ? "unnamed" : base::valid_utf8(name);
  // GeoPackage's word for none (its reference system number 0).
  return base::lower_case(text).starts_with("undefined geographic") ? "" : text;
}

bool is_called(std::string_view field, std::string_view word) {
  return base::lower_case(field) == word;
}

std::string number_text(double value) {
  std::string text = fmt::format("{:.7f}", value);
  while (text.back() == '0') text.pop_back();
  if (text.back() == '.') text.pop_back();
  return text;
}

}  // namespace

// --- Reading with GDAL -------------------------------------------------------------------------

struct GdalReading {
  using Feature = OutlineReader::Feature;

  static std::vector<OutlineReader::RawRing> rings_of(const OGRPolygon& polygon) {
    std::vector<OutlineReader::RawRing> rings;
    const auto add = [&](const OGRLinearRing* ring) {
      OutlineReader::RawRing raw;
      if (ring != nullptr)
        for (int i = 0; i < ring->getNumPoints(); ++i)
          raw.push_back({ring->getX(i), ring->getY(i)});
      rings.push_back(std::move(raw));
    };
    add(polygon.getExteriorRing());
    for (int i = 0; i < polygon.getNumInteriorRings(); ++i) add(polygon.getInteriorRing(i));
    return rings;
  }

  static void take_geometry(const OGRGeometry* geometry, Feature& feature) {
    if (geometry == nullptr || geometry->IsEmpty()) {
      feature.summary.geometry = "nothing";
      return;
    }
    const OGRwkbGeometryType type = wkbFlatten(geometry->getGeometryType());
    feature.summary.geometry = OGRToOGCGeomType(type);
    // As people write them: the type's own spelling, not the one of well-known text.
    if (type == wkbPolygon) {
      feature.summary.geometry = "Polygon";
      feature.polygons.push_back(rings_of(*geometry->toPolygon()));
    } else if (type == wkbMultiPolygon) {
      feature.summary.geometry = "MultiPolygon";
      for (const OGRPolygon* polygon : *geometry->toMultiPolygon())
        if (!polygon->IsEmpty()) feature.polygons.push_back(rings_of(*polygon));
    } else {
      const char* name = OGRGeometryTypeToName(type);
      std::string words = name;
      words.erase(std::remove(words.begin(), words.end(), ' '), words.end());
      feature.summary.geometry = words;
    }
  }

  static Feature feature_of(OGRFeature& read, const std::string& layer) {
    Feature feature;
    feature.summary.layer = layer;
    feature.summary.number = read.GetFID();
    for (int i = 0; i < read.GetFieldCount(); ++i) {
      if (!read.IsFieldSetAndNotNull(i)) continue;
      const OGRFieldType type = read.GetFieldDefnRef(i)->GetType();
      if (type != OFTString && type != OFTInteger && type != OFTInteger64 && type != OFTReal)
        continue;
      std::string name = base::valid_utf8(read.GetFieldDefnRef(i)->GetNameRef());
      std::string value = base::valid_utf8(read.GetFieldAsString(i));
      if (value.empty() || value.size() > most_attribute_bytes) continue;
      if (is_called(name, "id") && feature.summary.id.empty()) feature.summary.id = value;
      if (is_called(name, "name") && feature.summary.name.empty()) feature.summary.name = value;
      feature.attributes.emplace_back(std::move(name), std::move(value));
    }
    take_geometry(read.GetGeometryRef(), feature);
    return feature;
  }

  static void read_layer(OGRLayer& layer, OutlineReader& reader) {
    const std::string name = base::valid_utf8(layer.GetName());
    reader.layers_.push_back(name);
    if (const std::string foreign = foreign_name(layer.GetSpatialRef()); !foreign.empty())
      reader.foreign_systems_[name] = foreign;
    layer.ResetReading();
    while (const std::unique_ptr<OGRFeature> read{layer.GetNextFeature()})
      reader.features_.push_back(feature_of(*read, name));
  }

  static Result<OutlineReader> read(const OutlineFile& file, Format format) {
    register_drivers();
    const Messages messages;
    const Folder folder(file);
    const auto paths = paths_to_open(folder, file, format);
    if (!paths) return std::unexpected(paths.error());
    OutlineReader reader;
    reader.name_ = file.name;
    for (const std::string& path : *paths) {
      const char* const drivers[] = {format.driver, nullptr};
      const std::unique_ptr<GDALDataset> dataset(
          GDALDataset::Open(path.c_str(), GDAL_OF_VECTOR | GDAL_OF_READONLY, drivers));
      if (dataset == nullptr)
        return problem(file.name,
                       messages.first(fmt::format("cannot be read as {}", ending_of(file.name))));
      for (OGRLayer* layer : dataset->GetLayers()) read_layer(*layer, reader);
    }
    if (const std::string failure = messages.first(""); !failure.empty())
      return problem(file.name, fmt::format("cannot be read to its end: {}", failure));
    return reader;
  }
};

namespace {

// --- From coordinates to the lattice -----------------------------------------------------------

struct RingPlace {
  std::size_t polygon, ring, polygons;
};

std::string vertex_text(RingPlace place, std::size_t vertex) {
  areas::OutlineProblem at;
  at.polygon = place.polygon;
  at.ring = place.ring;
  at.vertex = vertex;
  return areas::place_text(at, place.polygons);
}

std::string ring_text(RingPlace place) {
  const std::string text = vertex_text(place, 0);
  return text.substr(0, text.rfind(','));
}

Result<Vertex> vertex_of(double longitude, double latitude) {
  if (!std::isfinite(longitude) || !std::isfinite(latitude))
    return problem("", "a coordinate is not a number");
  if (std::fabs(latitude) > 90)
    return problem("", fmt::format("latitude {} is beyond 90 degrees{}", number_text(latitude),
                                   std::fabs(latitude) <= 180 && std::fabs(longitude) <= 90
                                       ? "; the axes may be swapped (longitude comes first)"
                                       : "; or the axes are swapped (longitude comes first)"));
  if (std::fabs(longitude) > 180)
    return problem("", fmt::format("longitude {} is beyond 180 degrees", number_text(longitude)));
  return Vertex{std::llround(longitude * 1e7), std::llround(latitude * 1e7)};
}

template <class RawRing>
Result<Ring> ring_of(const RawRing& raw, RingPlace place, const std::string& where) {
  const auto at = [&](std::size_t i) { return where + ", " + vertex_text(place, i); };
  Ring ring;
  for (std::size_t i = 0; i < raw.size(); ++i) {
    const auto vertex = vertex_of(raw[i].longitude, raw[i].latitude);
    if (!vertex) return problem(at(i), vertex.error().message);
    if (ring.empty() || !(ring.back() == *vertex)) ring.push_back(*vertex);
  }
  if (raw.size() > 1 && !(ring.front() == ring.back()))
    return problem(at(raw.size() - 1),
                   "the ring is not closed: its last vertex differs from its "
                   "first");
  if (ring.size() > 1) ring.pop_back();
  if (ring.size() < 3)
    return problem(
        where + ", " + ring_text(place),
        fmt::format("a ring needs three different vertices, this one has {}", ring.size()));
  return ring;
}

std::string choice_text(const FeatureSummary& summary) {
  if (!summary.id.empty()) return summary.id;
  if (!summary.name.empty()) return summary.name;
  return std::to_string(summary.number);
}

// How several features of one name can be told apart: by their lines in an airspace file.
template <class Features>
std::string ways_to_tell(const Features& found) {
  constexpr std::size_t most_listed = 8;
  std::vector<std::string> lines;
  for (const auto* feature : found)
    for (const auto& [key, value] : feature->attributes)
      if (feature->charted && key == "line" && lines.size() < most_listed)
        lines.push_back("line=" + value);
  if (lines.size() < 2) return "the layer, the id or the number";
  return base::listed(lines, "or");
}

std::string quoted_nearest(std::string_view wanted, const std::vector<std::string>& known) {
  constexpr std::size_t most_listed = 8;
  if (const auto near = base::nearest_word(wanted, known))
    return fmt::format("; did you mean {}?", base::quoted_json(*near));
  std::vector<std::string> some(known.begin(), known.begin() + static_cast<std::ptrdiff_t>(std::min(
                                                                   known.size(), most_listed)));
  if (some.empty()) return "";
  return fmt::format("; there {} {}{}", known.size() == 1 ? "is" : "are", base::listed(some),
                     known.size() > most_listed
                         ? fmt::format(" and {} more", known.size() - most_listed)
                         : std::string());
}

areas::EdgeKind kind_of(Edges edges) {
  switch (edges) {
    case Edges::straight:
    case Edges::as_filed: return areas::EdgeKind::straight;
    case Edges::geodesic: return areas::EdgeKind::geodesic;
    case Edges::rhumb: return areas::EdgeKind::rhumb;
  }
  return areas::EdgeKind::straight;
}

// The number of a written vertex from which a drawn one comes: going back along the drawn ring to
// the last vertex that was written.
std::size_t written_vertex(const Ring& written, const Ring& drawn, std::size_t vertex) {
  const auto same = [](Vertex a, Vertex b) {
    return a.latitude_e7 == b.latitude_e7 &&
           (a.longitude_e7 - b.longitude_e7) % quantities::full_turn_e7 == 0;
  };
  for (std::size_t back = 0; back < drawn.size(); ++back) {
    const Vertex v = drawn[(vertex + drawn.size() - back) % drawn.size()];
    for (std::size_t i = 0; i < written.size(); ++i)
      if (same(written[i], v)) return i;
  }
  return 0;
}

const Ring& ring_at(const Polygon& polygon, std::size_t ring) {
  return ring == 0 ? polygon.outer : polygon.holes[ring - 1];
}

}  // namespace

std::vector<std::string> parts_of_outline_file(std::string_view name) {
  std::vector<std::string> parts{std::string(name)};
  if (ending_of(name) == "shp") {
    const std::string stem(name.substr(0, name.size() - 3));
    const bool capitals = name.ends_with("SHP");
    for (const char* ending : {"shx", "dbf", "prj", "cpg"}) {
      std::string part = stem + ending;
      if (capitals)
        for (std::size_t i = stem.size(); i < part.size(); ++i)
          part[i] = static_cast<char>(part[i] - 'a' + 'A');
      parts.push_back(std::move(part));
    }
  }
  return parts;
}

const std::vector<std::string>& outline_endings() {
  static const std::vector<std::string> endings = {".geojson", ".json", ".kml",     ".kmz", ".gpkg",
                                                   ".shp",     ".txt",  ".openair", ".air", ".xml",
                                                   ".aixm",    ".gml",  ".zip"};
  return endings;
}

bool is_airspace_file(std::string_view name, std::string_view bytes) {
  return airspace_format_of(name, bytes) != Airspace::none;
}

OutlineReader OutlineReader::of(std::vector<ChartedArea> areas, std::string name) {
  OutlineReader reader;
  reader.name_ = std::move(name);
  reader.charted_ = true;
  for (ChartedArea& area : areas) {
    Feature feature;
    feature.summary = {area.layer, static_cast<std::int64_t>(reader.features_.size()), area.id,
                       area.name, "area"};
    if (!area.layer.empty() &&
        std::find(reader.layers_.begin(), reader.layers_.end(), area.layer) == reader.layers_.end())
      reader.layers_.push_back(area.layer);
    feature.attributes = area.attributes;
    feature.charted = std::move(area);
    reader.features_.push_back(std::move(feature));
  }
  return reader;
}

Result<OutlineReader> OutlineReader::open(const OutlineFile& file) {
  const auto bytes = file.parts.find(file.name);
  if (bytes == file.parts.end()) return problem(file.name, "is not there");
  const Airspace airspace = airspace_format_of(file.name, bytes->second);
  if (airspace != Airspace::none) {
    auto areas = charted_areas(airspace, bytes->second, file.name);
    if (!areas) return std::unexpected(areas.error());
    return of(std::move(*areas), file.name);
  }
  const auto format = format_of(file.name);
  if (!format)
    return problem(file.name,
                   fmt::format("is of no kind that is read here; outlines are read from {} (of a "
                               "Shapefile)",
                               base::listed(outline_endings())));
  OutlineFile cleaned;
  const OutlineFile* read = &file;
  if (std::strcmp(format->driver, "GeoJSON") == 0) {
    const Problems problems = problems_of_geojson(bytes->second, file.name);
    if (!problems.empty()) return std::unexpected(problems.front());
  }
  if (ending_of(file.name) == "shp") {
    const auto parts = parts_of_outline_file(file.name);
    if (!file.parts.contains(parts[1]))
      return problem(file.name, fmt::format("needs {} beside it", parts[1]));
  }
  try {
    return GdalReading::read(*read, *format);
  } catch (const std::exception& error) {
    return problem(file.name, fmt::format("cannot be read: {}", error.what()));
  }
}

std::vector<FeatureSummary> OutlineReader::features() const {
  std::vector<FeatureSummary> summaries;
  for (const Feature& feature : features_) summaries.push_back(feature.summary);
  return summaries;
}

Result<const OutlineReader::Feature*> OutlineReader::choose(std::string_view layer,
                                                            std::string_view wanted) const {
  const std::string where = layer.empty() ? name_ : fmt::format("{}, layer {}", name_, layer);
  if (!layer.empty() && std::find(layers_.begin(), layers_.end(), layer) == layers_.end())
    return problem(name_, fmt::format("has no layer {}{}", base::quoted_json(layer),
                                      quoted_nearest(layer, layers_)));
  std::vector<const Feature*> candidates;
  for (const Feature& feature : features_)
    if (feature.summary.layer == layer || (layer.empty() && !charted_))
      candidates.push_back(&feature);
  if (wanted.empty()) {
    if (candidates.size() == 1) return candidates.front();
    return problem(where, fmt::format("has {} features; say which one", candidates.size()));
  }
  const std::size_t equals = wanted.find('=');
  const auto has_attribute = [&](const Feature& f) {
    if (equals == std::string_view::npos) return false;
    const auto pair =
        std::pair(std::string(wanted.substr(0, equals)), std::string(wanted.substr(equals + 1)));
    return std::find(f.attributes.begin(), f.attributes.end(), pair) != f.attributes.end();
  };
  const auto meant = [&](const Feature& f, int way) {
    switch (way) {
      case 0: return f.summary.id == wanted;
      case 1: return f.summary.name == wanted;
      case 2: return has_attribute(f);
      default: return std::to_string(f.summary.number) == wanted;
    }
  };
  for (int way = 0; way < 4; ++way) {
    std::vector<const Feature*> found;
    std::copy_if(candidates.begin(), candidates.end(), std::back_inserter(found),
                 [&](const Feature* f) { return meant(*f, way); });
    if (found.size() == 1) return found.front();
    if (found.size() > 1)
      return problem(where, fmt::format("has {} features {}; say {}", found.size(),
                                        base::quoted_json(wanted), ways_to_tell(found)));
  }
  std::vector<std::string> known;
  for (const Feature* f : candidates) known.push_back(choice_text(f->summary));
  return problem(where, fmt::format("has no feature {}{}", base::quoted_json(wanted),
                                    quoted_nearest(wanted, known)));
}

Result<WrittenOutline> OutlineReader::find(std::string_view layer, std::string_view wanted) const {
  const auto chosen = choose(layer, wanted);
  if (!chosen) return std::unexpected(chosen.error());
  const Feature& feature = **chosen;
  WrittenOutline written;
  if (feature.charted) {
    if (feature.charted->refusal) return std::unexpected(*feature.charted->refusal);
    written.where = feature.charted->where;
    written.charted = feature.charted;
    return written;
  }
  written.where = fmt::format("{}, layer {}, feature {}", name_, feature.summary.layer,
                              choice_text(feature.summary));
  if (const auto foreign = foreign_systems_.find(feature.summary.layer);
      foreign != foreign_systems_.end())
    return problem(written.where, fmt::format("is in the reference system {}; only WGS84 "
                                              "longitude and latitude are read",
                                              base::quoted_json(foreign->second)));
  if (feature.polygons.empty())
    return problem(written.where, fmt::format("is a {}; an area is a Polygon or a MultiPolygon",
                                              feature.summary.geometry));
  for (std::size_t p = 0; p < feature.polygons.size(); ++p) {
    Polygon polygon;
    for (std::size_t r = 0; r < feature.polygons[p].size(); ++r) {
      auto ring = ring_of(feature.polygons[p][r], {p, r, feature.polygons.size()}, written.where);
      if (!ring) return std::unexpected(ring.error());
      if (r == 0)
        polygon.outer = std::move(*ring);
      else
        polygon.holes.push_back(std::move(*ring));
    }
    written.outline.polygons.push_back(std::move(polygon));
  }
  return written;
}

std::expected<Outline, Problems> drawn_outline(const Outline& written, Edges edges,
                                               std::string_view where) {
  Outline outline;
  Problems problems;
  const std::size_t polygons = written.polygons.size();
  for (std::size_t p = 0; p < polygons; ++p) {
    auto polygon = areas::drawn(written.polygons[p], kind_of(edges));
    if (polygon) {
      outline.polygons.push_back(std::move(*polygon));
      continue;
    }
    const std::string part = polygons > 1 ? fmt::format("polygon {}, ", p + 1) : std::string();
    problems.push_back(
        {fmt::format("{}, {}{}", where, part, polygon.error().where), polygon.error().message});
  }
  if (!problems.empty()) return std::unexpected(std::move(problems));
  for (areas::OutlineProblem found : areas::problems_of(outline)) {
    if (found.polygon < polygons) {
      const Polygon& as_written = written.polygons[found.polygon];
      const Polygon& as_drawn = outline.polygons[found.polygon];
      found.vertex = written_vertex(ring_at(as_written, found.ring), ring_at(as_drawn, found.ring),
                                    found.vertex);
    }
    problems.push_back({fmt::format("{}, {}", where, areas::place_text(found, polygons)),
                        std::move(found.message)});
  }
  if (!problems.empty()) return std::unexpected(std::move(problems));
  return areas::normalised(std::move(outline));
}

std::expected<Outline, Problems> drawn_outline(const WrittenOutline& written, Edges edges) {
  if (written.charted) return drawn_outline(*written.charted, edges);
  return drawn_outline(written.outline, edges, written.where);
}

std::expected<Outline, Problems> read_outline(const OutlineFile& file, std::string_view layer,
                                              std::string_view feature, Edges edges) {
  const auto reader = OutlineReader::open(file);
  if (!reader) return std::unexpected(Problems{reader.error()});
  const auto written = reader->find(layer, feature);
  if (!written) return std::unexpected(Problems{written.error()});
  return drawn_outline(*written, edges);
}

}  // namespace truce::terms
