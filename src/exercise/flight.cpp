#include "exercise/flight.h"

#include <algorithm>
#include <cmath>

#include "base/check.h"

namespace truce::exercise {

namespace {

constexpr int longest_flight_s = 8 * 3600;
constexpr double climb_change_mps2 = 1.2;
constexpr double lift_off_share = 0.35;  // Of the cruising speed; helicopters lift off at once.
constexpr int seconds_on_ground = 40;    // Before the start and after the landing.

double toward(double from, double to, double most) {
  return from + std::clamp(to - from, -most, most);
}

// The controller of one flight: what it wants in the next second.
class Pilot {
 public:
  explicit Pilot(const FlightPlan& plan) : plan_(plan), style_(handling(plan.craft)) {
    place_ = plan.waypoints.front().place;
    ground_m_ = terrain_m(place_);
    height_m_ = plan.from_ground ? ground_m_ : plan.waypoints.front().height_m;
    heading_ = direction(way_between(place_, plan.waypoints[1].place));
    speed_ = plan.from_ground ? 0 : cruise();
    waiting_s_ = plan.from_ground ? seconds_on_ground : 0;
  }

  bool done() const { return done_; }
  bool on_ground() const { return on_ground_; }
  Offset velocity() const { return heading_ * speed_; }
  double climb() const { return climb_; }
  void arrive(Place place, double height_m) {
    place_ = place;
    height_m_ = height_m;
    ground_m_ = terrain_m(place);
  }

  void decide() {
    on_ground_ = is_on_ground();
    if (waiting_s_ > 0) {
      --waiting_s_;
      if (waiting_s_ == 0 && landed_) done_ = true;
      return;
    }
    steer();
    choose_speed();
    choose_climb();
  }

 private:
  double cruise() const { return style_.cruise_mps * plan_.speed_share; }
  bool last_leg() const { return next_ + 1 == plan_.waypoints.size(); }

  bool is_on_ground() const {
    return (plan_.from_ground || plan_.to_ground) && height_m_ - ground_m_ < 3 &&
           (plan_.craft == Craft::helicopter ? speed_ < 2 : speed_ < lift_off_share * cruise());
  }

  // Turns at the rate of its kind; a waypoint counts as reached where the turn would begin.
  void steer() {
    const double radius = speed_ * speed_ / style_.turn_mps2;
    for (;;) {
      way_ = way_between(place_, plan_.waypoints[next_].place);
      const double near = last_leg() ? 150 : std::max(250.0, radius * 0.7);
      const bool reached =
          length_m(way_) < near || (last_leg() && !plan_.to_ground && is_past(way_));
      if (!reached) break;
      if (last_leg()) {
        if (!plan_.to_ground) done_ = true;
        arrived_ = true;
        break;
      }
      ++next_;
      since_turn_s_ = 0;
    }
    // A tight turn that never gets round to its waypoint gives it up.
    if (++since_turn_s_ > 3600 && !last_leg()) {
      ++next_;
      since_turn_s_ = 0;
    }
    if (arrived_ || speed_ < 0.5) return;
    const Offset wanted = direction(way_);
    const Offset left{-heading_.north_m, heading_.east_m};
    const double ahead = wanted.east_m * heading_.east_m + wanted.north_m * heading_.north_m;
    const double aside = wanted.east_m * left.east_m + wanted.north_m * left.north_m;
    const double most = style_.turn_mps2 / std::max(speed_, 5.0);  // Radians in this second.
    if (ahead > 0 && std::abs(aside) <= most)
      heading_ = wanted;
    else
      heading_ = direction(heading_ + left * (aside >= 0 ? most : -most));
  }

  bool is_past(Offset way) const {
    return length_m(way) < 4'000 &&
           way.east_m * heading_.east_m + way.north_m * heading_.north_m < 0;
  }

  void choose_speed() {
    double wanted = cruise();
    if (last_leg() && plan_.to_ground) {
      const double room = std::max(0.0, length_m(way_) - 100);
      wanted = std::min(wanted, std::sqrt(2 * 0.7 * style_.speed_change_mps2 * room) + 3);
      if (arrived_) wanted = 0;
    }
    speed_ = toward(speed_, wanted, style_.speed_change_mps2);
    if (arrived_ && speed_ <= 0) {
      landed_ = true;
      waiting_s_ = seconds_on_ground;
    }
  }

  void choose_climb() {
    double wanted_height = plan_.waypoints[next_].height_m;
    if (last_leg() && plan_.to_ground) {
      const double slope = plan_.craft == Craft::helicopter ? 0.07 : 0.055;
      wanted_height =
          std::min(wanted_height, ground_m_ + std::max(0.0, length_m(way_) - 800) * slope);
    }
    const bool may_lift = plan_.craft == Craft::helicopter || !plan_.from_ground ||
                          speed_ >= lift_off_share * cruise() || height_m_ > ground_m_ + 3;
    double wanted = may_lift ? (wanted_height - height_m_) / 8 : 0;
    wanted = std::clamp(wanted, -style_.sink_mps, style_.climb_mps);
    // Near the ground it sinks no faster than it can stop.
    const double above = height_m_ - ground_m_;
    wanted = std::max(wanted, -std::max(0.0, above) / 4);
    if (landed_) wanted = 0;
    climb_ = toward(climb_, wanted, climb_change_mps2);
  }

