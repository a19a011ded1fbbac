#include "service/case_terms.h"

#include <cstdlib>
#include <map>
#include <system_error>
#include <utility>

#include "observations/reader.h"
#include "service/files.h"
#include "terms/lock.h"
#include "terms/reading.h"

namespace truce::service {
namespace {

namespace fs = std::filesystem;
using base::Problems;
using base::Result;

constexpr const char* agreement_name = "agreement.toml";
constexpr const char* lock_name = "agreement.lock";
constexpr const char* geoid_name = "egm96_15.gtx";

void add(Problems& all, Problems&& more) {
  all.insert(all.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

Result<WholeFile> whole_in(const fs::path& root, const std::string& name) {
  const auto file = file_in(root, name);
  if (!file) return std::unexpected(file.error());
  return read_whole(*file);
}

/// The bytes with gzip or zstd undone; those that are neither, as they are.
Result<std::string> unpacked(const std::string& name, std::string_view bytes) {
  std::string text;
  bool too_long = false;
  observations::Decompressor decompressor([&](std::string_view part) {
    too_long = too_long || text.size() + part.size() > longest_whole_file;
    if (!too_long) text += part;
  });
  for (; !bytes.empty(); bytes.remove_prefix(std::min(chunk_bytes, bytes.size()))) {
    auto taken = decompressor.take(bytes.substr(0, chunk_bytes));
    if (!taken) return base::problem(name, taken.error().message);
    if (too_long) return base::problem(name, "longer than 1 GiB when unpacked");
  }
  if (auto finished = decompressor.finish(); !finished) {
    return base::problem(name, finished.error().message);
  }
  return text;
}

/// The geoid as Debian's proj-data has it; where there is none, nothing, and resolving says so.
std::string geoid_bytes() {
  std::vector<fs::path> folders;
  for (const char* variable : {"PROJ_DATA", "PROJ_LIB"}) {
    if (const char* folder = std::getenv(variable); folder != nullptr && *folder != '\0') {
      folders.emplace_back(folder);
    }
  }
  folders.emplace_back("/usr/share/proj");
  folders.emplace_back("/usr/local/share/proj");
  for (const fs::path& folder : folders) {
    if (auto geoid = read_named((folder / geoid_name).string())) return std::move(geoid->text);
  }
  return {};
}

class TermsReader {
 public:
  TermsReader(const fs::path& root, Lock lock) : root_(root), lock_mode_(lock) {}

  CaseTerms read() {
    const auto text = whole_in(root_, agreement_name);
    if (!text) {
      result_.problems.push_back(text.error());
      return std::move(result_);
    }
    note(agreement_name, *text, "agreement");
    read_lock(text->digest);
    terms::Reading reading = terms::read_agreement(text->text, agreement_name, zone());
    add(result_.problems, std::move(reading.problems));
    add(result_.warnings, std::move(reading.warnings));
    result_.deadlines = std::move(reading.deadlines);
    const terms::Agreement* read = reading.agreement ? &*reading.agreement
                                   : reading.in_part ? &*reading.in_part
                                                     : nullptr;
    if (read == nullptr) return std::move(result_);
    const auto files = outlines_of(*read);
    if (!reading.agreement || (!header_ && !result_.problems.empty())) {
      // Nothing can be judged, but everything that is wrong is told at once.
      add(result_.problems, terms::problems_of_outlines(*read, files));
      return std::move(result_);
    }
    if (header_) {
      use_lock(*reading.agreement, files);
    } else {
      resolve(*reading.agreement, files);
    }
    if (result_.problems.empty()) {
      add(result_.warnings, terms::differences_from_files(*reading.agreement, files));
      result_.agreement = std::move(reading.agreement);
    }
    return std::move(result_);
  }

 private:
  void note(const std::string& name, const WholeFile& file, const char* format) {
    observations::Input input;
    input.name = name;
    input.digest = file.digest;
    input.bytes = file.text.size();
    input.format = format;
    result_.inputs.push_back(std::move(input));
  }

  /// The lock, if it is there and to be used; a problem if it was made for another text.
  void read_lock(const base::Digest& agreement) {
    if (lock_mode_ == Lock::renew) return;
    if (!is_present(root_, lock_name)) {
      result_.warnings.push_back(
          {lock_name,
           "missing: the agreement is resolved on the spot; truce check --lock settles "
           "it for everybody"});
      return;
    }
    auto lock = whole_in(root_, lock_name);
    if (!lock) return result_.problems.push_back(lock.error());
    auto header = terms::lock_header(lock->text, lock_name);
    if (!header) return result_.problems.push_back(header.error());
    if (header->agreement != agreement) {
      result_.problems.push_back(
          {lock_name,
           "agreement.toml has changed since it was made; truce check --lock reads it "
           "anew"});
      return;
    }
    lock_ = std::move(lock->text);
    header_ = std::move(*header);
  }

  const std::vector<terms::ZoneOffset>* zone() const {
    return header_ ? &header_->zone_offsets : nullptr;
  }

  /// Files that are not there are left out: the terms know which of them are needed.
  std::map<std::string, std::string> outlines_of(const terms::Agreement& agreement) {
    std::map<std::string, std::string> files;
    for (const std::string& name : terms::outline_files(agreement)) {
      if (!is_present(root_, name)) continue;
      auto whole = whole_in(root_, name);
      if (!whole) {
        result_.problems.push_back(whole.error());
        continue;
      }
      note(name, *whole, "outlines");
      // Only what is named so is unpacked: a .kmz or .zip is for GDAL to open.
      if (!name.ends_with(".gz") && !name.ends_with(".zst")) {
        files[name] = std::move(whole->text);
      } else if (auto text = unpacked(name, whole->text)) {
        files[name] = std::move(*text);
      } else {
        result_.problems.push_back(text.error());
      }
    }
    return files;
  }

  void use_lock(terms::Agreement& agreement, const std::map<std::string, std::string>& files) {
    add(result_.problems, terms::apply_lock(agreement, lock_, lock_name));
    add(result_.problems, terms::changed_files(*header_, files));
    result_.locked = result_.problems.empty();
    result_.lock_text = std::move(lock_);
  }

  void resolve(terms::Agreement& agreement, const std::map<std::string, std::string>& files) {
    add(result_.problems, terms::resolve(agreement, files, geoid_bytes()));
    if (result_.problems.empty()) result_.lock_text = terms::lock_text(agreement);
  }

  const fs::path& root_;
  const Lock lock_mode_;
  std::string lock_;
  std::optional<terms::LockHeader> header_;
  CaseTerms result_;
};

}  // namespace

CaseTerms read_terms(const fs::path& root, Lock lock) {
  return TermsReader(root, lock).read();
}

base::Result<fs::path> case_folder(const std::string& folder) {
  std::error_code error;
  const fs::path root = fs::canonical(folder, error);
  if (error) return base::problem(folder, error_text(error.value()));
  if (!fs::is_directory(root, error)) {
    return base::problem(folder, "expected a folder, the case, found a file");
  }
  return root;
}

}  // namespace truce::service
