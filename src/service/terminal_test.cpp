#include "service/terminal.h"

#include <gtest/gtest.h>

namespace truce::service {
namespace {

TEST(ProgressLine, FitsTheTerminal) {
  for (int columns = 2; columns < 200; ++columns) {
    for (const std::uint64_t done : {0u, 50u, 100u, 150u}) {
      for (const bool utf8 : {false, true}) {
        EXPECT_LT(columns_of(progress_line("reading", done, 100, "B", 10, columns, utf8)), columns);
      }
    }
  }
  EXPECT_EQ(progress_line("reading", 5'000'000, 10'000'000, "B", 10, 60, false),
            "reading ###########...........  50 %  500.0 kB/s  0:10 left");
  EXPECT_EQ(progress_line("reading", 150, 100, "rows", 10, 26, false), "reading 100 %  15 rows/s");
  EXPECT_NE(progress_line("reading", 0, 0, "B", 3, 80, false).find(" 0 %"), std::string::npos);
  EXPECT_EQ(progress_line("reading", 50, 100, "B", 10, 12, false), "reading  50");
  EXPECT_NE(progress_line("reading", 50, 100, "B", 10, 60, true).find("█"), std::string::npos);
}

TEST(ProgressLine, GuessesNoTimeFromTooLittle) {
  const std::string line = progress_line("reading", 50, 100, "B", 0.5, 80, false);
  EXPECT_EQ(line.find("left"), std::string::npos);
}

TEST(Columns, CountWhatIsSeen) {
  EXPECT_EQ(columns_of("abc"), 3);
  EXPECT_EQ(columns_of("حمص"), 3);
  EXPECT_EQ(columns_of("e\u0301"), 1);
  EXPECT_EQ(columns_of("█░"), 2);
}

TEST(Wrapped, BreaksAtSpaces) {
  EXPECT_EQ(wrapped("one two three", 80, ""), "one two three");
  EXPECT_EQ(wrapped("one two three", 7, ""), "one two\nthree");
  EXPECT_EQ(wrapped("one two three", 9, "  "), "one two\n  three");
  EXPECT_EQ(wrapped("unbreakable", 4, " "), "unbreakable");
  EXPECT_EQ(wrapped("", 4, " "), "");
}

TEST(Numbers, ReadWell) {
  EXPECT_EQ(count_text(0), "0");
  EXPECT_EQ(count_text(999), "999");
  EXPECT_EQ(count_text(139'098), "139,098");
  EXPECT_EQ(count_text(1'000'000), "1,000,000");
  EXPECT_EQ(bytes_text(12), "12 B");
  EXPECT_EQ(bytes_text(12'345'678), "12.3 MB");
}

TEST(Styled, IsPlainWhereThereIsNoColour) {
  EXPECT_EQ(styled({}, Style::red, "x"), "x");
  Terminal terminal;
  terminal.colour = true;
  EXPECT_EQ(styled(terminal, Style::red, "x"), "\x1b[1;31mx\x1b[0m");
}

}  // namespace
}  // namespace truce::service
