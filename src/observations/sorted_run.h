// SortedRun: positions in the order in which they are judged, to be had by ranges of addresses.
//
//   const SortedPositions run(positions);            // those in memory
//   for (const SortedRun::Part& part : run.parts())  // which addresses lie where
//     run.append(part.first, part.last, rows);
//
// What was seen in a case is one run or many: what fits into memory, what was written aside while
// reading, what lies in an archive. Each is sorted by itself; the rows of one address are put
// together from all of them. The order is that of address and time, then of content, and only last
// of evidence, so that it does not depend on the order in which files came.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/result.h"
#include "observations/positions.h"

namespace truce::observations {

/// Whether row `a` comes before row `b`: by address, time, place, heights, containment, evidence.
bool comes_before(const Positions& positions, std::uint32_t a, std::uint32_t b);
/// All rows in that order. At most 2^32 - 1 rows.
std::vector<std::uint32_t> rows_in_order(const Positions& positions);

class SortedRun {
 public:
  SortedRun() = default;
  virtual ~SortedRun() = default;
  SortedRun(const SortedRun&) = delete;
  SortedRun& operator=(const SortedRun&) = delete;

  /// Where rows lie, all bounds included.
  struct Whereabouts {
    std::int32_t west = 0, south = 0, east = 0, north = 0;
    std::uint32_t greatest_containment = 0;  ///< Centimetres, of those that are said; 0 if none.
    friend bool operator==(const Whereabouts&, const Whereabouts&) = default;
  };
  /// Rows that lie together. Parts are in order; neighbours may share an address at their border.
  struct Part {
    std::uint32_t first = 0, last = 0;  ///< Addresses, both included.
    std::uint64_t rows = 0;
    Whereabouts where;
  };
  virtual std::vector<Part> parts() const = 0;
  virtual std::uint64_t size() const = 0;
  /// First and last time; only where there are rows.
  virtual quantities::TimeBounds span() const = 0;
  /// Adds the rows of addresses from `first` to `last`, both included, in order: the columns that
  /// are judged (positions.h). A problem where what was kept is damaged. From any thread.
  virtual base::Result<void> append(std::uint32_t first, std::uint32_t last,
                                    Positions& into) const = 0;
};

/// Positions in memory as a run. They must outlive it and not change.
class SortedPositions : public SortedRun {
 public:
  explicit SortedPositions(const Positions& positions);
  std::vector<Part> parts() const override;
  std::uint64_t size() const override { return rows_.size(); }
  quantities::TimeBounds span() const override { return span_; }
  base::Result<void> append(std::uint32_t first, std::uint32_t last,
                            Positions& into) const override;

 private:
  const Positions& positions_;
  std::vector<std::uint32_t> rows_;
  quantities::TimeBounds span_;
};

}  // namespace truce::observations
