#include "service/case_observations.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/check.h"
#include "base/text.h"
#include "observations/reader.h"
#include "observations/rejection.h"
#include "observations/toml_quantities.h"
#include "service/files.h"
#include "service/mapped_file.h"
#include "service/ordered_work.h"

namespace truce::service {
namespace {

namespace fs = std::filesystem;
using namespace observations;

/// Enough to recognise any format by.
constexpr std::size_t bytes_to_recognise_by = 64 * 1024;
/// Beyond so many, the rejected rows of one file are counted but no longer listed one by one: a
/// large file of another kind would otherwise fill the memory with its own rows.
constexpr std::size_t most_rejected_listed = 10'000;

/// The last row of a file whose rejected rows are not all listed.
Rejected unlisted(std::uint32_t input, std::uint32_t last_record, std::uint64_t count) {
  return rejection(input, last_record, "more rejected rows, counted but not listed",
                   fmt::format("{} more", count));
}

constexpr const char* not_read_format = "could not be read";

// --- One file under observations/
// -----------------------------------------------------------------

class FileReader {
 public:
  FileReader(const Numbered& file, const Source& source, const Room& room)
      : file_(file),
        source_(source),
        room_(room),
        decompressor_([this](std::string_view bytes) { unpacked(bytes); }) {
    reading_.input.name = file.file.name;
    reading_.input.source = source.id;
    sink_.position = [this](const PositionReport& report) {
      reading_.positions.add(report);
      if (reading_.positions.size() >= room_.positions) put_aside();
    };
    sink_.position_columns = [this](const ReportColumns& reports) { add(reports); };
    sink_.facts = [this](AircraftFacts&& facts) { reading_.facts.push_back(std::move(facts)); };
    sink_.rejected = [this](Rejected&& row) { reject(std::move(row)); };
  }

  FileReading read(Progress& progress) {
    std::optional<base::Problem> damage;
    const auto whole = read_in_parts(file_.file, [&](std::string_view bytes) {
      progress.add(bytes.size());
      if (damage || reading_.failure) return;  // The rest counts for the SHA-256 alone.
      if (auto taken = decompressor_.take(bytes); !taken) damage = taken.error();
    });
    // Without the SHA-256 of the whole file its rows are no evidence.
    if (!whole) return unread(whole.error());
    if (!damage) {
      if (auto finished = decompressor_.finish(); !finished) damage = finished.error();
    }
    finish();
    // Others may have to wait for a slower file before them.
    if (reading_.positions.size() >= room_.positions / 4) put_aside();
    reading_.input.digest = whole->digest;
    reading_.input.bytes = whole->bytes;
    if (damage) {
      warn("compressed data are damaged, read as far as they go: " + damage->message);
      reject(rejection(file_.input, 0, "compressed data are damaged", damage->message));
    }
    count();
    return std::move(reading_);
  }

 private:
  // As many as there is room for at a time, as if they came one by one.
  void add(const ReportColumns& reports) {
    for (std::size_t row = 0; row < reports.size;) {
      const std::size_t size = reading_.positions.size();
      const std::size_t room = room_.positions > size ? room_.positions - size : 1;
      const std::size_t until = std::min(reports.size, row + room);
      reading_.positions.add(reports, row, until);
      if (reading_.positions.size() >= room_.positions) put_aside();
      row = until;
    }
  }

  void unpacked(std::string_view bytes) {
    if (!format_) {
      head_ += bytes;
      if (head_.size() >= bytes_to_recognise_by) recognise();
      return;
    }
    pass_on(bytes);
  }

