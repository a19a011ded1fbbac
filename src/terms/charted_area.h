// ChartedArea: one area of an airspace file (OpenAir, ED-269, ED-318, AIXM), as the file states it.
//
//   auto areas = read_openair(bytes, "airspace.txt");
//   auto outline = drawn_outline(areas->front(), Edges::straight);
//
// Unlike a map, an airspace file also says how high an area reaches and when it is active. That is
// kept here beside the ground plan, in the file's own words; whether it counts is for the agreement
// to say (terms/filed_limits.h). An area that cannot be drawn as it is written carries the reason:
// it is refused when an agreement names it, and does not stand in the way of the others.
//
// Edges of which the file does not say how they run are straight in longitude and latitude. Arcs
// and circles are geodesic. The distances of the ends of an arc from its centre may differ by
// `arc_slack`, or by a hundredth of them where that is more: charts round all three places.
#pragma once

#include <cstddef>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "areas/edges.h"
#include "areas/outline.h"
#include "base/result.h"
#include "terms/agreement.h"

namespace truce::terms {

inline const Length arc_slack = quantities::metres(250);

/// A height as a file states it: understood, or why it is not.
struct ChartedLimit {
  std::string text;            ///< "FL75", "8400 ft": as written.
  std::optional<Limit> limit;  ///< Its text is in the agreement's own form.
  std::string why;             ///< "does not say what it is measured from"; "" if understood.
  std::string where;           ///< "airspace.txt:94"
};

struct ChartedPolygon {
  areas::Course outer;
  std::vector<areas::Course> holes;
  /// The place in the file of each vertex, ring by ring, the outer ring first.
  std::vector<std::vector<std::string>> where;
};
struct ChartedCircle {
  quantities::Point centre;
  Length radius;
  std::string where;
};
struct ChartedCorridor {
  std::vector<quantities::Point> line;
  Length half_width;
  areas::EdgeKind kind = areas::EdgeKind::geodesic;
  std::string where;
};
using ChartedShape = std::variant<ChartedPolygon, ChartedCircle, ChartedCorridor>;

struct ChartedArea {
  std::string id;     ///< The file's own identifier; "" if it has none.
  std::string name;   ///< "" if it has none.
  std::string layer;  ///< "1", "2", ... of an area of several parts with limits of their own.
  std::string where;  ///< Where it begins: "airspace.txt:92".
  std::vector<std::pair<std::string, std::string>> attributes;  ///< "class" "R", "line" "92", ...
  std::vector<ChartedShape> shapes;                             ///< Together they are the area.
  bool says_edges = false;  ///< The file says how each edge runs.
  std::optional<ChartedLimit> floor, ceiling;
  /// When it is active, in words ("from 2025-01-01T12:00:00Z until ..."); empty: not said, or
  /// always.
  std::vector<std::string> times;
  quantities::Period valid{quantities::earliest_instant, quantities::latest_instant};
  /// Why it is no area that can be used, with its place.
  std::optional<base::Problem> refusal;
};

/// One volume of an area: a ground plan with limits of its own.
struct ChartedVolume {
  std::vector<ChartedShape> shapes;
  std::optional<ChartedLimit> floor, ceiling;
  std::string where;
  std::optional<base::Problem> refusal;  ///< Its message does not name the area yet.
};

/// The area made of these volumes, and after it each of them as a layer, "1", "2", ..., if there
/// are several. Where their limits differ, the area as a whole is refused.
std::vector<ChartedArea> with_layers(const ChartedArea& area, std::vector<ChartedVolume> volumes);

/// "area EDR LINDENBERG", for messages.
std::string title_of(const ChartedArea& area);

/// Draws and checks an area that is not refused. `edges` other than `as_filed` replace what the
/// file says of the edges between vertices; arcs and circles stay what they are.
std::expected<areas::Outline, base::Problems> drawn_outline(const ChartedArea& area, Edges edges);

/// A course of which vertices that repeat the one before them, and a last that repeats the first,
/// are left out: an arc to where it began is kept.
void close_course(areas::Course& course, std::vector<std::string>& where);

}  // namespace truce::terms
