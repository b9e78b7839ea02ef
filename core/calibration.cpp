// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/calibration.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>

#include "core/false_alarm_rate.h"
#include "core/io/error.h"

namespace mvga {
namespace {

constexpr double kTopShare = 0.01;     // of the map, for the score
constexpr double kNormalShare = 0.99;  // of normal positions that lie in the normal range
constexpr double kSmallest = 1e-30;    // so that a logarithm exists

struct MeanAndDeviation {
  double mean;
  double deviation;
};

MeanAndDeviation mean_and_deviation(std::span<const double> values) {
  const auto n = static_cast<double>(values.size());
  const double mean = std::accumulate(values.begin(), values.end(), 0.0) / n;
  double squares = 0;
  for (const double v : values) squares += (v - mean) * (v - mean);
  return {mean, std::sqrt(squares / n)};
}

LogScale log_scale(std::vector<double> values) {
  for (double& v : values) v = std::log(std::max(v, kSmallest));
  const auto [mean, deviation] = mean_and_deviation(values);
  // Held-out pictures without any spread (few and alike) must not make the score infinite.
  return {mean, std::max(deviation, 1e-3)};
}

LevelScale level_scale(std::span<const Evidence> held_out, std::size_t level) {
  double count = 0;
  double sum = 0;
  double squares = 0;
  for (const Evidence& e : held_out) {
    for (const float v : e.maps[level].values) {
      sum += v;
      squares += static_cast<double>(v) * v;
    }
    count += static_cast<double>(e.maps[level].values.size());
  }
  const double mean = sum / count;
  const double deviation = std::sqrt(std::max(squares / count - mean * mean, 0.0));
  return {static_cast<float>(mean), static_cast<float>(std::max(deviation, 1e-6 * mean + 1e-12))};
}

// The grid of the finest level: maps are fused there.
std::pair<int, int> finest_grid(const Evidence& evidence) {
  const auto finest = std::max_element(
      evidence.maps.begin(), evidence.maps.end(),
      [](const AnomalyMap& a, const AnomalyMap& b) { return a.values.size() < b.values.size(); });
  return {finest->height, finest->width};
}

float quantile(std::vector<float>& values, double share) {
  const auto index = static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1));
  std::nth_element(values.begin(), values.begin() + index, values.end());
  return values[static_cast<std::size_t>(index)];
}

double sum_of(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0);
}

}  // namespace

std::string_view name_of(Profile profile) {
  return profile == Profile::paper ? "paper" : "calibrated";
}

Profile profile_from(std::string_view name) {
  for (const auto profile : {Profile::paper, Profile::calibrated})
    if (name == name_of(profile)) return profile;
  throw Error(ErrorKind::settings,
              "unknown profile '" + std::string(name) + "': use calibrated or paper");
}

double LogScale::standardise(double value) const {
  return (std::log(std::max(value, kSmallest)) - mean) / deviation;
}

AnomalyMap Calibration::map(const Evidence& evidence, int height, int width) const {
  std::vector<AnomalyMap> chosen;
  for (const int i : map_levels) chosen.push_back(evidence.maps[static_cast<std::size_t>(i)]);
  return fuse(chosen, scales, height, width);
}

// Top share of the map, moved back to the positive numbers: as if levels had been divided by their
// spread but not centred.
double Calibration::map_level(const AnomalyMap& map) const {
  double offset = 0;
  for (const LevelScale& s : scales) offset += s.offset / s.scale;
  return top_share_mean(map, kTopShare) + offset / static_cast<double>(scales.size());
}

double Calibration::score(const Evidence& evidence, const AnomalyMap& map) const {
  const double distance = sum_of(evidence.image_distances);
  if (profile == Profile::paper) return distance;
  return (image_part.standardise(distance) + map_part.standardise(map_level(map))) /
         score_deviation;
}

MapScale Calibration::map_scale(double target_fpr) const {
  const auto threshold = static_cast<float>(threshold_for(peaks, target_fpr).value);
  // A map whose held-out peaks lie within the normal range still needs a scale with a width.
  const float width = std::max(threshold - normal_end, 1e-6f + 1e-3f * std::abs(threshold));
  return {threshold - width, threshold};
}

Calibration calibrate(std::span<const Evidence> held_out, Profile profile,
                      std::span<const int> map_levels) {
  if (held_out.size() < 2)
    throw Error(ErrorKind::too_few, "calibration needs at least two held-out normal frames");
  Calibration c;
  c.profile = profile;
  c.map_levels.assign(map_levels.begin(), map_levels.end());
  if (profile == Profile::paper) {
    c.map_levels.resize(held_out[0].maps.size());
    std::iota(c.map_levels.begin(), c.map_levels.end(), 0);
  }
  for (const int level : c.map_levels)
    c.scales.push_back(profile == Profile::paper
                           ? LevelScale{}
                           : level_scale(held_out, static_cast<std::size_t>(level)));

  std::vector<AnomalyMap> maps;
  std::vector<float> positions;
  std::vector<double> distances;
  std::vector<double> tops;
  for (const Evidence& e : held_out) {
    const auto [height, width] = finest_grid(e);
    maps.push_back(c.map(e, height, width));
    positions.insert(positions.end(), maps.back().values.begin(), maps.back().values.end());
    c.peaks.push_back(maximum(maps.back()));
    distances.push_back(sum_of(e.image_distances));
    tops.push_back(c.map_level(maps.back()));
  }
  c.normal_end = quantile(positions, kNormalShare);
  if (profile == Profile::calibrated) {
    c.image_part = log_scale(distances);
    c.map_part = log_scale(tops);
    std::vector<double> sums;
    for (std::size_t i = 0; i < held_out.size(); ++i)
      sums.push_back(c.image_part.standardise(distances[i]) + c.map_part.standardise(tops[i]));
    c.score_deviation = std::max(mean_and_deviation(sums).deviation, 1e-3);
  }
  for (std::size_t i = 0; i < held_out.size(); ++i)
    c.scores.push_back(c.score(held_out[i], maps[i]));
  std::sort(c.scores.begin(), c.scores.end());
  std::sort(c.peaks.begin(), c.peaks.end());
  return c;
}

}  // namespace mvga
