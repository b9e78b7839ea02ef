// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// mvga-learn: learns what is normal from the first seconds of a video.
//
// Shows how an application runs mvgafit: build the pipeline, end it early, follow the bus.

#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <exception>
#include <stdexcept>
#include <string>

#include "examples/common/pipeline.h"

namespace ex = mvga::examples;

namespace {

struct Settings {
  const char* video = nullptr;
  const char* model = nullptr;
  double seconds = 0;    ///< 0: the whole video
  guint input_size = 0;  ///< 0: what suits the backbone
};

constexpr const char* kHelp =
    "Usage: mvga-learn VIDEO MODEL.mvga [SECONDS [INPUT-SIZE]]\n\n"
    "Learns what is normal from the first SECONDS of VIDEO (all of it when left out) and writes\n"
    "MODEL.mvga. A larger INPUT-SIZE (pixels) than the backbone's own shows it smaller defects, "
    "and\n"
    "takes longer.\n\n"
    "Example:\n  mvga-learn shift.mp4 line.mvga 30\n";

Settings read_command_line(int argc, char** argv) {
  if (argc < 3 || argc > 5)
    throw std::runtime_error("wants VIDEO MODEL [SECONDS [INPUT-SIZE]] (see --help)");
  Settings settings{argv[1], argv[2]};
  if (argc > 3) {
    char* end = nullptr;
    settings.seconds = g_ascii_strtod(argv[3], &end);
    if (end == argv[3] || *end != '\0' || !(settings.seconds > 0 && settings.seconds < 1e6))
      throw std::runtime_error(std::string(argv[3]) + ": not a number of seconds");
  }
  if (argc > 4) {
    char* end = nullptr;
    settings.input_size = static_cast<guint>(std::strtoul(argv[4], &end, 10));
    if (end == argv[4] || *end != '\0' || settings.input_size < 32 || settings.input_size > 2048)
      throw std::runtime_error(std::string(argv[4]) + ": not an input size from 32 to 2048");
  }
  return settings;
}

// Tells everything upstream that the stream is over: the demuxer then ends it in an orderly way,
// and mvgafit writes its model.
GstPadProbeReturn end_after(GstPad* pad, GstPadProbeInfo* info, gpointer user_data) {
  const auto limit = *static_cast<const GstClockTime*>(user_data);
  GstEvent* event = gst_pad_get_sticky_event(pad, GST_EVENT_SEGMENT, 0);
  const GstSegment* segment = nullptr;
  gst_event_parse_segment(event, &segment);
  const GstClockTime pts = GST_BUFFER_PTS(GST_PAD_PROBE_INFO_BUFFER(info));
  const GstClockTime time = gst_segment_to_stream_time(segment, GST_FORMAT_TIME, pts);
  gst_event_unref(event);
  if (!GST_CLOCK_TIME_IS_VALID(time) || time < limit) return GST_PAD_PROBE_OK;
  GST_PAD_PROBE_INFO_FLOW_RETURN(info) = GST_FLOW_EOS;
  return GST_PAD_PROBE_DROP;
}

/// mvgafit tells in words how far it is, and last what it learned.
class Progress {
 public:
  void report(GstMessage* message) {
    if (GST_MESSAGE_TYPE(message) == GST_MESSAGE_WARNING)
      std::fprintf(stderr, "%s%s\n", terminal_ ? "\r\033[K" : "", ex::text_of(message).c_str());
    if (GST_MESSAGE_TYPE(message) != GST_MESSAGE_INFO) return;
    last_ = ex::text_of(message);
    if (terminal_) std::printf("\r\033[K%s", last_.c_str());
    std::fflush(stdout);
  }
  void finish() const { std::printf("%s%s\n", terminal_ ? "\r\033[K" : "", last_.c_str()); }

 private:
  bool terminal_ = isatty(STDOUT_FILENO);
  std::string last_;
};

void learn(const Settings& settings) {
  auto limit = static_cast<GstClockTime>(settings.seconds * GST_SECOND);
  const ex::Pipeline pipeline = ex::parse_pipeline(
      "filesrc name=source ! decodebin ! videoconvert ! mvgafit name=fit ! fakesink sync=false");
  const ex::Element source = ex::find_element(pipeline.get(), "source");
  g_object_set(source.get(), "location", settings.video, nullptr);
  const ex::Element fit = ex::find_element(pipeline.get(), "fit");
  g_object_set(fit.get(), "model", settings.model, "input-size", settings.input_size, nullptr);
  const ex::Pad pad(gst_element_get_static_pad(fit.get(), "sink"));
  if (settings.seconds > 0)
    gst_pad_add_probe(pad.get(), GST_PAD_PROBE_TYPE_BUFFER, end_after, &limit, nullptr);
  Progress progress;
  ex::run_pipeline(pipeline.get(), [&](GstMessage* message) { progress.report(message); });
  progress.finish();
}

}  // namespace

int main(int argc, char** argv) {
  if (argc > 1 && std::string(argv[1]) == "--help") {
    std::fputs(kHelp, stdout);
    return EXIT_SUCCESS;
  }
  try {
    const Settings settings = read_command_line(argc, argv);
    gst_init(nullptr, nullptr);
    learn(settings);
    return EXIT_SUCCESS;
  } catch (const std::exception& e) {
    std::fprintf(stderr, "mvga-learn: %s\n", e.what());
    return EXIT_FAILURE;
  }
}
