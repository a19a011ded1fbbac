#include "findings/wording.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace truce::findings {
namespace {

using ::testing::HasSubstr;

Finding measured(std::int64_t least_ms, std::int64_t most_ms) {
  Finding f;
  f.sentence = "It was inside.";
  f.inside_least = Duration{least_ms * 1'000};
  f.inside_most = Duration{most_ms * 1'000};
  f.sources = {"north"};
  f.origins = {"north"};
  return f;
}

// A bound that is rounded inward would assert more than was found.
TEST(Paragraph, TellsBoundsRoundedOutward) {
  const struct {
    std::int64_t least_ms, most_ms;
    const char* text;
  } cases[] = {
      {50'900, 107'100, "at least 50 s and at most 108 s"},
      {51'000, 107'000, "at least 51 s and at most 107 s"},
      {0, 119'001, "at least 0 s and at most 2 min"},
      {119'999, 120'001, "at least 119 s and at most 3 min"},
      {239'999, 3'601'000, "at least 3 min and at most 61 min"},
      {7'199'000, 7'201'000, "at least 119 min and at most 2 h 1 min"},
  };
  for (const auto& c : cases)
    EXPECT_THAT(paragraph_of(measured(c.least_ms, c.most_ms)), HasSubstr(c.text));

  Finding f = measured(1'000, 2'000);
  f.altitude = {"pressure", quantities::Length{-3'049}, quantities::Length{30'481}, {}};
  f.penetration_least = quantities::Length{99'999'999};
  f.penetration_most = quantities::Length{100'000'001};
  const std::string text = paragraph_of(f);
  EXPECT_THAT(text, HasSubstr("between -2 ft and 11 ft (pressure)"));
  EXPECT_THAT(text, HasSubstr("at least 9,999 m and at most 10.1 km deep"));
}

}  // namespace
}  // namespace truce::findings
