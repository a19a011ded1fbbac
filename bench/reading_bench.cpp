// How fast the formats of positions are read, with peers over the same bytes in the same run.
//
// Truce's reader takes each text as the program does: in parts of 1 MiB, cut into records, every
// value converted, every row put into columns. The peers do less:
//
//   simdjson      a bare on-demand loop over aircraft.json. It is told where each snapshot begins
//                 and ends, so it cuts nothing. One pass over the members of each aircraft,
//                 compared with hex, flight, alt_baro, alt_geom, gs, track, lat, lon, nic, rc and
//                 seen_pos; numbers become doubles and integers, which are summed up. `lookup` is
//                 the same by find_field_unordered, one look-up a member; `lines` runs over JSON
//                 lines.
//   newlines      counts line ends by memchr.
//   memchr        splits rows and fields of a CSV by memchr, without quotes; adds up lengths.
//   fast-cpp-csv  the fields of ben-strasser's fast-cpp-csv-parser (Debian's libfccp-dev), as text,
//                 without its thread.
//
// The texts are made from one seed (made_positions.h); where the real files of ../shared/data are
// there, they are read as well, repeated to a size that can be measured.

#include <benchmark/benchmark.h>
#include <simdjson.h>
#define CSV_IO_NO_THREAD
#include <libfccp/csv.h>

#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "bench/made_positions.h"
#include "observations/csv.h"
#include "observations/positions.h"
#include "observations/reader.h"

namespace truce::bench {
namespace {

using observations::Format;

constexpr std::size_t part = std::size_t{1} << 20;

// 256 MiB unless TRUCE_BENCH_MIB says otherwise.
std::size_t made_bytes() {
  const char* mib = std::getenv("TRUCE_BENCH_MIB");
  return (mib != nullptr ? std::strtoull(mib, nullptr, 10) : 256) << 20;
}

// A text is made when it is first asked for, and only the last one is kept: what is measured next
// to each other is registered next to each other.
const std::string& text_of(const std::string& name, const std::function<std::string()>& make) {
  static std::string kept_name, kept;
  if (kept_name != name) {
    kept = {};
    kept = make();
    kept.reserve(kept.size() + simdjson::SIMDJSON_PADDING);
    kept_name = name;
  }
  return kept;
}

using Make = std::function<std::string()>;

void count(benchmark::State& state, std::size_t bytes, std::uint64_t rows) {
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * bytes));
  state.counters["rows/s"] = benchmark::Counter(static_cast<double>(state.iterations() * rows),
                                                benchmark::Counter::kIsRate);
}

// The whole reader, into columns.
void read_by_truce(benchmark::State& state, const std::string& name, const Make& make,
                   Format format) {
  const std::string& text = text_of(name, make);
  const observations::Source source;
  std::uint64_t rows = 0;
  for (auto _ : state) {
    observations::Positions positions;
    observations::Sink sink;
    std::uint64_t facts = 0, rejected = 0;
    sink.position = [&](const observations::PositionReport& report) { positions.add(report); };
    sink.position_columns = [&](const observations::ReportColumns& reports) {
      positions.add(reports, 0, reports.size);
    };
    sink.facts = [&](observations::AircraftFacts&&) { ++facts; };
    sink.rejected = [&](observations::Rejected&&) { ++rejected; };
    const auto reader = observations::make_reader(format, 0, source, sink);
    const std::string_view all = text;
    for (std::size_t at = 0; at < all.size(); at += part) reader->take(all.substr(at, part));
    reader->finish();
    if (positions.size() == 0) return state.SkipWithError("nothing was read");
    rows = sink.records;
    benchmark::DoNotOptimize(positions.at.data());
  }
  count(state, text.size(), rows);
}

// Rows and fields alone.
void split_by_truce(benchmark::State& state, const std::string& name, const Make& make) {
  const std::string& text = text_of(name, make);
  std::uint64_t rows = 0;
  for (auto _ : state) {
    rows = 0;
    std::uint64_t sum = 0;
    observations::read_csv(text, [&](const observations::CsvRow& row) {
      ++rows;
      sum += row.fields.size() + row.fields.back().size();
    });
    benchmark::DoNotOptimize(sum);
  }
  count(state, text.size(), rows);
}

// --- Peers --------------------------------------------------------------------------------------

struct Sums {
  double numbers = 0;
  std::int64_t integers = 0;
  std::uint64_t texts = 0, rows = 0;
};

void add_member(Sums& sums, std::string_view key, simdjson::ondemand::value value) {
  namespace od = simdjson::ondemand;
  const auto number = [&] {
    double d = 0;
    if (value.get_double().get(d) == simdjson::SUCCESS) sums.numbers += d;
  };
  const auto integer = [&] {
    std::int64_t i = 0;
    if (value.get_int64().get(i) == simdjson::SUCCESS) sums.integers += i;
  };
  const auto text = [&] {
    std::string_view t;
    if (value.get_string().get(t) == simdjson::SUCCESS) sums.texts += t.size();
  };
  if (key == "hex" || key == "flight") {
    text();
  } else if (key == "alt_baro") {
    od::json_type type;
    if (value.type().get(type) != simdjson::SUCCESS) return;
    type == od::json_type::number ? integer() : text();
  } else if (key == "lat" || key == "lon" || key == "gs" || key == "track" || key == "seen_pos") {
    number();
  } else if (key == "alt_geom" || key == "nic" || key == "rc") {
    integer();
  }
}

