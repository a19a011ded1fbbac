// Whole cases over published positions, end to end with the real program. The terms of each lie
// beside this file in cases/; the observations are taken from where they are, and checked against
// answers that are worked out here without any of Truce's geometry.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <simdjson.h>
#include <sys/resource.h>

#include <chrono>
#include <cmath>
#include <cstdio>
#include <map>
#include <set>

#include "base/places_test_case.h"
#include "observations/read_through.h"
#include "tests/program/program.h"

namespace truce::real {
namespace {

namespace fs = std::filesystem;
using program::Ran;
using program::run;
using ::testing::HasSubstr;

const fs::path published = base::source_folder() / ".." / "shared" / "data";
const fs::path cases = base::source_folder() / "tests" / "real" / "cases";

std::string unpacked(const fs::path& path) {
  std::string text;
  observations::Decompressor decompressor([&](std::string_view part) { text += part; });
  EXPECT_TRUE(decompressor.take(program::text_of(path)));
  EXPECT_TRUE(decompressor.finish());
  return text;
}

std::string replaced(std::string text, const std::string& what, const std::string& by) {
  const std::size_t at = text.find(what);
  EXPECT_NE(at, std::string::npos) << what;
  return at == std::string::npos ? text : text.replace(at, what.size(), by);
}

struct Found {
  std::string verdict, rule, address;
  std::set<std::string> areas;
  double enters_earliest = 0, enters_latest = 0, leaves_earliest = 0, leaves_latest = 0;
  double least = 0, most = 0;  ///< Seconds inside.
  bool gap = false;
  std::string day, answer, misuse, text;
};

/// Seconds since 1970 of "2018-08-01T11:34:42.734Z".
double seconds_of(std::string_view time) {
  int year = 0, month = 0, day = 0, hour = 0, minute = 0;
  double second = 0;
  std::sscanf(std::string(time).c_str(), "%d-%d-%dT%d:%d:%lfZ", &year, &month, &day, &hour, &minute,
              &second);
  const std::chrono::sys_days date = std::chrono::year(year) / month / day;
  return static_cast<double>(date.time_since_epoch().count()) * 86'400 + hour * 3'600 +
         minute * 60 + second;
}

std::vector<Found> findings_in(const fs::path& file) {
  std::vector<Found> all;
  simdjson::dom::parser parser;
  simdjson::dom::element document = parser.load(file.string());
  for (simdjson::dom::element one : simdjson::dom::array(document["findings"])) {
    const auto text = [&](auto element) { return std::string(std::string_view(element)); };
    Found found;
    found.verdict = text(one["verdict"]);
    found.rule = text(one["rule"]);
    found.address = text(one["aircraft"]["address"]);
    for (simdjson::dom::element area : simdjson::dom::array(one["areas"]))
      found.areas.insert(text(area));
    found.enters_earliest = seconds_of(text(one["entry"]["earliest"]));
    found.enters_latest = seconds_of(text(one["entry"]["latest"]));
    found.leaves_earliest = seconds_of(text(one["exit"]["earliest"]));
    found.leaves_latest = seconds_of(text(one["exit"]["latest"]));
    found.least = double(one["seconds_inside"]["min"]);
    found.most = double(one["seconds_inside"]["max"]);
    found.gap = bool(one["rests_on_gap"]);
    found.day = text(one["counted_on"]);
    for (simdjson::dom::element exception : simdjson::dom::array(one["exceptions"])) {
      found.answer = text(exception["answer"]);
      if (!exception["misuse"].is_null()) found.misuse = text(exception["misuse"]);
    }
    found.text = simdjson::minify(one);
    all.push_back(std::move(found));
  }
  return all;
}

/// A case of cases/ with published files as its observations.
class Case {
 public:
  explicit Case(const std::string& name) {
    fs::copy(cases / name, root(), fs::copy_options::recursive);
    fs::create_directory(root() / "observations");
  }
  /// False where the published file is absent.
  bool observe(const std::string& file) {
    const fs::path path = published / "aircraft" / file;
    if (!fs::exists(path)) return false;
    fs::copy_file(path, root() / "observations" / path.filename());
    return true;
  }
  fs::path root() const { return folder_.path() / "case"; }
  std::string text(const std::string& name) const { return program::text_of(root() / name); }
  void write(const std::string& name, const std::string& text) const {
    folder_.write("case/" + name, text);
  }
  Ran assess(std::vector<std::string> more = {}) const {
    std::vector<std::string> words = {"assess", root().string(), "--json"};
    words.insert(words.end(), more.begin(), more.end());
    return run(words);
  }
  /// Assesses and gives the findings.
  std::vector<Found> found() const {
    const Ran ran = assess();
    EXPECT_EQ(ran.status, 0) << ran.err;
    return findings_in(root() / "out" / "findings.json");
  }

