#include "bench/plot.h"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>

namespace truce::bench {

std::string svg_of(const Plot& plot) {
  constexpr double width = 720, height = 420, left = 80, right = 190, top = 50, bottom = 60;
  double x0 = 1e300, x1 = 0, y0 = 1e300, y1 = 0;
  for (const Curve& c : plot.curves)
    for (const auto& [x, y] : c.points) {
      x0 = std::min(x0, x), x1 = std::max(x1, x);
      y0 = std::min(y0, y), y1 = std::max(y1, y);
    }
  x0 = std::floor(std::log10(x0)), x1 = std::max(x0 + 1, std::ceil(std::log10(x1)));
  y0 = std::floor(std::log10(y0)), y1 = std::max(y0 + 1, std::ceil(std::log10(y1)));
  const auto px = [&](double log) {
    return left + (log - x0) / (x1 - x0) * (width - left - right);
  };
  const auto py = [&](double log) {
    return height - bottom - (log - y0) / (y1 - y0) * (height - top - bottom);
  };
  std::string svg = fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {:.0f} {:.0f}\" "
      "font-family=\"sans-serif\" font-size=\"12\">\n"
      "<rect width=\"{:.0f}\" height=\"{:.0f}\" fill=\"#ffffff\"/>\n"
      "<text x=\"{:.0f}\" y=\"28\" font-size=\"15\">{}</text>\n",
      width, height, width, height, left, plot.title);
  for (double e = x0; e <= x1; ++e)
    svg += fmt::format(
        "<line x1=\"{0:.1f}\" x2=\"{0:.1f}\" y1=\"{1:.1f}\" y2=\"{2:.1f}\" stroke=\"#dddddd\"/>"
        "<text x=\"{0:.1f}\" y=\"{3:.1f}\" text-anchor=\"middle\">10<tspan dy=\"-5\" "
        "font-size=\"9\">{4:.0f}</tspan></text>\n",
        px(e), top, height - bottom, height - bottom + 20, e);
  for (double e = y0; e <= y1; ++e)
    svg += fmt::format(
        "<line x1=\"{0:.1f}\" x2=\"{1:.1f}\" y1=\"{2:.1f}\" y2=\"{2:.1f}\" stroke=\"#dddddd\"/>"
        "<text x=\"{3:.1f}\" y=\"{4:.1f}\" text-anchor=\"end\">10<tspan dy=\"-5\" "
        "font-size=\"9\">{5:.0f}</tspan></text>\n",
        left, width - right, py(e), left - 8, py(e) + 4, e);
  svg += fmt::format("<text x=\"{:.0f}\" y=\"{:.0f}\" text-anchor=\"middle\">{}</text>\n",
                     (left + width - right) / 2, height - 15, plot.x_axis);
  svg += fmt::format(
      "<text transform=\"translate(22 {:.0f}) rotate(-90)\" text-anchor=\"middle\">{}</text>\n",
      (top + height - bottom) / 2, plot.y_axis);
  const char* colours[] = {"#0b5394", "#b45f06", "#38761d", "#741b47"};
  double label = top + 10;
  for (std::size_t i = 0; i < plot.curves.size(); ++i) {
    const Curve& c = plot.curves[i];
    const char* colour = colours[i % 4];
    std::string line, dots;
    for (const auto& [x, y] : c.points) {
      const double cx = px(std::log10(x)), cy = py(std::log10(y));
      line += fmt::format("{:.1f},{:.1f} ", cx, cy);
      dots +=
          fmt::format("<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"3\" fill=\"{}\"/>", cx, cy, colour);
    }
    svg +=
        fmt::format("<polyline points=\"{}\" fill=\"none\" stroke=\"{}\" stroke-width=\"2\"/>{}\n",
                    line, colour, dots);
    svg += fmt::format("<text x=\"{:.0f}\" y=\"{:.0f}\" fill=\"{}\">{}</text>\n",
                       width - right + 12, label, colour, c.name);
    label += 18;
  }
  return svg + "</svg>\n";
}

double slope_of(const Curve& curve, double from) {
  double n = 0, sx = 0, sy = 0, sxx = 0, sxy = 0;
  for (const auto& [x, y] : curve.points) {
    if (x < from) continue;
    const double lx = std::log10(x), ly = std::log10(y);
    n += 1, sx += lx, sy += ly, sxx += lx * lx, sxy += lx * ly;
  }
  return n < 2 ? 0 : (n * sxy - sx * sy) / (n * sxx - sx * sx);
}

}  // namespace truce::bench
