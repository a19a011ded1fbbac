#include "observations/position_block.h"

#include <gtest/gtest.h>

#include <limits>
#include <random>

#include "observations/sorted_run.h"

namespace truce::observations {
namespace {

// Rows of every kind: whatever a column can hold.
Positions some_positions(std::uint64_t seed, std::size_t count) {
  std::mt19937_64 random(seed);
  const auto pick = [&](std::int64_t least, std::int64_t most) {
    return std::uniform_int_distribution<std::int64_t>(least, most)(random);
  };
  Positions positions;
  const std::vector<std::string> call_signs = {"", "RAD1", "RAD2", "ДОЗОР", std::string(300, 'x')};
  for (std::size_t i = 0; i < count; ++i) {
    PositionReport r;
    r.at = {pick(1'456'500'000'000'000, 1'456'600'000'000'000)};
    r.address = {static_cast<std::uint32_t>(pick(0, 9) == 0 ? pick(0, 0x1FFFFFF) : pick(1, 5))};
    r.point = {static_cast<std::int32_t>(pick(-1'800'000'000, 1'800'000'000)),
               static_cast<std::int32_t>(pick(-900'000'000, 900'000'000))};
    if (pick(0, 1) == 0) r.pressure_altitude = static_cast<std::int32_t>(pick(-10'000, INT32_MAX));
    if (pick(0, 1) == 0) r.geometric_height = static_cast<std::int32_t>(pick(-9, 9));
    if (pick(0, 1) == 0) r.containment_cm = static_cast<std::uint32_t>(pick(0, 100'000));
    if (pick(0, 1) == 0) r.ground_speed = static_cast<std::int16_t>(pick(0, 9'999));
    if (pick(0, 1) == 0) r.track = static_cast<std::int16_t>(pick(-18'000, 18'000));
    if (pick(0, 1) == 0) r.vertical_rate = static_cast<std::int16_t>(pick(-32'000, 32'000));
    r.age_ms = static_cast<std::uint16_t>(pick(0, 65'535));
    if (pick(0, 1) == 0) r.nic = static_cast<std::uint8_t>(pick(0, 11));
    if (pick(0, 1) == 0) r.nac_p = static_cast<std::uint8_t>(pick(0, 11));
    if (pick(0, 1) == 0) r.sil = static_cast<std::uint8_t>(pick(0, 3));
    r.kind = static_cast<PositionSource>(pick(0, 6));
    r.marks = static_cast<std::uint16_t>(pick(0, 63));
    r.call_sign = call_signs[static_cast<std::size_t>(pick(0, 4))];
    r.evidence = {static_cast<std::uint32_t>(pick(0, 3)),
                  static_cast<std::uint32_t>(pick(0, UINT32_MAX))};
    positions.add(r);
  }
  return positions;
}

void expect_same(const PositionReport& a, const PositionReport& b) {
  EXPECT_EQ(a.at, b.at);
  EXPECT_EQ(a.address, b.address);
  EXPECT_EQ(a.point, b.point);
  EXPECT_EQ(a.pressure_altitude, b.pressure_altitude);
  EXPECT_EQ(a.geometric_height, b.geometric_height);
  EXPECT_EQ(a.containment_cm, b.containment_cm);
  EXPECT_EQ(a.ground_speed, b.ground_speed);
  EXPECT_EQ(a.track, b.track);
  EXPECT_EQ(a.vertical_rate, b.vertical_rate);
  EXPECT_EQ(a.age_ms, b.age_ms);
  EXPECT_EQ(a.nic, b.nic);
  EXPECT_EQ(a.nac_p, b.nac_p);
  EXPECT_EQ(a.sil, b.sil);
  EXPECT_EQ(a.kind, b.kind);
  EXPECT_EQ(a.marks, b.marks);
  EXPECT_EQ(a.call_sign, b.call_sign);
  EXPECT_EQ(a.evidence, b.evidence);
}

TEST(PositionBlock, GivesBackEveryValueOfEveryRow) {
  for (const std::size_t count : {1, 2, 3, 100, 5'000}) {
    SCOPED_TRACE(count);
    const Positions positions = some_positions(count, count);
    const auto rows = rows_in_order(positions);
    const PositionBlock block = block_of(positions, rows);
    Positions all;
    ASSERT_TRUE(read_block(block.bytes, block.range, Columns::all, all));
    ASSERT_EQ(all.size(), count);
    for (std::size_t i = 0; i < count; ++i) expect_same(all.row(i), positions.row(rows[i]));
    // What is judged alone is the same, behind what was there before.
    Positions judged;
    ASSERT_TRUE(read_block(block.bytes, block.range, Columns::judged, judged));
    ASSERT_TRUE(read_block(block.bytes, block.range, Columns::judged, judged));
    ASSERT_EQ(judged.size(), 2 * count);
    EXPECT_TRUE(judged.sil.empty());
    for (std::size_t i = 0; i < count; ++i) {
      EXPECT_EQ(judged.at[count + i], all.at[i]);
      EXPECT_EQ(judged.call_sign_text(count + i), all.call_sign_text(i));
      EXPECT_EQ(judged.evidence[count + i], all.evidence[i]);
    }
  }
}

TEST(PositionBlock, KnowsItsRange) {
  Positions positions;
  PositionReport r;
  for (const int i : {3, 1, 2}) {
    r.address = {static_cast<std::uint32_t>(i)};
    r.at = Instant{} + quantities::seconds(100 - i);
    r.point = {i * 10, -i};
    r.evidence = {static_cast<std::uint32_t>(7 + i), 0};
    if (i != 3) r.containment_cm = static_cast<std::uint32_t>(i * 100);
    positions.add(r);
  }
  const BlockRange range = block_of(positions, rows_in_order(positions)).range;
  const BlockRange wanted{3, 1, 3, 97'000'000, 99'000'000, 10, -3, 30, -1, 8, 10, 200};
  EXPECT_EQ(range, wanted);
}

TEST(PositionBlock, BelievesNothing) {
  const Positions positions = some_positions(7, 200);
  const PositionBlock block = block_of(positions, rows_in_order(positions));
  const auto is_refused = [&](std::string_view bytes, const BlockRange& range) {
    Positions into;
    const bool refused = !read_block(bytes, range, Columns::all, into);
    EXPECT_EQ(into.size(), refused ? 0u : range.rows);
    return refused;
  };
  for (std::size_t cut = 0; cut < block.bytes.size(); cut += 7)
    EXPECT_TRUE(is_refused(block.bytes.substr(0, cut), block.range)) << cut;
  EXPECT_TRUE(is_refused(block.bytes + "x", block.range));
  const auto but = [&](auto change) {
    BlockRange range = block.range;
    change(range);
    return range;
  };
  EXPECT_TRUE(is_refused(block.bytes, but([](BlockRange& r) { ++r.rows; })));
  EXPECT_TRUE(is_refused(block.bytes, but([](BlockRange& r) { r.rows = 0; })));
  EXPECT_TRUE(is_refused(block.bytes, but([](BlockRange& r) { r.rows = UINT32_MAX; })));
  EXPECT_TRUE(is_refused(block.bytes, but([](BlockRange& r) { --r.latest; })));
  EXPECT_TRUE(is_refused(block.bytes, but([](BlockRange& r) { ++r.earliest; })));
  EXPECT_TRUE(is_refused(block.bytes, but([](BlockRange& r) { ++r.west; })));
  EXPECT_TRUE(is_refused(block.bytes, but([](BlockRange& r) { --r.north; })));
  EXPECT_TRUE(is_refused(block.bytes, but([](BlockRange& r) { r.greatest_input = 0; })));
  EXPECT_TRUE(is_refused(block.bytes, but([](BlockRange& r) { ++r.last_address; })));
  EXPECT_TRUE(is_refused(block.bytes, but([](BlockRange& r) { --r.greatest_containment; })));
  EXPECT_TRUE(is_refused(block.bytes, but([](BlockRange& r) {
                           r.latest = std::numeric_limits<std::int64_t>::max();
                         })));
}

// Any byte changed: refused, or rows that could have been written. (Check sums stand over blocks;
// this is for bytes that somebody made to deceive.)
TEST(PositionBlock, SurvivesAnyChange) {
  const Positions positions = some_positions(8, 60);
  const PositionBlock block = block_of(positions, rows_in_order(positions));
  for (std::size_t at = 0; at < block.bytes.size(); ++at) {
    for (const char change : {'\x01', '\x80', '\xFF'}) {
      std::string bytes = block.bytes;
      bytes[at] = static_cast<char>(bytes[at] ^ change);
      Positions into;
      if (!read_block(bytes, block.range, Columns::all, into)) continue;
      for (std::size_t row = 0; row < into.size(); ++row) {
        EXPECT_LE(block.range.earliest, into.at[row]);
        EXPECT_GE(block.range.latest, into.at[row]);
        EXPECT_LE(into.evidence[row].input, block.range.greatest_input);
      }
    }
  }
}

}  // namespace
}  // namespace truce::observations
