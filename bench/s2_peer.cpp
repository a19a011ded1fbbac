#include <s2/mutable_s2shape_index.h>
#include <s2/s2contains_point_query.h>
#include <s2/s2latlng.h>
#include <s2/s2lax_polygon_shape.h>

#include "bench/peers.h"

namespace truce::bench {

namespace {

S2Point point_of(double longitude_e7, double latitude_e7) {
  return S2LatLng::FromDegrees(latitude_e7 * 1e-7, longitude_e7 * 1e-7).ToPoint();
}

}  // namespace

struct S2Peer::Index {
  MutableS2ShapeIndex shapes;
};

S2Peer::S2Peer(std::span<const areas::Outline> outlines) : index_(std::make_unique<Index>()) {
  for (const areas::Outline& outline : outlines) {
    std::vector<S2Point> loop;
    for (const areas::Vertex v : outline.polygons[0].outer)
      loop.push_back(
          point_of(static_cast<double>(v.longitude_e7), static_cast<double>(v.latitude_e7)));
    index_->shapes.Add(
        std::make_unique<S2LaxPolygonShape>(std::vector<std::vector<S2Point>>{std::move(loop)}));
  }
  index_->shapes.ForceBuild();
}

S2Peer::~S2Peer() = default;

void S2Peer::find(std::span<const areas::Point> positions, std::vector<areas::Held>& found) {
  auto query = MakeS2ContainsPointQuery(&index_->shapes);
  for (std::uint32_t i = 0; i < positions.size(); ++i) {
    query.VisitContainingShapes(point_of(positions[i].longitude_e7, positions[i].latitude_e7),
                                [&](S2Shape* shape) {
                                  found.push_back({i, static_cast<std::uint32_t>(shape->id()), 0});
                                  return true;
                                });
  }
}

}  // namespace truce::bench
