#include "exercise/missions.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <set>

#include "base/check.h"

namespace truce::exercise {

namespace {

using quantities::hours;
using quantities::minutes;
using quantities::seconds;

enum class Mission : std::uint8_t {
  airway,
  arrival,
  sortie,
  sortie_unregistered,
  sortie_dark,
  sortie_dark_seen,
  sortie_switches_off,
  sortie_jammed,
  above_ceiling,
  skirting,
  patrol,
  co_chair_sortie,
  unmanned,
  medical_good,
  medical_late,
  medical_missing,
  medical_unanswered,
  medical_denied,
  medical_other_airframe,
  medical_corridor_left,
  medical_overrun,
  medical_at_the_limit,
  recovery_good,
  recovery_late,
  aid_good,
  aid_missing,
  shared_address,
  framed_address,
  spoofed_jump,
  ghost,
};

struct MissionKind {
  Mission mission;
  std::string_view name;
  std::string_view trouble;  ///< "" if there is none by itself.
  double weight;             ///< How often it is drawn once each has been flown.
};

// In the order in which a small exercise takes them.
const std::vector<MissionKind>& mission_kinds() {
  static const std::vector<MissionKind> kinds = {
      {Mission::airway, "airway", "", 40},
      {Mission::sortie, "sortie", "", 14},
      {Mission::medical_good, "medical good", "medical good", 4},
      {Mission::medical_missing, "medical missing", "medical missing", 2},
      {Mission::sortie_dark_seen, "sortie dark, seen by people", "seen by people", 5},
      {Mission::medical_late, "medical late", "medical late", 2},
      {Mission::patrol, "patrol", "", 8},
      {Mission::sortie_switches_off, "sortie, silent inside", "switched off", 4},
      {Mission::medical_other_airframe, "medical, other airframe", "medical misused", 2},
      {Mission::medical_corridor_left, "medical, corridor left", "medical misused", 2},
      {Mission::medical_overrun, "medical, window overrun", "medical misused", 2},
      {Mission::recovery_good, "recovery good", "recovery good", 2},
      {Mission::sortie_jammed, "sortie, jammed", "jammed", 2},
      {Mission::spoofed_jump, "fabricated jump", "fabricated", 1},
      {Mission::shared_address, "shared address", "shared address", 1},
      {Mission::framed_address, "framed address", "shared address", 1},
      {Mission::ghost, "ghost", "fabricated", 1},
      {Mission::co_chair_sortie, "co-chair sortie", "", 3},
      {Mission::skirting, "skirting", "skirting", 4},
      {Mission::above_ceiling, "above the ceiling", "", 3},
      {Mission::recovery_late, "recovery late", "recovery late", 1},
      {Mission::medical_unanswered, "medical unanswered", "medical unanswered", 1},
      {Mission::aid_good, "aid good", "aid good", 1},
      {Mission::aid_missing, "aid missing", "aid missing", 1},
      {Mission::sortie_dark, "sortie dark", "dark", 4},
      {Mission::sortie_unregistered, "sortie, not in the register", "not registered", 3},
      {Mission::unmanned, "unmanned", "", 2},
      {Mission::medical_at_the_limit, "medical at the limit", "medical at the limit", 1},
      {Mission::medical_denied, "medical denied", "medical unanswered", 1},
      {Mission::arrival, "arrival", "", 8},
  };
  return kinds;
}

const AircraftType& type_named(std::string_view designator) {
  static const std::vector<AircraftType> types = {
      {"A320", "Airbus A320", Craft::airliner, false},
      {"B738", "Boeing 737", Craft::airliner, false},
      {"B77W", "Boeing 777", Craft::airliner, false},
      {"A333", "Airbus A330", Craft::airliner, false},
      {"IL76", "Il-76", Craft::transport, false},
      {"AN26", "An-26", Craft::transport, false},
      {"C17", "C-17", Craft::transport, false},
      {"SU24", "Su-24", Craft::fighter, true},
      {"SU22", "Su-22", Craft::fighter, true},
      {"MG23", "MiG-23", Craft::fighter, true},
      {"SU30", "Su-30", Craft::fighter, true},
      {"MI8", "Mi-8", Craft::helicopter, false},
      {"MI24", "Mi-24", Craft::helicopter, true},
      {"Q9", "MQ-9", Craft::unmanned, true},
  };
  for (const AircraftType& type : types)
    if (type.designator == designator) return type;
  CHECK(false);
}

struct Airline {
  std::string_view name, prefix, call_sign;
  std::uint32_t block;
};
constexpr Airline airlines[] = {
    {"Turkish Airlines", "TC-J", "THY", 0x4B8400},
    {"Middle East Airlines", "OD-M", "MEA", 0x748200},
    {"Qatar Airways", "A7-B", "QTR", 0x06A000},
    {"Lufthansa", "D-AI", "DLH", 0x3C6400},
    {"Royal Jordanian", "JY-A", "RJA", 0x740600},
};

// Makes airframes with addresses and registrations that nobody else has.
class Hangar {
 public:
  explicit Hangar(Random random) : random_(random) {}

