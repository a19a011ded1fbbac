#include "observations/notices.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace truce::observations {
namespace {

using base::Problem;
using quantities::Point;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr std::string_view toml = R"(complete = [
  { from = 2016-03-02T00:00:00Z, until = 2016-03-03T00:00:00Z },
  { from = 2016-03-01T00:00:00Z, until = 2016-03-02T00:00:00Z },
  { from = 2016-03-05T02:00:00+02:00, until = 2016-03-06T00:00:00Z },
]

[notices.N-17]
party      = "government"
purpose    = "medical evacuation"
item_18    = ["STS/MEDEVAC HEAD", "hosp"]
address    = "778123"
addresses  = ["778124", "~2a3b4c"]
registration = "YK-123"
call_signs = ["SYR901", "SYR902"]
from       = 2016-03-01T12:00:00Z
until      = 2016-03-01T15:00:00+02:00
route      = ["33.5 N 36.3 E", "35.9, 36.6"]
lowest     = "2000 ft"
highest    = "6000 ft MSL"
steps = [
  { kind = "acknowledged", at = 2016-03-01T10:05:00Z, by = "us" },
  { kind = "notified", at = 2016-03-01T09:00:00Z, by = "government" },
]

[notices.N-05]
party   = "ru"
item_18 = "STS/SAR"
call_sign = "RFF*"
highest = "FL100"
)";

