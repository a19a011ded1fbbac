// The speed of screening, beside its peers in the same run: the figures of docs/benchmarks.md.
//
//   truce_screen_bench [--page=docs/benchmarks.md] [Google Benchmark's own options]
//
// One thread is timed by its own processor time, so that what else the machine does disturbs least;
// two threads by the clock on the wall. Positions are taken 65,536 at a time, as a reader hands
// them over, and of every chunk all answers are written out as (position, area, side), by all. The
// best of several runs counts, for us and for the quick peers alike; where a peer needs minutes,
// one run.
//
// Every answer of GEOS is compared with ours, one by one, while it is measured (and not timed).

#include <benchmark/benchmark.h>
#include <fmt/core.h>

#include <algorithm>
#include <ctime>
#include <fstream>
#include <functional>
#include <iterator>
#include <map>
#include <memory>
#include <sstream>
#include <thread>
#include <tuple>

#include "bench/peers.h"
#include "bench/plot.h"
#include "bench/workloads.h"

namespace truce::bench {
namespace {

using areas::EdgeKind;
using areas::Held;
using areas::Holdings;
using areas::Screen;

constexpr std::size_t all_positions = 10'000'000;
constexpr std::size_t chunk = std::size_t{1} << 16;
constexpr std::size_t leg_count = 100'000;

double clock_seconds(clockid_t clock) {
  timespec t{};
  clock_gettime(clock, &t);
  return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_nsec) * 1e-9;
}
double own_seconds() {
  return clock_seconds(CLOCK_THREAD_CPUTIME_ID);
}
double wall_seconds() {
  return clock_seconds(CLOCK_MONOTONIC);
}

// What is measured, by name: seconds for one question (a position, a leg, an index).
std::map<std::string, double> best;
std::map<std::string, std::size_t> wrong;  // answers that differ from GEOS's
std::map<std::string, std::size_t> asked;  // answers compared

void note(const std::string& name, double seconds) {
  const auto [at, is_new] = best.emplace(name, seconds);
  if (!is_new) at->second = std::min(at->second, seconds);
}

// Registers one measurement: `run` gives its own seconds for `items` questions.
void measure(const std::string& name, std::size_t items, int repetitions,
             std::function<double()> run) {
  benchmark::RegisterBenchmark(name.c_str(),
                               [name, items, run](benchmark::State& state) {
                                 for (auto _ : state) {
                                   const double seconds = run();
                                   state.SetIterationTime(seconds);
                                   note(name, seconds / static_cast<double>(items));
                                 }
                                 state.SetItemsProcessed(static_cast<std::int64_t>(
                                     items * static_cast<std::size_t>(state.iterations())));
                               })
      ->UseManualTime()
      ->Iterations(1)
      ->Repetitions(repetitions)
      ->ReportAggregatesOnly(false)
      ->Unit(benchmark::kMillisecond);
}

const std::vector<Point>& positions() {
  static const std::vector<Point> all = positions_for(all_positions);
  return all;
}

template <class Visit>
void each_chunk(std::span<const Point> all, Visit visit) {
  for (std::size_t i = 0; i < all.size(); i += chunk)
    visit(i, all.subspan(i, std::min(chunk, all.size() - i)));
}

// A workload with its index and its peers, each made when it is first asked for.
struct Case {
  explicit Case(Workload w) : workload(std::move(w)) {}
  Workload workload;
  const Screen& screen() {
    if (!screen_) screen_ = std::make_unique<Screen>(std::span<const Outline>(workload.outlines));
    return *screen_;
  }
  GeosPeer& geos() {
    if (!geos_) geos_ = std::make_unique<GeosPeer>(workload.outlines);
    return *geos_;
  }
  S2Peer& s2() {
    if (!s2_) s2_ = std::make_unique<S2Peer>(workload.outlines);
    return *s2_;
  }
  void forget_peers() {
    geos_.reset();
    s2_.reset();
  }

