#include "terms/time_zone.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace truce::terms {
namespace {

using quantities::instant_from;
using quantities::local_instant_from;

std::string read(std::string_view zone, std::string_view local) {
  const LocalReading reading = read_local(*zone_offsets(zone), *local_instant_from(local));
  const auto occurs = reading.occurs == LocalReading::Occurs::once    ? "once"
                      : reading.occurs == LocalReading::Occurs::twice ? "twice"
                                                                      : "never";
  return rfc3339(reading.instant) + " " + occurs;
}

TEST(ZoneOffsets, UnknownNamesAreRefused) {
  EXPECT_FALSE(zone_offsets("Asia/Damascas"));
  EXPECT_FALSE(zone_offsets(""));
  EXPECT_FALSE(zone_offsets("../../etc/passwd"));
  EXPECT_FALSE(zone_offsets("/usr/share/zoneinfo/Asia/Damascus"));
}

TEST(ZoneOffsets, EntriesAreInOrderAndEachChangesTheOffset) {
  const auto table = zone_offsets("Europe/Zurich").value();
  EXPECT_EQ(table.front().from, quantities::earliest_instant);
  ASSERT_GT(table.size(), 100u);
  for (std::size_t i = 1; i < table.size(); ++i) {
    EXPECT_LT(table[i - 1].from, table[i].from);
    EXPECT_NE(table[i - 1].seconds_east, table[i].seconds_east);
  }
}

TEST(ZoneOffsets, WithinAStretchOnly) {
  const auto table = zone_offsets("Asia/Damascus", {*instant_from("2016-02-27T00:00:00Z"),
                                                    *instant_from("2016-12-01T00:00:00Z")})
                         .value();
  ASSERT_EQ(table.size(), 3u);
  EXPECT_EQ(rfc3339(table[0].from), "2016-02-27T00:00:00Z");
  EXPECT_EQ(table[0].seconds_east, 7200);
  EXPECT_EQ(rfc3339(table[1].from), "2016-03-24T22:00:00Z");
  EXPECT_EQ(table[1].seconds_east, 10800);
  EXPECT_EQ(rfc3339(table[2].from), "2016-10-27T21:00:00Z");
}

TEST(PlaceInZoneTable, IsThatOfTheZone) {
  const std::string_view table =
      "# code\tplace\tname\n"
      "AR\t-3436-05827\tA\nUS\t+394606-0860929\tB\tremark\nXX\t+3330\tC\nXX\t+33x0+03618\tD\n"
      "XX\t3330+03618\tE\nXX\t+9130+03618\tF\nXX\t+3330+3618\tG\nXX";
  const auto place = [&](std::string_view name) -> std::string {
    const auto found = place_in_zone_table(table, name);
    return found ? point_text(*found) : "none";
  };
  EXPECT_EQ(place("A"), "34.6000 S 58.4500 W");
  EXPECT_EQ(place("B"), "39.7683 N 86.1581 W");
  for (const char* name : {"C", "D", "E", "F", "G", "H", "#", ""})
    EXPECT_EQ(place(name), "none") << name;
}

TEST(ReadLocal, OnceTwiceNever) {
  EXPECT_EQ(read("Asia/Damascus", "2016-02-27T00:00:00"), "2016-02-26T22:00:00Z once");
  EXPECT_EQ(read("UTC", "2016-02-27T00:00:00"), "2016-02-27T00:00:00Z once");
  EXPECT_EQ(read("Europe/Zurich", "2024-10-27T02:30:00"), "2024-10-27T00:30:00Z twice");
  EXPECT_EQ(read("Europe/Zurich", "2024-10-27T03:00:00"), "2024-10-27T02:00:00Z once");
  EXPECT_EQ(read("Europe/Zurich", "2024-10-27T01:59:59"), "2024-10-26T23:59:59Z once");
  EXPECT_EQ(read("Europe/Zurich", "2024-03-31T02:30:00"), "2024-03-31T00:30:00Z never");
  EXPECT_EQ(read("Europe/Zurich", "2024-03-31T02:00:00"), "2024-03-31T00:00:00Z never");
  EXPECT_EQ(read("Europe/Zurich", "2024-03-31T03:00:00"), "2024-03-31T01:00:00Z once");
}

TEST(ZoneNames, AreSortedAndKnown) {
  const auto names = zone_names();
  EXPECT_TRUE(std::is_sorted(names.begin(), names.end()));
  EXPECT_TRUE(std::binary_search(names.begin(), names.end(), std::string("Asia/Damascus")));
}

}  // namespace
}  // namespace truce::terms
