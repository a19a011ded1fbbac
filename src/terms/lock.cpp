#include "terms/lock.h"

#include <fmt/format.h>

#include <algorithm>
#include <expected>
#include <set>
#include <tuple>

#include "areas/edges.h"
#include "areas/validity.h"
#include "base/json_writer.h"
#include "base/text.h"
#include "terms/filed_limits.h"
#include "terms/geoid.h"
#include "terms/json_value.h"
#include "terms/outlines.h"
#include "terms/phrases.h"
#include "terms/standard_atmosphere.h"
#include "terms/time_zone.h"

namespace truce::terms {

namespace {

using areas::Outline;
using areas::Polygon;
using areas::Ring;
using areas::Vertex;
using base::Digest;
using base::problem;
using base::Problem;
using base::Problems;
using base::Result;
using quantities::Length;
using quantities::Point;

constexpr std::string_view format_name = "truce-lock";
// Version 2 has floor and ceiling of each area, and is written where one of them comes from a file.
constexpr std::int64_t format_version = 2;
constexpr std::int64_t version_with_limits = 2;
constexpr std::int64_t tenth_mm_per_decimetre = 1'000;

using Drawn = std::expected<Outline, Problems>;

// "areas.geojson.gz" is read as "areas.geojson", its content having been decompressed.
std::string_view without_compression(std::string_view name) {
  for (std::string_view ending : {".gz", ".zst"})
    if (name.ends_with(ending)) return name.substr(0, name.size() - ending.size());
  return name;
}

// --- Resolving ---------------------------------------------------------------------------------

areas::EdgeKind kind_of(Edges edges) {
  switch (edges) {
    case Edges::straight:
    case Edges::as_filed: return areas::EdgeKind::straight;
    case Edges::geodesic: return areas::EdgeKind::geodesic;
    case Edges::rhumb: return areas::EdgeKind::rhumb;
  }
  return areas::EdgeKind::straight;
}

// Outlines as the areas name them. A file is opened once, and an outline that several versions of
// an area share is worked out, and complained of, once.
class Outlines {
 public:
  explicit Outlines(const std::map<std::string, std::string>& files) : files_(files) {}

  // Draws the area, and fills the limits that it takes from its file.
  Drawn of(Area& area) {
    auto drawn = drawn_of(area);
    if (!drawn) return drawn;
    Problems problems = take_limits(area, charted(area));
    if (!problems.empty()) return std::unexpected(std::move(problems));
    return drawn;
  }

  // What an airspace file says of the area; null if its outline is from elsewhere.
  const ChartedArea* charted(const Area& area) {
    if (area.source.kind != OutlineSource::Kind::file) return nullptr;
    const WrittenOutline* written = written_of(area.source);
    return written != nullptr && written->charted ? &*written->charted : nullptr;
  }

  std::map<std::string, Digest> digests() && { return std::move(digests_); }

 private:
  Drawn drawn_of(const Area& area) {
    switch (area.source.kind) {
      case OutlineSource::Kind::file: return from_file(area);
      case OutlineSource::Kind::circle: return from_circle(area);
      case OutlineSource::Kind::corridor: return from_corridor(area);
      case OutlineSource::Kind::vertices: return from_vertices(area);
    }
    return std::unexpected(Problems{{area.where, "has no outline"}});
  }

  static Drawn failed(const Area& area, const Problem& problem) {
    return std::unexpected(Problems{
        {area.where, fmt::format("area {}: {}: {}", area.id, problem.where, problem.message)}});
  }

  // Circles and corridors are sound by the way they are drawn; what is checked is the drawing.
  static Drawn checked(const Area& area, Outline outline) {
    Problems problems;
    for (const areas::OutlineProblem& found : areas::problems_of(outline))
      problems.push_back({area.where, fmt::format("area {}: {}: {}", area.id,
                                                  to_string(area.source.kind), found.message)});
    if (!problems.empty()) return std::unexpected(std::move(problems));
    return areas::normalised(std::move(outline));
  }

  static std::string_view to_string(OutlineSource::Kind kind) {
    switch (kind) {
      case OutlineSource::Kind::file: return "file";
      case OutlineSource::Kind::circle: return "circle";
      case OutlineSource::Kind::corridor: return "corridor";
      case OutlineSource::Kind::vertices: return "vertices";
    }
    return "?";
  }

