// A validator for the part of JSON Schema 2020-12 that docs/formats uses, for tests: type, const,
// enum, required, properties, additionalProperties, items, pattern, minLength, minimum, maximum and
// $ref within the document. A keyword that it does not know is a problem, not a success.
#pragma once

#include <simdjson.h>

#include <regex>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace truce::publication::schema {

using simdjson::dom::element;
using simdjson::dom::object;

/// The elements of an array, by value: a loop over `.value()` of a temporary would dangle.
inline simdjson::dom::array array_of(element value) {
  return value.get_array().value();
}

class Validator {
 public:
  explicit Validator(element schema) : root_(schema) {}

  /// Every problem, each with the path of the value.
  std::vector<std::string> problems_of(element value) {
    problems_.clear();
    check(root_, value, "$");
    return problems_;
  }

 private:
  void complain(const std::string& path, const std::string& what) {
    problems_.push_back(path + ": " + what);
  }

  element resolved(std::string_view reference) {
    return root_.at_pointer(reference.substr(1)).value();  // "#/$defs/x" without the '#'
  }

  static bool is_type(std::string_view type, element value) {
    if (type == "object") return value.is_object();
    if (type == "array") return value.is_array();
    if (type == "string") return value.is_string();
    if (type == "boolean") return value.is_bool();
    if (type == "null") return value.is_null();
    if (type == "integer") return value.is_int64() || value.is_uint64();
    if (type == "number") return value.is_number();
    return false;
  }

  void check_type(element type, element value, const std::string& path) {
    bool fits = false;
    if (type.is_array()) {
      for (element one : array_of(type)) fits |= is_type(one.get_string().value(), value);
    } else {
      fits = is_type(type.get_string().value(), value);
    }
    if (!fits) complain(path, "is not of type " + simdjson::to_string(type));
  }

  void check_object(object schema, object value, const std::string& path) {
    std::set<std::string, std::less<>> present;
    for (auto member : value) present.insert(std::string(member.key));
    element required, properties, more;
    if (!schema["required"].get(required))
      for (element name : array_of(required))
        if (!present.contains(std::string(name.get_string().value())))
          complain(path, "lacks " + std::string(name.get_string().value()));
    const bool has_properties = !schema["properties"].get(properties);
    const bool has_more = !schema["additionalProperties"].get(more);
    for (auto member : value) {
      const std::string here = path + "." + std::string(member.key);
      element known;
      if (has_properties && !properties.get_object().value()[member.key].get(known)) {
        check(known, member.value, here);
      } else if (has_more && more.is_bool() && !more.get_bool().value()) {
        complain(here, "is not known");
      } else if (has_more && more.is_object()) {
        check(more, member.value, here);
      }
    }
  }

  void check(element schema, element value, const std::string& path) {
    const object rules = schema.get_object().value();
    for (auto rule : rules) {
      const std::string_view name = rule.key;
      const element wanted = rule.value;
      if (name == "$ref") {
        check(resolved(wanted.get_string().value()), value, path);
      } else if (name == "type") {
        check_type(wanted, value, path);
      } else if (name == "const") {
        if (simdjson::minify(wanted) != simdjson::minify(value))
          complain(path, "is not the constant");
      } else if (name == "enum") {
        bool found = false;
        for (element one : array_of(wanted))
          found |= simdjson::minify(one) == simdjson::minify(value);
        if (!found) complain(path, "is none of " + simdjson::minify(wanted));
      } else if (name == "items") {
        std::size_t i = 0;
        if (value.is_array())
          for (element one : array_of(value))
            check(wanted, one, path + "[" + std::to_string(i++) + "]");
      } else if (name == "pattern") {
        if (value.is_string() &&
            !std::regex_search(std::string(value.get_string().value()),
                               std::regex(std::string(wanted.get_string().value()))))
          complain(path, "does not match " + std::string(wanted.get_string().value()));
      } else if (name == "minLength") {
        if (value.is_string() && value.get_string().value().size() < wanted.get_uint64().value())
          complain(path, "is too short");
      } else if (name == "minimum") {
        if (value.is_number() && value.get_double().value() < wanted.get_double().value())
          complain(path, "is too small");
      } else if (name == "maximum") {
        if (value.is_number() && value.get_double().value() > wanted.get_double().value())
          complain(path, "is too large");
      } else if (name != "$schema" && name != "title" && name != "description" && name != "$defs" &&
                 name != "required" && name != "properties" && name != "additionalProperties") {
        complain(path, "the validator does not know " + std::string(name));
      }
    }
    if (value.is_object()) check_object(rules, value.get_object().value(), path);
  }

  element root_;
  std::vector<std::string> problems_;
};

}  // namespace truce::publication::schema
