// FieldEnds: where the fields of plain separated values end, found 64 bytes at a time.
//
//   FieldEnds ends;
//   ends.find(stretch, ',');
//   for (std::size_t i = 0; i < ends.size(); ++i) ... text[ends[i]] is ',' or '\n' ...
//   ends.row_ends()[0]       // so many fields has the first row
//
// Looks up to the first double quote and no further: what is quoted is for the slow way
// (CsvReader), which looks at every byte. With the widest instructions of the machine (Highway).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace truce::observations {

class FieldEnds {
 public:
  /// The longest stretch: it and its ends stay in the cache.
  static constexpr std::size_t longest = 32 * 1024;

  /// Finds every separator and line end of a stretch (at most `longest` bytes), up to its first
  /// double quote.
  void find(std::string_view stretch, char separator);

  std::size_t size() const { return size_; }
  std::size_t operator[](std::size_t i) const { return places()[i]; }
  /// places()[-1] is there, and one more than it is 0: where the first field begins.
  const std::uint32_t* places() const { return places_.data() + 1; }
  /// Rows that end here, and how many ends there are up to each row's line end, that included;
  /// row_ends()[-1] is 0.
  std::size_t rows() const { return rows_; }
  const std::uint32_t* row_ends() const { return row_ends_.data() + 1; }

 private:
  std::vector<std::uint32_t> places_, row_ends_;
  std::size_t size_ = 0, rows_ = 0;
};

}  // namespace truce::observations
