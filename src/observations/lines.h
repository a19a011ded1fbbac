// LineCutter: the lines of a text that comes in parts of any size.
//
// Lines end with LF or CR LF; empty ones are passed over. A line above the limit is handed on with
// its first bytes only and marked, and no more than the limit is ever held.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace truce::observations {

struct Line {
  std::uint64_t number = 0;  ///< In the file, from 1.
  std::string_view text;     ///< Without its line end. Valid during the call only.
  bool ended = true;         ///< False for a last line without a line end: it may be cut off.
  bool too_long = false;
};

class LineCutter {
 public:
  LineCutter(std::function<void(const Line&)> on_line, std::size_t longest);
  void take(std::string_view bytes);
  void finish();

  /// Whether the next byte begins a line, which is not the first of the text.
  bool is_between_lines() const { return begun_ && held_.empty() && !skipping_; }
  /// So many lines were read by other means.
  void pass(std::uint64_t lines) { number_ += lines; }
  /// The number of the next line.
  std::uint64_t number() const { return number_; }

 private:
  void line(std::string_view text, bool ended);

  std::function<void(const Line&)> on_line_;
  std::size_t longest_;
  std::string held_;
  bool skipping_ = false;
  bool begun_ = false;
  std::uint64_t number_ = 1;
};

}  // namespace truce::observations
