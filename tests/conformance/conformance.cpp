#include "tests/conformance/conformance.h"

#include <fmt/format.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <map>
#include <optional>
#include <set>

#include "base/places_test_case.h"
#include "base/text.h"
#include "base/toml.h"
#include "quantities/time.h"
#include "terms/json_value.h"

namespace truce::conformance {

namespace fs = std::filesystem;

namespace {

using base::TomlTable;
using terms::JsonValue;
using Lines = std::vector<std::string>;

std::string text_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// ---- reading findings.json

const JsonValue& at(const JsonValue& value, std::string_view name) {
  static const JsonValue null;
  const JsonValue* found = value.member(name);
  return found == nullptr ? null : *found;
}

/// "" for null.
std::string text(const JsonValue& value) {
  return value.text() == nullptr ? "" : *value.text();
}

double number(const JsonValue& value) {
  if (const auto* whole = value.integer()) return static_cast<double>(*whole);
  const auto* decimal = std::get_if<double>(&value.value);
  return decimal == nullptr ? std::nan("") : *decimal;
}

bool truth(const JsonValue& value) {
  const bool* found = std::get_if<bool>(&value.value);
  return found != nullptr && *found;
}

const JsonValue::Array& array(const JsonValue& value) {
  static const JsonValue::Array empty;
  return value.array() == nullptr ? empty : *value.array();
}

Lines texts(const JsonValue& value) {
  Lines all;
  for (const JsonValue& item : array(value)) all.push_back(text(item));
  return all;
}

// Every question and every cause in the tree of reasons.
void gather_reasons(const JsonValue& reason, Lines& lines) {
  lines.push_back(text(at(reason, "question")) + " " + text(at(reason, "answer")) + ": " +
                  text(at(reason, "because")));
  for (const JsonValue& part : array(at(reason, "parts"))) gather_reasons(part, lines);
}

// ---- comparing

std::string listed(Lines lines) {
  std::string all;
  for (const std::string& line : lines) all += (all.empty() ? "\"" : "; \"") + line + "\"";
  return all.empty() ? "nothing" : all;
}

std::string instant_text(const base::TomlTime& time) {
  const int minutes = time.offset_minutes.value_or(0);
  const auto local = quantities::instant_from(time.text + "Z");
  return local ? quantities::rfc3339(*local - quantities::minutes(minutes)) : "?";
}

class Comparison {
 public:
  explicit Comparison(std::string about) : about_(std::move(about)) {}
  Lines complaints;

  void equal(std::string_view what, const std::string& wanted, const std::string& found) {
    if (wanted != found) complain(what, "\"" + wanted + "\"", "\"" + found + "\"");
  }
  void equal(std::string_view what, std::int64_t wanted, std::int64_t found) {
    if (wanted != found) complain(what, std::to_string(wanted), std::to_string(found));
  }
  void complain(std::string_view what, const std::string& wanted, const std::string& found) {
    complaints.push_back(fmt::format("{}{}: expected {}, found {}", about_, what, wanted, found));
  }

