#include "terms/json_value.h"

#include <fmt/format.h>
#include <simdjson.h>

#include <algorithm>
#include <optional>
#include <set>

#include "base/text.h"

namespace truce::terms {

namespace {

namespace dom = simdjson::dom;
using base::problem;

constexpr std::size_t most_levels = 64;
constexpr std::size_t most_bytes = std::size_t{4} << 30;  // a limit of simdjson

std::string_view without_mark(std::string_view bytes) {
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  return bytes;
}

// Parses and hands the root to a visitor; the tree belongs to the parser.
template <class Visit>
base::Result<bool> with_document(std::string_view bytes, std::string_view file, Visit visit) {
  bytes = without_mark(bytes);
  if (bytes.size() >= most_bytes) return problem(std::string(file), "larger than 4 GB");
  dom::parser parser;
  if (parser.allocate(std::max<std::size_t>(bytes.size(), 64), most_levels) != simdjson::SUCCESS)
    return problem(std::string(file), "too large for the memory of this machine");
  const simdjson::padded_string padded(bytes);
  dom::element root;
  if (const auto error = parser.parse(padded).get(root); error != simdjson::SUCCESS) {
    std::string reason;
    switch (error) {
      case simdjson::DEPTH_ERROR:
        reason = fmt::format("nested more than {} levels deep", most_levels);
        break;
      case simdjson::UTF8_ERROR: reason = "not UTF-8"; break;
      case simdjson::EMPTY: reason = "empty"; break;
      default: reason = base::lower_case(simdjson::error_message(error));
    }
    while (!reason.empty() && (reason.back() == '.' || reason.back() == ' ')) reason.pop_back();
    return problem(std::string(file), fmt::format("is no JSON document: {}", reason));
  }
  visit(root);
  return true;
}

struct Repeated {
  std::string name;
};

JsonValue value_of(dom::element element, std::optional<Repeated>& repeated) {
  switch (element.type()) {
    case dom::element_type::NULL_VALUE: return {};
    case dom::element_type::BOOL: return {bool(element)};
    case dom::element_type::INT64: return {std::int64_t(element)};
    case dom::element_type::UINT64: return {static_cast<double>(std::uint64_t(element))};
    case dom::element_type::DOUBLE: return {double(element)};
    case dom::element_type::STRING: return {std::string(std::string_view(element))};
    case dom::element_type::ARRAY: {
      JsonValue::Array values;
      for (dom::element child : dom::array(element)) values.push_back(value_of(child, repeated));
      return {std::move(values)};
    }
    case dom::element_type::OBJECT: {
      JsonValue::Object members;
      std::set<std::string_view> names;
      for (const dom::key_value_pair member : dom::object(element)) {
        if (!names.insert(member.key).second) repeated = Repeated{std::string(member.key)};
        members.push_back({std::string(member.key), value_of(member.value, repeated)});
      }
      return {std::move(members)};
    }
  }
  return {};
}

bool is_link(dom::element crs) {
  dom::object object;
  if (crs.get(object) != simdjson::SUCCESS) return false;
  // Names are compared without case, because readers do.
  for (const dom::key_value_pair member : object) {
    if (base::lower_case(member.key) != "type") continue;
    std::string_view type;
    if (member.value.get(type) != simdjson::SUCCESS) continue;
    const std::string small = base::lower_case(type);
    if (small == "link" || small == "url") return true;
  }
  return false;
}

bool names_link(dom::element element) {
  if (element.is_array()) {
    for (dom::element child : dom::array(element)) {
      if (names_link(child)) return true;
    }
    return false;
  }
  if (!element.is_object()) return false;
  for (const dom::key_value_pair member : dom::object(element)) {
    if (base::lower_case(member.key) == "crs" && is_link(member.value)) return true;
    if (names_link(member.value)) return true;
  }
  return false;
}

}  // namespace

const JsonValue* JsonValue::member(std::string_view name) const {
  const Object* members = object();
  if (members == nullptr) return nullptr;
  const auto found = std::find_if(members->begin(), members->end(),
                                  [name](const auto& m) { return m.name == name; });
  return found == members->end() ? nullptr : &found->value;
}

base::Result<JsonValue> parse_json(std::string_view bytes, std::string_view file) {
  JsonValue root;
  std::optional<Repeated> repeated;
  const auto read =
      with_document(bytes, file, [&](dom::element element) { root = value_of(element, repeated); });
  if (!read) return std::unexpected(read.error());
  if (repeated)
    return problem(std::string(file),
                   fmt::format("has two members \"{}\" in one object", repeated->name));
  return root;
}

base::Problems problems_of_geojson(std::string_view bytes, std::string_view file) {
  constexpr std::string_view known[] = {"FeatureCollection", "Feature",      "Point",
                                        "MultiPoint",        "LineString",   "MultiLineString",
                                        "Polygon",           "MultiPolygon", "GeometryCollection"};
  base::Problems problems;
  const auto complain = [&](std::string message) {
    problems.push_back({std::string(file), std::move(message)});
  };
  const auto read = with_document(bytes, file, [&](dom::element root) {
    std::string_view type;
    if (root["type"].get(type) != simdjson::SUCCESS)
      complain("is no GeoJSON: the document has no \"type\"");
    else if (std::find(std::begin(known), std::end(known), type) == std::end(known))
      complain(fmt::format("is no GeoJSON: its type is {}", base::quoted_json(type)));
    if (names_link(root))
      complain("names its reference system by an address; only WGS84 is read, without \"crs\"");
  });
  if (!read) return {read.error()};
  return problems;
}

}  // namespace truce::terms
