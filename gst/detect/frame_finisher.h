// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The last steps of a frame: what was found is followed as an event, attached, told and drawn.
#pragma once

#include <gst/video/video.h>

#include <memory>
#include <optional>

#include "core/scoring/event_tracker.h"
#include "gst/detect/frame.h"
#include "gst/detect/model_slot.h"
#include "gst/detect/schedule.h"
#include "gst/detect/stats.h"
#include "gst/drawing/result_drawer.h"

namespace mvga::gst {

/// Used by one thread at a time: the one on which frames leave.
class FrameFinisher {
 public:
  FrameFinisher(GstElement* element, const ModelSlot& models, Schedule& schedule,
                SharedStats& stats);

  /// Takes note of what inferring a frame gave, in the order of the frames.
  /// @return false after a failure that ends the stream; it has been posted
  bool take_in(const Inference& inference);
  /// What a frame carries that was not inferred.
  FrameResult hold(GstBuffer* buffer, const FrameSnapshot& snapshot) const;
  /// The buffer is writable. @return what it carries
  FrameResult finish(GstBuffer* buffer, const FrameSnapshot& snapshot, FrameResult result);

  /// Earlier results say nothing about the frames that come.
  void forget_results() { last_.reset(); }
  void end_event_going_on(const DetectElementSettings& settings);

  /// From any thread.
  void ask_downstream_again() { drawer_.ask_downstream_again(); }

 private:
  bool tolerate(const Inference& inference);
  void count(const Inference& inference);
  void count(const FrameResult& result, double drawing);
  void track_event(const Inference& inference);
  /// Says once that there are such frames.
  void note_corrupted();
  void tell_of_saturation(const ModelInUse& model);
  void end_event(const DetectElementSettings& settings);
  /// @return the seconds that it took; 0 if there was nothing to draw
  double draw(GstBuffer* buffer, const FrameSnapshot& snapshot, const FrameResult& result);

  GstElement* element_;
  const ModelSlot& models_;
  Schedule& schedule_;
  SharedStats& stats_;
  std::optional<Inference> last_;  ///< of the last frame that was inferred
  guint failures_in_a_row_ = 0;
  EventTracker events_;
  guint64 corrupted_in_event_ = 0;
  bool told_of_corrupted_ = false;
  bool told_of_saturation_ = false;
  bool told_of_not_drawn_ = false;
  MapScale event_scale_;
  std::string event_model_id_;
  ResultDrawer drawer_;
};

}  // namespace mvga::gst
