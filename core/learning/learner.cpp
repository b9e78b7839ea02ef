// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/learning/learner.h"

#include <algorithm>
#include <string>

#include "core/base/error.h"
#include "core/learning/light_changes.h"
#include "core/scoring/evidence.h"
#include "core/scoring/false_alarm_rate.h"
#include "core/scoring/map_grid.h"

namespace mvga {
namespace {

constexpr std::size_t kFewestHeldOut = 300;  // kept for calibration when there are as many
constexpr std::size_t kMostHeldOut = 3000;
constexpr int kNone = -1;  // of the groups is left out

std::size_t held_out_capacity(double target_fpr) {
  return std::clamp(frames_needed(target_fpr), kFewestHeldOut, kMostHeldOut);
}

std::vector<KeptSpace> kept_spaces(const FrameGroup& group, const Reduction& reduction) {
  std::vector<KeptSpace> spaces;
  for (const LevelMoments& level : group.levels)
    spaces.push_back(kept_space(level.pixel, reduction));
  return spaces;
}

void add_to(std::vector<FourthPowers>& powers, const Levels& levels) {
  for (std::size_t i = 0; i < levels.size(); ++i)
    powers[i].add(levels[i].values.get(), levels[i].positions());
}

void require_enough(std::uint64_t frames) {
  if (frames >= kFewestFrames) return;
  throw Error(ErrorKind::too_few,
              std::to_string(frames) + " normal frames are too few to learn from; at least " +
                  std::to_string(kFewestFrames) + " are needed, and some hundred are better");
}

Error no_spread(std::uint64_t frames) {
  return {ErrorKind::too_few,
          "the " + std::to_string(frames) +
              " normal frames hardly differ from each other, so there is no spread to learn (a "
              "still picture or a frozen camera?); use footage in which normal parts, light or "
              "noise vary"};
}

}  // namespace

Reduction default_reduction(const BackboneInfo& backbone) {
  if (backbone.reduction == DefaultReduction::opposite_pca)
    return {ReductionKind::opposite_pca, 0.05};
  return {ReductionKind::none, 1};
}

LevelSet level_set_for(Profile profile) {
  return steps_of(profile).level_set();
}

std::string backbone_for(Profile profile, const std::string& named, const std::string& weights) {
  if (!named.empty() || !weights.empty()) return named;
  return steps_of(profile).architecture();
}

Learner::Learner(std::shared_ptr<const Backbone> backbone, const FitSettings& settings)
    : backbone_(std::move(backbone)),
      settings_(settings),
      reduction_(settings.reduction.value_or(default_reduction(backbone_->info()))),
      statistics_(backbone_->info().levels, backbone_->info().input_size,
                  held_out_capacity(settings.target_fpr), settings.first_frame) {}

void Learner::add(const RgbView& image) {
  std::vector<Levels> in_other_lights;
  if (settings_.light > 0)
    for (const Light& light : other_lights(image, settings_.light))
      in_other_lights.push_back(backbone_->extract(in_light(image, light).view()));
  statistics_.add(image, backbone_->extract(image), in_other_lights);
}

Levels Learner::second_look(const RgbView& image) const {
  if (settings_.light <= 0) return backbone_->extract(image);
  return backbone_->extract(in_light(image, other_lights(image, settings_.light)[0]).view());
}

void Learner::append(Statistics next) {
  statistics_.append(std::move(next));
}

FrameGroup Learner::merged_without(int left_out) const {
  FrameGroup all;
  for (const LevelShape& shape : backbone_->info().levels)
    all.levels.push_back({Moments(shape.channels), Moments(shape.channels)});
  for (std::size_t g = 0; g < statistics_.groups.size(); ++g)
    if (static_cast<int>(g) != left_out) all.merge(statistics_.groups[g]);
  return all;
}

Gaussian Learner::fit_image(const FrameGroup& group, std::size_t level, int left_out) const {
  const LevelMoments& moments = group.levels[level];
  return steps_of(settings_.profile)
      .fit_image(moments.image, statistics_.samples[level].image, moments.pixel, reduction_,
                 left_out);
}

std::vector<LevelModel> Learner::fit_levels(const FrameGroup& group, int left_out) const {
  std::vector<LevelModel> levels;
  for (std::size_t i = 0; i < group.levels.size(); ++i)
    levels.push_back(
        {backbone_->info().levels[i], fit_image(group, i, left_out),
         fit_gaussian(group.levels[i].pixel, statistics_.samples[i].pixel, reduction_, left_out)});
  return levels;
}

std::vector<Evidence> Learner::held_out_evidence(
    const Progress& progress, const std::function<void(const Levels&)>& seen) const {
  const int side = backbone_->info().input_size;
  std::vector<Evidence> evidence;
  for (int g = 0; g < static_cast<int>(statistics_.groups.size()); ++g) {
    const auto gaussians = gaussians_of(fit_levels(merged_without(g), g));
    for (std::size_t i = 0; i < statistics_.store.size(); ++i) {
      if (statistics_.store.tag(i) != g) continue;
      const std::vector<std::uint8_t> pixels = statistics_.store.read(i);
      const Levels levels = second_look({pixels.data(), side, side, std::ptrdiff_t{3} * side});
      evidence.push_back(gather_evidence(levels, gaussians));
      seen(levels);
      if (progress) progress(evidence.size(), statistics_.store.size());
    }
  }
  return evidence;
}

std::vector<LevelModel> Learner::fit_all_levels(const FrameGroup& all,
                                                std::span<const KeptSpace> spaces,
                                                std::span<const FourthPowers> seen) const {
  const bool seen_all = settings_.light <= 0 && statistics_.store.size() == frames();
  std::vector<LevelModel> levels;
  for (std::size_t i = 0; i < spaces.size(); ++i) {
    const double power =
        seen_all ? seen[i].mean() : mean_fourth_power(spaces[i], statistics_.samples[i].pixel);
    levels.push_back(
        {backbone_->info().levels[i], fit_image(all, i, kNone), fit_gaussian(spaces[i], power)});
  }
  return levels;
}

Model Learner::unfitted_model() const {
  Model model;
  model.architecture = backbone_->info().architecture;
  model.weights_sha256 = backbone_->info().weights_sha256;
  model.input_size = backbone_->info().input_size;
  model.reduction = reduction_;
  model.target_fpr = settings_.target_fpr;
  model.roi = settings_.roi;
  model.reading = settings_.reading;
  model.light = settings_.light;
  model.frames = frames();
  return model;
}

Model Learner::fit_and_calibrate(const Progress& progress) const {
  const FrameGroup all = merged_without(kNone);
  const std::vector<KeptSpace> spaces = kept_spaces(all, reduction_);
  std::vector<FourthPowers> powers(spaces.begin(), spaces.end());
  std::vector<Evidence> held_out =
      held_out_evidence(progress, [&powers](const Levels& levels) { add_to(powers, levels); });

  Model model = unfitted_model();
  model.levels = fit_all_levels(all, spaces, powers);
  model.held_out = held_out.size();
  model.calibration =
      calibrate(std::move(held_out), settings_.profile, localising_levels(backbone_->info()));
  return model;
}

Model Learner::finish(const Progress& progress) const {
  require_enough(frames());
  try {
    return fit_and_calibrate(progress);
  } catch (const Error& e) {
    if (e.kind() != ErrorKind::too_few) throw;
    throw no_spread(frames());
  }
}

}  // namespace mvga
