#include "service/command_line.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>

#include "base/text.h"
#include "service/manual.h"

namespace truce::service {
namespace {

using base::problem;
using base::Result;
using findings::Verdict;

/// What was written, word for word; meaning comes after.
struct Words {
  std::string folder, page;
  std::vector<std::string> files;
  std::vector<std::string> out, previous, fail_on, threads, memory, seed, days, aircraft, score;
  std::vector<std::string> to, list, verify;
  bool lock = false, json = false, quiet = false, broken_bounds = false;
  bool help = false, version = false;
};

/// The library's view of the command line. Unknown words are kept rather than refused, so that
/// the answer to them can be ours.
class Grammar {
 public:
  explicit Grammar(Words& words) : app_("", "truce") {
    app_.set_help_flag();
    app_.allow_extras();
    app_.require_subcommand(0, 1);
    app_.add_flag("-h,--help", words.help, "");
    app_.add_flag("--version", words.version, "");

    CLI::App* check = subcommand("check", words);
    check->add_option("CASE", words.folder, "");
    check->add_flag("--lock", words.lock, "");
    check->add_flag("--json", words.json, "");

    CLI::App* assess = subcommand("assess", words);
    assess->add_option("CASE", words.folder, "");
    value(assess, "--out", words.out);
    value(assess, "--previous", words.previous);
    value(assess, "--fail-on", words.fail_on);
    value(assess, "--threads", words.threads);
    value(assess, "--memory", words.memory);
    assess->add_flag("--json", words.json, "");
    assess->add_flag("--quiet", words.quiet, "");

    CLI::App* archive = subcommand("archive", words);
    archive->add_option("CASE", words.folder, "");
    archive->add_option("FILE", words.files, "");
    value(archive, "--to", words.to);
    value(archive, "--list", words.list);
    value(archive, "--verify", words.verify);
    value(archive, "--threads", words.threads);
    value(archive, "--memory", words.memory);
    archive->add_flag("--json", words.json, "");
    archive->add_flag("--quiet", words.quiet, "");

    CLI::App* exercise = subcommand("exercise", words);
    value(exercise, "--out", words.out);
    value(exercise, "--seed", words.seed);
    value(exercise, "--days", words.days);
    value(exercise, "--aircraft", words.aircraft);
    exercise->add_flag("--broken-bounds", words.broken_bounds, "");
    value(exercise, "--score", words.score);
    exercise->add_flag("--json", words.json, "");

    CLI::App* help = subcommand("help", words);
    help->add_option("SUBCOMMAND", words.page, "");
  }

  CLI::App& app() { return app_; }

  /// The subcommand that was named, or the program itself.
  CLI::App& chosen() {
    const auto named = app_.get_subcommands();
    return named.empty() ? app_ : *named.front();
  }

  static std::vector<std::string> long_options(const CLI::App& app) {
    std::vector<std::string> names;
    for (const CLI::Option* option : app.get_options()) {
      for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
    }
    return names;
  }

 private:
  CLI::App* subcommand(const std::string& name, Words& words) {
    CLI::App* made = app_.add_subcommand(name, "");
    made->set_help_flag();
    made->allow_extras();
    made->require_subcommand(0, 1);
    made->add_flag("-h,--help", words.help, "");
    return made;
  }

  /// An option with one value. Every occurrence is kept; `only` complains of a second.
  static void value(CLI::App* app, const std::string& name, std::vector<std::string>& into) {
    app->add_option(name, into, "")->expected(1)->take_all()->allow_extra_args(false);
  }

  CLI::App app_;
};

std::string with_nearest(std::string message, std::string_view word,
                         const std::vector<std::string>& known) {
  if (const auto near = base::nearest_word(word, known)) {
    message += fmt::format("; did you mean {}?", *near);
  }
  return message;
}

/// What to say to words that have no place.
std::string unexpected_word(const std::string& word, const CLI::App& app, bool is_subcommand) {
  if (word.starts_with('-') && word != "-") {
    const std::string name = word.substr(0, word.find('='));
    return with_nearest(fmt::format("unknown option {}", name), name, Grammar::long_options(app));
  }
  if (!is_subcommand) {
    return with_nearest(fmt::format("unknown subcommand '{}'", word), word, subcommands());
  }
  return fmt::format("unexpected '{}'", word);
}

/// Reads the meaning of one subcommand's words; the first thing wrong is kept.
class Meaning {
 public:
  explicit Meaning(std::string where) : where_(std::move(where)) {}

