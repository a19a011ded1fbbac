#include "service/check.h"

#include <fmt/format.h>

#include "base/json_writer.h"
#include "service/case_observations.h"
#include "service/case_terms.h"
#include "service/files.h"
#include "service/interruption.h"
#include "service/outputs.h"
#include "service/telling.h"
#include "terms/check.h"
#include "terms/retelling.h"

namespace truce::service {
namespace {

/// Everything that a check brings to light.
struct Checked {
  CaseTerms terms;
  base::Problems problems, warnings;
};

void add(base::Problems& all, const base::Problems& more) {
  all.insert(all.end(), more.begin(), more.end());
}

// Where the time zones lie, as the system's IANA database has it; "" where it has no such table.
std::string zone_table() {
  const auto table = read_named("/usr/share/zoneinfo/zone.tab");
  return table ? table->text : "";
}

Checked checked(const std::filesystem::path& root, Lock lock) {
  Checked result;
  result.terms = read_terms(root, lock);
  const CaseObservations declared = read_declared(root, result.terms.inputs);
  add(result.problems, result.terms.problems);
  add(result.problems, declared.problems);
  add(result.warnings, result.terms.warnings);
  if (result.terms.agreement)
    add(result.warnings, terms::warnings_of(*result.terms.agreement, zone_table()));
  add(result.warnings, declared.warnings);
  return result;
}

base::Result<void> write_lock(const std::filesystem::path& root, const std::string& text) {
  Outputs outputs;
  outputs.add("agreement.lock", text);
  return outputs.write_into(root);
}

std::string json_of(const CheckCommand& command, const Checked& result) {
  base::JsonWriter json;
  json.begin_object();
  json.member("format", "truce check 1");
  json.member("program_version", program_version());
  json.member("case", command.folder);
  json.member("locked", result.terms.locked);
  const bool sound = result.problems.empty();
  if (sound) {
    json.member("agreement_sha256", result.terms.agreement->text_digest.hex());
    json.member("lock_sha256", result.terms.agreement->lock_digest.hex());
  }
  write_problems(json, "problems", result.problems);
  write_problems(json, "warnings", result.warnings);
  write_problems(json, "deadlines", sound ? result.terms.deadlines : base::Problems{});
  json.member("agreement", sound ? terms::retold(*result.terms.agreement) : "");
  json.end_object();
  return json.take();
}

std::string text_of(const CheckCommand& command, const Checked& result) {
  std::string text = terms::retold(*result.terms.agreement);
  if (!text.empty() && text.back() != '\n') text += '\n';
  if (!result.terms.deadlines.empty()) {
    text += "\nTimes counted from the entry into force, D\n";
    for (const base::Problem& each : result.terms.deadlines)
      text += fmt::format("  {} ({})\n", each.message, each.where);
  }
  text += '\n';
  const std::string digest = result.terms.agreement->lock_digest.hex();
  if (command.lock) {
    text += fmt::format("agreement.lock is written, SHA-256 {}\n", digest);
  } else if (result.terms.locked) {
    text += fmt::format("agreement.lock matches, SHA-256 {}\n", digest);
  } else {
    text += fmt::format("There is no agreement.lock; truce check {} --lock writes it.\n",
                        command.folder);
  }
  return text;
}

}  // namespace

int check(const CheckCommand& command) {
  const auto root = case_folder(command.folder);
  if (!root) {
    tell_problems({root.error()});
    return status_bad_input;
  }
  Checked result = checked(*root, command.lock ? Lock::renew : Lock::use);
  if (command.lock && result.problems.empty()) {
    if (auto written = write_lock(*root, result.terms.lock_text); !written) {
      result.problems.push_back(written.error());
    } else {
      result.terms.locked = true;
    }
  }
  tell_problems(result.problems);
  tell_warnings(result.warnings);
  const bool sound = result.problems.empty();
  bool printed = true;
  if (command.json) {
    printed = print(json_of(command, result));
  } else if (sound) {
    printed = print(text_of(command, result));
  }
  return sound && printed ? status_done : status_bad_input;
}

}  // namespace truce::service
