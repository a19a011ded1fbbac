#include "publication/wording.h"

#include <gtest/gtest.h>

namespace truce::publication {
namespace {

using quantities::seconds;

TEST(Cut, KeepsWholeCharactersAndSaysThatItCut) {
  EXPECT_EQ(cut("abc", 3), "abc");
  EXPECT_EQ(cut("abcd", 3), "abc\xE2\x80\xA6");
  EXPECT_EQ(cut("\xD8\xAD\xD8\xB1\xD8\xA8", 2), "\xD8\xAD\xD8\xB1\xE2\x80\xA6");
  EXPECT_EQ(cut(std::string(10'000, 'A'), 64), std::string(64, 'A') + "\xE2\x80\xA6");
  EXPECT_EQ(cut("", 3), "");
}

TEST(Cut, TakesOutWhatTurnsTheDirectionOfWriting) {
  EXPECT_EQ(cut("\xE2\x80\xAEgnp", 64), "\xEF\xBF\xBDgnp");
  EXPECT_EQ(cut("\xE2\x81\xA6x", 64), "\xEF\xBF\xBDx");
  EXPECT_EQ(cut("\xFF\x01", 64), "\xEF\xBF\xBD\xEF\xBF\xBD");
  EXPECT_EQ(cut("a\nb", 64), "a b");
}

TEST(InsideText, RoundsOutwardAndNamesBothBounds) {
  EXPECT_EQ(inside_text(seconds(620), seconds(665)), "between 10 min 20 s and 11 min 5 s");
  EXPECT_EQ(inside_text(seconds(60), seconds(60)), "1 min");
  EXPECT_EQ(inside_text({}, quantities::microseconds(1)), "at most 1 s");
  EXPECT_EQ(inside_text(quantities::microseconds(1'999'999), quantities::microseconds(2'000'001)),
            "between 1 s and 3 s");
}

TEST(ShareText, NeverRoundsToCertainty) {
  EXPECT_EQ(share_text(0), "0 %");
  EXPECT_EQ(share_text(0.0001), "less than 1 %");
  EXPECT_EQ(share_text(0.555), "56 %");
  EXPECT_EQ(share_text(0.9999), "more than 99 %");
  EXPECT_EQ(share_text(1), "100 %");
  EXPECT_EQ(probability_text(-1), "not stated");
  EXPECT_EQ(probability_text(995), "more than 99 %");
}

TEST(BoundsText, SaysTheDateOnceWhereThatIsEnough) {
  const auto at = [](std::string_view text) { return quantities::instant_from(text).value(); };
  const auto early = at("2016-02-27T09:11:05Z"), late = at("2016-02-27T09:11:20Z");
  EXPECT_EQ(bounds_text({early, late}), "27 February 2016, 09:11:05 to 09:11:20 UTC");
  EXPECT_EQ(bounds_text({early, early}), "27 February 2016, 09:11:05 UTC");
  EXPECT_EQ(bounds_text({early, at("2016-02-28T00:00:00Z")}),
            "27 February 2016, 09:11:05 UTC to 28 February 2016, 00:00:00 UTC");
  EXPECT_EQ(bounds_text({quantities::earliest_instant, late}),
            "at the latest 27 February 2016, 09:11:20 UTC");
  EXPECT_EQ(bounds_text({quantities::earliest_instant, quantities::latest_instant}), "not known");
}

TEST(PenetrationText, SaysWhatIsKnown) {
  findings::Finding finding;
  EXPECT_EQ(penetration_text(finding), "unknown");
  finding.penetration_most = quantities::metres(12'310.1);
  EXPECT_EQ(penetration_text(finding), "at most 12.4 km");
  finding.penetration_least = quantities::metres(900.7);
  EXPECT_EQ(penetration_text(finding), "between 900 m and 12.4 km");
}

TEST(Counted, SpeaksAsPeopleDo) {
  EXPECT_EQ(counted(0, "violation", "violations"), "no violations");
  EXPECT_EQ(counted(1, "violation", "violations"), "one violation");
  EXPECT_EQ(counted(12'345, "violation", "violations"), "12,345 violations");
}

}  // namespace
}  // namespace truce::publication
