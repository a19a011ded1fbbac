// XmlElement: an XML document (XML 1.0 with namespaces) as a tree of elements. The one file that
// knows the library (expat).
//
//   auto root = parse_xml(bytes, "donlon.xml");
//   for (const XmlElement& member : root->children) ...
//
// Nothing is fetched, and nothing is expanded but the five entities that XML itself defines and
// characters by number: a document type declaration, in which others could be declared, is refused.
// So are documents nested deeper than 200 elements or with more than 4 million of them.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace truce::terms {

struct XmlElement {
  std::string space;  ///< The address of its namespace; "" for none.
  std::string name;   ///< Without its prefix.
  /// By name without prefix, whatever their namespace ("id", "href", "uom").
  std::vector<std::pair<std::string, std::string>> attributes;
  std::string text;  ///< The characters directly inside it, comments and elements left out.
  std::vector<XmlElement> children;
  std::size_t line = 0;  ///< Where it begins.

  /// The first child of that name; null if there is none.
  const XmlElement* child(std::string_view wanted) const;
  /// The child at the end of a way of names: {"segments", "GeodesicString"}.
  const XmlElement* descendant(std::initializer_list<std::string_view> way) const;
  /// The text of a child without spaces around it; "" if it is not there.
  std::string_view text_of(std::string_view wanted) const;
  /// The value of an attribute; "" if it is not there.
  std::string_view attribute(std::string_view wanted) const;
};

/// The root. The place of a problem is the file and the line: "donlon.xml:98".
base::Result<XmlElement> parse_xml(std::string_view bytes, std::string_view file);

}  // namespace truce::terms