  Airframe airliner() {
    const Airline& line = airlines[random_.below(std::size(airlines))];
    static const std::vector<std::string> types = {"A320", "B738", "B77W", "A333"};
    Airframe made;
    made.type = type_named(random_.one_of(types));
    made.address = address_in(line.block, 0x200);
    const char first_letter = letter();
    const char second_letter = letter();
    made.registration =
        fmt::format("{}{}{}{:02}", line.prefix, first_letter, second_letter, count_ % 100);
    made.operator_name = line.name;
    airline_of_[made.address] = std::string(line.call_sign);
    return made;
  }
  Airframe syrian(std::string_view type) {
    Airframe made = military(type, "government", "Syrian Arab Air Force", 0x778000, 0x7000);
    made.registration = fmt::format("{}", 1000 + count_);
    return made;
  }
  Airframe russian(std::string_view type) {
    Airframe made = military(type, "ru", "Russian Aerospace Forces", 0x150000, 0x3000);
    made.registration = fmt::format("RF-{}", 90'000 + count_);
    return made;
  }
  Airframe american(std::string_view type) {
    Airframe made = military(type, "us", "United States Air Force", 0xAE0000, 0x3000);
    made.registration = fmt::format("{:02}-{:04}", 80 + count_ % 20, 1000 + count_);
    return made;
  }
  std::string call_sign(const Airframe& airframe) {
    if (const auto line = airline_of_.find(airframe.address); line != airline_of_.end())
      return fmt::format("{}{}", line->second, 100 + random_.below(900));
    const std::string_view prefix = airframe.party == "ru"   ? "RFF"
                                    : airframe.party == "us" ? "RCH"
                                                             : "SAF";
    return fmt::format("{}{}", prefix, 100 + random_.below(900));
  }

 private:
  char letter() { return static_cast<char>('A' + random_.below(26)); }
  std::string address_in(std::uint32_t first, std::uint64_t count) {
    ++count_;
    for (;;) {
      std::string address = fmt::format("{:06x}", first + random_.below(count));
      if (taken_.insert(address).second) return address;
      ++first;  // A full block runs over into the next rather than for ever.
    }
  }
  Airframe military(std::string_view type, std::string party, std::string operator_name,
                    std::uint32_t block, std::uint64_t count) {
    Airframe made;
    made.type = type_named(type);
    made.address = address_in(block, count);
    made.operator_name = std::move(operator_name);
    made.party = std::move(party);
    made.military = true;
    return made;
  }

  Random random_;
  std::set<std::string> taken_;
  std::map<std::string, std::string> airline_of_;
  int count_ = 0;
};

class Planner {
 public:
  Planner(const ExerciseSettings& settings, const Weather& weather, const Random& random)
      : settings_(settings),
        theatre_(*settings.theatre),
        weather_(weather),
        random_(random.branch("missions")),
        hangar_(random.branch("hangar")) {
    made_.time = {theatre_.in_force, theatre_.in_force + quantities::days(settings.days)};
    for (int day = 0; day < settings.days; ++day) add_ledger_day(day);
  }

