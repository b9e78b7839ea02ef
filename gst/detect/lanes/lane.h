// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// How frames get through mvgadetect: one lane for each inference-mode.
#pragma once

#include <gst/video/video.h>

#include <cstddef>
#include <functional>
#include <memory>

#include "gst/detect/frame.h"
#include "gst/detect/schedule.h"
#include "gst/frames/handles.h"

namespace mvga::gst {

using FrameWork = std::function<GstFlowReturn(GstBuffer*)>;

/// The frame that the base class has ready. One of the two is called, once.
struct QueuedFrame {
  /// Hands it over; null if there is none.
  std::function<Owned<GstBuffer>()> take;
  /// The base class makes it writable in its own way, and has the work done in its place.
  std::function<GstFlowReturn(const FrameWork& work, GstBuffer** out)> change_in_place;
};

/// A frame that has come in, and what is to become of it.
struct AdmittedFrame {
  FrameSnapshot snapshot;
  Scheduled scheduled = Scheduled::hold;
};

/// What is done to each frame, whatever its lane.
struct LaneSteps {
  /// On the streaming thread, once for a frame, in their order.
  std::function<AdmittedFrame(GstBuffer*, Waits)> admit;
  /// From several threads at once, unless infers_one_at_a_time: then in the frames' order.
  std::function<Inference(GstBuffer*, const FrameSnapshot&)> infer;
  std::function<bool()> infers_one_at_a_time;

  /// Those that follow are called on one thread at a time, in the frames' order.
  /// Takes note of an inference whose frame has gone on already.
  /// @return false after a failure that ends the stream
  std::function<bool(const Inference&)> take_in;
  /// Gives the frame what its own inference said; `spent` is what the frame has cost so far.
  std::function<GstFlowReturn(GstBuffer*, const Inference&, GstClockTime spent)> finish;
  /// Gives the frame what is known without an inference of its own.
  std::function<GstFlowReturn(GstBuffer*, const FrameSnapshot&)> hold;
  std::function<GstFlowReturn(Owned<GstBuffer>)> push;
  std::function<void(Owned<GstEvent>)> push_event;
};

/// Used by the streaming thread, but for what says otherwise. What is not overridden is that of a
/// lane in which no frame stays.
class Lane {
 public:
  Lane() = default;
  virtual ~Lane() = default;
  Lane(const Lane&) = delete;
  Lane& operator=(const Lane&) = delete;

  /// @param out the frame that goes on at once, if any; others are pushed
  /// @return what came of it, or of pushing earlier frames
  virtual GstFlowReturn submit(const QueuedFrame& queued, GstBuffer** out) = 0;
  /// A serialized event from upstream.
  /// @return whether it has been taken, to be pushed behind the frames before it
  virtual bool event(GstEvent* /*event*/) { return false; }
  /// Waits until everything that came in has left.
  virtual void drain() {}

  /// What is in the lane goes, nothing comes in, nobody waits. From any thread.
  virtual void start_flush() {}
  /// Goes on, when nothing of what was in the lane is being pushed any more.
  virtual void stop_flush() {}
  /// Inferences of frames that came in so far are of no use any more.
  virtual void forget() {}
  /// Frames have another size or rate from now on.
  virtual void new_video(const GstVideoInfo& /*info*/) {}

  /// The stream is over: waits until everything that was to be inferred has been.
  virtual void finish() {}
  /// The last call but for latency(): the lane's threads are gone when it returns.
  virtual void stop() {}

  /// What frames stay here for, where each takes `own`. From any thread.
  virtual GstClockTime latency(GstClockTime own) const { return own; }
};

std::unique_ptr<Lane> make_lane(const DetectElementSettings& settings, LaneSteps steps);

/// Frames of one element that may be inferred at the same time.
std::size_t most_inferred_at_once(const DetectElementSettings& settings);

}  // namespace mvga::gst
