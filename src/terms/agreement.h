// Agreement: what was agreed, as data.
//
//   Reading reading = read_agreement(folder);      // every problem at once
//   Agreement agreement = resolved(...);           // outlines, local times, heights
//
// An Agreement holds only what people wrote and what follows from it without any observation.
// Everything is versioned in time: an amendment adds areas or rules and ends earlier versions; it
// edits nothing. Names of parties, areas, grades and rules are the ids of agreement.toml.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "areas/outline.h"
#include "base/digest.h"
#include "quantities/altitude.h"
#include "quantities/speed.h"
#include "quantities/time.h"

namespace truce::terms {

using quantities::Duration;
using quantities::Instant;
using quantities::Length;
using quantities::Period;

/// A text in several languages, by BCP 47 tag; "en" unless another is named.
using Names = std::map<std::string, std::string>;

struct Accession {
  Instant at;
  std::string to;  ///< To whom it was declared; "" if not said.
};

struct Party {
  std::string id;
  Names name;
  std::optional<Accession> accession;  ///< Bound from then on; nothing: bound from the start.
  std::optional<Instant> withdrawn;    ///< No longer bound from then on.
  bool outside = false;  ///< Listed as outside the agreement: neither bound nor protected.
  std::vector<std::string> guarantors;  ///< Parties that answer for it.
};

struct Grade {
  std::string id;
  std::string text;
};

/// A floor, ceiling or height that a term names: value and reference together.
enum class Reference : std::uint8_t {
  surface,         ///< "SFC", "GND": the ground itself.
  unlimited,       ///< "UNL"
  pressure,        ///< "FL245": hundreds of feet of pressure altitude.
  mean_sea_level,  ///< "10000 ft MSL", "3000 m AMSL"
  ground,          ///< "500 ft AGL"
};
std::string_view to_string(Reference reference);

struct Limit {
  Reference reference = Reference::surface;
  Length height;     ///< Above the reference; zero for surface and unlimited.
  std::string text;  ///< As written.
};

/// Who says how high an area reaches.
enum class LimitOrigin : std::uint8_t {
  left_out,   ///< Nobody: the surface, or no limit.
  agreement,  ///< The agreement's own words.
  file,       ///< The file of its outline, because the agreement says so: floor = "file".
};

/// How the edges of an outline run between its vertices.
enum class Edges : std::uint8_t {
  straight,
  geodesic,
  rhumb,
  as_filed,  ///< As the file says of each: AIXM alone does.
};
std::string_view to_string(Edges edges);

/// Where the shape of an area was written.
struct OutlineSource {
  enum class Kind : std::uint8_t { file, circle, corridor, vertices } kind = Kind::file;
  std::string file;     ///< Relative to the case: "areas.geojson".
  std::string layer;    ///< For files of several layers; "" for the only one.
  std::string feature;  ///< Id or name of the feature.
  Edges edges = Edges::straight;
  quantities::Point centre;                 ///< Circle.
  Length radius;                            ///< Circle, or half the width of a corridor.
  std::vector<quantities::Point> vertices;  ///< Corridor's centre line, or a ring.
};

/// Least and most height of the terrain under an area, above mean sea level, as declared.
struct Terrain {
  Length least;
  Length most;
};

/// One version of a designated area.
struct Area {
  std::string id;
  Names name;
  std::string grade;
  OutlineSource source;
  Limit floor;    ///< The floor itself belongs to the area.
  Limit ceiling;  ///< The ceiling itself belongs to the area.
  /// Of the file: the limit is resolved, from the file or from agreement.lock.
  LimitOrigin floor_origin = LimitOrigin::left_out;
  LimitOrigin ceiling_origin = LimitOrigin::left_out;
  Period valid;           ///< This version; the end does not belong.
  std::string amendment;  ///< Which amendment brought it; "" for the original text.
  std::optional<Terrain> terrain;
  std::string where;  ///< File, line and column of its definition.

