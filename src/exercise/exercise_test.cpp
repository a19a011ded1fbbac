#include "exercise/exercise.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "base/digest.h"
#include "base/places_test_case.h"
#include "exercise/formats.h"
#include "exercise/missions.h"
#include "exercise/people.h"
#include "exercise/reception.h"
#include "observations/notices.h"
#include "observations/reader.h"
#include "observations/sightings.h"
#include "observations/sources.h"

namespace truce::exercise {
namespace {

ExerciseSettings settings_of(std::uint64_t seed, int aircraft = 60) {
  ExerciseSettings settings;
  settings.seed = seed;
  settings.aircraft = aircraft;
  return settings;
}

base::Digest digest_of(const Exercise& exercise) {
  std::string all;
  for (const auto& [path, bytes] : exercise.files) all += path + '\0' + bytes + '\0';
  return base::sha256(all);
}

TEST(Exercise, GivesTheSameBytesForTheSameSeed) {
  const auto first = digest_of(make_exercise(settings_of(11)));
  EXPECT_EQ(digest_of(make_exercise(settings_of(11))), first);
  EXPECT_NE(digest_of(make_exercise(settings_of(12))), first);
}

// From one aircraft to many, over several days.
TEST(Exercise, ComesInEverySize) {
  for (const int aircraft : {1, 2, 3, 15, 16, 17, 100}) {
    const Exercise exercise = make_exercise(settings_of(3, aircraft));
    EXPECT_TRUE(exercise.files.contains("truth.json")) << aircraft;
  }
  ExerciseSettings settings = settings_of(3, 10);
  settings.days = 4;
  const Exercise exercise = make_exercise(settings);
  std::set<std::string> days;
  for (const auto& [path, bytes] : exercise.files)
    if (path.starts_with("observations/joint/")) days.insert(path.substr(19, 10));
  EXPECT_TRUE(days.contains("2016-02-27"));
  EXPECT_TRUE(days.contains("2016-03-01"));
}

// What an exercise of usual size must hold, or it tests less than it should.
TEST(Exercise, ShowsEveryKindOfTrouble) {
  const ExerciseSettings settings = settings_of(1);
  Weather weather;
  weather.from = settings.theatre->in_force;
  Missions missions = plan_missions(settings, weather, Random(1));
  const Reception reception = receive(settings, missions, weather, Random(1));
  std::set<std::string> troubles;
  int breaches = 0, excepted = 0, partly = 0;
  for (const Flight& flight : missions.flights) {
    troubles.insert(flight.troubles.begin(), flight.troubles.end());
    for (const Stay& stay : flight.stays) {
      breaches += stay.breach() ? 1 : 0;
      excepted += stay.prohibited() && !stay.breach() ? 1 : 0;
      partly += stay.breach() && stay.excepted_s > 0 ? 1 : 0;
    }
  }
  for (const char* trouble :
       {"dark", "seen by people", "switched off", "jammed", "fabricated", "shared address",
        "skirting", "not registered", "medical good", "medical late", "medical missing",
        "medical misused", "medical unanswered", "medical at the limit", "recovery good",
        "recovery late", "aid good", "aid missing"})
    EXPECT_TRUE(troubles.contains(trouble)) << trouble;
  EXPECT_GT(breaches, 20);
  EXPECT_GT(excepted, 2);
  EXPECT_GT(partly, 0);
  for (const auto& fixes : reception.fixes) EXPECT_GT(fixes.size(), 20u);
}

// A mission is what its name says.
TEST(Exercise, FliesWhatItsMissionsSay) {
  for (const std::uint64_t seed : {1, 2, 3, 4}) {
    const ExerciseSettings settings = settings_of(seed);
    Weather weather;
    weather.from = settings.theatre->in_force;
    const Missions missions = plan_missions(settings, weather, Random(seed));
    for (const Flight& flight : missions.flights) {
      SCOPED_TRACE(flight.id + " " + flight.mission);
      const auto under = [&](std::string_view rule) {
        std::vector<Stay> stays;
        for (const Stay& stay : flight.stays)
          if (stay.rule == rule) stays.push_back(stay);
        return stays;
      };
      if (flight.ghost) {
        EXPECT_TRUE(flight.stays.empty());
      }
      if (flight.mission == "medical good" || flight.mission == "recovery good")
        for (const Stay& stay : under("4.1")) {
          EXPECT_FALSE(stay.breach());
        }
      if (flight.mission == "aid good")
        for (const Stay& stay : under("5.1")) {
          EXPECT_FALSE(stay.breach());
        }
      for (const char* bad : {"medical late", "medical missing", "medical unanswered",
                              "medical denied", "medical, other airframe", "recovery late"})
        if (flight.mission == bad)
          for (const Stay& stay : under("4.1")) {
            EXPECT_EQ(stay.breach(), stay.prohibited());
          }
      if (flight.mission == "airway" || flight.mission == "framed address")
        for (const Stay& stay : under("4.1"))
          if (!flight.airframe.military) {
            EXPECT_FALSE(stay.prohibited());
          }
      if (flight.mission == "fabricated jump") {
        EXPECT_TRUE(under("4.1").empty());
        EXPECT_GT(length_m(flight.fabrication->displacement), 100'000);
      }
    }
  }
}

// Every reported value lies within what sources.toml declares for it.
TEST(Exercise, KeepsErrorsWithinTheirDeclaredBounds) {
  for (const std::uint64_t seed : {1, 2}) {
    const ExerciseSettings settings = settings_of(seed);
    Weather weather{settings.theatre->in_force, 50, 20, 8};
    Missions missions = plan_missions(settings, weather, Random(seed));
    const Reception reception = receive(settings, missions, weather, Random(seed));
    for (std::size_t s = 0; s < reception.stations.size(); ++s) {
      const Station& station = reception.stations[s];
      SCOPED_TRACE(station.id);
      double farthest_share = 0;
      for (const Fix& fix : reception.fixes[s]) {
        if (fix.fabricated) continue;
        const Flight& flight = missions.flights[fix.flight];
        const Moment truth = flight.track.at(fix.at);
        EXPECT_LE(std::abs((fix.reported_at - fix.at).in_seconds()), station.time_bound_s - 0.04);
        if (fix.containment_m && *fix.containment_m > 0) {
          EXPECT_LE(distance_m(fix.place, truth.place), *fix.containment_m - 0.1);
        } else if (station.position_bound_m) {
          const double error = distance_m(fix.place, truth.place);
          EXPECT_LE(error, *station.position_bound_m - 0.1);
          farthest_share = std::max(farthest_share, error / *station.position_bound_m);
        }
        if (fix.pressure_ft && station.pressure_bound_ft) {
          EXPECT_LE(std::abs(*fix.pressure_ft * 0.3048 -
                             weather.pressure_altitude_m(truth.height_m, fix.at)),
                    *station.pressure_bound_ft * 0.3048);
        }
        if (fix.geometric_ft && station.geometric_bound_m) {
          EXPECT_LE(std::abs(*fix.geometric_ft * 0.3048 - truth.height_m - geoid_m(truth.place)),
                    *station.geometric_bound_m - 10);
        }
      }
      if (station.position_bound_m && station.copy_of.empty()) {
        EXPECT_GT(farthest_share, 0.7);  // Errors reach their bounds.
      }
    }
  }
}

// What people say holds the truth within the precision that they state.
TEST(Exercise, LetsPeopleErrWithinTheirPrecision) {
  const ExerciseSettings settings = settings_of(4, 120);
  Weather weather;
  weather.from = settings.theatre->in_force;
  const Missions missions = plan_missions(settings, weather, Random(4));
  int seen_truly = 0;
  for (const Seen& seen : watch(settings, missions, Random(4))) {
    if (!seen.flight) continue;
    ++seen_truly;
    const Moment truth = missions.flights[*seen.flight].track.at(seen.at);
    EXPECT_LE(distance_m(seen.place, truth.place), seen.place_precision_m);
    EXPECT_LE(std::abs((seen.reported_at - seen.at).in_seconds()),
              seen.time_precision.in_seconds());
    const double above_ground = truth.height_m - terrain_m(truth.place);
    EXPECT_LE(seen.least_height_m, above_ground);
    EXPECT_GE(seen.most_height_m, above_ground);
  }
  EXPECT_GT(seen_truly, 10);
}

TEST(Exercise, BreaksBoundsWhenAsked) {
  ExerciseSettings settings = settings_of(1);
  settings.errors_within_bounds = false;
  Weather weather;
  weather.from = settings.theatre->in_force;
  Missions missions = plan_missions(settings, weather, Random(1));
  const Reception reception = receive(settings, missions, weather, Random(1));
  int late = 0, far = 0;
  for (std::size_t s = 0; s < reception.stations.size(); ++s)
    for (const Fix& fix : reception.fixes[s]) {
      const Station& station = reception.stations[s];
      late += std::abs((fix.reported_at - fix.at).in_seconds()) > station.time_bound_s ? 1 : 0;
      if (!station.position_bound_m || fix.fabricated) continue;
      const Moment truth = missions.flights[fix.flight].track.at(fix.at);
      far += distance_m(fix.place, truth.place) >
                     std::max(*station.position_bound_m, fix.containment_m.value_or(0))
                 ? 1
                 : 0;
    }
  EXPECT_GT(late, 50);
  EXPECT_GT(far, 50);
}

// ---- The files, read by the readers that will read them ----

struct ReadBack {
  std::map<std::string, std::uint64_t> positions, records;
  std::map<std::string, std::map<std::string, int>> rejected;  ///< By source and reason.
};

ReadBack read_back(const Exercise& exercise, const observations::Sources& sources) {
  ReadBack read;
  for (const auto& [path, bytes] : exercise.files) {
    if (!path.starts_with("observations/") || path.starts_with("observations/people/")) continue;
    const observations::Source& source = sources.of_file(path);
    EXPECT_NE(source.id, "undeclared") << path;
    observations::Sink sink;
    sink.position = [&](const observations::PositionReport&) {};
    sink.facts = [](observations::AircraftFacts&&) {};
    sink.rejected = [&](observations::Rejected&& row) { ++read.rejected[source.id][row.reason]; };
    const auto format = observations::recognised(bytes, source);
    EXPECT_NE(format, observations::Format::not_recognised) << path;
    const auto reader = observations::make_reader(format, 0, source, sink);
    reader->take(bytes);
    reader->finish();
    read.positions[source.id] += sink.positions;
    read.records[source.id] += sink.records;
  }
  return read;
}

TEST(Exercise, WritesFilesThatAreReadAsWhatTheyAre) {
  const ExerciseSettings settings = settings_of(1);
  const Exercise exercise = make_exercise(settings);
  const auto sources =
      observations::read_sources(exercise.files.at("sources.toml"), "sources.toml");
  for (const auto& problem : sources.problems)
    ADD_FAILURE() << problem.where << ": " << problem.message;
  const ReadBack read = read_back(exercise, sources.sources);
  for (const char* source :
       {"joint", "un-post", "feeders", "mirror", "ru-post", "radar", "open-feed"}) {
    SCOPED_TRACE(source);
    ASSERT_TRUE(read.positions.contains(source));
    EXPECT_GT(read.positions.at(source), 20u);
    int rejected = 0;
    if (read.rejected.contains(source))
      for (const auto& [reason, count] : read.rejected.at(source)) rejected += count;
    // Few rows are broken, and all the others are positions.
    EXPECT_LT(rejected, 0.03 * static_cast<double>(read.records.at(source)) + 3);
  }
  // The broken ones are there.
  std::set<std::string> reasons;
  for (const auto& [source, by_reason] : read.rejected)
    for (const auto& [reason, count] : by_reason) reasons.insert(reason);
  EXPECT_GE(reasons.size(), 4u);
}

TEST(Exercise, WritesListsThatAreReadWithoutProblems) {
  const Exercise exercise = make_exercise(settings_of(2));
  const auto& files = exercise.files;
  const auto none = [](const base::Problems& problems) {
    for (const auto& problem : problems) ADD_FAILURE() << problem.where << ": " << problem.message;
  };
  const auto ledger = observations::read_notices(files.at("notices.toml"), "notices.toml", 0);
  none(ledger.problems);
  EXPECT_GT(ledger.ledger.notices.size(), 8u);
  EXPECT_EQ(ledger.ledger.complete.size(), 2u);
  const auto restrictions =
      observations::read_restrictions(files.at("restrictions.toml"), "restrictions.toml");
  none(restrictions.problems);
  EXPECT_GT(restrictions.restrictions.size(), 3u);
  const auto ties = observations::read_ties(files.at("affiliations.toml"), "affiliations.toml");
  none(ties.problems);
  EXPECT_EQ(ties.ties.size(), 3u);
  const auto registry = observations::read_register(files.at("registry.csv"), 0);
  EXPECT_TRUE(registry.rejected.empty());
  EXPECT_GT(registry.facts.size(), 40u);
  std::size_t sightings = 0;
  for (const std::string& source : people_sources()) {
    const auto read = observations::read_sightings(files.at(sightings_path(source)), 0, {}, 0);
    for (const auto& row : read.rejected) ADD_FAILURE() << row.reason << ": " << row.text;
    sightings += read.sightings.size();
  }
  EXPECT_GT(sightings, 5u);
}

// The register and the ties give each registered aircraft to its party, and its kind.
TEST(Exercise, RegistersItsFleet) {
  const ExerciseSettings settings = settings_of(2);
  Weather weather;
  weather.from = settings.theatre->in_force;
  const Missions missions = plan_missions(settings, weather, Random(2));
  observations::Register aircraft;
  for (auto& facts : observations::read_register(registry_csv(missions), 0).facts)
    aircraft.add(facts);
  for (auto& ties : observations::read_ties(affiliations_toml(), "affiliations.toml").ties)
    aircraft.add(ties);
  for (const Airframe& airframe : missions.fleet) {
    SCOPED_TRACE(airframe.registration + " " + airframe.type.designator);
    const auto address = observations::address_from(airframe.address);
    ASSERT_TRUE(address.has_value());
    const auto affiliation = aircraft.affiliation_of(*address, {});
    const auto nature = aircraft.nature_of(*address);
    if (!airframe.party.empty()) {
      EXPECT_EQ(affiliation.party, airframe.party);
    } else {
      EXPECT_EQ(affiliation.party, "other");
    }
    if (!airframe.registered) continue;
    EXPECT_EQ(nature.military, base::certainly(airframe.military));
    if (airframe.type.combat) {  // Of some types there are trainers too.
      EXPECT_NE(nature.combat, base::Answer::no);
    }
  }
}

// ---- The bundled case ----

TEST(Example, IsWhatTheProgramMakes) {
  const std::filesystem::path folder =
      base::source_folder() / "examples" / "joint-implementation-group";
  const Exercise exercise = make_exercise(example_settings());
  std::size_t bytes = 0;
  for (const auto& [path, text] : exercise.files) {
    std::ifstream file(folder / path, std::ios::binary);
    ASSERT_TRUE(file) << path;
    std::ostringstream committed;
    committed << file.rdbuf();
    EXPECT_TRUE(committed.str() == text) << path << " differs from what truce exercise makes";
    bytes += text.size();
  }
  EXPECT_LT(bytes, 3'000'000u);
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder / "observations"))
    if (entry.is_regular_file()) {
      EXPECT_TRUE(
          exercise.files.contains(std::filesystem::relative(entry.path(), folder).generic_string()))
          << entry.path();
    }
}

}  // namespace
}  // namespace truce::exercise
