#include "exercise/score.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "exercise/exercise.h"

namespace truce::exercise {
namespace {

struct Presence {
  std::string flight = "F-1";
  std::string address = "778001";
  std::string entry = "2016-02-27T10:00:00.000Z";
  std::string exit = "2016-02-27T10:05:00.000Z";
  bool prohibited = true;
  bool breach = true;
  bool marginal = false;
  std::string trace = "inside";
  std::string trouble = "";
  std::string rule = "4.1";
  double least_height = 2'900, most_height = 3'000;  // pressure altitudes are 100 m more
  double deepest = 5'000;
};

struct Found {
  std::string verdict = "violation";
  std::string address = "778001";
  std::string rule = "4.1";
  std::string entry_earliest = "2016-02-27T09:59:50.000Z";
  std::string entry_latest = "2016-02-27T10:00:10.000Z";
  std::string exit_earliest = "2016-02-27T10:04:50.000Z";
  std::string exit_latest = "2016-02-27T10:05:10.000Z";
  double least = 280, most = 320;
  int sighting_line = 0;
  std::string altitude = R"({"reference":"mean sea level","least_m":2800,"most_m":3100})";
  std::string depth = R"({"min":4000,"max":6000})";
};

std::string quoted(const std::string& text) {
  return text.empty() ? "null" : "\"" + text + "\"";
}

std::string truth_of(const std::vector<Presence>& presences) {
  std::string rows, flights;
  for (const Presence& p : presences) {
    const std::string troubles = p.trouble.empty() ? "" : "\"" + p.trouble + "\"";
    rows += fmt::format(
        R"({}{{"flight":"{}","addresses":["{}"],"rule":"{}","areas":["A-01"],"entry":"{}",)"
        R"("exit":"{}","prohibited":{},"breach":{},"marginal":{},"trace":"{}","troubles":[{}],)"
        R"("least_altitude_msl_m":{},"greatest_altitude_msl_m":{},"least_pressure_altitude_m":{},)"
        R"("greatest_pressure_altitude_m":{},"deepest_m":{}}})",
        rows.empty() ? "" : ",", p.flight, p.address, p.rule, p.entry, p.exit, p.prohibited,
        p.breach, p.marginal, p.trace, troubles, p.least_height, p.most_height,
        p.least_height + 100, p.most_height + 100, p.deepest);
    flights += fmt::format(
        R"({}{{"id":"{}","addresses":["{}"],"troubles":[{}],"from":"2016-02-27T09:30:00Z",)"
        R"("until":"2016-02-27T10:30:00Z"}})",
        flights.empty() ? "" : ",", p.flight, p.address, troubles);
  }
  return fmt::format(
      R"({{"format":"truce exercise truth","version":1,"seed":"5","errors_within_bounds":true,)"
      R"("presences":[{}],"sightings":[{{"id":"S-1","flight":"F-1","file":"people.csv","line":2}},)"
      R"({{"id":"S-2","flight":"","file":"people.csv","line":3}}],"flights":[{}]}})",
      rows, flights);
}

std::string findings_of(const std::vector<Found>& found) {
  std::string rows;
  for (std::size_t i = 0; i < found.size(); ++i) {
    const Found& f = found[i];
    rows += fmt::format(
        R"({}{{"id":"id-{}","verdict":"{}","rule":"{}","areas":["A-01"],)"
        R"("aircraft":{{"address":{}}},"entry":{{"earliest":{},"latest":{}}},)"
        R"("exit":{{"earliest":{},"latest":{}}},"seconds_inside":{{"min":{},"max":{}}},)"
        R"("altitude":{},"penetration_m":{},)"
        R"("rests_on_sighting":{},"evidence":[{}]}})",
        i == 0 ? "" : ",", i + 1, f.verdict, f.rule, quoted(f.address), quoted(f.entry_earliest),
        quoted(f.entry_latest), quoted(f.exit_earliest), quoted(f.exit_latest), f.least, f.most,
        f.altitude, f.depth, f.sighting_line > 0,
        f.sighting_line > 0
            ? fmt::format(R"({{"sha256":"00","input":"people.csv","record":{}}})", f.sighting_line)
            : "");
  }
  return R"({"findings":[)" + rows + "]}";
}

Score scored(const std::vector<Found>& found, const std::vector<Presence>& presences) {
  const auto result = score(findings_of(found), truth_of(presences));
  EXPECT_TRUE(result.has_value()) << result.error().where << ": " << result.error().message;
  return *result;
}

const Presence breach{};
const Presence excepted = [] {
  Presence p;
  p.breach = false;
  return p;
}();
const Presence allowed = [] {
  Presence p;
  p.prohibited = p.breach = false;
  return p;
}();
Presence with(Presence p, auto change) {
  change(p);
  return p;
}
Found found(std::string verdict, auto change) {
  Found f;
  f.verdict = std::move(verdict);
  change(f);
  return f;
}
Found found(std::string verdict) {
  return found(std::move(verdict), [](Found&) {});
}

TEST(Score, JudgesVerdictsByTheTruth) {
  const struct {
    const char* name;
    std::vector<Found> found;
    std::vector<Presence> presences;
    std::size_t contradictions, missed;
  } cases[] = {
      {"nothing at all", {}, {}, 0, 0},
      {"a violation that was", {found("violation")}, {breach}, 0, 0},
      {"a violation where nothing was", {found("violation")}, {}, 1, 0},
      {"a violation that was allowed", {found("violation")}, {allowed}, 1, 0},
      {"a violation that was excepted", {found("violation")}, {excepted}, 1, 0},
      {"a violation of another rule",
       {found("violation", [](Found& f) { f.rule = "4.2"; })},
       {breach},
       1,
       1},
      {"a violation of another aircraft",
       {found("violation", [](Found& f) { f.address = "778002"; })},
       {breach},
       1,
       1},
      {"a violation at another time",
       {found("violation",
              [](Found& f) {
                f.entry_earliest = f.entry_latest = "2016-02-27T11:00:00Z";
                f.exit_earliest = f.exit_latest = "2016-02-27T11:05:00Z";
              })},
       {breach},
       1,
       1},
      {"excepted, and so it was", {found("excepted")}, {excepted}, 0, 0},
      {"excepted, but it was a breach", {found("excepted")}, {breach}, 1, 1},
      {"excepted where nothing was", {found("excepted")}, {}, 0, 0},
      {"excepted, and nothing prohibited it", {found("excepted")}, {allowed}, 0, 0},
      {"possible of a breach", {found("possible")}, {breach}, 0, 0},
      {"possible of an excepted flight", {found("possible")}, {excepted}, 0, 0},
      {"possible where nothing was", {found("possible")}, {}, 0, 0},
      {"a breach that nobody speaks of", {}, {breach}, 0, 1},
      {"an excepted flight that nobody speaks of", {}, {excepted}, 0, 1},
      {"an allowed one that nobody speaks of", {}, {allowed}, 0, 0},
      {"a breach without a trace", {}, {with(breach, [](Presence& p) { p.trace = "none"; })}, 0, 0},
      {"a marginal breach", {}, {with(breach, [](Presence& p) { p.marginal = true; })}, 0, 0},
      {"a finding over two presences, one of them a breach",
       {found("violation",
              [](Found& f) { f.exit_earliest = f.exit_latest = "2016-02-27T10:20:00Z"; })},
       {excepted, with(breach,
                       [](Presence& p) {
                         p.entry = "2016-02-27T10:10:00Z";
                         p.exit = "2016-02-27T10:20:00Z";
                       })},
       0,
       0},
      {"seen by people",
       {found("possible",
              [](Found& f) {
                f.address = "";
                f.sighting_line = 2;
              })},
       {with(breach, [](Presence& p) { p.trace = "sighting"; })},
       0,
       0},
      {"seen by people, and nobody flew",
       {found("violation",
              [](Found& f) {
                f.address = "";
                f.sighting_line = 3;
              })},
       {breach},
       1,
       1},
      {"open ends",
       {found("possible", [](Found& f) { f.entry_earliest = f.exit_latest = ""; })},
       {breach},
       0,
       0},
      {"not applicable speaks of nothing", {found("not applicable")}, {breach}, 0, 1},
  };
  for (const auto& c : cases) {
    SCOPED_TRACE(c.name);
    const Score result = scored(c.found, c.presences);
    EXPECT_EQ(result.contradictions.size(), c.contradictions);
    EXPECT_EQ(result.missed.size(), c.missed);
    EXPECT_EQ(result.passed(), c.contradictions == 0 && c.missed == 0);
  }
}

TEST(Score, TellsWhatPossibleMeant) {
  const auto at_eleven = [](Found& f) {
    f.entry_earliest = f.entry_latest = "2016-02-27T11:00:00Z";
    f.exit_earliest = f.exit_latest = "2016-02-27T11:05:00Z";
  };
  const Score result = scored(
      {found("possible"), found("possible", at_eleven), found("violation")},
      {with(breach, [](Presence& p) { p.trouble = "jammed"; }), with(allowed, [](Presence& p) {
         p.flight = "F-2";
         p.entry = "2016-02-27T11:01:00Z";
         p.exit = "2016-02-27T11:02:00Z";
       })});
  EXPECT_EQ(result.possible(), 2);
  EXPECT_EQ(result.possible_breach, 1);
  EXPECT_EQ(result.possible_allowed, 1);
  EXPECT_EQ(result.incursions, 1);
  EXPECT_EQ(result.incursions_violation, 1);  // The gravest of two findings.
  EXPECT_EQ(result.by_trouble.at("jammed").violation, 1);
  EXPECT_EQ(result.by_trouble.at("jammed").incursions, 1);
}

// A possible finding a minute before the true entry brushes the outline; an hour before, it does
// not.
TEST(Score, TellsBrushesFromTheRest) {
  const auto until = [](const char* entry, const char* exit) {
    return found("possible", [=](Found& f) {
      f.entry_earliest = f.entry_latest = entry;
      f.exit_earliest = f.exit_latest = exit;
    });
  };
  const Score result = scored({until("2016-02-27T09:58:00Z", "2016-02-27T09:59:00Z"),
                               until("2016-02-27T09:00:00Z", "2016-02-27T09:01:00Z")},
                              {breach});
  EXPECT_EQ(result.possible_nothing, 2);
  EXPECT_EQ(result.possible_beside, 1);
}

TEST(Score, ChargesFalsePossiblesToWhatCausedThem) {
  const Presence elsewhere = with(breach, [](Presence& p) {
    p.trouble = "fabricated";
    p.entry = "2016-02-27T10:20:00Z";
    p.exit = "2016-02-27T10:25:00Z";
  });
  const Score result =
      scored({found("possible"), found("possible", [](Found& f) { f.address = "999999"; }),
              found("possible",
                    [](Found& f) {
                      f.address = "";
                      f.sighting_line = 3;
                    })},
             {elsewhere});
  EXPECT_EQ(result.possible_nothing, 3);
  EXPECT_EQ(result.by_trouble.at("fabricated").false_possible, 1);
  EXPECT_EQ(result.by_trouble.at("no such flight").false_possible, 1);
  EXPECT_EQ(result.by_trouble.at("false sighting").false_possible, 1);
}

TEST(Score, ComparesTimesHeightsAndDepthsWithTheirBounds) {
  const struct {
    const char* name;
    Found found;
    std::size_t outside;
  } cases[] = {
      {"within", found("violation"), 0},
      {"entry too late",
       found("violation", [](Found& f) { f.entry_latest = "2016-02-27T09:59:59.900Z"; }), 1},
      {"exit too early",
       found("violation", [](Found& f) { f.exit_earliest = "2016-02-27T10:05:00.100Z"; }), 1},
      {"longer than it was", found("violation", [](Found& f) { f.least = 301; }), 1},
      {"shorter than it was",
       found("violation",
             [](Found& f) {
               f.least = 0;
               f.most = 270;
             }),
       1},
      {"higher than it was said to be",
       found("violation",
             [](Found& f) {
               f.altitude = R"({"reference":"mean sea level","least_m":2800,"most_m":2950})";
             }),
       1},
      {"lower than it was said to be",
       found("violation",
             [](Found& f) {
               f.altitude = R"({"reference":"mean sea level","least_m":2950,"most_m":3100})";
             }),
       1},
      {"by pressure",
       found("violation",
             [](Found& f) {
               f.altitude = R"({"reference":"pressure","least_m":3000,"most_m":3100})";
             }),
       0},
      {"by pressure, but not",
       found("violation",
             [](Found& f) {
               f.altitude = R"({"reference":"pressure","least_m":2900,"most_m":3000})";
             }),
       1},
      {"no height known", found("violation", [](Found& f) { f.altitude = "null"; }), 0},
      {"less deep than said",
       found("violation", [](Found& f) { f.depth = R"({"min":5300,"max":6000})"; }), 1},
      {"deeper than said",
       found("violation", [](Found& f) { f.depth = R"({"min":4000,"max":4800})"; }), 1},
      {"nobody knows how deep",
       found("violation", [](Found& f) { f.depth = R"({"min":0,"max":null})"; }), 0},
  };
  for (const auto& c : cases) {
    SCOPED_TRACE(c.name);
    const Score result = scored({c.found}, {breach});
    EXPECT_EQ(result.outside_bounds.size(), c.outside);
    EXPECT_EQ(result.bounds_checked, 1);
    EXPECT_TRUE(result.passed());
  }
}

TEST(Score, SaysWhatIsWrongWithItsInput) {
  const std::string truth = truth_of({});
  const struct {
    std::string findings, truth, message;
  } cases[] = {
      {"{", truth, "not JSON"},
      {"{}", truth, "'findings' is missing"},
      {R"({"findings":[{"id":7}]})", truth, "'id' is no text"},
      {R"({"findings":[]})", "{}", "'format' is missing"},
      {R"({"findings":[]})", R"({"format":"other"})", "this is not the truth of an exercise"},
      {R"({"findings":[]})", R"({"format":"truce exercise truth","version":2})",
       "expected version 1 of the format"},
  };
  for (const auto& c : cases) {
    const auto result = score(c.findings, c.truth);
    ASSERT_FALSE(result.has_value());
    EXPECT_NE(result.error().message.find(c.message), std::string::npos) << result.error().message;
  }
}

TEST(Score, IsToldAsTextAndAsJson) {
  const Score result = scored({found("violation")}, {});
  EXPECT_NE(score_text(result).find("there was no presence"), std::string::npos);
  EXPECT_NE(score_text(result).find("contradict the truth       1"), std::string::npos);
  EXPECT_NE(score_json(result).find("\"passed\": false"), std::string::npos);
}

// An exercise's own truth is one that the score reads; without findings everything is missed.
TEST(Score, ReadsTheTruthOfAnExercise) {
  ExerciseSettings settings;
  settings.aircraft = 30;
  const Exercise exercise = make_exercise(settings);
  const auto result = score(R"({"findings":[]})", exercise.files.at("truth.json"));
  ASSERT_TRUE(result.has_value()) << result.error().message;
  EXPECT_GT(result->incursions, 10);
  EXPECT_EQ(result->missed.size(), static_cast<std::size_t>(result->incursions));
}

}  // namespace
}  // namespace truce::exercise
