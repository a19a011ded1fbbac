// Overflight: from the presences of one aircraft to findings, and from sightings to findings.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "findings/finding.h"
#include "findings/flight_rule.h"
#include "incidents/track.h"
#include "observations/observations.h"
#include "terms/agreement.h"

namespace truce::findings {

/// What all findings of a run share.
struct Setting {
  const terms::Agreement& agreement;
  const observations::Observations& seen;
  const Zones& zones;
  incidents::SourceNumbers numbers;
};

/// Time inside, by the day it is counted on; hours are split between days.
struct DayShare {
  Duration least, most;
};

struct Found {
  Finding finding;
  std::size_t version = 0;  ///< Which of the agreement's rules: amended, one rule is several.
  std::map<quantities::Date, DayShare> days;
  observations::AircraftNature nature;
};

/// Whether any rule means such an aircraft, or may.
bool may_be_meant(const terms::Agreement& agreement, const observations::AircraftNature& nature,
                  const observations::Affiliation& affiliation);

/// Every finding about one aircraft, under every rule.
std::vector<Found> findings_about(const incidents::Aircraft& aircraft, const Setting& setting);

/// Every finding that rests on people's sightings.
std::vector<Found> findings_from_sightings(const Setting& setting);

/// Whether a rule binds whoever operates an aircraft, and whether it means such an aircraft.
Answer operated_answer(const terms::FlightRule& rule, const observations::Affiliation& affiliation);
Answer kind_answer(const terms::FlightRule& rule, const observations::AircraftNature& nature);
/// The parties that may be meant: the one that is known, or all that the rule names.
std::vector<std::string> parties_meant(const terms::FlightRule& rule,
                                       const observations::Affiliation& affiliation);

/// 16 hexadecimal digits from rule, area, subject and decisive evidence.
std::string finding_id(const Finding& finding, const std::string& subject,
                       const std::vector<observations::Evidence>& decisive,
                       const std::vector<observations::Input>& inputs);

/// One finding where several versions of an amended rule each have one. A flight during which a
/// rule was amended is judged by each version for its own time, and is one overflight under one
/// rule all the same: the strongest answer stands, the earlier of equals.
std::vector<Found> one_for_each_rule(std::vector<Found> found);

}  // namespace truce::findings