  void recognise() {
    format_ = recognised(head_, source_);
    if (*format_ != Format::sightings_csv && *format_ != Format::not_recognised) {
      reader_ = make_reader(*format_, file_.input, source_, sink_);
    }
    const std::string head = std::move(head_);
    if (*format_ == Format::not_recognised) {
      head_ = head.substr(0, 1'024);
    } else {
      head_.clear();
      pass_on(head);
    }
  }

  void pass_on(std::string_view bytes) {
    if (reader_) return reader_->take(bytes);
    if (*format_ != Format::sightings_csv || too_long_) return;
    too_long_ = sightings_text_.size() + bytes.size() > longest_whole_file;
    if (!too_long_) sightings_text_ += bytes;
  }

  void finish() {
    const bool is_empty = !format_ && head_.empty();
    if (!format_) recognise();
    reading_.input.format = is_empty ? "empty" : std::string(to_string(*format_));
    if (is_empty) return;
    if (reader_) {
      reader_->finish();
    } else if (*format_ == Format::sightings_csv) {
      finish_sightings();
    } else {
      warn("format not recognised; not read");
      reject(rejection(file_.input, 0, "format not recognised", head_));
    }
  }

  void finish_sightings() {
    if (too_long_) {
      warn("sightings longer than 1 GiB; not read");
      return reject(rejection(file_.input, 0, "sightings longer than 1 GiB", ""));
    }
    const auto offset = seconds_east_from(source_.time_zone);
    CHECK(offset.has_value());  // read_sources takes no other.
    SightingsReading sightings =
        read_sightings(sightings_text_, file_.input, source_.columns, *offset);
    reading_.sightings = std::move(sightings.sightings);
    sink_.records += sightings.records;
    for (Rejected& row : sightings.rejected) reject(std::move(row));
  }

  void put_aside() {
    if (reading_.failure) return reading_.positions.clear();
    auto run = room_.aside->put(reading_.positions);
    reading_.positions.clear();
    if (!run) {
      reading_.failure = run.error();
    } else {
      reading_.aside.push_back(std::move(*run));
    }
  }

  void reject(Rejected row) {
    ++reading_.input.rejected[row.reason];
    if (reading_.rejected.size() < most_rejected_listed) {
      reading_.rejected.push_back(std::move(row));
    } else {
      ++unlisted_;
      last_unlisted_ = std::max(last_unlisted_, row.record);
    }
  }

  void count() {
    reading_.input.records = sink_.records;
    reading_.input.positions = sink_.positions;
    reading_.input.without_position = sink_.without_position;
    // Sorting keeps rows of one record in the order in which they were rejected.
    std::stable_sort(reading_.rejected.begin(), reading_.rejected.end(),
                     [](const Rejected& a, const Rejected& b) { return a.record < b.record; });
    if (unlisted_ == 0) return;
    last_unlisted_ = std::max(last_unlisted_, reading_.rejected.back().record);
    reading_.rejected.push_back(unlisted(file_.input, last_unlisted_, unlisted_));
  }

  FileReading unread(const base::Problem& problem) const {
    FileReading nothing;
    nothing.input.name = file_.file.name;
    nothing.input.source = source_.id;
    nothing.input.format = not_read_format;
    nothing.input.rejected["file could not be read"] = 1;
    nothing.rejected.push_back(
        rejection(file_.input, 0, "file could not be read", problem.message));
    nothing.warnings.push_back(problem);
    nothing.is_unread = true;
    nothing.failure = reading_.failure;
    return nothing;
  }

  void warn(std::string message) {
    reading_.warnings.push_back({file_.file.name, std::move(message)});
  }

  const Numbered& file_;
  const Source& source_;
  const Room& room_;
  FileReading reading_;
  Sink sink_;
  Decompressor decompressor_;
  std::string head_;  ///< Until the format is known; afterwards what was not recognised.
  std::optional<Format> format_;
  std::unique_ptr<Reader> reader_;
  std::string sightings_text_;
  bool too_long_ = false;
  std::uint64_t unlisted_ = 0;  ///< Rejected rows that are counted only.
  std::uint32_t last_unlisted_ = 0;
};

template <class T>
void move_to_end(std::vector<T>& all, std::vector<T>&& more) {
  all.insert(all.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

// --- The case
// -------------------------------------------------------------------------------------

/// An archive among the files of the case.
struct OpenArchive {
  FoundFile file;
  std::shared_ptr<const MappedFile> mapped;
  ArchiveReading reading;
};

class CaseReader {
 public:
  CaseReader(const fs::path& root, const std::vector<Input>& other_inputs)
      : root_(root), other_inputs_(other_inputs) {}

  CaseObservations read_declared_files() {
    list();
    number();
    read_declared();
    return std::move(result_);
  }

  CaseObservations read_everything(int threads, const Room& room, Progress& progress) {
    list();
    take_listing(files_under(root_, "observations"), observed_);
    open_archives();
    number();
    read_declared();
    if (result_.problems.empty()) take_from_archives(threads, progress);
    if (result_.problems.empty()) read_observed(threads, room, progress);
    return std::move(result_);
  }

 private:
  Observations& observations() { return result_.observations; }

  /// The declared files that are there, without reading them.
  void list() {
    for (const char* name : {"sources.toml", "affiliations.toml", "registry.csv", "notices.toml",
                             "notices.csv", "restrictions.toml"}) {
      if (!is_present(root_, name)) continue;
      auto file = file_in(root_, name);
      if (!file) {
        result_.problems.push_back(file.error());
      } else if (std::string_view(name) == "registry.csv") {
        registers_.push_back({*file});
      } else {
        declared_[name].file = *file;
      }
    }
    warn_of_strangers();
    std::vector<Numbered> beside;
    take_listing(files_under(root_, "registry"), beside);
    for (Numbered& file : beside) {
      const std::string name = base::lower_case(file.file.name);
      if (name.ends_with(".csv") || name.ends_with(".csv.gz") || name.ends_with(".csv.zst")) {
        registers_.push_back(std::move(file));
      } else {
        result_.warnings.push_back({file.file.name, "expected a .csv; not read"});
      }
    }
    if (!declared_.contains("sources.toml")) {
      result_.warnings.push_back(
          {"sources.toml",
           "missing: every source is undeclared, without bounds, and accepted by "
           "nobody"});
    }
  }

  /// A ledger that is passed over because its name is mistyped makes violations of excepted
  /// flights: whatever looks like a declared file and is none is named.
  void warn_of_strangers() {
    static const std::vector<std::string> files = {
        "agreement.toml", "agreement.lock", "sources.toml", "affiliations.toml",
        "registry.csv",   "notices.toml",   "notices.csv",  "restrictions.toml"};
    static const std::vector<std::string> folders = {"observations", "registry"};
    for (const std::string& name : names_in(root_)) {
      const auto is_name = [&](const auto& one) { return one.name == name; };
      if (std::find(files.begin(), files.end(), name) != files.end() ||
          std::find(folders.begin(), folders.end(), name) != folders.end() ||
          std::any_of(other_inputs_.begin(), other_inputs_.end(), is_name)) {
        continue;
      }
      std::error_code ignored;
      const bool is_folder = fs::is_directory(root_ / name, ignored);
      const auto near = base::nearest_word(name, is_folder ? folders : files);
      if (!near && (is_folder || !(name.ends_with(".toml") || name.ends_with(".csv")))) continue;
      result_.warnings.push_back(
          {name, "not read" + (near ? fmt::format("; did you mean {}?", *near) : "")});
    }
  }

  void take_listing(Listing&& listing, std::vector<Numbered>& into) {
    for (FoundFile& file : listing.files) into.push_back({std::move(file)});
    move_to_end(result_.warnings, std::move(listing.problems));
  }

  /// Archives are told from other files by their first bytes.
  void open_archives() {
    std::vector<Numbered> others;
    for (Numbered& one : observed_) {
      if (!is_archive(first_bytes_of(one.file, 16))) {
        others.push_back(std::move(one));
        continue;
      }
      auto mapped = MappedFile::open(one.file.path, one.file.name);
      if (!mapped) {
        result_.problems.push_back(mapped.error());
        continue;
      }
      auto reading = read_archive((*mapped)->bytes());
      if (!reading) {
        result_.problems.push_back({one.file.name, reading.error().message});
        continue;
      }
      if (reading->is_torn) {
        result_.warnings.push_back(
            {one.file.name,
             fmt::format("the archive ends in the middle; read as far as it is whole, {} of {} "
                         "bytes: truce archive goes on from there",
                         reading->intact_bytes, one.file.bytes)});
      }
      archives_.push_back({std::move(one.file), std::move(*mapped), std::move(*reading)});
    }
    observed_ = std::move(others);
  }

  /// Evidence counts into the inputs by name, so all names must be known before anything is read.
  void number() {
    std::map<std::string, Input> by_name;
    for (const Input& input : other_inputs_) by_name[input.name] = input;
    const auto add = [&](const Numbered& file) {
      Input input;
      input.name = file.file.name;
      by_name.emplace(input.name, std::move(input));
    };
    for (const auto& [_, file] : declared_) add(file);
    for (const Numbered& file : registers_) add(file);
    for (const Numbered& file : observed_) add(file);
    for (const OpenArchive& archive : archives_) {
      for (const Chapter& chapter : archive.reading.chapters)
        for (const ArchivedInput& one : chapter.inputs) by_name.emplace(one.input.name, Input{});
    }
    std::map<std::string, std::uint32_t>& numbers = numbers_;
    for (auto& [name, input] : by_name) {
      numbers[name] = static_cast<std::uint32_t>(observations().inputs.size());
      input.name = name;
      observations().inputs.push_back(std::move(input));
    }
    for (auto& [_, file] : declared_) file.input = numbers[file.file.name];
    for (Numbered& file : registers_) file.input = numbers[file.file.name];
    for (Numbered& file : observed_) file.input = numbers[file.file.name];
  }

  /// The text of a declared file, if it is there and can be read; notes its SHA-256.
  std::optional<std::string> text_of(const char* name, std::string_view format) {
    const auto found = declared_.find(name);
    if (found == declared_.end()) return std::nullopt;
    auto whole = read_whole(found->second.file);
    if (!whole) {
      result_.problems.push_back(whole.error());
      return std::nullopt;
    }
    Input& input = observations().inputs[found->second.input];
    input.digest = whole->digest;
    input.bytes = whole->text.size();
    input.format = format;
    return std::move(whole->text);
  }

  void read_declared() {
    if (const auto text = text_of("sources.toml", "sources")) {
      auto reading = read_sources(*text, "sources.toml");
      observations().sources = std::move(reading.sources);
      move_to_end(result_.problems, std::move(reading.problems));
    }
    if (const auto text = text_of("affiliations.toml", "affiliations")) {
      auto reading = read_ties(*text, "affiliations.toml");
      for (PartyTies& ties : reading.ties) observations().aircraft.add(std::move(ties));
      move_to_end(result_.problems, std::move(reading.problems));
    }
    if (const auto text = text_of("restrictions.toml", "restrictions")) {
      auto reading = read_restrictions(*text, "restrictions.toml");
      observations().restrictions = std::move(reading.restrictions);
      move_to_end(result_.problems, std::move(reading.problems));
    }
    for (const char* name : {"notices.csv", "notices.toml"}) {
      if (const auto text = text_of(name, "notices")) take_notices(*text, name);
    }
    for (const Numbered& file : registers_) read_one_register(file);
  }

  void take_notices(const std::string& text, const char* name) {
    auto reading = read_notices(text, name, declared_[name].input);
    move_to_end(result_.problems, std::move(reading.problems));
    move_to_end(result_.warnings, std::move(reading.warnings));
    Ledger& ledger = observations().ledger;
    if (ledger.notices.empty() && ledger.complete.empty()) {
      ledger = std::move(reading.ledger);
      return;
    }
    // Two ledgers: together complete where either is, and no id may stand in both.
    move_to_end(ledger.notices, std::move(reading.ledger.notices));
    std::stable_sort(ledger.notices.begin(), ledger.notices.end(),
                     [](const Notice& a, const Notice& b) { return a.id < b.id; });
    const auto twice =
        std::adjacent_find(ledger.notices.begin(), ledger.notices.end(),
                           [](const auto& a, const auto& b) { return a.id == b.id; });
    if (twice != ledger.notices.end()) {
      result_.problems.push_back(
          {twice[1].where, fmt::format("notice {} stands in {} already", twice->id, twice->where)});
    }
    move_to_end(ledger.complete, std::move(reading.ledger.complete));
    join(ledger.complete);
  }

  static void join(std::vector<quantities::Period>& periods) {
    std::sort(periods.begin(), periods.end(), [](const auto& a, const auto& b) {
      return std::pair(a.from, a.until) < std::pair(b.from, b.until);
    });
    std::vector<quantities::Period> joined;
    for (const auto& period : periods) {
      if (!joined.empty() && period.from <= joined.back().until) {
        joined.back().until = std::max(joined.back().until, period.until);
      } else {
        joined.push_back(period);
      }
    }
    periods = std::move(joined);
  }

  void read_one_register(const Numbered& file) {
    Input& input = observations().inputs[file.input];
    input.format = "register";
    std::string text;
    bool too_long = false;
    std::optional<base::Problem> damage;
    Decompressor decompressor([&](std::string_view bytes) {
      too_long = too_long || text.size() + bytes.size() > longest_whole_file;
      if (!too_long) text += bytes;
    });
    const auto whole = read_in_parts(file.file, [&](std::string_view bytes) {
      if (damage) return;
      if (auto taken = decompressor.take(bytes); !taken) damage = taken.error();
    });
    if (!damage) {
      if (auto finished = decompressor.finish(); !finished) damage = finished.error();
    }
    // A register says who flies: half of one could turn a contradiction into a certainty.
    if (!whole) return result_.problems.push_back(whole.error());
    if (damage) {
      return result_.problems.push_back(
          {file.file.name, "compressed data are damaged: " + damage->message});
    }
    if (too_long) {
      return result_.problems.push_back({file.file.name, "longer than 1 GiB when unpacked"});
    }
    input.digest = whole->digest;
    input.bytes = whole->bytes;
    RegisterReading reading = read_register(text, file.input);
    input.records = reading.records;
    for (AircraftFacts& facts : reading.facts) observations().aircraft.add(std::move(facts));
    for (const Rejected& row : reading.rejected) ++input.rejected[row.reason];
    if (reading.rejected.size() > most_rejected_listed) {
      const Rejected more = unlisted(file.input, reading.rejected.back().record,
                                     reading.rejected.size() - most_rejected_listed);
      reading.rejected.resize(most_rejected_listed);
      reading.rejected.push_back(more);
    }
    move_to_end(observations().rejected, std::move(reading.rejected));
  }

  // --- Archives

  void take_from_archives(int threads, Progress& progress) {
    for (const OpenArchive& archive : archives_) take_from(archive);
    skip_originals(threads, progress);
  }

  void take_from(const OpenArchive& archive) {
    std::vector<std::uint32_t> numbers;  // Of the archive's inputs, in the case.
    const auto complain = [&](const std::string& message) {
      result_.problems.push_back({archive.file.name, message});
    };
    for (const Chapter& chapter : archive.reading.chapters) {
      for (const ArchivedInput& one : chapter.inputs) {
        const std::string& name = one.input.name;
        numbers.push_back(numbers_.at(name));
        if (!name.starts_with("observations/"))
          complain("holds " + name + ", which is no observation");
        const Source& source = observations().sources.of_file(name);
        if (reading_settings(source) != one.settings) {
          complain(
              fmt::format("holds {} as read with other settings ({}) than its source {} has "
                          "now ({}); archive it anew",
                          name, one.settings, source.id, reading_settings(source)));
        }
        FileReading reading;
        reading.input = one.input;
        reading.input.source = source.id;
        if (!archived_.emplace(numbers.back(), std::move(reading)).second)
          complain("holds " + name + ", which another archive or chapter holds as well");
      }
    }
    if (!result_.problems.empty()) return;
    const auto by_archive = std::make_shared<const std::vector<std::uint32_t>>(numbers);
    std::uint64_t positions = 0;
    for (const Chapter& chapter : archive.reading.chapters) {
      positions += chapter.positions();
      for (AircraftFacts facts : chapter.facts) {
        facts.evidence.input = numbers[facts.evidence.input];
        archived_.at(facts.evidence.input).facts.push_back(std::move(facts));
      }
      for (Rejected row : chapter.rejected) {
        row.input = numbers[row.input];
        archived_.at(row.input).rejected.push_back(std::move(row));
      }
      for (const base::Problem& warning : chapter.warnings) {
        const auto named = numbers_.find(warning.where);
        const auto of = named == numbers_.end() ? archived_.end() : archived_.find(named->second);
        if (of == archived_.end()) {
          result_.warnings.push_back(warning);
        } else {
          of->second.warnings.push_back(warning);
        }
      }
      for (const StoredRun& run : chapter.runs) {
        observations().runs.push_back(std::make_shared<const ArchivedRun>(
            archive.mapped->bytes(), run, by_archive, archive.file.name,
            [file = archive.mapped](std::string_view part) { file->release(part); }));
      }
    }
    result_.archives.emplace_back(archive.file.name, positions);
  }

  /// Originals that are there beside an archive that holds them are not read a second time; but
  /// they must be what it holds.
  void skip_originals(int threads, Progress& progress) {
    std::vector<Numbered> both, others;
    for (Numbered& file : observed_)
      (archived_.contains(file.input) ? both : others).push_back(std::move(file));
    observed_ = std::move(others);
    std::uint64_t total = 0;
    for (const Numbered& file : both) total += file.file.bytes;
    if (both.empty()) return;
    progress.begin("comparing with the archive", total, "B");
    using Compared = std::optional<base::Problem>;
    ordered_work<Compared>(
        both.size(), threads,
        [&](std::size_t i) -> Compared {
          const Numbered& file = both[i];
          const auto whole =
              read_in_parts(file.file, [&](std::string_view bytes) { progress.add(bytes.size()); });
          if (!whole) return whole.error();
          if (whole->digest == archived_.at(file.input).input.digest) return {};
          return base::Problem{file.file.name,
                               "is not the file that the archive holds under this name"};
        },
        [&](std::size_t, Compared&& wrong) {
          if (wrong) result_.problems.push_back(std::move(*wrong));
        });
    progress.clear();
  }

  void read_observed(int threads, const Room& room, Progress& progress) {
    std::uint64_t total = 0;
    for (const Numbered& file : observed_) total += file.file.bytes;
    progress.begin("reading", total, "B");
    auto from_archive = archived_.begin();
    const auto merge_archived_before = [&](std::uint32_t input) {
      for (; from_archive != archived_.end() && from_archive->first < input; ++from_archive)
        merge(from_archive->first, std::move(from_archive->second), room);
    };
    read_files(observed_, observations().sources, threads, room, progress,
               [&](std::size_t i, FileReading&& reading) {
                 merge_archived_before(observed_[i].input);
                 merge(observed_[i].input, std::move(reading), room);
               });
    merge_archived_before(UINT32_MAX);
    take_from_aside(room);
    progress.clear();
    if (observed_.empty() && archived_.empty()) {
      result_.warnings.push_back({"observations", "no files: nothing was observed"});
    }
    std::stable_sort(observations().rejected.begin(), observations().rejected.end(),
                     [](const Rejected& a, const Rejected& b) {
                       return std::pair(a.input, a.record) < std::pair(b.input, b.record);
                     });
  }

  void merge(std::uint32_t input, FileReading&& reading, const Room& room) {
    Observations& all = observations();
    all.inputs[input] = std::move(reading.input);
    if (reading.failure) result_.problems.push_back(*reading.failure);
    if (all.positions.size() + reading.positions.size() > room.positions) {
      if (auto run = room.aside->put(all.positions)) {
        aside_.push_back(std::move(*run));
      } else {
        result_.problems.push_back(run.error());
      }
      all.positions.clear();
    }
    if (all.positions.size() == 0) {
      all.positions = std::move(reading.positions);
    } else {
      for (std::size_t row = 0; row < reading.positions.size(); ++row) {
        all.positions.add(reading.positions.row(row));
      }
    }
    move_to_end(aside_, std::move(reading.aside));
    for (AircraftFacts& facts : reading.facts) all.aircraft.add(std::move(facts));
    move_to_end(all.sightings, std::move(reading.sightings));
    move_to_end(all.rejected, std::move(reading.rejected));
    move_to_end(result_.warnings, std::move(reading.warnings));
  }

  void take_from_aside(const Room& room) {
    for (StoredRun& run : aside_) {
      if (run.empty()) continue;
      auto there = room.aside->run(std::move(run), observations().inputs.size());
      if (!there) return result_.problems.push_back(there.error());
      observations().runs.push_back(std::move(*there));
    }
  }

  const fs::path& root_;
  const std::vector<Input>& other_inputs_;
  std::map<std::string, Numbered> declared_;
  std::vector<Numbered> registers_, observed_;
  std::vector<OpenArchive> archives_;
  std::map<std::string, std::uint32_t> numbers_;   ///< Of inputs, by name.
  std::map<std::uint32_t, FileReading> archived_;  ///< By input: what archives hold of each.
  std::vector<StoredRun> aside_;
  CaseObservations result_;
};

}  // namespace

CaseObservations read_declared(const fs::path& root, const std::vector<Input>& other_inputs) {
  return CaseReader(root, other_inputs).read_declared_files();
}

CaseObservations read_observations(const fs::path& root, const std::vector<Input>& other_inputs,
                                   int threads, const Room& room, Progress& progress) {
  return CaseReader(root, other_inputs).read_everything(threads, room, progress);
}

Room room_within(std::uint64_t bytes, int threads, Aside& aside) {
  // A position takes 60 bytes, and more while it is sorted. So many are held by each thread that
  // reads, by the case, and by the files that wait for a slower one before them: four for each
  // thread, with a quarter of what a thread holds. Half of the memory is left to all else.
  constexpr std::uint64_t bytes_of_a_position = 80;
  const std::uint64_t holders = 2 * static_cast<std::uint64_t>(threads) + 1;
  return {static_cast<std::size_t>(
              std::max<std::uint64_t>(1, bytes / 2 / (bytes_of_a_position * holders))),
          &aside};
}

void read_files(const std::vector<Numbered>& files, const Sources& sources, int threads,
                const Room& room, Progress& progress,
                const std::function<void(std::size_t, FileReading&&)>& take) {
  ordered_work<FileReading>(
      files.size(), threads,
      [&](std::size_t i) {
        return FileReader(files[i], sources.of_file(files[i].file.name), room).read(progress);
      },
      take);
}

std::string first_bytes_of(const FoundFile& file, std::size_t count) {
  std::ifstream stream(file.path, std::ios::binary);
  std::string bytes(count, '\0');
  stream.read(bytes.data(), static_cast<std::streamsize>(count));
  bytes.resize(static_cast<std::size_t>(stream.gcount()));
  return bytes;
}

std::optional<Format> format_of(const FoundFile& file, const Source& source) {
  // Compressed bytes unpack to more, never to much less than they are.
  const std::string first = first_bytes_of(file, bytes_to_recognise_by);
  if (first.empty()) return {};
  std::string head;
  Decompressor decompressor([&](std::string_view bytes) { head += bytes; });
  if (auto taken = decompressor.take(first); !taken && head.empty()) return {};
  return recognised(head, source);
}

}  // namespace truce::service
