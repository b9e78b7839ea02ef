// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// How frames get through each lane, with steps that are made up.
#include "gst/detect/lanes/lane.h"

#include <gtest/gtest.h>

#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace mvga::gst {
namespace {

constexpr guint kMostInFlight = 3;

class LaneTest : public ::testing::Test {
 protected:
  std::unique_ptr<Lane> lane_for(InferenceMode mode) {
    DetectElementSettings settings;
    settings.inference_mode = mode;
    settings.max_in_flight = kMostInFlight;
    return make_lane(settings, steps());
  }

  /// Every third frame is held.
  LaneSteps steps() {
    return {[this](GstBuffer* frame, Waits waits) {
              waits_ = waits;
              AdmittedFrame admitted;
              admitted.snapshot.times.pts = GST_BUFFER_PTS(frame);
              admitted.scheduled =
                  GST_BUFFER_PTS(frame) % 3 == 2 ? Scheduled::hold : Scheduled::infer;
              return admitted;
            },
            [this](GstBuffer*, const FrameSnapshot& snapshot) {
              wait_at_the_gate();
              Inference inference;
              inference.snapshot = snapshot;
              inference.ended_learning = ends_learning_;
              return inference;
            },
            [] { return false; },
            [this](const Inference& inference) {
              note("news of " + std::to_string(inference.snapshot.times.pts));
              return true;
            },
            [this](GstBuffer* frame, const Inference& inference, GstClockTime spent) {
              spent_ = spent;
              const bool own = inference.snapshot.times.pts == GST_BUFFER_PTS(frame);
              note((own ? "own " : "other ") + std::to_string(GST_BUFFER_PTS(frame)));
              return GST_FLOW_OK;
            },
            [this](GstBuffer* frame, const FrameSnapshot&) {
              note("held " + std::to_string(GST_BUFFER_PTS(frame)));
              return GST_FLOW_OK;
            },
            [this](Owned<GstBuffer> frame) {
              note("pushed " + std::to_string(GST_BUFFER_PTS(frame.get())));
              return GST_FLOW_OK;
            },
            [this](Owned<GstEvent> event) { note(GST_EVENT_TYPE_NAME(event.get())); }};
  }

  /// As the base class submits it. What goes on at once is noted as one that is pushed.
  void submit(Lane& lane, GstClockTime pts) {
    GstBuffer* frame = gst_buffer_new();
    GST_BUFFER_PTS(frame) = pts;
    const QueuedFrame queued{[&] {
                               ++taken_;
                               return Owned<GstBuffer>(std::exchange(frame, nullptr));
                             },
                             [&](const FrameWork& work, GstBuffer** out) {
                               ++changed_in_place_;
                               *out = std::exchange(frame, nullptr);
                               return work(*out);
                             }};
    GstBuffer* out = nullptr;
    EXPECT_EQ(lane.submit(queued, &out), GST_FLOW_OK);
    if (out == nullptr) return;
    note("pushed " + std::to_string(GST_BUFFER_PTS(out)));
    gst_buffer_unref(out);
  }

  static bool is_taken(Lane& lane, GstEvent* event) {
    const bool taken = lane.event(event);
    gst_event_unref(event);
    return taken;
  }

  void note(const std::string& what) {
    const std::lock_guard lock(mutex_);
    noted_.push_back(what);
  }
  /// Those that begin so, in their order.
  std::string noted(const std::string& start) {
    const std::lock_guard lock(mutex_);
    std::string all;
    for (const std::string& what : noted_)
      if (what.starts_with(start)) all += what.substr(start.size());
    return all;
  }

  void close_gate(bool closed) {
    const std::lock_guard lock(mutex_);
    closed_ = closed;
    changed_.notify_all();
  }
  void wait_at_the_gate() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return !closed_; });
  }

  Waits waits_ = Waits::yes;
  bool ends_learning_ = false;
  GstClockTime spent_ = 0;
  unsigned taken_ = 0;
  unsigned changed_in_place_ = 0;

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<std::string> noted_;
  bool closed_ = false;
};

class EveryLane : public LaneTest, public ::testing::WithParamInterface<InferenceMode> {};

TEST_P(EveryLane, LetsEachFrameThroughOnceAndInOrder) {
  const auto lane = lane_for(GetParam());
  std::string all;
  for (GstClockTime pts = 0; pts < 30; ++pts) {
    submit(*lane, pts);
    all += " " + std::to_string(pts);
  }
  lane->drain();
  lane->finish();
  EXPECT_EQ(noted("pushed"), all);
  EXPECT_EQ(noted("other"), "") << "a frame has the inference of another one";
}

TEST_P(EveryLane, GoesOnAfterAFlush) {
  const auto lane = lane_for(GetParam());
  submit(*lane, 0);
  lane->start_flush();
  lane->stop_flush();
  lane->forget();
  submit(*lane, 1);
  lane->drain();
  EXPECT_TRUE(noted("pushed").ends_with(" 1")) << noted("pushed");
}

