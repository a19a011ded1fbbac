// Replays the corpus of one fuzz target: every file of corpus/NAME is one test case, fed whole and
// then cut short, because a truncated file is the commonest bad input of all. A case passes when
// the parser returns; what it returns is for the target itself to judge.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "base/places_test_case.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size);

namespace {

/// A small file is cut at every byte; a larger one at this many places, evenly.
constexpr std::size_t most_cuts = 400;

std::vector<std::uint8_t> bytes_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

/// Fed from memory of exactly this size, so that the address sanitizer sees a read past the end.
void feed(const std::vector<std::uint8_t>& bytes, std::size_t size) {
  const std::vector<std::uint8_t> cut(bytes.begin(),
                                      bytes.begin() + static_cast<std::ptrdiff_t>(size));
  EXPECT_EQ(LLVMFuzzerTestOneInput(cut.data(), cut.size()), 0) << "cut after " << size << " bytes";
}

class Replay : public testing::Test {
 public:
  explicit Replay(std::filesystem::path file) : file_(std::move(file)) {}
  void TestBody() override {
    const std::vector<std::uint8_t> bytes = bytes_of(file_);
    feed(bytes, bytes.size());
    const std::size_t step = std::max<std::size_t>(1, bytes.size() / most_cuts);
    for (std::size_t size = 0; size < bytes.size(); size += step) feed(bytes, size);
  }

 private:
  std::filesystem::path file_;
};

}  // namespace

// The program is named for its target: truce_fuzz_NAME_replay.
int main(int argc, char** argv) {
  testing::InitGoogleTest(&argc, argv);
  std::string name = std::filesystem::path(argv[0]).filename();
  constexpr std::string_view before = "truce_fuzz_", behind = "_replay";
  if (name.starts_with(before)) name.erase(0, before.size());
  if (name.ends_with(behind)) name.erase(name.size() - behind.size());
  const std::filesystem::path corpus = truce::base::source_folder() / "tests/fuzz/corpus" / name;
  const std::string suite = "Fuzz_" + name;
  std::vector<std::filesystem::path> files;
  std::error_code absent;
  for (const auto& entry : std::filesystem::directory_iterator(corpus, absent))
    if (entry.is_regular_file()) files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  for (const auto& file : files)
    testing::RegisterTest(suite.c_str(), file.filename().c_str(), nullptr, nullptr, __FILE__,
                          __LINE__, [file]() -> testing::Test* { return new Replay(file); });
  if (files.empty()) {
    // A target whose corpus is gone tests nothing, and must not pass in silence.
    class Missing : public testing::Test {
     public:
      explicit Missing(std::filesystem::path folder) : folder_(std::move(folder)) {}
      void TestBody() override { FAIL() << "no files in " << folder_; }

     private:
      std::filesystem::path folder_;
    };
    testing::RegisterTest(suite.c_str(), "HasACorpus", nullptr, nullptr, __FILE__, __LINE__,
                          [corpus]() -> testing::Test* { return new Missing(corpus); });
  }
  return RUN_ALL_TESTS();
}
