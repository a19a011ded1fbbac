#include "observations/archive.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace truce::observations {
namespace {

using ::testing::HasSubstr;

PositionReport report(std::uint32_t address, std::int64_t second, std::uint32_t input) {
  PositionReport r;
  r.address = {address};
  r.at = Instant{} + quantities::seconds(second);
  r.point = {static_cast<std::int32_t>(second) * 1'000, 5};
  r.call_sign = address == 1 ? "RAD1" : "";
  r.evidence = {input, static_cast<std::uint32_t>(second)};
  return r;
}

Positions positions_of(std::uint32_t input, std::int64_t from) {
  Positions positions;
  for (std::int64_t s = from; s < from + 50; ++s)
    for (const std::uint32_t address : {3u, 1u, 2u}) positions.add(report(address, s, input));
  return positions;
}

Chapter chapter_of(const std::string& name, std::uint32_t input) {
  Chapter chapter;
  ArchivedInput one;
  one.input.name = name;
  one.input.digest = base::sha256(name);
  one.input.bytes = 1'234;
  one.input.format = "readsb trace";
  one.input.source = "post";
  one.input.records = 152;
  one.input.positions = 150;
  one.input.without_position = 1;
  one.input.rejected = {{"no time", 1}};
  one.settings = reading_settings(Source{});
  chapter.inputs.push_back(one);
  AircraftFacts facts;
  facts.address = {1};
  facts.registration = "YK-1";
  facts.military = true;
  facts.evidence = {input, 4};
  chapter.facts.push_back(facts);
  chapter.rejected.push_back({input, 9, "no time", "{\"lat\": 1"});
  chapter.warnings.push_back({name, "damaged"});
  return chapter;
}

// Two chapters, the second of two runs.
std::string sample(std::vector<std::uint64_t>* commits = nullptr) {
  std::string bytes;
  ArchiveWriter writer([&](std::string_view part) {
    bytes += part;
    return base::Result<void>{};
  });
  EXPECT_TRUE(writer.add_run(packed_run(positions_of(0, 0))));
  EXPECT_TRUE(writer.commit(chapter_of("observations/a.json", 0)));
  if (commits != nullptr) commits->push_back(bytes.size());
  Positions early = positions_of(1, 100), late;
  for (std::size_t row = 75; row < early.size(); ++row) late.add(early.row(row));
  Positions first;
  for (std::size_t row = 0; row < 75; ++row) first.add(early.row(row));
  EXPECT_TRUE(writer.add_run(packed_run(late)));
  EXPECT_TRUE(writer.add_run(packed_run(first)));
  EXPECT_TRUE(writer.commit(chapter_of("observations/b.json", 1)));
  if (commits != nullptr) commits->push_back(bytes.size());
  EXPECT_EQ(writer.bytes(), bytes.size());
  return bytes;
}

TEST(Archive, GivesBackWhatWasWritten) {
  const std::string bytes = sample();
  EXPECT_TRUE(is_archive(bytes));
  const auto reading = read_archive(bytes);
  ASSERT_TRUE(reading);
  EXPECT_EQ(reading->intact_bytes, bytes.size());
  EXPECT_FALSE(reading->is_torn);
  ASSERT_EQ(reading->chapters.size(), 2u);
  const Chapter& chapter = reading->chapters[1];
  const Chapter wanted = chapter_of("observations/b.json", 1);
  ASSERT_EQ(chapter.inputs.size(), 1u);
  EXPECT_EQ(chapter.inputs[0].input.name, wanted.inputs[0].input.name);
  EXPECT_EQ(chapter.inputs[0].input.digest, wanted.inputs[0].input.digest);
  EXPECT_EQ(chapter.inputs[0].input.bytes, 1'234u);
  EXPECT_EQ(chapter.inputs[0].input.rejected, wanted.inputs[0].input.rejected);
  EXPECT_EQ(chapter.inputs[0].settings, wanted.inputs[0].settings);
  ASSERT_EQ(chapter.facts.size(), 1u);
  EXPECT_EQ(chapter.facts[0].registration, "YK-1");
  EXPECT_EQ(chapter.facts[0].military, true);
  EXPECT_EQ(chapter.facts[0].evidence, (Evidence{1, 4}));
  ASSERT_EQ(chapter.rejected.size(), 1u);
  EXPECT_EQ(chapter.rejected[0].text, "{\"lat\": 1");
  ASSERT_EQ(chapter.warnings.size(), 1u);
  EXPECT_EQ(chapter.warnings[0].message, "damaged");
  ASSERT_EQ(chapter.runs.size(), 2u);
  EXPECT_EQ(chapter.positions(), 150u);
}

TEST(Archive, GivesRunsByRangesOfAddressesWithTheNumbersOfTheCase) {
  const std::string bytes = sample();
  const auto reading = read_archive(bytes);
  ASSERT_TRUE(reading);
  const auto numbers =
      std::make_shared<const std::vector<std::uint32_t>>(std::vector<std::uint32_t>{40, 41});
  std::size_t told = 0;
  const ArchivedRun run(bytes, reading->chapters[1].runs[0], numbers, "all.archive",
                        [&](std::string_view part) { told += part.size(); });
  EXPECT_EQ(run.size(), 75u);
  EXPECT_EQ(run.span().earliest, Instant{} + quantities::seconds(125));
  EXPECT_EQ(run.span().latest, Instant{} + quantities::seconds(149));
  Positions two;
  ASSERT_TRUE(run.append(2, 2, two));
  EXPECT_EQ(two.size(), 25u);
  for (std::size_t row = 0; row < two.size(); ++row) {
    EXPECT_EQ(two.address[row], 2u);
    EXPECT_EQ(two.evidence[row].input, 41u);
  }
  EXPECT_GT(told, 0u);
  Positions all;
  ASSERT_TRUE(run.append(0, UINT32_MAX, all));
  EXPECT_EQ(all.size(), 75u);
  EXPECT_EQ(all.call_sign_text(0), "RAD1");
  Positions none;
  ASSERT_TRUE(run.append(4, 9, none));
  EXPECT_EQ(none.size(), 0u);
}

TEST(Archive, CutAnywhereHoldsWhatItsLastCommitHeld) {
  std::vector<std::uint64_t> commits;
  const std::string bytes = sample(&commits);
  for (std::size_t cut = 0; cut <= bytes.size(); ++cut) {
    const auto reading = read_archive(std::string_view(bytes).substr(0, cut));
    ASSERT_TRUE(reading) << cut;
    const auto whole = static_cast<std::size_t>(
        std::count_if(commits.begin(), commits.end(), [&](std::uint64_t c) { return c <= cut; }));
    EXPECT_EQ(reading->chapters.size(), whole) << cut;
    if (whole > 0) {
      EXPECT_EQ(reading->intact_bytes, commits[whole - 1]) << cut;
    }
    EXPECT_EQ(reading->is_torn, reading->intact_bytes != cut) << cut;
  }
}

// Going on behind what is whole gives what would have been written at once.
TEST(Archive, GoesOnBehindATornEnd) {
  std::vector<std::uint64_t> commits;
  const std::string whole = sample(&commits);
  std::string bytes = whole.substr(0, commits[0]);
  ArchiveWriter writer(
      [&](std::string_view part) {
        bytes += part;
        return base::Result<void>{};
      },
      commits[0]);
  ASSERT_TRUE(writer.commit({}));
  const auto reading = read_archive(bytes);
  ASSERT_TRUE(reading);
  EXPECT_EQ(reading->chapters.size(), 2u);
}

// One bit anywhere: an archive that is refused, or torn, or a block that is refused; never other
// rows.
TEST(Archive, WithAnyBitChangedIsNeverBelieved) {
  const std::string bytes = sample();
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    for (const int bit : {0, 3, 7}) {
      std::string changed = bytes;
      changed[at] = static_cast<char>(changed[at] ^ (1 << bit));
      const auto reading = read_archive(changed);
      if (!reading || reading->is_torn) continue;
      bool refused = false;
      for (const Chapter& chapter : reading->chapters)
        for (const StoredRun& run : chapter.runs)
          for (const StoredBlock& block : run) {
            Positions into;
            refused = refused || !read_stored_block(changed, block, Columns::all, into);
          }
      EXPECT_TRUE(refused) << at << " bit " << bit;
    }
  }
}

TEST(Archive, TellsDamageFromATornEnd) {
  std::vector<std::uint64_t> commits;
  const std::string bytes = sample(&commits);
  // In the head of the first commit, with a second one behind it.
  std::string changed = bytes;
  const std::size_t head = bytes.find("cmit");
  changed[head + 8] = static_cast<char>(changed[head + 8] ^ 1);
  const auto reading = read_archive(changed);
  ASSERT_FALSE(reading);
  EXPECT_THAT(reading.error().message, HasSubstr("is damaged at byte"));
}

TEST(Archive, NamesAVersionThatItDoesNotKnow) {
  std::string bytes = sample();
  bytes[8] = archive_version + 1;
  const auto sum_is_wrong = read_archive(bytes);
  ASSERT_FALSE(sum_is_wrong);
  EXPECT_EQ(sum_is_wrong.error().message, "is damaged in its first bytes");
  EXPECT_FALSE(read_archive("{\"now\": 1456531200}"));
  EXPECT_FALSE(is_archive("{\"now\": 1456531200}"));
  EXPECT_FALSE(is_archive("TRUCE"));
}

TEST(Archive, RemembersHowASourceWasToBeRead) {
  Source source;
  const std::string plain = reading_settings(source);
  source.title = "Renamed";
  source.bounds.position = quantities::metres(5);
  EXPECT_EQ(reading_settings(source), plain);
  source.columns["lat"] = "breite";
  EXPECT_NE(reading_settings(source), plain);
  const std::string mapped = reading_settings(source);
  source.bounds.containment_holds = quantities::seconds(60);
  EXPECT_NE(reading_settings(source), mapped);
  source.date = quantities::Date{2016, 2, 27};
  source.time_zone = "+03:00";
  EXPECT_THAT(reading_settings(source), HasSubstr("+03:00"));
}

}  // namespace
}  // namespace truce::observations
