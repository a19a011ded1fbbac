#include "terms/xml_tree.h"

#include <gtest/gtest.h>

namespace truce::terms {
namespace {

std::string refusal(const std::string& text) {
  const auto root = parse_xml(text, "a.xml");
  return root ? std::string() : root.error().where + ": " + root.error().message;
}

TEST(XmlTree, ReadsElementsNamespacesAndText) {
  const auto root = parse_xml(
      "<?xml version=\"1.0\"?>\n<m:a xmlns:m='urn:m' xmlns:x='urn:x'>\n"
      "<b x:href='#1' n='2'> one <!-- two --> &lt;three&#33;</b>\n<b/></m:a>",
      "a.xml");
  ASSERT_TRUE(root);
  EXPECT_EQ(root->space, "urn:m");
  EXPECT_EQ(root->name, "a");
  ASSERT_EQ(root->children.size(), 2u);
  EXPECT_EQ(root->children[0].line, 3u);
  EXPECT_EQ(root->children[0].space, "");
  EXPECT_EQ(root->text_of("b"), "one  <three!");
  EXPECT_EQ(root->child("b")->attribute("href"), "#1");
  EXPECT_EQ(root->child("b")->attribute("none"), "");
  EXPECT_EQ(root->child("c"), nullptr);
  EXPECT_EQ(root->descendant({"b", "c", "d"}), nullptr);
}

TEST(XmlTree, RefusesByLine) {
  EXPECT_EQ(refusal(""), "a.xml:1: is no well-formed XML: no element found");
  EXPECT_EQ(refusal("<a>\n<b>\n</a>"), "a.xml:3: is no well-formed XML: mismatched tag");
  EXPECT_EQ(refusal("<a>\n<!-- -- -->\n</a>"),
            "a.xml:2: is no well-formed XML: not well-formed (invalid token)");
  EXPECT_EQ(refusal("<a>&nbsp;</a>"), "a.xml:1: is no well-formed XML: undefined entity");
}

// Entities could blow up or name files on the machine; no file of areas needs any.
TEST(XmlTree, RefusesDeclaredEntities) {
  const std::string message =
      "a.xml:2: has a document type declaration (<!DOCTYPE ...>), which is not read here";
  EXPECT_EQ(refusal("<?xml version='1.0'?>\n<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]>"
                    "<a>&b;</a>"),
            message);
  EXPECT_EQ(refusal("<?xml version='1.0'?>\n<!DOCTYPE a SYSTEM 'http://example.org/a.dtd'><a/>"),
            message);
}

TEST(XmlTree, RefusesWhatIsNestedTooDeeply) {
  std::string text;
  for (int i = 0; i < 300; ++i) text += "<a>";
  EXPECT_EQ(refusal(text), "a.xml:1: is nested too deeply");
}

}  // namespace
}  // namespace truce::terms