  const FlightPlan& plan_;
  const Handling& style_;
  Place place_;
  double height_m_ = 0, ground_m_ = 0, speed_ = 0, climb_ = 0;
  Offset heading_, way_;
  std::size_t next_ = 1;
  int waiting_s_ = 0, since_turn_s_ = 0;
  bool arrived_ = false, landed_ = false, done_ = false, on_ground_ = false;
};

}  // namespace

std::string_view to_string(Craft craft) {
  switch (craft) {
    case Craft::airliner: return "airliner";
    case Craft::transport: return "transport";
    case Craft::fighter: return "fighter";
    case Craft::helicopter: return "helicopter";
    case Craft::unmanned: return "unmanned";
  }
  return "?";
}

const Handling& handling(Craft craft) {
  static const Handling airliner{232, 2.4, 0.8, 11, 9};
  static const Handling transport{175, 2.4, 1.0, 9, 8};
  static const Handling fighter{225, 14, 3.5, 45, 40};
  static const Handling helicopter{57, 2.2, 1.2, 6, 5};
  static const Handling unmanned{65, 1.5, 0.8, 5, 5};
  switch (craft) {
    case Craft::airliner: return airliner;
    case Craft::transport: return transport;
    case Craft::fighter: return fighter;
    case Craft::helicopter: return helicopter;
    case Craft::unmanned: return unmanned;
  }
  return transport;
}

Moment Track::along(const Step& step, double s) {
  Moment m = step.begin;
  m.place = moved(step.begin.place, step.begin.velocity * s + step.acceleration * (s * s / 2));
  m.velocity = step.begin.velocity + step.acceleration * s;
  m.height_m += step.begin.climb_mps * s + step.climb_acceleration * (s * s / 2);
  m.climb_mps += step.climb_acceleration * s;
  return m;
}

Track Track::flown(const FlightPlan& plan) {
  CHECK(plan.waypoints.size() >= 2);
  Track track;
  track.start_ = plan.start;
  Pilot pilot(plan);
  Step step;
  step.begin.place = plan.waypoints.front().place;
  step.begin.height_m =
      plan.from_ground ? terrain_m(step.begin.place) : plan.waypoints.front().height_m;
  step.begin.velocity = pilot.velocity();
  for (int second = 0; second < longest_flight_s && !pilot.done(); ++second) {
    pilot.decide();
    step.begin.on_ground = pilot.on_ground();
    step.acceleration = pilot.velocity() - step.begin.velocity;
    step.climb_acceleration = pilot.climb() - step.begin.climb_mps;
    track.steps_.push_back(step);
    step.begin = along(step, step_s);
    pilot.arrive(step.begin.place, step.begin.height_m);
  }
  return track;
}

Instant Track::end() const {
  return start_ + quantities::seconds(static_cast<std::int64_t>(steps_.size()));
}

Moment Track::at(Instant t) const {
  const Instant within = std::clamp(t, start_, end());
  const double elapsed = (within - start_).in_seconds();
  const auto index = std::min(static_cast<std::size_t>(elapsed), steps_.size() - 1);
  return along(steps_[index], elapsed - static_cast<double>(index));
}

std::vector<std::pair<Instant, Moment>> Track::thinned(double tolerance_m) const {
  constexpr std::size_t longest = 120;
  std::vector<std::pair<Instant, Moment>> kept;
  const auto second = [&](std::size_t i) {
    return start_ + quantities::seconds(static_cast<std::int64_t>(i));
  };
  // Whether the straight line from step a to step b stays by the way.
  const auto fits = [&](std::size_t a, std::size_t b) {
    const Moment from = at(second(a));
    const Moment to = at(second(b));
    for (int k = 1; k < 8; ++k) {
      const std::size_t i = a + (b - a) * static_cast<std::size_t>(k) / 8;
      const double share = static_cast<double>(i - a) / static_cast<double>(b - a);
      const Moment& true_one = steps_[i].begin;
      const Place straight{
          from.place.latitude + (to.place.latitude - from.place.latitude) * share,
          from.place.longitude + (to.place.longitude - from.place.longitude) * share};
      const double height = from.height_m + (to.height_m - from.height_m) * share;
      if (length_m(way_between(straight, true_one.place)) > tolerance_m ||
          std::abs(height - true_one.height_m) > tolerance_m)
        return false;
    }
    return true;
  };
  std::size_t i = 0;
  kept.emplace_back(start_, at(start_));
  while (i < steps_.size()) {
    std::size_t jump = 1;
    while (jump < longest && i + 2 * jump <= steps_.size() && fits(i, i + 2 * jump)) jump *= 2;
    i += jump;
    kept.emplace_back(second(i), at(second(i)));
  }
  return kept;
}

}  // namespace truce::exercise
