// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What mvgadetect answers to the LATENCY query, and when it says that this has changed.
#include <gtest/gtest.h>

#include <filesystem>
#include <stdexcept>
#include <string>

#include "tests/gst/harness/detect_harness.h"
#include "tests/gst/harness/video_frames.h"
#include "tests/models/temporary_folder.h"

namespace mvga::testing {
namespace {

constexpr GstClockTime kUpstream = 7 * GST_MSECOND;

class DetectLatency : public ::testing::Test {
 protected:
  void start() {
    detect.start(info);
    gst_harness_set_upstream_latency(detect.get(), kUpstream);
  }
  GstClockTime latency() { return gst_harness_query_latency(detect.get()); }

  const GstVideoInfo info = video_info(GST_VIDEO_FORMAT_I420, 96, 64);
  Detect detect;
};

TEST_F(DetectLatency, IsThatOfUpstreamBeforeTheFirstFrame) {
  start();
  EXPECT_EQ(latency(), kUpstream);
}

TEST_F(DetectLatency, CoversWhatAFrameTakes) {
  start();
  for (unsigned i = 0; i < 5; ++i) {
    const GstClockTime took = detect.look_at(normal_frame(info, i)).inference_time;
    EXPECT_GE(latency(), kUpstream + took);
  }
}

TEST_F(DetectLatency, IsAnnouncedWheneverItHasGrown) {
  start();
  while (detect.announced_latency()) {
  }
  GstClockTime before = latency();
  for (unsigned i = 0; i < 20; ++i) {
    detect.watch(normal_frame(info, i));
    const GstClockTime after = latency();
    EXPECT_GE(after, before) << "a pipeline that waits less than before drops frames";
    EXPECT_EQ(detect.announced_latency(), after > before);
    before = after;
  }
}

TEST_F(DetectLatency, BeginsAnewWithEachRun) {
  start();
  detect.watch(normal_frame(info, 0));
  detect.stop();
  start();
  EXPECT_EQ(latency(), kUpstream);
}

// ---- as a camera and a screen have it

/// A live pipeline whose bus is served as an application does it.
class LivePipeline {
 public:
  explicit LivePipeline(const std::string& description)
      : pipeline_(gst_parse_launch(description.c_str(), nullptr)) {}
  ~LivePipeline() {
    gst_element_set_state(pipeline_, GST_STATE_NULL);
    gst_object_unref(pipeline_);
  }
  LivePipeline(const LivePipeline&) = delete;
  LivePipeline& operator=(const LivePipeline&) = delete;

  void play_to_the_end() {
    gst_element_set_state(pipeline_, GST_STATE_PLAYING);
    GstBus* bus = gst_element_get_bus(pipeline_);
    bool over = false;
    while (!over) {
      GstMessage* message = gst_bus_timed_pop(bus, GST_CLOCK_TIME_NONE);
      if (GST_MESSAGE_TYPE(message) == GST_MESSAGE_LATENCY) {
        ++announcements;
        gst_bin_recalculate_latency(GST_BIN(pipeline_));
      }
      over = GST_MESSAGE_TYPE(message) == GST_MESSAGE_EOS ||
             GST_MESSAGE_TYPE(message) == GST_MESSAGE_ERROR;
      gst_message_unref(message);
    }
    gst_object_unref(bus);
  }

  guint64 sink_count(const char* field) {
    GstElement* sink = gst_bin_get_by_name(GST_BIN(pipeline_), "sink");
    GstStructure* stats = nullptr;
    g_object_get(sink, "stats", &stats, nullptr);
    const guint64 count = number(*stats, field);
    gst_structure_free(stats);
    gst_object_unref(sink);
    return count;
  }

  unsigned announcements = 0;

 private:
  GstElement* pipeline_;
};

/// A network that takes much longer than a sink tolerates.
std::filesystem::path slow_model(const TemporaryFolder& folder) {
  std::filesystem::path path = folder / "slow.mvga";
  ElementHarness fit("mvgafit");
  fit.set("model", path.c_str(), "input-size", 384u, "threads", 1);
  const GstVideoInfo info = video_info(GST_VIDEO_FORMAT_I420, 96, 64);
  if (!fit.play()) throw std::runtime_error(fit.error().value_or(Complaint{}).text);
  fit.set_caps(info);
  for (unsigned i = 0; i < 5; ++i) fit.push(normal_frame(info, i));
  fit.push_event(gst_event_new_eos());
  return path;
}

class LiveLatency : public ::testing::TestWithParam<const char*> {};

TEST_P(LiveLatency, LeavesNoFrameLateOnceItIsAnnounced) {
  constexpr guint64 kFrames = 30;
  // A busy machine makes some frames late that nobody can be blamed for. If a mode did not tell its
  // latency, all would be.
  constexpr guint64 kOfTheMachine = 6;
  const TemporaryFolder folder;
  LivePipeline pipeline("videotestsrc is-live=true num-buffers=" + std::to_string(kFrames) +
                        " ! video/x-raw,width=96,height=64,framerate=5/1 ! "
                        "mvgadetect threads=1 inference-mode=" +
                        GetParam() + " model=" + slow_model(folder).string() +
                        " ! fakesink name=sink sync=true max-lateness=10000000");
  pipeline.play_to_the_end();
  EXPECT_EQ(pipeline.sink_count("rendered") + pipeline.sink_count("dropped"), kFrames);
  // A frame that takes longer than any before it may be late, and is announced.
  EXPECT_LE(pipeline.sink_count("dropped"), pipeline.announcements + kOfTheMachine);
}

INSTANTIATE_TEST_SUITE_P(Modes, LiveLatency, ::testing::Values("sync", "async", "decoupled"),
                         [](const auto& mode) { return std::string(mode.param); });

}  // namespace
}  // namespace mvga::testing
