#include "terms/aixm.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "base/text.h"
#include "terms/phrases.h"
#include "terms/xml_tree.h"

namespace truce::terms {

namespace {

using areas::Course;
using areas::EdgeKind;
using areas::Stretch;
using areas::Vertex;
using base::problem;
using base::Problem;
using base::quoted_json;
using base::Result;
using base::trimmed;
using quantities::Point;

constexpr std::string_view aixm_5_1 = "http://www.aixm.aero/schema/5.1";
constexpr std::size_t deepest_dependency = 8;
constexpr std::size_t most_shapes = 10'000;

std::string plain(std::string_view text) {
  constexpr std::size_t longest_text = 300;
  return base::valid_utf8(trimmed(text).substr(0, longest_text));
}

// What is wrong with a part of the file, on its way to the area that needs it.
struct Trouble {
  std::size_t line;
  std::string message;
};
template <class T>
using Found = std::expected<T, Trouble>;
std::unexpected<Trouble> trouble(const XmlElement& at, std::string message) {
  return std::unexpected(Trouble{at.line, std::move(message)});
}

// --- Numbers and places ------------------------------------------------------------------------

std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  while (!(text = trimmed(text)).empty()) {
    const std::size_t end = std::min(text.find_first_of(" \t\r\n"), text.size());
    words.push_back(text.substr(0, end));
    text.remove_prefix(end);
  }
  return words;
}

enum class Axes { latitude_first, longitude_first };

Found<Axes> axes_of(std::string_view system, const XmlElement& at) {
  if (system.empty())
    return trouble(at, "has no reference system (srsName); expected urn:ogc:def:crs:EPSG::4326");
  for (const char* name :
       {"urn:ogc:def:crs:EPSG::4326", "http://www.opengis.net/def/crs/EPSG/0/4326"})
    if (system == name) return Axes::latitude_first;
  for (const char* name : {"urn:ogc:def:crs:OGC:1.3:CRS84", "urn:ogc:def:crs:OGC::CRS84",
                           "http://www.opengis.net/def/crs/OGC/1.3/CRS84"})
    if (system == name) return Axes::longitude_first;
  return trouble(at, fmt::format("is in the reference system {}; only EPSG:4326 and OGC CRS84 are "
                                 "read",
                                 quoted_json(plain(system))));
}

Point point_of(Vertex v) {
  return {static_cast<std::int32_t>(v.longitude_e7), static_cast<std::int32_t>(v.latitude_e7)};
}
Vertex vertex_of(Point p) {
  return {p.longitude_e7, p.latitude_e7};
}

std::optional<Length> length_of(double value, std::string_view unit) {
  const std::string small = base::lower_case(unit);
  if (small == "m") return quantities::metres(value);
  if (small == "km") return quantities::kilometres(value);
  if (small == "ft" || small == "[ft_i]") return quantities::feet(value);
  if (small == "nm" || small == "[nmi_i]") return quantities::nautical_miles(value);
  return {};
}

Found<Length> length_in(const XmlElement& at) {
  const auto value = base::number(trimmed(at.text));
  const auto unit = at.attribute("uom");
  constexpr double most = 5'000'000;
  if (!value || !(*value > 0) || *value > most)
    return trouble(at, fmt::format("{} {} is no length; expected more than 0", at.name,
                                   quoted_json(plain(at.text))));
  const auto length = length_of(*value, unit);
  if (!length)
    return trouble(at, fmt::format("the unit {} of {} is not known; expected M, KM, NM or FT",
                                   quoted_json(plain(unit)), at.name));
  return *length;
}

// --- The document ------------------------------------------------------------------------------

// An open line: the last stretch only says where it ends.
struct OpenCourse {
  Course course;
  std::vector<std::size_t> lines;
  bool arcs = false;
};

class AixmReader {
 public:
  explicit AixmReader(std::string_view file) : file_(file) {}

  Result<std::vector<ChartedArea>> read(const XmlElement& root) {
    index(root);
    if (airspaces_.empty())
      return problem(fmt::format("{}:{}", file_, root.line),
                     fmt::format("holds no airspace of AIXM 5.1 (the document is {} of {})",
                                 quoted_json(plain(root.name)), quoted_json(plain(root.space))));
    for (const XmlElement* airspace : airspaces_)
      for (const XmlElement& member : airspace->children)
        if (member.name == "timeSlice")
          if (const XmlElement* slice = member.child("AirspaceTimeSlice"))
            add_slice(*airspace, *slice);
    return std::move(areas_);
  }

 private:
  std::string at(std::size_t line) const { return fmt::format("{}:{}", file_, line); }

