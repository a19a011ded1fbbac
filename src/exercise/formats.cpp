#include "exercise/formats.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "base/json_writer.h"
#include "base/text.h"

namespace truce::exercise {

namespace {

using base::decimal_text;

std::string day_of(Instant t) {
  return quantities::iso_date(quantities::date_at(t));
}

Instant midnight_of(Instant t) {
  return {quantities::days_from(quantities::date_at(t)) * 86'400'000'000};
}

// Seconds since 1970 with three decimals, rounded.
std::string unix_seconds(Instant t, int places = 3) {
  std::int64_t unit = 1'000'000;
  for (int i = 0; i < places; ++i) unit /= 10;
  return decimal_text((t.microseconds + unit / 2) / unit, places);
}

// Rows of a text file, some of them doubled, late, or joined by broken ones.
class Rows {
 public:
  explicit Rows(Random random) : random_(random) {}

  void add(std::string row, std::string broken) {
    rows_.push_back(std::move(row));
    if (random_.chance(0.004)) rows_.push_back(rows_.back());
    if (random_.chance(0.003) && rows_.size() > 8)
      std::swap(rows_.back(), rows_[rows_.size() - 2 - random_.below(6)]);
    if (random_.chance(0.003)) rows_.push_back(std::move(broken));
  }
  std::string text(std::string_view header, std::string_view line_end) const {
    std::string out(header);
    for (const std::string& row : rows_) {
      out += row;
      out += line_end;
    }
    return out;
  }

 private:
  Random random_;
  std::vector<std::string> rows_;
};

std::string optional_number(const std::optional<double>& value, int places) {
  return value ? decimal_text(*value, places) : "";
}

// ---- readsb ----

std::string_view category_of(Craft craft) {
  switch (craft) {
    case Craft::airliner: return "A3";
    case Craft::transport: return "A5";
    case Craft::fighter: return "A6";
    case Craft::helicopter: return "A7";
    case Craft::unmanned: return "B6";
  }
  return "A0";
}

int integrity_category(double containment_m) {
  if (containment_m <= 25) return 10;
  if (containment_m <= 75) return 9;
  if (containment_m <= 186) return 8;
  return containment_m <= 371 ? 7 : 6;
}

std::string padded(const std::string& call_sign) {
  return call_sign + std::string(call_sign.size() < 8 ? 8 - call_sign.size() : 0, ' ');
}

// The members that aircraft.json and its relatives share.
std::string readsb_members(const Fix& fix, const Flight& flight) {
  std::string out = fmt::format("\"hex\":\"{}\",\"type\":\"adsb_icao\",\"flight\":\"{}\"",
                                fix.address, padded(fix.call_sign));
  if (fix.on_ground)
    out += ",\"alt_baro\":\"ground\"";
  else if (fix.pressure_ft)
    out += fmt::format(",\"alt_baro\":{:.0f}", *fix.pressure_ft);
  if (fix.geometric_ft && !fix.on_ground)
    out += fmt::format(",\"alt_geom\":{:.0f}", *fix.geometric_ft);
  out += fmt::format(",\"gs\":{:.1f},\"track\":{:.2f}", fix.speed_kt, fix.track_degrees);
  out += fmt::format(",\"baro_rate\":{}", static_cast<int>(std::round(fix.climb_ft_min / 64)) * 64);
  out += fmt::format(",\"category\":\"{}\"", category_of(flight.airframe.type.craft));
  out += fmt::format(",\"lat\":{:.6f},\"lon\":{:.6f}", fix.place.latitude, fix.place.longitude);
  if (fix.containment_m) {
    const bool known = *fix.containment_m > 0;
    out += fmt::format(",\"nic\":{},\"rc\":{:.0f},\"nac_p\":{},\"sil\":{},\"version\":2",
                       known ? integrity_category(*fix.containment_m) : 0, *fix.containment_m,
                       known ? 9 : 0, known ? 3 : 0);
  }
  return out;
}

std::string trace_row(const Fix& fix, const Flight& flight, Instant midnight) {
  const std::string seconds =
      decimal_text(((fix.reported_at - midnight).microseconds + 5'000) / 10'000, 2);
  const std::string altitude = fix.on_ground     ? "\"ground\""
                               : fix.pressure_ft ? fmt::format("{:.0f}", *fix.pressure_ft)
                                                 : "null";
  std::string details = "null";
  if (fix.details) {
    details = fmt::format("{{\"type\":\"adsb_icao\",\"flight\":\"{}\",\"category\":\"{}\"",
                          padded(fix.call_sign), category_of(flight.airframe.type.craft));
    if (fix.containment_m) {
      const bool known = *fix.containment_m > 0;
      details += fmt::format(",\"nic\":{},\"rc\":{:.0f},\"version\":2,\"nac_p\":{},\"sil\":{}",
                             known ? integrity_category(*fix.containment_m) : 0, *fix.containment_m,
                             known ? 9 : 0, known ? 3 : 0);
    }
    details += "}";
  }
  const std::string geometric =
      fix.geometric_ft && !fix.on_ground ? fmt::format("{:.0f}", *fix.geometric_ft) : "null";
  return fmt::format("[{},{:.6f},{:.6f},{},{:.1f},{:.1f},0,{},{},\"adsb_icao\",{},null,null,null]",
                     seconds, fix.place.latitude, fix.place.longitude, altitude, fix.speed_kt,
                     fix.track_degrees, static_cast<int>(std::round(fix.climb_ft_min / 64)) * 64,
                     details, geometric);
}

// One file for each aircraft and day, as readsb keeps them.
void write_traces(const Station& station, const std::vector<Fix>& fixes, const Missions& missions,
                  const Random& random, std::map<std::string, std::string>& files) {
  std::map<std::string, std::vector<const Fix*>> by_file;
  for (const Fix& fix : fixes)
    by_file[fmt::format("observations/{}/{}/trace_full_{}.json", station.id,
                        day_of(fix.reported_at), fix.address)]
        .push_back(&fix);
  for (const auto& [path, rows] : by_file) {
    Random dice = random.branch(path);
    const Flight& flight = missions.flights[rows.front()->flight];
    const Instant midnight = midnight_of(rows.front()->reported_at);
    std::string out = fmt::format("{{\"icao\":\"{}\",\n", rows.front()->address);
    if (flight.airframe.registered && flight.address == flight.airframe.address)
      out += fmt::format("\"r\":\"{}\",\n\"t\":\"{}\",\n", flight.airframe.registration,
                         flight.airframe.type.designator);
    out += fmt::format("\"timestamp\": {},\n\"trace\":[\n", unix_seconds(midnight));
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const std::string row = trace_row(*rows[i], missions.flights[rows[i]->flight], midnight);
      out += row + (i + 1 < rows.size() ? ",\n" : "\n");
      if (i + 1 < rows.size() && dice.chance(0.004)) out += row + ",\n";
      if (i + 1 < rows.size() && dice.chance(0.003))
        out += fmt::format("[{}.5,null,{:.6f},\"n/a\"],\n", i, rows[i]->place.longitude);
    }
    files[path] = out + "]}\n";
  }
}

// Snapshots one after another, a file for each hour.
void write_snapshots(const Station& station, const std::vector<Fix>& fixes,
                     const Missions& missions, const Random& random,
                     std::map<std::string, std::string>& files) {
  std::map<Instant, std::vector<const Fix*>> snapshots;
  for (const Fix& fix : fixes) snapshots[fix.written_at].push_back(&fix);
  std::int64_t messages = 0;
  for (const auto& [now, rows] : snapshots) {
    Random dice = random.branch(station.id + rfc3339(now));
    std::string out =
        fmt::format("{{\"now\":{},\"messages\":{},\"aircraft\":[", unix_seconds(now), messages);
    bool first = true;
    for (const Fix* fix : rows) {
      messages += 37;
      out += fmt::format("{}{{{},\"seen_pos\":{:.3f},\"seen\":{:.1f}}}", first ? "" : ",",
                         readsb_members(*fix, missions.flights[fix->flight]), fix->age_s,
                         fix->age_s / 2);
      first = false;
      if (dice.chance(0.003))
        out += fmt::format(",{{\"hex\":\"zz{}\",\"lat\":91.2,\"lon\":{:.6f},\"seen_pos\":1.0}}",
                           fix->address.substr(0, 4), fix->place.longitude);
    }
    const std::string hour = rfc3339(now).substr(0, 13);
    files[fmt::format("observations/{}/{}.json", station.id, hour)] += out + "]}\n";
  }
}

void write_json_lines(const Station& station, const std::vector<Fix>& fixes,
                      const Missions& missions, const Random& random,
                      std::map<std::string, std::string>& files) {
  std::map<std::string, Rows> by_file;
  for (const Fix& fix : fixes) {
    const std::string path =
        fmt::format("observations/{}/{}.jsonl", station.id, day_of(fix.reported_at));
    Rows& rows = by_file.try_emplace(path, random.branch(path)).first->second;
    std::string row =
        fmt::format("{{\"now\":{},{},\"seen_pos\":0.000}}", unix_seconds(fix.reported_at),
                    readsb_members(fix, missions.flights[fix.flight]));
    std::string broken = row.substr(0, row.size() / 2);
    rows.add(std::move(row), std::move(broken));
  }
  for (const auto& [path, rows] : by_file) files[path] = rows.text("", "\n");
}

// ---- BaseStation ----

std::string sbs_date_time(Instant t) {
  const std::string text = quantities::rfc3339_milliseconds(t);  // 2016-02-27T12:00:05.250Z
  return fmt::format("{}/{}/{},{}", text.substr(0, 4), text.substr(5, 2), text.substr(8, 2),
                     text.substr(11, 12));
}

void write_sbs(const Station& station, const std::vector<Fix>& fixes, const Random& random,
               std::map<std::string, std::string>& files) {
  std::map<std::string, Rows> by_file;
  int number = 0;
  for (const Fix& fix : fixes) {
    const std::string path =
        fmt::format("observations/{}/{}.sbs", station.id, day_of(fix.reported_at));
    Rows& rows = by_file.try_emplace(path, random.branch(path)).first->second;
    const std::string address = [&] {
      std::string upper = fix.address;
      for (char& c : upper)
        if (c >= 'a' && c <= 'f') c = static_cast<char>(c - 'a' + 'A');
      return upper;
    }();
    const std::string when = sbs_date_time(fix.reported_at);
    const std::string begin = fmt::format("1,1,{},1,{},{}", address, when, when);
    if (number++ % 6 == 0)
      rows.add(fmt::format("MSG,1,{},{},,,,,,,,,,,", begin, fix.call_sign), "MSG,1,1");
    rows.add(fmt::format("MSG,{},{},,{},,,{:.5f},{:.5f},,,0,0,0,{}", fix.on_ground ? 2 : 3, begin,
                         optional_number(fix.pressure_ft, 0), fix.place.latitude,
                         fix.place.longitude, fix.on_ground ? -1 : 0),
             fmt::format("MSG,3,{},,,,,{:.5f},twelve,,,0,0,0,0", begin, fix.place.latitude));
  }
  for (const auto& [path, rows] : by_file) files[path] = rows.text("", "\r\n");
}

// ---- OpenSky ----

std::string metres_of(const std::optional<double>& feet) {
  return feet ? fmt::format("{:.2f}", *feet * 0.3048) : "";
}

void write_state_rows(const Station& station, const std::vector<Fix>& fixes, const Random& random,
                      std::map<std::string, std::string>& files) {
  std::map<std::string, Rows> by_file;
  for (const Fix& fix : fixes) {
    const std::string path =
        fmt::format("observations/{}/states_{}.csv", station.id, day_of(fix.reported_at));
    Rows& rows = by_file.try_emplace(path, random.branch(path)).first->second;
    const std::string row_time = unix_seconds(fix.reported_at + quantities::seconds(1), 0);
    std::string row = fmt::format(
        "{},{},{:.6f},{:.6f},{:.2f},{:.2f},{:.2f},{},{},False,False,,{},{},{},{}", row_time,
        fix.address, fix.place.latitude, fix.place.longitude, fix.speed_kt / 1.943844,
        fix.track_degrees, fix.climb_ft_min / 196.8504, fix.call_sign,
        fix.on_ground ? "True" : "False", fix.on_ground ? "" : metres_of(fix.pressure_ft),
        fix.on_ground ? "" : metres_of(fix.geometric_ft), unix_seconds(fix.reported_at),
        unix_seconds(fix.reported_at));
    rows.add(std::move(row), fmt::format("{},{},95.5,{:.6f},,,,,,,,,,,,", row_time, fix.address,
                                         fix.place.longitude));
  }
  for (const auto& [path, rows] : by_file)
    files[path] = rows.text(
        "time,icao24,lat,lon,velocity,heading,vertrate,callsign,onground,alert,spi,squawk,"
        "baroaltitude,geoaltitude,lastposupdate,lastcontact\n",
        "\n");
}

void write_state_answers(const Station& station, const std::vector<Fix>& fixes,
                         std::map<std::string, std::string>& files) {
  std::map<Instant, std::vector<const Fix*>> snapshots;
  for (const Fix& fix : fixes) snapshots[fix.written_at].push_back(&fix);
  for (const auto& [now, rows] : snapshots) {
    std::string out = fmt::format("{{\"time\":{},\"states\":[", unix_seconds(now, 0));
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const Fix& fix = *rows[i];
      const auto number = [&](const std::optional<double>& feet) {
        return feet && !fix.on_ground ? metres_of(feet) : std::string("null");
      };
      out += fmt::format(
          "{}[\"{}\",\"{}\",\"\",{},{},{:.4f},{:.4f},{},{},{:.2f},{:.2f},{:.2f},null,{},null,false,"
          "0]",
          i == 0 ? "" : ",", fix.address, padded(fix.call_sign), unix_seconds(fix.reported_at, 0),
          unix_seconds(now, 0), fix.place.longitude, fix.place.latitude, number(fix.pressure_ft),
          fix.on_ground, fix.speed_kt / 1.943844, fix.track_degrees, fix.climb_ft_min / 196.8504,
          number(fix.geometric_ft));
    }
    std::string name = rfc3339(now).substr(0, 16);
    name.erase(std::remove(name.begin(), name.end(), ':'), name.end());
    files[fmt::format("observations/{}/states-{}.json", station.id, name)] = out + "]}\n";
  }
}

// ---- plain CSV ----

void write_radar(const Station& station, const std::vector<Fix>& fixes, const Random& random,
                 std::map<std::string, std::string>& files) {
  std::map<std::string, Rows> by_file;
  for (const Fix& fix : fixes) {
    const std::string path =
        fmt::format("observations/{}/{}.csv", station.id, day_of(fix.reported_at));
    Rows& rows = by_file.try_emplace(path, random.branch(path)).first->second;
    rows.add(fmt::format("{};{};{:.6f};{:.6f};{};{:.0f}",
                         quantities::rfc3339_milliseconds(fix.reported_at), fix.address,
                         fix.place.latitude, fix.place.longitude,
                         fix.on_ground ? "" : optional_number(fix.pressure_ft, 0), fix.speed_kt),
             fmt::format("yesterday;{};{:.6f}", fix.address, fix.place.latitude));
  }
  for (const auto& [path, rows] : by_file)
    files[path] = rows.text("seen;track_number;lat_deg;lon_deg;flight_level_ft;speed_kt\n", "\n");
}

}  // namespace

std::map<std::string, std::string> observation_files(const Reception& reception,
                                                     const Missions& missions,
                                                     const Random& random) {
  std::map<std::string, std::string> files;
  const Random dice = random.branch("formats");
  for (std::size_t s = 0; s < reception.stations.size(); ++s) {
    const Station& station = reception.stations[s];
    const std::vector<Fix>& fixes = reception.fixes[s];
    switch (station.form) {
      case Form::readsb_trace: write_traces(station, fixes, missions, dice, files); break;
      case Form::aircraft_json: write_snapshots(station, fixes, missions, dice, files); break;
      case Form::json_lines: write_json_lines(station, fixes, missions, dice, files); break;
      case Form::sbs1: write_sbs(station, fixes, dice, files); break;
      case Form::opensky_csv: write_state_rows(station, fixes, dice, files); break;
      case Form::opensky_json: write_state_answers(station, fixes, files); break;
      case Form::radar_csv: write_radar(station, fixes, dice, files); break;
    }
  }
  return files;
}

std::string registry_csv(const Missions& missions) {
  std::string out = "icao24,registration,typecode,military,operator\n";
  for (const Airframe& a : missions.fleet)
    if (a.registered)
      out += fmt::format("{},{},{},{},{}\n", a.address, a.registration, a.type.designator,
                         a.military ? "yes" : "no", base::csv_field(a.operator_name));
  return out;
}

std::string_view affiliations_toml() {
  return R"TOML(# What ties aircraft to a party.

[parties.government]
states     = ["Syrian Arab Republic"]
operators  = ["Syrian Arab Air Force*"]
call_signs = ["SAF*"]
types      = ["SU22", "MG23", "SU24", "MI24", "MI8", "AN26"]   # only the Government flies these here

[parties.ru]
states     = ["Russian Federation"]
operators  = ["Russian Aerospace Forces*"]
call_signs = ["RFF*"]
types      = ["SU30"]

[parties.us]
states     = ["United States"]
operators  = ["United States Air Force*"]
call_signs = ["RCH*"]
types      = ["C17", "Q9"]
)TOML";
}

}  // namespace truce::exercise
