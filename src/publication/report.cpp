#include "publication/report.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "base/text.h"
#include "publication/report_parts.h"
#include "publication/timeline.h"
#include "publication/wording.h"

namespace truce::publication {

using findings::Finding;
using findings::Verdict;

namespace {

constexpr std::size_t most_listed_findings = 5'000;
constexpr std::size_t longest_listed_name = 16;  // real call signs have eight letters
constexpr std::size_t most_summary_rows = 100;

// A finding that is not set out here, in the file beside this page: browsers that know text
// fragments go to its line, others to the file.
constexpr std::string_view in_findings_json = "findings.json#:~:text=";

std::size_t gravity(Verdict verdict) {
  const auto at = std::find(verdicts_by_gravity.begin(), verdicts_by_gravity.end(), verdict);
  return static_cast<std::size_t>(at - verdicts_by_gravity.begin());
}

// The gravest first; within a verdict as they came, by entry, rule and id.
std::vector<Numbered> numbered(const findings::Findings& findings) {
  std::vector<Numbered> out;
  for (const Finding& finding : findings.findings) out.push_back({&finding, 0, false});
  std::stable_sort(out.begin(), out.end(), [](const Numbered& a, const Numbered& b) {
    return gravity(a.finding->verdict) < gravity(b.finding->verdict);
  });
  for (std::size_t i = 0; i < out.size(); ++i) {
    out[i].number = i + 1;
    out[i].in_full = i < most_findings_in_full;
  }
  return out;
}

std::string period_text(quantities::Period period) {
  if (is_open(period.from) || is_open(period.until)) return "Nothing was observed";
  return fmt::format("Observed from {} to {}", moment_text(period.from), moment_text(period.until));
}

std::string masthead(const Assessment& assessment) {
  const auto& [agreement, observations, findings, edition] = assessment;
  const std::string title = in_english(agreement.title);
  return fmt::format(
      "<p class=\"banner\"><span>{} \xE2\x80\x94 {}</span><span>Truce {}</span></p>\n"
      "<header><p class=\"kicker\">Report on flights</p>\n<h1>{}</h1>\n<p "
      "class=\"period\">{}.</p>\n"
      "<p class=\"statement\"><strong>Findings are the reasoned result of software. People "
      "determine.</strong><br/>Nothing here has been determined by the parties, and nobody has "
      "been "
      "heard in reply.</p>\n</header>\n",
      html(edition.audience), html(edition.release), html(edition.program_version),
      html(title.empty() ? agreement.id : title), period_text(findings.observed));
}

std::string contents(bool errata) {
  std::string out = "<nav aria-label=\"Contents\"><ul>";
  const std::pair<std::string_view, std::string_view> entries[] = {
      {"summary", "Summary"},
      {"map-and-time", "Map and timeline"},
      {"findings", "Findings"},
      {"coverage", "Not observed"},
      {"figures", "Figures"},
      {"inputs", "Sources and inputs"},
      {"undecided", "Undecided clauses"},
      {"reading", "How to read this"}};
  for (const auto& [id, name] : entries) {
    out += fmt::format("<li><a href=\"#{}\">{}</a></li>", id, name);
    if (id == "findings" && errata) out += "<li><a href=\"#errata\">Errata</a></li>";
  }
  return out + "</ul></nav>\n";
}

std::string tile(std::int64_t count, std::string_view name, std::string_view style) {
  return fmt::format("<div><dt>{}</dt><dd class=\"{}-ink\">{}</dd></div>\n", name, style,
                     thousands(count));
}

std::string tiles(const findings::Findings& findings) {
  const auto counts = counts_of(findings);
  const auto days = day_counts_of(findings);
  const auto violations = counts.at(Verdict::violation);
  const auto unseen = days.at(Verdict::not_observed);
  return "<dl class=\"tiles\">\n" +
         tile(violations, violations == 1 ? "violation" : "violations", "violation") +
         tile(counts.at(Verdict::possible), "possible, with questions that would decide",
              "possible") +
         tile(counts.at(Verdict::excepted), "excepted under a notice", "excepted") +
         tile(unseen,
              fmt::format("of {} not observed",
                          counted(static_cast<std::int64_t>(findings.coverage.size()), "area-day",
                                  "area-days")),
              "unseen") +
         "</dl>\n";
}

// Verbs follow the number: "1 flight was", "2 flights were".
std::string_view was(std::int64_t count) {
  return count == 1 ? "was" : "were";
}

std::string spoken_were(std::int64_t count) {
  return spoken(count) + (count == 1 ? " was" : " were");
}

std::string summary_words(const Assessment& assessment) {
  const auto& [agreement, observations, findings, edition] = assessment;
  const auto counts = counts_of(findings);
  const auto days = day_counts_of(findings);
  std::set<std::string> areas;
  for (const auto& area : agreement.areas) areas.insert(area.id);
  std::uint64_t positions = 0;
  for (const auto& input : observations.inputs) positions += input.positions;

  std::string out = fmt::format(
      "<p class=\"lead\">{} over {} were applied to {} from {}. ",
      capitalised(counted(static_cast<std::int64_t>(agreement.rules.size()), "rule", "rules")),
      counted(static_cast<std::int64_t>(areas.size()), "designated area", "designated areas"),
      counted(static_cast<std::int64_t>(positions), "observation", "observations"),
      counted(static_cast<std::int64_t>(observations.inputs.size()), "file", "files"));
  const auto violations = counts.at(Verdict::violation);
  const auto possible = counts.at(Verdict::possible);
  const auto excepted = counts.at(Verdict::excepted);
  if (findings.findings.empty()) {
    out += "Nothing was found that breaks a rule. ";
  } else {
    out += fmt::format("The program found <strong>{}</strong>",
                       counted(violations, "violation", "violations"));
    out += fmt::format(" and {} that the evidence allows and does not settle",
                       counted(possible, "possible breach", "possible breaches"));
    out += fmt::format("; {} {} covered by an exception. ", counted(excepted, "flight", "flights"),
                       was(excepted));
    if (const auto others = counts.at(Verdict::not_applicable); others > 0)
      out += fmt::format("{} {} not bound by the rule in question. ",
                         capitalised(counted(others, "flight", "flights")), was(others));
  }
  out += "</p>\n";
  const auto total = static_cast<std::int64_t>(findings.coverage.size());
  if (total == 0) return out;
  const auto compliant = days.at(Verdict::compliant);
  const auto unseen = days.at(Verdict::not_observed);
  out += fmt::format(
      "<p class=\"lead\">Of {} (one rule, one area, one day each), {} compliant, {} not observed "
      "well enough to say so, and {} findings. ",
      counted(total, "area-day", "area-days"), spoken_were(compliant), spoken_were(unseen),
      spoken(total - compliant - unseen) + " had");
  if (unseen > 0) out += "Where nothing was seen, this report does not say that nothing happened.";
  return out + "</p>\n";
}

std::string cell(std::int64_t count) {
  return fmt::format("<td class=\"num{}\">{}</td>", count == 0 ? " zero" : "", thousands(count));
}

std::string verdict_table(const Assessment& assessment) {
  using Row = std::tuple<std::string, std::string, std::string>;  // rule, area, party
  std::map<Row, std::map<Verdict, std::int64_t>> rows;
  std::map<Verdict, std::int64_t> sums;
  for (const Finding& finding : assessment.findings.findings) {
    ++rows[{finding.rule, finding.area, finding.party}][finding.verdict];
    ++sums[finding.verdict];
  }
  if (rows.empty()) return "";
  constexpr Verdict columns[] = {Verdict::violation, Verdict::possible, Verdict::excepted,
                                 Verdict::not_applicable};
  std::string out =
      "<div class=\"scroll\"><table><caption>Findings by rule, area and party</caption><thead><tr>"
      "<th scope=\"col\">Rule</th><th scope=\"col\">Area</th><th scope=\"col\">Grade</th>"
      "<th scope=\"col\">Party</th>";
  for (const Verdict verdict : columns)
    out += fmt::format("<th scope=\"col\" class=\"num\">{}</th>", verdict_badge(verdict));
  out += "</tr></thead><tbody>\n";
  std::size_t shown = 0;
  for (auto& [key, counts] : rows) {
    if (++shown > most_summary_rows) break;
    const auto& [rule, area, party] = key;
    std::string grade;
    for (const auto& known : assessment.agreement.areas)
      if (known.id == area) grade = grade_text(assessment.agreement, known.grade);
    out += fmt::format("<tr><th scope=\"row\">{}</th><td>{}</td><td>{}</td><td>{}</td>",
                       html_name(rule), html_name(area), html(grade),
                       html(party_name(assessment.agreement, party)));
    for (const Verdict verdict : columns) out += cell(counts[verdict]);
    out += "</tr>\n";
  }
  out += "</tbody><tfoot><tr><th scope=\"row\" colspan=\"4\">Together</th>";
  for (const Verdict verdict : columns) out += cell(sums[verdict]);
  out += "</tr></tfoot></table></div>\n";
  if (rows.size() > most_summary_rows)
    out += "<p class=\"note\">The rows that are not shown are in figures.csv.</p>\n";
  return out;
}

std::string line_sample(std::string_view style, Verdict verdict) {
  return fmt::format(
      "<svg class=\"sample\" viewBox=\"0 0 34 12\" aria-hidden=\"true\"><path class=\"track {}\" "
      "d=\"M0 6H34\"/>{}</svg>",
      style, mark(verdict, {17, 6}, 8));
}

std::string map_legend(const terms::Agreement& agreement) {
  std::string out = "<ul class=\"legend\">";
  for (const Verdict verdict :
       {Verdict::violation, Verdict::possible, Verdict::excepted, Verdict::not_applicable})
    out += fmt::format("<li>{}{}</li>", line_sample(slug_of(verdict), verdict),
                       capitalised(to_string(verdict)));
  std::set<std::string> used;
  for (const auto& area : agreement.areas) used.insert(area.grade);
  for (const auto& grade : agreement.grades) {
    if (!used.contains(grade.id)) continue;
    out += fmt::format(
        "<li><svg class=\"sample\" viewBox=\"0 0 34 12\" aria-hidden=\"true\"><rect class=\"area\" "
        "x=\"0.5\" y=\"0.5\" width=\"33\" height=\"11\" fill=\"{}\"/></svg>{}</li>",
        grade_fill(agreement, grade.id), html(capitalised(grade_text(agreement, grade.id))));
  }
  return out + "</ul>\n";
}

std::string pictures(const Assessment& assessment, const std::vector<Numbered>& findings) {
  std::vector<Numbered> drawn;
  for (const auto& one : findings)
    if (one.in_full) drawn.push_back(one);
  std::string out = "<h2 id=\"map-and-time\">Map and timeline</h2>\n";
  const std::string map = overview_map(assessment, drawn);
  if (!map.empty())
    out +=
        "<figure>" + map + map_legend(assessment.agreement) +
        "<figcaption>Numbers are those of the findings. The bar below the name of an area is the "
        "mean share of the acts forbidden there that would have been seen. Dashed discs: where "
        "a place is known only roughly; thin dots: silence, drawn straight though nobody knows "
        "the path. A past picture, never a live one."
        "</figcaption></figure>\n";
  const std::string times = timeline(assessment, drawn);
  if (!times.empty())
    out += "<figure>" + times +
           "<figcaption>UTC. One lane for each rule and area. Pale: may have been inside; full: "
           "certainly inside.</figcaption></figure>\n";
  return out;
}

std::string findings_table(const Assessment& assessment, const std::vector<Numbered>& findings) {
  std::string out =
      "<div class=\"scroll\"><table><caption>All findings, the gravest first</caption><thead><tr>"
      "<th scope=\"col\" class=\"num\">No.</th><th scope=\"col\">Verdict</th>"
      "<th scope=\"col\">Rule</th><th scope=\"col\">Area</th><th scope=\"col\">Aircraft</th>"
      "<th scope=\"col\">Party</th><th scope=\"col\">Entry, UTC</th>"
      "<th scope=\"col\">Finding</th></tr></thead><tbody>\n";
  for (const auto& one : findings) {
    if (one.number > most_listed_findings) break;
    const Finding& finding = *one.finding;
    const std::string id = "<code>" + html(finding.id) + "</code>";
    std::string aircraft = html_name(finding.kind.empty() ? "unknown" : finding.kind);
    const std::string& name = finding.call_sign.empty() ? finding.address : finding.call_sign;
    if (!name.empty()) aircraft += ", " + html_name(cut(name, longest_listed_name));
    out += fmt::format(
        "<tr><td class=\"num\">{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td>"
        "<td class=\"nowrap\">{}</td><td class=\"nowrap\">{}</td></tr>\n",
        one.number, verdict_badge(finding.verdict), html_name(finding.rule),
        html_name(finding.area), aircraft, html(party_name(assessment.agreement, finding.party)),
        short_moment_text(finding.entry.earliest),
        fmt::format("<a href=\"{}{}\">{}</a>", one.in_full ? "#f-" : in_findings_json,
                    html(finding.id), id));
  }
  out += "</tbody></table></div>\n";
  if (findings.size() > most_findings_in_full)
    out += fmt::format(
        "<p class=\"note\">The first {} are set out in full below; the others, with their reasons "
        "and evidence, are in findings.json beside this page, under the ids in the table, which "
        "lead there.</p>\n",
        thousands(most_findings_in_full));
  if (findings.size() > most_listed_findings)
    out +=
        fmt::format("<p class=\"note\">{} more findings are listed in findings.csv only.</p>\n",
                    thousands(static_cast<std::int64_t>(findings.size() - most_listed_findings)));
  return out;
}

void add_findings(std::vector<std::string>& parts, const Assessment& assessment,
                  const std::vector<Numbered>& findings, const ForEach& for_each) {
  parts.emplace_back("<h2 id=\"findings\">Findings</h2>\n");
  if (findings.empty()) {
    parts.emplace_back(
        "<p>There are none. The part on what was not observed says how much that means.</p>\n");
    return;
  }
  parts.push_back(findings_table(assessment, findings));
  const std::size_t first = parts.size();
  parts.resize(first + std::min(findings.size(), most_findings_in_full));
  const auto make_section = [&](std::size_t i) {
    parts[first + i] = finding_section(assessment, findings[i]);
  };
  if (for_each)
    for_each(parts.size() - first, make_section);
  else
    for (std::size_t i = 0; first + i < parts.size(); ++i) make_section(i);
}

// Most of a report of many findings is sections, some megabytes of them: copied once.
std::string joined(const std::vector<std::string>& parts) {
  std::size_t size = 0;
  for (const std::string& part : parts) size += part.size();
  std::string out;
  out.reserve(size);
  for (const std::string& part : parts) out += part;
  return out;
}

std::string errata_part(const findings::Findings& findings) {
  if (findings.errata.empty()) return "";
  std::string out =
      "<h2 id=\"errata\">Errata</h2>\n<p>Changed inputs changed these findings.</p>\n<ul>\n";
  for (const std::string& erratum : findings.errata) out += "<li>" + html(erratum) + "</li>\n";
  return out + "</ul>\n";
}

// Text within a string of a style sheet: what could end it is left out.
std::string css_string(std::string_view text) {
  std::string out;
  for (const char c : text)
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == ' ' ||
        c == ',' || c == '.')
      out += c;
  return out;
}

std::string colophon(const Assessment& assessment) {
  const Edition& edition = assessment.edition;
  return fmt::format(
      "<footer><p>{} \xE2\x80\x94 {}. Agreement <bdi>{}</bdi>, {}, SHA-256 <code>{}</code>, lock "
      "<code>{}</code>. Written by Truce {}. The same inputs give the same report, byte for byte; "
      "findings.json holds every number of it.</p></footer>\n",
      html(capitalised(edition.audience)), html(edition.release), html(assessment.agreement.id),
      html(edition.terms_version), html(edition.agreement_digest), html(edition.lock_digest),
      html(edition.program_version));
}

}  // namespace

