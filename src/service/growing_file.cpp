#include "service/growing_file.h"

#include <fcntl.h>
#include <sched.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>

#include "base/check.h"
#include "service/files.h"
#include "service/signals_held.h"

namespace truce::service {

using base::problem;
using base::Result;

namespace {

// What a signal handler has to know of the file that is open.
std::atomic<int> open_descriptor = -1;
std::atomic<std::int64_t> kept_bytes = 0;
std::atomic<const char*> open_path = nullptr;
// The thread that is in the middle of a write, and whether no more may begin: what is cut off must
// not grow again behind the cut.
std::atomic<pid_t> writer = 0;
std::atomic<bool> has_ended = false;
static_assert(std::atomic<std::int64_t>::is_always_lock_free);

}  // namespace

namespace {

void cut_back(int descriptor) noexcept {
  const std::int64_t kept = kept_bytes.load();
  if (kept > 0) {
    [[maybe_unused]] const int ignored = ::ftruncate(descriptor, kept);
  } else if (const char* path = open_path.load(); path != nullptr && kept == 0) {
    ::unlink(path);
  }
}

}  // namespace

void cut_back_growing_file() noexcept {
  const int descriptor = open_descriptor.load();
  if (descriptor < 0) return;
  has_ended = true;
  // A handler that interrupts the writer itself must not wait for it.
  while (writer.load() != 0 && writer.load() != ::gettid()) ::sched_yield();
  cut_back(descriptor);
}

GrowingFile::GrowingFile(int descriptor, std::filesystem::path path, std::uint64_t bytes)
    : descriptor_(descriptor), path_(std::move(path)), bytes_(bytes) {}

Result<std::unique_ptr<GrowingFile>> GrowingFile::open(const std::filesystem::path& path) {
  CHECK(open_descriptor.load() < 0);
  const SignalsHeld held;  // archives are opened before there is a second thread
  const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NONBLOCK, 0666);
  if (descriptor < 0) return problem(path.string(), "could not be opened: " + error_text(errno));
  struct stat status{};
  if (::fstat(descriptor, &status) != 0 || !S_ISREG(status.st_mode)) {
    ::close(descriptor);
    return problem(path.string(), "expected a file that can be added to");
  }
  if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
    const int error_number = errno;
    ::close(descriptor);
    return problem(path.string(), error_number == EWOULDBLOCK
                                      ? "another program is adding to it"
                                      : "could not be locked: " + error_text(error_number));
  }
  // A negative length is left alone by the handler: nothing is cut before it is known what to keep.
  auto file = std::unique_ptr<GrowingFile>(
      new GrowingFile(descriptor, path, static_cast<std::uint64_t>(status.st_size)));
  kept_bytes = status.st_size > 0 ? -1 : 0;
  open_path = file->path_.c_str();
  open_descriptor = descriptor;
  return file;
}

GrowingFile::~GrowingFile() {
  cut_back(descriptor_);
  open_descriptor = -1;
  open_path = nullptr;
  ::close(descriptor_);
}

std::unexpected<base::Problem> GrowingFile::failed(int error_number) const {
  return problem(path_.string(), "could not be written: " + error_text(error_number));
}

Result<void> GrowingFile::begin_behind(std::uint64_t bytes) {
  kept_bytes = static_cast<std::int64_t>(bytes);
  bytes_ = bytes;
  if (::ftruncate(descriptor_, static_cast<off_t>(bytes)) != 0) return failed(errno);
  return {};
}

Result<void> GrowingFile::write(std::string_view bytes) {
  while (!bytes.empty()) {
    writer = ::gettid();
    if (has_ended.load()) {
      writer = 0;
      ::pause();  // for as long as the handler takes to end the program
    }
    const ssize_t count =
        ::pwrite(descriptor_, bytes.data(), std::min<std::size_t>(bytes.size(), chunk_bytes),
                 static_cast<off_t>(bytes_));
    writer = 0;
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return failed(errno);
    bytes_ += static_cast<std::uint64_t>(count);
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  return {};
}

Result<void> GrowingFile::flush() {
  if (::fdatasync(descriptor_) != 0) return failed(errno);
  return {};
}

Result<void> GrowingFile::keep() {
  if (auto flushed = flush(); !flushed) return flushed;
  kept_bytes = static_cast<std::int64_t>(bytes_);
  return {};
}

}  // namespace truce::service
