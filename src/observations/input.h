// Input: a file as it came, known by the SHA-256 of its bytes, and what became of its rows.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "base/digest.h"
#include "base/result.h"

namespace truce::observations {

/// Where a value was read: an input file and the record in it.
struct Evidence {
  std::uint32_t input = 0;   ///< Index into the inputs of the case.
  std::uint32_t record = 0;  ///< Line for text, row or element (from 1) for JSON.
  friend constexpr auto operator<=>(const Evidence&, const Evidence&) = default;
};

/// A row that was not taken, and why. Never fatal, never silent.
struct Rejected {
  std::uint32_t input = 0;
  std::uint32_t record = 0;
  std::string reason;  ///< One of a small number of texts, so that they can be counted.
  std::string text;    ///< The offending text, at most 200 bytes, valid UTF-8.
};

struct Input {
  std::string name;     ///< Path inside the case, '/' between folders.
  base::Digest digest;  ///< Of the bytes as they came (compressed, if they are).
  std::uint64_t bytes = 0;
  std::string format;  ///< "readsb trace", "aircraft.json", "SBS-1", ... or "not recognised".
  std::string source;  ///< Id in sources.toml, or "undeclared".
  std::uint64_t records = 0;           ///< Read in all.
  std::uint64_t positions = 0;         ///< Taken as positions.
  std::uint64_t without_position = 0;  ///< Well-formed, but not about a position; no error.
  std::map<std::string, std::uint64_t> rejected;  ///< By reason.
};

}  // namespace truce::observations
