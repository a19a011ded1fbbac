#include "terms/phrases.h"

#include <gtest/gtest.h>

namespace truce::terms {
namespace {

using quantities::feet;
using quantities::metres;

TEST(LimitFrom, EveryFormThatIsAccepted) {
  const struct {
    std::string_view text;
    Reference reference;
    Length height;
  } cases[] = {
      {"SFC", Reference::surface, {}},
      {"gnd", Reference::surface, {}},
      {"UNL", Reference::unlimited, {}},
      {"FL245", Reference::pressure, feet(24'500)},
      {"FL 065", Reference::pressure, feet(6'500)},
      {"10000 ft MSL", Reference::mean_sea_level, feet(10'000)},
      {"3000 m AMSL", Reference::mean_sea_level, metres(3000)},
      {"-400 m MSL", Reference::mean_sea_level, metres(-400)},
      {"500ft AGL", Reference::ground, feet(500)},
      {" 152.4 m agl ", Reference::ground, feet(500)},
  };
  for (const auto& c : cases) {
    const auto limit = limit_from(c.text);
    ASSERT_TRUE(limit) << c.text << ": " << limit.error();
    EXPECT_EQ(limit->reference, c.reference) << c.text;
    EXPECT_EQ(limit->height, c.height) << c.text;
  }
  EXPECT_EQ(limit_from(" 500 ft AGL ")->text, "500 ft AGL");
}

TEST(LimitFrom, WhatIsRefusedAndWhy) {
  const std::string forms =
      "expected \"SFC\", \"UNL\", \"FL245\", \"10000 ft MSL\", \"3000 m MSL\" or \"500 ft AGL\"";
  const std::pair<std::string_view, std::string> cases[] = {
      {"10000 ft",
       "'10000 ft' does not say what it is measured from; write \"10000 ft MSL\" (above mean sea "
       "level) or \"10000 ft AGL\" (above ground)"},
      {"245", "'245' is no height; " + forms},
      {"", "'' is no height; " + forms},
      {"10,000 ft MSL", "'10,000 ft MSL' is no height; " + forms},
      {"nan ft MSL", "'nan ft MSL' is no height; " + forms},
      {"MSL", "'MSL' is no height; " + forms},
      {"FL24500", "'FL24500' is no flight level; expected FL000 to FL999, such as \"FL245\""},
      {"FL", "'FL' is no flight level; expected FL000 to FL999, such as \"FL245\""},
      {"FL-10", "'FL-10' is no flight level; expected FL000 to FL999, such as \"FL245\""},
      {"-5 ft AGL", "'-5 ft AGL' is below the ground"},
      {"101 km MSL", "'101 km MSL' is more than 100 km from its reference"},
  };
  for (const auto& [text, message] : cases) {
    const auto limit = limit_from(text);
    ASSERT_FALSE(limit) << text;
    EXPECT_EQ(limit.error(), message);
  }
}

TEST(NoticeFrom, TheFourForms) {
  EXPECT_EQ(notice_from("none")->kind, NoticeNeed::Kind::none);
  EXPECT_EQ(notice_from("At once")->kind, NoticeNeed::Kind::at_once);
  EXPECT_EQ(notice_from("at once")->lead, Duration{});
  const auto late = notice_from("at once, at the latest 30 min after entry");
  ASSERT_TRUE(late);
  EXPECT_EQ(late->kind, NoticeNeed::Kind::at_once);
  EXPECT_EQ(late->lead, quantities::minutes(30));
  const auto before = notice_from("2 h before");
  ASSERT_TRUE(before);
  EXPECT_EQ(before->kind, NoticeNeed::Kind::before);
  EXPECT_EQ(before->lead, quantities::hours(2));
  EXPECT_EQ(before->text, "2 h before");
}

TEST(NoticeFrom, AnythingElseIsRefused) {
  for (std::string_view text : {"", "2 h", "before", "soon", "-2 h before", "at once, maybe",
                                "at once, at the latest after entry", "2 fortnights before"})
    EXPECT_FALSE(notice_from(text)) << text;
  EXPECT_EQ(notice_from("soon").error(),
            "'soon' is no notice; expected \"none\", \"at once\", \"at once, at the latest 30 min "
            "after entry\" or \"2 h before\"");
}

TEST(WeekdaysFrom, NamesAndRanges) {
  using Days = std::vector<int>;
  EXPECT_EQ(weekdays_from({"mon-fri"}), (Days{0, 1, 2, 3, 4}));
  EXPECT_EQ(weekdays_from({"Fri-Mon"}), (Days{0, 4, 5, 6}));
  EXPECT_EQ(weekdays_from({"sunday", "tue", "sun"}), (Days{1, 6}));
  EXPECT_EQ(weekdays_from({"sat-sat"}), Days{5});
  for (std::string_view text : {"", "mo", "monda", "mon-", "mon-tue-wed", "weekday"})
    EXPECT_FALSE(weekdays_from({std::string(text)})) << text;
}

TEST(ClockFrom, HoursOfTheDay) {
  EXPECT_EQ(clock_from("00:00"), 0);
  EXPECT_EQ(clock_from("08:30"), 30'600);
  EXPECT_EQ(clock_from("08:30:15"), 30'615);
  EXPECT_EQ(clock_from("24:00"), 86'400);
  for (std::string_view text :
       {"24:01", "8:30", "08:60", "0830", "", "-1:00", "08:30:60", "+8:00", "08:00:00:00"})
    EXPECT_FALSE(clock_from(text)) << text;
}

TEST(SpanFrom, TwoEndsAndAUnit) {
  const auto pressure = span_from("950..1050 hPa", "hPa");
  ASSERT_TRUE(pressure);
  EXPECT_EQ(pressure->least, 950);
  EXPECT_EQ(pressure->most, 1050);
  EXPECT_EQ(span_from("-30 .. +35 K", "K")->least, -30);
  for (std::string_view text : {"950-1050 hPa", "950..1050", "..1050 hPa", "1050..950 hPa", "hPa"})
    EXPECT_FALSE(span_from(text, "hPa")) << text;
}

TEST(Words, OfKindsAndPurposes) {
  EXPECT_EQ(aircraft_kind_from("fixed-wing"), AircraftKind::fixed_wing);
  EXPECT_EQ(aircraft_kind_from("Fixed Wing"), AircraftKind::fixed_wing);
  EXPECT_FALSE(aircraft_kind_from("zeppelin"));
  EXPECT_EQ(purpose_from("search and rescue"), Purpose::search_and_rescue);
  EXPECT_FALSE(purpose_from("tourism"));
  for (const std::string& word : aircraft_kind_words())
    EXPECT_EQ(to_string(aircraft_kind_from(word).value()), word);
  for (const std::string& word : purpose_words())
    EXPECT_EQ(to_string(purpose_from(word).value()), word);
}

}  // namespace
}  // namespace truce::terms
