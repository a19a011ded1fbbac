// Workloads: areas and positions made up from one seed, the same on every machine with the same
// mathematical library. They are what the tables in docs/benchmarks.md speak of.
//
//   a   30 areas of 50 to 500 vertices
//   b   1,000 overlapping areas of 100 to 2,000 vertices
//   c   3 areas of 50,000 vertices
//
// all between 34 and 43 degrees east, 31 and 38 north. Outlines are rough like coasts: a circle
// with waves of all lengths, the longer the higher, so that they never cross themselves. Positions:
// half on 2,000 tracks, a snapshot of all of them every five seconds; half anywhere.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "areas/edges.h"
#include "areas/legs.h"
#include "areas/outline.h"
#include "areas/windows.h"

namespace truce::bench {

using areas::Outline;
using quantities::Point;

constexpr std::uint64_t seed = 20160227;

struct Workload {
  std::string name;
  std::vector<Outline> outlines;
};

Workload workload_a();
Workload workload_b();
Workload workload_c();
/// The outlines of b with every so-manieth of their vertices, the edges between these drawn as
/// areas/edges.h draws them into a lock.
Workload workload_b_drawn(std::size_t every, areas::EdgeKind edges);
/// As many areas as asked for, of 100 vertices, the smaller the more they are: of any count, every
/// place is held by about two.
Workload workload_of(std::size_t areas);

std::vector<Point> positions_for(std::size_t count);
/// One a position: 0 to 40,000 ft, and five seconds a snapshot.
std::vector<quantities::Length> heights_for(std::size_t count);
std::vector<quantities::Instant> times_for(std::size_t count);
/// One an area: floors, ceilings and hours that leave out about half of what is held.
std::vector<areas::Window> windows_for(std::size_t areas);
/// A minute of each of 2,000 tracks at a time: about 12 km.
std::vector<areas::Leg> legs_for(std::size_t count);
/// Vertices, places on edges, and the eight places of the lattice around each.
std::vector<Point> probes_for(const Workload& workload, std::size_t about);

}  // namespace truce::bench
