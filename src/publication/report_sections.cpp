#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "base/json_writer.h"
#include "base/text.h"
#include "publication/report_parts.h"
#include "publication/timeline.h"
#include "publication/wording.h"

namespace truce::publication {

using findings::Verdict;

namespace {

constexpr std::size_t most_coverage_rows = 200;
constexpr std::size_t most_figure_rows = 300;
constexpr std::size_t most_reason_rows = 60;
constexpr std::size_t most_restrictions = 100;

std::string cell(std::int64_t count) {
  return fmt::format("<td class=\"num{}\">{}</td>", count == 0 ? " zero" : "", thousands(count));
}

std::string left_out(std::size_t count, std::string_view what, std::string_view file) {
  if (count == 0) return "";
  return fmt::format("<p class=\"note\">{} more {} are in {}.</p>\n",
                     thousands(static_cast<std::int64_t>(count)), what, file);
}

struct Quiet {
  std::int64_t days = 0;
  double least = 1, most = 0;
  std::map<Verdict, std::int64_t> counts;
};

std::string days_text(std::int64_t count) {
  return counted(count, "day", "days");
}

// "Not observed on 2 of 3 days; compliant on 1 day."
std::string in_words(const Quiet& quiet) {
  std::vector<std::string> parts;
  for (const Verdict verdict : {Verdict::not_observed, Verdict::compliant, Verdict::violation,
                                Verdict::possible, Verdict::excepted, Verdict::not_applicable}) {
    const auto count = quiet.counts.find(verdict);
    if (count == quiet.counts.end() || count->second == 0) continue;
    const std::string name = verdict == Verdict::violation  ? "a violation"
                             : verdict == Verdict::possible ? "a possible breach"
                             : verdict == Verdict::excepted ? "only excepted flights"
                                                            : std::string(to_string(verdict));
    parts.push_back(fmt::format("{} on {}", name, days_text(count->second)));
  }
  return capitalised(base::listed(parts)) + ".";
}

std::string coverage_words(const Assessment& assessment) {
  std::map<std::pair<std::string, std::string>, Quiet> rows;
  for (const auto& line : assessment.findings.coverage) {
    Quiet& quiet = rows[{line.rule, line.area}];
    ++quiet.days;
    ++quiet.counts[line.verdict];
    quiet.least = std::min(quiet.least, line.coverage);
    quiet.most = std::max(quiet.most, line.coverage);
  }
  std::string out =
      "<div class=\"scroll\"><table><caption>By rule and area</caption><thead><tr>"
      "<th scope=\"col\">Rule</th><th scope=\"col\">Area</th><th scope=\"col\" "
      "class=\"num\">Days</th>"
      "<th scope=\"col\" class=\"num\">Not observed</th><th scope=\"col\">Coverage</th>"
      "<th scope=\"col\">In words</th></tr></thead><tbody>\n";
  std::size_t shown = 0;
  for (const auto& [key, quiet] : rows) {
    if (++shown > most_coverage_rows) break;
    const auto unseen = quiet.counts.find(Verdict::not_observed);
    out += fmt::format(
        "<tr><th scope=\"row\">{}</th><td>{}</td>{}{}<td "
        "class=\"nowrap\">{}</td><td>{}</td></tr>\n",
        html_name(key.first), html_name(key.second), cell(quiet.days),
        cell(unseen == quiet.counts.end() ? 0 : unseen->second),
        share_text(quiet.least) == share_text(quiet.most)
            ? share_text(quiet.least)
            : share_text(quiet.least) + " to " + share_text(quiet.most),
        in_words(quiet));
  }
  out += "</tbody></table></div>\n";
  return out + left_out(rows.size() > most_coverage_rows ? rows.size() - most_coverage_rows : 0,
                        "rows", "coverage.csv");
}

std::string restrictions(const Assessment& assessment) {
  const auto& all = assessment.observations.restrictions;
  if (all.empty()) return "<p>No restriction of monitoring was declared.</p>\n";
  std::string out =
      "<h4>Restrictions of monitoring</h4>\n<div class=\"scroll\"><table><thead><tr>"
      "<th scope=\"col\">Kind</th><th scope=\"col\">From</th><th scope=\"col\">Until</th>"
      "<th scope=\"col\">Where and whom</th><th scope=\"col\">Declared</th></tr></thead><tbody>\n";
  std::size_t shown = 0;
  for (const auto& restriction : all) {
    if (++shown > most_restrictions) break;
    std::string where = "everywhere";
    if (restriction.centre)
      where = "within " + quantities::metres_text(restriction.radius) + " of " +
              quantities::point_text(*restriction.centre);
    if (!restriction.sources.empty()) where += ", " + base::listed(restriction.sources);
    std::string text = restriction.text;
    if (!restriction.by.empty())
      text += (text.empty() ? "" : " ") + ("Said to be by " + restriction.by + ".");
    out += fmt::format(
        "<tr><th scope=\"row\">{}</th><td class=\"nowrap\">{}</td><td class=\"nowrap\">{}</td>"
        "<td>{}</td><td>{}</td></tr>\n",
        html(capitalised(kind_text(restriction.kind))), short_moment_text(restriction.when.from),
        short_moment_text(restriction.when.until), html(where), html(text));
  }
  return out + "</tbody></table></div>\n" +
         left_out(all.size() > most_restrictions ? all.size() - most_restrictions : 0,
                  "restrictions", "restrictions.toml");
}

}  // namespace

std::string html(std::string_view text) {
  return base::escaped_xml(cut_text(text));
}

std::string html_name(std::string_view text) {
  return "<bdi>" + base::escaped_xml(cut_name(text)) + "</bdi>";
}

std::string party_name(const terms::Agreement& agreement, std::string_view party) {
  if (party.empty()) return "unknown";
  const auto found = std::find_if(agreement.parties.begin(), agreement.parties.end(),
                                  [&](const auto& known) { return known.id == party; });
  const std::string name = found == agreement.parties.end() ? "" : in_english(found->name);
  return cut_name(name.empty() ? party : name);
}

std::string verdict_badge(Verdict verdict) {
  return fmt::format("<span class=\"badge {}\">{}{}</span>", slug_of(verdict),
                     mark_in_text(verdict), capitalised(to_string(verdict)));
}

std::string coverage_section(const Assessment& assessment) {
  std::string out = "<h2 id=\"coverage\">What was not observed</h2>\n";
  if (assessment.findings.coverage.empty())
    return out +
           "<p>No coverage was worked out: no rule on flight could be broken in any area while "
           "observations were made.</p>\n" +
           restrictions(assessment);
  const auto counts = day_counts_of(assessment.findings);
  const auto total = static_cast<std::int64_t>(assessment.findings.coverage.size());
  const auto unseen = counts.at(Verdict::not_observed);
  out += fmt::format(
      "<p>Coverage is the share of the acts that a rule forbids which would have been seen, had "
      "they "
      "happened. A quiet day is called <em>compliant</em> only from a coverage of {} on, as the "
      "agreement asks. Of {} (one rule, one area, one day each), <strong>{}</strong> not observed: "
      "nothing was found on them, and nobody can say from these sources that nothing happened. "
      "Airliners that are heard say nothing of military aircraft that fly dark.</p>\n",
      share_text(assessment.agreement.compliant_from), counted(total, "area-day", "area-days"),
      unseen == 1 ? "1 was" : thousands(unseen) + " were");
  out += "<figure>" + coverage_calendar(assessment) +
         "<figcaption>The darker, the better covered; dotted fields saw nothing of what the rule "
         "forbids. Open circle: not observed. Tick: compliant. Other marks: the gravest finding of "
         "the day. No field: the rule could not be broken there on that day.</figcaption>"
         "</figure>\n";
  return out + coverage_words(assessment) + restrictions(assessment);
}

std::string figures_section(const Assessment& assessment) {
  const auto& figures = assessment.findings.figures;
  std::string out = "<h2 id=\"figures\">Figures</h2>\n";
  if (figures.empty()) return out + "<p>There is nothing to count.</p>\n";
  out +=
      "<p>Counted by the agreement\xE2\x80\x99s rule: one aircraft, one area and one continuous "
      "presence is one overflight, on the day of its earliest entry; hours are split between "
      "days.</p>\n"
      "<div class=\"scroll\"><table><caption>By rule, area, party and day</caption><thead><tr>"
      "<th scope=\"col\">Rule</th><th scope=\"col\">Area</th><th scope=\"col\">Party</th>"
      "<th scope=\"col\">Day</th><th scope=\"col\" class=\"num\">Violations</th>"
      "<th scope=\"col\" class=\"num\">Possible</th><th scope=\"col\" class=\"num\">Excepted</th>"
      "<th scope=\"col\" class=\"num\">Hours inside</th><th scope=\"col\" "
      "class=\"num\">Military</th>"
      "<th scope=\"col\" class=\"num\">Helicopters</th>"
      "<th scope=\"col\" class=\"num\">Kind unknown</th></tr></thead><tbody>\n";
  constexpr std::int64_t per_centihour = 36'000'000;
  const auto hours = [&](std::int64_t microseconds, bool up) {
    return base::decimal_text((microseconds + (up ? per_centihour - 1 : 0)) / per_centihour, 2);
  };
  std::size_t shown = 0;
  for (const auto& figure : figures) {
    if (++shown > most_figure_rows) break;
    const std::string least = hours(figure.inside_least.microseconds, false);
    const std::string most = hours(figure.inside_most.microseconds, true);
    out += fmt::format(
        "<tr><th scope=\"row\">{}</th><td>{}</td><td>{}</td><td class=\"nowrap\">{}</td>{}{}{}"
        "<td class=\"num\">{}</td>{}{}{}</tr>\n",
        html_name(figure.rule), html_name(figure.area),
        html(party_name(assessment.agreement, figure.party)), quantities::iso_date(figure.day),
        cell(figure.violations), cell(figure.possible), cell(figure.excepted),
        least == most ? least : least + "\xE2\x80\x93" + most, cell(figure.military),
        cell(figure.helicopters), cell(figure.unknown_kind));
  }
  out += "</tbody></table></div>\n";
  return out + left_out(figures.size() > most_figure_rows ? figures.size() - most_figure_rows : 0,
                        "rows", "figures.csv");
}

namespace {

std::string sources_table(const Assessment& assessment) {
  const auto& sources = assessment.observations.sources.declared;
  if (sources.empty()) return "<p>No source was declared in sources.toml.</p>\n";
  std::string out =
      "<div class=\"scroll\"><table><caption>Sources as declared. Reliability A to F and "
      "credibility 1 to 6 after the Admiralty code. Sources of one origin do not "
      "corroborate "
      "one another.</caption><thead><tr><th scope=\"col\">Source</th><th scope=\"col\">Origin</th>"
      "<th scope=\"col\">Grade</th><th scope=\"col\">Tied to</th><th scope=\"col\">Accepted by</th>"
      "<th scope=\"col\" class=\"num\">Share seen</th></tr></thead><tbody>\n";
  for (const auto& source : sources) {
    const auto listed_or = [](const std::vector<std::string>& items) {
      return items.empty() ? std::string("nobody") : html(base::listed(items));
    };
    out += fmt::format(
        "<tr><th scope=\"row\">{}</th><td>{}</td><td>{}{}</td><td>{}</td><td>{}</td>"
        "<td class=\"num\">{}</td></tr>\n",
        html(source.title.empty() ? source.id : source.title), html(source.origin),
        html(std::string_view(&source.reliability, 1)), source.credibility,
        listed_or(source.tied_to), listed_or(source.accepted_by),
        share_text(source.coverage.share));
  }
  return out + "</tbody></table></div>\n";
}

std::string rejected_table(const Assessment& assessment) {
  std::map<std::string, std::pair<std::uint64_t, std::uint64_t>> reasons;  // rows, files
  std::uint64_t total = 0;
  for (const auto& input : assessment.observations.inputs)
    for (const auto& [reason, count] : input.rejected) {
      reasons[reason].first += count;
      ++reasons[reason].second;
      total += count;
    }
  std::string out = "<h4 id=\"rejected\">Rejected rows</h4>\n";
  if (total == 0) return out + "<p>No row was rejected.</p>\n";
  out += fmt::format(
      "<p>{} rejected and not used; rejected.csv lists each with file, record, reason "
      "and text.</p>\n<table><thead><tr><th scope=\"col\">Reason</th>"
      "<th scope=\"col\" class=\"num\">Rows</th><th scope=\"col\" class=\"num\">Files"
      "</th></tr></thead><tbody>\n",
      total == 1 ? "1 row was" : thousands(static_cast<std::int64_t>(total)) + " rows were");
  std::size_t shown = 0;
  for (const auto& [reason, count] : reasons) {
    if (++shown > most_reason_rows) break;
    out += fmt::format("<tr><th scope=\"row\">{}</th>{}{}</tr>\n", html(reason),
                       cell(static_cast<std::int64_t>(count.first)),
                       cell(static_cast<std::int64_t>(count.second)));
  }
  return out + "</tbody></table>\n" +
         left_out(reasons.size() > most_reason_rows ? reasons.size() - most_reason_rows : 0,
                  "reasons", "rejected.csv");
}

}  // namespace

std::string inputs_section(const Assessment& assessment) {
  const auto& inputs = assessment.observations.inputs;
  std::string out = "<h2 id=\"inputs\">Sources and inputs</h2>\n" + sources_table(assessment);
  out +=
      "<div class=\"scroll\"><table><caption>Files as they came, each known by the SHA-256 of its "
      "bytes. Whoever holds them can compute every number in this report "
      "again.</caption><thead><tr>"
      "<th scope=\"col\">File and SHA-256</th><th scope=\"col\">Format</th>"
      "<th scope=\"col\">Source</th><th scope=\"col\" class=\"num\">Records</th>"
      "<th scope=\"col\" class=\"num\">Positions</th><th scope=\"col\" class=\"num\">Rejected</th>"
      "</tr></thead><tbody>\n";
  std::size_t number = 0;
  for (const auto& input : inputs) {
    if (number == most_listed_inputs) break;
    std::uint64_t rejected = 0;
    for (const auto& [reason, count] : input.rejected) rejected += count;
    out += fmt::format(
        "<tr id=\"input-{}\"><th scope=\"row\">{}<br/><code>{}</code></th><td>{}</td><td>{}</td>"
        "{}{}{}</tr>\n",
        number++, html(input.name), input.digest.hex(), html(input.format), html_name(input.source),
        cell(static_cast<std::int64_t>(input.records)),
        cell(static_cast<std::int64_t>(input.positions)),
        cell(static_cast<std::int64_t>(rejected)));
  }
  out += "</tbody></table></div>\n";
  out += left_out(inputs.size() > most_listed_inputs ? inputs.size() - most_listed_inputs : 0,
                  "files", "findings.json");
  return out + rejected_table(assessment);
}

std::string undecided_section(const Assessment& assessment) {
  std::string out = "<h2 id=\"undecided\">Clauses that no machine can decide</h2>\n";
  const auto& clauses = assessment.agreement.undecided;
  if (clauses.empty()) return out + "<p>The agreement lists none.</p>\n";
  out +=
      "<p>These clauses bind the parties all the same. Nothing in this report says whether they "
      "were "
      "kept.</p>\n<table><thead><tr><th scope=\"col\">Clause</th><th scope=\"col\">Its words</th>"
      "<th scope=\"col\">Why it is left to people</th></tr></thead><tbody>\n";
  for (const auto& clause : clauses)
    out += fmt::format("<tr><th scope=\"row\">{}</th><td>{}</td><td>{}</td></tr>\n",
                       html_name(clause.id), html(clause.clause), html(clause.reason));
  return out + "</tbody></table>\n";
}

std::string reading_section() {
  std::string out = "<h2 id=\"reading\">How to read this report</h2>\n<dl class=\"glossary\">\n";
  for (const Verdict verdict : verdicts_by_gravity)
    out += fmt::format("<dt>{}</dt><dd>{}</dd>\n", verdict_badge(verdict), meaning_of(verdict));
  return out +
         "</dl>\n<p class=\"note\">Evidence is imprecise, so every question has three answers: "
         "yes, no "
         "and unknown. Times, heights and depths are given with their bounds, rounded outward. The "
         "reasons of a finding are the decision itself: a question with several parts is answered "
         "by the weakest of them where all are needed, by the strongest where one suffices. "
         "Colours "
         "are never alone: violations are squares and solid lines, possible findings open diamonds "
         "and dashed lines, excepted flights circles and dotted lines.</p>\n";
}

}  // namespace truce::publication
