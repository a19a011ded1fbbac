// Manual: what the program does, as its manual pages. One text for each subcommand, the same that
// `truce help check` and `truce check --help` print and that man pages are made from.
//
// A page is plain text of at most 79 columns: headings in capitals at the margin, text indented
// by four, an option or a file on a line of its own with what it means indented by eight.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace truce::service {

struct ManualPage {
  std::string_view name;     ///< "truce", or the subcommand.
  std::string_view summary;  ///< One line, as in NAME.
  std::string_view text;     ///< The whole page.
};

/// The program's own page first, then the subcommands in the order in which a monitor uses them.
const std::vector<ManualPage>& manual();
/// A page by name; nullptr if there is none.
const ManualPage* manual_page(std::string_view name);
/// "check", "assess", ...: everything that can stand after `truce`, help included.
std::vector<std::string> subcommands();

}  // namespace truce::service
