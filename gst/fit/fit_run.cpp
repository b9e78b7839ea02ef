// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "gst/fit/fit_run.h"

#include <filesystem>
#include <string>
#include <utility>

#include "core/base/error.h"
#include "core/base/parse_settings.h"
#include "core/features/tiling.h"
#include "core/io/atomic_file.h"
#include "gst/element/errors.h"
#include "gst/frames/frame_flags.h"
#include "models/open_backbone.h"

GST_DEBUG_CATEGORY_EXTERN(mvga_fit_debug);
#undef GST_CAT_DEFAULT  // of another file, in a unity build
#define GST_CAT_DEFAULT mvga_fit_debug

namespace mvga::gst {
namespace {

void check_output_path(const std::string& model) {
  if (model.empty())
    throw Error(ErrorKind::settings,
                "no output file: set the property 'model', such as model=line.mvga");
  // Now, not after hours of learning.
  check_writable(model);
}

BackboneSettings backbone_of(const FitElementSettings& settings) {
  BackboneSettings backbone;
  backbone.architecture = backbone_for(settings.profile, settings.backbone, settings.weights);
  backbone.weights = settings.weights;
  backbone.levels = parse_levels(settings.levels);
  backbone.level_set = level_set_for(settings.profile);
  backbone.input_size = static_cast<int>(settings.input_size);
  backbone.tiles = parse_tiles(settings.tiles).value_or(1);
  backbone.device = settings.device;
  backbone.precision = settings.precision;
  backbone.threads = static_cast<int>(settings.threads);
  return backbone;
}

FitSettings fit_settings(const FitElementSettings& settings, const Box& roi) {
  FitSettings fit;
  fit.profile = settings.profile;
  fit.target_fpr = settings.target_fpr;
  fit.roi = roi;
  if (settings.light >= 0) fit.light = settings.light;
  if (settings.reduction != kReductionAuto)
    fit.reduction = {static_cast<ReductionKind>(settings.reduction), settings.variance};
  return fit;
}

std::string what_is_left(const std::string& model) {
  std::error_code ignored;
  return std::filesystem::exists(model, ignored) ? "; the older model in " + model + " is untouched"
                                                 : "; no model was written";
}

}  // namespace

FitRun::FitRun(GstElement* element, FitElementSettings settings)
    : element_(element), settings_(std::move(settings)), report_(element, settings_.max_frames) {
  check_output_path(settings_.model);
  if (!settings_.roi.empty()) roi_ = parse_roi(settings_.roi);
  learn_with(open_backbone(backbone_of(settings_)));
  GST_INFO_OBJECT(element_, "learning with %s on %s", backbone_->info().architecture.c_str(),
                  backbone_->info().device.c_str());
}

void FitRun::learn_with(std::shared_ptr<const Backbone> backbone) {
  backbone_ = std::move(backbone);
  learner_.emplace(backbone_, fit_settings(settings_, roi_));
  const std::string cost = cost_of_tiles(backbone_->info());
  if (!cost.empty()) post_info(element_, cost);
}

std::string FitRun::what_was_left_out() const {
  if (corrupted_ == 0) return "";
  return "; " + std::to_string(corrupted_) + " more were marked as corrupted, and left out";
}

// The frames that may still come take no memory and no disk.
void FitRun::release() {
  learner_.reset();
  backbone_.reset();
}

// Like guarded(); a failure ends the run, and its text says so.
template <typename Action>
bool FitRun::guarded_step(Action&& action) {
  const FitReport::Step step(report_);
  const bool good = guarded(element_, [&] {
    try {
      action();
    } catch (const Error& e) {
      const std::string text = e.what() + what_was_left_out() + what_is_left(settings_.model);
      report_.failed(text);
      throw Error(e.kind(), text);
    }
  });
  if (!good) release();
  return good;
}

void FitRun::configure(const GstVideoInfo& info) {
  if (!learner_) return;
  if (!parse_tiles(settings_.tiles) && learner_->frames() == 0)
    learn_with(
        open_backbone_for(backbone_of(settings_), longer_side(info.width, info.height, roi_)));
  reader_.configure(info, roi_, backbone_->info().input_size);
}

GstFlowReturn FitRun::learn(GstBuffer* buffer) {
  if (!learner_ || is_filler(buffer)) return GST_FLOW_OK;
  if (is_corrupted(buffer)) {
    if (corrupted_++ == 0)
      GST_ELEMENT_WARNING(element_, STREAM, DECODE, ("%s", kCorruptedFrame), (nullptr));
    report_.left_out(corrupted_);
    return GST_FLOW_OK;
  }
  // In passthrough the base class lets frames through that no caps came before.
  if (!reader_.configured()) return GST_FLOW_NOT_NEGOTIATED;
  const bool good = guarded_step([&] {
    learner_->add(reader_.read(buffer));
    report_.learned(learner_->frames());
  });
  if (!good) return GST_FLOW_ERROR;
  const bool enough = settings_.max_frames > 0 && learner_->frames() >= settings_.max_frames;
  return !enough || finish() ? GST_FLOW_OK : GST_FLOW_ERROR;
}

bool FitRun::finish() {
  if (!learner_) return true;
  const bool good = guarded_step([&] { finish_learning(*learner_, settings_.model, report_); });
  release();
  return good;
}

void FitRun::interrupt() {
  if (!learner_ || learner_->frames() == 0) return;
  report_.interrupted();
  finish();
}

}  // namespace mvga::gst
