#include "terms/geozones.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "quantities/time.h"
#include "terms/json_value.h"
#include "terms/phrases.h"

namespace truce::terms {

namespace {

using areas::Vertex;
using base::problem;
using base::Problem;
using base::quoted_json;
using base::Result;

constexpr std::size_t longest_text = 300;

const std::string* text_of(const JsonValue* value) {
  return value == nullptr ? nullptr : value->text();
}
const std::string* text_in(const JsonValue& value, std::string_view name) {
  return text_of(value.member(name));
}
const JsonValue::Array* array_in(const JsonValue& value, std::string_view name) {
  const JsonValue* member = value.member(name);
  return member == nullptr ? nullptr : member->array();
}

std::optional<double> number_of(const JsonValue* value) {
  if (value == nullptr) return {};
  if (const std::int64_t* whole = value->integer()) return static_cast<double>(*whole);
  if (const double* real = std::get_if<double>(&value->value)) return *real;
  return {};
}

bool is_null(const JsonValue* value) {
  return value == nullptr || std::holds_alternative<std::monostate>(value->value);
}

// --- What kind of file it is -------------------------------------------------------------------

bool is_layered(const JsonValue& geometry) {
  if (geometry.member("layer") != nullptr || geometry.member("extent") != nullptr) return true;
  const JsonValue::Array* parts = array_in(geometry, "geometries");
  return parts != nullptr && std::any_of(parts->begin(), parts->end(), [](const JsonValue& part) {
           return part.member("layer") != nullptr || part.member("extent") != nullptr;
         });
}

bool is_ed318_feature(const JsonValue& feature) {
  const JsonValue* geometry = feature.member("geometry");
  const JsonValue* properties = feature.member("properties");
  return (geometry != nullptr && is_layered(*geometry)) ||
         (properties != nullptr && properties->member("zoneAuthority") != nullptr &&
          properties->member("variant") != nullptr);
}

enum class Kind { neither, ed269, ed318, ed318_feature };

Kind kind_of(const JsonValue& root) {
  const std::string* type = text_in(root, "type");
  if (type != nullptr && *type == "Feature")
    return is_ed318_feature(root) ? Kind::ed318_feature : Kind::neither;
  const JsonValue::Array* features = array_in(root, "features");
  if (features == nullptr) return Kind::neither;
  if (type != nullptr && *type == "FeatureCollection")
    return std::any_of(features->begin(), features->end(), is_ed318_feature) ? Kind::ed318
                                                                             : Kind::neither;
  const auto is_ed269 = [](const JsonValue& feature) {
    return array_in(feature, "geometry") != nullptr;
  };
  return type == nullptr && std::any_of(features->begin(), features->end(), is_ed269)
             ? Kind::ed269
             : Kind::neither;
}

// --- Times -------------------------------------------------------------------------------------

std::string words_of(const JsonValue* value) {
  const std::string* text = text_of(value);
  return text == nullptr ? std::string() : base::valid_utf8(text->substr(0, longest_text));
}

std::string day_words(const JsonValue& period) {
  const JsonValue::Array* days = array_in(period, "day");
  std::vector<std::string> names;
  if (days != nullptr)
    for (const JsonValue& day : *days)
      if (const std::string name = words_of(&day); !name.empty()) names.push_back(name);
  if (names.empty() || names == std::vector<std::string>{"ANY"}) return "every day";
  return "on " + base::listed(names);
}

// "on SAT and SUN from 17:00:00Z to 23:59:59Z"
std::string schedule_words(const JsonValue& period) {
  std::string words = day_words(period);
  const auto either = [&](std::string_view time, std::string_view event) {
    std::string text = words_of(period.member(time));
    return text.empty() ? words_of(period.member(event)) : text;
  };
  const std::string from = either("startTime", "startEvent");
  const std::string to = either("endTime", "endEvent");
  if (!from.empty()) words += " from " + from;
  if (!to.empty()) words += " to " + to;
  return words;
}

// One period of applicability; "" if it is always.
std::string period_words(const JsonValue& period) {
  const std::string from = words_of(period.member("startDateTime"));
  const std::string until = words_of(period.member("endDateTime"));
  std::string words;
  if (!from.empty()) words = "from " + from;
  if (!until.empty()) words += (words.empty() ? "until " : " until ") + until;
  std::vector<std::string> hours;
  if (const JsonValue::Array* schedule = array_in(period, "schedule"))
    for (const JsonValue& part : *schedule) hours.push_back(schedule_words(part));
  if (!hours.empty()) words += (words.empty() ? "" : ", ") + base::listed(hours);
  return words;
}

void add_times(const JsonValue& properties, std::string_view name, ChartedArea& area) {
  const JsonValue::Array* periods = array_in(properties, name);
  if (periods == nullptr) return;
  for (const JsonValue& period : *periods)
    if (const std::string words = period_words(period); !words.empty()) area.times.push_back(words);
}

// --- Zones -------------------------------------------------------------------------------------

class ZonesReader {
 public:
  explicit ZonesReader(std::string_view file) : file_(file) {}