 private:
  program::Folder folder_;
};

#define OBSERVE_OR_SKIP(one, file) \
  if (!(one).observe(file)) GTEST_SKIP() << "real data absent: " << (file)

// --- What can be worked out by hand
// ---------------------------------------------------------------

struct Seen {
  double at, latitude, longitude, feet;
};

std::map<std::string, std::vector<Seen>> aircraft_in(const std::string& file) {
  std::map<std::string, std::vector<Seen>> aircraft;
  const auto read = observations::read_through(unpacked(published / "aircraft" / file), {});
  for (const auto& report : read.positions) {
    const bool high = report.pressure_altitude != observations::no_height;
    aircraft[to_string(report.address)].push_back(
        {static_cast<double>(report.at.microseconds) / 1e6, report.point.latitude_e7 / 1e7,
         report.point.longitude_e7 / 1e7, high ? report.pressure_altitude * 1e-4 / 0.3048 : -1e9});
  }
  for (auto& [_, seen] : aircraft)
    std::sort(seen.begin(), seen.end(), [](const Seen& a, const Seen& b) { return a.at < b.at; });
  return aircraft;
}

/// On a sphere; within 0.6 % of the distance on the ellipsoid.
double metres_between(double latitude, double longitude, double other_latitude,
                      double other_longitude) {
  constexpr double degree = 3.14159265358979323846 / 180;
  const double a = std::sin((latitude - other_latitude) / 2 * degree);
  const double b = std::sin((longitude - other_longitude) / 2 * degree);
  return 2 * 6'371'008.8 *
         std::asin(std::sqrt(a * a + std::cos(latitude * degree) *
                                         std::cos(other_latitude * degree) * b * b));
}

using Ring = std::vector<std::pair<double, double>>;  // Longitude, latitude; closed.
bool is_in(const Ring& ring, double longitude, double latitude) {
  bool in = false;
  for (std::size_t i = 1; i < ring.size(); ++i) {
    const auto [x1, y1] = ring[i - 1];
    const auto [x2, y2] = ring[i];
    if ((y1 > latitude) != (y2 > latitude) &&
        longitude < (x2 - x1) * (latitude - y1) / (y2 - y1) + x1) {
      in = !in;
    }
  }
  return in;
}

/// The areas of a GeoJSON file, even-odd over all of their rings.
std::map<std::string, std::vector<Ring>> rings_in(const fs::path& file) {
  std::map<std::string, std::vector<Ring>> all;
  simdjson::dom::parser parser;
  simdjson::dom::element document = parser.load(file.string());
  for (simdjson::dom::element one : simdjson::dom::array(document["features"])) {
    auto& rings = all[std::string(std::string_view(one["id"]))];
    const auto add = [&](simdjson::dom::element polygon) {
      for (simdjson::dom::element ring : simdjson::dom::array(polygon)) {
        rings.emplace_back();
        for (simdjson::dom::element vertex : simdjson::dom::array(ring))
          rings.back().push_back({double(vertex.at(0)), double(vertex.at(1))});
      }
    };
    const simdjson::dom::element shape = one["geometry"]["coordinates"];
    if (std::string_view(one["geometry"]["type"]) == "Polygon") {
      add(shape);
    } else {
      for (simdjson::dom::element polygon : simdjson::dom::array(shape)) add(polygon);
    }
  }
  return all;
}

/// How many of sixteen points around a place, and the place itself, lie inside: 0 to 17.
int inside_around(const std::vector<Ring>& rings, const Seen& seen, double metres) {
  int count = 0;
  for (int i = 0; i <= 16; ++i) {
    const double r = i == 16 ? 0 : metres / 111'195, angle = i * 0.3926990817;
    const double latitude = seen.latitude + r * std::cos(angle);
    const double longitude =
        seen.longitude + r * std::sin(angle) / std::cos(seen.latitude * 0.01745329252);
    int crossings = 0;
    for (const Ring& ring : rings) crossings += is_in(ring, longitude, latitude) ? 1 : 0;
    count += crossings % 2;
  }
  return count;
}

// --- A country's day
// ------------------------------------------------------------------------------

class SwissDay : public ::testing::Test {
 protected:
  SwissDay() : case_("swiss-day") {}
  Case case_;
};

TEST_F(SwissDay, IsReadWholeAndGivesTheSameBytesForOneThreadAndTwo) {
  OBSERVE_OR_SKIP(case_, "opensky_tracks/switzerland.json.gz");
  const std::string one = (case_.root() / "one").string(), two = (case_.root() / "two").string();
  const Ran ran = case_.assess({"--threads", "1", "--out", one});
  ASSERT_EQ(ran.status, 0) << ran.err;
  simdjson::dom::parser parser;
  EXPECT_EQ(std::int64_t(parser.parse(ran.out)["positions"]), 139'098);
  EXPECT_EQ(aircraft_in("opensky_tracks/switzerland.json.gz").size(), 842u);
  ASSERT_EQ(case_.assess({"--threads", "2", "--out", two}).status, 0);
  EXPECT_EQ(program::files_of(one), program::files_of(two));
  rusage used{};
  ::getrusage(RUSAGE_CHILDREN, &used);
  RecordProperty("peak_memory_kB", static_cast<int>(used.ru_maxrss));
  RecordProperty("user_seconds_of_two_runs", static_cast<int>(used.ru_utime.tv_sec));
#ifndef TRUCE_SANITIZED  // sanitizers take memory of their own
  EXPECT_LT(used.ru_maxrss, 500'000);
#endif
}

// Worked out from the positions alone: who was well inside an area and its heights has a finding
// at that time that says so; who came nowhere near has none.
TEST_F(SwissDay, FindsWhoWasInsideAndNobodyElse) {
  OBSERVE_OR_SKIP(case_, "opensky_tracks/switzerland.json.gz");
  const struct {
    const char *area, *rule;
    double floor_ft, ceiling_ft;
    std::set<char> parties;
    bool evening;
  } bans[] = {
      {"alps", "1", -1e6, 1e6, {'c', 'd'}, false},
      {"geneva", "1", 30'000, 1e6, {'c', 'd'}, false},
      {"corner", "1", -1e6, 19'500, {'c', 'd'}, false},
      {"zurich", "2", -1e6, 36'000, {'c', 'd', 'u'}, false},
      {"lakes", "3", -1e6, 1e6, {'d', 'u'}, true},
      {"jura", "3", -1e6, 24'500, {'d', 'u'}, true},
  };
  const auto rings = rings_in(cases / "swiss-day" / "areas.geojson");
  const std::vector<Found> found = case_.found();
  const auto party_of = [](const std::string& address) {
    const long number = std::strtol(address.c_str(), nullptr, 16);
    return number >= 0x4b0000 && number < 0x4b8000   ? 'c'
           : number >= 0x3c0000 && number < 0x400000 ? 'd'
           : number >= 0x400000 && number < 0x440000 ? 'u'
                                                     : '-';
  };
  constexpr double evening = 1'533'139'200, night = evening + 4 * 3'600;  // 18:00 local time
  constexpr double error_m = 2'000, error_ft = 2'500, leg_m = 6'000;
  int inside = 0;
  std::set<std::pair<std::string, std::string>> near;
  for (const auto& [address, track] : aircraft_in("opensky_tracks/switzerland.json.gz")) {
    for (const auto& ban : bans) {
      if (!ban.parties.contains(party_of(address))) continue;
      for (const Seen& seen : track) {
        if (ban.evening && (seen.at < evening - 60 || seen.at > night + 60)) continue;
        if (inside_around(rings.at(ban.area), seen, leg_m) > 0) near.insert({address, ban.rule});
        if (seen.feet < ban.floor_ft + error_ft || seen.feet > ban.ceiling_ft - error_ft) continue;
        if (ban.evening && (seen.at < evening + 5 || seen.at > night - 5)) continue;
        if (inside_around(rings.at(ban.area), seen, error_m) < 17) continue;
        ++inside;
        EXPECT_TRUE(std::any_of(found.begin(), found.end(),
                                [&](const Found& one) {
                                  return one.address == address && one.rule == ban.rule &&
                                         one.least > 0 && one.enters_earliest <= seen.at &&
                                         one.leaves_latest >= seen.at;
                                }))
            << address << " was inside " << ban.area << " at " << std::fixed << seen.at;
      }
    }
  }
  EXPECT_GT(inside, 2'000);
  EXPECT_GT(found.size(), 200u);
  for (const Found& one : found) {
    EXPECT_NE(party_of(one.address), '-') << one.text;
    // Bern and the road over the Gotthard are no polygons of the file.
    if (one.areas.contains("bern") || one.areas.contains("gotthard")) continue;
    EXPECT_TRUE(near.contains({one.address, one.rule})) << one.text;
  }
}

// --- Rescue helicopters
// ---------------------------------------------------------------------------

class Rescue : public ::testing::Test {
 protected:
  Rescue() : case_("rescue") {}
  void SetUp() override {
    OBSERVE_OR_SKIP(case_, "opensky_tracks/rega_zh.json.gz");
    OBSERVE_OR_SKIP(case_, "opensky_tracks/samu31.json.gz");
  }
  /// The findings by aircraft, with the text of the ledger changed.
  std::map<std::string, Found> with(const std::string& what, const std::string& by) {
    case_.write("notices.toml", replaced(case_.text("notices.toml"), what, by));
    return by_aircraft();
  }
  std::map<std::string, Found> by_aircraft() {
    std::map<std::string, Found> all;
    for (Found& one : case_.found()) {
      EXPECT_FALSE(all.contains(one.address)) << one.text;
      all[one.address] = std::move(one);
    }
    EXPECT_EQ(all.size(), 2u);
    return all;
  }
  Case case_;
  const std::string rega_ = "4b43ac", samu_ = "39ac45";
  const std::string rega_acknowledged_ =
      "  { kind = \"acknowledged\", at = 2019-05-24T19:00:00Z, by = \"north\" },\n";
};

TEST_F(Rescue, IsExceptedUnderItsNotices) {
  auto found = by_aircraft();
  EXPECT_EQ(found[rega_].verdict, "excepted");
  EXPECT_EQ(found[samu_].verdict, "excepted");
  EXPECT_GT(found[rega_].least, 100);
  EXPECT_LT(found[rega_].most, 140);
}

TEST_F(Rescue, IsAViolationWithoutAcknowledgement) {
  auto found = with(rega_acknowledged_, "");
  EXPECT_EQ(found[rega_].verdict, "violation") << found[rega_].text;
  EXPECT_EQ(found[samu_].verdict, "excepted");
}

TEST_F(Rescue, IsOnlyPossibleWhereNobodyVouchesThatTheLedgerIsComplete) {
  case_.write("notices.toml", replaced(case_.text("notices.toml"), rega_acknowledged_, ""));
  auto found = with("complete = [{ from = 2019-05-01T00:00:00Z, until = 2019-06-01T00:00:00Z }]",
                    "complete = []");
  EXPECT_EQ(found[rega_].verdict, "possible") << found[rega_].text;
  EXPECT_EQ(found[samu_].verdict, "excepted");
}

TEST_F(Rescue, IsAViolationWhenNotifiedTooLate) {
  auto found = with("at = 2019-05-24T18:30:00Z", "at = 2019-05-24T20:40:00Z");
  EXPECT_EQ(found[rega_].verdict, "violation") << found[rega_].text;
}

TEST_F(Rescue, IsAViolationFarFromItsRoute) {
  auto found = with("\"43.618 N 1.403 E\", \"43.602 N 1.433 E\"",
                    "\"43.618 N 1.703 E\", \"43.602 N 1.733 E\"");
  found = with("\"43.577 N 1.438 E\", \"43.5615 N 1.456 E\"", "\"43.577 N 1.738 E\"");
  EXPECT_EQ(found[samu_].verdict, "violation") << found[samu_].text;
  EXPECT_EQ(found[rega_].verdict, "excepted");
}

TEST_F(Rescue, UnderAnotherAirframesCallSignIsMisuse) {
  auto found = with("addresses = [\"4b43ac\"]", "addresses = [\"4b43ad\"]");
  EXPECT_EQ(found[rega_].verdict, "violation") << found[rega_].text;
  EXPECT_THAT(found[rega_].misuse, HasSubstr("REGA1"));
}

// --- Positions that jump, stand still and come late
// -----------------------------------------------

TEST(NoisyPositions, MakeNoDefiniteCrossing) {
  Case noisy("noisy");
  OBSERVE_OR_SKIP(noisy, "opensky_tracks/noisy_spoofing.json.gz");
  const std::vector<Found> found = noisy.found();
  bool spoofed_place = false, true_track = false;
  for (const Found& one : found) {
    EXPECT_NE(one.verdict, "violation") << one.text;
    EXPECT_EQ(one.least, 0) << one.text;
    if (one.areas.contains("lviv")) {
      spoofed_place = true;
      EXPECT_THAT(one.text, HasSubstr("farther than any aircraft"));
    }
    true_track = true_track || one.areas.contains("sibiu") || one.areas.contains("kaszuby");
  }
  EXPECT_TRUE(spoofed_place);
  EXPECT_TRUE(true_track);
}

TEST(NoisyPositions, WithWrongTimesAreFoundButNotAsserted) {
  Case noisy("noisy");
  OBSERVE_OR_SKIP(noisy, "opensky_tracks/noisy_time_issue.json.gz");
  // In both areas it was for minutes; its clock jumps by several kilometres in a second.
  std::set<std::string> touched;
  for (const Found& one : noisy.found()) {
    EXPECT_NE(one.verdict, "violation") << one.text;
    touched.insert(one.areas.begin(), one.areas.end());
  }
  EXPECT_EQ(touched, (std::set<std::string>{"leon", "vendee"}));
}

// --- A tanker, for hours
// --------------------------------------------------------------------------

TEST(Tanker, IsOneOverflightForAsLongAsItCircles) {
  Case tanker("tanker");
  OBSERVE_OR_SKIP(tanker, "opensky_tracks/inflight_refuelling.json.gz");
  const std::vector<Found> found = tanker.found();
  ASSERT_EQ(found.size(), 1u);
  // The first and the last position within 120 km of the centre are 20:35:38 and 22:22:13.
  const double in = seconds_of("2020-06-30T20:35:38Z"), out = seconds_of("2020-06-30T22:22:13Z");
  EXPECT_LE(found[0].enters_earliest, in);
  EXPECT_GE(found[0].enters_earliest, in - 60);
  EXPECT_LE(found[0].enters_latest, in + 60);
  EXPECT_GE(found[0].leaves_latest, out);
  EXPECT_LE(found[0].leaves_latest, out + 60);
  EXPECT_GE(found[0].leaves_earliest, out - 60);
  EXPECT_LE(found[0].least, out - in);
  EXPECT_GE(found[0].most, out - in);
  EXPECT_LT(found[0].most - found[0].least, 120);
  EXPECT_TRUE(found[0].areas.contains("around"));
}

// --- A fleet over a week
// --------------------------------------------------------------------------

TEST(FireFighters, AreCountedByLocalDay) {
  Case fleet("calfire");
  OBSERVE_OR_SKIP(fleet, "opensky_tracks/calfire.json.gz");
  std::map<std::string, int> by_day;
  for (const Found& one : fleet.found()) ++by_day[one.day];
  // From 17:00 on the 7th to 17:00 on the 14th, local time: eight days.
  EXPECT_EQ(by_day.size(), 8u);
  EXPECT_EQ(by_day.begin()->first, "2020-09-07");
  EXPECT_EQ(by_day.rbegin()->first, "2020-09-14");
  // The figures of a day add up to its findings.
  std::map<std::string, int> figured;
  std::istringstream lines(fleet.text("out/figures.csv"));
  std::string line;
  std::getline(lines, line);
  while (std::getline(lines, line)) {
    char day[11] = "";
    int violations = 0, possible = 0, excepted = 0;
    ASSERT_EQ(std::sscanf(line.c_str(), "1,%*[a-z],one,%10[0-9-],%d,%d,%d", day, &violations,
                          &possible, &excepted),
              4)
        << line;
    figured[day] += violations + possible + excepted;
  }
  EXPECT_EQ(figured, by_day);
}

// --- Containment radii
// ----------------------------------------------------------------------------

TEST(Containment, OfZeroIsUnknownAndNeverAViolation) {
  Case rc("rc");
  OBSERVE_OR_SKIP(rc, "aircraft_json/json_3.json");
  const std::string sources = rc.text("sources.toml");
  // The source declares a bound, and both co-chairs accept it.
  std::vector<Found> found = rc.found();
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].verdict, "violation");
  // Nobody declares a bound: a radius of zero says nothing.
  rc.write("sources.toml", sources.substr(0, sources.find("bounds ")));
  found = rc.found();
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].verdict, "possible");
  EXPECT_EQ(found[0].least, 0);
  EXPECT_THAT(found[0].text, HasSubstr("Nobody has stated a bound"));
}

TEST(Containment, OfTracesBoundsWhereItIsGiven) {
  Case rc("rc");
  const std::string folder = "readsb_traces/2023-08-30/trace_full_";
  for (const char* address : {"aa178d", "a3c78c", "a4068e", "a2fe8f"})
    OBSERVE_OR_SKIP(rc, folder + address + ".json");
  std::set<std::string> certain;
  for (const Found& one : rc.found()) {
    EXPECT_EQ(one.areas, std::set<std::string>{"black-rock"});
    if (one.verdict != "violation") continue;
    certain.insert(one.address);
    EXPECT_GT(one.least, 0) << one.text;
  }
  EXPECT_EQ(certain, (std::set<std::string>{"a3c78c", "a4068e", "aa178d"}));
  // Without a declared bound, the rows that carry a radius of their own still hold.
  const std::string sources = rc.text("sources.toml");
  rc.write("sources.toml", sources.substr(0, sources.find("bounds ")) +
                               "bounds = { containment_holds = \"30 s\" }\n");
  const std::vector<Found> found = rc.found();
  EXPECT_GT(found.size(), 3u);
  for (const Found& one : found) EXPECT_EQ(one.areas, std::set<std::string>{"black-rock"});
}

// --- Snapshots twenty minutes apart
// ---------------------------------------------------------------

TEST(Snapshots, GiveNoMoreThanPossibleAndOnlyWhereReachable) {
  const struct {
    const char* name;
    double latitude, longitude, radius_m;
  } circles[] = {{"kuwait", 29.4, 47.9, 60e3},
                 {"syria", 34.8, 38.2, 150e3},
                 {"caspian", 40.0, 51.0, 120e3},
                 {"riyadh", 24.9, 46.7, 80e3},
                 {"hormuz", 26.3, 56.4, 60e3}};
  Case region("west-asia");
  std::map<std::string, std::vector<Seen>> aircraft;
  for (const char* time : {"071243", "071424", "075233", "080730", "082742", "084917"}) {
    const std::string file =
        std::string("opensky_states_west_asia/aircraft-20260318T") + time + ".json";
    OBSERVE_OR_SKIP(region, file);
    for (const auto& [address, seen] : aircraft_in(file))
      for (const Seen& one : seen) aircraft[address].push_back(one);
  }
  const std::vector<Found> found = region.found();
  EXPECT_GT(found.size(), 5u);
  constexpr double knot = 1'852.0 / 3'600, fastest = 1'650 * knot, slack_m = 6'000;
  for (const Found& one : found) {
    for (const auto& circle : circles) {
      if (!one.areas.contains(circle.name)) continue;
      const auto away = [&](const Seen& seen) {
        return std::max(
            0.0, metres_between(seen.latitude, seen.longitude, circle.latitude, circle.longitude) -
                     circle.radius_m);
      };
      auto& track = aircraft[one.address];
      std::sort(track.begin(), track.end(), [](auto& a, auto& b) { return a.at < b.at; });
      bool fix_near = false, reachable = false;
      for (std::size_t i = 0; i < track.size(); ++i) {
        fix_near = fix_near || away(track[i]) <= slack_m;
        if (i == 0) continue;
        const double seconds = track[i].at - track[i - 1].at;
        reachable = reachable || (seconds <= 1'800 + 5 && away(track[i]) + away(track[i - 1]) <=
                                                              fastest * seconds + 2 * slack_m);
      }
      EXPECT_TRUE(fix_near || reachable) << one.text;
      if (one.verdict == "violation" || one.least > 0) {
        EXPECT_TRUE(fix_near) << one.text;
      }
      if (one.gap) {
        EXPECT_EQ(one.verdict, "possible") << one.text;
        EXPECT_EQ(one.least, 0) << one.text;
      }
    }
  }
}

// --- Areas from published files
// -------------------------------------------------------------------

TEST(PublishedOutlines, AreAreasOfAnAgreement) {
  const fs::path airspace = published / "airspace";
  const fs::path deepstate = airspace / "control" / "deepstate_first_of_month.tar.gz";
  if (!fs::exists(deepstate)) GTEST_SKIP() << "real data absent: " << deepstate;
  const Case outlines("outlines");
  outlines.write("disputed.geojson",
                 unpacked(airspace / "geojson" / "ne_10m_disputed_areas.geojson.gz"));
  for (const char* name : {"syr_admin1.geojson", "syr_admin2.geojson"})
    outlines.write(name, unpacked(airspace / "admin" / (std::string(name) + ".gz")));
  for (const char* name : {"brc_large_regions.kml", "brc_pusher_gates.kml"})
    outlines.write(name, program::text_of(airspace / "kml" / name));
  // The last file of the archive: its name, the octal length 124 bytes on, the text 512 bytes on.
  const std::string archive = unpacked(deepstate);
  const std::size_t at = archive.find("deepstatemap_data_20260801.geojson");
  ASSERT_NE(at, std::string::npos);
  outlines.write("deepstate.geojson",
                 archive.substr(at + 512, std::stoul(archive.substr(at + 124, 11), nullptr, 8)));

  const Ran checked = run({"check", outlines.root().string(), "--lock"});
  EXPECT_EQ(checked.status, 0) << checked.err;
  // The file itself says 5,418 km² of Idleb.
  EXPECT_THAT(checked.out, HasSubstr("5,420 km²"));
  EXPECT_THAT(checked.out, HasSubstr("Idleb"));
  simdjson::dom::parser parser;
  simdjson::dom::element lock = parser.load((outlines.root() / "agreement.lock").string());
  EXPECT_EQ(simdjson::dom::array(lock["areas"]).size(), 8u + 14u + 61u);
  const Ran again = run({"check", outlines.root().string()});
  EXPECT_EQ(again.status, 0) << again.err;
}

}  // namespace
}  // namespace truce::real