std::string report_html(const Assessment& assessment, const ForEach& for_each) {
  const std::vector<Numbered> findings = numbered(assessment.findings);
  const std::string title = in_english(assessment.agreement.title);
  std::string out =
      "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
      "'unsafe-inline'\"/>\n<meta name=\"referrer\" content=\"no-referrer\"/>\n"
      "<meta name=\"robots\" content=\"noindex\"/>\n";
  out += fmt::format("<title>{}: report on flights ({})</title>\n",
                     html(title.empty() ? assessment.agreement.id : title),
                     html(audience_text(assessment.edition)));
  out += "<style>";
  out += report_style();
  // The audience on every printed page.
  out += fmt::format(
      "@page {{ @top-right {{ content: \"{}\"; font: 8pt sans-serif; color: #55616e; }} "
      "@bottom-right {{ content: counter(page) \" / \" counter(pages); font: 8pt sans-serif; "
      "color: "
      "#55616e; }} }}\n",
      css_string(audience_text(assessment.edition)));
  out +=
      "</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#findings\">Skip to the findings</a>\n";
  out += pattern_definitions(assessment.agreement);
  out += masthead(assessment) + contents(!assessment.findings.errata.empty());
  out += "<main>\n<h2 id=\"summary\">Summary</h2>\n" + summary_words(assessment) +
         tiles(assessment.findings) + verdict_table(assessment);
  out += pictures(assessment, findings);
  std::vector<std::string> parts{std::move(out)};
  add_findings(parts, assessment, findings, for_each);
  parts.push_back(errata_part(assessment.findings) + coverage_section(assessment) +
                  figures_section(assessment) + inputs_section(assessment) +
                  undecided_section(assessment) + reading_section() + "</main>\n" +
                  colophon(assessment) + "</body>\n</html>\n");
  return joined(parts);
}

}  // namespace truce::publication