  Missions made() {
    for (int left = settings_.aircraft, round = 0; left > 0; ++round) {
      const MissionKind& kind = next_kind(round, left);
      Random random = random_.branch(fmt::format("mission {}", round));
      left -= fly_on_every_day(kind, random);
    }
    for (Flight& flight : made_.flights) judge_all(flight);
    return std::move(made_);
  }

 private:
  static int aircraft_needed(Mission mission) {
    return mission == Mission::shared_address || mission == Mission::framed_address ? 2 : 1;
  }

  const MissionKind& next_kind(int round, int left) {
    const auto& kinds = mission_kinds();
    if (static_cast<std::size_t>(round) < kinds.size()) {
      const MissionKind& kind = kinds[static_cast<std::size_t>(round)];
      return aircraft_needed(kind.mission) <= left ? kind : kinds.front();
    }
    double total = 0;
    for (const MissionKind& kind : kinds) total += kind.weight;
    double drawn = random_.between(0, total);
    for (const MissionKind& kind : kinds) {
      drawn -= kind.weight;
      if (drawn < 0) return aircraft_needed(kind.mission) <= left ? kind : kinds.front();
    }
    return kinds.front();
  }

  // The ledger is complete but for a few hours of each day.
  void add_ledger_day(int day) {
    const Instant from = made_.time.from + quantities::days(day) - hours(day == 0 ? 24 : 0);
    const Instant until = made_.time.from + quantities::days(day + 1);
    const Instant hole = made_.time.from + quantities::days(day) +
                         minutes(static_cast<std::int64_t>(random_.between(60, 1200)));
    made_.ledger_complete.push_back({from, hole});
    made_.ledger_complete.push_back(
        {hole + hours(2), until + hours(day + 1 == settings_.days ? 24 : 0)});
  }

  // ---- Places and times ----

  Place near(Place place, double radius_m, Random& random) {
    return moved(place, {random.between(-radius_m, radius_m), random.between(-radius_m, radius_m)});
  }
  Airfield airfield_of(std::string_view party, Random& random) {
    std::vector<Airfield> own;
    for (const Airfield& field : theatre_.airfields)
      if (field.party == party) own.push_back(field);
    return own.empty() ? theatre_.airfields.front() : random.one_of(own);
  }
  const TheatreArea& area_under(std::string_view rule_id, Random& random) {
    std::vector<const TheatreArea*> found;
    for (const TheatreRule& rule : theatre_.rules) {
      if (rule.id != rule_id) continue;
      for (const TheatreArea& area : theatre_.areas)
        if (std::find(rule.areas.begin(), rule.areas.end(), area.id) != rule.areas.end() &&
            !area.within.empty())
          found.push_back(&area);
    }
    CHECK(!found.empty());
    return *random.one_of(found);
  }
  Instant some_time(int day, Random& random) {
    const Instant first = made_.time.from + quantities::days(day);
    return first + seconds(static_cast<std::int64_t>(random.between(-1'200, 80'000)));
  }

  // ---- Flights ----

  Flight new_flight(const MissionKind& kind, Airframe airframe) {
    Flight flight;
    flight.mission = kind.name;
    flight.address = airframe.address;
    flight.plan.craft = airframe.type.craft;
    flight.airframe = std::move(airframe);
    flight.call_sign = hangar_.call_sign(flight.airframe);
    if (!kind.trouble.empty()) flight.troubles.emplace_back(kind.trouble);
    return flight;
  }

  // Files the flight under the next id.
  void add(Flight flight) {
    if (!flight.track.is_flown()) fly(flight);
    flight.id = fmt::format("F-{:04}", made_.flights.size() + 1);
    made_.flights.push_back(std::move(flight));
  }

  void fly(Flight& flight) { flight.track = Track::flown(flight.plan); }

  // From an airfield over some places and back.
  void plan_round_trip(Flight& flight, const Airfield& field, const std::vector<Place>& places,
                       double height_m) {
    flight.plan.from_ground = flight.plan.to_ground = true;
    flight.plan.waypoints = {{field.place, 0}};
    for (const Place& place : places) flight.plan.waypoints.push_back({place, height_m});
    flight.plan.waypoints.push_back({field.place, height_m});
  }

