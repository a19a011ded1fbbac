#include "publication/map.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/text.h"
#include "publication/wording.h"

namespace truce::publication {

using base::Answer;
using findings::Finding;
using findings::TracePoint;

namespace {

constexpr double map_width = 760;
constexpr double margin_left = 52, margin_right = 8, margin_top = 8, margin_bottom = 22;
constexpr double letter_width = 6.4;  // of labels, about
constexpr std::size_t most_labelled_areas = 80;
constexpr std::size_t most_labelled_findings = 60;
constexpr std::size_t most_areas_beside = 40;  // of a finding: more would hide its own
constexpr double least_disc = 5;  // pixels: smaller uncertainty would hide under the line

void include(GeoBox& box, const areas::Outline& outline) {
  for (const auto& polygon : outline.polygons)
    for (const auto vertex : polygon.outer)
      box.include(static_cast<double>(vertex.longitude_e7) / 1e7,
                  static_cast<double>(vertex.latitude_e7) / 1e7);
}

// The points of a trace, by the turn of longitude that is nearest to the box.
void include(GeoBox& box, const Finding& finding) {
  for (const TracePoint& fix : finding.trace) {
    double longitude = fix.point.longitude();
    if (!box.empty) {
      const double middle = box.west + (box.east - box.west) / 2;
      while (longitude - middle > 180) longitude -= 360;
      while (longitude - middle < -180) longitude += 360;
    }
    box.include(longitude, fix.point.latitude());
  }
}

bool is_drawn(const Finding& finding) {
  return !finding.trace.empty();
}

const terms::Area* version_of(const terms::Agreement& agreement, std::string_view id,
                              quantities::Instant t) {
  const terms::Area* found = nullptr;
  for (const auto& area : agreement.areas)
    if (area.id == id && (found == nullptr || area.valid.contains(t))) found = &area;
  return found;
}

// How roughly the places of a finding are known, where that is wide enough to be seen: of discs
// that nearly cover one another only the first.
std::string discs(const Finding& finding, const Projection& projection) {
  std::string out;
  Spot last{-1e9, -1e9};
  for (const TracePoint& fix : finding.trace) {
    if (!fix.error || fix.doubtful) continue;
    const double radius = projection.pixels(*fix.error);
    const Spot spot = projection.at(fix.point);
    const double dx = spot.x - last.x, dy = spot.y - last.y;
    if (radius < least_disc || dx * dx + dy * dy < radius * radius) continue;
    out += fmt::format(R"(<circle class="disc {}" cx="{}" cy="{}" r="{}"/>)",
                       slug_of(finding.verdict), px(spot.x), px(spot.y), px(radius));
    last = spot;
  }
  return out;
}

// The line of a track: whole where its fixes follow one another, apart where one is doubtful. The
// silence that a finding rests on is drawn as a thin straight line; the aircraft need not have
// flown along it.
std::string track(const Finding& finding, const Projection& projection,
                  quantities::Duration max_gap) {
  PathText heard, silent;
  const TracePoint* before = nullptr;
  for (const TracePoint& fix : finding.trace) {
    const Spot spot = projection.at(fix.point);
    if (fix.doubtful) {
      before = nullptr;
      continue;
    }
    const bool far_apart = before != nullptr && fix.at - before->at > max_gap;
    const bool gap = before != nullptr && is_silence(finding, *before, fix);
    if (gap) {
      silent.move_to(projection.at(before->point));
      silent.line_to(spot);
    }
    if (before == nullptr || far_apart || gap) {
      heard.move_to(spot);
    } else {
      heard.line_to(spot);
    }
    before = &fix;
  }
  std::string out =
      fmt::format(R"(<path class="track {}" d="{}"/>)", slug_of(finding.verdict), heard.text());
  if (!silent.text().empty())
    out += fmt::format(R"(<path class="track silence {}" d="{}"/>)", slug_of(finding.verdict),
                       silent.text());
  return out;
}

// Fixes that cannot be true, as crosses; none where another would be hidden.
std::string crosses(const Finding& finding, const Projection& projection) {
  constexpr double least_apart = 8;
  std::string path;
  Spot last{-1e9, -1e9};
  for (const TracePoint& fix : finding.trace) {
    const Spot spot = projection.at(fix.point);
    const double dx = spot.x - last.x, dy = spot.y - last.y;
    if (!fix.doubtful || dx * dx + dy * dy < least_apart * least_apart) continue;
    path += fmt::format("M{} {}l6 6m0 -6l-6 6", px(spot.x - 3), px(spot.y - 3));
    last = spot;
  }
  return path.empty() ? "" : fmt::format(R"(<path class="doubtful" d="{}"/>)", path);
}

// Where the mark of a finding stands: the middle of what was inside, or of all.
Spot mark_spot(const Finding& finding, const Projection& projection) {
  std::vector<const TracePoint*> fixes;
  for (const Answer wanted : {Answer::yes, Answer::unknown, Answer::no}) {
    for (const TracePoint& fix : finding.trace)
      if (fix.inside == wanted && !fix.doubtful) fixes.push_back(&fix);
    if (!fixes.empty()) break;
  }
  if (fixes.empty()) return projection.at(finding.trace.front().point);
  if (!finding.gap) return projection.at(fixes[fixes.size() / 2]->point);
  for (std::size_t i = 0; i + 1 < finding.trace.size(); ++i) {
    if (!is_silence(finding, finding.trace[i], finding.trace[i + 1])) continue;
    const Spot a = projection.at(finding.trace[i].point);
    const Spot b = projection.at(finding.trace[i + 1].point);
    return {a.x + (b.x - a.x) / 2, a.y + (b.y - a.y) / 2};
  }
  return projection.at(fixes[fixes.size() / 2]->point);
}

std::string heading_mark(const Finding& finding, const Projection& projection) {
  // A small arrow head at the last fix that can be true tells which way it flew.
  if (finding.sighting) return "";
  std::optional<Spot> last;
  Spot tail;
  for (auto fix = finding.trace.rbegin(); fix != finding.trace.rend(); ++fix) {
    if (fix->doubtful) continue;
    tail = projection.at(fix->point);
    if (!last) last = tail;
    const double back_x = last->x - tail.x, back_y = last->y - tail.y;
    if (back_x * back_x + back_y * back_y > 16) break;
  }
  if (!last) return "";
  const Spot tip = *last;
  const double dx = tip.x - tail.x, dy = tip.y - tail.y;
  const double size = std::max(std::max(dx, -dx), std::max(dy, -dy));
  if (size <= 0) return "";
  const double ux = dx / size * 6, uy = dy / size * 6;
  return fmt::format(R"(<path class="head {}" d="M{} {}L{} {}L{} {}Z"/>)", slug_of(finding.verdict),
                     px(tip.x + ux), px(tip.y + uy), px(tip.x - uy / 2), px(tip.y + ux / 2),
                     px(tip.x + uy / 2), px(tip.y - ux / 2));
}

std::string sightings(const Finding& finding, const Projection& projection) {
  std::string out;
  for (const TracePoint& fix : finding.trace)
    out += mark(finding.verdict, projection.at(fix.point), 8);
  return out;
}

std::string frame_of(const Projection& projection) {
  const Rectangle& frame = projection.frame();
  return fmt::format(R"(<rect class="frame" x="{}" y="{}" width="{}" height="{}"/>)",
                     px(frame.left), px(frame.top), px(frame.width()), px(frame.height()));
}

std::string clip(const Projection& projection, std::string_view id) {
  const Rectangle& frame = projection.frame();
  return fmt::format(
      R"(<clipPath id="{}-clip"><rect x="{}" y="{}" width="{}" height="{}"/></clipPath>)", id,
      px(frame.left), px(frame.top), px(frame.width()), px(frame.height()));
}

double width_of(std::string_view text) {
  return letter_width * static_cast<double>(std::min<std::size_t>(text.size(), longest_name));
}

Spot middle_of_outline(const areas::Outline& outline, const Projection& projection) {
  GeoBox box;
  include(box, outline);
  return projection.at(box.west + (box.east - box.west) / 2,
                       box.south + (box.north - box.south) / 2);
}

// "A-03" and below it a bar of how much of its time was covered.
std::string area_label(const terms::Area& area, Spot spot, std::optional<double> coverage) {
  constexpr double bar_width = 44, bar_height = 5;
  std::string out = svg_text(spot, cut_name(area.id), "area-label");
  if (!coverage) return out;
  const double filled = bar_width * std::clamp(*coverage, 0.0, 1.0);
  out += fmt::format(R"(<rect class="bar" x="{}" y="{}" width="{}" height="{}"/>)"
                     R"(<rect class="bar-filled" x="{}" y="{}" width="{}" height="{}"/>)",
                     px(spot.x), px(spot.y + 4), px(bar_width), px(bar_height), px(spot.x),
                     px(spot.y + 4), px(filled), px(bar_height));
  return out + svg_text({spot.x + bar_width + 4, spot.y + 10}, share_text(*coverage), "tick");
}

// A free place for the label of an area: inside it and near its middle, else just below, above or
// beside it.
std::optional<Spot> area_label_spot(const areas::Outline& outline, const Projection& projection,
                                    Labels& labels, double width) {
  constexpr double above = 12, below = 13;
  constexpr int most_steps = 4;
  GeoBox box;
  include(box, outline);
  if (box.empty) return {};
  const Spot corner = projection.at(box.west, box.north),
             opposite = projection.at(box.east, box.south);
  const Spot middle{corner.x + (opposite.x - corner.x) / 2, corner.y + (opposite.y - corner.y) / 2};
  const auto free = [&](Spot spot) {
    return labels.take({spot.x - 2, spot.y - above, spot.x + width + 2, spot.y + below});
  };
  const bool fits = width < (opposite.x - corner.x) * 0.9;
  for (int step = 0; fits && step <= 2 * most_steps * most_steps; ++step) {
    const int ring = step == 0 ? 0 : (step - 1) / (2 * most_steps) + 1;
    const int along = step == 0 ? 0 : (step - 1) % (2 * most_steps) - most_steps;
    const Spot spot{middle.x - width / 2 + along * (opposite.x - corner.x) / 16,
                    middle.y + (step % 2 == 0 ? ring : -ring) * (opposite.y - corner.y) / 10};
    if (free(spot)) return spot;
  }
  for (const double y : {opposite.y + above + 2, corner.y - below - 2})
    for (const double aside : {0.0, -0.5, 0.5})
      if (const Spot spot{middle.x - width / 2 + aside * width, y}; free(spot)) return spot;
  // Beside it, where a crowd leaves room nowhere else.
  for (const double down : {0.5, 0.25, 0.75, 0.0, 1.0})
    for (const double x : {corner.x - width - 6, opposite.x + 6})
      if (const Spot spot{x, corner.y + down * (opposite.y - corner.y)}; free(spot)) return spot;
  return {};
}

std::string linked(const Numbered& numbered, const std::string& content) {
  if (!numbered.in_full) return content;
  return fmt::format("<a href=\"#f-{}\">{}</a>", base::escaped_xml(numbered.finding->id), content);
}

struct AreaShapes {
  std::string drawn;
  std::size_t left_out = 0;  ///< Areas that are to be seen and not drawn.
};

// The areas in view; where they are more than `most`, only those that are `bold`.
AreaShapes area_shapes(const Assessment& assessment, const Projection& projection,
                       const std::set<std::string, std::less<>>& bold, std::size_t most) {
  std::vector<std::pair<const terms::Area*, std::string>> seen;
  std::size_t others = 0;
  for (const auto& area : assessment.agreement.areas) {
    std::string path = outline_path(area.outline, projection);
    if (path.empty()) continue;
    others += bold.contains(area.id) ? 0 : 1;
    seen.emplace_back(&area, std::move(path));
  }
  AreaShapes shapes;
  if (others > most) {
    shapes.left_out = others;
    std::erase_if(seen, [&](const auto& one) { return !bold.contains(one.first->id); });
  }
  for (const auto& [area, path] : seen)
    shapes.drawn += fmt::format(
        R"(<path class="area{}" fill="{}" fill-rule="evenodd" d="{}"><title>{}</title></path>)"
        "\n",
        bold.contains(area->id) ? " bold" : "", grade_fill(assessment.agreement, area->grade), path,
        base::escaped_xml(fmt::format("{} {}: {}, {} to {}", cut_name(area->id),
                                      cut_name(in_english(area->name)),
                                      grade_text(assessment.agreement, area->grade),
                                      limit_text(area->floor), limit_text(area->ceiling))));
  return shapes;
}

// Boxes that lie far apart are drawn apart: together, each would be too small to read.
constexpr double apart_by = 0.6;  // of the larger of two: nearer ones are one picture
constexpr double worth_it = 1.5;  // how much larger the largest must become
constexpr std::size_t most_maps = 4;
constexpr double tallest_map = 660, tallest_part = 300;  // pixels

GeoBox together(GeoBox a, const GeoBox& b) {
  a.include(b.west, b.south);
  a.include(b.east, b.north);
  return a;
}

double larger_side(const GeoBox& box) {
  return std::max(box.east - box.west, box.north - box.south);
}

bool are_near(const GeoBox& a, const GeoBox& b) {
  const double east = std::max(a.west, b.west) - std::min(a.east, b.east);
  const double north = std::max(a.south, b.south) - std::min(a.north, b.north);
  return std::max(east, north) < apart_by * std::max(larger_side(a), larger_side(b));
}

// What the maps show: all areas in one, or, where some lie far from the rest, several, the largest
// first.
std::vector<GeoBox> boxes_of_areas(const terms::Agreement& agreement) {
  std::vector<GeoBox> boxes;
  GeoBox all;
  for (const auto& area : agreement.areas) {
    GeoBox box;
    include(box, area.outline);
    if (box.empty) continue;
    all = together(all, box);
    // Whatever is near the new one becomes one with it, again and again.
    for (std::size_t i = 0; i < boxes.size();) {
      if (!are_near(boxes[i], box)) {
        ++i;
        continue;
      }
      box = together(box, boxes[i]);
      boxes.erase(boxes.begin() + static_cast<std::ptrdiff_t>(i));
      i = 0;
    }
    boxes.push_back(box);
  }
  if (boxes.empty()) return boxes;
  std::stable_sort(boxes.begin(), boxes.end(), [](const GeoBox& a, const GeoBox& b) {
    return larger_side(a) > larger_side(b);
  });
  if (boxes.size() > most_maps || larger_side(all) < worth_it * larger_side(boxes.front()))
    return {all};
  return boxes;
}

bool is_within(Spot spot, const Rectangle& frame) {
  return spot.x >= frame.left && spot.x <= frame.right && spot.y >= frame.top &&
         spot.y <= frame.bottom;
}

std::string area_map(const Assessment& assessment, const std::vector<Numbered>& findings,
                     GeoBox box, const std::string& id, double tallest) {
  box = widened(box, 0.12, quantities::kilometres(10));
  const double inner_width = map_width - margin_left - margin_right;
  const double inner_height = std::clamp(inner_width / aspect_of(box), tallest / 2, tallest);
  const double height = inner_height + margin_top + margin_bottom;
  const Rectangle frame{margin_left, margin_top, map_width - margin_right,
                        margin_top + inner_height};
  const Projection projection(box, frame);

  std::string out = open_picture(
      id, map_width, height, "Map of the designated areas and the findings",
      "Areas are hatched by grade. Violations are solid lines with squares, possible findings "
      "dashed with diamonds, excepted flights dotted with circles. Every finding is described in "
      "words below.");
  out += clip(projection, id) + frame_of(projection) + graticule(projection, 90);
  out += fmt::format("<g clip-path=\"url(#{}-clip)\">\n", id) +
         area_shapes(assessment, projection, {}, SIZE_MAX).drawn;
  for (const auto& numbered : findings) out += discs(*numbered.finding, projection);
  // The gravest on top.
  for (auto it = findings.rbegin(); it != findings.rend(); ++it) {
    const Finding& finding = *it->finding;
    if (!is_drawn(finding)) continue;
    out += finding.sighting ? sightings(finding, projection)
                            : track(finding, projection, assessment.agreement.max_gap) +
                                  heading_mark(finding, projection);
  }
  out += "</g>\n";

  Labels labels(frame);
  labels.keep_clear({frame.right - 40, frame.top, frame.right, frame.top + 46});
  labels.keep_clear({frame.left, frame.bottom - 26, frame.left + 190, frame.bottom});
  std::vector<std::pair<const Numbered*, Spot>> marked;
  for (const auto& numbered : findings) {
    if (!is_drawn(*numbered.finding)) continue;
    const Spot spot = mark_spot(*numbered.finding, projection);
    if (!is_within(spot, frame) || marked.size() == most_labelled_findings) continue;
    labels.keep_clear({spot.x - 6, spot.y - 6, spot.x + 6, spot.y + 6});
    marked.emplace_back(&numbered, spot);
  }
  // The names of areas before the numbers of findings: those stand in the timeline and the list
  // as well.
  std::set<std::string, std::less<>> named;
  for (const auto& area : assessment.agreement.areas) {
    if (named.size() >= most_labelled_areas || !named.insert(area.id).second) continue;
    const auto coverage = mean_coverage(assessment.findings, area.id);
    const double width = std::max(width_of(area.id) + 6, coverage ? 84.0 : 0.0);
    if (const auto corner = area_label_spot(area.outline, projection, labels, width))
      out += area_label(area, *corner, coverage);
  }
  for (const auto& [numbered, spot] : marked) {
    const Finding& finding = *numbered->finding;
    std::string content = mark(finding.verdict, spot, 9);
    const std::string number = std::to_string(numbered->number);
    if (const auto corner =
            labels.place(spot, letter_width * 1.2 * static_cast<double>(number.size()), 11))
      content += svg_text(*corner, number, "number " + slug_of(finding.verdict));
    out += linked(*numbered, content) + "\n";
  }
  out += north_arrow({frame.right - 18, frame.top + 12});
  out += scale_bar(projection, {frame.left + 12, frame.bottom - 10}, 130);
  return out + "</svg>\n";
}

}  // namespace

bool is_silence(const Finding& finding, const TracePoint& before, const TracePoint& after) {
  return finding.gap && before.at <= finding.entry.earliest && finding.exit.latest <= after.at;
}

std::optional<double> mean_coverage(const findings::Findings& findings, std::string_view area) {
  double sum = 0;
  std::int64_t count = 0;
  for (const auto& line : findings.coverage) {
    if (line.area != area) continue;
    sum += line.coverage;
    ++count;
  }
  if (count == 0) return {};
  return sum / static_cast<double>(count);
}

std::string overview_map(const Assessment& assessment, const std::vector<Numbered>& findings) {
  std::vector<GeoBox> boxes = boxes_of_areas(assessment.agreement);
  if (boxes.empty()) {
    GeoBox box;
    for (const auto& numbered : findings) include(box, *numbered.finding);
    if (!box.empty) boxes.push_back(box);
  }
  std::string out;
  for (std::size_t i = 0; i < boxes.size(); ++i)
    out += i == 0 ? area_map(assessment, findings, boxes[i], "map", tallest_map)
                  : area_map(assessment, findings, boxes[i], fmt::format("map-part-{}", i),
                             tallest_part);
  return out;
}

std::string finding_map(const Assessment& assessment, const Numbered& numbered,
                        const std::string& id) {
  const Finding& finding = *numbered.finding;
  if (!is_drawn(finding)) return "";
  constexpr double width = 372, height = 300;
  constexpr Rectangle frame{56, 6, width - 8, height - 22};

  GeoBox box;
  include(box, finding);
  double widest_error_m = 0;
  for (const TracePoint& fix : finding.trace)
    if (fix.error) widest_error_m = std::max(widest_error_m, fix.error->in_metres());
  box = widened(box, 0.15, quantities::metres(std::max(4'000.0, 2.6 * widest_error_m)));
  const Projection projection(box, frame);

  const std::set<std::string, std::less<>> touched(finding.areas.begin(), finding.areas.end());
  std::string out =
      open_picture(id, width, height, fmt::format("Map of finding {}", numbered.number),
                   cut_text(finding.sentence));
  out += clip(projection, id) + frame_of(projection) + graticule(projection, 70);
  out += fmt::format("<g clip-path=\"url(#{}-clip)\">\n", id);
  const AreaShapes areas = area_shapes(assessment, projection, touched, most_areas_beside);
  out += areas.drawn;
  out += discs(finding, projection);
  if (finding.sighting) {
    out += sightings(finding, projection);
  } else {
    out += track(finding, projection, assessment.agreement.max_gap);
    std::vector<Spot> inside, outside;
    for (const TracePoint& fix : finding.trace)
      if (!fix.doubtful)
        (fix.inside == Answer::yes ? inside : outside).push_back(projection.at(fix.point));
    out += crosses(finding, projection);
    out += dots(outside, slug_of(finding.verdict), true);
    out += dots(inside, slug_of(finding.verdict), false);
    out += heading_mark(finding, projection);
  }
  out += "</g>\n";
  Labels labels(frame);
  labels.keep_clear({frame.left, frame.bottom - 24, frame.left + 150, frame.bottom});
  if (areas.left_out > 0)
    labels.keep_clear({frame.left, frame.top, frame.left + 220, frame.top + 18});
  for (const TracePoint& fix : finding.trace) {
    const Spot spot = projection.at(fix.point);
    labels.keep_clear({spot.x - 3, spot.y - 3, spot.x + 3, spot.y + 3});
  }
  for (const std::string& name : touched) {
    const terms::Area* area = version_of(assessment.agreement, name, finding.entry.earliest);
    if (area == nullptr) continue;
    Spot middle = middle_of_outline(area->outline, projection);
    middle.x = std::clamp(middle.x, frame.left + 30, frame.right - 30);
    middle.y = std::clamp(middle.y, frame.top + 20, frame.bottom - 34);
    if (const auto corner =
            labels.place({middle.x - width_of(name) / 2, middle.y}, width_of(name), 12))
      out += svg_text(*corner, cut_name(name), "area-label");
  }
  if (areas.left_out > 0)
    out += svg_text({frame.left + 6, frame.top + 14},
                    fmt::format("{} other areas here are not drawn", areas.left_out), "small");
  out += scale_bar(projection, {frame.left + 10, frame.bottom - 9}, 90);
  return out + "</svg>\n";
}

}  // namespace truce::publication
