// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/learning/learner.h"

#include <algorithm>
#include <string>

#include "core/base/error.h"
#include "core/learning/few_images.h"
#include "core/learning/near_copies.h"
#include "core/learning/other_views.h"
#include "core/light/camera_changes.h"
#include "core/light/light_changes.h"
#include "core/scoring/evidence.h"
#include "core/scoring/false_alarm_rate.h"
#include "core/scoring/map_grid.h"

namespace mvga {
namespace {

constexpr std::size_t kFewestHeldOut = 300;  // kept for calibration when there are as many
constexpr std::size_t kMostHeldOut = 3000;

std::size_t held_out_capacity(double target_fpr) {
  return std::clamp(frames_needed(target_fpr), kFewestHeldOut, kMostHeldOut);
}

void add_to(std::vector<FourthPowers>& powers, const Levels& levels) {
  for (std::size_t i = 0; i < levels.size(); ++i)
    powers[i].add(levels[i].values.get(), levels[i].positions());
}

void require_enough(std::uint64_t frames, std::uint64_t fewest) {
  if (frames >= fewest) return;
  throw Error(ErrorKind::too_few,
              std::to_string(frames) + " normal frames are too few to learn from; at least " +
                  std::to_string(fewest) + " are needed, and some hundred are better");
}

Error no_spread(std::uint64_t frames) {
  return {ErrorKind::too_few,
          "the " + std::to_string(frames) +
              " normal frames hardly differ from each other, so there is no spread to learn (a "
              "still picture or a frozen camera?); use footage in which normal parts, light or "
              "noise vary"};
}

}  // namespace

Learner::Learner(std::shared_ptr<const Backbone> backbone, const FitSettings& settings)
    : backbone_(std::move(backbone)),
      settings_(settings),
      reduction_(settings.reduction.value_or(default_reduction(backbone_->info()))),
      statistics_(backbone_->info().levels, backbone_->info().input_size,
                  held_out_capacity(settings.target_fpr), settings.first_frame) {}

std::vector<Levels> Learner::other_features(const RgbView& image) const {
  std::vector<Levels> features;
  for (const RgbImage& other : other_images(image, settings_.views.value_or(Views::none), light()))
    features.push_back(backbone_->extract(other.view()));
  if (!allows_for_other_days()) return features;
  if (const std::optional<RgbImage> other = on_another_day(image))
    features.push_back(backbone_->extract(other->view()));
  return features;
}

void Learner::add(const RgbView& image) {
  const std::vector<Levels> others = other_features(image);
  statistics_.add(image, backbone_->extract(image), others);
}

Levels Learner::second_look(const RgbView& image) const {
  if (light() <= 0) return backbone_->extract(image);
  return backbone_->extract(in_light(image, other_lights(image, light())[0]).view());
}

void Learner::append(Statistics next) {
  statistics_.append(std::move(next));
}

GroupFit Learner::fit_of(const Statistics& statistics) const {
  return {statistics, backbone_->info().levels, settings_.profile, reduction_};
}

Statistics Learner::learned_in_folds(const Folds& folds, const Progress& progress) const {
  const FrameStore& store = statistics_.store;
  const int side = backbone_->info().input_size;
  Statistics learned(backbone_->info().levels, side, 0);
  for (const std::size_t i : store.in_order()) {
    const std::vector<std::uint8_t> pixels = store.read(i);
    const RgbView image{pixels.data(), side, side, std::ptrdiff_t{3} * side};
    learned.add_to(static_cast<std::size_t>(folds.of[i]), backbone_->extract(image),
                   other_features(image));
    if (progress) progress(learned.frames, store.size());
  }
  return learned;
}

Learner::HeldOut Learner::held_out(const Folds& folds, std::span<const int> clusters,
                                   const Progress& progress,
                                   const std::function<void(const Levels&)>& seen) const {
  const FrameStore& store = statistics_.store;
  const int side = backbone_->info().input_size;
  const std::size_t looks = folds.are_the_groups ? 1 : 2;  // at each image; progress is of all
  const auto tell = [&](std::size_t done) {
    if (progress) progress((done + looks - 1) / looks, store.size());
  };
  std::optional<Statistics> anew;
  if (!folds.are_the_groups)
    anew = learned_in_folds(folds, [&](std::size_t done, std::size_t) { tell(done); });
  const Statistics& learned = anew ? *anew : statistics_;
  HeldOut held_out;
  for (int f = 0; f < static_cast<int>(learned.groups.size()); ++f) {
    const auto gaussians = gaussians_of(fit_of(learned).levels_without(f));
    for (std::size_t i = 0; i < store.size(); ++i) {
      if (folds.of[i] != f) continue;
      const std::vector<std::uint8_t> pixels = store.read(i);
      const Levels levels = second_look({pixels.data(), side, side, std::ptrdiff_t{3} * side});
      held_out.evidence.push_back(gather_evidence(levels, gaussians));
      held_out.clusters.push_back(clusters[i]);
      seen(levels);
      tell((looks - 1) * store.size() + held_out.evidence.size());
    }
  }
  return held_out;
}

std::vector<LevelModel> Learner::fit_all_levels(std::span<const KeptSpace> spaces,
                                                std::span<const FourthPowers> seen) const {
  // Once each, as they are.
  const bool seen_all =
      statistics_.store.size() == frames() && statistics_.images() == static_cast<double>(frames());
  const GroupFit fit = fit_of(statistics_);
  const FrameGroup all = fit.merged_without(GroupFit::kNone);
  std::vector<LevelModel> levels;
  for (std::size_t i = 0; i < spaces.size(); ++i) {
    const double power =
        seen_all ? seen[i].mean() : mean_fourth_power(spaces[i], statistics_.samples[i].pixel);
    levels.push_back({backbone_->info().levels[i], fit.image(all, i, GroupFit::kNone),
                      fit_gaussian(spaces[i], power), fit.positions(all, i).means});
  }
  return levels;
}

Model Learner::unfitted_model() const {
  Model model;
  model.architecture = backbone_->info().architecture;
  model.weights_sha256 = backbone_->info().weights_sha256;
  model.input_size = backbone_->info().input_size;
  model.tiles = backbone_->info().tiles;
  model.tile_size = backbone_->info().tile_size;
  model.reduction = reduction_;
  model.target_fpr = settings_.target_fpr;
  model.roi = settings_.roi;
  model.reading = settings_.reading;
  model.light = light();
  model.views = settings_.views.value_or(Views::none);
  model.frames = frames();
  return model;
}

LightRange Learner::learned_lights() const {
  if (!allows_for_other_days()) return {};
  const int side = backbone_->info().input_size;
  std::vector<Tones> tones;
  for (std::size_t i = 0; i < statistics_.store.size(); ++i) {
    const std::vector<std::uint8_t> pixels = statistics_.store.read(i);
    tones.push_back(tones_of({pixels.data(), side, side, std::ptrdiff_t{3} * side}));
  }
  return light_range(tones);
}

Model Learner::fit_and_calibrate(const Progress& progress) const {
  const std::vector<KeptSpace> spaces = fit_of(statistics_).kept_spaces();
  std::vector<FourthPowers> powers(spaces.begin(), spaces.end());
  const std::vector<int> clusters = clusters_of(statistics_.store, backbone_->info().input_size);
  const Folds folds = folds_of(statistics_.store, clusters, Statistics::kMostGroups);
  HeldOut held_out = this->held_out(folds, clusters, progress,
                                    [&powers](const Levels& levels) { add_to(powers, levels); });

  Model model = unfitted_model();
  model.lights = learned_lights();
  model.levels = fit_all_levels(spaces, powers);
  model.held_out = held_out.evidence.size();
  model.independent = count_clusters(clusters);
  model.calibration = calibrate(std::move(held_out.evidence), settings_.profile,
                                localising_levels(backbone_->info()), held_out.clusters);
  return model;
}

Model Learner::finish(const Progress& progress) const {
  require_enough(frames(), settings_.fewest);
  try {
    if (frames() >= kFewestFrames) return fit_and_calibrate(progress);
    Model model = unfitted_model();
    model.lights = learned_lights();
    fit_few(
        statistics_.store, *backbone_, settings_,
        [&](std::size_t done) {
          if (progress) progress(done, frames());
        },
        model);
    return model;
  } catch (const Error& e) {
    if (e.kind() != ErrorKind::too_few) throw;
    throw no_spread(frames());
  }
}

}  // namespace mvga
