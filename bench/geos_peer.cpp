#include <geos/algorithm/locate/IndexedPointInAreaLocator.h>
#include <geos/geom/CoordinateArraySequence.h>
#include <geos/geom/GeometryFactory.h>
#include <geos/geom/LineString.h>
#include <geos/geom/LinearRing.h>
#include <geos/geom/Polygon.h>
#include <geos/geom/prep/PreparedGeometry.h>
#include <geos/geom/prep/PreparedGeometryFactory.h>
#include <geos/index/strtree/TemplateSTRtree.h>

#include "bench/peers.h"

namespace truce::bench {

namespace g = geos::geom;

struct GeosPeer::Index {
  g::GeometryFactory::Ptr factory = g::GeometryFactory::create();
  std::vector<std::unique_ptr<g::Geometry>> shapes;
  std::vector<std::unique_ptr<geos::algorithm::locate::IndexedPointInAreaLocator>> locators;
  std::vector<std::unique_ptr<g::prep::PreparedGeometry>> prepared;
  geos::index::strtree::TemplateSTRtree<std::uint32_t> tree;
};

GeosPeer::GeosPeer(std::span<const areas::Outline> outlines) : index_(std::make_unique<Index>()) {
  for (std::uint32_t i = 0; i < outlines.size(); ++i) {
    const areas::Ring& ring = outlines[i].polygons[0].outer;
    std::vector<g::Coordinate> coordinates;
    coordinates.reserve(ring.size() + 1);
    for (const areas::Vertex v : ring)
      coordinates.emplace_back(static_cast<double>(v.longitude_e7),
                               static_cast<double>(v.latitude_e7));
    coordinates.push_back(coordinates.front());
    auto polygon = index_->factory->createPolygon(index_->factory->createLinearRing(
        std::make_unique<g::CoordinateArraySequence>(std::move(coordinates))));
    index_->tree.insert(*polygon->getEnvelopeInternal(), i);
    index_->locators.push_back(
        std::make_unique<geos::algorithm::locate::IndexedPointInAreaLocator>(*polygon));
    // The index of a locator is made when it is first asked.
    const g::Coordinate first(static_cast<double>(ring[0].longitude_e7),
                              static_cast<double>(ring[0].latitude_e7));
    index_->locators.back()->locate(&first);
    index_->shapes.push_back(std::move(polygon));
  }
  index_->tree.build();
}

GeosPeer::~GeosPeer() = default;

void GeosPeer::find(std::span<const areas::Point> positions, std::vector<areas::Held>& found) {
  for (std::uint32_t i = 0; i < positions.size(); ++i) {
    const g::Coordinate place(positions[i].longitude_e7, positions[i].latitude_e7);
    const g::Envelope envelope(place);
    index_->tree.query(envelope, [&](std::uint32_t area) {
      const g::Location location = index_->locators[area]->locate(&place);
      if (location != g::Location::EXTERIOR)
        found.push_back({i, area, location == g::Location::BOUNDARY});
      return true;
    });
  }
}

void GeosPeer::meet(std::span<const areas::Leg> legs,
                    std::vector<std::pair<std::uint32_t, std::uint32_t>>& found) {
  if (index_->prepared.empty())
    for (const auto& shape : index_->shapes)
      index_->prepared.push_back(g::prep::PreparedGeometryFactory::prepare(shape.get()));
  for (std::uint32_t i = 0; i < legs.size(); ++i) {
    std::vector<g::Coordinate> ends{{static_cast<double>(legs[i].from.longitude_e7),
                                     static_cast<double>(legs[i].from.latitude_e7)},
                                    {static_cast<double>(legs[i].to.longitude_e7),
                                     static_cast<double>(legs[i].to.latitude_e7)}};
    const auto line = index_->factory->createLineString(
        std::make_unique<g::CoordinateArraySequence>(std::move(ends)));
    index_->tree.query(*line->getEnvelopeInternal(), [&](std::uint32_t area) {
      if (index_->prepared[area]->intersects(line.get())) found.emplace_back(i, area);
      return true;
    });
  }
}

}  // namespace truce::bench
