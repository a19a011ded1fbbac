#include "base/digest.h"

#include <sodium/crypto_hash_sha256.h>

#include <cstring>
#include <new>

namespace truce::base {

namespace {
crypto_hash_sha256_state* state_of(std::uint8_t* bytes) {
  return std::launder(reinterpret_cast<crypto_hash_sha256_state*>(bytes));
}
const unsigned char* raw(std::string_view bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}
}  // namespace

std::string Digest::hex() const {
  static constexpr char digits[] = "0123456789abcdef";
  std::string text;
  text.reserve(64);
  for (std::uint8_t b : bytes) {
    text += digits[b >> 4];
    text += digits[b & 15];
  }
  return text;
}

Digest sha256(std::string_view bytes) {
  Digest digest;
  crypto_hash_sha256(digest.bytes.data(), raw(bytes), bytes.size());
  return digest;
}

Hasher::Hasher() {
  static_assert(sizeof(crypto_hash_sha256_state) <= sizeof(state_));
  new (state_.data()) crypto_hash_sha256_state;
  crypto_hash_sha256_init(state_of(state_.data()));
}

void Hasher::add(std::string_view bytes) {
  crypto_hash_sha256_update(state_of(state_.data()), raw(bytes), bytes.size());
}

Digest Hasher::finish() {
  Digest digest;
  crypto_hash_sha256_final(state_of(state_.data()), digest.bytes.data());
  return digest;
}

}  // namespace truce::base
