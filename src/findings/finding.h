// Finding: our reasoned result. One incident and one term give one verdict, with the tree of
// reasons that is the decision, the unknowns that would settle it, and the evidence.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/answer.h"
#include "base/digest.h"
#include "incidents/track.h"
#include "observations/input.h"
#include "observations/positions.h"
#include "quantities/altitude.h"
#include "quantities/angle.h"
#include "quantities/time.h"

namespace truce::findings {

using base::Answer;
using quantities::Instant;
using quantities::Length;
using quantities::TimeBounds;

enum class Verdict : std::uint8_t {
  not_applicable,
  compliant,
  not_observed,
  excepted,
  possible,
  violation
};
/// "violation", "possible", "excepted", "compliant", "not observed", "not applicable".
std::string_view to_string(Verdict verdict);

/// A question, its answer and what gave it. A tree: the answer of a reason with `parts` is the
/// combination of theirs, as `combined_by` says.
struct Reason {
  std::string clause;    ///< Rule or exception, "4.1", "4.1 medical".
  std::string question;  ///< "was the aircraft inside the area?"
  Answer answer = Answer::unknown;
  std::string because;  ///< One sentence: what gave the answer.
  enum class Combined : std::uint8_t { leaf, all, any } combined_by = Combined::leaf;
  std::vector<observations::Evidence> evidence;
  std::vector<Reason> parts;
};

/// What a notice does for an overflight.
struct ExceptionAnswer {
  std::string exception;  ///< Id within the rule: "medical".
  std::string purpose;    ///< "medical evacuation"
  std::string notice;     ///< Id in the ledger, or "" when none was found.
  Answer answer = Answer::unknown;
  std::string reason;  ///< The sentence that says why.
  std::string misuse;  ///< "" or what was misused: "call sign REGA1 on another airframe".
};

/// One position as the report and the map show it.
struct TracePoint {
  Instant at;
  quantities::Point point;
  std::optional<Length> pressure_altitude;
  std::optional<Length> geometric_height;
  std::optional<Length> error;  ///< Radius; nothing: unbounded.
  Answer inside = Answer::unknown;
  bool doubtful = false;
  observations::Evidence evidence;
};

/// Height as found during the presence.
struct AltitudeFound {
  std::string
      reference;       ///< "pressure", "mean sea level", "ellipsoid", "above ground"; "" unknown.
  Length least, most;  ///< All the time that it was inside, between positions too.
  /// At the positions inside that tell a height; nothing where there are none.
  std::optional<incidents::HeightBounds> at_positions;
};

struct Finding {
  std::string id;  ///< 16 hexadecimal digits.
  Verdict verdict = Verdict::possible;
  std::string rule;                ///< "4.1"
  std::string clause;              ///< Its words.
  std::string area;                ///< The area first or most surely entered.
  std::vector<std::string> areas;  ///< All it touched or may have touched.
  std::string grade;
  /// Certain only of `areas` taken together: along a common border, say.
  bool area_is_one_of_several = false;

  // Who.
  std::string address;  ///< "" for aircraft that only people saw.
  std::string call_sign, registration, type, party;
  std::string affiliation_basis;
  std::string kind;                  ///< "military helicopter", "aircraft of unknown kind".
  std::vector<std::string> sources;  ///< Ids.
  std::vector<std::string> origins;

  // When and how deep.
  TimeBounds entry, exit;
  bool began_before_seen = false;  ///< It was never seen outside before: entry may be earlier.
  bool ended_after_seen = false;   ///< It was never seen outside after: exit may be later.
  quantities::Duration inside_least, inside_most;
  /// Of a violation during part of the presence only (the rule began or ended meanwhile, a notice
  /// covers the rest): the stretches that certainly broke the rule, in order. Empty: all of it.
  std::vector<quantities::Period> forbidden;
  AltitudeFound altitude;
  std::optional<Length> penetration_least, penetration_most;  ///< Deepest distance to the outline.
  std::int32_t probability_permille = -1;  ///< Of the deciding fix; -1 where there is none.
  quantities::Date counted_on;             ///< Day of earliest entry under the cut-off hour.
  bool gap = false;       ///< Rests on a silence between two fixes, not on a fix inside.
  bool sighting = false;  ///< Rests on people's sightings.

  std::vector<ExceptionAnswer> exceptions;
  Reason reasons;                     ///< Root: the decision.
  std::vector<std::string> unknowns;  ///< Questions an investigator can go and answer.
  std::vector<observations::Evidence> evidence;
  std::vector<TracePoint> trace;  ///< The presence and a little before and after, thinned.
  std::vector<std::string> supersedes;
  std::string sentence;
  std::string paragraph;
};

/// What was seen, or not, of one rule in one area on one day.
struct CoverageLine {
  std::string rule, area;
  quantities::Date day;
  double heard = 0;       ///< Share of cell x band x five minutes with reception.
  double coverage = 0;    ///< Reception times the declared share of the bound fleet.
  double restricted = 0;  ///< Share of the day under a declared restriction.
  Verdict verdict =
      Verdict::not_observed;  ///< compliant, not observed, or violation/possible found.
  std::int64_t findings = 0;
};

/// Figures per rule, area, party and day.
struct Figure {
  std::string rule, area, party;
  quantities::Date day;
  std::int64_t violations = 0, possible = 0, excepted = 0;
  quantities::Duration inside_least, inside_most;  ///< Overflight time, split at the day's end.
  std::int64_t military = 0, civil = 0, helicopters = 0, unknown_kind = 0;
};

struct Findings {
  std::vector<Finding> findings;       ///< By entry, rule, id.
  std::vector<CoverageLine> coverage;  ///< By rule, area, day.
  std::vector<Figure> figures;         ///< By rule, area, party, day.
  std::vector<std::string> errata;     ///< With --previous: what changed.
  quantities::Period observed;         ///< First to last observation.
};

}  // namespace truce::findings
