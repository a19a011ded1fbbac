// Random: numbers drawn from a seed, the same on every machine and with every compiler.
//
//   Random random(seed);
//   double metres = random.between(10, 50);
//   Random of_flight = random.branch("flight 7");   // its draws disturb nobody else's
//
// Draw into named values before a call that needs several: compilers evaluate arguments in orders
// of their own, and the numbers would change places. (Within braces the order is fixed.)
//
// The generator is xoshiro256** (Blackman and Vigna, 2018), filled by splitmix64. The
// distributions are our own, because those of the standard library differ between libraries.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "base/check.h"

namespace truce::exercise {

class Random {
 public:
  explicit Random(std::uint64_t seed);

  std::uint64_t next();
  /// From 0 up to, and without, 1.
  double share();
  double between(double low, double high) { return low + (high - low) * share(); }
  /// From 0 up to, and without, `count`, which must be positive.
  std::uint64_t below(std::uint64_t count);
  bool chance(double probability) { return share() < probability; }

  template <class T>
  const T& one_of(const std::vector<T>& items) {
    CHECK(!items.empty());
    return items[below(items.size())];
  }
  template <class T>
  void shuffle(std::vector<T>& items) {
    for (std::size_t i = items.size(); i > 1; --i) std::swap(items[i - 1], items[below(i)]);
  }

  /// A generator of its own for a named purpose: it depends on the seed and the name alone, not on
  /// what was drawn before, and drawing from it does not move this one.
  Random branch(std::string_view purpose) const;

 private:
  std::uint64_t seed_;
  std::array<std::uint64_t, 4> state_{};
};

}  // namespace truce::exercise
