#include "findings/standard.h"

#include <gtest/gtest.h>

namespace truce::findings {
namespace {

using Acceptance = terms::EvidenceStandard::Acceptance;

TEST(EvidenceStandard, AsksForOriginsOrForASourceThatTheCoChairsAccept) {
  const struct {
    const char* name;
    int wanted;
    std::vector<Support> supports;
    Answer met;
    const char* because;
  } cases[] = {
      {"nobody shows it", 2, {}, Answer::unknown, "no origin shows it by itself"},
      {"one of two", 2, {{"a", "x", false}}, Answer::unknown, "shown by x alone"},
      {"two sources of one origin",
       2,
       {{"a", "x", false}, {"b", "x", false}},
       Answer::unknown,
       "shown by x alone"},
      {"two origins",
       2,
       {{"a", "x", false}, {"b", "y", false}},
       Answer::yes,
       "2 independent origins"},
      {"one, where one is asked for", 1, {{"a", "x", false}}, Answer::yes, "1 independent"},
      {"two of three", 3, {{"a", "x", false}, {"b", "y", false}}, Answer::unknown, "asks for 3"},
      {"accepted", 2, {{"a", "x", true}}, Answer::yes, "the source a, which the co-chairs accept"},
  };
  for (const auto& each : cases) {
    SCOPED_TRACE(each.name);
    terms::Agreement agreement;
    agreement.evidence_standard.origins = each.wanted;
    const Reason r = standard_reason(agreement, each.supports, {"x"});
    EXPECT_EQ(r.answer, each.met) << "what is not met is open, never refuted";
    EXPECT_NE(r.because.find(each.because), std::string::npos) << r.because;
  }
}

TEST(Acceptance, IsOfAllCoChairsOfAnyOrOfNobody) {
  using Texts = std::vector<std::string>;
  const struct {
    Acceptance asked;
    Texts co_chairs, accepted_by;
    bool accepted;
  } cases[] = {
      {Acceptance::all_co_chairs, {"ru", "us"}, {"us", "ru"}, true},
      {Acceptance::all_co_chairs, {"ru", "us"}, {"us"}, false},
      {Acceptance::all_co_chairs, {"ru", "us"}, {}, false},
      {Acceptance::all_co_chairs, {}, {"us"}, false},  // nobody is there to accept
      {Acceptance::any_co_chair, {"ru", "us"}, {"us"}, true},
      {Acceptance::any_co_chair, {"ru", "us"}, {"fr"}, false},
      {Acceptance::any_co_chair, {}, {}, false},
      {Acceptance::nobody, {"ru", "us"}, {"us", "ru"}, false},
  };
  std::size_t number = 0;
  for (const auto& each : cases) {
    SCOPED_TRACE(number++);
    terms::Agreement agreement;
    agreement.co_chairs = each.co_chairs;
    agreement.evidence_standard.accepted_by = each.asked;
    observations::Source source;
    source.accepted_by = each.accepted_by;
    EXPECT_EQ(is_accepted(source, agreement), each.accepted);
  }
}

TEST(Origin, IsTheSourceItselfWhereItNamesNoneAndOneForAllUndeclared) {
  observations::Source own, shared;
  own.id = "a";
  shared.id = "b";
  shared.origin = "x";
  EXPECT_EQ(origin_of(own), "a");
  EXPECT_EQ(origin_of(shared), "x");
  EXPECT_EQ(origin_of(observations::Sources::undeclared()), "undeclared");
}

}  // namespace
}  // namespace truce::findings
