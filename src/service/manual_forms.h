// ManualForms: the manual in the forms in which a system keeps it.
//
//   man_page(page, "0.1.0")        for man(1): share/man/man1/truce-check.1
//   completion(Shell::bash)        what the tab key offers
//
// Both are made from the text of the manual and from nothing else, so that what `--help` says, what
// `man` says and what a shell offers cannot differ. Made when the program is built, by
// src/programs/truce_manual.cpp; they hold no date and no path.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "service/manual.h"

namespace truce::service {

/// One option as its page describes it.
struct ManualOption {
  std::vector<std::string> names;  ///< "-h", "--help"
  std::string argument;            ///< "DIR", "N", ...; empty if it takes none.
  std::string summary;             ///< The first sentence of what it means, without its full stop.
};

/// The options of a page, in its order.
std::vector<ManualOption> options_of(const ManualPage& page);
/// The name of what stands without an option, as the synopsis says: "CASE", "SUBCOMMAND" or "".
std::string operand_of(const ManualPage& page);
/// The words that an option's argument may be, if they are few: verdicts, for one.
std::vector<std::string> words_for(std::string_view argument);

/// "truce.1", "truce-check.1"
std::string man_page_name(const ManualPage& page);
/// The page in the language of man(7).
std::string man_page(const ManualPage& page, std::string_view version);

enum class Shell { bash, zsh, fish };
/// "truce", "_truce", "truce.fish": as the shells look for them.
std::string completion_name(Shell shell);
std::string completion(Shell shell);

}  // namespace truce::service