  void complain(std::string message) {
    if (!wrong_) wrong_ = base::Problem{where_, std::move(message)};
  }
  std::optional<std::string> only(const std::vector<std::string>& values, const char* option) {
    if (values.size() > 1) complain(fmt::format("{} is given twice", option));
    if (values.empty()) return std::nullopt;
    if (values.front().empty()) complain(fmt::format("{} is empty", option));
    return values.front();
  }
  std::optional<std::int64_t> number(const std::vector<std::string>& values, const char* option,
                                     std::int64_t least, std::int64_t most) {
    const auto text = only(values, option);
    if (!text) return std::nullopt;
    const auto value = base::whole_number(*text);
    if (value && *value >= least && *value <= most) return value;
    complain(most == INT64_MAX ? fmt::format("{} takes a whole number, {} or more, not '{}'",
                                             option, least, *text)
                               : fmt::format("{} takes a whole number from {} to {}, not '{}'",
                                             option, least, most, *text));
    return std::nullopt;
  }
  std::optional<int> small_number(const std::vector<std::string>& values, const char* option,
                                  int most) {
    const auto value = number(values, option, 1, most);
    return value ? std::optional(static_cast<int>(*value)) : std::nullopt;
  }
  /// "512M", "2G": bytes, from 1 KiB on.
  std::optional<std::uint64_t> size(const std::vector<std::string>& values, const char* option) {
    const auto text = only(values, option);
    if (!text || text->empty()) return std::nullopt;
    std::string digits = *text;
    int shift = 0;
    switch (digits.back()) {
      case 'k':
      case 'K': shift = 10; break;
      case 'm':
      case 'M': shift = 20; break;
      case 'g':
      case 'G': shift = 30; break;
      default: break;
    }
    if (shift > 0) digits.pop_back();
    const auto count = base::whole_number(digits);
    constexpr std::int64_t least = 1024, most = std::int64_t{1} << 44;
    if (count && *count > 0 && *count <= (most >> shift) && (*count << shift) >= least)
      return static_cast<std::uint64_t>(*count) << shift;
    complain(fmt::format("{} takes a size such as 512M or 2G, not '{}'", option, *text));
    return std::nullopt;
  }
  void require(bool there, const char* what) {
    if (!there) complain(fmt::format("{} is missing", what));
  }
  Result<Command> done(Command command) const {
    if (wrong_) return std::unexpected(*wrong_);
    return command;
  }

