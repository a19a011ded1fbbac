// Picture: a page as a reader sees it, rendered by a browser, and how far two of them differ.
//
// Fonts and browsers smooth letters a little differently from one month to the next, and that is no
// change of the page. So pictures are kept at half their size and compared in cells of 4 by 4 of
// those pixels, by their mean brightness of each colour: a moved line, a missing mark or another
// colour shows, a smoother edge does not.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace truce::golden {

struct Picture {
  int width = 0;
  int height = 0;
  std::vector<std::uint8_t> rgb;  ///< Rows from the top, three bytes a pixel.
};

/// A PNG file; nothing if it is none.
std::optional<Picture> read_png(const std::filesystem::path& file);

/// Writes a PNG file; false if it cannot be written.
bool write_png(const Picture& picture, const std::filesystem::path& file);
/// Half as wide and high: each pixel the mean of four.
Picture halved(const Picture& picture);

/// The page rendered into a PNG file, `width` by `height` pixels, without a network.
/// (Scripts cannot be turned off: the browser takes its picture by one. The report forbids them
/// itself.) False if there is no browser here, or if it fails.
bool render(const std::filesystem::path& html, const std::filesystem::path& png, int width,
            int height);
/// Whether a browser is installed.
bool can_render();

/// The share of cells that differ, 0 to 1; 1 if the sizes differ.
double difference(const Picture& a, const Picture& b);

}  // namespace truce::golden
