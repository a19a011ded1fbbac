// Reading a whole text at once, as tests want it: into plain values that can be compared.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "observations/reader.h"

namespace truce::observations {

struct ReadThrough {
  Format format = Format::not_recognised;
  std::vector<PositionReport> positions;  // their call signs are views into `call_signs`
  std::vector<std::string> call_signs;    // of the position of the same place
  std::vector<AircraftFacts> facts;
  std::vector<Rejected> rejected;
  std::uint64_t records = 0, counted_positions = 0, without_position = 0;

  /// How many were rejected for a reason; for any, without one.
  std::size_t rejected_for(std::string_view reason = {}) const {
    std::size_t count = 0;
    for (const Rejected& r : rejected) count += reason.empty() || r.reason == reason ? 1 : 0;
    return count;
  }
};

/// Feeds the text in parts of a size to the reader of its format, or of the format given.
inline ReadThrough read_through(std::string_view text, const Source& source = {},
                                std::size_t part = SIZE_MAX,
                                Format format = Format::not_recognised) {
  ReadThrough result;
  result.format = format == Format::not_recognised ? recognised(text, source) : format;
  Sink sink;
  sink.position = [&](const PositionReport& report) {
    result.positions.push_back(report);
    result.positions.back().call_sign = {};
    result.call_signs.emplace_back(report.call_sign);
  };
  sink.facts = [&](AircraftFacts&& facts) { result.facts.push_back(std::move(facts)); };
  sink.rejected = [&](Rejected&& rejected) { result.rejected.push_back(std::move(rejected)); };
  const auto reader = make_reader(result.format, 7, source, sink);
  while (!text.empty()) {
    reader->take(text.substr(0, part));
    text.remove_prefix(std::min(part, text.size()));
  }
  reader->finish();
  result.records = sink.records;
  result.counted_positions = sink.positions;
  result.without_position = sink.without_position;
  return result;
}

/// Everything that a position says, in one line, so that two can be compared and shown.
inline std::string line_of(const PositionReport& r, std::string_view call_sign) {
  std::string text =
      quantities::rfc3339(r.at) + " " + to_string(r.address) + " " +
      std::to_string(r.point.longitude_e7) + " " + std::to_string(r.point.latitude_e7) +
      " pressure " + std::to_string(r.pressure_altitude) + " geometric " +
      std::to_string(r.geometric_height) + " containment " + std::to_string(r.containment_cm) +
      " speed " + std::to_string(r.ground_speed) + " track " + std::to_string(r.track) + " rate " +
      std::to_string(r.vertical_rate) + " age " + std::to_string(r.age_ms) + " nic " +
      std::to_string(r.nic) + " nac_p " + std::to_string(r.nac_p) + " sil " +
      std::to_string(r.sil) + " " + std::string(to_string(r.kind)) + " marks " +
      std::to_string(r.marks) + " '" + std::string(call_sign) + "' record " +
      std::to_string(r.evidence.record);
  return text;
}

inline std::vector<std::string> lines_of(const ReadThrough& read) {
  std::vector<std::string> lines;
  for (std::size_t i = 0; i < read.positions.size(); ++i)
    lines.push_back(line_of(read.positions[i], read.call_signs[i]));
  return lines;
}

}  // namespace truce::observations
