// The quick ways of reading against the clear ones: the same rows, the same rejected rows with the
// same numbers and texts.
//
// What comes byte by byte is never whole when it is looked at, so nothing of it goes a quick way:
// JsonCutter and CsvReader then cut every record in the clear way, and JsonFields parses it by
// itself. That is the oracle for the same text in one piece and in parts of any size.

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <random>

#include "observations/csv.h"
#include "observations/json_fields.h"
#include "observations/read_through.h"

namespace truce::observations {
namespace {

using Random = std::mt19937;  // its numbers are the same everywhere

std::size_t below(Random& random, std::size_t limit) {
  return random() % limit;
}

template <class T>
const T& one_of(Random& random, const std::vector<T>& all) {
  return all[below(random, all.size())];
}

// One after the other. In braces the parts are drawn in the order in which they stand, whatever the
// compiler; as arguments or operands they are not.
std::string row(std::initializer_list<std::string> parts) {
  std::string all;
  for (const std::string& part : parts) all += part;
  return all;
}

std::string whole_number(Random& random, std::size_t limit) {
  return fmt::format("{}", below(random, limit));
}

std::string address(Random& random) {
  return fmt::format("{:06x}", below(random, 1 << 24));
}

// --- Texts to read ------------------------------------------------------------------------------

std::string number(Random& random) {
  static const std::vector<std::string> odd = {"null",
                                               "true",
                                               "0",
                                               "-0",
                                               "1e3",
                                               "1.5E-2",
                                               "91",
                                               "-181",
                                               "+1",
                                               "\"36.5\"",
                                               "\"\"",
                                               "1e400",
                                               "01",
                                               "1.",
                                               ".5",
                                               "-",
                                               "nan",
                                               "1 2",
                                               "{}",
                                               "[]",
                                               "\"ground\"",
                                               "3.4.5",
                                               "1\"x\"",
                                               "99999999999999999999",
                                               "12345678901234567.5",
                                               "0.00000005"};
  if (below(random, 12) == 0) return one_of(random, odd);
  const std::string sign = below(random, 3) == 0 ? "-" : "";
  const std::size_t whole = below(random, 180), parts = below(random, 10'000);
  return fmt::format("{}{}.{:0{}}", sign, whole, parts, 4 + below(random, 6));
}

std::string text(Random& random) {
  static const std::vector<std::string> texts = {
      "\"4b1817\"", "\"SWR12  \"", "\"ü\"",         "\"a,b\"",     "\"}{\"",
      "\"][\"",     "\"\\\"\"",    "\"\\\\\"",      "\"\\u0041\"", "\"~4b1817\"",
      "\"ground\"", "\"\"",        "\"adsb_icao\"", "\"mlat\"",    "\"1\t2\"",
      "\"\xFF\"",   "\"x\ny\"",    "null",          "12"};
  return one_of(random, texts);
}

std::string value(Random& random, int depth) {
  switch (below(random, depth > 3 ? 2 : 8)) {
    case 0: return text(random);
    case 1: return number(random);
    case 2: return "[\"lat\",\"lon\"]";
    case 3: return row({"[", value(random, depth + 1), ", ", value(random, depth + 1), " ]"});
    case 4: return "{\"lat\":" + value(random, depth + 1) + "}";
    case 5: return "[]";
    default: return number(random);
  }
}

std::string aircraft_object(Random& random) {
  static const std::vector<std::string> spaces = {"", "", "", "", " ", "\n", "\t", "\r\n"};
  static const std::vector<std::string> others = {
      "seen",  "rssi",     "nav_modes", "mlat",      "tisb",      "dbFlags", "r", "t",
      "ownOp", "category", "alt_geom",  "geom_rate", "baro_rate", "lat",     ""};
  std::string json = "{\"hex\":\"" + address(random) + "\"";
  const auto member = [&](std::string_view key, const std::string& v) {
    if (below(random, 8) == 0) return;
    json += row({one_of(random, spaces), ",", one_of(random, spaces), "\"", std::string(key), "\"",
                 one_of(random, spaces), ":", one_of(random, spaces), v});
  };
  member("flight", below(random, 4) == 0 ? text(random) : "\"SWR12   \"");
  member("lat", number(random));
  member("lon", number(random));
  member("alt_baro", below(random, 6) == 0 ? text(random) : whole_number(random, 40'000));
  member("gs", number(random));
  member("track", number(random));
  for (std::size_t i = below(random, 6); i > 0; --i) {
    const std::string& key = one_of(random, others);
    member(key, value(random, 0));
  }
  member("rc", number(random));
  member("nic", "8");
  member("seen_pos", number(random));
  if (below(random, 3) == 0) member("now", "1456531200.5");
  return json + one_of(random, spaces) + "}";
}

std::string aircraft_json(Random& random) {
  std::string json;
  for (std::size_t snapshots = 1 + below(random, 3); snapshots > 0; --snapshots) {
    const bool time_after = below(random, 4) == 0;
    json += time_after ? "{\"aircraft\":[" : "{\"now\":1456531200.25,\"messages\":3,\"aircraft\":[";
    for (std::size_t n = below(random, 6), i = 0; i < n; ++i)
      json += (i > 0 ? ",\n" : "") + aircraft_object(random);
    json += time_after ? "],\"now\":1456531200}\n" : "]}\n";
  }
  return json;
}

std::string readsb_trace(Random& random) {
  std::string json = "{\"icao\":\"4b1817\",\"timestamp\":1456531200.5,\"trace\":[";
  for (std::size_t n = below(random, 6), i = 0; i < n; ++i) {
    json += row({i > 0 ? ",\n[" : "[", fmt::format("{}", i), ",", number(random), ",",
                 number(random), ",", number(random), ",", number(random), ",", number(random), ",",
                 whole_number(random, 16), ",", number(random), ","});
    json += below(random, 2) == 0
                ? "null"
                : row({"{\"flight\":", text(random), ",\"nic\":8,\"rc\":", number(random), "}"});
    json += ",\"adsb_icao\"," + number(random) + "]";
  }
  return json + "]}\n";
}

std::string opensky_states(Random& random) {
  std::string json = "{\"time\":1456531200,\"states\":[";
  for (std::size_t n = below(random, 6), i = 0; i < n; ++i) {
    if (i > 0) json += ",";
    if (below(random, 4) == 0) {
      json += row({"{\"icao24\":\"4b1817\",\"longitude\":", number(random),
                   ",\"latitude\":", number(random), ",\"time_position\":1456531190}"});
    } else {
      json += row({"[",
                   text(random),
                   ",",
                   text(random),
                   ",\"X\",1456531190,",
                   number(random),
                   ",",
                   number(random),
                   ",",
                   number(random),
                   ",",
                   number(random),
                   ",false,",
                   number(random),
                   ",",
                   number(random),
                   ",",
                   number(random),
                   ",null,",
                   number(random),
                   ",null,false,0]"});
    }
  }
  return json + "]}";
}

std::string opensky_tracks(Random& random) {
  std::string json = "[";
  for (std::size_t n = 1 + below(random, 6), i = 0; i < n; ++i)
    json += row({i > 0 ? "," : "", "{\"timestamp\":1456531200000,\"icao24\":", text(random),
                 ",\"latitude\":", number(random), ",\"longitude\":", number(random),
                 ",\"altitude\":", number(random), ",\"callsign\":", text(random),
                 ",\"onground\":false}"});
  return json + "]";
}

std::string plain_csv(Random& random) {
  static const std::vector<std::string> ends = {"\n", "\n", "\n", "\r\n", "\n\n", "\r"};
  static const std::vector<std::string> fields = {
      "",         "nan",    "NULL",   "\\N",     "None", " 12 ", "\"12\"", "\"a,b\"", "\"a\nb\"",
      "\"\"\"\"", "\"open", "\"x\"y", "5\" gun", "ü",    "\xFF", "true",   "ground",  "-1"};
  std::string csv = below(random, 4) == 0 ? "\xEF\xBB\xBF" : "";
  csv += "time,address,latitude,longitude,pressure_altitude_ft,track,call_sign,on_ground\n";
  for (std::size_t n = below(random, 12); n > 0; --n) {
    csv += row({"1456531200.5,", address(random), ",", number(random), ",", number(random)});
    for (std::size_t i = 0, more = below(random, 16) == 0 ? 3 : 4; i < more; ++i)
      csv += "," + (below(random, 3) == 0 ? one_of(random, fields) : number(random));
    csv += one_of(random, ends);
  }
  return csv;
}

// A few bytes changed, left out or doubled; or cut short.
std::string spoilt(Random& random, std::string text) {
  static const std::string bytes = "{}[]\":,\\ \n\r\t\"0a\x01\xC3\xFF\x0C\x1A\x00;";
  for (std::size_t n = below(random, 4); n > 0 && !text.empty(); --n) {
    const std::size_t at = below(random, text.size());
    switch (below(random, 4)) {
      case 0: text[at] = bytes[below(random, bytes.size())]; break;
      case 1: text.erase(at, 1); break;
      case 2: text.insert(at, 1, bytes[below(random, bytes.size())]); break;
      default: text.insert(at, text.substr(at, below(random, 20)));
    }
  }
  if (below(random, 4) == 0) text.resize(below(random, text.size() + 1));
  return text;
}

// --- Readers ------------------------------------------------------------------------------------

std::vector<std::string> told(std::string_view text, Format format, std::size_t part) {
  Source source;
  source.bounds.containment_holds = quantities::seconds(60);
  const ReadThrough read = read_through(text, source, part, format);
  std::vector<std::string> lines = lines_of(read);
  for (const Rejected& r : read.rejected)
    lines.push_back(fmt::format("{} {}: {}", r.record, r.reason, r.text));
  for (const AircraftFacts& f : read.facts)
    lines.push_back(fmt::format("{} {} {} {} {} {} {}", to_string(f.address), f.registration,
                                f.type, f.operator_name, f.category, f.military.value_or(false),
                                f.evidence.record));
  lines.push_back(fmt::format("{} {}", read.records, read.without_position));
  return lines;
}

struct Case {
  Format format;
  std::string (*write)(Random&);
};

TEST(QuickWays, ReadersTellTheSameAsByteByByte) {
  const Case cases[] = {
      {Format::aircraft_json, aircraft_json},   {Format::readsb_trace, readsb_trace},
      {Format::opensky_states, opensky_states}, {Format::opensky_tracks, opensky_tracks},
      {Format::plain_csv, plain_csv},
  };
  Random random(20160227);
  std::size_t positions = 0;
  for (const Case& c : cases) {
    for (int i = 0; i < 2'000; ++i) {
      std::string text = c.write(random);
      if (below(random, 2) == 0) text = spoilt(random, std::move(text));
      SCOPED_TRACE(fmt::format("{}: {}", to_string(c.format), text));
      const auto clear = told(text, c.format, 1);
      ASSERT_EQ(told(text, c.format, SIZE_MAX), clear);
      ASSERT_EQ(told(text, c.format, 1 + below(random, 400)), clear);
      positions += read_through(text, {}, SIZE_MAX, c.format).positions.size();
    }
  }
  EXPECT_GT(positions, 5'000u);  // else nothing was compared
}

// A line is an object by itself: as the only element of a list it comes the clear way.
TEST(QuickWays, LinesTellTheSameAsElementsOfAList) {
  Random random(7);
  std::size_t positions = 0;
  for (int i = 0; i < 4'000; ++i) {
    std::string line = aircraft_object(random);
    std::erase_if(line, [](char c) { return c == '\n' || c == '\r'; });
    SCOPED_TRACE(line);
    const auto clear = told("[" + line + "]", Format::aircraft_json, 1);
    ASSERT_EQ(told(line + "\n", Format::json_lines, SIZE_MAX), clear);
    positions += clear.front().find(" record ") != std::string::npos ? 1 : 0;
  }
  EXPECT_GT(positions, 200u);
}

// More than one stretch of tokens and of field ends, with odd records between.
TEST(QuickWays, LongTextsTellTheSameWhereverTheyAreParted) {
  Random random(3);
  std::string json = "{\"now\":1456531200.25,\"aircraft\":[";
  std::string csv = "time,address,latitude,longitude,track\n";
  for (int i = 0; i < 3'000; ++i) {
    json += (i > 0 ? ",\n" : "") + aircraft_object(random);
    csv += row({"1456531200.5,", address(random), ",", number(random), ",", number(random), ",",
                number(random), below(random, 50) == 0 ? "\"\n" : "\r\n"});
  }
  json += "]}";
  const auto aircraft = told(json, Format::aircraft_json, 1);
  const auto rows = told(csv, Format::plain_csv, 1);
  EXPECT_GT(aircraft.size(), 1'000u);
  EXPECT_GT(rows.size(), 1'000u);
  for (const std::size_t part :
       {std::size_t{7}, std::size_t{1'000}, std::size_t{65'536}, std::size_t{100'001}, SIZE_MAX}) {
    SCOPED_TRACE(part);
    EXPECT_EQ(told(json, Format::aircraft_json, part), aircraft);
    EXPECT_EQ(told(csv, Format::plain_csv, part), rows);
  }
}

// --- Fields -------------------------------------------------------------------------------------

TEST(QuickWays, FieldsFromTokensAreThoseOfTheObject) {
  Random random(11);
  JsonFields clear({"hex", "lat", "lon", "flight", "category", "geom_rate", "baro_rate", "mlat"});
  JsonFields quick({"hex", "lat", "lon", "flight", "category", "geom_rate", "baro_rate", "mlat"});
  JsonTokens tokens;
  int read = 0;
  for (int i = 0; i < 20'000; ++i) {
    std::string json = aircraft_object(random);
    if (below(random, 2) == 0) json = spoilt(random, std::move(json));
    if (json.find('\\') != std::string::npos || !tokens.find(json)) continue;
    if (tokens.first(0) != '{' || quick.read_object(tokens, 0) != tokens.size()) continue;
    SCOPED_TRACE(json);
    ASSERT_EQ(clear.read_object(json), "");
    ASSERT_EQ(quick.size(), clear.size());
    for (std::size_t place = 0; place < clear.size(); ++place) {
      ASSERT_EQ(quick[place].kind, clear[place].kind) << place;
      ASSERT_EQ(quick[place].value, clear[place].value) << place;
    }
    ++read;
  }
  EXPECT_GT(read, 5'000);
}

// --- Rows ---------------------------------------------------------------------------------------

std::vector<std::string> rows_of(std::string_view text, std::size_t part, std::size_t longest) {
  std::vector<std::string> rows;
  CsvReader reader(
      [&](const CsvRow& row) {
        std::string told = fmt::format("{} {} {} {} {}", row.number, row.line, row.text, row.ended,
                                       to_string(row.fault));
        for (const std::string_view field : row.fields) told += fmt::format("|{}", field);
        rows.push_back(std::move(told));
      },
      0, longest);
  for (; !text.empty(); text.remove_prefix(std::min(part, text.size())))
    reader.take(text.substr(0, part));
  reader.finish();
  return rows;
}

RC_GTEST_PROP(QuickWays, RowsAreThoseOfByteByByte, ()) {
  const auto bytes = *rc::gen::container<std::string>(
      rc::gen::element('a', 'b', ',', ',', ';', '\t', '"', '\n', '\r', ' ', '\xEF', '\0'));
  const std::size_t longest = *rc::gen::inRange<std::size_t>(3, 200);
  const std::size_t part = *rc::gen::inRange<std::size_t>(1, 90);
  const std::string text = bytes + *rc::gen::element<std::string>("", "\n") + bytes + bytes;
  const auto clear = rows_of(text, 1, longest);
  RC_ASSERT(rows_of(text, SIZE_MAX, longest) == clear);
  RC_ASSERT(rows_of(text, part, longest) == clear);
}

// --- Columns ------------------------------------------------------------------------------------

// Every column that is read, in any order, some of them twice for one value; usual values, odd ones
// and none.
std::string csv_of_all_columns(Random& random) {
  static const std::vector<std::string> names = {"date",
                                                 "age_s",
                                                 "written_at",
                                                 "pressure_altitude_ft",
                                                 "containment_m",
                                                 "track",
                                                 "geometric_height_ft",
                                                 "ground_speed_kt",
                                                 "stale",
                                                 "nic",
                                                 "vertical_rate_ft_min",
                                                 "call_sign",
                                                 "on_ground",
                                                 "nac_p",
                                                 "position_source",
                                                 "registration",
                                                 "type",
                                                 "operator",
                                                 "sil",
                                                 "pressure_altitude_m",
                                                 "note",
                                                 "ground_speed_m_s"};
  static const std::vector<std::string> texts = {
      "",     "",       "0",   "false", "True",     "SWR12",    "N12",  "n/a",        "N/A",
      "NULL", "nan",    " 8 ", "8",     "16",       "ADS-B",    "mlat", "ground",     "@@@@",
      "0000", "HB-ZRV", "7",   "A320",  "SWR12   ", "\xC3\xBC", "1e2",  "2016-02-27", "yes"};
  static const std::vector<std::string> times = {"1456531200.5",
                                                 "1456531200",
                                                 "1456531200123",
                                                 "2016-02-27T12:00:00Z",
                                                 "12:00:05",
                                                 "2016-02-27 12:00:05.5",
                                                 "",
                                                 "0",
                                                 "soon",
                                                 "7321017600",
                                                 "1456531200.12345678",
                                                 "1456531200"};
  std::vector<std::string> columns = {"time", "address", "latitude", "longitude"};
  for (const std::string& name : names)
    if (below(random, 3) != 0) columns.push_back(name);
  std::shuffle(columns.begin(), columns.end(), random);
  std::string csv;
  for (std::size_t i = 0; i < columns.size(); ++i) csv += (i > 0 ? "," : "") + columns[i];
  const std::string line_end = below(random, 2) == 0 ? "\n" : "\r\n";
  csv += line_end;
  const std::string time = one_of(random, times);
  for (std::size_t n = below(random, 40); n > 0; --n) {
    for (std::size_t i = 0; i < columns.size(); ++i) {
      if (i > 0) csv += ",";
      if (columns[i] == "time") {
        csv += below(random, 8) == 0 ? one_of(random, times) : time;
      } else if (columns[i] == "address") {
        csv += below(random, 12) == 0 ? one_of(random, texts)
                                      : fmt::format("{:06x}", 0x4b1800 + below(random, 4));
      } else if (columns[i] == "latitude" || columns[i] == "longitude") {
        csv += below(random, 16) == 0 ? number(random)
                                      : fmt::format("{}.{}", below(random, 89), random());
      } else if (below(random, 2) == 0) {
        csv += one_of(random, texts);
      } else {
        csv += below(random, 8) == 0 ? number(random)
                                     : fmt::format("{}", static_cast<int>(below(random, 900)) - 99);
      }
    }
    csv += below(random, 30) == 0 ? ",more\n\n" : line_end;
  }
  return csv;
}

TEST(QuickWays, ColumnsTellTheSameAsByteByByte) {
  Random random(29);
  std::size_t positions = 0;
  for (int i = 0; i < 3'000; ++i) {
    std::string text = csv_of_all_columns(random);
    if (below(random, 3) == 0) text = spoilt(random, std::move(text));
    SCOPED_TRACE(text);
    const auto clear = told(text, Format::plain_csv, 1);
    ASSERT_EQ(told(text, Format::plain_csv, SIZE_MAX), clear);
    ASSERT_EQ(told(text, Format::plain_csv, 1 + below(random, 2'000)), clear);
    positions += read_through(text, {}, SIZE_MAX, Format::plain_csv).positions.size();
  }
  EXPECT_GT(positions, 10'000u);
}

// Lines by the tokens of many, with lines between them that are not plain.
TEST(QuickWays, LinesTellTheSameAsByteByByte) {
  Random random(31);
  std::size_t positions = 0;
  for (int i = 0; i < 1'000; ++i) {
    std::string text;
    for (std::size_t n = below(random, 12); n > 0; --n) {
      std::string line = aircraft_object(random);
      if (below(random, 4) != 0) line.insert(1, "\"now\":1456531200.25,");
      if (below(random, 4) != 0) std::erase_if(line, [](char c) { return c == '\n' || c == '\\'; });
      static const std::vector<std::string> ends = {"\n",   "\n",    "\r\n", ",\n",
                                                    " ,\n", "\n \n", ",,\n", "{}\n"};
      text += line + one_of(random, ends);
    }
    if (below(random, 3) == 0) text = spoilt(random, std::move(text));
    SCOPED_TRACE(text);
    const auto clear = told(text, Format::json_lines, 1);
    ASSERT_EQ(told(text, Format::json_lines, SIZE_MAX), clear);
    ASSERT_EQ(told(text, Format::json_lines, 1 + below(random, 2'000)), clear);
    positions += read_through(text, {}, SIZE_MAX, Format::json_lines).positions.size();
  }
  EXPECT_GT(positions, 200u);
}

}  // namespace
}  // namespace truce::observations
