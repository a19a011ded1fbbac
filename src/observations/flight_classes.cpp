// Flight classes: what no aircraft of a class exceeds.
//
// Speeds are over the ground: the greatest speed through the air and a strong wind together. The
// strongest jet streams measured reach some 220 kt; the fastest ground speed on record of an
// airliner is some 720 kt. Changes of velocity come from limit loads of the certification rules
// (with n the load factor, a level turn changes the velocity by g times the root of n^2 - 1, which
// is less than n g), and everything has a margin on top: a class that is too wide costs "possible"
// where "violation" was true; one that is too narrow would assert what did not happen.
#include "observations/flight_classes.h"

#include <algorithm>

#include "base/check.h"
#include "observations/affiliation.h"
#include "quantities/speed.h"

namespace truce::observations {

namespace {

struct Limits {
  const char* name;
  double speed_kt;
  double load_g;
  double climb_ft_min;
  double sink_ft_min;
};

constexpr Limits table[] = {
    // The MiG-25 and MiG-31 are limited to Mach 2.83, 1,623 kt in the stratosphere; fighters to 9
    // g;
    // aerobatic aircraft to 10 g. Everything below is within this row.
    {"unknown", 1'650, 12, 60'000, 90'000},
    // F-15: Mach 2.5, 1,434 kt; 9 g, and overshoots of it. Climb: the F-15's record to 3,000 m in
    // 27.6 s is 21,400 ft/min on average, over 50,000 ft/min at the end.
    {"fighter", 1'600, 12, 60'000, 90'000},
    // CS-25.337: 2.5 g. The Boeing 747-8 flies at up to 0.92 of the speed of sound, 530 kt.
    {"airliner", 800, 3.5, 12'000, 20'000},
    // Up to Mach 0.935 (Cessna Citation X+); light ones are built to CS-23: 3.8 g.
    {"business_jet", 800, 4.5, 15'000, 20'000},
    // Piaggio Avanti: 402 kt; Airbus A400M: Mach 0.72; CS-23 commuter: 3.8 g; Bell Boeing V-22: 4
    // g.
    {"turboprop_transport", 650, 4.5, 10'000, 15'000},
    // Pistons and light turboprops up to 330 kt; aerobatic aircraft (Extra 330): 10 g.
    {"light", 450, 12, 10'000, 25'000},
    // Aircraft below 75,000 lb that say no more of themselves: light jets, turboprop trainers.
    {"small", 800, 12, 20'000, 30'000},
    // The record is 216 kt (Westland Lynx, 1986); CS-27/29.337: 3.5 g.
    {"helicopter", 280, 4.5, 8'000, 12'000},
    // Never-exceed speeds up to 160 kt indicated, more in true speed at the height of a mountain
    // wave;
    // aerobatic gliders: 10 g.
    {"glider", 400, 12, 8'000, 25'000},
    // From quadcopters to jets near the speed of sound.
    {"unmanned", 850, 12, 20'000, 50'000},
    // A balloon goes with the wind; a burst one falls.
    {"balloon", 280, 3, 4'000, 30'000},
};

FlightClass class_from(const Limits& l) {
  using quantities::Length;
  const auto per_second = [](quantities::Speed speed) { return speed * quantities::seconds(1); };
  constexpr double standard_gravity = 9.80665;  // m/s2 (ISO 80000-3)
  return {l.name, per_second(quantities::knots(l.speed_kt)),
          quantities::metres(l.load_g * standard_gravity),
          per_second(quantities::feet_per_minute(l.climb_ft_min)),
          per_second(quantities::feet_per_minute(l.sink_ft_min))};
}

}  // namespace

const std::vector<FlightClass>& flight_classes() {
  static const std::vector<FlightClass> all = [] {
    std::vector<FlightClass> classes;
    for (const Limits& limits : table) classes.push_back(class_from(limits));
    return classes;
  }();
  return all;
}

const FlightClass& flight_class(std::string_view name) {
  const auto& all = flight_classes();
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const FlightClass& c) { return c.name == name; });
  return found == all.end() ? all.front() : *found;
}

bool covers(const FlightClass& wide, const FlightClass& narrow) {
  return wide.speed_per_second >= narrow.speed_per_second &&
         wide.accel_per_second2 >= narrow.accel_per_second2 &&
         wide.climb_per_second >= narrow.climb_per_second &&
         wide.sink_per_second >= narrow.sink_per_second;
}

const FlightClass& covering_class(const FlightClass& a, const FlightClass& b) {
  const FlightClass* least = &flight_classes().front();
  for (const FlightClass& c : flight_classes())
    if (covers(c, a) && covers(c, b) && covers(*least, c)) least = &c;
  CHECK(covers(*least, a) && covers(*least, b));
  return *least;
}

}  // namespace truce::observations
