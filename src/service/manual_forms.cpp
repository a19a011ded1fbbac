#include "service/manual_forms.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "base/text.h"
#include "findings/finding.h"

namespace truce::service {
namespace {

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    lines.push_back(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return lines;
}

std::size_t indent_of(std::string_view line) {
  const std::size_t first = line.find_first_not_of(' ');
  return first == std::string_view::npos ? line.size() : first;
}

bool is_heading(std::string_view line) {
  return !line.empty() && line.front() != ' ';
}

/// The lines under a heading of a page.
std::vector<std::string_view> section(const ManualPage& page, std::string_view heading) {
  std::vector<std::string_view> found;
  bool inside = false;
  for (std::string_view line : lines_of(page.text)) {
    if (is_heading(line)) {
      inside = line == heading;
    } else if (inside) {
      found.push_back(line);
    }
  }
  return found;
}

/// An item: a line indented by four whose meaning follows on the next, indented by eight.
bool is_item(const std::vector<std::string_view>& lines, std::size_t i) {
  return indent_of(lines[i]) == 4 && i + 1 < lines.size() && !lines[i + 1].empty() &&
         indent_of(lines[i + 1]) == 8;
}

/// "    0   Done.": an exit status and its meaning on one line.
bool is_status(std::string_view line) {
  return indent_of(line) == 4 && line.size() > 8 && std::isdigit(line[4]) != 0 && line[7] == ' ';
}

// --- man(7)
// ---------------------------------------------------------------------------------------

std::string escaped(std::string_view text) {
  std::string out;
  for (char c : text) {
    if (c == '\\') {
      out += "\\e";
    } else if (c == '-') {
      out += "\\-";
    } else {
      out += c;
    }
  }
  // At the margin these would be commands.
  if (out.starts_with('.') || out.starts_with('\'')) out.insert(0, "\\&");
  return out;
}

void add_line(std::string& out, std::string_view text) {
  out += escaped(text) + "\n";
}

void add_section(std::string& out, std::string_view heading,
                 const std::vector<std::string_view>& lines) {
  out += fmt::format(".SH {}\n", heading == "EXIT STATUS" ? "\"EXIT STATUS\"" : heading);
  const bool verbatim = heading == "SYNOPSIS";
  if (verbatim) out += ".nf\n";
  bool open_example = false, paragraph = false, first = true;
  const auto close_example = [&] {
    if (open_example) out += ".fi\n.RE\n";
    open_example = false;
  };
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::string_view line = lines[i];
    if (verbatim) {
      if (!line.empty()) add_line(out, line.substr(std::min<std::size_t>(4, line.size())));
      continue;
    }
    if (line.empty()) {
      paragraph = true;
      continue;
    }
    if (is_status(line)) {
      close_example();
      out += ".TP\n";
      add_line(out, base::trimmed(line.substr(4, 4)));
      add_line(out, base::trimmed(line.substr(8)));
      // What goes on is indented to the meaning.
      while (i + 1 < lines.size() && indent_of(lines[i + 1]) == 8 && !lines[i + 1].empty())
        add_line(out, base::trimmed(lines[++i]));
    } else if (is_item(lines, i)) {
      close_example();
      out += ".TP\n.B ";
      add_line(out, base::trimmed(line));
      while (i + 1 < lines.size() && indent_of(lines[i + 1]) == 8 && !lines[i + 1].empty())
        add_line(out, base::trimmed(lines[++i]));
    } else if (indent_of(line) >= 8) {
      if (!open_example) out += ".PP\n.RS 4\n.nf\n";
      open_example = true;
      add_line(out, line.substr(8));
    } else {
      close_example();
      if (paragraph && !first) out += ".PP\n";
      add_line(out, base::trimmed(line));
    }
    paragraph = false;
    first = false;
  }
  close_example();
  if (verbatim) out += ".fi\n";
}

// --- Completion
// -----------------------------------------------------------------------------------

enum class Place { none, folder, file, words };

Place place_of(std::string_view argument) {
  if (argument == "DIR" || argument == "CASE") return Place::folder;
  if (argument == "FILE" || argument == "ARCHIVE") return Place::file;
  return words_for(argument).empty() ? Place::none : Place::words;
}

std::string joined(const std::vector<std::string>& words, std::string_view between = " ") {
  return fmt::format("{}", fmt::join(words, between));
}

std::vector<std::string> option_names(const ManualPage& page) {
  std::vector<std::string> names;
  for (const ManualOption& option : options_of(page))
    names.insert(names.end(), option.names.begin(), option.names.end());
  return names;
}

std::vector<const ManualPage*> subcommand_pages() {
  std::vector<const ManualPage*> pages;
  for (const ManualPage& page : manual())
    if (page.name != "truce") pages.push_back(&page);
  return pages;
}

constexpr std::string_view bash_head =
    R"(# What the tab key offers after `truce`, in bash. Made from the manual of the program.
_truce() {
  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} page=truce i
  COMPREPLY=()
  for ((i = 1; i < COMP_CWORD; ++i)); do
    case ${COMP_WORDS[i]} in -*) ;; *) page=${COMP_WORDS[i]}; break ;; esac
  done
)";

