#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "observations/affiliation.h"

namespace truce::observations {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

struct Wanted {
  std::string_view address, registration, type, operator_name, category;
  std::optional<bool> military;
  std::uint32_t line;
};

void expect_facts(const RegisterReading& reading, const std::vector<Wanted>& wanted) {
  EXPECT_THAT(reading.rejected, IsEmpty());
  ASSERT_THAT(reading.facts, SizeIs(wanted.size()));
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    const AircraftFacts& f = reading.facts[i];
    EXPECT_EQ(to_string(f.address), wanted[i].address);
    EXPECT_EQ(f.registration, wanted[i].registration) << i;
    EXPECT_EQ(f.type, wanted[i].type) << i;
    EXPECT_EQ(f.operator_name, wanted[i].operator_name) << i;
    EXPECT_EQ(f.category, wanted[i].category) << i;
    EXPECT_EQ(f.military, wanted[i].military) << i;
    EXPECT_EQ(f.evidence, (Evidence{5, wanted[i].line})) << i;
  }
}

TEST(RegisterCsv, Tar1090WithoutAHeader) {
  const auto reading = read_register(
      "004002;Z-WPA;B732;00;BOEING 737-200;;Air Zimbabwe;\n"
      "778123;YK-131;MI8;10;MIL Mi-8;1980;Syrian Air Force;\n"
      "A00001;N1;GLF4;0001;GULFSTREAM;;;\n"
      "A00002;;;;;;;\n",
      5);
  EXPECT_EQ(reading.records, 4u);
  expect_facts(reading, {{"004002", "Z-WPA", "B732", "Air Zimbabwe", "", {}, 1},
                         {"778123", "YK-131", "MI8", "Syrian Air Force", "", true, 2},
                         {"a00001", "N1", "GLF4", "", "", {}, 3}});
}

TEST(RegisterCsv, Tar1090WithAHeader) {
  expect_facts(
      read_register("icao;registration;type;flags;description\n778123;YK-131;MI8;10;MIL Mi-8\n", 5),
      {{"778123", "YK-131", "MI8", "", "", true, 2}});
}

TEST(RegisterCsv, OpenSkyOldHeader) {
  const auto reading = read_register(
      "\"icao24\",\"registration\",\"manufacturericao\",\"manufacturername\",\"model\","
      "\"typecode\","
      "\"serialnumber\",\"linenumber\",\"icaoaircrafttype\",\"operator\",\"operatorcallsign\","
      "\"operatoricao\",\"operatoriata\",\"owner\",\"categoryDescription\"\n"
      "\"778123\",\"YK-AKA\",\"AIRBUS\",\"Airbus\",\"A320, 232\",\"A320\",\"886\",\"\",\"L2J\","
      "\"Syrian Arab Airlines\",\"SYRIANAIR\",\"SYR\",\"RB\",\"Somebody\",\"Large (75000 to 300000 "
      "lbs)\"\n"
      "\"4b1817\",\"HB-ZRS\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"Rega\","
      "\"Rotorcraft\"\n"
      "\"4b1818\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"No ADS-B "
      "Emitter Category "
      "Information\"\n",
      5);
  EXPECT_EQ(reading.records, 3u);
  expect_facts(reading, {{"778123", "YK-AKA", "A320", "Syrian Arab Airlines", "L2J", {}, 2},
                         {"4b1817", "HB-ZRS", "", "Rega", "A7", {}, 3}});
}

TEST(RegisterCsv, OpenSkyInSingleQuotes) {
  const auto reading = read_register(
      "'icao24','timestamp','acars','adsb','categoryDescription','country','icaoAircraftClass',"
      "'operator','owner','registration','typecode'\n"
      "'778123','2020-01-01 00:00:00',0,0,'','Syria','h2t','','Smith, O''Hara','YK-131','MI8'\n"
      "'4b1817','2020',0,0,'High Performance (> 5g acceleration and 400 "
      "kts)','','','','','HB-X',''\n",
      5);
  EXPECT_EQ(reading.records, 2u);
  expect_facts(reading, {{"778123", "YK-131", "MI8", "Smith, O'Hara", "H2T", {}, 2},
                         {"4b1817", "HB-X", "", "", "A6", {}, 3}});
}

TEST(RegisterCsv, OurOwnColumns) {
  const auto reading = read_register(
      "\xEF\xBB\xBF"
      "address,registration,type,operator,category,military\n"
      "778123,YK-131,MI8,Syrian Air Force,H2T,yes\n"
      "778124,YK-AKA,A320,Syrian Arab Airlines,,NO\n"
      "~2a3b4c,,,,A7,unknown\n",
      5);
  expect_facts(reading, {{"778123", "YK-131", "MI8", "Syrian Air Force", "H2T", true, 2},
                         {"778124", "YK-AKA", "A320", "Syrian Arab Airlines", "", false, 3},
                         {"~2a3b4c", "", "", "", "A7", {}, 4}});
}

TEST(RegisterCsv, ARowThatCannotBeReadIsRejectedWithItsReason) {
  const std::string header = "address,registration,military,flags\n";
  const struct {
    std::string_view row, reason;
  } cases[] = {
      {"77812,YK-1,,", "address is not six hexadecimal digits"},
      {",YK-1,,", "address is not six hexadecimal digits"},
      {"77812g,YK-1,,", "address is not six hexadecimal digits"},
      {"000000,YK-1,,", "address 000000 or ffffff belongs to no aircraft"},
      {"FFFFFF,YK-1,,", "address 000000 or ffffff belongs to no aircraft"},
      {"778123,YK-1,perhaps,", "military is not yes, no or unknown"},
      {"778123,YK-1,,12", "flags are not digits 0 and 1"},
      {"778123,YK-1,,,,", "more fields than the header has"},
      {"778123,\"YK-1,,", "quote not closed"},
      {"778123,\xC3(,,", "this line is not UTF-8 text"},
  };
  for (const auto& c : cases) {
    const auto reading = read_register(header + std::string(c.row) + "\n778124,YK-2,,\n", 5);
    ASSERT_THAT(reading.rejected, SizeIs(1)) << c.row;
    EXPECT_EQ(reading.rejected[0].reason, c.reason) << c.row;
    EXPECT_EQ(reading.rejected[0].record, 2u) << c.row;
    EXPECT_EQ(reading.rejected[0].input, 5u) << c.row;
    ASSERT_THAT(reading.facts, SizeIs(1)) << c.row;  // the next row is read all the same
    EXPECT_EQ(reading.facts[0].registration, "YK-2") << c.row;
  }
}

TEST(RegisterCsv, WithoutAnAddressNothingIsTaken) {
  const auto reading = read_register("tail,type\nYK-1,MI8\n", 5);
  EXPECT_THAT(reading.facts, IsEmpty());
  ASSERT_THAT(reading.rejected, SizeIs(2));
  EXPECT_EQ(reading.rejected[0].reason,
            "the header has no column for the address (icao24, icao, hex or address)");
  EXPECT_EQ(reading.rejected[1].reason, "no column for the address");
  EXPECT_EQ(read_register("", 5).records, 0u);
}

TEST(RegisterCsv, ASingleQuoteNeverClosedIsRejected) {
  const auto reading =
      read_register("'icao24','registration'\n'778123','YK-1\n'778124','YK-2'\n", 5);
  ASSERT_THAT(reading.rejected, SizeIs(1));
  EXPECT_EQ(reading.rejected[0].reason, "quote not closed");
  EXPECT_THAT(reading.facts, SizeIs(1));
}

}  // namespace
}  // namespace truce::observations
