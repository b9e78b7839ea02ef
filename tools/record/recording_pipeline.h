// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// From the source to the recorder: finds the video in what the source gives, keeps it as it is
// encoded (or encodes it), and shows its frames to the detector.
#pragma once

#include <gst/app/gstappsink.h>
#include <gst/app/gstappsrc.h>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <exception>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "gst/frames/handles.h"
#include "tools/record/decoder_gate.h"
#include "tools/record/entrance.h"
#include "tools/record/recorder.h"
#include "tools/record/settings.h"
#include "tools/record/watcher.h"

namespace mvga::tool {

/// What came through, for whoever watches.
struct FrameCounts {
  std::uint64_t recorded = 0;   ///< frames that could be recorded
  std::uint64_t watched = 0;    ///< frames with an inference
  std::uint64_t skipped = 0;    ///< frames of a camera without one, for want of time
  std::uint64_t losses = 0;     ///< times that something was lost on the way here
  std::uint64_t kept_back = 0;  ///< frames without an inference for that
  std::uint64_t undecoded = 0;  ///< frames of a film of which the decoder made nothing
  std::uint64_t damaged = 0;    ///< frames that were marked as such, without one
  std::uint64_t lost = 0;       ///< frames that have no time, and are in no clip
};

class RecordingPipeline {
 public:
  /// How a source ends.
  struct Ending {
    bool failed = false;
    std::string text;  ///< why, in one line; of a film that has ended, what it lacks
  };

  /// Starts it.
  /// @throws Error settings if the description is wrong
  RecordingPipeline(const RecordSettings& settings, Watcher& watcher, Recorder& recorder);
  ~RecordingPipeline() { stop(); }
  RecordingPipeline(const RecordingPipeline&) = delete;
  RecordingPipeline& operator=(const RecordingPipeline&) = delete;

  /// To be called often.
  /// @throws Error when it is not the source that fails
  std::optional<Ending> poll();
  void stop();
  FrameCounts counts() const;

 private:
  using Clock = std::chrono::steady_clock;

  void follow(GstElement* element);
  void parse(GstPad* pad);
  void offer(GstPad* pad);
  void build(GstPad* pad, const GstCaps* caps);
  std::string graph(const GstCaps* caps, bool encoded) const;
  std::string watched_frames(bool encoded) const;
  void let_in(GstElement* graph, bool reorders);
  void connect(GstElement* graph);
  void start(gst::Owned<GstElement> sink);
  void take_encoded(GstAppSink* sink, GstSample* sample);
  void take_frame(GstAppSink* sink, GstSample* sample);
  void pass_drawn(GstSample* sample, const Detection& detection, GstClockTime time);
  void pass_turned(const Frame& frame, const Detection& detection, GstClockTime time);
  template <typename Work>
  GstFlowReturn guarded(const Work& work);
  void fail(std::exception_ptr failure);
  std::optional<Ending> silence() const;
  std::optional<Ending> ending_in(GstMessage* message);
  std::string what_is_cut() const;
  std::string failure_text(GstMessage* message);

  const RecordSettings& settings_;
  Watcher& watcher_;
  Recorder& recorder_;
  overlay::OverlayPainter painter_{overlay::OverlaySettings{}};

  std::mutex mutex_;  ///< of what comes first: the video, an exception
  bool found_ = false;
  std::string other_media_;
  std::exception_ptr failure_;
  std::atomic<bool> live_ = false;
  std::atomic<Clock::time_point> last_frame_{Clock::now()};
  std::atomic<std::uint64_t> recorded_ = 0;
  std::atomic<std::uint64_t> watched_ = 0;
  std::atomic<bool> stored_ = false;
  std::atomic<bool> one_picture_each_ = false;
  std::atomic<Clock::time_point> last_watched_{Clock::now()};
  std::atomic<std::uint64_t> damaged_ = 0;
  std::atomic<std::uint64_t> lost_ = 0;

  std::unique_ptr<Entrance> entrance_;
  std::unique_ptr<DecoderGate> gate_;

  gst::Pipeline pipeline_;
  gst::Owned<GstElement> source_;
  std::vector<gst::Owned<GstElement>> sinks_;
  gst::Owned<GstElement> drawn_;  ///< takes the frames that were drawn on
  gst::Owned<GstBus> bus_;
};

}  // namespace mvga::tool
