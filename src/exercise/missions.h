// Missions: who flies what, where and why in an exercise, with the notices that were filed.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "exercise/exercise.h"
#include "exercise/flight.h"
#include "exercise/notice_paper.h"
#include "exercise/random.h"
#include "exercise/stay.h"

namespace truce::exercise {

/// What an aircraft sends of itself.
enum class Transponder : std::uint8_t { on, off, silent_inside };
std::string_view to_string(Transponder transponder);

/// Positions made up by somebody, sent in place of the true ones.
struct Fabrication {
  Period when;
  Offset displacement;  ///< Added to the true place while it begins at once...
  bool drifts = false;  ///< ...or growing from nothing, so that no jump shows.
};

struct Flight {
  std::string id;
  std::string mission;  ///< "airway", "sortie", "medical good": what it is there to show.
  Airframe airframe;
  std::string call_sign;
  std::string address;  ///< What it sends; not always its own.
  FlightPlan plan;
  Track track;
  Transponder transponder = Transponder::on;
  std::vector<std::string> troubles;  ///< What makes it hard to see; scored apart.
  std::string notice;                 ///< Filed for it, rightly or wrongly; "" none.
  std::optional<Fabrication> fabrication;
  bool ghost = false;             ///< Nothing flew: every position of it is fabricated.
  bool wanted_by_people = false;  ///< People on the ground are looking its way.
  bool wanted_by_jammer = false;
  std::string radar_track;  ///< Number under which a radar carries it ("~2a0001"); "" none.
  std::vector<Stay> stays;  ///< True presences under every rule, judged.
};

struct Missions {
  std::vector<Airframe> fleet;
  std::vector<Flight> flights;
  std::vector<NoticePaper> notices;
  std::vector<Period> ledger_complete;
  Period time;  ///< Of the whole exercise.
};

Missions plan_missions(const ExerciseSettings& settings, const Weather& weather,
                       const Random& random);

}  // namespace truce::exercise
