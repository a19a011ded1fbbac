// Digest: the SHA-256 (FIPS 180-4) of bytes. Inputs are known by it; finding ids are cut from it.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

struct evp_md_ctx_st;  // OpenSSL's, known to digest.cpp alone

namespace truce::base {

struct Digest {
  std::array<std::uint8_t, 32> bytes{};
  /// 64 lower-case hexadecimal digits.
  std::string hex() const;
  friend auto operator<=>(const Digest&, const Digest&) = default;
};

Digest sha256(std::string_view bytes);

/// SHA-256 of bytes that arrive in parts. It can be moved, not copied.
class Hasher {
 public:
  Hasher();
  void add(std::string_view bytes);
  /// Of all that was added. Nothing may follow.
  Digest finish();

 private:
  struct Free {
    void operator()(evp_md_ctx_st* state) const;
  };
  std::unique_ptr<evp_md_ctx_st, Free> state_;
};

}  // namespace truce::base
