#include "service/terminal.h"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "base/text.h"

namespace truce::service {
namespace {

using Clock = std::chrono::steady_clock;

std::string_view environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string_view() : value;
}

bool locale_is_utf8() {
  for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
    const std::string_view value = environment(name);
    if (value.empty()) continue;
    const std::string small = base::lower_case(value);
    return small.find("utf-8") != std::string::npos || small.find("utf8") != std::string::npos;
  }
  return false;
}

int columns_at(int descriptor) {
  winsize size{};
  if (::ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
  const auto told = base::whole_number(environment("COLUMNS"));
  return told && *told > 0 && *told < 10'000 ? static_cast<int>(*told) : 80;
}

std::string_view code_of(Style style) {
  switch (style) {
    case Style::plain: return "";
    case Style::bold: return "1";
    case Style::red: return "1;31";
    case Style::yellow: return "33";
    case Style::green: return "32";
    case Style::dim: return "2";
  }
  return "";
}

/// "0:07", "12:30", "2:05:09".
std::string time_left_text(double seconds) {
  const auto whole = static_cast<std::uint64_t>(std::llround(seconds));
  if (whole >= 3'600) {
    return fmt::format("{}:{:02}:{:02}", whole / 3'600, whole / 60 % 60, whole % 60);
  }
  return fmt::format("{}:{:02}", whole / 60, whole % 60);
}

std::string rate_text(double per_second, std::string_view unit) {
  if (unit == "B") return bytes_text(per_second) + "/s";
  return fmt::format("{} {}/s", count_text(static_cast<std::uint64_t>(per_second)), unit);
}

}  // namespace

Terminal terminal_of(int descriptor) {
  Terminal terminal;
  terminal.present = ::isatty(descriptor) == 1 && environment("TERM") != "dumb";
  terminal.colour = terminal.present && environment("NO_COLOR").empty();
  terminal.utf8 = locale_is_utf8();
  if (terminal.present) terminal.columns = columns_at(descriptor);
  return terminal;
}

std::string styled(const Terminal& terminal, Style style, std::string_view text) {
  if (!terminal.colour || style == Style::plain) return std::string(text);
  return fmt::format("\x1b[{}m{}\x1b[0m", code_of(style), text);
}

int columns_of(std::string_view text) {
  int columns = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if ((byte & 0xC0) == 0x80) continue;  // The rest of a character.
    // Combining marks U+0300 to U+036F are the bytes CC 80 to CD AF.
    const auto next = i + 1 < text.size() ? static_cast<unsigned char>(text[i + 1]) : 0u;
    if (byte == 0xCC || (byte == 0xCD && next <= 0xAF)) continue;
    ++columns;
  }
  return columns;
}

std::string wrapped(std::string_view text, int columns, std::string_view indent) {
  std::string out;
  int used = columns_of(indent);  // The caller has written something as wide before the first.
  bool line_is_empty = true;
  for (const std::string_view word : base::split(text, ' ')) {
    if (word.empty()) continue;
    const int width = columns_of(word);
    if (!line_is_empty && used + 1 + width > columns) {
      out += '\n';
      out += indent;
      used = columns_of(indent);
      line_is_empty = true;
    }
    if (!line_is_empty) {
      out += ' ';
      ++used;
    }
    out += word;
    used += width;
    line_is_empty = false;
  }
  return out;
}

std::string count_text(std::uint64_t count) {
  std::string digits = std::to_string(count);
  for (auto i = static_cast<std::ptrdiff_t>(digits.size()) - 3; i > 0; i -= 3) {
    digits.insert(static_cast<std::size_t>(i), ",");
  }
  return digits;
}

std::string bytes_text(double bytes) {
  if (bytes < 1e3) return fmt::format("{:.0f} B", bytes);
  if (bytes < 1e6) return fmt::format("{:.1f} kB", bytes / 1e3);
  if (bytes < 1e9) return fmt::format("{:.1f} MB", bytes / 1e6);
  return fmt::format("{:.2f} GB", bytes / 1e9);
}

std::string progress_line(std::string_view what, std::uint64_t done, std::uint64_t total,
                          std::string_view unit, double seconds_so_far, int columns, bool utf8) {
  const double share =
      total == 0 ? 0 : std::min(1.0, static_cast<double>(done) / static_cast<double>(total));
  const double rate = seconds_so_far > 0 ? static_cast<double>(done) / seconds_so_far : 0;
  std::string tail = fmt::format(" {:3.0f} %", share * 100);
  if (rate > 0) tail += "  " + rate_text(rate, unit);
  // A time left that rests on less than a second of work is a guess nobody should read.
  if (rate > 0 && seconds_so_far >= 1 && total > done) {
    tail += fmt::format("  {} left", time_left_text(static_cast<double>(total - done) / rate));
  }
  std::string line(what);
  const int room = columns - columns_of(line) - columns_of(tail) - 2;
  if (room >= 8) {
    const int width = std::min(room, 40);
    const int filled = static_cast<int>(share * width);
    line += ' ';
    for (int i = 0; i < width; ++i) {
      line += i < filled ? (utf8 ? "█" : "#") : (utf8 ? "░" : ".");
    }
  }
  line += tail;
  // Too narrow for everything: the beginning of the line, which is ASCII then.
  if (columns_of(line) >= columns) {
    line.resize(
        std::min<std::size_t>(line.size(), static_cast<std::size_t>(std::max(columns - 1, 0))));
  }
  return line;
}

void Progress::begin(std::string_view what, std::uint64_t total, std::string_view unit) {
  if (!terminal_.present) return;
  const std::lock_guard lock(mutex_);
  what_ = what;
  unit_ = unit;
  done_ = 0;
  total_ = total;
  began_ = Clock::now();
  last_drawn_ = {};
}

void Progress::add(std::uint64_t amount) {
  if (!terminal_.present) return;
  const std::lock_guard lock(mutex_);
  done_ += amount;
  draw_if_due();
}

void Progress::set(std::uint64_t done, std::uint64_t total) {
  if (!terminal_.present) return;
  const std::lock_guard lock(mutex_);
  done_ = std::max(done_, done);  // Threads tell of their work out of order.
  total_ = total;
  draw_if_due();
}

void Progress::clear() {
  if (!terminal_.present) return;
  const std::lock_guard lock(mutex_);
  if (drawn_) {
    constexpr std::string_view erase = "\r\x1b[K";
    [[maybe_unused]] const auto written = ::write(descriptor_, erase.data(), erase.size());
  }
  drawn_ = false;
}

void Progress::draw_if_due() {
  // Ten times a second is as fast as anyone reads.
  const auto now = Clock::now();
  if (now - last_drawn_ < std::chrono::milliseconds(100)) return;
  draw(now);
}

void Progress::draw(Clock::time_point now) {
  last_drawn_ = now;
  drawn_ = true;
  const double seconds = std::chrono::duration<double>(now - began_).count();
  const int columns = columns_at(descriptor_);  // The window may have changed.
  const std::string line =
      "\r" + progress_line(what_, done_, total_, unit_, seconds, columns, terminal_.utf8) +
      "\x1b[K";
  [[maybe_unused]] const auto written = ::write(descriptor_, line.data(), line.size());
}

}  // namespace truce::service