  void index(const XmlElement& element) {
    const bool is_aixm = element.space.starts_with(aixm_5_1);
    if (const auto id = element.attribute("id"); !id.empty())
      by_id_.try_emplace(std::string(id), &element);
    if (is_aixm && (element.name == "Airspace" || element.name == "GeoBorder")) {
      if (const auto uuid = element.text_of("identifier"); !uuid.empty())
        by_uuid_.try_emplace(std::string(uuid), &element);
      if (element.name == "Airspace") airspaces_.push_back(&element);
    }
    for (const XmlElement& child : element.children) index(child);
  }

  // What a reference within the file leads to; null if it leads out of it.
  const XmlElement* target_of(std::string_view href) const {
    if (href.starts_with("#")) {
      const auto found = by_id_.find(href.substr(1));
      return found == by_id_.end() ? nullptr : found->second;
    }
    if (href.starts_with("urn:uuid:")) {
      const auto found = by_uuid_.find(href.substr(9));
      return found == by_uuid_.end() ? nullptr : found->second;
    }
    return nullptr;
  }

  // --- Time slices ---

  void add_slice(const XmlElement& airspace, const XmlElement& slice) {
    ChartedArea area;
    area.where = at(slice.line);
    area.says_edges = true;
    area.id = plain(slice.text_of("designator"));
    area.name = plain(slice.text_of("name"));
    const std::string uuid = plain(airspace.text_of("identifier"));
    const std::string gml_id = plain(airspace.attribute("id"));
    if (area.id.empty() && area.name.empty()) area.id = uuid.empty() ? gml_id : uuid;
    const auto attribute = [&](const char* key, std::string value) {
      if (!value.empty()) area.attributes.emplace_back(key, std::move(value));
    };
    attribute("type", plain(slice.text_of("type")));
    attribute("designator", plain(slice.text_of("designator")));
    attribute("identifier", uuid);
    attribute("gml:id", gml_id);
    attribute("interpretation", plain(slice.text_of("interpretation")));
    attribute("line", std::to_string(slice.line));
    add_validity(slice, area);
    for (const XmlElement& child : slice.children)
      if (child.name == "activation")
        if (const XmlElement* activation = child.child("AirspaceActivation"))
          add_activation(*activation, area);
    shapes_ = 0;
    auto volumes = volumes_of(slice, 0);
    if (!volumes) {
      area.refusal = Problem{at(volumes.error().line),
                             fmt::format("{}: {}", title_of(area), volumes.error().message)};
      areas_.push_back(std::move(area));
      return;
    }
    for (ChartedArea& part : with_layers(area, std::move(*volumes)))
      areas_.push_back(std::move(part));
  }

  static void add_validity(const XmlElement& slice, ChartedArea& area) {
    const XmlElement* time = slice.child("validTime");
    const XmlElement* period = time == nullptr ? nullptr : time->child("TimePeriod");
    if (period == nullptr) return;
    if (const auto from = quantities::instant_from(period->text_of("beginPosition")))
      area.valid.from = *from;
    if (const auto until = quantities::instant_from(period->text_of("endPosition")))
      area.valid.until = *until;
  }

  // "MON from 07:00 to 17:00 UTC"; "" for always.
  static std::string timesheet_words(const XmlElement& sheet) {
    const auto day = plain(sheet.text_of("day")), until_day = plain(sheet.text_of("dayTil"));
    const auto from = plain(sheet.text_of("startTime")), to = plain(sheet.text_of("endTime"));
    const auto first = plain(sheet.text_of("startDate")), last = plain(sheet.text_of("endDate"));
    const bool every_day = (day.empty() || day == "ANY") && first.empty() && last.empty();
    const bool whole_day = from == to || (from == "00:00" && to == "24:00");
    const bool excluded = sheet.text_of("excluded") == "YES";
    if (every_day && whole_day && !excluded) return "";
    std::string words = excluded ? "not " : "";
    words += every_day ? "every day" : day;
    if (!until_day.empty() && until_day != day) words += " to " + until_day;
    if (!from.empty()) words += " from " + from;
    if (!to.empty()) words += " to " + to;
    if (!first.empty()) words += " between " + first;
    if (!last.empty()) words += " and " + last;
    if (const auto zone = plain(sheet.text_of("timeReference")); !zone.empty()) words += " " + zone;
    return words;
  }

