#include "terms/charted_area.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

#include "areas/validity.h"
#include "base/text.h"

namespace truce::terms {

namespace {

using areas::Course;
using areas::EdgeKind;
using areas::Outline;
using areas::Polygon;
using areas::Ring;
using areas::Vertex;
using base::Problem;
using base::Problems;
using base::Result;
using quantities::Point;

constexpr std::size_t most_vertices = 1'000'000;

Point point_of(Vertex v) {
  return {static_cast<std::int32_t>(v.longitude_e7), static_cast<std::int32_t>(v.latitude_e7)};
}

void set_edges(Course& course, Edges edges) {
  for (areas::Stretch& stretch : course) {
    switch (edges) {
      case Edges::as_filed: break;
      case Edges::straight: stretch.kind = EdgeKind::straight; break;
      case Edges::geodesic: stretch.kind = EdgeKind::geodesic; break;
      case Edges::rhumb: stretch.kind = EdgeKind::rhumb; break;
    }
  }
}

// Arcs whose ends do not lie on one circle about their centre.
void check_arcs(const Course& course, const std::vector<std::string>& where, Problems& problems) {
  for (std::size_t i = 0; i < course.size(); ++i) {
    if (!course[i].arc) continue;
    const Point centre = course[i].arc->centre;
    const Length from = areas::distance(centre, point_of(course[i].from));
    const Length to =
        areas::distance(centre, point_of(course[i + 1 == course.size() ? 0 : i + 1].from));
    const Length apart{std::abs(from.tenth_mm - to.tenth_mm)};
    const Length slack{std::max(arc_slack.tenth_mm, std::max(from, to).tenth_mm / 100)};
    if (apart > slack)
      problems.push_back(
          {where[i], fmt::format("the arc begins {} from its centre and ends {} "
                                 "from it; expected the same distance, within {}",
                                 quantities::metres_text(from), quantities::metres_text(to),
                                 quantities::metres_text(slack))});
  }
}

const std::string& place_in(const ChartedPolygon& polygon, std::size_t ring, std::size_t vertex) {
  const auto& places = polygon.where[std::min(ring, polygon.where.size() - 1)];
  return places[std::min(vertex, places.size() - 1)];
}

// The vertex as written from which a drawn one comes: back along the drawn ring to the last that
// was written.
std::size_t written_vertex(const Course& written, const Ring& drawn, std::size_t vertex) {
  const auto same = [](Vertex a, Vertex b) {
    return a.latitude_e7 == b.latitude_e7 &&
           (a.longitude_e7 - b.longitude_e7) % quantities::full_turn_e7 == 0;
  };
  for (std::size_t back = 0; back < drawn.size(); ++back) {
    const Vertex v = drawn[(vertex + drawn.size() - back) % drawn.size()];
    for (std::size_t i = 0; i < written.size(); ++i)
      if (same(written[i].from, v)) return i;
  }
  return 0;
}

// The vertex of a problem of areas::drawn: "outer ring, vertex 5" is ring 0, vertex 4.
std::pair<std::size_t, std::size_t> place_from(std::string_view text) {
  const auto number_after = [&](std::string_view word) -> std::size_t {
    const std::size_t at = text.find(word);
    if (at == std::string_view::npos) return 0;
    std::string_view digits = text.substr(at + word.size());
    digits = digits.substr(0, digits.find_first_not_of("0123456789"));
    return static_cast<std::size_t>(base::whole_number(digits).value_or(0));
  };
  const std::size_t vertex = number_after("vertex ");
  return {number_after("hole "), vertex == 0 ? 0 : vertex - 1};
}

// A fault in words that need no numbers of drawn vertices, which nobody has seen.
std::string fault_text(const areas::OutlineProblem& found) {
  using areas::Fault;
  const std::size_t place = found.message.rfind(" (at ");
  const std::string at = place == std::string::npos ? std::string() : found.message.substr(place);
  switch (found.fault) {
    case Fault::crosses_itself: return "the boundary from here crosses or overlaps itself" + at;
    case Fault::crosses_outer: return "the hole crosses or overlaps its outer boundary" + at;
    case Fault::holes_cross: return "the hole crosses or overlaps another" + at;
    default: return found.message;
  }
}

class Drawing {
 public:
  Drawing(const ChartedArea& area, Edges edges) : area_(area), edges_(edges) {}

  std::expected<Outline, Problems> done() {
    for (const ChartedShape& shape : area_.shapes)
      std::visit([&](const auto& written) { add(written); }, shape);
    if (problems_.empty()) check();
    if (!problems_.empty()) return std::unexpected(std::move(problems_));
    return areas::normalised(std::move(outline_));
  }

 private:
  void complain(const std::string& where, std::string message) {
    problems_.push_back({where, fmt::format("{}: {}", title_of(area_), message)});
  }

  void add(Polygon polygon, const ChartedPolygon* written) {
    outline_.polygons.push_back(std::move(polygon));
    written_.push_back(written);
  }

  void add(const ChartedPolygon& written) {
    Problems arcs;
    check_arcs(written.outer, written.where.front(), arcs);
    for (std::size_t i = 0; i < written.holes.size(); ++i)
      check_arcs(written.holes[i], written.where[i + 1], arcs);
    for (Problem& problem : arcs) complain(problem.where, std::move(problem.message));
    if (!arcs.empty()) return;
    ChartedPolygon meant = written;
    set_edges(meant.outer, edges_);
    for (Course& hole : meant.holes) set_edges(hole, edges_);
    auto polygon = areas::drawn(meant.outer, meant.holes);
    if (polygon) return add(std::move(*polygon), &written);
    const auto [ring, vertex] = place_from(polygon.error().where);
    complain(place_in(written, ring, vertex), std::move(polygon.error().message));
  }

