// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What mvgadetect does between start and stop.
#pragma once

#include <gst/base/gstbasetransform.h>
#include <gst/video/video.h>

#include <functional>
#include <memory>
#include <mutex>
#include <optional>

#include "gst/detect/frame_finisher.h"
#include "gst/detect/heatmap/heatmap_branch.h"
#include "gst/detect/inferrer.h"
#include "gst/detect/lanes/lane.h"
#include "gst/detect/late_frames.h"
#include "gst/detect/latency_meter.h"
#include "gst/detect/model_slot.h"
#include "gst/detect/schedule.h"
#include "gst/detect/stats.h"

namespace mvga::gst {

/// What a run has to know of the element, and tells it.
struct DetectElementAccess {
  std::function<SharedSettings()> settings;
  std::function<std::shared_ptr<HeatmapBranch>()> heatmap;  ///< null without its pad
  ModelSlot::Report model_updated;
};

/// Used by the streaming thread, but for what says otherwise.
class DetectRun {
 public:
  using GenerateOutput = GstFlowReturn (*)(GstBaseTransform*, GstBuffer**);

  /// Loads the model and its backbone, or gets ready to learn it.
  /// @throws Error
  DetectRun(GstBaseTransform* element, const DetectElementSettings& settings,
            DetectElementAccess access);
  ~DetectRun();
  DetectRun(const DetectRun&) = delete;
  DetectRun& operator=(const DetectRun&) = delete;

  /// The caps have changed. The backbone stays as it is.
  /// @throws Error
  void configure(const GstVideoInfo& info);

  /// The element's generate_output(). @param base_class what the base class has in its place
  GstFlowReturn generate_output(GenerateOutput base_class, GstBuffer** out);
  /// The element's transform_ip(): called by the base class within generate_output() alone.
  GstFlowReturn transform_ip(GstBuffer* frame);
  /// Waits until everything that came in has left.
  void drain() { lane_->drain(); }

  /// An event from upstream. True: it has been taken, to leave behind the frames before it.
  bool take(GstEvent* event);
  /// One that has not been taken: what it means here. It goes on afterwards.
  void heed(GstEvent* event);
  /// One from downstream. From any thread.
  void heed_downstream(GstEvent* event);
  /// What is in the element is dropped. From any thread.
  void start_flush();
  /// The last call: no frame comes any more.
  void stop();

  /// The property `model` was written. Does not wait. From any thread.
  void change_model(const DetectElementSettings& settings) { models_.request(settings); }
  DetectStats stats() const { return stats_.get(); }
  /// What to add to upstream's latency. From any thread.
  GstClockTime latency() const { return lane_->latency(latency_.latency()); }

 private:
  DetectRun(GstBaseTransform* element, const DetectElementSettings& settings,
            DetectElementAccess access, std::unique_ptr<LearnInPlace> learning);

  LaneSteps steps();
  AdmittedFrame admit(GstBuffer* frame, Waits waits);
  void tell_of_late_frame(GstBuffer* frame, const FrameTimes& times);
  GstFlowReturn finish(GstBuffer* frame, const Inference& inference, GstClockTime spent);
  GstFlowReturn hold(GstBuffer* frame, const FrameSnapshot& snapshot);
  /// @param spent_before what the frame has cost here so far
  GstFlowReturn complete(GstBuffer* frame, const FrameSnapshot& snapshot, const FrameResult& result,
                         GstClockTime spent_before);
  void push_event(Owned<GstEvent> event);
  /// What a frame would be held against; nothing as long as there are no caps.
  std::optional<FrameSnapshot> snapshot_now() const;
  /// Tells the heat map's branch.
  void tell_branch(GstEvent* event);
  void heed_here(GstEvent* event);
  /// In another stream, earlier results say nothing about what comes; an event does not go on.
  void forget();
  void measure(GstClockTime spent);
  GstElement* element() const { return GST_ELEMENT(transform_); }

  GstBaseTransform* transform_;
  DetectElementAccess access_;
  ModelSlot models_;
  Inferrer inferrer_;
  std::shared_ptr<const GstVideoInfo> video_;
  SharedModel model_seen_;  ///< with the last frame
  Schedule schedule_;
  LateFrames late_frames_;
  LatencyMeter latency_;
  GstClockTime own_latency_ = 0;  ///< what latency_ said last
  SharedStats stats_;
  FrameFinisher finisher_;
  const FrameWork* work_ = nullptr;  ///< while the base class has a frame changed
  std::mutex stopping_;              ///< a flush may come, from any thread, while the run stops
  bool stopped_ = false;             ///< under it: the lane's threads are gone
  std::unique_ptr<Lane> lane_;       ///< the last member, as it uses the others
};

}  // namespace mvga::gst