  static void add_activation(const XmlElement& activation, ChartedArea& area) {
    const std::string status = base::lower_case(plain(activation.text_of("status")));
    std::vector<std::string> hours;
    for (const XmlElement& interval : activation.children)
      if (const XmlElement* sheet =
              interval.name == "timeInterval" ? interval.child("Timesheet") : nullptr)
        if (std::string words = timesheet_words(*sheet); !words.empty())
          hours.push_back(std::move(words));
    if (hours.empty() && (status.empty() || status == "active" || status == "in_use")) return;
    std::string words = status.empty() ? "active" : status;
    std::replace(words.begin(), words.end(), '_', ' ');
    if (!hours.empty()) words += " " + base::listed(hours);
    area.times.push_back(std::move(words));
  }

  // --- Volumes ---

  Found<std::vector<ChartedVolume>> volumes_of(const XmlElement& slice, std::size_t depth) {
    if (depth > deepest_dependency)
      return trouble(slice, "is made of airspaces that are made of each other");
    struct Component {
      std::int64_t sequence;
      const XmlElement* element;
    };
    std::vector<Component> components;
    for (const XmlElement& child : slice.children)
      if (const XmlElement* component = child.name == "geometryComponent"
                                            ? child.child("AirspaceGeometryComponent")
                                            : nullptr)
        components.push_back(
            {base::whole_number(component->text_of("operationSequence")).value_or(0), component});
    if (components.empty())
      return trouble(slice, "the time slice states no geometry; it changes something else");
    std::stable_sort(
        components.begin(), components.end(),
        [](const Component& a, const Component& b) { return a.sequence < b.sequence; });
    std::vector<ChartedVolume> volumes;
    int bases = 0;
    for (const auto& [sequence, component] : components) {
      const auto operation = component->text_of("operation");
      if (operation.empty() || operation == "BASE") {
        ++bases;
      } else if (operation != "UNION") {
        return trouble(*component,
                       fmt::format("its geometry is composed by the operation {}; only BASE and "
                                   "UNION are read",
                                   quoted_json(plain(operation))));
      }
      const XmlElement* volume = component->descendant({"theAirspaceVolume", "AirspaceVolume"});
      if (volume == nullptr)
        return trouble(*component, "the geometry component holds no AirspaceVolume");
      auto made = volumes_of_volume(*volume, depth);
      if (!made) return std::unexpected(made.error());
      for (ChartedVolume& one : *made) volumes.push_back(std::move(one));
    }
    if (bases > 1 && components.size() > 1)
      return trouble(*components[1].element,
                     "has more than one geometry component that is the BASE; which is meant the "
                     "file does not say");
    return volumes;
  }

  // One volume of its own, or those of the airspace that it takes its shape from.
  Found<std::vector<ChartedVolume>> volumes_of_volume(const XmlElement& volume, std::size_t depth) {
    const XmlElement* contributor = volume.child("contributorAirspace");
    const XmlElement* projection = volume.child("horizontalProjection");
    const XmlElement* centreline = volume.child("centreline");
    if (contributor != nullptr) return contributed(volume, *contributor, depth);
    ChartedVolume made;
    made.where = at(volume.line);
    add_limits(volume, made);
    if (projection != nullptr) {
      auto shapes = surface_shapes(*projection);
      if (!shapes) return std::unexpected(shapes.error());
      made.shapes = std::move(*shapes);
    } else if (centreline != nullptr) {
      auto corridor = corridor_of(volume, *centreline);
      if (!corridor) return std::unexpected(corridor.error());
      made.shapes.emplace_back(std::move(*corridor));
    } else {
      return trouble(volume, "the volume has neither a horizontalProjection nor a centreline");
    }
    return std::vector{std::move(made)};
  }

  Found<std::vector<ChartedVolume>> contributed(const XmlElement& volume,
                                                const XmlElement& contributor, std::size_t depth) {
    const XmlElement* dependency = contributor.child("AirspaceVolumeDependency");
    const XmlElement* airspace = dependency == nullptr ? nullptr : dependency->child("theAirspace");
    if (airspace == nullptr) return trouble(contributor, "names no airspace that contributes");
    const auto kind = dependency->text_of("dependency");
    if (kind != "FULL_GEOMETRY" && kind != "HORZ_PROJECTION")
      return trouble(*dependency, fmt::format("the dependency {} is not read; expected "
                                              "FULL_GEOMETRY or HORZ_PROJECTION",
                                              quoted_json(plain(kind))));
    const auto href = airspace->attribute("href");
    const XmlElement* target = target_of(href);
    if (target == nullptr || target->name != "Airspace")
      return trouble(*airspace, fmt::format("refers to the airspace {}, which is not in this file",
                                            quoted_json(plain(href))));
    const XmlElement* found = nullptr;
    for (const XmlElement& member : target->children) {
      const XmlElement* slice =
          member.name == "timeSlice" ? member.child("AirspaceTimeSlice") : nullptr;
      if (slice == nullptr || slice->child("geometryComponent") == nullptr) continue;
      if (found != nullptr)
        return trouble(*airspace, "refers to an airspace of which there are several versions");
      found = slice;
    }
    if (found == nullptr) return trouble(*airspace, "refers to an airspace without a geometry");
    auto volumes = volumes_of(*found, depth + 1);
    if (!volumes) return volumes;
    shapes_ += volumes->size();
    if (shapes_ > most_shapes) return trouble(volume, "is made of too many volumes");
    for (ChartedVolume& one : *volumes) {
      one.where = at(volume.line);
      if (kind == "HORZ_PROJECTION") add_limits(volume, one);
    }
    return volumes;
  }

