// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Learning a model from normal images, one at a time.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/features/reading.h"
#include "core/gaussian/kept_space.h"
#include "core/learning/folds.h"
#include "core/learning/group_fit.h"
#include "core/learning/statistics.h"
#include "core/scoring/model.h"

namespace mvga {

struct FitSettings {
  Profile profile = Profile::calibrated;
  std::optional<Reduction> reduction;  ///< none: what suits the backbone
  double target_fpr = 0.01;            ///< wanted share of false alarms among normal images
  Box roi;                             ///< noted in the model
  Reading reading = Reading::exact;    ///< likewise
  double light = 0;                    ///< share by which other light is learned too (0..0.5)
  std::uint64_t first_frame = 0;       ///< how many images of other parts come before
};

/// What suits the backbone: opposite PCA with 5 % of the variance for EfficientNet (paper, section
/// 4.4), all components for ResNet.
Reduction default_reduction(const BackboneInfo& backbone);

/// The levels that suit the profile.
LevelSet level_set_for(Profile profile);

/// The architecture to open: the one that is named, or the one that the weights are of (empty: they
/// tell), or what suits the profile: the built-in network, for `paper` that of the paper.
std::string backbone_for(Profile profile, const std::string& named, const std::string& weights);

/// Fewer normal images than this cannot be split into a part to learn from and a part to check.
inline constexpr std::uint64_t kFewestFrames = 4;

/// One pass over the data; memory does not grow with the number of images. Not thread-safe.
///
/// The images are kept in up to eight groups of consecutive ones. The model is fitted to all of
/// them. It is calibrated by cross-fitting: a bounded sample of the images is looked at again at
/// the end, each scored by Gaussians of the groups that it does not belong to. Whole groups are
/// left out, because the next frame of a video is no independent witness. No more is a near copy,
/// wherever it comes: near copies are left out together, in groups that are made anew of the stored
/// images where it takes that (core/learning/folds.h), and count as one image in what is promised.
///
/// With FitSettings::light, the Gaussians also see every image in two other lights
/// (core/learning/light_changes.h), and calibration looks at every stored image in one of them
/// instead of its own: scores of the same image in several lights would count one witness several
/// times.
///
/// Ledoit-Wolf's fourth powers come from a bounded sample of the vectors. As long as all images
/// are stored and light is 0, those of the model's pixel Gaussians are exact: the second look sees
/// every vector.
class Learner {
 public:
  /// @throws Error unwritable, no_space if images cannot be kept for calibration
  Learner(std::shared_ptr<const Backbone> backbone, const FitSettings& settings);

  /// Takes in one image of input_size x input_size pixels.
  void add(const RgbView& image);
  /// Takes in a part that another learner with the same backbone has seen; its images follow.
  /// @throws Error no_space, unwritable, unreadable if its stored images cannot be taken over
  void append(Statistics next);
  std::uint64_t frames() const { return statistics_.frames; }
  const Statistics& statistics() const { return statistics_; }
  const FitSettings& settings() const { return settings_; }
  const BackboneInfo& backbone() const { return backbone_->info(); }

  /// Called while calibrating: images done, of how many.
  using Progress = std::function<void(std::size_t done, std::size_t total)>;
  /// Fits and calibrates. The learner can go on afterwards.
  /// @throws Error too_few (fewer than kFewestFrames images, or all the same)
  Model finish(const Progress& progress = {}) const;

 private:
  /// What stored images say, in the same order.
  struct HeldOut {
    std::vector<Evidence> evidence;
    std::vector<int> clusters;
  };
  std::vector<Levels> in_other_lights(const RgbView& image) const;
  /// The features of an image that calibration judges by.
  Levels second_look(const RgbView& image) const;
  GroupFit fit_of(const Statistics& statistics) const;
  /// From the vectors that were seen again, where those are all of them.
  std::vector<LevelModel> fit_all_levels(std::span<const KeptSpace> spaces,
                                         std::span<const FourthPowers> seen) const;
  /// The stored images alone, in these folds.
  Statistics learned_in_folds(const Folds& folds, const Progress& progress) const;
  /// Looks at every stored image again, fold by fold: evidence by Gaussians of the other folds, and
  /// its features for `seen`.
  HeldOut held_out(const Folds& folds, std::span<const int> clusters, const Progress& progress,
                   const std::function<void(const Levels&)>& seen) const;
  /// A model of which all is known but what is fitted.
  Model unfitted_model() const;
  /// Fits to all images and calibrates on the stored ones.
  Model fit_and_calibrate(const Progress& progress) const;

  std::shared_ptr<const Backbone> backbone_;
  FitSettings settings_;
  Reduction reduction_;
  Statistics statistics_;
};

}  // namespace mvga
