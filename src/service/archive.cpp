#include "service/archive.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <map>
#include <set>
#include <thread>

#include "base/json_writer.h"
#include "base/text.h"
#include "observations/archive.h"
#include "quantities/time.h"
#include "service/aside.h"
#include "service/case_observations.h"
#include "service/case_terms.h"
#include "service/files.h"
#include "service/growing_file.h"
#include "service/interruption.h"
#include "service/mapped_file.h"
#include "service/ordered_work.h"
#include "service/telling.h"
#include "service/terminal.h"

namespace truce::service {
namespace {

namespace fs = std::filesystem;
using base::problem;
using base::Problem;
using base::Problems;
using base::Result;
using namespace observations;

int refuse(const Problems& problems) {
  tell_problems(problems);
  return status_bad_input;
}

int threads_of(const ArchiveCommand& command) {
  if (command.threads) return *command.threads;
  return static_cast<int>(std::clamp(std::thread::hardware_concurrency(), 1u, 64u));
}

std::string file_count_text(std::size_t count) {
  return fmt::format("{} {}", count_text(count), count == 1 ? "file" : "files");
}

// --- Adding

/// What became of a run that adds.
struct Added {
  std::uint64_t files = 0, positions = 0, rejected = 0;
  std::uint64_t already = 0;      ///< Files that the archive held before.
  std::vector<std::string> left;  ///< Files that hold no positions, by name.
  std::uint64_t bytes = 0, inputs = 0, all_positions = 0;  ///< Of the whole archive.
};

/// Adds files to an archive, chapter by chapter: a chapter is whole files, as many as there is room
/// for, so that what an interruption loses is no more than one of them.
class Adding {
 public:
  Adding(GrowingFile& file, std::uint64_t intact_bytes, const Room& room)
      : file_(file),
        room_(room),
        writer_([this](std::string_view bytes) { return file_.write(bytes); }, intact_bytes) {}

  Result<void> take(FileReading&& reading, const Source& source) {
    if (reading.failure) return std::unexpected(*reading.failure);
    for (const StoredRun& run : reading.aside) {
      auto packed = room_.aside->packed(run);
      if (!packed) return std::unexpected(packed.error());
      if (auto added = writer_.add_run(*packed); !added) return added;
    }
    if (positions_.size() + reading.positions.size() > room_.positions) {
      if (auto put = put_positions(); !put) return put;
    }
    if (positions_.size() == 0) {
      positions_ = std::move(reading.positions);
    } else {
      for (std::size_t row = 0; row < reading.positions.size(); ++row)
        positions_.add(reading.positions.row(row));
    }
    const auto move_to = [](auto& all, auto& more) {
      all.insert(all.end(), std::make_move_iterator(more.begin()),
                 std::make_move_iterator(more.end()));
    };
    move_to(chapter_.facts, reading.facts);
    move_to(chapter_.rejected, reading.rejected);
    move_to(chapter_.warnings, reading.warnings);
    rows_ += reading.input.positions;
    chapter_.inputs.push_back({std::move(reading.input), reading_settings(source)});
    return rows_ >= room_.positions ? commit() : Result<void>{};
  }

  Result<void> commit() {
    if (chapter_.inputs.empty()) return {};
    if (auto put = put_positions(); !put) return put;
    // The blocks first: a commit must not be on the disk before what it speaks of.
    if (auto flushed = file_.flush(); !flushed) return flushed;
    if (auto committed = writer_.commit(std::exchange(chapter_, {})); !committed)
      return problem("archive", committed.error().message);
    rows_ = 0;
    return file_.keep();
  }

 private:
  Result<void> put_positions() {
    auto added = writer_.add_run(packed_run(positions_));
    positions_.clear();
    return added;
  }

