// Theatre: the agreement that an exercise is played under, and where it is played.
//
// The same terms stand here twice on purpose: as the agreement.toml and areas.geojson that the
// case is given, and as the plain values from which the exercise works out the truth. It never
// reads its own text back: if the two disagree, or the reader of agreements misreads the text,
// the score shows it. (theatre_test.cpp compares what can be compared.)
//
// The areas of the built-in theatre are drawn as plausible illustrations; no published map has
// them.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "areas/outline.h"
#include "exercise/ground.h"
#include "quantities/time.h"

namespace truce::exercise {

using quantities::Duration;
using quantities::Period;

/// A floor, ceiling or height of a term.
struct TheatreHeight {
  enum class Above : std::uint8_t {
    surface,
    unlimited,
    standard_pressure,
    sea_level,
    ground
  } above = Above::surface;
  double height_m = 0;
};

/// One version of a designated area. Floor and ceiling belong to it, and so does its boundary.
struct TheatreArea {
  std::string id;
  std::string name;
  std::string name_ar;
  std::string grade;
  enum class Shape : std::uint8_t { polygon, circle, corridor } shape = Shape::polygon;
  areas::Outline outline;   ///< Polygon.
  std::vector<Place> line;  ///< Corridor: its centre line; circle: its centre alone.
  double reach_m = 0;       ///< Circle: its radius; corridor: half its width.
  TheatreHeight floor;
  TheatreHeight ceiling{TheatreHeight::Above::unlimited, 0};
  Period valid;               ///< Open where it has no beginning or end of its own.
  std::vector<Place> within;  ///< Places well inside it, for flights to go to.
};

struct TheatreWindow {
  std::vector<int> weekdays;  ///< 0 is Monday; empty: every day.
  int from_second = 0;        ///< Of the local day; included.
  int until_second = 86'400;  ///< Not included.
};

struct TheatreException {
  std::string id;
  std::string purpose;
  enum class NoticeBy : std::uint8_t { lead_before_entry, entry } notice = NoticeBy::entry;
  Duration lead;
  bool acknowledged = false;  ///< An acknowledgement must be there before entry.
  std::optional<double> corridor_m;
  Duration window_tolerance;
};

struct TheatreRule {
  std::string id;
  std::vector<std::string> by;
  enum class Aircraft : std::uint8_t { any, military, combat } aircraft = Aircraft::military;
  std::vector<std::string> areas;
  std::vector<TheatreWindow> when;  ///< Empty: at all times.
  std::optional<TheatreHeight> below;
  std::vector<TheatreException> exceptions;
};

/// A place that aircraft fly from.
struct Airfield {
  std::string name;
  Place place;
  std::string party;  ///< Whose military aircraft use it; "" civil.
};

struct Theatre {
  std::string id;
  std::string agreement_toml;
  std::string areas_geojson;
  std::string readme;
  Instant in_force;
  std::vector<std::pair<Instant, int>> seconds_east;  ///< Local time from each instant on.
  std::vector<TheatreArea> areas;
  std::vector<TheatreRule> rules;
  std::vector<Airfield> airfields;
  std::vector<Place> gates;  ///< Where airways enter and leave.

  int seconds_east_at(Instant t) const;
};

/// Syria from 27 February 2016: three grades, seven areas, both co-chairs.
const Theatre& joint_implementation_group();

/// The texts of the built-in theatre (theatre_text.cpp).
std::string_view joint_implementation_group_toml();
std::string_view joint_implementation_group_readme();

/// The polygons of a theatre as GeoJSON (RFC 7946), one feature an area, known by its id.
std::string areas_geojson_of(const std::vector<TheatreArea>& areas, std::string_view remark);

/// Whether a place lies in the ground plan of an area, whatever its height and validity.
bool lies_over(const TheatreArea& area, Place place);

}  // namespace truce::exercise
