#include "service/outputs.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstdio>
#include <list>
#include <string_view>
#include <system_error>

#include "service/files.h"
#include "service/signals_held.h"

namespace truce::service {
namespace {

namespace fs = std::filesystem;
using base::problem;
using base::Result;

// The paths of the temporary files that exist at this moment, where a signal handler can read
// them. A file that finds no free place is written all the same; only an interruption at that very
// moment would leave it behind.
using Place = std::atomic<const char*>;
static_assert(Place::is_always_lock_free);
constexpr int places_count = 16'384;
Place places[places_count];

/// A file beside its final name. Destroying it removes what has not been renamed.
class Unfinished {
 public:
  Unfinished(fs::path target, std::string shown)
      : target_(std::move(target)), shown_(std::move(shown)) {}
  ~Unfinished() { discard(); }
  Unfinished(const Unfinished&) = delete;
  Unfinished& operator=(const Unfinished&) = delete;

  Result<void> write(std::string_view bytes) {
    if (auto made = create(); !made) return made;
    while (!bytes.empty()) {
      const ssize_t count =
          ::write(descriptor_, bytes.data(), std::min<std::size_t>(bytes.size(), chunk_bytes));
      if (count < 0 && errno == EINTR) continue;
      if (count < 0) return failed(errno);
      bytes.remove_prefix(static_cast<std::size_t>(count));
    }
    if (::fsync(descriptor_) != 0) return failed(errno);
    // Close tells of errors that a network file system kept to itself until now.
    if (::close(std::exchange(descriptor_, -1)) != 0 && errno != EINTR) return failed(errno);
    return {};
  }

  Result<void> rename() {
    const SignalsHeld held;
    if (::rename(path_.c_str(), target_.c_str()) != 0) return failed(errno);
    leave_place();
    path_.clear();
    return {};
  }

 private:
  Result<void> create() {
    const SignalsHeld held;
    std::string name =
        (target_.parent_path() / fmt::format(".{}.XXXXXX", target_.filename().string())).string();
    descriptor_ = ::mkostemp(name.data(), O_CLOEXEC);
    if (descriptor_ < 0) return failed(errno);
    path_ = std::move(name);
    take_place();
    // mkostemp makes files private; outputs are as readable as the person's mask allows.
    const mode_t mask = ::umask(0);
    ::umask(mask);
    if (::fchmod(descriptor_, 0666 & ~mask) != 0) return failed(errno);
    return {};
  }

  std::unexpected<base::Problem> failed(int error_number) const {
    return problem(shown_, "could not be written: " + error_text(error_number));
  }

  void discard() noexcept {
    const SignalsHeld held;
    if (descriptor_ >= 0) ::close(std::exchange(descriptor_, -1));
    if (!path_.empty()) ::unlink(path_.c_str());
    leave_place();
    path_.clear();
  }

  void take_place() {
    for (Place& place : places) {
      const char* nobody = nullptr;
      if (!place.compare_exchange_strong(nobody, path_.c_str())) continue;
      place_ = &place;
      return;
    }
  }
  void leave_place() noexcept {
    if (place_ != nullptr) std::exchange(place_, nullptr)->store(nullptr);
  }

  fs::path target_;
  std::string shown_;  ///< The final name, for messages.
  std::string path_;
  int descriptor_ = -1;
  Place* place_ = nullptr;
};

/// The folders that were made, innermost last, so that failing can take them back.
class MadeFolders {
 public:
  ~MadeFolders() {
    std::error_code ignored;  // A folder with something in it stays; that is what is wanted.
    for (; !made_.empty(); made_.pop_back()) fs::remove(made_.back(), ignored);
  }
  Result<void> make(const fs::path& folder) {
    if (folder.empty()) return {};
    std::error_code error;
    const fs::file_status status = fs::status(folder, error);
    if (fs::is_directory(status)) return {};
    if (fs::exists(status)) return problem(folder.string(), "expected a folder, found a file");
    if (folder.has_parent_path() && folder.parent_path() != folder) {
      if (auto parent = make(folder.parent_path()); !parent) return parent;
    }
    if (!fs::create_directory(folder, error) && error) {
      return problem(folder.string(), "folder could not be made: " + error_text(error.value()));
    }
    made_.push_back(folder);
    return {};
  }
  void keep() { made_.clear(); }

 private:
  std::vector<fs::path> made_;
};

/// Renames are safe only once the folder itself is on the disk. Some file systems cannot do that
/// for folders; then there is nothing more to be done.
void flush_folder(const fs::path& folder) {
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return;
  ::fsync(descriptor);
  ::close(descriptor);
}

}  // namespace

base::Result<void> Outputs::write_into(const fs::path& folder) const {
  // A trailing '/' would make an empty last component.
  const fs::path top = folder.has_filename() ? folder : folder.parent_path();
  MadeFolders made;
  if (auto there = made.make(top); !there) return there;
  std::list<Unfinished> unfinished;  // Places point into its elements: they must not move.
  for (const auto& [name, bytes] : files_) {
    const fs::path target = top / name;
    if (auto there = made.make(target.parent_path()); !there) return there;
    std::error_code error;
    if (fs::is_directory(target, error)) {
      return problem(target.string(), "could not be written: a folder of that name is in the way");
    }
    unfinished.emplace_back(target, target.string());
    if (auto written = unfinished.back().write(bytes); !written) return written;
  }
  for (Unfinished& file : unfinished) {
    if (auto renamed = file.rename(); !renamed) return renamed;
  }
  flush_folder(top);
  made.keep();
  return {};
}

void remove_unfinished() noexcept {
  for (const Place& place : places) {
    if (const char* path = place.load(); path != nullptr) ::unlink(path);
  }
}

}  // namespace truce::service