  Result<std::vector<ChartedArea>> read(const JsonValue& root) {
    switch (kind_of(root)) {
      case Kind::neither: return problem(file_, "holds no geozones of ED-269 or ED-318");
      case Kind::ed318_feature:
        return problem(file_,
                       "type: is one feature of ED-318 and not the whole of a file; expected "
                       "\"FeatureCollection\" with a list \"features\"");
      case Kind::ed269: return read_all(root, &ZonesReader::read_ed269);
      case Kind::ed318:
        if (auto wrong = wrong_metadata(root)) return std::unexpected(*wrong);
        return read_all(root, &ZonesReader::read_ed318);
    }
    return problem(file_, "holds no geozones");
  }

 private:
  using ReadZone = void (ZonesReader::*)(const JsonValue&, const std::string&);

  Result<std::vector<ChartedArea>> read_all(const JsonValue& root, ReadZone read_zone) {
    const JsonValue::Array& features = *array_in(root, "features");
    for (std::size_t i = 0; i < features.size(); ++i) {
      const std::string path = fmt::format("features[{}]", i);
      if (features[i].object() == nullptr)
        return problem(at(path), "is no zone; expected an object");
      (this->*read_zone)(features[i], path);
    }
    return std::move(areas_);
  }

  std::string at(std::string_view path) const { return fmt::format("{}: {}", file_, path); }

  // Of the collection, its times decide from when on it holds: they must be times.
  std::optional<Problem> wrong_metadata(const JsonValue& root) const {
    const JsonValue* metadata = root.member("metadata");
    if (metadata == nullptr) return {};
    for (const char* name : {"validFrom", "validTo", "issued"}) {
      const JsonValue* time = metadata->member(name);
      if (time == nullptr) continue;
      if (time->text() == nullptr || !quantities::instant_from(*time->text()))
        return Problem{at(fmt::format("metadata.{}", name)),
                       "is no time; expected one such as \"2018-12-31T15:59:59Z\""};
    }
    return {};
  }

  void read_ed269(const JsonValue& zone, const std::string& path) {
    ChartedArea area = identified(zone, path);
    if (const std::string* name = text_in(zone, "name")) area.name = plain(*name);
    attribute(area, "restriction", zone);
    add_times(zone, "applicability", area);
    const JsonValue::Array* geometry = array_in(zone, "geometry");
    if (geometry == nullptr || geometry->empty())
      return add_refused(std::move(area), path + ".geometry",
                         "is missing; expected a list of volumes");
    std::vector<ChartedVolume> volumes;
    for (std::size_t i = 0; i < geometry->size(); ++i)
      volumes.push_back(ed269_volume((*geometry)[i], fmt::format("{}.geometry[{}]", path, i)));
    add_zone(area, std::move(volumes));
  }

