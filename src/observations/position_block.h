// Position block: a few thousand positions in order, packed column by column.
//
//   PositionBlock block = block_of(positions, rows);      // bytes, and what can be known unread
//   auto read = read_block(block.bytes, block.range, Columns::judged, into);
//
// Of each column the differences from row to row are kept: rows of one aircraft stand together in
// the order of time, so that most are small. A difference is written so that its sign is its lowest
// bit, in as many bytes as the greatest of the block needs; all lowest bytes first, then all the
// next, so that bytes which are nearly always zero lie together; and then packed (packing.h).
// docs/formats/archive.md is the format to the byte.
//
// A block is at most `most_rows` long. Reading believes nothing: whatever bytes there are, the rows
// that come out lie within the range, are in the order of their addresses, and hold only values
// that a reader of positions can give; or there is a problem.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"
#include "observations/positions.h"

namespace truce::observations {

/// What is known of the rows of a block without reading them; all bounds included.
struct BlockRange {
  std::uint32_t rows = 0;
  std::uint32_t first_address = 0, last_address = 0;
  std::int64_t earliest = 0, latest = 0;  ///< Microseconds, as Instant.
  std::int32_t west = 0, south = 0, east = 0, north = 0;
  std::uint32_t least_input = 0, greatest_input = 0;
  std::uint32_t greatest_containment = 0;  ///< Centimetres, of those that are said; 0 if none is.
  friend bool operator==(const BlockRange&, const BlockRange&) = default;
};

/// Whether there can be such rows at all.
bool is_believable(const BlockRange& range);

struct PositionBlock {
  static constexpr std::size_t most_rows = 65'536;
  /// What writers put into one: small enough that many runs can be read side by side.
  static constexpr std::size_t usual_rows = 8'192;

  BlockRange range;
  std::string bytes;
};

/// How many of these rows, from the first, to put into one block: usual_rows, or fewer where their
/// texts are long.
std::size_t usual_rows_from(const Positions& positions, std::span<const std::uint32_t> rows);

/// At most most_rows rows, in order (sorted_run.h), and at least one.
PositionBlock block_of(const Positions& positions, std::span<const std::uint32_t> rows);

/// Which columns are wanted (positions.h).
enum class Columns : std::uint8_t { judged, all };

/// Adds the rows of the block to `into`, or nothing and a problem (its `where` is empty).
base::Result<void> read_block(std::string_view bytes, const BlockRange& range, Columns wanted,
                              Positions& into);

}  // namespace truce::observations
