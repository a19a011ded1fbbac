// Reader: turns the bytes of one observation file into positions, facts and rejected rows.
//
//   const Format format = recognised(first_bytes, name);
//   auto reader = make_reader(format, context);
//   while (bytes come) reader->take(bytes);
//   reader->finish();
//
// Bytes come in parts of any size, already decompressed, so that a file larger than memory can be
// read. A reader holds no more than one record at a time; a record above `longest_record` is
// rejected whole ("record longer than 16 MiB") and reading goes on at the next one. Readers touch
// no files and no clocks. One bad row never ends a run.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "observations/affiliation.h"
#include "observations/input.h"
#include "observations/positions.h"
#include "observations/sources.h"

namespace truce::observations {

enum class Format : std::uint8_t {
  aircraft_json,       ///< readsb/dump1090: one snapshot, a stream of them, or loose objects.
  readsb_trace,        ///< trace_full_*.json, trace_recent_*.json
  json_lines,          ///< One aircraft object a line, each with `now`.
  sbs1,                ///< BaseStation text
  opensky_states,      ///< REST answer ("states": [[...]]) and keyed objects ("aircraft": [{...}])
  opensky_states_csv,  ///< time,icao24,lat,lon,velocity,... of the historical data sets
  opensky_tracks,      ///< collections of `traffic`: records or columns
  plain_csv,           ///< by the column map of its source, or our own column names
  sightings_csv,       ///< people's sightings of aircraft
  igc,                 ///< logs of flight recorders
  not_recognised,
};
std::string_view to_string(Format format);

/// The format by content (at least the first 4 KiB, or all); the name decides nothing.
Format recognised(std::string_view first_bytes, const Source& source);

/// Where a reader puts what it reads.
struct Sink {
  std::function<void(const PositionReport&)> position;
  /// The same for several at once, where it is set: they come by either, in their order.
  std::function<void(const ReportColumns&)> position_columns;
  std::function<void(AircraftFacts&&)> facts;
  std::function<void(Rejected&&)> rejected;
  /// Text of a sightings file, whole: read by read_sightings.
  std::uint64_t records = 0;
  std::uint64_t positions = 0;
  std::uint64_t without_position = 0;
};

constexpr std::size_t longest_record = 16 * 1024 * 1024;

class Reader {
 public:
  virtual ~Reader() = default;
  virtual void take(std::string_view bytes) = 0;
  virtual void finish() = 0;
};

/// `source` and `sink` must outlive the reader. `input` numbers the file for evidence.
std::unique_ptr<Reader> make_reader(Format format, std::uint32_t input, const Source& source,
                                    Sink& sink);

/// Undoes gzip (RFC 1952) and zstd (RFC 8878), recognised by their first bytes; anything else
/// passes through. Damaged data end with a problem; what came before it has been delivered.
class Decompressor {
 public:
  explicit Decompressor(std::function<void(std::string_view)> deliver);
  ~Decompressor();
  base::Result<void> take(std::string_view bytes);
  /// Complains if the data end in the middle.
  base::Result<void> finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace truce::observations
