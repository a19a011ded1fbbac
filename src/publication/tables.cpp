#include "publication/tables.h"

#include <initializer_list>

#include "base/json_writer.h"
#include "base/text.h"
#include "publication/wording.h"

namespace truce::publication {

using base::decimal_text;
using findings::Finding;
using quantities::Instant;

namespace {

class Csv {
 public:
  Csv(std::initializer_list<std::string_view> header, const Edition& edition)
      : audience_(audience_text(edition)) {
    for (const std::string_view name : header) value(std::string(name));
    value("audience");
    finish();
  }

  /// A number, a time, or a word of our own.
  Csv& value(const std::string& field) {
    if (row_begun_) out_ += ',';
    row_begun_ = true;
    out_ += base::csv_field(field);
    return *this;
  }
  Csv& value(std::string_view field) { return value(std::string(field)); }
  Csv& value(const char* field) { return value(std::string(field)); }
  Csv& value(std::int64_t number) { return value(decimal_text(number, 0)); }

  /// A text that an input may have given.
  Csv& foreign(std::string_view text, std::size_t characters = longest_text) {
    std::string shown = cut(text, characters);
    if (!shown.empty() && std::string_view("=+-@\t").find(shown[0]) != std::string_view::npos)
      shown.insert(0, "'");
    return value(shown);
  }

  void end_row() {
    value(audience_);
    finish();
  }
  std::string take() { return std::move(out_); }

 private:
  void finish() {
    out_ += "\r\n";
    row_begun_ = false;
  }

  std::string out_;
  std::string audience_;
  bool row_begun_ = false;
};

std::string time_field(Instant t) {
  return is_open(t) ? "" : quantities::rfc3339_milliseconds(t);
}

std::string joined(const std::vector<std::string>& items) {
  std::string out;
  for (const std::string& item : items) out += (out.empty() ? "" : "; ") + cut_text(item);
  return out;
}

template <class Items, class Text>
std::string joined(const Items& items, Text text) {
  std::vector<std::string> texts;
  for (const auto& item : items) texts.push_back(text(item));
  return joined(texts);
}

std::string evidence_field(const Finding& finding, const observations::Observations& observations) {
  return joined(finding.evidence, [&](const observations::Evidence& evidence) {
    const std::string name =
        evidence.input < observations.inputs.size() ? observations.inputs[evidence.input].name : "";
    return name + ":" + decimal_text(std::int64_t{evidence.record}, 0);
  });
}

}  // namespace

std::string findings_csv(const Assessment& assessment) {
  Csv csv({"id",
           "verdict",
           "rule",
           "area",
           "areas",
           "grade",
           "address",
           "callsign",
           "registration",
           "type",
           "kind",
           "party",
           "affiliation_basis",
           "entry_earliest",
           "entry_latest",
           "exit_earliest",
           "exit_latest",
           "seconds_inside_min",
           "seconds_inside_max",
           "altitude_reference",
           "altitude_least_ft",
           "altitude_most_ft",
           "penetration_min_m",
           "penetration_max_m",
           "probability",
           "counted_on",
           "rests_on_gap",
           "rests_on_sighting",
           "exceptions",
           "misuse",
           "unknowns",
           "sources",
           "origins",
           "evidence",
           "supersedes",
           "sentence"},
          assessment.edition);
  for (const Finding& f : assessment.findings.findings) {
    const bool height = !f.altitude.reference.empty();
    csv.value(f.id).value(to_string(f.verdict)).foreign(f.rule, longest_name);
    csv.foreign(f.area, longest_name).foreign(joined(f.areas)).foreign(f.grade, longest_name);
    csv.foreign(f.address, longest_name).foreign(f.call_sign, longest_name);
    csv.foreign(f.registration, longest_name).foreign(f.type, longest_name);
    csv.foreign(f.kind, longest_name).foreign(f.party, longest_name).foreign(f.affiliation_basis);
    csv.value(time_field(f.entry.earliest)).value(time_field(f.entry.latest));
    csv.value(time_field(f.exit.earliest)).value(time_field(f.exit.latest));
    csv.value(decimal_text(deciseconds_down(f.inside_least), 1));
    csv.value(decimal_text(deciseconds_up(f.inside_most), 1));
    csv.value(f.altitude.reference);
    csv.value(height ? decimal_text(feet_down(f.altitude.least), 0) : "");
    csv.value(height ? decimal_text(feet_up(f.altitude.most), 0) : "");
    csv.value(f.penetration_least ? decimal_text(metres_down(*f.penetration_least), 0) : "");
    csv.value(f.penetration_most ? decimal_text(metres_up(*f.penetration_most), 0) : "");
    csv.value(f.probability_permille < 0 ? ""
                                         : decimal_text(std::int64_t{f.probability_permille}, 3));
    csv.value(quantities::iso_date(f.counted_on));
    csv.value(f.gap ? "yes" : "no").value(f.sighting ? "yes" : "no");
    csv.foreign(joined(f.exceptions, exception_text));
    csv.foreign(joined(f.exceptions, [](const auto& e) { return e.misuse; }));
    csv.foreign(joined(f.unknowns)).foreign(joined(f.sources)).foreign(joined(f.origins));
    csv.foreign(evidence_field(f, assessment.observations)).value(joined(f.supersedes));
    csv.foreign(f.sentence);
    csv.end_row();
  }
  return csv.take();
}

std::string coverage_csv(const Assessment& assessment) {
  Csv csv({"rule", "area", "day", "heard", "coverage", "restricted", "verdict", "findings"},
          assessment.edition);
  for (const auto& line : assessment.findings.coverage) {
    csv.foreign(line.rule, longest_name).foreign(line.area, longest_name);
    csv.value(quantities::iso_date(line.day)).value(decimal_text(line.heard, 3));
    csv.value(decimal_text(line.coverage, 3)).value(decimal_text(line.restricted, 3));
    csv.value(to_string(line.verdict)).value(line.findings);
    csv.end_row();
  }
  return csv.take();
}

std::string figures_csv(const Assessment& assessment) {
  Csv csv({"rule", "area", "party", "day", "violations", "possible", "excepted", "hours_inside_min",
           "hours_inside_max", "military", "civil", "helicopters", "unknown_kind"},
          assessment.edition);
  constexpr std::int64_t microseconds_per_milli_hour = 3'600'000;
  for (const auto& figure : assessment.findings.figures) {
    csv.foreign(figure.rule, longest_name).foreign(figure.area, longest_name);
    csv.foreign(figure.party, longest_name).value(quantities::iso_date(figure.day));
    csv.value(figure.violations).value(figure.possible).value(figure.excepted);
    csv.value(decimal_text(figure.inside_least.microseconds / microseconds_per_milli_hour, 3));
    csv.value(decimal_text((figure.inside_most.microseconds + microseconds_per_milli_hour - 1) /
                               microseconds_per_milli_hour,
                           3));
    csv.value(figure.military).value(figure.civil).value(figure.helicopters);
    csv.value(figure.unknown_kind);
    csv.end_row();
  }
  return csv.take();
}

std::string rejected_csv(const Assessment& assessment) {
  Csv csv({"file", "record", "reason", "text"}, assessment.edition);
  const auto& inputs = assessment.observations.inputs;
  for (const auto& rejected : assessment.observations.rejected) {
    csv.foreign(rejected.input < inputs.size() ? inputs[rejected.input].name : "");
    csv.value(std::int64_t{rejected.record}).foreign(rejected.reason);
    csv.foreign(rejected.text);
    csv.end_row();
  }
  return csv.take();
}

}  // namespace truce::publication
