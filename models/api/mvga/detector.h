// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// From an image to a result.
#pragma once

#include <mvga/api.h>
#include <mvga/error.h>
#include <mvga/image.h>
#include <mvga/model.h>
#include <mvga/network.h>
#include <mvga/result.h>

#include <memory>
#include <optional>

namespace mvga::v1 {

/// What can change from image to image.
struct ScoreSettings {
  std::optional<double> threshold = {};   ///< none: the one that keeps the rate of false alarms
  std::optional<double> target_fpr = {};  ///< above 0, to 0.5; none: the model's
  int max_regions = 16;                   ///< the strongest are reported
  double min_region_area = 0;  ///< share of the image, 0..1; smaller regions are not reported
};

/// A model and its network, ready to score.
///
/// Never changes: one detector may score from several threads at once, which take turns for the
/// processors. A copy costs next to nothing; one that was moved from can only be assigned to, or
/// go. Detectors of models with the same backbone share its weights in memory.
///
/// Images of any size and proportions are taken. The model's roi is cut out and scaled to the
/// network's square input: each side by the mean of the pixels that a new one covers (a triangle
/// filter, as Pillow's resize(BILINEAR)), which costs nothing and changes nothing when it has that
/// size already. GStreamer's elements and the program mvga scale with GStreamer, whose pixels are
/// slightly others, and so are the scores: over MVTec AD's bottle by 0.09 on average with a model
/// that this library learned, by 0.18 with one of theirs, in the same order (rank correlations of
/// 0.999). Learn and watch through the same reader (docs/library.md).
class MVGA_API Detector {
 public:
  /// Opens the network that the model was learned with; takes some tenths of a second.
  /// @throws Error not_found (weights, engine), unreadable (other weights than the model's),
  ///         settings, engine, no_space
  explicit Detector(const Model& model, const NetworkSettings& network = {});

  /// @throws Error argument (the image cannot be), settings, engine, no_space
  Result score(const Image& image, const ScoreSettings& settings = {}) const;

  Model model() const;

 private:
  struct Data;

  std::shared_ptr<const Data> data_;
};

}  // namespace mvga::v1
