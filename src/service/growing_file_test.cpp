#include "service/growing_file.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>
#include <iterator>

namespace truce::service {
namespace {

namespace fs = std::filesystem;

class InAFolder : public ::testing::Test {
 protected:
  InAFolder() {
    std::string name = (fs::temp_directory_path() / "truce-growing-XXXXXX").string();
    path_ = fs::path(::mkdtemp(name.data())) / "file";
  }
  ~InAFolder() override { fs::remove_all(path_.parent_path()); }
  std::string text() const {
    std::ifstream file(path_, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }
  fs::path path_;
};

using AGrowingFile = InAFolder;

TEST_F(AGrowingFile, HoldsWhatWasKeptAndNothingElse) {
  {
    auto file = GrowingFile::open(path_);
    ASSERT_TRUE(file);
    ASSERT_TRUE((*file)->begin_behind(0));
    ASSERT_TRUE((*file)->write("kept"));
    ASSERT_TRUE((*file)->keep());
    ASSERT_TRUE((*file)->write(" lost"));
    EXPECT_EQ((*file)->bytes(), 9u);
  }
  EXPECT_EQ(text(), "kept");
  {
    auto file = GrowingFile::open(path_);
    ASSERT_TRUE(file);
    EXPECT_EQ((*file)->bytes(), 4u);
    ASSERT_TRUE((*file)->begin_behind(2));
    ASSERT_TRUE((*file)->write("pt more"));
    ASSERT_TRUE((*file)->keep());
  }
  EXPECT_EQ(text(), "kept more");
}

TEST_F(AGrowingFile, OfWhichNothingWasKeptIsGone) {
  {
    auto file = GrowingFile::open(path_);
    ASSERT_TRUE(file);
    ASSERT_TRUE((*file)->write("lost"));
    ASSERT_TRUE((*file)->flush());
  }
  EXPECT_FALSE(fs::exists(path_));
}

// Looked at and found to be something else: left as it was.
TEST_F(AGrowingFile, ThatWasOnlyOpenedIsLeftAlone) {
  std::ofstream(path_) << "something else";
  {
    ASSERT_TRUE(GrowingFile::open(path_));
  }
  EXPECT_EQ(text(), "something else");
}

TEST_F(AGrowingFile, MustBeAFile) {
  fs::create_directory(path_);
  EXPECT_FALSE(GrowingFile::open(path_));
  EXPECT_FALSE(GrowingFile::open(path_ / "no" / "such"));
}

}  // namespace
}  // namespace truce::service