  void add(const ChartedCircle& written) {
    auto disc = areas::circle(written.centre, written.radius);
    if (!disc) return complain(written.where, std::move(disc.error().message));
    add(std::move(*disc), nullptr);
  }

  void add(const ChartedCorridor& written) {
    auto road = areas::corridor(written.line, written.half_width, written.kind);
    if (!road) return complain(written.where, std::move(road.error().message));
    for (Polygon& polygon : road->polygons) add(std::move(polygon), nullptr);
  }

  void check() {
    for (const areas::OutlineProblem& found : areas::problems_of(outline_)) {
      const ChartedPolygon* written =
          found.polygon < written_.size() ? written_[found.polygon] : nullptr;
      if (written == nullptr) {
        complain(area_.where, fault_text(found));
        continue;
      }
      const Course& course = found.ring == 0 ? written->outer : written->holes[found.ring - 1];
      const Polygon& drawn = outline_.polygons[found.polygon];
      const Ring& ring = found.ring == 0 ? drawn.outer : drawn.holes[found.ring - 1];
      complain(place_in(*written, found.ring, written_vertex(course, ring, found.vertex)),
               fault_text(found));
    }
  }

  const ChartedArea& area_;
  const Edges edges_;
  Outline outline_;
  std::vector<const ChartedPolygon*> written_;  // for each polygon of the outline
  Problems problems_;
};

std::size_t vertices_of(const ChartedArea& area) {
  std::size_t count = 0;
  for (const ChartedShape& shape : area.shapes) {
    const auto* polygon = std::get_if<ChartedPolygon>(&shape);
    if (polygon == nullptr) continue;
    count += polygon->outer.size();
    for (const Course& hole : polygon->holes) count += hole.size();
  }
  return count;
}

}  // namespace

namespace {

bool same_limit(const std::optional<ChartedLimit>& a, const std::optional<ChartedLimit>& b) {
  return a.has_value() == b.has_value() && (!a || a->text == b->text);
}

std::optional<Problem> named(const ChartedArea& area, const std::optional<Problem>& refusal) {
  if (!refusal) return {};
  return Problem{refusal->where, fmt::format("{}: {}", title_of(area), refusal->message)};
}

}  // namespace

std::vector<ChartedArea> with_layers(const ChartedArea& area, std::vector<ChartedVolume> volumes) {
  ChartedArea whole = area;
  bool alike = true;
  for (const ChartedVolume& volume : volumes) {
    if (&volume == &volumes.front()) {
      whole.floor = volume.floor;
      whole.ceiling = volume.ceiling;
    }
    alike =
        alike && same_limit(volume.floor, whole.floor) && same_limit(volume.ceiling, whole.ceiling);
    if (!whole.refusal) whole.refusal = named(area, volume.refusal);
    whole.shapes.insert(whole.shapes.end(), volume.shapes.begin(), volume.shapes.end());
  }
  if (!alike && !whole.refusal)
    whole.refusal = Problem{
        area.where, fmt::format("{}: has {} volumes with limits of their own; name one of them as "
                                "its layer, \"1\" to \"{}\"",
                                title_of(area), volumes.size(), volumes.size())};
  std::vector<ChartedArea> all{std::move(whole)};
  if (volumes.size() < 2) return all;
  for (std::size_t i = 0; i < volumes.size(); ++i) {
    ChartedArea layer = area;
    layer.layer = std::to_string(i + 1);
    layer.where = std::move(volumes[i].where);
    layer.shapes = std::move(volumes[i].shapes);
    layer.floor = std::move(volumes[i].floor);
    layer.ceiling = std::move(volumes[i].ceiling);
    if (!layer.refusal) layer.refusal = named(layer, volumes[i].refusal);
    all.push_back(std::move(layer));
  }
  return all;
}

std::string title_of(const ChartedArea& area) {
  std::string title = "area ";
  if (!area.id.empty())
    title += area.id;
  else
    title += area.name.empty() ? "without a name" : area.name;
  if (!area.layer.empty()) title += ", layer " + area.layer;
  return title;
}

std::expected<Outline, Problems> drawn_outline(const ChartedArea& area, Edges edges) {
  if (area.refusal) return std::unexpected(Problems{*area.refusal});
  if (area.shapes.empty())
    return std::unexpected(
        Problems{{area.where, title_of(area) + ": the file gives it no outline"}});
  if (vertices_of(area) > most_vertices)
    return std::unexpected(Problems{
        {area.where, fmt::format("{}: has more than {} vertices", title_of(area), most_vertices)}});
  return Drawing(area, edges).done();
}

void close_course(Course& course, std::vector<std::string>& where) {
  Course kept;
  std::vector<std::string> places;
  for (std::size_t i = 0; i < course.size(); ++i) {
    // What leads from a vertex to itself along an edge is no stretch.
    const Vertex next = course[i + 1 == course.size() ? 0 : i + 1].from;
    if (!course[i].arc && course[i].from == next && course.size() > 1) continue;
    kept.push_back(course[i]);
    places.push_back(where[i]);
  }
  if (kept.empty() && !course.empty()) {  // all of it one place
    kept.push_back(course.front());
    places.push_back(where.front());
  }
  course = std::move(kept);
  where = std::move(places);
}

}  // namespace truce::terms
