#include "service/summary.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

#include "base/json_writer.h"
#include "base/text.h"
#include "publication/wording.h"
#include "service/telling.h"

namespace truce::service {
namespace {

using findings::Finding;
using findings::Verdict;
using publication::Assessment;
using Counts = std::map<Verdict, std::int64_t>;

constexpr std::size_t most_told = 10;

/// Verdicts that findings have; the other two speak of whole days.
constexpr std::array of_findings = {Verdict::violation, Verdict::possible, Verdict::excepted,
                                    Verdict::not_applicable};
constexpr std::array of_days = {Verdict::compliant, Verdict::not_observed};

Style style_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::violation: return Style::red;
    case Verdict::possible: return Style::yellow;
    case Verdict::compliant: return Style::green;
    case Verdict::excepted: return Style::plain;
    case Verdict::not_observed: return Style::plain;
    case Verdict::not_applicable: return Style::dim;
  }
  return Style::plain;
}

/// Findings and days by rule; every rule of the agreement is there, found or not.
std::map<std::string, Counts> counts_by_rule(const Assessment& assessment) {
  std::map<std::string, Counts> counts;
  for (const auto& rule : assessment.agreement.rules) counts[rule.id];
  for (const Finding& finding : assessment.findings.findings) {
    ++counts[finding.rule][finding.verdict];
  }
  for (const auto& line : assessment.findings.coverage) {
    if (line.verdict == Verdict::compliant || line.verdict == Verdict::not_observed) {
      ++counts[line.rule][line.verdict];
    }
  }
  return counts;
}

std::uint64_t rejected_rows(const Assessment& assessment) {
  std::uint64_t rows = 0;
  for (const auto& input : assessment.observations.inputs) {
    for (const auto& [_, count] : input.rejected) rows += count;
  }
  return rows;
}

std::size_t files_with_rejected(const Assessment& assessment) {
  const auto& inputs = assessment.observations.inputs;
  return static_cast<std::size_t>(std::count_if(
      inputs.begin(), inputs.end(), [](const auto& input) { return !input.rejected.empty(); }));
}

/// The gravest first, then the earliest.
std::vector<const Finding*> gravest(const Assessment& assessment) {
  std::vector<const Finding*> chosen;
  for (const Finding& finding : assessment.findings.findings) {
    if (finding.verdict == Verdict::violation || finding.verdict == Verdict::possible) {
      chosen.push_back(&finding);
    }
  }
  std::stable_sort(chosen.begin(), chosen.end(),
                   [](const Finding* a, const Finding* b) { return a->verdict > b->verdict; });
  return chosen;
}

std::string table_of(const Assessment& assessment, const Terminal& terminal) {
  constexpr int number_width = 16;
  constexpr std::size_t longest_rule = 24;
  const auto counts = counts_by_rule(assessment);
  int rule_width = columns_of("rule");
  for (const auto& [rule, _] : counts) {
    rule_width = std::max(rule_width, columns_of(publication::cut(rule, longest_rule)));
  }
  const auto padded = [&](std::string rule) {
    rule.append(static_cast<std::size_t>(std::max(0, rule_width - columns_of(rule))), ' ');
    return rule;
  };

  std::string heading = padded("rule");
  for (const Verdict verdict : of_findings) {
    heading += fmt::format("{:>{}}", findings::to_string(verdict), number_width);
  }
  std::string text = styled(terminal, Style::dim, heading) + '\n';
  for (const auto& [rule, of_rule] : counts) {
    text += padded(publication::cut(rule, longest_rule));
    for (const Verdict verdict : of_findings) {
      const auto found = of_rule.find(verdict);
      const std::int64_t count = found == of_rule.end() ? 0 : found->second;
      const std::string number = fmt::format(
          "{:>{}}", count == 0 ? "-" : count_text(static_cast<std::uint64_t>(count)), number_width);
      text += count == 0 ? styled(terminal, Style::dim, number)
                         : styled(terminal, style_of(verdict), number);
    }
    text += '\n';
  }
  return text;
}

std::string findings_told(const Assessment& assessment, const Terminal& terminal) {
  const auto chosen = gravest(assessment);
  std::string text;
  for (std::size_t i = 0; i < std::min(chosen.size(), most_told); ++i) {
    const Finding& finding = *chosen[i];
    const std::string verdict(findings::to_string(finding.verdict));
    text += styled(terminal, style_of(finding.verdict), fmt::format("{:<11}", verdict));
    text += wrapped(publication::cut_text(finding.sentence), std::min(terminal.columns, 100),
                    "           ");
    text += '\n';
  }
  if (chosen.size() > most_told) {
    text += fmt::format("           and {} more\n", count_text(chosen.size() - most_told));
  }
  return text;
}

/// "139,098 positions and 12 sightings in 40 files, 27 February 2016 to 28 February 2016"
std::string observed_line(const Assessment& assessment) {
  const auto& observations = assessment.observations;
  const auto read =
      std::count_if(observations.inputs.begin(), observations.inputs.end(),
                    [](const auto& input) { return input.name.starts_with("observations/"); });
  std::string line = fmt::format(
      "{} positions and {} sightings in {} files", count_text(observations.position_count()),
      count_text(observations.sightings.size()), count_text(static_cast<std::uint64_t>(read)));
  if (observations.position_count() + observations.sightings.size() > 0) {
    const auto& period = assessment.findings.observed;
    const std::string first = quantities::date_text(quantities::date_at(period.from));
    const std::string last = quantities::date_text(quantities::date_at(period.until));
    line += ", " + first;
    if (first != last) line += " to " + last;
  }
  return line + '\n';
}

