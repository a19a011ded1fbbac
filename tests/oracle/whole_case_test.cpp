// Positions come by ranges of addresses, from memory, from runs put aside and from archives, and
// only aircraft that came near an area are looked at: all of it as if everything had been held at
// once.
#include "tests/oracle/whole_case.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <filesystem>
#include <random>

#include "base/places_test_case.h"
#include "findings/assess.h"
#include "incidents/nearness.h"
#include "incidents/passage.h"
#include "publication/findings_json.h"
#include "publication/tables.h"
#include "service/case_observations.h"
#include "service/case_terms.h"
#include "tests/oracle/ground_oracle.h"

namespace truce {
namespace {

namespace fs = std::filesystem;

// Everything that is said of findings and coverage.
std::string told(const terms::Agreement& agreement, const observations::Observations& seen,
                 findings::Findings found) {
  found.figures.clear();
  found.errata.clear();
  const publication::Edition edition = publication::edition_of(agreement, "0");
  const publication::Assessment assessment{agreement, seen, found, edition};
  return publication::findings_json(assessment) + publication::coverage_csv(assessment);
}

std::vector<fs::path> cases_below(const fs::path& folder) {
  std::vector<fs::path> cases;
  for (const auto& entry : fs::recursive_directory_iterator(folder))
    if (entry.path().filename() == "agreement.toml") cases.push_back(entry.path().parent_path());
  std::sort(cases.begin(), cases.end());
  return cases;
}

TEST(WholeCase, IsJudgedTheSameInPiecesOfAnySize) {
  std::vector<fs::path> cases = cases_below(base::source_folder() / "tests/conformance");
  cases.push_back(base::source_folder() / "examples/joint-implementation-group");
  int compared = 0;
  service::Progress silent({}, 2);
  for (const fs::path& folder : cases) {
    SCOPED_TRACE(folder);
    const auto terms = service::read_terms(folder, service::Lock::use);
    if (!terms.agreement) continue;  // cases of unsound agreements
    std::string wanted;
    for (const std::size_t room : {std::size_t{1} << 30, std::size_t{64}, std::size_t{3}}) {
      if (room == 3 && folder.filename() == "joint-implementation-group") continue;
      service::Aside aside(fs::temp_directory_path());
      const auto read = service::read_observations(folder, terms.inputs, 1, {room, &aside}, silent);
      if (!read.problems.empty()) break;
      if (wanted.empty())
        wanted = told(*terms.agreement, read.observations,
                      oracle::assess_whole(*terms.agreement, read.observations));
      for (const std::size_t batch : {std::size_t{1}, std::size_t{100}, std::size_t{1} << 20}) {
        findings::AssessOptions options;
        options.batch = batch;
        const auto found = findings::assess(*terms.agreement, read.observations, options);
        ASSERT_TRUE(found);
        EXPECT_EQ(told(*terms.agreement, read.observations, *found), wanted)
            << room << " positions in memory, " << batch << " at a time";
        ++compared;
      }
    }
  }
  EXPECT_GT(compared, 300);
}

// An aircraft that is passed over came near nothing.
RC_GTEST_PROP(Nearness, PassesOverOnlyWhatNoPassageIsFoundFor, ()) {
  std::mt19937_64 random(*rc::gen::arbitrary<std::uint64_t>());
  const auto real = [&](double low, double high) {
    return std::uniform_real_distribution<double>(low, high)(random);
  };
  // Now and then across the antimeridian or near a pole.
  const double lon = std::vector{36.0, 179.9, -179.9}[random() % 3];
  const double lat = std::vector{35.0, -20.0, 89.0}[random() % 3];
  const areas::Region region(oracle::random_outline(
      random, *quantities::point_from_degrees(lon, lat), 3'000'000, 12, false));
  observations::Observations seen;
  observations::Source source;
  source.id = "post";
  if (random() % 3 != 0) source.bounds.position = quantities::metres(real(0, 3'000));
  if (random() % 3 == 0) source.bounds.time = quantities::seconds(random() % 20);
  seen.sources.declared.push_back(source);
  observations::Input input;
  input.name = "a";
  input.source = "post";
  seen.inputs.push_back(input);
  double x = lon + real(-4, 4), y = std::clamp(lat + real(-4, 4), -89.9, 89.9);
  double turn = real(0, 6.28);
  std::int64_t at = 0;
  for (int i = 0; i < 60; ++i) {
    observations::PositionReport r;
    const double home = x > 180 ? x - 360 : x < -180 ? x + 360 : x;
    r.at = quantities::Instant{at};
    r.address = {1};
    r.point = *quantities::point_from_degrees(home, std::clamp(y, -90.0, 90.0));
    if (random() % 4 == 0) r.containment_cm = static_cast<std::uint32_t>(random() % 200'000);
    if (random() % 9 == 0) r.set(observations::Mark::on_ground);
    seen.positions.add(r);
    if (random() % 5 == 0) seen.positions.add(r);
    const double seconds = random() % 20 == 0 ? real(0, 3'000) : real(0, 30);
    at += std::llround(seconds * 1e6);
    turn += real(-0.3, 0.3);
    const double metres = 220 * seconds * (random() % 60 == 0 ? 9 : 1);
    x += metres * std::cos(turn) / 111'000;
    y += metres * std::sin(turn) / 111'000;
  }
  const auto rows = observations::rows_in_order(seen.positions);
  const auto numbers = incidents::source_numbers(seen);
  incidents::TrackRules rules;  // short silences, so that some are far enough away
  if (random() % 2 == 0) rules.max_gap = quantities::seconds(random() % 300);
  const auto aircraft = incidents::aircraft_of(seen, numbers, seen.positions, rows, rules);
  bool met = false;
  for (const incidents::Track& track : aircraft.tracks)
    met = met || !incidents::passage_of(track, incidents::boxes_of(track), region).empty();
  const incidents::Nearness nearness({&region});
  const bool clear = incidents::keeps_clear(
      numbers, seen.positions, rows, observations::flight_class(aircraft.nature.flight_class),
      rules, nearness);
  RC_CLASSIFY(clear, "passed over");
  RC_CLASSIFY(met, "met the area");
  RC_ASSERT(!(clear && met));
  // Nor one that is not even read: whatever parts its rows lie in.
  const auto parts = observations::SortedPositions(seen.positions).parts();
  const bool skipped = std::all_of(parts.begin(), parts.end(), [&](const auto& part) {
    return incidents::part_keeps_clear(numbers, part.where,
                                       observations::flight_class(aircraft.nature.flight_class),
                                       rules, nearness);
  });
  RC_CLASSIFY(skipped, "not read");
  RC_ASSERT(!(skipped && met));
}

}  // namespace
}  // namespace truce
