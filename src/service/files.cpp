#include "service/files.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <memory>
#include <set>
#include <system_error>

#include "base/text.h"

namespace truce::service {
namespace {

namespace fs = std::filesystem;
using base::problem;
using base::Result;

/// A file descriptor that closes itself.
class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int number() const { return number_; }

 private:
  int number_;
};

bool lies_inside(const fs::path& folder, const fs::path& path) {
  const auto [end_of_folder, _] =
      std::mismatch(folder.begin(), folder.end(), path.begin(), path.end());
  return end_of_folder == folder.end();
}

/// Walks the folders of one case without recursion: a tree may be as deep as the disk allows.
class Walk {
 public:
  Walk(fs::path root, const std::string& folder) : root_(std::move(root)), top_(root_ / folder) {
    pending_.push_back({folder, top_});
  }

  Listing finish() {
    while (!pending_.empty()) {
      const Folder folder = std::move(pending_.back());
      pending_.pop_back();
      look_into(folder);
    }
    const auto by_name = [](const auto& a, const auto& b) { return a.name < b.name; };
    std::sort(found_.files.begin(), found_.files.end(), by_name);
    std::sort(found_.problems.begin(), found_.problems.end(),
              [](const auto& a, const auto& b) { return a.where < b.where; });
    return std::move(found_);
  }

 private:
  struct Folder {
    std::string name;
    fs::path path;
  };

  void complain(const std::string& name, std::string message) {
    found_.problems.push_back({name, std::move(message)});
  }

  void look_into(const Folder& folder) {
    std::error_code error;
    fs::directory_iterator entries(folder.path, error);
    if (error) {
      complain(folder.name, "folder could not be read: " + error_text(error.value()));
      return;
    }
    for (const fs::directory_iterator end; entries != end; entries.increment(error)) {
      if (error) break;
      take(folder.name + '/' + entries->path().filename().string(), entries->path());
    }
    if (error) {
      complain(folder.name, "folder could not be read to its end: " + error_text(error.value()));
    }
  }

  void take(const std::string& name, const fs::path& path) {
    std::error_code error;
    const fs::file_status status = fs::symlink_status(path, error);
    if (error) return complain(name, "could not be read: " + error_text(error.value()));
    if (fs::is_symlink(status)) return take_link(name, path);
    take_real(name, path, status);
  }

  void take_real(const std::string& name, const fs::path& path, const fs::file_status& status) {
    if (fs::is_directory(status)) {
      pending_.push_back({name, path});
    } else if (fs::is_regular_file(status)) {
      std::error_code error;
      const auto bytes = fs::file_size(path, error);
      found_.files.push_back({name, path, error ? 0 : static_cast<std::uint64_t>(bytes)});
    } else {
      complain(name, "neither a file nor a folder; not read");
    }
  }

  void take_link(const std::string& name, const fs::path& path) {
    std::error_code error;
    const fs::path target = fs::canonical(path, error);
    if (error == std::errc::too_many_symbolic_link_levels) {
      return complain(name, "symbolic link that leads to itself; not followed");
    }
    if (error) return complain(name, "symbolic link that leads nowhere; not followed");
    if (!lies_inside(root_, target)) {
      return complain(name, "symbolic link that leads outside the case; not followed");
    }
    if (lies_inside(top_, target) || lies_inside(target, top_)) {
      return complain(name, "symbolic link to what is read anyway; not followed");
    }
    if (!followed_.insert(target).second) {
      return complain(name, "second symbolic link to the same place; not followed");
    }
    take_real(name, target, fs::status(target, error));
  }

  fs::path root_, top_;
  std::vector<Folder> pending_;
  std::set<fs::path> followed_;
  Listing found_;
};

}  // namespace

std::string error_text(int error_number) {
  // The names of glibc are in the C locale unless someone calls setlocale, which nobody does.
  std::string text = std::generic_category().message(error_number);
  if (!text.empty()) text[0] = static_cast<char>(std::tolower(text[0]));
  return text;
}

Listing files_under(const fs::path& root, const std::string& folder) {
  std::error_code error;
  const fs::path canonical_root = fs::canonical(root, error);
  if (error) return {{}, {{root.string(), error_text(error.value())}}};
  const fs::file_status status = fs::symlink_status(canonical_root / folder, error);
  if (status.type() == fs::file_type::not_found) return {};
  if (error) return {{}, {{folder, "could not be read: " + error_text(error.value())}}};
  if (fs::is_symlink(status)) {
    return {{}, {{folder, "symbolic link in place of a folder; not followed"}}};
  }
  if (!fs::is_directory(status)) return {{}, {{folder, "expected a folder"}}};
  return Walk(canonical_root, folder).finish();
}

std::vector<std::string> names_in(const fs::path& folder) {
  std::vector<std::string> names;
  std::error_code error;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end;
       entry.increment(error)) {
    names.push_back(entry->path().filename().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

bool is_present(const fs::path& root, const std::string& name) {
  std::error_code error;
  return fs::symlink_status(root / name, error).type() != fs::file_type::not_found;
}

base::Result<FoundFile> file_in(const fs::path& root, const std::string& name) {
  std::error_code error;
  const fs::path canonical_root = fs::canonical(root, error);
  if (error) return problem(root.string(), error_text(error.value()));
  const fs::path path = fs::canonical(canonical_root / name, error);
  if (error) return problem(name, error_text(error.value()));
  if (!lies_inside(canonical_root, path)) {
    return problem(name, "leads outside the case; not read");
  }
  const fs::file_status status = fs::status(path, error);
  if (error) return problem(name, error_text(error.value()));
  if (!fs::is_regular_file(status)) return problem(name, "expected a file");
  const auto bytes = fs::file_size(path, error);
  return FoundFile{name, path, error ? 0 : static_cast<std::uint64_t>(bytes)};
}

base::Result<ReadFile> read_in_parts(const FoundFile& file,
                                     const std::function<void(std::string_view)>& take) {
  // Not blocking: a pipe put in the place of a file since it was listed must not hang the run.
  const Descriptor descriptor(::open(file.path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (descriptor.number() < 0) {
    return problem(file.name, "could not be opened: " + error_text(errno));
  }
  struct stat status{};
  if (::fstat(descriptor.number(), &status) != 0 || !S_ISREG(status.st_mode)) {
    return problem(file.name, "not a regular file; not read");
  }
  const auto chunk = std::make_unique_for_overwrite<char[]>(chunk_bytes);
  base::Hasher hasher;
  ReadFile result;
  while (true) {
    const ssize_t count = ::read(descriptor.number(), chunk.get(), chunk_bytes);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) {
      return problem(file.name, fmt::format("could not be read past byte {}: {}", result.bytes,
                                            error_text(errno)));
    }
    if (count == 0) break;
    const std::string_view part(chunk.get(), static_cast<std::size_t>(count));
    hasher.add(part);
    result.bytes += part.size();
    take(part);
  }
  result.digest = hasher.finish();
  return result;
}

base::Result<WholeFile> read_whole(const FoundFile& file) {
  WholeFile whole;
  bool too_long = false;
  const auto read = read_in_parts(file, [&](std::string_view part) {
    too_long = too_long || whole.text.size() + part.size() > longest_whole_file;
    if (!too_long) whole.text += part;
  });
  if (!read) return std::unexpected(read.error());
  if (too_long) return problem(file.name, "longer than 1 GiB, the most that is read whole");
  whole.digest = read->digest;
  return whole;
}

base::Result<WholeFile> read_named(const std::string& path) {
  return read_whole({path, path, 0});
}

}  // namespace truce::service