TEST(Notices, EveryKeyOfTomlIsRead) {
  const auto reading = read_notices(toml, "notices.toml", 4);
  EXPECT_THAT(reading.problems, IsEmpty());
  EXPECT_THAT(reading.warnings, IsEmpty());
  ASSERT_THAT(reading.ledger.notices, SizeIs(2));
  EXPECT_EQ(reading.ledger.notices[0].id, "N-05");  // by id
  EXPECT_EQ(reading.ledger.notices[0].height_reference, "pressure");
  EXPECT_EQ(reading.ledger.notices[0].highest, quantities::feet(10'000));
  EXPECT_FALSE(reading.ledger.notices[0].lowest);
  EXPECT_FALSE(reading.ledger.notices[0].from);
  const Notice& n = reading.ledger.notices[1];
  EXPECT_EQ(n.id, "N-17");
  EXPECT_EQ(n.party, "government");
  EXPECT_EQ(n.purpose, "medical evacuation");
  EXPECT_THAT(n.item_18, ElementsAre("MEDEVAC", "HEAD", "HOSP"));
  EXPECT_THAT(n.addresses, ElementsAre(*address_from("778123"), *address_from("778124"),
                                       *address_from("~2a3b4c")));
  EXPECT_THAT(n.registrations, ElementsAre("YK-123"));
  EXPECT_THAT(n.call_signs, ElementsAre("SYR901", "SYR902"));
  EXPECT_EQ(rfc3339(*n.from), "2016-03-01T12:00:00Z");
  EXPECT_EQ(rfc3339(*n.until), "2016-03-01T13:00:00Z");
  EXPECT_THAT(n.route,
              ElementsAre(Point{363'000'000, 335'000'000}, Point{366'000'000, 359'000'000}));
  EXPECT_EQ(n.lowest, quantities::feet(2000));
  EXPECT_EQ(n.highest, quantities::feet(6000));
  EXPECT_EQ(n.height_reference, "msl");
  ASSERT_THAT(n.steps, SizeIs(2));  // by time
  EXPECT_EQ(n.steps[0].kind, NoticeStep::Kind::notified);
  EXPECT_EQ(n.steps[1].kind, NoticeStep::Kind::acknowledged);
  EXPECT_EQ(n.steps[1].by, "us");
  EXPECT_EQ(rfc3339(n.steps[1].at), "2016-03-01T10:05:00Z");
  EXPECT_EQ(n.where, "notices.toml:7:1");
  EXPECT_EQ(n.evidence, (Evidence{4, 7}));
}

TEST(Notices, CompletePeriodsAreJoinedAndTheirEndIsOutside) {
  const auto ledger = read_notices(toml, "notices.toml", 0).ledger;
  ASSERT_THAT(ledger.complete, SizeIs(2));
  const struct {
    std::string_view at;
    bool complete;
  } cases[] = {
      {"2016-02-29T23:59:59Z", false}, {"2016-03-01T00:00:00Z", true},
      {"2016-03-02T00:00:00Z", true},  {"2016-03-02T23:59:59.999999Z", true},
      {"2016-03-03T00:00:00Z", false}, {"2016-03-04T00:00:00Z", false},
      {"2016-03-05T00:00:00Z", true},  {"2016-03-06T00:00:00Z", false},
  };
  for (const auto& c : cases)
    EXPECT_EQ(ledger.is_complete_at(*quantities::instant_from(c.at)), c.complete) << c.at;
  EXPECT_FALSE(Ledger{}.is_complete_at(quantities::Instant{}));
}

constexpr std::string_view csv =
    "id,party,purpose,item_18,address,registration,call_sign,from,until,route,lowest,highest,"
    "notified_at,notified_by,acknowledged_at,acknowledged_by,denied_at,denied_by\n"
    "N-17,government,medical evacuation,STS/MEDEVAC,778123;778124,YK-123,SYR901|SYR902,"
    "2016-03-01T12:00:00Z,2016-03-01T13:00:00Z,33.5 N 36.3 E; 35.9 N 36.6 E,SFC,FL100,"
    "2016-03-01T09:00:00Z,government,2016-03-01T10:05:00Z,us,,\n"
    "complete,,,,,,,2016-03-01T00:00:00Z,2016-03-02T00:00:00Z,,,,,,,,,\n"
    "\n"
    "N-18,ru,,SAR,,,RFF1,,,,,,,,,,,\n";

TEST(Notices, EveryColumnOfCsvIsRead) {
  const auto reading = read_notices(csv, "notices.csv", 2);
  EXPECT_THAT(reading.problems, IsEmpty());
  EXPECT_THAT(reading.warnings, IsEmpty());
  ASSERT_THAT(reading.ledger.notices, SizeIs(2));
  const Notice& n = reading.ledger.notices[0];
  EXPECT_THAT(n.addresses, ElementsAre(*address_from("778123"), *address_from("778124")));
  EXPECT_THAT(n.call_signs, ElementsAre("SYR901", "SYR902"));
  EXPECT_THAT(n.item_18, ElementsAre("MEDEVAC"));
  EXPECT_THAT(n.route, SizeIs(2));
  EXPECT_FALSE(n.lowest);  // from the ground up
  EXPECT_EQ(n.highest, quantities::feet(10'000));
  EXPECT_EQ(n.height_reference, "pressure");
  ASSERT_THAT(n.steps, SizeIs(2));
  EXPECT_EQ(to_string(n.steps[1].kind), "acknowledged");
  EXPECT_EQ(n.steps[1].by, "us");
  EXPECT_EQ(n.evidence, (Evidence{2, 2}));
  EXPECT_EQ(n.where, "notices.csv:2");
  EXPECT_EQ(reading.ledger.notices[1].where, "notices.csv:5");
  EXPECT_TRUE(reading.ledger.is_complete_at(*quantities::instant_from("2016-03-01T23:59:59Z")));
  EXPECT_FALSE(reading.ledger.is_complete_at(*quantities::instant_from("2016-03-02T00:00:00Z")));
}

TEST(Notices, TheTwoFormatsAreToldApartByContent) {
  EXPECT_THAT(read_notices("", "n", 0).problems, IsEmpty());
  EXPECT_THAT(read_notices("# nothing filed yet\n", "n", 0).problems, IsEmpty());
  EXPECT_THAT(read_notices("\xEF\xBB\xBFid;party;call_sign;item_18\nN;ru;RFF1;SAR\n", "n", 0)
                  .ledger.notices,
              SizeIs(1));
  EXPECT_THAT(
      read_notices("\"party\"\t\"ID\"\t\"call sign\"\t\"item-18\"\nru\tN\tRFF1\tSAR\n", "n", 0)
          .ledger.notices,
      SizeIs(1));
}

constexpr std::string_view good_start =
    "[notices.N]\nparty = \"ru\"\nitem_18 = \"SAR\"\ncall_sign = \"R1\"\n";

TEST(Notices, EveryProblemOfTomlHasItsPlaceAndItsNoticeIsLeftOut) {
  const struct {
    std::string_view rest;
    Problem problem;
  } cases[] = {
      {"from = 2016-03-01T12:00:00\n",
       {"n.toml:5:8",
        "from: expected a time with an offset, such as 2016-02-27T10:00:00Z, of the years 1900 to "
        "2199, found 2016-03-01T12:00:00 (no offset)"}},
      {"from = 2016-03-01T12:00:00Z\nuntil = 2016-03-01T12:00:00Z\n",
       {"n.toml:6:9",
        "notice N: until: 2016-03-01T12:00:00Z is not after from, 2016-03-01T12:00:00Z"}},
      {"addresses = [\"7781234\"]\n",
       {"n.toml:5:13", "notice N: address: expected six hexadecimal digits, found '7781234'"}},
      {"route = [\"33 N 36 E\", \"Aleppo\"]\n",
       {"n.toml:5:9",
        "notice N: route: expected a place such as \"33.5 N 36.3 E\", found 'Aleppo'"}},
      {"route = [\"33 N 36 E\"]\n",
       {"n.toml:5:9", "notice N: route: one place makes no route; give at least two"}},
      {"lowest = \"2000 ft\"\n",
       {"n.toml:5:10",
        "notice N: lowest: above what? Write FL, MSL or AGL, as in \"2000 ft MSL\""}},
      {"highest = \"very high\"\n",
       {"n.toml:5:11",
        "notice N: highest: expected a height such as \"FL100\", \"2000 ft MSL\" or \"500 ft "
        "AGL\", "
        "found 'very high'"}},
      {"lowest = \"500 ft AGL\"\nhighest = \"FL100\"\n",
       {"n.toml:6:11",
        "notice N: lowest and highest are measured from different zeros (agl and pressure); give "
        "both above the same"}},
      {"lowest = \"5000 ft\"\nhighest = \"FL040\"\n",
       {"n.toml:6:11", "notice N: highest: 4,000 ft is below lowest, 5,000 ft"}},
      {"steps = [{ kind = \"aknowledged\", at = 2016-03-01T10:00:00Z }]\n",
       {"n.toml:5:19",
        "kind: expected notified, acknowledged, agreed, denied, alternative, flown, closed or "
        "withdrawn, found 'aknowledged'; did you mean 'acknowledged'?"}},
      {"steps = [{ kind = \"agreed\" }]\n", {"n.toml:5:10", "[steps] at is missing"}},
      {"calsign = \"x\"\n",
       {"n.toml:5:1", "unknown key 'calsign' in [notices.N]; did you mean 'call_sign'?"}},
  };
  for (const auto& bad : cases) {
    const auto reading = read_notices(std::string(good_start) + std::string(bad.rest), "n.toml", 0);
    EXPECT_THAT(reading.problems, ElementsAre(bad.problem)) << bad.rest;
    EXPECT_THAT(reading.ledger.notices, IsEmpty()) << bad.rest;
  }
  EXPECT_THAT(
      read_notices("[notices.N]\nitem_18 = \"SAR\"\ncall_sign = \"R\"\n", "n.toml", 0).problems,
      ElementsAre(Problem{"n.toml:1:1", "[notices.N] party is missing"}));
  EXPECT_THAT(read_notices("complete = [{ from = 2016-03-01T12:00:00Z }]\n", "n.toml", 0).problems,
              ElementsAre(Problem{"n.toml:1:13", "[complete] until is missing"}));
  EXPECT_THAT(read_notices("complete = [{ from = 2016-03-02T00:00:00Z, until = "
                           "2016-03-01T00:00:00Z }]\n",
                           "n.toml", 0)
                  .problems,
              ElementsAre(Problem{
                  "n.toml:1:52",
                  "complete: until 2016-03-01T00:00:00Z is not after from, 2016-03-02T00:00:00Z"}));
}

TEST(Notices, EveryProblemOfCsvHasItsLine) {
  const std::string header = "id,party,item_18,call_sign,address,from,until,lowest,agreed_at\n";
  const struct {
    std::string_view row;
    Problem problem;
  } cases[] = {
      {",ru,SAR,R1,,,,,", {"n.csv:2", "id is missing"}},
      {"N,,SAR,R1,,,,,", {"n.csv:2", "notice N: party is missing"}},
      {"N,ru,SAR,R1,xyz,,,,",
       {"n.csv:2", "notice N: address: expected six hexadecimal digits, found 'xyz'"}},
      {"N,ru,SAR,R1,,2016-03-01 12:00,,,",
       {"n.csv:2",
        "notice N: from: expected a time with an offset, such as 2016-02-27T10:00:00Z, found "
        "'2016-03-01 12:00'"}},
      {"N,ru,SAR,R1,,,,,,,", {"n.csv:2", "notice N: 11 fields, the header has 9"}},
      {"N,ru,\"SAR,R1", {"n.csv:2", "quote not closed"}},
      {"complete,,,,,2016-03-01T12:00:00Z,,,",
       {"n.csv:2", "complete: from and until are both needed"}},
      {"N,\xC3(,SAR,R1,,,,,", {"n.csv:2", "this line is not UTF-8 text; save the file as UTF-8"}},
  };
  for (const auto& bad : cases) {
    const auto reading = read_notices(header + std::string(bad.row) + "\n", "n.csv", 0);
    EXPECT_THAT(reading.problems, ElementsAre(bad.problem)) << bad.row;
    EXPECT_THAT(reading.ledger.notices, IsEmpty()) << bad.row;
  }
}

TEST(Notices, TheSecondOfOneIdIsAProblem) {
  const auto reading = read_notices(
      "id,party,item_18,call_sign\nN,ru,SAR,R1\nM,ru,SAR,R2\nN,us,SAR,R3\n", "n.csv", 0);
  EXPECT_THAT(reading.problems,
              ElementsAre(Problem{"n.csv:4", "notice N: the same id was given at n.csv:2"}));
  ASSERT_THAT(reading.ledger.notices, SizeIs(2));
  EXPECT_EQ(reading.ledger.notices[1].party, "ru");
}

TEST(Notices, ContradictionsAreWarningsAndTheNoticeStays) {
  const struct {
    std::string_view rest;
    Problem warning;
  } cases[] = {
      {"steps = [{ kind = \"notified\", at = 2016-03-01T10:00:00Z }, { kind = \"acknowledged\", at "
       "= "
       "2016-03-01T09:00:00Z }]\n",
       {"n.toml:5:9",
        "notice N: acknowledged at 2016-03-01T09:00:00Z, before it was notified at "
        "2016-03-01T10:00:00Z"}},
      {"steps = [{ kind = \"agreed\", at = 2016-03-01T10:00:00Z }]\n",
       {"n.toml:5:9", "notice N: agreed at 2016-03-01T10:00:00Z but never notified"}},
      {"steps = [{ kind = \"notified\", at = 2016-03-01T09:00:00Z }, { kind = \"agreed\", at = "
       "2016-03-01T10:00:00Z }, { kind = \"denied\", at = 2016-03-01T10:00:00Z }]\n",
       {"n.toml:5:9", "notice N: both agreed and denied at 2016-03-01T10:00:00Z"}},
      {"purpose = \"medical evacuations\"\n",
       {"n.toml:5:11",
        "notice N: purpose: expected medical evacuation, personnel recovery, humanitarian or "
        "search "
        "and rescue, found 'medical evacuations'; did you mean 'medical evacuation'?"}},
  };
  for (const auto& c : cases) {
    const auto reading = read_notices(std::string(good_start) + std::string(c.rest), "n.toml", 0);
    EXPECT_THAT(reading.problems, IsEmpty()) << c.rest;
    EXPECT_THAT(reading.warnings, ElementsAre(c.warning)) << c.rest;
    EXPECT_THAT(reading.ledger.notices, SizeIs(1)) << c.rest;
  }
  const auto bare = read_notices("[notices.N]\nparty = \"ru\"\n", "n.toml", 0);
  EXPECT_THAT(
      bare.warnings,
      ElementsAre(Problem{"n.toml:1:1",
                          "notice N: it names no aircraft (address, registration or "
                          "call_sign)"},
                  Problem{"n.toml:1:1", "notice N: it names no purpose (purpose or item_18)"}));
  const auto typo = read_notices(
      "[notices.N]\nparty = \"ru\"\ncall_sign = \"R1\"\nitem_18 = \"STS/MEDVAC\"\n", "n.toml", 0);
  ASSERT_THAT(typo.warnings, SizeIs(1));
  EXPECT_THAT(typo.warnings[0].message, ::testing::EndsWith("did you mean 'MEDEVAC'?"));
  const auto column = read_notices("id,party,item_18,callsign,remarks\nN,ru,SAR,R1,\n", "n.csv", 0);
  EXPECT_THAT(
      column.warnings,
      ElementsAre(
          Problem{"n.csv:1", "unknown column 'callsign' is not read; did you mean 'call_sign'?"},
          Problem{"n.csv:1", "unknown column 'remarks' is not read"},
          Problem{"n.csv:2",
                  "notice N: it names no aircraft (address, registration or "
                  "call_sign)"}));
}

TEST(Notices, EveryWordOfItem18IsKept) {
  for (const char* word : {"ALTRV", "ATFMX", "FFR", "FLTCK", "HAZMAT", "HEAD", "HOSP", "HUM",
                           "MARSA", "MEDEVAC", "NONRNP", "NONRVSM", "SAR", "STATE"}) {
    const auto reading =
        read_notices("[notices.N]\nparty = \"ru\"\ncall_sign = \"R1\"\nitem_18 = \"STS/" +
                         std::string(word) + "\"\n",
                     "n.toml", 0);
    EXPECT_THAT(reading.warnings, IsEmpty()) << word;
    ASSERT_THAT(reading.ledger.notices, SizeIs(1)) << word;
    EXPECT_THAT(reading.ledger.notices[0].item_18, ElementsAre(word));
  }
}

}  // namespace
}  // namespace truce::observations
