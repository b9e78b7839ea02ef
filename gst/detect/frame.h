// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// A frame on its way through mvgadetect, and what inferring it gave.
#pragma once

#include <gst/video/video.h>

#include <exception>
#include <memory>

#include "gst/detect/messages.h"
#include "gst/detect/model_slot.h"
#include "gst/detect/settings.h"
#include "gst/meta/frame_result.h"

namespace mvga::gst {

/// What holds for a frame from the moment at which it came in, however long it stays.
struct FrameFacts {
  std::shared_ptr<const GstVideoInfo> video;
  FrameTimes times;
  SharedSettings settings;
};

/// Seconds.
struct InferenceTimes {
  double convert = 0;
  double backbone = 0;
  double score = 0;
};

/// What inferring a frame gave, or why it gave nothing.
struct Inference {
  FrameFacts facts;
  FrameResult result;
  InferenceTimes times;
  std::shared_ptr<const LoadedModel> model;  ///< null while learning
  std::exception_ptr failure;                ///< null if all went well
};

}  // namespace mvga::gst