TEST_P(EveryLane, StopsWithFramesOnTheirWay) {
  const auto lane = lane_for(GetParam());
  for (GstClockTime pts = 0; pts < kMostInFlight; ++pts) submit(*lane, pts);
  lane->start_flush();
  lane->stop();
  EXPECT_GE(lane->latency(GST_SECOND), GST_SECOND) << "others may ask until the element is gone";
}

std::string name_of(const ::testing::TestParamInfo<InferenceMode>& mode) {
  if (mode.param == InferenceMode::async) return "Async";
  return mode.param == InferenceMode::sync ? "Sync" : "Decoupled";
}

INSTANTIATE_TEST_SUITE_P(Lanes, EveryLane,
                         ::testing::Values(InferenceMode::sync, InferenceMode::async,
                                           InferenceMode::decoupled),
                         name_of);

TEST_F(LaneTest, SyncLeavesFramesWithTheBaseClass) {
  const auto lane = lane_for(InferenceMode::sync);
  for (GstClockTime pts = 0; pts < 3; ++pts) submit(*lane, pts);
  EXPECT_EQ(changed_in_place_, 3u);
  EXPECT_EQ(taken_, 0u);
  EXPECT_EQ(noted("own"), " 0 1");
  EXPECT_EQ(noted("held"), " 2");
  EXPECT_EQ(waits_, Waits::yes);
}

TEST_F(LaneTest, SyncCountsWhatAFrameCostsButForTheOneThatEndsLearning) {
  const auto lane = lane_for(InferenceMode::sync);
  submit(*lane, 0);
  EXPECT_GT(spent_, 0u);
  ends_learning_ = true;
  submit(*lane, 1);
  EXPECT_EQ(spent_, 0u);
}

TEST_F(LaneTest, AsyncTakesFramesOverAndKeepsEventsBehindThem) {
  const auto lane = lane_for(InferenceMode::async);
  close_gate(true);
  submit(*lane, 0);
  EXPECT_TRUE(is_taken(*lane, gst_event_new_tag(gst_tag_list_new_empty())));
  EXPECT_EQ(noted("tag") + noted("pushed"), "");
  close_gate(false);
  lane->drain();
  EXPECT_EQ(noted(""), "own 0pushed 0tag");
  EXPECT_EQ(taken_, 1u);
  EXPECT_EQ(changed_in_place_, 0u);
}

TEST_F(LaneTest, NoLaneTakesEventsAfterWhichOtherThingsHold) {
  for (const auto mode : {InferenceMode::sync, InferenceMode::async, InferenceMode::decoupled}) {
    const auto lane = lane_for(mode);
    EXPECT_FALSE(is_taken(*lane, gst_event_new_eos()));
    EXPECT_FALSE(is_taken(*lane, gst_event_new_stream_start("another")));
  }
}

TEST_F(LaneTest, DecoupledHoldsUpNoFrameAndHasTheNewsInTheEnd) {
  const auto lane = lane_for(InferenceMode::decoupled);
  close_gate(true);
  submit(*lane, 0);
  submit(*lane, 1);
  EXPECT_EQ(noted("pushed"), " 0 1") << "a frame waits for an inference";
  EXPECT_EQ(noted("held"), " 0 1");
  EXPECT_EQ(waits_, Waits::no) << "inference makes frames late for which none waits";
  close_gate(false);
  lane->finish();
  EXPECT_TRUE(noted("news of").ends_with(" 1")) << noted("news of");
}

TEST_F(LaneTest, TellsHowLongFramesStay) {
  GstVideoInfo video;
  gst_video_info_set_format(&video, GST_VIDEO_FORMAT_RGB, 8, 8);
  video.fps_n = 10;
  video.fps_d = 1;
  const auto latency = [&](InferenceMode mode, GstClockTime own) {
    const auto lane = lane_for(mode);
    lane->new_video(video);
    return lane->latency(own);
  };
  EXPECT_EQ(latency(InferenceMode::sync, 5), 5u);
  EXPECT_EQ(latency(InferenceMode::async, 5), 5 + (kMostInFlight - 1) * GST_SECOND / 10);
  EXPECT_EQ(latency(InferenceMode::decoupled, 5), 0u) << "not worth a word";
  EXPECT_EQ(latency(InferenceMode::decoupled, GST_SECOND), GST_SECOND);
}

TEST(MostInferredAtOnce, IsOneButForFramesInFlight) {
  DetectElementSettings settings;
  settings.max_in_flight = 7;
  settings.inference_mode = InferenceMode::sync;
  EXPECT_EQ(most_inferred_at_once(settings), 1u);
  settings.inference_mode = InferenceMode::decoupled;
  EXPECT_EQ(most_inferred_at_once(settings), 1u);
  settings.inference_mode = InferenceMode::async;
  EXPECT_EQ(most_inferred_at_once(settings), 7u);
}

}  // namespace
}  // namespace mvga::gst
