// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The heat map's pad sends its events in GStreamer's order, whatever comes first and whenever the
// pad is asked for.
#include <gst/check/gstharness.h>
#include <gtest/gtest.h>

#include <atomic>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "gst/frames/handles.h"
#include "tests/gst/harness/detect_harness.h"

namespace mvga::testing {
namespace {

using gst::Owned;

/// What GLib is told of while this lives, GStreamer's "Sticky event misordering" among it.
class Warnings {
 public:
  Warnings() : before_(g_log_set_default_handler(note, this)) {}
  ~Warnings() { g_log_set_default_handler(before_, nullptr); }
  Warnings(const Warnings&) = delete;
  Warnings& operator=(const Warnings&) = delete;

  std::string all() {
    const std::lock_guard lock(mutex_);
    return all_;
  }

 private:
  static void note(const gchar*, GLogLevelFlags level, const gchar* text, gpointer self) {
    if ((level & (G_LOG_LEVEL_WARNING | G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_ERROR)) == 0) return;
    auto* warnings = static_cast<Warnings*>(self);
    const std::lock_guard lock(warnings->mutex_);
    warnings->all_ += std::string(text) + "\n";
  }

  GLogFunc before_;
  std::mutex mutex_;
  std::string all_;
};

using Types = std::vector<GstEventType>;

class HeatmapEvents : public ::testing::Test {
 public:
  ~HeatmapEvents() override {
    if (branch_ != nullptr) gst_harness_teardown(branch_);
  }

 protected:
  void link() { branch_ = gst_harness_new_with_element(detect.element(), nullptr, "heatmap"); }
  std::vector<Owned<GstEvent>> events() {
    std::vector<Owned<GstEvent>> all;
    while (GstEvent* event = gst_harness_try_pull_event(branch_)) all.emplace_back(event);
    return all;
  }
  Types types() {
    Types types;
    for (const auto& event : events()) types.push_back(GST_EVENT_TYPE(event.get()));
    return types;
  }
  Buffer frame(unsigned i) const { return normal_frame(info, i); }

  GstVideoInfo info = video_info(GST_VIDEO_FORMAT_I420, 96, 64);
  Warnings warnings;
  Detect detect;

 private:
  GstHarness* branch_ = nullptr;
};

TEST_F(HeatmapEvents, HaveCapsBeforeTheSegmentWhenAGapComesFirst) {
  detect.start(info);
  link();
  detect.push_event(gst_event_new_gap(0, kFrameTime));
  detect.watch(frame(1));
  EXPECT_EQ(types(),
            (Types{GST_EVENT_STREAM_START, GST_EVENT_CAPS, GST_EVENT_SEGMENT, GST_EVENT_GAP}));
  EXPECT_EQ(warnings.all(), "");
}

TEST_F(HeatmapEvents, HaveCapsBeforeTheSegmentWhenASegmentIsDoneFirst) {
  detect.start(info);
  link();
  detect.push_event(gst_event_new_segment_done(GST_FORMAT_TIME, 0));
  detect.watch(frame(1));
  EXPECT_EQ(types(), (Types{GST_EVENT_STREAM_START, GST_EVENT_CAPS, GST_EVENT_SEGMENT,
                            GST_EVENT_SEGMENT_DONE}));
  EXPECT_EQ(warnings.all(), "");
}

/// A stream that has no frame, and one after it.
TEST_F(HeatmapEvents, StayInOrderWhenTheStreamEndsFirst) {
  detect.start(info);
  link();
  detect.push_event(gst_event_new_eos());
  detect.push_event(gst_event_new_flush_start());
  detect.push_event(gst_event_new_flush_stop(TRUE));
  GstSegment segment;
  gst_segment_init(&segment, GST_FORMAT_TIME);
  detect.push_event(gst_event_new_segment(&segment));
  detect.watch(frame(1));
  const Types all = types();
  ASSERT_GE(all.size(), 4u);
  EXPECT_EQ(all.back(), GST_EVENT_SEGMENT);
  EXPECT_EQ(warnings.all(), "");
}

TEST_F(HeatmapEvents, SayHowThePictureIsToBeTurnedAndNothingElseOfIt) {
  detect.start(info);
  detect.push_event(gst_event_new_tag(
      gst_tag_list_new(GST_TAG_IMAGE_ORIENTATION, "rotate-90", GST_TAG_TITLE, "line 3", nullptr)));
  link();
  detect.watch(frame(1));
  const auto all = events();
  ASSERT_EQ(GST_EVENT_TYPE(all.back().get()), GST_EVENT_TAG);
  GstTagList* tags = nullptr;
  gst_event_parse_tag(all.back().get(), &tags);
  gchar* orientation = nullptr;
  ASSERT_TRUE(gst_tag_list_get_string(tags, GST_TAG_IMAGE_ORIENTATION, &orientation));
  EXPECT_STREQ(gst::String(orientation).get(), "rotate-90");
  EXPECT_EQ(gst_tag_list_n_tags(tags), 1);
  detect.watch(frame(2));
  EXPECT_TRUE(types().empty()) << "once is enough";
}

/// The pad's stream starts anew with the element.
TEST_F(HeatmapEvents, ComeAgainAfterAStop) {
  detect.start(info);
  link();
  detect.watch(frame(1));
  types();
  detect.stop();
  detect.start(info);
  detect.watch(frame(2));
  EXPECT_EQ(types(), (Types{GST_EVENT_STREAM_START, GST_EVENT_CAPS, GST_EVENT_SEGMENT}));
  EXPECT_EQ(warnings.all(), "");
}

/// Frames, gaps, segments and flushes, as long as it lives.
class Upstream {
 public:
  Upstream(Detect& detect, const GstVideoInfo& info)
      : thread_([&detect, info, this] {
          for (unsigned i = 0; !stopped_; ++i) {
            GstSegment segment;
            gst_segment_init(&segment, GST_FORMAT_TIME);
            if (i % 3 == 0) detect.push_event(gst_event_new_gap(0, kFrameTime));
            if (i % 7 == 0) detect.push_event(gst_event_new_segment_done(GST_FORMAT_TIME, 0));
            if (i % 11 == 0) detect.push_event(gst_event_new_flush_start());
            if (i % 11 == 0) detect.push_event(gst_event_new_flush_stop(TRUE));
            if (i % 11 == 0) detect.push_event(gst_event_new_segment(&segment));
            detect.push(normal_frame(info, i));
            detect.pull();
            ++frames_;
          }
        }) {}
  ~Upstream() {
    stopped_ = true;
    thread_.join();
  }
  Upstream(const Upstream&) = delete;
  Upstream& operator=(const Upstream&) = delete;