  // The first and last moments that the flight is inside areas of a rule.
  std::optional<Period> inside(const Flight& flight, std::string_view rule_id) {
    for (const TheatreRule& rule : theatre_.rules) {
      if (rule.id != rule_id) continue;
      const auto stays = stays_of(flight.track, rule, theatre_, weather_);
      if (!stays.empty()) return Period{stays.front().entry, stays.back().exit};
    }
    return std::nullopt;
  }

  // What is not there is nowhere.
  void judge_all(Flight& flight) {
    if (flight.ghost) return;
    const Flyer flyer{flight.airframe.party, flight.airframe.military, flight.airframe.type.combat,
                      flight.airframe.address};
    for (const TheatreRule& rule : theatre_.rules)
      for (Stay& stay : stays_of(flight.track, rule, theatre_, weather_)) {
        stay.notice = flight.notice;
        judge(stay, flyer, flight.track, rule, theatre_, weather_, made_.notices);
        flight.stays.push_back(stay);
      }
  }

  int fly_on_every_day(const MissionKind& kind, Random& random) {
    const Fleet fleet = fleet_for(kind, random);
    for (int day = 0; day < settings_.days; ++day)
      if (day == 0 || random.chance(0.8)) fly_once(kind, fleet, day, random);
    return aircraft_needed(kind.mission);
  }

  struct Fleet {
    Airframe first;
    Airframe second;  ///< For missions of two.
  };

  Airframe enlist(Airframe airframe) {
    made_.fleet.push_back(airframe);
    return airframe;
  }

  Fleet fleet_for(const MissionKind& kind, Random& random) {
    static const std::vector<std::string> jets = {"SU24", "SU22", "MG23"};
    static const std::vector<std::string> rotors = {"MI8", "MI8", "MI24"};
    switch (kind.mission) {
      case Mission::airway:
      case Mission::arrival: return {enlist(hangar_.airliner()), {}};
      case Mission::co_chair_sortie:
        if (random.chance(0.6))
          return {enlist(hangar_.russian(random.chance(0.7) ? "SU30" : "IL76")), {}};
        return {enlist(hangar_.american("C17")), {}};
      case Mission::unmanned: return {enlist(hangar_.american("Q9")), {}};
      case Mission::patrol: return {enlist(hangar_.syrian(random.one_of(rotors))), {}};
      case Mission::medical_good:
      case Mission::medical_late:
      case Mission::medical_missing:
      case Mission::medical_unanswered:
      case Mission::medical_denied:
      case Mission::medical_corridor_left:
      case Mission::medical_overrun:
      case Mission::medical_at_the_limit:
      case Mission::recovery_good:
      case Mission::recovery_late:
      case Mission::aid_good:
      case Mission::aid_missing: return {enlist(hangar_.syrian("MI8")), {}};
      case Mission::medical_other_airframe:
        return {enlist(hangar_.syrian("MI8")), enlist(hangar_.syrian("MI8"))};
      case Mission::spoofed_jump:
      case Mission::above_ceiling:
      case Mission::ghost: return {enlist(hangar_.syrian("IL76")), {}};
      case Mission::shared_address: return {enlist(hangar_.syrian("AN26")), hangar_.syrian("AN26")};
      case Mission::framed_address:
        return {enlist(hangar_.syrian("IL76")), enlist(hangar_.airliner())};
      case Mission::sortie_unregistered: {
        Airframe airframe = hangar_.syrian(random.one_of(jets));
        airframe.registered = false;
        return {enlist(airframe), {}};
      }
      case Mission::skirting:
        return {enlist(hangar_.syrian(random.chance(0.5) ? "AN26" : "MI8")), {}};
      default: return {enlist(hangar_.syrian(random.one_of(jets))), {}};
    }
  }

