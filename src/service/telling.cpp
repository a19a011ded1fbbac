#include "service/telling.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <string>

#include "base/text.h"
#include "service/files.h"
#include "service/terminal.h"

namespace truce::service {
namespace {

/// A line end in the name of a file must not begin a line of its own.
std::string on_one_line(std::string_view text) {
  std::string line = base::valid_utf8(text);
  std::replace(line.begin(), line.end(), '\n', ' ');
  return line;
}

void tell(const base::Problems& problems, const char* kind, Style style) {
  const Terminal terminal = terminal_of(STDERR_FILENO);
  std::string text;
  for (const base::Problem& problem : problems) {
    text += fmt::format("{}: {} {}\n", styled(terminal, Style::bold, on_one_line(problem.where)),
                        styled(terminal, style, fmt::format("{}:", kind)),
                        on_one_line(problem.message));
  }
  std::fputs(text.c_str(), stderr);
}

}  // namespace

bool print(std::string_view text) {
  while (!text.empty()) {
    const ssize_t count = ::write(STDOUT_FILENO, text.data(), text.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) {
      tell_problems({{"standard output", "could not be written: " + error_text(errno)}});
      return false;
    }
    text.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}

void tell_problems(const base::Problems& problems) {
  tell(problems, "error", Style::red);
}

void tell_warnings(const base::Problems& warnings) {
  tell(warnings, "warning", Style::yellow);
}

void write_problems(base::JsonWriter& json, std::string_view name, const base::Problems& problems) {
  json.key(name);
  json.begin_array();
  for (const base::Problem& problem : problems) {
    json.begin_object();
    json.member("where", problem.where);
    json.member("message", problem.message);
    json.end_object();
  }
  json.end_array();
}

std::string_view program_version() {
  return TRUCE_VERSION;
}

}  // namespace truce::service
