// The report as a reader sees it, beside the picture of it that somebody looked at and kept.
//
// ./dev golden --update keeps a new picture; look at it before it is committed. A picture that
// differs is left in build/golden/ for comparison.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <string>

#include "base/places_test_case.h"
#include "publication/report.h"
#include "publication/sample_test_case.h"
#include "tests/golden/picture.h"

namespace truce::golden {
namespace {

namespace fs = std::filesystem;

constexpr int width = 960;
constexpr int height = 4'200;       // the first sections, the map and the first finding
constexpr double tolerated = 0.01;  // of the cells: a newer browser, never another page

std::string sample_report() {
  namespace sample = publication::sample;
  const auto agreement = sample::agreement();
  const auto observations = sample::observed();
  const auto findings = sample::findings();
  const publication::Edition edition = publication::edition_of(agreement, "0.0.0");
  return publication::report_html({agreement, observations, findings, edition});
}

// The same page in the fonts of fonts-dejavu-core, whatever else a machine has, and without the
// weights and slants that only larger packages bring.
std::string in_plain_fonts(std::string page) {
  const std::string style =
      "<style>:root { --serif: 'DejaVu Serif'; --sans: 'DejaVu Sans'; --mono: 'DejaVu Sans Mono'; }"
      " .tiles dd, .finding .ordinal { font-weight: 400; } .clause, em { font-style: normal; }"
      "</style>\n";
  const std::size_t end = page.find("</head>");
  if (end != std::string::npos) page.insert(end, style);
  return page;
}

class ReportPicture : public testing::Test {
 protected:
  void SetUp() override {
    if (!can_render()) GTEST_SKIP() << "no browser: install chromium to see the report as a reader";
    fs::create_directories(folder_);
  }

  /// Rendered afresh under this name, at half its size; fails the test if the browser does.
  Picture rendered(const std::string& name, const std::string& page) const {
    std::ofstream(folder_ / (name + ".html"), std::ios::binary) << page;
    const fs::path png = folder_ / (name + ".png");
    EXPECT_TRUE(render(folder_ / (name + ".html"), png, width, height));
    const auto picture = read_png(png);
    EXPECT_TRUE(picture.has_value());
    if (!picture) return {};
    const Picture half = halved(*picture);
    EXPECT_TRUE(write_png(half, png));
    return half;
  }

  const fs::path folder_ = base::source_folder() / "build" / "golden";
  const fs::path kept_ = base::source_folder() / "tests" / "golden" / "report.png";
};

TEST_F(ReportPicture, IsTheOneThatWasKept) {
  const Picture now = rendered("report", in_plain_fonts(sample_report()));
  if (std::getenv("TRUCE_GOLDEN_UPDATE") != nullptr)
    fs::copy_file(folder_ / "report.png", kept_, fs::copy_options::overwrite_existing);
  const auto kept = read_png(kept_);
  ASSERT_TRUE(kept.has_value()) << "there is no tests/golden/report.png: ./dev golden --update";
  EXPECT_LE(difference(now, *kept), tolerated)
      << "compare build/golden/report.png with tests/golden/report.png; if the new one is right, "
         "./dev golden --update";
}

// A comparison that sees nothing would let anything pass.
TEST_F(ReportPicture, ShowsAChangeOfAParagraphOrOfAColour) {
  const std::string page = in_plain_fonts(sample_report());
  const Picture now = rendered("report-before", page);
  EXPECT_EQ(difference(now, now), 0);

  std::string longer = page;
  const std::size_t body = longer.find("<main");
  ASSERT_NE(body, std::string::npos);
  longer.insert(body, "<p>One paragraph more than was kept.</p>");
  EXPECT_GT(difference(now, rendered("report-longer", longer)), tolerated);

  std::string unhatched = page;
  const std::string areas = "svg .area {";
  const std::size_t rule = unhatched.find(areas);
  ASSERT_NE(rule, std::string::npos);
  unhatched.replace(rule, areas.size(), "svg .area { display: none;");
  EXPECT_GT(difference(now, rendered("report-without-areas", unhatched)), tolerated);

  std::string apart = page;
  const std::string tiles = ".tiles { display: grid;";
  const std::size_t grid = apart.find(tiles);
  ASSERT_NE(grid, std::string::npos);
  apart.replace(grid, tiles.size(), ".tiles { display: block;");
  EXPECT_GT(difference(now, rendered("report-tiles-apart", apart)), tolerated);

  Picture stained = now;
  for (int y = 100; y < 400; ++y)
    for (int x = 100; x < 400; ++x)
      stained.rgb[static_cast<std::size_t>(y * stained.width + x) * 3] ^= 0x40;
  EXPECT_GT(difference(now, stained), tolerated);
}

}  // namespace
}  // namespace truce::golden
