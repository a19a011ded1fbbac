// Terminal: what an output stream can show. Colour and progress are for people who look; a file
// or a pipe gets plain text.
#pragma once

#include <chrono>
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>

namespace truce::service {

struct Terminal {
  bool present = false;  ///< A person looks at it.
  bool colour = false;   ///< present, NO_COLOR not set (no-color.org), TERM not "dumb".
  bool utf8 = false;     ///< The locale of the environment is UTF-8.
  int columns = 80;
};
/// Of file descriptor 1 or 2.
Terminal terminal_of(int descriptor);

enum class Style : std::uint8_t { plain, bold, red, yellow, green, dim };
/// The text, in that style where the terminal has colour.
std::string styled(const Terminal& terminal, Style style, std::string_view text);

/// How many columns a UTF-8 text takes: its code points, combining marks aside.
int columns_of(std::string_view text);
/// The text broken at spaces into lines of at most so many columns, each begun by `indent`
/// (the first is not). A longer word stays whole.
std::string wrapped(std::string_view text, int columns, std::string_view indent);

/// A line of progress on a terminal, redrawn in place: share done, rate and time left. Draws
/// nothing where there is no terminal. May be told from several threads.
class Progress {
 public:
  Progress(const Terminal& terminal, int descriptor)
      : terminal_(terminal), descriptor_(descriptor) {}
  ~Progress() { clear(); }
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  /// A new stretch of work: "reading", of so many bytes. `unit` is "B" or what is counted.
  void begin(std::string_view what, std::uint64_t total, std::string_view unit);
  void add(std::uint64_t amount);
  void set(std::uint64_t done, std::uint64_t total);
  /// Takes the line away.
  void clear();

 private:
  void draw_if_due();
  void draw(std::chrono::steady_clock::time_point now);

  const Terminal terminal_;
  const int descriptor_;
  std::mutex mutex_;
  std::string what_, unit_;
  std::uint64_t done_ = 0, total_ = 0;
  bool drawn_ = false;
  std::chrono::steady_clock::time_point began_, last_drawn_;
};

/// The text of such a line, at most `columns` wide; for Progress and its test.
std::string progress_line(std::string_view what, std::uint64_t done, std::uint64_t total,
                          std::string_view unit, double seconds_so_far, int columns, bool utf8);

/// "1,234,567" and "12.3 MB", as people read them.
std::string count_text(std::uint64_t count);
std::string bytes_text(double bytes);

}  // namespace truce::service
