#include "tests/layers/layers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

#include "base/places_test_case.h"

namespace truce::layers {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

TEST(Layers, TheTreeKeepsThem) {
  const fs::path src = base::source_folder() / "src";
  EXPECT_GT(files_under(src), 20U);
  EXPECT_THAT(violations(src), IsEmpty());
}

// A small tree of its own, with what each case plants in it.
class PlantedTree : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = (fs::temp_directory_path() / "truce-layers-XXXXXX").string();
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    src_ = name;
    plant("layers.txt",
          "# a comment\nbase:\nterms: base\nobservations: base\nservice: terms observations\n");
    plant("base/answer.h", "#include <vector>\n");
    plant("terms/term.h", "#include \"base/answer.h\"\n");
    plant("service/files.cpp", "#include <fstream>\n#include \"base/answer.h\"\n");
  }
  void TearDown() override { fs::remove_all(src_); }

  void plant(const std::string& path, const std::string& text) const {
    fs::create_directories((src_ / path).parent_path());
    std::ofstream(src_ / path) << text;
  }

  fs::path src_;
};

TEST_F(PlantedTree, IsInOrder) {
  EXPECT_THAT(violations(src_), IsEmpty());
}

TEST_F(PlantedTree, IncludingASiblingIsFound) {
  plant("terms/bad.h", "\n#include \"observations/seen.h\"\n");
  EXPECT_THAT(violations(src_),
              ElementsAre("terms/bad.h:2: includes \"observations/seen.h\"; terms/ may not include "
                          "observations/"));
}

TEST_F(PlantedTree, IncludingUpwardsIsFound) {
  plant("base/bad.cpp", "#include \"service/files.h\"\n");
  EXPECT_THAT(violations(src_), ElementsAre(HasSubstr("base/ may not include service/")));
}

TEST_F(PlantedTree, TestsBesideTheCodeKeepTheLayersToo) {
  plant("terms/term_test.cpp", "#include <fstream>\n#include \"observations/seen.h\"\n");
  EXPECT_THAT(violations(src_), ElementsAre(HasSubstr("terms/term_test.cpp:2")));
}

TEST_F(PlantedTree, WhatIsForTestsTouchesTheWorldAndIsForTestsOnly) {
  plant("base/places_test_case.h", "#include <filesystem>\n");
  plant("terms/term_test.cpp", "#include \"base/places_test_case.h\"\n");
  EXPECT_THAT(violations(src_), IsEmpty());
  plant("terms/bad.cpp", "#include \"base/places_test_case.h\"\n");
  EXPECT_THAT(violations(src_), ElementsAre(HasSubstr("terms/bad.cpp:1: includes")));
}

TEST_F(PlantedTree, TouchingTheWorldIsFound) {
  plant("terms/a.cpp", "#include <fstream>\n");
  plant("terms/b.cpp", "auto t = std::chrono::system_clock::now();\n");
  plant("terms/c.cpp", "#include <sys/socket.h>\n");
  plant("terms/d.cpp", "const char* zone = getenv(\"TZ\");\n");
  plant("terms/e.cpp", "// system_clock::now is only named here\n");
  EXPECT_THAT(violations(src_), ElementsAre(HasSubstr("terms/a.cpp:1: includes <fstream>"),
                                            HasSubstr("terms/b.cpp:1: uses system_clock::now"),
                                            HasSubstr("terms/c.cpp:1: includes <sys/socket.h>"),
                                            HasSubstr("terms/d.cpp:1: uses getenv")));
}

TEST_F(PlantedTree, AnUnknownFolderIsFound) {
  plant("helpers/odd.h", "\n");
  plant("terms/bad.h", "#include \"helpers/odd.h\"\n");
  EXPECT_THAT(violations(src_), ElementsAre(HasSubstr("helpers/odd.h: its folder is not in"),
                                            HasSubstr("names no folder of layers.txt")));
}

TEST_F(PlantedTree, ACycleIsFound) {
  plant("layers.txt", "base: terms\nterms: base\nservice: terms\n");
  EXPECT_THAT(violations(src_),
              ElementsAre("layers.txt:1: base names terms, which no earlier line defines"));
}

}  // namespace
}  // namespace truce::layers
