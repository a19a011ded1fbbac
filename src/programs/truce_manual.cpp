// Writes the man pages and the completions of the shells into a folder, for installing.
//
//   truce_manual DIR
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>

#include "service/manual_forms.h"
#include "service/program.h"
#include "service/telling.h"

namespace {

bool write(const std::filesystem::path& path, const std::string& text) {
  std::ofstream file(path, std::ios::binary);
  file << text;
  file.close();
  if (!file) std::fprintf(stderr, "truce_manual: %s cannot be written\n", path.c_str());
  return static_cast<bool>(file);
}

}  // namespace

int main(int argc, char** argv) {
  using namespace truce::service;
  if (argc != 2) {
    std::fprintf(stderr, "Usage: truce_manual DIR\n");
    return 2;
  }
  const std::filesystem::path root = argv[1];
  std::error_code error;
  for (const char* folder : {"man", "bash", "zsh", "fish"})
    std::filesystem::create_directories(root / folder, error);
  bool written = true;
  for (const ManualPage& page : manual())
    written =
        write(root / "man" / man_page_name(page), man_page(page, program_version())) && written;
  written = write(root / "bash" / completion_name(Shell::bash), completion(Shell::bash)) && written;
  written = write(root / "zsh" / completion_name(Shell::zsh), completion(Shell::zsh)) && written;
  written = write(root / "fish" / completion_name(Shell::fish), completion(Shell::fish)) && written;
  return written ? 0 : 2;
}
