#include "publication/drawing.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "base/json_writer.h"
#include "base/text.h"
#include "publication/wording.h"

namespace truce::publication {

using findings::Verdict;
using quantities::Length;
using quantities::Point;

namespace {

constexpr double metres_per_degree = 111'195.0;  // of latitude on a sphere of 6,371.01 km
constexpr double flattest_cosine = 0.05;         // no map is stretched further near a pole

// The cosine of an angle in degrees, by its series up to the twelfth power: right to 10^-7 within
// +-90 degrees, and the same bits everywhere.
double cosine(double degrees) {
  const double x = degrees * 0.017453292519943295;
  const double s = x * x;
  return 1 - s / 2 * (1 - s / 12 * (1 - s / 30 * (1 - s / 56 * (1 - s / 90 * (1 - s / 132)))));
}

double clamped_cosine(double latitude) {
  return std::max(flattest_cosine, cosine(std::clamp(latitude, -90.0, 90.0)));
}

double middle_of(double a, double b) {
  return a + (b - a) / 2;
}

}  // namespace

std::string px(double pixels) {
  if (!(pixels == pixels)) pixels = 0;
  return base::decimal_text(std::clamp(pixels, -100'000.0, 100'000.0), 1);
}

void GeoBox::include(double longitude, double latitude) {
  if (empty) {
    *this = {longitude, latitude, longitude, latitude, false};
    return;
  }
  west = std::min(west, longitude);
  east = std::max(east, longitude);
  south = std::min(south, latitude);
  north = std::max(north, latitude);
}

GeoBox widened(GeoBox box, double share, Length least) {
  const double least_north = least.in_metres() / metres_per_degree;
  const double least_east = least_north / clamped_cosine(middle_of(box.south, box.north));
  const double more_east =
      std::max((box.east - box.west) * share, (least_east - (box.east - box.west)) / 2);
  const double more_north =
      std::max((box.north - box.south) * share, (least_north - (box.north - box.south)) / 2);
  box.west -= more_east;
  box.east += more_east;
  box.south = std::max(-90.0, box.south - more_north);
  box.north = std::min(90.0, box.north + more_north);
  return box;
}

double aspect_of(const GeoBox& box) {
  const double height = std::max(box.north - box.south, 1e-7);
  return (box.east - box.west) * clamped_cosine(middle_of(box.south, box.north)) / height;
}

Projection::Projection(const GeoBox& box, const Rectangle& frame) : frame_(frame) {
  const double degrees_east = std::max(box.east - box.west, 1e-6);
  const double degrees_north = std::max(box.north - box.south, 1e-6);
  const double squeeze = clamped_cosine(middle_of(box.south, box.north));
  pixels_per_degree_north_ =
      std::min(frame.width() / (degrees_east * squeeze), frame.height() / degrees_north);
  pixels_per_degree_east_ = pixels_per_degree_north_ * squeeze;
  middle_longitude_ = middle_of(box.west, box.east);
  const double middle_latitude = middle_of(box.south, box.north);
  const double half_east = frame.width() / 2 / pixels_per_degree_east_;
  const double half_north = frame.height() / 2 / pixels_per_degree_north_;
  shown_ = {middle_longitude_ - half_east, middle_latitude - half_north,
            middle_longitude_ + half_east, middle_latitude + half_north, false};
}

Spot Projection::at(double longitude, double latitude) const {
  return {frame_.left + (longitude - shown_.west) * pixels_per_degree_east_,
          frame_.top + (shown_.north - latitude) * pixels_per_degree_north_};
}

double Projection::longitude_of(Point point) const {
  double longitude = point.longitude();
  while (longitude - middle_longitude_ > 180) longitude -= 360;
  while (longitude - middle_longitude_ < -180) longitude += 360;
  return longitude;
}

Spot Projection::at(Point point) const {
  return at(longitude_of(point), point.latitude());
}

double Projection::pixels(Length length) const {
  return length.in_metres() / metres_per_degree * pixels_per_degree_north_;
}

std::string mark(Verdict verdict, Spot spot, double size) {
  const double half = size / 2;
  const std::string kind = slug_of(verdict);
  const std::string x = px(spot.x), y = px(spot.y);
  switch (verdict) {
    case Verdict::violation:
      return fmt::format(R"(<rect class="mark {}" x="{}" y="{}" width="{}" height="{}"/>)", kind,
                         px(spot.x - half), px(spot.y - half), px(size), px(size));
    case Verdict::possible: {
      const double wide = half * 1.25;
      return fmt::format(R"(<path class="mark {} open" d="M{} {}L{} {}L{} {}L{} {}Z"/>)", kind, x,
                         px(spot.y - wide), px(spot.x + wide), y, x, px(spot.y + wide),
                         px(spot.x - wide), y);
    }
    case Verdict::excepted:
      return fmt::format(R"(<circle class="mark {}" cx="{}" cy="{}" r="{}"/>)", kind, x, y,
                         px(half));
    case Verdict::compliant:
      return fmt::format(R"(<path class="mark {} stroke" d="M{} {}L{} {}L{} {}"/>)", kind,
                         px(spot.x - half), y, px(spot.x - half / 4), px(spot.y + half * 0.8),
                         px(spot.x + half), px(spot.y - half * 0.8));
    case Verdict::not_observed:
      return fmt::format(R"(<circle class="mark {} open" cx="{}" cy="{}" r="{}"/>)", kind, x, y,
                         px(half));
    case Verdict::not_applicable:
      return fmt::format(R"(<path class="mark {} stroke" d="M{} {}L{} {}"/>)", kind,
                         px(spot.x - half), y, px(spot.x + half), y);
  }
  return "";
}

std::string mark_in_text(Verdict verdict) {
  return R"(<svg class="glyph" viewBox="0 0 14 14" aria-hidden="true">)" +
         mark(verdict, {7, 7}, 9) + "</svg>";
}

void PathText::add(char command, Spot spot) {
  out_ += command;
  out_ += px(spot.x) + " " + px(spot.y);
  last_ = spot;
}

void PathText::line_to(Spot spot) {
  constexpr double least_step = 0.5;
  const double dx = spot.x - last_.x, dy = spot.y - last_.y;
  if (dx * dx + dy * dy >= least_step * least_step) add('L', spot);
}

std::string dots(const std::vector<Spot>& spots, std::string_view style, bool open) {
  constexpr double least_apart = 3;
  std::string path;
  Spot last{-1e9, -1e9};
  for (const Spot spot : spots) {
    const double dx = spot.x - last.x, dy = spot.y - last.y;
    if (dx * dx + dy * dy < least_apart * least_apart) continue;
    path += "M" + px(spot.x) + " " + px(spot.y) + "h0";
    last = spot;
  }
  if (path.empty()) return "";
  std::string out = fmt::format(R"(<path class="dots {}" d="{}"/>)", style, path);
  if (open) out += fmt::format(R"(<path class="dots core" d="{}"/>)", path);
  return out;
}

namespace {

// What of a ring is to be seen in a rectangle: cut at each of its sides in turn (Sutherland and
// Hodgman). Where the ring leaves and comes back, it runs along the side.
std::vector<Spot> cut_to(const Rectangle& frame, std::vector<Spot> ring) {
  const auto cut = [&](auto is_in, auto where) {
    std::vector<Spot> kept;
    for (std::size_t i = 0; i < ring.size(); ++i) {
      const Spot a = ring[i], b = ring[i + 1 == ring.size() ? 0 : i + 1];
      if (is_in(a)) kept.push_back(a);
      if (is_in(a) != is_in(b)) kept.push_back(where(a, b));
    }
    ring = std::move(kept);
  };
  const auto at_x = [](double x) {
    return [x](Spot a, Spot b) { return Spot{x, a.y + (x - a.x) / (b.x - a.x) * (b.y - a.y)}; };
  };
  const auto at_y = [](double y) {
    return [y](Spot a, Spot b) { return Spot{a.x + (y - a.y) / (b.y - a.y) * (b.x - a.x), y}; };
  };
  cut([&](Spot s) { return s.x >= frame.left; }, at_x(frame.left));
  cut([&](Spot s) { return s.x <= frame.right; }, at_x(frame.right));
  cut([&](Spot s) { return s.y >= frame.top; }, at_y(frame.top));
  cut([&](Spot s) { return s.y <= frame.bottom; }, at_y(frame.bottom));
  return ring;
}

// Marks those points between two that are kept which are needed so that no point lies farther than
// `tolerance` from the line (Douglas and Peucker).
void mark_needed(const std::vector<Spot>& line, std::size_t first, std::size_t last,
                 double tolerance, std::vector<bool>& needed) {
  std::vector<std::pair<std::size_t, std::size_t>> left{{first, last}};
  while (!left.empty()) {
    const auto [from, until] = left.back();
    left.pop_back();
    const Spot a = line[from], b = line[until];
    const double wx = b.x - a.x, wy = b.y - a.y, square = wx * wx + wy * wy;
    double farthest = tolerance * tolerance;
    std::size_t found = from;
    for (std::size_t i = from + 1; i < until; ++i) {
      const double dx = line[i].x - a.x, dy = line[i].y - a.y;
      const double along = square > 0 ? std::clamp((dx * wx + dy * wy) / square, 0.0, 1.0) : 0;
      const double ex = dx - along * wx, ey = dy - along * wy;
      if (ex * ex + ey * ey <= farthest) continue;
      farthest = ex * ex + ey * ey;
      found = i;
    }
    if (found == from) continue;
    needed[found] = true;
    left.emplace_back(from, found);
    left.emplace_back(found, until);
  }
}

// Whoever looks sees no difference: a fifth of a pixel.
std::vector<Spot> simplified(std::vector<Spot> ring) {
  constexpr double tolerance = 0.2;
  if (ring.size() < 4) return ring;
  const auto distance = [&](std::size_t i) {
    const double dx = ring[i].x - ring[0].x, dy = ring[i].y - ring[0].y;
    return dx * dx + dy * dy;
  };
  std::size_t opposite = 0;
  for (std::size_t i = 1; i < ring.size(); ++i)
    if (distance(i) > distance(opposite)) opposite = i;
  ring.push_back(ring.front());
  std::vector<bool> needed(ring.size(), false);
  needed[0] = needed[opposite] = true;
  mark_needed(ring, 0, opposite, tolerance, needed);
  mark_needed(ring, opposite, ring.size() - 1, tolerance, needed);
  std::vector<Spot> kept;
  for (std::size_t i = 0; i + 1 < ring.size(); ++i)
    if (needed[i]) kept.push_back(ring[i]);
  return kept;
}

}  // namespace

std::string outline_path(const areas::Outline& outline, const Projection& projection) {
  constexpr double out_of_sight = 4;  // pixels: so far outside the frame a ring is cut
  const Rectangle& frame = projection.frame();
  const Rectangle seen{frame.left - out_of_sight, frame.top - out_of_sight,
                       frame.right + out_of_sight, frame.bottom + out_of_sight};
  PathText path;
  const auto add = [&](const areas::Ring& ring, double turn) {
    std::vector<Spot> spots;
    spots.reserve(ring.size());
    for (const auto vertex : ring)
      spots.push_back(projection.at(static_cast<double>(vertex.longitude_e7) / 1e7 + turn,
                                    static_cast<double>(vertex.latitude_e7) / 1e7));
    bool first = true;
    for (const Spot spot : simplified(cut_to(seen, std::move(spots)))) {
      first ? path.move_to(spot) : path.line_to(spot);
      first = false;
    }
    if (!first) path.close();
  };
  const GeoBox& shown = projection.shown();
  for (const auto& polygon : outline.polygons) {
    if (polygon.outer.empty()) continue;
    const areas::Box box = box_of(polygon);
    const auto degrees = [](std::int64_t e7) { return static_cast<double>(e7) / 1e7; };
    if (degrees(box.low.latitude_e7) > shown.north || degrees(box.high.latitude_e7) < shown.south)
      continue;
    for (const double turn : {-360.0, 0.0, 360.0}) {
      if (degrees(box.low.longitude_e7) + turn > shown.east) continue;
      if (degrees(box.high.longitude_e7) + turn < shown.west) continue;
      add(polygon.outer, turn);
      for (const auto& hole : polygon.holes) add(hole, turn);
    }
  }
  return path.text();
}

namespace {

// Hatches for grades: the graver, the darker and the closer. The last serves all further ones.
struct Hatch {
  std::string_view ground, lines;
  double apart;
  int turned;
};
constexpr std::array<Hatch, 4> hatches = {{{"#bfccda", "#6f86a0", 4.5, 45},
                                           {"#d9e2eb", "#8fa3b9", 8, -45},
                                           {"#edf2f6", "#b3c2d1", 14, 45},
                                           {"#f6f8fa", "#c6d0db", 20, 90}}};

std::size_t rank_of(const terms::Agreement& agreement, std::string_view grade) {
  std::size_t rank = 0;
  while (rank < agreement.grades.size() && agreement.grades[rank].id != grade) ++rank;
  return std::min(rank, hatches.size() - 1);
}

}  // namespace

std::string pattern_definitions(const terms::Agreement& agreement) {
  std::string out = R"x(<svg width="0" height="0" class="definitions" aria-hidden="true"><defs>)x";
  for (std::size_t i = 0; i < hatches.size(); ++i) {
    const bool used = std::any_of(agreement.areas.begin(), agreement.areas.end(),
                                  [&](auto& area) { return rank_of(agreement, area.grade) == i; });
    if (!used) continue;
    const Hatch& hatch = hatches[i];
    out += fmt::format(
        R"x(<pattern id="grade-{}" width="{}" height="{}" patternUnits="userSpaceOnUse" )x"
        R"x(patternTransform="rotate({})"><rect width="{}" height="{}" fill="{}"/>)x"
        R"x(<line x1="0" y1="0" x2="0" y2="{}" stroke="{}" stroke-width="1.6"/></pattern>)x",
        i, px(hatch.apart), px(hatch.apart), hatch.turned, px(hatch.apart), px(hatch.apart),
        hatch.ground, px(hatch.apart), hatch.lines);
  }
  out += R"x(<pattern id="restricted" width="6.0" height="6.0" patternUnits="userSpaceOnUse" )x"
         R"x(patternTransform="rotate(45)"><line x1="0" y1="0" x2="0" y2="6" stroke="#7a828b" )x"
         R"x(stroke-width="2"/></pattern>)x"
         R"x(<pattern id="unwatched" width="5.0" height="5.0" patternUnits="userSpaceOnUse">)x"
         R"x(<circle cx="1.5" cy="1.5" r="0.8" fill="#9aa3ad"/></pattern>)x";
  return out + "</defs></svg>\n";
}

std::string grade_fill(const terms::Agreement& agreement, std::string_view grade) {
  return fmt::format("url(#grade-{})", rank_of(agreement, grade));
}

namespace {

// 1, 2 or 5 times a power of ten, at most `value`.
double round_below(double value) {
  double power = 1;
  while (power * 10 <= value) power *= 10;
  while (power > value) power /= 10;
  for (const double step : {5.0, 2.0})
    if (step * power <= value) return step * power;
  return power;
}

}  // namespace

std::string scale_bar(const Projection& projection, Spot corner, double widest) {
  const double pixels_per_metre = projection.pixels(quantities::metres(1'000)) / 1'000;
  const double length_m = round_below(std::max(1.0, widest / pixels_per_metre));
  const double width = length_m * pixels_per_metre;
  const std::string label = length_m >= 1'000 ? thousands(std::llround(length_m / 1'000)) + " km"
                                              : thousands(std::llround(length_m)) + " m";
  return fmt::format(R"(<path class="scale" d="M{} {}v-5h{}v5"/>)", px(corner.x), px(corner.y),
                     px(width)) +
         svg_text({corner.x + width + 6, corner.y}, label, "small");
}

std::string north_arrow(Spot tip) {
  return fmt::format(R"(<path class="north" d="M{} {}l5 14l-5 -3.5l-5 3.5Z"/>)", px(tip.x),
                     px(tip.y)) +
         svg_text({tip.x, tip.y + 26}, "N", "small", "middle");
}

namespace {

// Round steps of degrees and minutes, in seconds of arc.
constexpr std::array<int, 17> graticule_steps = {10,     30,      60,      120,     300,    600,
                                                 900,    1'800,   3'600,   7'200,   18'000, 36'000,
                                                 54'000, 108'000, 162'000, 216'000, 324'000};

std::string degrees_text(std::int64_t seconds, bool longitude) {
  constexpr std::int64_t turn = 1'296'000;
  if (longitude) seconds = ((seconds + turn / 2) % turn + turn) % turn - turn / 2;
  const std::int64_t size = seconds < 0 ? -seconds : seconds;
  std::string out = fmt::format("{}\xC2\xB0", size / 3'600);
  if (size % 3'600 != 0) out += fmt::format("{:02}\xE2\x80\xB2", size / 60 % 60);
  if (size % 60 != 0) out += fmt::format("{:02}\xE2\x80\xB3", size % 60);
  if (size == 0) return out;
  return out + (longitude ? (seconds < 0 ? " W" : " E") : (seconds < 0 ? " S" : " N"));
}

}  // namespace

std::string graticule(const Projection& projection, double apart) {
  const GeoBox& shown = projection.shown();
  const Rectangle& frame = projection.frame();
  const double degrees_per_pixel = (shown.north - shown.south) / frame.height();
  int step = graticule_steps.back();
  for (const int candidate : graticule_steps)
    if (candidate / 3'600.0 / degrees_per_pixel >= apart) {
      step = candidate;
      break;
    }
  std::string lines, labels;
  const auto first = [&](double degrees) {
    return static_cast<std::int64_t>(std::ceil(degrees * 3'600 / step)) * step;
  };
  for (auto at = first(shown.west); static_cast<double>(at) / 3'600 <= shown.east; at += step) {
    const double x = projection.at(static_cast<double>(at) / 3'600, shown.north).x;
    lines += fmt::format("M{} {}V{}", px(x), px(frame.top), px(frame.bottom));
    labels += svg_text({x, frame.bottom + 13}, degrees_text(at, true), "tick", "middle");
  }
  for (auto at = first(std::max(-90.0, shown.south));
       static_cast<double>(at) / 3'600 <= std::min(90.0, shown.north); at += step) {
    const double y = projection.at(shown.west, static_cast<double>(at) / 3'600).y;
    lines += fmt::format("M{} {}H{}", px(frame.left), px(y), px(frame.right));
    labels += svg_text({frame.left - 5, y + 3.5}, degrees_text(at, false), "tick", "end");
  }
  return fmt::format(R"(<path class="graticule" d="{}"/>)", lines) + labels;
}

std::string svg_text(Spot spot, std::string_view text, std::string_view style,
                     std::string_view anchor) {
  return fmt::format(R"(<text class="{}" x="{}" y="{}" text-anchor="{}">{}</text>)", style,
                     px(spot.x), px(spot.y), anchor, base::escaped_xml(text));
}

std::string open_picture(std::string_view id, double width, double height, std::string_view title,
                         std::string_view description) {
  return fmt::format(
      "<svg viewBox=\"0 0 {} {}\" role=\"img\" aria-labelledby=\"{}-title {}-text\">"
      "<title id=\"{}-title\">{}</title><desc id=\"{}-text\">{}</desc>\n",
      px(width), px(height), id, id, id, base::escaped_xml(title), id,
      base::escaped_xml(description));
}

bool Labels::take(Rectangle rectangle) {
  if (rectangle.left < frame_.left || rectangle.right > frame_.right ||
      rectangle.top < frame_.top || rectangle.bottom > frame_.bottom)
    return false;
  const bool free = std::none_of(taken_.begin(), taken_.end(), [&](const Rectangle& other) {
    return rectangle.left < other.right && other.left < rectangle.right &&
           rectangle.top < other.bottom && other.top < rectangle.bottom;
  });
  if (free) taken_.push_back(rectangle);
  return free;
}

std::optional<Spot> Labels::place(Spot near, double width, double height) {
  constexpr double away = 7;
  const Spot corners[] = {{near.x + away, near.y - away / 2},
                          {near.x + away, near.y + height + away / 2},
                          {near.x - away - width, near.y - away / 2},
                          {near.x - away - width, near.y + height + away / 2},
                          {near.x - width / 2, near.y - away - 2},
                          {near.x - width / 2, near.y + away + height},
                          {near.x + 2 * away, near.y - 2 * height},
                          {near.x - 2 * away - width, near.y + 2 * height},
                          {near.x - width / 2, near.y + height / 2}};
  for (const Spot corner : corners) {
    const Rectangle box{corner.x - 1, corner.y - height - 1, corner.x + width + 1, corner.y + 2};
    if (!take(box)) continue;
    return corner;
  }
  return {};
}

}  // namespace truce::publication
