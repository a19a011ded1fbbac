// Picture: a page as a reader sees it, rendered by a browser, and how far two of them differ.
//
// Fonts and browsers smooth letters a little differently from one month to the next, and that is no
// change of the page. So pictures are compared in cells of 8 by 8 pixels, by their mean brightness
// of each colour: a moved line, a missing mark or another colour shows, a smoother edge does not.
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

/// The page rendered into a PNG file, `width` by `height` pixels, with scripts off and no network.
/// False if there is no browser here, or if it fails.
bool render(const std::filesystem::path& html, const std::filesystem::path& png, int width,
            int height);
/// Whether a browser is installed.
bool can_render();

/// The share of cells that differ, 0 to 1; 1 if the sizes differ.
double difference(const Picture& a, const Picture& b);

}  // namespace truce::golden