  // --- Limits ---

  void add_limits(const XmlElement& volume, ChartedVolume& made) const {
    made.floor = limit_of(volume, "lowerLimit", "lowerLimitReference", "minimumLimit");
    made.ceiling = limit_of(volume, "upperLimit", "upperLimitReference", "maximumLimit");
  }

  std::optional<ChartedLimit> limit_of(const XmlElement& volume, std::string_view name,
                                       std::string_view reference_name,
                                       std::string_view second) const {
    const XmlElement* element = volume.child(name);
    if (element == nullptr || trimmed(element->text).empty()) return {};
    const std::string value = plain(element->text);
    const std::string unit = plain(element->attribute("uom"));
    const std::string reference = plain(volume.text_of(reference_name));
    ChartedLimit limit;
    limit.where = at(element->line);
    limit.text = value;
    const bool is_number = base::number(value).has_value();
    if (is_number && !unit.empty()) limit.text += " " + unit;
    if (is_number && !reference.empty()) limit.text += " " + reference;
    auto form = limit_form(value, unit, reference);
    if (const XmlElement* other = volume.child(second);
        form && other != nullptr && !trimmed(other->text).empty())
      form = std::unexpected(fmt::format("is joined with a second limit, {}", second));
    if (!form) {
      limit.why = form.error();
    } else if (auto understood = limit_from(*form)) {
      limit.limit = std::move(*understood);
    } else {
      limit.why = "states no height";
    }
    return limit;
  }

  // The limit in the agreement's own form, or what keeps it from being one.
  static std::expected<std::string, std::string> limit_form(const std::string& value,
                                                            const std::string& unit,
                                                            const std::string& reference) {
    if (value == "GND" || value == "SFC") return "SFC";
    if (value == "UNL") return "UNL";
    const auto number = base::number(value);
    if (!number) return std::unexpected("states no height");
    if (unit == "FL") {
      if (!reference.empty() && reference != "STD")
        return std::unexpected("is a flight level and yet measured from " + reference);
      if (*number < 0 || *number > 999 || *number != std::floor(*number))
        return std::unexpected("is no flight level");
      return fmt::format("FL{:03.0f}", *number);
    }
    if (unit != "FT" && unit != "M")
      return std::unexpected("is in no unit that is read; expected FT, M or FL");
    if (reference == "SFC" && *number == 0) return "SFC";
    if (reference == "SFC") return fmt::format("{} {} AGL", value, base::lower_case(unit));
    if (reference == "MSL") return fmt::format("{} {} MSL", value, base::lower_case(unit));
    return std::unexpected(reference.empty()
                               ? "does not say what it is measured from"
                               : "is measured from " + reference + "; expected MSL, SFC or STD");
  }

  // --- Surfaces ---

  Found<std::vector<ChartedShape>> surface_shapes(const XmlElement& projection) const {
    const XmlElement* surface = projection.child("Surface");
    if (surface == nullptr) surface = projection.child("ElevatedSurface");
    if (surface == nullptr)
      return trouble(projection, "the horizontalProjection holds no Surface of its own");
    const XmlElement* patches = surface->child("patches");
    std::vector<ChartedShape> shapes;
    for (const XmlElement& patch : patches == nullptr ? surface->children : patches->children) {
      if (patches == nullptr) break;
      if (patch.name != "PolygonPatch")
        return trouble(patch, fmt::format("a surface of {} is not read; expected PolygonPatch",
                                          quoted_json(plain(patch.name))));
      auto shape = patch_shape(patch, surface->attribute("srsName"));
      if (!shape) return std::unexpected(shape.error());
      shapes.push_back(std::move(*shape));
    }
    if (shapes.empty()) return trouble(*surface, "the surface has no patches");
    return shapes;
  }

