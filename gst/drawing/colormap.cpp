// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "gst/drawing/colormap.h"

#include <algorithm>
#include <cmath>

namespace mvga::overlay {
namespace {

constexpr double threshold_position = 0.5;  // MapScale::normalised at the threshold

// Turbo and jet end in a dark red, which looks like dirt on the product: their last tenth is left
// out.
constexpr double vivid = 0.9;

template <std::size_t N>
double polynomial(const std::array<double, N>& coefficients, double t) {
  double sum = 0;
  for (std::size_t i = N; i-- > 0;) sum = sum * t + coefficients[i];
  return std::clamp(sum, 0.0, 1.0);
}

// Turbo, the polynomial approximation of A. Mikhailov and R. Du (Google, 2019, Apache-2.0):
// ai.googleblog.com/2019/08/turbo-improved-rainbow-colormap-for.html
Rgb turbo(double t) {
  constexpr std::array red = {0.13572138,   4.61539260,    -42.66032258,
                              132.13108234, -152.94239396, 59.28637943};
  constexpr std::array green = {0.09140261,   2.19418839, 4.84296658,
                                -14.18503333, 4.27729857, 2.82956604};
  constexpr std::array blue = {0.10667330,   12.64194608,  -60.58204836,
                               110.36276771, -89.90310912, 27.34824973};
  const double u = vivid * t;
  return {polynomial(red, u), polynomial(green, u), polynomial(blue, u)};
}

// Inferno and viridis are by N. Smith and S. van der Walt (matplotlib, CC0); the polynomials are
// the fits of M. Zucker (shadertoy.com/view/WlfXRN, CC0).
Rgb inferno(double t) {
  constexpr std::array red = {0.00021894,  0.10651342,   11.60249308, -41.70399613,
                              77.16293570, -71.31942824, 25.13112623};
  constexpr std::array green = {0.00165100,   0.56395644,  -3.97285397, 17.43639888,
                                -33.40235894, 32.62606426, -12.24266895};
  constexpr std::array blue = {-0.01948090,  3.93271239,  -15.94239411, 44.35414520,
                               -81.80730926, 73.20951986, -23.07032500};
  return {polynomial(red, t), polynomial(green, t), polynomial(blue, t)};
}

Rgb viridis(double t) {
  constexpr std::array red = {0.27772733, 0.10509304, -0.33086183, -4.63423050,
                              6.22826994, 4.77638500, -5.43545586};
  constexpr std::array green = {0.00540734,  1.40461353,   0.21484756, -5.79910097,
                                14.17993337, -13.74514538, 4.64585261};
  constexpr std::array blue = {0.33409981,  1.38459016,   0.09509516, -19.33244096,
                               56.69055260, -65.35303263, 26.31243525};
  return {polynomial(red, t), polynomial(green, t), polynomial(blue, t)};
}

Rgb jet(double t) {
  const auto ramp = [t](double centre) {
    return std::clamp(1.5 - std::abs(4 * vivid * t - centre), 0.0, 1.0);
  };
  return {ramp(3), ramp(2), ramp(1)};
}

std::uint32_t premultiplied(const Rgb& c, double alpha) {
  const auto byte = [](double v) { return static_cast<std::uint32_t>(std::lround(255 * v)); };
  return byte(alpha) << 24 | byte(alpha * c.red) << 16 | byte(alpha * c.green) << 8 |
         byte(alpha * c.blue);
}

}  // namespace

Rgb colour(Colormap map, double position) {
  const double t = std::clamp(position, 0.0, 1.0);
  switch (map) {
    case Colormap::turbo:
      return turbo(t);
    case Colormap::jet:
      return jet(t);
    case Colormap::inferno:
      return inferno(t);
    case Colormap::viridis:
      return viridis(t);
    case Colormap::gray:
      break;
  }
  return {t, t, t};
}

HeatTable heat_table(Colormap map, double alpha) {
  HeatTable table{};
  for (std::size_t i = 0; i < table.size(); ++i) {
    const double position = static_cast<double>(i) / (table.size() - 1);
    const double ramp = std::min(position / threshold_position, 1.0);
    const double smooth = ramp * ramp * (3 - 2 * ramp);
    table[i] = premultiplied(colour(map, position), std::clamp(alpha, 0.0, 1.0) * smooth);
  }
  return table;
}

}  // namespace mvga::overlay
