// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What mvgadetect says on the bus.
#pragma once

#include <gst/gst.h>

#include "core/scoring/event_tracker.h"
#include "gst/frames/frame_times.h"
#include "gst/meta/frame_result.h"

namespace mvga::gst {

/// `mvga-result`: one frame.
void post_result(GstElement* element, const FrameResult& result, const FrameTimes& times);

/// `mvga-event`: the start or the end of an event.
void post_event_start(GstElement* element, const Event& event, const FrameResult& result,
                      const FrameTimes& times);
void post_event_end(GstElement* element, const Event& event, const MapScale& scale,
                    const std::string& model_id);

}  // namespace mvga::gst
