#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "observations/address_ranges.h"
#include "observations/affiliation.h"

namespace truce::observations {
namespace {

using base::Problem;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(Ties, EveryKeyIsRead) {
  const auto reading = read_ties(R"([parties.government]
states        = ["Syrian Arab Republic", "LB"]
operators     = "Syrian*"
call_signs    = ["SYR*"]
addresses     = ["778123", "778100-7781FF"]
registrations = ["YK-*"]
types         = ["Su-24"]
)",
                                 "affiliations.toml");
  EXPECT_THAT(reading.problems, IsEmpty());
  ASSERT_EQ(reading.ties.size(), 1u);
  const PartyTies& t = reading.ties[0];
  EXPECT_EQ(t.party, "government");
  EXPECT_THAT(t.states, ElementsAre("Syria", "Lebanon"));
  EXPECT_THAT(t.operators, ElementsAre("Syrian*"));
  EXPECT_THAT(t.call_signs, ElementsAre("SYR*"));
  EXPECT_THAT(t.addresses, ElementsAre("778123", "778100-7781FF"));
  EXPECT_THAT(t.registrations, ElementsAre("YK-*"));
  EXPECT_THAT(t.types, ElementsAre("Su-24"));
}

TEST(Ties, EveryProblemHasItsPlace) {
  const struct {
    std::string_view toml;
    Problem problem;
  } cases[] = {
      {"[parties.a]\nstates = [\"Syria\", \"Syira\"]\n",
       {"a.toml:2:20",
        "states: no State with a block of addresses is called 'Syira'; did you mean 'Syria'?"}},
      {"[parties.a]\noperators = [\"*\"]\n",
       {"a.toml:2:14",
        "operators: expected a pattern such as \"SYR*\", found '*', which matches anything or "
        "nothing"}},
      {"[parties.a]\ncall_signs = [\"\"]\n",
       {"a.toml:2:15",
        "call_signs: expected a pattern such as \"SYR*\", found '', which matches anything or "
        "nothing"}},
      {"[parties.a]\naddresses = [\"778123\", \"77812\"]\n",
       {"a.toml:2:24",
        "addresses: expected an address such as \"778123\" or a range such as \"778100-7781ff\", "
        "found '77812'"}},
      {"[parties.a]\naddresses = [\"778200-778100\"]\n",
       {"a.toml:2:14",
        "addresses: expected an address such as \"778123\" or a range such as \"778100-7781ff\", "
        "found '778200-778100'"}},
      {"[parties.a]\nstate = \"Syria\"\n",
       {"a.toml:2:1", "unknown key 'state' in [parties.a]; did you mean 'states'?"}},
      {"[parties.a]\nstates = 3\n",
       {"a.toml:2:10", "states: expected a text or an array of texts, found an integer"}},
      {"[parties.a]\nstates = \"SY\"\n[parties.b]\nstates = \"Syria\"\n",
       {"a.toml:3:1", "states: Syria is already tied to a"}},
      {"[parties.other]\n",
       {"a.toml:1:1", "the name 'other' is kept for States and operators that no party claims"}},
      {"[partys.a]\n", {"a.toml:1:2", "unknown key 'partys'; did you mean 'parties'?"}},
      {"parties = 3\n", {"a.toml:1:11", "parties: expected a table, found an integer"}},
  };
  for (const auto& bad : cases)
    EXPECT_THAT(read_ties(bad.toml, "a.toml").problems, ElementsAre(bad.problem)) << bad.toml;
}

TEST(AddressRanges, BothEndsBelong) {
  const auto range = address_range_from("778100 - 7781ff");
  ASSERT_TRUE(range);
  EXPECT_FALSE(range->holds(Address{0x7780ff}));
  EXPECT_TRUE(range->holds(Address{0x778100}));
  EXPECT_TRUE(range->holds(Address{0x7781ff}));
  EXPECT_FALSE(range->holds(Address{0x778200}));
  EXPECT_FALSE(range->holds(Address{0x778100 | Address::not_icao}));
  for (const char* text : {"", "-", "778100-", "-7781ff", "778100-7781ff-1", "778100-~7781ff", "x"})
    EXPECT_FALSE(address_range_from(text)) << text;
}

}  // namespace
}  // namespace truce::observations
