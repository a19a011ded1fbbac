#include "exercise/reception.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "exercise/people.h"

namespace truce::exercise {

namespace {

using quantities::hours;
using quantities::minutes;
using quantities::seconds;

constexpr double feet_per_metre = 1 / 0.3048;
constexpr double knots_per_mps = 3600 / 1852.0;

Duration of_seconds(double s) {
  return {static_cast<std::int64_t>(std::llround(s * 1e6))};
}

std::vector<Station> make_stations(bool within_bounds) {
  std::vector<Station> all;
  Station joint;
  joint.id = "joint";
  joint.title = "Receivers of the joint group";
  joint.origin = "joint group";
  joint.form = Form::readsb_trace;
  joint.files = "observations/joint/*";
  joint.reliability = 'A';
  joint.credibility = 2;
  joint.accepted_by = {"us", "ru"};
  joint.posts = {{{36.98, 37.38}, 900, 260'000},
                 {{34.92, 35.92}, 450, 240'000},
                 {{33.51, 36.28}, 1'100, 230'000}};
  joint.position_bound_m = 100;
  joint.time_bound_s = 1;
  joint.pressure_bound_ft = 125;
  joint.geometric_bound_m = 45;
  joint.gives_containment = true;
  joint.clock_offset_s = 0.2;
  all.push_back(joint);

  Station un = joint;
  un.id = "un-post";
  un.title = "Receiver of the observer mission";
  un.origin = "observer mission";
  un.form = Form::aircraft_json;
  un.files = "observations/un-post/*";
  un.reliability = 'B';
  un.accepted_by = {};
  un.posts = {{{34.30, 36.60}, 1'300, 220'000}};
  un.position_bound_m = 150;
  un.interval_share = 3;
  un.clock_offset_s = -0.3;
  all.push_back(un);

  Station feeders = joint;
  feeders.id = "feeders";
  feeders.title = "Volunteers' network";
  feeders.origin = "volunteers";
  feeders.form = Form::json_lines;
  feeders.files = "observations/feeders/*";
  feeders.reliability = 'C';
  feeders.credibility = 3;
  feeders.accepted_by = {};
  feeders.posts = {{{36.20, 36.16}, 250, 200'000},
                   {{35.52, 35.79}, 80, 220'000},
                   {{34.44, 35.83}, 120, 210'000}};
  feeders.position_bound_m = 200;
  feeders.interval_share = 2;
  all.push_back(feeders);

  Station mirror = feeders;
  mirror.id = "mirror";
  mirror.title = "State vectors passed on from the volunteers' network";
  mirror.form = Form::opensky_csv;
  mirror.files = "observations/mirror/*";
  mirror.reliability = 'D';
  mirror.position_bound_m = 400;
  mirror.time_bound_s = 3;
  mirror.gives_containment = false;
  mirror.writes_within_m = 0.2;
  mirror.copy_of = "feeders";
  all.push_back(mirror);

  Station ru = joint;
  ru.id = "ru-post";
  ru.title = "Receiver of the Russian side";
  ru.origin = "Russian side";
  ru.form = Form::sbs1;
  ru.files = "observations/ru-post/*";
  ru.reliability = 'B';
  ru.credibility = 3;
  ru.tied_to = {"ru"};
  ru.accepted_by = {"ru"};
  ru.posts = {{{35.41, 35.95}, 70, 230'000}};
  ru.position_bound_m = 250;
  ru.time_bound_s = 5;
  ru.geometric_bound_m.reset();
  ru.clock_offset_s = within_bounds ? 3 : 300;
  ru.interval_share = 2;
  ru.writes_within_m = 1;
  ru.gives_containment = false;
  all.push_back(ru);

  Station radar = ru;
  radar.id = "radar";
  radar.title = "Air picture of the United States side";
  radar.origin = "United States side";
  radar.form = Form::radar_csv;
  radar.files = "observations/radar/*";
  radar.tied_to = {"us"};
  radar.accepted_by = {"us"};
  radar.posts = {{{37.00, 35.43}, 1'500, 330'000}};
  radar.position_bound_m = 600;
  radar.time_bound_s = 2;
  radar.clock_offset_s = -0.5;
  radar.interval_share = 2;
  all.push_back(radar);

  Station open = joint;
  open.id = "open-feed";
  open.title = "Open aggregator; nobody states how good it is";
  open.origin = "aggregator";
  open.form = Form::opensky_json;
  open.files = "observations/open-feed/*";
  open.reliability = 'F';
  open.credibility = 6;
  open.accepted_by = {};
  open.posts = {{{35.0, 37.0}, 1'000, 400'000}};
  open.position_bound_m.reset();
  open.time_bound_s = 3;
  open.pressure_bound_ft.reset();
  open.geometric_bound_m.reset();
  open.gives_containment = false;
  open.clock_offset_s = 0;
  open.writes_within_m = 8;
  all.push_back(open);
  return all;
}

bool any_contains(const std::vector<Period>& periods, Instant t) {
  return std::any_of(periods.begin(), periods.end(),
                     [&](const Period& p) { return p.contains(t); });
}

// Four thirds of the Earth's radius and both heights give the radio horizon: 4,120 m for each
// square root of a metre.
bool in_reach(const Station& station, const Moment& moment) {
  return std::any_of(station.posts.begin(), station.posts.end(), [&](const Post& post) {
    const double horizon =
        4'120 * (std::sqrt(std::max(0.0, moment.height_m)) + std::sqrt(post.height_m));
    const double reach = std::min(post.range_m, horizon);
    const Offset rough = way_between(post.place, moment.place);
    if (std::abs(rough.north_m) > reach || std::abs(rough.east_m) > reach * 1.05) return false;
    return distance_m(post.place, moment.place) < reach;
  });
}

class Receiving {
 public:
  Receiving(const ExerciseSettings& settings, Missions& missions, const Weather& weather,
            const Random& random)
      : settings_(settings), missions_(missions), weather_(weather), random_(random) {}

  Reception made() {
    made_.stations = make_stations(settings_.errors_within_bounds);
    plan_outages();
    plan_jamming();
    for (const Flight& flight : missions_.flights) ++uses_[flight.address];
    for (const Station& station : made_.stations) {
      std::vector<Fix> heard;
      if (station.copy_of.empty()) {
        for (std::size_t f = 0; f < missions_.flights.size(); ++f) {
          Random random = random_.branch(station.id + missions_.flights[f].id);
          if (station.form == Form::aircraft_json || station.form == Form::opensky_json)
            hear_in_snapshots(station, f, random, heard);
          else
            hear(station, f, random, heard);
        }
      } else {
        heard = passed_on(station);
      }
      std::stable_sort(heard.begin(), heard.end(),
                       [](const Fix& a, const Fix& b) { return a.reported_at < b.reported_at; });
      made_.fixes.push_back(std::move(heard));
    }
    return std::move(made_);
  }

 private:
  void plan_outages() {
    Random random = random_.branch("outages");
    const double span_s = (missions_.time.until - missions_.time.from).in_seconds();
    for (Station& station : made_.stations) {
      const int count = static_cast<int>(span_s / 86'400 * 2);
      for (int i = 0; i < count; ++i) {
        const Instant from =
            missions_.time.from + of_seconds(std::floor(random.between(0, span_s)));
        station.outages.push_back(
            {from, from + of_seconds(std::floor(random.between(240, 2'700)))});
      }
      std::sort(station.outages.begin(), station.outages.end(),
                [](const Period& a, const Period& b) { return a.from < b.from; });
    }
  }

  void plan_jamming() {
    Random random = random_.branch("jamming");
    const auto add = [&](Place centre, double radius_m, Period when, bool declared) {
      made_.jammings.push_back(
          {fmt::format("R-{:03}", made_.jammings.size() + 1), centre, radius_m, when, declared});
    };
    for (const Flight& flight : missions_.flights) {
      if (!flight.wanted_by_jammer || flight.stays.empty()) continue;
      const Instant entry = flight.stays.front().entry;
      const Instant exit = flight.stays.back().exit;
      const Instant middle{entry.microseconds + (exit - entry).microseconds / 2};
      add(flight.track.at(middle).place, 45'000,
          {whole_second(entry - minutes(3)), whole_second(exit + minutes(4))}, random.chance(0.8));
    }
    const auto days =
        static_cast<int>((missions_.time.until - missions_.time.from).in_seconds() / 86'400);
    for (int i = 0; i < days; ++i) {
      const auto& area = random.one_of(settings_.theatre->areas);
      const Instant from =
          whole_second(missions_.time.from + of_seconds(random.between(0, 86'400.0 * days)));
      const double radius_m = random.between(20'000, 60'000);
      const Duration lasts = of_seconds(std::floor(random.between(600, 3'600)));
      add(area.within.front(), radius_m, {from, from + lasts}, random.chance(0.8));
    }
  }

  static Instant whole_second(Instant t) { return {t.microseconds / 1'000'000 * 1'000'000}; }

  bool jammed(const Moment& moment, Instant t) const {
    return std::any_of(made_.jammings.begin(), made_.jammings.end(), [&](const Jamming& j) {
      return j.when.contains(t) && distance_m(j.centre, moment.place) < j.radius_m;
    });
  }

  // When the aircraft hides by itself.
  std::vector<Period> silences(const Flight& flight) {
    if (flight.transponder != Transponder::silent_inside || flight.stays.empty()) return {};
    Random random = random_.branch("silence " + flight.id);
    return {{flight.stays.front().entry - of_seconds(random.between(50, 150)),
             flight.stays.back().exit + of_seconds(random.between(50, 150))}};
  }

  // What the station calls the aircraft; "" if it does not hear it at all.
  std::string address_at(const Station& station, const Flight& flight, Random& random) const {
    const bool radar = station.form == Form::radar_csv;
    if (flight.ghost)
      return station.id == "feeders" || (!settings_.errors_within_bounds && station.id == "joint")
                 ? flight.address
                 : "";
    if (!flight.radar_track.empty() && radar) return flight.radar_track;
    if (flight.transponder == Transponder::off) return "";
    if (radar && !random.chance(0.3)) return "";
    if (station.form == Form::opensky_json && !random.chance(0.5)) return "";
    return flight.address;
  }

  void hear(const Station& station, std::size_t f, Random& random, std::vector<Fix>& heard) {
    const Flight& flight = missions_.flights[f];
    const std::string address = address_at(station, flight, random);
    if (address.empty()) return;
    const bool sends = flight.transponder != Transponder::off;
    const std::vector<Period> silent = silences(flight);
    const double interval = settings_.report_every.in_seconds() * station.interval_share;
    const double usual_containment = usual_containment_of(flight, random);
    std::optional<Instant> last_true;
    int row = 0;
    Instant t = flight.track.start() + of_seconds(random.between(0, interval));
    for (; t < flight.track.end(); t = t + of_seconds(interval * random.between(0.7, 1.3))) {
      const Moment moment = flight.track.at(t);
      // Standing aircraft send far less.
      if (moment.on_ground && !random.chance(0.3)) continue;
      if (sends && any_contains(silent, t)) continue;
      if (!in_reach(station, moment) || any_contains(station.outages, t)) continue;
      if (!random.chance(0.93)) continue;
      const bool is_jammed = station.form != Form::radar_csv && jammed(moment, t);
      if (is_jammed && random.chance(0.85)) {
        mark_jammed(f);
        continue;
      }
      const bool lies = flight.fabrication && flight.fabrication->when.contains(t);
      // A lie begins in the middle of good reception or not at all: that is how it is found out.
      if (lies && !flight.fabrication->drifts &&
          (!last_true || flight.fabrication->when.from - *last_true > seconds(60)))
        continue;
      if (!lies) last_true = t;
      Fix fix = reported(station, flight, t, moment, usual_containment, is_jammed, row++, random);
      fix.flight = f;
      fix.address = address;
      if (station.form == Form::radar_csv) fix.call_sign.clear();
      heard.push_back(std::move(fix));
    }
  }

  // Every aircraft in reach at the station's own times.
  void hear_in_snapshots(const Station& station, std::size_t f, Random& random,
                         std::vector<Fix>& heard) {
    const Flight& flight = missions_.flights[f];
    const std::string address = address_at(station, flight, random);
    if (address.empty()) return;
    const std::vector<Period> silent = silences(flight);
    const double usual_containment = usual_containment_of(flight, random);
    const Duration every =
        station.form == Form::opensky_json
            ? minutes(15)
            : of_seconds(settings_.report_every.in_seconds() * station.interval_share);
    const Instant zero = missions_.time.from - hours(24);
    const std::int64_t first = (flight.track.start() - zero).microseconds / every.microseconds + 1;
    int row = 0;
    for (Instant snapshot = zero + every * first; snapshot < flight.track.end();
         snapshot = snapshot + every) {
      const double age = random.between(0, 9);
      const Instant t = snapshot - of_seconds(age);
      if (t <= flight.track.start()) continue;
      const Moment moment = flight.track.at(t);
      if (moment.on_ground && !random.chance(0.3)) continue;
      if (any_contains(silent, t) || !in_reach(station, moment) ||
          any_contains(station.outages, t) || !random.chance(0.9))
        continue;
      const bool is_jammed = jammed(moment, t);
      if (is_jammed && random.chance(0.85)) {
        mark_jammed(f);
        continue;
      }
      if (flight.fabrication && flight.fabrication->when.contains(t)) continue;
      Fix fix = reported(station, flight, t, moment, usual_containment, is_jammed, row++, random);
      fix.flight = f;
      fix.address = address;
      // One clock error a snapshot, the same for every aircraft in it.
      const double error = clock_error_of(station, snapshot);
      fix.written_at = snapshot + of_seconds(error);
      fix.age_s = age;
      fix.reported_at = fix.written_at - of_seconds(age);
      heard.push_back(std::move(fix));
    }
  }

  double clock_error_of(const Station& station, Instant snapshot) const {
    Random random = random_.branch(station.id + std::to_string(snapshot.microseconds));
    return random.between(-0.6, 0.6) * station.time_bound_s;
  }

  void mark_jammed(std::size_t f) {
    auto& troubles = missions_.flights[f].troubles;
    if (std::find(troubles.begin(), troubles.end(), "jammed") == troubles.end())
      troubles.emplace_back("jammed");
  }

  static double usual_containment_of(const Flight& flight, Random& random) {
    static const std::vector<double> old_sets = {186, 371, 186};
    static const std::vector<double> new_sets = {25, 75, 186};
    return random.one_of(flight.airframe.military ? old_sets : new_sets);
  }

  Fix reported(const Station& station, const Flight& flight, Instant t, const Moment& moment,
               double usual_containment, bool is_jammed, int row, Random& random) {
    Fix fix;
    fix.at = t;
    fix.call_sign = flight.call_sign;
    fix.on_ground = moment.on_ground;
    fix.fabricated = flight.ghost || (flight.fabrication && flight.fabrication->when.contains(t));
    // Where two aircraft use one address, a radius that is left out could be taken from the other.
    fix.details = row % 4 == 0 || is_jammed || uses_.at(flight.address) > 1;
    if (station.gives_containment && fix.details) {
      fix.containment_m = usual_containment;
      if (is_jammed)
        fix.containment_m = random.chance(0.5) ? 0 : 926;
      else if (random.chance(0.06))
        fix.containment_m = 0;
      if (random.chance(0.05)) fix.containment_m.reset();
    }
    set_place(station, flight, t, moment, usual_containment, random, fix);
    set_time(station, t, random, fix);
    set_heights(station, t, moment, random, fix);
    fix.speed_kt = std::max(0.0, length_m(moment.velocity) * knots_per_mps + random.between(-1, 1));
    fix.track_degrees = bearing(moment.velocity);
    fix.climb_ft_min = moment.climb_mps * feet_per_metre * 60;
    return fix;
  }

  void set_place(const Station& station, const Flight& flight, Instant t, const Moment& moment,
                 double usual_containment, Random& random, Fix& fix) {
    double bound = station.position_bound_m.value_or(800);
    fix.bounded = station.position_bound_m.has_value();
    if (fix.containment_m && *fix.containment_m > 0) {
      bound = *fix.containment_m;
      fix.bounded = true;
    } else if (station.gives_containment) {
      bound = std::min(bound, usual_containment);
    }
    // Room for what the written decimals and the lattice cost.
    double radius = bound - station.writes_within_m;
    if (!random.chance(0.04)) radius *= std::sqrt(random.share());
    if (!settings_.errors_within_bounds && random.chance(0.05))
      radius = bound * random.between(2, 12);
    Place place = moved(moment.place, random_direction(random) * radius);
    if (flight.fabrication && flight.fabrication->when.contains(t)) {
      const Fabrication& lie = *flight.fabrication;
      const double grown = lie.drifts ? (t - lie.when.from).in_seconds() /
                                            (lie.when.until - lie.when.from).in_seconds()
                                      : 1;
      place = moved(place, lie.displacement * grown);
    }
    fix.place = place;
  }

  static Offset random_direction(Random& random) {
    for (;;) {
      const Offset way{random.between(-1, 1), random.between(-1, 1)};
      const double length = length_m(way);
      if (length > 0.01 && length <= 1) return way * (1 / length);
    }
  }

  void set_time(const Station& station, Instant t, Random& random, Fix& fix) const {
    // Times are written to the whole second or finer; half a second covers the rounding.
    const double room = station.form == Form::opensky_csv || station.form == Form::opensky_json
                            ? station.time_bound_s - 1.05
                            : station.time_bound_s - 0.06;
    const double offset = station.clock_offset_s;
    const double left = std::max(0.0, room - std::abs(offset));
    double error =
        offset + (random.chance(0.03) ? (offset < 0 ? -left : left) : random.between(-left, left));
    if (!settings_.errors_within_bounds && random.chance(0.02)) error += random.between(-40, 40);
    fix.reported_at = t + of_seconds(error);
    fix.written_at = fix.reported_at;
  }

  void set_heights(const Station& station, Instant t, const Moment& moment, Random& random,
                   Fix& fix) const {
    const double wrong = !settings_.errors_within_bounds && random.chance(0.05) ? 8 : 1;
    if (random.chance(0.97)) {
      // Rounding to 25 ft costs half of that.
      const double room = station.pressure_bound_ft.value_or(200) - 13;
      const double true_ft = weather_.pressure_altitude_m(moment.height_m, t) * feet_per_metre;
      const double error = random.chance(0.03) ? room : random.between(-room, room);
      fix.pressure_ft = std::round((true_ft + error * wrong) / 25) * 25;
    }
    if (station.form != Form::radar_csv && station.form != Form::sbs1 && random.chance(0.9)) {
      // Rounding, and what the made-up geoid may differ from the published one.
      const double room = station.geometric_bound_m.value_or(60) - 20;
      const double true_m = moment.height_m + geoid_m(moment.place);
      fix.geometric_ft =
          std::round((true_m + random.between(-room, room) * wrong) * feet_per_metre / 25) * 25;
    }
  }

  std::vector<Fix> passed_on(const Station& station) {
    for (std::size_t s = 0; s < made_.fixes.size(); ++s) {
      if (made_.stations[s].id != station.copy_of) continue;
      Random random = random_.branch(station.id);
      std::vector<Fix> copied;
      for (const Fix& fix : made_.fixes[s])
        if ((!fix.containment_m || *fix.containment_m <= *station.position_bound_m - 1) &&
            !any_contains(station.outages, fix.at) && random.chance(0.5))
          copied.push_back(fix);
      return copied;
    }
    return {};
  }

  const ExerciseSettings& settings_;
  Missions& missions_;
  const Weather& weather_;
  Random random_;
  std::map<std::string, int> uses_;
  Reception made_;
};

std::string quoted_list(const std::vector<std::string>& items) {
  std::vector<std::string> quoted;
  for (const std::string& item : items) quoted.push_back("\"" + item + "\"");
  return fmt::format("[{}]", fmt::join(quoted, ", "));
}

std::string bounds_of(const Station& s) {
  std::vector<std::string> bounds;
  if (s.position_bound_m) bounds.push_back(fmt::format("position = \"{} m\"", *s.position_bound_m));
  bounds.push_back(fmt::format("time = \"{} s\"", s.time_bound_s));
  if (s.pressure_bound_ft)
    bounds.push_back(fmt::format("pressure_altitude = \"{} ft\"", *s.pressure_bound_ft));
  if (s.geometric_bound_m)
    bounds.push_back(fmt::format("geometric_height = \"{} m\"", *s.geometric_bound_m));
  if (s.form == Form::readsb_trace) bounds.emplace_back("containment_holds = \"60 s\"");
  return fmt::format("{{ {} }}", fmt::join(bounds, ", "));
}

}  // namespace

Reception receive(const ExerciseSettings& settings, Missions& missions, const Weather& weather,
                  const Random& random) {
  return Receiving(settings, missions, weather, random.branch("reception")).made();
}

std::string sources_toml(const Reception& reception) {
  std::string out = "# Who told us, and how far each can be trusted.\n";
  for (const Station& s : reception.stations) {
    out += fmt::format("\n[sources.{}]\n", s.id);
    out += fmt::format("title       = \"{}\"\norigin      = \"{}\"\n", s.title, s.origin);
    out += fmt::format("kind        = \"{}\"\n",
                       s.copy_of.empty() && s.form != Form::opensky_json ? "receiver" : "feed");
    out += fmt::format("files       = [\"{}\"]\n", s.files);
    out += fmt::format("reliability = \"{}\"\ncredibility = {}\n", s.reliability, s.credibility);
    if (!s.tied_to.empty()) out += "tied_to     = " + quoted_list(s.tied_to) + "\n";
    if (!s.accepted_by.empty()) out += "accepted_by = " + quoted_list(s.accepted_by) + "\n";
    out += "bounds      = " + bounds_of(s) + "\n";
    const Post& post = s.posts.front();
    out += fmt::format(
        "coverage    = {{ share = 0.0, centre = \"{:.4f} N {:.4f} E\", radius = \"{:.0f} km\", "
        "heartbeat = true }}\n",
        post.place.latitude, post.place.longitude, post.range_m / 1000);
    if (s.form == Form::radar_csv)
      out +=
          "columns     = { time = \"seen\", address = \"track_number\", latitude = \"lat_deg\", "
          "longitude = \"lon_deg\", pressure_altitude_ft = \"flight_level_ft\", "
          "ground_speed_kt = \"speed_kt\" }\n";
  }
  return out + people_sources_toml();
}

std::string restrictions_toml(const Reception& reception) {
  std::string out = "# When monitoring was denied, delayed, conditional or jammed.\n";
  for (const Jamming& j : reception.jammings) {
    if (!j.declared) continue;
    out += fmt::format(
        "\n[restrictions.{}]\nkind   = \"jamming\"\nfrom   = {}\nuntil  = {}\ncentre = \"{:.4f} N "
        "{:.4f} E\"\nradius = \"{:.0f} km\"\ntext   = \"positions lost or of unknown quality\"\n",
        j.id, quantities::rfc3339(j.when.from), quantities::rfc3339(j.when.until),
        j.centre.latitude, j.centre.longitude, std::ceil(j.radius_m / 1000));
  }
  int number = 0;
  for (const Station& s : reception.stations)
    for (const Period& outage : s.outages)
      if (++number % 4 != 0)  // Not every outage is noticed.
        out += fmt::format(
            "\n[restrictions.D-{:03}]\nkind    = \"receiver_down\"\nfrom    = {}\nuntil   = {}\n"
            "sources = [\"{}\"]\n",
            number, quantities::rfc3339(outage.from), quantities::rfc3339(outage.until), s.id);
  return out;
}

}  // namespace truce::exercise
