// Archive: the positions of many files in one, sorted, packed and ready to be judged, with all that
// makes them evidence: every original by its name and SHA-256, what it said of aircraft, and the
// rows that were rejected.
//
//   ArchiveWriter writer(sink);                          // bytes go out as they come
//   writer.add_run(packed_run(positions));               // sorted and packed, block by block
//   writer.commit(chapter);                              // from here on they are there
//
//   const ArchiveReading reading = read_archive(bytes);  // of a mapped file
//   reading.chapters[0].inputs, reading.chapters[0].runs
//
// An archive is only ever added to. What is added becomes part of it with a commit record; what was
// written after the last whole commit is no part of it, whatever it is, and is cut off before more
// is added. A file cut at any byte therefore holds what its last whole commit held. Check sums
// stand over every record. docs/formats/archive.md is the format to the byte.
//
// Assessing an archive gives what assessing the originals gives. Numbers of inputs in an archive
// count the inputs of all its chapters in their order.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "observations/affiliation.h"
#include "observations/input.h"
#include "observations/position_block.h"
#include "observations/sorted_run.h"
#include "observations/sources.h"

namespace truce::observations {

constexpr std::uint32_t archive_version = 2;

/// Where one block lies in the archive.
struct StoredBlock {
  std::uint64_t offset = 0;  ///< Of its first byte.
  std::uint32_t bytes = 0;
  std::uint32_t check_sum = 0;
  BlockRange range;
  friend bool operator==(const StoredBlock&, const StoredBlock&) = default;
};
/// Blocks in order: one sorted run.
using StoredRun = std::vector<StoredBlock>;

/// An original, and how it was to be read.
struct ArchivedInput {
  Input input;
  std::string settings;  ///< What sources.toml said of reading it: see reading_settings().
};

/// What one commit adds.
struct Chapter {
  std::vector<ArchivedInput> inputs;
  std::vector<AircraftFacts> facts;  ///< Evidence counts inputs as positions do.
  std::vector<Rejected> rejected;    ///< So does this.
  base::Problems warnings;           ///< That were given when the originals were read.
  std::vector<StoredRun> runs;       ///< Filled in by the writer.
  std::uint64_t positions() const;
};

/// Positions sorted and packed, on their way into an archive.
using PackedRun = std::vector<PositionBlock>;
PackedRun packed_run(const Positions& positions);

/// Everything of a source that decides what its files are read as: the column map, the date and
/// zone of its times, and how long a containment holds.
std::string reading_settings(const Source& source);

/// Writes records through a sink, which fails with a problem.
class ArchiveWriter {
 public:
  using Write = std::function<base::Result<void>(std::string_view)>;
  /// A new archive, or one to go on with behind `intact_bytes`.
  explicit ArchiveWriter(Write write, std::uint64_t intact_bytes = 0)
      : write_(std::move(write)), offset_(intact_bytes) {}

  /// Adds a run; it belongs to the next commit. A run without blocks is none.
  base::Result<void> add_run(const PackedRun& run);
  /// The runs added since the last commit, which then forgets them: for files that are only read
  /// by whoever wrote them.
  std::vector<StoredRun> take_runs() { return std::exchange(runs_, {}); }
  /// Ends a chapter with the runs added since the last one. The inputs of positions, facts and
  /// rejected rows must be among those of this chapter and those before.
  base::Result<void> commit(Chapter chapter);
  std::uint64_t bytes() const { return offset_; }

 private:
  base::Result<void> record(std::string_view kind, std::string_view payload);
  base::Result<void> write(std::string_view bytes);

  Write write_;
  std::uint64_t offset_;
  std::vector<StoredRun> runs_;
};

struct ArchiveReading {
  std::vector<Chapter> chapters;
  /// Up to the end of the last whole commit, or of the head of the file if there is none; 0 where
  /// not even that is whole.
  std::uint64_t intact_bytes = 0;
  bool is_torn = false;  ///< Something stands behind it.
};
/// Whether it begins as an archive does, be it of a later version.
bool is_archive(std::string_view first_bytes);
/// The chapters of an archive; a problem (its `where` is empty) where it is none, or of a version
/// that is not known, or where a commit is damaged. Blocks are not read.
base::Result<ArchiveReading> read_archive(std::string_view bytes);

/// A block after checking its sum.
base::Result<void> read_stored_block(std::string_view archive, const StoredBlock& block,
                                     Columns wanted, Positions& into);

/// A run of an archive whose bytes can be had (mapped); they must outlive it. `input_numbers` gives
/// for each input of the archive its number in the case. `done` is told of bytes that will not be
/// looked at again soon; it may be empty.
class ArchivedRun : public SortedRun {
 public:
  ArchivedRun(std::string_view archive, StoredRun blocks,
              std::shared_ptr<const std::vector<std::uint32_t>> input_numbers, std::string name,
              std::function<void(std::string_view)> done);
  std::vector<Part> parts() const override;
  std::uint64_t size() const override { return rows_; }
  quantities::TimeBounds span() const override { return span_; }
  base::Result<void> append(std::uint32_t first, std::uint32_t last,
                            Positions& into) const override;

 private:
  std::string_view archive_;
  StoredRun blocks_;
  std::shared_ptr<const std::vector<std::uint32_t>> input_numbers_;
  std::string name_;  ///< Of the archive, for problems.
  std::function<void(std::string_view)> done_;
  std::uint64_t rows_ = 0;
  quantities::TimeBounds span_;
};

}  // namespace truce::observations
