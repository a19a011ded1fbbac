#include "service/case_observations.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "base/check.h"
#include "base/text.h"
#include "observations/reader.h"
#include "observations/rejection.h"
#include "observations/toml_quantities.h"
#include "service/files.h"
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

/// One file of the case together with its place in Observations::inputs.
struct Numbered {
  FoundFile file;
  std::uint32_t input = 0;
};

// --- One file under observations/
// -----------------------------------------------------------------

/// What one file brought, by itself, so that files can be read side by side.
struct FileReading {
  Input input;
  Positions positions;
  std::vector<AircraftFacts> facts;
  std::vector<Sighting> sightings;
  std::vector<Rejected> rejected;
  base::Problems warnings;
};

class FileReader {
 public:
  FileReader(const Numbered& file, const Source& source)
      : file_(file),
        source_(source),
        decompressor_([this](std::string_view bytes) { unpacked(bytes); }) {
    reading_.input.name = file.file.name;
    reading_.input.source = source.id;
    sink_.position = [this](const PositionReport& report) { reading_.positions.add(report); };
    sink_.facts = [this](AircraftFacts&& facts) { reading_.facts.push_back(std::move(facts)); };
    sink_.rejected = [this](Rejected&& row) { reject(std::move(row)); };
  }

  FileReading read(Progress& progress) {
    std::optional<base::Problem> damage;
    const auto whole = read_in_parts(file_.file, [&](std::string_view bytes) {
      progress.add(bytes.size());
      if (damage) return;  // The rest counts for the SHA-256 alone.
      if (auto taken = decompressor_.take(bytes); !taken) damage = taken.error();
    });
    // Without the SHA-256 of the whole file its rows are no evidence.
    if (!whole) return unread(whole.error());
    if (!damage) {
      if (auto finished = decompressor_.finish(); !finished) damage = finished.error();
    }
    finish();
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
    return nothing;
  }

  void warn(std::string message) {
    reading_.warnings.push_back({file_.file.name, std::move(message)});
  }

  const Numbered& file_;
  const Source& source_;
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

PositionReport row_of(const Positions& positions, std::size_t row) {
  PositionReport report;
  report.at = {positions.at[row]};
  report.address = {positions.address[row]};
  report.point = positions.point[row];
  report.pressure_altitude = positions.pressure_altitude[row];
  report.geometric_height = positions.geometric_height[row];
  report.containment_cm = positions.containment_cm[row];
  report.ground_speed = positions.ground_speed[row];
  report.track = positions.track[row];
  report.vertical_rate = positions.vertical_rate[row];
  report.age_ms = positions.age_ms[row];
  report.nic = positions.nic[row];
  report.nac_p = positions.nac_p[row];
  report.sil = positions.sil[row];
  report.kind = positions.kind[row];
  report.marks = positions.marks[row];
  report.call_sign = positions.call_sign_text(row);
  report.evidence = positions.evidence[row];
  return report;
}

template <class T>
void move_to_end(std::vector<T>& all, std::vector<T>&& more) {
  all.insert(all.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

// --- The case
// -------------------------------------------------------------------------------------

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

  CaseObservations read_everything(int threads, Progress& progress) {
    list();
    take_listing(files_under(root_, "observations"), observed_);
    number();
    read_declared();
    if (result_.problems.empty()) read_observed(threads, progress);
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
    std::map<std::string, std::uint32_t> numbers;
    for (auto& [name, input] : by_name) {
      numbers[name] = static_cast<std::uint32_t>(observations().inputs.size());
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

  void read_observed(int threads, Progress& progress) {
    std::uint64_t total = 0;
    for (const Numbered& file : observed_) total += file.file.bytes;
    progress.begin("reading", total, "B");
    ordered_work<FileReading>(
        observed_.size(), threads,
        [&](std::size_t i) {
          const Source& source = observations().sources.of_file(observed_[i].file.name);
          return FileReader(observed_[i], source).read(progress);
        },
        [&](std::size_t i, FileReading&& reading) {
          merge(observed_[i].input, std::move(reading));
        });
    progress.clear();
    if (observed_.empty()) {
      result_.warnings.push_back({"observations", "no files: nothing was observed"});
    }
    std::stable_sort(observations().rejected.begin(), observations().rejected.end(),
                     [](const Rejected& a, const Rejected& b) {
                       return std::pair(a.input, a.record) < std::pair(b.input, b.record);
                     });
  }

  void merge(std::uint32_t input, FileReading&& reading) {
    Observations& all = observations();
    all.inputs[input] = std::move(reading.input);
    if (all.positions.size() == 0) {
      all.positions = std::move(reading.positions);
    } else {
      for (std::size_t row = 0; row < reading.positions.size(); ++row) {
        all.positions.add(row_of(reading.positions, row));
      }
    }
    for (AircraftFacts& facts : reading.facts) all.aircraft.add(std::move(facts));
    move_to_end(all.sightings, std::move(reading.sightings));
    move_to_end(all.rejected, std::move(reading.rejected));
    move_to_end(result_.warnings, std::move(reading.warnings));
  }

  const fs::path& root_;
  const std::vector<Input>& other_inputs_;
  std::map<std::string, Numbered> declared_;
  std::vector<Numbered> registers_, observed_;
  CaseObservations result_;
};

}  // namespace

CaseObservations read_declared(const fs::path& root, const std::vector<Input>& other_inputs) {
  return CaseReader(root, other_inputs).read_declared_files();
}

CaseObservations read_observations(const fs::path& root, const std::vector<Input>& other_inputs,
                                   int threads, Progress& progress) {
  return CaseReader(root, other_inputs).read_everything(threads, progress);
}

}  // namespace truce::service
