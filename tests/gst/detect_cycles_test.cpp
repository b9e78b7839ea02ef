// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// mvgadetect comes and goes without leaving anything behind.
#include <gtest/gtest.h>
#include <malloc.h>

#include <filesystem>
#include <string>

#include "tests/gst/detect_harness.h"
#include "tests/gst/small_model.h"

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

TEST(DetectCycles, APipelineLeaksNoObject) {
  const std::string program = "gst-launch-1.0";
  if (gchar* found = g_find_program_in_path(program.c_str()))
    g_free(found);
  else
    GTEST_SKIP() << program << " is not installed";
  const std::string command =
      program +
      " -q --no-fault videotestsrc num-buffers=12 ! video/x-raw,format=I420,width=96,height=64 ! "
      "mvgadetect "
      "overlay=blend inference-interval=2 messages=all model=" +
      small_model().string() + " weights=" + small_weights().string() +
      " ! tee name=t ! queue ! videoconvert ! video/x-raw,format=RGB ! fakesink t. ! queue ! "
      "fakesink";
  gchar** environment = g_get_environ();
  environment = g_environ_setenv(environment, "GST_TRACERS", "leaks", TRUE);
  environment = g_environ_setenv(environment, "GST_DEBUG", "GST_TRACER:7", TRUE);
  environment = g_environ_setenv(environment, "GST_DEBUG_NO_COLOR", "1", TRUE);
  // Memory that was not set to anything is set to nonsense.
  environment = g_environ_setenv(environment, "MALLOC_PERTURB_", "165", TRUE);
  gchar** arguments = nullptr;
  ASSERT_TRUE(g_shell_parse_argv(command.c_str(), nullptr, &arguments, nullptr));
  gchar* said = nullptr;
  gint status = -1;
  ASSERT_TRUE(
      g_spawn_sync(nullptr, arguments, environment,
                   static_cast<GSpawnFlags>(G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL),
                   nullptr, nullptr, nullptr, &said, &status, nullptr));
  const std::string log = said;
  g_free(said);
  g_strfreev(arguments);
  g_strfreev(environment);
  EXPECT_EQ(status, 0) << log;
  EXPECT_NE(log.find("new format string: object-alive"), std::string::npos) << "no tracer: " << log;
  EXPECT_EQ(log.find(":: object-alive"), std::string::npos) << log;
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
