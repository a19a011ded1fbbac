// Result and Problem: what is wrong with an input, told to the person who wrote it.
#pragma once

#include <expected>
#include <string>
#include <vector>

namespace truce::base {

/// One thing wrong with an input.
struct Problem {
  std::string where;    ///< Source and place: "agreement.toml:12:7", "positions.csv:881".
  std::string message;  ///< Lower case, no full stop: "latitude 91.2 is above 90 degrees".

  friend bool operator==(const Problem&, const Problem&) = default;
};

using Problems = std::vector<Problem>;

template <class T>
using Result = std::expected<T, Problem>;

/// A failed Result, made short.
inline std::unexpected<Problem> problem(std::string where, std::string message) {
  return std::unexpected(Problem{std::move(where), std::move(message)});
}

}  // namespace truce::base