  Found<ChartedShape> patch_shape(const XmlElement& patch, std::string_view system) const {
    ChartedPolygon polygon;
    const XmlElement* exterior = patch.child("exterior");
    if (exterior == nullptr) return trouble(patch, "the patch has no exterior");
    const bool has_holes = patch.child("interior") != nullptr;
    if (!has_holes)
      if (const XmlElement* circle = only_circle(*exterior)) {
        auto read = circle_of(*circle, system_of(*exterior, system));
        if (!read) return std::unexpected(read.error());
        return ChartedShape{std::move(*read)};
      }
    for (const XmlElement& boundary : patch.children) {
      if (boundary.name != "exterior" && boundary.name != "interior") continue;
      auto ring = ring_of(boundary, system);
      if (!ring) return std::unexpected(ring.error());
      std::vector<std::string> where;
      for (std::size_t line : ring->lines) where.push_back(at(line));
      close_course(ring->course, where);
      if (boundary.name == "exterior" && polygon.where.empty()) {
        polygon.outer = std::move(ring->course);
      } else if (boundary.name == "interior" && !polygon.where.empty()) {
        polygon.holes.push_back(std::move(ring->course));
      } else {
        return trouble(boundary, "expected one exterior, and then the interiors");
      }
      polygon.where.push_back(std::move(where));
    }
    return ChartedShape{std::move(polygon)};
  }

  // The circle that is the whole of a ring, if it is one.
  static const XmlElement* only_circle(const XmlElement& boundary) {
    const XmlElement* ring = boundary.child("Ring");
    if (ring == nullptr || ring->children.size() != 1) return nullptr;
    const XmlElement* segments = ring->descendant({"curveMember", "Curve", "segments"});
    if (segments == nullptr || segments->children.size() != 1) return nullptr;
    return segments->child("CircleByCenterPoint");
  }

  // The innermost reference system on the way down single children.
  static std::string_view system_of(const XmlElement& from, std::string_view outer) {
    std::string_view system = outer;
    for (const XmlElement* e = &from; e != nullptr;
         e = e->children.empty() ? nullptr : &e->children.front())
      if (const auto own = e->attribute("srsName"); !own.empty()) system = own;
    return system;
  }

  Found<OpenCourse> ring_of(const XmlElement& boundary, std::string_view system) const {
    if (const XmlElement* ring = boundary.child("LinearRing")) {
      auto line = line_of(*ring, system, EdgeKind::straight);
      if (!line) return line;
      return closed(std::move(*line), *ring);
    }
    const XmlElement* ring = boundary.child("Ring");
    if (ring == nullptr) return trouble(boundary, "holds no Ring and no LinearRing");
    std::vector<Piece> pieces;
    for (const XmlElement& member : ring->children) {
      if (member.name != "curveMember") continue;
      auto piece = piece_of(member, system);
      if (!piece) return std::unexpected(piece.error());
      pieces.push_back(std::move(*piece));
    }
    if (pieces.empty()) return trouble(*ring, "the ring has no curves");
    if (auto cut = cut_borders(pieces)) return std::unexpected(*cut);
    OpenCourse whole;
    for (Piece& piece : pieces)
      if (auto wrong = join(whole, std::move(piece.line), *piece.element))
        return std::unexpected(*wrong);
    return closed(std::move(whole), *ring);
  }

  // A curve of a ring, or a border of which it takes a stretch.
  struct Piece {
    const XmlElement* element;
    OpenCourse line;
    bool border = false;
  };

  Found<Piece> piece_of(const XmlElement& member, std::string_view system) const {
    Piece piece{&member, {}, false};
    const XmlElement* curve = member.child("Curve");
    if (curve == nullptr) {
      const auto href = member.attribute("href");
      if (href.empty())
        return trouble(member, fmt::format("a ring of {} is not read; expected a Curve",
                                           member.children.empty()
                                               ? "nothing"
                                               : quoted_json(plain(member.children.front().name))));
      const XmlElement* target = target_of(href);
      if (target != nullptr && target->name == "Curve") {
        curve = target;
      } else if (target != nullptr && target->name == "GeoBorder") {
        piece.border = true;
        const XmlElement* slice = only_slice(*target);
        curve = slice == nullptr ? nullptr : slice->descendant({"border", "Curve"});
      }
      if (curve == nullptr)
        return trouble(member, fmt::format("refers to the curve {}, which is not in this file",
                                           quoted_json(plain(href))));
    }
    const auto own = curve->attribute("srsName");
    auto line = curve_of(*curve, own.empty() ? system : own);
    if (!line) return std::unexpected(line.error());
    piece.line = std::move(*line);
    return piece;
  }