  static Drawn from_circle(const Area& area) {
    auto disc = areas::circle(area.source.centre, area.source.radius);
    if (!disc) return failed(area, disc.error());
    return checked(area, {{std::move(*disc)}});
  }

  static Drawn from_corridor(const Area& area) {
    auto road =
        areas::corridor(area.source.vertices, area.source.radius, kind_of(area.source.edges));
    if (!road) return failed(area, road.error());
    return checked(area, std::move(*road));
  }

  static Drawn from_vertices(const Area& area) {
    Ring ring;
    for (Point p : area.source.vertices) ring.push_back({p.longitude_e7, p.latitude_e7});
    // People like to close a ring; it means the same.
    if (ring.size() > 3 && ring.front() == ring.back()) ring.pop_back();
    auto outline = drawn_outline({{{std::move(ring), {}}}}, area.source.edges,
                                 fmt::format("{}: area {}", area.where, area.id));
    return outline;
  }

  Drawn from_file(const Area& area) {
    const OutlineSource& source = area.source;
    const Result<OutlineReader>& reader = opened(source.file);
    if (!reader)
      return std::unexpected(
          Problems{{area.where, fmt::format("area {}: {}: {}", area.id, reader.error().where,
                                            reader.error().message)}});
    const auto key = std::tuple(source.file, source.layer, source.feature, source.edges);
    if (const auto known = drawn_.find(key); known != drawn_.end()) return known->second;
    const Result<WrittenOutline>& written = found(source);
    if (!written) {
      const Problem& problem = written.error();
      return std::unexpected(Problems{
          {area.where, fmt::format("area {}: {}: {}", area.id, problem.where, problem.message)}});
    }
    auto drawn = drawn_outline(*written, source.edges);
    drawn_.emplace(key, drawn ? drawn : Drawn(std::unexpected(Problems{})));
    return drawn;
  }

  const Result<WrittenOutline>& found(const OutlineSource& source) {
    const auto key = std::tuple(source.file, source.layer, source.feature);
    const auto known = written_.find(key);
    if (known != written_.end()) return known->second;
    const Result<OutlineReader>& reader = opened(source.file);
    auto written = reader ? reader->find(source.layer, source.feature)
                          : Result<WrittenOutline>(std::unexpected(reader.error()));
    return written_.emplace(key, std::move(written)).first->second;
  }

  const WrittenOutline* written_of(const OutlineSource& source) {
    const Result<WrittenOutline>& written = found(source);
    return written ? &*written : nullptr;
  }

  const Result<OutlineReader>& opened(const std::string& name) {
    const auto known = readers_.find(name);
    if (known != readers_.end()) return known->second;
    const std::string plain(without_compression(name));
    OutlineFile file{plain, {}};
    for (const std::string& part : parts_of_outline_file(plain)) {
      const std::string stored = part == plain ? name : part;
      const auto bytes = files_.find(stored);
      if (bytes == files_.end()) continue;
      digests_[stored] = base::sha256(bytes->second);
      file.parts[part] = bytes->second;
    }
    return readers_.emplace(name, OutlineReader::open(file)).first->second;
  }