  void text_as(TomlTable& wanted, std::string_view key, const std::string& found) {
    if (const auto expected = wanted.text(key)) equal(key, *expected, found);
  }
  void flag_as(TomlTable& wanted, std::string_view key, bool found) {
    const auto expected = wanted.boolean(key);
    if (expected && *expected != found)
      complain(key, *expected ? "yes" : "no", found ? "yes" : "no");
  }
  void same_set(TomlTable& wanted, std::string_view key, Lines found) {
    auto expected = wanted.texts(key);
    if (!expected) return;
    std::sort(expected->begin(), expected->end());
    std::sort(found.begin(), found.end());
    if (*expected != found) complain(key, listed(*expected), listed(found));
  }
  /// Each text that is asked for is part of some line.
  void said(TomlTable& wanted, std::string_view key, const Lines& lines, bool is_said = true) {
    for (const std::string& part : wanted.texts(key).value_or(Lines{})) {
      const bool found = std::any_of(lines.begin(), lines.end(), [&](const std::string& line) {
        return line.find(part) != std::string::npos;
      });
      if (found != is_said)
        complain(key, (is_said ? "to say \"" : "not to say \"") + part + "\"", listed(lines));
    }
  }
  void within(TomlTable& wanted, std::string_view key, double found) {
    auto limits = wanted.table(key);
    if (!limits) return;
    const auto least = limits->decimal("at_least"), most = limits->decimal("at_most");
    if (least && !(found >= *least))
      complain(key, fmt::format("at least {}", *least), fmt::format("{}", found));
    if (most && !(found <= *most))
      complain(key, fmt::format("at most {}", *most), fmt::format("{}", found));
    limits->report_unknown_keys();
  }
  void seconds(TomlTable& wanted, const JsonValue& found) {
    auto limits = wanted.table("seconds_inside");
    if (!limits) return;
    const struct {
      std::string_view ours, theirs;
    } ends[] = {{"least", "min"}, {"most", "max"}};
    for (const auto& end : ends) {
      const auto expected = limits->decimal(end.ours);
      const double seconds_found = number(at(found, end.theirs));
      if (expected && !(std::abs(*expected - seconds_found) <= 1))
        complain("seconds_inside, " + std::string(end.ours), fmt::format("{}", *expected),
                 fmt::format("{}", seconds_found));
    }
    limits->report_unknown_keys();
  }
  /// Times are compared as RFC 3339 texts in UTC, which sort as they follow each other.
  void bounds(TomlTable& wanted, std::string_view key, const JsonValue& found) {
    auto limits = wanted.table(key);
    if (!limits) return;
    const auto earliest = quantities::instant_from(text(at(found, "earliest")));
    const auto latest = quantities::instant_from(text(at(found, "latest")));
    if (!earliest || !latest) return complain(key, "two bounds", "none");
    const std::string both = quantities::rfc3339(*earliest) + " to " + quantities::rfc3339(*latest);
    const auto asked = [&](std::string_view name) -> std::optional<quantities::Instant> {
      const auto time = limits->time(name);
      if (!time) return {};
      return quantities::instant_from(instant_text(*time));
    };
    if (const auto moment = asked("at"); moment && (*moment < *earliest || *moment > *latest))
      complain(key, "bounds that hold " + quantities::rfc3339(*moment), both);
    if (const auto limit = asked("not_before"); limit && *earliest < *limit)
      complain(key, "not before " + quantities::rfc3339(*limit), both);
    if (const auto limit = asked("not_after"); limit && *latest > *limit)
      complain(key, "not after " + quantities::rfc3339(*limit), both);
    if (const auto width = limits->text("to_within")) {
      const auto number_end = width->find(' ');
      const double unit = width->substr(number_end + 1) == "min" ? 60 : 1;
      if ((*latest - *earliest).in_seconds() > std::stod(*width) * unit)
        complain(key, "known to within " + *width, both);
    }
    limits->report_unknown_keys();
  }