std::string bash_reply(Place place, std::string_view argument) {
  switch (place) {
    case Place::folder: return "mapfile -t COMPREPLY < <(compgen -d -- \"$word\")";
    case Place::file: return "mapfile -t COMPREPLY < <(compgen -f -- \"$word\")";
    case Place::words:
      return fmt::format("mapfile -t COMPREPLY < <(compgen -W '{}' -- \"$word\")",
                         joined(words_for(argument)));
    case Place::none: return ":";
  }
  return ":";
}

std::string bash_completion() {
  std::string out(bash_head);
  out += "  case $page:$before in\n";
  for (const ManualPage* page : subcommand_pages())
    for (const ManualOption& option : options_of(*page))
      if (!option.argument.empty())
        for (const std::string& name : option.names)
          out +=
              fmt::format("    {}:{}) {}; compopt -o filenames 2>/dev/null; return ;;\n",
                          page->name, name, bash_reply(place_of(option.argument), option.argument));
  out += "  esac\n  case $page:$word in\n";
  for (const ManualPage& page : manual())
    out += fmt::format(
        "    {}:-*) mapfile -t COMPREPLY < <(compgen -W '{}' -- \"$word\"); return ;;\n", page.name,
        joined(option_names(page)));
  out += "  esac\n  case $page in\n";
  out += fmt::format("    truce) mapfile -t COMPREPLY < <(compgen -W '{}' -- \"$word\") ;;\n",
                     joined(subcommands()));
  for (const ManualPage* page : subcommand_pages()) {
    const std::string operand = operand_of(*page);
    if (operand.empty()) continue;
    out += fmt::format("    {}) {}; compopt -o filenames 2>/dev/null ;;\n", page->name,
                       bash_reply(place_of(operand), operand));
  }
  out += "  esac\n}\ncomplete -F _truce truce\n";
  return out;
}

/// Inside single quotes of zsh, and of its own brackets and colons.
std::string zsh_text(std::string_view text) {
  std::string out;
  for (char c : text) {
    if (c == '\'') {
      out += "'\\''";
      continue;
    }
    if (c == ':' || c == '[' || c == ']') out += '\\';
    out += c;
  }
  return out;
}

std::string zsh_action(std::string_view argument) {
  switch (place_of(argument)) {
    case Place::folder: return "_files -/";
    case Place::file: return "_files";
    case Place::words: return fmt::format("({})", joined(words_for(argument)));
    case Place::none: return " ";
  }
  return " ";
}

std::string zsh_completion() {
  std::string out =
      "#compdef truce\n# What the tab key offers after `truce`, in zsh. Made from the manual of "
      "the "
      "program.\n\n_truce() {\n  local -a subcommands\n  local state line\n  subcommands=(\n";
  for (const ManualPage* page : subcommand_pages())
    out += fmt::format("    '{}:{}'\n", page->name, zsh_text(page->summary));
  out +=
      "  )\n  _arguments -C '(-h --help)'{-h,--help}'[show the manual]' '--version[show the "
      "version]' \\\n    '1:subcommand:->subcommand' '*::argument:->argument'\n  case $state in\n"
      "    subcommand) _describe subcommand subcommands ;;\n    argument)\n      case $line[1] "
      "in\n";
  for (const ManualPage* page : subcommand_pages()) {
    out += fmt::format("        {})\n          _arguments", page->name);
    for (const ManualOption& option : options_of(*page)) {
      for (const std::string& name : option.names) {
        out += fmt::format(" \\\n            '{}[{}]", name, zsh_text(option.summary));
        if (!option.argument.empty())
          out += fmt::format(":{}:{}", option.argument, zsh_action(option.argument));
        out += "'";
      }
    }
    const std::string operand = operand_of(*page);
    if (!operand.empty())
      out += fmt::format(" \\\n            '1:{}:{}'", operand, zsh_action(operand));
    out += "\n          ;;\n";
  }
  out += "      esac\n      ;;\n  esac\n}\n\n_truce \"$@\"\n";
  return out;
}

std::string fish_text(std::string_view text) {
  std::string out;
  for (char c : text) {
    if (c == '\'' || c == '\\') out += '\\';
    out += c;
  }
  return out;
}

std::string fish_completion() {
  std::string out =
      "# What the tab key offers after `truce`, in fish. Made from the manual of the program.\n"
      "complete -c truce -f\n";
  for (const ManualPage* page : subcommand_pages())
    out += fmt::format("complete -c truce -n __fish_use_subcommand -a {} -d '{}'\n", page->name,
                       fish_text(page->summary));
  for (const ManualPage& page : manual()) {
    const std::string when = page.name == "truce"
                                 ? "__fish_use_subcommand"
                                 : fmt::format("__fish_seen_subcommand_from {}", page.name);
    const auto arguments = [](std::string_view argument) -> std::string {
      switch (place_of(argument)) {
        case Place::folder: return " -a '(__fish_complete_directories)'";
        case Place::file: return " -F";
        case Place::words: return fmt::format(" -a '{}'", joined(words_for(argument)));
        case Place::none: return "";
      }
      return "";
    };
    for (const ManualOption& option : options_of(page)) {
      out += fmt::format("complete -c truce -n '{}'", when);
      for (const std::string& name : option.names)
        out += name.starts_with("--") ? fmt::format(" -l {}", name.substr(2))
                                      : fmt::format(" -s {}", name.substr(1));
      if (!option.argument.empty()) out += " -r" + arguments(option.argument);
      out += fmt::format(" -d '{}'\n", fish_text(option.summary));
    }
    const std::string operand = operand_of(page);
    if (!operand.empty())
      out += fmt::format("complete -c truce -n '{}'{}\n", when, arguments(operand));
  }
  return out;
}

}  // namespace

