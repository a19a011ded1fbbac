#include "base/digest.h"

#include <openssl/evp.h>

#include "base/check.h"

namespace truce::base {

namespace {

// Looked up once. With no memory left for it there is no program either.
const EVP_MD* algorithm() {
  static const EVP_MD* const found = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  CHECK(found != nullptr);
  return found;
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
  Hasher hasher;
  hasher.add(bytes);
  return hasher.finish();
}

void Hasher::Free::operator()(evp_md_ctx_st* state) const {
  EVP_MD_CTX_free(state);
}

Hasher::Hasher() : state_(EVP_MD_CTX_new()) {
  CHECK(state_ != nullptr && EVP_DigestInit_ex2(state_.get(), algorithm(), nullptr) == 1);
}

void Hasher::add(std::string_view bytes) {
  CHECK(EVP_DigestUpdate(state_.get(), bytes.data(), bytes.size()) == 1);
}

Digest Hasher::finish() {
  Digest digest;
  unsigned size = 0;
  CHECK(EVP_DigestFinal_ex(state_.get(), digest.bytes.data(), &size) == 1 &&
        size == digest.bytes.size());
  return digest;
}

}  // namespace truce::base