  void read_ed318(const JsonValue& feature, const std::string& path) {
    static const JsonValue none{};
    const JsonValue* properties = feature.member("properties");
    ChartedArea area = identified(properties == nullptr ? none : *properties, path);
    if (properties != nullptr) {
      if (const JsonValue::Array* names = array_in(*properties, "name"))
        for (const JsonValue& name : *names) add_name(name, area);
      add_times(*properties, "limitedApplicability", area);
    }
    const JsonValue* geometry = feature.member("geometry");
    const std::string at_geometry = path + ".geometry";
    if (is_null(geometry))
      return add_refused(std::move(area), at_geometry, "is missing; a zone without it is no area");
    std::vector<ChartedVolume> volumes;
    const std::string* type = text_in(*geometry, "type");
    const JsonValue::Array* parts = array_in(*geometry, "geometries");
    if (type != nullptr && *type == "GeometryCollection" && parts != nullptr) {
      for (std::size_t i = 0; i < parts->size(); ++i)
        volumes.push_back(
            ed318_volume((*parts)[i], fmt::format("{}.geometries[{}]", at_geometry, i)));
      if (volumes.empty()) return add_refused(std::move(area), at_geometry, "holds no geometry");
    } else {
      volumes.push_back(ed318_volume(*geometry, at_geometry));
    }
    add_zone(area, std::move(volumes));
  }

  static std::string plain(std::string_view text) {
    return base::valid_utf8(text.substr(0, longest_text));
  }

  static void attribute(ChartedArea& area, const char* name, const JsonValue& from) {
    if (const std::string* text = text_in(from, name))
      area.attributes.emplace_back(name, plain(*text));
  }

  ChartedArea identified(const JsonValue& properties, const std::string& path) const {
    ChartedArea area;
    area.where = at(path);
    if (const std::string* id = text_in(properties, "identifier")) area.id = plain(*id);
    for (const char* name : {"identifier", "country", "type"}) attribute(area, name, properties);
    return area;
  }

  // The English name, or else the first, is the area's; every one finds it.
  static void add_name(const JsonValue& name, ChartedArea& area) {
    const std::string* text = text_in(name, "text");
    if (text == nullptr) return;
    const std::string* language = text_in(name, "lang");
    const bool english = language != nullptr && language->starts_with("en");
    if (area.name.empty() || english) area.name = plain(*text);
    area.attributes.emplace_back("name", plain(*text));
  }

  void add_refused(ChartedArea area, const std::string& path, std::string_view message) {
    area.refusal = Problem{at(path), fmt::format("{}: {}", title_of(area), message)};
    areas_.push_back(std::move(area));
  }

  void add_zone(const ChartedArea& area, std::vector<ChartedVolume> volumes) {
    for (ChartedArea& part : with_layers(area, std::move(volumes)))
      areas_.push_back(std::move(part));
  }

  void refuse(ChartedVolume& volume, const std::string& path, std::string message) const {
    if (!volume.refusal) volume.refusal = Problem{at(path), std::move(message)};
  }

  // --- Limits ---

  // A limit out of a number, its unit ("m", "ft", any case) and its reference.
  std::optional<ChartedLimit> limit(const JsonValue* value, std::string unit, std::string reference,
                                    const std::string& path) const {
    if (is_null(value)) return {};
    ChartedLimit limit;
    limit.where = at(path);
    const auto height = number_of(value);
    if (!height || !std::isfinite(*height)) {
      limit.text = "a height that is no number";
      limit.why = "is no number";
      return limit;
    }
    limit.text = fmt::format("{} {} {}", *height, unit, reference);
    unit = base::lower_case(unit);
    if (unit != "m" && unit != "ft") {
      limit.why = "is in no unit that is known; expected m or ft";
    } else if (reference == "WGS84") {
      limit.why = "is above the WGS84 ellipsoid, which no limit of an agreement is";
    } else if (reference != "AGL" && reference != "AMSL") {
      limit.why = "does not say what it is measured from; expected AGL or AMSL";
    } else if (*height == 0 && reference == "AGL") {
      limit.limit = *limit_from("SFC");
    } else if (auto understood = limit_from(fmt::format("{} {} {}", *height, unit, reference))) {
      limit.limit = std::move(*understood);
    } else {
      limit.why = "is no height that is understood";
    }
    return limit;
  }