  const std::map<std::string, std::string>& files_;
  std::map<std::string, Digest> digests_;
  std::map<std::string, Result<OutlineReader>> readers_;
  std::map<std::tuple<std::string, std::string, std::string>, Result<WrittenOutline>> written_;
  std::map<std::tuple<std::string, std::string, std::string, Edges>, Drawn> drawn_;
};

// Whether enough was understood of an outline to draw it: what was not has been complained of.
bool is_stated(const OutlineSource& source) {
  switch (source.kind) {
    case OutlineSource::Kind::file: return !source.file.empty();
    case OutlineSource::Kind::circle: return source.radius > Length{};
    case OutlineSource::Kind::corridor:
      return source.radius > Length{} && source.vertices.size() >= 2;
    case OutlineSource::Kind::vertices: return source.vertices.size() >= 3;
  }
  return false;
}

void resolve_zone(Agreement& agreement, Problems& problems) {
  if (!agreement.zone_offsets.empty()) return;
  auto offsets = zone_offsets(agreement.time_zone);
  if (!offsets) {
    problems.push_back({"agreement.toml", fmt::format("the time-zone database of this machine has "
                                                      "no zone {}",
                                                      base::quoted_json(agreement.time_zone))});
    return;
  }
  agreement.zone_offsets = std::move(*offsets);
}

// --- Writing -----------------------------------------------------------------------------------

void write_ring(base::JsonWriter& json, const Ring& ring) {
  json.begin_array();
  for (Vertex v : ring) {
    json.integer(v.longitude_e7);
    json.integer(v.latitude_e7);
  }
  json.end_array();
}

void write_outline(base::JsonWriter& json, const Outline& outline) {
  json.begin_array();
  for (const Polygon& polygon : outline.polygons) {
    json.begin_object();
    json.key("outer");
    write_ring(json, polygon.outer);
    json.key("holes");
    json.begin_array();
    for (const Ring& hole : polygon.holes) write_ring(json, hole);
    json.end_array();
    json.end_object();
  }
  json.end_array();
}

// An end of a validity; null where it is open.
void write_bound(base::JsonWriter& json, quantities::Instant t) {
  if (t == quantities::earliest_instant || t == quantities::latest_instant)
    json.null();
  else
    json.text(quantities::rfc3339(t));
}

bool takes_limits(const Area& area) {
  return area.floor_origin == LimitOrigin::file || area.ceiling_origin == LimitOrigin::file;
}

std::int64_t version_of(const Agreement& agreement) {
  return std::any_of(agreement.areas.begin(), agreement.areas.end(), takes_limits)
             ? version_with_limits
             : 1;
}

void write_area(base::JsonWriter& json, const Area& area, std::int64_t version) {
  json.begin_object();
  json.member("id", area.id);
  json.key("valid_from");
  write_bound(json, area.valid.from);
  json.key("valid_until");
  write_bound(json, area.valid.until);
  json.member("amendment", area.amendment);
  json.member("edges", to_string(area.source.edges));
  if (version >= version_with_limits) {
    json.member("floor", area.floor.text);
    json.member("ceiling", area.ceiling.text);
  }
  json.member("geoid_least_dm", area.geoid_least.tenth_mm / tenth_mm_per_decimetre);
  json.member("geoid_most_dm", area.geoid_most.tenth_mm / tenth_mm_per_decimetre);
  json.key("polygons");
  write_outline(json, area.outline);
  json.end_object();
}

void write_zone(base::JsonWriter& json, const Agreement& agreement) {
  json.begin_object();
  json.member("name", agreement.time_zone);
  json.key("offsets");
  json.begin_array();
  for (const ZoneOffset& offset : agreement.zone_offsets) {
    json.begin_object();
    json.member("from", quantities::rfc3339(offset.from));
    json.member("seconds_east", offset.seconds_east);
    json.end_object();
  }
  json.end_array();
  json.end_object();
}

void write_atmosphere(base::JsonWriter& json, const Atmosphere& atmosphere) {
  json.begin_object();
  json.member("sea_level_least_dm", atmosphere.sea_level_least.tenth_mm / tenth_mm_per_decimetre);
  json.member("sea_level_most_dm", atmosphere.sea_level_most.tenth_mm / tenth_mm_per_decimetre);
  json.member("thickness_least_ppm", atmosphere.thickness_least_ppm);
  json.member("thickness_most_ppm", atmosphere.thickness_most_ppm);
  json.end_object();
}

// --- Reading back ------------------------------------------------------------------------------

std::optional<Digest> digest_from(std::string_view hex) {
  Digest digest;
  if (hex.size() != 2 * digest.bytes.size()) return std::nullopt;
  for (std::size_t i = 0; i < digest.bytes.size(); ++i) {
    const auto byte = base::whole_number(hex.substr(2 * i, 2), 16);
    if (!byte || *byte < 0) return std::nullopt;
    digest.bytes[i] = static_cast<std::uint8_t>(*byte);
  }
  return digest.hex() == hex ? std::optional(digest) : std::nullopt;
}

// Reads one object strictly: every member asked for must be there, and no other.
class Members {
 public:
  Members(const JsonValue* value, std::string path, std::string_view file, Problems& problems)
      : path_(std::move(path)), file_(file), problems_(problems) {
    if (value != nullptr && value->object() == nullptr) complain("", "expected an object");
    object_ = value == nullptr ? nullptr : value->object();
  }
  Members(const Members&) = delete;
  Members& operator=(const Members&) = delete;

