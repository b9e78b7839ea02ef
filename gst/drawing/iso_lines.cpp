// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "gst/drawing/iso_lines.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <utility>

namespace mvga::overlay {
namespace {

// An edge of the grid has the number of the value at its left or upper end, times two, plus one if
// it is vertical. A line crosses an edge at most once, and each of the edge's two cells leads to at
// most one further edge.
constexpr int none = -1;
struct Links {
  std::vector<std::array<int, 2>> of;  ///< every edge
  std::vector<int> crossed;            ///< the few edges that a line crosses

  explicit Links(std::size_t edges) : of(edges, {none, none}) {}

  void add(int from, int to) {
    const bool first = of[from][0] == none;
    of[from][first ? 0 : 1] = to;
    if (first) crossed.push_back(from);
  }
};

void link(Links& links, int a, int b) {
  links.add(a, b);
  links.add(b, a);
}

void link_cell(const AnomalyMap& grid, float level, int x, int y, Links& links) {
  const float corners[] = {grid.at(y, x), grid.at(y, x + 1), grid.at(y + 1, x + 1),
                           grid.at(y + 1, x)};
  int above = 0;
  for (int i = 0; i < 4; ++i) above |= (corners[i] > level) << i;
  if (above == 0 || above == 15) return;

  const int node = y * grid.width + x;
  const int top = 2 * node;
  const int left = 2 * node + 1;
  const int right = 2 * (node + 1) + 1;
  const int bottom = 2 * (node + grid.width);
  switch (above) {
    case 1:
    case 14:
      return link(links, left, top);
    case 2:
    case 13:
      return link(links, top, right);
    case 4:
    case 11:
      return link(links, right, bottom);
    case 8:
    case 7:
      return link(links, bottom, left);
    case 3:
    case 12:
      return link(links, left, right);
    case 6:
    case 9:
      return link(links, top, bottom);
    default:
      break;
  }
  // Two opposite corners are above: the middle tells whether they are joined.
  const bool joined = 0.25f * (corners[0] + corners[1] + corners[2] + corners[3]) > level;
  if (joined == (above == 5)) {
    link(links, top, right);
    link(links, bottom, left);
  } else {
    link(links, left, top);
    link(links, right, bottom);
  }
}

Point crossing(const AnomalyMap& grid, float level, int edge) {
  const int x = edge / 2 % grid.width;
  const int y = edge / 2 / grid.width;
  const bool vertical = edge % 2 == 1;
  const float from = grid.at(y, x);
  const float to = vertical ? grid.at(y + 1, x) : grid.at(y, x + 1);
  const double part = (level - from) / (to - from);
  return vertical ? Point{double(x), y + part} : Point{x + part, double(y)};
}

/// Follows the line from `edge` to its end or back to its start, and takes it out of `links`.
Line take_line(const AnomalyMap& grid, float level, int edge, Links& links) {
  Line line;
  const int start = edge;
  int previous = none;
  while (edge != none) {
    line.points.push_back(crossing(grid, level, edge));
    const auto [first, second] = links.of[edge];
    links.of[edge] = {none, none};
    const int next = first == none || first == previous ? second : first;
    previous = edge;
    line.closed = next == start;
    edge = line.closed ? none : next;
  }
  return line;
}

double distance_to_segment(const Point& p, const Point& a, const Point& b) {
  const double dx = b.x - a.x;
  const double dy = b.y - a.y;
  const double length = dx * dx + dy * dy;
  const double along = length > 0 ? ((p.x - a.x) * dx + (p.y - a.y) * dy) / length : 0;
  const double t = std::clamp(along, 0.0, 1.0);
  return std::hypot(p.x - a.x - t * dx, p.y - a.y - t * dy);
}

}  // namespace

Point extent(const Line& line) {
  const auto [left, right] =
      std::minmax_element(line.points.begin(), line.points.end(),
                          [](const Point& a, const Point& b) { return a.x < b.x; });
  const auto [top, bottom] =
      std::minmax_element(line.points.begin(), line.points.end(),
                          [](const Point& a, const Point& b) { return a.y < b.y; });
  return {right->x - left->x, bottom->y - top->y};
}

std::vector<Line> iso_lines(const AnomalyMap& grid, float level) {
  std::vector<Line> lines;
  if (grid.width < 2 || grid.height < 2) return lines;
  Links links(2 * grid.values.size());
  for (int y = 0; y + 1 < grid.height; ++y) {
    for (int x = 0; x + 1 < grid.width; ++x) link_cell(grid, level, x, y, links);
  }
  // Open lines first, from an end: a line begun in its middle would be cut in two.
  for (const bool open : {true, false}) {
    for (const int edge : links.crossed) {
      const auto [first, second] = links.of[edge];
      const bool begins = first != none && (second == none) == open;
      if (begins) lines.push_back(take_line(grid, level, edge, links));
    }
  }
  return lines;
}

Line simplified(const Line& line, double tolerance) {
  if (line.points.size() < 3) return line;
  std::vector<Point> points = line.points;
  if (line.closed) points.push_back(points.front());
  std::vector<char> kept(points.size());
  kept.front() = kept.back() = true;
  std::vector<std::pair<std::size_t, std::size_t>> spans{{0, points.size() - 1}};
  while (!spans.empty()) {
    const auto [first, last] = spans.back();
    spans.pop_back();
    std::size_t farthest = first;
    double distance = tolerance;
    for (std::size_t i = first + 1; i < last; ++i) {
      const double d = distance_to_segment(points[i], points[first], points[last]);
      if (d > distance) {
        distance = d;
        farthest = i;
      }
    }
    if (farthest == first) continue;
    kept[farthest] = true;
    spans.emplace_back(first, farthest);
    spans.emplace_back(farthest, last);
  }
  Line result{{}, line.closed};
  // A closed line's first point would otherwise come twice.
  for (std::size_t i = 0; i < line.points.size(); ++i) {
    if (kept[i]) result.points.push_back(points[i]);
  }
  return result;
}

}  // namespace mvga::overlay
