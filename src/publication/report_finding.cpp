#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/text.h"
#include "publication/profile.h"
#include "publication/report_parts.h"
#include "publication/wording.h"

namespace truce::publication {

using findings::Finding;
using findings::Reason;
using observations::Evidence;

namespace {

constexpr std::size_t longest_sentence = 600;
constexpr std::size_t most_evidence_rows = 40;
constexpr std::size_t most_links_of_a_reason = 6;
constexpr int deepest_reason = 12;  // deeper ones are in findings.json

// The rows that a finding rests on, each with its number in the finding's table.
class EvidenceRows {
 public:
  explicit EvidenceRows(const Finding& finding) : finding_(finding) {
    for (const Evidence& evidence : finding.evidence) add(evidence);
    add_all(finding.reasons, 0);
  }

  const std::vector<Evidence>& rows() const { return rows_; }
  std::size_t left_out() const { return left_out_; }

  /// "evidence 1, 2, 3", as links into the table.
  std::string links(const std::vector<Evidence>& evidence) const {
    std::string out;
    std::size_t shown = 0;
    for (const Evidence& one : evidence) {
      const auto number = numbers_.find(one);
      if (number == numbers_.end()) continue;
      if (++shown > most_links_of_a_reason) {
        out += ", \xE2\x80\xA6";
        break;
      }
      out += fmt::format("{}<a href=\"#f-{}-e{}\">{}</a>", shown == 1 ? "evidence " : ", ",
                         html(finding_.id), number->second, number->second);
    }
    return out;
  }

 private:
  void add(const Evidence& evidence) {
    if (numbers_.contains(evidence)) return;
    if (rows_.size() == most_evidence_rows) {
      ++left_out_;
      return;
    }
    rows_.push_back(evidence);
    numbers_[evidence] = rows_.size();
  }

  void add_all(const Reason& reason, int depth) {
    for (const Evidence& evidence : reason.evidence) add(evidence);
    if (depth < deepest_reason)
      for (const Reason& part : reason.parts) add_all(part, depth + 1);
  }

