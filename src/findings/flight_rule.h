// FlightRule: one rule on flight asked of one track, piece by piece.
//
// Every condition of the breach has an answer over time. Cut at every change of any of them, the
// track falls into pieces within which nothing that the rule asks about changes; the conditions are
// combined within a piece, and the strongest piece decides. What holds at different moments is
// never put together: high inside and low outside breaks no rule on low flying inside.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "areas/region.h"
#include "areas/vicinity.h"
#include "findings/exceptions.h"
#include "incidents/heights.h"
#include "incidents/passage.h"
#include "incidents/track.h"
#include "terms/agreement.h"

namespace truce::findings {

using quantities::Duration;

/// The regions of all versions of all areas. Threads may ask at once.
class Zones {
 public:
  explicit Zones(const terms::Agreement& agreement);
  const terms::Agreement& agreement() const { return agreement_; }
  const areas::Region& region(std::size_t area) const { return regions_[area]; }
  /// The areas that a track may have come near, ascending: of all others its passage is empty.
  std::vector<std::uint32_t> near(const incidents::TrackBoxes& boxes) const {
    return vicinity_.near_any(boxes.fixes, boxes.legs);
  }

  /// The areas of a rule, as indices into agreement().areas.
  const std::vector<std::size_t>& areas_of(std::size_t rule) const { return of_rule_[rule]; }

 private:
  const terms::Agreement& agreement_;
  std::vector<areas::Region> regions_;
  areas::Vicinity vicinity_;
  std::vector<std::vector<std::size_t>> of_rule_;
};

/// What one piece may be, weakest first.
enum class Outcome : std::uint8_t { nothing, not_applicable, excepted, possible, violation };

/// The conditions of a breach, in the order in which they are told.
enum class Condition : std::uint8_t {
  in_force,
  bound,
  rule_in_force,
  operated_by,
  kind,
  flying,
  inside,
  height,
  below,
  above,
  genuine
};
constexpr std::size_t condition_count = 11;
std::string_view question_of(Condition condition);

/// One piece with its answers.
struct JudgedPiece {
  incidents::Piece piece;
  Answer answers[condition_count] = {};
  Answer present = Answer::no;  ///< Inside an area of the rule, height and validity included.
  bool certainly_away = false;  ///< Outside all of them, or on the ground, beyond doubt.
  std::size_t area = 0;         ///< The area whose answer was strongest.
  bool by_union = false;        ///< Certain only of several areas taken together.
  std::size_t fix = 0;          ///< The fix of a moment; the fix before a stretch.
  const incidents::Track* track = nullptr;
  bool crossing = false;     ///< Certain that it was inside at some moment of the piece.
  std::size_t last_fix = 0;  ///< The fix after a stretch or a crossing.
  Answer breach() const;
  Answer breach_but_for_applicability() const;
  Answer at(Condition c) const { return answers[static_cast<std::size_t>(c)]; }
};

/// One aircraft's continuous presence in the areas of one rule, on one track.
struct Presence {
  std::vector<JudgedPiece> pieces;  ///< In the order of time; those with `present` not no.
  std::vector<JudgedPiece> crossings;
  TimeBounds entry, exit;
  bool entry_seen = false, exit_seen = false;  ///< Certainly outside before and after.
  /// From the end of the certain absence before to the beginning of the one after; where there is
  /// none, the ends of the track. Positions of which nobody says how good they are may lie outside
  /// between these and the pieces: that is no certain absence.
  Instant not_before, not_after;
  Duration unclear;  ///< Of the time between these: what no piece covers.
  Duration inside_least, inside_most;
  bool certain = false;       ///< At some moment it certainly was there.
  bool rests_on_fix = false;  ///< Some fix was, or may have been, inside.
};

/// What does not change along a track.
struct Constants {
  Answer operated_by = Answer::unknown, kind = Answer::unknown;
  std::vector<std::string> parties;  ///< Parties that may be meant: one if known.
};

/// Where a track went: worked out once for all rules.
struct TrackView {
  explicit TrackView(const incidents::Track& track, const Zones& zones);
  const incidents::Track& track;
  incidents::TrackBoxes boxes;
  incidents::Heights heights;
  std::map<std::size_t, incidents::Passage> passages;  ///< By area; empty ones left out.
  Duration time_error;
};

/// Every presence of the track in the areas of the rule, judged piece by piece, in order. Pieces
/// are cut at `more_cuts` too: where the answers of notices change.
std::vector<Presence> presences_of(const TrackView& view, const Zones& zones, std::size_t rule,
                                   const Constants& constants, const std::set<Instant>& more_cuts);

/// The validity of an area or rule where it is its own. Where it merely begins or ends with the
/// agreement, it is open: whether the agreement was in force is a question by itself.
quantities::Period own_validity(const terms::Agreement& agreement, quantities::Period valid);

/// When any of the parties is bound: in order, not overlapping.
std::vector<quantities::Period> bound_periods(const terms::Agreement& agreement,
                                              const std::vector<std::string>& parties);
/// The same as an answer over time.
incidents::Profile bound_profile(const terms::Agreement& agreement,
                                 const std::vector<std::string>& parties, Duration blur);
/// When the rule holds: its own validity, and its windows in local time. In order, not overlapping.
std::vector<quantities::Period> rule_periods(const terms::Agreement& agreement,
                                             const terms::FlightRule& rule,
                                             quantities::Period within);
/// The same as an answer over time.
incidents::Profile rule_profile(const terms::Agreement& agreement, const terms::FlightRule& rule,
                                quantities::Period within, Duration blur);

}  // namespace truce::findings