 private:
  std::string where_;
  std::optional<base::Problem> wrong_;
};

constexpr Verdict all_verdicts[] = {Verdict::violation,    Verdict::possible,
                                    Verdict::excepted,     Verdict::compliant,
                                    Verdict::not_observed, Verdict::not_applicable};

/// "not-observed": a verdict as one word.
std::string word_of(Verdict verdict) {
  std::string word(findings::to_string(verdict));
  std::replace(word.begin(), word.end(), ' ', '-');
  return word;
}

std::vector<Verdict> verdicts_from(const std::vector<std::string>& lists, Meaning& meaning) {
  std::vector<std::string> known;
  for (const Verdict verdict : all_verdicts) known.push_back(word_of(verdict));
  std::vector<Verdict> verdicts;
  for (const std::string& list : lists) {
    for (const std::string_view part : base::split(list, ',')) {
      std::string word = base::lower_case(base::trimmed(part));
      std::replace(word.begin(), word.end(), '_', '-');
      std::replace(word.begin(), word.end(), ' ', '-');
      const auto found = std::find(known.begin(), known.end(), word);
      if (found == known.end()) {
        meaning.complain(with_nearest(
            fmt::format("--fail-on takes {}, not '{}'", base::listed(known, "or"), part), word,
            known));
      } else {
        verdicts.push_back(all_verdicts[found - known.begin()]);
      }
    }
  }
  return verdicts;
}

Result<Command> check_from(const Words& words, Meaning meaning) {
  meaning.require(!words.folder.empty(), "CASE");
  return meaning.done(CheckCommand{words.folder, words.lock, words.json});
}

Result<Command> assess_from(const Words& words, Meaning meaning) {
  meaning.require(!words.folder.empty(), "CASE");
  AssessCommand command;
  command.folder = words.folder;
  command.out = meaning.only(words.out, "--out");
  command.previous = meaning.only(words.previous, "--previous");
  command.fail_on = verdicts_from(words.fail_on, meaning);
  command.threads = meaning.small_number(words.threads, "--threads", 256);
  command.memory = meaning.size(words.memory, "--memory");
  command.json = words.json;
  command.quiet = words.quiet;
  if (command.json && command.quiet) meaning.complain("--json and --quiet exclude each other");
  return meaning.done(std::move(command));
}

Result<Command> archive_from(const Words& words, Meaning meaning) {
  ArchiveCommand command;
  const auto to = meaning.only(words.to, "--to");
  const auto list = meaning.only(words.list, "--list");
  const auto verify = meaning.only(words.verify, "--verify");
  if (int{to.has_value()} + int{list.has_value()} + int{verify.has_value()} > 1)
    meaning.complain("--to, --list and --verify exclude each other");
  if (list || verify) {
    if (!words.folder.empty()) meaning.complain("--list and --verify take no CASE");
    if (!words.memory.empty()) meaning.complain("--memory goes with --to");
    command.act = list ? ArchiveCommand::Act::list : ArchiveCommand::Act::verify;
    command.archive = list ? *list : *verify;
  } else {
    meaning.require(!words.folder.empty(), "CASE");
    meaning.require(to.has_value(), "--to ARCHIVE (or --list, or --verify)");
    command.folder = words.folder;
    command.files = words.files;
    command.archive = to.value_or("");
  }
  command.threads = meaning.small_number(words.threads, "--threads", 256);
  command.memory = meaning.size(words.memory, "--memory");
  command.json = words.json;
  command.quiet = words.quiet;
  if (command.json && command.quiet) meaning.complain("--json and --quiet exclude each other");
  return meaning.done(std::move(command));
}

Result<Command> exercise_from(const Words& words, Meaning meaning) {
  if (const auto folder = meaning.only(words.score, "--score")) {
    if (!words.out.empty() || !words.seed.empty() || !words.days.empty() ||
        !words.aircraft.empty() || words.broken_bounds) {
      meaning.complain("--score takes no option but --json");
    }
    return meaning.done(ScoreCommand{*folder, words.json});
  }
  ExerciseCommand command;
  const auto out = meaning.only(words.out, "--out");
  meaning.require(out.has_value(), "--out DIR (or --score CASE)");
  const auto seed = meaning.number(words.seed, "--seed", 0, INT64_MAX);
  meaning.require(seed.has_value(), "--seed N");
  command.out = out.value_or("");
  command.seed = static_cast<std::uint64_t>(seed.value_or(0));
  command.days = meaning.small_number(words.days, "--days", 366);
  command.aircraft = meaning.small_number(words.aircraft, "--aircraft", 100'000);
  command.broken_bounds = words.broken_bounds;
  if (words.json) meaning.complain("--json goes with --score");
  return meaning.done(std::move(command));
}

Result<Command> help_from(const Words& words, Meaning meaning) {
  const std::string page = words.page.empty() ? "truce" : words.page;
  if (manual_page(page) == nullptr) {
    meaning.complain(with_nearest(fmt::format("there is no page '{}'", page), page, subcommands()));
  }
  return meaning.done(HelpCommand{page});
}

/// The option that lacks its value is named by the library; its other words are not ours.
std::string message_of(const CLI::ParseError& error) {
  const std::string text = error.what();
  const auto colon = text.find(':');
  if (text.starts_with("--") && colon != std::string::npos) {
    return fmt::format("{} takes one value", text.substr(0, colon));
  }
  return base::lower_case(text.substr(0, 1)) + text.substr(std::min<std::size_t>(1, text.size()));
}

}  // namespace

base::Result<Command> command_from(const std::vector<std::string>& words) {
  Words written;
  Grammar grammar(written);
  // The library takes the words from the back.
  std::vector<std::string> reversed(words.rbegin(), words.rend());
  std::string where = "truce";
  try {
    grammar.app().parse(reversed);
  } catch (const CLI::ParseError& error) {
    if (&grammar.chosen() != &grammar.app()) where += " " + grammar.chosen().get_name();
    return problem(where, message_of(error));
  }
  CLI::App& chosen = grammar.chosen();
  const bool is_subcommand = &chosen != &grammar.app();
  const std::string name = is_subcommand ? chosen.get_name() : "truce";
  if (is_subcommand) where += " " + name;

  const auto unknown = grammar.app().remaining(true);
  if (!unknown.empty()) {
    return problem(where, unexpected_word(unknown.front(), chosen, is_subcommand));
  }
  if (written.version) return VersionCommand{};
  if (written.help || !is_subcommand) {
    if (!written.help) {
      return problem(where, "a subcommand is missing: " + base::listed(subcommands(), "or"));
    }
    return HelpCommand{name};
  }
  Meaning meaning(where);
  if (name == "check") return check_from(written, std::move(meaning));
  if (name == "assess") return assess_from(written, std::move(meaning));
  if (name == "archive") return archive_from(written, std::move(meaning));
  if (name == "exercise") return exercise_from(written, std::move(meaning));
  return help_from(written, std::move(meaning));
}

std::vector<std::string> options_of(const std::string& subcommand) {
  Words words;
  Grammar grammar(words);
  if (subcommand == "truce") return Grammar::long_options(grammar.app());
  return Grammar::long_options(*grammar.app().get_subcommand(subcommand));
}

}  // namespace truce::service
