// Stay: one true, continuous presence of a flight in the areas of a rule, at any height between
// floor and ceiling, and what the rule says of it.
//
// Worked out from the track itself, by looking at it every half second and halving the steps at
// which something changes down to a millisecond. A presence shorter than half a second can be
// missed; a presence is `marginal` where it is so short or so shallow that the difference between
// the outline here and the outline in agreement.lock could decide about it.
#pragma once

#include <string>
#include <vector>

#include "exercise/flight.h"
#include "exercise/notice_paper.h"
#include "exercise/theatre.h"

namespace truce::exercise {

struct Stay {
  std::string rule;
  std::vector<std::string> areas;  ///< Every area of the rule that was touched, by id.
  Instant entry, exit;             ///< Of the union of the areas.
  double least_height_m = 0, most_height_m = 0;      ///< Above mean sea level.
  double least_pressure_m = 0, most_pressure_m = 0;  ///< Pressure altitude.
  double deepest_m = 0;    ///< Farthest from the outline of an area that it was in, at a look.
  bool cut_short = false;  ///< The track begins or ends inside.

  // How the rule judges it.
  bool bound = false;            ///< The rule binds the party and concerns the aircraft.
  double prohibited_s = 0;       ///< Time during which the rule forbade it.
  double excepted_s = 0;         ///< Of that: covered by a valid notice.
  std::string why_not;           ///< Why nothing was forbidden; "" if something was.
  std::string notice;            ///< The notice that was filed for it; "" none.
  std::string exception_reason;  ///< Why the notice holds, or does not.
  bool marginal = false;

  bool prohibited() const { return prohibited_s > 0; }
  /// Forbidden and not wholly excepted.
  bool breach() const { return prohibited_s - excepted_s > 0.25; }
};

/// Whether an area, in the version of that moment, holds the aircraft.
bool holds(const TheatreArea& area, const Moment& moment, const Weather& weather, Instant at);

/// The stays of a track in a rule's areas, in order, not yet judged.
std::vector<Stay> stays_of(const Track& track, const TheatreRule& rule, const Theatre& theatre,
                           const Weather& weather);

/// Who flies, for judging.
struct Flyer {
  std::string party;
  bool military = false;
  bool combat = false;
  std::string address;  ///< Of the airframe itself, whatever it sends.
};

/// Fills in what the rule says. `papers` are all notices of the case.
void judge(Stay& stay, const Flyer& flyer, const Track& track, const TheatreRule& rule,
           const Theatre& theatre, const Weather& weather, const std::vector<NoticePaper>& papers);

}  // namespace truce::exercise
