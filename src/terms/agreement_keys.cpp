#include "terms/agreement_keys.h"

#include <algorithm>
#include <map>

#include "base/json_writer.h"
#include "terms/phrases.h"

namespace truce::terms {

const Field* Shape::field(std::string_view key) const {
  const auto found =
      std::find_if(fields.begin(), fields.end(), [&](const Field& f) { return f.key == key; });
  return found == fields.end() ? nullptr : &*found;
}

namespace {

using Kind = ValueKind;
constexpr bool required = true;

const Shape accession_shape{
    "accession",
    "A party's dated acceptance of the agreement.",
    {
        {"at", Kind::time, "When it was declared; the party is bound from then on.", required},
        {"to", Kind::text, "To whom: a co-chair, a guarantor, a depositary."},
    }};

const Shape party_shape{
    "party",
    "A party to the agreement, or a group that is listed as outside it.",
    {
        {"name", Kind::names, "Its name, or its names by language.", required},
        {"acceded",
         Kind::time_or_table,
         "When it accepted. Bound from the start if this is left out.",
         false,
         {},
         &accession_shape},
        {"withdrawn", Kind::deadline, "From when on it is no longer bound."},
        {"outside", Kind::boolean,
         "true: listed as outside the agreement, neither bound nor protected by its terms."},
        {"guarantors", Kind::texts, "Parties or co-chairs that answer for it."},
    }};

const Shape outline_shape{
    "outline",
    "The ground plan of an area: one of file, circle, corridor or vertices.",
    {
        {"file", Kind::text,
         "A GeoJSON, KML, KMZ, GeoPackage, Shapefile, OpenAir, ED-269, ED-318 or AIXM file of the "
         "case folder."},
        {"layer", Kind::text,
         "The layer of that file, not needed if it has only one; of an airspace file, the number "
         "of the part that has limits of its own."},
        {"feature", Kind::text,
         "The id or name of the feature in that file; not needed if there is only one."},
        {"circle", Kind::texts, "Its centre and its radius: [\"35.93 N 36.63 E\", \"12 km\"]."},
        {"corridor", Kind::points, "The places of its centre line; needs a width."},
        {"width", Kind::length, "The whole width of the corridor."},
        {"vertices", Kind::points, "The corners of a ring, in order; the last joins the first."},
    }};

const Shape terrain_shape{
    "terrain",
    "Least and most height of the ground under an area, above mean sea level.",
    {
        {"least", Kind::limit, "The lowest ground: \"200 m MSL\".", required},
        {"most", Kind::limit, "The highest ground: \"900 m MSL\".", required},
    }};

const std::vector<Field> area_fields = {
    {"name", Kind::names, "Its name, or its names by language."},
    {"grade", Kind::text, "The grade, from [grades], that decides which rules apply in it.",
     required},
    {"outline",
     Kind::text_or_table,
     "\"areas.geojson#A-03\", \"areas.gpkg#layer/A-03\", or a circle, corridor or vertices.",
     required,
     {},
     &outline_shape},
    {"edges",
     Kind::text,
     "How its edges run. Files and vertices: straight in longitude and latitude unless said "
     "otherwise; circles and corridors: geodesic; AIXM: as the file says of each, \"file\".",
     false,
     {"straight", "geodesic", "rhumb", "file"}},
    {"floor", Kind::limit_or_file,
     "Lowest height, which belongs to the area; \"file\": as the airspace file of the outline "
     "states it. The surface if left out, where no file states another."},
    {"ceiling", Kind::limit_or_file,
     "Greatest height, which belongs to the area; \"file\": as the airspace file of the outline "
     "states it. None if left out, where no file states one."},
    {"from", Kind::deadline, "Designated from then on. With the agreement if left out."},
    {"until", Kind::deadline, "No longer designated from then on."},
    {"terrain",
     Kind::table,
     "The height of the ground, for heights above ground.",
     false,
     {},
     &terrain_shape},
};

const Shape area_shape{"area", "A designated area.", area_fields};

const Shape where_shape{"rule_where",
                        "Where a rule applies: in any of these.",
                        {
                            {"grades", Kind::texts, "In every area of these grades."},
                            {"areas", Kind::texts, "In these areas."},
                        }};

const Shape window_shape{
    "window",
    "Days of the week and hours, in the local time of the agreement.",
    {
        {"days", Kind::texts,
         "Days on which it begins: [\"mon-fri\", \"sun\"]. Every day if left "
         "out."},
        {"from", Kind::clock, "Begins at; this moment is inside. 00:00 if left out."},
        {"until", Kind::clock,
         "Ends at; this moment is outside. Earlier than 'from' means on the next day. 24:00 if "
         "left out."},
        {"first_day", Kind::date, "Not on days before this one."},
        {"last_day", Kind::date, "Not on days after this one."},
    }};

const Shape needs_shape{
    "needs",
    "The conditions of an exception. What is left out is not asked, but for identity and window, "
    "which are asked wherever a notice is.",
    {
        {"notice", Kind::text,
         "When notice must be given: \"none\", \"at once\", \"at once, at the latest 30 min after "
         "entry\", \"2 h before\".",
         required},
        {"answer",
         Kind::text,
         "What must be answered before entry.",
         false,
         {"none", "acknowledged", "agreed"}},
        {"identity", Kind::boolean, "The aircraft must be the one of the notice (default true)."},
        {"corridor", Kind::length, "Greatest distance from the notified route."},
        {"window", Kind::boolean_or_duration,
         "Inside the notified hours (default true); a duration is the tolerance either way."},
        {"altitude", Kind::boolean, "Inside the notified heights (default false)."},
    }};

const std::vector<Field> exception_fields = {
    {"purpose", Kind::text, "What the flight is for.", required, purpose_words()},
    {"clause", Kind::text, "The agreement's own words."},
    {"needs", Kind::table, "The conditions.", required, {}, &needs_shape},
    {"by", Kind::texts, "The parties that may claim it. Everyone if left out."},
};

const Shape exception_shape{"exception", "Conduct otherwise prohibited, allowed on conditions.",
                            exception_fields};

const std::vector<Field> rule_fields = {
    {"clause", Kind::text, "The agreement's own words.", required},
    {"prohibits", Kind::text, "The act. This version decides on flight.", required, {"flight"}},
    {"by", Kind::texts, "The parties that it binds, or \"all parties\".", required},
    {"aircraft", Kind::texts, "Kinds of aircraft, any of these. Any aircraft if left out.", false,
     aircraft_kind_words()},
    {"in", Kind::table, "Where it applies.", required, {}, &where_shape},
    {"when",
     Kind::tables,
     "Windows, any of these. At all times if left out.",
     false,
     {},
     &window_shape},
    {"from", Kind::deadline, "In force from then on. With the agreement if left out."},
    {"until", Kind::deadline, "No longer in force from then on."},
    {"below", Kind::limit, "Only below this height; the height itself is not below."},
    {"above", Kind::limit, "Only above this height; the height itself is not above."},
    {"exceptions", Kind::by_id, "What is allowed nevertheless.", false, {}, &exception_shape},
    {"justifications", Kind::texts,
     "Claims such as self-defence that may be made: recorded and contestable, never computed."},
};

const Shape rule_shape{"rule", "A rule on flight: who may not fly what, where and when.",
                       rule_fields};

// In an amendment nothing is required: what it does not say stays as it was.
std::vector<Field> amended(std::vector<Field> fields, std::string_view ends_meaning) {
  for (Field& field : fields) field.required = false;
  fields.push_back({"ends", Kind::boolean, ends_meaning});
  return fields;
}

const Shape amended_exception_shape{
    "amended_exception", "An exception as an amendment adds it, states it anew or ends it.",
    amended(exception_fields, "true: the exception is no longer part of the rule.")};

std::vector<Field> amended_rule_fields() {
  std::vector<Field> fields =
      amended(rule_fields, "true: the rule ends at 'from', and nothing takes its place.");
  for (Field& field : fields)
    if (field.key == "exceptions") field.shape = &amended_exception_shape;
  return fields;
}

const Shape amended_rule_shape{
    "amended_rule",
    "A rule that is added, or a new version of one, which ends the former at 'from'. What a new "
    "version does not say stays as it was.",
    amended_rule_fields()};

const Shape amended_area_shape{
    "amended_area",
    "An area that is added, or a new version of one, which ends the former at 'from'. What a new "
    "version does not say stays as it was.",
    amended(area_fields, "true: the designation ends at 'from', and nothing takes its place.")};

const Shape amendment_shape{
    "amendment",
    "A later text. It adds and never edits: earlier versions stand for their own time.",
    {
        {"agreed", Kind::time,
         "When it was agreed; its versions begin then, unless they say "
         "'from'.",
         required},
        {"title", Kind::text, "Its title."},
        {"areas", Kind::by_id, "Areas, new or in a new version.", false, {}, &amended_area_shape},
        {"rules", Kind::by_id, "Rules, new or in a new version.", false, {}, &amended_rule_shape},
    }};

const Shape clause_shape{"clause",
                         "A clause that no machine can decide: reported, never skipped in silence.",
                         {
                             {"clause", Kind::text, "The agreement's own words.", required},
                             {"reason", Kind::text, "Why it cannot be decided.", required},
                         }};

const Shape violation_shape{
    "violation_standard",
    "What it takes to say \"violation\".",
    {
        {"origins", Kind::integer, "So many independent origins (default 2)..."},
        {"or_accepted_by",
         Kind::text,
         "... or one source that these accept.",
         false,
         {"all co-chairs", "any co-chair", "nobody"}},
    }};

const Shape evidence_shape{
    "evidence_standard",
    "The evidence that a verdict needs.",
    {{"violation", Kind::table, "For a violation.", false, {}, &violation_shape}}};

const Shape coverage_shape{
    "coverage",
    "When a quiet day may be called compliant.",
    {{"compliant_from", Kind::decimal,
      "The share of an area and day, above 0 and up to 1, that must have been watched (default "
      "0.8)."}}};

const Shape counting_shape{"counting",
                           "How overflights are counted.",
                           {
                               {"unit", Kind::text, "What is counted.", false, {"overflight"}},
                               {"cut_off", Kind::clock,
                                "The local hour at which the day of counting begins (default "
                                "\"00:00\")."},
                               {"time_zone", Kind::text,
                                "The zone of that hour; this version counts in the agreement's "
                                "own."},
                           }};

const Shape release_shape{
    "release",
    "What may be released, and when. Kept; nothing is released by this version.",
    {
        {"delay", Kind::duration, "Nothing younger than this is released."},
        {"coarsening", Kind::length, "Places are released no finer than this."},
        {"never", Kind::texts, "What is never released."},
        {"text", Kind::text, "The agreement's own words."},
    }};

const Shape span_shape{"span",
                       "A least and a most.",
                       {
                           {"least", Kind::decimal, "The lesser end.", required},
                           {"most", Kind::decimal, "The greater end.", required},
                       }};

const Shape atmosphere_shape{
    "atmosphere",
    "The air over the territory: what a pressure altitude can mean there.",
    {
        {"pressure",
         Kind::text_or_table,
         "Least and most pressure at sea level: \"950..1050 hPa\".",
         false,
         {},
         &span_shape},
        {"isa_deviation",
         Kind::text_or_table,
         "How much colder and warmer than the standard atmosphere it gets: \"-30..35 K\".",
         false,
         {},
         &span_shape},
    }};

const Shape identity_shape{
    "agreement",
    "What the agreement is.",
    {
        {"id", Kind::text, "A short name for files and findings.", required},
        {"title", Kind::names, "Its title, or its titles by language.", required},
        {"in_force", Kind::time, "In force from then on.", required},
        {"until", Kind::deadline, "No longer in force from then on."},
        {"time_zone", Kind::text,
         "IANA name, such as \"Asia/Damascus\": the zone of every local time here. UTC if left "
         "out."},
        {"co_chairs", Kind::texts, "Those who supervise it jointly."},
        {"languages", Kind::texts, "Languages of the signed text, as BCP 47 tags."},
        {"max_gap", Kind::duration,
         "A silence longer than this ends a track; it costs coverage and makes no finding "
         "(default \"30 min\")."},
    }};

}  // namespace

const Shape& agreement_shape() {
  static const Shape shape{
      "file",
      "What was agreed, for truce: parties, grades, areas, rules and their exceptions.",
      {
          {"agreement", Kind::table, "What the agreement is.", required, {}, &identity_shape},
          {"parties",
           Kind::by_id,
           "The parties, and groups outside the agreement.",
           false,
           {},
           &party_shape},
          {"grades", Kind::texts_by_id,
           "The grades of areas, in order of severity, each with its "
           "meaning."},
          {"areas", Kind::by_id, "The designated areas.", false, {}, &area_shape},
          {"rules", Kind::by_id, "The rules that are decided.", false, {}, &rule_shape},
          {"amendments",
           Kind::by_id,
           "Later texts, which add and never edit.",
           false,
           {},
           &amendment_shape},
          {"clauses", Kind::by_id, "Clauses that no machine can decide.", false, {}, &clause_shape},
          {"evidence_standard",
           Kind::table,
           "The evidence that a verdict needs.",
           false,
           {},
           &evidence_shape},
          {"coverage",
           Kind::table,
           "When a quiet day may be called compliant.",
           false,
           {},
           &coverage_shape},
          {"counting", Kind::table, "How overflights are counted.", false, {}, &counting_shape},
          {"release", Kind::table, "What may be released, and when.", false, {}, &release_shape},
          {"atmosphere", Kind::table, "The air over the territory.", false, {}, &atmosphere_shape},
      }};
  return shape;
}

namespace {

using base::JsonWriter;

constexpr std::string_view limit_pattern =
    "^\\s*([Ss][Ff][Cc]|[Gg][Nn][Dd]|[Uu][Nn][Ll]|[Ff][Ll]\\s*[0-9]{1,3}"
    "|[+-]?[0-9.]+\\s*([Kk]?[Mm]|[Ff][Tt]|[Nn][Mm])\\s*([Aa]?[Mm][Ss][Ll]|[Aa][Gg][Ll]))\\s*$";
constexpr std::string_view length_pattern = "^\\s*[0-9.]+\\s*([Kk]?[Mm]|[Ff][Tt]|[Nn][Mm])\\s*$";
constexpr std::string_view duration_pattern =
    "^\\s*[0-9.]+\\s*(ms|s|sec|seconds?|min|minutes?|h|hours?|d|days?)\\s*$";
constexpr std::string_view clock_pattern = "^([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?$|^24:00$";

void write_pattern(JsonWriter& json, std::string_view pattern) {
  json.member("type", "string");
  json.member("pattern", pattern);
}

void write_text(JsonWriter& json, const Field& field) {
  json.member("type", "string");
  if (field.choices.empty()) return;
  json.key("enum");
  json.begin_array();
  for (const std::string& choice : field.choices) json.text(choice);
  json.end_array();
}

void write_text_array(JsonWriter& json, const Field& field) {
  json.member("type", "array");
  json.key("items");
  json.begin_object();
  write_text(json, field);
  json.end_object();
}

void write_reference(JsonWriter& json, const Shape& shape) {
  json.member("$ref", "#/$defs/" + std::string(shape.name));
}

void write_texts_by_key(JsonWriter& json) {
  json.member("type", "object");
  json.key("additionalProperties");
  json.begin_object();
  json.member("type", "string");
  json.end_object();
}

template <class First, class Second>
void write_either(JsonWriter& json, First first, Second second) {
  json.key("anyOf");
  json.begin_array();
  json.begin_object();
  first();
  json.end_object();
  json.begin_object();
  second();
  json.end_object();
  json.end_array();
}

// TOML's own dates and times reach a schema as texts.
void write_value(JsonWriter& json, const Field& field) {
  const auto text = [&] { write_text(json, field); };
  const auto texts = [&] { write_text_array(json, field); };
  const auto table = [&] { write_reference(json, *field.shape); };
  switch (field.kind) {
    case Kind::text:
    case Kind::time:
    case Kind::deadline:
    case Kind::date: return text();
    case Kind::texts: return write_either(json, text, texts);
    case Kind::names: return write_either(json, text, [&] { write_texts_by_key(json); });
    case Kind::integer: return json.member("type", "integer");
    case Kind::decimal: return json.member("type", "number");
    case Kind::boolean: return json.member("type", "boolean");
    case Kind::limit: return write_pattern(json, limit_pattern);
    case Kind::limit_or_file:
      return write_either(
          json, [&] { write_pattern(json, limit_pattern); },
          [&] { write_pattern(json, "^\\s*[Ff][Ii][Ll][Ee]\\s*$"); });
    case Kind::length: return write_pattern(json, length_pattern);
    case Kind::duration: return write_pattern(json, duration_pattern);
    case Kind::clock: return write_pattern(json, clock_pattern);
    case Kind::points: return texts();
    case Kind::table: return table();
    case Kind::tables:
      json.member("type", "array");
      json.key("items");
      json.begin_object();
      table();
      return json.end_object();
    case Kind::by_id:
      json.member("type", "object");
      json.key("additionalProperties");
      json.begin_object();
      table();
      return json.end_object();
    case Kind::texts_by_id: return write_texts_by_key(json);
    case Kind::text_or_table:
    case Kind::time_or_table: return write_either(json, text, table);
    case Kind::boolean_or_duration:
      return write_either(
          json, [&] { json.member("type", "boolean"); },
          [&] { write_pattern(json, duration_pattern); });
  }
}

void write_shape(JsonWriter& json, const Shape& shape) {
  json.member("description", shape.meaning);
  json.member("type", "object");
  json.key("properties");
  json.begin_object();
  for (const Field& field : shape.fields) {
    json.key(field.key);
    json.begin_object();
    json.member("description", field.meaning);
    write_value(json, field);
    json.end_object();
  }
  json.end_object();
  const auto is_required = [](const Field& f) { return f.required; };
  if (std::any_of(shape.fields.begin(), shape.fields.end(), is_required)) {
    json.key("required");
    json.begin_array();
    for (const Field& field : shape.fields)
      if (field.required) json.text(field.key);
    json.end_array();
  }
  json.member("additionalProperties", false);
}

void collect(const Shape& shape, std::map<std::string_view, const Shape*>& all) {
  for (const Field& field : shape.fields)
    if (field.shape != nullptr && all.emplace(field.shape->name, field.shape).second)
      collect(*field.shape, all);
}

}  // namespace

std::string agreement_schema() {
  std::map<std::string_view, const Shape*> shapes;
  collect(agreement_shape(), shapes);
  JsonWriter json;
  json.begin_object();
  json.member("$schema", "https://json-schema.org/draft/2020-12/schema");
  json.member("$id", "urn:truce:formats:agreement");
  json.member("title", "agreement.toml");
  write_shape(json, agreement_shape());
  json.key("$defs");
  json.begin_object();
  for (const auto& [name, shape] : shapes) {
    json.key(name);
    json.begin_object();
    write_shape(json, *shape);
    json.end_object();
  }
  json.end_object();
  json.end_object();
  return json.take();
}

}  // namespace truce::terms
