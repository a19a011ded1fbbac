#include "terms/reading.h"

#include <gtest/gtest.h>
#include <simdjson.h>

#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "base/places_test_case.h"
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
  return file_text(base::source_folder() / "docs" / "formats" / "agreement.example.toml");
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

// In Damascus the clocks went forward on 25 March 2016, at the beginning of the day.
TEST(ReadAgreement, DeadlinesCountFromTheEntryIntoForce) {
  const std::string terms = R"([parties.red]
name = "Red"
withdrawn = "D+36 h"
[grades]
high = "High"
[areas.A]
grade = "high"
outline = "areas.geojson#A"
from = "D+1 day"
until = " d + 30 days "
[rules."1"]
clause = "No flight."
prohibits = "flight"
by = ["red"]
in = { grades = ["high"] }
until = "D+720 h"
[amendments."1"]
agreed = 2016-03-01T00:00:00
[amendments."1".rules."1"]
from = "D+10 days"
)";
  const Reading reading = read_agreement(
      with("time_zone = \"Asia/Damascus\"\nuntil = \"D+60 days\"", terms), "agreement.toml");
  ASSERT_TRUE(reading.agreement) << told(reading.problems);
  const Agreement& a = *reading.agreement;
  EXPECT_EQ(rfc3339(a.in_force.until), "2016-04-26T21:00:00Z");
  EXPECT_EQ(rfc3339(*a.parties[0].withdrawn), "2016-02-28T10:00:00Z");
  EXPECT_EQ(rfc3339(a.areas[0].valid.from), "2016-02-27T22:00:00Z");
  EXPECT_EQ(rfc3339(a.areas[0].valid.until), "2016-03-27T21:00:00Z");  // midnight in summer time
  EXPECT_EQ(rfc3339(a.rules[0].valid.until), "2016-03-07T22:00:00Z");
  EXPECT_EQ(rfc3339(a.rules[1].valid.until), "2016-03-27T22:00:00Z");  // 720 hours, to the second
  EXPECT_EQ(told(reading.deadlines),
            "agreement.toml:6:9: the agreement, until: \"D+60 days\" is 2016-04-27T00:00:00 in "
            "Asia/Damascus, 2016-04-26T21:00:00Z\n"
            "agreement.toml:9:13: party red, withdrawn: \"D+36 h\" is 2016-02-28T12:00:00 in "
            "Asia/Damascus, 2016-02-28T10:00:00Z\n"
            "agreement.toml:15:8: area A, from: \"D+1 day\" is 2016-02-28T00:00:00 in "
            "Asia/Damascus, 2016-02-27T22:00:00Z\n"
            "agreement.toml:16:9: area A, until: \" d + 30 days \" is 2016-03-28T00:00:00 in "
            "Asia/Damascus, 2016-03-27T21:00:00Z\n"
            "agreement.toml:22:9: rule 1, until: \"D+720 h\" is 2016-03-28T01:00:00 in "
            "Asia/Damascus, 2016-03-27T22:00:00Z\n"
            "agreement.toml:26:8: amendment 1, 1, from: \"D+10 days\" is 2016-03-08T00:00:00 in "
            "Asia/Damascus, 2016-03-07T22:00:00Z\n");
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

// The ground with one thing changed.
std::string changed(std::string_view from, std::string_view to) {
  std::string text = with(ground);
  return text.replace(text.find(from), from.size(), to);
}

TEST(ReadAgreement, BadFiles) {
  expect_refused({
      {"", "agreement.toml:1:1: the table [agreement] is missing\n"},
      {R"([agreement
)",
       "agreement.toml:1:11: this is not valid TOML: Error while parsing table header: expected "
       "']', saw '\\n'\n"},
      {R"(x = 
)",
       "agreement.toml:1:5: this is not valid TOML: Error while parsing key-value pair: expected "
       "value, saw '\\n'\n"},
      {std::string("[agreement]\ntitle = \"\xff\"\n"),
       "agreement.toml:2:10: this is not UTF-8 text; save the file as UTF-8\n"},
      {std::string(300, '['), "agreement.toml:1: brackets or keys are nested more than 200 deep\n"},
      {R"(agreement = 3
)",
       "agreement.toml:1:13: agreement: expected a table, found an integer\n"},
      {R"([agreement]
id = "a"
id = "b"
)",
       "agreement.toml:3:6: this is not valid TOML: Error while parsing key-value pair: cannot "
       "redefine existing string 'id'\n"},
  });
}