  // --- Shapes ---

  std::optional<Vertex> vertex(const JsonValue& value, const std::string& path,
                               ChartedVolume& volume) const {
    const JsonValue::Array* pair = value.array();
    if (pair == nullptr || pair->size() < 2 || !number_of(&(*pair)[0]) || !number_of(&(*pair)[1])) {
      refuse(volume, path, "is no place; expected [longitude, latitude]");
      return {};
    }
    const double longitude = *number_of(&(*pair)[0]), latitude = *number_of(&(*pair)[1]);
    const auto point = quantities::point_from_degrees(longitude, latitude);
    if (!point) {
      refuse(volume, path,
             fmt::format("longitude {} and latitude {} are no place; expected at most 180 and 90 "
                         "degrees, longitude first",
                         longitude, latitude));
      return {};
    }
    return Vertex{point->longitude_e7, point->latitude_e7};
  }

  bool add_ring(const JsonValue& value, const std::string& path, ChartedPolygon& polygon,
                ChartedVolume& volume) const {
    const JsonValue::Array* places = value.array();
    if (places == nullptr || places->size() < 4) {
      refuse(volume, path,
             "is no ring; expected at least four places, the last the same as the "
             "first");
      return false;
    }
    areas::Course course;
    std::vector<std::string> where;
    for (std::size_t i = 0; i < places->size(); ++i) {
      const std::string place = fmt::format("{}[{}]", path, i);
      const auto at_place = vertex((*places)[i], place, volume);
      if (!at_place) return false;
      course.push_back({*at_place, areas::EdgeKind::straight, {}});
      where.push_back(at(place));
    }
    if (course.front().from != course.back().from) {
      refuse(volume, fmt::format("{}[{}]", path, places->size() - 1),
             "the ring is not closed: its last place differs from its first");
      return false;
    }
    close_course(course, where);
    polygon.where.push_back(std::move(where));
    if (polygon.where.size() == 1)
      polygon.outer = std::move(course);
    else
      polygon.holes.push_back(std::move(course));
    return true;
  }

  void add_polygon(const JsonValue* rings, const std::string& path, ChartedVolume& volume) const {
    const JsonValue::Array* all = rings == nullptr ? nullptr : rings->array();
    if (all == nullptr || all->empty()) return refuse(volume, path, "is no polygon");
    ChartedPolygon polygon;
    for (std::size_t i = 0; i < all->size(); ++i)
      if (!add_ring((*all)[i], fmt::format("{}[{}]", path, i), polygon, volume)) return;
    volume.shapes.emplace_back(std::move(polygon));
  }

  void add_circle(const JsonValue* centre, const JsonValue* radius, const std::string& centre_path,
                  const std::string& radius_path, ChartedVolume& volume) const {
    if (centre == nullptr) return refuse(volume, centre_path, "is missing");
    const auto place = vertex(*centre, centre_path, volume);
    const auto metres = number_of(radius);
    constexpr double most_metres = 5'000'000;
    if (!metres || !(*metres > 0) || *metres > most_metres)
      return refuse(volume, radius_path, "is no radius; expected metres, more than 0");
    if (!place) return;
    volume.shapes.emplace_back(ChartedCircle{{static_cast<std::int32_t>(place->longitude_e7),
                                              static_cast<std::int32_t>(place->latitude_e7)},
                                             quantities::metres(*metres),
                                             at(centre_path)});
  }

