// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The properties of mvgadetect.
#pragma once

#include <gst/gst.h>

#include <memory>
#include <string>

#include "core/features/backbone.h"
#include "core/scoring/event_tracker.h"
#include "gst/detect/roi_setting.h"
#include "gst/drawing/overlay_painter.h"
#include "gst/meta/anomaly_meta.h"

namespace mvga::gst {

enum class InferenceMode { sync, async, decoupled };
enum class QosPolicy { ignore, skip_inference };
enum class OverlayMode { none, blend, attach };
enum class Messages { none, events, all };
enum class OnError { abort, passthrough };

GType inference_mode_get_type();
GType qos_policy_get_type();
GType overlay_mode_get_type();
GType messages_get_type();
GType on_error_get_type();
GType attach_get_type();

/// Names, defaults and ranges are those of the properties.
struct DetectElementSettings {
  std::string model;
  guint learn_frames = 0;  ///< 0: the model is there already
  std::string weights;
  std::string device = "auto";
  Precision precision = Precision::automatic;
  guint threads = 0;
  std::string model_instance_id;  ///< empty: none
  guint batch_size = 1;
  GstClockTime batch_timeout = 0;
  InferenceMode inference_mode = InferenceMode::sync;
  guint inference_interval = 1;
  guint max_in_flight = 4;  ///< frames, in mode async
  QosPolicy qos_policy = QosPolicy::skip_inference;
  RoiSetting roi;
  gdouble threshold = -1;  ///< below 0: the model's
  gdouble target_fpr = 0;  ///< 0: the model's
  EventSettings events;
  guint max_regions = 16;
  gdouble min_region_area = 0;  ///< share of the frame
  guint attach = attach_score | attach_regions;
  OverlayMode overlay = OverlayMode::none;
  overlay::OverlaySettings drawing;
  Messages messages = Messages::events;
  OnError on_error = OnError::abort;
};

/// Immutable: a change of a property makes new ones.
using SharedSettings = std::shared_ptr<const DetectElementSettings>;

}  // namespace mvga::gst
