#include "areas/highest_ground.h"

#include <gtest/gtest.h>

namespace truce::areas {
namespace {

using quantities::metres;
using quantities::Point;

// Every mountain named is no higher than the bound given for its place.
TEST(HighestGround, BoundsTheMountains) {
  const struct {
    const char* name;
    double latitude, longitude, height_m;
  } cases[] = {
      {"Everest", 27.9881, 86.9250, 8'848.86},      {"K2", 35.8808, 76.5158, 8'611},
      {"Noshaq", 36.4317, 71.8289, 7'492},          {"Ismoil Somoni", 38.9431, 72.0153, 7'495},
      {"Jengish Chokusu", 42.0342, 80.1256, 7'439}, {"Namcha Barwa", 29.6306, 95.0550, 7'782},
      {"Gongga", 29.5956, 101.8792, 7'556},         {"Aconcagua", -32.6533, -70.0108, 6'960.8},
      {"Denali", 63.0692, -151.0070, 6'190},        {"Kilimanjaro", -3.0674, 37.3556, 5'895},
      {"Elbrus", 43.3550, 42.4392, 5'642},          {"Damavand", 35.9550, 52.1100, 5'610},
      {"Mont Blanc", 45.8327, 6.8652, 4'806},
  };
  for (const auto& c : cases) {
    SCOPED_TRACE(c.name);
    const Point p{static_cast<std::int32_t>(c.longitude * 1e7),
                  static_cast<std::int32_t>(c.latitude * 1e7)};
    EXPECT_GE(highest_ground_near(p), metres(c.height_m));
  }
}

TEST(HighestGround, IsLowerOutsideHighAsiaWhoseEdgesBelongToIt) {
  const Point corner{600'000'000, 220'000'000}, beyond{599'999'999, 220'000'000};
  EXPECT_EQ(highest_ground_near(corner), highest_ground_on_earth);
  EXPECT_EQ(highest_ground_near(beyond), metres(6'962));
}

}  // namespace
}  // namespace truce::areas
