#include "terms/xml_tree.h"

#include <expat.h>
#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "base/text.h"

namespace truce::terms {

namespace {

using base::problem;
using base::Result;

constexpr std::size_t deepest = 200;
constexpr std::size_t most_elements = 4'000'000;
constexpr char separator = '\n';  // between the address of a namespace and a name

class Builder {
 public:
  explicit Builder(XML_Parser parser) : parser_(parser) {
    XML_SetUserData(parser, this);
    XML_SetElementHandler(parser, &Builder::start, &Builder::end);
    XML_SetCharacterDataHandler(parser, &Builder::characters);
    XML_SetStartDoctypeDeclHandler(parser, &Builder::doctype);
    XML_SetParamEntityParsing(parser, XML_PARAM_ENTITY_PARSING_NEVER);
  }

  XmlElement root;
  std::string refused;  // why the document is refused although it is well-formed
  std::size_t refused_line = 0;

 private:
  static Builder& self(void* data) { return *static_cast<Builder*>(data); }

  void refuse(std::string why) {
    if (!refused.empty()) return;
    refused = std::move(why);
    refused_line = XML_GetCurrentLineNumber(parser_);
    XML_StopParser(parser_, XML_FALSE);
  }

  static void start(void* data, const XML_Char* name, const XML_Char** attributes) {
    Builder& builder = self(data);
    if (builder.open_.size() >= deepest) return builder.refuse("is nested too deeply");
    if (++builder.count_ > most_elements) return builder.refuse("has too many elements");
    XmlElement element;
    const std::string_view whole(name);
    const std::size_t cut = whole.rfind(separator);
    if (cut != std::string_view::npos) element.space = whole.substr(0, cut);
    element.name = cut == std::string_view::npos ? whole : whole.substr(cut + 1);
    for (const XML_Char** pair = attributes; *pair != nullptr; pair += 2) {
      const std::string_view key(pair[0]);
      const std::size_t end = key.rfind(separator);
      element.attributes.emplace_back(end == std::string_view::npos ? key : key.substr(end + 1),
                                      pair[1]);
    }
    element.line = XML_GetCurrentLineNumber(builder.parser_);
    builder.open_.push_back(std::move(element));
  }

  static void end(void* data, const XML_Char*) {
    Builder& builder = self(data);
    if (builder.open_.empty()) return;
    XmlElement done = std::move(builder.open_.back());
    builder.open_.pop_back();
    if (builder.open_.empty())
      builder.root = std::move(done);
    else
      builder.open_.back().children.push_back(std::move(done));
  }

  static void characters(void* data, const XML_Char* text, int length) {
    Builder& builder = self(data);
    if (!builder.open_.empty())
      builder.open_.back().text.append(text, static_cast<std::size_t>(length));
  }

  static void doctype(void* data, const XML_Char*, const XML_Char*, const XML_Char*, int) {
    self(data).refuse("has a document type declaration (<!DOCTYPE ...>), which is not read here");
  }

  XML_Parser parser_;
  std::vector<XmlElement> open_;
  std::size_t count_ = 0;
};

}  // namespace

const XmlElement* XmlElement::child(std::string_view wanted) const {
  const auto found = std::find_if(children.begin(), children.end(),
                                  [&](const XmlElement& c) { return c.name == wanted; });
  return found == children.end() ? nullptr : &*found;
}

const XmlElement* XmlElement::descendant(std::initializer_list<std::string_view> way) const {
  const XmlElement* at = this;
  for (std::string_view step : way)
    if (at != nullptr) at = at->child(step);
  return at;
}

std::string_view XmlElement::text_of(std::string_view wanted) const {
  const XmlElement* found = child(wanted);
  return found == nullptr ? std::string_view{} : base::trimmed(found->text);
}

std::string_view XmlElement::attribute(std::string_view wanted) const {
  for (const auto& [name_of_it, value] : attributes)
    if (name_of_it == wanted) return value;
  return {};
}

Result<XmlElement> parse_xml(std::string_view bytes, std::string_view file) {
  const std::unique_ptr<XML_ParserStruct, void (*)(XML_Parser)> parser(
      XML_ParserCreateNS(nullptr, separator), &XML_ParserFree);
  if (parser == nullptr) return problem(std::string(file), "cannot be read as XML");
  Builder builder(parser.get());
  constexpr std::size_t part = std::size_t{1} << 20;
  for (std::size_t at = 0;; at += part) {
    const std::string_view piece = bytes.substr(std::min(at, bytes.size()), part);
    const bool last = at + part >= bytes.size();
    const auto status = XML_Parse(parser.get(), piece.data(), static_cast<int>(piece.size()),
                                  last ? XML_TRUE : XML_FALSE);
    if (!builder.refused.empty())
      return problem(fmt::format("{}:{}", file, builder.refused_line), builder.refused);
    if (status != XML_STATUS_OK)
      return problem(fmt::format("{}:{}", file, XML_GetCurrentLineNumber(parser.get())),
                     fmt::format("is no well-formed XML: {}",
                                 XML_ErrorString(XML_GetErrorCode(parser.get()))));
    if (last) break;
  }
  return std::move(builder.root);
}

}  // namespace truce::terms
