// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/scoring/calibration.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "core/base/error.h"
#include "core/scoring/false_alarm_rate.h"

namespace mvga {
namespace {

constexpr double kNormalShare = 0.99;  // of normal positions that lie in the normal range

float quantile(std::vector<float>& values, double share) {
  const auto index = static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1));
  std::nth_element(values.begin(), values.begin() + index, values.end());
  return values[static_cast<std::size_t>(index)];
}

/// The largest value of each cluster, in ascending order.
std::vector<double> witnesses(std::vector<double> values, std::span<const int> clusters) {
  if (!clusters.empty()) {
    const int last = *std::max_element(clusters.begin(), clusters.end());
    std::vector<double> largest(static_cast<std::size_t>(last) + 1,
                                -std::numeric_limits<double>::infinity());
    for (std::size_t i = 0; i < values.size(); ++i) {
      double& value = largest[static_cast<std::size_t>(clusters[i])];
      value = std::max(value, values[i]);
    }
    values = std::move(largest);
  }
  std::sort(values.begin(), values.end());
  return values;
}

}  // namespace

AnomalyMap Calibration::map(const Evidence& evidence) const {
  return scoring->map(maps_of(evidence, map_levels));
}

double Calibration::score(const Evidence& evidence, const AnomalyMap& map) const {
  return scoring->score({evidence.image_distances, maps_of(evidence, map_levels)}, map);
}

MapScale Calibration::map_scale(double target_fpr) const {
  const auto threshold = static_cast<float>(threshold_for(peaks, target_fpr).value);
  // A map whose held-out peaks lie within the normal range still needs a scale with a width.
  const float width = std::max(threshold - normal_end, 1e-6f + 1e-3f * std::abs(threshold));
  return {threshold - width, threshold};
}

Calibration calibrate(std::vector<Evidence> held_out, Profile profile,
                      std::span<const int> localising, std::span<const int> clusters) {
  if (held_out.size() < 2)
    throw Error(ErrorKind::too_few, "calibration needs at least two held-out normal frames");
  const ProfileSteps& steps = steps_of(profile);
  Calibration c;
  c.profile = profile;
  c.map_levels = steps.map_levels(localising, held_out[0].maps.size());
  for (Evidence& e : held_out) e.maps = maps_of(e, c.map_levels);
  c.scoring = steps.calibrate(held_out);

  std::vector<float> positions;
  for (Evidence& e : held_out) {
    const AnomalyMap map = c.scoring->map(e.maps);
    c.scores.push_back(c.scoring->score(e, map));
    positions.insert(positions.end(), map.values.begin(), map.values.end());
    c.peaks.push_back(maximum(map));
  }
  c.normal_end = quantile(positions, kNormalShare);
  c.scores = witnesses(std::move(c.scores), clusters);
  c.peaks = witnesses(std::move(c.peaks), clusters);
  return c;
}

}  // namespace mvga
