// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Frames that are marked as damaged: neither learned nor judged.
#include <gtest/gtest.h>

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "gst/frames/handles.h"
#include "tests/gst/harness/detect_harness.h"
#include "tests/gst/harness/fit_harness.h"
#include "tests/gst/harness/small_model.h"
#include "tests/models/temporary_folder.h"

namespace mvga::testing {
namespace {

Buffer marked(Buffer frame, GstBufferFlags flag = GST_BUFFER_FLAG_CORRUPTED) {
  GST_BUFFER_FLAG_SET(frame.get(), flag);
  return frame;
}

guint64 stat(Detect& detect, const char* field) {
  GstStructure* stats = nullptr;
  g_object_get(detect.element(), "stats", &stats, nullptr);
  const gst::Structure owned(stats);
  return number(*stats, field);
}

class DetectCorrupted : public ::testing::Test {
 protected:
  Buffer normal(unsigned i) { return normal_frame(info, i); }
  Buffer anomalous(unsigned i) { return anomalous_frame(info, i); }

  GstVideoInfo info = video_info(GST_VIDEO_FORMAT_I420, 96, 64);
  Detect detect;
};

TEST_F(DetectCorrupted, StartNoEvent) {
  detect.start(info);
  EXPECT_EQ(detect.look_at(normal(0)).status, "fresh");
  for (unsigned i = 1; i < 6; ++i) {
    const AnomalyMeta meta = detect.look_at(marked(anomalous(i)));
    EXPECT_EQ(meta.status, "corrupted");
    EXPECT_FALSE(meta.score) << "a result that is not of this frame";
    EXPECT_EQ(meta.event_id, 0u);
  }
  EXPECT_EQ(detect.look_at(normal(6)).status, "fresh");
  EXPECT_TRUE(detect.messages("mvga-event").empty());
  EXPECT_EQ(stat(detect, "corrupted"), 5u);
  EXPECT_EQ(stat(detect, "inferred"), 2u);
}

TEST_F(DetectCorrupted, AreToldOfOnce) {
  detect.start(info);
  for (unsigned i = 0; i < 3; ++i) detect.watch(marked(normal(i)));
  const auto warning = detect.warning();
  ASSERT_TRUE(warning);
  EXPECT_NE(warning->text.find("corrupted"), std::string::npos) << warning->text;
  EXPECT_FALSE(detect.warning());
}

TEST_F(DetectCorrupted, EndNoEventAndAreCountedInIt) {
  detect.start(info);
  const guint64 id = detect.look_at(anomalous(0)).event_id;
  ASSERT_NE(id, 0u);
  for (unsigned i = 1; i < 4; ++i) EXPECT_EQ(detect.look_at(marked(normal(i))).event_id, id);
  EXPECT_EQ(detect.look_at(anomalous(4)).event_id, id) << "one event was made two";
  detect.look_at(normal(5));
  detect.look_at(anomalous(6));
  detect.look_at(normal(7));
  const auto messages = detect.messages("mvga-event");
  ASSERT_EQ(messages.size(), 4u);
  EXPECT_EQ(number(*messages[1], "corrupted"), 3u);
  EXPECT_EQ(number(*messages[1], "frames"), 2u) << "those that were looked at";
  EXPECT_EQ(number(*messages[3], "corrupted"), 0u) << "those of the event before";
}

TEST_F(DetectCorrupted, DoNotTakeTheTurnOfAnother) {
  detect.set("inference-interval", 3u);
  detect.start(info);
  std::vector<std::string> statuses;
  for (unsigned i = 0; i < 6; ++i)
    statuses.push_back(detect.look_at(i == 0 || i == 4 ? marked(normal(i)) : normal(i)).status);
  EXPECT_EQ(statuses,
            (std::vector<std::string>{"corrupted", "fresh", "held", "held", "corrupted", "fresh"}));
}

TEST_F(DetectCorrupted, AreJudgedInNoMode) {
  for (const char* mode : {"async", "decoupled"}) {
    Detect one;
    gst_util_set_object_arg(G_OBJECT(one.element()), "inference-mode", mode);
    one.start(info);
    for (unsigned i = 0; i < 4; ++i) {
      ASSERT_EQ(one.push(marked(anomalous(i))), GST_FLOW_OK);
      const Buffer out(gst_harness_pull(one.get()));
      EXPECT_EQ(anomaly_meta(out.get())->status, "corrupted") << mode;
    }
    one.push_event(gst_event_new_eos());
    EXPECT_EQ(stat(one, "inferred"), 0u) << mode;
    EXPECT_TRUE(one.messages("mvga-event").empty()) << mode;
  }
}

TEST_F(DetectCorrupted, AreNoFillersWhichHoldTheLastResult) {
  detect.start(info);
  detect.look_at(normal(0));
  const AnomalyMeta gap = detect.look_at(marked(anomalous(1), GST_BUFFER_FLAG_GAP));
  EXPECT_EQ(gap.status, "held");
  EXPECT_FALSE(gap.anomalous);
  EXPECT_TRUE(detect.messages("mvga-event").empty());
}

TEST_F(DetectCorrupted, AreNotLearnedInPlace) {
  const TemporaryFolder folder;
  // The weights that are built in.
  detect.set("model", (folder / "line.mvga").c_str(), "weights", nullptr, "learn-frames", 12u);
  detect.start(info);
  for (unsigned i = 0; i < 16; ++i) {
    const bool bad = i % 4 == 1;
    const AnomalyMeta meta = detect.look_at(bad ? marked(anomalous(i)) : normal(i));
    EXPECT_EQ(meta.status, bad ? "corrupted" : "learning") << i;
  }
  EXPECT_EQ(detect.look_at(normal(16)).status, "fresh");
  const auto messages = detect.messages("mvga-fit");
  ASSERT_FALSE(messages.empty());
  EXPECT_EQ(text(*messages.back(), "phase"), "done");
  EXPECT_EQ(number(*messages.back(), "frames"), 12u);
  EXPECT_EQ(number(*messages.back(), "corrupted"), 4u);
}

// ---- mvgafit

/// The threshold of a model of twenty frames, with spoilt ones between them if they are marked so.
double threshold(std::optional<GstBufferFlags> flag) {
  FitHarness fit;
  EXPECT_TRUE(fit.begin());
  for (unsigned i = 0; i < 20; ++i) {
    EXPECT_EQ(fit.learn(1, i), GST_FLOW_OK);
    if (!flag || i % 5 != 0) continue;
    EXPECT_EQ(fit.push(marked(anomalous_frame(fit.video(), i), *flag)), GST_FLOW_OK);
  }
  fit.end();
  const auto done = fit.messages("mvga-fit");
  if (done.empty()) throw std::runtime_error("nothing was learned");
  EXPECT_EQ(number(*done.back(), "frames"), 20u);
  EXPECT_EQ(number(*done.back(), "corrupted"), flag == GST_BUFFER_FLAG_CORRUPTED ? 4u : 0u);
  return real(*done.back(), "threshold");
}

TEST(FitCorrupted, ChangesNothing) {
  const double without = threshold(std::nullopt);
  EXPECT_EQ(threshold(GST_BUFFER_FLAG_CORRUPTED), without);
  EXPECT_EQ(threshold(GST_BUFFER_FLAG_GAP), without);
}

TEST(FitCorrupted, IsWhyThereWereTooFew) {
  FitHarness fit;
  ASSERT_TRUE(fit.begin());
  for (unsigned i = 0; i < 20; ++i) fit.push(marked(normal_frame(fit.video(), i)));
  fit.end();
  const auto error = fit.error();
  ASSERT_TRUE(error);
  EXPECT_NE(error->text.find("20 more were marked as corrupted"), std::string::npos) << error->text;
  EXPECT_TRUE(fit.warning()) << "said with the first of them";
}

}  // namespace
}  // namespace mvga::testing
