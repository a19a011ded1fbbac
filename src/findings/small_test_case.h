// A made-up case for tests of findings: one square area, one rule, one aircraft of a party that is
// bound by it, seen by two independent posts as it flies straight through. Every test changes the
// one thing that it is about.
#pragma once

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "findings/assess.h"
#include "observations/observations.h"
#include "terms/agreement.h"

namespace truce::findings::small {

using quantities::Duration;
using quantities::feet;
using quantities::metres;
using quantities::minutes;
using quantities::Period;
using quantities::seconds;

inline Instant at(const std::string& text) {
  return quantities::instant_from(text).value();
}
/// The aircraft is seen from noon on, every ten seconds, 21 times; the fixes at 50 s and at 150 s
/// lie on the western and on the eastern edge, those between inside.
inline const Instant noon = at("2016-03-01T12:00:00Z");
inline Instant after(std::int64_t s) {
  return noon + seconds(s);
}

constexpr observations::Address plane{0x778123};  // in the block of Syria

inline areas::Outline square(double west, double south, double size) {
  const auto v = [](double lon, double lat) {
    const auto p = *quantities::point_from_degrees(lon, lat);
    return areas::Vertex{p.longitude_e7, p.latitude_e7};
  };
  return {{{{v(west, south), v(west + size, south), v(west + size, south + size),
             v(west, south + size)},
            {}}}};
}

inline terms::Area area(const std::string& id, areas::Outline outline) {
  terms::Area a;
  a.id = id;
  a.grade = "significant";
  a.outline = std::move(outline);
  a.floor = {terms::Reference::surface, {}, "SFC"};
  a.ceiling = {terms::Reference::unlimited, {}, "UNL"};
  return a;
}

inline terms::Agreement agreement() {
  terms::Agreement a;
  a.id = "small";
  a.in_force.from = at("2016-02-27T00:00:00Z");
  a.co_chairs = {"ru", "us"};
  a.zone_offsets = {{quantities::earliest_instant, 0}};
  terms::Party government, opposition;
  government.id = "government";
  government.name = {{"en", "the Government"}};
  opposition.id = "opposition";
  a.parties = {government, opposition};
  a.grades = {{"significant", "significant presence"}};
  a.areas = {area("A-1", square(36.0, 35.0, 0.2))};
  a.areas[0].valid.from = a.in_force.from;
  terms::FlightRule rule;
  rule.id = "4.1";
  rule.clause = "No aircraft of the Government shall fly in a designated area.";
  rule.by = {"government"};
  rule.areas = {"A-1"};
  rule.valid.from = a.in_force.from;
  a.rules = {rule};
  return a;
}

inline terms::Exception medical() {
  terms::Exception e;
  e.id = "medical";
  e.purpose = terms::Purpose::medical_evacuation;
  e.notice = {terms::NoticeNeed::Kind::before, quantities::hours(2), "2 h before"};
  e.answer = terms::AnswerNeed::acknowledged;
  return e;
}

using Kind = observations::NoticeStep::Kind;

/// Meets every condition of `medical` for the flight.
inline observations::Notice notice() {
  observations::Notice n;
  n.id = "N-1";
  n.party = "government";
  n.purpose = "medical evacuation";
  n.addresses = {plane};
  n.from = at("2016-03-01T11:50:00Z");
  n.until = at("2016-03-01T12:30:00Z");
  n.steps = {{Kind::notified, at("2016-03-01T08:00:00Z"), "government"},
             {Kind::acknowledged, at("2016-03-01T09:00:00Z"), "us"}};
  return n;
}

inline observations::PositionReport report(std::uint32_t input, std::int64_t second,
                                           double longitude, double latitude) {
  observations::PositionReport r;
  r.at = after(second);
  r.address = plane;
  r.point = *quantities::point_from_degrees(longitude, latitude);
  r.evidence = {input, static_cast<std::uint32_t>(second + 1)};
  return r;
}

inline observations::Observations observations_without_positions(std::size_t posts = 2) {
  observations::Observations seen;
  for (std::size_t i = 0; i < posts; ++i) {
    observations::Source source;
    source.id = source.origin = "post-" + std::to_string(i + 1);
    source.bounds.position = metres(50);
    source.bounds.pressure_altitude = feet(50);
    seen.sources.declared.push_back(source);
    observations::Input input;
    input.name = "observations/" + source.id + ".csv";
    input.digest = base::sha256(input.name);
    input.source = source.id;
    seen.inputs.push_back(input);
  }
  seen.aircraft.add(observations::PartyTies{.party = "government",
                                            .states = {},
                                            .operators = {},
                                            .call_signs = {},
                                            .addresses = {"778123"},
                                            .registrations = {},
                                            .types = {}});
  return seen;
}

/// Straight through from west to east at 35.1 N, from post `input`, `from` to `until` seconds.
inline void add_flight(observations::Observations& seen, std::uint32_t input, std::int64_t from = 0,
                       std::int64_t until = 200, double feet_high = 5'000,
                       const std::string& call_sign = "") {
  for (std::int64_t s = from; s <= until; s += 10) {
    auto r = report(input, s, 35.9 + 0.002 * static_cast<double>(s), 35.1);
    r.pressure_altitude = static_cast<std::int32_t>(feet(feet_high).tenth_mm);
    r.call_sign = call_sign;
    seen.positions.add(r);
  }
}

inline observations::Observations observations_of_the_flight() {
  observations::Observations seen = observations_without_positions();
  add_flight(seen, 0);
  add_flight(seen, 1);
  return seen;
}

/// Everywhere, unless a centre and a radius are set.
inline observations::Restriction jamming(std::int64_t from, std::int64_t until) {
  observations::Restriction r;
  r.id = "jamming";
  r.when = {after(from), after(until)};
  return r;
}

struct Case {
  terms::Agreement agreed = agreement();
  observations::Observations seen = observations_of_the_flight();
};

inline std::vector<Finding> findings_of(const Case& c) {
  return assess(c.agreed, c.seen, {})->findings;
}

/// The verdict of the only finding; "none" and "several" where there is not one.
inline std::string verdict_of(const Case& c) {
  const auto findings = findings_of(c);
  if (findings.size() > 1) return "several";
  return findings.empty() ? "none" : std::string(to_string(findings[0].verdict));
}

inline bool any_contains(const std::vector<std::string>& texts, const std::string& part) {
  return std::any_of(texts.begin(), texts.end(),
                     [&](const std::string& text) { return text.find(part) != std::string::npos; });
}

}  // namespace truce::findings::small
