// The command line: what the person asked for. The one file that knows the library (CLI11).
//
// A mistyped subcommand, option or value is answered with the near one.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/result.h"
#include "findings/finding.h"

namespace truce::service {

struct CheckCommand {
  std::string folder;
  bool lock = false;
  bool json = false;
};

struct AssessCommand {
  std::string folder;
  std::optional<std::string> out;  ///< Nothing: "out" in the case.
  std::optional<std::string> previous;
  std::vector<findings::Verdict> fail_on;  ///< In the order given.
  std::optional<int> threads;              ///< 1 to 256; nothing: as many as processors.
  std::optional<std::uint64_t> memory;     ///< Bytes; nothing: default_memory.
  bool json = false;
  bool quiet = false;
};

/// What a run may take of memory, if nothing else was asked for.
constexpr std::uint64_t default_memory = std::uint64_t{1} << 30;

/// Archives of positions: writes or adds to one, or looks at one.
struct ArchiveCommand {
  enum class Act : std::uint8_t { add, list, verify } act = Act::add;
  std::string folder;              ///< add: the case.
  std::vector<std::string> files;  ///< add: of the case; none: all of its observations.
  std::string archive;
  std::optional<int> threads;
  std::optional<std::uint64_t> memory;
  bool json = false;
  bool quiet = false;
};

struct ExerciseCommand {
  std::string out;
  std::uint64_t seed = 0;
  std::optional<int> days;      ///< 1 to 366.
  std::optional<int> aircraft;  ///< 1 to 100,000.
  bool broken_bounds = false;
};

struct ScoreCommand {
  std::string folder;
  bool json = false;
};

struct HelpCommand {
  std::string page;  ///< Name of a manual page.
};

struct VersionCommand {};

using Command = std::variant<CheckCommand, AssessCommand, ArchiveCommand, ExerciseCommand,
                             ScoreCommand, HelpCommand, VersionCommand>;

/// What the words after the program's name ask for. A problem's `where` is the command as far as
/// it was understood: "truce assess".
base::Result<Command> command_from(const std::vector<std::string>& words);

/// "--out", "--threads", ...: the long options of a subcommand, in order, for the manual's test.
std::vector<std::string> options_of(const std::string& subcommand);

}  // namespace truce::service
