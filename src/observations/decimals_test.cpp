#include "observations/decimals.h"

#include <gtest/gtest.h>

#include <array>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "base/text.h"

namespace truce::observations {
namespace {

// As the conversion gives it: with room behind.
std::optional<std::int64_t> scaled(const std::string& text, int places) {
  const std::string room = text + "," + std::string(room_of_decimal, '7');
  const DecimalText one{room.data(), static_cast<std::uint32_t>(text.size()), places};
  std::int64_t value = 0;
  scale_texts(&one, 1, &value);
  if (value == not_scaled) return {};
  return value;
}

TEST(Decimals, PlainNumbers) {
  const struct {
    const char* text;
    int places;
    std::int64_t value;
  } cases[] = {
      {"0", 7, 0},
      {"-0", 7, 0},
      {"35", 7, 350'000'000},
      {"35.", 7, 350'000'000},
      {".5", 2, 50},
      {"-.5", 2, -50},
      {"-36.373001", 7, -363'730'010},
      {"36.37298583984375", 7, 363'729'858},
      {"0.00000005", 7, 1},
      {"0.00000004999", 7, 0},
      {"-0.005", 2, -1},
      {"2.4999999999999999999", 0, 2},
      {"2.5", 0, 3},
      {"1456531200", 6, 1'456'531'200'000'000},
      {"1456531200.12345", 6, 1'456'531'200'123'450},
      {"9999999999999999", 0, 9'999'999'999'999'999},
      {"000035", 4, 350'000},
  };
  for (const auto& c : cases) EXPECT_EQ(scaled(c.text, c.places), c.value) << c.text;
}

TEST(Decimals, AnythingElseIsLeft) {
  for (const char* text :
       {"", "-", ".", "-.", "+1", "--1", "1-", "1.2.3", "1e3", " 1", "1 ", "12a", "nan", "1,5",
        "\xFF", "1\xB9", "99999999999999999", "1234567890123456.5"})
    for (const int places : {0, 2, 4, 6, 7}) EXPECT_FALSE(scaled(text, places)) << text;
}

// What is scaled is what the long way makes of it, and most of what is usual is scaled.
TEST(Decimals, TheSameAsTheLongWay) {
  std::mt19937 random(20160227);
  static const std::string bytes = "0123456789012345678901234567890123456789..-+e x/:";
  int taken = 0;
  for (int i = 0; i < 200'000; ++i) {
    std::string text;
    if (random() % 3 == 0) text += '-';
    for (std::size_t n = random() % 20; n > 0; --n) text += bytes[random() % bytes.size()];
    const int places = static_cast<int>(random() % (most_places + 1));
    const auto value = scaled(text, places);
    if (!value) continue;
    ++taken;
    ASSERT_EQ(value, base::scaled_number(text, places)) << text << " " << places;
  }
  EXPECT_GT(taken, 30'000);
}

TEST(Decimals, AColumnIsItsFields) {
  const std::string text = "a,1.5,x\nb,-20,\nc,,z\nd,7e1,\n" + std::string(room_of_decimal, ' ');
  std::vector<std::uint32_t> ends = {UINT32_MAX};
  for (std::uint32_t i = 0; i < text.size(); ++i)
    if (text[i] == ',' || text[i] == '\n') ends.push_back(i);
  std::array<std::int64_t, 4> values{};
  scale_column({text.data(), ends.data() + 2, 3, values.size()}, 2, values.data());
  EXPECT_EQ(values, (std::array<std::int64_t, 4>{150, -2'000, not_scaled, not_scaled}));
}

}  // namespace
}  // namespace truce::observations
