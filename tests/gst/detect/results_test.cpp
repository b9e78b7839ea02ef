// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What mvgadetect writes on a frame: MvgaAnomalyMeta, and a region-of-interest meta per region.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <optional>
#include <tuple>
#include <vector>

#include "tests/gst/harness/detect_harness.h"
#include "tests/gst/harness/small_model.h"
#include "tests/gst/harness/video_frames.h"
#include "tests/models/temporary_folder.h"

namespace mvga::testing {
namespace {

class DetectResults : public ::testing::Test {
 protected:
  void SetUp() override { detect.start(video_info(GST_VIDEO_FORMAT_I420, 96, 64)); }
  Buffer normal(unsigned seed) { return normal_frame(detect.info, seed); }
  Buffer anomalous(unsigned seed) { return anomalous_frame(detect.info, seed); }
  Detect detect;
};

// ---- MvgaAnomalyMeta

TEST_F(DetectResults, OfANormalFrame) {
  const AnomalyMeta meta = detect.look_at(normal(5));
  EXPECT_EQ(meta.schema, 2);
  EXPECT_EQ(meta.status, "fresh");
  EXPECT_EQ(meta.model_id, small_model().stem());
  EXPECT_EQ(meta.event_id, 0u);
  ASSERT_TRUE(meta.score);
  EXPECT_EQ(meta.anomalous, *meta.score > meta.threshold);
  EXPECT_GT(meta.p_value, 0);
  EXPECT_LE(meta.p_value, 1);
  EXPECT_EQ(meta.result_pts, 5 * kFrameTime);
  EXPECT_EQ(meta.age, 0u);
  EXPECT_EQ(meta.regions.size(), meta.n_regions);
}

TEST_F(DetectResults, OfAnAnomalousFrame) {
  const double usual = detect.look_at(normal(1000)).score.value();
  const gint64 start = g_get_monotonic_time();
  const AnomalyMeta meta = detect.look_at(anomalous(1001));
  const guint64 passed = static_cast<guint64>(g_get_monotonic_time() - start + 1) * GST_USECOND;
  EXPECT_GT(*meta.score, usual + 5) << "a bright block did not stand out";
  EXPECT_GT(*meta.score, meta.threshold);
  EXPECT_TRUE(meta.anomalous);
  EXPECT_LT(meta.p_value, 0.2) << "no held-out frame scored so high";
  EXPECT_GT(meta.inference_time, 0u);
  EXPECT_LE(meta.inference_time, passed);
  ASSERT_GE(meta.n_regions, 1u);
  ASSERT_EQ(meta.regions.size(), meta.n_regions);
  const GstVideoRectangle& strongest = meta.regions.front();
  EXPECT_GT(strongest.x + strongest.w, 900) << "the block is at the right border";
  EXPECT_LT(strongest.y, 500) << "the block is half-way up";
  EXPECT_GT(strongest.y + strongest.h, 500) << "the block is half-way up";
  for (const GstVideoRectangle& r : meta.regions) {
    EXPECT_GE(r.x, 0);
    EXPECT_GE(r.y, 0);
    EXPECT_LE(r.x + r.w, 1001) << "rounded twice";
    EXPECT_LE(r.y + r.h, 1001) << "rounded twice";
  }
}

TEST_F(DetectResults, AreTheSameForTheSameFrame) {
  const AnomalyMeta first = detect.look_at(anomalous(1));
  detect.look_at(normal(2));
  EXPECT_EQ(detect.look_at(anomalous(1)).score, first.score);
}

TEST_F(DetectResults, ThatAreHeldSayHowOldTheyAre) {
  detect.set("inference-interval", 3);
  const AnomalyMeta fresh = detect.look_at(anomalous(10));
  for (unsigned i = 1; i <= 2; ++i) {
    const AnomalyMeta held = detect.look_at(normal(10 + i));
    EXPECT_EQ(held.status, "held");
    EXPECT_EQ(held.score, fresh.score);
    EXPECT_EQ(held.threshold, fresh.threshold);
    EXPECT_TRUE(held.anomalous);
    EXPECT_EQ(held.result_pts, 10 * kFrameTime);
    EXPECT_EQ(held.age, i * kFrameTime);
    EXPECT_EQ(held.inference_time, 0u) << "holding costs no inference";
    EXPECT_EQ(held.n_regions, fresh.n_regions);
    EXPECT_EQ(held.event_id, fresh.event_id) << "the event goes on";
  }
  const AnomalyMeta next = detect.look_at(normal(13));
  EXPECT_EQ(next.status, "fresh");
  EXPECT_EQ(next.age, 0u);
  EXPECT_LT(*next.score, *fresh.score);
}

TEST_F(DetectResults, ReplaceThoseOfADetectorBefore) {
  const TemporaryFolder folder;
  std::filesystem::copy_file(small_model(), folder / "second.mvga");
  Detect second;
  second.set("model", (folder / "second.mvga").c_str());
  second.start(detect.info);
  const Buffer out = second.watch(detect.watch(normal(1)));
  guint metas = 0;
  gpointer state = nullptr;
  while (GstMeta* meta = gst_buffer_iterate_meta(out.get(), &state))
    metas += meta->info == gst_meta_get_info("MvgaAnomalyMeta");
  EXPECT_EQ(metas, 1u);
  EXPECT_EQ(anomaly_meta(out.get())->model_id, "second");
}

// ---- regions of interest

TEST_F(DetectResults, HaveTheirRegionsInPixels) {
  detect.info = video_info(GST_VIDEO_FORMAT_I420, 97, 65);
  detect.set_caps(detect.info);
  const Buffer out = detect.watch(anomalous(1));
  const AnomalyMeta meta = *anomaly_meta(out.get());
  const auto metas = anomaly_regions(out.get());
  ASSERT_EQ(metas.size(), meta.n_regions);
  ASSERT_FALSE(metas.empty());
  for (std::size_t i = 0; i < metas.size(); ++i) {
    const GstVideoRegionOfInterestMeta& roi = *metas[i];
    const GstVideoRectangle& box = meta.regions[i];
    EXPECT_EQ(roi.id, static_cast<gint>(i)) << "strongest first";
    EXPECT_NEAR(roi.x, 0.097 * box.x, 0.6);
    EXPECT_NEAR(roi.y, 0.065 * box.y, 0.6);
    EXPECT_NEAR(roi.w, 0.097 * box.w, 1.1);
    EXPECT_NEAR(roi.h, 0.065 * box.h, 1.1);
    EXPECT_LE(roi.x + roi.w, 97u);
    EXPECT_LE(roi.y + roi.h, 65u);
    EXPECT_GE(roi.w, 1u);
    EXPECT_GE(roi.h, 1u);
  }
}

TEST_F(DetectResults, HaveAParameterForEachRegionAsDlStreamerWritesIt) {
  const Buffer out = detect.watch(anomalous(1));
  const AnomalyMeta meta = *anomaly_meta(out.get());
  const auto metas = anomaly_regions(out.get());
  ASSERT_FALSE(metas.empty());
  double above = 1;
  for (std::size_t i = 0; i < metas.size(); ++i) {
    const GstStructure* detection =
        gst_video_region_of_interest_meta_get_param(metas[i], "detection");
    ASSERT_NE(detection, nullptr);
    EXPECT_NEAR(real(*detection, "x_min"), 0.001 * meta.regions[i].x, 0.001);
    EXPECT_NEAR(real(*detection, "y_min"), 0.001 * meta.regions[i].y, 0.001);
    EXPECT_NEAR(real(*detection, "x_max"), 0.001 * (meta.regions[i].x + meta.regions[i].w), 0.002);
    EXPECT_NEAR(real(*detection, "y_max"), 0.001 * (meta.regions[i].y + meta.regions[i].h), 0.002);
    const double confidence = real(*detection, "confidence");
    EXPECT_GE(confidence, 0.5) << "0.5 is the threshold, and a region lies above it";
    EXPECT_LE(confidence, above) << "strongest first";
    above = confidence;
    gint label = 0;
    EXPECT_TRUE(gst_structure_get_int(detection, "label_id", &label));
  }
}

TEST_F(DetectResults, AreLimitedInTheNumberOfTheirRegions) {
  const AnomalyMeta all = detect.look_at(anomalous(1));
  ASSERT_GE(all.n_regions, 1u);
  detect.set("max-regions", 1);
  const Buffer one = detect.watch(anomalous(1));
  EXPECT_EQ(anomaly_regions(one.get()).size(), 1u);
  EXPECT_EQ(anomaly_meta(one.get())->regions.front().x, all.regions.front().x)
      << "not the strongest";
  detect.set("max-regions", 0);
  const Buffer none = detect.watch(anomalous(1));
  EXPECT_TRUE(anomaly_regions(none.get()).empty());
  EXPECT_EQ(anomaly_meta(none.get())->n_regions, 0u);
  EXPECT_TRUE(anomaly_meta(none.get())->anomalous);
}

TEST_F(DetectResults, LeaveOutRegionsThatAreTooSmall) {
  ASSERT_GE(detect.look_at(anomalous(1)).n_regions, 1u);
  detect.set("min-region-area", 0.9);
  const AnomalyMeta meta = detect.look_at(anomalous(1));
  EXPECT_EQ(meta.n_regions, 0u);
  EXPECT_TRUE(meta.anomalous) << "the verdict is the score's";
}

TEST_F(DetectResults, AreAttachedAsAskedFor) {
  const auto attached = [&](const char* flags) {
    gst_util_set_object_arg(G_OBJECT(detect.element()), "attach", flags);
    const Buffer out = detect.watch(anomalous(1));
    return std::tuple(anomaly_meta(out.get()).has_value(), places(out.get()) != nullptr,
                      !anomaly_regions(out.get()).empty());
  };
  EXPECT_EQ(attached("score"), std::tuple(true, false, false));
  EXPECT_EQ(attached("regions"), std::tuple(false, true, true));
  EXPECT_EQ(attached("score+regions"), std::tuple(true, true, true));
  EXPECT_EQ(attached("map"), std::tuple(false, true, false));
  EXPECT_EQ(attached("mask"), std::tuple(false, true, false));
  EXPECT_EQ(attached("0"), std::tuple(false, false, false));
}

// ---- map and mask

struct Grid {
  gint width = 0;
  gint height = 0;
  double normal = 0;
  double threshold = 0;
  Bytes values;
};

std::optional<Grid> grid(GstBuffer* buffer, const char* field) {
  const GstStructure* where = places(buffer);
  GstStructure* found = nullptr;
  if (where == nullptr || !gst_structure_get(where, field, GST_TYPE_STRUCTURE, &found, nullptr))
    return std::nullopt;
  Grid grid;
  GBytes* values = nullptr;
  EXPECT_TRUE(gst_structure_get(found, "width", G_TYPE_INT, &grid.width, "height", G_TYPE_INT,
                                &grid.height, "normal", G_TYPE_DOUBLE, &grid.normal, "threshold",
                                G_TYPE_DOUBLE, &grid.threshold, "values", G_TYPE_BYTES, &values,
                                nullptr));
  gsize size = 0;
  const auto* data = static_cast<const guint8*>(g_bytes_get_data(values, &size));
  grid.values.assign(data, data + size);
  g_bytes_unref(values);
  gst_structure_free(found);
  return grid;
}

TEST_F(DetectResults, HaveTheirMapWhenItIsAskedFor) {
  EXPECT_FALSE(grid(detect.watch(anomalous(1)).get(), "map")) << "a map is large";
  detect.set("attach", 1 << 2);
  const Buffer out = detect.watch(anomalous(1));
  const auto map = grid(out.get(), "map");
  ASSERT_TRUE(map);
  const auto positions = static_cast<std::size_t>(map->width) * map->height;
  ASSERT_EQ(map->values.size(), positions * sizeof(float));
  std::vector<float> values(positions);
  std::memcpy(values.data(), map->values.data(), map->values.size());
  EXPECT_GT(*std::max_element(values.begin(), values.end()), map->threshold)
      << "there is a region, so the map is above the threshold somewhere";
  EXPECT_LT(*std::min_element(values.begin(), values.end()), map->threshold);
  EXPECT_LT(map->normal, map->threshold);
  EXPECT_TRUE(anomaly_regions(out.get()).empty()) << "not asked for";
}

TEST_F(DetectResults, HaveAMaskOfWhatLiesAboveTheThreshold) {
  gst_util_set_object_arg(G_OBJECT(detect.element()), "attach", "map+mask");
  const Buffer out = detect.watch(anomalous(1));
  const auto map = grid(out.get(), "map");
  const auto mask = grid(out.get(), "mask");
  ASSERT_TRUE(map && mask);
  ASSERT_EQ(mask->values.size(), map->values.size() / sizeof(float));
  EXPECT_EQ(mask->width, map->width);
  for (std::size_t i = 0; i < mask->values.size(); ++i) {
    float value = 0;
    std::memcpy(&value, map->values.data() + i * sizeof(float), sizeof(float));
    EXPECT_EQ(mask->values[i], value > map->threshold ? 255 : 0);
  }
}

// ---- read-only properties

TEST_F(DetectResults, AreSummedUpInStats) {
  const auto stats = [&] {
    GstStructure* structure = nullptr;
    g_object_get(detect.element(), "stats", &structure, nullptr);
    return std::shared_ptr<GstStructure>(structure, gst_structure_free);
  };
  EXPECT_EQ(number(*stats(), "frames"), 0u);
  detect.set("inference-interval", 2, "on-error", 1);
  Buffer gap = normal(0);
  GST_BUFFER_FLAG_SET(gap.get(), GST_BUFFER_FLAG_GAP);
  detect.watch(std::move(gap));
  for (unsigned i = 1; i <= 5; ++i) detect.watch(i == 3 ? anomalous(i) : normal(i));
  Buffer broken = normal(6);
  gst_buffer_set_size(broken.get(), 100);
  detect.watch(std::move(broken));  // held: not inferred
  broken = normal(7);
  gst_buffer_set_size(broken.get(), 100);
  detect.watch(std::move(broken));
  const auto seen = stats();
  EXPECT_TRUE(gst_structure_has_name(seen.get(), "mvga-stats"));
  EXPECT_EQ(number(*seen, "frames"), 8u);
  EXPECT_EQ(number(*seen, "skipped"), 1u);
  EXPECT_EQ(number(*seen, "inferred"), 3u);
  EXPECT_EQ(number(*seen, "held"), 3u);
  EXPECT_EQ(number(*seen, "failed"), 1u);
  EXPECT_EQ(number(*seen, "events"), 1u);
  for (const char* stage : {"convert", "backbone", "score"}) {
    const auto of = [&](const char* what) {
      return real(*seen, (std::string(stage) + what).c_str());
    };
    EXPECT_GT(of("-ms"), 0) << stage;
    EXPECT_GE(of("-p95-ms"), of("-ms")) << stage;
    EXPECT_GE(of("-max-ms"), of("-p95-ms")) << stage;
    EXPECT_GE(of("-total-ms"), of("-max-ms") + of("-ms")) << "three frames: " << stage;
  }
  EXPECT_EQ(real(*seen, "draw-ms"), 0) << "nothing is drawn";

  detect.stop();
  detect.start(detect.info);
  EXPECT_EQ(number(*stats(), "frames"), 0u) << "a new run counts anew";
}

TEST_F(DetectResults, LeaveTheLastScoreBehind) {
  const auto last = [&] {
    double score = 0;
    g_object_get(detect.element(), "last-score", &score, nullptr);
    return score;
  };
  const double anomaly = detect.look_at(anomalous(1)).score.value();
  EXPECT_EQ(last(), anomaly);
  const double usual = detect.look_at(normal(2)).score.value();
  EXPECT_EQ(last(), usual);
}

}  // namespace
}  // namespace mvga::testing