std::vector<ManualOption> options_of(const ManualPage& page) {
  std::vector<ManualOption> options;
  const std::vector<std::string_view> lines = section(page, "OPTIONS");
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (!is_item(lines, i)) continue;
    ManualOption option;
    for (std::string_view word : base::split(base::trimmed(lines[i]), ' ')) {
      if (word.ends_with(',')) word.remove_suffix(1);
      if (word.starts_with('-')) {
        option.names.emplace_back(word);
      } else if (!word.empty()) {
        option.argument = word;
      }
    }
    std::string meaning;
    while (i + 1 < lines.size() && !lines[i + 1].empty() && indent_of(lines[i + 1]) == 8) {
      if (!meaning.empty()) meaning += ' ';
      meaning += base::trimmed(lines[++i]);
    }
    const std::size_t stop = meaning.find_first_of(".;:");
    option.summary = meaning.substr(0, stop);
    if (!option.names.empty()) options.push_back(std::move(option));
  }
  return options;
}

std::string operand_of(const ManualPage& page) {
  const std::vector<std::string_view> lines = section(page, "SYNOPSIS");
  if (lines.empty()) return "";
  // "truce check CASE [--lock]", "truce help [SUBCOMMAND]": the first word after the subcommand.
  const std::string_view line = base::trimmed(lines.front());
  const std::string_view name = page.name;
  const std::size_t at = line.find(name);
  if (name == "truce" || at == std::string_view::npos) return "";
  std::string_view rest = base::trimmed(line.substr(at + name.size()));
  rest = rest.substr(0, rest.find(' '));
  if (rest.starts_with('[')) rest.remove_prefix(1);
  if (rest.ends_with(']')) rest.remove_suffix(1);
  return rest.starts_with('-') ? "" : std::string(rest);
}

std::vector<std::string> words_for(std::string_view argument) {
  if (argument == "SUBCOMMAND") {
    std::vector<std::string> names;
    for (const ManualPage* page : subcommand_pages()) names.emplace_back(page->name);
    return names;
  }
  if (argument != "VERDICT") return {};
  using findings::Verdict;
  std::vector<std::string> words;
  for (Verdict v : {Verdict::violation, Verdict::possible, Verdict::excepted, Verdict::compliant,
                    Verdict::not_observed, Verdict::not_applicable}) {
    std::string word(to_string(v));
    std::replace(word.begin(), word.end(), ' ', '-');
    words.push_back(std::move(word));
  }
  return words;
}

std::string man_page_name(const ManualPage& page) {
  return page.name == "truce" ? "truce.1" : fmt::format("truce-{}.1", page.name);
}

std::string man_page(const ManualPage& page, std::string_view version) {
  std::string title = man_page_name(page);
  title.resize(title.size() - 2);
  std::transform(title.begin(), title.end(), title.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  std::string out =
      fmt::format(".TH \"{}\" \"1\" \"\" \"truce {}\" \"Truce\"\n", escaped(title), version);
  out += ".nh\n.ad l\n";
  std::string_view heading;
  std::vector<std::string_view> lines;
  const auto finish = [&] {
    if (heading == "NAME") {
      std::string name = man_page_name(page);
      name.resize(name.size() - 2);
      out += fmt::format(".SH NAME\n{} \\- {}\n", escaped(name), escaped(page.summary));
    } else if (!heading.empty()) {
      add_section(out, heading, lines);
    }
    lines.clear();
  };
  for (std::string_view line : lines_of(page.text)) {
    if (is_heading(line)) {
      finish();
      heading = line;
    } else {
      lines.push_back(line);
    }
  }
  finish();
  // Where to go on.
  std::vector<std::string> others;
  for (const ManualPage& other : manual())
    if (other.name != page.name) {
      std::string name = man_page_name(other);
      name.resize(name.size() - 2);
      others.push_back(fmt::format(".BR {} (1)", escaped(name)));
    }
  out += fmt::format(".SH \"SEE ALSO\"\n{}\n", fmt::join(others, ",\n"));
  return out;
}

std::string completion_name(Shell shell) {
  switch (shell) {
    case Shell::bash: return "truce";
    case Shell::zsh: return "_truce";
    case Shell::fish: return "truce.fish";
  }
  return "";
}

std::string completion(Shell shell) {
  switch (shell) {
    case Shell::bash: return bash_completion();
    case Shell::zsh: return zsh_completion();
    case Shell::fish: return fish_completion();
  }
  return "";
}

}  // namespace truce::service
