#include "observations/csv.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace truce::observations {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

struct Kept {
  std::uint64_t number, line;
  std::vector<std::string> fields;
  std::string text;
  bool ended;
  CsvRow::Fault fault;
  friend bool operator==(const Kept&, const Kept&) = default;
};

void show_value(const Kept& row, std::ostream& out) {
  out << row.number << "@" << row.line << " " << row.text << " " << to_string(row.fault);
}
std::ostream& operator<<(std::ostream& out, const Kept& row) {
  show_value(row, out);
  return out;
}

std::vector<Kept> rows_of(std::string_view text, std::size_t part = SIZE_MAX,
                          std::size_t longest = CsvReader::longest_row) {
  std::vector<Kept> rows;
  CsvReader reader(
      [&](const CsvRow& row) {
        rows.push_back({row.number,
                        row.line,
                        {row.fields.begin(), row.fields.end()},
                        std::string(row.text),
                        row.ended,
                        row.fault});
      },
      0, longest);
  for (std::size_t at = 0; at < text.size(); at += std::min(part, text.size()))
    reader.take(text.substr(at, part));
  reader.finish();
  return rows;
}

TEST(Csv, PlainRows) {
  const auto rows = rows_of("a,b,c\n1,,3\r\n");
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_THAT(rows[0].fields, ElementsAre("a", "b", "c"));
  EXPECT_THAT(rows[1].fields, ElementsAre("1", "", "3"));
  EXPECT_EQ(rows[1].line, 2u);
  EXPECT_EQ(rows[1].number, 2u);
  EXPECT_TRUE(rows[1].ended);
}

TEST(Csv, QuotesHoldSeparatorsLineEndsAndQuotes) {
  const auto rows = rows_of("\"a,b\",\"c\nd\",\"say \"\"no\"\"\",\"\"\nx,y,z,w\n");
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_THAT(rows[0].fields, ElementsAre("a,b", "c\nd", "say \"no\"", ""));
  EXPECT_EQ(rows[1].line, 3u);
}

TEST(Csv, AQuoteInsideAFieldIsText) {
  EXPECT_THAT(rows_of("5\" gun,b\n")[0].fields, ElementsAre("5\" gun", "b"));
}

TEST(Csv, MarkSeparatorAndLastRowWithoutLineEnd) {
  const auto rows = rows_of(
      "\xEF\xBB\xBF"
      "a;b,x;c\n\n1;2;3");
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_THAT(rows[0].fields, ElementsAre("a", "b,x", "c"));
  EXPECT_THAT(rows[1].fields, ElementsAre("1", "2", "3"));
  EXPECT_EQ(rows[1].line, 3u);
  EXPECT_FALSE(rows[1].ended);
  EXPECT_THAT(rows_of("a\tb\n")[0].fields, ElementsAre("a", "b"));
  EXPECT_THAT(rows_of(""), IsEmpty());
  EXPECT_THAT(rows_of("\n\r\n"), IsEmpty());
}

TEST(Csv, AnOpenQuoteSpoilsItsOwnLineOnly) {
  const auto rows = rows_of("a,b\n\"1,2\n3,4\n5,6");
  ASSERT_EQ(rows.size(), 4u);
  EXPECT_EQ(rows[1].fault, CsvRow::Fault::quote_not_closed);
  EXPECT_EQ(rows[1].line, 2u);
  EXPECT_EQ(rows[1].text, "\"1,2");
  EXPECT_THAT(rows[2].fields, ElementsAre("3", "4"));
  EXPECT_EQ(rows[2].line, 3u);
  EXPECT_THAT(rows[3].fields, ElementsAre("5", "6"));
  EXPECT_FALSE(rows[3].ended);
}

TEST(Csv, TextAfterAClosingQuoteSpoilsTheRow) {
  const auto rows = rows_of("a,b\n\"1\"x,2\n3,4\n");
  ASSERT_EQ(rows.size(), 3u);
  EXPECT_EQ(rows[1].fault, CsvRow::Fault::text_after_quote);
  EXPECT_EQ(rows[2].fault, CsvRow::Fault::none);
}

TEST(Csv, ARowBeyondTheLimitIsPassedOver) {
  const std::string text = "a,b\n" + std::string(100, 'x') + "\n3,4\n";
  const auto rows = rows_of(text, SIZE_MAX, 10);
  ASSERT_EQ(rows.size(), 3u);
  EXPECT_EQ(rows[1].fault, CsvRow::Fault::too_long);
  EXPECT_THAT(rows[2].fields, ElementsAre("3", "4"));
  EXPECT_EQ(rows[2].line, 3u);
  const auto parts = rows_of(text, 3, 10);
  ASSERT_EQ(parts.size(), 3u);
  EXPECT_EQ(parts[1].fault, CsvRow::Fault::too_long);
  EXPECT_EQ(parts[2].line, 3u);
}

TEST(Csv, AnOpenQuoteBeyondTheLimitSpoilsItsOwnLineOnly) {
  const std::string text = "a,b\n\"1,2\n3,4\n5,6\n7,8\n9,0\n";
  const auto rows = rows_of(text, 1, 12);
  ASSERT_EQ(rows.size(), 6u);
  EXPECT_EQ(rows[1].fault, CsvRow::Fault::quote_not_closed);
  EXPECT_THAT(rows[2].fields, ElementsAre("3", "4"));
  EXPECT_THAT(rows[5].fields, ElementsAre("9", "0"));
  EXPECT_EQ(rows[5].line, 6u);
}

TEST(Csv, HeaderFindsColumnsByName) {
  CsvRow row;
  row.fields = {" Time ", "ICAO-24", "lat"};
  const CsvHeader header(row, {{"latitude", "LAT"}});
  EXPECT_EQ(header.column("time"), 0u);
  EXPECT_EQ(header.column("icao_24"), 1u);
  EXPECT_EQ(header.column("latitude"), 2u);
  EXPECT_FALSE(header.has("longitude"));
  EXPECT_EQ(header.column_of({"address", "icao 24"}), 1u);
  CsvRow values;
  values.fields = {"12:00", " 4b1817 "};
  EXPECT_EQ(header.field(values, "icao-24"), "4b1817");
  EXPECT_EQ(header.field(values, "latitude"), "");
}

RC_GTEST_PROP(Csv, AnyPartsGiveTheSameRows, ()) {
  const auto text = *rc::gen::container<std::string>(rc::gen::element('a', ',', '"', '\n', '\r'));
  const auto part = static_cast<std::size_t>(*rc::gen::inRange(1, 8));
  const std::size_t longest = *rc::gen::element<std::size_t>(1, 5, 9, 1000);
  RC_ASSERT(rows_of(text, SIZE_MAX, longest) == rows_of(text, part, longest));
}

}  // namespace
}  // namespace truce::observations
