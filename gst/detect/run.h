// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What mvgadetect does between start and stop, in each of its inference modes.
#pragma once

#include <gst/video/video.h>

#include <atomic>
#include <functional>
#include <memory>
#include <string>

#include "gst/detect/frame_finisher.h"
#include "gst/detect/heatmap/heatmap_branch.h"
#include "gst/detect/inspector.h"
#include "gst/detect/lanes/frame_line.h"
#include "gst/detect/lanes/newest_frame.h"
#include "gst/detect/late_frames.h"
#include "gst/detect/latency_meter.h"
#include "gst/detect/model_slot.h"
#include "gst/detect/schedule.h"
#include "gst/detect/stats.h"

namespace mvga::gst {

/// What leaves the element.
struct DetectOutputs {
  /// The heat map of a frame. Called before the frame goes on, on the thread on which it leaves.
  std::function<HeatmapPush(GstBuffer* frame, const FrameSnapshot& snapshot,
                            const FrameResult& result)>
      heatmap;
  /// For inference-mode=async alone: frames and events that the run pushes by itself.
  std::function<GstFlowReturn(Owned<GstBuffer>)> frame;
  std::function<void(Owned<GstEvent>)> event;
  /// A model was asked for, and is in use or (`error` is not empty) is not.
  ModelSlot::Report model_updated;
};

/// Used by the streaming thread, but for what says otherwise.
class DetectRun {
 public:
  /// Loads the model and its backbone, or gets ready to learn it.
  /// @throws Error
  DetectRun(GstElement* element, const DetectElementSettings& settings, DetectOutputs outputs);
  ~DetectRun();
  DetectRun(const DetectRun&) = delete;
  DetectRun& operator=(const DetectRun&) = delete;

  /// The caps have changed. The backbone stays as it is.
  /// @throws Error
  void configure(const GstVideoInfo& info, const DetectElementSettings& settings);

  InferenceMode mode() const { return mode_; }
  /// sync: infers the frame, attaches and draws what was found, posts messages. The buffer is
  /// writable.
  GstFlowReturn process(GstBuffer* buffer, const GstSegment& segment,
                        const SharedSettings& settings);
  /// decoupled: the same with what is known by now. `buffer` becomes the one that goes on.
  GstFlowReturn pass(Owned<GstBuffer>& buffer, const GstSegment& segment,
                     const SharedSettings& settings);
  /// async: the frame leaves by itself. @return what pushing earlier frames came to
  GstFlowReturn enter(Owned<GstBuffer> buffer, const GstSegment& segment,
                      const SharedSettings& settings);
  /// async: a serialized event that is to stay behind the frames before it. False: it is to be
  /// passed on now.
  bool enter(GstEvent* event);
  /// Waits until everything that came in has left.
  void drain();

  /// A flush: what is in the element is dropped. From any thread.
  void start_flush();
  void stop_flush(const DetectElementSettings& settings);
  /// In another stream, earlier results say nothing about what comes; an event does not go on.
  void forget(const DetectElementSettings& settings);
  /// The stream is over: ends an event that is still going on. `stopped` without its end.
  void finish(const DetectElementSettings& settings, bool stopped);

  /// What is downstream may have changed. From any thread.
  void ask_downstream_again() { finisher_.ask_downstream_again(); }
  /// The property `model` was written. Does not wait. From any thread.
  void change_model(const DetectElementSettings& settings) { models_.request(settings); }
  /// From any thread.
  void observe_qos(GstEvent* event) { late_frames_.observe(event); }
  DetectStats stats() const { return stats_.get(); }
  /// What to add to upstream's latency. From any thread.
  GstClockTime latency() const { return latency(latency_.latency()); }

 private:
  DetectRun(GstElement* element, const DetectElementSettings& settings, DetectOutputs outputs,
            std::unique_ptr<LearnInPlace> learning);

  FrameSnapshot snapshot_of(GstBuffer* buffer, const GstSegment& segment,
                            const SharedSettings& settings) const;
  Scheduled schedule(GstBuffer* buffer, const FrameSnapshot& snapshot);
  void tell_of_late_frame(GstBuffer* buffer, const FrameSnapshot& snapshot);
  bool take_in_news();
  /// @param spent_before what the frame has cost here so far
  GstFlowReturn finish_frame(GstBuffer* buffer, const FrameSnapshot& snapshot,
                             const FrameResult& result, GstClockTime spent_before);
  GstFlowReturn leave(FrameInLine frame);
  /// On a thread of its own, which no exception may leave.
  GstFlowReturn guarded_leave(FrameInLine frame);
  void measure(GstClockTime spent);
  GstClockTime latency(GstClockTime own) const;

  GstElement* element_;
  DetectOutputs outputs_;
  ModelSlot models_;
  Inspector inspector_;
  std::shared_ptr<const GstVideoInfo> video_;
  SharedModel model_seen_;  ///< with the last frame
  Schedule schedule_;
  LateFrames late_frames_;
  LatencyMeter latency_;
  GstClockTime own_latency_ = 0;  ///< what latency_ said last
  SharedStats stats_;
  FrameFinisher finisher_;
  InferenceMode mode_;
  guint most_in_flight_;
  std::atomic<GstClockTime> time_in_line_ = 0;  ///< async: of the last of so many frames
  std::unique_ptr<NewestFrame> newest_;  ///< decoupled; the last members, as they use the others
  std::unique_ptr<FrameLine> line_;      ///< async
};

}  // namespace mvga::gst