TEST(ReadAgreement, BadDeadlines) {
  const auto told_of = [](const std::string& until) {
    return told(read_agreement(with("until = " + until), "agreement.toml").problems);
  };
  for (const char* until : {"\"D-5 days\"", "\"D+5\"", "\"5 days\"", "\"2016-12-31\"", "\"D+x h\""})
    EXPECT_NE(told_of(until).find("agreement.toml:5:9: until: '"), std::string::npos) << until;
  EXPECT_NE(told_of("\"D+100000 days\"").find("is after the year 2199"), std::string::npos);
  EXPECT_NE(told_of("\"D+0 days\"").find("is not after the beginning"), std::string::npos);
  EXPECT_EQ(told_of("\"\""), "agreement.toml:5:9: until is an empty text\n");
  // Counted from what is not known, a deadline adds no complaint of its own.
  const auto lost = read_agreement("[agreement]\nid = \"a\"\ntitle = \"A\"\nuntil = \"D+5 days\"\n",
                                   "agreement.toml");
  EXPECT_EQ(told(lost.problems), "agreement.toml:1:1: [agreement] in_force is missing\n");
}

TEST(ReadAgreement, BadIdentity) {
  expect_refused({
      {R"([agreement]
)",
       "agreement.toml:1:1: [agreement] id is missing\n"
       "agreement.toml:1:1: [agreement] title is missing\n"
       "agreement.toml:1:1: [agreement] in_force is missing\n"},
      {changed(R"(id = "a")", "id = 7"),
       "agreement.toml:2:6: id: expected a text, found an integer\n"},
      {changed(R"(id = "a")", R"(id = "  ")"), "agreement.toml:2:6: id is an empty text\n"},
      {changed(R"(title = "A")", R"(title = { en = "A", "x!" = "B" })"),
       "agreement.toml:3:28: 'x!' is no language tag; expected one such as 'en', 'ar' or "
       "'zh-Hant'\n"},
      {changed(R"(title = "A")", "title = {}"), "agreement.toml:3:9: title is an empty table\n"},
      {changed(R"(title = "A")", R"(titel = "A")"),
       "agreement.toml:1:1: [agreement] title is missing\n"
       "agreement.toml:3:1: unknown key 'titel' in [agreement]; did you mean 'title'?\n"},
      {changed("2016-02-27T00:00:00", R"("2016-02-27")"),
       "agreement.toml:4:12: in_force: expected a date and time such as 2016-02-27T00:00:00 (no "
       "quotes), found a text\n"},
      {changed("2016-02-27T00:00:00", "1850-01-01T00:00:00"),
       "agreement.toml:4:12: in_force: 1850-01-01T00:00:00 is outside the years 1900 to 2199 that "
       "are understood\n"},
      {changed("2016-02-27T00:00:00", "2202-01-01T00:00:00Z"),
       "agreement.toml:4:12: in_force: 2202-01-01T00:00:00 is outside the years 1900 to 2199 that "
       "are understood\n"},
      {changed(R"("Europe/Zurich")", R"("Europe/Zurch")"),
       "agreement.toml:5:13: time_zone: 'Europe/Zurch' is no zone of the IANA time-zone database; "
       "did you mean 'Europe/Zurich'?\n"},
      {changed(R"("Europe/Zurich")", R"("Mars")"),
       "agreement.toml:5:13: time_zone: 'Mars' is no zone of the IANA time-zone database\n"},
      {with("until = 2016-02-27T00:00:00"),
       "agreement.toml:5:9: until: 2016-02-27T00:00:00Z is not after the beginning, "
       "2016-02-27T00:00:00Z\n"},
      {with("co_chairs = [\"us\", 3]"),
       "agreement.toml:5:13: co_chairs: expected a text or an array of texts, found an array\n"},
      {with("co_chairs = [\"us\", \"us\"]"), "agreement.toml:5:20: co_chairs names 'us' twice\n"},
      {with("max_gap = \"soon\""),
       "agreement.toml:5:11: max_gap: 'soon' is no duration; expected one such as \"90 s\", \"30 "
       "min\", \"2 h\" or \"5 days\"\n"},
      {with("max_gap = \"0 s\""),
       "agreement.toml:5:11: max_gap: a gap must be longer than nothing\n"},
  });
}

