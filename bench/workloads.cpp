#include "bench/workloads.h"

#include <algorithm>
#include <cmath>

#include "areas/edges.h"
#include "base/check.h"

namespace truce::bench {

namespace {

// Steele, Lea and Flood 2014, "Fast splittable pseudorandom number generators".
class Random {
 public:
  explicit Random(std::uint64_t stream) : state_(seed + stream * 0x632BE59BD9B4E019U) {}
  std::uint64_t next() {
    std::uint64_t z = state_ += 0x9E3779B97F4A7C15U;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9U;
    z = (z ^ z >> 27) * 0x94D049BB133111EBU;
    return z ^ z >> 31;
  }
  double share() { return static_cast<double>(next() >> 11) * 0x1p-53; }
  double between(double low, double high) { return low + (high - low) * share(); }
  int count(int low, int high) {
    return low + static_cast<int>(next() % static_cast<std::uint64_t>(high - low + 1));
  }

 private:
  std::uint64_t state_;
};

constexpr double west = 34, east = 43, south = 31, north = 38;
constexpr double pi = 3.14159265358979323846;

Outline coast(Random& random, double longitude, double latitude, double radius, int vertices) {
  struct Wave {
    double height, phase;
    int count;
  };
  std::vector<Wave> waves;
  for (int n = 2; n < vertices / 3 && n <= 4096; n = n * 3 / 2 + 1)
    waves.push_back({0.3 / std::pow(n, 0.9), random.between(0, 2 * pi), n});
  areas::Polygon polygon;
  for (int i = 0; i < vertices; ++i) {
    const double angle = 2 * pi * i / vertices;
    double r = 1;
    for (const Wave& w : waves) r += w.height * std::sin(w.count * angle + w.phase);
    r = radius * std::max(0.2, r);
    polygon.outer.push_back({std::llround((longitude + 1.2 * r * std::cos(angle)) * 1e7),
                             std::llround((latitude + r * std::sin(angle)) * 1e7)});
  }
  return {{polygon}};
}

Workload scattered(std::string name, std::uint64_t stream, int count, double least, double most,
                   int fewest, int most_vertices) {
  Random random(stream);
  Workload workload{std::move(name), {}};
  for (int i = 0; i < count; ++i) {
    const double radius = least * std::pow(most / least, random.share());
    const double longitude = random.between(west, east), latitude = random.between(south, north);
    workload.outlines.push_back(
        coast(random, longitude, latitude, radius, random.count(fewest, most_vertices)));
  }
  return workload;
}

// 2,000 tracks, moved on by a snapshot at a time.
class Tracks {
 public:
  static constexpr std::size_t count = 2'000;
  explicit Tracks(Random& random) : random_(random) {
    for (auto& t : tracks_) {
      t = {random.between(west, east), random.between(south, north),  random.between(0, 2 * pi),
           random.between(60, 260),    random.between(-0.004, 0.004), random.between(0, 12'192)};
    }
  }
  void step(double seconds) {
    for (auto& t : tracks_) {
      t.heading += t.turn * seconds;
      t.latitude += t.speed * seconds * std::cos(t.heading) / 111'195;
      t.longitude += t.speed * seconds * std::sin(t.heading) / 91'000;
      if (random_.next() % 256 == 0) t.turn = random_.between(-0.004, 0.004);
      // Back in on the other side.
      if (t.longitude < west) t.longitude += east - west;
      if (t.longitude > east) t.longitude -= east - west;
      if (t.latitude < south) t.latitude += north - south;
      if (t.latitude > north) t.latitude -= north - south;
    }
  }
  Point place(std::size_t i) const {
    return *quantities::point_from_degrees(tracks_[i].longitude, tracks_[i].latitude);
  }

 private:
  struct Track {
    double longitude, latitude, heading, speed, turn, height;
  };
  Random& random_;
  Track tracks_[count];
};

}  // namespace

Workload workload_a() {
  return scattered("a", 1, 30, 0.15, 0.8, 50, 500);
}

Workload workload_b() {
  return scattered("b", 2, 1'000, 0.08, 0.6, 100, 2'000);
}

Workload workload_c() {
  Workload workload{"c", {}};
  Random random(3);
  workload.outlines.push_back(coast(random, 36.5, 35.5, 1.6, 50'000));
  workload.outlines.push_back(coast(random, 39.5, 34.0, 1.8, 50'000));
  workload.outlines.push_back(coast(random, 40.5, 36.0, 1.2, 50'000));
  return workload;
}

Workload workload_b_drawn(std::size_t every, areas::EdgeKind edges) {
  Workload workload = workload_b();
  for (Outline& outline : workload.outlines) {
    areas::Polygon sparse;
    const areas::Ring& ring = outline.polygons[0].outer;
    for (std::size_t i = 0; i < ring.size(); i += every) sparse.outer.push_back(ring[i]);
    auto drawn = areas::drawn(sparse, edges);
    CHECK(drawn.has_value());
    outline = {{std::move(*drawn)}};
  }
  return workload;
}

Workload workload_of(std::size_t areas) {
  const double radius = 0.9 * std::sqrt(2 * 63 / (pi * 1.2 * static_cast<double>(areas)));
  return scattered(std::to_string(areas), 4, static_cast<int>(areas), std::min(2.5, radius * 0.7),
                   std::min(3.5, radius * 1.4), 100, 100);
}

std::vector<Point> positions_for(std::size_t count) {
  std::vector<Point> positions;
  positions.reserve(count);
  Random random(10);
  Tracks tracks(random);
  while (positions.size() < count / 2) {
    for (std::size_t i = 0; i < Tracks::count && positions.size() < count / 2; ++i)
      positions.push_back(tracks.place(i));
    tracks.step(5);
  }
  while (positions.size() < count)
    positions.push_back(
        *quantities::point_from_degrees(random.between(west, east), random.between(south, north)));
  return positions;
}

std::vector<quantities::Length> heights_for(std::size_t count) {
  Random random(11);
  std::vector<quantities::Length> heights;
  heights.reserve(count);
  for (std::size_t i = 0; i < count; ++i)
    heights.push_back(quantities::feet(25.0 * static_cast<double>(random.next() % 1'600)));
  return heights;
}

std::vector<quantities::Instant> times_for(std::size_t count) {
  const quantities::Instant first{1'456'531'200'000'000};
  std::vector<quantities::Instant> times;
  times.reserve(count);
  for (std::size_t i = 0; i < count; ++i)
    times.push_back(first + quantities::seconds(5) * static_cast<std::int64_t>(i / Tracks::count));
  return times;
}

std::vector<areas::Window> windows_for(std::size_t areas) {
  Random random(12);
  const quantities::Instant first{1'456'531'200'000'000};
  std::vector<areas::Window> windows;
  for (std::size_t i = 0; i < areas; ++i) {
    areas::Window window;
    window.floor = quantities::feet(100.0 * random.count(0, 80));
    window.ceiling = window.floor + quantities::feet(100.0 * random.count(100, 400));
    window.valid.from = first + quantities::seconds(random.count(0, 6'000));
    window.valid.until = window.valid.from + quantities::seconds(random.count(6'000, 30'000));
    windows.push_back(window);
  }
  return windows;
}

std::vector<areas::Leg> legs_for(std::size_t count) {
  Random random(13);
  Tracks tracks(random);
  std::vector<areas::Leg> legs;
  quantities::Instant at{1'456'531'200'000'000};
  while (legs.size() < count) {
    std::vector<Point> before;
    for (std::size_t i = 0; i < Tracks::count; ++i) before.push_back(tracks.place(i));
    tracks.step(60);
    for (std::size_t i = 0; i < Tracks::count && legs.size() < count; ++i) {
      const Point after = tracks.place(i);
      // Not those that came in again on the other side.
      if (std::abs(after.longitude_e7 - before[i].longitude_e7) > 10'000'000 ||
          std::abs(after.latitude_e7 - before[i].latitude_e7) > 10'000'000)
        continue;
      legs.push_back({before[i], after, at, at + quantities::seconds(60)});
    }
    at = at + quantities::seconds(60);
  }
  return legs;
}

std::vector<Point> probes_for(const Workload& workload, std::size_t about) {
  Random random(14);
  std::size_t vertices = 0;
  for (const Outline& o : workload.outlines) vertices += o.polygons[0].outer.size();
  const std::size_t step = std::max<std::size_t>(1, vertices * 18 / about);
  std::vector<Point> probes;
  std::size_t k = 0;
  for (const Outline& outline : workload.outlines) {
    const areas::Ring& ring = outline.polygons[0].outer;
    for (; k < ring.size(); k += step) {
      const areas::Vertex a = ring[k], b = ring[(k + 1) % ring.size()];
      const double u = random.share();
      const areas::Vertex on{
          a.longitude_e7 + std::llround(u * static_cast<double>(b.longitude_e7 - a.longitude_e7)),
          a.latitude_e7 + std::llround(u * static_cast<double>(b.latitude_e7 - a.latitude_e7))};
      for (const areas::Vertex v : {a, on})
        for (int dx = -1; dx <= 1; ++dx)
          for (int dy = -1; dy <= 1; ++dy)
            probes.push_back({static_cast<std::int32_t>(v.longitude_e7 + dx),
                              static_cast<std::int32_t>(v.latitude_e7 + dy)});
    }
    k -= ring.size();
  }
  return probes;
}

}  // namespace truce::bench
