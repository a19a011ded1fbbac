#include "service/assess.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <thread>

#include "findings/assess.h"
#include "publication/findings_geojson.h"
#include "publication/findings_json.h"
#include "publication/report.h"
#include "publication/tables.h"
#include "service/case_observations.h"
#include "service/case_terms.h"
#include "service/files.h"
#include "service/interruption.h"
#include "service/ordered_work.h"
#include "service/outputs.h"
#include "service/summary.h"
#include "service/telling.h"
#include "service/terminal.h"

namespace truce::service {
namespace {

namespace fs = std::filesystem;
using base::problem;
using base::Problems;
using base::Result;
using findings::Verdict;

int refuse(const Problems& problems) {
  tell_problems(problems);
  return status_bad_input;
}

/// Where the outputs go; a problem if they could not, told before the work rather than after.
Result<fs::path> output_folder(const AssessCommand& command, const fs::path& root) {
  const fs::path out = command.out ? fs::path(*command.out) : fs::path(command.folder) / "out";
  std::error_code error;
  // Made absolute first: of a relative path that is not there yet, no part could be looked for.
  const fs::path absolute = fs::absolute(out, error);
  const fs::path place = error ? absolute : fs::weakly_canonical(absolute, error);
  if (error) return problem(out.string(), error_text(error.value()));
  for (const char* input : {"observations", "registry"}) {
    const fs::path folder = root / input;
    const auto end = std::mismatch(folder.begin(), folder.end(), place.begin(), place.end()).first;
    if (end != folder.end()) continue;
    return problem(out.string(),
                   fmt::format("lies in {} of the case, whose files are inputs", input));
  }
  fs::path there = place;
  while (!fs::exists(there, error) && there.has_parent_path() && there != there.parent_path()) {
    there = there.parent_path();
  }
  if (!fs::is_directory(there, error)) {
    return problem(there.string(), "expected a folder, found a file");
  }
  if (::access(there.c_str(), W_OK | X_OK) != 0) {
    return problem(there.string(), "cannot be written into: " + error_text(errno));
  }
  return out;
}

/// Where the outputs will be, or the nearest folder above it that is there already.
fs::path existing_folder(const fs::path& out) {
  std::error_code error;
  fs::path there = fs::absolute(out, error);
  while (!fs::is_directory(there, error) && there.has_parent_path() && there != there.parent_path())
    there = there.parent_path();
  return there;
}

/// How many positions to take up at a time: few, so that no thread is left with much when the
/// others are done. Each run on the disk gives whole blocks, so that many runs ask for more; and no
/// more than there is room for.
std::size_t batch_within(std::uint64_t memory, int threads, std::size_t runs) {
  constexpr std::uint64_t bytes_of_a_position = 96;  // and its place in the order
  const std::uint64_t room = memory / 4 / (bytes_of_a_position * static_cast<unsigned>(threads));
  const std::uint64_t wanted =
      runs == 0
          ? 2 * 1024
          : std::max<std::uint64_t>(64 * 1024, 3 * observations::PositionBlock::usual_rows * runs);
  return static_cast<std::size_t>(std::max<std::uint64_t>(1, std::min(room, wanted)));
}

int threads_of(const AssessCommand& command) {
  if (command.threads) return *command.threads;
  return static_cast<int>(std::clamp(std::thread::hardware_concurrency(), 1u, 64u));
}

std::vector<std::pair<std::string, std::string>> outputs_of(
    const publication::Assessment& assessment, const publication::ForEach& for_each) {
  const std::pair<const char*, std::string (*)(const publication::Assessment&)> makers[] = {
      {"findings.json", publication::findings_json},
      {"findings.csv", publication::findings_csv},
      {"findings.geojson", publication::findings_geojson},
      {"coverage.csv", publication::coverage_csv},
      {"figures.csv", publication::figures_csv},
      {"rejected.csv", publication::rejected_csv}};
  std::vector<std::pair<std::string, std::string>> files(std::size(makers));
  for_each(files.size(),
           [&](std::size_t i) { files[i] = {makers[i].first, makers[i].second(assessment)}; });
  files.emplace_back("report.html", publication::report_html(assessment, for_each));
  return files;
}

bool is_found(const findings::Findings& found, const std::vector<Verdict>& verdicts) {
  const auto named = [&](const auto& one) {
    return std::find(verdicts.begin(), verdicts.end(), one.verdict) != verdicts.end();
  };
  // Violations and the like of a day restate findings; only the days themselves add something.
  return std::any_of(found.findings.begin(), found.findings.end(), named) ||
         std::any_of(found.coverage.begin(), found.coverage.end(), [&](const auto& line) {
           return named(line) &&
                  (line.verdict == Verdict::compliant || line.verdict == Verdict::not_observed);
         });
}

}  // namespace

int assess(const AssessCommand& command) {
  const auto root = case_folder(command.folder);
  if (!root) return refuse({root.error()});
  const auto out = output_folder(command, *root);
  if (!out) return refuse({out.error()});
  findings::AssessOptions options;
  if (command.previous) {
    const auto text = read_named(*command.previous);
    if (!text) return refuse({text.error()});
    auto previous = findings::read_previous(text->text, *command.previous);
    if (!previous) return refuse({previous.error()});
    options.previous = std::move(*previous);
  }

  CaseTerms terms = read_terms(*root, Lock::use);
  if (!terms.agreement) {
    tell_warnings(terms.warnings);
    return refuse(terms.problems);
  }
  const Terminal errors = terminal_of(STDERR_FILENO);
  const int threads = threads_of(command);
  Progress progress(command.quiet ? Terminal{} : errors, STDERR_FILENO);
  Aside aside(existing_folder(*out));
  const std::uint64_t memory = command.memory.value_or(default_memory);
  const Room room = room_within(memory, threads, aside);
  CaseObservations seen = read_observations(*root, terms.inputs, threads, room, progress);
  Run run{command.folder, *out, {}, terms.locked, std::move(terms.warnings)};
  run.warnings.insert(run.warnings.end(), seen.warnings.begin(), seen.warnings.end());
  tell_warnings(run.warnings);
  if (!seen.problems.empty()) return refuse(seen.problems);

  options.for_each = [&](std::size_t count, const std::function<void(std::size_t)>& work) {
    spread_work(count, threads, work);
  };
  options.batch = batch_within(memory, threads, seen.observations.runs.size());
  options.progress = [&](std::uint64_t done, std::uint64_t total) { progress.set(done, total); };
  progress.begin("assessing", 0, "positions");
  const auto findings = findings::assess(*terms.agreement, seen.observations, options);
  progress.clear();
  if (!findings) return refuse({findings.error()});
  const findings::Findings& found = *findings;

  const publication::Edition edition =
      publication::edition_of(*terms.agreement, std::string(program_version()));
  const publication::Assessment assessment{*terms.agreement, seen.observations, found, edition};
  Outputs outputs;
  for (auto& [name, bytes] : outputs_of(assessment, options.for_each)) {
    run.files.push_back(name);
    outputs.add(name, std::move(bytes));
  }
  if (auto written = outputs.write_into(*out); !written) return refuse({written.error()});

  const bool printed = command.quiet ? true
                       : command.json
                           ? print(summary_json(assessment, run))
                           : print(summary_text(assessment, run, terminal_of(STDOUT_FILENO)));
  if (!printed) return status_bad_input;
  return is_found(found, command.fail_on) ? status_found : status_done;
}

}  // namespace truce::service