std::string coverage_line(const Assessment& assessment) {
  const auto& lines = assessment.findings.coverage;
  if (lines.empty()) return "Coverage: no area was in force on a day that was observed.";
  const auto days = publication::day_counts_of(assessment.findings);
  double least = 1, most = 0;
  for (const auto& line : lines) {
    least = std::min(least, line.coverage);
    most = std::max(most, line.coverage);
  }
  const auto count = [&](Verdict verdict) {
    return count_text(static_cast<std::uint64_t>(days.at(verdict)));
  };
  const std::string low = publication::share_text(least), high = publication::share_text(most);
  return fmt::format(
      "Coverage: {} of the acts forbidden would have been seen, by area and day; of {} days of "
      "areas, {} compliant, {} not observed.",
      low == high ? low : low + " to " + high, count_text(lines.size()), count(Verdict::compliant),
      count(Verdict::not_observed));
}

std::string rejected_line(const Assessment& assessment) {
  const std::uint64_t rows = rejected_rows(assessment);
  if (rows == 0) return "Rejected: nothing.\n";
  return fmt::format("Rejected: {} {} of {} {}, listed in rejected.csv.\n", count_text(rows),
                     rows == 1 ? "row" : "rows", files_with_rejected(assessment),
                     files_with_rejected(assessment) == 1 ? "file" : "files");
}

void write_counts(base::JsonWriter& json, const Counts& counts) {
  json.begin_object();
  const auto write = [&](Verdict verdict) {
    const auto found = counts.find(verdict);
    json.member(findings::to_string(verdict), found == counts.end() ? 0 : found->second);
  };
  for (const Verdict verdict : of_findings) write(verdict);
  for (const Verdict verdict : of_days) write(verdict);
  json.end_object();
}

}  // namespace

std::string summary_text(const Assessment& assessment, const Run& run, const Terminal& terminal) {
  const std::string title = base::valid_utf8(publication::in_english(assessment.agreement.title));
  std::string text = styled(terminal, Style::bold, title.empty() ? run.folder : title) + '\n';
  text += observed_line(assessment) + '\n';
  text += table_of(assessment, terminal);
  if (const std::string told = findings_told(assessment, terminal); !told.empty()) {
    text += '\n' + told;
  }
  text += '\n';
  text += wrapped(coverage_line(assessment), std::min(terminal.columns, 100), "  ");
  text += '\n';
  const auto undecided = assessment.agreement.undecided.size();
  if (undecided > 0) {
    text +=
        fmt::format("Clauses that no machine can decide: {}, listed in the report.\n", undecided);
  }
  const auto errata = assessment.findings.errata.size();
  if (errata > 0) text += fmt::format("Errata since the previous run: {}.\n", errata);
  text += rejected_line(assessment);
  text += fmt::format("Report ({}): {}\n", publication::audience_text(assessment.edition),
                      (run.out / "report.html").string());
  return text;
}

std::string summary_json(const Assessment& assessment, const Run& run) {
  base::JsonWriter json;
  json.begin_object();
  json.member("format", "truce assess summary 1");
  json.member("program_version", assessment.edition.program_version);
  json.member("audience", publication::audience_text(assessment.edition));
  json.member("case", run.folder);
  json.member("agreement", assessment.agreement.id);
  json.member("locked", run.locked);
  json.member("lock_sha256", assessment.edition.lock_digest);
  json.member("out", run.out.string());
  json.key("files");
  json.begin_array();
  for (const std::string& file : run.files) json.text(file);
  json.end_array();
  const auto& observations = assessment.observations;
  json.member("inputs", observations.inputs.size());
  json.member("positions", observations.position_count());
  json.member("sightings", observations.sightings.size());
  json.member("notices", observations.ledger.notices.size());
  json.member("rejected_rows", rejected_rows(assessment));
  json.member("findings", assessment.findings.findings.size());
  auto totals = publication::counts_of(assessment.findings);
  for (const auto& [verdict, count] : publication::day_counts_of(assessment.findings)) {
    // Of days only compliant and not observed are new; the others restate findings.
    if (verdict == Verdict::compliant || verdict == Verdict::not_observed) totals[verdict] = count;
  }
  json.key("verdicts");
  write_counts(json, totals);
  json.key("rules");
  json.begin_object();
  for (const auto& [rule, counts] : counts_by_rule(assessment)) {
    json.key(rule);
    write_counts(json, counts);
  }
  json.end_object();
  json.member("coverage_lines", assessment.findings.coverage.size());
  json.member("undecided_clauses", assessment.agreement.undecided.size());
  json.member("errata", assessment.findings.errata.size());
  write_problems(json, "warnings", run.warnings);
  json.end_object();
  return json.take();
}

}  // namespace truce::service
