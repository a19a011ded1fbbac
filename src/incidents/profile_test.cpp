#include "incidents/profile.h"

#include <gtest/gtest.h>

namespace truce::incidents {
namespace {

constexpr Instant at(std::int64_t s) {
  return Instant{} + quantities::seconds(s);
}

TEST(Profile, AnswersAtMomentsAndBetweenThem) {
  Profile p;
  p.add(at(10), at(20), Answer::unknown);
  p.add(at(20), at(30), Answer::yes);
  p.add_moment(at(15), Answer::yes);
  p.add_moment(at(30), Answer::no);
  const struct {
    const char* name;
    std::int64_t t;
    Answer answer;
  } moments[] = {
      {"before everything", 5, Answer::no},
      {"where no and unknown meet", 10, Answer::unknown},
      {"within a stretch", 12, Answer::unknown},
      {"a moment of its own", 15, Answer::yes},
      {"where unknown and yes meet", 20, Answer::unknown},
      {"inside yes", 25, Answer::yes},
      {"an end with its own answer", 30, Answer::no},
      {"after everything", 40, Answer::no},
  };
  for (const auto& m : moments) EXPECT_EQ(p.at(at(m.t)), m.answer) << m.name;
  EXPECT_EQ(p.between(at(21), at(29)), Answer::yes);
  EXPECT_EQ(p.between(at(15), at(25)), Answer::unknown);
  EXPECT_EQ(p.between(at(25), at(35)), Answer::unknown);
  EXPECT_EQ(p.between(at(31), at(35)), Answer::no);
}

TEST(Profile, JoinsStretchesOfOneAnswerAndSettlesTwoFixesOfOneMoment) {
  Profile p;
  p.add(at(0), at(1), Answer::yes);
  p.add(at(1), at(2), Answer::yes);
  p.add(at(2), at(2), Answer::no);
  EXPECT_EQ(p.stretches().size(), 1u);
  p.add_moment(at(1), Answer::unknown);
  p.add_moment(at(1), Answer::yes);
  EXPECT_EQ(p.at(at(1)), Answer::yes);
  p.add_moment(at(1), Answer::no);
  EXPECT_EQ(p.at(at(1)), Answer::unknown) << "two fixes that contradict each other settle nothing";
}

// The beginning of a period belongs to it, the end does not.
TEST(ProfileOfPeriods, KeepsItsEdges) {
  const Profile p = profile_of({{at(10), at(20)}}, {});
  EXPECT_EQ(p.at(at(10)), Answer::yes);
  EXPECT_EQ(p.at(at(20)), Answer::no);
  EXPECT_EQ(p.between(at(10), at(20)), Answer::yes);
  EXPECT_EQ(p.between(at(20), at(30)), Answer::no);
  EXPECT_EQ(p.at(Instant{at(10).microseconds - 1}), Answer::no);
}

TEST(ProfileOfPeriods, BlursItsEndsByTheErrorOfTheClock) {
  const Profile p = profile_of({{at(100), at(200)}, {at(203), at(300)}}, quantities::seconds(2));
  EXPECT_EQ(p.at(at(97)), Answer::no);
  EXPECT_EQ(p.at(at(99)), Answer::unknown);
  EXPECT_EQ(p.at(at(101)), Answer::unknown);
  EXPECT_EQ(p.at(at(103)), Answer::yes);
  EXPECT_EQ(p.at(at(201)), Answer::unknown);
  EXPECT_EQ(p.at(at(204)), Answer::unknown);
  EXPECT_EQ(p.at(at(250)), Answer::yes);
  const Profile always = profile_of({{}}, quantities::seconds(2));
  EXPECT_EQ(always.at(at(0)), Answer::yes) << "an end that no input can reach is no end";
}

TEST(Pieces, AreMomentsAndTheStretchesBetweenThem) {
  const std::set<Instant> cuts{at(0), at(5), at(9)};
  const std::vector<Piece> expected{{at(0), at(5)}, {at(5), at(5)}, {at(5), at(9)}};
  EXPECT_EQ(pieces_between(cuts, {at(5), at(7)}), expected);
}

}  // namespace
}  // namespace truce::incidents