  static const XmlElement* only_slice(const XmlElement& border) {
    const XmlElement* found = nullptr;
    for (const XmlElement& member : border.children) {
      const XmlElement* slice =
          member.name == "timeSlice" ? member.child("GeoBorderTimeSlice") : nullptr;
      if (slice == nullptr) continue;
      if (found != nullptr) return nullptr;
      found = slice;
    }
    return found;
  }

  // Of each border, the stretch from where the curve before it ends to where the next begins.
  std::optional<Trouble> cut_borders(std::vector<Piece>& pieces) const {
    for (std::size_t i = 0; i < pieces.size(); ++i) {
      Piece& piece = pieces[i];
      if (!piece.border) continue;
      const Piece& before = pieces[(i + pieces.size() - 1) % pieces.size()];
      const Piece& after = pieces[(i + 1) % pieces.size()];
      if (pieces.size() == 1) continue;  // the border is the whole ring
      if (before.border || after.border)
        return Trouble{piece.element->line,
                       "follows one border after another; where they part the file does not say"};
      if (piece.line.arcs)
        return Trouble{piece.element->line, "follows a border that has arcs, which is not read"};
      const auto from = nearest(piece.line, before.line.course.back().from);
      const auto to = nearest(piece.line, after.line.course.front().from);
      if (!from || !to)
        return Trouble{piece.element->line,
                       "follows a border that has no vertex where the curve beside it ends"};
      if (piece.line.course.front().from == piece.line.course.back().from)
        return Trouble{piece.element->line,
                       "follows a closed border; which way round the file does not say"};
      piece.line = stretch_of(piece.line, *from, *to);
    }
    return {};
  }

  static std::optional<std::size_t> nearest(const OpenCourse& line, Vertex wanted) {
    std::optional<std::size_t> best;
    Length least = join_slack;
    for (std::size_t i = 0; i < line.course.size(); ++i) {
      const Length away = areas::distance(point_of(line.course[i].from), point_of(wanted));
      if (away > least || (best && away == least)) continue;
      best = i;
      least = away;
    }
    return best;
  }

  static OpenCourse stretch_of(const OpenCourse& line, std::size_t from, std::size_t to) {
    OpenCourse part;
    const auto take = [&](std::size_t i, std::size_t kind_of) {
      part.course.push_back({line.course[i].from, line.course[kind_of].kind, {}});
      part.lines.push_back(line.lines[i]);
    };
    if (from <= to)
      for (std::size_t i = from; i <= to; ++i) take(i, i);
    else  // backwards, an edge is the one before
      for (std::size_t i = from + 1; i-- > to;) take(i, i == 0 ? 0 : i - 1);
    return part;
  }

  // --- Curves ---

  // Puts a line behind another that ends where it begins.
  std::optional<Trouble> join(OpenCourse& whole, OpenCourse next, const XmlElement& element) const {
    if (next.course.empty()) return {};
    if (!whole.course.empty()) {
      const Vertex end = whole.course.back().from;
      const Vertex begin = next.course.front().from;
      const Length apart = areas::distance(point_of(end), point_of(begin));
      if (apart > join_slack)
        return Trouble{
            element.line,
            fmt::format("begins {} from where the curve before it ends; expected the "
                        "same place, within {}",
                        quantities::metres_text(apart), quantities::metres_text(join_slack))};
      // A place that is written is kept before one that an arc worked out.
      if (next.course.front().arc) next.course.front().from = end;
      whole.course.pop_back();
      whole.lines.pop_back();
    }
    whole.arcs = whole.arcs || next.arcs;
    whole.course.insert(whole.course.end(), next.course.begin(), next.course.end());
    whole.lines.insert(whole.lines.end(), next.lines.begin(), next.lines.end());
    return {};
  }

  // A line that ends where it began, as a closed course.
  Found<OpenCourse> closed(OpenCourse line, const XmlElement& ring) const {
    if (line.course.size() < 3) return trouble(ring, "the ring has fewer than three places");
    const Length apart =
        areas::distance(point_of(line.course.back().from), point_of(line.course.front().from));
    if (apart > join_slack)
      return trouble(ring, fmt::format("the ring is not closed: it ends {} from where it begins",
                                       quantities::metres_text(apart)));
    if (line.course.front().arc) line.course.front().from = line.course.back().from;
    line.course.pop_back();
    line.lines.pop_back();
    return line;
  }

