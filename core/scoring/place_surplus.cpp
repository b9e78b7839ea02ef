// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/scoring/place_surplus.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <vector>

namespace mvga {
namespace {

constexpr double kSurroundings = 0.03;  // of the side, to each side
constexpr double kUsual = 0.5;          // deviations above the mean that belong to any place
constexpr double kErrors = 2;           // of the mean that chance is allowed

// Means of up to 2 * reach + 1 values of a row or column; at its ends of those that there are.
void average_line(const float* from, std::ptrdiff_t step, int length, int reach, float* to) {
  double sum = 0;
  for (int i = 0; i < std::min(reach, length); ++i) sum += from[i * step];
  for (int i = 0; i < length; ++i) {
    if (i + reach < length) sum += from[(i + reach) * step];
    if (i - reach > 0) sum -= from[(i - reach - 1) * step];
    const int count = std::min(i + reach, length - 1) - std::max(i - reach, 0) + 1;
    to[i * step] = static_cast<float>(sum / count);
  }
}

AnomalyMap averaged_over_surroundings(const AnomalyMap& map) {
  const auto reach_of = [](int side) {
    return static_cast<int>(std::lround(kSurroundings * side));
  };
  const std::ptrdiff_t width = map.width;
  AnomalyMap rows = map;
  for (int y = 0; y < map.height; ++y)
    average_line(&map.values[y * width], 1, map.width, reach_of(map.width),
                 &rows.values[y * width]);
  AnomalyMap both = rows;
  for (int x = 0; x < map.width; ++x)
    average_line(&rows.values[x], width, map.height, reach_of(map.height), &both.values[x]);
  return both;
}

// Of numbers that come one by one (Welford 1962).
struct Running {
  double count = 0;
  double mean = 0;
  double squares = 0;  // about the mean

  void add(double value) {
    ++count;
    const double step = value - mean;
    mean += step / count;
    squares += step * (value - mean);
  }
  double variance() const { return count > 1 ? squares / (count - 1) : 0; }
};

/// Of values that chance alone may have moved by `squared_error`.
double beyond_chance(double value, double squared_error) {
  if (value == 0) return 0;
  return value * std::max(1 - kErrors * kErrors * squared_error / (value * value), 0.0);
}

/// What the maps have at each position, over its surroundings, and everywhere.
struct ByPlace {
  Running everywhere;
  std::vector<Running> here;
  double pooled = 0;  ///< mean variance of the positions

  double squared_error(const Running& place) const {
    return std::max(place.variance(), pooled) / place.count;
  }
};

ByPlace by_place(std::span<const AnomalyMap> maps) {
  ByPlace places;
  places.here.resize(maps[0].values.size());
  for (const AnomalyMap& map : maps) {
    for (const float value : map.values) places.everywhere.add(value);
    const AnomalyMap smooth = averaged_over_surroundings(map);
    for (std::size_t i = 0; i < places.here.size(); ++i) places.here[i].add(smooth.values[i]);
  }
  for (const Running& r : places.here)
    places.pooled += r.variance() / static_cast<double>(places.here.size());
  return places;
}

/// @param deviation of a place's mean, of which chance may be a part
template <typename Deviation>
AnomalyMap map_of(const ByPlace& places, const AnomalyMap& like, Deviation deviation) {
  AnomalyMap result = like;
  std::transform(
      places.here.begin(), places.here.end(), result.values.begin(), [&](const Running& r) {
        return static_cast<float>(beyond_chance(deviation(r.mean), places.squared_error(r)));
      });
  return result;
}

}  // namespace

AnomalyMap place_surplus(std::span<const AnomalyMap> maps) {
  const ByPlace places = by_place(maps);
  const double usual = places.everywhere.mean + kUsual * std::sqrt(places.everywhere.variance());
  return map_of(places, maps[0], [&](double mean) { return std::max(mean - usual, 0.0); });
}

AnomalyMap place_habit(std::span<const AnomalyMap> maps) {
  const ByPlace places = by_place(maps);
  return map_of(places, maps[0], [&](double mean) { return mean - places.everywhere.mean; });
}

void subtract(const AnomalyMap& surplus, AnomalyMap& map) {
  std::transform(map.values.begin(), map.values.end(), surplus.values.begin(), map.values.begin(),
                 std::minus<>());
}

}  // namespace mvga
