// Makes a case of many positions from one seed, for ./dev bench archive: a day of traffic, in the
// order in which a feed would have written it.
//
//   positions_of_a_day FOLDER POSITIONS AREAS FILES [--each]
//
// With --each, the command in the environment variable PART_DONE is run after each file, which is
// then removed.
//
// Aircraft report every ten seconds for as long as the day lasts; so many are in the air that the
// positions come out. A third fly to and fro over 34..43 E, 31..38 N, where the areas lie; the rest
// all over the world. Written are agreement.toml, areas.geojson, affiliations.toml, sources.toml
// and observations/NN.jsonl (JSON lines as readsb writes them, one file for each part of the day).
// A program of its own: it needs nothing of Truce.
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>
#include <string>
#include <vector>

namespace {

constexpr double pi = 3.14159265358979;
constexpr int step_seconds = 10, day_seconds = 86'400;
constexpr double begin = 1'456'531'200;  // 27 February 2016, 00:00 UTC

struct Plane {
  unsigned address = 0;
  bool near = false;
  double lon = 0, lat = 0, heading = 0, speed = 0, height = 0, climb = 0;
  int turns = 0;
};

double between(std::mt19937_64& random, double low, double high) {
  return low + (high - low) * (static_cast<double>(random() >> 11) * 0x1p-53);
}

Plane made(std::mt19937_64& random, unsigned number) {
  Plane p;
  // A third with an address of Syria, which the rules bind; the others anywhere.
  p.near = number % 3 == 0;
  p.address =
      number % 30 == 0 ? 0x778000 + number / 30 % 0x8000 : 0x100000 + number * 37 % 0x600000;
  p.lon = p.near ? between(random, 34, 43) : between(random, -179, 179);
  p.lat = p.near ? between(random, 31, 38) : between(random, -60, 70);
  p.heading = between(random, 0, 2 * pi);
  p.speed = between(random, 120, 250);
  p.height = between(random, 8'000, 40'000);
  return p;
}

void move(Plane& p, std::mt19937_64& random) {
  if (p.turns-- <= 0) {
    p.turns = 20 + static_cast<int>(random() % 60);
    p.heading += between(random, -1, 1);
    p.climb = between(random, -60, 60);
  }
  const double metres = p.speed * step_seconds;
  p.lat += metres * std::cos(p.heading) / 111'320;
  p.lon += metres * std::sin(p.heading) / (111'320 * std::cos(p.lat * pi / 180));
  const double west = p.near ? 33 : -180, east = p.near ? 44 : 180;
  const double south = p.near ? 30 : -70, north = p.near ? 39 : 75;
  if (p.lat < south || p.lat > north) p.heading = pi - p.heading;
  p.lat = std::fmin(std::fmax(p.lat, south), north);
  if (p.near && (p.lon < west || p.lon > east)) p.heading = -p.heading;
  if (p.near) p.lon = std::fmin(std::fmax(p.lon, west), east);
  if (p.lon > 180) p.lon -= 360;
  if (p.lon < -180) p.lon += 360;
  p.height = std::fmin(std::fmax(p.height + p.climb, 1'500), 42'000);
}

void write_terms(const std::filesystem::path& folder, std::mt19937_64& random, int areas) {
  std::ofstream terms(folder / "agreement.toml");
  terms << "[agreement]\nid = \"bench\"\ntitle = \"A made-up agreement for measuring\"\n"
           "in_force = 2016-02-27T00:00:00\ntime_zone = \"UTC\"\nco_chairs = [\"us\", \"ru\"]\n\n"
           "[parties.government]\nname = \"Government\"\n\n[grades]\nclosed = \"no flight\"\n";
  std::ofstream outlines(folder / "areas.geojson");
  outlines << "{\"type\": \"FeatureCollection\", \"features\": [";
  for (int i = 0; i < areas; ++i) {
    terms << "\n[areas.a" << i << "]\nname = \"Area " << i
          << "\"\ngrade = \"closed\"\noutline = \"areas.geojson#a" << i << "\"\n";
    outlines << (i == 0 ? "\n" : ",\n") << "{\"type\": \"Feature\", \"id\": \"a" << i
             << "\", \"properties\": {}, \"geometry\": {\"type\": \"Polygon\", \"coordinates\": [[";
    const double lon = between(random, 34.5, 42.5), lat = between(random, 31.5, 37.5);
    const int vertices = 50 + static_cast<int>(random() % 451);
    std::string first;
    for (int k = 0; k < vertices; ++k) {
      const double angle = 2 * pi * k / vertices, radius = between(random, 0.10, 0.14);
      char text[64];
      std::snprintf(text, sizeof text, "[%.6f, %.6f]", lon + radius * std::cos(angle),
                    lat + radius * std::sin(angle));
      if (k == 0) first = text;
      outlines << text << ", ";
    }
    outlines << first << "]]}}";
  }
  outlines << "\n]}\n";
  terms << "\n[rules.\"1\"]\nclause = \"No aircraft of the Government flies in an area.\"\n"
           "prohibits = \"flight\"\nby = [\"government\"]\nin = { grades = [\"closed\"] }\n";
  std::ofstream(folder / "affiliations.toml")
      << "[parties.government]\naddresses = [\"778000-77ffff\"]\n";
  std::ofstream(folder / "sources.toml")
      << "[sources.feed]\ntitle = \"A feed\"\norigin = \"feed\"\nfiles = [\"observations/*\"]\n"
         "kind = \"feed\"\n\n[sources.feed.bounds]\nposition = \"200 m\"\n"
         "pressure_altitude = \"150 ft\"\n";
}

}  // namespace

int main(int argc, char** argv) {
  const char* part_done = argc == 6 ? std::getenv("PART_DONE") : nullptr;
  if (argc != 5 && (argc != 6 || part_done == nullptr)) {
    std::fputs("positions_of_a_day FOLDER POSITIONS AREAS FILES [--each]\n", stderr);
    return 2;
  }
  const std::filesystem::path folder(argv[1]);
  const long long positions = std::atoll(argv[2]);
  const int areas = std::atoi(argv[3]), files = std::atoi(argv[4]);
  std::filesystem::create_directories(folder / "observations");
  std::mt19937_64 random(20160227);
  write_terms(folder, random, areas);
  const long long steps = day_seconds / step_seconds;
  const long long planes_count = (positions + steps - 1) / steps;
  std::vector<Plane> planes;
  for (long long i = 0; i < planes_count; ++i)
    planes.push_back(made(random, static_cast<unsigned>(i)));
  // Fewer than a day's worth for one aircraft: a part of the day.
  long long left = positions;
  for (int file = 0; file < files; ++file) {
    char name[32];
    std::snprintf(name, sizeof name, "%02d.jsonl", file);
    std::FILE* out = std::fopen((folder / "observations" / name).c_str(), "w");
    if (out == nullptr) return 2;
    std::vector<char> buffer(1 << 20);
    std::setvbuf(out, buffer.data(), _IOFBF, buffer.size());
    const long long from = steps * file / files, until = steps * (file + 1) / files;
    for (long long step = from; step < until && left > 0; ++step) {
      for (std::size_t i = 0; i < planes.size() && left > 0; ++i, --left) {
        Plane& p = planes[i];
        move(p, random);
        const int age = static_cast<int>(random() % 20);
        if (std::fprintf(
                out,
                "{\"now\":%.1f,\"hex\":\"%06x\",\"type\":\"adsb_icao\",\"flight\":\"T%05zu  \","
                "\"alt_baro\":%d,\"alt_geom\":%d,\"gs\":%.1f,\"track\":%.2f,"
                "\"baro_rate\":%d,\"lat\":%.6f,\"lon\":%.6f,\"nic\":8,\"rc\":186,"
                "\"seen_pos\":%d.%d,\"nac_p\":9,\"sil\":3}\n",
                begin + static_cast<double>(step) * step_seconds +
                    static_cast<double>(i % 100) / 10,
                p.address, i, static_cast<int>(p.height / 25) * 25,
                static_cast<int>(p.height / 25) * 25 + 375, p.speed * 1.9438,
                std::fmod(p.heading * 180 / pi + 720, 360), static_cast<int>(p.climb) / 10 * 64,
                p.lat, p.lon, age / 10, age % 10) < 0)
          return 2;
      }
    }
    if (std::fclose(out) != 0) return 2;
    if (part_done == nullptr) continue;
    if (std::system(part_done) != 0) return 2;
    std::filesystem::remove(folder / "observations" / name);
  }
  return 0;
}