  const JsonValue* get(std::string_view name) {
    if (object_ == nullptr) return nullptr;
    asked_.insert(std::string(name));
    for (const auto& [key, value] : *object_)
      if (key == name) return &value;
    complain(name, "is missing");
    return nullptr;
  }
  std::string text(std::string_view name) {
    const JsonValue* value = get(name);
    if (value == nullptr) return {};
    if (const std::string* text = value->text()) return *text;
    complain(name, "expected a text");
    return {};
  }
  std::int64_t integer(std::string_view name, std::int64_t least, std::int64_t most) {
    const JsonValue* value = get(name);
    if (value == nullptr) return least;
    const std::int64_t* number = value->integer();
    if (number != nullptr && *number >= least && *number <= most) return *number;
    complain(name, fmt::format("expected a whole number from {} to {}", least, most));
    return least;
  }
  const JsonValue::Array& array(std::string_view name) {
    static const JsonValue::Array none;
    const JsonValue* value = get(name);
    if (value == nullptr) return none;
    if (const JsonValue::Array* values = value->array()) return *values;
    complain(name, "expected an array");
    return none;
  }
  quantities::Instant instant(std::string_view name) {
    const JsonValue* value = get(name);
    if (value == nullptr) return {};
    if (const std::string* text = value->text())
      if (const auto t = quantities::instant_from(*text)) return *t;
    complain(name, "expected a time such as \"2016-02-27T00:00:00Z\"");
    return {};
  }
  // A time, or null for an open end.
  quantities::Instant bound(std::string_view name, quantities::Instant open) {
    const JsonValue* value = get(name);
    if (value == nullptr || std::holds_alternative<std::monostate>(value->value)) return open;
    return instant(name);
  }
  Digest digest(std::string_view name) {
    const std::string written = text(name);
    if (const auto digest = digest_from(written)) return *digest;
    complain(name, "expected a SHA-256 of 64 small hexadecimal digits");
    return {};
  }
  Length decimetres(std::string_view name) {
    constexpr std::int64_t furthest = 1'000'000;  // 100 km
    return {integer(name, -furthest, furthest) * tenth_mm_per_decimetre};
  }
  std::string path(std::string_view name) const {
    return path_.empty() ? std::string(name) : fmt::format("{}.{}", path_, name);
  }
  void complain(std::string_view name, std::string_view message) {
    const std::string at = name.empty() ? path_ : path(name);
    problems_.push_back({std::string(file_),
                         at.empty() ? std::string(message) : fmt::format("{}: {}", at, message)});
  }
  void finish() {
    if (object_ == nullptr) return;
    for (const auto& [key, value] : *object_)
      if (!asked_.contains(key)) complain(key, "is no member of a lock of this version");
  }

