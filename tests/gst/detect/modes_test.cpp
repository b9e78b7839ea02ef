// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// inference-mode=async and decoupled, seen from outside; what they have in common with sync is
// tested there.
#include <gst/base/gstbasetransform.h>
#include <gst/check/gstharness.h>
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <filesystem>
#include <future>
#include <string>
#include <thread>
#include <vector>

#include "tests/gst/harness/detect_harness.h"
#include "tests/gst/harness/small_model.h"
#include "tests/gst/harness/video_frames.h"
#include "tests/models/temporary_folder.h"

namespace mvga::testing {
namespace {

using namespace std::chrono_literals;

class DetectModes : public ::testing::Test {
 protected:
  // One thread an inference: sums are added up in the same order whatever else is under way.
  void start(const char* mode) {
    detect.set("threads", 1);
    gst_util_set_object_arg(G_OBJECT(detect.element()), "inference-mode", mode);
    detect.start(info);
  }
  Buffer frame(unsigned i) { return i % 3 == 2 ? anomalous_frame(info, i) : normal_frame(info, i); }
  // Waits.
  Buffer next() { return Buffer(gst_harness_pull(detect.get())); }
  // What sync says of frame(i).
  double score(unsigned i) {
    if (!reference_) {
      reference_ = std::make_unique<Detect>();
      reference_->set("threads", 1);
      reference_->start(info);
    }
    return reference_->look_at(frame(i)).score.value();
  }
  // All that is serialized, as it leaves: "3" for frame 3, else the name of the event.
  void log_what_leaves() {
    const auto note = +[](GstPad*, GstPadProbeInfo* probe, gpointer log) {
      auto& text = *static_cast<std::string*>(log);
      if (GstBuffer* buffer = GST_PAD_PROBE_INFO_BUFFER(probe); buffer != nullptr)
        text += std::to_string(GST_BUFFER_PTS(buffer) / kFrameTime) + " ";
      return GST_PAD_PROBE_OK;
    };
    const auto note_event = +[](GstPad*, GstPadProbeInfo* probe, gpointer log) {
      auto& text = *static_cast<std::string*>(log);
      text += std::string(GST_EVENT_TYPE_NAME(GST_PAD_PROBE_INFO_EVENT(probe))) + " ";
      return GST_PAD_PROBE_OK;
    };
    gst_pad_add_probe(detect.get()->sinkpad, GST_PAD_PROBE_TYPE_BUFFER, note, &left, nullptr);
    gst_pad_add_probe(detect.get()->sinkpad, GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM, note_event, &left,
                      nullptr);
  }

  GstVideoInfo info = video_info(GST_VIDEO_FORMAT_I420, 96, 64);
  std::string left;
  Detect detect;

