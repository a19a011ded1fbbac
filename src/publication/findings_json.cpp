#include "publication/findings_json.h"

#include <cmath>
#include <functional>
#include <utility>

#include "base/json_writer.h"
#include "publication/wording.h"

namespace truce::publication {

using base::JsonWriter;
using findings::Finding;
using findings::Verdict;
using quantities::Duration;
using quantities::Instant;

namespace {

// The document, one element to a line: each value is written compactly and set on its line here.
class Document {
 public:
  template <class Write>
  void member(std::string_view name, Write write) {
    begin(name);
    out_ += value_of(write);
  }

  template <class Items, class Write>
  void array(std::string_view name, const Items& items, Write write) {
    begin(name);
    out_ += '[';
    bool first = true;
    for (const auto& item : items) {
      out_ += first ? "\n    " : ",\n    ";
      first = false;
      out_ += value_of([&](JsonWriter& json) { write(json, item); });
    }
    out_ += first ? "]" : "\n  ]";
  }

  std::string take() {
    out_ += "\n}\n";
    return std::move(out_);
  }

 private:
  void begin(std::string_view name) {
    out_ += out_.empty() ? "{\n  \"" : ",\n  \"";
    out_ += name;
    out_ += "\": ";
  }

  template <class Write>
  static std::string value_of(Write write) {
    JsonWriter json(JsonWriter::Layout::compact);
    write(json);
    std::string text = json.take();
    text.pop_back();  // the writer ends a document with a newline
    return text;
  }

  std::string out_;
};

void text_or_null(JsonWriter& json, std::string_view name, std::string_view text) {
  json.key(name);
  if (text.empty()) {
    json.null();
  } else {
    json.text(cut_text(text));
  }
}

void name_or_null(JsonWriter& json, std::string_view name, std::string_view text) {
  text_or_null(json, name, cut_name(text));
}

void instant(JsonWriter& json, std::string_view name, Instant t) {
  json.key(name);
  if (is_open(t)) {
    json.null();
  } else {
    json.text(quantities::rfc3339_milliseconds(t));
  }
}

template <class Texts>
void texts(JsonWriter& json, std::string_view name, const Texts& items) {
  json.key(name);
  json.begin_array();
  for (const auto& item : items) json.text(cut_text(item));
  json.end_array();
}

void time_bounds(JsonWriter& json, std::string_view name, quantities::TimeBounds bounds) {
  json.key(name);
  json.begin_object();
  instant(json, "earliest", bounds.earliest);
  instant(json, "latest", bounds.latest);
  json.end_object();
}

void period(JsonWriter& json, quantities::Period when) {
  json.begin_object();
  instant(json, "from", when.from);
  instant(json, "until", when.until);
  json.end_object();
}

void seconds_bounds(JsonWriter& json, std::string_view name, Duration least, Duration most) {
  json.key(name);
  json.begin_object();
  json.key("min"), json.decimal_of(deciseconds_down(least), 1);
  json.key("max"), json.decimal_of(deciseconds_up(most), 1);
  json.end_object();
}

void altitude(JsonWriter& json, const findings::AltitudeFound& found) {
  json.key("altitude");
  if (found.reference.empty()) return json.null();
  json.begin_object();
  json.member("reference", found.reference);
  json.member("least_ft", feet_down(found.least));
  json.member("most_ft", feet_up(found.most));
  json.member("least_m", metres_down(found.least));
  json.member("most_m", metres_up(found.most));
  json.key("at_positions");
  if (found.at_positions) {
    json.begin_object();
    json.member("least_ft", feet_down(found.at_positions->least));
    json.member("most_ft", feet_up(found.at_positions->most));
    json.member("least_m", metres_down(found.at_positions->least));
    json.member("most_m", metres_up(found.at_positions->most));
    json.end_object();
  } else {
    json.null();
  }
  json.end_object();
}

void penetration(JsonWriter& json, const Finding& finding) {
  json.key("penetration_m");
  if (!finding.penetration_least && !finding.penetration_most) return json.null();
  json.begin_object();
  json.key("min");
  finding.penetration_least ? json.integer(metres_down(*finding.penetration_least)) : json.null();
  json.key("max");
  finding.penetration_most ? json.integer(metres_up(*finding.penetration_most)) : json.null();
  json.end_object();
}

void share(JsonWriter& json, std::string_view name, double value) {
  json.key(name);
  json.decimal(value, 3);
}

// Inputs by number; an input that is not there has no name and no hash.
class Inputs {
 public:
  explicit Inputs(const std::vector<observations::Input>& inputs) : inputs_(inputs) {}

