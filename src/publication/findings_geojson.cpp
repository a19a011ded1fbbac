#include "publication/findings_geojson.h"

#include "base/json_writer.h"
#include "publication/meridian.h"
#include "publication/wording.h"

namespace truce::publication {

using base::JsonWriter;
using findings::Finding;
using findings::TracePoint;

namespace {

constexpr int places_of_degrees = 7;  // the lattice of quantities/angle.h

void position(JsonWriter& json, areas::Vertex vertex) {
  json.begin_array();
  json.decimal_of(vertex.longitude_e7, places_of_degrees);
  json.decimal_of(vertex.latitude_e7, places_of_degrees);
  json.end_array();
}

void position(JsonWriter& json, quantities::Point point) {
  position(json, areas::Vertex{point.longitude_e7, point.latitude_e7});
}

void ring(JsonWriter& json, const areas::Ring& vertices) {
  json.begin_array();
  for (const auto vertex : vertices) position(json, vertex);
  position(json, vertices.front());
  json.end_array();
}

// The runs of a trace without a doubtful fix or a long silence in them.
std::vector<std::vector<quantities::Point>> runs_of(const Finding& finding,
                                                    quantities::Duration max_gap) {
  std::vector<std::vector<quantities::Point>> runs;
  const TracePoint* before = nullptr;
  for (const TracePoint& fix : finding.trace) {
    if (fix.doubtful) {
      before = nullptr;
      continue;
    }
    if (before == nullptr || fix.at - before->at > max_gap) runs.push_back({});
    runs.back().push_back(fix.point);
    before = &fix;
  }
  return runs;
}

void points_geometry(JsonWriter& json, const std::vector<quantities::Point>& points) {
  json.begin_object();
  json.member("type", "MultiPoint");
  json.key("coordinates");
  json.begin_array();
  for (const auto point : points) position(json, point);
  json.end_array();
  json.end_object();
}

// A line for every run of at least two fixes; where there is none, the fixes as points.
void track_geometry(JsonWriter& json, const Finding& finding, quantities::Duration max_gap) {
  std::vector<quantities::Point> all;
  for (const TracePoint& fix : finding.trace) all.push_back(fix.point);
  if (all.empty()) return json.null();

  std::vector<std::vector<areas::Vertex>> lines;
  if (!finding.sighting)
    for (const auto& run : runs_of(finding, max_gap))
      for (auto& line : cut_line(run))
        if (line.size() > 1) lines.push_back(std::move(line));
  if (lines.empty()) return points_geometry(json, all);

  json.begin_object();
  json.member("type", lines.size() == 1 ? "LineString" : "MultiLineString");
  json.key("coordinates");
  if (lines.size() > 1) json.begin_array();
  for (const auto& line : lines) {
    json.begin_array();
    for (const auto vertex : line) position(json, vertex);
    json.end_array();
  }
  if (lines.size() > 1) json.end_array();
  json.end_object();
}

void time_member(JsonWriter& json, std::string_view name, quantities::Instant t) {
  json.key(name);
  if (is_open(t)) {
    json.null();
  } else {
    json.text(quantities::rfc3339_milliseconds(t));
  }
}

std::string track_feature(const Finding& finding, const Assessment& assessment) {
  JsonWriter json(JsonWriter::Layout::compact);
  json.begin_object();
  json.member("type", "Feature");
  json.member("id", finding.id);
  json.key("properties");
  json.begin_object();
  json.member("layer", finding.sighting ? "sighting" : "track");
  json.member("id", finding.id);
  json.member("verdict", to_string(finding.verdict));
  json.member("rule", finding.rule);
  json.member("area", cut_name(finding.area));
  json.member("grade", cut_name(finding.grade));
  json.member("address", cut_name(finding.address));
  json.member("callsign", cut_name(finding.call_sign));
  json.member("registration", cut_name(finding.registration));
  json.member("kind", cut_name(finding.kind));
  json.member("party", cut_name(finding.party));
  time_member(json, "entry_earliest", finding.entry.earliest);
  time_member(json, "entry_latest", finding.entry.latest);
  time_member(json, "exit_earliest", finding.exit.earliest);
  time_member(json, "exit_latest", finding.exit.latest);
  json.member("altitude", altitude_text(finding.altitude));
  json.member("rests_on_gap", finding.gap);
  json.member("unknowns", static_cast<std::int64_t>(finding.unknowns.size()));
  json.member("sentence", cut_text(finding.sentence));
  json.member("audience", audience_text(assessment.edition));
  json.end_object();
  json.key("geometry");
  track_geometry(json, finding, assessment.agreement.max_gap);
  json.end_object();
  return json.take();
}

void area_geometry(JsonWriter& json, const areas::Outline& outline) {
  const auto polygons = cut_outline(outline);
  if (polygons.empty()) return json.null();
  json.begin_object();
  json.member("type", "MultiPolygon");
  json.key("coordinates");
  json.begin_array();
  for (const auto& polygon : polygons) {
    json.begin_array();
    ring(json, polygon.outer);
    for (const auto& hole : polygon.holes) ring(json, hole);
    json.end_array();
  }
  json.end_array();
  json.end_object();
}

std::string area_feature(const terms::Area& area, const Assessment& assessment) {
  JsonWriter json(JsonWriter::Layout::compact);
  json.begin_object();
  json.member("type", "Feature");
  json.key("properties");
  json.begin_object();
  json.member("layer", "area");
  json.member("area", cut_name(area.id));
  json.member("name", cut_name(in_english(area.name)));
  json.member("grade", cut_name(area.grade));
  json.member("grade_text", grade_text(assessment.agreement, area.grade));
  json.member("floor", limit_text(area.floor));
  json.member("ceiling", limit_text(area.ceiling));
  time_member(json, "valid_from", area.valid.from);
  time_member(json, "valid_until", area.valid.until);
  json.member("audience", audience_text(assessment.edition));
  json.end_object();
  json.key("geometry");
  area_geometry(json, area.outline);
  json.end_object();
  return json.take();
}

// Members that RFC 7946 does not know are allowed (section 6.1) and passed over by map programs.
std::string edition_member(const Assessment& assessment) {
  JsonWriter json(JsonWriter::Layout::compact);
  const Edition& edition = assessment.edition;
  json.begin_object();
  json.member("format", "truce findings map");
  json.member("version", 1);
  json.member("audience", edition.audience);
  json.member("release", edition.release);
  json.member("program_version", edition.program_version);
  json.member("agreement", assessment.agreement.id);
  json.member("agreement_sha256", edition.agreement_digest);
  json.member("lock_sha256", edition.lock_digest);
  json.end_object();
  return json.take();
}

void append(std::string& out, std::string document) {
  document.pop_back();  // the writer ends a document with a newline
  out += document;
}

}  // namespace

std::string findings_geojson(const Assessment& assessment) {
  std::string out = "{\n\"type\": \"FeatureCollection\",\n\"truce\": ";
  append(out, edition_member(assessment));
  out += ",\n\"features\": [";
  bool first = true;
  const auto add = [&](std::string feature) {
    out += first ? "\n" : ",\n";
    first = false;
    append(out, std::move(feature));
  };
  for (const terms::Area& area : assessment.agreement.areas) add(area_feature(area, assessment));
  for (const Finding& finding : assessment.findings.findings)
    add(track_feature(finding, assessment));
  out += "\n]\n}\n";
  return out;
}

}  // namespace truce::publication