TEST(ReadAgreement, BadParties) {
  expect_refused({
      {with(ground, R"([parties.green]
)"),
       "agreement.toml:21:1: [parties.green] name is missing\n"},
      {with(ground, R"([parties.green]
name = "Green"
acceded = "yesterday"
)"),
       "agreement.toml:23:11: acceded: expected a date and time such as 2016-02-27T00:00:00 (no "
       "quotes), found a text\n"},
      {with(ground, R"([parties.green]
name = "Green"
acceded = { to = "un" }
)"),
       "agreement.toml:23:11: [parties.green.acceded] at is missing\n"},
      {with(ground, R"([parties.green]
name = "Green"
acceded = 2016-03-01T00:00:00
withdrawn = 2016-03-01T00:00:00
)"),
       "agreement.toml:24:13: withdrawn: 2016-02-29T23:00:00Z is not after the accession, "
       "2016-02-29T23:00:00Z\n"},
      {with(ground, R"([parties.green]
name = "Green"
outside = true
acceded = 2016-03-01T00:00:00
)"),
       "agreement.toml:23:11: outside: green cannot be outside the agreement and have acceded to "
       "it or withdrawn from it\n"},
      {with(ground, R"([parties.green]
name = "Green"
guarantors = ["bleu"]
)"),
       "agreement.toml:23:15: guarantors: 'bleu' is not in [parties] or co_chairs; did you mean "
       "'blue'?\n"},
      {with(ground, R"([parties.green]
name = "Green"
guarantors = "green"
)"),
       "agreement.toml:23:14: guarantors: green cannot answer for itself\n"},
      {with(ground, R"([parties.green]
name = "Green"
outside = "yes"
)"),
       "agreement.toml:23:11: outside: expected true or false, found a text\n"},
      {changed("[parties.blue]", R"([parties."all parties"])"),
       "agreement.toml:8:1: 'all parties' cannot be the id of a party\n"},
      {changed("[parties.blue]", R"([parties.""])"),
       "agreement.toml:8:1: an id must be 1 to 100 bytes long, without control characters or "
       "spaces around it\n"},
  });
}

