// Flight: one aircraft, its plan, and the way it truly went.
//
// A track is a chain of steps of one second, each of constant acceleration, so that position and
// velocity are continuous and the place at any instant is exact. Turns, speeds and climbs stay
// well below what observations/flight_class says the aircraft's class can do (flight_test.cpp).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "exercise/ground.h"
#include "quantities/time.h"

namespace truce::exercise {

using quantities::Duration;
using quantities::Period;

enum class Craft : std::uint8_t { airliner, transport, fighter, helicopter, unmanned };
std::string_view to_string(Craft craft);

/// How an aircraft is flown; not how it could be.
struct Handling {
  double cruise_mps;
  double turn_mps2;
  double speed_change_mps2;
  double climb_mps;
  double sink_mps;
};
const Handling& handling(Craft craft);

struct AircraftType {
  std::string designator;  ///< ICAO Doc 8643: "SU24".
  std::string spoken;      ///< "Su-24"
  Craft craft;
  bool combat = false;
};

/// One aircraft of the fleet.
struct Airframe {
  std::string address;  ///< Six hexadecimal digits, small letters.
  std::string registration;
  AircraftType type;
  std::string operator_name;
  std::string party;  ///< "" when no party of the agreement operates it.
  bool military = false;
  bool registered = true;  ///< Whether the register of the case knows it.
};

struct Waypoint {
  Place place;
  double height_m = 0;  ///< Above mean sea level.
};

struct FlightPlan {
  Instant start;
  Craft craft = Craft::transport;
  std::vector<Waypoint> waypoints;  ///< The first is where it starts. At least two.
  bool from_ground = false;
  bool to_ground = false;
  double speed_share = 1;  ///< Of the cruising speed of its kind.
};

/// Where the aircraft truly is at one moment.
struct Moment {
  Place place;
  double height_m = 0;  ///< Above mean sea level.
  Offset velocity;      ///< Metres a second.
  double climb_mps = 0;
  bool on_ground = false;
};

class Track {
 public:
  static constexpr double step_s = 1;

  /// The way that follows the plan.
  static Track flown(const FlightPlan& plan);

  bool is_flown() const { return !steps_.empty(); }
  Instant start() const { return start_; }
  Instant end() const;
  /// Within start and end; what lies outside is moved to them.
  Moment at(Instant t) const;

  /// A bounded number of moments between which straight lines at even speed stay within
  /// `tolerance_m` of the way.
  std::vector<std::pair<Instant, Moment>> thinned(double tolerance_m) const;

 private:
  struct Step {
    Moment begin;
    Offset acceleration;
    double climb_acceleration = 0;
  };
  static Moment along(const Step& step, double seconds);

  Instant start_;
  std::vector<Step> steps_;
};

}  // namespace truce::exercise
