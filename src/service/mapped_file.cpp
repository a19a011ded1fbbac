#include "service/mapped_file.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>

#include "service/files.h"

namespace truce::service {

using base::problem;
using base::Result;

Result<std::shared_ptr<const MappedFile>> MappedFile::of_descriptor(int descriptor,
                                                                    std::size_t bytes,
                                                                    const std::string& shown) {
  if (bytes == 0) return std::shared_ptr<const MappedFile>(new MappedFile({}));
  void* const at = ::mmap(nullptr, bytes, PROT_READ, MAP_SHARED, descriptor, 0);
  if (at == MAP_FAILED) return problem(shown, "could not be mapped: " + error_text(errno));
  return std::shared_ptr<const MappedFile>(new MappedFile({static_cast<const char*>(at), bytes}));
}

Result<std::shared_ptr<const MappedFile>> MappedFile::open(const std::filesystem::path& path,
                                                           const std::string& shown) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (descriptor < 0) return problem(shown, "could not be opened: " + error_text(errno));
  struct stat status{};
  if (::fstat(descriptor, &status) != 0 || !S_ISREG(status.st_mode)) {
    ::close(descriptor);
    return problem(shown, "not a regular file; not read");
  }
  auto mapped = of_descriptor(descriptor, static_cast<std::size_t>(status.st_size), shown);
  ::close(descriptor);
  return mapped;
}

MappedFile::~MappedFile() {
  if (!bytes_.empty()) ::munmap(const_cast<char*>(bytes_.data()), bytes_.size());
}

void MappedFile::release(std::string_view part) const {
  static const auto page = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
  // Whole pages only, those at the ends with them: their other bytes are read again if need be.
  const std::size_t before = static_cast<std::size_t>(part.data() - bytes_.data()) % page;
  const std::size_t size = (before + part.size() + page - 1) / page * page;
  ::madvise(const_cast<char*>(part.data()) - before, size, MADV_DONTNEED);
}

}  // namespace truce::service