  void evidence(JsonWriter& json, const observations::Evidence& evidence, bool with_hash) const {
    const bool known = evidence.input < inputs_.size();
    json.begin_object();
    if (with_hash)
      json.member("sha256", known ? inputs_[evidence.input].digest.hex() : std::string(64, '0'));
    json.member("input", known ? cut_text(inputs_[evidence.input].name) : "");
    json.member("record", evidence.record);
    json.end_object();
  }

 private:
  const std::vector<observations::Input>& inputs_;
};

std::string_view combined_text(findings::Reason::Combined combined) {
  switch (combined) {
    case findings::Reason::Combined::leaf: return "evidence";
    case findings::Reason::Combined::all: return "all of its parts";
    case findings::Reason::Combined::any: return "any of its parts";
  }
  return "";
}

void reason(JsonWriter& json, const findings::Reason& root, const Inputs& inputs) {
  json.begin_object();
  json.member("clause", cut_name(root.clause));
  json.member("question", cut_text(root.question));
  json.member("answer", base::to_string(root.answer));
  json.member("because", cut_text(root.because));
  json.member("decided_by", combined_text(root.combined_by));
  if (!root.evidence.empty()) {
    json.key("evidence");
    json.begin_array();
    for (const auto& evidence : root.evidence) inputs.evidence(json, evidence, false);
    json.end_array();
  }
  if (!root.parts.empty()) {
    json.key("parts");
    json.begin_array();
    for (const auto& part : root.parts) reason(json, part, inputs);
    json.end_array();
  }
  json.end_object();
}

void aircraft(JsonWriter& json, const Finding& finding) {
  json.key("aircraft");
  json.begin_object();
  name_or_null(json, "address", finding.address);
  name_or_null(json, "callsign", finding.call_sign);
  name_or_null(json, "registration", finding.registration);
  name_or_null(json, "type", finding.type);
  name_or_null(json, "party", finding.party);
  text_or_null(json, "affiliation_basis", finding.affiliation_basis);
  name_or_null(json, "kind", finding.kind);
  json.end_object();
}

void exceptions(JsonWriter& json, const Finding& finding) {
  json.key("exceptions");
  json.begin_array();
  for (const auto& exception : finding.exceptions) {
    json.begin_object();
    json.member("exception", cut_name(exception.exception));
    json.member("purpose", cut_name(exception.purpose));
    name_or_null(json, "notice", exception.notice);
    json.member("answer", base::to_string(exception.answer));
    json.member("reason", cut_text(exception.reason));
    text_or_null(json, "misuse", exception.misuse);
    json.end_object();
  }
  json.end_array();
}

void finding_value(JsonWriter& json, const Finding& finding, const Inputs& inputs) {
  json.begin_object();
  json.member("id", finding.id);
  json.member("verdict", to_string(finding.verdict));
  json.member("rule", finding.rule);
  json.member("clause", cut_text(finding.clause));
  name_or_null(json, "area", finding.area);
  texts(json, "areas", finding.areas);
  name_or_null(json, "grade", finding.grade);
  aircraft(json, finding);
  time_bounds(json, "entry", finding.entry);
  time_bounds(json, "exit", finding.exit);
  seconds_bounds(json, "seconds_inside", finding.inside_least, finding.inside_most);
  altitude(json, finding.altitude);
  penetration(json, finding);
  json.key("probability");
  if (finding.probability_permille < 0) {
    json.null();
  } else {
    json.decimal_of(finding.probability_permille, 3);
  }
  json.member("counted_on", quantities::iso_date(finding.counted_on));
  json.member("entry_seen", !finding.began_before_seen);
  json.member("exit_seen", !finding.ended_after_seen);
  json.member("rests_on_gap", finding.gap);
  json.member("rests_on_sighting", finding.sighting);
  exceptions(json, finding);
  texts(json, "unknowns", finding.unknowns);
  texts(json, "sources", finding.sources);
  texts(json, "origins", finding.origins);
  json.key("evidence");
  json.begin_array();
  for (const auto& evidence : finding.evidence) inputs.evidence(json, evidence, true);
  json.end_array();
  json.key("reasons");
  reason(json, finding.reasons, inputs);
  texts(json, "supersedes", finding.supersedes);
  json.member("sentence", cut_text(finding.sentence));
  json.member("paragraph", cut(finding.paragraph, 4 * longest_text));
  json.end_object();
}

void input_value(JsonWriter& json, const observations::Input& input) {
  json.begin_object();
  json.member("name", cut_text(input.name));
  json.member("sha256", input.digest.hex());
  json.member("bytes", input.bytes);
  json.member("format", input.format);
  json.member("source", cut_name(input.source));
  json.member("records", input.records);
  json.member("positions", input.positions);
  json.member("without_position", input.without_position);
  json.key("rejected");
  json.begin_object();
  for (const auto& [why, count] : input.rejected) json.member(cut_text(why), count);
  json.end_object();
  json.end_object();
}

void terms_value(JsonWriter& json, const Assessment& assessment) {
  json.begin_object();
  json.member("agreement", assessment.agreement.id);
  json.member("title", cut_text(in_english(assessment.agreement.title)));
  json.member("version", cut_text(assessment.edition.terms_version));
  json.member("sha256", assessment.edition.agreement_digest);
  json.member("lock_sha256", assessment.edition.lock_digest);
  json.member("time_zone", assessment.agreement.time_zone);
  json.key("in_force");
  period(json, assessment.agreement.in_force);
  json.end_object();
}

void summary_value(JsonWriter& json, const findings::Findings& findings) {
  json.begin_object();
  const auto counts = counts_of(findings);
  json.key("findings");
  json.begin_object();
  for (const Verdict verdict :
       {Verdict::violation, Verdict::possible, Verdict::excepted, Verdict::not_applicable})
    json.member(to_string(verdict), counts.at(verdict));
  json.end_object();
  const auto days = day_counts_of(findings);
  json.key("rule_area_days");
  json.begin_object();
  for (const Verdict verdict : verdicts_by_gravity)
    json.member(to_string(verdict), days.at(verdict));
  json.end_object();
  json.end_object();
}

void coverage_value(JsonWriter& json, const findings::CoverageLine& line) {
  json.begin_object();
  json.member("rule", line.rule);
  json.member("area", line.area);
  json.member("day", quantities::iso_date(line.day));
  share(json, "heard", line.heard);
  share(json, "coverage", line.coverage);
  share(json, "restricted", line.restricted);
  json.member("verdict", to_string(line.verdict));
  json.member("findings", line.findings);
  json.end_object();
}

void figure_value(JsonWriter& json, const findings::Figure& figure) {
  json.begin_object();
  json.member("rule", figure.rule);
  json.member("area", figure.area);
  name_or_null(json, "party", figure.party);
  json.member("day", quantities::iso_date(figure.day));
  json.member("violations", figure.violations);
  json.member("possible", figure.possible);
  json.member("excepted", figure.excepted);
  seconds_bounds(json, "seconds_inside", figure.inside_least, figure.inside_most);
  json.member("military", figure.military);
  json.member("civil", figure.civil);
  json.member("helicopters", figure.helicopters);
  json.member("unknown_kind", figure.unknown_kind);
  json.end_object();
}

void undecided_value(JsonWriter& json, const terms::UndecidedClause& clause) {
  json.begin_object();
  json.member("id", clause.id);
  json.member("clause", cut_text(clause.clause));
  json.member("reason", cut_text(clause.reason));
  json.end_object();
}

}  // namespace

std::string findings_json(const Assessment& assessment) {
  const auto& [agreement, observations, findings, edition] = assessment;
  const Inputs inputs(observations.inputs);
  const auto plain = [](std::string_view text) {
    return [text](JsonWriter& json) { json.text(text); };
  };

  Document document;
  document.member("format", plain("truce findings"));
  document.member("version", [](JsonWriter& json) { json.integer(findings_format_version); });
  document.member("audience", plain(edition.audience));
  document.member("release", plain(edition.release));
  document.member("program_version", plain(edition.program_version));
  document.member("terms", [&](JsonWriter& json) { terms_value(json, assessment); });
  document.member("observed", [&](JsonWriter& json) { period(json, findings.observed); });
  document.member("summary", [&](JsonWriter& json) { summary_value(json, findings); });
  document.array("inputs", observations.inputs, input_value);
  document.array("findings", findings.findings, [&](JsonWriter& json, const Finding& finding) {
    finding_value(json, finding, inputs);
  });
  document.array("coverage", findings.coverage, coverage_value);
  document.array("figures", findings.figures, figure_value);
  document.array("undecided_clauses", agreement.undecided, undecided_value);
  document.array("errata", findings.errata,
                 [](JsonWriter& json, const std::string& text) { json.text(cut_text(text)); });
  return document.take();
}

}  // namespace truce::publication
