// Outputs: files that are whole or absent.
//
//   Outputs outputs;
//   outputs.add("findings.json", text);
//   outputs.add("report.html", page);
//   auto written = outputs.write_into(folder);
//
// All files are first written beside their final names, flushed to the disk, and only when the
// last of them is safely there are they renamed, one after another. A full disk therefore leaves
// the outputs of an earlier run as they were. Temporary files are removed when writing fails and
// when a signal ends the program (remove_unfinished).
#pragma once

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"

namespace truce::service {

class Outputs {
 public:
  /// `name` is relative to the folder; it may hold folders, which are made.
  void add(std::string name, std::string bytes) {
    files_.emplace_back(std::move(name), std::move(bytes));
  }
  bool empty() const { return files_.empty(); }
  std::size_t size() const { return files_.size(); }

  /// Writes everything; the folder is made if it is not there (its parents too).
  base::Result<void> write_into(const std::filesystem::path& folder) const;

 private:
  std::vector<std::pair<std::string, std::string>> files_;
};

/// Removes every temporary file that this program has not finished. Safe in a signal handler.
void remove_unfinished() noexcept;

}  // namespace truce::service
