// Where a test finds the files of the tree and the program: looked for from where the test itself
// lies, so that nothing that is compiled depends on the folder.
#pragma once

#include <filesystem>
#include <stdexcept>
#include <string>

namespace truce::base {

/// The nearest folder around the running program that holds a file of this name.
inline std::filesystem::path folder_around_with(const std::string& file) {
  const auto self = std::filesystem::canonical("/proc/self/exe");
  for (auto folder = self.parent_path(); folder != folder.parent_path();
       folder = folder.parent_path())
    if (std::filesystem::exists(folder / file)) return folder;
  throw std::runtime_error("no folder around " + self.string() + " holds " + file);
}

/// The root of the tree.
inline const std::filesystem::path& source_folder() {
  static const std::filesystem::path folder = folder_around_with("CMakePresets.json");
  return folder;
}

/// The program that was built together with the test.
inline const std::filesystem::path& built_program() {
  static const std::filesystem::path program = folder_around_with("CMakeCache.txt") / "src/truce";
  return program;
}

}  // namespace truce::base
