#include "exercise/random.h"

namespace truce::exercise {

namespace {

std::uint64_t splitmix(std::uint64_t& state) {
  std::uint64_t z = (state += 0x9e3779b97f4a7c15u);
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
  return z ^ (z >> 31);
}

constexpr std::uint64_t rotated(std::uint64_t x, int k) {
  return (x << k) | (x >> (64 - k));
}

// FNV-1a, enough to tell purposes apart.
std::uint64_t hash_of(std::string_view text) {
  std::uint64_t hash = 0xcbf29ce484222325u;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3u;
  return hash;
}

}  // namespace

Random::Random(std::uint64_t seed) : seed_(seed) {
  for (std::uint64_t& word : state_) word = splitmix(seed);
}

std::uint64_t Random::next() {
  const std::uint64_t result = rotated(state_[1] * 5, 7) * 9;
  const std::uint64_t t = state_[1] << 17;
  state_[2] ^= state_[0];
  state_[3] ^= state_[1];
  state_[1] ^= state_[2];
  state_[0] ^= state_[3];
  state_[2] ^= t;
  state_[3] = rotated(state_[3], 45);
  return result;
}

double Random::share() {
  return static_cast<double>(next() >> 11) * 0x1p-53;
}

std::uint64_t Random::below(std::uint64_t count) {
  CHECK(count > 0);
  // Numbers past the last whole multiple of the count would favour the small ones.
  const std::uint64_t surplus = (0 - count) % count;
  for (;;) {
    const std::uint64_t n = next();
    if (n >= surplus) return n % count;
  }
}

Random Random::branch(std::string_view purpose) const {
  std::uint64_t mixed = seed_ ^ hash_of(purpose);
  return Random(splitmix(mixed));
}

}  // namespace truce::exercise
