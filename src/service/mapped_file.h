// MappedFile: the bytes of a file as if they were memory, read by the system as they are looked at.
//
// Nothing may cut the file meanwhile: whoever looks past its new end ends the program.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"

namespace truce::service {

class MappedFile {
 public:
  /// A file by its path; `shown` names it in problems.
  static base::Result<std::shared_ptr<const MappedFile>> open(const std::filesystem::path& path,
                                                              const std::string& shown);
  /// The first so many bytes of an open file, which may be closed afterwards.
  static base::Result<std::shared_ptr<const MappedFile>> of_descriptor(int descriptor,
                                                                       std::size_t bytes,
                                                                       const std::string& shown);
  ~MappedFile();
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;

  std::string_view bytes() const { return bytes_; }
  /// These bytes will not be looked at again soon: they need not be kept in memory. From any
  /// thread; whoever looks at them all the same sees them again.
  void release(std::string_view part) const;

 private:
  explicit MappedFile(std::string_view bytes) : bytes_(bytes) {}
  std::string_view bytes_;
};

}  // namespace truce::service
