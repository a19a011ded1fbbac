#include "service/exercise.h"

#include <fmt/format.h>

#include <filesystem>
#include <system_error>

#include "exercise/exercise.h"
#include "exercise/score.h"
#include "service/case_terms.h"
#include "service/files.h"
#include "service/interruption.h"
#include "service/outputs.h"
#include "service/telling.h"

namespace truce::service {
namespace {

namespace fs = std::filesystem;
using base::problem;
using base::Result;

int refuse(const base::Problem& problem) {
  tell_problems({problem});
  return status_bad_input;
}

/// A case is never written over another: what is there may be somebody's evidence.
Result<void> is_free(const fs::path& folder) {
  std::error_code error;
  const fs::file_status status = fs::status(folder, error);
  if (status.type() == fs::file_type::not_found) return {};
  if (error) return problem(folder.string(), error_text(error.value()));
  if (!fs::is_directory(status)) return problem(folder.string(), "expected a folder");
  const bool empty = fs::is_empty(folder, error);
  if (error) return problem(folder.string(), error_text(error.value()));
  if (!empty)
    return problem(folder.string(), "not empty: an exercise is written into a new folder");
  return {};
}

Result<std::string> text_in(const fs::path& root, const std::string& name) {
  const auto file = file_in(root, name);
  if (!file) return std::unexpected(file.error());
  auto whole = read_whole(*file);
  if (!whole) return std::unexpected(whole.error());
  return std::move(whole->text);
}

}  // namespace

int exercise(const ExerciseCommand& command) {
  if (auto free = is_free(command.out); !free) return refuse(free.error());
  truce::exercise::ExerciseSettings settings;
  settings.seed = command.seed;
  settings.days = command.days.value_or(settings.days);
  settings.aircraft = command.aircraft.value_or(settings.aircraft);
  settings.errors_within_bounds = !command.broken_bounds;
  truce::exercise::Exercise made = truce::exercise::make_exercise(settings);
  Outputs outputs;
  for (auto& [name, bytes] : made.files) outputs.add(name, std::move(bytes));
  if (auto written = outputs.write_into(command.out); !written) return refuse(written.error());
  const bool printed =
      print(fmt::format("An exercise of {} files, seed {}, lies in {}\nNext: truce assess {}\n",
                        outputs.size(), command.seed, command.out, command.out));
  return printed ? status_done : status_bad_input;
}

int score(const ScoreCommand& command) {
  const auto root = case_folder(command.folder);
  if (!root) return refuse(root.error());
  const auto truth = text_in(*root, "truth.json");
  if (!truth) return refuse(truth.error());
  const auto findings = text_in(*root, "out/findings.json");
  if (!findings) return refuse(findings.error());
  const auto scored = truce::exercise::score(*findings, *truth);
  if (!scored) return refuse(scored.error());
  const bool printed = print(command.json ? truce::exercise::score_json(*scored)
                                          : truce::exercise::score_text(*scored));
  if (!printed) return status_bad_input;
  return scored->passed() ? status_done : status_found;
}

}  // namespace truce::service