  void fly_once(const MissionKind& kind, const Fleet& fleet, int day, Random& random) {
    switch (kind.mission) {
      case Mission::airway: return airway(kind, fleet, day, random);
      case Mission::arrival: return arrival(kind, fleet, day, random);
      case Mission::sortie:
      case Mission::sortie_unregistered:
      case Mission::sortie_dark:
      case Mission::sortie_dark_seen:
      case Mission::sortie_switches_off:
      case Mission::sortie_jammed: return sortie(kind, fleet, day, random);
      case Mission::above_ceiling: return above_ceiling(kind, fleet, day, random);
      case Mission::skirting: return skirting(kind, fleet, day, random);
      case Mission::patrol: return patrol(kind, fleet, day, random);
      case Mission::co_chair_sortie:
      case Mission::unmanned: return co_chair_sortie(kind, fleet, day, random);
      case Mission::aid_good:
      case Mission::aid_missing: return aid(kind, fleet, day, random);
      case Mission::shared_address: return shared_address(kind, fleet, day, random);
      case Mission::framed_address: return framed_address(kind, fleet, day, random);
      case Mission::spoofed_jump: return spoofed_jump(kind, fleet, day, random);
      case Mission::ghost: return ghost(kind, fleet, day, random);
      default: return errand(kind, fleet, day, random);
    }
  }

