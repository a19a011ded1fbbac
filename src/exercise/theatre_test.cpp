#include "exercise/theatre.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "terms/outlines.h"
#include "terms/reading.h"

namespace truce::exercise {
namespace {

const terms::Agreement& agreement() {
  static const terms::Reading reading =
      terms::read_agreement(joint_implementation_group_toml(), "agreement.toml");
  for (const auto& problem : reading.problems)
    ADD_FAILURE() << problem.where << ": " << problem.message;
  for (const auto& warning : reading.warnings)
    ADD_FAILURE() << warning.where << ": " << warning.message;
  return *reading.agreement;
}

std::string height_text(const TheatreHeight& height) {
  using Above = TheatreHeight::Above;
  const auto feet = std::to_string(std::llround(height.height_m / 0.3048));
  switch (height.above) {
    case Above::surface: return "surface";
    case Above::unlimited: return "unlimited";
    case Above::standard_pressure: return "pressure " + feet;
    case Above::sea_level: return "sea level " + feet;
    case Above::ground: return "ground " + feet;
  }
  return "";
}

std::string height_text(const terms::Limit& limit) {
  using terms::Reference;
  const auto feet = std::to_string(std::llround(limit.height.in_feet()));
  switch (limit.reference) {
    case Reference::surface: return "surface";
    case Reference::unlimited: return "unlimited";
    case Reference::pressure: return "pressure " + feet;
    case Reference::mean_sea_level: return "sea level " + feet;
    case Reference::ground: return "ground " + feet;
  }
  return "";
}

// The text of the agreement and the values that the truth is worked out from say the same.
TEST(Theatre, HasTheAreasOfItsText) {
  const Theatre& theatre = joint_implementation_group();
  ASSERT_EQ(agreement().areas.size(), theatre.areas.size());
  for (const TheatreArea& ours : theatre.areas) {
    SCOPED_TRACE(ours.id);
    // Open here, where the text lets it begin with the agreement.
    const Instant from = std::max(ours.valid.from, theatre.in_force);
    const auto theirs =
        std::find_if(agreement().areas.begin(), agreement().areas.end(),
                     [&](const terms::Area& a) { return a.id == ours.id && a.valid.from == from; });
    ASSERT_NE(theirs, agreement().areas.end());
    EXPECT_EQ(theirs->valid.until, ours.valid.until);
    EXPECT_EQ(theirs->grade, ours.grade);
    EXPECT_EQ(theirs->name.at("en"), ours.name);
    EXPECT_EQ(theirs->name.at("ar"), ours.name_ar);
    EXPECT_EQ(height_text(theirs->floor), height_text(ours.floor));
    EXPECT_EQ(height_text(theirs->ceiling), height_text(ours.ceiling));
    using Kind = terms::OutlineSource::Kind;
    switch (ours.shape) {
      case TheatreArea::Shape::polygon: {
        ASSERT_EQ(theirs->source.kind, Kind::file);
        const auto outline =
            terms::read_outline({"areas.geojson", {{"areas.geojson", theatre.areas_geojson}}},
                                theirs->source.layer, theirs->source.feature, theirs->source.edges);
        ASSERT_TRUE(outline.has_value()) << outline.error().front().message;
        ASSERT_EQ(outline->polygons.size(), 1u);
        const auto corners = [](areas::Ring ring) {
          std::sort(ring.begin(), ring.end());
          return ring;
        };
        EXPECT_EQ(corners(outline->polygons[0].outer), corners(ours.outline.polygons[0].outer));
        ASSERT_EQ(outline->polygons[0].holes.size(), ours.outline.polygons[0].holes.size());
        break;
      }
      case TheatreArea::Shape::circle:
        ASSERT_EQ(theirs->source.kind, Kind::circle);
        EXPECT_EQ(theirs->source.centre, lattice(ours.line.front()));
        EXPECT_EQ(theirs->source.radius, quantities::metres(ours.reach_m));
        break;
      case TheatreArea::Shape::corridor:
        ASSERT_EQ(theirs->source.kind, Kind::corridor);
        EXPECT_EQ(theirs->source.radius, quantities::metres(ours.reach_m));
        ASSERT_EQ(theirs->source.vertices.size(), ours.line.size());
        for (std::size_t i = 0; i < ours.line.size(); ++i)
          EXPECT_EQ(theirs->source.vertices[i], lattice(ours.line[i]));
        break;
    }
    if (theirs->terrain) {
      EXPECT_LE(theirs->terrain->least, quantities::metres(320));
      EXPECT_GE(theirs->terrain->most, quantities::metres(480));
    }
  }
}

TEST(Theatre, HasTheRulesOfItsText) {
  const Theatre& theatre = joint_implementation_group();
  EXPECT_EQ(agreement().in_force.from, theatre.in_force);
  EXPECT_EQ(agreement().max_gap, quantities::minutes(30));
  ASSERT_EQ(agreement().rules.size(), theatre.rules.size());
  for (std::size_t i = 0; i < theatre.rules.size(); ++i) {
    const TheatreRule& ours = theatre.rules[i];
    const terms::FlightRule& theirs = agreement().rules[i];
    SCOPED_TRACE(ours.id);
    EXPECT_EQ(theirs.id, ours.id);
    EXPECT_EQ(theirs.by, ours.by);
    ASSERT_EQ(theirs.aircraft.size(), 1u);
    EXPECT_EQ(theirs.aircraft[0], ours.aircraft == TheatreRule::Aircraft::military
                                      ? terms::AircraftKind::military
                                      : terms::AircraftKind::combat);
    for (const terms::Area& area : agreement().areas)
      EXPECT_EQ(terms::Agreement::covers(theirs, area),
                std::find(ours.areas.begin(), ours.areas.end(), area.id) != ours.areas.end())
          << area.id;
    EXPECT_EQ(theirs.below.has_value(), ours.below.has_value());
    if (ours.below && theirs.below) {
      EXPECT_EQ(height_text(*theirs.below), height_text(*ours.below));
    }
    EXPECT_FALSE(theirs.above.has_value());
    ASSERT_EQ(theirs.when.size(), ours.when.size());
    for (std::size_t w = 0; w < ours.when.size(); ++w) {
      EXPECT_EQ(theirs.when[w].weekdays, ours.when[w].weekdays);
      EXPECT_EQ(theirs.when[w].from_second, ours.when[w].from_second);
      EXPECT_EQ(theirs.when[w].until_second, ours.when[w].until_second);
    }
    ASSERT_EQ(theirs.exceptions.size(), ours.exceptions.size());
    for (std::size_t e = 0; e < ours.exceptions.size(); ++e) {
      const TheatreException& our_exception = ours.exceptions[e];
      const auto their_exception =
          std::find_if(theirs.exceptions.begin(), theirs.exceptions.end(),
                       [&](const terms::Exception& x) { return x.id == our_exception.id; });
      ASSERT_NE(their_exception, theirs.exceptions.end()) << our_exception.id;
      EXPECT_EQ(to_string(their_exception->purpose), our_exception.purpose);
      EXPECT_EQ(their_exception->notice.lead, our_exception.lead);
      EXPECT_EQ(their_exception->notice.kind == terms::NoticeNeed::Kind::before,
                our_exception.notice == TheatreException::NoticeBy::lead_before_entry);
      EXPECT_EQ(their_exception->answer == terms::AnswerNeed::acknowledged,
                our_exception.acknowledged);
      EXPECT_EQ(their_exception->window_tolerance, our_exception.window_tolerance);
      EXPECT_EQ(their_exception->corridor.has_value(), our_exception.corridor_m.has_value());
      if (their_exception->corridor && our_exception.corridor_m) {
        EXPECT_EQ(*their_exception->corridor, quantities::metres(*our_exception.corridor_m));
      }
      EXPECT_TRUE(their_exception->identity);
      EXPECT_TRUE(their_exception->window);
      EXPECT_FALSE(their_exception->altitude_band);
    }
  }
}

TEST(Theatre, HasTheLocalTimeOfItsZone) {
  const Theatre& theatre = joint_implementation_group();
  for (const char* text :
       {"2016-02-27T00:00:00Z", "2016-03-24T21:59:59Z", "2016-03-24T22:00:00Z",
        "2016-07-01T12:00:00Z", "2016-10-27T20:59:59Z", "2016-10-27T21:00:00Z"}) {
    const Instant t = *quantities::instant_from(text);
    EXPECT_EQ(theatre.seconds_east_at(t), terms::seconds_east_at(agreement(), t)) << text;
  }
}

TEST(Theatre, SendsFlightsToPlacesInItsAreasAndFromFieldsOutside) {
  for (const TheatreArea& area : joint_implementation_group().areas) {
    for (const Place& place : area.within) EXPECT_TRUE(lies_over(area, place)) << area.id;
    for (const Airfield& field : joint_implementation_group().airfields)
      EXPECT_FALSE(lies_over(area, field.place)) << area.id << " " << field.name;
  }
}

// The two besieged villages are a hole in A-01, and a corridor ends round.
TEST(Theatre, KnowsWhatLiesOverAnArea) {
  const auto& areas = joint_implementation_group().areas;
  EXPECT_TRUE(lies_over(areas[0], {35.93, 36.60}));
  EXPECT_FALSE(lies_over(areas[0], {35.995, 36.70}));
  EXPECT_FALSE(lies_over(areas[0], {35.40, 36.60}));
  const TheatreArea& road = areas[6];
  ASSERT_EQ(road.id, "A-06");
  EXPECT_TRUE(lies_over(road, moved(road.line.back(), {2'990, 0})));
  EXPECT_FALSE(lies_over(road, moved(road.line.back(), {3'010, 0})));
}

}  // namespace
}  // namespace truce::exercise
