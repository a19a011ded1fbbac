#include "tests/oracle/ground_oracle.h"

#include <algorithm>
#include <cmath>

namespace truce::oracle {

namespace {

__extension__ using Wide = __int128;
using areas::Ring;
using areas::Side;
using areas::Vertex;

int turn_of(Vertex a, Vertex b, Vertex p) {
  const Wide t = Wide(b.longitude_e7 - a.longitude_e7) * (p.latitude_e7 - a.latitude_e7) -
                 Wide(p.longitude_e7 - a.longitude_e7) * (b.latitude_e7 - a.latitude_e7);
  return t > 0 ? 1 : t < 0 ? -1 : 0;
}

bool on_edge(Vertex a, Vertex b, Vertex p) {
  if (turn_of(a, b, p) != 0) return false;
  const Wide along = Wide(p.longitude_e7 - a.longitude_e7) * (b.longitude_e7 - a.longitude_e7) +
                     Wide(p.latitude_e7 - a.latitude_e7) * (b.latitude_e7 - a.latitude_e7);
  const Wide whole = Wide(b.longitude_e7 - a.longitude_e7) * (b.longitude_e7 - a.longitude_e7) +
                     Wide(b.latitude_e7 - a.latitude_e7) * (b.latitude_e7 - a.latitude_e7);
  return along >= 0 && along <= whole;
}

Side side_of_ring(const Ring& ring, Vertex p) {
  int winding = 0;
  for (std::size_t i = 0; i < ring.size(); ++i) {
    const Vertex a = ring[i], b = ring[(i + 1) % ring.size()];
    if (on_edge(a, b, p)) return Side::boundary;
    if (a.latitude_e7 <= p.latitude_e7) {
      if (b.latitude_e7 > p.latitude_e7 && turn_of(a, b, p) > 0) ++winding;
    } else if (b.latitude_e7 <= p.latitude_e7 && turn_of(a, b, p) < 0) {
      --winding;
    }
  }
  return winding != 0 ? Side::inside : Side::outside;
}

template <class Visit>
void each_edge(const areas::Outline& outline, Visit visit) {
  for (const areas::Polygon& polygon : outline.polygons) {
    const auto ring = [&](const Ring& r) {
      for (std::size_t i = 0; i < r.size(); ++i) visit(r[i], r[(i + 1) % r.size()]);
    };
    ring(polygon.outer);
    for (const Ring& hole : polygon.holes) ring(hole);
  }
}

// A fraction; the denominator is above zero.
struct Share {
  std::int64_t above, below;
  friend bool operator<(Share a, Share b) {
    return Wide(a.above) * b.below < Wide(b.above) * a.below;
  }
};

// Narrows [from, to] to the shares of a way from `a` by `step` that lie strictly within (low,
// high); false if none do.
bool clip(std::int64_t a, std::int64_t step, std::int64_t low, std::int64_t high, Share& from,
          Share& to) {
  if (step == 0) return low < a && a < high;
  const Share one{step > 0 ? low - a : a - low, std::abs(step)};
  const Share other{step > 0 ? high - a : a - high, std::abs(step)};
  from = std::max(from, std::min(one, other));
  to = std::min(to, std::max(one, other));
  return from < to;
}

bool has_an_inner_part_in(Vertex a, Vertex b, Vertex low, Vertex high) {
  if (a == b) return false;
  Share from{0, 1}, to{1, 1};
  return clip(a.longitude_e7, b.longitude_e7 - a.longitude_e7, low.longitude_e7, high.longitude_e7,
              from, to) &&
         clip(a.latitude_e7, b.latitude_e7 - a.latitude_e7, low.latitude_e7, high.latitude_e7, from,
              to);
}

}  // namespace

std::vector<areas::Cell> cells_by_clipping(const areas::Outline& outline, std::int64_t size) {
  const std::int64_t turn = quantities::full_turn_e7 / size;
  std::vector<areas::Cell> cells;
  for (const areas::Polygon& polygon : outline.polygons) {
    const areas::Outline alone{{polygon}};
    // Twice as fine, so that the middle of a cell is a place of the lattice.
    areas::Polygon doubled = polygon;
    const auto enlarge = [](Ring& ring) {
      for (Vertex& v : ring) v = {2 * v.longitude_e7, 2 * v.latitude_e7};
    };
    enlarge(doubled.outer);
    for (Ring& hole : doubled.holes) enlarge(hole);
    const areas::Box box = areas::box_of(polygon);
    for (std::int64_t x = box.low.longitude_e7 / size - 2; x <= box.high.longitude_e7 / size + 2;
         ++x)
      for (std::int64_t y = box.low.latitude_e7 / size - 2; y <= box.high.latitude_e7 / size + 2;
           ++y) {
        const Vertex low{x * size, y * size}, high{(x + 1) * size, (y + 1) * size};
        bool meets = false;
        each_edge(alone,
                  [&](Vertex a, Vertex b) { meets |= has_an_inner_part_in(a, b, low, high); });
        if (!meets) {
          const Vertex middle{(2 * x + 1) * size, (2 * y + 1) * size};
          meets = side_of_ring(doubled.outer, middle) == Side::inside;
          for (const Ring& hole : doubled.holes)
            meets = meets && side_of_ring(hole, middle) != Side::inside;
        }
        if (meets)
          cells.push_back(
              {static_cast<std::int32_t>(((x + turn / 2) % turn + turn) % turn - turn / 2),
               static_cast<std::int32_t>(y)});
      }
  }
  std::sort(cells.begin(), cells.end());
  cells.erase(std::unique(cells.begin(), cells.end()), cells.end());
  return cells;
}

Side side_by_winding(const areas::Outline& outline, quantities::Point point) {
  if (std::abs(point.latitude_e7) == quantities::quarter_turn_e7) {
    bool reached = false;
    each_edge(outline, [&](Vertex a, Vertex) { reached |= a.latitude_e7 == point.latitude_e7; });
    return reached ? Side::boundary : Side::outside;
  }
  Side strongest = Side::outside;
  for (std::int64_t turn = -2; turn <= 2; ++turn) {
    const Vertex p{point.longitude_e7 + turn * quantities::full_turn_e7, point.latitude_e7};
    for (const areas::Polygon& polygon : outline.polygons) {
      Side side = side_of_ring(polygon.outer, p);
      for (const Ring& hole : polygon.holes) {
        if (side != Side::inside) break;
        const Side in_hole = side_of_ring(hole, p);
        if (in_hole == Side::inside) side = Side::outside;
        if (in_hole == Side::boundary) side = Side::boundary;
      }
      strongest = std::max(strongest, side);
    }
  }
  return strongest;
}

Margin boundary_margin(const areas::Outline& outline, const areas::Reach& reach, int samples) {
  Margin margin{1e300, 0};
  each_edge(outline, [&](Vertex a, Vertex b) {
    areas::Vector last{};
    for (int k = 0; k <= samples; ++k) {
      const double u = static_cast<double>(k) / samples;
      const auto mix = [&](std::int64_t x, std::int64_t y) {
        return static_cast<double>(x) + u * static_cast<double>(y - x);
      };
      const areas::Vector place =
          areas::place_e7(mix(a.longitude_e7, b.longitude_e7), mix(a.latitude_e7, b.latitude_e7));
      double worst = -1e300;
      for (int i = 0; i < reach.count; ++i)
        worst = std::max(worst, areas::chord(place, reach.balls[i].centre) - reach.balls[i].radius);
      margin.least = std::min(margin.least, worst);
      if (k > 0) margin.error = std::max(margin.error, 0.6 * areas::chord(place, last));
      last = place;
    }
  });
  return margin;
}

areas::Reach reach_at(const incidents::Fix& before, const incidents::Fix& after,
                      const observations::FlightClass& flight, quantities::Instant t) {
  const double since = (t - before.at).in_seconds(), left = (after.at - t).in_seconds();
  const double v = flight.speed_per_second.in_metres();
  const double change = flight.accel_per_second2.in_metres() + 0.5;
  const double s = since / (since + left);
  const areas::Vector p1 = areas::place(before.point), p2 = areas::place(after.point);
  areas::Reach reach;
  reach.count = 3;
  reach.balls[0] = {p1, before.error + v * since, 0};
  reach.balls[1] = {p2, after.error + v * left, 0};
  reach.balls[2] = {p1 * (1 - s) + p2 * s,
                    before.error * (1 - s) + after.error * s + change * since * left / 2, 0};
  return reach;
}

areas::Outline random_outline(std::mt19937_64& random, quantities::Point centre, double radius_e7,
                              int vertices, bool hole) {
  std::uniform_real_distribution<double> share(0.35, 1.0);
  areas::Polygon polygon;
  const auto ring = [&](double scale) {
    Ring r;
    for (int i = 0; i < vertices; ++i) {
      const double angle = 2 * 3.14159265358979323846 * i / vertices;
      const double radius = radius_e7 * scale * share(random);
      r.push_back({centre.longitude_e7 + std::llround(radius * std::cos(angle)),
                   centre.latitude_e7 + std::llround(radius * std::sin(angle))});
    }
    return r;
  };
  polygon.outer = ring(1.0);
  if (hole) polygon.holes.push_back(ring(0.3));
  return {{polygon}};
}

}  // namespace truce::oracle
