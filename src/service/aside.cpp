#include "service/aside.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <numeric>

#include "service/files.h"
#include "service/mapped_file.h"

namespace truce::service {

using base::problem;
using base::Result;
using namespace observations;

namespace {

constexpr const char* shown = "positions put aside";

}  // namespace

Aside::~Aside() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

Result<void> Aside::make() {
  if (descriptor_ >= 0) return {};
  descriptor_ = ::open(folder_.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
  if (descriptor_ < 0) {
    // Not every file system can make a file without a name; this one has its own for a moment.
    std::string name = (folder_ / ".truce-aside.XXXXXX").string();
    descriptor_ = ::mkostemp(name.data(), O_CLOEXEC);
    if (descriptor_ >= 0) ::unlink(name.c_str());
  }
  if (descriptor_ < 0)
    return problem(folder_.string(), "positions could not be put aside here: " + error_text(errno));
  writer_ =
      std::make_unique<ArchiveWriter>([this](std::string_view bytes) { return write(bytes); });
  return {};
}

Result<void> Aside::write(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t count =
        ::pwrite(descriptor_, bytes.data(), bytes.size(), static_cast<off_t>(bytes_));
    if (count < 0 && errno == EINTR) continue;
    if (count < 0)
      return problem(folder_.string(),
                     "positions could not be put aside here: " + error_text(errno));
    bytes_ += static_cast<std::uint64_t>(count);
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  return {};
}

Result<StoredRun> Aside::put(const Positions& positions) {
  const PackedRun packed = packed_run(positions);  // the work, by each thread for itself
  const std::lock_guard lock(mutex_);
  if (auto made = make(); !made) return std::unexpected(made.error());
  if (auto added = writer_->add_run(packed); !added) return std::unexpected(added.error());
  auto runs = writer_->take_runs();
  return runs.empty() ? StoredRun{} : std::move(runs.front());
}

Result<std::shared_ptr<const SortedRun>> Aside::run(StoredRun run, std::size_t inputs) {
  const std::lock_guard lock(mutex_);
  if (!mapped_ || mapped_->bytes().size() < bytes_) {
    auto mapped = MappedFile::of_descriptor(descriptor_, bytes_, shown);
    if (!mapped) return std::unexpected(mapped.error());
    mapped_ = std::move(*mapped);
  }
  if (!same_numbers_ || same_numbers_->size() != inputs) {
    std::vector<std::uint32_t> same(inputs);
    std::iota(same.begin(), same.end(), 0u);
    same_numbers_ = std::make_shared<const std::vector<std::uint32_t>>(std::move(same));
  }
  return std::make_shared<const ArchivedRun>(
      mapped_->bytes(), std::move(run), same_numbers_, shown,
      [file = mapped_](std::string_view part) { file->release(part); });
}

Result<PackedRun> Aside::packed(const StoredRun& run) const {
  const std::lock_guard lock(mutex_);
  PackedRun packed;
  for (const StoredBlock& block : run) {
    PositionBlock& one = packed.emplace_back(block.range, std::string(block.bytes, '\0'));
    for (std::size_t done = 0; done < one.bytes.size();) {
      const ssize_t count = ::pread(descriptor_, one.bytes.data() + done, one.bytes.size() - done,
                                    static_cast<off_t>(block.offset + done));
      if (count < 0 && errno == EINTR) continue;
      if (count <= 0)
        return problem(shown, "could not be read again: " + error_text(count < 0 ? errno : EIO));
      done += static_cast<std::size_t>(count);
    }
  }
  return packed;
}

}  // namespace truce::service