  unsigned frames() const { return frames_; }

 private:
  std::atomic<bool> stopped_ = false;
  std::atomic<unsigned> frames_ = 0;
  std::thread thread_;
};

void request_and_release(GstElement* element, unsigned turn) {
  const Owned<GstElement> sink(
      GST_ELEMENT(gst_object_ref_sink(gst_element_factory_make("fakesink", nullptr))));
  g_object_set(sink.get(), "async", FALSE, "sync", FALSE, nullptr);
  const Owned<GstPad> into(gst_element_get_static_pad(sink.get(), "sink"));
  const Owned<GstPad> pad(gst_element_request_pad_simple(element, "heatmap"));
  ASSERT_TRUE(pad);
  // Some come before what is behind them is ready.
  if (turn % 2 == 0) gst_element_set_state(sink.get(), GST_STATE_PLAYING);
  ASSERT_EQ(gst_pad_link(pad.get(), into.get()), GST_PAD_LINK_OK);
  if (turn % 2 == 1) gst_element_set_state(sink.get(), GST_STATE_PLAYING);
  std::this_thread::sleep_for(std::chrono::milliseconds(turn % 5));
  gst_element_release_request_pad(element, pad.get());
  gst_element_set_state(sink.get(), GST_STATE_NULL);
}

TEST_F(HeatmapEvents, StayInOrderInAStormOfRequests) {
  for (const char* mode : {"sync", "async"}) {
    Detect one;
    gst_util_set_object_arg(G_OBJECT(one.element()), "inference-mode", mode);
    one.start(info);
    {
      const Upstream upstream(one, info);
      for (unsigned turn = 0; turn < 200 || upstream.frames() < 30; ++turn)
        ASSERT_NO_FATAL_FAILURE(request_and_release(one.element(), turn));
    }
    EXPECT_EQ(warnings.all(), "") << mode;
    EXPECT_FALSE(one.error()) << mode;
  }
}

TEST_F(HeatmapEvents, OfTwoThatAskAtTheSameTimeOneGetsThePad) {
  GstPadTemplate* const wanted = gst_element_get_pad_template(detect.element(), "heatmap");
  for (int i = 0; i < 300; ++i) {
    std::atomic<int> waiting = 2;
    Owned<GstPad> got[2];
    const auto ask = [&](Owned<GstPad>& pad) {
      --waiting;
      while (waiting > 0) std::this_thread::yield();
      pad.reset(gst_element_request_pad(detect.element(), wanted, nullptr, nullptr));
    };
    std::thread other(ask, std::ref(got[0]));
    ask(got[1]);
    other.join();
    ASSERT_NE(got[0] == nullptr, got[1] == nullptr) << "in round " << i;
    const Owned<GstPad>& pad = got[0] ? got[0] : got[1];
    gst_element_release_request_pad(detect.element(), pad.get());
  }
  EXPECT_EQ(warnings.all(), "");
}

}  // namespace
}  // namespace mvga::testing
