#include "observations/field_values.h"

#include <gtest/gtest.h>

#include "observations/delivery.h"

namespace truce::observations {
namespace {

TEST(FieldValues, PlacesAreExactToTheLattice) {
  const auto place = place_of("-110.373001", "35.2081095");
  ASSERT_TRUE(place);
  EXPECT_EQ(*place, (Point{-1'103'730'010, 352'081'095}));
  EXPECT_EQ(*place_of("9.8209406667", "53.52861"), (Point{98'209'407, 535'286'100}));
  EXPECT_EQ(*place_of("180", "-90"), (Point{1'800'000'000, -900'000'000}));
}

TEST(FieldValues, PlacesBeyondTheEarthAreNone) {
  EXPECT_EQ(place_of("0", "90.0000001").reason, reason::far_latitude);
  EXPECT_EQ(place_of("0", "91").reason, reason::far_latitude);
  EXPECT_EQ(place_of("0", "1e300").reason, reason::far_latitude);
  EXPECT_EQ(place_of("-180.0000001", "0").reason, reason::far_longitude);
  EXPECT_EQ(place_of("0", "NaN").reason, reason::bad_latitude);
  EXPECT_EQ(place_of("inf", "0").reason, reason::bad_longitude);
  EXPECT_EQ(place_of("12,5", "0").reason, reason::bad_longitude);
}

TEST(FieldValues, UnixTimesInSecondsMillisecondsAndMicroseconds) {
  EXPECT_EQ((*unix_time_of("1700513836.875")).microseconds, 1'700'513'836'875'000);
  EXPECT_EQ((*unix_time_of("1700513836875")).microseconds, 1'700'513'836'875'000);
  EXPECT_EQ((*unix_time_of("1700513836875001")).microseconds, 1'700'513'836'875'001);
  EXPECT_EQ((*unix_time_of("-86400")).microseconds, -86'400'000'000);
  EXPECT_EQ(unix_time_of("0").reason, reason::zero_time);
  EXPECT_EQ(unix_time_of("0.0").reason, reason::zero_time);
  EXPECT_EQ(unix_time_of("").reason, reason::no_time);
  EXPECT_EQ(unix_time_of("noon").reason, reason::bad_time);
  EXPECT_EQ(unix_time_of("7321017600").reason, reason::far_time);   // 2202
  EXPECT_EQ(unix_time_of("-2240524800").reason, reason::far_time);  // 1899
  EXPECT_EQ(unix_time_of("1e300").reason, reason::far_time);
}

TEST(FieldValues, HeightsInTenthsOfAMillimetre) {
  EXPECT_EQ(height_in_feet("35000"), 106'680'000);
  EXPECT_EQ(height_in_feet("-25"), -76'200);
  EXPECT_EQ(height_in_metres("7764.78"), 77'647'800);
  EXPECT_EQ(height_in_metres("0"), 0);
  for (const char* text : {"", "ground", "NaN", "1e9", "-1e9"}) {
    EXPECT_EQ(height_in_feet(text), no_height) << text;
    EXPECT_EQ(height_in_metres(text), no_height) << text;
  }
}

TEST(FieldValues, AContainmentRadiusIsNeverMadeSmaller) {
  EXPECT_EQ(containment_in_metres("186"), 18'600u);
  EXPECT_EQ(containment_in_metres("7.501"), 751u);
  EXPECT_EQ(containment_in_metres("0.0001"), 1u);
  for (const char* text : {"0", "0.0", "", "-5", "NaN", "1e12"})
    EXPECT_EQ(containment_in_metres(text), no_containment) << text;
}

TEST(FieldValues, MovementWithinWhatColumnsHold) {
  EXPECT_EQ(speed_in_knots("489.04"), 4'890);
  EXPECT_EQ(speed_in_knots("99999"), no_speed);
  EXPECT_EQ(speed_in_metres_per_second("100"), 1'944);
  EXPECT_EQ(track_in_degrees("0"), -18'000);
  EXPECT_EQ(track_in_degrees("359.99"), 17'999);
  EXPECT_EQ(track_in_degrees("360"), -18'000);
  EXPECT_EQ(track_in_degrees("-2"), 17'800);
  EXPECT_EQ(rate_in_feet_per_minute("-1152"), -288);
  EXPECT_EQ(rate_in_feet_per_minute("131000"), no_speed);
  EXPECT_EQ(rate_in_metres_per_second("10.08"), 496);
  EXPECT_EQ(category_of("8"), 8);
  EXPECT_EQ(category_of("-1"), no_category);
  EXPECT_EQ(category_of("16"), no_category);
}

TEST(FieldValues, CallSigns) {
  EXPECT_EQ(call_sign_of("N35GR   "), "N35GR");
  EXPECT_EQ(call_sign_of("@@@@@@@@"), "");
  EXPECT_EQ(call_sign_of("N/A"), "");
  EXPECT_EQ(call_sign_of("   "), "");
  EXPECT_EQ(call_sign_of("a call sign that is none"), "");
}

TEST(FieldValues, ZonesWithoutNames) {
  EXPECT_EQ(seconds_east_of("UTC"), 0);
  EXPECT_EQ(seconds_east_of("+02:00"), 7'200);
  EXPECT_EQ(seconds_east_of("-03:30"), -12'600);
  EXPECT_FALSE(seconds_east_of("Asia/Damascus"));
}

TEST(FieldValues, AgesAreCapped) {
  EXPECT_EQ(age_of("1.939"), quantities::milliseconds(1'939));
  EXPECT_FALSE(age_of("-1"));
  EXPECT_FALSE(age_of("1e18"));
  EXPECT_EQ(age_in_ms(quantities::seconds(100)), UINT16_MAX);
  EXPECT_EQ(age_in_ms(quantities::microseconds(1)), 1);
  EXPECT_EQ(age_in_ms(quantities::seconds(-1)), 0);
}

TEST(OffendingText, IsShortAndValid) {
  EXPECT_EQ(offending_text("plain"), "plain");
  EXPECT_EQ(offending_text(std::string(500, 'x')).size(), 200u);
  const std::string arabic = offending_text("x" + std::string(500, '\xD8'));
  EXPECT_LE(arabic.size(), 200u);
  EXPECT_EQ(arabic.find('\xD8'), std::string::npos);
  std::string letters;
  while (letters.size() < 300) letters += "\xD8\xA7";
  EXPECT_EQ(offending_text("x" + letters).size(), 199u);  // cut between two letters
}

}  // namespace
}  // namespace truce::observations
