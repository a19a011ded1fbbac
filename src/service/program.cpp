#include "service/program.h"

#include <fmt/format.h>
#include <unistd.h>

#include <exception>
#include <new>
#include <string>
#include <variant>
#include <vector>

#include "service/archive.h"
#include "service/assess.h"
#include "service/check.h"
#include "service/command_line.h"
#include "service/exercise.h"
#include "service/interruption.h"
#include "service/manual.h"
#include "service/telling.h"
#include "service/terminal.h"

namespace truce::service {
namespace {

int perform(const CheckCommand& command) {
  return check(command);
}
int perform(const AssessCommand& command) {
  return assess(command);
}
int perform(const ArchiveCommand& command) {
  return archive(command);
}
int perform(const ExerciseCommand& command) {
  return exercise(command);
}
int perform(const ScoreCommand& command) {
  return score(command);
}
int perform(const VersionCommand&) {
  return print(fmt::format("truce {}\n", program_version())) ? status_done : status_bad_input;
}

/// The page, its headings and first words in bold on a terminal, as `man` shows them.
int perform(const HelpCommand& command) {
  const Terminal terminal = terminal_of(STDOUT_FILENO);
  std::string_view rest = manual_page(command.page)->text;
  std::string text;
  while (!rest.empty()) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    const bool heading = !line.empty() && line.front() != ' ';
    text += styled(terminal, heading ? Style::bold : Style::plain, line);
    text += '\n';
    rest.remove_prefix(std::min(rest.size(), line.size() + 1));
  }
  return print(text) ? status_done : status_bad_input;
}

int refuse(const base::Problem& problem) {
  tell_problems({problem});
  const std::string_view command = problem.where;
  const auto space = command.find(' ');
  const std::string_view page = space == std::string_view::npos ? "" : command.substr(space + 1);
  fmt::print(stderr, "Try: truce help{}{}\n", page.empty() ? "" : " ", page);
  return status_bad_input;
}

int our_fault(const char* what) {
  fmt::print(stderr, "truce: {}\nThis is a fault of Truce.\n", what);
  return status_our_fault;
}

}  // namespace

int run(int argc, char** argv) {
  try {
    watch_for_interruption();
    const auto command =
        command_from(std::vector<std::string>(argv + std::min(argc, 1), argv + argc));
    if (!command) return refuse(command.error());
    return std::visit([](const auto& one) { return perform(one); }, *command);
  } catch (const std::bad_alloc&) {
    return our_fault("out of memory");
  } catch (const std::exception& error) {
    return our_fault(error.what());
  } catch (...) {
    return our_fault("stopped by something unknown");
  }
}

}  // namespace truce::service
