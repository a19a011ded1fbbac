#include "terms/standard_atmosphere.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace truce::terms {

namespace {

constexpr double sea_level_kelvin = 288.15;
constexpr double tropopause_kelvin = 216.65;
constexpr double lapse_rate = 0.0065;  // K/m
constexpr double standard_hpa = 1013.25;
constexpr double gas_constant = 287.05287;  // J/(kg K)
constexpr double standard_gravity = 9.80665;
constexpr double least_gravity = 9.724;
constexpr double most_gravity = 9.833;

constexpr double least_hpa = 226.4;
constexpr double most_hpa = 1100;
constexpr double most_deviation = 100;  // K

struct Ratio {
  double least, most;
};

// T_isa / (T_isa + deviation), at the temperatures between which it runs evenly.
Ratio temperature_ratio(double deviation) {
  const double low = tropopause_kelvin / (tropopause_kelvin + deviation);
  const double high = sea_level_kelvin / (sea_level_kelvin + deviation);
  return {std::min(low, high), std::max(low, high)};
}

quantities::Length decimetres(double n) {
  return quantities::metres(n / 10);
}

}  // namespace

quantities::PressureAltitude pressure_altitude_of(double hpa) {
  const double exponent = lapse_rate * gas_constant / standard_gravity;
  const double metres =
      sea_level_kelvin / lapse_rate * (1 - std::pow(hpa / standard_hpa, exponent));
  return {quantities::metres(metres)};
}

base::Problems resolve(Atmosphere& atmosphere, std::string_view where) {
  base::Problems problems;
  const auto complain = [&](std::string message) {
    problems.push_back({std::string(where), std::move(message)});
  };
  if (!(least_hpa <= atmosphere.least_hpa && atmosphere.least_hpa <= atmosphere.most_hpa &&
        atmosphere.most_hpa <= most_hpa))
    complain(
        fmt::format("the pressures at sea level must lie between {} and {} hPa, the least "
                    "first; found {} and {}",
                    least_hpa, most_hpa, atmosphere.least_hpa, atmosphere.most_hpa));
  if (!(-most_deviation <= atmosphere.least_isa_deviation_k &&
        atmosphere.least_isa_deviation_k <= atmosphere.most_isa_deviation_k &&
        atmosphere.most_isa_deviation_k <= most_deviation))
    complain(
        fmt::format("the deviations from the standard temperature must lie between {} and {} "
                    "kelvin, the least first; found {} and {}",
                    -most_deviation, most_deviation, atmosphere.least_isa_deviation_k,
                    atmosphere.most_isa_deviation_k));
  if (!problems.empty()) return problems;
  const auto at_most = pressure_altitude_of(atmosphere.most_hpa).above_zero.in_metres();
  const auto at_least = pressure_altitude_of(atmosphere.least_hpa).above_zero.in_metres();
  atmosphere.sea_level_least = decimetres(std::floor(at_most * 10));
  atmosphere.sea_level_most = decimetres(std::ceil(at_least * 10));
  const double least =
      temperature_ratio(atmosphere.most_isa_deviation_k).least * (least_gravity / standard_gravity);
  const double most =
      temperature_ratio(atmosphere.least_isa_deviation_k).most * (most_gravity / standard_gravity);
  atmosphere.thickness_least_ppm = static_cast<std::int64_t>(std::floor(least * 1e6));
  atmosphere.thickness_most_ppm = static_cast<std::int64_t>(std::ceil(most * 1e6));
  return problems;
}

}  // namespace truce::terms
