#include "tests/golden/picture.h"

#include <gdal_priv.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>

namespace truce::golden {

namespace fs = std::filesystem;

namespace {

constexpr int cell = 4;           // pixels
constexpr int telling_step = 10;  // of 255, in the mean of a cell

std::string browser() {
  for (const char* path : {"/usr/bin/chromium", "/usr/bin/chromium-browser"})
    if (::access(path, X_OK) == 0) return path;
  return {};
}

std::array<int, 3> mean(const Picture& picture, int left, int top) {
  std::array<int, 3> sum{};
  int count = 0;
  for (int y = top; y < std::min(top + cell, picture.height); ++y) {
    for (int x = left; x < std::min(left + cell, picture.width); ++x, ++count) {
      const auto at = static_cast<std::size_t>(y * picture.width + x) * 3;
      for (std::size_t c = 0; c < 3; ++c) sum[c] += picture.rgb[at + c];
    }
  }
  for (int& s : sum) s /= std::max(count, 1);
  return sum;
}

}  // namespace

std::optional<Picture> read_png(const fs::path& file) {
  GDALAllRegister();
  const char* const drivers[] = {"PNG", nullptr};
  const std::unique_ptr<GDALDataset> set(GDALDataset::FromHandle(
      GDALOpenEx(file.c_str(), GDAL_OF_RASTER | GDAL_OF_READONLY, drivers, nullptr, nullptr)));
  if (!set || set->GetRasterCount() < 3) return {};
  Picture picture{set->GetRasterXSize(), set->GetRasterYSize(), {}};
  const auto pixels =
      static_cast<std::size_t>(picture.width) * static_cast<std::size_t>(picture.height);
  picture.rgb.resize(pixels * 3);
  int bands[] = {1, 2, 3};
  const CPLErr read =
      set->RasterIO(GF_Read, 0, 0, picture.width, picture.height, picture.rgb.data(), picture.width,
                    picture.height, GDT_Byte, 3, bands, 3, picture.width * 3, 1, nullptr);
  if (read != CE_None) return {};
  return picture;
}

bool write_png(const Picture& picture, const fs::path& file) {
  GDALAllRegister();
  GDALDriver* const memory = GetGDALDriverManager()->GetDriverByName("MEM");
  GDALDriver* const png = GetGDALDriverManager()->GetDriverByName("PNG");
  if (memory == nullptr || png == nullptr) return false;
  const std::unique_ptr<GDALDataset> set(
      memory->Create("", picture.width, picture.height, 3, GDT_Byte, nullptr));
  if (!set) return false;
  std::vector<std::uint8_t> pixels = picture.rgb;
  int bands[] = {1, 2, 3};
  if (set->RasterIO(GF_Write, 0, 0, picture.width, picture.height, pixels.data(), picture.width,
                    picture.height, GDT_Byte, 3, bands, 3, picture.width * 3, 1,
                    nullptr) != CE_None)
    return false;
  char strongest[] = "ZLEVEL=9";
  char* options[] = {strongest, nullptr};
  const std::unique_ptr<GDALDataset> written(
      png->CreateCopy(file.c_str(), set.get(), false, options, nullptr, nullptr));
  return written != nullptr;
}

Picture halved(const Picture& picture) {
  Picture out{picture.width / 2, picture.height / 2, {}};
  const auto at = [&](int x, int y, int colour) {
    return int{picture.rgb[static_cast<std::size_t>(y * picture.width + x) * 3 +
                           static_cast<std::size_t>(colour)]};
  };
  for (int y = 0; y < out.height; ++y)
    for (int x = 0; x < out.width; ++x)
      for (int c = 0; c < 3; ++c)
        out.rgb.push_back(
            static_cast<std::uint8_t>((at(2 * x, 2 * y, c) + at(2 * x + 1, 2 * y, c) +
                                       at(2 * x, 2 * y + 1, c) + at(2 * x + 1, 2 * y + 1, c) + 2) /
                                      4));
  return out;
}

bool can_render() {
  return !browser().empty();
}

bool render(const fs::path& html, const fs::path& png, int width, int height) {
  const std::string program = browser();
  if (program.empty()) return false;
  std::error_code ignored;
  fs::remove(png, ignored);
  const fs::path profile = fs::absolute(png).replace_extension(".profile");
  std::vector<std::string> words = {
      program,
      "--headless",
      "--no-sandbox",
      "--disable-gpu",
      "--disable-dev-shm-usage",
      "--disable-extensions",
      "--disable-background-networking",
      "--disable-component-update",
      "--no-first-run",
      "--host-resolver-rules=MAP * ~NOTFOUND",
      "--hide-scrollbars",
      "--force-device-scale-factor=1",
      "--force-color-profile=srgb",
      "--font-render-hinting=none",
      "--disable-quic",
      "--disable-sync",
      "--user-data-dir=" + profile.string(),
      "--window-size=" + std::to_string(width) + "," + std::to_string(height),
      "--screenshot=" + fs::absolute(png).string(),
      "file://" + fs::absolute(html).string(),
  };
  const pid_t child = ::fork();
  if (child < 0) return false;
  if (child == 0) {
    std::vector<char*> arguments;
    for (std::string& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    if (std::freopen("/dev/null", "w", stderr) == nullptr) ::_exit(127);
    ::execv(program.c_str(), arguments.data());
    ::_exit(127);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  fs::remove_all(profile, ignored);
  return WIFEXITED(status) && WEXITSTATUS(status) == 0 && fs::exists(png);
}

double difference(const Picture& a, const Picture& b) {
  if (a.width != b.width || a.height != b.height) return 1;
  int cells = 0, different = 0;
  for (int top = 0; top < a.height; top += cell) {
    for (int left = 0; left < a.width; left += cell, ++cells) {
      const auto of_a = mean(a, left, top), of_b = mean(b, left, top);
      bool differs = false;
      for (std::size_t c = 0; c < 3; ++c) differs |= std::abs(of_a[c] - of_b[c]) > telling_step;
      different += differs ? 1 : 0;
    }
  }
  return cells == 0 ? 0 : static_cast<double>(different) / cells;
}

}  // namespace truce::golden
