// Positions made up for measuring: the same sky written in every format that is read.
//
//   const std::string text = made_aircraft_json({.seed = 1, .bytes = 256 << 20});
//
// Aircraft fly straight on from a place drawn at random; each value has the digits that its program
// writes. The texts are what readsb 3.14, OpenSky's historical states and BaseStation write, down
// to the order of the members, those left out now and then, and the spaces after call signs. The
// same seed gives the same bytes.
#pragma once

#include <fmt/format.h>

#include <cstdint>
#include <iterator>
#include <string>
#include <vector>

namespace truce::bench {

struct MadeText {
  std::uint64_t seed = 1;
  std::size_t bytes = 0;  ///< At least so many; the last snapshot or row is whole.
};

/// SplitMix64 (Steele, Lea and Flood 2014): small, and the same everywhere.
class Draw {
 public:
  explicit Draw(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next() {
    std::uint64_t z = state_ += 0x9E3779B97F4A7C15;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
    return z ^ (z >> 31);
  }
  /// From 0 to below `limit`.
  std::uint64_t below(std::uint64_t limit) { return next() % limit; }
  /// True once in `n`.
  bool once_in(std::uint64_t n) { return below(n) == 0; }

 private:
  std::uint64_t state_;
};

struct MadeAircraft {
  std::uint32_t address = 0;
  std::string call_sign, registration;
  const char* type = "";
  double latitude = 0, longitude = 0, north = 0, east = 0;  // degrees, degrees a second
  int altitude_ft = 0, rate_ft_min = 0;
  double speed_kt = 0, track = 0;
};

class MadeSky {
 public:
  static constexpr std::size_t size = 2'000;

