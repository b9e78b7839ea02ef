// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "gst/detect/learn_in_place.h"

#include <filesystem>
#include <optional>
#include <string>
#include <utility>

#include "core/base/error.h"
#include "core/base/printable.h"
#include "core/io/atomic_file.h"
#include "gst/detect/load_model.h"
#include "gst/detect/open_backbone.h"
#include "gst/element/errors.h"

namespace mvga::gst {
namespace {

constexpr Profile kProfile = Profile::calibrated;

std::shared_ptr<const Backbone> open_for_learning(const DetectElementSettings& settings) {
  BackboneSettings backbone = backbone_settings(settings);
  backbone.architecture = backbone_for(kProfile, "", settings.weights);
  backbone.level_set = level_set_for(kProfile);
  return open_backbone(backbone, settings);
}

FitSettings fit_settings(const DetectElementSettings& settings) {
  FitSettings fit;
  fit.profile = kProfile;
  if (settings.target_fpr > 0) fit.target_fpr = settings.target_fpr;
  if (const std::optional<Box> roi = settings.roi.box()) fit.roi = *roi;
  return fit;
}

// Before the network is loaded, and not after hours of learning.
const DetectElementSettings& checked(const DetectElementSettings& settings) {
  if (settings.learn_frames < kFewestFrames)
    throw Error(ErrorKind::settings, "learn-frames=" + std::to_string(settings.learn_frames) +
                                         " is too few to learn from: at least " +
                                         std::to_string(kFewestFrames) +
                                         " are needed, and some hundred are better");
  check_writable(settings.model);
  return settings;
}

bool has_to_learn(const DetectElementSettings& settings) {
  std::error_code ignored;
  return settings.learn_frames > 0 && !settings.model.empty() &&
         !std::filesystem::exists(settings.model, ignored);
}

}  // namespace

LearnInPlace::LearnInPlace(GstElement* element, const DetectElementSettings& settings)
    : LearnInPlace(element, open_for_learning(checked(settings)), settings) {}

LearnInPlace::LearnInPlace(GstElement* element, std::shared_ptr<const Backbone> backbone,
                           const DetectElementSettings& settings)
    : element_(element),
      path_(settings.model),
      wanted_(settings.learn_frames),
      backbone_(std::move(backbone)),
      learner_(backbone_, fit_settings(settings)),
      report_(element, wanted_) {}

ModelInUse LearnInPlace::model_to_be() const {
  return {nullptr, model_id_of(path_), backbone_->info().input_size,
          map_grid(backbone_->info(), learner_.settings().profile), learner_.settings().roi};
}

void LearnInPlace::add(const RgbView& image) {
  const FitReport::Step step(report_);
  learner_.add(image);
  report_.learned(learner_.frames());
}

SharedModel LearnInPlace::finish() {
  const FitReport::Step step(report_);
  try {
    return ready_for_use(
        std::make_shared<const Detector>(backbone_, finish_learning(learner_, path_, report_)),
        model_id_of(path_));
  } catch (const Error& e) {
    const std::string text = e.what() + std::string("; no model was written");
    report_.failed(text);
    throw Error(e.kind(), text);
  }
}

void LearnInPlace::give_up(bool stopped) {
  if (std::exchange(given_up_, true)) return;
  const std::string text = "the stream ended after " + std::to_string(learner_.frames()) + " of " +
                           std::to_string(wanted_) +
                           " frames to learn from; no model was written. Let it run longer, or ask "
                           "for less with learn-frames";
  post_exception(element_, GST_MESSAGE_WARNING, Error(ErrorKind::too_few, text));
  if (stopped)
    g_log("mvgadetect", G_LOG_LEVEL_MESSAGE, "%s", printable(text, kLongestMessage).c_str());
}

std::unique_ptr<LearnInPlace> learning_if_wanted(GstElement* element,
                                                 const DetectElementSettings& settings) {
  if (!has_to_learn(settings)) return nullptr;
  return std::make_unique<LearnInPlace>(element, settings);
}

}  // namespace mvga::gst