 private:
  std::unique_ptr<Screen> screen_;
  std::unique_ptr<GeosPeer> geos_;
  std::unique_ptr<S2Peer> s2_;
};

double time_covers(const Screen& screen, std::span<const Point> all) {
  Holdings holdings;
  const double start = own_seconds();
  each_chunk(all, [&](std::size_t, std::span<const Point> part) {
    screen.find(part, holdings);
    benchmark::DoNotOptimize(holdings.covers.data());
  });
  return own_seconds() - start;
}

double time_listed(const Screen& screen, std::span<const Point> all) {
  Holdings holdings;
  std::vector<Held> found;
  const double start = own_seconds();
  each_chunk(all, [&](std::size_t, std::span<const Point> part) {
    screen.find(part, holdings);
    areas::list(screen, holdings, found);
    benchmark::DoNotOptimize(found.data());
  });
  return own_seconds() - start;
}

double time_within(const Screen& screen, std::span<const Point> all,
                   const areas::Windows& windows) {
  static const auto heights = heights_for(all_positions);
  static const auto times = times_for(all_positions);
  Holdings holdings;
  std::vector<Held> found;
  const double start = own_seconds();
  each_chunk(all, [&](std::size_t i, std::span<const Point> part) {
    screen.find(part, holdings);
    areas::list_within(screen, holdings, windows, std::span(heights).subspan(i, part.size()),
                       std::span(times).subspan(i, part.size()), found);
    benchmark::DoNotOptimize(found.data());
  });
  return own_seconds() - start;
}

void in_order(std::vector<Held>& found) {
  std::sort(found.begin(), found.end(), [](Held a, Held b) {
    return std::tuple(a.position, std::uint32_t{a.area}) <
           std::tuple(b.position, std::uint32_t{b.area});
  });
}

// How many (position, area) pairs have another side, or are there on one side only.
std::size_t differences(std::vector<Held>& ours, std::vector<Held>& theirs) {
  in_order(ours);
  in_order(theirs);
  if (ours == theirs) return 0;
  std::vector<Held> differ;
  std::set_symmetric_difference(
      ours.begin(), ours.end(), theirs.begin(), theirs.end(), std::back_inserter(differ),
      [](Held a, Held b) {
        return std::tuple(a.position, std::uint32_t{a.area}, std::uint32_t{a.on_boundary}) <
               std::tuple(b.position, std::uint32_t{b.area}, std::uint32_t{b.on_boundary});
      });
  return differ.size();
}

double time_geos(Case& c, std::span<const Point> all, const std::string& compared) {
  const Screen& screen = c.screen();
  GeosPeer& geos = c.geos();
  Holdings holdings;
  std::vector<Held> ours, theirs;
  double seconds = 0;
  each_chunk(all, [&](std::size_t, std::span<const Point> part) {
    theirs.clear();
    const double start = own_seconds();
    geos.find(part, theirs);
    seconds += own_seconds() - start;
    screen.find(part, holdings);
    areas::list(screen, holdings, ours);
    wrong[compared] += differences(ours, theirs);
    asked[compared] += part.size() * c.workload.outlines.size();
  });
  return seconds;
}

double time_s2(Case& c, std::span<const Point> all) {
  S2Peer& s2 = c.s2();
  std::vector<Held> found;
  double seconds = 0;
  each_chunk(all, [&](std::size_t, std::span<const Point> part) {
    found.clear();
    const double start = own_seconds();
    s2.find(part, found);
    seconds += own_seconds() - start;
  });
  return seconds;
}

// On the wall; and notes the processor time of all threads together, which the machine's other work
// does not stretch, but the threads' quarrel over memory does.
double time_threads(const Screen& screen, std::span<const Point> all, std::size_t count,
                    const std::string& work) {
  std::vector<double> own(count);
  const double start = wall_seconds();
  std::vector<std::thread> threads;
  for (std::size_t t = 0; t < count; ++t) {
    const std::size_t from = all.size() * t / count, to = all.size() * (t + 1) / count;
    threads.emplace_back([&screen, &own, t, part = all.subspan(from, to - from)] {
      own[t] = time_listed(screen, part);
    });
  }
  for (std::thread& t : threads) t.join();
  const double seconds = wall_seconds() - start;
  double sum = 0;
  for (const double s : own) sum += s;
  note(work, sum / static_cast<double>(all.size()));
  return seconds;
}

double time_legs(Case& c) {
  static const auto legs = legs_for(leg_count);
  std::vector<areas::Stay> stays;
  double seconds = 0;
  for (std::size_t i = 0; i < legs.size(); i += 4096) {
    const double start = own_seconds();
    areas::stays_of(c.screen(),
                    std::span(legs).subspan(i, std::min<std::size_t>(4096, legs.size() - i)),
                    stays);
    seconds += own_seconds() - start;
  }
  return seconds;
}

double time_geos_legs(Case& c) {
  const auto legs = legs_for(leg_count);
  std::vector<std::pair<std::uint32_t, std::uint32_t>> met, ours;
  c.geos().meet(std::span(legs).first(1), met);  // prepares what it prepares once
  met.clear();
  c.geos().meet(legs, met);  // so do its prepared geometries, each when first asked
  met.clear();
  const double start = own_seconds();
  c.geos().meet(legs, met);
  const double seconds = own_seconds() - start;
  std::vector<areas::Stay> stays;
  areas::stays_of(c.screen(), legs, stays);
  for (const areas::Stay& s : stays)
    if (ours.empty() || ours.back() != std::pair{s.leg, s.area}) ours.emplace_back(s.leg, s.area);
  std::sort(met.begin(), met.end());
  std::vector<std::pair<std::uint32_t, std::uint32_t>> differ;
  std::set_symmetric_difference(ours.begin(), ours.end(), met.begin(), met.end(),
                                std::back_inserter(differ));
  wrong["legs/" + c.workload.name] = differ.size();
  asked["legs/" + c.workload.name] = legs.size() * c.workload.outlines.size();
  return seconds;
}

double time_bandwidth() {
  const std::vector<Point>& all = positions();
  const double start = own_seconds();
  std::uint64_t sum = 0;
  for (const Point p : all)
    sum += static_cast<std::uint32_t>(p.longitude_e7) + static_cast<std::uint32_t>(p.latitude_e7);
  benchmark::DoNotOptimize(sum);
  return own_seconds() - start;
}

Case& case_of(const std::string& name) {
  static std::map<std::string, std::unique_ptr<Case>> cases;
  auto& found = cases[name];
  if (!found)
    found =
        std::make_unique<Case>(name == "a"                 ? workload_a()
                               : name == "b"               ? workload_b()
                               : name == "c"               ? workload_c()
                               : name == "geodesic"        ? workload_b_drawn(1, EdgeKind::geodesic)
                               : name == "sparse"          ? workload_b_drawn(8, EdgeKind::straight)
                               : name == "sparse geodesic" ? workload_b_drawn(8, EdgeKind::geodesic)
                                                           : workload_of(std::stoul(name)));
  return *found;
}

std::vector<Point> spread(std::size_t count) {
  // Half from the tracks, half from anywhere, as in the whole.
  std::vector<Point> some(positions().begin(),
                          positions().begin() + static_cast<std::ptrdiff_t>(count / 2));
  some.insert(some.end(), positions().end() - static_cast<std::ptrdiff_t>(count - count / 2),
              positions().end());
  return some;
}

constexpr std::size_t curve_positions[] = {10'000, 100'000, 1'000'000, 10'000'000, 100'000'000};
constexpr std::size_t curve_areas[] = {1, 10, 100, 1'000, 10'000, 100'000};
constexpr std::size_t positions_for_areas = 2'000'000;

void register_all() {
  measure("memory", all_positions, 5, time_bandwidth);
  for (const std::string w : {"a", "b", "c"}) {
    measure("covers/" + w, all_positions, 3,
            [w] { return time_covers(case_of(w).screen(), positions()); });
    measure("listed/" + w, all_positions, 3,
            [w] { return time_listed(case_of(w).screen(), positions()); });
    measure("windows/" + w, all_positions, 3, [w] {
      const areas::Windows windows(windows_for(case_of(w).workload.outlines.size()));
      return time_within(case_of(w).screen(), positions(), windows);
    });
    measure("geos/" + w, all_positions, 1,
            [w] { return time_geos(case_of(w), positions(), "positions/" + w); });
    measure("s2/" + w, all_positions, 1, [w] { return time_s2(case_of(w), positions()); });
    measure("legs/" + w, leg_count, 3, [w] { return time_legs(case_of(w)); });
    measure("geos legs/" + w, leg_count, 1, [w] { return time_geos_legs(case_of(w)); });
    measure("probes/" + w, 1, 1, [w] {
      time_geos(case_of(w), probes_for(case_of(w).workload, 500'000), "probes/" + w);
      case_of(w).forget_peers();
      return 1e-9;
    });
    measure("1 thread/" + w, all_positions, 3,
            [w] { return time_threads(case_of(w).screen(), positions(), 1, "work of 1/" + w); });
    measure("2 threads/" + w, all_positions, 3,
            [w] { return time_threads(case_of(w).screen(), positions(), 2, "work of 2/" + w); });
  }
  for (const std::string w : {"geodesic", "sparse", "sparse geodesic"})
    measure("listed/" + w, all_positions, 3,
            [w] { return time_listed(case_of(w).screen(), positions()); });
  measure("build/screen", 1, 3, [] {
    const double start = own_seconds();
    const Screen screen{std::span<const Outline>(case_of("b").workload.outlines)};
    benchmark::DoNotOptimize(screen.table().lines.data());
    return own_seconds() - start;
  });
  measure("build/geos", 1, 3, [] {
    const double start = own_seconds();
    const GeosPeer peer(case_of("b").workload.outlines);
    return own_seconds() - start;
  });
  measure("build/s2", 1, 1, [] {
    const double start = own_seconds();
    const S2Peer peer(case_of("b").workload.outlines);
    return own_seconds() - start;
  });
  for (const std::size_t n : curve_positions)
    measure(fmt::format("positions/{}", n), n, n > 10'000'000 ? 1 : 3, [n] {
      if (n <= all_positions) return time_listed(case_of("b").screen(), spread(n));
      double seconds =
          0;  // the same ten million, over and over: 80 bytes a position are not at hand
      for (std::size_t k = 0; k < n / all_positions; ++k)
        seconds += time_listed(case_of("b").screen(), positions());
      return seconds;
    });
  for (const std::size_t n : curve_areas) {
    measure(fmt::format("areas/{}", n), positions_for_areas, 2, [n] {
      return time_listed(case_of(std::to_string(n)).screen(), spread(positions_for_areas));
    });
    measure(fmt::format("geos areas/{}", n), 100'000, 1, [n] {
      const double seconds =
          time_geos(case_of(std::to_string(n)), spread(100'000), fmt::format("areas/{}", n));
      case_of(std::to_string(n)).forget_peers();
      return seconds;
    });
  }
}

// --- The page ------------------------------------------------------------------------------------

double ns(const std::string& name) {
  return best.at(name) * 1e9;
}
double ratio(const std::string& slow, const std::string& fast) {
  return best.at(slow) / best.at(fast);
}

std::string processor() {
  std::ifstream info("/proc/cpuinfo");
  for (std::string line; std::getline(info, line);)
    if (line.starts_with("model name")) return line.substr(line.find(": ") + 2);
  return "unknown processor";
}

std::string page() {
  std::string text = "## Screening\n\n";
  text +=
      "`./dev bench screen` makes the workloads from one seed (`bench/workloads.h`), measures, "
      "compares every answer with GEOS's and writes this section.\n\n";
  text += fmt::format(
      "{}, {} threads of which one is used unless said otherwise; gcc -O3; GEOS 3.11 and S2 0.10 "
      "of "
      "Debian 12. A run of its own: ratios compare figures of the same run. Times of one thread "
      "are "
      "its processor time. Reading the {:.0f} MB of positions once runs at {:.1f} GB/s, {:.2f} ns "
      "a "
      "position, by one plain loop: a measure of how far the memory is from being the limit.\n\n",
      processor(), std::thread::hardware_concurrency(),
      static_cast<double>(all_positions * sizeof(Point)) / 1e6,
      static_cast<double>(sizeof(Point)) / best.at("memory") / 1e9, ns("memory"));
  text +=
      "Nanoseconds a position, over ten million positions. *Listed*: every (position, area, side) "
      "written out, as the peers do. *Covers*: answered with the number of a cover, and what is "
      "held "
      "near boundaries.\n\n"
      "| workload | covers | listed | GEOS | S2 | listed against GEOS | goal (aim) | listed "
      "against "
      "S2 | goal |\n|---|---|---|---|---|---|---|---|---|\n";
  const std::map<std::string, std::pair<std::string, std::string>> goals = {
      {"a", {"10x (20x)", "25x"}}, {"b", {"25x (50x)", "20x"}}, {"c", {"12x (30x)", "25x"}}};
  for (const auto& [w, goal] : goals)
    text +=
        fmt::format("| {} | {:.1f} | {:.1f} | {:.0f} | {:.0f} | {:.1f}x | {} | {:.1f}x | {} |\n", w,
                    ns("covers/" + w), ns("listed/" + w), ns("geos/" + w), ns("s2/" + w),
                    ratio("geos/" + w, "listed/" + w), goal.first, ratio("s2/" + w, "listed/" + w),
                    goal.second);
  text += "\n| what | measured | goal (aim) |\n|---|---|---|\n";
  for (const std::string w : {"a", "b", "c"})
    text += fmt::format(
        "| {}: with heights and times, share of the listed rate | {:.2f} | 0.5 (0.7) |\n", w,
        ratio("listed/" + w, "windows/" + w));
  text += fmt::format("| b: geodesic edges, share of the rate of straight ones | {:.2f} | 0.5 |\n",
                      ratio("listed/b", "listed/geodesic"));
  text += fmt::format(
      "| b with an eighth of its vertices, so that edges are long: the same | {:.2f} | 0.5 |\n",
      ratio("listed/sparse", "listed/sparse geodesic"));
  for (const std::string w : {"a", "b", "c"})
    text += fmt::format(
        "| {}: legs with entry and exit, {:.0f} ns each, against GEOS prepared intersects, {:.0f} "
        "ns "
        "| {:.1f}x | 5x (15x) |\n",
        w, ns("legs/" + w), ns("geos legs/" + w), ratio("geos legs/" + w, "legs/" + w));
  text += fmt::format(
      "| b: index made in {:.0f} ms; GEOS {:.0f} ms, S2 {:.0f} ms: time against S2's | {:.2f} | 1 "
      "|\n| b: the same against GEOS's | {:.2f} | (3) |\n",
      best.at("build/screen") * 1e3, best.at("build/geos") * 1e3, best.at("build/s2") * 1e3,
      ratio("build/screen", "build/s2"), ratio("build/screen", "build/geos"));
  for (const std::string w : {"a", "b", "c"})
    text += fmt::format("| {}: two threads against one | {:.2f}x | 1.7x |\n", w,
                        ratio("1 thread/" + w, "2 threads/" + w));
  for (const std::string w : {"a", "b", "c"})
    text += fmt::format(
        "| {}: two threads, if the machine had nothing else to do (from processor time) | {:.2f}x "
        "| "
        "1.7x |\n",
        w, 2 * ratio("work of 1/" + w, "work of 2/" + w));
  text +=
      "\nAnswers compared with GEOS's, one by one; the probes are vertices, places on edges, and "
      "the "
      "eight places of the lattice around each.\n\n| what | answers | wrong |\n|---|---|---|\n";
  for (const auto& [name, count] : asked)
    text += fmt::format("| {} | {} | {} |\n", name, count, wrong.at(name));
  return text;
}

Plot plot_of_positions() {
  Curve ours{"listed, workload b", {}};
  for (const std::size_t n : curve_positions)
    ours.points.emplace_back(static_cast<double>(n),
                             best.at(fmt::format("positions/{}", n)) * static_cast<double>(n));
  return {"Time against positions", "positions", "seconds", {ours}};
}

Plot plot_of_areas() {
  Curve ours{"Truce, listed", {}}, geos{"GEOS", {}};
  for (const std::size_t n : curve_areas) {
    ours.points.emplace_back(static_cast<double>(n), ns(fmt::format("areas/{}", n)));
    geos.points.emplace_back(static_cast<double>(n), ns(fmt::format("geos areas/{}", n)));
  }
  return {
      "Time against areas (each place held by about two)", "areas", "ns a position", {ours, geos}};
}

// Writes the section between its marks, leaving the rest of the page as it is.
void write_page(const std::string& path) {
  const std::string begin = "<!-- screening: written by ./dev bench screen -->\n";
  const std::string end = "<!-- end of screening -->\n";
  std::ifstream in(path);
  std::string whole{std::istreambuf_iterator<char>(in), {}};
  in.close();
  const std::string folder = path.substr(0, path.rfind('/') + 1);
  const Plot over_positions = plot_of_positions(), over_areas = plot_of_areas();
  std::ofstream(folder + "benchmarks-positions.svg") << svg_of(over_positions);
  std::ofstream(folder + "benchmarks-areas.svg") << svg_of(over_areas);
  std::string section = begin + page();
  section += fmt::format(
      "\nThe slopes below are of the logarithms: 1 is proportional, 0 is independent.\n\n"
      "![Time against positions](benchmarks-positions.svg)\n\nFrom 100,000 positions on, time "
      "grows "
      "with the power {:.2f} of the positions. (100 million are the same ten million ten "
      "times.)\n\n"
      "![Time against areas](benchmarks-areas.svg)\n\nFrom 10 areas on, time grows with the power "
      "{:.2f} of the areas, GEOS's with {:.2f}: areas of 100 vertices over the same ground, the "
      "smaller the more they are.\n",
      slope_of(over_positions.curves[0], 1e5), slope_of(over_areas.curves[0], 10),
      slope_of(over_areas.curves[1], 10));
  section += end;
  const std::size_t from = whole.find(begin), to = whole.find(end);
  if (from != std::string::npos && to != std::string::npos)
    whole.replace(from, to + end.size() - from, section);
  else
    whole += (whole.empty() ? "# Benchmarks\n\n" : "\n") + section;
  std::ofstream(path) << whole;
}

}  // namespace
}  // namespace truce::bench

int main(int argc, char** argv) {
  std::string path;
  std::vector<char*> rest;
  for (int i = 0; i < argc; ++i) {
    const std::string_view argument = argv[i];
    if (argument.starts_with("--page="))
      path = argument.substr(7);
    else
      rest.push_back(argv[i]);
  }
  int count = static_cast<int>(rest.size());
  benchmark::Initialize(&count, rest.data());
  if (benchmark::ReportUnrecognizedArguments(count, rest.data())) return 2;
  truce::bench::register_all();
  benchmark::RunSpecifiedBenchmarks();
  std::size_t all_wrong = 0;
  for (const auto& [name, n] : truce::bench::wrong) all_wrong += n;
  fmt::print("{} answers differ from GEOS's\n", all_wrong);
  if (!path.empty()) truce::bench::write_page(path);
  return all_wrong == 0 ? 0 : 1;
}
