#include "tests/program/program.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <linux/capability.h>
#include <poll.h>
#include <pty.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>
#include <zlib.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>

#include "base/places_test_case.h"

namespace truce::program {

namespace fs = std::filesystem;

Folder::Folder(const fs::path& parent) {
  std::string name =
      ((parent.empty() ? fs::temp_directory_path() : parent) / "truce-program-XXXXXX").string();
  path_ = ::mkdtemp(name.data());
}

Folder::~Folder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

void Folder::write(const std::string& name, const std::string& text) const {
  fs::create_directories((path_ / name).parent_path());
  std::ofstream(path_ / name, std::ios::binary) << text;
}

std::string text_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::map<std::string, std::string> files_of(const fs::path& folder) {
  std::map<std::string, std::string> files;
  if (!fs::exists(folder)) return files;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    files[fs::relative(entry.path(), folder).string()] = text_of(entry.path());
  }
  return files;
}

namespace {

/// In the child: becomes the program.
[[noreturn]] void become(const std::vector<std::string>& words,
                         const std::vector<std::string>& environment) {
  for (const std::string& one : environment) ::putenv(const_cast<char*>(one.c_str()));
  std::vector<std::string> all = {"truce"};
  all.insert(all.end(), words.begin(), words.end());
  std::vector<char*> arguments;
  for (std::string& word : all) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  ::execv(base::built_program().c_str(), arguments.data());
  ::_exit(127);
}

int status_from(int wait_status) {
  return WIFEXITED(wait_status) ? WEXITSTATUS(wait_status) : 1000 + WTERMSIG(wait_status);
}

/// Reads several pipes until all are closed.
void drain(std::vector<std::pair<int, std::string*>> pipes) {
  while (!pipes.empty()) {
    std::vector<pollfd> waiting;
    for (const auto& [number, _] : pipes) waiting.push_back({number, POLLIN, 0});
    ::poll(waiting.data(), waiting.size(), -1);
    for (std::size_t i = pipes.size(); i-- > 0;) {
      if (waiting[i].revents == 0) continue;
      char part[65'536];
      const ssize_t count = ::read(pipes[i].first, part, sizeof part);
      if (count > 0) {
        pipes[i].second->append(part, static_cast<std::size_t>(count));
      } else {
        ::close(pipes[i].first);
        pipes.erase(pipes.begin() + static_cast<std::ptrdiff_t>(i));
      }
    }
  }
}

}  // namespace

Ran run(const std::vector<std::string>& words, const Circumstances& circumstances) {
  int out[2], err[2];
  if (::pipe2(out, O_CLOEXEC) != 0 || ::pipe2(err, O_CLOEXEC) != 0) return {};
  const pid_t child = ::fork();
  if (child == 0) {
    const int nothing = ::open("/dev/null", O_RDONLY);
    ::dup2(nothing, STDIN_FILENO);
    if (circumstances.standard_output.empty()) {
      ::dup2(out[1], STDOUT_FILENO);
    } else {
      ::dup2(::open(circumstances.standard_output.c_str(), O_WRONLY), STDOUT_FILENO);
    }
    ::dup2(err[1], STDERR_FILENO);
    if (circumstances.before && !circumstances.before()) ::_exit(circumstances_denied);
    become(words, circumstances.environment);
  }
  ::close(out[1]);
  ::close(err[1]);
  Ran ran;
  if (circumstances.meanwhile) circumstances.meanwhile(child);
  drain({{out[0], &ran.out}, {err[0], &ran.err}});
  int status = 0;
  ::waitpid(child, &status, 0);
  ran.status = status_from(status);
  return ran;
}

Ran run_on_terminal(const std::vector<std::string>& words,
                    const std::vector<std::string>& environment) {
  winsize size{};
  size.ws_col = 100;
  size.ws_row = 30;
  int terminal = -1;
  const pid_t child = ::forkpty(&terminal, nullptr, nullptr, &size);
  if (child < 0) return {};
  if (child == 0) become(words, environment);
  Ran ran;
  drain({{terminal, &ran.out}});
  int status = 0;
  ::waitpid(child, &status, 0);
  ran.status = status_from(status);
  return ran;
}

bool without_privileges() {
  if (::geteuid() != 0) return true;
  return ::prctl(PR_CAPBSET_DROP, CAP_DAC_OVERRIDE) == 0 &&
         ::prctl(PR_CAPBSET_DROP, CAP_DAC_READ_SEARCH) == 0;
}

namespace {

constexpr const char* agreement = R"([agreement]
id        = "small"
title     = "A small agreement"
in_force  = 2016-02-27T00:00:00
time_zone = "UTC"
co_chairs = ["us", "ru"]

[parties.government]
name = { en = "Government" }

[grades]
concentrated = "most concentrated presence"

[areas.A-01]
grade   = "concentrated"
outline = "areas.geojson#A-01"
floor   = "SFC"
ceiling = "UNL"

[rules."4.1"]
clause    = "No military aircraft of the Government shall fly in a designated area."
prohibits = "flight"
by        = ["government"]
aircraft  = ["military"]
in        = { grades = ["concentrated"] }
)";

constexpr const char* outlines = R"({"type": "FeatureCollection", "features": [
  {"type": "Feature", "id": "A-01", "properties": {"id": "A-01", "name": "A-01"},
   "geometry": {"type": "Polygon", "coordinates":
     [[[36.0, 33.0], [37.0, 33.0], [37.0, 34.0], [36.0, 34.0], [36.0, 33.0]]]}}
]}
)";

