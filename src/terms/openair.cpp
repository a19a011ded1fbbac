#include "terms/openair.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include "base/text.h"
#include "terms/phrases.h"

namespace truce::terms {

namespace {

using areas::Course;
using areas::Vertex;
using base::lower_case;
using base::problem;
using base::Problem;
using base::quoted_json;
using base::Result;
using base::trimmed;
using quantities::Point;

constexpr std::size_t longest_name = 300;
constexpr std::size_t longest_line = 4'096;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

std::string shown(std::string_view text) {
  constexpr std::size_t most = 60;
  return quoted_json(text.substr(0, most));
}

// --- Coordinates -------------------------------------------------------------------------------

constexpr std::string_view place_forms =
    "a place such as \"54:10:15 N 013:41:37 E\" or \"39:29.7 N 119:46.5 W\"";

// Degrees, minutes and seconds as ten-millionths of a degree; what is wrong with them otherwise.
std::expected<std::int64_t, std::string> angle_from(std::string_view text, int degree_digits,
                                                    std::int64_t most_degrees) {
  std::vector<std::string> parts;
  for (std::string_view part : base::split(text, ':')) parts.emplace_back(trimmed(part));
  if (parts.size() == 1) {
    const std::size_t whole = std::min(text.find('.'), text.size());
    // Without colons: degrees, two digits of minutes, two of seconds.
    if (whole == static_cast<std::size_t>(degree_digits) + 4) {
      const auto degrees = static_cast<std::size_t>(degree_digits);
      parts = {std::string(text.substr(0, degrees)), std::string(text.substr(degrees, 2)),
               std::string(text.substr(degrees + 2))};
    } else if (whole > 3) {
      return std::unexpected(fmt::format("{} is no angle", shown(text)));
    }
  }
  if (parts.size() > 3) return std::unexpected(fmt::format("{} is no angle", shown(text)));
  std::int64_t total = 0;  // ten-millionths of a second
  std::int64_t weight = 3'600;
  for (std::size_t i = 0; i < parts.size(); ++i, weight /= 60) {
    const bool last = i + 1 == parts.size();
    const bool plain = !parts[i].empty() && parts[i].size() <= 20 &&
                       std::all_of(parts[i].begin(), parts[i].end(),
                                   [&](char c) { return is_digit(c) || (last && c == '.'); });
    const auto value = plain ? base::scaled_number(parts[i], 7) : std::nullopt;
    if (!value) return std::unexpected(fmt::format("{} is no angle", shown(text)));
    if (i > 0 && *value >= 600'000'000)
      return std::unexpected(
          fmt::format("{} has 60 {} or more", shown(text), i == 1 ? "minutes" : "seconds"));
    if (*value > 1'000'0000'000) return std::unexpected(fmt::format("{} is no angle", shown(text)));
    total += *value * weight;
  }
  const std::int64_t e7 = (total + 1'800) / 3'600;
  if (e7 > most_degrees * quantities::e7_per_degree)
    return std::unexpected(fmt::format("{} is beyond {} degrees", shown(text), most_degrees));
  return e7;
}

// Takes an angle and the letter of its hemisphere off the front.
std::expected<std::int64_t, std::string> take_angle(std::string_view& text, char positive,
                                                    char negative, int degree_digits,
                                                    std::int64_t most_degrees) {
  std::size_t end = 0;
  while (end < text.size() &&
         (is_digit(text[end]) || text[end] == ':' || text[end] == '.' || text[end] == ' '))
    ++end;
  const char letter = end < text.size() ? static_cast<char>(text[end] & ~0x20) : '\0';
  if (letter != positive && letter != negative)
    return std::unexpected(fmt::format("expected {}", place_forms));
  const auto angle = angle_from(trimmed(text.substr(0, end)), degree_digits, most_degrees);
  if (!angle) return angle;
  text = trimmed(text.substr(end + 1));
  return letter == positive ? *angle : -*angle;
}

bool is_label(std::string_view text) {
  return std::none_of(text.begin(), text.end(),
                      [](char c) { return c == ' ' || c == ':' || c == '.' || c == ','; });
}

}  // namespace

std::expected<Point, std::string> openair_place(std::string_view text) {
  std::string_view rest = trimmed(text);
  const auto latitude = take_angle(rest, 'N', 'S', 2, 90);
  if (!latitude) return std::unexpected(latitude.error());
  const auto longitude = take_angle(rest, 'E', 'W', 3, 180);
  if (!longitude) return std::unexpected(longitude.error());
  if (!is_label(rest))
    return std::unexpected(fmt::format("{} follows the place; expected nothing", shown(rest)));
  return Point{static_cast<std::int32_t>(*longitude), static_cast<std::int32_t>(*latitude)};
}

// --- Heights -----------------------------------------------------------------------------------

namespace {

bool take_word(std::string& text, std::string_view word) {
  if (!text.ends_with(word)) return false;
  text = std::string(trimmed(std::string_view(text).substr(0, text.size() - word.size())));
  return true;
}

// The height in the agreement's own form, or what keeps it from being one.
std::expected<std::string, std::string> plain_limit(std::string_view written) {
  std::string text = lower_case(trimmed(written));
  if (text == "gnd" || text == "sfc") return "SFC";
  if (text == "unl" || text == "unlim" || text == "unlimited" || text == "unltd") return "UNL";
  if (text.starts_with("fl")) {
    const std::string_view level = trimmed(std::string_view(text).substr(2));
    if (level.empty() || level.size() > 3 || !std::all_of(level.begin(), level.end(), is_digit))
      return std::unexpected("is no flight level");
    return "FL" + std::string(level);
  }
  std::string reference;
  if (take_word(text, "amsl") || take_word(text, "msl"))
    reference = "MSL";
  else if (take_word(text, "agl") || take_word(text, "gnd") || take_word(text, "sfc"))
    reference = "AGL";
  std::string unit;
  if (take_word(text, "ft") || take_word(text, "f"))
    unit = "ft";
  else if (take_word(text, "m"))
    unit = "m";
  if (text.empty() || !base::number(text)) return std::unexpected("states no height");
  if (unit.empty() && reference.empty())
    return std::unexpected("says neither its unit nor what it is measured from");
  if (unit.empty()) return std::unexpected("does not say its unit");
  if (reference.empty()) return std::unexpected("does not say what it is measured from");
  if (reference == "AGL" && *base::number(text) == 0) return "SFC";
  return fmt::format("{} {} {}", text, unit, reference);
}

}  // namespace

ChartedLimit openair_limit(std::string_view text, std::string where) {
  ChartedLimit limit{
      base::valid_utf8(trimmed(text).substr(0, longest_name)), {}, "", std::move(where)};
  const auto plain = plain_limit(text);
  if (!plain) {
    limit.why = plain.error();
    return limit;
  }
  if (auto understood = limit_from(*plain))
    limit.limit = std::move(*understood);
  else
    limit.why = "states no height";
  return limit;
}

// --- Records -----------------------------------------------------------------------------------

namespace {

// What a line says: two letters, and the rest without a comment.
struct Record {
  std::string keyword;
  std::string_view rest;
};

std::string_view without_comment(std::string_view line) {
  if (line.starts_with('*')) return {};
  for (std::size_t i = 1; i < line.size(); ++i)
    if (line[i] == '*' && (line[i - 1] == ' ' || line[i - 1] == '\t')) return line.substr(0, i);
  return line;
}

Record record_of(std::string_view line) {
  const std::string_view text = trimmed(without_comment(trimmed(line)));
  const std::size_t end = std::min(text.find_first_of(" \t"), text.size());
  Record record{std::string(text.substr(0, end)), trimmed(text.substr(end))};
  std::transform(record.keyword.begin(), record.keyword.end(), record.keyword.begin(),
                 [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
  return record;
}

template <class Take>
void for_each_line(std::string_view bytes, Take take) {
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  std::size_t number = 0;
  while (!bytes.empty()) {
    const std::size_t end = std::min(bytes.find_first_of("\r\n"), bytes.size());
    take(bytes.substr(0, end), ++number);
    const bool pair = bytes.substr(end).starts_with("\r\n");
    bytes.remove_prefix(std::min(bytes.size(), end + (pair ? 2 : 1)));
  }
}

Vertex vertex_of(Point p) {
  return {p.longitude_e7, p.latitude_e7};
}

class OpenAirReader {
 public:
  explicit OpenAirReader(std::string_view file) : file_(file) {}

  Result<std::vector<ChartedArea>> read(std::string_view bytes) {
    for_each_line(bytes, [&](std::string_view line, std::size_t number) {
      if (!problem_) take(line, number);
    });
    if (problem_) return std::unexpected(*problem_);
    end_area();
    if (areas_.empty())
      return problem(file_, "holds no area: no line begins with \"AC\", the class of an area");
    return std::move(areas_);
  }

 private:
  enum class Inside { nothing, area, terrain };

  // A closed line in the making, and what else an area can be drawn with.
  struct Geometry {
    Course course;
    std::vector<std::string> where;
    std::vector<ChartedCircle> circles;
    std::vector<Point> airway;
    std::string airway_where;
  };

  std::string here() const { return fmt::format("{}:{}", file_, line_); }

  void take(std::string_view line, std::size_t number) {
    line_ = number;
    if (line.size() > longest_line) return refuse("the line is longer than 4 KiB");
    const Record record = record_of(line);
    if (record.keyword.empty()) return;
    if (record.keyword == "AC") return begin_area(record.rest);
    if (record.keyword == "TO" || record.keyword == "TC") {
      end_area();
      inside_ = Inside::terrain;
      return;
    }
    const auto known = records().find(record.keyword);
    if (known == records().end())
      return refuse(
          fmt::format("{} is no record of OpenAir; expected AC, AN, AH, AL, V, DP, DA, "
                      "DB, DC or DY",
                      shown(record.keyword)));
    if (inside_ == Inside::terrain) return;
    const bool sets_variable = record.keyword == "V";
    const bool of_drawing = record.keyword == "SP" || record.keyword == "SB";
    if (inside_ == Inside::nothing && !sets_variable && !of_drawing)
      return refuse(fmt::format("{} stands before any area; an area begins with AC, its class",
                                record.keyword));
    (this->*known->second)(record.rest);
  }

  using Handler = void (OpenAirReader::*)(std::string_view);
  static const std::map<std::string, Handler, std::less<>>& records() {
    static const std::map<std::string, Handler, std::less<>> all = {
        {"AN", &OpenAirReader::name},    {"AI", &OpenAirReader::identifier},
        {"AY", &OpenAirReader::type},    {"AH", &OpenAirReader::ceiling},
        {"AL", &OpenAirReader::floor},   {"AA", &OpenAirReader::active},
        {"AF", &OpenAirReader::nothing}, {"AG", &OpenAirReader::nothing},
        {"AX", &OpenAirReader::nothing}, {"AT", &OpenAirReader::nothing},
        {"SP", &OpenAirReader::nothing}, {"SB", &OpenAirReader::nothing},
        {"V", &OpenAirReader::variable}, {"DP", &OpenAirReader::point},
        {"DA", &OpenAirReader::arc},     {"DB", &OpenAirReader::arc_between},
        {"DC", &OpenAirReader::circle},  {"DY", &OpenAirReader::airway},
    };
    return all;
  }

  // The area is refused, or the file if there is none yet; the first reason stands.
  void refuse(std::string message) {
    if (inside_ == Inside::nothing) {
      problem_ = Problem{here(), std::move(message)};
    } else if (inside_ == Inside::area && !area_.refusal) {
      area_.refusal = Problem{here(), std::move(message)};
    }
  }

  void begin_area(std::string_view area_class) {
    end_area();
    inside_ = Inside::area;
    area_ = {};
    geometry_ = {};
    clockwise_ = true;
    area_.where = here();
    attribute("class", area_class);
    attribute("line", std::to_string(line_));
  }

  void end_area() {
    if (inside_ == Inside::area) {
      if (!area_.refusal) take_geometry();
      if (area_.refusal)
        area_.refusal->message = fmt::format("{}: {}", title_of(area_), area_.refusal->message);
      areas_.push_back(std::move(area_));
    }
    inside_ = Inside::nothing;
  }

  void take_geometry() {
    const int kinds = (geometry_.course.empty() ? 0 : 1) + (geometry_.circles.empty() ? 0 : 1) +
                      (geometry_.airway.empty() ? 0 : 1);
    const auto refuse_area = [&](std::string message) {
      area_.refusal = Problem{area_.where, std::move(message)};
    };
    if (kinds == 0) return refuse_area("is drawn by nothing; expected DP, DA, DB, DC or DY");
    if (kinds > 1 || geometry_.circles.size() > 1)
      return refuse_area(
          "is drawn by a circle (DC) or an airway (DY) and something else; which of them is the "
          "area the file does not say");
    if (!geometry_.circles.empty()) {
      area_.shapes.emplace_back(std::move(geometry_.circles.front()));
    } else if (!geometry_.airway.empty()) {
      if (!width_) return refuse_area("is an airway (DY) without a width (V W=)");
      if (geometry_.airway.size() < 2) return refuse_area("is an airway (DY) of one place only");
      area_.shapes.emplace_back(ChartedCorridor{std::move(geometry_.airway),
                                                {width_->tenth_mm / 2},
                                                areas::EdgeKind::geodesic,
                                                std::move(geometry_.airway_where)});
    } else {
      close_course(geometry_.course, geometry_.where);
      ChartedPolygon polygon;
      polygon.outer = std::move(geometry_.course);
      polygon.where.push_back(std::move(geometry_.where));
      area_.shapes.emplace_back(std::move(polygon));
    }
  }

  void attribute(std::string_view key, std::string_view value) {
    if (!value.empty())
      area_.attributes.emplace_back(key, base::valid_utf8(value.substr(0, longest_name)));
  }

  void nothing(std::string_view) {}
  void name(std::string_view text) {
    if (!area_.name.empty()) return refuse("the area has a second name (AN)");
    area_.name = base::valid_utf8(text.substr(0, longest_name));
  }
  void identifier(std::string_view text) {
    if (!area_.id.empty()) return refuse("the area has a second identifier (AI)");
    area_.id = base::valid_utf8(text.substr(0, longest_name));
  }
  void type(std::string_view text) { attribute("type", text); }

  void limit(std::optional<ChartedLimit>& limit, std::string_view keyword, std::string_view text) {
    if (limit)
      return refuse(
          fmt::format("{} is stated a second time; the first is in {}", keyword, limit->where));
    limit = openair_limit(text, here());
  }
  void ceiling(std::string_view text) { limit(area_.ceiling, "AH", text); }
  void floor(std::string_view text) { limit(area_.floor, "AL", text); }

  void active(std::string_view text) {
    const std::string shown_text = base::valid_utf8(text.substr(0, longest_name));
    const std::size_t slash = shown_text.find('/');
    if (shown_text == "NONE") {
      area_.times.emplace_back("only when a notice to airmen says so");
    } else if (slash == std::string::npos) {
      area_.times.push_back(quoted_json(shown_text));
    } else {
      const std::string from(trimmed(shown_text.substr(0, slash)));
      const std::string until(trimmed(shown_text.substr(slash + 1)));
      std::string words = from == "NONE" ? "" : "from " + from;
      if (until != "NONE") words += (words.empty() ? "until " : " until ") + until;
      area_.times.push_back(words.empty() ? quoted_json(shown_text) : words);
    }
  }

  std::optional<double> number(std::string_view text) {
    const auto value = base::number(trimmed(text));
    if (!value) refuse(fmt::format("{} is no number", shown(trimmed(text))));
    return value;
  }

  std::optional<Length> miles(std::string_view text, std::string_view what) {
    const auto value = number(text);
    if (!value) return {};
    constexpr double most = 2'700;  // some 5,000 km
    if (*value > 0 && *value <= most) return quantities::nautical_miles(*value);
    refuse(fmt::format("{} of {} nautical miles; expected more than 0 and at most {}", what,
                       trimmed(text), most));
    return {};
  }

  std::optional<Point> place(std::string_view text) {
    const auto read = openair_place(text);
    if (read) return *read;
    refuse(fmt::format("{}: {}", shown(trimmed(text)), read.error()));
    return {};
  }

  void variable(std::string_view text) {
    const std::size_t equals = text.find('=');
    const std::string key = lower_case(trimmed(text.substr(0, equals)));
    const std::string_view value =
        equals == std::string_view::npos ? std::string_view{} : trimmed(text.substr(equals + 1));
    if (key == "x") {
      centre_ = place(value);
    } else if (key == "d") {
      if (value != "+" && value != "-")
        return refuse(fmt::format("the direction {} is neither + nor -", shown(value)));
      clockwise_ = value == "+";
    } else if (key == "w") {
      width_ = miles(value, "a width");
    } else if (key != "z") {
      refuse(fmt::format("{} is no variable of OpenAir; expected X, D, W or Z", shown(key)));
    }
  }

  void add(Point p, std::optional<areas::Arc> arc = {}) {
    geometry_.course.push_back({vertex_of(p), areas::EdgeKind::straight, arc});
    geometry_.where.push_back(here());
  }

  bool has_centre(std::string_view keyword) {
    if (!centre_)
      refuse(fmt::format("{} has no centre; expected a line \"V X=...\" before it", keyword));
    return centre_.has_value();
  }

  void point(std::string_view text) {
    if (const auto p = place(text)) add(*p);
  }

  // "radius, from, to": bearings clockwise from north.
  void arc(std::string_view text) {
    if (!has_centre("DA")) return;
    const auto parts = base::split(text, ',');
    if (parts.size() != 3)
      return refuse("an arc (DA) is a radius and two bearings: \"DA 5, 90, 180\"");
    const auto radius = miles(parts[0], "a radius");
    const auto from = number(parts[1]), to = number(parts[2]);
    if (!radius || !from || !to) return;
    for (const double bearing : {*from, *to})
      if (bearing < 0 || bearing > 360)
        return refuse(fmt::format("the bearing {} is not between 0 and 360 degrees", bearing));
    if (std::fabs(std::remainder(*from - *to, 360)) < 1e-9)
      return refuse("the arc ends in the direction in which it begins; a circle is written DC");
    add(areas::place_at(*centre_, *radius, *from), areas::Arc{*centre_, clockwise_});
    add(areas::place_at(*centre_, *radius, *to));
  }

  void arc_between(std::string_view text) {
    if (!has_centre("DB")) return;
    const auto parts = base::split(text, ',');
    if (parts.size() != 2) return refuse("an arc (DB) is two places with a comma between them");
    const auto from = place(parts[0]);
    const auto to = from ? place(parts[1]) : std::nullopt;
    if (!from || !to) return;
    if (*from == *to) return refuse("the arc ends where it begins; a circle is written DC");
    add(*from, areas::Arc{*centre_, clockwise_});
    add(*to);
  }

  void circle(std::string_view text) {
    if (!has_centre("DC")) return;
    if (const auto radius = miles(text, "a radius"))
      geometry_.circles.push_back({*centre_, *radius, here()});
  }

  void airway(std::string_view text) {
    if (geometry_.airway.empty()) geometry_.airway_where = here();
    if (const auto p = place(text)) geometry_.airway.push_back(*p);
  }

  const std::string file_;
  std::size_t line_ = 0;
  std::optional<Problem> problem_;
  Inside inside_ = Inside::nothing;
  ChartedArea area_;
  Geometry geometry_;
  std::optional<Point> centre_;
  std::optional<Length> width_;
  bool clockwise_ = true;
  std::vector<ChartedArea> areas_;
};

}  // namespace

Result<std::vector<ChartedArea>> read_openair(std::string_view bytes, std::string_view file) {
  return OpenAirReader(file).read(bytes);
}

}  // namespace truce::terms