  const Finding& finding_;
  std::vector<Evidence> rows_;
  std::map<Evidence, std::size_t> numbers_;
  std::size_t left_out_ = 0;
};

std::string answer_badge(base::Answer answer) {
  return fmt::format("<span class=\"answer {}\">{}</span>", base::to_string(answer),
                     base::to_string(answer));
}

std::string_view combined_text(Reason::Combined combined) {
  switch (combined) {
    case Reason::Combined::leaf: return "";
    case Reason::Combined::all: return "All parts are needed.";
    case Reason::Combined::any: return "One part suffices.";
  }
  return "";
}

std::string reason_head(const Reason& reason) {
  std::string out = answer_badge(reason.answer) + "<span class=\"question\">" +
                    html(capitalised(reason.question)) + "</span>";
  if (!reason.clause.empty())
    out += " <span class=\"rule\">" + html_name(reason.clause) + "</span>";
  return out;
}

std::string reason_ground(const Reason& reason, const EvidenceRows& rows) {
  std::string ground = html(reason.because);
  const std::string links = rows.links(reason.evidence);
  if (!links.empty()) ground += (ground.empty() ? "" : " ") + ("(" + links + ")");
  if (!reason.parts.empty() && reason.parts.size() > 1)
    ground += fmt::format("{}<span class=\"rule\">{}</span>", ground.empty() ? "" : " ",
                          combined_text(reason.combined_by));
  return ground.empty() ? "" : "<div class=\"because\">" + ground + "</div>";
}

std::string reason_item(const Reason& reason, const EvidenceRows& rows, int depth) {
  if (reason.parts.empty())
    return "<li>" + reason_head(reason) + reason_ground(reason, rows) + "</li>\n";
  std::string out = "<li><details open=\"open\"><summary>" + reason_head(reason) + "</summary>" +
                    reason_ground(reason, rows);
  if (depth == deepest_reason) {
    out += "<div class=\"because\">Its parts are in findings.json.</div>";
  } else {
    out += "<ul>\n";
    for (const Reason& part : reason.parts) out += reason_item(part, rows, depth + 1);
    out += "</ul>";
  }
  return out + "</details></li>\n";
}

void fact(std::string& out, std::string_view name, const std::string& content) {
  if (content.empty()) return;
  out += fmt::format("<dt>{}</dt><dd>{}</dd>\n", name, content);
}

std::string names(const std::vector<std::string>& items) {
  std::string out;
  for (const std::string& item : items) out += (out.empty() ? "" : ", ") + html_name(item);
  return out;
}

std::string facts(const Assessment& assessment, const Finding& finding) {
  std::string out = "<dl class=\"facts\">\n";
  fact(out, "Aircraft", html(capitalised(aircraft_text(finding))));
  std::string party = html(party_name(assessment.agreement, finding.party));
  if (!finding.affiliation_basis.empty()) party += " (" + html(finding.affiliation_basis) + ")";
  fact(out, "Party", party);
  const bool sure = finding.verdict == findings::Verdict::violation ||
                    finding.verdict == findings::Verdict::excepted;
  fact(out, sure ? "Entered" : "Entry", html(bounds_text(finding.entry)));
  fact(out, sure ? "Left" : "Exit", html(bounds_text(finding.exit)));
  fact(out, "Time inside", html(inside_text(finding.inside_least, finding.inside_most)));
  fact(out, "Altitude", html(altitude_text(finding.altitude)));
  fact(out, "Deepest inside", html(penetration_text(finding)));
  if (finding.probability_permille >= 0)
    fact(out, "Probability",
         html(probability_text(finding.probability_permille)) +
             " of the error of the deciding fix lies inside; it informs and does not decide");
  if (finding.areas.size() > 1) fact(out, "Areas", names(finding.areas));
  fact(out, "Counted on", html(quantities::date_text(finding.counted_on)));
  std::string sources = names(finding.sources);
  if (!finding.origins.empty()) sources += "; origins: " + names(finding.origins);
  fact(out, "Sources", sources);
  std::string rests;
  if (finding.gap)
    rests = "a silence between two fixes: the aircraft took some path that its speed allows";
  if (finding.sighting) rests += std::string(rests.empty() ? "" : "; ") + "what people saw";
  fact(out, "Rests on", rests);
  fact(out, "Finding", "<code>" + html(finding.id) + "</code>");
  if (!finding.supersedes.empty())
    fact(out, "Supersedes", "<code>" + names(finding.supersedes) + "</code>");
  return out + "</dl>\n";
}

std::string pictures(const Assessment& assessment, const Numbered& numbered) {
  const std::string map = finding_map(assessment, numbered, fmt::format("map-{}", numbered.number));
  const std::string profile =
      altitude_profile(assessment, numbered, fmt::format("height-{}", numbered.number));
  if (map.empty() && profile.empty()) return "";
  std::string out = "<div class=\"pair\">\n";
  if (!map.empty())
    out += "<figure>" + map +
           "<figcaption>Where. Filled points lie inside; discs are how roughly a place is "
           "known, crosses fixes that cannot be true.</figcaption></figure>\n";
  if (!profile.empty()) {
    out += "<figure>" + profile +
           "<figcaption>How high, over time (UTC). Grey bands: entry and exit. Heights above "
           "different zeros do not compare; the reasons say what follows.</figcaption></figure>\n";
  } else {
    out += "<p class=\"note\">No height was given, and none is shown.</p>\n";
  }
  return out + "</div>\n";
}

std::string questions(const Finding& finding) {
  if (finding.unknowns.empty()) return "";
  std::string out = "<div class=\"questions\"><h4>Questions that would decide it</h4><ol>\n";
  for (const std::string& unknown : finding.unknowns) out += "<li>" + html(unknown) + "</li>\n";
  return out + "</ol></div>\n";
}

std::string exceptions(const Finding& finding) {
  if (finding.exceptions.empty()) return "";
  std::string out =
      "<h4>Exceptions</h4>\n<div class=\"scroll\"><table><thead><tr><th "
      "scope=\"col\">Exception</th>"
      "<th scope=\"col\">Notice</th><th scope=\"col\">Does it cover the flight?</th>"
      "<th scope=\"col\">Why</th></tr></thead><tbody>\n";
  for (const auto& exception : finding.exceptions) {
    out +=
        fmt::format("<tr><th scope=\"row\">{}</th><td>{}</td><td>{}</td><td>{}",
                    html_name(exception.purpose.empty() ? exception.exception : exception.purpose),
                    exception.notice.empty() ? "none found" : html_name(exception.notice),
                    answer_badge(exception.answer), html(exception.reason));
    if (!exception.misuse.empty())
      out += "<br/><span class=\"misuse\">Misuse: " + html(exception.misuse) + "</span>";
    out += "</td></tr>\n";
  }
  return out + "</tbody></table></div>\n";
}

std::string what_it_says(const Evidence& evidence, const Finding& finding) {
  for (const auto& fix : finding.trace) {
    if (fix.evidence != evidence) continue;
    std::string out =
        html(quantities::clock_text(fix.at)) + ", " + html(quantities::point_text(fix.point));
    if (fix.pressure_altitude)
      out += fmt::format(", {} ft pressure altitude", thousands(feet_down(*fix.pressure_altitude)));
    return out;
  }
  return "";
}

// With a link to the table of inputs, if that lists it.
std::string input_name(std::size_t number, const std::vector<observations::Input>& inputs) {
  if (number >= inputs.size()) return "unknown input";
  const std::string name = html(inputs[number].name);
  if (number >= most_listed_inputs) return name;
  return fmt::format("<a href=\"#input-{}\">{}</a>", number, name);
}

std::string evidence_table(const Assessment& assessment, const Finding& finding,
                           const EvidenceRows& rows) {
  if (rows.rows().empty()) return "";
  const auto& inputs = assessment.observations.inputs;
  std::string out =
      "<details class=\"more\" open=\"open\"><summary>Evidence</summary>\n<div class=\"scroll\">"
      "<table><thead><tr><th scope=\"col\" class=\"num\">No.</th><th scope=\"col\">Input</th>"
      "<th scope=\"col\">SHA-256 begins</th><th scope=\"col\" class=\"num\">Record</th>"
      "<th scope=\"col\">What it says</th></tr></thead><tbody>\n";
  std::size_t number = 0;
  for (const Evidence& row : rows.rows()) {
    ++number;
    const bool known = row.input < inputs.size();
    out += fmt::format(
        "<tr id=\"f-{}-e{}\"><td class=\"num\">{}</td><td>{}</td><td><code>{}</code></td>"
        "<td class=\"num\">{}</td><td>{}</td></tr>\n",
        html(finding.id), number, number, input_name(row.input, inputs),
        known ? inputs[row.input].digest.hex().substr(0, 12) : "",
        thousands(std::int64_t{row.record}), what_it_says(row, finding));
  }
  out += "</tbody></table></div>\n";
  if (rows.left_out() > 0)
    out += fmt::format("<p class=\"note\">{} more rows are in findings.json.</p>\n",
                       thousands(static_cast<std::int64_t>(rows.left_out())));
  return out + "</details>\n";
}

}  // namespace

std::string finding_section(const Assessment& assessment, const Numbered& numbered) {
  const Finding& finding = *numbered.finding;
  const EvidenceRows rows(finding);
  std::string out = fmt::format(
      "<article class=\"finding\" id=\"f-{}\">\n<header><div class=\"ordinal\">{}</div><div>"
      "<p class=\"line\">{}Rule {} \xC2\xB7 area {}{}</p>\n<h3>{}</h3></div></header>\n"
      "<div class=\"body\">\n",
      html(finding.id), numbered.number, verdict_badge(finding.verdict), html_name(finding.rule),
      html_name(finding.area),
      finding.grade.empty() ? ""
                            : " \xC2\xB7 " + html(grade_text(assessment.agreement, finding.grade)),
      base::escaped_xml(cut(finding.sentence, longest_sentence)));
  if (!finding.paragraph.empty())
    out += "<p class=\"paragraph\">" + base::escaped_xml(cut(finding.paragraph, 4 * longest_text)) +
           "</p>\n";
  if (!finding.clause.empty())
    out += fmt::format("<p class=\"clause\">{}: \xE2\x80\x9C{}\xE2\x80\x9D</p>\n",
                       html_name(finding.rule), html(finding.clause));
  out += facts(assessment, finding) + pictures(assessment, numbered) + questions(finding) +
         exceptions(finding);
  out +=
      "<h4>Reasons</h4>\n<ul class=\"tree\">\n" + reason_item(finding.reasons, rows, 0) + "</ul>\n";
  out += evidence_table(assessment, finding, rows);
  return out + "</div></article>\n";
}

}  // namespace truce::publication
