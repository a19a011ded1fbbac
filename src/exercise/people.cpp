#include "exercise/people.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/text.h"

namespace truce::exercise {

namespace {

struct Watchers {
  std::string id, title, origin;
  char reliability;
  bool accepted;
  double least_precision_m, most_precision_m;
  double least_precision_s, most_precision_s;
  double share;  ///< Of all sightings.
};

const std::vector<Watchers>& all_watchers() {
  static const std::vector<Watchers> all = {
      {"hotline", "Calls to the hotline", "hotline callers", 'D', false, 2'000, 8'000, 300, 900,
       0.6},
      {"spotters", "Spotters of a civil monitoring group", "spotters", 'C', false, 1'000, 4'000, 60,
       240, 0.25},
      {"observers", "Observers of the joint group", "joint observers", 'A', true, 500, 2'000, 30,
       120, 0.15},
  };
  return all;
}

Duration of_seconds(double s) {
  return {static_cast<std::int64_t>(std::llround(s * 1e6))};
}

Instant whole_second(Instant t) {
  return {t.microseconds / 1'000'000 * 1'000'000};
}

class Watching {
 public:
  Watching(const ExerciseSettings& settings, const Missions& missions, const Random& random)
      : settings_(settings), missions_(missions), random_(random) {}

  std::vector<Seen> made() {
    for (std::size_t f = 0; f < missions_.flights.size(); ++f) {
      const Flight& flight = missions_.flights[f];
      if (flight.ghost || !flight.wanted_by_people) continue;
      Random random = random_.branch("people " + flight.id);
      const int count = 1 + static_cast<int>(random.below(3));
      for (int i = 0; i < count; ++i) see(f, random);
    }
    Random random = random_.branch("false sightings");
    for (int day = 0; day < settings_.days; ++day)
      for (int i = 0; i < 2; ++i) imagine(day, random);
    return std::move(seen_);
  }

 private:
  const Watchers& somebody(Random& random) {
    double drawn = random.share();
    for (const Watchers& watchers : all_watchers()) {
      drawn -= watchers.share;
      if (drawn < 0) return watchers;
    }
    return all_watchers().front();
  }

  void see(std::size_t f, Random& random) {
    const Flight& flight = missions_.flights[f];
    const Watchers& watchers = somebody(random);
    Instant at =
        flight.track.start() +
        of_seconds(random.share() * (flight.track.end() - flight.track.start()).in_seconds());
    if (!flight.stays.empty() && random.chance(0.85)) {
      const Stay& stay = random.one_of(flight.stays);
      at = stay.entry + of_seconds(random.share() * (stay.exit - stay.entry).in_seconds());
    }
    const Moment moment = flight.track.at(at);
    if (moment.on_ground) return;
    Seen seen = base(watchers, random);
    seen.flight = f;
    seen.at = at;
    place_and_time(seen, moment, random);
    describe(seen, flight, watchers, random);
    const double above_ground = moment.height_m - terrain_m(moment.place);
    // Rounded outwards, so that the truth lies between.
    seen.least_height_m = std::floor(above_ground * random.between(0.3, 0.9) / 50) * 50;
    seen.most_height_m = std::ceil(above_ground * random.between(1.1, 2.0) / 50) * 50;
    seen.heading_degrees = std::floor(bearing(moment.velocity) / 45 + 0.5) * 45;
    if (seen.heading_degrees >= 360) seen.heading_degrees -= 360;
    seen_.push_back(std::move(seen));
  }

  Seen base(const Watchers& watchers, Random& random) {
    Seen seen;
    seen.id = fmt::format("S-{:04}", seen_.size() + 1);
    seen.source = watchers.id;
    seen.place_precision_m =
        std::round(random.between(watchers.least_precision_m, watchers.most_precision_m) / 100) *
        100;
    seen.time_precision = of_seconds(
        std::round(random.between(watchers.least_precision_s, watchers.most_precision_s)));
    return seen;
  }