  GrowingFile& file_;
  const Room& room_;
  ArchiveWriter writer_;
  Chapter chapter_;
  Positions positions_;     ///< Of files of the chapter, not yet in a run.
  std::uint64_t rows_ = 0;  ///< Of the chapter.
};

/// The observation files that were asked for, by name.
Result<std::vector<FoundFile>> files_to_add(const ArchiveCommand& command, const fs::path& root,
                                            Problems& warnings) {
  Listing listing = files_under(root, "observations");
  if (command.files.empty()) {
    warnings.insert(warnings.end(), listing.problems.begin(), listing.problems.end());
    return std::move(listing.files);
  }
  std::vector<FoundFile> chosen;
  std::set<std::string> names;
  for (const std::string& name : command.files) {
    std::error_code error;
    const fs::path as_given = fs::weakly_canonical(fs::path(name), error);
    const auto found =
        std::find_if(listing.files.begin(), listing.files.end(), [&](const FoundFile& file) {
          std::error_code ignored;
          return file.name == name || file.name == "observations/" + name ||
                 fs::weakly_canonical(file.path, ignored) == as_given;
        });
    if (found == listing.files.end())
      return problem(name, "is no file under observations/ of the case");
    if (names.insert(found->name).second) chosen.push_back(*found);
  }
  std::sort(chosen.begin(), chosen.end(),
            [](const FoundFile& a, const FoundFile& b) { return a.name < b.name; });
  return chosen;
}

/// Files that the archive holds must still be what it holds of them.
Problems compare(const std::vector<FoundFile>& files, const std::map<std::string, Input>& held,
                 int threads, Progress& progress) {
  std::uint64_t total = 0;
  for (const FoundFile& file : files) total += file.bytes;
  progress.begin("comparing", total, "B");
  Problems problems;
  using Compared = std::optional<Problem>;
  ordered_work<Compared>(
      files.size(), threads,
      [&](std::size_t i) -> Compared {
        const auto whole =
            read_in_parts(files[i], [&](std::string_view bytes) { progress.add(bytes.size()); });
        if (!whole) return whole.error();
        if (whole->digest == held.at(files[i].name).digest) return {};
        return Problem{files[i].name,
                       "is not the file that the archive holds under this name; an archive is only "
                       "added to: make a new one"};
      },
      [&](std::size_t, Compared&& wrong) {
        if (wrong) problems.push_back(std::move(*wrong));
      });
  progress.clear();
  return problems;
}

void print_added(const ArchiveCommand& command, const Added& added, bool& printed) {
  if (command.quiet) return;
  if (command.json) {
    base::JsonWriter json;
    json.begin_object();
    json.member("archive", command.archive);
    json.member("added_files", added.files);
    json.member("added_positions", added.positions);
    json.member("rejected_rows", added.rejected);
    json.member("files_already_there", added.already);
    json.key("left_where_they_are");
    json.begin_array();
    for (const std::string& name : added.left) json.text(name);
    json.end_array();
    json.member("files", added.inputs);
    json.member("positions", added.all_positions);
    json.member("bytes", added.bytes);
    json.end_object();
    printed = print(json.take());
    return;
  }
  std::string text =
      fmt::format("Added {} with {} positions to {}.\n", file_count_text(added.files),
                  count_text(added.positions), command.archive);
  if (added.rejected > 0)
    text += fmt::format("{} rows were rejected; the archive keeps each with its reason.\n",
                        count_text(added.rejected));
  if (added.already > 0)
    text += fmt::format("{} were there already, unchanged.\n", file_count_text(added.already));
  for (const std::string& name : added.left)
    text += fmt::format("{} holds no positions and stays where it is.\n", name);
  text +=
      fmt::format("The archive holds {} positions of {} in {}.\n", count_text(added.all_positions),
                  file_count_text(added.inputs), bytes_text(static_cast<double>(added.bytes)));
  printed = print(text);
}

int add(const ArchiveCommand& command) {
  const auto root = case_folder(command.folder);
  if (!root) return refuse({root.error()});
  CaseObservations declared = read_declared(*root, {});
  tell_warnings(declared.warnings);
  if (!declared.problems.empty()) return refuse(declared.problems);
  const Sources& sources = declared.observations.sources;
  Problems warnings;
  auto listed = files_to_add(command, *root, warnings);
  if (!listed) return refuse({listed.error()});

  const fs::path path(command.archive);
  std::error_code error;
  const fs::path folder = path.has_parent_path() ? path.parent_path() : fs::path(".");
  if (!fs::is_directory(folder, error))
    return refuse({{command.archive, "the folder " + folder.string() + " is not there"}});
  const int threads = threads_of(command);
  Progress progress(command.quiet ? Terminal{} : terminal_of(STDERR_FILENO), STDERR_FILENO);

  auto file = GrowingFile::open(path);
  if (!file) return refuse({file.error()});
  std::map<std::string, Input> held;
  Added added;
  std::uint64_t intact = 0;
  {
    auto mapped =
        MappedFile::of_descriptor((*file)->descriptor(), (*file)->bytes(), command.archive);
    if (!mapped) return refuse({mapped.error()});
    auto reading = read_archive((*mapped)->bytes());
    if (!reading) return refuse({{command.archive, reading.error().message}});
    if (reading->is_torn) {
      warnings.push_back({command.archive,
                          fmt::format("ends in the middle of what an earlier run was adding; going "
                                      "on behind byte {}",
                                      reading->intact_bytes)});
    }
    intact = reading->chapters.empty() ? 0 : reading->intact_bytes;
    for (const Chapter& chapter : reading->chapters) {
      added.all_positions += chapter.positions();
      for (const ArchivedInput& one : chapter.inputs) held.emplace(one.input.name, one.input);
    }
  }
  added.inputs = held.size();

  std::vector<FoundFile> known;
  std::vector<Numbered> files;
  for (FoundFile& one : *listed) {
    std::error_code ignored;
    if (fs::equivalent(one.path, path, ignored) || is_archive(first_bytes_of(one, 16))) continue;
    if (held.contains(one.name)) {
      known.push_back(std::move(one));
    } else if (format_of(one, sources.of_file(one.name)) == Format::sightings_csv) {
      added.left.push_back(one.name);
    } else {
      const auto number = static_cast<std::uint32_t>(held.size() + files.size());
      files.push_back({std::move(one), number});
    }
  }
  tell_warnings(warnings);
  if (const Problems changed = compare(known, held, threads, progress); !changed.empty())
    return refuse(changed);
  added.already = known.size();

  if (auto begun = (*file)->begin_behind(intact); !begun) return refuse({begun.error()});
  Aside aside(folder);
  const Room room = room_within(command.memory.value_or(default_memory), threads, aside);
  Adding adding(**file, intact, room);
  std::optional<Problem> failure;
  std::uint64_t total = 0;
  for (const Numbered& one : files) total += one.file.bytes;
  progress.begin("archiving", total, "B");
  read_files(files, sources, threads, room, progress, [&](std::size_t i, FileReading&& reading) {
    if (failure) return;
    if (reading.is_unread) {
      failure = reading.warnings.empty() ? Problem{files[i].file.name, "could not be read"}
                                         : reading.warnings.front();
      return;
    }
    ++added.files;
    added.positions += reading.input.positions;
    for (const auto& [reason, count] : reading.input.rejected) added.rejected += count;
    tell_warnings(reading.warnings);
    const Source& source = sources.of_file(files[i].file.name);
    if (auto taken = adding.take(std::move(reading), source); !taken) failure = taken.error();
  });
  progress.clear();
  // What was read before a file that could not be stands: a later run goes on behind it.
  if (auto committed = adding.commit(); !committed && !failure) failure = committed.error();
  if (failure) return refuse({*failure});
  added.inputs += added.files;
  added.all_positions += added.positions;
  added.bytes = (*file)->bytes();
  bool printed = true;
  print_added(command, added, printed);
  return printed ? status_done : status_bad_input;
}

// --- Listing and verifying

struct OpenArchive {
  std::shared_ptr<const MappedFile> mapped;
  ArchiveReading reading;
};

Result<OpenArchive> open(const std::string& name) {
  auto mapped = MappedFile::open(name, name);
  if (!mapped) return std::unexpected(mapped.error());
  auto reading = read_archive((*mapped)->bytes());
  if (!reading) return problem(name, reading.error().message);
  return OpenArchive{std::move(*mapped), std::move(*reading)};
}

std::string torn_text(const OpenArchive& archive) {
  return fmt::format("ends in the middle of what was being added: whole up to byte {} of {}",
                     archive.reading.intact_bytes, archive.mapped->bytes().size());
}

struct Totals {
  std::uint64_t inputs = 0, positions = 0, rejected = 0, blocks = 0, runs = 0;
  std::optional<quantities::TimeBounds> span;
};

Totals totals_of(const ArchiveReading& reading) {
  Totals totals;
  for (const Chapter& chapter : reading.chapters) {
    totals.inputs += chapter.inputs.size();
    totals.positions += chapter.positions();
    totals.runs += chapter.runs.size();
    for (const ArchivedInput& one : chapter.inputs)
      for (const auto& [reason, count] : one.input.rejected) totals.rejected += count;
    for (const StoredRun& run : chapter.runs) {
      totals.blocks += run.size();
      for (const StoredBlock& block : run) {
        if (!totals.span) totals.span = {{block.range.earliest}, {block.range.latest}};
        totals.span->earliest = std::min(totals.span->earliest, {block.range.earliest});
        totals.span->latest = std::max(totals.span->latest, {block.range.latest});
      }
    }
  }
  return totals;
}

int list(const ArchiveCommand& command) {
  const auto archive = open(command.archive);
  if (!archive) return refuse({archive.error()});
  if (archive->reading.is_torn) tell_warnings({{command.archive, torn_text(*archive)}});
  const Totals totals = totals_of(archive->reading);
  if (command.json) {
    base::JsonWriter json;
    json.begin_object();
    json.member("archive", command.archive);
    json.member("version", std::uint64_t{archive_version});
    json.member("whole", !archive->reading.is_torn);
    json.member("bytes", archive->reading.intact_bytes);
    json.member("positions", totals.positions);
    json.member("rejected_rows", totals.rejected);
    json.member("chapters", std::uint64_t{archive->reading.chapters.size()});
    json.member("runs", totals.runs);
    json.member("blocks", totals.blocks);
    if (totals.span) {
      json.member("earliest", quantities::rfc3339(totals.span->earliest));
      json.member("latest", quantities::rfc3339(totals.span->latest));
    }
    json.key("inputs");
    json.begin_array();
    for (const Chapter& chapter : archive->reading.chapters) {
      for (const ArchivedInput& one : chapter.inputs) {
        json.begin_object();
        json.member("name", one.input.name);
        json.member("sha256", one.input.digest.hex());
        json.member("bytes", one.input.bytes);
        json.member("format", one.input.format);
        json.member("source", one.input.source);
        json.member("records", one.input.records);
        json.member("positions", one.input.positions);
        json.member("without_position", one.input.without_position);
        json.key("rejected");
        json.begin_object();
        for (const auto& [reason, count] : one.input.rejected) json.member(reason, count);
        json.end_object();
        json.end_object();
      }
    }
    json.end_array();
    json.end_object();
    return print(json.take()) ? status_done : status_bad_input;
  }
  std::string text;
  for (const Chapter& chapter : archive->reading.chapters) {
    for (const ArchivedInput& one : chapter.inputs) {
      std::uint64_t rejected = 0;
      for (const auto& [reason, count] : one.input.rejected) rejected += count;
      text += fmt::format("{}  {:>13}  {:>9}  {}  {}\n", one.input.digest.hex(),
                          count_text(one.input.positions), count_text(rejected), one.input.format,
                          one.input.name);
    }
  }
  text += fmt::format("{} positions and {} rejected rows of {}, {}", count_text(totals.positions),
                      count_text(totals.rejected), file_count_text(totals.inputs),
                      bytes_text(static_cast<double>(archive->reading.intact_bytes)));
  if (totals.span)
    text += fmt::format(", {} to {}", quantities::rfc3339(totals.span->earliest),
                        quantities::rfc3339(totals.span->latest));
  return print(text + "\n") ? status_done : status_bad_input;
}

int verify(const ArchiveCommand& command) {
  const auto archive = open(command.archive);
  if (!archive) return refuse({archive.error()});
  const Totals totals = totals_of(archive->reading);
  Progress progress(command.quiet ? Terminal{} : terminal_of(STDERR_FILENO), STDERR_FILENO);
  progress.begin("verifying", totals.positions, "positions");
  std::vector<const StoredBlock*> blocks;
  for (const Chapter& chapter : archive->reading.chapters)
    for (const StoredRun& run : chapter.runs)
      for (const StoredBlock& block : run) blocks.push_back(&block);
  struct Verified {
    std::optional<Problem> wrong;
    std::map<std::uint32_t, std::uint64_t> rows;  ///< By input.
  };
  Problems problems;
  std::map<std::uint32_t, std::uint64_t> rows;
  ordered_work<Verified>(
      blocks.size(), threads_of(command),
      [&](std::size_t i) {
        Verified verified;
        Positions positions;
        if (auto read =
                read_stored_block(archive->mapped->bytes(), *blocks[i], Columns::all, positions);
            !read) {
          verified.wrong = Problem{command.archive, read.error().message};
          return verified;
        }
        for (std::uint32_t row = 0; row + 1 < positions.size(); ++row) {
          if (!comes_before(positions, row + 1, row)) continue;
          verified.wrong =
              Problem{command.archive,
                      fmt::format("the block at byte {} is not in order", blocks[i]->offset)};
          break;
        }
        for (const Evidence& evidence : positions.evidence) ++verified.rows[evidence.input];
        archive->mapped->release(
            archive->mapped->bytes().substr(blocks[i]->offset, blocks[i]->bytes));
        progress.add(positions.size());
        return verified;
      },
      [&](std::size_t, Verified&& verified) {
        if (verified.wrong) problems.push_back(*verified.wrong);
        for (const auto& [input, count] : verified.rows) rows[input] += count;
      });
  progress.clear();
  std::uint32_t input = 0;
  for (const Chapter& chapter : archive->reading.chapters) {
    for (const ArchivedInput& one : chapter.inputs) {
      if (problems.empty() && rows[input] != one.input.positions)
        problems.push_back(
            {command.archive, fmt::format("holds {} positions of {}, and says {}", rows[input],
                                          one.input.name, one.input.positions)});
      ++input;
    }
  }
  if (archive->reading.is_torn) problems.push_back({command.archive, torn_text(*archive)});
  if (!problems.empty()) return refuse(problems);
  if (command.quiet) return status_done;
  if (command.json) {
    base::JsonWriter json;
    json.begin_object();
    json.member("archive", command.archive);
    json.member("whole", true);
    json.member("blocks", totals.blocks);
    json.member("positions", totals.positions);
    json.end_object();
    return print(json.take()) ? status_done : status_bad_input;
  }
  return print(fmt::format("{} is whole: {} positions in {} blocks, every check sum right.\n",
                           command.archive, count_text(totals.positions),
                           count_text(totals.blocks)))
             ? status_done
             : status_bad_input;
}

}  // namespace

int archive(const ArchiveCommand& command) {
  switch (command.act) {
    case ArchiveCommand::Act::add: return add(command);
    case ArchiveCommand::Act::list: return list(command);
    case ArchiveCommand::Act::verify: return verify(command);
  }
  return status_our_fault;
}

}  // namespace truce::service
