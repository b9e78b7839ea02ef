// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/scoring/calibration.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>

#include "core/base/error.h"
#include "core/scoring/combined_score.h"
#include "core/scoring/false_alarm_rate.h"
#include "core/scoring/place_surplus.h"

namespace mvga {
namespace {

constexpr double kNormalShare = 0.99;       // of normal positions that lie in the normal range
constexpr double kSmallest = 1e-30;         // so that a logarithm exists
constexpr float kSmallestDistance = 1e-6f;  // far below what any normal position has

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

/// Of the numbers that `value` makes of the distances of one level.
template <typename Value>
LevelScale level_scale(std::span<const Evidence> held_out, std::size_t level, Value value) {
  double count = 0;
  double sum = 0;
  double squares = 0;
  for (const Evidence& e : held_out) {
    for (const float distance : e.maps[level].values) {
      const double v = value(distance);
      sum += v;
      squares += v * v;
    }
    count += static_cast<double>(e.maps[level].values.size());
  }
  const double mean = sum / count;
  const double deviation = std::sqrt(std::max(squares / count - mean * mean, 0.0));
  return {static_cast<float>(mean),
          static_cast<float>(std::max(deviation, 1e-6 * std::abs(mean) + 1e-12))};
}

float logarithm(float distance) {
  return std::log(std::max(distance, kSmallestDistance));
}

// Maps are fused on the grid of the finest.
AnomalyMap fuse_finely(const std::vector<AnomalyMap>& maps, const std::vector<LevelScale>& scales) {
  const auto finest = std::max_element(
      maps.begin(), maps.end(),
      [](const AnomalyMap& a, const AnomalyMap& b) { return a.values.size() < b.values.size(); });
  return fuse(maps, scales, finest->height, finest->width);
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

std::vector<AnomalyMap> Calibration::chosen_maps(const Evidence& evidence) const {
  std::vector<AnomalyMap> chosen;
  for (const int i : map_levels) chosen.push_back(evidence.maps[static_cast<std::size_t>(i)]);
  return chosen;
}

AnomalyMap Calibration::mean_distances(const Evidence& evidence) const {
  return fuse_finely(chosen_maps(evidence), scales);
}

AnomalyMap Calibration::mean_logarithms(const Evidence& evidence) const {
  std::vector<AnomalyMap> maps = chosen_maps(evidence);
  for (AnomalyMap& map : maps)
    std::transform(map.values.begin(), map.values.end(), map.values.begin(), logarithm);
  return fuse_finely(maps, log_scales);
}

AnomalyMap Calibration::map(const Evidence& evidence) const {
  if (profile == Profile::paper)
    return fuse_finely(chosen_maps(evidence), std::vector<LevelScale>(map_levels.size()));
  AnomalyMap map = mean_logarithms(evidence);
  subtract(log_surplus, map);
  return map;
}

// Of the distances themselves, not of their logarithms, in which a clean spot in an otherwise
// normal picture would count like a defect. About the picture's own median: what moves all
// positions alike is left to the average vectors.
double Calibration::map_spread(const Evidence& evidence) const {
  AnomalyMap map = mean_distances(evidence);
  subtract(surplus, map);
  return upper_spread(map);
}

double Calibration::score(const Evidence& evidence) const {
  const double distance = sum_of(evidence.image_distances);
  if (profile == Profile::paper) return distance;
  return combined_score(map_part.standardise(map_spread(evidence)),
                        image_part.standardise(distance));
}

void Calibration::measure_scales(std::span<const Evidence> held_out) {
  for (const int i : map_levels) {
    const auto level = static_cast<std::size_t>(i);
    scales.push_back(level_scale(held_out, level, [](float d) { return d; }));
    log_scales.push_back(level_scale(held_out, level, logarithm));
  }
}

void Calibration::measure_places(std::span<const Evidence> held_out) {
  std::vector<AnomalyMap> maps;
  for (const Evidence& e : held_out) maps.push_back(mean_distances(e));
  surplus = place_surplus(maps);
  for (std::size_t i = 0; i < maps.size(); ++i) maps[i] = mean_logarithms(held_out[i]);
  log_surplus = place_surplus(maps);
}

void Calibration::measure_parts(std::span<const Evidence> held_out) {
  std::vector<double> distances;
  std::vector<double> spreads;
  for (const Evidence& e : held_out) {
    distances.push_back(sum_of(e.image_distances));
    spreads.push_back(map_spread(e));
  }
  image_part = log_scale(distances);
  map_part = log_scale(spreads);
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
  if (profile == Profile::calibrated) {
    c.measure_scales(held_out);
    c.measure_places(held_out);
    c.measure_parts(held_out);
  }
  std::vector<float> positions;
  for (const Evidence& e : held_out) {
    const AnomalyMap map = c.map(e);
    positions.insert(positions.end(), map.values.begin(), map.values.end());
    c.peaks.push_back(maximum(map));
    c.scores.push_back(c.score(e));
  }
  c.normal_end = quantile(positions, kNormalShare);
  std::sort(c.scores.begin(), c.scores.end());
  std::sort(c.peaks.begin(), c.peaks.end());
  return c;
}

}  // namespace mvga
