#include "observations/reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "observations/read_through.h"

namespace truce::observations {
namespace {

// A small good file of each format.
struct Sample {
  Format format;
  std::string text;
};

const std::vector<Sample>& samples() {
  static const std::vector<Sample> all = {
      {Format::aircraft_json,
       "{ \"now\" : 1456574400.5,\n  \"messages\" : 7,\n  \"aircraft\" : [\n"
       "{\"hex\":\"4b1817\",\"type\":\"adsb_icao\",\"flight\":\"R\\u00c4D\\\"1\",\"alt_baro\":4500,"
       "\"lat\":35.1,\"lon\":36.1,\"rc\":186,\"seen_pos\":1.5,\"mlat\":[],\"tisb\":[]},\n"
       "{\"hex\":\"4b1818\"},\n"
       "{\"hex\":\"~4b1819\",\"alt_baro\":\"ground\",\"lat\":-35.1,\"lon\":-36.1}\n  ]\n}\n"
       "{\"now\":1456574401,\"aircraft\":[{\"hex\":\"4b1817\",\"lat\":35.2,\"lon\":36.2}]}\n"},
      {Format::aircraft_json,
       "{\"now\":1456574400,\"hex\":\"4b1817\",\"lat\":35.1,\"lon\":36.1},\n"
       "{\"now\":1456574401,\"hex\":\"4b1817\",\"lat\":35.1,\"lon\":36.1},\n"
       "{\"hex\":\"4b1818\"}\n"},
      {Format::json_lines,
       "{\"now\": 1456574400, \"hex\": \"4b1817\", \"lat\": 35.1, \"lon\": 36.1}\n"
       "{\"flight\": \"N/A\", \"now\": 1456574401}\r\n"
       "{\"now\": 1456574402, \"hex\": \"4b1817\", \"lat\": 35.2, \"lon\": 36.2}\n"},
      {Format::readsb_trace,
       "{\"icao\":\"4b1817\",\n\"r\":\"HB-ZRV\",\n\"timestamp\": 1456574400.000,\n\"trace\":[ \n"
       "[10.5,35.1,36.1,4500,120.5,90.0,0,-128,{\"flight\":\"RAD1\",\"rc\":186},\"adsb_icao\"],\n"
       "[20,35.2,36.2,\"ground\",null,null,1,null,null],\n[30,null,null,null,1,1,0,0,null] ]}\n"},
      {Format::sbs1,
       "MSG,1,1,1,4B1817,1,2016/02/27,12:00:00.000,2016/02/27,12:00:00.000,RAD1,,,,,,,,,,,\n"
       "MSG,3,1,1,4B1817,1,2016/02/27,12:00:01.000,2016/02/27,12:00:01.000,,4500,,,35.1,36.1,,,0,"
       "0,0,0\r\n"
       "MSG,3,1,1,4B1817,1,2016/02/27,12:00:02.000,2016/02/27,12:00:02.000,,4500,,,35.1,36.1,,,0,"
       "0,0,-1\n"},
      {Format::opensky_states,
       "{\"time\":1456574410,\"states\":[[\"4b1817\",\"RAD1\",\"X\",1456574400,1456574405,36.1,"
       "35.1,1371.6,false,108.3,90.5,-0.65,null,1440.18,\"1000\",false,0],[\"4b1818\",null,\"X\","
       "null,1456574405,null,null,null,false,1,1,1,null,1,null,false,0]]}"},
      {Format::opensky_states,
       "{\"fetched_at\": \"2016-02-27T12:00:10+00:00\", \"aircraft\": [{\"icao24\": \"4b1817\", "
       "\"time_position\": 1456574400, \"lng\": 36.1, \"lat\": 35.1, \"on_ground\": true}]}"},
      {Format::opensky_states_csv,
       "time,icao24,lat,lon,velocity,lastposupdate,lastcontact\n"
       "1456574410,4b1817,35.1,36.1,100,1456574408.5,1456574409\n"
       "1456574411,4b1817,35.2,36.2,100,1456574409.5,1456574409\n"},
      {Format::opensky_tracks,
       "[{\"timestamp\":1456574400000,\"icao24\":\"4b1817\",\"latitude\":35.1,\"longitude\":36.1},"
       "{\"timestamp\":1456574390000,\"icao24\":\"4b1817\",\"latitude\":null,\"longitude\":null},"
       "{\"timestamp\":1456574391000,\"icao24\":\"4b1817\",\"latitude\":35.2,\"longitude\":36}]"},
      {Format::opensky_tracks,
       "{\"timestamp\":{\"0\":1456574400000,\"1\":1456574401000},\"icao24\":{\"0\":\"4b1817\",\"1\""
       ":\"4b1817\"},\"latitude\":{\"0\":35.1,\"1\":35.2},\"longitude\":{\"0\":36.1,\"1\":36.2}}"},
      {Format::plain_csv,
       "time,address,latitude,longitude,call_sign\n"
       "2016-02-27T12:00:00Z,4b1817,35.1,36.1,\"RAD,1\"\r\n"
       "1456574401,4b1817,35.2,36.2,\"RAD\n2\"\n1456574402,4b1817,35.2,36.2,RAD3\n"},
  };
  return all;
}

TEST(Recognised, ByContent) {
  for (const Sample& sample : samples()) {
    EXPECT_EQ(to_string(recognised(sample.text, {})), to_string(sample.format)) << sample.text;
    EXPECT_EQ(recognised("\xEF\xBB\xBF" + sample.text, {}), sample.format) << "with a mark";
    EXPECT_EQ(recognised("\r\n\n" + sample.text, {}), sample.format) << "after empty lines";
  }
}

TEST(Recognised, WhatIsNoFileOfPositions) {
  const std::string one_of_many(10'000, 'x');
  for (const std::string& text :
       {std::string(""), std::string(" \n"), std::string("hello\n"), std::string("{}"),
        std::string("[]"),
        std::string("{\"type\":\"FeatureCollection\",\"features\":[{\"type\":"
                    "\"Feature\"}]}"),
        std::string("a,b,c\n1,2,3\n"), std::string("id,title\n"), std::string("\0\1\2", 3),
        std::string("<kml/>"), one_of_many, std::string("[[1,2],[3,4]]")})
    EXPECT_EQ(recognised(text, {}), Format::not_recognised) << text;
}

TEST(Recognised, PeoplesSightings) {
  EXPECT_EQ(recognised("id,time,time_precision,latitude,longitude,place_precision,type\n", {}),
            Format::sightings_csv);
  Source source;
  source.kind = Source::Kind::people;
  source.columns = {{"time", "quand"}, {"latitude", "lat"}};
  EXPECT_EQ(recognised("quand,lat,lon\n", source), Format::sightings_csv);
  source.kind = Source::Kind::feed;
  EXPECT_EQ(recognised("quand,lat,lon\n", source), Format::plain_csv);
  Sink sink;
  const auto reader = make_reader(Format::sightings_csv, 1, source, sink);
  reader->take("quand,lat,lon\n1,2,3\n");
  reader->finish();
  EXPECT_EQ(sink.records, 0u) << "read_sightings reads them";
}

TEST(Recognised, ByTheFirstFourKibibytes) {
  std::string long_one = "{\"now\":1456574400,\"aircraft\":[";
  for (int i = 0; i < 100; ++i)
    long_one += "{\"hex\":\"4b1817\",\"lat\":35.1,\"lon\":36.1,\"flight\":\"RAD1\"},";
  ASSERT_GT(long_one.size(), 4096u);
  EXPECT_EQ(recognised(std::string_view(long_one).substr(0, 4096), {}), Format::aircraft_json);
  std::string columns = "{\"altitude\":{";
  for (int i = 0; i < 1000; ++i) columns += "\"" + std::to_string(i) + "\":1550,";
  EXPECT_EQ(recognised(std::string_view(columns).substr(0, 4096), {}), Format::opensky_tracks);
}

TEST(Readers, SamplesAreGood) {
  for (const Sample& sample : samples()) {
    const ReadThrough read = read_through(sample.text);
    EXPECT_FALSE(read.positions.empty()) << sample.text;
    EXPECT_EQ(read.rejected.size(), 0u) << sample.text;
    EXPECT_EQ(read.records, read.positions.size() + read.without_position) << sample.text;
    for (const auto& position : read.positions) EXPECT_EQ(position.evidence.input, 7u);
  }
}

std::vector<std::string> rejections(const ReadThrough& read) {
  std::vector<std::string> lines;
  for (const Rejected& r : read.rejected)
    lines.push_back(std::to_string(r.record) + " " + r.reason + ": " + r.text);
  return lines;
}

// How the bytes came does not matter, be they good or bad.
TEST(Readers, AnyPartsGiveTheSame) {
  for (const Sample& sample : samples()) {
    std::string spoilt = sample.text;
    for (std::size_t i = 40; i < spoilt.size(); i += 97) spoilt[i] = '}';
    for (const std::string& text : {sample.text, spoilt}) {
      const ReadThrough whole = read_through(text, {}, SIZE_MAX, sample.format);
      for (const std::size_t part : {1u, 2u, 3u, 5u, 17u, 64u}) {
        const ReadThrough parts = read_through(text, {}, part, sample.format);
        EXPECT_EQ(lines_of(parts), lines_of(whole)) << text;
        EXPECT_EQ(rejections(parts), rejections(whole)) << text;
        EXPECT_EQ(parts.records, whole.records);
        EXPECT_EQ(parts.without_position, whole.without_position);
      }
    }
  }
}

// A file cut off at any byte gives the positions before the cut and a reason for the rest.
TEST(Readers, CutAtAnyByteGiveWhatCameBefore) {
  for (const Sample& sample : samples()) {
    const auto whole = read_through(sample.text, {}, SIZE_MAX, sample.format);
    for (std::size_t length = 0; length < sample.text.size(); ++length) {
      const std::string_view text = std::string_view(sample.text).substr(0, length);
      const auto cut = read_through(text, {}, SIZE_MAX, sample.format);
      ASSERT_LE(cut.positions.size(), whole.positions.size()) << text;
      for (std::size_t i = 0; i < cut.positions.size(); ++i) {
        // Of a row without a line end the last value may be missing.
        EXPECT_EQ(cut.positions[i].at, whole.positions[i].at) << text;
        EXPECT_EQ(cut.positions[i].point, whole.positions[i].point) << text;
        EXPECT_EQ(cut.positions[i].address, whole.positions[i].address) << text;
        EXPECT_EQ(cut.positions[i].evidence, whole.positions[i].evidence) << text;
      }
      EXPECT_EQ(cut.records, cut.positions.size() + cut.without_position + cut.rejected.size())
          << text;
      const bool json_document = sample.text.front() == '[' ||
                                 sample.format == Format::opensky_states ||
                                 sample.format == Format::readsb_trace;
      if (json_document && length > 0 && sample.text.find_last_of("]}") >= length) {
        EXPECT_FALSE(cut.rejected.empty()) << "the cut is told: " << text;
      }
    }
  }
}

// A line that never ends costs one rejected record and little memory.
TEST(Readers, RecordsWithoutEnd) {
  const std::string part(1 << 20, 'x');
  for (const Format format :
       {Format::sbs1, Format::json_lines, Format::plain_csv, Format::aircraft_json,
        Format::opensky_tracks, Format::readsb_trace, Format::opensky_states}) {
    std::size_t rejected = 0;
    Sink sink;
    sink.rejected = [&](Rejected&& r) {
      ++rejected;
      EXPECT_LE(r.text.size(), 200u);
    };
    const Source source;
    const auto reader = make_reader(format, 0, source, sink);
    if (format == Format::plain_csv) reader->take("time,address,latitude,longitude\n");
    if (format == Format::opensky_tracks || format == Format::aircraft_json)
      reader->take("[{\"icao24\":\"");
    if (format == Format::readsb_trace) reader->take("{\"icao\":\"");
    if (format == Format::opensky_states) reader->take("{\"states\":[[\"");
    for (int i = 0; i < 40; ++i) reader->take(part);
    reader->finish();
    EXPECT_EQ(rejected, 1u) << to_string(format);
    EXPECT_EQ(sink.positions, 0u);
  }
}

TEST(Readers, DeepNesting) {
  const std::string deep = "[{\"hex\":" + std::string(1'000'000, '[');
  for (const Format format : {Format::aircraft_json, Format::json_lines, Format::readsb_trace,
                              Format::opensky_states, Format::opensky_tracks}) {
    const auto read = read_through(deep, {}, SIZE_MAX, format);
    EXPECT_EQ(read.positions.size(), 0u);
    EXPECT_EQ(read.rejected.size(), 1u) << to_string(format);
  }
}

}  // namespace
}  // namespace truce::observations
