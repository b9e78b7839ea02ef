// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// inference-mode=async: a line of frames that are inferred while others come in, and that leave
// in the order in which they came.
#pragma once

#include <gst/gst.h>

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "gst/detect/frame.h"
#include "gst/detect/schedule.h"
#include "gst/frames/handles.h"

namespace mvga::gst {

/// A frame in the line.
struct FrameInLine {
  Owned<GstBuffer> buffer;
  FrameSnapshot snapshot;
  Scheduled scheduled = Scheduled::hold;
  Inference inference;  ///< of a frame scheduled for it, when it leaves
};

/// Frames come from the streaming thread, are inferred on threads of the line's own and leave on
/// another, so that neither conversion nor a sink that blocks holds up the network. Thread-safe.
class FrameLine {
 public:
  struct Steps {
    /// From several threads at once, unless takes_one_at_a_time: then in the frames' order.
    std::function<Inference(GstBuffer*, const FrameSnapshot&)> infer;
    std::function<bool()> takes_one_at_a_time;
    /// Finishes a frame and pushes it.
    std::function<GstFlowReturn(FrameInLine)> leave;
    std::function<void(Owned<GstEvent>)> push_event;
  };

  struct Size {
    std::size_t frames = 1;             ///< in the line at once
    std::size_t inference_threads = 1;  ///< threads that infer them
  };

  FrameLine(Steps steps, Size size);
  /// Needs stop() first where a frame may be waiting for a sink.
  ~FrameLine();
  FrameLine(const FrameLine&) = delete;
  FrameLine& operator=(const FrameLine&) = delete;

  /// Waits for room. @return what pushing came to lately, FLUSHING while stopped
  GstFlowReturn enter(FrameInLine frame);
  /// Leaves behind the frames that are in the line.
  void enter(Owned<GstEvent> event);
  /// Waits until all have left, or the line is stopped.
  void drain();

  /// All that is in the line goes, nothing comes in, nobody waits. From any thread.
  void stop();
  /// Waits until nothing of what was in the line is still being pushed, and goes on. Pushing has to
  /// have been made to return, by a flush of what is downstream.
  void resume();

 private:
  struct Place {
    FrameInLine frame;
    Owned<GstEvent> event;  ///< instead of a frame
    bool ready = false;
    bool taken = false;  ///< by a thread that infers
  };
  using Line = std::deque<std::shared_ptr<Place>>;

  void infer(const std::stop_token& stopped);
  bool may_infer() const;
  void leave(const std::stop_token& stopped);
  std::shared_ptr<Place> next_to_infer() const;
  GstFlowReturn let_out(Place& place);

  Steps steps_;
  Size size_;
  std::mutex mutex_;  ///< of what follows
  Line line_;
  std::size_t frames_ = 0;     ///< of the line, the one that leaves included
  std::size_t inferring_ = 0;  ///< threads
  bool leaving_ = false;
  bool stopped_ = false;
  GstFlowReturn flow_ = GST_FLOW_OK;
  std::condition_variable_any changed_;
  std::vector<std::jthread> inference_threads_;  ///< the last members, as they use the others
  std::jthread pusher_;
};

}  // namespace mvga::gst
