// FieldEnds: where the fields of plain separated values end, found 64 bytes at a time.
//
//   FieldEnds ends;
//   ends.find(stretch, ',');
//   for (std::size_t i = 0; i < ends.size(); ++i) ... text[ends[i]] is ',' or '\n' ...
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
  std::size_t operator[](std::size_t i) const { return places_[i]; }
  const std::uint32_t* places() const { return places_.data(); }

 private:
  std::vector<std::uint32_t> places_;
  std::size_t size_ = 0;
};

}  // namespace truce::observations
