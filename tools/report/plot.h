// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The frame of a chart as SVG: axes, and the way from values to places in the picture.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace mvga::tool {

struct Axis {
  std::string title;
  double low = 0;
  double high = 1;
  std::vector<double> ticks;
  int digits = 1;  ///< of the numbers at the ticks
};

/// An axis over at least low..high that begins and ends at a tick, with round numbers.
Axis round_axis(std::string title, double low, double high, int most_ticks);

using PlotPoint = std::pair<double, double>;

/// Colours are classes of the page's style.
class Plot {
 public:
  Plot(Axis x, Axis y);

  void line(std::span<const PlotPoint> points, std::string_view style);
  /// What lies between the line and the x axis.
  void area(std::span<const PlotPoint> points, std::string_view style);
  void bar(double from, double to, double height, std::string_view style, std::string_view hint);
  /// A line from bottom to top, with a few words beside it.
  void mark(double x, std::string_view words, std::string_view style);
  void dot(double x, double y, std::string_view style, std::string_view hint);

  /// @param description for those who do not see it
  std::string svg(std::string_view description) const;

 private:
  double place_x(double value) const;
  double place_y(double value) const;
  std::string path(std::span<const PlotPoint> points) const;
  std::string axes() const;

  Axis x_;
  Axis y_;
  std::string content_;
};

/// What a colour of a chart means.
struct LegendEntry {
  std::string style;
  std::string words;
};

/// A chart with its title and legend; `chart` may be a sentence that says why there is none.
std::string chart_figure(std::string_view title, std::string_view chart,
                         std::span<const LegendEntry> legend);

}  // namespace mvga::tool
