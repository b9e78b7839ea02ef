// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/report/plot.h"

#include <algorithm>
#include <cmath>

#include "tools/report/html.h"

namespace mvga::tool {
namespace {

constexpr double kWidth = 420;
constexpr double kHeight = 310;
constexpr double kLeft = 58;
constexpr double kRight = 406;
constexpr double kTop = 24;
constexpr double kBottom = 258;
constexpr double kDigitWidth = 7;  // of the numbers at ticks

std::string at(double value) {
  return fixed(value, 1);
}

std::string classed(std::string_view style) {
  return std::string(" class=\"").append(style).append("\"");
}

std::string text(double x, double y, std::string_view style, std::string_view words,
                 std::string_view more = "") {
  return "<text x=\"" + at(x) + "\" y=\"" + at(y) + "\"" + classed(style) + std::string(more) +
         ">" + escaped(words) + "</text>\n";
}

std::string straight(double x1, double y1, double x2, double y2, std::string_view style) {
  return "<line x1=\"" + at(x1) + "\" y1=\"" + at(y1) + "\" x2=\"" + at(x2) + "\" y2=\"" + at(y2) +
         "\"" + classed(style) + "/>\n";
}

std::string title(std::string_view hint) {
  return "<title>" + escaped(hint) + "</title>";
}

/// 1, 2 or 5 times a power of ten, not less than `value`.
double round_step(double value) {
  const double power = std::pow(10, std::floor(std::log10(value)));
  for (const double factor : {1.0, 2.0, 5.0})
    if (factor * power >= value * (1 - 1e-9)) return factor * power;
  return 10 * power;
}

/// As many as it takes to tell multiples of the step.
int digits_of(double step) {
  int digits = 0;
  for (; digits < 6 && std::abs(step - std::round(step)) > 1e-6 * step; ++digits) step *= 10;
  return digits;
}

}  // namespace

Axis round_axis(std::string title, double low, double high, int most_ticks) {
  if (!(high > low)) {
    const double middle = std::isfinite(low) ? low : 0;
    low = middle - 1;
    high = middle + 1;
  }
  const double step = round_step((high - low) / most_ticks);
  const auto first = std::lround(std::floor(low / step + 1e-9));
  const auto last = std::lround(std::ceil(high / step - 1e-9));
  Axis axis{std::move(title),
            static_cast<double>(first) * step,
            static_cast<double>(last) * step,
            {},
            digits_of(step)};
  for (long tick = first; tick <= last; ++tick)
    axis.ticks.push_back(static_cast<double>(tick) * step);
  return axis;
}

Plot::Plot(Axis x, Axis y) : x_(std::move(x)), y_(std::move(y)) {}

double Plot::place_x(double value) const {
  return kLeft + (kRight - kLeft) * (value - x_.low) / (x_.high - x_.low);
}

double Plot::place_y(double value) const {
  return kBottom - (kBottom - kTop) * (value - y_.low) / (y_.high - y_.low);
}

std::string Plot::path(std::span<const PlotPoint> points) const {
  std::string places;
  for (const auto& [x, y] : points)
    places.append(places.empty() ? "" : " ")
        .append(at(place_x(x)))
        .append(",")
        .append(at(place_y(y)));
  return places;
}

void Plot::line(std::span<const PlotPoint> points, std::string_view style) {
  content_ += "<polyline" + classed(style) + " points=\"" + path(points) + "\"/>\n";
}

void Plot::area(std::span<const PlotPoint> points, std::string_view style) {
  std::vector<PlotPoint> closed(points.begin(), points.end());
  closed.emplace_back(points.back().first, y_.low);
  closed.emplace_back(points.front().first, y_.low);
  content_ += "<polygon" + classed(style) + " points=\"" + path(closed) + "\"/>\n";
}

void Plot::bar(double from, double to, double height, std::string_view style,
               std::string_view hint) {
  const double left = place_x(from) + 0.5;
  const double width = std::max(place_x(to) - place_x(from) - 1, 1.0);
  const double top = place_y(height);
  content_ += "<rect x=\"" + at(left) + "\" y=\"" + at(top) + "\" width=\"" + at(width) +
              "\" height=\"" + at(kBottom - top) + "\"" + classed(style) + ">" + title(hint) +
              "</rect>\n";
}

void Plot::mark(double x, std::string_view words, std::string_view style) {
  const double place = place_x(x);
  const double half = kDigitWidth / 2 * static_cast<double>(words.size());
  content_ += straight(place, kTop, place, kBottom, style);
  content_ += text(std::clamp(place, kLeft + half, kRight - half), kTop - 7, "tick middle", words);
}

void Plot::dot(double x, double y, std::string_view style, std::string_view hint) {
  content_ += "<circle cx=\"" + at(place_x(x)) + "\" cy=\"" + at(place_y(y)) + R"(" r="4.5")" +
              classed(style) + ">" + title(hint) + "</circle>\n";
}

std::string Plot::axes() const {
  std::string all;
  for (const double tick : y_.ticks) {
    all += straight(kLeft, place_y(tick), kRight, place_y(tick), "grid");
    all += text(kLeft - 8, place_y(tick) + 4, "tick end", fixed(tick, y_.digits));
  }
  for (const double tick : x_.ticks) {
    all += straight(place_x(tick), kBottom, place_x(tick), kBottom + 4, "axis");
    all += text(place_x(tick), kBottom + 18, "tick middle", fixed(tick, x_.digits));
  }
  all += straight(kLeft, kBottom, kRight, kBottom, "axis");
  all += text((kLeft + kRight) / 2, kHeight - 10, "axis-title middle", x_.title);
  all += text(16, (kTop + kBottom) / 2, "axis-title middle", y_.title,
              " transform=\"rotate(-90 16 " + at((kTop + kBottom) / 2) + ")\"");
  return all;
}

std::string Plot::svg(std::string_view description) const {
  return "<svg viewBox=\"0 0 " + fixed(kWidth, 0) + " " + fixed(kHeight, 0) +
         R"(" role="img" aria-label=")" + escaped(description) + "\">\n" + axes() + content_ +
         "</svg>\n";
}

std::string chart_figure(std::string_view title, std::string_view chart,
                         std::span<const LegendEntry> legend) {
  std::string html = "<figure class=\"chart\">\n<figcaption>" + escaped(title) + "</figcaption>\n";
  html += chart;
  if (!legend.empty()) html += "<ul class=\"legend\">\n";
  for (const auto& [style, words] : legend)
    html += "<li><span class=\"key " + style + "\"></span>" + escaped(words) + "</li>\n";
  if (!legend.empty()) html += "</ul>\n";
  return html + "</figure>\n";
}

}  // namespace mvga::tool