  Found<OpenCourse> curve_of(const XmlElement& curve, std::string_view system) const {
    const XmlElement* segments = curve.child("segments");
    if (segments == nullptr || segments->children.empty())
      return trouble(curve, "the curve has no segments");
    OpenCourse whole;
    for (const XmlElement& segment : segments->children) {
      auto line = segment_of(segment, system);
      if (!line) return line;
      if (auto wrong = join(whole, std::move(*line), segment)) return std::unexpected(*wrong);
    }
    return whole;
  }

  Found<OpenCourse> segment_of(const XmlElement& segment, std::string_view system) const {
    if (segment.name == "GeodesicString" || segment.name == "Geodesic")
      return line_of(segment, system, EdgeKind::geodesic);
    if (segment.name == "LineStringSegment") return line_of(segment, system, EdgeKind::straight);
    if (segment.name == "ArcByCenterPoint") return arc_of(segment, system);
    if (segment.name == "CircleByCenterPoint") return whole_turn(segment, system);
    return trouble(segment, fmt::format("a curve of {} is not read; expected GeodesicString, "
                                        "Geodesic, LineStringSegment, ArcByCenterPoint or "
                                        "CircleByCenterPoint",
                                        quoted_json(plain(segment.name))));
  }

  Found<OpenCourse> line_of(const XmlElement& segment, std::string_view system,
                            EdgeKind kind) const {
    OpenCourse line;
    for (const XmlElement& child : segment.children) {
      if (child.name != "posList" && child.name != "pos" && child.name != "pointProperty") continue;
      auto places = places_of(child, system);
      if (!places) return std::unexpected(places.error());
      for (Point p : *places) {
        line.course.push_back({vertex_of(p), kind, {}});
        line.lines.push_back(child.line);
      }
    }
    if (line.course.size() < 2) return trouble(segment, "has fewer than two places");
    return line;
  }

  // Places under posList, pos or pointProperty.
  Found<std::vector<Point>> places_of(const XmlElement& element, std::string_view outer) const {
    std::string_view system = outer;
    if (const auto own = element.attribute("srsName"); !own.empty()) system = own;
    if (element.name == "pointProperty") {
      const XmlElement* point = element.child("Point");
      if (const auto href = element.attribute("href"); point == nullptr && !href.empty()) {
        point = target_of(href);
        if (point == nullptr || point->name != "Point")
          return trouble(element, fmt::format("refers to the point {}, which is not in this file",
                                              quoted_json(plain(href))));
      }
      const XmlElement* pos = point == nullptr ? nullptr : point->child("pos");
      if (pos == nullptr) return trouble(element, "holds no Point with a pos");
      const auto own = point->attribute("srsName");
      return places_of(*pos, own.empty() ? system : own);
    }
    const auto axes = axes_of(system, element);
    if (!axes) return std::unexpected(axes.error());
    if (const auto dimension = element.attribute("srsDimension");
        !dimension.empty() && dimension != "2")
      return trouble(element, fmt::format("has {} coordinates a place; expected 2",
                                          quoted_json(plain(dimension))));
    const auto words = words_of(element.text);
    if (words.size() % 2 != 0 || words.empty())
      return trouble(element,
                     fmt::format("has {} numbers; expected two for each place", words.size()));
    std::vector<Point> places;
    for (std::size_t i = 0; i < words.size(); i += 2) {
      const auto first = base::number(words[i]), second = base::number(words[i + 1]);
      const bool latitude_first = *axes == Axes::latitude_first;
      const auto point = first && second
                             ? quantities::point_from_degrees(latitude_first ? *second : *first,
                                                              latitude_first ? *first : *second)
                             : std::nullopt;
      if (!point)
        return trouble(element, fmt::format("{} {} is no place; expected {}", plain(words[i]),
                                            plain(words[i + 1]),
                                            latitude_first ? "latitude and longitude in degrees"
                                                           : "longitude and latitude in degrees"));
      places.push_back(*point);
    }
    return places;
  }

  Found<Point> centre_of(const XmlElement& segment, std::string_view system) const {
    for (const char* name : {"pos", "posList", "pointProperty"}) {
      const XmlElement* element = segment.child(name);
      if (element == nullptr) continue;
      const auto places = places_of(*element, system);
      if (!places) return std::unexpected(places.error());
      if (places->size() != 1) return trouble(*element, "expected one place, the centre");
      return places->front();
    }
    return trouble(segment, "has no centre that is read; expected pos, posList or pointProperty");
  }

