// Peers: the same questions answered by well-kept libraries, in the same run.
//
// GEOS is given the numbers of the lattice as doubles, which are whole, so that its answers can be
// compared with ours one by one: an STRtree over the envelopes, and behind it an
// IndexedPointInAreaLocator an area. S2 is given longitudes and latitudes in degrees; its edges are
// geodesics on a sphere, so its answers near an edge are its own.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "areas/legs.h"
#include "areas/outline.h"
#include "areas/screen.h"

namespace truce::bench {

class GeosPeer {
 public:
  /// Builds the tree and the index of every locator.
  explicit GeosPeer(std::span<const areas::Outline> outlines);
  ~GeosPeer();
  GeosPeer(const GeosPeer&) = delete;
  GeosPeer& operator=(const GeosPeer&) = delete;
  /// Appends what is held of every position, in the order of positions; areas in no order.
  void find(std::span<const areas::Point> positions, std::vector<areas::Held>& found);
  /// For every leg, the areas whose prepared geometry intersects it: (leg, area), in the order of
  /// legs; areas in no order.
  void meet(std::span<const areas::Leg> legs,
            std::vector<std::pair<std::uint32_t, std::uint32_t>>& found);

 private:
  struct Index;
  std::unique_ptr<Index> index_;
};

class S2Peer {
 public:
  explicit S2Peer(std::span<const areas::Outline> outlines);
  ~S2Peer();
  S2Peer(const S2Peer&) = delete;
  S2Peer& operator=(const S2Peer&) = delete;
  void find(std::span<const areas::Point> positions, std::vector<areas::Held>& found);

 private:
  struct Index;
  std::unique_ptr<Index> index_;
};

}  // namespace truce::bench
