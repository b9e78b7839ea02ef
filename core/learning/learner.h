// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Learning a model from normal images, one at a time.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "core/gaussian/kept_space.h"
#include "core/learning/fit_settings.h"
#include "core/learning/folds.h"
#include "core/learning/group_fit.h"
#include "core/learning/statistics.h"
#include "core/scoring/model.h"

namespace mvga {

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
/// (core/light/light_changes.h), and calibration looks at every stored image in one of them
/// instead of its own: scores of the same image in several lights would count one witness several
/// times. With FitSettings::views they see it in other places and directions as well; calibration
/// looks at it as it lies.
///
/// Where FitSettings::light is left to the profile, `calibrated` notes the range of light of the
/// stored images, and images are brought back to it before they are judged
/// (core/light/light_range.h); and every other image is also learned as on another day
/// (core/light/camera_changes.h).
///
/// Fewer than kFewestFrames images, where FitSettings::fewest lets them pass, are learned in views
/// (core/learning/few_images.h).
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
  /// @throws Error too_few (fewer images than FitSettings::fewest, or all the same)
  Model finish(const Progress& progress = {}) const;

 private:
  /// What stored images say, in the same order.
  struct HeldOut {
    std::vector<Evidence> evidence;
    std::vector<int> clusters;
  };
  /// By how much other light is learned.
  double light() const { return settings_.light.value_or(0); }
  bool allows_for_other_days() const {
    return !settings_.light && steps_of(settings_.profile).allows_for_other_days();
  }
  /// Of the stored images, if images are to be brought back to it.
  LightRange learned_lights() const;
  /// As what an image is learned besides itself.
  std::vector<Levels> other_features(const RgbView& image) const;
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
