// Whole missions from one seed, as a mission's operations room would run them: made up, assessed
// and scored by the program itself; and the same mission again with its input late, doubled,
// shuffled and lost.

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>

#include "terms/json_value.h"
#include "tests/program/program.h"

namespace truce {
namespace {

using program::Folder;
using terms::JsonValue;
using Files = std::map<std::string, std::string>;

JsonValue json_of(const std::string& text) {
  auto value = terms::parse_json(text, "output");
  EXPECT_TRUE(value) << text.substr(0, 200);
  return value ? std::move(*value) : JsonValue{};
}

const JsonValue& at(const JsonValue& value, std::string_view name) {
  static const JsonValue null;
  const JsonValue* found = value.member(name);
  return found == nullptr ? null : *found;
}

std::string text(const JsonValue& value) {
  return value.text() == nullptr ? "" : *value.text();
}

std::int64_t number(const JsonValue& value) {
  const auto* whole = value.integer();
  return whole == nullptr ? -1 : *whole;
}

const JsonValue::Array& array(const JsonValue& value) {
  static const JsonValue::Array empty;
  return value.array() == nullptr ? empty : *value.array();
}

std::string notes(const JsonValue& list) {
  std::string all;
  for (const JsonValue& note : array(list))
    all += "\n  " + text(at(note, "subject")) + ": " + text(at(note, "text"));
  return all;
}

/// Makes a mission in a folder that is not there yet.
void make(const std::string& mission, int seed, const std::vector<std::string>& more = {}) {
  std::vector<std::string> words = {"exercise",           "--out",      mission, "--seed",
                                    std::to_string(seed), "--aircraft", "30"};
  words.insert(words.end(), more.begin(), more.end());
  const program::Ran ran = program::run(words);
  ASSERT_EQ(ran.status, 0) << ran.err;
}

void assess(const std::string& mission) {
  const program::Ran ran = program::run({"assess", mission, "--threads", "1", "--quiet"});
  ASSERT_EQ(ran.status, 0) << ran.err;
}

JsonValue scored(const std::string& mission) {
  const program::Ran ran = program::run({"exercise", "--score", mission, "--json"});
  EXPECT_TRUE(ran.status == 0 || ran.status == 1) << ran.err;
  const JsonValue score = json_of(ran.out);
  const bool* passed = std::get_if<bool>(&at(score, "passed").value);
  EXPECT_TRUE(passed != nullptr && *passed == (ran.status == 0));
  return score;
}

TEST(Mission, OfErrorsWithinTheirBoundsIsJudgedWithoutContradictionAndWithoutMiss) {
  std::int64_t incursions = 0, violations = 0, possible = 0, excepted = 0, bounds = 0;
  for (const int seed : {9001, 9002, 9003}) {
    SCOPED_TRACE(seed);
    const Folder folder;
    make(folder / "m", seed);
    assess(folder / "m");
    const JsonValue score = scored(folder / "m");
    EXPECT_TRUE(array(at(score, "contradictions")).empty()) << notes(at(score, "contradictions"));
    EXPECT_TRUE(array(at(score, "missed")).empty()) << notes(at(score, "missed"));
    EXPECT_TRUE(array(at(score, "outside_bounds")).empty()) << notes(at(score, "outside_bounds"));
    incursions += number(at(at(score, "presences"), "incursions"));
    violations += number(at(at(score, "incursions"), "violation"));
    possible += number(at(at(score, "incursions"), "possible"));
    excepted += number(at(at(score, "incursions"), "excepted"));
    bounds += number(at(score, "bounds_checked"));
  }
  // It shows something only if there was something of everything to judge.
  EXPECT_GT(incursions, 30);
  EXPECT_GT(violations, 5);
  EXPECT_GT(possible, 5);
  EXPECT_GT(excepted, 0);
  EXPECT_GT(bounds, 30);
}

TEST(Mission, OfErrorsBeyondTheirBoundsIsJudgedToTheEndAndScoredApart) {
  for (const int seed : {9001, 9004}) {
    SCOPED_TRACE(seed);
    const Folder folder;
    make(folder / "m", seed, {"--broken-bounds"});
    assess(folder / "m");
    const JsonValue score = scored(folder / "m");
    const bool* within = std::get_if<bool>(&at(score, "errors_within_bounds").value);
    ASSERT_NE(within, nullptr);
    EXPECT_FALSE(*within);
    EXPECT_GT(number(at(at(score, "presences"), "incursions")), 0);
  }
}

TEST(Mission, OfTheSameSeedGivesTheSameRecord) {
  const Folder folder;
  for (const char* name : {"one", "two"}) {
    make(folder / name, 9005);
    assess(folder / name);
  }
  const Files one = program::files_of(folder.path() / "one");
  EXPECT_EQ(one, program::files_of(folder.path() / "two"));
  EXPECT_TRUE(one.contains("out/findings.json") && one.contains("truth.json"));
  make(folder / "other", 9006);
  EXPECT_NE(one.at("truth.json"), program::files_of(folder.path() / "other").at("truth.json"));
}

// What the findings say, apart from the rows on which they rest.
std::multiset<std::string> essence_of(const std::string& mission) {
  const JsonValue root = json_of(program::text_of(mission + "/out/findings.json"));
  std::multiset<std::string> all;
  for (const JsonValue& f : array(at(root, "findings"))) {
    std::string line;
    for (const char* key : {"verdict", "rule", "area"}) line += text(at(f, key)) + " ";
    line += text(at(at(f, "aircraft"), "address"));
    for (const char* end : {"entry", "exit"})
      line += " " + text(at(at(f, end), "earliest")) + " " + text(at(at(f, end), "latest"));
    for (const JsonValue& area : array(at(f, "areas"))) line += " " + text(area);
    all.insert(line);
  }
  return all;
}

/// What a receiver wrote; people's sightings are known to the truth by their lines, and stay.
bool is_received(const std::string& name) {
  return name.starts_with("observations/") && !name.starts_with("observations/people/");
}

/// Text files of one row to a line, in which no row depends on those before it.
bool has_rows(const std::string& name) {
  return name.ends_with(".csv") || name.ends_with(".jsonl");
}

struct Rows {
  std::string header;
  std::vector<std::string> rows;
  explicit Rows(const std::string& name, const std::string& bytes) {
    for (std::size_t from = 0; from < bytes.size();) {
      const std::size_t end = std::min(bytes.find('\n', from), bytes.size() - 1) + 1;
      rows.push_back(bytes.substr(from, end - from));
      from = end;
    }
    if (name.ends_with(".csv") && !rows.empty()) {
      header = rows.front();
      rows.erase(rows.begin());
    }
  }
  std::string text() const {
    std::string all = header;
    for (const std::string& row : rows) all += row;
    return all;
  }
};

class Disturbed : public testing::Test {
 protected:
  void SetUp() override {
    make(folder_ / "m", 9007);
    files_ = program::files_of(folder_.path() / "m");
    assess(folder_ / "m");
    undisturbed_ = essence_of(folder_ / "m");
    ASSERT_GT(undisturbed_.size(), 10u);
  }
  void assess_as(const std::string& name, const Files& files) {
    program::write_case(folder_, name, files);
    assess(folder_ / name);
  }
  Folder folder_;
  Files files_;
  std::multiset<std::string> undisturbed_;
};

// Rows in any order, files under other names: the same findings.
TEST_F(Disturbed, ByShufflingSaysTheSame) {
  std::mt19937_64 random(1);
  Files shuffled;
  std::size_t number = 1'000;
  for (const auto& [name, bytes] : files_) {
    if (!is_received(name)) {
      shuffled[name] = bytes;
      continue;
    }
    Rows rows(name, bytes);
    if (has_rows(name)) std::shuffle(rows.rows.begin(), rows.rows.end(), random);
    const std::size_t slash = name.rfind('/') + 1;
    shuffled[name.substr(0, slash) + std::to_string(number--) + "-" + name.substr(slash)] =
        has_rows(name) ? rows.text() : bytes;
  }
  assess_as("shuffled", shuffled);
  EXPECT_EQ(essence_of(folder_ / "shuffled"), undisturbed_);
}

// Everything delivered twice: the same findings, and nothing corroborates itself.
TEST_F(Disturbed, ByDoublingSaysTheSame) {
  Files doubled = files_;
  for (const auto& [name, bytes] : files_)
    if (is_received(name))
      doubled[name.substr(0, name.rfind('/') + 1) + "again-" + name.substr(name.rfind('/') + 1)] =
          bytes;
  assess_as("doubled", doubled);
  EXPECT_EQ(essence_of(folder_ / "doubled"), undisturbed_);
}

// A third of the rows comes late, in files of its own: the same findings.
TEST_F(Disturbed, ByLateRowsSaysTheSame) {
  Files late;
  for (const auto& [name, bytes] : files_) {
    if (!is_received(name) || !has_rows(name)) {
      late[name] = bytes;
      continue;
    }
    Rows in_time(name, bytes), after(name, bytes);
    in_time.rows.clear();
    after.rows.clear();
    std::size_t i = 0;
    for (const std::string& row : Rows(name, bytes).rows)
      (i++ % 3 == 0 ? after : in_time).rows.push_back(row);
    late[name] = in_time.text();
    late[name.substr(0, name.rfind('/') + 1) + "zz-late-" + name.substr(name.rfind('/') + 1)] =
        after.text();
  }
  assess_as("late", late);
  EXPECT_EQ(essence_of(folder_ / "late"), undisturbed_);
}

// Half of the files and of the rows lost: less is certain, and still nothing is asserted that the
// truth contradicts.
TEST_F(Disturbed, ByLossAssertsNothingFalse) {
  std::mt19937_64 random(2);
  Files lost;
  for (const auto& [name, bytes] : files_) {
    if (!is_received(name)) {
      lost[name] = bytes;
    } else if (has_rows(name)) {
      Rows rows(name, bytes);
      std::erase_if(rows.rows, [&](const std::string&) { return random() % 2 == 0; });
      lost[name] = rows.text();
    } else if (random() % 2 == 0) {
      lost[name] = bytes;
    }
  }
  assess_as("lost", lost);
  const JsonValue score = scored(folder_ / "lost");
  EXPECT_TRUE(array(at(score, "contradictions")).empty()) << notes(at(score, "contradictions"));
  EXPECT_NE(essence_of(folder_ / "lost"), undisturbed_);
}

}  // namespace
}  // namespace truce
