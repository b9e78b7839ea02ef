// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/record/record.h"

#include <csignal>
#include <cstdio>
#include <memory>

#include "tools/commands/commands.h"

namespace mvga::tool {
namespace {

/// As the other commands end: a shell that runs several then does not go on.
void end_by(int signal) {
  std::fflush(stdout);
  std::signal(signal, SIG_DFL);
  std::raise(signal);
}

void add_detection(CLI::App& app, RecordSettings& settings) {
  app.add_option("--threshold", settings.threshold,
                 "Score above which a frame is anomalous; default: the one that keeps --target-fpr")
      ->check(CLI::NonNegativeNumber);
  app.add_option("--target-fpr", settings.target_fpr,
                 "Share of normal frames that may raise an alarm; 0: the model's")
      ->check(CLI::Range(0.0, 0.5));
  const CLI::Range frames(1, 10000);
  app.add_option("--trigger-frames", settings.events.trigger_frames,
                 "So many anomalous frames among the last --trigger-window start an event")
      ->capture_default_str()
      ->check(frames);
  app.add_option("--trigger-window", settings.events.trigger_window,
                 "Frames among which --trigger-frames are counted")
      ->capture_default_str()
      ->check(frames);
  app.add_option("--release-frames", settings.events.release_frames,
                 "So many normal frames in a row end an event")
      ->capture_default_str()
      ->check(frames);
  app.add_option("--weights", settings.weights, "Weights file of the model's backbone");
  app.add_option("--device", settings.device, "auto, cpu, cuda, cuda:N")->capture_default_str();
  app.add_option("--precision", settings.precision, "Number format of the backbone")
      ->capture_default_str()
      ->check(CLI::IsMember({"auto", "fp32", "bf16", "fp16"}));
  app.add_option("--threads", settings.threads, "Processor threads; 0: as many as cores")
      ->capture_default_str();
}

void add_recording(CLI::App& app, RecordSettings& settings) {
  const CLI::Range rolls(0.0, 3600.0);
  app.add_option("--pre-roll", settings.pre_roll, "Seconds before an event that are recorded")
      ->capture_default_str()
      ->check(rolls);
  app.add_option("--post-roll", settings.post_roll, "Seconds after it that are recorded")
      ->capture_default_str()
      ->check(rolls);
  app.add_option("--max-clip", settings.max_clip,
                 "Seconds after which a clip goes on in another file, at the next key frame")
      ->capture_default_str()
      ->check(CLI::Range(1.0, 86400.0));
  app.add_option(
         "--max-disk", settings.max_disk,
         "The oldest events are removed when all together take more, such as 10GB; 0: never")
      ->capture_default_str()
      ->transform(CLI::AsSizeValue(true));
  app.add_flag("--overlay", settings.overlay,
               "Record the video with the heat map drawn on it; it is encoded again for that");
  app.add_option("--bitrate", settings.bitrate,
                 "Of video that has to be encoded, in kbit/s; 0: constant quality")
      ->capture_default_str()
      ->check(CLI::Range(0, 1000000));
  app.add_option("--reconnect", settings.reconnect,
                 "Seconds after which a source that failed is started again; 0: it is an error")
      ->capture_default_str()
      ->check(CLI::Range(0.0, 86400.0));
}

}  // namespace

void add_record(CLI::App& program) {
  auto settings = std::make_shared<RecordSettings>();
  CLI::App* app =
      program.add_subcommand("record", "Watch a camera or a video, and record its events");
  app->footer(
      "An event leaves a clip, what is known of it as JSON, and a picture of its peak:\n"
      "mvga-TIME.mkv, mvga-TIME-eventN.json, mvga-TIME-eventN.jpg. Video that comes encoded "
      "(H.264,\n"
      "H.265, VP8, VP9, AV1, Motion JPEG) is recorded as it is, from the last key frame before\n"
      "--pre-roll on; other video is encoded. Events whose clips would touch share one.\n\n"
      "Of a camera every frame is recorded; when the detector is slower, it looks at the newest\n"
      "frame and skips those before. Of a file every frame is looked at. Ctrl-C and SIGTERM "
      "finish\n"
      "the open clip. A camera that ends is an error, see --reconnect.\n\n"
      "Example:\n"
      "  mvga record \"rtspsrc location=rtsp://camera/stream ! rtph264depay ! h264parse\" \\\n"
      "    --model line.mvga --output events --max-disk 10GB --reconnect 10");
  app->add_option("source", settings->source,
                  "What gives the video, as gst-launch-1.0 takes it: filesrc location=shift.mp4, "
                  "v4l2src, \"rtspsrc location=... ! rtph264depay\"")
      ->required();
  app->add_option("-m,--model", settings->model, "Model file")->required();
  app->add_option("-o,--output", settings->folder, "Folder for the events")->required();
  add_recording(*app, *settings);
  add_detection(*app, *settings);
  app->add_flag("-q,--quiet", settings->quiet, "Say nothing but warnings and errors");
  app->callback([settings] {
    if (const std::optional<int> signal = record(*settings)) end_by(*signal);
  });
}

}  // namespace mvga::tool