  Found<ChartedCircle> circle_of(const XmlElement& segment, std::string_view system) const {
    const auto centre = centre_of(segment, system);
    if (!centre) return std::unexpected(centre.error());
    const XmlElement* radius = segment.child("radius");
    if (radius == nullptr) return trouble(segment, "has no radius");
    const auto length = length_in(*radius);
    if (!length) return std::unexpected(length.error());
    return ChartedCircle{*centre, *length, at(segment.line)};
  }

  // A circle as part of a ring with others: two arcs.
  Found<OpenCourse> whole_turn(const XmlElement& segment, std::string_view system) const {
    const auto circle = circle_of(segment, system);
    if (!circle) return std::unexpected(circle.error());
    OpenCourse line;
    for (double bearing : {0.0, 180.0, 0.0}) {
      const Point p = areas::place_at(circle->centre, circle->radius, bearing);
      line.course.push_back({vertex_of(p), EdgeKind::geodesic, areas::Arc{circle->centre, true}});
      line.lines.push_back(segment.line);
    }
    line.course.back().arc.reset();
    line.arcs = true;
    return line;
  }

  Found<double> angle_in(const XmlElement& segment, const char* name) const {
    const XmlElement* element = segment.child(name);
    if (element == nullptr) return trouble(segment, fmt::format("has no {}", name));
    const auto value = base::number(trimmed(element->text));
    if (!value || std::fabs(*value) > 720)
      return trouble(*element, fmt::format("{} is no bearing", quoted_json(plain(element->text))));
    if (element->attribute("uom") != "deg")
      return trouble(*element, fmt::format("the unit {} of a bearing is not read; expected deg",
                                           quoted_json(plain(element->attribute("uom")))));
    return *value;
  }

  Found<OpenCourse> arc_of(const XmlElement& segment, std::string_view system) const {
    const auto circle = circle_of(segment, system);
    if (!circle) return std::unexpected(circle.error());
    const auto axes = axes_of(system, segment);
    if (axes && *axes == Axes::longitude_first)
      return trouble(segment,
                     "an arc in OGC CRS84 is not read: whether its angles are bearings is open");
    const auto from = angle_in(segment, "startAngle");
    if (!from) return std::unexpected(from.error());
    const auto to = angle_in(segment, "endAngle");
    if (!to) return std::unexpected(to.error());
    const double turn = std::fabs(*to - *from);
    if (turn < 1e-9 || turn >= 360)
      return trouble(segment,
                     "the arc is nothing, or a whole turn; a circle is a "
                     "CircleByCenterPoint");
    OpenCourse line;
    line.arcs = true;
    line.course.push_back({vertex_of(areas::place_at(circle->centre, circle->radius, *from)),
                           EdgeKind::geodesic, areas::Arc{circle->centre, *to > *from}});
    line.course.push_back(
        {vertex_of(areas::place_at(circle->centre, circle->radius, *to)), EdgeKind::geodesic, {}});
    line.lines = {segment.line, segment.line};
    return line;
  }

  Found<ChartedCorridor> corridor_of(const XmlElement& volume, const XmlElement& centreline) const {
    const XmlElement* width = volume.child("width");
    if (width == nullptr) return trouble(centreline, "a centre line without a width is no area");
    const auto length = length_in(*width);
    if (!length) return std::unexpected(length.error());
    const XmlElement* curve = centreline.child("Curve");
    if (curve == nullptr) curve = centreline.child("ElevatedCurve");
    if (curve == nullptr) return trouble(centreline, "holds no Curve");
    auto line = curve_of(*curve, curve->attribute("srsName"));
    if (!line) return std::unexpected(line.error());
    if (line->arcs) return trouble(*curve, "a centre line with arcs is not read");
    ChartedCorridor corridor{
        {}, {length->tenth_mm / 2}, line->course.front().kind, at(curve->line)};
    for (const Stretch& stretch : line->course) {
      if (stretch.kind != corridor.kind)
        return trouble(*curve, "a centre line that is geodesic in part is not read");
      const Point p = point_of(stretch.from);
      if (corridor.line.empty() || corridor.line.back() != p) corridor.line.push_back(p);
    }
    return corridor;
  }

  const std::string file_;
  std::vector<const XmlElement*> airspaces_;
  std::map<std::string, const XmlElement*, std::less<>> by_id_, by_uuid_;
  std::size_t shapes_ = 0;
  std::vector<ChartedArea> areas_;
};

}  // namespace

Result<std::vector<ChartedArea>> read_aixm(std::string_view bytes, std::string_view file) {
  const auto root = parse_xml(bytes, file);
  if (!root) return std::unexpected(root.error());
  return AixmReader(file).read(*root);
}

}  // namespace truce::terms