TEST(ReadAgreement, LimitsAndEdgesOfTheFile) {
  const auto area = [](const std::string& lines) {
    const Reading reading =
        read_agreement(changed(R"("areas.geojson#A")", lines), "agreement.toml");
    EXPECT_TRUE(reading.agreement) << told(reading.problems);
    return reading.agreement ? reading.agreement->areas[0] : Area();
  };
  const Area left_out = area(R"("a.txt#A")");
  EXPECT_EQ(left_out.floor_origin, LimitOrigin::left_out);
  EXPECT_EQ(left_out.source.edges, Edges::straight);
  const Area stated = area("\"a.txt#A\"\nfloor = \"FL50\"\nceiling = \"File\"");
  EXPECT_EQ(stated.floor_origin, LimitOrigin::agreement);
  EXPECT_EQ(stated.ceiling_origin, LimitOrigin::file);
  EXPECT_EQ(area(R"("a.xml#A")").source.edges, Edges::as_filed) << "AIXM says so itself";
  EXPECT_EQ(area("\"a.xml#A\"\nedges = \"rhumb\"").source.edges, Edges::rhumb);
  expect_refused({
      {changed(R"("areas.geojson#A")",
               "{ circle = [\"35 N 36 E\", \"5 km\"] }\nfloor = \"file\"\nedges = \"file\""),
       "agreement.toml:15:9: floor: only an outline that is in a file has a floor there\n"
       "agreement.toml:16:9: edges: only an outline that is in a file has edges there\n"
       "agreement.toml:16:9: edges: a circle is all within a geodesic distance of its centre; "
       "leave 'edges' out\n"},
  });
}

TEST(ReadAgreement, BadAreas) {
  const std::string endings =
      ".geojson, .json, .kml, .kmz, .gpkg, .shp, .txt, .openair, .air, .xml, .aixm, .gml or .zip";
  expect_refused({
      {with(ground, R"([areas.B]
)"),
       "agreement.toml:21:1: [areas.B] grade is missing\n"
       "agreement.toml:21:1: [areas.B] outline is missing\n"},
      {changed(R"(grade = "high")", R"(grade = "hihg")"),
       "agreement.toml:13:9: grade: 'hihg' is not in [grades]; did you mean 'high'?\n"},
      {changed(R"(grade = "high")", R"(garde = "high")"),
       "agreement.toml:12:1: [areas.A] grade is missing\n"
       "agreement.toml:13:1: unknown key 'garde' in [areas.A]; did you mean 'grade'?\n"},
      {changed(R"("areas.geojson#A")", R"("A")"),
       "agreement.toml:14:11: outline: 'A' names no file of outlines; expected a form such as "
       "\"areas.geojson#A-03\" (" +
           endings + "), or { circle = [\"35.93 N 36.63 E\", \"12 km\"] }\n"},
      {changed(R"("areas.geojson#A")", R"("areas.geojson#")"),
       "agreement.toml:14:11: outline: 'areas.geojson#' names no file of outlines; expected a form "
       "such as "
       "\"areas.geojson#A-03\" (" +
           endings + "), or { circle = [\"35.93 N 36.63 E\", \"12 km\"] }\n"},
      {changed(R"("areas.geojson#A")", R"("areas.doc#A")"),
       "agreement.toml:14:11: outline: 'areas.doc#A' names no file of outlines; expected a form "
       "such as "
       "\"areas.geojson#A-03\" (" +
           endings + "), or { circle = [\"35.93 N 36.63 E\", \"12 km\"] }\n"},
      {changed(R"("areas.geojson#A")", "3"),
       "agreement.toml:14:11: outline: expected a text, found an integer\n"},
      {changed(R"("areas.geojson#A")", R"({ circle = ["35.93 N 36.63 E"] })"),
       "agreement.toml:14:22: circle: expected a centre and a radius: [\"35.93 N 36.63 E\", \"12 "
       "km\"]\n"},
      {changed(R"("areas.geojson#A")", R"({ circle = ["95 N 36.63 E", "12"] })"),
       "agreement.toml:14:23: circle: '95 N 36.63 E' is no place; expected one such as \"35.93 N "
       "36.63 E\"\n"
       "agreement.toml:14:39: circle: '12' is no radius; expected one such as \"12 km\" or \"5 "
       "NM\"\n"},
      {changed(R"("areas.geojson#A")", R"({ circle = ["35 N 36.63 E", "12 km"], width = "3 km" })"),
       "agreement.toml:14:57: width: only a corridor has a width\n"},
      {changed(R"("areas.geojson#A")", R"({ corridor = ["35 N 36 E"], width = "0 km" })"),
       "agreement.toml:14:24: corridor: expected at least 2 places, found 1\n"
       "agreement.toml:14:47: width: '0 km' is not more than nothing\n"},
      {changed(R"("areas.geojson#A")", R"({ corridor = ["35 N 36 E", "36 N 36 E"] })"),
       "agreement.toml:14:11: [areas.A.outline] width is missing\n"},
      {changed(R"("areas.geojson#A")", R"({ vertices = ["35 N 36 E", "north"] })"),
       "agreement.toml:14:24: vertices: expected at least 3 places, found 2\n"
       "agreement.toml:14:38: vertices: 'north' is no place; expected one such as \"35.93 N 36.63 "
       "E\"\n"},
      {changed(R"("areas.geojson#A")", R"({ file = "a.doc", layer = 2 })"),
       "agreement.toml:14:20: file: 'a.doc' is no file of outlines; expected " + endings +
           "\n"
           "agreement.toml:14:37: layer: expected a text, found an integer\n"},
      {changed(R"("areas.geojson#A")", R"({ width = "1 km" })"),
       "agreement.toml:14:11: an outline is one of 'file', 'circle', 'corridor' and 'vertices'; "
       "found none\n"},
      {changed(R"("areas.geojson#A")",
               R"({ circle = ["35 N 36 E", "1 km"], file = "x", feature = "y" })"),
       "agreement.toml:14:11: an outline is one of 'file', 'circle', 'corridor' and 'vertices'; "
       "found several\n"},
      {changed(R"("areas.geojson#A")", R"({ cirle = ["35 N 36 E", "1 km"] })"),
       "agreement.toml:14:11: an outline is one of 'file', 'circle', 'corridor' and 'vertices'; "
       "found none\n"
       "agreement.toml:14:13: unknown key 'cirle' in [areas.A.outline]; did you mean 'circle'?\n"},
      {changed(R"("areas.geojson#A")", R"("/etc/areas.geojson#A")"),
       "agreement.toml:14:11: outline: '/etc/areas.geojson' is not a file of the case folder; "
       "expected a relative path without '..', such as \"areas.geojson\"\n"},
      {changed(R"("areas.geojson#A")", R"("../areas.geojson#A")"),
       "agreement.toml:14:11: outline: '../areas.geojson' is not a file of the case folder; "
       "expected a relative path without '..', such as \"areas.geojson\"\n"},
      {changed(R"("areas.geojson#A")", R"("https://example.org/areas.geojson#A")"),
       "agreement.toml:14:11: outline: 'https://example.org/areas.geojson' is not a file of the "
       "case folder; expected a relative path without '..', such as \"areas.geojson\"\n"},
      {changed(R"(outline = "areas.geojson#A")", R"(outline = "areas.geojson#A"
edges = "great circle")"),
       "agreement.toml:15:9: edges: 'great circle' is not known; expected \"straight\", "
       "\"geodesic\", \"rhumb\" or \"file\"\n"},
      {changed(R"(outline = "areas.geojson#A")", R"(outline = { circle = ["35 N 36 E", "1 km"] }
edges = "rhumb")"),
       "agreement.toml:15:9: edges: a circle is all within a geodesic distance of its centre; "
       "leave 'edges' out\n"},
      {changed(R"(outline = "areas.geojson#A")", R"(outline = "areas.geojson#A"
floor = "10000 ft"
ceiling = "FL24500")"),
       "agreement.toml:15:9: floor: '10000 ft' does not say what it is measured from; write "
       "\"10000 ft MSL\" (above mean sea level) or \"10000 ft AGL\" (above ground)\n"
       "agreement.toml:16:11: ceiling: 'FL24500' is no flight level; expected FL000 to FL999, such "
       "as \"FL245\"\n"},
      {changed(R"(outline = "areas.geojson#A")", R"(outline = "areas.geojson#A"
floor = "UNL"
ceiling = "SFC")"),
       "agreement.toml:15:9: floor: an area cannot begin at unlimited height\n"
       "agreement.toml:16:11: ceiling: an area that ends at the surface holds no flight\n"},
      {changed(R"(outline = "areas.geojson#A")", R"(outline = "areas.geojson#A"
floor = "FL200"
ceiling = "FL100")"),
       "agreement.toml:16:11: ceiling: FL100 is below the floor, FL200\n"},
      {changed(R"(outline = "areas.geojson#A")", R"(outline = "areas.geojson#A"
terrain = { least = "900 m MSL", most = "200 m MSL" })"),
       "agreement.toml:15:41: most: the highest ground is below the lowest\n"},
      {changed(R"(outline = "areas.geojson#A")", R"(outline = "areas.geojson#A"
terrain = { least = "900 m AGL" })"),
       "agreement.toml:15:11: [areas.A.terrain] most is missing\n"
       "agreement.toml:15:21: least: '900 m AGL' is not above mean sea level; expected a form such "
       "as \"200 m MSL\"\n"},
      {changed(R"(outline = "areas.geojson#A")", R"(outline = "areas.geojson#A"
from = 2016-05-01T00:00:00
until = 2016-04-01T00:00:00)"),
       "agreement.toml:16:9: until: 2016-03-31T22:00:00Z is not after the beginning, "
       "2016-04-30T22:00:00Z\n"},
  });
}

TEST(ReadAgreement, BadRules) {
  expect_refused({
      {with(ground, R"([rules."2"]
)"),
       "agreement.toml:21:1: [rules.2] clause is missing\n"
       "agreement.toml:21:1: [rules.2] prohibits is missing\n"
       "agreement.toml:21:1: [rules.2] by is missing\n"
       "agreement.toml:21:1: [rules.2] in is missing\n"},
      {changed(R"(prohibits = "flight")", R"(prohibits = "fligth")"),
       "agreement.toml:17:13: prohibits: 'fligth' is not known; did you mean 'flight'?\n"},
      {changed(R"(prohibits = "flight")", R"(prohibits = "shelling")"),
       "agreement.toml:17:13: prohibits: 'shelling' is not supported yet by this version, which "
       "decides on \"flight\"; list the clause under [clauses]\n"},
      {changed(R"(by = ["red"])", R"(by = ["read"])"),
       "agreement.toml:18:7: by: 'read' is not in [parties]; did you mean 'red'?\n"},
      {changed(R"(by = ["red"])", "by = []"),
       "agreement.toml:18:6: by: no party is named; expected ids of [parties]\n"},
      {changed(R"(by = ["red"])", R"(by = ["red", "red"])"),
       "agreement.toml:18:14: by names 'red' twice\n"},
      {changed(R"(by = ["red"])", R"(by = ["red"]
aircraft = ["militery", "any"])"),
       "agreement.toml:19:13: aircraft: 'militery' is not known; expected \"any\", \"military\", "
       "\"civil\", \"fixed wing\", \"helicopter\", \"unmanned\", \"combat\" or \"transport\"; did "
       "you mean 'military'?\n"},
      {changed(R"({ grades = ["high"] })", R"({ grades = ["low"], areas = ["AA"] })"),
       "agreement.toml:19:18: grades: 'low' is not in [grades]\n"
       "agreement.toml:19:35: areas: 'AA' is not in [areas]; did you mean 'A'?\n"},
      {changed(R"({ grades = ["high"] })", "{}"),
       "agreement.toml:19:6: in: no grade and no area is named\n"},
      {changed(R"({ grades = ["high"] })", R"("A")"),
       "agreement.toml:19:6: in: expected a table, found a text\n"},
      {changed(R"({ grades = ["high"] })", R"({ lines = ["L"] })"),
       "agreement.toml:19:16: lines are not supported yet by this version; list the clause under "
       "[clauses]\n"},
      {with(ground, R"(when = [{ days = ["mo"], from = "8:00", until = "25:00" }]
)"),
       "agreement.toml:21:18: days: 'mo' is no day; expected \"mon\", \"tue\", ... \"sun\" or a "
       "range such as \"mon-fri\"\n"
       "agreement.toml:21:33: from: '8:00' is no time of day; expected \"00:00\" to \"24:00\", "
       "such as \"08:30\"\n"
       "agreement.toml:21:49: until: '25:00' is no time of day; expected \"00:00\" to \"24:00\", "
       "such as \"08:30\"\n"},
      {with(ground, R"(when = [{ from = "08:00", until = "08:00" }, { from = "24:00" }]
)"),
       "agreement.toml:21:35: the window ends at the moment at which it begins; for whole days "
       "leave 'from' and 'until' out\n"
       "agreement.toml:21:46: the window ends at the moment at which it begins; for whole days "
       "leave 'from' and 'until' out\n"},
      {with(ground, R"(when = [{ first_day = 2016-04-02, last_day = 2016-04-01 }]
)"),
       "agreement.toml:21:46: last_day: 2016-04-01 is before the first day, 2016-04-02\n"},
      {with(ground, R"(when = [{ first_day = 2016-04-02T00:00:00 }]
)"),
       "agreement.toml:21:23: first_day: expected a date such as 2016-02-27, without a time\n"},
      {with(ground, R"(when = []
)"),
       "agreement.toml:21:8: when: no window is given; leave it out for a rule at all times\n"},
      {with(ground, R"(when = "weekends"
)"),
       "agreement.toml:21:8: when: expected an array of tables, found a text\n"},
      {with(ground, R"(below = "SFC"
above = "10000 ft"
)"),
       "agreement.toml:21:9: below: 'SFC' decides nothing here; expected a height such as \"10000 "
       "ft MSL\"\n"
       "agreement.toml:22:9: above: '10000 ft' does not say what it is measured from; write "
       "\"10000 ft MSL\" (above mean sea level) or \"10000 ft AGL\" (above ground)\n"},
      {with(ground, R"(below = "FL100"
above = "FL100"
)"),
       "agreement.toml:21:9: no height is below FL100 and above FL100\n"},
      {with(ground, R"(until = 2016-01-01T00:00:00Z
)"),
       "agreement.toml:21:9: until: 2016-01-01T00:00:00Z is not after the beginning, "
       "2016-02-26T23:00:00Z\n"},
      {with(ground, R"(against = ["blue"]
)"),
       "agreement.toml:21:11: against: rules on whom an act is directed against are not supported "
       "yet by this version; list the clause under [clauses]\n"},
      {with(ground, R"(exeptions = 3
)"),
       "agreement.toml:21:1: unknown key 'exeptions' in [rules.1]; did you mean 'exceptions'?\n"},
      {changed(R"(clause = "No flight.")", ""),
       "agreement.toml:15:1: [rules.1] clause is missing\n"},
  });
}

TEST(ReadAgreement, BadExceptions) {
  expect_refused({
      {with(ground, R"([rules."1".exceptions.m]
)"),
       "agreement.toml:21:1: [rules.1.exceptions.m] purpose is missing\n"
       "agreement.toml:21:1: [rules.1.exceptions.m] needs is missing\n"},
      {with(ground, R"([rules."1".exceptions.m]
purpose = "medical"
needs = { notice = "soon" }
)"),
       "agreement.toml:22:11: purpose: 'medical' is not known; expected \"medical evacuation\", "
       "\"personnel recovery\", \"humanitarian\" or \"search and rescue\"\n"
       "agreement.toml:23:20: notice: 'soon' is no notice; expected \"none\", \"at once\", \"at "
       "once, at the latest 30 min after entry\" or \"2 h before\"\n"},
      {with(ground, R"([rules."1".exceptions.m]
purpose = "humanitarian"
by = ["bleu"]
needs = { }
)"),
       "agreement.toml:23:7: by: 'bleu' is not in [parties]; did you mean 'blue'?\n"
       "agreement.toml:24:9: [rules.1.exceptions.m.needs] notice is missing\n"},
      {with(ground, R"([rules."1".exceptions.m]
purpose = "humanitarian"
needs = { notice = "none", answer = "agreed", corridor = "5 km" }
)"),
       "agreement.toml:23:37: answer: this asks something of a notice, and notice = \"none\" asks "
       "for no notice\n"
       "agreement.toml:23:58: corridor: this asks something of a notice, and notice = \"none\" "
       "asks for no notice\n"},
      {with(ground, R"([rules."1".exceptions.m]
purpose = "humanitarian"
needs = { notice = "at once", answer = "maybe", corridor = "5", window = "long", altitude = "FL100" }
)"),
       "agreement.toml:23:40: answer: 'maybe' is not known; expected \"none\", \"acknowledged\" or "
       "\"agreed\"\n"
       "agreement.toml:23:60: corridor: '5' is no length; expected one such as \"12 km\", \"250 "
       "m\", \"3 NM\" or \"500 ft\"\n"
       "agreement.toml:23:74: window: 'long' is no duration; expected one such as \"90 s\", \"30 "
       "min\", \"2 h\" or \"5 days\"\n"
       "agreement.toml:23:93: altitude: expected true or false, found a text\n"},
      {with(ground, R"([rules."1".exceptions.m]
purpose = "humanitarian"
needs = { notice = "at once", anwser = "agreed" }
ends = true
)"),
       "agreement.toml:23:31: unknown key 'anwser' in [rules.1.exceptions.m.needs]; did you mean "
       "'answer'?\n"
       "agreement.toml:24:1: unknown key 'ends' in [rules.1.exceptions.m]\n"},
  });
}

TEST(ReadAgreement, BadAmendments) {
  expect_refused({
      {with(ground, R"([amendments."1"]
)"),
       "agreement.toml:21:1: [amendments.1] agreed is missing\n"},
      {with(ground, R"([amendments."1"]
agreed = 2016-05-01T00:00:00Z
[amendments."1".areas.AB]
ends = true
)"),
       "agreement.toml:23:1: amendment 1 ends area AB, which is not in the agreement; did you mean "
       "'A'?\n"},
      {with(ground, R"([amendments."1"]
agreed = 2016-05-01T00:00:00Z
[amendments."1".areas.A]
ends = true
grade = "high"
)"),
       "agreement.toml:25:9: an amendment that ends area A says only 'ends' and 'from', not "
       "'grade'\n"},
      {with(ground, R"([amendments."1"]
agreed = 2016-01-01T00:00:00Z
[amendments."1".areas.A]
floor = "FL100"
)"),
       "agreement.toml:23:1: amendment 1 begins area A at 2016-01-01T00:00:00Z, not after the "
       "version that it replaces, 2016-02-26T23:00:00Z\n"},
      {with(ground, R"([amendments."1"]
agreed = 2016-05-01T00:00:00Z
[amendments."1".areas.A]
ceiling = "FL100"
[amendments."2"]
agreed = 2016-05-01T00:00:00Z
[amendments."2".areas.A]
ceiling = "FL200"
)"),
       "agreement.toml:27:1: amendment 2 begins area A at 2016-05-01T00:00:00Z, not after the "
       "version that it replaces, 2016-05-01T00:00:00Z\n"},
      {with(ground, R"([amendments."1"]
agreed = 2016-05-01T00:00:00Z
[amendments."1".areas.B]
grade = "high"
[amendments."1".rules."2"]
by = ["red"]
)"),
       "agreement.toml:23:1: [amendments.1.areas.B] outline is missing\n"
       "agreement.toml:25:1: [amendments.1.rules.2] clause is missing\n"
       "agreement.toml:25:1: [amendments.1.rules.2] prohibits is missing\n"
       "agreement.toml:25:1: [amendments.1.rules.2] in is missing\n"},
      {with(ground, R"([amendments."1"]
agreed = 2016-05-01T00:00:00Z
[amendments."1".parties.green]
name = "Green"
)"),
       "agreement.toml:23:17: unknown key 'parties' in [amendments.1]\n"},
      {with(ground, R"([amendments."1"]
agreed = 2016-05-01T00:00:00Z
[amendments."1".rules."1".exceptions.x]
ends = true
)"),
       "agreement.toml:24:8: ends: rule 1 has no exception 'x'\n"},
  });
}

TEST(ReadAgreement, BadRemainder) {
  expect_refused({
      {with(ground, R"([clauses."7"]
)"),
       "agreement.toml:21:1: [clauses.7] clause is missing\n"
       "agreement.toml:21:1: [clauses.7] reason is missing\n"},
      {with(ground, R"([clauses."1"]
clause = "x"
reason = "y"
)"),
       "agreement.toml:21:1: clause 1 is listed as one that no machine can decide and is a rule at "
       "agreement.toml:15:1 as well\n"},
      {with(ground, R"([evidence_standard]
violation = { origins = 0, or_accepted_by = "everybody" }
)"),
       "agreement.toml:22:25: origins: expected 1 to 100 independent origins, found 0\n"
       "agreement.toml:22:45: or_accepted_by: 'everybody' is not known; expected \"all "
       "co-chairs\", \"any co-chair\" or \"nobody\"\n"},
      {with(ground, R"([evidence_standard]
violation = { origins = 2.5 }
)"),
       "agreement.toml:22:25: origins: expected an integer, found a decimal number\n"},
      {with(ground, R"([coverage]
compliant_from = 80
)"),
       "agreement.toml:22:18: compliant_from: expected a share above 0 and up to 1, such as 0.8\n"},
      {with(ground, R"([coverage]
compliant_from = nan
)"),
       "agreement.toml:22:18: compliant_from: expected a number, found nan, which is no number\n"},
      {with(ground, R"([counting]
unit = "sortie"
cut_off = "24:00"
time_zone = "UTC"
)"),
       "agreement.toml:22:8: unit: 'sortie' is not known; expected \"overflight\"\n"
       "agreement.toml:23:11: cut_off: expected \"00:00\" to \"23:59\"\n"
       "agreement.toml:24:13: time_zone: counting in another zone than the agreement's, "
       "Europe/Zurich, is not supported yet by this version\n"},
      {with(ground, R"([release]
delay = "a week"
coarsening = "10"
)"),
       "agreement.toml:22:9: delay: 'a week' is no duration; expected one such as \"90 s\", \"30 "
       "min\", \"2 h\" or \"5 days\"\n"
       "agreement.toml:23:14: coarsening: '10' is no length; expected one such as \"12 km\", \"250 "
       "m\", \"3 NM\" or \"500 ft\"\n"},
      {with(ground, R"([atmosphere]
pressure = "950-1050 hPa"
isa_deviation = { least = 5 }
)"),
       "agreement.toml:22:12: pressure: '950-1050 hPa' is no range; expected a form such as "
       "\"950..1050 hPa\"\n"
       "agreement.toml:23:17: [atmosphere.isa_deviation] most is missing\n"},
      {with(ground, R"([atmosphere]
pressure = { least = 1050, most = 100 }
isa_deviation = "-300..35 K"
)"),
       "agreement.toml:22:12: pressure: expected a range within 850..1100 hPa, the lesser end "
       "first\n"
       "agreement.toml:23:17: isa_deviation: expected a range within -80..60 K, the lesser end "
       "first\n"},
      {with(ground, R"([comitments]
)"),
       "agreement.toml:21:2: unknown key 'comitments'; did you mean 'commitments'?\n"},
      {with(ground, R"([commitments."9"]
[lines.x]
[bands.x]
[attribution]
[determination]
)"),
       "agreement.toml:21:1: commitments are not supported yet by this version; list the clause "
       "under [clauses]\n"
       "agreement.toml:22:1: lines are not supported yet by this version; list the clause under "
       "[clauses]\n"
       "agreement.toml:23:1: bands are not supported yet by this version; list the clause under "
       "[clauses]\n"
       "agreement.toml:24:1: an attribution standard is not supported yet by this version; list "
       "the clause under [clauses]\n"
       "agreement.toml:25:1: a determination rule is not supported yet by this version; list the "
       "clause under [clauses]\n"},
      {with(ground, R"([partys.x]
)"),
       "agreement.toml:21:2: unknown key 'partys'; did you mean 'parties'?\n"},
      {with(ground, R"([grades.low]
text = "x"
)"),
       "agreement.toml:21:1: low: expected a text, found a table\n"},
  });
}

// Every key of every shape stands in the complete example: what the schema offers, the reader
// takes.
void collect_keys(const Shape& shape, std::set<std::string>& keys, std::set<const Shape*>& seen) {
  if (!seen.insert(&shape).second) return;
  for (const Field& field : shape.fields) {
    keys.insert(std::string(field.key));
    if (field.shape != nullptr) collect_keys(*field.shape, keys, seen);
  }
}

TEST(AgreementKeys, TheCompleteExampleHoldsEveryKey) {
  std::set<std::string> keys;
  std::set<const Shape*> seen;
  collect_keys(agreement_shape(), keys, seen);
  EXPECT_GT(keys.size(), 60u);
  const std::string text = example();
  for (const std::string& key : keys) {
    const bool is_there = text.find(key + " ") != std::string::npos ||
                          text.find("[" + key) != std::string::npos ||
                          text.find("." + key + ".") != std::string::npos;
    EXPECT_TRUE(is_there) << key;
  }
}

TEST(AgreementKeys, TheSchemaInTheDocumentsIsTheOneOfTheTable) {
  const auto path = base::source_folder() / "docs" / "formats" / "agreement.schema.json";
  EXPECT_EQ(file_text(path), agreement_schema())
      << "write what agreement_schema() returns to docs/formats/agreement.schema.json";
}

TEST(AgreementKeys, TheSchemaIsJsonAndEveryReferenceLeadsSomewhere) {
  simdjson::dom::parser parser;
  simdjson::dom::element schema;
  ASSERT_EQ(parser.parse(agreement_schema()).get(schema), simdjson::SUCCESS);
  const std::string text = agreement_schema();
  std::size_t references = 0;
  const std::string mark = "\"$ref\": \"#";
  for (std::size_t at = text.find(mark); at != std::string::npos; at = text.find(mark, at + 1)) {
    const std::size_t begin = at + mark.size();
    const std::string pointer = text.substr(begin, text.find('"', begin) - begin);
    EXPECT_EQ(schema.at_pointer(pointer).error(), simdjson::SUCCESS) << pointer;
    ++references;
  }
  EXPECT_GT(references, 20u);
  EXPECT_EQ(schema.at_pointer("/$defs/rule/properties/prohibits/enum/0").get_string().value(),
            "flight");
}

TEST(ReadAgreement, CutAnywhereItIsReadOrRefusedWithAPlace) {
  const std::string text = example();
  for (std::size_t n = 0; n < text.size(); n += 7) {
    const Reading reading = read_agreement(text.substr(0, n), "agreement.toml");
    EXPECT_NE(reading.agreement.has_value(), !reading.problems.empty());
    for (const base::Problem& p : reading.problems)
      EXPECT_TRUE(p.where.starts_with("agreement.toml:")) << p.where;
  }
}

}  // namespace
}  // namespace truce::terms
