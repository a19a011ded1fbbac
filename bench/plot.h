// A plot of lines over two axes of powers of ten, as an SVG text, readable without anything else.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace truce::bench {

struct Curve {
  std::string name;
  std::vector<std::pair<double, double>> points;  ///< All above zero.
};

struct Plot {
  std::string title, x_axis, y_axis;
  std::vector<Curve> curves;
};

std::string svg_of(const Plot& plot);

/// The slope of log y over log x, by least squares, of the points from x = `from` on.
double slope_of(const Curve& curve, double from);

}  // namespace truce::bench
