// Files: listing and reading what lies in a case, whole or in parts, each file with its SHA-256.
//
// Symbolic links are followed only to what lies inside the case, and only to what is not listed
// anyway: a link that leads outside is a problem, one that leads back into the listed folder would
// read the same evidence twice (or for ever) and is passed over with a problem as well. Whatever
// cannot be read is a problem that names it; the rest goes on.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/digest.h"
#include "base/result.h"

namespace truce::service {

/// How much of a file is read at a time.
constexpr std::size_t chunk_bytes = 1024 * 1024;
/// The most that a file read whole may hold.
constexpr std::size_t longest_whole_file = std::size_t{1024} * 1024 * 1024;

struct FoundFile {
  std::string name;            ///< Path inside the case, '/' between folders.
  std::filesystem::path path;  ///< Where it lies.
  std::uint64_t bytes = 0;

  friend bool operator==(const FoundFile&, const FoundFile&) = default;
};

struct Listing {
  std::vector<FoundFile> files;  ///< By name, byte for byte, whatever order the disk gave.
  base::Problems problems;       ///< By name: links outside, unreadable folders, devices.
};

/// Every regular file under a folder of the case, at any depth. A folder that does not exist has
/// none. `folder` is relative to `root`.
Listing files_under(const std::filesystem::path& root, const std::string& folder);

/// The names of what lies in a folder itself, in order; nothing if it cannot be read.
std::vector<std::string> names_in(const std::filesystem::path& folder);

/// One file of the case by its name; a problem if it leads outside or is no regular file.
base::Result<FoundFile> file_in(const std::filesystem::path& root, const std::string& name);
/// Whether anything of that name lies in the case, be it a broken link.
bool is_present(const std::filesystem::path& root, const std::string& name);

struct ReadFile {
  base::Digest digest;
  std::uint64_t bytes = 0;
};
/// Reads a file from beginning to end and hands it over in parts of at most `chunk_bytes`.
/// A failed read is a problem that says how far it came; what came before has been handed over.
base::Result<ReadFile> read_in_parts(const FoundFile& file,
                                     const std::function<void(std::string_view)>& take);

struct WholeFile {
  std::string text;
  base::Digest digest;
};
/// A file of at most `longest_whole_file`.
base::Result<WholeFile> read_whole(const FoundFile& file);
/// A file outside the case, named by the person on the command line. Links are followed.
base::Result<WholeFile> read_named(const std::string& path);

/// "no such file or directory": the words of an error number, the same in every locale.
std::string error_text(int error_number);

}  // namespace truce::service
