// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/scoring/detector.h"

#include <algorithm>
#include <string>

#include "core/base/error.h"
#include "core/base/stopwatch.h"
#include "core/scoring/false_alarm_rate.h"

namespace mvga {
namespace {

void check_fit(const Model& model, const BackboneInfo& backbone) {
  if (model.architecture != backbone.architecture)
    throw Error(ErrorKind::unreadable, "the model was learned with backbone " + model.architecture +
                                           ", not " + backbone.architecture);
  if (model.weights_sha256 != backbone.weights_sha256)
    throw Error(ErrorKind::unreadable,
                "the model was learned with another weights file of " + model.architecture +
                    " (SHA-256 " + model.weights_sha256.substr(0, 12) + "..., but " +
                    backbone.weights.string() + " has " + backbone.weights_sha256.substr(0, 12) +
                    "...); point 'weights' at the file it was learned with, or learn it anew");
  if (model.input_size != backbone.input_size)
    throw Error(ErrorKind::unreadable, "the model was learned with an input of " +
                                           std::to_string(model.input_size) + " pixels, not " +
                                           std::to_string(backbone.input_size));
  if (model.tiles != backbone.tiles)
    throw Error(ErrorKind::unreadable,
                "the model was learned with tiles=" + std::to_string(model.tiles) + ", not " +
                    std::to_string(backbone.tiles));
  if (model.levels.size() != backbone.levels.size())
    throw Error(ErrorKind::unreadable, "the model has " + std::to_string(model.levels.size()) +
                                           " levels, the backbone gives " +
                                           std::to_string(backbone.levels.size()));
  for (std::size_t i = 0; i < model.levels.size(); ++i) {
    const LevelShape& has = model.levels[i].shape;
    if (has != backbone.levels[i])
      throw Error(ErrorKind::unreadable, "the model's level " + std::to_string(has.level) +
                                             " has another shape than the backbone's");
  }
}

Region moved_into(const Box& roi, Region region) {
  Box& b = region.box;
  b = {roi.x + b.x * roi.width, roi.y + b.y * roi.height, b.width * roi.width,
       b.height * roi.height};
  region.area *= roi.width * roi.height;
  return region;
}

/// In fractions of the frame, of which the map covers the region of interest.
std::vector<Region> regions_in(const AnomalyMap& map, float threshold,
                               const DetectSettings& settings) {
  const double min_area = settings.min_region_area / (settings.roi.width * settings.roi.height);
  std::vector<Region> regions;
  for (const Region& r : regions_above(map, threshold, settings.max_regions, min_area))
    regions.push_back(moved_into(settings.roi, r));
  return regions;
}

}  // namespace

Detector::Detector(std::shared_ptr<const Backbone> backbone, Model model)
    : backbone_(std::move(backbone)), model_(std::move(model)) {
  check_fit(model_, backbone_->info());
  gaussians_ = gaussians_of(model_.levels);
}

Detection Detector::detect(const RgbView& image, const DetectSettings& settings,
                           StageTimes* times) const {
  const Stopwatch watch;
  const std::optional<RgbImage> relit = in_learned_light(image, model_.lights);
  const Levels levels = backbone_->extract(relit ? relit->view() : image);
  const double backbone_seconds = watch.seconds();
  Detection d = judge(gather_evidence(levels, gaussians_), settings);
  if (times != nullptr) *times = {backbone_seconds, watch.seconds() - backbone_seconds};
  return d;
}

Detection Detector::judge(const Evidence& evidence, const DetectSettings& settings) const {
  const Calibration& normal = model_.calibration;
  const double target_fpr = settings.target_fpr.value_or(model_.target_fpr);
  Detection d;
  d.map = normal.map(evidence);
  d.score = normal.score(evidence, d.map);
  d.threshold = settings.threshold.value_or(threshold_for(normal.scores, target_fpr).value);
  d.typical = normal.scores[normal.scores.size() / 2];
  d.p_value = p_value(normal.scores, d.score);
  d.anomalous = d.score > d.threshold;
  d.map_scale = normal.map_scale(target_fpr);
  d.regions = regions_in(d.map, d.map_scale.threshold, settings);
  d.roi = settings.roi;
  return d;
}

BackboneSettings backbone_settings_for(const Model& model) {
  BackboneSettings settings;
  settings.architecture = model.architecture;
  settings.levels = model.level_indexes();
  settings.input_size = model.tiles > 1 ? model.tile_size : model.input_size;
  settings.tiles = model.tiles;
  return settings;
}

}  // namespace mvga
