// Plots lines that a script has measured, for ./dev bench archive.
//
//   plot_lines TITLE X_AXIS Y_AXIS FROM PLOT.svg < points
//
// A point a line: the name of its curve, x and y, parted by tabs. Prints for each curve its name, a
// tab and the slope of its logarithms from x = FROM on.
#include <fmt/core.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <sstream>
#include <string>

#include "bench/plot.h"

int main(int argc, char** argv) {
  if (argc != 6) {
    std::cerr << "plot_lines TITLE X_AXIS Y_AXIS FROM PLOT.svg < points\n";
    return 2;
  }
  truce::bench::Plot plot{argv[1], argv[2], argv[3], {}};
  for (std::string line; std::getline(std::cin, line);) {
    std::istringstream fields(line);
    std::string name;
    double x = 0, y = 0;
    if (!std::getline(fields, name, '\t') || !(fields >> x >> y) || x <= 0 || y <= 0) {
      std::cerr << "plot_lines: no name and two numbers above zero: " << line << '\n';
      return 2;
    }
    const auto curve = std::find_if(plot.curves.begin(), plot.curves.end(),
                                    [&](const auto& c) { return c.name == name; });
    if (curve == plot.curves.end())
      plot.curves.push_back({name, {{x, y}}});
    else
      curve->points.emplace_back(x, y);
  }
  std::ofstream(argv[5]) << truce::bench::svg_of(plot);
  for (const auto& curve : plot.curves)
    fmt::print("{}\t{:.2f}\n", curve.name, truce::bench::slope_of(curve, std::atof(argv[4])));
  return 0;
}
