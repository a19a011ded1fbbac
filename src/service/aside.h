// Aside: positions that find no room in memory, sorted and packed in a file until the run is over.
//
//   Aside aside(folder);
//   auto run = aside.put(positions);      // from any thread
//   auto there = aside.run(*run);         // to be read by ranges of addresses
//
// The file is made when first needed and has no name: when the program ends, however it ends, it is
// gone.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>

#include "base/result.h"
#include "observations/archive.h"
#include "service/mapped_file.h"

namespace truce::service {

class Aside {
 public:
  /// Into this folder, which must be there.
  explicit Aside(std::filesystem::path folder) : folder_(std::move(folder)) {}
  ~Aside();
  Aside(const Aside&) = delete;
  Aside& operator=(const Aside&) = delete;

  base::Result<observations::StoredRun> put(const observations::Positions& positions);
  /// A run that was put, once all have been; it may outlive this. `inputs`: how many the case has.
  base::Result<std::shared_ptr<const observations::SortedRun>> run(observations::StoredRun run,
                                                                   std::size_t inputs);
  /// The same as it is packed.
  base::Result<observations::PackedRun> packed(const observations::StoredRun& run) const;

 private:
  base::Result<void> make();
  base::Result<void> write(std::string_view bytes);

  std::filesystem::path folder_;
  mutable std::mutex mutex_;
  int descriptor_ = -1;
  std::uint64_t bytes_ = 0;
  std::unique_ptr<observations::ArchiveWriter> writer_;
  std::shared_ptr<const MappedFile> mapped_;
  std::shared_ptr<const std::vector<std::uint32_t>> same_numbers_;
};

}  // namespace truce::service
