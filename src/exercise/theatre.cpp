#include "exercise/theatre.h"

#include <algorithm>
#include <cmath>

#include "base/check.h"
#include "base/json_writer.h"

namespace truce::exercise {

namespace {

using Above = TheatreHeight::Above;
using Corners = std::vector<std::pair<double, double>>;  // Longitude, latitude.

constexpr double foot_m = 0.3048;

// clang-format off
// Drawn by hand around the named places as illustrations; counter-clockwise, holes clockwise.
const Corners idlib = {
    {36.3592, 36.0719}, {36.3423, 36.0444}, {36.3300, 36.0200}, {36.3006, 35.9855},
    {36.3055, 35.9560}, {36.3000, 35.9200}, {36.3189, 35.8782}, {36.3144, 35.8482},
    {36.3290, 35.8179}, {36.3300, 35.7800}, {36.3549, 35.7533}, {36.3584, 35.7270},
    {36.3839, 35.6883}, {36.4000, 35.6600}, {36.4359, 35.6342}, {36.4439, 35.6106},
    {36.4659, 35.5864}, {36.5000, 35.5500}, {36.5295, 35.5386}, {36.5521, 35.5113},
    {36.6200, 35.5000}, {36.6621, 35.5183}, {36.7021, 35.5395}, {36.7278, 35.5637},
    {36.7600, 35.5800}, {36.7946, 35.5886}, {36.8397, 35.6242}, {36.8789, 35.6659},
    {36.8800, 35.7000}, {36.9173, 35.7292}, {36.9294, 35.7577}, {36.9364, 35.7858},
    {36.9500, 35.8200}, {36.9623, 35.8734}, {36.9822, 35.9258}, {36.9800, 35.9700},
    {36.9632, 36.0217}, {36.9414, 36.0542}, {36.9000, 36.0800}, {36.8402, 36.1037},
    {36.7829, 36.1091}, {36.7422, 36.1280}, {36.7200, 36.1500}, {36.6590, 36.1663},
    {36.6296, 36.1577}, {36.5911, 36.1551}, {36.5500, 36.1700}, {36.5233, 36.1569},
    {36.4842, 36.1422}, {36.4506, 36.1360}, {36.4176, 36.1246}, {36.3800, 36.1000},
};

const Corners fuah_and_kafriya = {
    {36.6600, 36.0100}, {36.6900, 36.0154}, {36.7200, 36.0200}, {36.7297, 36.0085},
    {36.7400, 35.9850}, {36.7236, 35.9781}, {36.7000, 35.9650}, {36.6857, 35.9733},
    {36.6681, 35.9752}, {36.6550, 35.9800}, {36.6552, 35.9954},
};

const Corners jisr_al_shughur = {
    {36.0637, 35.9073}, {36.0639, 35.8837}, {36.0542, 35.8600}, {36.0500, 35.8300},
    {36.0450, 35.7869}, {36.0524, 35.7555}, {36.0600, 35.7200}, {36.0860, 35.6944},
    {36.1094, 35.6814}, {36.1200, 35.6400}, {36.1504, 35.6484}, {36.2000, 35.6600},
    {36.2160, 35.6863}, {36.2379, 35.7137}, {36.2334, 35.7318}, {36.2500, 35.7600},
    {36.2579, 35.8028}, {36.2636, 35.8196}, {36.2650, 35.8500}, {36.2745, 35.8844},
    {36.2707, 35.9142}, {36.2500, 35.9400}, {36.2004, 35.9537}, {36.1700, 35.9700},
    {36.1462, 35.9678}, {36.1068, 35.9566}, {36.0800, 35.9300},
};

const Corners north_aleppo = {
    {36.8164, 36.5639}, {36.8268, 36.5343}, {36.8312, 36.5079}, {36.8400, 36.4800},
    {36.8686, 36.4627}, {36.8882, 36.4266}, {36.9300, 36.4000}, {36.9892, 36.3794},
    {37.0200, 36.3400}, {37.0642, 36.3263}, {37.1200, 36.3000}, {37.1797, 36.3051},
    {37.2200, 36.3300}, {37.2317, 36.3554}, {37.2635, 36.3728}, {37.2778, 36.4019},
    {37.3000, 36.4200}, {37.3375, 36.4258}, {37.3860, 36.4539}, {37.3943, 36.4796},
    {37.4200, 36.5000}, {37.4003, 36.5267}, {37.4026, 36.5520}, {37.3931, 36.5872},
    {37.3800, 36.6200}, {37.3319, 36.6295}, {37.2862, 36.6349}, {37.2322, 36.6403},
    {37.2000, 36.6550}, {37.1557, 36.6420}, {37.1158, 36.6423}, {37.0634, 36.6557},
    {37.0314, 36.6477}, {37.0000, 36.6400}, {36.9483, 36.6211}, {36.9201, 36.6110},
    {36.8599, 36.6055}, {36.8000, 36.6000},
};

const Corners north_homs = {
    {36.5616, 34.9285}, {36.5548, 34.9006}, {36.5744, 34.8691}, {36.5800, 34.8400},
    {36.6043, 34.8314}, {36.6420, 34.8120}, {36.6686, 34.7983}, {36.6800, 34.7800},
    {36.7025, 34.7721}, {36.7330, 34.7717}, {36.7732, 34.7848}, {36.8000, 34.7900},
    {36.8201, 34.7937}, {36.8532, 34.7945}, {36.9002, 34.8150}, {36.9200, 34.8400},
    {36.9145, 34.8770}, {36.9359, 34.8919}, {36.9500, 34.9300}, {36.9393, 34.9512},
    {36.9117, 34.9756}, {36.8774, 34.9859}, {36.8600, 35.0000}, {36.8208, 35.0032},
    {36.7840, 35.0111}, {36.7400, 35.0200}, {36.7113, 35.0206}, {36.6827, 35.0117},
    {36.6400, 35.0100}, {36.6032, 34.9816}, {36.5600, 34.9600},
};

const Corners east_ghouta = {
    {36.3979, 33.5214}, {36.4204, 33.5134}, {36.4218, 33.4953}, {36.4400, 33.4750},
    {36.4682, 33.4723}, {36.5016, 33.4657}, {36.5400, 33.4800}, {36.5621, 33.5083},
    {36.5809, 33.5142}, {36.6000, 33.5300}, {36.5940, 33.5427}, {36.5868, 33.5660},
    {36.5700, 33.5900}, {36.5323, 33.5972}, {36.5000, 33.6100}, {36.4803, 33.5964},
    {36.4598, 33.5925}, {36.4200, 33.5900}, {36.3977, 33.5741}, {36.3874, 33.5626},
    {36.3800, 33.5400},
};

// clang-format on

areas::Ring ring(const Corners& corners) {
  areas::Ring out;
  for (const auto& [longitude, latitude] : corners)
    out.push_back({std::llround(longitude * 1e7), std::llround(latitude * 1e7)});
  return out;
}

areas::Outline outline(const Corners& outer, const Corners& hole = {}) {
  areas::Polygon polygon{ring(outer), {}};
  if (!hole.empty()) polygon.holes.push_back(ring(hole));
  return {{polygon}};
}

Instant utc(std::string_view text) {
  const auto at = quantities::instant_from(text);
  CHECK(at.has_value());
  return *at;
}

TheatreHeight flight_level(int hundreds_of_feet) {
  return {Above::standard_pressure, hundreds_of_feet * 100 * foot_m};
}
TheatreHeight feet_above(Above reference, double feet) {
  return {reference, feet * foot_m};
}

const TheatreHeight surface{Above::surface, 0};
const TheatreHeight unlimited{Above::unlimited, 0};

// The original text holds from 27 February 2016 at midnight in Damascus, the first amendment from
// 14:00 on that day, so that a case of one day has both.
constexpr std::string_view in_force_text = "2016-02-26T22:00:00Z";
constexpr std::string_view amended_text = "2016-02-27T12:00:00Z";

std::vector<TheatreArea> make_areas() {
  // An area that has no beginning of its own has none: that the agreement begins ends no presence.
  const Instant always = quantities::earliest_instant;
  const Instant amended = utc(amended_text);
  const Period from_the_start{always, quantities::latest_instant};
  using Shape = TheatreArea::Shape;
  std::vector<TheatreArea> areas;
  areas.push_back({"A-01",
                   "Idlib and its countryside",
                   "إدلب وريفها",
                   "concentrated",
                   Shape::polygon,
                   outline(idlib, fuah_and_kafriya),
                   {},
                   0,
                   surface,
                   flight_level(245),
                   from_the_start,
                   {{35.93, 36.56}, {35.80, 36.70}, {36.05, 36.84}, {35.72, 36.52}}});
  areas.push_back({"A-02",
                   "Jisr al-Shughur",
                   "جسر الشغور",
                   "concentrated",
                   Shape::polygon,
                   outline(jisr_al_shughur),
                   {},
                   0,
                   surface,
                   unlimited,
                   from_the_start,
                   {{35.82, 36.16}, {35.88, 36.13}, {35.73, 36.13}}});
  areas.push_back({"A-03",
                   "Northern countryside of Aleppo",
                   "ريف حلب الشمالي",
                   "significant",
                   Shape::polygon,
                   outline(north_aleppo),
                   {},
                   0,
                   surface,
                   feet_above(Above::sea_level, 20'000),
                   {always, amended},
                   {{36.50, 37.10}, {36.45, 37.00}, {36.57, 37.28}, {36.40, 37.15}}});
  areas.push_back({"A-03",
                   "Northern countryside of Aleppo",
                   "ريف حلب الشمالي",
                   "significant",
                   Shape::polygon,
                   outline(north_aleppo),
                   {},
                   0,
                   surface,
                   flight_level(290),
                   {amended, quantities::latest_instant},
                   {{36.50, 37.10}, {36.45, 37.00}, {36.57, 37.28}, {36.40, 37.15}}});
  areas.push_back({"A-04",
                   "Northern Homs and southern Hama",
                   "شمال حمص وجنوب حماة",
                   "mixed",
                   Shape::polygon,
                   outline(north_homs),
                   {},
                   0,
                   feet_above(Above::ground, 500),
                   flight_level(195),
                   from_the_start,
                   {{34.93, 36.73}, {34.86, 36.74}, {34.92, 36.62}, {34.88, 36.86}}});
  areas.push_back({"A-05",
                   "Maarat al-Numan",
                   "معرة النعمان",
                   "concentrated",
                   Shape::circle,
                   {},
                   {{35.64, 36.67}},
                   12'000,
                   surface,
                   unlimited,
                   from_the_start,
                   {{35.64, 36.67}, {35.62, 36.73}}});
  areas.push_back({"A-06",
                   "Aid road from Bab al-Hawa",
                   "طريق المساعدات من باب الهوى",
                   "aid_road",
                   Shape::corridor,
                   {},
                   {{36.23, 36.69}, {36.15, 36.82}, {36.19, 37.05}},
                   3'000,
                   surface,
                   feet_above(Above::sea_level, 15'000),
                   from_the_start,
                   {{36.17, 36.79}, {36.17, 36.94}}});
  areas.push_back({"A-07",
                   "Eastern Ghouta",
                   "الغوطة الشرقية",
                   "mixed",
                   Shape::polygon,
                   outline(east_ghouta),
                   {},
                   0,
                   surface,
                   flight_level(245),
                   {amended, quantities::latest_instant},
                   {{33.54, 36.47}, {33.55, 36.54}, {33.51, 36.49}}});
  return areas;
}

std::vector<TheatreRule> make_rules() {
  using NoticeBy = TheatreException::NoticeBy;
  const TheatreException medical{
      "medical", "medical evacuation",   NoticeBy::lead_before_entry, quantities::hours(2), true,
      5'000,     quantities::minutes(10)};
  const TheatreException recovery{
      "recovery", "personnel recovery", NoticeBy::entry,       quantities::minutes(0),
      false,      std::nullopt,         quantities::minutes(0)};
  const TheatreException aid{
      "aid", "humanitarian", NoticeBy::lead_before_entry, quantities::hours(1),
      true,  std::nullopt,   quantities::minutes(0)};
  using Aircraft = TheatreRule::Aircraft;
  std::vector<TheatreRule> rules;
  rules.push_back({"4.1",
                   {"government"},
                   Aircraft::military,
                   {"A-01", "A-02", "A-03", "A-04", "A-05", "A-07"},
                   {},
                   {},
                   {medical, recovery}});
  rules.push_back({"4.2", {"ru"}, Aircraft::combat, {"A-04", "A-07"}, {}, {}, {recovery}});
  // Saturdays and Tuesdays, 08:00 to 16:00 in Damascus.
  rules.push_back({"5.1",
                   {"government", "ru", "us"},
                   Aircraft::military,
                   {"A-06"},
                   {{{1, 5}, 8 * 3600, 16 * 3600}},
                   feet_above(Above::ground, 10'000),
                   {aid}});
  return rules;
}

std::vector<Airfield> make_airfields() {
  return {
      {"Hama", {35.118, 36.711}, "government"},
      {"Nayrab", {36.181, 37.224}, "government"},
      {"Shayrat", {34.494, 36.909}, "government"},
      {"Kuweires", {36.187, 37.583}, "government"},
      {"T4", {34.523, 37.627}, "government"},
      {"Mezzeh", {33.477, 36.223}, "government"},
      {"Khmeimim", {35.411, 35.949}, "ru"},
      {"Incirlik", {37.002, 35.426}, "us"},
      {"Beirut", {33.821, 35.488}, ""},
      {"Damascus", {33.411, 36.516}, ""},
  };
}

void write_ring(base::JsonWriter& json, const areas::Ring& ring) {
  json.begin_array();
  for (std::size_t i = 0; i <= ring.size(); ++i) {
    const areas::Vertex v = ring[i % ring.size()];  // GeoJSON repeats the first at the end.
    json.begin_array();
    json.decimal_of(v.longitude_e7 / 1000, 4);
    json.decimal_of(v.latitude_e7 / 1000, 4);
    json.end_array();
  }
  json.end_array();
}

}  // namespace

int Theatre::seconds_east_at(Instant t) const {
  int offset = seconds_east.front().second;
  for (const auto& [from, seconds] : seconds_east)
    if (from <= t) offset = seconds;
  return offset;
}

bool lies_over(const TheatreArea& area, Place place) {
  switch (area.shape) {
    case TheatreArea::Shape::polygon:
      return areas::side_of(area.outline, lattice(place)) != areas::Side::outside;
    case TheatreArea::Shape::circle: return distance_m(area.line.front(), place) <= area.reach_m;
    case TheatreArea::Shape::corridor: return distance_m(place, area.line) <= area.reach_m;
  }
  return false;
}

std::string areas_geojson_of(const std::vector<TheatreArea>& areas, std::string_view remark) {
  base::JsonWriter json(base::JsonWriter::Layout::compact);
  json.begin_object();
  json.member("type", "FeatureCollection");
  json.member("remark", remark);
  json.key("features");
  json.begin_array();
  std::vector<std::string> written;
  for (const TheatreArea& area : areas) {
    if (area.shape != TheatreArea::Shape::polygon) continue;
    if (std::find(written.begin(), written.end(), area.id) != written.end()) continue;
    written.push_back(area.id);
    json.begin_object();
    json.member("type", "Feature");
    json.member("id", area.id);
    json.key("properties");
    json.begin_object();
    json.member("id", area.id);
    json.member("name", area.name);
    json.member("remark", remark);
    json.end_object();
    json.key("geometry");
    json.begin_object();
    json.member("type", "Polygon");
    json.key("coordinates");
    json.begin_array();
    const areas::Polygon& polygon = area.outline.polygons.front();
    write_ring(json, polygon.outer);
    for (const areas::Ring& hole : polygon.holes) write_ring(json, hole);
    json.end_array();
    json.end_object();
    json.end_object();
  }
  json.end_array();
  json.end_object();
  return json.take();
}

const Theatre& joint_implementation_group() {
  static const Theatre theatre = [] {
    Theatre made;
    made.id = "joint-implementation-group";
    made.in_force = utc(in_force_text);
    // Syria was two hours east of Greenwich, and three in summer, from the last Friday of March.
    made.seconds_east = {{quantities::earliest_instant, 7'200},
                         {utc("2016-03-24T22:00:00Z"), 10'800},
                         {utc("2016-10-27T21:00:00Z"), 7'200}};
    made.areas = make_areas();
    made.rules = make_rules();
    made.airfields = make_airfields();
    made.gates = {{35.1, 33.6}, {38.1, 36.3}, {37.9, 39.2}, {35.5, 41.4},
                  {33.3, 40.6}, {31.9, 36.4}, {33.9, 34.1}, {36.7, 34.3}};
    made.agreement_toml = std::string(joint_implementation_group_toml());
    made.areas_geojson = areas_geojson_of(
        made.areas, "drawn as plausible illustrations for an exercise; no published map has them");
    made.readme = std::string(joint_implementation_group_readme());
    return made;
  }();
  return theatre;
}

}  // namespace truce::exercise