  // Resolved: from agreement.lock, or worked out on the spot.
  areas::Outline outline;
  Length geoid_least;  ///< Bounds of the EGM96 geoid above WGS84 over the outline.
  Length geoid_most;
};

/// Days of the week and hours, in the local time of the agreement.
struct Window {
  std::vector<int> weekdays;           ///< 0 is Monday; empty: every day.
  std::int32_t from_second = 0;        ///< Of the local day; included.
  std::int32_t until_second = 86'400;  ///< Not included; before `from`: on the next day.
  std::optional<quantities::Date> first_day, last_day;  ///< Both included.
};

/// What a kind of aircraft is, for `aircraft = [...]` of a rule.
enum class AircraftKind : std::uint8_t {
  any,
  military,
  civil,
  fixed_wing,
  helicopter,
  unmanned,
  combat,
  transport
};
std::string_view to_string(AircraftKind kind);

enum class Purpose : std::uint8_t {
  medical_evacuation,
  personnel_recovery,
  humanitarian,
  search_and_rescue
};
std::string_view to_string(Purpose purpose);

/// When the notice for an exempt flight must be there.
struct NoticeNeed {
  enum class Kind : std::uint8_t {
    none,     ///< No notice is needed.
    before,   ///< At least `lead` before the aircraft enters.
    at_once,  ///< No later than entry, or `lead` after it where the text grants that.
  } kind = Kind::none;
  Duration lead;
  std::string text;
};

/// What must be answered to the notice before the aircraft enters.
enum class AnswerNeed : std::uint8_t { none, acknowledged, agreed };
std::string_view to_string(AnswerNeed need);

/// Conduct otherwise prohibited, allowed on conditions. Conditions that are absent are not asked.
struct Exception {
  std::string id;
  Purpose purpose = Purpose::medical_evacuation;
  std::string clause;  ///< Its own words; "" if not given.
  NoticeNeed notice;
  AnswerNeed answer = AnswerNeed::none;
  bool identity = true;              ///< The aircraft must be the one of the notice.
  std::optional<Length> corridor;    ///< Greatest distance from the notified route.
  bool window = true;                ///< Inside the notified hours...
  Duration window_tolerance;         ///< ... give or take this.
  bool altitude_band = false;        ///< Inside the notified heights.
  std::vector<std::string> parties;  ///< Who may claim it; empty: everyone.
  std::string where;
};

/// A rule on flight: who may not fly what, where and when.
struct FlightRule {
  std::string id;                      ///< "4.1"
  std::string clause;                  ///< The clause's own words.
  std::vector<std::string> by;         ///< Parties that are bound by it.
  std::vector<AircraftKind> aircraft;  ///< Any of these; empty: any aircraft.
  std::vector<std::string> areas;      ///< Area ids named by the rule...
  std::vector<std::string> grades;     ///< ... and every area of these grades.
  std::vector<Window> when;            ///< Any of these; empty: at all times.
  Period valid;
  std::optional<Limit> below;  ///< Only below this height; the height itself is not below.
  std::optional<Limit> above;  ///< Only above this height; the height itself is not above.
  std::vector<Exception> exceptions;
  std::vector<std::string> justifications;  ///< Which claims may be made; recorded, never computed.
  std::string amendment;
  std::string where;
};

/// A clause that no machine can decide: reported, never skipped in silence.
struct UndecidedClause {
  std::string id;
  std::string clause;
  std::string reason;
};

/// What it takes to say "violation".
struct EvidenceStandard {
  int origins = 2;  ///< So many independent origins...
  enum class Acceptance : std::uint8_t {
    nobody,
    any_co_chair,
    all_co_chairs
  } accepted_by = Acceptance::all_co_chairs;  ///< ... or one source that these accept.
};

/// Parsed and kept; nothing is released yet.
struct ReleasePolicy {
  Duration delay;
  std::optional<Length> coarsening;
  std::vector<std::string> never;
  std::string text;
};

struct CountingRule {
  std::string unit = "overflight";
  std::int32_t cut_off_second = 0;  ///< The day of counting begins at this second of the local day.
};

/// The air over the agreement's territory, as declared: what pressure altitude can mean there.
struct Atmosphere {
  double least_hpa = 950;
  double most_hpa = 1050;
  double least_isa_deviation_k = -30;  ///< Colder than the standard atmosphere.
  double most_isa_deviation_k = 35;    ///< Warmer.
  // Resolved: sea level lies between these pressure altitudes; a thickness read on the pressure
  // scale is between these many millionths of the true one.
  Length sea_level_least;
  Length sea_level_most;
  std::int64_t thickness_least_ppm = 1'000'000;
  std::int64_t thickness_most_ppm = 1'000'000;
};

/// Seconds east of UTC from an instant on; the table of the agreement's zone.
struct ZoneOffset {
  Instant from;
  std::int32_t seconds_east = 0;
};

struct Amendment {
  std::string id;
  std::string title;
  Instant agreed;
};

struct Agreement {
  std::string id;
  Names title;
  Period in_force;
  std::string time_zone = "UTC";
  std::vector<std::string> co_chairs;
  std::vector<std::string> languages;
  std::vector<Party> parties;     // each list in the order of its ids
  std::vector<Grade> grades;      // in the order written: the order of severity
  std::vector<Area> areas;        // by id, then by validity
  std::vector<FlightRule> rules;  // by id
  std::vector<Amendment> amendments;
  std::vector<UndecidedClause> undecided;
  EvidenceStandard evidence_standard;
  CountingRule counting;
  double compliant_from = 0.8;  ///< Coverage from which a quiet day is compliant.
  Duration max_gap = quantities::minutes(30);
  ReleasePolicy release;
  Atmosphere atmosphere;
  std::vector<ZoneOffset> zone_offsets;  ///< Resolved; the first holds for all time before.
  /// Resolved: the files that outlines were read from, each with the SHA-256 of its content.
  std::map<std::string, base::Digest> outline_files;

  base::Digest text_digest;  ///< Of agreement.toml.
  base::Digest lock_digest;  ///< Of agreement.lock as it is or would be written.

  const Party* party(std::string_view wanted) const;
  /// Whether a version of an area falls under a rule, by id or by grade.
  static bool covers(const FlightRule& rule, const Area& area);
};

/// Seconds east of UTC at an instant, from the resolved table.
std::int32_t seconds_east_at(const Agreement& agreement, Instant t);

/// The local times of a window that touch `within`, as periods in UTC, in order, joined where
/// they meet. Daylight saving: a local time that occurs twice is inside at both; one that does
/// not occur is passed over.
std::vector<Period> periods_of(const Agreement& agreement, const std::vector<Window>& windows,
                               Period within);

}  // namespace truce::terms