  explicit MadeSky(std::uint64_t seed) : draw(seed) {
    static constexpr const char* types[] = {"A320", "B738", "A21N", "E190", "C172", "B77W", "GLF5"};
    for (std::size_t i = 0; i < size; ++i) {
      MadeAircraft a;
      a.address = static_cast<std::uint32_t>(0x700000 + draw.below(0x100000));
      a.call_sign = fmt::format("{}{}{}{}", letter(), letter(), letter(), draw.below(9'000) + 10);
      a.registration = fmt::format("{}{}-{}{}{}", letter(), letter(), letter(), letter(), letter());
      a.type = types[draw.below(std::size(types))];
      a.latitude = 31 + static_cast<double>(draw.below(7'000'000)) / 1e6;
      a.longitude = 34 + static_cast<double>(draw.below(9'000'000)) / 1e6;
      a.north = (static_cast<double>(draw.below(4'001)) - 2'000) / 1e6;
      a.east = (static_cast<double>(draw.below(4'001)) - 2'000) / 1e6;
      a.altitude_ft = static_cast<int>(draw.below(1'640)) * 25;
      a.rate_ft_min = static_cast<int>(draw.below(60)) * 64 - 1'920;
      a.speed_kt = 90 + static_cast<double>(draw.below(4'200)) / 10;
      a.track = static_cast<double>(draw.below(36'000)) / 100;
      aircraft.push_back(std::move(a));
    }
  }
  void fly(double seconds) {
    now += seconds;
    for (MadeAircraft& a : aircraft) {
      a.latitude += a.north * seconds;
      a.longitude += a.east * seconds;
      if (a.latitude > 38 || a.latitude < 31) a.north = -a.north;
      if (a.longitude > 43 || a.longitude < 34) a.east = -a.east;
      a.track = a.track < 359 ? a.track + 0.03 : 0.5;
    }
  }
  char letter() { return static_cast<char>('A' + draw.below(26)); }

  Draw draw;
  double now = 1'456'531'200;  // 27 February 2016, 00:00 UTC
  std::vector<MadeAircraft> aircraft;
};

/// One aircraft as readsb writes it in aircraft.json.
inline void write_readsb(std::string& out, MadeSky& sky, const MadeAircraft& a) {
  auto to = std::back_inserter(out);
  Draw& draw = sky.draw;
  fmt::format_to(to, R"({{"hex":"{:06x}","type":"adsb_icao")", a.address);
  if (!draw.once_in(12)) fmt::format_to(to, R"(,"flight":"{:<8}")", a.call_sign);
  fmt::format_to(to, R"(,"r":"{}","t":"{}")", a.registration, a.type);
  if (draw.once_in(40)) {
    out += R"(,"alt_baro":"ground")";
  } else {
    fmt::format_to(to, R"(,"alt_baro":{})", a.altitude_ft);
    if (!draw.once_in(10)) fmt::format_to(to, R"(,"alt_geom":{})", a.altitude_ft + 475);
  }
  fmt::format_to(to, R"(,"gs":{:.1f},"track":{:.2f})", a.speed_kt, a.track);
  if (!draw.once_in(8)) fmt::format_to(to, R"(,"baro_rate":{})", a.rate_ft_min);
  fmt::format_to(to, R"(,"squawk":"{:04o}","emergency":"none","category":"A3")", a.address & 0xFFF);
  if (!draw.once_in(3)) {
    out +=
        R"(,"nav_qnh":1013.6,"nav_altitude_mcp":36000,"nav_modes":["autopilot","althold","tcas"])";
  }
  if (draw.once_in(20)) {
    out += R"(,"lastPosition":{"lat":35.208109,"lon":36.373001,"nic":8,"rc":186,"seen_pos":71.2})";
  } else {
    fmt::format_to(to, R"(,"lat":{:.6f},"lon":{:.6f},"nic":8,"rc":186,"seen_pos":{:.3f})",
                   a.latitude, a.longitude, static_cast<double>(draw.below(9'000)) / 1000);
  }
  fmt::format_to(
      to,
      R"(,"r_dst":{:.3f},"r_dir":{:.1f},"version":2,"nic_baro":1,"nac_p":10,"nac_v":2,"sil":3,)"
      R"("sil_type":"perhour","gva":2,"sda":2,"alert":0,"spi":0,"mlat":[],"tisb":[],)"
      R"("messages":{},"seen":0.{},"rssi":-{}.{}}})",
      static_cast<double>(draw.below(250'000)) / 1000, static_cast<double>(draw.below(3'600)) / 10,
      draw.below(90'000), draw.below(10), draw.below(30) + 3, draw.below(10));
}

/// A stream of snapshots, one after another, as a file that grows would hold them.
inline std::string made_aircraft_json(MadeText what) {
  MadeSky sky(what.seed);
  std::string out;
  out.reserve(what.bytes + (std::size_t{4} << 20));
  while (out.size() < what.bytes) {
    fmt::format_to(std::back_inserter(out),
                   "{{ \"now\" : {:.3f},\n  \"messages\" : {},\n"
                   "  \"aircraft\" : [",
                   sky.now, out.size());
    bool first = true;
    for (const MadeAircraft& a : sky.aircraft) {
      out += first ? "\n" : ",\n";
      first = false;
      write_readsb(out, sky, a);
    }
    out += "\n  ]\n}\n";
    sky.fly(5);
  }
  return out;
}

/// One object a line, each with its own time, as programs write that log single positions.
inline std::string made_json_lines(MadeText what) {
  MadeSky sky(what.seed);
  std::string out;
  out.reserve(what.bytes + (std::size_t{1} << 20));
  while (out.size() < what.bytes) {
    for (const MadeAircraft& a : sky.aircraft) {
      fmt::format_to(
          std::back_inserter(out),
          R"({{"now": {:.1f}, "hex": "{:06x}", "flight": "{}", "alt_baro": {}, )"
          R"("alt_geom": {}, "gs": {:.1f}, "track": {:.1f}, "lat": {:.6f}, "lon": {:.6f}, )"
          R"("nic": 8, "rc": 186, "seen_pos": {:.1f}}})",
          sky.now, a.address, a.call_sign, a.altitude_ft, a.altitude_ft + 475, a.speed_kt, a.track,
          a.latitude, a.longitude, static_cast<double>(sky.draw.below(90)) / 10);
      out += '\n';
    }
    sky.fly(5);
  }
  return out;
}

/// trace_full of readsb, one aircraft after another.
inline std::string made_readsb_traces(MadeText what) {
  MadeSky sky(what.seed);
  std::string out;
  out.reserve(what.bytes + (std::size_t{1} << 20));
  auto to = std::back_inserter(out);
  for (std::size_t i = 0; out.size() < what.bytes; i = (i + 1) % MadeSky::size) {
    const MadeAircraft& a = sky.aircraft[i];
    fmt::format_to(to, R"({{"icao":"{:06x}","r":"{}","t":"{}","timestamp":{:.3f},"trace":[)",
                   a.address, a.registration, a.type, sky.now);
    for (int row = 0; row < 2'000; ++row) {
      if (row > 0) out += ",\n";
      const double seconds = row * 8.25;
      fmt::format_to(to, R"([{:.2f},{:.6f},{:.6f},{},{:.1f},{:.1f},{},{},)", seconds,
                     a.latitude + a.north * row, a.longitude + a.east * row, a.altitude_ft,
                     a.speed_kt, a.track, row == 0 ? 2 : 0, a.rate_ft_min);
      if (row % 4 == 0) {
        fmt::format_to(to,
                       R"({{"type":"adsb_icao","flight":"{:<8}","alt_geom":{},"track":{:.2f},)"
                       R"("baro_rate":{},"category":"A3","nic":8,"rc":186,"version":2,)"
                       R"("nac_p":10,"nac_v":2,"sil":3,"sil_type":"perhour"}})",
                       a.call_sign, a.altitude_ft + 475, a.track, a.rate_ft_min);
      } else {
        out += "null";
      }
      fmt::format_to(to, R"(,"adsb_icao",{},null,null,null])", a.altitude_ft + 475);
    }
    out += "]}\n";
    sky.fly(1);
  }
  return out;
}

/// Our own columns.
inline std::string made_plain_csv(MadeText what) {
  MadeSky sky(what.seed);
  std::string out =
      "time,address,latitude,longitude,pressure_altitude_ft,geometric_height_ft,ground_speed_kt,"
      "track,vertical_rate_ft_min,call_sign,on_ground,nic,containment_m,age_s\n";
  out.reserve(what.bytes + (std::size_t{1} << 20));
  while (out.size() < what.bytes) {
    for (const MadeAircraft& a : sky.aircraft) {
      fmt::format_to(std::back_inserter(out),
                     "{:.3f},{:06x},{:.6f},{:.6f},{},{},{:.1f},{:.2f},{},{},false,8,186,{:.1f}\n",
                     sky.now, a.address, a.latitude, a.longitude, a.altitude_ft,
                     a.altitude_ft + 475, a.speed_kt, a.track, a.rate_ft_min, a.call_sign,
                     static_cast<double>(sky.draw.below(90)) / 10);
    }
    sky.fly(5);
  }
  return out;
}

/// The columns of OpenSky's historical state vectors.
inline std::string made_opensky_csv(MadeText what) {
  MadeSky sky(what.seed);
  std::string out =
      "time,icao24,lat,lon,velocity,heading,vertrate,callsign,onground,alert,spi,squawk,"
      "baroaltitude,geoaltitude,lastposupdate,lastcontact\n";
  out.reserve(what.bytes + (std::size_t{1} << 20));
  while (out.size() < what.bytes) {
    for (const MadeAircraft& a : sky.aircraft) {
      const double age = static_cast<double>(sky.draw.below(9'000)) / 1000;
      fmt::format_to(
          std::back_inserter(out),
          "{:.0f},{:06x},{:.13f},{:.13f},{:.14f},{:.13f},{:.5f},{:<8},False,False,False,{:04o},"
          "{:.2f},{:.2f},{:.3f},{:.3f}\n",
          sky.now, a.address, a.latitude, a.longitude, a.speed_kt * 0.5144, a.track,
          a.rate_ft_min * 0.00508, a.call_sign, a.address & 0xFFF, a.altitude_ft * 0.3048,
          a.altitude_ft * 0.3048 + 144.78, sky.now - age, sky.now - age / 2);
    }
    sky.fly(10);
  }
  return out;
}

/// BaseStation text: for each aircraft a call sign, a position and a velocity.
inline std::string made_sbs(MadeText what) {
  MadeSky sky(what.seed);
  std::string out;
  out.reserve(what.bytes + (std::size_t{1} << 20));
  auto to = std::back_inserter(out);
  while (out.size() < what.bytes) {
    const auto second = static_cast<std::uint64_t>(sky.now - 1'456'531'200) % 86'400;
    for (std::size_t i = 0; i < sky.aircraft.size(); ++i) {
      const MadeAircraft& a = sky.aircraft[i];
      const std::string when = fmt::format("2016/02/27,{:02}:{:02}:{:02}.{:03}", second / 3600,
                                           second / 60 % 60, second % 60, i % 1000);
      const std::string start = fmt::format("1,1,{:06X},1,{},{},", a.address, when, when);
      if (sky.draw.once_in(4))
        fmt::format_to(to, "MSG,1,{}{:<8},,,,,,,,,,,0\r\n", start, a.call_sign);
      fmt::format_to(to, "MSG,3,{},{},,,{:.5f},{:.5f},,,0,0,0,0\r\n", start, a.altitude_ft,
                     a.latitude, a.longitude);
      fmt::format_to(to, "MSG,4,{},,{:.0f},{:.0f},,,{},,,,,0\r\n", start, a.speed_kt, a.track,
                     a.rate_ft_min);
    }
    sky.fly(1);
  }
  return out;
}

}  // namespace truce::bench