 private:
  std::string about_;
};

Lines compared_exception(TomlTable& wanted, const JsonValue& finding) {
  const std::string id = wanted.text("exception").value_or("");
  Comparison c("exception " + id + ": ");
  for (const JsonValue& found : array(at(finding, "exceptions"))) {
    if (text(at(found, "exception")) != id) continue;
    c.text_as(wanted, "notice", text(at(found, "notice")));
    c.text_as(wanted, "answer", text(at(found, "answer")));
    c.said(wanted, "reason_says", {text(at(found, "reason"))});
    c.said(wanted, "misuse_says", {text(at(found, "misuse"))});
    wanted.report_unknown_keys();
    return c.complaints;
  }
  return {"exception " + id + ": expected, not found"};
}

Lines compared_finding(TomlTable wanted, const JsonValue& found) {
  Comparison c("");
  const JsonValue& aircraft = at(found, "aircraft");
  c.text_as(wanted, "verdict", text(at(found, "verdict")));
  c.text_as(wanted, "rule", text(at(found, "rule")));
  c.text_as(wanted, "aircraft", text(at(aircraft, "address")));
  c.text_as(wanted, "party", text(at(aircraft, "party")));
  c.text_as(wanted, "counted_on", text(at(found, "counted_on")));
  c.text_as(wanted, "altitude", text(at(at(found, "altitude"), "reference")));
  c.flag_as(wanted, "gap", truth(at(found, "rests_on_gap")));
  c.flag_as(wanted, "sighting", truth(at(found, "rests_on_sighting")));
  c.same_set(wanted, "areas", texts(at(found, "areas")));
  c.same_set(wanted, "origins", texts(at(found, "origins")));
  c.bounds(wanted, "entered", at(found, "entry"));
  c.bounds(wanted, "left", at(found, "exit"));
  c.seconds(wanted, at(found, "seconds_inside"));
  c.within(wanted, "probability", number(at(found, "probability")));
  c.said(wanted, "sentence_says", {text(at(found, "sentence"))});
  c.said(wanted, "sentence_not", {text(at(found, "sentence"))}, false);
  if (auto depth = wanted.table("depth_m")) {
    const double deepest = number(at(at(found, "penetration_m"), "max"));
    const auto expected = depth->decimal("most_at_least");
    if (expected && !(deepest >= *expected))
      c.complain("depth_m", fmt::format("at most, but no less than {}", *expected),
                 fmt::format("at most {}", deepest));
    depth->report_unknown_keys();
  }
  c.said(wanted, "paragraph_says", {text(at(found, "paragraph"))});
  c.said(wanted, "asks", texts(at(found, "unknowns")));
  c.said(wanted, "asks_not", texts(at(found, "unknowns")), false);
  Lines reasons;
  gather_reasons(at(found, "reasons"), reasons);
  c.said(wanted, "because", reasons);
  wanted.expect_also("inherits_id");
  for (TomlTable& exception : wanted.tables("exception"))
    for (std::string& line : compared_exception(exception, found))
      c.complaints.push_back(std::move(line));
  wanted.report_unknown_keys();
  return c.complaints;
}

// Each expected finding takes the one that suits it best of those that no other has taken.
Lines compared_findings(std::vector<TomlTable> wanted, const JsonValue::Array& found) {
  Lines complaints;
  std::vector<bool> taken(found.size(), false);
  for (std::size_t k = 0; k < wanted.size(); ++k) {
    std::optional<std::size_t> best;
    Lines least;
    for (std::size_t i = 0; i < found.size(); ++i) {
      if (taken[i]) continue;
      Lines lines = compared_finding(wanted[k], found[i]);
      if (best && lines.size() >= least.size()) continue;
      best = i;
      least = std::move(lines);
    }
    const std::string name =
        fmt::format("finding {} ({})", k + 1, wanted[k].text("verdict").value_or("any verdict"));
    if (!best) {
      complaints.push_back(name + ": expected, not found");
      continue;
    }
    taken[*best] = true;
    for (const std::string& line : least) complaints.push_back(name + ": " + line);
  }
  return complaints;
}

Lines compared_coverage(TomlTable& wanted, const JsonValue& document) {
  const std::string rule = wanted.text("rule").value_or(""),
                    area = wanted.text("area").value_or(""), day = wanted.text("day").value_or("");
  Comparison c(fmt::format("coverage of rule {} in {} on {}: ", rule, area, day));
  for (const JsonValue& line : array(at(document, "coverage"))) {
    if (text(at(line, "rule")) != rule || text(at(line, "area")) != area ||
        text(at(line, "day")) != day)
      continue;
    c.text_as(wanted, "verdict", text(at(line, "verdict")));
    c.within(wanted, "heard", number(at(line, "heard")));
    c.within(wanted, "coverage", number(at(line, "coverage")));
    c.within(wanted, "restricted", number(at(line, "restricted")));
    wanted.report_unknown_keys();
    return c.complaints;
  }
  c.complain("line", "one", "none");
  return c.complaints;
}

Lines compared_figure(TomlTable& wanted, const JsonValue& document) {
  const std::string rule = wanted.text("rule").value_or(""),
                    area = wanted.text("area").value_or(""),
                    party = wanted.text("party").value_or(""),
                    day = wanted.text("day").value_or("");
  Comparison c(fmt::format("figure of rule {} in {} for {} on {}: ", rule, area, party, day));
  for (const JsonValue& figure : array(at(document, "figures"))) {
    if (text(at(figure, "rule")) != rule || text(at(figure, "area")) != area ||
        text(at(figure, "party")) != party || text(at(figure, "day")) != day)
      continue;
    if (const auto violations = wanted.integer("violations"))
      c.equal("violations", *violations,
              static_cast<std::int64_t>(number(at(figure, "violations"))));
    c.seconds(wanted, at(figure, "seconds_inside"));
    wanted.report_unknown_keys();
    return c.complaints;
  }
  c.complain("line", "one", "none");
  return c.complaints;
}

Lines compared_rejections(TomlTable& wanted, const JsonValue& document) {
  Comparison c("rejected rows, ");
  std::map<std::string, std::int64_t> found;
  for (const JsonValue& input : array(at(document, "inputs")))
    if (const auto* reasons = at(input, "rejected").object())
      for (const terms::JsonMember& reason : *reasons)
        found[reason.name] += static_cast<std::int64_t>(number(reason.value));
  for (const std::string& reason : wanted.keys()) {
    c.equal(reason, wanted.integer(reason).value_or(-1), found[reason]);
    found.erase(reason);
  }
  for (const auto& [reason, count] : found) c.equal(reason, 0, count);
  return c.complaints;
}

void take(Lines& all, Lines more) {
  for (std::string& line : more) all.push_back(std::move(line));
}

Lines compared_document(TomlTable& wanted, const JsonValue& document) {
  Comparison c("");
  const JsonValue::Array& found = array(at(document, "findings"));
  Lines sentences;
  std::int64_t violations = 0;
  for (const JsonValue& finding : found) {
    sentences.push_back(text(at(finding, "sentence")));
    if (text(at(finding, "verdict")) == "violation") ++violations;
  }
  const auto count = wanted.integer("findings");
  if (count && *count != static_cast<std::int64_t>(found.size()))
    c.complain("findings", std::to_string(*count),
               std::to_string(found.size()) + ": " + listed(sentences));
  if (const auto expected = wanted.integer("violations"))
    c.equal("violations", *expected, violations);
  if (wanted.has("undecided_clauses")) {
    Lines clauses;
    for (const JsonValue& clause : array(at(document, "undecided_clauses")))
      clauses.push_back(text(at(clause, "id")));
    c.same_set(wanted, "undecided_clauses", clauses);
  }
  take(c.complaints, compared_findings(wanted.tables("finding"), found));
  for (TomlTable& line : wanted.tables("coverage"))
    take(c.complaints, compared_coverage(line, document));
  for (TomlTable& figure : wanted.tables("figure"))
    take(c.complaints, compared_figure(figure, document));
  if (auto rejected = wanted.table("rejected"))
    take(c.complaints, compared_rejections(*rejected, document));
  return c.complaints;
}

// ---- running

/// A folder of its own, gone afterwards.
class Scratch {
 public:
  Scratch() {
    std::string name = (fs::temp_directory_path() / "truce-conformance-XXXXXX").string();
    path_ = ::mkdtemp(name.data());
  }
  ~Scratch() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

std::string quoted(const std::string& word) {
  std::string all = "'";
  for (char c : word) all += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return all + "'";
}

/// Assesses a case; the findings, or nothing with a complaint.
std::optional<JsonValue> assessed(const fs::path& folder, const fs::path& out,
                                  const std::string& previous, Lines& complaints) {
  fs::create_directories(out);
  std::string command = quoted(base::built_program().string()) + " assess " +
                        quoted(folder.string()) + " --out " + quoted(out.string()) +
                        " --quiet --threads 1";
  if (!previous.empty()) command += " --previous " + quoted(previous);
  command += " >" + quoted((out / "log").string()) + " 2>&1";
  const int status = std::system(command.c_str());
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
    complaints.push_back("truce assess: expected exit status 0, found " +
                         std::to_string(WIFEXITED(status) ? WEXITSTATUS(status) : -1) + ": " +
                         text_of(out / "log"));
    return {};
  }
  auto parsed = terms::parse_json(text_of(out / "findings.json"), "findings.json");
  if (!parsed) {
    complaints.push_back(parsed.error().where + ": " + parsed.error().message);
    return {};
  }
  return std::move(*parsed);
}

std::set<std::string> ids_of(const JsonValue& document) {
  std::set<std::string> ids;
  for (const JsonValue& finding : array(at(document, "findings")))
    ids.insert(text(at(finding, "id")));
  return ids;
}

// The case as it stood: its declared files, overlaid with the earlier ones.
void restore_earlier(const fs::path& folder, const std::string& earlier, const fs::path& into) {
  const auto overlay = fs::copy_options::recursive | fs::copy_options::overwrite_existing;
  fs::copy(folder, into, overlay);
  fs::remove_all(into / earlier);
  if (fs::exists(folder / earlier / "observations")) fs::remove_all(into / "observations");
  fs::copy(folder / earlier, into, overlay);
}

Lines compared_with_earlier(const fs::path& folder, TomlTable& wanted, TomlTable& previous,
                            const fs::path& scratch) {
  Lines complaints;
  restore_earlier(folder, previous.text("folder").value_or("earlier"), scratch / "case");
  const auto first = assessed(scratch / "case", scratch / "first", "", complaints);
  const auto alone = assessed(folder, scratch / "alone", "", complaints);
  const auto later = assessed(folder, scratch / "later",
                              (scratch / "first" / "findings.json").string(), complaints);
  if (!first || !alone || !later) return complaints;
  Comparison c("with the earlier run: ");
  Lines verdicts;
  for (const JsonValue& finding : array(at(*first, "findings")))
    verdicts.push_back(text(at(finding, "verdict")));
  c.same_set(previous, "verdicts", verdicts);
  const Lines errata = texts(at(*later, "errata"));
  if (const auto count = previous.integer("errata"))
    c.equal("errata", *count, static_cast<std::int64_t>(errata.size()));
  c.said(previous, "errata_says", errata);
  previous.report_unknown_keys();
  bool inherits = false;
  for (TomlTable& finding : wanted.tables("finding"))
    inherits = inherits || finding.boolean("inherits_id").value_or(false);
  const auto shared = [](const std::set<std::string>& a, const std::set<std::string>& b) {
    return std::any_of(a.begin(), a.end(), [&](const std::string& id) { return b.contains(id); });
  };
  if (inherits && !shared(ids_of(*first), ids_of(*later)))
    c.complain("id", "the earlier one", "another");
  if (inherits && shared(ids_of(*first), ids_of(*alone)))
    c.complain("id without the earlier run", "another", "the same, so the case tests nothing");
  take(complaints, c.complaints);
  take(complaints, compared_document(wanted, *later));
  return complaints;
}

std::optional<TomlTable> expectations(const std::string& toml, base::Problems& problems) {
  return TomlTable::parse(toml, "expected.toml", problems);
}

void take_problems(const base::Problems& problems, Lines& complaints) {
  std::set<std::string> told;
  for (const base::Problem& problem : problems)
    if (told.insert(problem.where + problem.message).second)
      complaints.push_back(problem.where + ": " + problem.message);
}

}  // namespace

Lines cases_under(const fs::path& root) {
  Lines cases;
  if (!fs::exists(root)) return cases;
  for (const auto& entry : fs::recursive_directory_iterator(root))
    if (entry.path().filename() == "expected.toml")
      cases.push_back(fs::relative(entry.path().parent_path(), root).generic_string());
  std::sort(cases.begin(), cases.end());
  return cases;
}

Lines complaints_about(const fs::path& folder) {
  const Scratch scratch;
  base::Problems problems;
  Lines complaints;
  auto wanted = expectations(text_of(folder / "expected.toml"), problems);
  if (wanted) {
    if (auto previous = wanted->table("previous")) {
      complaints = compared_with_earlier(folder, *wanted, *previous, scratch.path());
    } else if (const auto found = assessed(folder, scratch.path() / "out", "", complaints)) {
      take(complaints, compared_document(*wanted, *found));
    }
    wanted->report_unknown_keys();
  }
  take_problems(problems, complaints);
  return complaints;
}

Lines compared(const std::string& expected_toml, const std::string& findings_json) {
  base::Problems problems;
  Lines complaints;
  auto wanted = expectations(expected_toml, problems);
  const auto found = terms::parse_json(findings_json, "findings.json");
  if (!found) return {found.error().message};
  if (wanted) {
    complaints = compared_document(*wanted, *found);
    wanted->report_unknown_keys();
  }
  take_problems(problems, complaints);
  return complaints;
}

}  // namespace truce::conformance
