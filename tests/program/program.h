// Running the real binary, as a person or a script would, and folders to run it in.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace truce::program {

/// A folder of its own, gone afterwards.
class Folder {
 public:
  /// `parent`: where to make it; "" for the usual place.
  explicit Folder(const std::filesystem::path& parent = {});
  ~Folder();
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  const std::filesystem::path& path() const { return path_; }
  std::string operator/(const std::string& name) const { return (path_ / name).string(); }
  void write(const std::string& name, const std::string& text) const;

 private:
  std::filesystem::path path_;
};

std::string text_of(const std::filesystem::path& path);
/// Every file below, by its path, with its bytes.
std::map<std::string, std::string> files_of(const std::filesystem::path& folder);

struct Ran {
  int status = -1;  ///< Exit status; 1000 + the signal if one ended it.
  std::string out, err;
};

struct Circumstances {
  /// Runs in the child before the program: limits, capabilities, mounts. False: they cannot be had
  /// here, and the status is 125.
  std::function<bool()> before = {};
  /// Runs in the parent once the program has started.
  std::function<void(pid_t)> meanwhile = {};
  std::string standard_output = {};           ///< A file in place of the pipe; "" for the pipe.
  std::vector<std::string> environment = {};  ///< "NAME=value", added.
};

constexpr int circumstances_denied = 125;

Ran run(const std::vector<std::string>& words, const Circumstances& circumstances = {});

/// The same on a pseudo-terminal of 100 columns, both streams together in `out`.
Ran run_on_terminal(const std::vector<std::string>& words,
                    const std::vector<std::string>& environment = {});

/// A child's `before`: root loses the right to read and write what is not its own.
bool without_privileges();

/// A small case: one area over Damascus, one rule on military flight, and one aircraft of the
/// Government that flies straight through, heard by two receivers of different origin.
std::map<std::string, std::string> small_case();
void write_case(const Folder& folder, const std::string& name,
                const std::map<std::string, std::string>& files);

std::string gzipped(const std::string& text);

}  // namespace truce::program