// One pass over the members.
void add_aircraft(Sums& sums, simdjson::ondemand::object aircraft) {
  ++sums.rows;
  for (auto field : aircraft) {
    std::string_view key;
    if (field.unescaped_key().get(key) != simdjson::SUCCESS) return;
    add_member(sums, key, field.value());
  }
}

// One look-up a member.
void look_up_aircraft(Sums& sums, simdjson::ondemand::object aircraft) {
  ++sums.rows;
  for (const char* key : {"hex", "flight", "alt_baro", "alt_geom", "gs", "track", "lat", "lon",
                          "nic", "rc", "seen_pos"}) {
    simdjson::ondemand::value value;
    if (aircraft.find_field_unordered(key).get(value) == simdjson::SUCCESS)
      add_member(sums, key, value);
  }
}

// Where each snapshot begins; ends with the end of the text.
std::vector<std::size_t> snapshots_of(const std::string& text) {
  std::vector<std::size_t> begins;
  for (std::size_t at = text.find("{ \"now\""); at != std::string::npos;
       at = text.find("{ \"now\"", at + 1))
    begins.push_back(at);
  begins.push_back(text.size());
  return begins;
}

template <class Add>
void read_by_simdjson(benchmark::State& state, const std::string& name, const Make& make,
                      const Add& add) {
  const std::string& text = text_of(name, make);
  const std::vector<std::size_t> begins = snapshots_of(text);
  simdjson::ondemand::parser parser;
  Sums sums;
  for (auto _ : state) {
    sums = {};
    for (std::size_t i = 0; i + 1 < begins.size(); ++i) {
      const simdjson::padded_string_view json(text.data() + begins[i], begins[i + 1] - begins[i],
                                              text.size() - begins[i] + simdjson::SIMDJSON_PADDING);
      simdjson::ondemand::document document;
      simdjson::ondemand::array aircraft;
      if (parser.iterate(json).get(document) != simdjson::SUCCESS ||
          document["aircraft"].get_array().get(aircraft) != simdjson::SUCCESS)
        return state.SkipWithError("not JSON");
      for (auto one : aircraft) {
        simdjson::ondemand::object object;
        if (one.get_object().get(object) == simdjson::SUCCESS) add(sums, object);
      }
    }
    benchmark::DoNotOptimize(sums);
  }
  count(state, text.size(), sums.rows);
}

void read_lines_by_simdjson(benchmark::State& state, const std::string& name, const Make& make) {
  const std::string& text = text_of(name, make);
  simdjson::ondemand::parser parser;
  Sums sums;
  for (auto _ : state) {
    sums = {};
    simdjson::ondemand::document_stream stream;
    if (parser.iterate_many(text.data(), text.size(), std::size_t{1} << 20).get(stream) !=
        simdjson::SUCCESS)
      return state.SkipWithError("not JSON");
    for (auto document : stream) {
      simdjson::ondemand::object object;
      if (document.get_object().get(object) == simdjson::SUCCESS) add_aircraft(sums, object);
    }
    benchmark::DoNotOptimize(sums);
  }
  count(state, text.size(), sums.rows);
}

void count_newlines(benchmark::State& state, const std::string& name, const Make& make) {
  const std::string& text = text_of(name, make);
  std::uint64_t rows = 0;
  for (auto _ : state) {
    rows = 0;
    const char* at = text.data();
    const char* const end = at + text.size();
    while (const void* found = std::memchr(at, '\n', static_cast<std::size_t>(end - at))) {
      ++rows;
      at = static_cast<const char*>(found) + 1;
    }
    benchmark::DoNotOptimize(rows);
  }
  count(state, text.size(), rows);
}

void split_by_memchr(benchmark::State& state, const std::string& name, const Make& make) {
  const std::string& text = text_of(name, make);
  std::uint64_t rows = 0;
  for (auto _ : state) {
    rows = 0;
    std::uint64_t sum = 0;
    const char* at = text.data();
    const char* const end = at + text.size();
    std::vector<std::string_view> fields;
    while (const void* found = std::memchr(at, '\n', static_cast<std::size_t>(end - at))) {
      const char* const line_end = static_cast<const char*>(found);
      fields.clear();
      while (const void* comma = std::memchr(at, ',', static_cast<std::size_t>(line_end - at))) {
        const char* const field_end = static_cast<const char*>(comma);
        fields.emplace_back(at, static_cast<std::size_t>(field_end - at));
        at = field_end + 1;
      }
      fields.emplace_back(at, static_cast<std::size_t>(line_end - at));
      at = line_end + 1;
      ++rows;
      sum += fields.size() + fields.back().size();
    }
    benchmark::DoNotOptimize(sum);
  }
  count(state, text.size(), rows);
}

