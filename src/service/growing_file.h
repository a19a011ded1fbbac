// GrowingFile: a file that is only added to, and whose additions count once they are kept.
//
//   auto file = GrowingFile::open(path, length);    // what stands behind `length` is cut off
//   file->write(bytes); ...
//   file->keep();                                   // on the disk, and here to stay
//
// Whatever was written since it was last kept is cut off again when the program is interrupted,
// fails or ends; a new file of which nothing was kept is removed. Where the machine itself stops,
// the rest is left and must be told from what was kept by its content. One program at a time may
// have the file open; a program may have one of them.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"

namespace truce::service {

class GrowingFile {
 public:
  /// Makes the file if it is not there. Locks it, before its length is asked for.
  static base::Result<std::unique_ptr<GrowingFile>> open(const std::filesystem::path& path);
  ~GrowingFile();
  GrowingFile(const GrowingFile&) = delete;
  GrowingFile& operator=(const GrowingFile&) = delete;

  /// For reading.
  int descriptor() const { return descriptor_; }
  std::uint64_t bytes() const { return bytes_; }
  /// Goes on behind the first so many bytes.
  base::Result<void> begin_behind(std::uint64_t bytes);
  base::Result<void> write(std::string_view bytes);
  /// Sees everything written onto the disk, without keeping it yet.
  base::Result<void> flush();
  base::Result<void> keep();

 private:
  GrowingFile(int descriptor, std::filesystem::path path, std::uint64_t bytes);
  std::unexpected<base::Problem> failed(int error_number) const;

  int descriptor_;
  std::filesystem::path path_;
  std::uint64_t bytes_;
};

/// Cuts off what was not kept. Safe in a signal handler.
void cut_back_growing_file() noexcept;

}  // namespace truce::service
