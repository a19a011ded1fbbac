#include "base/digest.h"

#include <gtest/gtest.h>

namespace truce::base {
namespace {

// FIPS 180-4 examples (NIST, "SHA256.pdf" and the message of a million letters).
TEST(Digest, IsSha256) {
  const struct {
    std::string text;
    std::string_view hex;
  } cases[] = {
      {"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
      {"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
      {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
       "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
      {std::string(1'000'000, 'a'),
       "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"},
  };
  for (const auto& c : cases) EXPECT_EQ(sha256(c.text).hex(), c.hex);
}

TEST(Digest, OfPartsIsThatOfTheWhole) {
  const std::string text(1000, 'x');
  for (const std::size_t cut : {0U, 1U, 63U, 64U, 65U, 999U, 1000U}) {
    Hasher hasher;
    hasher.add(std::string_view(text).substr(0, cut));
    hasher.add(std::string_view(text).substr(cut));
    EXPECT_EQ(hasher.finish(), sha256(text)) << "cut after " << cut;
  }
}

}  // namespace
}  // namespace truce::base