 private:
  const JsonValue::Object* object_ = nullptr;
  std::string path_;
  std::string_view file_;
  Problems& problems_;
  std::set<std::string> asked_;
};

Ring ring_from(const JsonValue* value, const std::string& path, std::string_view file,
               Problems& problems) {
  constexpr std::int64_t furthest_longitude = 5'400'000'000, furthest_latitude = 900'000'000;
  const auto complain = [&](const char* message) {
    problems.push_back({std::string(file), fmt::format("{}: {}", path, message)});
    return Ring();
  };
  const JsonValue::Array* numbers = value == nullptr ? nullptr : value->array();
  if (numbers == nullptr) return complain("expected an array of whole numbers");
  if (numbers->size() % 2 != 0 || numbers->size() < 6)
    return complain("expected longitude and latitude in turn, of at least three vertices");
  Ring ring;
  ring.reserve(numbers->size() / 2);
  for (std::size_t i = 0; i < numbers->size(); i += 2) {
    const std::int64_t* longitude = (*numbers)[i].integer();
    const std::int64_t* latitude = (*numbers)[i + 1].integer();
    if (longitude == nullptr || latitude == nullptr || *longitude < -furthest_longitude ||
        *longitude > furthest_longitude || *latitude < -furthest_latitude ||
        *latitude > furthest_latitude)
      return complain(
          "expected longitudes within 540 and latitudes within 90 degrees, in "
          "ten-millionths");
    ring.push_back({*longitude, *latitude});
  }
  return ring;
}

Outline outline_from(const JsonValue::Array& polygons, const std::string& path,
                     std::string_view file, Problems& problems) {
  Outline outline;
  for (std::size_t i = 0; i < polygons.size(); ++i) {
    Members members(&polygons[i], fmt::format("{}[{}]", path, i), file, problems);
    Polygon polygon;
    if (const JsonValue* outer = members.get("outer"))
      polygon.outer = ring_from(outer, members.path("outer"), file, problems);
    const JsonValue::Array& holes = members.array("holes");
    for (std::size_t k = 0; k < holes.size(); ++k)
      polygon.holes.push_back(
          ring_from(&holes[k], fmt::format("{}[{}]", members.path("holes"), k), file, problems));
    members.finish();
    outline.polygons.push_back(std::move(polygon));
  }
  return outline;
}

// A limit as the lock has it: the agreement's own, or the one that was taken from the file.
void read_limit(Members& members, std::string_view name, LimitOrigin origin, Limit& limit) {
  const std::string text = members.text(name);
  const auto locked = limit_from(text);
  if (!locked)
    members.complain(name, "expected a height such as \"FL245\" or \"10000 ft MSL\"");
  else if (origin == LimitOrigin::file)
    limit = *locked;
  else if (text != limit.text)
    members.complain(name, "is not that of the agreement; run truce check --lock again");
}

void read_area(const JsonValue& value, const std::string& path, std::string_view file,
               std::int64_t version, Area& area, Problems& problems) {
  const std::size_t before = problems.size();
  Members members(&value, path, file, problems);
  const std::string id = members.text("id");
  const quantities::Period valid{members.bound("valid_from", quantities::earliest_instant),
                                 members.bound("valid_until", quantities::latest_instant)};
  const std::string amendment = members.text("amendment");
  const std::string edges = members.text("edges");
  if (version >= version_with_limits) {
    read_limit(members, "floor", area.floor_origin, area.floor);
    read_limit(members, "ceiling", area.ceiling_origin, area.ceiling);
  } else if (takes_limits(area)) {
    members.complain("", fmt::format("has no limits, which the agreement takes from {}; run truce "
                                     "check --lock again",
                                     area.source.file));
  }
  const Length least = members.decimetres("geoid_least_dm");
  const Length most = members.decimetres("geoid_most_dm");
  Outline outline =
      outline_from(members.array("polygons"), members.path("polygons"), file, problems);
  members.finish();
  if (problems.size() > before) return;
  if (id != area.id || valid != area.valid || amendment != area.amendment ||
      edges != to_string(area.source.edges)) {
    members.complain("", fmt::format("is not the area {} of the agreement as it stands there; run "
                                     "truce check --lock again",
                                     area.id));
    return;
  }
  if (least > most) members.complain("geoid_least_dm", "is above geoid_most_dm");
  for (const areas::OutlineProblem& found : areas::problems_of(outline))
    members.complain("", fmt::format("{}: {}", areas::place_text(found, outline.polygons.size()),
                                     found.message));
  area.outline = std::move(outline);
  area.geoid_least = least;
  area.geoid_most = most;
}

Atmosphere read_atmosphere(const JsonValue* value, std::string_view file, Atmosphere atmosphere,
                           Problems& problems) {
  constexpr std::int64_t most_ppm = 10'000'000;
  Members members(value, "atmosphere", file, problems);
  atmosphere.sea_level_least = members.decimetres("sea_level_least_dm");
  atmosphere.sea_level_most = members.decimetres("sea_level_most_dm");
  atmosphere.thickness_least_ppm = members.integer("thickness_least_ppm", 1, most_ppm);
  atmosphere.thickness_most_ppm = members.integer("thickness_most_ppm", 1, most_ppm);
  members.finish();
  if (atmosphere.sea_level_least > atmosphere.sea_level_most)
    members.complain("sea_level_least_dm", "is above sea_level_most_dm");
  if (atmosphere.thickness_least_ppm > atmosphere.thickness_most_ppm)
    members.complain("thickness_least_ppm", "is above thickness_most_ppm");
  return atmosphere;
}

void read_zone(const JsonValue* value, std::string_view file, LockHeader& header,
               Problems& problems) {
  constexpr std::int64_t most_seconds = 86'400;
  Members members(value, "time_zone", file, problems);
  header.time_zone = members.text("name");
  const JsonValue::Array& offsets = members.array("offsets");
  for (std::size_t i = 0; i < offsets.size(); ++i) {
    Members entry(&offsets[i], fmt::format("time_zone.offsets[{}]", i), file, problems);
    const quantities::Instant from = entry.instant("from");
    const auto east =
        static_cast<std::int32_t>(entry.integer("seconds_east", -most_seconds, most_seconds));
    entry.finish();
    if (!header.zone_offsets.empty() && from <= header.zone_offsets.back().from)
      entry.complain("from", "is not after the one before it");
    header.zone_offsets.push_back({from, east});
  }
  if (offsets.empty()) members.complain("offsets", "expected at least one");
  members.finish();
}

// The document, if it is a lock of a version that this program knows.
Result<JsonValue> parse_lock(std::string_view lock, std::string_view file) {
  auto root = parse_json(lock, file);
  if (!root) return root;
  const JsonValue* format = root->member("format");
  if (format == nullptr || format->text() == nullptr || *format->text() != format_name)
    return problem(std::string(file),
                   fmt::format("is no lock: expected \"format\": \"{}\"", format_name));
  const JsonValue* version = root->member("version");
  if (version == nullptr || version->integer() == nullptr || *version->integer() < 1)
    return problem(std::string(file), "version: expected a whole number from 1");
  if (*version->integer() > format_version)
    return problem(std::string(file),
                   fmt::format("is a lock of version {}, and this program reads up to version {}; "
                               "use a newer program",
                               *version->integer(), format_version));
  return root;
}

LockHeader read_header(Members& root, std::string_view file, Problems& problems) {
  LockHeader header;
  root.text("format");
  header.version = root.integer("version", 1, format_version);
  header.agreement = root.digest("agreement_sha256");
  const JsonValue::Array& files = root.array("files");
  std::string last;
  for (std::size_t i = 0; i < files.size(); ++i) {
    Members entry(&files[i], fmt::format("files[{}]", i), file, problems);
    const std::string name = entry.text("name");
    header.files[name] = entry.digest("sha256");
    entry.finish();
    if (i > 0 && name <= last) entry.complain("name", "is not in order");
    last = name;
  }
  if (const JsonValue* zone = root.get("time_zone")) read_zone(zone, file, header, problems);
  return header;
}

}  // namespace

std::vector<std::string> outline_files(const Agreement& agreement) {
  std::set<std::string> names;
  for (const Area& area : agreement.areas) {
    if (area.source.kind != OutlineSource::Kind::file || area.source.file.empty()) continue;
    const std::string plain(without_compression(area.source.file));
    names.insert(area.source.file);
    for (const std::string& part : parts_of_outline_file(plain))
      if (part != plain) names.insert(part);
  }
  return {names.begin(), names.end()};
}

Problems resolve(Agreement& agreement, const std::map<std::string, std::string>& files,
                 std::string_view geoid) {
  Problems problems;
  resolve_zone(agreement, problems);
  for (Problem& p : resolve(agreement.atmosphere, "agreement.toml"))
    problems.push_back(std::move(p));
  const auto grid = GeoidGrid::read(geoid, "egm96_15.gtx");
  if (!grid) problems.push_back(grid.error());
  Outlines outlines(files);
  for (Area& area : agreement.areas) {
    auto outline = outlines.of(area);
    if (!outline) {
      for (Problem& p : outline.error()) problems.push_back(std::move(p));
      continue;
    }
    area.outline = std::move(*outline);
    if (!grid) continue;
    const GeoidBounds bounds = grid->bounds(area.outline);
    area.geoid_least = bounds.least;
    area.geoid_most = bounds.most;
  }
  agreement.outline_files = std::move(outlines).digests();
  if (problems.empty()) agreement.lock_digest = base::sha256(lock_text(agreement));
  return problems;
}

Problems problems_of_outlines(const Agreement& agreement,
                              const std::map<std::string, std::string>& files) {
  Problems problems;
  Outlines outlines(files);
  for (Area area : agreement.areas) {  // a copy: limits that come from the file are taken into it
    if (!is_stated(area.source)) continue;
    const auto outline = outlines.of(area);
    if (outline) continue;
    for (const Problem& p : outline.error()) problems.push_back(p);
  }
  return problems;
}

std::string lock_text(const Agreement& agreement) {
  base::JsonWriter json;
  json.begin_object();
  json.member("format", format_name);
  const std::int64_t version = version_of(agreement);
  json.member("version", version);
  json.member("agreement_sha256", agreement.text_digest.hex());
  json.key("files");
  json.begin_array();
  for (const auto& [name, digest] : agreement.outline_files) {
    json.begin_object();
    json.member("name", name);
    json.member("sha256", digest.hex());
    json.end_object();
  }
  json.end_array();
  json.key("time_zone");
  write_zone(json, agreement);
  json.key("atmosphere");
  write_atmosphere(json, agreement.atmosphere);
  json.key("areas");
  json.begin_array();
  for (const Area& area : agreement.areas) write_area(json, area, version);
  json.end_array();
  json.end_object();
  return json.take();
}

Result<LockHeader> lock_header(std::string_view lock, std::string_view file) {
  const auto root = parse_lock(lock, file);
  if (!root) return std::unexpected(root.error());
  Problems problems;
  Members members(&*root, "", file, problems);
  LockHeader header = read_header(members, file, problems);
  if (!problems.empty()) return std::unexpected(problems.front());
  return header;
}

Problems apply_lock(Agreement& agreement, std::string_view lock, std::string_view file) {
  const auto root = parse_lock(lock, file);
  if (!root) return {root.error()};
  Problems problems;
  Members members(&*root, "", file, problems);
  LockHeader header = read_header(members, file, problems);
  if (!problems.empty()) return problems;
  if (header.agreement != agreement.text_digest)
    return {{std::string(file),
             "was made for another text of agreement.toml; run truce check "
             "--lock again"}};
  if (header.time_zone != agreement.time_zone)
    members.complain("time_zone.name", "is not the zone of the agreement");
  const Atmosphere atmosphere =
      read_atmosphere(members.get("atmosphere"), file, agreement.atmosphere, problems);
  const JsonValue::Array& locked = members.array("areas");
  if (locked.size() != agreement.areas.size())
    members.complain("areas", fmt::format("has {} areas where the agreement has {}; run truce "
                                          "check --lock again",
                                          locked.size(), agreement.areas.size()));
  std::vector<Area> resolved = agreement.areas;
  for (std::size_t i = 0; i < std::min(locked.size(), resolved.size()); ++i)
    read_area(locked[i], fmt::format("areas[{}]", i), file, header.version, resolved[i], problems);
  members.finish();
  if (!problems.empty()) return problems;
  agreement.areas = std::move(resolved);
  agreement.atmosphere = atmosphere;
  agreement.outline_files = std::move(header.files);
  agreement.zone_offsets = std::move(header.zone_offsets);
  agreement.lock_digest = base::sha256(lock);
  return problems;
}

Problems differences_from_files(const Agreement& agreement,
                                const std::map<std::string, std::string>& files) {
  Outlines outlines(files);
  Problems warnings;
  std::map<std::string, bool> is_airspace;
  for (const auto& [name, bytes] : files)
    is_airspace[name] = is_airspace_file(without_compression(name), bytes);
  for (const Area& area : agreement.areas) {
    if (const auto known = is_airspace.find(area.source.file);
        known == is_airspace.end() || !known->second)
      continue;
    if (const ChartedArea* charted = outlines.charted(area))
      for (Problem& warning : differences(area, *charted)) warnings.push_back(std::move(warning));
  }
  return warnings;
}

Problems changed_files(const LockHeader& header, const std::map<std::string, std::string>& files) {
  Problems problems;
  for (const auto& [name, digest] : header.files) {
    const auto found = files.find(name);
    if (found == files.end())
      problems.push_back({name, "is not there any more, though agreement.lock was made from it"});
    else if (base::sha256(found->second) != digest)
      problems.push_back({name,
                          "has changed since agreement.lock was made; run truce check --lock "
                          "again"});
  }
  return problems;
}

}  // namespace truce::terms