 private:
  std::unique_ptr<Detect> reference_;
};

class DetectAsync : public DetectModes {};
class DetectDecoupled : public DetectModes {
 protected:
  // Pushes frame after frame until one carries the result of frame `of`; its meta.
  AnomalyMeta watch_until_result_of(unsigned of, unsigned from) {
    for (unsigned i = from; i < from + 2000; ++i) {
      AnomalyMeta meta = detect.look_at(normal_frame(info, i));
      if (meta.score && meta.result_pts >= of * kFrameTime) return meta;
      std::this_thread::sleep_for(5ms);  // as a camera would
    }
    throw std::runtime_error("no result");
  }
};

// ---- async

TEST_F(DetectAsync, GivesEveryFrameItsOwnResultInOrder) {
  constexpr unsigned kFrames = 20;
  start("async");
  for (unsigned i = 0; i < kFrames; ++i) ASSERT_EQ(detect.push(frame(i)), GST_FLOW_OK);
  for (unsigned i = 0; i < kFrames; ++i) {
    const Buffer out = next();
    ASSERT_TRUE(out);
    EXPECT_EQ(GST_BUFFER_PTS(out.get()), i * kFrameTime);
    const auto meta = anomaly_meta(out.get());
    ASSERT_TRUE(meta);
    EXPECT_EQ(meta->status, "fresh");
    EXPECT_EQ(meta->result_pts, i * kFrameTime);
    EXPECT_EQ(meta->score, score(i));
  }
}

TEST_F(DetectAsync, GivesInBatchesWhatItGivesOneByOne) {
  constexpr unsigned kFrames = 10;
  detect.set("batch-size", 4, "batch-timeout", guint64{50 * GST_MSECOND}, "max-in-flight", 4);
  start("async");
  for (unsigned i = 0; i < kFrames; ++i) ASSERT_EQ(detect.push(frame(i)), GST_FLOW_OK);
  detect.push_event(gst_event_new_eos());
  for (unsigned i = 0; i < kFrames; ++i) {
    const auto meta = anomaly_meta(next().get());
    ASSERT_TRUE(meta);
    EXPECT_EQ(meta->result_pts, i * kFrameTime);
    EXPECT_NEAR(meta->score.value(), score(i), 1e-3) << "more than rounding";
  }
}

// A batch that is larger than the line never fills up: it is not to be waited for.
TEST_F(DetectAsync, MakesNoBatchesThatItsLineIsTooShortFor) {
  constexpr unsigned kFrames = 40;
  detect.set("batch-size", 64, "batch-timeout", guint64{GST_SECOND}, "max-in-flight", 2);
  start("async");
  const auto before = std::chrono::steady_clock::now();
  for (unsigned i = 0; i < kFrames; ++i) ASSERT_EQ(detect.push(frame(i)), GST_FLOW_OK);
  for (unsigned i = 0; i < kFrames; ++i) EXPECT_EQ(anomaly_meta(next().get())->status, "fresh");
  EXPECT_LT(std::chrono::steady_clock::now() - before, 15s) << "20 batches of two waited a second";
}

TEST_F(DetectAsync, HoldsResultsBetween) {
  detect.set("inference-interval", 2u);
  start("async");
  for (unsigned i = 0; i < 6; ++i) detect.push(frame(i));
  for (unsigned i = 0; i < 6; ++i) {
    const Buffer out = next();
    const auto meta = anomaly_meta(out.get());
    EXPECT_EQ(meta->status, i % 2 == 0 ? "fresh" : "held");
    EXPECT_EQ(meta->result_pts, i / 2 * 2 * kFrameTime);
  }
}

TEST_F(DetectAsync, KeepsEventsAmongTheFrames) {
  start("async");
  log_what_leaves();
  detect.push(frame(0));
  detect.push_event(gst_event_new_tag(gst_tag_list_new(GST_TAG_TITLE, "shift 3", nullptr)));
  detect.push(frame(1));
  detect.push_event(gst_event_new_gap(2 * kFrameTime, kFrameTime));
  detect.push(frame(3));
  detect.push_event(gst_event_new_eos());
  const std::string expected = "0 tag 1 gap 3 eos ";
  EXPECT_EQ(left.substr(left.size() - expected.size()), expected);
}

TEST_F(DetectAsync, DrainsBeforeOtherCapsAndQueries) {
  start("async");
  log_what_leaves();
  for (unsigned i = 0; i < 3; ++i) detect.push(frame(i));
  info = video_info(GST_VIDEO_FORMAT_RGB, 128, 96);
  detect.set_caps(info);
  EXPECT_NE(left.find("0 1 2 caps"), std::string::npos) << left;
  for (unsigned i = 3; i < 6; ++i) detect.push(frame(i));
  GstQuery* drain = gst_query_new_drain();
  gst_pad_peer_query(detect.get()->srcpad, drain);
  gst_query_unref(drain);
  EXPECT_NE(left.find("3 4 5 "), std::string::npos) << "a serialized query overtook frames";
  for (unsigned i = 0; i < 6; ++i) EXPECT_EQ(anomaly_meta(next().get())->status, "fresh");
}

TEST_F(DetectAsync, DropsInAFlushAndGoesOn) {
  start("async");
  for (unsigned i = 0; i < 4; ++i) detect.push(frame(i));
  detect.push_event(gst_event_new_flush_start());
  detect.push_event(gst_event_new_flush_stop(TRUE));
  GstSegment segment;
  gst_segment_init(&segment, GST_FORMAT_TIME);
  detect.push_event(gst_event_new_segment(&segment));
  while (detect.pull()) {
  }
  for (unsigned i = 4; i < 7; ++i) ASSERT_EQ(detect.push(frame(i)), GST_FLOW_OK);
  for (unsigned i = 4; i < 7; ++i)
    EXPECT_EQ(GST_BUFFER_PTS(next().get()), i * kFrameTime) << "a frame from before the flush";
}

TEST_F(DetectAsync, BlocksNobodyButItselfForASinkThatBlocks) {
  detect.set("max-in-flight", 3u);
  start("async");
  // One at the door of the sink, and two behind it.
  const gulong probe = gst_pad_add_probe(
      detect.get()->sinkpad,
      static_cast<GstPadProbeType>(GST_PAD_PROBE_TYPE_BLOCK | GST_PAD_PROBE_TYPE_BUFFER),
      +[](GstPad*, GstPadProbeInfo*, gpointer) { return GST_PAD_PROBE_OK; }, nullptr, nullptr);
  for (unsigned i = 0; i < 3; ++i) ASSERT_EQ(detect.push(frame(i)), GST_FLOW_OK);
  auto fourth = std::async(std::launch::async, [&] { return detect.push(frame(3)); });
  EXPECT_EQ(fourth.wait_for(100ms), std::future_status::timeout);
  gst_pad_remove_probe(detect.get()->sinkpad, probe);
  EXPECT_EQ(fourth.get(), GST_FLOW_OK);
  for (unsigned i = 0; i < 4; ++i) EXPECT_EQ(GST_BUFFER_PTS(next().get()), i * kFrameTime);
}

TEST_F(DetectAsync, StopsWhileASinkBlocks) {
  detect.set("max-in-flight", 2u);
  start("async");
  // At the element's own pad: in a pipeline what is downstream stops first.
  gst_pad_add_probe(
      GST_BASE_TRANSFORM_SRC_PAD(detect.element()),
      static_cast<GstPadProbeType>(GST_PAD_PROBE_TYPE_BLOCK | GST_PAD_PROBE_TYPE_BUFFER),
      +[](GstPad*, GstPadProbeInfo*, gpointer) { return GST_PAD_PROBE_OK; }, nullptr, nullptr);
  auto pushing = std::async(std::launch::async, [&] {
    GstFlowReturn flow = GST_FLOW_OK;
    for (unsigned i = 0; flow == GST_FLOW_OK; ++i) flow = detect.push(frame(i));
    return flow;
  });
  EXPECT_EQ(pushing.wait_for(200ms), std::future_status::timeout);
  gst_element_set_state(detect.element(), GST_STATE_READY);
  EXPECT_EQ(pushing.get(), GST_FLOW_FLUSHING);
}

TEST_F(DetectAsync, CountsTheLineInItsLatency) {
  detect.set("max-in-flight", 5u);
  start("async");
  detect.push(frame(0));
  const auto meta = anomaly_meta(next().get());
  EXPECT_GE(gst_harness_query_latency(detect.get()), 4 * kFrameTime + meta->inference_time);
}

TEST_F(DetectAsync, GivesBackAFailure) {
  start("async");
  detect.push(Buffer(gst_buffer_new_allocate(nullptr, 10, nullptr)));  // too small for its caps
  ASSERT_TRUE(detect.await(GST_MESSAGE_ERROR));
  GstFlowReturn flow = GST_FLOW_OK;
  for (unsigned i = 0; flow == GST_FLOW_OK && i < 10; ++i) flow = detect.push(frame(i));
  EXPECT_EQ(flow, GST_FLOW_ERROR);
}

TEST_F(DetectAsync, PushesTheHeatMapOfEveryFrame) {
  start("async");
  GstHarness* branch = gst_harness_new_with_element(detect.element(), nullptr, "heatmap");
  for (unsigned i = 0; i < 6; ++i) detect.push(frame(i));
  detect.push_event(gst_event_new_eos());
  for (unsigned i = 0; i < 6; ++i) {
    const Buffer heat(gst_harness_pull(branch));
    EXPECT_EQ(GST_BUFFER_PTS(heat.get()), i * kFrameTime);
  }
  gst_harness_teardown(branch);
}

// ---- decoupled

TEST_F(DetectDecoupled, PassesEveryFrameAtOnceWithTheLastResultAndItsAge) {
  start("decoupled");
  const AnomalyMeta first = detect.look_at(frame(2));
  EXPECT_EQ(first.status, "skipped") << "there is no result yet";
  const AnomalyMeta later = watch_until_result_of(2, 3);
  EXPECT_EQ(later.status, "held") << "a result of another frame never looks fresh";
  EXPECT_GT(later.age, 0u);
  EXPECT_EQ(later.age % kFrameTime, 0u);
}

TEST_F(DetectDecoupled, SaysWhatSyncSaysWhateverIsDrawn) {
  gst_util_set_object_arg(G_OBJECT(detect.element()), "overlay", "blend");
  start("decoupled");
  detect.watch(frame(2));
  detect.push_event(gst_event_new_eos());  // waits for the result
  const auto ends = detect.messages("mvga-event");
  ASSERT_EQ(ends.size(), 2u);
  EXPECT_EQ(text(*ends[0], "event"), "start");
  EXPECT_EQ(real(*ends[0], "score"), score(2));
  EXPECT_EQ(number(*ends[0], "pts"), 2 * kFrameTime) << "the time of the frame that was inferred";
  EXPECT_EQ(text(*ends[1], "event"), "end");
}

TEST_F(DetectDecoupled, DrawsIntoTheFrameAndNotIntoTheOneThatIsLookedAt) {
  info = video_info(GST_VIDEO_FORMAT_I420, 320, 240);
  gst_util_set_object_arg(G_OBJECT(detect.element()), "overlay", "blend");
  start("decoupled");
  watch_until_result_of(0, 0);
  const Buffer original = normal_frame(info, 5000);
  const Bytes before = bytes_of(original.get());
  const Buffer out = detect.watch(Buffer(gst_buffer_ref(original.get())));
  EXPECT_NE(bytes_of(out.get()), before) << "a label is drawn";
  EXPECT_EQ(bytes_of(original.get()), before) << "whoever else holds the frame sees no change";
}

TEST_F(DetectDecoupled, ForgetsInAFlush) {
  start("decoupled");
  watch_until_result_of(0, 0);
  detect.push_event(gst_event_new_flush_start());
  detect.push_event(gst_event_new_flush_stop(TRUE));
  GstSegment segment;
  gst_segment_init(&segment, GST_FORMAT_TIME);
  detect.push_event(gst_event_new_segment(&segment));
  EXPECT_EQ(detect.look_at(normal_frame(info, 0)).status, "skipped");
}

TEST_F(DetectDecoupled, AddsNoLatency) {
  start("decoupled");
  gst_harness_set_upstream_latency(detect.get(), 7 * GST_MSECOND);
  watch_until_result_of(0, 0);
  EXPECT_EQ(gst_harness_query_latency(detect.get()), 7 * GST_MSECOND);
}

TEST_F(DetectDecoupled, ToleratesOrReportsWhatCannotBeLookedAt) {
  gst_util_set_object_arg(G_OBJECT(detect.element()), "on-error", "passthrough");
  start("decoupled");
  const auto bad = [&] {
    Buffer buffer(gst_buffer_new_allocate(nullptr, 10, nullptr));
    GST_BUFFER_PTS(buffer.get()) = 0;
    return buffer;
  };
  std::string status = "skipped";
  for (unsigned i = 0; i < 2000 && status == "skipped"; ++i) {
    status = detect.look_at(bad()).status;
    std::this_thread::sleep_for(1ms);
  }
  EXPECT_EQ(status, "error") << "frames say that inference failed, until it works again";
  EXPECT_TRUE(detect.await(GST_MESSAGE_WARNING));
  EXPECT_EQ(watch_until_result_of(1, 1).status, "held");

  gst_util_set_object_arg(G_OBJECT(detect.element()), "on-error", "abort");
  GstFlowReturn flow = GST_FLOW_OK;
  for (unsigned i = 0; i < 2000 && flow == GST_FLOW_OK; ++i) {
    flow = detect.push(bad());
    detect.pull();
    std::this_thread::sleep_for(1ms);
  }
  EXPECT_EQ(flow, GST_FLOW_ERROR);
  EXPECT_TRUE(detect.error());
}

TEST_F(DetectDecoupled, LearnsWithoutHoldingUpAFrame) {
  const TemporaryFolder folder;
  detect.set("model", (folder / "new.mvga").c_str(), "weights", nullptr, "learn-frames", 6u);
  start("decoupled");
  std::string status;
  for (unsigned i = 0; i < 20000; ++i) {
    status = detect.look_at(normal_frame(info, i)).status;
    if (status != "learning") break;
    std::this_thread::sleep_for(1ms);
  }
  EXPECT_TRUE(std::filesystem::exists(folder / "new.mvga"));
  EXPECT_EQ(status, "skipped") << "the first frame after learning has no result yet";
}

// ---- all

class EveryMode : public DetectModes, public ::testing::WithParamInterface<const char*> {};

TEST_P(EveryMode, StandsAStormOfProperties) {
  start(GetParam());
  std::atomic<bool> done = false;
  std::thread storm([&] {
    const char* const overlays[] = {"none", "blend", "attach"};
    for (unsigned i = 0; !done; ++i) {
      detect.set("threshold", 0.1 * (i % 50), "alpha", 0.01 * (i % 100), "max-regions", i % 20,
                 "roi", i % 2 == 0 ? nullptr : "0,0,0.5,0.5", "trigger-frames", 1 + i % 3,
                 "inference-interval", 1 + i % 2);
      gst_util_set_object_arg(G_OBJECT(detect.element()), "overlay", overlays[i % 3]);
      if (i % 8 == 0) detect.set("model", small_model(i % 16 == 0 ? 40 : 60).c_str());
      std::this_thread::yield();
    }
  });
  for (unsigned i = 0; i < 100; ++i) {
    ASSERT_EQ(detect.push(frame(i)), GST_FLOW_OK);
    ASSERT_TRUE(next());
  }
  done = true;
  storm.join();
  EXPECT_FALSE(detect.error());
}

TEST_P(EveryMode, StartsAndStopsWithFramesInFlight) {
  gst_util_set_object_arg(G_OBJECT(detect.element()), "inference-mode", GetParam());
  for (unsigned run = 0; run < 20; ++run) {
    detect.start(info);
    for (unsigned i = 0; i < 3; ++i) detect.push(frame(i));
    detect.stop();
    while (detect.pull()) {
    }
  }
}

TEST_P(EveryMode, SurvivesSeeksInTheMiddle) {
  start(GetParam());
  for (unsigned seek = 0; seek < 20; ++seek) {
    for (unsigned i = 0; i < 3; ++i) ASSERT_EQ(detect.push(frame(i)), GST_FLOW_OK);
    detect.push_event(gst_event_new_flush_start());
    detect.push_event(gst_event_new_flush_stop(TRUE));
    GstSegment segment;
    gst_segment_init(&segment, GST_FORMAT_TIME);
    detect.push_event(gst_event_new_segment(&segment));
  }
  while (detect.pull()) {
  }
  ASSERT_EQ(detect.push(frame(0)), GST_FLOW_OK);
  EXPECT_EQ(GST_BUFFER_PTS(next().get()), 0u);
}

TEST_P(EveryMode, LetsAllFramesOutBeforeTheEnd) {
  start(GetParam());
  log_what_leaves();
  for (unsigned i = 0; i < 6; ++i) ASSERT_EQ(detect.push(frame(i)), GST_FLOW_OK);
  detect.push_event(gst_event_new_eos());
  EXPECT_EQ(left.substr(left.find('0')), "0 1 2 3 4 5 eos ");
}

TEST_P(EveryMode, ChangesCapsBetweenTwoFrames) {
  start(GetParam());
  log_what_leaves();
  for (unsigned i = 0; i < 3; ++i) ASSERT_EQ(detect.push(frame(i)), GST_FLOW_OK);
  info = video_info(GST_VIDEO_FORMAT_BGRx, 128, 96);
  detect.set_caps(info);
  for (unsigned i = 3; i < 6; ++i) ASSERT_EQ(detect.push(frame(i)), GST_FLOW_OK);
  detect.push_event(gst_event_new_eos());
  EXPECT_EQ(left.substr(left.find('0')), "0 1 2 caps 3 4 5 eos ");
  for (unsigned i = 0; i < 6; ++i)
    EXPECT_EQ(gst_buffer_get_size(next().get()), i < 3 ? 96u * 64 * 3 / 2 : 128u * 96 * 4);
  EXPECT_FALSE(detect.error());
}

TEST_P(EveryMode, KeepsAGapInItsPlace) {
  start(GetParam());
  log_what_leaves();
  for (unsigned i = 0; i < 3; ++i) ASSERT_EQ(detect.push(frame(i)), GST_FLOW_OK);
  detect.push_event(gst_event_new_gap(3 * kFrameTime, kFrameTime));
  for (unsigned i = 4; i < 6; ++i) ASSERT_EQ(detect.push(frame(i)), GST_FLOW_OK);
  detect.push_event(gst_event_new_eos());
  EXPECT_EQ(left.substr(left.find('0')), "0 1 2 gap 4 5 eos ");
}

TEST_P(EveryMode, LosesNoFrameOfAnUnsteadySourceBeforeASlowSink) {
  constexpr unsigned kFrames = 40;
  start(GetParam());
  log_what_leaves();
  // Now and then, the sink is as slow as several frames are long.
  const auto be_slow = +[](GstPad*, GstPadProbeInfo* probe, gpointer) {
    const GstClockTime number = GST_BUFFER_PTS(GST_PAD_PROBE_INFO_BUFFER(probe)) / kFrameTime;
    std::this_thread::sleep_for(number % 16 == 7 ? 300ms : 2ms);
    return GST_PAD_PROBE_OK;
  };
  gst_pad_add_probe(detect.get()->sinkpad, GST_PAD_PROBE_TYPE_BUFFER, be_slow, nullptr, nullptr);
  std::string expected;
  for (unsigned i = 0; i < kFrames; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(i * 7 % 11));
    ASSERT_EQ(detect.push(frame(i)), GST_FLOW_OK);
    expected += std::to_string(i) + " ";
  }
  detect.push_event(gst_event_new_eos());
  EXPECT_EQ(left.substr(left.find('0')), expected + "eos ");
}

TEST_P(EveryMode, RefusesFramesThatNoCapsCameBefore) {
  gst_util_set_object_arg(G_OBJECT(detect.element()), "inference-mode", GetParam());
  ASSERT_TRUE(detect.play());
  GstSegment segment;
  gst_segment_init(&segment, GST_FORMAT_TIME);
  gst_pad_push_event(detect.get()->srcpad, gst_event_new_segment(&segment));
  EXPECT_EQ(detect.push(frame(0)), GST_FLOW_NOT_NEGOTIATED);
}

TEST_P(EveryMode, NamesTheModelThatAResultIsOf) {
  const TemporaryFolder folder;
  const std::string models[] = {folder / "a.mvga", folder / "b.mvga"};
  std::filesystem::copy_file(small_model(40), models[0]);
  std::filesystem::copy_file(small_model(60), models[1]);
  double scores[2];
  for (unsigned i : {0u, 1u}) {
    Detect alone;
    alone.set("model", models[i].c_str(), "threads", 1);
    alone.start(info);
    scores[i] = alone.look_at(frame(2)).score.value();
  }
  ASSERT_NE(scores[0], scores[1]);
  detect.set("model", models[0].c_str());
  start(GetParam());
  std::atomic<bool> done = false;
  std::thread swaps([&] {
    for (unsigned i = 1; !done; ++i) {
      detect.set("model", models[i % 2].c_str());
      std::this_thread::sleep_for(1ms);
    }
  });
  for (unsigned i = 0; i < 300; ++i) {
    ASSERT_EQ(detect.push(frame(2)), GST_FLOW_OK);
    const auto meta = anomaly_meta(next().get());
    if (!meta->score) continue;
    EXPECT_EQ(*meta->score, scores[meta->model_id == "a" ? 0 : 1]) << "frame " << i;
  }
  done = true;
  swaps.join();
}

INSTANTIATE_TEST_SUITE_P(Modes, EveryMode, ::testing::Values("sync", "async", "decoupled"),
                         [](const auto& mode) { return std::string(mode.param); });

}  // namespace
}  // namespace mvga::testing
