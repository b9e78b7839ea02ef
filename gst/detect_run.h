// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What mvgadetect does between start and stop, one frame after the other.
#pragma once

#include <gst/video/video.h>

#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "core/detector.h"
#include "core/event_tracker.h"
#include "gst/detect_messages.h"
#include "gst/detect_settings.h"
#include "gst/detect_stats.h"
#include "gst/frame_reader.h"
#include "gst/frame_result.h"
#include "gst/heatmap/heatmap_picture.h"
#include "gst/learn_in_place.h"
#include "gst/result_drawer.h"

namespace mvga::gst {

/// Used by the streaming thread, but for stats(), last_score(), latency() and
/// ask_downstream_again(), which any thread may call.
class DetectRun {
 public:
  /// Loads the model and its backbone, or gets ready to learn it.
  /// @throws Error
  DetectRun(GstElement* element, const DetectElementSettings& settings);

  /// The caps have changed. The backbone stays as it is.
  /// @throws Error
  void configure(const GstVideoInfo& info);

  /// Looks at a frame, attaches and draws what was found, posts messages. The buffer is writable.
  GstFlowReturn process(GstBuffer* buffer, const GstSegment& segment,
                        const DetectElementSettings& settings);

  /// What is downstream may have changed. From any thread.
  void ask_downstream_again() { drawer_.ask_downstream_again(); }

  /// Swaps the model between two frames; a bad one leaves the old one running, with a warning.
  void change_model(const DetectElementSettings& settings);

  /// After a flush, or in another stream, earlier results say nothing about what comes; an event
  /// does not go on either.
  void forget(const DetectElementSettings& settings);
  /// The stream is over: ends an event that is still going on. `stopped` without its end.
  void finish(const DetectElementSettings& settings, bool stopped);

  /// Of the frame that process() saw last.
  const FrameResult& last_result() const { return result_; }
  const GstVideoInfo& video() const { return *info_; }
  /// Cells of the anomaly map that the whole frame takes, whether there is a result or not.
  PictureSize heatmap_size() const;

  DetectStats stats() const;
  double last_score() const;
  /// Largest time that a frame spent here lately, with headroom.
  GstClockTime latency() const;

 private:
  struct LoadedModel {
    std::shared_ptr<const Detector> detector;
    std::string id;
  };
  LoadedModel load(const DetectElementSettings& settings) const;
  void apply_roi(const std::string& roi);
  /// From the next frame on; what was found so far is of other pixels.
  void look_anew(const GstVideoInfo& info);
  int input_size() const;
  /// Of the model, when no part is asked for.
  Box whole_roi() const;
  FrameResult inspect(GstBuffer* buffer, const DetectElementSettings& settings);
  FrameResult still_learning() const;
  /// With the last frame that is to be learned, watching begins.
  FrameResult learn(GstBuffer* buffer);
  FrameResult look(GstBuffer* buffer, const DetectElementSettings& settings);
  FrameResult hold(GstBuffer* buffer) const;
  bool tolerate(const std::exception& failure, const DetectElementSettings& settings);
  void track_event(const FrameResult& result, const FrameTimes& times,
                   const DetectElementSettings& settings);
  void end_event_going_on(const DetectElementSettings& settings);
  void end_event(const DetectElementSettings& settings);
  void draw(GstBuffer* buffer, const FrameResult& result, const DetectElementSettings& settings);
  void count(const FrameResult& result);
  void measure_latency(GstClockTime spent);

  GstElement* element_;
  std::optional<LearnInPlace> learning_;
  LoadedModel model_;  ///< empty while learning
  std::string roi_text_;
  Box roi_;
  std::optional<GstVideoInfo> info_;
  FrameReader reader_;
  FrameResult result_;               ///< of the last frame
  std::optional<FrameResult> last_;  ///< of the last frame that was looked at
  guint frames_since_inference_ = 0;
  guint failures_in_a_row_ = 0;
  EventTracker events_;
  MapScale event_scale_;
  ResultDrawer drawer_;

  mutable std::mutex mutex_;  ///< of what follows
  DetectStats stats_;
  double last_score_ = 0;
  GstClockTime latency_ = 0;
};

}  // namespace mvga::gst
