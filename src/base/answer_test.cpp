#include "base/answer.h"

#include <gtest/gtest.h>

namespace truce::base {
namespace {

// Kleene's strong three-valued logic, written out.
TEST(Answer, CombinesAsKleeneDid) {
  constexpr auto no = Answer::no;
  constexpr auto unknown = Answer::unknown;
  constexpr auto yes = Answer::yes;
  const struct {
    Answer a, b, both, either;
  } cases[] = {
      {no, no, no, no},
      {no, unknown, no, unknown},
      {no, yes, no, yes},
      {unknown, unknown, unknown, unknown},
      {unknown, yes, unknown, yes},
      {yes, yes, yes, yes},
  };
  for (const auto& c : cases) {
    SCOPED_TRACE(std::string(to_string(c.a)) + " and " + std::string(to_string(c.b)));
    EXPECT_EQ(both(c.a, c.b), c.both);
    EXPECT_EQ(both(c.b, c.a), c.both);
    EXPECT_EQ(either(c.a, c.b), c.either);
    EXPECT_EQ(either(c.b, c.a), c.either);
    EXPECT_EQ(opposite(both(c.a, c.b)), either(opposite(c.a), opposite(c.b)));
  }
}

TEST(Answer, UnknownStaysUnknown) {
  EXPECT_EQ(opposite(Answer::unknown), Answer::unknown);
  EXPECT_EQ(to_string(Answer::unknown), "unknown");
  EXPECT_EQ(certainly(true), Answer::yes);
  EXPECT_EQ(certainly(false), Answer::no);
}

}  // namespace
}  // namespace truce::base
