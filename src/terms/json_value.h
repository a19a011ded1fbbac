// JsonValue: a JSON document (RFC 8259) as a tree of values. The one file of terms/ that knows the
// library (simdjson).
//
//   auto root = parse_json(bytes, "agreement.lock");
//   if (const JsonValue* format = root->member("format")) ...
//
// Reading is strict: UTF-8, no member twice in an object, no more than 64 levels, nothing after
// the document. A byte order mark at the start is passed over.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/result.h"

namespace truce::terms {

struct JsonMember;

struct JsonValue {
  using Array = std::vector<JsonValue>;
  using Object = std::vector<JsonMember>;  ///< In the order written.
  /// Nothing for null. A number without fraction or exponent that fits in 64 bits is an integer.
  std::variant<std::monostate, bool, std::int64_t, double, std::string, Array, Object> value;

  /// A member of an object; null if this is no object or has no such member.
  const JsonValue* member(std::string_view name) const;
  const std::int64_t* integer() const { return std::get_if<std::int64_t>(&value); }
  const std::string* text() const { return std::get_if<std::string>(&value); }
  const Array* array() const { return std::get_if<Array>(&value); }
  const Object* object() const { return std::get_if<Object>(&value); }
};

struct JsonMember {
  std::string name;
  JsonValue value;
};

/// The place of a problem is the file, and where the document ends too early or a string is no
/// text, that is said.
base::Result<JsonValue> parse_json(std::string_view bytes, std::string_view file);

/// What keeps a document from being read as GeoJSON: that it is no JSON, is of another kind, or
/// asks for something outside itself (GeoJSON of 2008 can name its reference system by an address
/// on the network: "crs": {"type": "link", ...}).
base::Problems problems_of_geojson(std::string_view bytes, std::string_view file);

}  // namespace truce::terms
