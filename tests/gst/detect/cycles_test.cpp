// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// mvgadetect comes and goes without leaving anything behind.
#include <gtest/gtest.h>
#include <malloc.h>

#include <cstdint>
#include <filesystem>
#include <regex>
#include <stdexcept>
#include <string>

#include "gst/frames/handles.h"
#include "models/engine.h"
#include "tests/gst/harness/detect_harness.h"
#include "tests/gst/harness/small_model.h"

namespace mvga::testing {
namespace {

/// Bytes that were allocated and not freed yet.
std::size_t bytes_in_use() {
  const struct mallinfo2 info = mallinfo2();
  return info.uordblks + info.hblkhd;
}

/// The harness keeps all events that reach it.
void drop_events(GstHarness* harness) {
  while (GstEvent* event = gst_harness_try_pull_event(harness)) gst_event_unref(event);
  while (GstEvent* event = gst_harness_try_pull_upstream_event(harness)) gst_event_unref(event);
}

constexpr int kCycles = 200;

TEST(DetectCycles, TwoHundredRunsTakeNoMoreMemoryThanOne) {
  Detect detect;
  detect.set("overlay", 1, "messages", 0);
  const GstVideoInfo info = video_info(GST_VIDEO_FORMAT_I420, 96, 64);
  const auto run = [&](unsigned i) {
    detect.start(info);
    detect.watch(anomalous_frame(info, i));
    detect.watch(normal_frame(info, i));
    detect.stop();
    detect.drop_messages();
    drop_events(detect.get());
  };
  for (unsigned i = 0; i < 10; ++i) run(i);  // caches of fonts, of LibTorch, of GStreamer
  const std::size_t before = bytes_in_use();
  for (unsigned i = 0; i < kCycles; ++i) run(i);
  const std::size_t after = bytes_in_use();
  EXPECT_LT(after, before + 200 * 1024) << "more than 1 KiB is lost in each run";
}

TEST(DetectCycles, TwoHundredFailedStartsTakeNoMoreMemoryThanOne) {
  Detect detect;
  detect.set("device", "nothing");
  const auto fail = [&] {
    ASSERT_FALSE(detect.play());
    ASSERT_TRUE(detect.error());
    detect.drop_messages();
  };
  for (int i = 0; i < 10; ++i) fail();
  const std::size_t before = bytes_in_use();
  for (int i = 0; i < kCycles; ++i) fail();
  EXPECT_LT(bytes_in_use(), before + 200 * 1024) << "more than 1 KiB is lost in each start";
}

TEST(DetectCycles, TwoHundredElementsAreAllFreed) {
  const GstVideoInfo info = video_info(GST_VIDEO_FORMAT_I420, 96, 64);
  int alive = 0;
  for (int i = 0; i < kCycles; ++i) {
    Detect detect;
    ++alive;
    g_object_weak_ref(
        G_OBJECT(detect.element()), [](gpointer count, GObject*) { --*static_cast<int*>(count); },
        &alive);
    if (i % 20 == 0) {
      detect.start(info);
      detect.watch(anomalous_frame(info, static_cast<unsigned>(i)));
    }
  }
  EXPECT_EQ(alive, 0);
}

/// gst-launch-1.0 under a tracer of GStreamer, and what that said.
struct Traced {
  gint status = -1;
  std::string log;
};

Traced traced(const std::string& tracers, const std::string& description, int seconds = 120) {
  gchar** environment = g_get_environ();
  environment = g_environ_setenv(environment, "GST_TRACERS", tracers.c_str(), TRUE);
  environment = g_environ_setenv(environment, "GST_DEBUG", "GST_TRACER:7", TRUE);
  environment = g_environ_setenv(environment, "GST_DEBUG_NO_COLOR", "1", TRUE);
  // Memory that was not set to anything is set to nonsense.
  environment = g_environ_setenv(environment, "MALLOC_PERTURB_", "165", TRUE);
  const std::string command =
      "timeout " + std::to_string(seconds) + " gst-launch-1.0 -q --no-fault " + description;
  gchar** arguments = nullptr;
  gchar* said = nullptr;
  Traced traced;
  if (!g_shell_parse_argv(command.c_str(), nullptr, &arguments, nullptr) ||
      !g_spawn_sync(nullptr, arguments, environment,
                    static_cast<GSpawnFlags>(G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL),
                    nullptr, nullptr, nullptr, &said, &traced.status, nullptr))
    throw std::runtime_error("gst-launch-1.0 cannot be run");
  traced.log = said;
  g_free(said);
  g_strfreev(arguments);
  g_strfreev(environment);
  return traced;
}

std::string small_detect() {
  return "mvgadetect model=" + small_model().string() + " weights=" + small_weights().string();
}

TEST(DetectCycles, APipelineLeaksNoObject) {
  const auto [status, log] = traced(
      "leaks", "videotestsrc num-buffers=12 ! video/x-raw,format=I420,width=96,height=64 ! " +
                   small_detect() +
                   " overlay=blend inference-interval=2 messages=all ! tee name=t ! queue ! "
                   "videoconvert ! video/x-raw,format=RGB ! fakesink t. ! queue ! fakesink");
  EXPECT_EQ(status, 0) << log;
  EXPECT_NE(log.find("new format string: object-alive"), std::string::npos) << "no tracer: " << log;
  EXPECT_EQ(log.find(":: object-alive"), std::string::npos) << log;
}

// What users measure elements with sees ours, in the mode in which it pushes by itself as well.
TEST(DetectCycles, TheLatencyTracerSeesTheElement) {
  constexpr int kFrames = 12;
  if (traced("latency(flags=element)", "videotestsrc num-buffers=1 ! identity ! fakesink", 20)
          .status != 0)
    GTEST_SKIP() << "GStreamer's latency tracer hangs without mvgadetect, as that of 1.26 does";
  for (const char* mode : {"sync", "async", "decoupled"}) {
    const auto [status, log] =
        traced("latency(flags=element)", "videotestsrc num-buffers=" + std::to_string(kFrames) +
                                             " ! video/x-raw,format=I420,width=96,height=64 ! " +
                                             small_detect() + " name=watch inference-mode=" + mode +
                                             " ! fakesink");
    EXPECT_EQ(status, 0) << log;
    const std::regex line(
        "element-latency,[^\n]*element=\\(string\\)watch[^\n]*time=\\(guint64\\)"
        "([0-9]+)");
    int frames = 0;
    for (std::sregex_iterator match(log.begin(), log.end(), line), end; match != end; ++match) {
      const std::uint64_t time = std::stoull((*match)[1]);
      EXPECT_GT(time, 0U) << mode;
      EXPECT_LT(time, 10 * GST_SECOND) << mode;
      ++frames;
    }
    EXPECT_EQ(frames, kFrames) << mode << ": " << log;
  }
}

TEST(DetectCycles, FiftyRunsOfThreeThatShareABackboneTakeNoMoreMemoryThanOne) {
  const std::string description =
      "videotestsrc is-live=true ! video/x-raw,format=I420,width=96,height=64,framerate=100/1 ! "
      "tee name=t "
      "t. ! queue ! " +
      small_detect() +
      " inference-mode=sync ! fakesink "
      "t. ! queue ! " +
      small_detect() +
      " inference-mode=async overlay=blend ! fakesink "
      "t. ! queue ! " +
      small_detect() + " inference-mode=decoupled ! fakesink";
  const mvga::gst::Owned<GstElement> pipeline(gst_parse_launch(description.c_str(), nullptr));
  ASSERT_TRUE(pipeline);
  const mvga::gst::Owned<GstBus> bus(gst_element_get_bus(pipeline.get()));
  const auto run = [&] {
    ASSERT_NE(gst_element_set_state(pipeline.get(), GST_STATE_PLAYING), GST_STATE_CHANGE_FAILURE);
    // Until a frame has arrived everywhere, and then in the middle of the others.
    const mvga::gst::Owned<GstMessage> arrived(gst_bus_timed_pop_filtered(
        bus.get(), 20 * GST_SECOND,
        static_cast<GstMessageType>(GST_MESSAGE_ASYNC_DONE | GST_MESSAGE_ERROR)));
    ASSERT_TRUE(arrived);
    ASSERT_EQ(GST_MESSAGE_TYPE(arrived.get()), GST_MESSAGE_ASYNC_DONE);
    EXPECT_EQ(engine().networks(), 1U);
    ASSERT_EQ(gst_element_set_state(pipeline.get(), GST_STATE_NULL), GST_STATE_CHANGE_SUCCESS);
    EXPECT_EQ(engine().networks(), 0U);
    const mvga::gst::Owned<GstMessage> error(gst_bus_pop_filtered(bus.get(), GST_MESSAGE_ERROR));
    EXPECT_FALSE(error);
    gst_bus_set_flushing(bus.get(), TRUE);
    gst_bus_set_flushing(bus.get(), FALSE);
  };
  for (int i = 0; i < 10; ++i) run();
  const std::size_t before = bytes_in_use();
  for (int i = 0; i < 50; ++i) run();
  // What threads leave in their caches differs from run to run; a network has 600 KiB.
  EXPECT_LT(bytes_in_use(), before + 300 * 1024) << "more than 6 KiB is lost in each run";
}

TEST(DetectCycles, AThousandModelsSwappedWhilePlayingTakeNoMoreMemoryThanOne) {
  const std::string models[] = {small_model(40).string(), small_model(60).string()};
  Detect detect;
  const GstVideoInfo info = video_info(GST_VIDEO_FORMAT_I420, 96, 64);
  detect.start(info);
  const auto swap = [&](unsigned i) {
    ASSERT_TRUE(detect.change_model(models[i % 2]));
    EXPECT_EQ(detect.look_at(normal_frame(info, i)).model_id,
              std::filesystem::path(models[i % 2]).stem().string());
    detect.drop_messages();
  };
  for (unsigned i = 0; i < 20; ++i) swap(i);
  const std::size_t before = bytes_in_use();
  for (unsigned i = 0; i < 1000; ++i) swap(i);
  EXPECT_LT(bytes_in_use(), before + 1000 * 1024) << "more than 1 KiB is lost with each model";
}

}  // namespace
}  // namespace mvga::testing