template <unsigned columns>
void split_by_fast_cpp_csv(benchmark::State& state, const std::string& name, const Make& make) {
  const std::string& text = text_of(name, make);
  std::uint64_t rows = 0;
  for (auto _ : state) {
    rows = 0;
    std::uint64_t sum = 0;
    io::CSVReader<columns> reader("made", text.data(), text.data() + text.size());
    std::array<char*, columns> fields{};
    const auto read = [&](auto&... field) { return reader.read_row(field...); };
    while (std::apply(read, fields)) {
      ++rows;
      sum += std::strlen(fields.back());
    }
    benchmark::DoNotOptimize(sum);
  }
  count(state, text.size(), rows);
}

// --- What is measured ---------------------------------------------------------------------------

template <class Run>
void measure(const std::string& name, Run run) {
  benchmark::RegisterBenchmark(name.c_str(), [run](benchmark::State& state) {
    run(state);
  })->Unit(benchmark::kMillisecond);
}

void measure_reader(const std::string& format_name, const Make& make, Format format) {
  measure(format_name + "/truce",
          [=](benchmark::State& state) { read_by_truce(state, format_name, make, format); });
}

template <unsigned columns>
void measure_csv(const std::string& name, const Make& make, Format format) {
  measure_reader(name, make, format);
  measure(name + "/truce: rows and fields",
          [=](benchmark::State& state) { split_by_truce(state, name, make); });
  measure(name + "/newlines by memchr",
          [=](benchmark::State& state) { count_newlines(state, name, make); });
  measure(name + "/rows and fields by memchr",
          [=](benchmark::State& state) { split_by_memchr(state, name, make); });
  measure(name + "/fast-cpp-csv-parser",
          [=](benchmark::State& state) { split_by_fast_cpp_csv<columns>(state, name, make); });
}

// The real files of a folder, one after another, over and over.
std::string real_text(const std::string& folder, std::string_view ending) {
  std::vector<std::filesystem::path> paths;
  for (const auto& entry : std::filesystem::directory_iterator(folder))
    if (entry.path().string().ends_with(ending)) paths.push_back(entry.path());
  std::sort(paths.begin(), paths.end());
  std::string once;
  for (const auto& path : paths) {
    std::ifstream file(path, std::ios::binary);
    const std::string bytes(std::istreambuf_iterator<char>(file), {});
    observations::Decompressor decompressor([&](std::string_view more) { once += more; });
    if (!decompressor.take(bytes) || !decompressor.finish())
      std::fprintf(stderr, "damaged: %s\n", path.c_str());
    once += '\n';
  }
  std::string text;
  while (!once.empty() && text.size() < made_bytes() / 4) text += once;
  return text;
}

void measure_real(const std::string& name, const std::string& folder, std::string_view ending,
                  Format format) {
  const std::string path = std::string(TRUCE_SOURCE_DIR "/../shared/data/aircraft/") + folder;
  if (!std::filesystem::is_directory(path)) {
    std::fprintf(stderr, "skipped: %s is not there\n", path.c_str());
    return;
  }
  measure_reader(name, [=] { return real_text(path, ending); }, format);
}

void register_all() {
  const auto made = [](std::string (*write)(MadeText)) {
    return [write] { return write({.seed = 1, .bytes = made_bytes()}); };
  };
  const std::string json = "aircraft.json";
  const Make snapshots = made(made_aircraft_json);
  measure_reader(json, snapshots, Format::aircraft_json);
  measure(json + "/simdjson",
          [=](benchmark::State& state) { read_by_simdjson(state, json, snapshots, add_aircraft); });
  measure(json + "/simdjson: lookup", [=](benchmark::State& state) {
    read_by_simdjson(state, json, snapshots, look_up_aircraft);
  });
  const std::string lines = "JSON lines";
  measure_reader(lines, made(made_json_lines), Format::json_lines);
  measure(lines + "/simdjson", [=](benchmark::State& state) {
    read_lines_by_simdjson(state, lines, made(made_json_lines));
  });
  measure_reader("readsb traces", made(made_readsb_traces), Format::readsb_trace);
  measure_csv<14>("CSV", made(made_plain_csv), Format::plain_csv);
  measure_csv<16>("OpenSky CSV", made(made_opensky_csv), Format::opensky_states_csv);
  measure_reader("SBS", made(made_sbs), Format::sbs1);
  measure(std::string("SBS/rows and fields by memchr"),
          [=](benchmark::State& state) { split_by_memchr(state, "SBS", made(made_sbs)); });
  measure_real("real aircraft.json", "aircraft_json", "aircraft_1.json", Format::aircraft_json);
  measure_real("real readsb traces", "readsb_traces/2023-08-30", ".json", Format::readsb_trace);
  measure_real("real OpenSky states", "opensky_states_west_asia", ".json", Format::opensky_states);
  measure_real("real SBS", "modes", ".sbs.csv", Format::sbs1);
}

}  // namespace
}  // namespace truce::bench

int main(int count, char** words) {
  truce::bench::register_all();
  benchmark::Initialize(&count, words);
  if (benchmark::ReportUnrecognizedArguments(count, words)) return 2;
  benchmark::RunSpecifiedBenchmarks();
}
