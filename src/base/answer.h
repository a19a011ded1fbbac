// Answer: the outcome of a question asked of imprecise evidence.
//
// Evidence is imprecise, so a question has three answers. They are ordered, so that combining
// answers is choosing the weakest or the strongest of them (Kleene's strong three-valued logic).
#pragma once

#include <algorithm>
#include <cstdint>
#include <string_view>

namespace truce::base {

enum class Answer : std::uint8_t { no, unknown, yes };

/// Both must hold: the weaker answer.
constexpr Answer both(Answer a, Answer b) {
  return std::min(a, b);
}
/// Either suffices: the stronger answer.
constexpr Answer either(Answer a, Answer b) {
  return std::max(a, b);
}
/// The opposite question; what is unknown stays unknown.
constexpr Answer opposite(Answer a) {
  return a == Answer::yes ? Answer::no : a == Answer::no ? Answer::yes : Answer::unknown;
}
/// What is known for certain, as an answer.
constexpr Answer certainly(bool known) {
  return known ? Answer::yes : Answer::no;
}

/// "yes", "no" or "unknown".
constexpr std::string_view to_string(Answer a) {
  switch (a) {
    case Answer::no: return "no";
    case Answer::unknown: return "unknown";
    case Answer::yes: return "yes";
  }
  return "?";
}

}  // namespace truce::base
