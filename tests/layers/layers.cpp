#include "tests/layers/layers.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <map>
#include <optional>
#include <regex>
#include <set>
#include <sstream>
#include <string_view>

namespace truce::layers {
namespace {

namespace fs = std::filesystem;

/// Folder to everything that it may include, itself among them.
using Allowed = std::map<std::string, std::set<std::string>>;

Allowed read_layers(const fs::path& file, std::vector<std::string>& wrong) {
  Allowed allowed;
  std::ifstream in(file);
  if (!in) wrong.push_back("layers.txt cannot be read");
  std::string line;
  for (int number = 1; std::getline(in, line); ++number) {
    const std::string where = "layers.txt:" + std::to_string(number) + ": ";
    if (line.empty() || line.front() == '#') continue;
    const std::size_t colon = line.find(':');
    if (colon == std::string::npos) {
      wrong.push_back(where + "expected \"folder: folders\"");
      continue;
    }
    const std::string folder = line.substr(0, colon);
    std::set<std::string> may = {folder};
    std::istringstream names(line.substr(colon + 1));
    for (std::string name; names >> name;) {
      // Only folders of earlier lines can be named, so the layers have no cycle.
      const auto below = allowed.find(name);
      if (below == allowed.end())
        wrong.push_back(where + folder + " names " + name + ", which no earlier line defines");
      else
        may.insert(below->second.begin(), below->second.end());
    }
    if (!allowed.emplace(folder, std::move(may)).second)
      wrong.push_back(where + folder + " is defined twice");
  }
  return allowed;
}

bool is_source(const fs::path& path) {
  return path.extension() == ".h" || path.extension() == ".cpp";
}

// What only tests include is named so.
constexpr std::string_view header_for_tests = "_test_case.h";

bool is_test(const fs::path& path) {
  const std::string name = path.filename().string();
  return name.ends_with("_test.cpp") || name.ends_with(header_for_tests);
}

std::vector<fs::path> sources_under(const fs::path& src) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(src))
    if (entry.is_regular_file() && is_source(entry.path())) files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  return files;
}

/// Headers of the system that reach the world, and what touches it without one of its own.
constexpr std::array world_headers = {
    "fstream",  "filesystem", "thread",    "future",     "random",  "ctime",
    "time.h",   "unistd.h",   "fcntl.h",   "poll.h",     "netdb.h", "syncstream",
    "iostream", "dirent.h",   "pthread.h", "stop_token", "jthread",
};
const std::regex world_words(
    R"(\b(\w+_clock::now|getenv|fopen|freopen|gettimeofday|clock_gettime|random_device|srand)\b|\bstd::(time|rand|clock)\s*\()");

bool reaches_the_world(const std::string& header) {
  return std::ranges::find(world_headers, header) != world_headers.end() ||
         header.starts_with("sys/") || header.starts_with("netinet/") ||
         header.starts_with("arpa/");
}

/// A line without its `//` comment; good enough, since no rule looks inside texts.
std::string without_comment(const std::string& line) {
  return line.substr(0, line.find("//"));
}

class File {
 public:
  File(const fs::path& src, const fs::path& path, const Allowed& allowed,
       std::vector<std::string>& wrong)
      : name_(path.lexically_relative(src).generic_string()),
        folder_(name_.substr(0, name_.find('/'))),
        inner_(folder_ == "service" || folder_ == "programs"),
        test_(is_test(path)),
        allowed_(allowed),
        wrong_(wrong) {}

  void look_at(int number, const std::string& line) {
    static const std::regex ours(R"re(^\s*#\s*include\s*"([^"]+)")re");
    static const std::regex system(R"re(^\s*#\s*include\s*<([^>]+)>)re");
    line_ = number;
    std::smatch found;
    if (std::regex_search(line, found, ours))
      look_at_include(found[1]);
    else if (inner_ || test_)
      return;
    else if (std::regex_search(line, found, system) && reaches_the_world(found[1]))
      complain("includes <" + found[1].str() + ">; only service/ touches the world");
    else if (const std::string code = without_comment(line);
             std::regex_search(code, found, world_words))
      complain("uses " + found[0].str() + "; only service/ touches the world");
  }

 private:
  void look_at_include(const std::string& path) {
    const std::size_t slash = path.find('/');
    const std::string target = slash == std::string::npos ? "" : path.substr(0, slash);
    if (!allowed_.contains(target))
      complain("includes \"" + path + "\", which names no folder of layers.txt");
    else if (path.ends_with(header_for_tests) && !test_)
      complain("includes \"" + path + "\", which is for tests");
    else if (!allowed_.at(folder_).contains(target))
      complain("includes \"" + path + "\"; " + folder_ + "/ may not include " + target + "/");
  }

  void complain(const std::string& what) {
    wrong_.push_back(name_ + ":" + std::to_string(line_) + ": " + what);
  }

  std::string name_;
  std::string folder_;
  bool inner_;
  bool test_;
  const Allowed& allowed_;
  std::vector<std::string>& wrong_;
  int line_ = 0;
};

}  // namespace

std::vector<std::string> violations(const fs::path& src) {
  std::vector<std::string> wrong;
  const Allowed allowed = read_layers(src / "layers.txt", wrong);
  for (const auto& path : sources_under(src)) {
    const std::string name = path.lexically_relative(src).generic_string();
    const std::string folder = name.substr(0, name.find('/'));
    if (!allowed.contains(folder)) {
      wrong.push_back(name + ": its folder is not in layers.txt");
      continue;
    }
    File file(src, path, allowed, wrong);
    std::ifstream in(path);
    std::string line;
    for (int number = 1; std::getline(in, line); ++number) file.look_at(number, line);
  }
  return wrong;
}

std::size_t files_under(const fs::path& src) {
  return sources_under(src).size();
}

}  // namespace truce::layers
