// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// From the source to the recorder: finds the video in what the source gives, keeps it as it is
// encoded (or encodes it), and shows its frames to the detector.
#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "gst/frames/handles.h"
#include "tools/record/decoder_gate.h"
#include "tools/record/entrance.h"
#include "tools/record/first_failure.h"
#include "tools/record/frame_counts.h"
#include "tools/record/frame_taker.h"
#include "tools/record/recorder.h"
#include "tools/record/settings.h"

namespace mvga::tool {

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
  void follow(GstElement* element);
  void parse(GstPad* pad);
  void offer(GstPad* pad);
  void build(GstPad* pad, const GstCaps* caps);
  void let_in(GstElement* graph, bool reorders);
  std::optional<Ending> silence() const;
  std::optional<Ending> ending_in(GstMessage* message);
  std::string failure_text(GstMessage* message);

  const RecordSettings& settings_;
  Recorder& recorder_;
  FirstFailure failure_;
  FrameTaker taker_;

  std::mutex mutex_;  ///< of what comes first
  bool found_ = false;
  std::string other_media_;
  std::atomic<bool> live_ = false;
  std::atomic<bool> stored_ = false;
  std::atomic<bool> one_picture_each_ = false;

  std::unique_ptr<Entrance> entrance_;
  std::unique_ptr<DecoderGate> gate_;

  gst::Pipeline pipeline_;
  gst::Owned<GstElement> source_;
  gst::Owned<GstBus> bus_;
};

}  // namespace mvga::tool