constexpr const char* sources = R"([sources.north]
title = "Receiver north"
origin = "north"
kind = "receiver"
files = ["observations/north/*"]
bounds = { position = "100 m", time = "1 s" }

[sources.south]
title = "Receiver south"
origin = "south"
kind = "receiver"
files = ["observations/south/*"]
bounds = { position = "100 m", time = "1 s" }
)";

constexpr const char* affiliations = R"([parties.government]
addresses = ["778123"]
)";

constexpr const char* registry =
    "icao24,registration,typecode,operator,military\n778123,YK-123,SU24,Government,true\n";

/// A flight from west to east through the area on 28 February 2016, as readsb traces it.
std::string trace(double seconds_later) {
  constexpr double noon = 1456660800;
  std::string rows;
  for (int i = 0; i <= 120; ++i) {
    rows += fmt::format(
        "{}[{},33.5,{:.4f},20000,301.0,90.0,0,0,"
        "{{\"type\":\"adsb_icao\",\"flight\":\"SYR1\",\"rc\":75,\"nic\":9,\"nac_p\":9,\"sil\":3}},"
        "\"adsb_icao\",null,null,null,null]",
        i == 0 ? "" : ",", i * 10, 35.5 + i * 0.0167 + seconds_later * 0.00167);
  }
  return fmt::format(
      "{{\"icao\":\"778123\",\"r\":\"YK-123\",\"t\":\"SU24\",\"timestamp\":{:.1f},"
      "\"trace\":[{}]}}\n",
      noon + seconds_later, rows);
}

}  // namespace

std::map<std::string, std::string> small_case() {
  return {
      {"agreement.toml", agreement},
      {"areas.geojson", outlines},
      {"sources.toml", sources},
      {"affiliations.toml", affiliations},
      {"registry.csv", registry},
      {"observations/north/trace_full_778123.json", trace(0)},
      {"observations/south/trace_full_778123.json", trace(3)},
  };
}

void write_case(const Folder& folder, const std::string& name,
                const std::map<std::string, std::string>& files) {
  for (const auto& [file, text] : files) folder.write(name + "/" + file, text);
}

std::string gzipped(const std::string& text) {
  z_stream stream{};
  deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
  std::string out(deflateBound(&stream, text.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

}  // namespace truce::program
