#include "publication/profile.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

#include "base/text.h"
#include "publication/axis.h"
#include "publication/wording.h"

namespace truce::publication {

using findings::Finding;
using findings::TracePoint;
using quantities::Instant;
using quantities::Length;

namespace {

constexpr double width = 372, height = 318;
constexpr Rectangle frame{56, 6, width - 8, 278};

// The heights that the picture has to show, in feet, each above its own zero.
struct Heights {
  double least = 0, most = 0;
  bool any = false;
  void include(Length length) {
    const double feet = length.in_feet();
    least = any ? std::min(least, feet) : feet;
    most = any ? std::max(most, feet) : feet;
    any = true;
  }
};

class Scale {
 public:
  Scale(double least, double most) : least_(least), most_(most) {}
  double at(Length length) const { return at_feet(length.in_feet()); }
  double at_feet(double feet) const {
    const double share = (feet - least_) / (most_ - least_);
    return frame.bottom - std::clamp(share, 0.0, 1.0) * frame.height();
  }
  bool shows(double feet) const { return feet >= least_ && feet <= most_; }
  std::string ticks() const {
    static constexpr std::array<int, 10> steps = {100,   200,    500,    1'000,  2'000,
                                                  5'000, 10'000, 20'000, 50'000, 100'000};
    int step = steps.back();
    for (const int candidate : steps)
      if (candidate / (most_ - least_) * frame.height() >= 34) {
        step = candidate;
        break;
      }
    std::string out;
    auto feet = static_cast<std::int64_t>(least_) / step * step;
    for (; static_cast<double>(feet) <= most_; feet += step) {
      if (static_cast<double>(feet) < least_) continue;
      const double y = at_feet(static_cast<double>(feet));
      out += fmt::format(R"(<path class="graticule" d="M{} {}H{}"/>)", px(frame.left), px(y),
                         px(frame.right));
      out += svg_text({frame.left - 5, y + 3.5}, thousands(feet), "tick", "end");
    }
    return out;
  }

 private:
  double least_, most_;
};

const terms::Area* area_of(const Assessment& assessment, const Finding& finding) {
  const terms::Area* found = nullptr;
  for (const auto& area : assessment.agreement.areas)
    if (area.id == finding.area &&
        (found == nullptr || area.valid.contains(finding.entry.earliest)))
      found = &area;
  return found;
}

bool has_height(const terms::Limit& limit) {
  return limit.reference != terms::Reference::surface &&
         limit.reference != terms::Reference::unlimited;
}

// A line at a floor or ceiling; one beyond the picture is named at its edge.
std::string limit_line(const Scale& scale, std::string_view name, const terms::Limit& limit,
                       bool at_top) {
  const std::string label = fmt::format("{} {}", name, limit_text(limit));
  const double feet = limit.height.in_feet();
  if (!has_height(limit) || !scale.shows(feet)) {
    const double y = at_top ? frame.top + 11 : frame.bottom - 5;
    const std::string way = at_top ? "\xE2\x86\x91 " : "\xE2\x86\x93 ";
    return svg_text({frame.right - 5, y}, way + label, "limit-label", "end");
  }
  const double y = scale.at(limit.height);
  const double label_y = y - frame.top < 16 || !at_top ? y + 11 : y - 4;
  return fmt::format(R"(<path class="limit" d="M{} {}H{}"/>)", px(frame.left), px(y),
                     px(frame.right)) +
         svg_text({frame.right - 5, std::min(label_y, frame.bottom - 4)}, label, "limit-label",
                  "end");
}

std::string moment_band(const TimeAxis& axis, quantities::TimeBounds bounds,
                        std::string_view name) {
  if (is_open(bounds.earliest) || is_open(bounds.latest)) return "";
  const double from = axis.at(bounds.earliest);
  const double until = std::max(axis.at(bounds.latest), from + 1.2);
  return fmt::format(
      R"(<rect class="moment" x="{}" y="{}" width="{}" height="{}"><title>{}</title></rect>)",
      px(from), px(frame.top), px(until - from), px(frame.height()),
      base::escaped_xml(fmt::format("{}: {}", name, bounds_text(bounds))));
}

std::string heights_path(const Finding& finding, const TimeAxis& axis, const Scale& scale,
                         std::optional<Length> TracePoint::* height_of, std::string_view style) {
  PathText path;
  std::vector<Spot> spots;
  const TracePoint* before = nullptr;
  for (const TracePoint& fix : finding.trace) {
    if (fix.doubtful || !(fix.*height_of)) {
      before = nullptr;
      continue;
    }
    const Spot spot{axis.at(fix.at), scale.at(*(fix.*height_of))};
    if (before == nullptr || is_silence(finding, *before, fix)) {
      path.move_to(spot);
    } else {
      path.line_to(spot);
    }
    before = &fix;
    spots.push_back(spot);
  }
  if (spots.empty()) return "";
  return fmt::format(R"(<path class="height {}" d="{}"/>)", style, path.text()) +
         dots(spots, style, style == "geometric");
}

}  // namespace

std::string altitude_profile(const Assessment& assessment, const Numbered& numbered,
                             const std::string& id) {
  const Finding& finding = *numbered.finding;
  Heights heights;
  bool pressure = false, geometric = false;
  for (const TracePoint& fix : finding.trace) {
    if (fix.doubtful) continue;
    if (fix.pressure_altitude) heights.include(*fix.pressure_altitude), pressure = true;
    if (fix.geometric_height) heights.include(*fix.geometric_height), geometric = true;
  }
  const bool found = !finding.altitude.reference.empty();
  if (found) heights.include(finding.altitude.least), heights.include(finding.altitude.most);
  if (!heights.any) return "";

  const terms::Area* area = area_of(assessment, finding);
  // A floor or ceiling belongs into the picture when it is near the flight.
  if (area != nullptr) {
    const double reach = std::max(4'000.0, 1.2 * (heights.most - heights.least));
    for (const terms::Limit* limit : {&area->floor, &area->ceiling}) {
      const double feet = limit->height.in_feet();
      if (has_height(*limit) && feet > heights.least - reach && feet < heights.most + reach)
        heights.include(limit->height);
    }
  }
  const double spare = std::max(300.0, 0.14 * (heights.most - heights.least));
  const double bottom =
      heights.least >= 0 ? std::max(0.0, heights.least - spare) : heights.least - spare;
  const Scale scale(bottom, heights.most + spare);

  Instant from = quantities::latest_instant, until = quantities::earliest_instant;
  const auto reach = [&](Instant t) {
    if (is_open(t)) return;
    from = std::min(from, t);
    until = std::max(until, t);
  };
  for (const TracePoint& fix : finding.trace) reach(fix.at);
  for (const Instant t :
       {finding.entry.earliest, finding.entry.latest, finding.exit.earliest, finding.exit.latest})
    reach(t);
  if (from > until) return "";
  const TimeAxis axis(from, until, frame.left + 4, frame.right - 4);

  std::string out = open_picture(
      id, width, height, fmt::format("Height over time of finding {}", numbered.number),
      "Altitude found: " + altitude_text(finding.altitude) +
          ". Entry: " + bounds_text(finding.entry) + ". Exit: " + bounds_text(finding.exit) + ".");
  out += fmt::format(R"(<rect class="frame" x="{}" y="{}" width="{}" height="{}"/>)",
                     px(frame.left), px(frame.top), px(frame.width()), px(frame.height()));
  out += scale.ticks() + axis.ticks(frame.top, frame.bottom, 52);
  out += moment_band(axis, finding.entry, "entry") + moment_band(axis, finding.exit, "exit");
  if (found && !is_open(finding.entry.earliest) && !is_open(finding.exit.latest)) {
    const double left = axis.at(finding.entry.earliest);
    const double right = std::max(axis.at(finding.exit.latest), left + 2);
    const double top = scale.at(finding.altitude.most);
    const double low = std::max(scale.at(finding.altitude.least), top + 1.5);
    out +=
        fmt::format(R"(<rect class="found {}" x="{}" y="{}" width="{}" height="{}"/>)",
                    slug_of(finding.verdict), px(left), px(top), px(right - left), px(low - top));
  }
  out += heights_path(finding, axis, scale, &TracePoint::geometric_height, "geometric");
  out += heights_path(finding, axis, scale, &TracePoint::pressure_altitude, "pressure");
  if (area != nullptr) {
    out += limit_line(scale, "ceiling", area->ceiling, true);
    out += limit_line(scale, "floor", area->floor, false);
  }
  std::string legend = "In feet";
  if (found) legend += ". Box: altitude found, " + reference_text(finding.altitude.reference);
  out += svg_text({frame.left, frame.bottom + 26}, legend, "tick");
  std::string lines;
  if (pressure) lines += "Solid: pressure altitude. ";
  if (geometric) lines += "Thin: height above WGS84.";
  out += svg_text({frame.left, frame.bottom + 38}, lines, "tick");
  return out + "</svg>\n";
}

}  // namespace truce::publication
