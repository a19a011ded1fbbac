#include "exercise/exercise.h"

#include "base/check.h"
#include "exercise/formats.h"
#include "exercise/missions.h"
#include "exercise/people.h"
#include "exercise/reception.h"
#include "exercise/truth.h"

namespace truce::exercise {

namespace {

Weather some_weather(const Theatre& theatre, Random random) {
  Weather weather;
  weather.from = theatre.in_force;
  weather.sea_level_pressure_altitude_m = random.between(-60, 60);
  weather.swing_m = random.between(-30, 30);  // In all, about 1002 to 1024 hPa.
  weather.warmer_than_standard_k = random.between(-6, 14);
  return weather;
}

}  // namespace

Exercise make_exercise(const ExerciseSettings& settings) {
  CHECK(settings.theatre != nullptr);
  CHECK(settings.days >= 1 && settings.aircraft >= 1);
  CHECK(settings.report_every.microseconds > 0);
  const Theatre& theatre = *settings.theatre;
  const Random random(settings.seed);
  const Weather weather = some_weather(theatre, random.branch("weather"));
  Missions missions = plan_missions(settings, weather, random);
  const Reception reception = receive(settings, missions, weather, random);
  const std::vector<Seen> seen = watch(settings, missions, random);

  Exercise made;
  made.files = observation_files(reception, missions, random);
  for (const std::string& source : people_sources())
    made.files[sightings_path(source)] = sightings_csv(seen, source);
  made.files["agreement.toml"] = theatre.agreement_toml;
  made.files["areas.geojson"] = theatre.areas_geojson;
  made.files["README.md"] = theatre.readme;
  made.files["sources.toml"] = sources_toml(reception);
  made.files["affiliations.toml"] = affiliations_toml();
  made.files["registry.csv"] = registry_csv(missions);
  made.files["notices.toml"] = notices_toml(missions.notices, missions.ledger_complete);
  made.files["restrictions.toml"] = restrictions_toml(reception);
  made.files["truth.json"] = truth_json(settings, missions, reception, seen);
  return made;
}

ExerciseSettings example_settings() {
  ExerciseSettings settings;
  settings.seed = 2016;
  settings.aircraft = 32;  // One of each mission; small enough for the repository.
  return settings;
}

}  // namespace truce::exercise
