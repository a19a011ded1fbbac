// Decimals: plain decimal numbers of many rows, converted one column at a time.
//
//   std::array<std::int64_t, 100> latitudes;
//   scale_column({text, ends + column, header.size(), rows}, 7, latitudes.data());
//   if (latitudes[row] == not_scaled) ... not plainly a number: base::scaled_number decides ...
//
// The same integers as base::scaled_number, for texts of digits with perhaps a minus sign and a
// point: no digit is looked at by itself, and nothing branches on what a number looks like. Of
// anything else, and of an empty text, it makes `not_scaled` and leaves it to the clear way. With
// the widest instructions of the machine (Highway).
#pragma once

#include <cstddef>
#include <cstdint>

namespace truce::observations {

/// What no plain number is scaled to.
constexpr std::int64_t not_scaled = INT64_MIN;
/// So many bytes behind the beginning of a field are read, whatever its length.
constexpr std::size_t room_of_decimal = 34;
/// The greatest power of ten by which columns are scaled.
constexpr int most_places = 7;

/// One field of each of many rows: it lies between the ends of the field before and its own.
struct FieldColumn {
  const char* text = nullptr;           ///< Readable up to `room_of_decimal` behind every begin.
  const std::uint32_t* ends = nullptr;  ///< ends[0] is the end in the first row; ends[-1] is there.
  std::size_t stride = 0;               ///< Ends from one row to the next.
  std::size_t rows = 0;
};

/// Every number of a column times 10^places, as an integer; or `not_scaled`.
void scale_column(const FieldColumn& column, int places, std::int64_t* scaled);

/// One number among others.
struct DecimalText {
  const char* text = nullptr;  ///< Readable for `room_of_decimal` bytes.
  std::uint32_t size = 0;
  std::int32_t places = 0;
};
/// The same for numbers that stand anywhere.
void scale_texts(const DecimalText* texts, std::size_t count, std::int64_t* scaled);

}  // namespace truce::observations
