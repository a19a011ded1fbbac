#include "terms/reading.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <set>
#include <sstream>

#include "terms/agreement_keys.h"
#include "terms/time_zone.h"

namespace truce::terms {
namespace {

using quantities::feet;
using quantities::instant_from;
using quantities::kilometres;

std::string file_text(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

std::string example() {
  return file_text(std::filesystem::path(TRUCE_SOURCE_DIR) / "docs" / "formats" /
                   "agreement.example.toml");
}

std::string told(const base::Problems& problems) {
  std::string all;
  for (const base::Problem& p : problems) all += p.where + ": " + p.message + "\n";
  return all;
}

Agreement read(const std::string& text) {
  Reading reading = read_agreement(text, "agreement.toml");
  EXPECT_EQ(told(reading.problems), "");
  return reading.agreement.value_or(Agreement{});
}

TEST(ReadAgreement, TheCompleteExample) {
  const Reading reading = read_agreement(example(), "agreement.toml");
  ASSERT_TRUE(reading.agreement) << told(reading.problems);
  EXPECT_EQ(told(reading.warnings), "");
  const Agreement& a = *reading.agreement;
  EXPECT_EQ(a.id, "cessation-2016");
  EXPECT_EQ(a.title.at("ar"), "وقف الأعمال العدائية");
  EXPECT_EQ(rfc3339(a.in_force.from), "2016-02-26T22:00:00Z");
  EXPECT_EQ(rfc3339(a.in_force.until), "2016-12-31T22:00:00Z");
  EXPECT_EQ(a.time_zone, "Asia/Damascus");
  EXPECT_EQ(a.co_chairs, (std::vector<std::string>{"us", "ru"}));
  EXPECT_EQ(a.max_gap, quantities::minutes(30));
  EXPECT_EQ(seconds_east_at(a, a.in_force.from), 7200);
  EXPECT_EQ(a.text_digest, base::sha256(example()));

  ASSERT_EQ(a.parties.size(), 3u);
  EXPECT_EQ(a.parties[0].id, "government");
  EXPECT_EQ(a.parties[0].accession->to, "ru");
  EXPECT_EQ(rfc3339(a.parties[0].accession->at), "2016-02-26T10:00:00Z");
  EXPECT_TRUE(a.parties[1].outside);
  EXPECT_EQ(rfc3339(a.parties[2].accession->at), "2016-02-26T08:00:00Z");
  EXPECT_EQ(rfc3339(*a.parties[2].withdrawn), "2016-10-31T22:00:00Z");

  ASSERT_EQ(a.grades.size(), 3u);
  EXPECT_EQ(a.grades[0].id, "concentrated");  // as written, not in alphabetical order
  EXPECT_EQ(a.grades[2].text, "opposition dominant, with possible presence");

  ASSERT_EQ(a.areas.size(), 6u);
  EXPECT_EQ(a.areas[0].id, "A-01");
  EXPECT_EQ(a.areas[0].source.kind, OutlineSource::Kind::corridor);
  EXPECT_EQ(a.areas[0].source.edges, Edges::rhumb);
  EXPECT_EQ(a.areas[0].source.radius, kilometres(5));
  EXPECT_EQ(a.areas[0].source.vertices.size(), 2u);
  EXPECT_EQ(a.areas[0].floor.reference, Reference::ground);
  EXPECT_EQ(a.areas[0].terrain->most, quantities::metres(1100));
  EXPECT_EQ(a.areas[1].source.kind, OutlineSource::Kind::vertices);
  EXPECT_EQ(a.areas[1].source.edges, Edges::geodesic);
  EXPECT_EQ(a.areas[1].floor.reference, Reference::surface);
  EXPECT_EQ(a.areas[1].ceiling.reference, Reference::unlimited);
  EXPECT_EQ(rfc3339(a.areas[1].valid.from), "2016-03-14T22:00:00Z");
  EXPECT_EQ(a.areas[1].valid.until, a.in_force.until);
  EXPECT_EQ(a.areas[2].source.kind, OutlineSource::Kind::circle);
  EXPECT_EQ(a.areas[2].source.edges, Edges::geodesic);
  EXPECT_EQ(a.areas[2].source.radius, kilometres(12));
  EXPECT_EQ(a.areas[2].source.centre, *quantities::point_from_degrees(36.63, 35.93));
  EXPECT_EQ(a.areas[4].source.file, "areas.gpkg");
  EXPECT_EQ(a.areas[4].source.layer, "zones");
  EXPECT_EQ(a.areas[4].source.feature, "A-04");
  EXPECT_EQ(a.areas[5].source.feature, "A-05/east");

  ASSERT_EQ(a.rules.size(), 4u);
  const FlightRule& ban = a.rules[0];
  EXPECT_EQ(ban.id, "4.1");
  EXPECT_EQ(ban.by, std::vector<std::string>{"government"});
  EXPECT_EQ(ban.aircraft, (std::vector{AircraftKind::military, AircraftKind::helicopter}));
  EXPECT_EQ(ban.justifications, std::vector<std::string>{"self-defence"});
  ASSERT_EQ(ban.exceptions.size(), 2u);
  const Exception& medical = ban.exceptions[0];
  EXPECT_EQ(medical.id, "medical");
  EXPECT_EQ(medical.purpose, Purpose::medical_evacuation);
  EXPECT_EQ(medical.notice.kind, NoticeNeed::Kind::before);
  EXPECT_EQ(medical.notice.lead, quantities::hours(2));
  EXPECT_EQ(medical.answer, AnswerNeed::acknowledged);
  EXPECT_EQ(medical.corridor, kilometres(5));
  EXPECT_TRUE(medical.identity);
  EXPECT_TRUE(medical.window);
  EXPECT_EQ(medical.window_tolerance, quantities::minutes(10));
  EXPECT_TRUE(medical.altitude_band);
  const Exception& recovery = ban.exceptions[1];
  EXPECT_EQ(recovery.notice.kind, NoticeNeed::Kind::at_once);
  EXPECT_EQ(recovery.notice.lead, quantities::minutes(30));
  EXPECT_TRUE(recovery.identity);
  EXPECT_FALSE(recovery.window);

  const FlightRule& low = a.rules[2];
  EXPECT_EQ(low.id, "4.2");
  EXPECT_EQ(low.by, (std::vector<std::string>{"government", "opposition"}));  // not nusra
  EXPECT_EQ(low.areas, (std::vector<std::string>{"A-02", "A-03"}));
  EXPECT_EQ(low.below->height, feet(10'000));
  EXPECT_EQ(low.above->height, feet(500));
  ASSERT_EQ(low.when.size(), 2u);
  EXPECT_EQ(low.when[0].weekdays, (std::vector{0, 1, 2, 3, 6}));
  EXPECT_EQ(low.when[0].from_second, 8 * 3600);
  EXPECT_EQ(low.when[0].last_day, (quantities::Date{2016, 11, 30}));
  EXPECT_LT(low.when[1].until_second, low.when[1].from_second);

  ASSERT_EQ(a.undecided.size(), 1u);
  EXPECT_EQ(a.undecided[0].reason, "good faith is for people to judge");
  EXPECT_EQ(a.counting.cut_off_second, 6 * 3600);
  EXPECT_EQ(a.release.delay, quantities::days(7));
  EXPECT_EQ(a.release.coarsening, kilometres(10));
  EXPECT_EQ(a.atmosphere.least_hpa, 980);
  EXPECT_EQ(a.atmosphere.most_isa_deviation_k, 25);
}

TEST(ReadAgreement, AnAmendmentEndsTheVersionBeforeAndKeepsWhatItDoesNotSay) {
  const Agreement a = read(example());
  const Area& before = a.areas[2];
  const Area& after = a.areas[3];
  EXPECT_EQ(before.id, "A-03");
  EXPECT_EQ(after.id, "A-03");
  EXPECT_EQ(before.amendment, "");
  EXPECT_EQ(after.amendment, "1");
  EXPECT_EQ(before.valid.until, after.valid.from);
  EXPECT_EQ(rfc3339(after.valid.from), "2016-05-01T21:00:00Z");
  EXPECT_EQ(after.valid.until, a.in_force.until);
  EXPECT_EQ(before.ceiling.text, "FL245");
  EXPECT_EQ(after.ceiling.text, "FL300");
  EXPECT_EQ(after.grade, before.grade);
  EXPECT_EQ(after.source.radius, before.source.radius);
  EXPECT_EQ(after.source.edges, Edges::geodesic);
  // withdrawn at the moment of the agreement, and nothing takes its place
  EXPECT_EQ(rfc3339(a.areas[0].valid.until), "2016-05-01T09:00:00Z");
  EXPECT_EQ(a.areas[1].id, "A-02");
  EXPECT_EQ(a.rules[2].valid.until, a.rules[3].valid.from);
  EXPECT_EQ(rfc3339(a.rules[3].valid.until), "2016-11-30T22:00:00Z");  // as it was before
  EXPECT_EQ(a.rules[3].below->text, "FL120");
  EXPECT_EQ(a.rules[3].when.size(), 2u);
  EXPECT_EQ(a.rules[1].id, "4.1");
  ASSERT_EQ(a.rules[1].exceptions.size(), 1u);
  EXPECT_EQ(a.rules[1].exceptions[0].id, "medical");
}

TEST(ReadAgreement, TheZoneOfALockIsTakenInsteadOfTheDatabase) {
  const std::vector<ZoneOffset> zone = {{quantities::earliest_instant, 3600}};
  const Reading reading = read_agreement(example(), "agreement.toml", &zone);
  ASSERT_TRUE(reading.agreement);
  EXPECT_EQ(rfc3339(reading.agreement->in_force.from), "2016-02-26T23:00:00Z");
  EXPECT_EQ(reading.agreement->zone_offsets.size(), 1u);
}

// Everything that is needed, with a place for one more line in each table.
std::string with(std::string_view in_agreement, std::string_view rest = "") {
  return "[agreement]\nid = \"a\"\ntitle = \"A\"\nin_force = 2016-02-27T00:00:00\n" +
         std::string(in_agreement) + "\n" + std::string(rest);
}

const std::string ground = R"(time_zone = "Europe/Zurich"
[parties.red]
name = "Red"
[parties.blue]
name = "Blue"
[grades]
high = "High"
[areas.A]
grade = "high"
outline = "areas.geojson#A"
[rules."1"]
clause = "No flight."
prohibits = "flight"
by = ["red"]
in = { grades = ["high"] }
)";  // lines 5 to 19 of what with() makes of it

TEST(ReadAgreement, DefaultsAreThoseOfTheFormat) {
  const Agreement a = read(with(ground));
  EXPECT_EQ(a.title.at("en"), "A");
  EXPECT_EQ(a.in_force.until, quantities::latest_instant);
  EXPECT_EQ(a.evidence_standard.origins, 2);
  EXPECT_EQ(a.compliant_from, 0.8);
  EXPECT_EQ(a.atmosphere.least_hpa, 950);
  EXPECT_FALSE(a.parties[0].accession);
  EXPECT_EQ(a.areas[0].floor.reference, Reference::surface);
  EXPECT_EQ(a.areas[0].ceiling.reference, Reference::unlimited);
  EXPECT_EQ(a.areas[0].source.edges, Edges::straight);
  EXPECT_EQ(a.areas[0].valid, a.in_force);
  EXPECT_TRUE(a.rules[0].aircraft.empty());
  EXPECT_EQ(a.rules[0].valid, a.in_force);
}

TEST(ReadAgreement, LocalTimesThatAreNotClearAreReadAsTheEarlier) {
  const Reading reading =
      read_agreement(with("time_zone = \"Europe/Zurich\"\nuntil = 2024-10-27T02:30:00",
                          "[parties.red]\nname = \"Red\"\nwithdrawn = 2024-03-31T02:30:00\n"),
                     "agreement.toml");
  ASSERT_TRUE(reading.agreement) << told(reading.problems);
  EXPECT_EQ(rfc3339(reading.agreement->in_force.until), "2024-10-27T00:30:00Z");
  EXPECT_EQ(rfc3339(*reading.agreement->parties[0].withdrawn), "2024-03-31T00:30:00Z");
  EXPECT_EQ(told(reading.warnings),
            "agreement.toml:6:9: until: the local time 2024-10-27T02:30:00 occurs twice in "
            "Europe/Zurich, where the clocks change; read as 2024-10-27T00:30:00Z; write it with "
            "its offset to be clear\n"
            "agreement.toml:9:13: withdrawn: the local time 2024-03-31T02:30:00 does not occur in "
            "Europe/Zurich, where the clocks change; read as 2024-03-31T00:30:00Z; write it with "
            "its offset to be clear\n");
}

TEST(ReadAgreement, ADateAloneIsItsFirstMoment) {
  const Reading reading =
      read_agreement(with("time_zone = \"Asia/Damascus\"\nuntil = 2016-12-31"), "agreement.toml");
  ASSERT_TRUE(reading.agreement) << told(reading.problems);
  EXPECT_EQ(rfc3339(reading.agreement->in_force.until), "2016-12-30T22:00:00Z");
  EXPECT_EQ(told(reading.warnings),
            "agreement.toml:6:9: until: a date alone means its first moment, 2016-12-31T00:00:00, "
            "so that this day is not included; write the time to be clear\n");
}

struct Bad {
  std::string text;
  std::string problems;  // every one, a line each
};

void expect_refused(const std::vector<Bad>& cases) {
  for (const Bad& bad : cases) {
    const Reading reading = read_agreement(bad.text, "agreement.toml");
    EXPECT_FALSE(reading.agreement);
    EXPECT_EQ(told(reading.problems), bad.problems) << bad.text;
  }
}

TEST(ReadAgreement, BadFilesAndIdentities) {
  expect_refused({
      {"", "agreement.toml:1:1: agreement is missing\n"},
  });
}

}  // namespace
}  // namespace truce::terms
