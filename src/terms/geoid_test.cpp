#include "terms/geoid.h"

#include <gtest/gtest.h>

#include <bit>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace truce::terms {
namespace {

using quantities::metres;

std::string big_endian(std::uint64_t bits, int bytes) {
  std::string text;
  for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8)
    text += static_cast<char>((bits >> shift) & 0xFF);
  return text;
}
std::string bytes_of(double value) {
  return big_endian(std::bit_cast<std::uint64_t>(value), 8);
}
std::string bytes_of(float value) {
  return big_endian(std::bit_cast<std::uint32_t>(value), 4);
}

// A grid of 10 degrees on which the undulation is the latitude divided by 10, and a metre more at
// 90 degrees east.
std::string made_grid() {
  std::string bytes = bytes_of(-90.0) + bytes_of(-180.0) + bytes_of(10.0) + bytes_of(10.0) +
                      big_endian(19, 4) + big_endian(36, 4);
  for (int row = 0; row < 19; ++row)
    for (int column = 0; column < 36; ++column)
      bytes += bytes_of(static_cast<float>(row - 9) + (column == 27 ? 1.0F : 0.0F));
  return bytes;
}

areas::Box box(double west, double south, double east, double north) {
  const auto e7 = [](double degrees) { return static_cast<std::int64_t>(degrees * 1e7); };
  return {{e7(west), e7(south)}, {e7(east), e7(north)}};
}

TEST(GeoidGrid, InterpolatesBetweenNodes) {
  const std::string bytes = made_grid();
  const auto grid = GeoidGrid::read(bytes, "made.gtx");
  ASSERT_TRUE(grid) << grid.error().message;
  EXPECT_DOUBLE_EQ(grid->undulation(0, 0), 0);
  EXPECT_DOUBLE_EQ(grid->undulation(0, 35), 3.5);
  EXPECT_DOUBLE_EQ(grid->undulation(95, 0), 0.5);
  EXPECT_DOUBLE_EQ(grid->undulation(95 - 360, 0), 0.5);
  EXPECT_DOUBLE_EQ(grid->undulation(450, -90), -8);
  EXPECT_DOUBLE_EQ(grid->undulation(10, 90), 9);
}

TEST(GeoidGrid, BoundsABoxGrownByACell) {
  const std::string bytes = made_grid();
  const auto grid = GeoidGrid::read(bytes, "made.gtx");
  ASSERT_TRUE(grid);
  EXPECT_EQ(grid->bounds(box(1, 1, 9, 9)), (GeoidBounds{metres(-1), metres(2)}));
  EXPECT_EQ(grid->bounds(box(81, 1, 82, 9)), (GeoidBounds{metres(-1), metres(3)}))
      << "the node at 90 degrees east is a corner";
  EXPECT_EQ(grid->bounds(box(-180, -90, 180, 90)), (GeoidBounds{metres(-9), metres(10)}));
  EXPECT_EQ(grid->bounds(box(441, 1, 442, 9)), (GeoidBounds{metres(-1), metres(3)}))
      << "a turn further on";
}

TEST(GeoidGrid, RefusesWhatIsNoGrid) {
  const std::string good = made_grid();
  std::string not_a_number = good;
  not_a_number.replace(100, 4, "\x7F\xC0\x00\x00", 4);
  const struct {
    const char* name;
    std::string bytes;
  } cases[] = {{"empty", ""},
               {"header only", good.substr(0, 40)},
               {"cut short", good.substr(0, good.size() - 1)},
               {"too long", good + "x"},
               {"text", std::string(4'000, 'x')},
               {"half the Earth", bytes_of(0.0) + good.substr(8)},
               {"not a number", not_a_number}};
  for (const auto& c : cases) {
    SCOPED_TRACE(c.name);
    EXPECT_FALSE(GeoidGrid::read(c.bytes, "bad.gtx"));
  }
}

// Test points published with EGM96 (NIMA, OUTINTPT.DAT), against the grid that PROJ brings.
TEST(GeoidGridRealData, AgreesWithThePublishedTestPoints) {
  const std::filesystem::path path = "/usr/share/proj/egm96_15.gtx";
  if (!std::filesystem::exists(path)) GTEST_SKIP() << "PROJ's egm96_15.gtx is not here";
  std::ifstream file(path, std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(file), {}};
  const auto grid = GeoidGrid::read(bytes, "egm96_15.gtx");
  ASSERT_TRUE(grid) << grid.error().message;
  const struct {
    double latitude, longitude, undulation;
  } points[] = {{38.6281550, 269.7791550, -31.628}, {-14.6212170, 305.0211140, -2.969},
                {46.8743190, 102.4487290, -43.575}, {-23.6174460, 133.8747120, 15.871},
                {38.6254730, 359.9995000, 50.066},  {-0.4667440, 0.0023000, 17.329}};
  for (const auto& p : points) {
    SCOPED_TRACE(testing::Message() << p.latitude << " " << p.longitude);
    EXPECT_NEAR(grid->undulation(p.longitude, p.latitude), p.undulation, 0.5);
    const auto bounds =
        grid->bounds(box(p.longitude - 0.1, p.latitude - 0.1, p.longitude + 0.1, p.latitude + 0.1));
    EXPECT_LE(bounds.least.in_metres(), p.undulation);
    EXPECT_GE(bounds.most.in_metres(), p.undulation);
  }
}

}  // namespace
}  // namespace truce::terms
