#include "findings/assess.h"

#include <gtest/gtest.h>

#include <memory>
#include <set>

#include "findings/small_test_case.h"
#include "observations/sorted_run.h"

namespace truce::findings {
namespace {

using small::after;
using small::Case;
using small::findings_of;
using small::Period;
using small::verdict_of;

void fly_at(Case& c, double feet_high) {
  c.seen.positions = {};
  small::add_flight(c.seen, 0, 0, 200, feet_high);
  small::add_flight(c.seen, 1, 0, 200, feet_high);
}

// The verdicts in the order in which they are decided: each line adds to the one flight what
// outranks, or fails to outrank, everything before it.
TEST(Verdict, FollowsTheOrderOfTheQuestions) {
  const struct {
    const char* name;
    void (*change)(Case&);
    const char* verdict;
  } cases[] = {
      {"every condition met, two origins", [](Case&) {}, "violation"},
      {"the party acceded later",
       [](Case& c) { c.agreed.parties[0].accession = {after(86'400), "ru"}; }, "not applicable"},
      {"the party had withdrawn", [](Case& c) { c.agreed.parties[0].withdrawn = after(-60); },
       "not applicable"},
      {"the party stands outside", [](Case& c) { c.agreed.parties[0].outside = true; },
       "not applicable"},
      {"acceded while inside: from then on it was bound",
       [](Case& c) { c.agreed.parties[0].accession = {after(100), "ru"}; }, "violation"},
      {"the agreement was not yet in force",
       [](Case& c) {
         for (Period* p : {&c.agreed.in_force, &c.agreed.areas[0].valid, &c.agreed.rules[0].valid})
           p->from = after(3'600);
       },
       "not applicable"},
      {"the rule ended before", [](Case& c) { c.agreed.rules[0].valid.until = after(-60); },
       "none"},
      {"the rule ended just before it entered",
       [](Case& c) { c.agreed.rules[0].valid.until = after(40); }, "none"},
      {"the area ended while it was inside",
       [](Case& c) { c.agreed.areas[0].valid.until = after(100); }, "violation"},
      {"the area began while it was inside",
       [](Case& c) { c.agreed.areas[0].valid.from = after(100); }, "violation"},
      {"the area began after it had left",
       [](Case& c) { c.agreed.areas[0].valid.from = after(160); }, "none"},
      {"it belongs to someone else",
       [](Case& c) {
         c.seen.aircraft = {};
         c.seen.aircraft.add(observations::PartyTies{.party = "opposition",
                                                     .states = {},
                                                     .operators = {},
                                                     .call_signs = {},
                                                     .addresses = {"778123"},
                                                     .registrations = {},
                                                     .types = {}});
       },
       "none"},
      {"nobody knows whose it is", [](Case& c) { c.seen.aircraft = {}; },
       "none"},  // the block of Syria is tied to no party: "other"
      {"its kind is not known and the rule asks",
       [](Case& c) { c.agreed.rules[0].aircraft = {terms::AircraftKind::military}; }, "possible"},
      {"too high",
       [](Case& c) {
         c.agreed.areas[0].ceiling = {terms::Reference::pressure, quantities::feet(4'000), "FL40"};
         fly_at(c, 20'000);
       },
       "none"},
      {"high, but it can have gone down and come back between its positions",
       [](Case& c) {
         c.agreed.areas[0].ceiling = {terms::Reference::pressure, quantities::feet(4'000), "FL40"};
       },
       "possible"},
      {"the ceiling lies within the error of its height",
       [](Case& c) {
         c.agreed.areas[0].ceiling = {terms::Reference::pressure, quantities::feet(5'000), "FL50"};
       },
       "possible"},
      {"not below the height that the rule names",
       [](Case& c) {
         c.agreed.rules[0].below =
             terms::Limit{terms::Reference::pressure, quantities::feet(4'000), "FL40"};
         fly_at(c, 20'000);
       },
       "none"},
      {"no bound is stated for its positions",
       [](Case& c) {
         for (auto& s : c.seen.sources.declared) s.bounds.position.reset();
       },
       "possible"},
      {"only one origin",
       [](Case& c) { c.seen.sources.declared[1].origin = c.seen.sources.declared[0].origin; },
       "possible"},
      {"one origin, and every co-chair accepts it",
       [](Case& c) {
         for (auto& s : c.seen.sources.declared) s.origin = "post-1";
         c.seen.sources.declared[1].accepted_by = {"us", "ru"};
       },
       "violation"},
      {"jamming was declared around it",
       [](Case& c) { c.seen.restrictions.push_back(small::jamming(-60, 600)); }, "possible"},
      {"a notice covers it",
       [](Case& c) {
         c.agreed.rules[0].exceptions = {small::medical()};
         c.seen.ledger.notices = {small::notice()};
       },
       "excepted"},
      {"a notice covers it, and the party was not bound",
       [](Case& c) {
         c.agreed.rules[0].exceptions = {small::medical()};
         c.seen.ledger.notices = {small::notice()};
         c.agreed.parties[0].outside = true;
       },
       "not applicable"},
      {"a notice covers what one origin alone shows",
       [](Case& c) {
         c.agreed.rules[0].exceptions = {small::medical()};
         c.seen.ledger.notices = {small::notice()};
         c.seen.sources.declared[1].origin = "post-1";
       },
       "excepted"},
      {"a notice covers the first half only, and the ledger is complete",
       [](Case& c) {
         c.agreed.rules[0].exceptions = {small::medical()};
         c.seen.ledger.notices = {small::notice()};
         c.seen.ledger.notices[0].until = after(100);
         c.seen.ledger.complete = {{after(-86'400), after(86'400)}};
       },
       "violation"},
      {"a notice covers the first half only, and the ledger may lack another",
       [](Case& c) {
         c.agreed.rules[0].exceptions = {small::medical()};
         c.seen.ledger.notices = {small::notice()};
         c.seen.ledger.notices[0].until = after(100);
       },
       "possible"},
      {"no notice, and the ledger is complete",
       [](Case& c) {
         c.agreed.rules[0].exceptions = {small::medical()};
         c.seen.ledger.complete = {{after(-86'400), after(86'400)}};
       },
       "violation"},
      {"no notice, and the ledger has a hole just then",
       [](Case& c) {
         c.agreed.rules[0].exceptions = {small::medical()};
         c.seen.ledger.complete = {{after(-86'400), after(60)}, {after(62), after(86'400)}};
       },
       "violation"},  // at other moments inside it is complete
      {"no notice, and the ledger says nothing of its completeness",
       [](Case& c) { c.agreed.rules[0].exceptions = {small::medical()}; }, "possible"},
  };
  for (const auto& each : cases) {
    SCOPED_TRACE(each.name);
    Case c;
    each.change(c);
    EXPECT_EQ(verdict_of(c), each.verdict);
  }
}

// Who was there already when the flight became prohibited had to give notice by then, and not by
// an entry at which nothing was forbidden.
TEST(Notices, OfOneThatWasThereAlreadyPrecedeTheProhibition) {
  for (const bool area_alone : {false, true}) {
    for (const bool in_time : {false, true}) {
      SCOPED_TRACE(area_alone ? "the area began" : "the agreement began");
      Case c;
      terms::Exception recovery = small::medical();
      recovery.notice = {terms::NoticeNeed::Kind::at_once, {}, "at once"};
      recovery.answer = terms::AnswerNeed::none;
      c.agreed.rules[0].exceptions = {recovery};
      if (!area_alone) {
        c.agreed.in_force.from = after(100);
        c.agreed.rules[0].valid.from = after(100);
      }
      c.agreed.areas[0].valid.from = after(100);
      c.seen.ledger.notices = {small::notice()};
      c.seen.ledger.notices[0].steps = {{small::Kind::notified, after(in_time ? 95 : 105), ""}};
      c.seen.ledger.complete = {{after(-86'400), after(86'400)}};
      EXPECT_EQ(verdict_of(c), in_time ? "excepted" : "violation");
    }
  }
}

// Each origin must show the breach itself: what one sees of it only where a notice covers the
// flight corroborates nothing.
TEST(Verdict, IsNoViolationWhereASecondOriginSawOnlyWhatANoticeCovers) {
  Case c;
  c.agreed.rules[0].exceptions = {small::medical()};
  c.seen = small::observations_without_positions();
  small::add_flight(c.seen, 0);         // the whole way
  small::add_flight(c.seen, 1, 0, 90);  // the first half, within the notified hours
  c.seen.ledger.notices = {small::notice()};
  c.seen.ledger.notices[0].until = after(120);
  c.seen.ledger.complete = {{after(-86'400), after(86'400)}};
  EXPECT_EQ(verdict_of(c), "possible");
  small::add_flight(c.seen, 1, 100, 200);
  EXPECT_EQ(verdict_of(c), "violation");
}

// The answer of a node as its parts give it.
Answer combined(const Reason& reason) {
  if (reason.parts.empty()) return reason.answer;
  Answer answer = reason.combined_by == Reason::Combined::any ? Answer::no : Answer::yes;
  for (const Reason& part : reason.parts)
    answer = reason.combined_by == Reason::Combined::any ? base::either(answer, combined(part))
                                                         : base::both(answer, combined(part));
  // "Was it outside the exception?" carries the exception, which asks the opposite, as its part.
  return reason.combined_by == Reason::Combined::leaf ? base::opposite(answer) : answer;
}

void expect_whole(const Reason& reason) {
  EXPECT_EQ(combined(reason), reason.answer) << reason.question;
  EXPECT_FALSE(reason.question.empty());
  EXPECT_FALSE(reason.because.empty() && reason.parts.empty()) << reason.question;
  for (const Reason& part : reason.parts) expect_whole(part);
}

TEST(Reasons, AreTheDecision) {
  void (*const changes[])(Case&) = {
      [](Case&) {},
      [](Case& c) { c.seen.sources.declared[1].origin = "post-1"; },
      [](Case& c) { c.agreed.parties[0].outside = true; },
      [](Case& c) {
        c.agreed.rules[0].exceptions = {small::medical()};
        c.seen.ledger.notices = {small::notice()};
      },
      [](Case& c) {
        c.agreed.rules[0].exceptions = {small::medical()};
        c.seen.ledger.notices = {small::notice()};
        c.seen.ledger.notices[0].steps.pop_back();
      },
      [](Case& c) {
        for (auto& s : c.seen.sources.declared) s.bounds.position.reset();
      },
  };
  std::size_t number = 0;
  for (const auto change : changes) {
    SCOPED_TRACE(number++);
    Case c;
    change(c);
    const auto findings = findings_of(c);
    ASSERT_EQ(findings.size(), 1u);
    const Finding& f = findings[0];
    expect_whole(f.reasons);
    EXPECT_EQ(f.verdict == Verdict::violation, f.reasons.answer == Answer::yes);
    EXPECT_EQ(f.verdict == Verdict::possible, f.reasons.answer == Answer::unknown);
    EXPECT_EQ(f.verdict == Verdict::possible, !f.unknowns.empty())
        << "what is possible has questions, and nothing else has";
    EXPECT_EQ(f.reasons.because, "verdict: " + std::string(to_string(f.verdict)));
    EXPECT_FALSE(f.evidence.empty());
    EXPECT_EQ(f.id.size(), 16u);
  }
}

// Nobody was seen before or after: a party is named by the register, apart from what it did.
TEST(Attribution, HasItsBasisAndDecidesNothingElse) {
  Case c;
  const Finding known = findings_of(c).at(0);
  EXPECT_EQ(known.party, "government");
  EXPECT_NE(known.affiliation_basis.find("778123"), std::string::npos);
  c.seen.aircraft.add(observations::PartyTies{.party = "opposition",
                                              .states = {},
                                              .operators = {},
                                              .call_signs = {},
                                              .addresses = {"778123"},
                                              .registrations = {},
                                              .types = {}});
  const Finding contradicted = findings_of(c).at(0);
  EXPECT_EQ(contradicted.verdict, Verdict::possible);
  EXPECT_EQ(contradicted.party, "");
  EXPECT_TRUE(small::any_contains(contradicted.unknowns, "Who operates 778123?"));
  EXPECT_EQ(contradicted.entry, known.entry);
}

// Probability informs and never decides: one position whose error reaches across the edge.
TEST(Probability, InformsAndNeverDecides) {
  const struct {
    double longitude;
    int at_least, at_most;
    const char* verdict;
  } cases[] = {{36.1, 1000, 1000, "violation"},
               {36.0004, 500, 999, "possible"},
               {35.9996, 1, 500, "possible"},
               {35.9, -1, 0, "none"}};
  for (const auto& each : cases) {
    SCOPED_TRACE(each.longitude);
    Case c;
    c.seen = small::observations_without_positions();
    for (std::uint32_t post : {0u, 1u}) {
      auto r = small::report(post, 0, each.longitude, 35.1);
      r.containment_cm = 5'000;
      c.seen.positions.add(r);
    }
    EXPECT_EQ(verdict_of(c), each.verdict);
    const auto findings = findings_of(c);
    if (findings.empty()) continue;
    EXPECT_GE(findings[0].probability_permille, each.at_least);
    EXPECT_LE(findings[0].probability_permille, each.at_most);
  }
}

// Entered at 23:58:50, left at 00:00:30: counted once, on the day of the entry; hours are split.
TEST(Counting, GivesTheDayOfEntryUnderTheCutOffHourAndSplitsHours) {
  const struct {
    const char* name;
    std::int32_t cut_off;
    std::int32_t seconds_east;
    quantities::Date counted;
    bool split;
  } cases[] = {
      {"midnight UTC", 0, 0, {2016, 3, 1}, true},
      {"the day begins at six", 6 * 3'600, 0, {2016, 3, 1}, false},
      {"midnight in Damascus was two hours ago", 0, 7'200, {2016, 3, 2}, false},
      {"just before the cut-off", 23 * 3'600 + 59 * 60, 0, {2016, 2, 29}, true},
  };
  for (const auto& each : cases) {
    SCOPED_TRACE(each.name);
    Case c;
    c.seen = small::observations_without_positions();
    const std::int64_t late = 11 * 3'600 + 58 * 60;  // 23:58 UTC
    for (std::uint32_t post : {0u, 1u})
      for (std::int64_t s = 0; s <= 200; s += 10) {
        auto r = small::report(post, late + s, 35.9 + 0.002 * static_cast<double>(s), 35.1);
        c.seen.positions.add(r);
      }
    c.agreed.counting.cut_off_second = each.cut_off;
    c.agreed.zone_offsets = {{quantities::earliest_instant, each.seconds_east}};
    const Findings all = *assess(c.agreed, c.seen, {});
    ASSERT_EQ(all.findings.size(), 1u);
    EXPECT_EQ(all.findings[0].counted_on, each.counted);
    std::int64_t violations = 0;
    quantities::Duration least{}, most{};
    for (const Figure& f : all.figures) {
      violations += f.violations;
      least = least + f.inside_least;
      most = most + f.inside_most;
      EXPECT_EQ(f.violations, f.day == each.counted ? 1 : 0);
      EXPECT_EQ(f.party, "government");
      EXPECT_EQ(f.area, "A-1");
      EXPECT_EQ(f.unknown_kind, f.violations);
      EXPECT_LE(f.inside_least, f.inside_most);
    }
    EXPECT_EQ(violations, 1);
    EXPECT_EQ(all.figures.size(), each.split ? 2u : 1u);
    EXPECT_EQ(least, all.findings[0].inside_least) << "the shares of the days are the whole";
    EXPECT_EQ(most, all.findings[0].inside_most);
  }
}

TEST(Counting, NamesTheKindsOfAircraft) {
  Case c;
  c.seen.aircraft.add(observations::AircraftFacts{.address = small::plane,
                                                  .registration = "YK-001",
                                                  .type = "MI8",
                                                  .operator_name = "",
                                                  .category = "",
                                                  .military = true,
                                                  .evidence = {}});
  const Findings all = *assess(c.agreed, c.seen, {});
  ASSERT_EQ(all.figures.size(), 1u);
  EXPECT_EQ(all.figures[0].military, 1);
  EXPECT_EQ(all.figures[0].helicopters, 1);
  EXPECT_EQ(all.figures[0].civil, 0);
  EXPECT_EQ(all.figures[0].unknown_kind, 0);
}

// Ids stay when evidence is added that does not decide, and when the work is spread otherwise.
TEST(Ids, AreOfRuleAreaSubjectAndDecisiveEvidence) {
  Case c;
  const Finding before = findings_of(c).at(0);
  AssessOptions backwards;
  backwards.for_each = [](std::size_t count, const std::function<void(std::size_t)>& work) {
    for (std::size_t i = count; i-- > 0;) work(i);
  };
  EXPECT_EQ(assess(c.agreed, c.seen, backwards)->findings.at(0).id, before.id);
  auto other = small::report(0, 0, 40, 40);
  other.address = {0x3c6444};
  c.seen.positions.add(other);
  EXPECT_EQ(findings_of(c).at(0).id, before.id);
  c.agreed.rules[0].id = "4.2";
  EXPECT_NE(findings_of(c).at(0).id, before.id);
}

// A run that notes what is asked of it: one aircraft in each part.
class NotingRun : public observations::SortedRun {
 public:
  void add(observations::Positions positions) { aircraft_.push_back(std::move(positions)); }
  std::vector<Part> parts() const override {
    std::vector<Part> parts;
    for (const auto& p : aircraft_)
      parts.push_back(observations::SortedPositions(p).parts().front());
    return parts;
  }
  std::uint64_t size() const override {
    std::uint64_t rows = 0;
    for (const auto& p : aircraft_) rows += p.size();
    return rows;
  }
  quantities::TimeBounds span() const override { return {after(0), after(200)}; }
  base::Result<void> append(std::uint32_t first, std::uint32_t last,
                            observations::Positions& into) const override {
    for (const auto& p : aircraft_) {
      if (p.address.front() < first || p.address.front() > last) continue;
      asked_.insert(p.address.front());
      into.add_judged(p, 0, p.size());
    }
    return {};
  }
  const std::set<std::uint32_t>& asked() const { return asked_; }

 private:
  std::vector<observations::Positions> aircraft_;
  mutable std::set<std::uint32_t> asked_;
};

// Two aircraft on the other side of the world, and the one of the flight, whose address lies
// between theirs.
std::shared_ptr<NotingRun> near_and_far() {
  const auto run = std::make_shared<NotingRun>();
  for (const std::uint32_t address :
       {small::plane.value - 1, small::plane.value, small::plane.value + 1}) {
    Case c;
    for (std::uint32_t& a : c.seen.positions.address) a = address;
    if (address != small::plane.value)
      for (quantities::Point& p : c.seen.positions.point) p.longitude_e7 -= 1'500'000'000;
    run->add(c.seen.positions);
  }
  return run;
}

TEST(Assess, DoesNotReadWhatIsFarFromEveryArea) {
  const Case whole;
  Case c;
  c.seen.positions = {};
  const auto run = near_and_far();
  c.seen.runs = {run};
  for (const std::size_t batch : {1, 40, 1'000}) {
    AssessOptions options;
    options.batch = batch;
    const auto found = assess(c.agreed, c.seen, options);
    ASSERT_TRUE(found);
    ASSERT_EQ(found->findings.size(), 1U);
    EXPECT_EQ(found->findings[0].id, findings_of(whole)[0].id);
  }
  EXPECT_EQ(run->asked(), std::set<std::uint32_t>{small::plane.value});
}

TEST(Assess, ReadsEverythingWhereAHeartbeatCounts) {
  Case c;
  c.seen.positions = {};
  const auto run = near_and_far();
  c.seen.runs = {run};
  c.seen.sources.declared[1].coverage.heartbeat = true;
  ASSERT_TRUE(assess(c.agreed, c.seen, {}));
  EXPECT_EQ(run->asked().size(), 3U);
}

TEST(Assess, ReadsWhatMayHaveComeFromFarWithinASilence) {
  Case c;
  c.seen.positions = {};
  const auto run = std::make_shared<NotingRun>();
  Case flight;
  // 1,000 km to the west: out of reach within ten minutes, and not within thirty.
  for (quantities::Point& p : flight.seen.positions.point) p.longitude_e7 -= 110'000'000;
  run->add(flight.seen.positions);
  c.seen.runs = {run};
  c.agreed.max_gap = small::minutes(10);
  ASSERT_TRUE(assess(c.agreed, c.seen, {}));
  EXPECT_TRUE(run->asked().empty());
  c.agreed.max_gap = small::minutes(30);
  ASSERT_TRUE(assess(c.agreed, c.seen, {}));
  EXPECT_EQ(run->asked().size(), 1U);
}

}  // namespace
}  // namespace truce::findings
