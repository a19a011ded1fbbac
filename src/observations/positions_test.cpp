#include "observations/positions.h"

#include <gtest/gtest.h>

namespace truce::observations {
namespace {

TEST(Address, IsSixHexadecimalDigitsAndPerhapsNotIcao) {
  EXPECT_EQ(address_from("4b1817"), (Address{0x4b1817}));
  EXPECT_EQ(address_from("4B1817"), (Address{0x4b1817}));
  const auto other = address_from("~2a3b4C");
  ASSERT_TRUE(other);
  EXPECT_FALSE(other->is_icao());
  EXPECT_NE(*other, *address_from("2a3b4c"));
  EXPECT_EQ(to_string(*other), "~2a3b4c");
  EXPECT_EQ(to_string(Address{0x00000f}), "00000f");
  for (const char* text : {"", "~", "4b181", "4b18170", "4b181g", " 4b1817", "~4b181"})
    EXPECT_FALSE(address_from(text)) << text;
}

TEST(Positions, KeepEveryColumnAndEveryCallSignOnce) {
  Positions positions;
  PositionReport report;
  report.at = {1'456'531'200'000'000};
  report.address = {0x4b1817};
  report.point = {366'300'000, 359'300'000};
  report.call_sign = "RAD1";
  report.set(Mark::stale);
  report.evidence = {3, 14};
  positions.add(report);
  report.call_sign = "RAD2";
  positions.add(report);
  report.call_sign = "RAD1";
  positions.add(report);
  report.call_sign = "";
  positions.add(report);
  ASSERT_EQ(positions.size(), 4u);
  EXPECT_EQ(positions.call_sign[0], positions.call_sign[2]);
  EXPECT_EQ(positions.call_sign_text(1), "RAD2");
  EXPECT_EQ(positions.call_sign[3], no_text);
  EXPECT_EQ(positions.call_sign_text(3), "");
  EXPECT_TRUE(positions.has(0, Mark::stale));
  EXPECT_FALSE(positions.has(0, Mark::on_ground));
  EXPECT_EQ(positions.pressure_altitude[0], no_height);
  EXPECT_EQ(positions.containment_cm[0], no_containment);
  EXPECT_EQ(positions.evidence[0], (Evidence{3, 14}));
}

}  // namespace
}  // namespace truce::observations
