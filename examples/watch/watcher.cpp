// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "examples/watch/watcher.h"

#include "examples/common/pipeline.h"

namespace watch {
namespace {

namespace ex = mvga::examples;

// No videorate and no queue that leaks: what goes in comes out, with its timestamps, which Matroska
// would otherwise round to milliseconds.
constexpr const char* kPipeline =
    "filesrc name=source ! decodebin ! videoconvert ! progressreport silent=true update-freq=1 ! "
    "mvgadetect name=detect overlay=blend ! videoconvert ! video/x-raw,format=I420 ! "
    "x264enc pass=quant quantizer=20 speed-preset=veryfast ! matroskamux timecodescale=100000 ! "
    "filesink name=recording";

void configure(GstElement* pipeline, const Settings& settings) {
  const ex::Element source = ex::find_element(pipeline, "source");
  g_object_set(source.get(), "location", settings.video.c_str(), nullptr);
  const ex::Element detect = ex::find_element(pipeline, "detect");
  g_object_set(detect.get(), "model", settings.model.c_str(), "trigger-frames",
               settings.trigger_frames, "trigger-window", settings.trigger_window, "release-frames",
               settings.release_frames, nullptr);
  const ex::Element recording = ex::find_element(pipeline, "recording");
  g_object_set(recording.get(), "location", (settings.folder + "/annotated.mkv").c_str(), nullptr);
}

}  // namespace

void watch_video(const Settings& settings, Watched& watched,
                 const std::function<void(GstMessage*)>& on_message) {
  const ex::Pipeline pipeline = ex::parse_pipeline(kPipeline);
  configure(pipeline.get(), settings);
  const ex::Element detect = ex::find_element(pipeline.get(), "detect");
  const ex::Pad pad(gst_element_get_static_pad(detect.get(), "src"));
  watched.snapshots.follow(pad.get());

  EventLog log;
  ex::run_pipeline(pipeline.get(), [&](GstMessage* message) {
    log.handle(message);
    on_message(message);
  });
  watched.events = log.events();
}

}  // namespace watch
