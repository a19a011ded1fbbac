// A made-up assessment for tests of the outputs: five areas in north-west Syria, nine findings of
// every kind, two quiet areas that nobody watched. Nothing in it happened.
#pragma once

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "base/digest.h"
#include "findings/finding.h"
#include "observations/observations.h"
#include "publication/edition.h"
#include "terms/agreement.h"

namespace truce::publication::sample {

using base::Answer;
using findings::Finding;
using findings::Reason;
using findings::TracePoint;
using findings::Verdict;
using observations::Evidence;
using quantities::feet;
using quantities::Instant;
using quantities::kilometres;
using quantities::metres;
using quantities::minutes;
using quantities::Point;
using quantities::seconds;

inline Instant at(const std::string& text) {
  return quantities::instant_from(text).value();
}

inline Point place(double latitude, double longitude) {
  return quantities::point_from_degrees(longitude, latitude).value();
}

inline areas::Ring ring(const std::vector<std::pair<double, double>>& latitudes_and_longitudes) {
  areas::Ring out;
  for (const auto& [latitude, longitude] : latitudes_and_longitudes) {
    const Point point = place(latitude, longitude);
    out.push_back({point.longitude_e7, point.latitude_e7});
  }
  return out;
}

inline terms::Limit limit(terms::Reference reference, double height_ft, std::string text) {
  return {reference, feet(height_ft), std::move(text)};
}

inline terms::Area area(std::string id, std::string name, std::string grade, terms::Limit floor,
                        terms::Limit ceiling, areas::Polygon polygon) {
  terms::Area out;
  out.id = std::move(id);
  out.name = {{"en", std::move(name)}};
  out.grade = std::move(grade);
  out.floor = std::move(floor);
  out.ceiling = std::move(ceiling);
  out.outline.polygons = {std::move(polygon)};
  return out;
}

inline terms::Agreement agreement() {
  terms::Agreement out;
  out.id = "cessation-2016";
  out.title = {{"en", "Cessation of hostilities, with designated areas"}};
  out.in_force = {at("2016-02-26T22:00:00Z"), quantities::latest_instant};
  out.time_zone = "Asia/Damascus";
  out.co_chairs = {"ru", "us"};
  out.parties.resize(3);
  out.parties[0].id = "government";
  out.parties[0].name = {{"en", "Government of Syria"}};
  out.parties[1].id = "ru";
  out.parties[1].name = {{"en", "Russian Federation"}};
  out.parties[2].id = "us";
  out.parties[2].name = {{"en", "United States"}};
  out.grades = {{"concentrated", "most concentrated presence"},
                {"significant", "significant presence"},
                {"mixed", "opposition dominant, with possible presence"}};
  using enum terms::Reference;
  const auto at_ground = limit(surface, 0, "SFC");
  const auto fl245 = limit(pressure, 24'500, "FL245");
  out.areas.push_back(
      area("A-01", "Idlib and Saraqib", "mixed", at_ground, fl245,
           {ring({{36.05, 36.50},
                  {36.08, 36.72},
                  {35.98, 36.90},
                  {35.82, 36.92},
                  {35.77, 36.70},
                  {35.84, 36.52}}),
            {ring({{35.95, 36.60}, {35.90, 36.60}, {35.90, 36.68}, {35.95, 36.68}})}}));
  out.areas.push_back(
      area("A-02", "Jisr al-Shughur", "concentrated", at_ground, fl245,
           {ring({{35.96, 36.20}, {35.95, 36.40}, {35.80, 36.44}, {35.70, 36.34}, {35.74, 36.20}}),
            {}}));
  out.areas.push_back(area("A-03", "Khan Shaykhun", "concentrated", at_ground, fl245,
                           {ring({{35.56, 36.55},
                                  {35.58, 36.75},
                                  {35.48, 36.86},
                                  {35.36, 36.80},
                                  {35.34, 36.60},
                                  {35.44, 36.50}}),
                            {}}));
  out.areas.push_back(area("A-04", "Aleppo, west", "significant",
                           limit(mean_sea_level, 10'000, "10000 ft MSL"),
                           limit(unlimited, 0, "UNL"),
                           {ring({{36.36, 36.90},
                                  {36.38, 37.08},
                                  {36.24, 37.16},
                                  {36.10, 37.10},
                                  {36.12, 36.94},
                                  {36.24, 36.84}}),
                            {}}));
  out.areas.push_back(
      area("A-05", "Kafr Zita", "mixed", at_ground,
           limit(terms::Reference::ground, 3'000, "3000 ft AGL"),
           {ring({{35.40, 36.30}, {35.44, 36.42}, {35.34, 36.48}, {35.26, 36.40}, {35.30, 36.28}}),
            {}}));
  terms::FlightRule ban;
  ban.id = "4.1";
  ban.clause = "No military aircraft of the Government shall fly in a designated area.";
  ban.by = {"government"};
  ban.grades = {"concentrated", "significant", "mixed"};
  terms::FlightRule low;
  low.id = "4.2";
  low.clause =
      "Aircraft of the co-chairs shall keep above 3,000 ft over ground in areas of mixed presence.";
  low.by = {"ru", "us"};
  low.grades = {"mixed"};
  out.rules = {ban, low};
  out.undecided = {{"5.3", "The parties shall refrain from acquiring territory from each other.",
                    "no observation of aircraft can decide it"},
                   {"6.1", "Any use of force in self-defence shall be proportionate.",
                    "a justification is recorded and contestable, never computed"}};
  out.text_digest = base::sha256("agreement.toml");
  out.lock_digest = base::sha256("agreement.lock");
  return out;
}

inline observations::Observations observed() {
  observations::Observations out;
  const auto input = [&](std::string name, std::string format, std::string source,
                         std::uint64_t records, std::uint64_t positions) {
    observations::Input in;
    in.digest = base::sha256(name);
    in.name = std::move(name);
    in.format = std::move(format);
    in.source = std::move(source);
    in.bytes = records * 97;
    in.records = records;
    in.positions = positions;
    out.inputs.push_back(std::move(in));
  };
  input("notices.toml", "notices", "ledger", 6, 0);
  input("observations/gaziantep/2016-02-27.json.gz", "readsb trace", "gaziantep", 48'211, 41'877);
  input("observations/hatay/2016-02-27.sbs.zst", "SBS-1", "hatay", 91'404, 30'119);
  input("observations/hotline/sightings.csv", "sightings", "hotline", 41, 38);
  input("observations/observers/sightings.csv", "sightings", "observers", 17, 17);
  out.inputs[2].rejected = {{"latitude outside -90 to 90", 3}, {"no date in the row", 112}};
  out.inputs[3].rejected = {{"time is not a time", 3}};
  out.rejected = {{2, 1'017, "latitude outside -90 to 90", "MSG,3,1,1,=778123,1,,,,,,,,,91.2,36.1"},
                  {2, 1'018, "no date in the row", "MSG,3,1,1,77A001,1,,,,,,4500"},
                  {3, 12, "time is not a time", "12,about noon,\"Harb \"\"Bebsi\"\"\",jet"}};
  const auto source = [&](std::string id, std::string title, std::string origin,
                          observations::Source::Kind kind, char reliability, int credibility) {
    observations::Source one;
    one.id = std::move(id);
    one.title = std::move(title);
    one.origin = std::move(origin);
    one.kind = kind;
    one.reliability = reliability;
    one.credibility = credibility;
    out.sources.declared.push_back(std::move(one));
  };
  using enum observations::Source::Kind;
  source("gaziantep", "Receiver at Gaziantep", "volunteer receivers", receiver, 'B', 2);
  source("hatay", "Receiver in Hatay", "mission", receiver, 'A', 2);
  source("hotline", "Civil hotline", "callers", people, 'C', 3);
  source("observers", "Sentries of the northern network", "observers", people, 'B', 3);
  out.sources.declared[1].accepted_by = {"ru", "us"};
  observations::Restriction jammed;
  jammed.id = "R-1";
  jammed.kind = observations::Restriction::Kind::jamming;
  jammed.when = {at("2016-02-28T02:00:00Z"), at("2016-02-28T07:30:00Z")};
  jammed.centre = place(35.4, 36.0);
  jammed.radius = kilometres(60);
  jammed.text = "Satellite navigation jammed along the coast.";
  observations::Restriction down = jammed;
  down.id = "R-2";
  down.kind = observations::Restriction::Kind::receiver_down;
  down.when = {at("2016-02-27T16:00:00Z"), at("2016-02-27T19:10:00Z")};
  down.centre.reset();
  down.sources = {"hatay"};
  down.text = "Power cut.";
  out.restrictions = {jammed, down};
  observations::Notice notice;
  notice.id = "N-17";
  notice.party = "government";
  notice.purpose = "medical evacuation";
  notice.call_signs = {"SHAM12"};
  notice.from = at("2016-02-28T09:00:00Z");
  notice.until = at("2016-02-28T11:00:00Z");
  out.ledger.notices.push_back(notice);
  notice.id = "N-18";
  notice.call_signs = {"SHAM14"};
  notice.from = at("2016-02-29T05:30:00Z");
  notice.until = at("2016-02-29T07:00:00Z");
  out.ledger.notices.push_back(notice);
  return out;
}

struct Leg {
  double latitude, longitude, pressure_ft;
};

// Fixes every `step` along the legs, with a height a little uneven, as real ones are.
inline std::vector<TracePoint> flown(Instant start, quantities::Duration step,
                                     const std::vector<Leg>& legs, int per_leg, double error_m,
                                     std::uint32_t input) {
  std::vector<TracePoint> out;
  for (std::size_t leg = 0; leg + 1 < legs.size(); ++leg) {
    for (int i = 0; i < per_leg; ++i) {
      const double share = static_cast<double>(i) / per_leg;
      const auto between = [&](double a, double b) { return a + (b - a) * share; };
      TracePoint fix;
      fix.at = start + step * static_cast<std::int64_t>(out.size());
      fix.point = place(between(legs[leg].latitude, legs[leg + 1].latitude),
                        between(legs[leg].longitude, legs[leg + 1].longitude));
      fix.pressure_altitude = feet(between(legs[leg].pressure_ft, legs[leg + 1].pressure_ft) +
                                   25 * static_cast<double>(out.size() * 7 % 5));
      fix.geometric_height = *fix.pressure_altitude + feet(310);
      if (error_m > 0) fix.error = metres(error_m);
      fix.evidence = {input, static_cast<std::uint32_t>(1'000 + out.size())};
      out.push_back(fix);
    }
  }
  return out;
}

inline void inside_between(Finding& finding, Instant from, Instant until) {
  for (TracePoint& fix : finding.trace)
    if (fix.at >= from && fix.at <= until)
      fix.inside = Answer::yes;
    else
      fix.inside = Answer::no;
}

inline Reason asked(std::string question, Answer answer, std::string because,
                    std::vector<Evidence> evidence = {}) {
  Reason out;
  out.clause = "4.1";
  out.question = std::move(question);
  out.answer = answer;
  out.because = std::move(because);
  out.evidence = std::move(evidence);
  return out;
}

inline Reason decided(Answer breach, std::string because, std::vector<Reason> parts) {
  Reason out = asked("was the rule broken?", breach, std::move(because));
  out.combined_by = Reason::Combined::all;
  out.parts = std::move(parts);
  return out;
}

inline std::vector<Reason> usual(Answer inside, Answer affiliation, Answer standard,
                                 const std::vector<Evidence>& evidence) {
  Reason exempt = asked("did no exception cover it?", Answer::yes, "No exception covers it.");
  exempt.combined_by = Reason::Combined::all;
  exempt.parts = {
      asked("did the medical exception fail?", Answer::yes,
            "The ledger is declared complete for that hour and holds no notice for this aircraft."),
      asked("did the recovery exception fail?", Answer::yes, "No notice names this aircraft.")};
  exempt.parts[0].clause = "4.1 medical";
  exempt.parts[1].clause = "4.1 recovery";
  return {
      asked("was the rule in force?", Answer::yes, "In force since 27 February 2016."),
      asked("was the aircraft the Government's?", affiliation,
            "The address lies in the block of the Syrian Arab Republic; the register names the "
            "Air Force."),
      asked("was it a military aircraft?", affiliation, "The register names type MI8, military."),
      asked("was the aircraft inside the area?", inside,
            "Every path that the aircraft could have flown between its fixes meets the area.",
            evidence),
      exempt,
      asked("does the evidence meet the standard?", standard,
            "Two independent origins: volunteer receivers, mission.")};
}

inline Finding helicopter_violation() {
  Finding f;
  f.verdict = Verdict::violation;
  f.address = "778123";
  f.call_sign = "YKM23";
  f.registration = "YK-M23";
  f.type = "MI8";
  f.kind = "military helicopter";
  f.area = "A-02";
  f.areas = {"A-02"};
  f.grade = "concentrated";
  f.trace = flown(
      at("2016-02-27T09:02:00Z"), seconds(45),
      {{35.62, 36.02, 1'800}, {35.78, 36.22, 2'600}, {35.88, 36.36, 2'200}, {35.92, 36.62, 3'400}},
      12, 185, 1);
  f.entry = {at("2016-02-27T09:11:05Z"), at("2016-02-27T09:11:20Z")};
  f.exit = {at("2016-02-27T09:21:40Z"), at("2016-02-27T09:22:10Z")};
  f.inside_least = seconds(620);
  f.inside_most = seconds(665);
  f.altitude = {"pressure", feet(2'180), feet(2'710), {}};
  f.penetration_least = metres(6'210);
  f.penetration_most = metres(6'590);
  f.probability_permille = 1000;
  f.evidence = {{1, 1'012}, {1, 1'013}, {1, 1'014}, {2, 4'411}, {2, 4'415}};
  f.origins = {"mission", "volunteer receivers"};
  f.sources = {"gaziantep", "hatay"};
  f.reasons = decided(Answer::yes, "Every condition is met.",
                      usual(Answer::yes, Answer::yes, Answer::yes, f.evidence));
  f.sentence =
      "A military helicopter of the Government (MI8, call sign YKM23) flew inside area A-02 on 27 "
      "February 2016 from 09:11 to 09:22 UTC, at least 6,210 m deep.";
  f.paragraph =
      "Two receivers of independent origin followed it. It entered between 09:11:05 and 09:11:20 "
      "UTC and left between 09:21:40 and 09:22:10, at 2,180 to 2,710 ft pressure altitude. The "
      "notice ledger is declared complete for that day and holds no notice for this aircraft.";
  return f;
}

inline Finding sighted_violation() {
  Finding f;
  f.verdict = Verdict::violation;
  f.type = "SU24";
  f.kind = "military jet";
  f.area = "A-03";
  f.areas = {"A-03"};
  f.grade = "concentrated";
  f.sighting = true;
  f.trace = flown(at("2016-02-28T06:40:00Z"), minutes(2),
                  {{35.43, 36.62, 0}, {35.47, 36.70, 0}, {35.50, 36.72, 0}}, 1, 1'500, 3);
  for (TracePoint& fix : f.trace) {
    fix.pressure_altitude.reset();
    fix.geometric_height.reset();
    fix.inside = Answer::yes;
  }
  f.trace[1].evidence = {4, 9};
  f.entry = {at("2016-02-28T06:30:00Z"), at("2016-02-28T06:45:00Z")};
  f.exit = {at("2016-02-28T06:42:00Z"), at("2016-02-28T06:58:00Z")};
  f.inside_least = seconds(1);
  f.inside_most = minutes(28);
  f.altitude = {"above ground", feet(1'600), feet(8'300), {}};
  f.penetration_least = metres(4'100);
  f.penetration_most = metres(9'800);
  f.evidence = {{3, 17}, {4, 9}};
  f.origins = {"callers", "observers"};
  f.sources = {"hotline", "observers"};
  f.reasons = decided(Answer::yes, "Every condition is met.",
                      usual(Answer::yes, Answer::yes, Answer::yes, f.evidence));
  f.sentence =
      "Two people who do not rely on each other saw a Su-24 inside area A-03 on 28 February 2016 "
      "between 06:30 and 06:58 UTC.";
  f.paragraph =
      "A caller and a sentry saw one jet from places whose precision lies wholly inside the area. "
      "Only the Government flies this type here, as affiliations.toml declares.";
  return f;
}

inline Finding gap_possible() {
  Finding f = helicopter_violation();
  f.verdict = Verdict::possible;
  f.address = "77801f";
  f.call_sign = "";
  f.registration = "";
  f.type = "IL76";
  f.kind = "military transport";
  f.area = "A-03";
  f.areas = {"A-03", "A-05"};
  f.gap = true;
  f.trace = flown(at("2016-02-27T13:00:00Z"), seconds(30),
                  {{35.20, 36.98, 14'000}, {35.32, 36.90, 14'400}}, 8, 185, 1);
  auto after = flown(at("2016-02-27T13:19:00Z"), seconds(30),
                     {{35.50, 36.42, 16'100}, {35.58, 36.22, 17'000}}, 8, 185, 1);
  f.trace.insert(f.trace.end(), after.begin(), after.end());
  f.entry = {at("2016-02-27T13:04:10Z"), at("2016-02-27T13:17:30Z")};
  f.exit = {at("2016-02-27T13:04:40Z"), at("2016-02-27T13:18:50Z")};
  f.inside_least = {};
  f.inside_most = seconds(861);
  f.altitude = {"pressure", feet(13'900), feet(16'400), {}};
  f.penetration_least = {};
  f.penetration_most = metres(11'420);
  f.probability_permille = -1;
  f.evidence = {{1, 1'007}, {1, 1'008}};
  f.reasons = decided(Answer::unknown, "One condition is open.",
                      usual(Answer::unknown, Answer::yes, Answer::yes, f.evidence));
  f.unknowns = {
      "Where was aircraft 77801f between 13:03:30 and 13:19:00 UTC on 27 February 2016? A receiver "
      "east of Khan Shaykhun may have heard it."};
  f.sentence =
      "A military transport of the Government may have crossed area A-03 or A-05 on 27 February "
      "2016 while nothing was heard of it for 15 min 30 s.";
  f.paragraph =
      "It was heard east of the areas at 13:03:30 UTC and west of them at 13:19:00. Paths around "
      "both areas and through each of them are within its reach.";
  return f;
}

inline Finding height_possible() {
  Finding f = helicopter_violation();
  f.verdict = Verdict::possible;
  f.address = "778204";
  f.call_sign = "SYR204";
  f.type = "AN26";
  f.kind = "military transport";
  f.area = "A-04";
  f.areas = {"A-04"};
  f.grade = "significant";
  f.trace =
      flown(at("2016-02-28T15:00:00Z"), seconds(30),
            {{36.05, 37.22, 9'700}, {36.22, 37.04, 9'950}, {36.36, 36.82, 10'050}}, 14, 400, 2);
  f.entry = {at("2016-02-28T15:03:40Z"), at("2016-02-28T15:04:00Z")};
  f.exit = {at("2016-02-28T15:11:30Z"), at("2016-02-28T15:12:00Z")};
  inside_between(f, f.entry.earliest, f.exit.latest);
  f.inside_least = {};
  f.inside_most = seconds(500);
  f.altitude = {"mean sea level", feet(8'760), feet(11'930), {}};
  f.probability_permille = 540;
  f.evidence = {{2, 7'010}, {2, 7'022}};
  f.reasons = decided(Answer::unknown, "One condition is open.",
                      usual(Answer::unknown, Answer::yes, Answer::yes, f.evidence));
  f.reasons.parts.insert(
      f.reasons.parts.begin() + 4,
      asked(
          "was it at or above the floor, 10000 ft MSL?", Answer::unknown,
          "Pressure altitude 9,700 to 10,150 ft is 8,760 to 11,930 ft above mean sea level within "
          "the declared pressure and temperature.",
          {{2, 7'010}}));
  f.unknowns = {"What was the pressure at sea level near Aleppo at 15:00 UTC on 28 February 2016?",
                "Does the operator keep a recording of the aircraft's height?"};
  f.sentence =
      "A military transport of the Government flew over area A-04 on 28 February 2016 at a height "
      "that may lie above or below the floor of 10000 ft MSL.";
  f.paragraph = "Inside the outline for 7 min 30 s to 8 min 20 s. Its height decides.";
  return f;
}

inline Finding excepted() {
  Finding f = helicopter_violation();
  f.verdict = Verdict::excepted;
  f.address = "778112";
  f.call_sign = "SHAM12";
  f.registration = "YK-M12";
  f.area = "A-01";
  f.areas = {"A-01"};
  f.grade = "mixed";
  f.trace = flown(
      at("2016-02-28T09:20:00Z"), seconds(40),
      {{35.70, 36.98, 2'900}, {35.86, 36.80, 2'300}, {35.93, 36.72, 1'900}, {35.75, 37.00, 2'800}},
      12, 95, 1);
  f.entry = {at("2016-02-28T09:25:10Z"), at("2016-02-28T09:25:20Z")};
  f.exit = {at("2016-02-28T09:42:00Z"), at("2016-02-28T09:42:15Z")};
  inside_between(f, f.entry.latest, f.exit.earliest);
  f.inside_least = seconds(1'000);
  f.inside_most = seconds(1'025);
  f.exceptions = {
      {"medical", "medical evacuation", "N-17", Answer::yes,
       "Notified 3 h 10 min before entry, acknowledged 2 h before it, inside its "
       "corridor and its hours.",
       ""},
      {"recovery", "personnel recovery", "", Answer::no, "No notice of this purpose.", ""}};
  f.reasons.answer = Answer::no;
  f.reasons.because = "The medical exception covers it.";
  f.sentence =
      "A military helicopter of the Government flew inside area A-01 on 28 February 2016 under "
      "notice N-17, a medical evacuation.";
  f.paragraph = "The notice came in time, was acknowledged, and its route and hours were kept.";
  return f;
}

inline Finding misused() {
  Finding f = helicopter_violation();
  f.address = "778177";
  f.call_sign = "SHAM14";
  f.registration = "YK-M77";
  f.area = "A-05";
  f.areas = {"A-05"};
  f.grade = "mixed";
  f.trace =
      flown(at("2016-02-29T05:44:00Z"), seconds(30),
            {{35.24, 36.20, 2'300}, {35.34, 36.36, 2'050}, {35.46, 36.52, 2'500}}, 12, 185, 1);
  f.entry = {at("2016-02-29T05:47:10Z"), at("2016-02-29T05:47:40Z")};
  f.exit = {at("2016-02-29T05:52:30Z"), at("2016-02-29T05:53:00Z")};
  inside_between(f, f.entry.latest, f.exit.earliest);
  f.inside_least = seconds(290);
  f.inside_most = seconds(350);
  f.altitude = {"above ground", feet(610), feet(1'480), {}};
  f.exceptions = {{"medical", "medical evacuation", "N-18", Answer::no,
                   "The notice names aircraft 778114; this is 778177.",
                   "call sign SHAM14 on another airframe"}};
  f.sentence =
      "A military helicopter of the Government flew inside area A-05 on 29 February 2016 under the "
      "call sign of a notified medical flight.";
  f.paragraph = "Notice N-18 covers call sign SHAM14 on airframe 778114. This was 778177.";
  return f;
}

inline Finding vague_sighting() {
  Finding f = sighted_violation();
  f.verdict = Verdict::possible;
  f.type = "";
  f.kind = "aircraft of unknown kind";
  f.party = "";
  f.area = "A-01";
  f.areas = {"A-01", "A-02"};
  f.grade = "mixed";
  f.trace.resize(1);
  f.trace[0].point = place(35.90, 36.46);
  f.trace[0].error = kilometres(9);
  f.trace[0].inside = Answer::unknown;
  f.entry = {at("2016-02-29T17:00:00Z"), at("2016-02-29T19:00:00Z")};
  f.exit = f.entry;
  f.inside_least = {};
  f.inside_most = minutes(120);
  f.altitude = {};
  f.penetration_least.reset();
  f.penetration_most = kilometres(12.4);
  f.probability_permille = 610;
  f.evidence = {{3, 33}};
  f.origins = {"callers"};
  f.sources = {"hotline"};
  f.reasons = decided(Answer::unknown, "Three conditions are open.",
                      usual(Answer::unknown, Answer::unknown, Answer::no, f.evidence));
  f.unknowns = {"Whose aircraft was it?", "Which side of the river did the caller stand on?",
                "Did anybody else see it between 17:00 and 19:00 UTC on 29 February 2016?"};
  f.sentence =
      "A caller reported an aircraft near areas A-01 and A-02 in the early evening of 29 February "
      "2016.";
  f.paragraph = "The place is known to 9 km, the time to two hours. One origin does not suffice.";
  return f;
}

inline Finding hostile() {
  Finding f = helicopter_violation();
  f.verdict = Verdict::possible;
  f.rule = "4.2";
  f.address = "~2a3b4c";
  f.call_sign = "<script>alert('x')</script>\"&" + std::string(10'000, 'A');
  f.registration = "=HYPERLINK(1)";
  f.type = "\xE2\x80\xAEMI8";  // turns the direction of writing
  f.party = "ru";
  f.area = "A-01";
  f.areas = {"A-01"};
  f.grade = "mixed";
  for (TracePoint& fix : f.trace) fix.point.latitude_e7 += 1'500'000;
  f.trace[4].doubtful = true;
  f.trace[4].point = place(36.30, 36.30);
  f.unknowns = {"Which aircraft sent the address ~2a3b4c, which is no ICAO address?"};
  f.sentence = "An aircraft with the call sign " + f.call_sign + " may have flown in area A-01.";
  return f;
}

inline Finding not_bound() {
  Finding f = helicopter_violation();
  f.verdict = Verdict::not_applicable;
  f.address = "155bdc";
  f.call_sign = "RFF7042";
  f.registration = "";
  f.type = "IL76";
  f.party = "ru";
  f.kind = "military transport";
  f.area = "A-04";
  f.areas = {"A-04"};
  f.grade = "significant";
  f.trace = flown(at("2016-02-27T20:10:00Z"), seconds(30),
                  {{36.10, 36.76, 24'000}, {36.32, 37.24, 26'000}}, 16, 185, 2);
  f.entry = {at("2016-02-27T20:11:00Z"), at("2016-02-27T20:11:10Z")};
  f.exit = {at("2016-02-27T20:16:00Z"), at("2016-02-27T20:16:10Z")};
  f.sentence =
      "A transport of the Russian Federation flew over area A-04; rule 4.1 does not bind it.";
  f.paragraph = "";
  return f;
}

inline findings::Findings findings() {
  findings::Findings out;
  out.observed = {at("2016-02-26T22:00:00Z"), at("2016-02-29T22:00:00Z")};
  out.findings = {helicopter_violation(),
                  gap_possible(),
                  not_bound(),
                  sighted_violation(),
                  excepted(),
                  height_possible(),
                  misused(),
                  vague_sighting(),
                  hostile()};
  int number = 0;
  for (Finding& f : out.findings) {
    if (f.rule.empty()) f.rule = "4.1";
    f.clause = f.rule == "4.1"
                   ? "No military aircraft of the Government shall fly in a designated area."
                   : "Aircraft of the co-chairs shall keep above 3,000 ft over ground in areas of "
                     "mixed presence.";
    if (f.party.empty() && f.verdict != Verdict::possible) f.party = "government";
    if (f.party.empty() && !f.address.empty()) f.party = "government";
    if (!f.party.empty() && f.affiliation_basis.empty())
      f.affiliation_basis = f.address.empty() ? "type: only this party flies it here"
                                              : "register and address block agree";
    f.id = base::sha256("finding " + std::to_string(++number)).hex().substr(0, 16);
    f.counted_on = quantities::date_at(f.entry.earliest, 7'200);
    if (f.trace.size() > 3 && f.trace[f.trace.size() / 2].inside == Answer::unknown && !f.gap)
      inside_between(f, f.entry.latest, f.exit.earliest);
  }
  std::stable_sort(out.findings.begin(), out.findings.end(), [](const auto& a, const auto& b) {
    return a.entry.earliest < b.entry.earliest;
  });
  const struct {
    const char* area;
    double coverage[3];
    Verdict verdict[3];
  } days[] = {
      {"A-01", {0.18, 0.09, 0}, {Verdict::not_observed, Verdict::excepted, Verdict::possible}},
      {"A-02",
       {0.31, 0.22, 0.02},
       {Verdict::violation, Verdict::not_observed, Verdict::not_observed}},
      {"A-03", {0.12, 0.05, 0}, {Verdict::possible, Verdict::violation, Verdict::not_observed}},
      {"A-04", {0.86, 0.81, 0.91}, {Verdict::compliant, Verdict::possible, Verdict::compliant}},
      {"A-05", {0.08, 0, 0.004}, {Verdict::possible, Verdict::not_observed, Verdict::violation}}};
  for (const auto& line : days) {
    for (int day = 0; day < 3; ++day) {
      findings::CoverageLine cover;
      cover.rule = "4.1";
      cover.area = line.area;
      cover.day = quantities::date_from_days(quantities::days_from({2016, 2, 27}) + day);
      cover.coverage = line.coverage[day];
      cover.heard = std::min(1.0, line.coverage[day] * 1.1 + 0.3);
      cover.restricted = day == 1 ? 0.229 : 0.13;
      cover.verdict = line.verdict[day];
      cover.findings = line.verdict[day] >= Verdict::excepted ? 1 : 0;
      out.coverage.push_back(cover);
    }
  }
  for (const Finding& f : out.findings) {
    if (f.verdict == Verdict::not_applicable) continue;
    findings::Figure figure;
    figure.rule = f.rule;
    figure.area = f.area;
    figure.party = f.party;
    figure.day = f.counted_on;
    figure.violations = f.verdict == Verdict::violation ? 1 : 0;
    figure.possible = f.verdict == Verdict::possible ? 1 : 0;
    figure.excepted = f.verdict == Verdict::excepted ? 1 : 0;
    figure.inside_least = f.inside_least;
    figure.inside_most = f.inside_most;
    figure.military = f.kind.starts_with("military") ? 1 : 0;
    figure.helicopters = f.kind == "military helicopter" ? 1 : 0;
    figure.unknown_kind = figure.military == 0 ? 1 : 0;
    out.figures.push_back(figure);
  }
  out.errata = {"Finding 5d41402abc4b2a76 was possible and is now excepted: notice N-17 arrived."};
  return out;
}

}  // namespace truce::publication::sample
