#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "observations/sightings.h"

namespace truce::observations {
namespace {

using base::Problem;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(Restrictions, EveryKeyIsRead) {
  const auto reading = read_restrictions(R"([restrictions.R-2]
kind    = "receiver_down"
from    = 2016-03-01T10:00:00Z
until   = 2016-03-01T13:00:00+02:00
sources = ["amman"]

[restrictions.R-1]
kind   = "jamming"
from   = "2016-03-01T08:00:00Z"
centre = "35.4 N 35.9 E"
radius = "150 km"
by     = "ru"
text   = "GPS lost by every aircraft in reach"
)",
                                         "restrictions.toml");
  EXPECT_THAT(reading.problems, IsEmpty());
  ASSERT_EQ(reading.restrictions.size(), 2u);
  const Restriction& jamming = reading.restrictions[0];  // by id
  EXPECT_EQ(jamming.id, "R-1");
  EXPECT_EQ(to_string(jamming.kind), "jamming");
  EXPECT_EQ(rfc3339(jamming.when.from), "2016-03-01T08:00:00Z");
  EXPECT_EQ(jamming.when.until, quantities::latest_instant);  // it goes on
  EXPECT_EQ(jamming.centre, (quantities::Point{359'000'000, 354'000'000}));
  EXPECT_EQ(jamming.radius, quantities::kilometres(150));
  EXPECT_EQ(jamming.by, "ru");
  EXPECT_THAT(jamming.sources, IsEmpty());
  const Restriction& down = reading.restrictions[1];
  EXPECT_EQ(to_string(down.kind), "receiver_down");
  EXPECT_EQ(rfc3339(down.when.until), "2016-03-01T11:00:00Z");
  EXPECT_FALSE(down.centre);
  EXPECT_THAT(down.sources, ElementsAre("amman"));
  EXPECT_EQ(down.where, "restrictions.toml:1:1");
}

TEST(Restrictions, EveryProblemHasItsPlace) {
  const struct {
    std::string_view toml;
    Problem problem;
  } cases[] = {
      {"[restrictions.a]\nfrom = 2016-03-01T10:00:00Z\n",
       {"r.toml:1:1", "[restrictions.a] kind is missing"}},
      {"[restrictions.a]\nkind = \"jaming\"\nfrom = 2016-03-01T10:00:00Z\n",
       {"r.toml:2:8",
        "kind: expected jamming, receiver_down, denied, delayed or conditional, found 'jaming'; "
        "did "
        "you mean 'jamming'?"}},
      {"[restrictions.a]\nkind = \"denied\"\n",
       {"r.toml:1:1", "from is missing: when did the restriction begin?"}},
      {"[restrictions.a]\nkind = \"denied\"\nfrom = 2016-03-01T10:00:00\n",
       {"r.toml:3:8",
        "from: expected a time with an offset, such as 2016-02-27T10:00:00Z, of the years 1900 to "
        "2199, found 2016-03-01T10:00:00 (no offset)"}},
      {"[restrictions.a]\nkind = \"denied\"\nfrom = 2202-03-01T10:00:00Z\n",
       {"r.toml:3:8",
        "from: expected a time with an offset, such as 2016-02-27T10:00:00Z, of the years 1900 to "
        "2199, found 2202-03-01T10:00:00"}},
      {"[restrictions.a]\nkind = \"denied\"\nfrom = 2016-03-01\n",
       {"r.toml:3:8",
        "from: expected a time with an offset, such as 2016-02-27T10:00:00Z, of the years 1900 to "
        "2199, found 2016-03-01 (no offset)"}},
      {"[restrictions.a]\nkind = \"denied\"\nfrom = 2016-03-01T10:00:00Z\nuntil = "
       "2016-03-01T10:00:00Z\n",
       {"r.toml:4:9", "until: 2016-03-01T10:00:00Z is not after from, 2016-03-01T10:00:00Z"}},
      {"[restrictions.a]\nkind = \"denied\"\nfrom = 2016-03-01T10:00:00Z\ncentre = \"35 N 36 E\"\n",
       {"r.toml:4:10", "centre and radius belong together: give both, or neither for everywhere"}},
      {"[restrictions.a]\nkind = \"denied\"\nfrom = 2016-03-01T10:00:00Z\nform = 3\n",
       {"r.toml:4:1", "unknown key 'form' in [restrictions.a]; did you mean 'from'?"}},
  };
  for (const auto& bad : cases)
    EXPECT_THAT(read_restrictions(bad.toml, "r.toml").problems, ElementsAre(bad.problem))
        << bad.toml;
}

}  // namespace
}  // namespace truce::observations
