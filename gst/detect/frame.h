// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// A frame on its way through mvgadetect, and what inferring it gave.
#pragma once

#include <gst/video/video.h>

#include <exception>
#include <memory>

#include "gst/detect/model_in_use.h"
#include "gst/detect/settings.h"
#include "gst/frames/frame_times.h"
#include "gst/meta/frame_result.h"

namespace mvga::gst {

/// The part of frames that is inferred.
/// @throws Error settings if the property is no part of the frame
inline Box roi_for(const DetectElementSettings& settings, const ModelInUse& model) {
  return settings.roi.box().value_or(model.roi);
}

/// What holds for a frame from the moment at which it came in, however long it stays and whatever
/// changes meanwhile.
struct FrameSnapshot {
  std::shared_ptr<const GstVideoInfo> video;
  FrameTimes times;
  SharedSettings settings;
  SharedModel model;
  Box roi;  ///< the part that is inferred

  /// The same frame, held against another model.
  FrameSnapshot with(SharedModel other) const {
    const Box part = roi_for(*settings, *other);
    return {video, times, settings, std::move(other), part};
  }
};

/// Seconds.
struct InferenceTimes {
  double convert = 0;
  double backbone = 0;
  double score = 0;
};

/// What inferring a frame gave, or why it gave nothing.
struct Inference {
  FrameSnapshot snapshot;  ///< with the model that the result is of
  FrameResult result;
  InferenceTimes times;
  bool saturated = false;       ///< brighter than what is white to the model
  bool ended_learning = false;  ///< it was the last frame to learn, after which the model was made
  std::exception_ptr failure;   ///< null if all went well
};

}  // namespace mvga::gst