  void place_and_time(Seen& seen, const Moment& moment, Random& random) {
    const bool wild = !settings_.errors_within_bounds && random.chance(0.25);
    const double stretch = wild ? random.between(1.5, 5) : 1;
    const double radius = (seen.place_precision_m - 1) * std::sqrt(random.share()) * stretch;
    Offset way;
    do way = {random.between(-1, 1), random.between(-1, 1)};
    while (length_m(way) > 1 || length_m(way) < 0.01);
    seen.place = moved(moment.place, direction(way) * radius);
    const double room = seen.time_precision.in_seconds() - 1;
    seen.reported_at = whole_second(seen.at + of_seconds(random.between(-room, room) * stretch));
  }

  // People confuse jets with jets and helicopters with helicopters; whose they were they seldom
  // say.
  void describe(Seen& seen, const Flight& flight, const Watchers& watchers, Random& random) {
    const bool rotor = flight.airframe.type.craft == Craft::helicopter;
    const bool jet = flight.airframe.type.craft == Craft::fighter;
    seen.type = flight.airframe.type.spoken;
    if (!watchers.accepted && random.chance(0.3)) {
      if (rotor)
        seen.type = random.chance(0.5) ? "Mi-8" : "Mi-24";
      else if (jet)
        seen.type = random.chance(0.5) ? "Su-22" : "MiG-23";
    }
    if (random.chance(0.35)) seen.type = rotor ? "helicopter" : jet ? "jet" : "";
    if (random.chance(0.5)) seen.party = flight.airframe.party;
    if (random.chance(0.6)) seen.military = "yes";
    if (!settings_.errors_within_bounds && random.chance(0.3)) {
      seen.party = "ru";
      seen.type = "Su-30";
    }
    seen.text = rotor ? "a helicopter, low and loud" : jet ? "a jet, one pass" : "an aircraft";
  }

  // Somebody reports what was not there.
  void imagine(int day, Random& random) {
    Seen seen = base(all_watchers().front(), random);
    const TheatreArea& area = random.one_of(settings_.theatre->areas);
    seen.at = seen.reported_at = whole_second(missions_.time.from + quantities::days(day) +
                                              of_seconds(random.between(0, 86'400)));
    seen.place = random.one_of(area.within);
    seen.type = random.chance(0.5) ? "jet" : "helicopter";
    seen.least_height_m = 200;
    seen.most_height_m = 2'000;
    seen.text = "\"heard it\", said the caller, and a neighbour agreed";
    seen_.push_back(std::move(seen));
  }

  const ExerciseSettings& settings_;
  const Missions& missions_;
  const Random& random_;
  std::vector<Seen> seen_;
};

}  // namespace

std::vector<Seen> watch(const ExerciseSettings& settings, const Missions& missions,
                        const Random& random) {
  return Watching(settings, missions, random).made();
}

std::string sightings_path(const std::string& source) {
  return "observations/people/" + source + ".csv";
}

std::string sightings_csv(const std::vector<Seen>& seen, const std::string& source) {
  std::string out =
      "id,time,time_precision,latitude,longitude,place_precision,type,party,military,heading,"
      "heading_precision,height_least,height_most,count,source,text\r\n";
  for (const Seen& s : seen) {
    if (s.source != source) continue;
    out += fmt::format(
        "{},{},{:.0f} s,{:.5f},{:.5f},{:.0f} m,{},{},{},{:.0f},45,{:.0f} m,{:.0f} m,1,{},{}\r\n",
        s.id, quantities::rfc3339(s.reported_at), s.time_precision.in_seconds(), s.place.latitude,
        s.place.longitude, s.place_precision_m, s.type, s.party, s.military, s.heading_degrees,
        s.least_height_m, s.most_height_m, s.source, base::csv_field(s.text));
  }
  return out;
}

std::string people_sources_toml() {
  std::string out;
  for (const Watchers& w : all_watchers()) {
    out += fmt::format(
        "\n[sources.{}]\ntitle       = \"{}\"\norigin      = \"{}\"\nkind        = \"people\"\n"
        "files       = [\"observations/people/{}.csv\"]\nreliability = \"{}\"\ncredibility = 3\n",
        w.id, w.title, w.origin, w.id, w.reliability);
    if (w.accepted) out += "accepted_by = [\"us\", \"ru\"]\n";
  }
  return out;
}

const std::vector<std::string>& people_sources() {
  static const std::vector<std::string> ids = [] {
    std::vector<std::string> made;
    for (const Watchers& w : all_watchers()) made.push_back(w.id);
    return made;
  }();
  return ids;
}

}  // namespace truce::exercise