  ChartedVolume ed269_volume(const JsonValue& json, const std::string& path) const {
    ChartedVolume volume;
    volume.where = at(path);
    const std::string unit = words_of(json.member("uomDimensions"));
    volume.floor = limit(json.member("lowerLimit"), unit,
                         words_of(json.member("lowerVerticalReference")), path + ".lowerLimit");
    volume.ceiling = limit(json.member("upperLimit"), unit,
                           words_of(json.member("upperVerticalReference")), path + ".upperLimit");
    const JsonValue* shape = json.member("horizontalProjection");
    const std::string at_shape = path + ".horizontalProjection";
    const std::string* type = shape == nullptr ? nullptr : text_in(*shape, "type");
    if (type == nullptr) {
      refuse(volume, at_shape, "is missing, or of no type; expected a Polygon or a Circle");
    } else if (*type == "Polygon") {
      add_polygon(shape->member("coordinates"), at_shape + ".coordinates", volume);
    } else if (*type == "Circle" && base::lower_case(unit) != "m") {
      // Whether the unit of the heights is also that of the radius is read either way.
      refuse(volume, path + ".uomDimensions",
             fmt::format("a circle with dimensions in {} is not read, because its radius may be in "
                         "metres all the same; expected M",
                         quoted_json(unit)));
    } else if (*type == "Circle") {
      add_circle(shape->member("center"), shape->member("radius"), at_shape + ".center",
                 at_shape + ".radius", volume);
    } else {
      refuse(volume, at_shape + ".type",
             fmt::format("{} is no shape that is read; expected Polygon or Circle",
                         quoted_json(type->substr(0, longest_text))));
    }
    return volume;
  }

  ChartedVolume ed318_volume(const JsonValue& json, const std::string& path) const {
    ChartedVolume volume;
    volume.where = at(path);
    if (const JsonValue* layer = json.member("layer"); !is_null(layer)) {
      const std::string at_layer = path + ".layer";
      std::string unit = words_of(layer->member("uom"));
      if (layer->member("uom") == nullptr) unit = "m";
      volume.floor = limit(layer->member("lower"), unit, words_of(layer->member("lowerReference")),
                           at_layer + ".lower");
      volume.ceiling = limit(layer->member("upper"), unit,
                             words_of(layer->member("upperReference")), at_layer + ".upper");
    }
    const std::string* type = text_in(json, "type");
    const JsonValue* extent = json.member("extent");
    const JsonValue* coordinates = json.member("coordinates");
    const std::string at_coordinates = path + ".coordinates";
    if (type != nullptr && *type == "Polygon") {
      add_polygon(coordinates, at_coordinates, volume);
    } else if (type != nullptr && *type == "MultiPolygon") {
      const JsonValue::Array* polygons = coordinates == nullptr ? nullptr : coordinates->array();
      if (polygons == nullptr || polygons->empty()) refuse(volume, at_coordinates, "is no polygon");
      for (std::size_t i = 0; polygons != nullptr && i < polygons->size(); ++i)
        add_polygon(&(*polygons)[i], fmt::format("{}[{}]", at_coordinates, i), volume);
    } else if (type != nullptr && *type == "Point" && !is_null(extent)) {
      const std::string* kind = text_in(*extent, "subType");
      if (kind == nullptr || *kind != "Circle")
        refuse(volume, path + ".extent.subType", "expected \"Circle\"");
      else
        add_circle(coordinates, extent->member("radius"), at_coordinates, path + ".extent.radius",
                   volume);
    } else {
      refuse(volume, path + ".type",
             fmt::format("{} is no area; expected a Polygon, a MultiPolygon or a Point with an "
                         "extent",
                         type == nullptr ? "a geometry without a type"
                                         : quoted_json(type->substr(0, longest_text))));
    }
    return volume;
  }

  const std::string file_;
  std::vector<ChartedArea> areas_;
};

}  // namespace

bool looks_like_geozones(std::string_view bytes) {
  // Most maps have none of these words, and need not be parsed to know it.
  const auto has = [&](std::string_view word) { return bytes.find(word) != bytes.npos; };
  if (!has("\"layer\"") && !has("\"extent\"") && !has("\"zoneAuthority\"") &&
      !has("\"horizontalProjection\""))
    return false;
  const auto root = parse_json(bytes, "");
  return root && kind_of(*root) != Kind::neither;
}

Result<std::vector<ChartedArea>> read_geozones(std::string_view bytes, std::string_view file) {
  const auto root = parse_json(bytes, file);
  if (!root) return std::unexpected(root.error());
  return ZonesReader(file).read(*root);
}

}  // namespace truce::terms
