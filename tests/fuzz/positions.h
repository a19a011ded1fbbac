// What every reader of positions must hold to, whatever bytes it is given.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/check.h"
#include "base/text.h"
#include "observations/read_through.h"

namespace truce::fuzz {

/// Each position is one that can be; each record became one thing; each rejection can be shown.
inline void check_reading(const observations::ReadThrough& read) {
  using namespace observations;
  CHECK(read.records == read.positions.size() + read.without_position + read.rejected.size());
  CHECK(read.positions.size() == read.counted_positions);
  for (const PositionReport& p : read.positions) {
    CHECK(p.at >= quantities::earliest_instant && p.at < quantities::latest_instant);
    CHECK(p.point.latitude_e7 >= -quantities::quarter_turn_e7 &&
          p.point.latitude_e7 <= quantities::quarter_turn_e7);
    CHECK(p.point.longitude_e7 >= -quantities::half_turn_e7 &&
          p.point.longitude_e7 <= quantities::half_turn_e7);
    CHECK(p.containment_cm != 0);
    CHECK(p.evidence.input == 7 && p.evidence.record > 0);
  }
  for (const Rejected& r : read.rejected) {
    CHECK(!r.reason.empty() && r.reason.size() < 60);
    CHECK(r.text.size() <= 200 && base::is_utf8(r.text));
    CHECK(r.input == 7 && r.record > 0);
  }
}

inline std::vector<std::string> told(const observations::ReadThrough& read) {
  std::vector<std::string> lines = observations::lines_of(read);
  for (const auto& r : read.rejected)
    lines.push_back(std::to_string(r.record) + r.reason + ": " + r.text);
  return lines;
}

/// Reads the bytes as a format, whole and in parts: both give the same.
inline int read_positions(observations::Format format, const std::uint8_t* bytes,
                          std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  observations::Source source;
  source.date = quantities::Date{2016, 2, 27};
  source.bounds.containment_holds = quantities::seconds(60);
  observations::recognised(text, source);
  const auto whole = observations::read_through(text, source, SIZE_MAX, format);
  check_reading(whole);
  const std::size_t part = size == 0 ? 1 : 1 + bytes[size / 2] % 64u;
  const auto parts = observations::read_through(text, source, part, format);
  CHECK(told(whole) == told(parts));
  CHECK(whole.records == parts.records);
  return 0;
}

}  // namespace truce::fuzz
