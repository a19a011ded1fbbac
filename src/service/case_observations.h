// The observations of a case: what is declared of sources, aircraft and notices, and every file
// under observations/, read by several threads and merged in the order of file names. Positions are
// held in memory as far as there is room, and put aside on the disk beyond it.
//
// What is declared must be sound: a notice passed over could make a violation of an excepted
// flight, so a problem in one of the declared files (sources, affiliations, notices, restrictions)
// stops the run. What was observed never does: a row, or a whole file, that cannot be read is
// rejected with its reason, and the rest goes on.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "observations/archive.h"
#include "observations/observations.h"
#include "observations/reader.h"
#include "service/aside.h"
#include "service/files.h"
#include "service/terminal.h"

namespace truce::service {

/// How much may be held in memory, and where the rest goes while the program runs.
struct Room {
  std::size_t positions = 0;  ///< So many at a time, by each thread that reads and by the case.
  Aside* aside = nullptr;
};
/// Room for the positions of a run that is to stay within so many bytes.
Room room_within(std::uint64_t bytes, int threads, Aside& aside);

struct CaseObservations {
  observations::Observations observations;
  base::Problems problems;  ///< Of declared files or archives: nothing may be concluded.
  base::Problems warnings;  ///< Files that were not read, damaged or not recognised.
  /// The archives among the files, by name, each with how many positions it holds. They are not
  /// inputs: the originals that they hold are.
  std::vector<std::pair<std::string, std::uint64_t>> archives;
};

/// The declared files alone, for truce check. `other_inputs` are the files of the agreement, which
/// are numbered with the rest.
CaseObservations read_declared(const std::filesystem::path& root,
                               const std::vector<observations::Input>& other_inputs);

/// Everything. The positions of files that are in an archive are taken from there; they are left
/// in it (Observations::runs), as are those for which there is no room.
CaseObservations read_observations(const std::filesystem::path& root,
                                   const std::vector<observations::Input>& other_inputs,
                                   int threads, const Room& room, Progress& progress);

/// A file to be read as observations, and its number among the inputs.
struct Numbered {
  FoundFile file;
  std::uint32_t input = 0;
};

/// What one file brought, by itself, so that files can be read side by side.
struct FileReading {
  observations::Input input;
  observations::Positions positions;
  std::vector<observations::StoredRun> aside;  ///< More positions, for which there was no room.
  std::vector<observations::AircraftFacts> facts;
  std::vector<observations::Sighting> sightings;
  std::vector<observations::Rejected> rejected;
  base::Problems warnings;
  bool is_unread = false;                ///< The file itself could not be read to its end.
  std::optional<base::Problem> failure;  ///< Positions could not be put aside: the run must end.
};

/// Reads files by several threads and hands on what each brought, in their order.
void read_files(const std::vector<Numbered>& files, const observations::Sources& sources,
                int threads, const Room& room, Progress& progress,
                const std::function<void(std::size_t, FileReading&&)>& take);

/// The format of a file, by its content; nothing if it is empty or cannot be read.
std::optional<observations::Format> format_of(const FoundFile& file,
                                              const observations::Source& source);
/// The bytes with which it begins, at most `count` of them, as they are.
std::string first_bytes_of(const FoundFile& file, std::size_t count);

}  // namespace truce::service