  void airway(const MissionKind& kind, const Fleet& fleet, int day, Random& random) {
    Flight flight = new_flight(kind, fleet.first);
    const std::size_t from = random.below(theatre_.gates.size());
    const std::size_t to =
        (from + 1 + random.below(theatre_.gates.size() - 1)) % theatre_.gates.size();
    const Place a = theatre_.gates[from];
    const Place b = theatre_.gates[to];
    const Place middle =
        near({(a.latitude + b.latitude) / 2, (a.longitude + b.longitude) / 2}, 60'000, random);
    const double height = 8'800 + 300 * static_cast<double>(random.below(10));
    flight.plan.start = some_time(day, random);
    flight.plan.waypoints = {{a, height}, {middle, height}, {b, height}};
    add(std::move(flight));
  }

  void arrival(const MissionKind& kind, const Fleet& fleet, int day, Random& random) {
    Flight flight = new_flight(kind, fleet.first);
    const Airfield field = airfield_of("", random);
    flight.plan.start = some_time(day, random);
    flight.plan.to_ground = true;
    flight.plan.waypoints = {{random.one_of(theatre_.gates), 9'500}, {field.place, 9'500}};
    add(std::move(flight));
  }

  void sortie(const MissionKind& kind, const Fleet& fleet, int day, Random& random) {
    Flight flight = new_flight(kind, fleet.first);
    const TheatreArea& area = area_under("4.1", random);
    std::vector<Place> places = {near(random.one_of(area.within), 1'500, random)};
    if (random.chance(0.6)) places.push_back(near(random.one_of(area.within), 1'500, random));
    if (random.chance(0.25))
      places.push_back(near(random.one_of(area_under("4.1", random).within), 1'500, random));
    flight.plan.start = some_time(day, random);
    const Airfield field = airfield_of("government", random);
    plan_round_trip(flight, field, places, random.between(1'800, 5'200));
    switch (kind.mission) {
      case Mission::sortie_dark: flight.transponder = Transponder::off; break;
      case Mission::sortie_dark_seen:
        flight.transponder = Transponder::off;
        flight.wanted_by_people = true;
        break;
      case Mission::sortie_switches_off: flight.transponder = Transponder::silent_inside; break;
      case Mission::sortie_jammed: flight.wanted_by_jammer = true; break;
      default: break;
    }
    if (flight.transponder == Transponder::off && random.chance(0.4))
      flight.radar_track = fmt::format("~{:06x}", 0x2A0000 + made_.flights.size());
    if (flight.transponder != Transponder::off && random.chance(0.15))
      flight.wanted_by_people = true;
    add(std::move(flight));
  }

  void above_ceiling(const MissionKind& kind, const Fleet& fleet, int day, Random& random) {
    Flight flight = new_flight(kind, fleet.first);
    flight.plan.start = some_time(day, random);
    const Airfield field = airfield_of("government", random);
    plan_round_trip(flight, field,
                    {{34.7, 37.6}, {35.95, 37.4}, {35.95, 36.55}, {36.3, 36.1}, {35.2, 35.7}},
                    random.between(8'200, 9'400));
    add(std::move(flight));
  }

  // Along an outline, a little outside of it or a little within.
  void skirting(const MissionKind& kind, const Fleet& fleet, int day, Random& random) {
    Flight flight = new_flight(kind, fleet.first);
    const TheatreArea* area = nullptr;
    do area = &area_under("4.1", random);
    while (area->shape != TheatreArea::Shape::polygon);
    const areas::Ring& ring = area->outline.polygons.front().outer;
    const Place centre = area->within.front();
    const std::size_t first = random.below(ring.size());
    std::vector<Place> places;
    for (std::size_t i = 0; i < 5; ++i) {
      const areas::Vertex v = ring[(first + i) % ring.size()];
      const Place corner{static_cast<double>(v.latitude_e7) / 1e7,
                         static_cast<double>(v.longitude_e7) / 1e7};
      const Offset outward = direction(way_between(centre, corner));
      places.push_back(moved(corner, outward * random.between(-300, 2'500)));
    }
    flight.plan.start = some_time(day, random);
    const bool rotor = flight.plan.craft == Craft::helicopter;
    const Airfield field = airfield_of("government", random);
    plan_round_trip(flight, field, places,
                    rotor ? random.between(700, 1'200) : random.between(2'500, 4'500));
    add(std::move(flight));
  }

  void patrol(const MissionKind& kind, const Fleet& fleet, int day, Random& random) {
    Flight flight = new_flight(kind, fleet.first);
    const TheatreArea& area = area_under("4.1", random);
    const Airfield field = airfield_of("government", random);
    const std::vector<Place> places = {near(random.one_of(area.within), 2'000, random),
                                       near(random.one_of(area.within), 2'000, random)};
    flight.plan.start = some_time(day, random);
    // Low enough at times to pass below a floor of 500 ft above the ground.
    plan_round_trip(flight, field, places, random.between(540, 1'100));
    flight.wanted_by_people = random.chance(0.4);
    add(std::move(flight));
  }

  void co_chair_sortie(const MissionKind& kind, const Fleet& fleet, int day, Random& random) {
    Flight flight = new_flight(kind, fleet.first);
    const TheatreArea& area =
        area_under(flight.airframe.party == "ru" && random.chance(0.6) ? "4.2" : "4.1", random);
    flight.plan.start = some_time(day, random);
    const Airfield field = airfield_of(flight.airframe.party, random);
    const Place target = near(random.one_of(area.within), 1'500, random);
    plan_round_trip(flight, field, {target}, random.between(2'500, 5'500));
    add(std::move(flight));
  }

  // Medical evacuation and personnel recovery, as they should be and as they should not.
  void errand(const MissionKind& kind, const Fleet& fleet, int day, Random& random) {
    // The airfields whose errands take an hour or so, and what they fly to.
    Flight flight = new_flight(kind, fleet.first);
    const TheatreArea* area = nullptr;
    Airfield field;
    double far = 0;
    for (int tries = 0; tries < 50; ++tries) {
      area = &area_under("4.1", random);
      field = airfield_of("government", random);
      far = distance_m(field.place, area->within.front());
      if (far < 110'000) break;
    }
    const Place patient = near(random.one_of(area->within), 1'000, random);
    std::vector<Place> places = {patient};
    const std::vector<Place> notified = {field.place, patient};
    const Offset way = direction(way_between(field.place, patient));
    const Offset aside{-way.north_m, way.east_m};
    if (kind.mission == Mission::medical_corridor_left)
      places.push_back(moved(patient, aside * (random.chance(0.5) ? 14'000.0 : -14'000.0)));
    if (kind.mission == Mission::medical_overrun)
      for (int i = 0; i < 12; ++i)
        places.push_back(
            moved(patient, (i % 2 == 0 ? aside : way) * (i % 4 < 2 ? 2'500.0 : -2'500.0)));
    flight.plan.start = some_time(day, random);
    plan_round_trip(flight, field, places, random.between(900, 1'500));
    fly(flight);
    const bool recovery =
        kind.mission == Mission::recovery_good || kind.mission == Mission::recovery_late;
    if (kind.mission != Mission::medical_missing)
      file_notice(kind, fleet, flight, recovery, notified, random);
    flight.wanted_by_people = random.chance(0.3);
    add(std::move(flight));
  }

  void file_notice(const MissionKind& kind, const Fleet& fleet, Flight& flight, bool recovery,
                   const std::vector<Place>& route, Random& random) {
    const std::optional<Period> stay = inside(flight, "4.1");
    const Instant entry = stay ? stay->from : flight.plan.start + minutes(20);
    NoticePaper paper;
    paper.id = fmt::format("N-{:03}", made_.notices.size() + 1);
    paper.party = "government";
    paper.purpose = recovery ? "personnel recovery" : "medical evacuation";
    if (!recovery) paper.item_18 = "STS/MEDEVAC";
    const bool other = kind.mission == Mission::medical_other_airframe;
    const Airframe& named = other ? fleet.second : fleet.first;
    paper.address = named.address;
    paper.registration = named.registration;
    paper.call_sign = flight.call_sign;
    paper.route = route;
    paper.from = whole_minute(flight.plan.start - minutes(15));
    paper.until = whole_minute(flight.track.end() + minutes(25));
    const auto before_entry = [&](double least_min, double most_min) {
      return whole_minute(
          entry - seconds(static_cast<std::int64_t>(60 * random.between(least_min, most_min))));
    };
    paper.notified = before_entry(140, 300);
    paper.acknowledged = before_entry(15, 110);
    switch (kind.mission) {
      case Mission::medical_late:
        paper.notified = before_entry(30, 95);
        paper.acknowledged = before_entry(10, 25);
        break;
      case Mission::medical_unanswered: paper.acknowledged.reset(); break;
      case Mission::medical_denied:
        paper.acknowledged.reset();
        paper.denied = before_entry(15, 110);
        break;
      case Mission::medical_overrun:
        paper.until =
            whole_minute(entry + minutes(static_cast<std::int64_t>(random.between(2, 8))));
        break;
      case Mission::medical_at_the_limit:
        paper.notified =
            entry - hours(2) + seconds(static_cast<std::int64_t>(random.between(-4, 4)));
        break;
      case Mission::recovery_good:
        paper.notified = before_entry(3, 20);
        paper.acknowledged.reset();
        break;
      case Mission::recovery_late:
        paper.notified = entry + minutes(static_cast<std::int64_t>(random.between(25, 120)));
        paper.acknowledged.reset();
        break;
      default: break;
    }
    flight.notice = paper.id;
    made_.notices.push_back(std::move(paper));
  }

  static Instant whole_minute(Instant t) { return {t.microseconds / 60'000'000 * 60'000'000}; }

  // Over the aid road, on the first day of the exercise that is one of distribution.
  void aid(const MissionKind& kind, const Fleet& fleet, int day, Random& random) {
    Flight flight = new_flight(kind, fleet.first);
    const TheatreArea& road = area_under("5.1", random);
    const Instant noon = made_.time.from + quantities::days(day) + hours(8);
    flight.plan.start = noon + minutes(static_cast<std::int64_t>(random.between(0, 240)));
    for (const Airfield& field : theatre_.airfields)
      if (field.name == "Nayrab")
        plan_round_trip(flight, field, {road.within.back(), road.within.front()},
                        random.between(900, 1'400));
    fly(flight);
    if (kind.mission == Mission::aid_good) {
      const std::optional<Period> stay = inside(flight, "5.1");
      const Instant entry = stay ? stay->from : flight.plan.start + minutes(5);
      NoticePaper paper;
      paper.id = fmt::format("N-{:03}", made_.notices.size() + 1);
      paper.party = "government";
      paper.purpose = "humanitarian";
      paper.item_18 = "STS/HUM";
      paper.address = flight.airframe.address;
      paper.registration = flight.airframe.registration;
      paper.call_sign = flight.call_sign;
      paper.from = whole_minute(flight.plan.start - minutes(15));
      paper.until = whole_minute(flight.track.end() + minutes(25));
      paper.notified =
          whole_minute(entry - minutes(static_cast<std::int64_t>(random.between(75, 240))));
      paper.acknowledged = whole_minute(entry - minutes(20));
      flight.notice = paper.id;
      made_.notices.push_back(std::move(paper));
    }
    add(std::move(flight));
  }

  // A long race-track far from every area, for as long as another flight needs it.
  Flight race_track(const MissionKind& kind, const Airframe& airframe, Instant from,
                    Instant until) {
    Flight flight = new_flight(kind, airframe);
    std::vector<Place> places;
    const double leg_s = 62'000 / handling(flight.plan.craft).cruise_mps;
    const int legs = 2 + static_cast<int>((until - from).in_seconds() / leg_s);
    for (int i = 0; i < legs; ++i)
      places.push_back(i % 2 == 0 ? Place{34.60, 38.30} : Place{34.35, 38.90});
    for (const Airfield& field : theatre_.airfields)
      if (field.name == "T4") plan_round_trip(flight, field, places, 6'500);
    flight.plan.start = from;
    return flight;
  }

  // Two aircraft of one party with one address, one of them in an area.
  void shared_address(const MissionKind& kind, const Fleet& fleet, int day, Random& random) {
    Flight inside_flight = new_flight(kind, fleet.second);
    inside_flight.address = fleet.first.address;
    const TheatreArea& area = area_under("4.1", random);
    inside_flight.plan.start = some_time(day, random);
    const Airfield field = airfield_of("government", random);
    const Place target = near(random.one_of(area.within), 1'500, random);
    plan_round_trip(inside_flight, field, {target}, random.between(3'000, 5'000));
    fly(inside_flight);
    const Instant from = inside_flight.plan.start - minutes(25);
    const Instant until = inside_flight.track.end() + minutes(5);
    add(std::move(inside_flight));
    add(race_track(kind, fleet.first, from, until));
  }

  // A civil aircraft that sends the address of a military one, which is flying elsewhere.
  void framed_address(const MissionKind& kind, const Fleet& fleet, int day, Random& random) {
    Flight civil = new_flight(kind, fleet.second);
    civil.address = fleet.first.address;
    civil.plan.start = some_time(day, random);
    civil.plan.waypoints = {{theatre_.gates[0], 9'600},
                            {{35.70, 36.10}, 9'600},
                            {{35.64, 36.67}, 9'600},
                            {theatre_.gates[3], 9'600}};
    fly(civil);
    const Instant from = civil.plan.start - minutes(25);
    const Instant until = civil.track.end() + minutes(5);
    add(std::move(civil));
    add(race_track(kind, fleet.first, from, until));
  }

  // Positions that leap into an area for some minutes while the aircraft is far from it.
  void spoofed_jump(const MissionKind& kind, const Fleet& fleet, int day, Random& random) {
    const Instant from = some_time(day, random);
    Flight flight = race_track(kind, fleet.first, from, from + minutes(50));
    fly(flight);
    const TheatreArea& area = area_under("4.1", random);
    Fabrication lie;
    lie.when.from = from + minutes(20);
    lie.when.until = lie.when.from + seconds(static_cast<std::int64_t>(random.between(40, 240)));
    lie.displacement =
        way_between(flight.track.at(lie.when.from).place, random.one_of(area.within));
    lie.drifts = !settings_.errors_within_bounds;
    if (lie.drifts) lie.when.until = lie.when.from + minutes(25);
    flight.fabrication = lie;
    add(std::move(flight));
  }

  // An aircraft that is not there.
  void ghost(const MissionKind& kind, const Fleet& fleet, int day, Random& random) {
    Flight flight = new_flight(kind, fleet.first);
    flight.ghost = true;
    const TheatreArea& area = area_under("4.1", random);
    flight.plan.start = some_time(day, random);
    const Place middle = random.one_of(area.within);
    flight.plan.waypoints = {{moved(middle, {-80'000, 20'000}), 4'000},
                             {middle, 4'000},
                             {moved(middle, {80'000, 30'000}), 4'000}};
    add(std::move(flight));
  }

  const ExerciseSettings& settings_;
  const Theatre& theatre_;
  const Weather& weather_;
  Random random_;
  Hangar hangar_;
  Missions made_;
};

}  // namespace

std::string_view to_string(Transponder transponder) {
  switch (transponder) {
    case Transponder::on: return "on";
    case Transponder::off: return "off";
    case Transponder::silent_inside: return "silent inside areas";
  }
  return "?";
}

Missions plan_missions(const ExerciseSettings& settings, const Weather& weather,
                       const Random& random) {
  return Planner(settings, weather, random).made();
}

}  // namespace truce::exercise
