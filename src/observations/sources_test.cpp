#include "observations/sources.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "observations/toml_quantities.h"

namespace truce::observations {
namespace {

using base::Problem;
using base::Problems;
using quantities::Point;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr std::string_view full = R"([sources.amman]
title       = "Receiver on the roof, Amman"
origin      = "mission"
kind        = "receiver"
files       = ["observations/amman/**", "observations/roof-*.json"]
reliability = "B"
credibility = 2
tied_to     = ["us"]
accepted_by = ["us", "ru"]
bounds      = { position = "100 m", time = "1 s", pressure_altitude = "125 ft", geometric_height = "45 m", containment_holds = "60 s" }
coverage    = { share = 0.25, centre = "31.9 N 35.9 E", radius = "250 km", lowest = "5000 ft", heartbeat = true }
date        = 2016-03-01
time_zone   = "+03:00"
columns     = { time = "Zeit", latitude = "Breite" }

[sources.everything]
origin = "others"
files  = "observations/**"
)";

TEST(Sources, EveryKeyIsRead) {
  const auto reading = read_sources(full, "sources.toml");
  EXPECT_THAT(reading.problems, IsEmpty());
  ASSERT_EQ(reading.sources.declared.size(), 2u);
  const Source& s = reading.sources.declared[0];
  EXPECT_EQ(s.id, "amman");
  EXPECT_EQ(s.title, "Receiver on the roof, Amman");
  EXPECT_EQ(s.origin, "mission");
  EXPECT_EQ(s.kind, Source::Kind::receiver);
  EXPECT_EQ(s.reliability, 'B');
  EXPECT_EQ(s.credibility, 2);
  EXPECT_THAT(s.tied_to, ElementsAre("us"));
  EXPECT_THAT(s.accepted_by, ElementsAre("us", "ru"));
  EXPECT_EQ(s.bounds.position, quantities::metres(100));
  EXPECT_EQ(s.bounds.time, quantities::seconds(1));
  EXPECT_EQ(s.bounds.pressure_altitude, quantities::feet(125));
  EXPECT_EQ(s.bounds.geometric_height, quantities::metres(45));
  EXPECT_EQ(s.bounds.containment_holds, quantities::seconds(60));
  EXPECT_EQ(s.coverage.share, 0.25);
  EXPECT_EQ(s.coverage.centre, (Point{359'000'000, 319'000'000}));
  EXPECT_EQ(s.coverage.radius, quantities::kilometres(250));
  EXPECT_EQ(s.coverage.lowest, quantities::feet(5000));
  EXPECT_TRUE(s.coverage.heartbeat);
  EXPECT_EQ(s.date, (quantities::Date{2016, 3, 1}));
  EXPECT_EQ(s.time_zone, "+03:00");
  EXPECT_EQ(s.columns.at("time"), "Zeit");
  EXPECT_EQ(s.where, "sources.toml:1:1");
}

TEST(Sources, WhatIsNotSaidIsUnknownAndNeverZero) {
  const auto reading = read_sources("[sources.a]\norigin = \"o\"\n", "sources.toml");
  EXPECT_THAT(reading.problems, IsEmpty());
  const Source& s = reading.sources.by_id("a");
  EXPECT_EQ(s.title, "a");
  EXPECT_EQ(s.reliability, 'F');
  EXPECT_EQ(s.credibility, 6);
  EXPECT_FALSE(s.bounds.position);
  EXPECT_FALSE(s.bounds.time);
  EXPECT_FALSE(s.bounds.containment_holds);
  EXPECT_EQ(s.coverage.share, 0);
  EXPECT_FALSE(s.coverage.radius);
  EXPECT_FALSE(s.coverage.heartbeat);
  EXPECT_EQ(s.time_zone, "UTC");
}

TEST(Sources, TheFirstPatternInTheOrderWrittenDecides) {
  const auto sources = read_sources(full, "sources.toml").sources;
  EXPECT_EQ(sources.of_file("observations/amman/2016/a.json").id, "amman");
  EXPECT_EQ(sources.of_file("observations/roof-2.json").id, "amman");
  EXPECT_EQ(sources.of_file("observations/b.csv").id, "everything");
  EXPECT_EQ(sources.of_file("elsewhere/b.csv").id, "undeclared");
  // The order written, not the order of the names.
  const auto other = read_sources(
      "[sources.z]\norigin=\"o\"\nfiles=\"*.csv\"\n[sources.a]\norigin=\"p\"\nfiles=\"*\"\n", "s");
  EXPECT_EQ(other.sources.of_file("x/b.csv").id, "z");
  EXPECT_EQ(other.sources.of_file("x/b.json").id, "a");
}

TEST(Sources, AnUndeclaredSourceIsTrustedWithNothing) {
  const Source& u = Sources{}.by_id("nobody");
  EXPECT_EQ(&u, &Sources::undeclared());
  EXPECT_EQ(u.origin, "undeclared");
  EXPECT_THAT(u.accepted_by, IsEmpty());
  EXPECT_FALSE(u.bounds.position);
  EXPECT_EQ(u.coverage.share, 0);
}

struct Bad {
  std::string_view toml;
  Problem problem;
};

TEST(Sources, EveryProblemHasItsPlace) {
  const Bad cases[] = {
      {"x = ",
       {"s.toml:1:5",
        "this is not valid TOML: Error while parsing key-value pair: encountered end-of-file"}},
      {"[sources.a]\ntitle = \"t\"\n", {"s.toml:1:1", "[sources.a] origin is missing"}},
      {"[sources.a]\norigin = \"\"\n",
       {"s.toml:2:10", "origin: expected where the source had it from, found an empty text"}},
      {"[sources.a]\norigin = 3\n", {"s.toml:2:10", "origin: expected a text, found an integer"}},
      {"[sources.a]\norigin = \"o\"\nkind = \"reciever\"\n",
       {"s.toml:3:8",
        "kind: expected receiver, feed, people or other, found 'reciever'; did you mean "
        "'receiver'?"}},
      {"[sources.a]\norigin = \"o\"\nreliability = \"G\"\n",
       {"s.toml:3:15",
        "reliability: expected a letter from A (completely reliable) to F (cannot be judged), "
        "found "
        "'G'"}},
      {"[sources.a]\norigin = \"o\"\ncredibility = 7\n",
       {"s.toml:3:15",
        "credibility: expected a number from 1 (confirmed) to 6 (cannot be judged), found 7"}},
      {"[sources.a]\norigin = \"o\"\nfiles = [\"/etc/passwd\"]\n",
       {"s.toml:3:9",
        "files: expected a path inside the case such as \"observations/amman/**\", found "
        "'/etc/passwd'"}},
      {"[sources.a]\norigin = \"o\"\nbounds = { position = \"100\" }\n",
       {"s.toml:3:23",
        "position: expected a length such as \"100 m\", \"2000 ft\" or \"3 NM\", found '100'"}},
      {"[sources.a]\norigin = \"o\"\nbounds = { position = \"-1 m\" }\n",
       {"s.toml:3:23",
        "position: expected a length such as \"100 m\", \"2000 ft\" or \"3 NM\", found '-1 m'"}},
      {"[sources.a]\norigin = \"o\"\nbounds = { positon = \"1 m\" }\n",
       {"s.toml:3:12", "unknown key 'positon' in [sources.a.bounds]; did you mean 'position'?"}},
      {"[sources.a]\norigin = \"o\"\nbounds = { time = \"soon\" }\n",
       {"s.toml:3:19", "time: expected a duration such as \"30 s\" or \"5 min\", found 'soon'"}},
      {"[sources.a]\norigin = \"o\"\ncoverage = { share = 1.5 }\n",
       {"s.toml:3:22", "share: expected a number from 0 to 1"}},
      {"[sources.a]\norigin = \"o\"\ncoverage = { share = nan }\n",
       {"s.toml:3:22", "share: expected a number, found nan, which is no number"}},
      {"[sources.a]\norigin = \"o\"\ncoverage = { radius = \"1 km\" }\n",
       {"s.toml:3:23", "centre and radius belong together: give both, or neither for everywhere"}},
      {"[sources.a]\norigin = \"o\"\ncoverage = { centre = \"91 N 36 E\", radius = \"1 km\" }\n",
       {"s.toml:3:23", "centre: expected a place such as \"33.5 N 36.3 E\", found '91 N 36 E'"}},
      {"[sources.a]\norigin = \"o\"\ndate = 2016-02-27T10:00:00Z\n",
       {"s.toml:3:8", "date: expected a date such as 2016-02-27, found 2016-02-27T10:00:00"}},
      {"[sources.a]\norigin = \"o\"\ntime_zone = \"Asia/Damascus\"\n",
       {"s.toml:3:13",
        "time_zone: expected \"UTC\" or an offset such as \"+03:00\", found 'Asia/Damascus'"}},
      {"[sources.a]\norigin = \"o\"\ncolumns = { time = 3 }\n",
       {"s.toml:3:20", "time: expected a text, found an integer"}},
      {"[sources.a]\norigin = \"o\"\norgin = \"p\"\n",
       {"s.toml:3:1", "unknown key 'orgin' in [sources.a]; did you mean 'origin'?"}},
      {"[sources.undeclared]\norigin = \"o\"\n",
       {"s.toml:1:1", "the name 'undeclared' is kept for files that no source declares"}},
      {"[source.a]\norigin = \"o\"\n",
       {"s.toml:1:2", "unknown key 'source'; did you mean 'sources'?"}},
      {"sources = 3\n", {"s.toml:1:11", "sources: expected a table, found an integer"}},
  };
  for (const Bad& bad : cases)
    EXPECT_THAT(read_sources(bad.toml, "s.toml").problems, ElementsAre(bad.problem)) << bad.toml;
}

TEST(Sources, AllProblemsOfAFileAreTold) {
  const auto problems =
      read_sources("[sources.a]\nkind = \"x\"\n[sources.b]\ncredibility = 0\n", "s").problems;
  EXPECT_EQ(problems.size(), 4u);  // two origins missing, a kind and a credibility
}

TEST(SecondsEast, OffsetsAndNothingElse) {
  const struct {
    std::string_view text;
    std::optional<std::int32_t> seconds;
  } cases[] = {{"UTC", 0},
               {"Z", 0},
               {"+00:00", 0},
               {"+03:00", 10'800},
               {"-0330", -12'600},
               {"+14:00", 50'400},
               {"+15:00", {}},
               {"+3", {}},
               {"03:00", {}},
               {"", {}},
               {"+03:60", {}},
               {"+0a:00", {}},
               {"Asia/Damascus", {}},
               {"+03:00 ", {}}};
  for (const auto& c : cases) EXPECT_EQ(seconds_east_from(c.text), c.seconds) << c.text;
}

TEST(LineOf, TheLineOfAPlace) {
  EXPECT_EQ(line_of("notices.toml:12:7"), 12u);
  EXPECT_EQ(line_of("notices.csv:881"), 881u);
  EXPECT_EQ(line_of("notices"), 0u);
  EXPECT_EQ(line_of(""), 0u);
}

}  // namespace
}  // namespace truce::observations
