#include "service/files.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>

#include "service/outputs.h"

namespace truce::service {
namespace {

namespace fs = std::filesystem;

/// A folder of its own for each test, gone afterwards.
class Folder {
 public:
  Folder() {
    std::string name = (fs::temp_directory_path() / "truce-files-XXXXXX").string();
    path_ = ::mkdtemp(name.data());
  }
  ~Folder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  const fs::path& path() const { return path_; }
  void write(const std::string& name, const std::string& text) const {
    fs::create_directories((path_ / name).parent_path());
    std::ofstream(path_ / name) << text;
  }
  std::string text_of(const std::string& name) const {
    std::ifstream file(path_ / name);
    return {std::istreambuf_iterator<char>(file), {}};
  }
  std::vector<std::string> names() const {
    std::vector<std::string> names;
    for (const auto& entry : fs::recursive_directory_iterator(path_)) {
      names.push_back(fs::relative(entry.path(), path_).string());
    }
    std::sort(names.begin(), names.end());
    return names;
  }

 private:
  fs::path path_;
};

std::vector<std::string> names_of(const Listing& listing) {
  std::vector<std::string> names;
  for (const auto& file : listing.files) names.push_back(file.name);
  return names;
}

TEST(FilesUnder, ListsByNameAtAnyDepth) {
  const Folder folder;
  for (const char* name : {"o/b.json", "o/a/z.json", "o/a.json", "o/a/b/c/d.json", "x.json"}) {
    folder.write(name, "{}");
  }
  const Listing listing = files_under(folder.path(), "o");
  EXPECT_EQ(names_of(listing),
            (std::vector<std::string>{"o/a.json", "o/a/b/c/d.json", "o/a/z.json", "o/b.json"}));
  EXPECT_TRUE(listing.problems.empty());
  EXPECT_EQ(listing.files.front().bytes, 2u);
}

TEST(FilesUnder, FindsNothingWhereNothingIs) {
  const Folder folder;
  EXPECT_TRUE(files_under(folder.path(), "o").files.empty());
  EXPECT_TRUE(files_under(folder.path(), "o").problems.empty());
  folder.write("o", "a file");
  EXPECT_EQ(files_under(folder.path(), "o").problems.at(0).message, "expected a folder");
}

// Links: to another place in the case they are followed, otherwise they are named.
TEST(FilesUnder, FollowsOnlyLinksThatAddSomethingOfTheCase) {
  const Folder outside;
  outside.write("secret.json", "{}");
  const Folder folder;
  folder.write("o/real.json", "{}");
  folder.write("raw/one.json", "{}");
  folder.write("raw/deep/two.json", "{}");
  const auto link = [&](const fs::path& target, const char* name) {
    fs::create_symlink(target, folder.path() / "o" / name);
  };
  link("../raw/one.json", "inside.json");
  link("../raw/deep", "folder");
  link("real.json", "again.json");
  link(".", "loop");
  link("..", "parent");
  link("self", "self");
  link("gone.json", "broken.json");
  link(outside.path() / "secret.json", "outside.json");

  const Listing listing = files_under(folder.path(), "o");
  EXPECT_EQ(names_of(listing),
            (std::vector<std::string>{"o/folder/two.json", "o/inside.json", "o/real.json"}));
  const base::Problems expected = {
      {"o/again.json", "symbolic link to what is read anyway; not followed"},
      {"o/broken.json", "symbolic link that leads nowhere; not followed"},
      {"o/loop", "symbolic link to what is read anyway; not followed"},
      {"o/outside.json", "symbolic link that leads outside the case; not followed"},
      {"o/parent", "symbolic link to what is read anyway; not followed"},
      {"o/self", "symbolic link that leads to itself; not followed"},
  };
  EXPECT_EQ(listing.problems, expected);
}

TEST(FilesUnder, NamesWhatIsNoFile) {
  const Folder folder;
  folder.write("o/a.json", "{}");
  ASSERT_EQ(::mkfifo((folder.path() / "o" / "pipe").c_str(), 0600), 0);
  const Listing listing = files_under(folder.path(), "o");
  EXPECT_EQ(names_of(listing), std::vector<std::string>{"o/a.json"});
  EXPECT_EQ(listing.problems,
            (base::Problems{{"o/pipe", "neither a file nor a folder; not read"}}));
}

TEST(FileIn, StaysInTheCase) {
  const Folder folder;
  folder.write("case/agreement.toml", "x");
  folder.write("other.toml", "y");
  const fs::path root = folder.path() / "case";
  EXPECT_TRUE(file_in(root, "agreement.toml").has_value());
  EXPECT_EQ(file_in(root, "../other.toml").error().message, "leads outside the case; not read");
  EXPECT_EQ(file_in(root, "gone.toml").error().message, "no such file or directory");
  EXPECT_EQ(file_in(root, ".").error().message, "expected a file");
}

TEST(ReadInParts, HandsOverEveryByteWithTheirDigest) {
  const Folder folder;
  std::string text(2 * chunk_bytes + 17, 'a');
  text[chunk_bytes] = 'b';
  folder.write("big", text);
  std::string read;
  std::size_t parts = 0;
  const auto result = read_in_parts(*file_in(folder.path(), "big"), [&](std::string_view part) {
    EXPECT_LE(part.size(), chunk_bytes);
    read += part;
    ++parts;
  });
  ASSERT_TRUE(result.has_value());
  EXPECT_EQ(read, text);
  EXPECT_GE(parts, 3u);
  EXPECT_EQ(result->bytes, text.size());
  EXPECT_EQ(result->digest, base::sha256(text));
}

TEST(ReadInParts, DoesNotHangOnAPipe) {
  const Folder folder;
  ASSERT_EQ(::mkfifo((folder.path() / "pipe").c_str(), 0600), 0);
  const auto result = read_in_parts({"pipe", folder.path() / "pipe", 0}, [](std::string_view) {});
  EXPECT_EQ(result.error(), (base::Problem{"pipe", "not a regular file; not read"}));
}

TEST(Outputs, ArriveWholeInFoldersMadeForThem) {
  const Folder folder;
  Outputs outputs;
  outputs.add("findings.json", "{}\n");
  outputs.add("deep/er/report.html", std::string(3'000'000, 'x'));
  ASSERT_TRUE(outputs.write_into(folder.path() / "new" / "out/").has_value());
  EXPECT_EQ(folder.names(),
            (std::vector<std::string>{"new", "new/out", "new/out/deep", "new/out/deep/er",
                                      "new/out/deep/er/report.html", "new/out/findings.json"}));
  EXPECT_EQ(folder.text_of("new/out/findings.json"), "{}\n");
  EXPECT_EQ(folder.text_of("new/out/deep/er/report.html").size(), 3'000'000u);
}

// One that cannot be written: the others stay as they were, and nothing temporary is left.
TEST(Outputs, FailTogether) {
  const Folder folder;
  folder.write("out/findings.json", "old");
  fs::create_directories(folder.path() / "out" / "report.html");
  Outputs outputs;
  outputs.add("findings.json", "new");
  outputs.add("report.html", "new");
  const auto written = outputs.write_into(folder.path() / "out");
  ASSERT_FALSE(written.has_value());
  EXPECT_EQ(written.error().message, "could not be written: a folder of that name is in the way");
  EXPECT_EQ(folder.names(),
            (std::vector<std::string>{"out", "out/findings.json", "out/report.html"}));
  EXPECT_EQ(folder.text_of("out/findings.json"), "old");
}

TEST(Outputs, TakeBackTheFoldersTheyMade) {
  const Folder folder;
  folder.write("file", "in the way");
  Outputs outputs;
  outputs.add("a/one", "1");
  outputs.add("../file/two", "2");
  const auto written = outputs.write_into(folder.path() / "out");
  ASSERT_FALSE(written.has_value());
  EXPECT_EQ(written.error().message, "expected a folder, found a file");
  EXPECT_EQ(folder.names(), std::vector<std::string>{"file"});
}

TEST(Outputs, AreReadableAsTheMaskAllows) {
  const Folder folder;
  Outputs outputs;
  outputs.add("a", "1");
  const mode_t before = ::umask(027);
  ASSERT_TRUE(outputs.write_into(folder.path()).has_value());
  ::umask(before);
  struct stat status{};
  ASSERT_EQ(::stat((folder.path() / "a").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777u, 0640u);
}

}  // namespace
}  // namespace truce::service
