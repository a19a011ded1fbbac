#include "observations/sources.h"

#include <algorithm>

#include "base/text.h"
#include "base/toml.h"
#include "observations/toml_quantities.h"

namespace truce::observations {

using base::TomlTable;

std::string_view to_string(Source::Kind kind) {
  switch (kind) {
    case Source::Kind::receiver: return "receiver";
    case Source::Kind::feed: return "feed";
    case Source::Kind::people: return "people";
    case Source::Kind::other: return "other";
  }
  return "?";
}

namespace {

const std::vector<std::string> kinds = {"receiver", "feed", "people", "other"};

Source::Kind kind_in(TomlTable& table) {
  const auto text = table.text("kind");
  if (!text || !expect_word(table, "kind", *text, kinds)) return Source::Kind::other;
  return static_cast<Source::Kind>(std::find(kinds.begin(), kinds.end(), *text) - kinds.begin());
}

char reliability_in(TomlTable& table) {
  const auto text = table.text("reliability");
  if (!text) return 'F';
  if (text->size() == 1 && text->front() >= 'A' && text->front() <= 'F') return text->front();
  table.complain("reliability",
                 "reliability: expected a letter from A (completely reliable) to F (cannot be "
                 "judged), found '" +
                     *text + "'");
  return 'F';
}

int credibility_in(TomlTable& table) {
  const auto grade = table.integer("credibility");
  if (!grade) return 6;
  if (*grade >= 1 && *grade <= 6) return static_cast<int>(*grade);
  table.complain("credibility",
                 "credibility: expected a number from 1 (confirmed) to 6 (cannot be judged), "
                 "found " +
                     std::to_string(*grade));
  return 6;
}

ErrorBounds bounds_in(TomlTable& source) {
  ErrorBounds bounds;
  auto table = source.table("bounds");
  if (!table) return bounds;
  bounds.position = length_in(*table, "position");
  bounds.time = duration_in(*table, "time");
  bounds.pressure_altitude = length_in(*table, "pressure_altitude");
  bounds.geometric_height = length_in(*table, "geometric_height");
  bounds.containment_holds = duration_in(*table, "containment_holds");
  table->report_unknown_keys();
  return bounds;
}

DeclaredCoverage coverage_in(TomlTable& source) {
  DeclaredCoverage coverage;
  auto table = source.table("coverage");
  if (!table) return coverage;
  if (const auto share = table->decimal("share")) {
    if (*share >= 0 && *share <= 1)
      coverage.share = *share;
    else
      table->complain("share", "share: expected a number from 0 to 1");
  }
  const auto centre = point_in(*table, "centre");
  const auto radius = length_in(*table, "radius");
  if (table->has("centre") != table->has("radius"))
    table->complain(table->has("centre") ? "centre" : "radius",
                    "centre and radius belong together: give both, or neither for everywhere");
  if (centre && radius) {
    coverage.centre = *centre;
    coverage.radius = *radius;
  }
  coverage.lowest = length_in(*table, "lowest");
  coverage.heartbeat = table->boolean("heartbeat").value_or(false);
  table->report_unknown_keys();
  return coverage;
}

// Every key is one of our names; what names there are is known to the reader of the format.
std::map<std::string, std::string> columns_in(TomlTable& source) {
  std::map<std::string, std::string> columns;
  auto table = source.table("columns");
  if (!table) return columns;
  for (const std::string& ours : table->keys())
    if (const auto theirs = table->text(ours)) columns[ours] = *theirs;
  return columns;
}

std::string time_zone_in(TomlTable& table) {
  const auto text = table.text("time_zone");
  if (!text) return "UTC";
  if (seconds_east_from(*text)) return *text;
  table.complain("time_zone",
                 "time_zone: expected \"UTC\" or an offset such as \"+03:00\", found '" +
                     base::valid_utf8(*text) + "'");
  return "UTC";
}

std::vector<std::string> patterns_in(TomlTable& table) {
  auto patterns = table.texts("files").value_or(std::vector<std::string>{});
  for (std::size_t i = 0; i < patterns.size(); ++i) {
    if (patterns[i].empty() || patterns[i].front() == '/' || patterns[i].starts_with("./") ||
        patterns[i].find('\\') != std::string::npos)
      table.complain("files",
                     "files: expected a path inside the case such as \"observations/amman/**\", "
                     "found '" +
                         base::valid_utf8(patterns[i]) + "'");
  }
  return patterns;
}

Source source_from(const std::string& id, TomlTable& table) {
  Source source;
  source.id = id;
  source.where = table.where();
  source.title = table.text("title").value_or(id);
  // Without an origin nobody can say whether two sources are independent.
  source.origin = table.required_text("origin").value_or("");
  if (table.is_text("origin") && base::trimmed(source.origin).empty())
    table.complain("origin", "origin: expected where the source had it from, found an empty text");
  source.kind = kind_in(table);
  source.files = patterns_in(table);
  source.reliability = reliability_in(table);
  source.credibility = credibility_in(table);
  source.tied_to = table.texts("tied_to").value_or(std::vector<std::string>{});
  source.accepted_by = table.texts("accepted_by").value_or(std::vector<std::string>{});
  source.bounds = bounds_in(table);
  source.coverage = coverage_in(table);
  source.date = date_in(table, "date");
  source.time_zone = time_zone_in(table);
  source.columns = columns_in(table);
  table.report_unknown_keys();
  if (id == "undeclared")
    table.complain("", "the name 'undeclared' is kept for files that no source declares");
  return source;
}

}  // namespace

const Source& Sources::undeclared() {
  static const Source source = [] {
    Source s;
    s.id = "undeclared";
    s.title = "not declared in sources.toml";
    s.origin = "undeclared";
    return s;
  }();
  return source;
}

const Source& Sources::of_file(std::string_view path) const {
  for (const Source& source : declared)
    for (const std::string& pattern : source.files)
      if (base::matches_pattern(path, pattern)) return source;
  return undeclared();
}

const Source& Sources::by_id(std::string_view id) const {
  for (const Source& source : declared)
    if (source.id == id) return source;
  return undeclared();
}

SourcesReading read_sources(std::string_view toml, std::string_view file) {
  SourcesReading reading;
  auto root = TomlTable::parse(toml, file, reading.problems);
  if (!root) return reading;
  for (auto& [id, table] : root->children("sources"))
    reading.sources.declared.push_back(source_from(id, table));
  root->report_unknown_keys();
  return reading;
}

}  // namespace truce::observations
