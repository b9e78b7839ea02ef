// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What mvgadetect writes on a frame as GstAnalytics metadata.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <tuple>

#include "tests/gst/detect/relation_meta.h"
#include "tests/gst/harness/detect_harness.h"
#include "tests/gst/harness/small_model.h"
#include "tests/models/temporary_folder.h"

namespace mvga::testing {
namespace {

class DetectAnalytics : public ::testing::Test {
 protected:
  void SetUp() override { detect.start(video_info(GST_VIDEO_FORMAT_I420, 96, 64)); }
  Buffer normal(unsigned seed) { return normal_frame(detect.info, seed); }
  Buffer anomalous(unsigned seed) { return anomalous_frame(detect.info, seed); }
  void attach(const char* flags) {
    gst_util_set_object_arg(G_OBJECT(detect.element()), "attach", flags);
  }
  Detect detect;
};

// ---- the verdict

TEST_F(DetectAnalytics, HaveTheVerdictAsClasses) {
  for (const bool anomaly : {false, true}) {
    const Buffer out = detect.watch(anomaly ? anomalous(7) : normal(7));
    const auto all = classes_of(out.get());
    ASSERT_EQ(all.size(), 1u);
    const ClassMtd& classes = all[0];
    EXPECT_EQ(classes.names, (std::vector<std::string>{"normal", "anomaly"}));
    EXPECT_FLOAT_EQ(classes.confidences[0] + classes.confidences[1], 1);
    EXPECT_EQ(classes.confidence_in("anomaly") > 0.5f, anomaly_meta(out.get())->anomalous)
        << "the class says something else than the verdict";
    EXPECT_EQ(anomaly_meta(out.get())->anomalous, anomaly);
  }
}

TEST_F(DetectAnalytics, AreAsSureAsTheScoreIsFarFromTheThreshold) {
  const Buffer first = detect.watch(anomalous(1));
  const double score = anomaly_meta(first.get())->score.value();
  const auto anomaly_at = [&](double threshold) {
    detect.set("threshold", threshold);
    return classes_of(detect.watch(anomalous(1)).get()).at(0).confidence_in("anomaly");
  };
  // The typical score is that of normal frames, far below, so that half of the way is at 0.5.
  EXPECT_NEAR(anomaly_at(score), 0.5, 1e-6);
  EXPECT_LT(anomaly_at(score * 1.5), 0.5);
  EXPECT_GT(anomaly_at(score * 0.9), 0.5);
  EXPECT_EQ(anomaly_at(score * 0.01), 1);
}

// ---- regions

TEST_F(DetectAnalytics, HaveTheSameRegionsAsTheOtherMetadata) {
  detect.info = video_info(GST_VIDEO_FORMAT_I420, 97, 65);
  detect.set_caps(detect.info);
  const Buffer out = detect.watch(anomalous(1));
  const auto objects = objects_of(out.get());
  const auto rois = anomaly_regions(out.get());
  ASSERT_FALSE(objects.empty());
  ASSERT_EQ(objects.size(), rois.size());
  for (std::size_t i = 0; i < objects.size(); ++i) {
    const GstVideoRectangle& box = objects[i].box;
    EXPECT_EQ(objects[i].type, "anomaly");
    EXPECT_EQ(box.x, static_cast<gint>(rois[i]->x));
    EXPECT_EQ(box.y, static_cast<gint>(rois[i]->y));
    EXPECT_EQ(box.w, static_cast<gint>(rois[i]->w));
    EXPECT_EQ(box.h, static_cast<gint>(rois[i]->h));
    EXPECT_FLOAT_EQ(
        objects[i].confidence,
        static_cast<float>(real(*gst_video_region_of_interest_meta_get_param(rois[i], "detection"),
                                "confidence")));
    EXPECT_EQ(rois[i]->id, static_cast<gint>(objects[i].id)) << "DL Streamer pairs them by id";
  }
}

TEST_F(DetectAnalytics, PutTheRegionsIntoTheVerdict) {
  const Buffer out = detect.watch(anomalous(1));
  const guint verdict = classes_of(out.get()).at(0).id;
  const auto objects = objects_of(out.get());
  ASSERT_FALSE(objects.empty());
  for (const ObjectMtd& object : objects) {
    EXPECT_EQ(relation(out.get(), verdict, object.id), GST_ANALYTICS_REL_TYPE_CONTAIN);
    EXPECT_EQ(relation(out.get(), object.id, verdict), GST_ANALYTICS_REL_TYPE_IS_PART_OF)
        << "GST_ANALYTICS_REL_TYPE_RELATE_TO would make 'normal' the region's label";
  }
}

// ---- what is attached, and to what

TEST_F(DetectAnalytics, AreAttachedAsAskedFor) {
  const auto attached = [&](const char* flags) {
    attach(flags);
    const Buffer out = detect.watch(anomalous(1));
    return std::tuple(!classes_of(out.get()).empty(), !objects_of(out.get()).empty());
  };
  EXPECT_EQ(attached("score"), std::tuple(true, false));
  EXPECT_EQ(attached("regions"), std::tuple(false, true));
  EXPECT_EQ(attached("score+regions"), std::tuple(true, true));
  EXPECT_EQ(attached("map"), std::tuple(false, false));
  EXPECT_EQ(attached("0"), std::tuple(false, false));
}

TEST_F(DetectAnalytics, AreNotOnFramesWithoutAResult) {
  Buffer gap = normal(0);
  GST_BUFFER_FLAG_SET(gap.get(), GST_BUFFER_FLAG_GAP);
  const Buffer out = detect.watch(std::move(gap));
  ASSERT_EQ(anomaly_meta(out.get())->status, "skipped");
  EXPECT_TRUE(classes_of(out.get()).empty());
  EXPECT_TRUE(objects_of(out.get()).empty());
}

TEST_F(DetectAnalytics, AreHeldWithTheResult) {
  detect.set("inference-interval", 2);
  const Buffer fresh = detect.watch(anomalous(1));
  const Buffer held = detect.watch(normal(2));
  ASSERT_EQ(anomaly_meta(held.get())->status, "held");
  EXPECT_EQ(classes_of(held.get()).at(0).confidences, classes_of(fresh.get()).at(0).confidences);
  EXPECT_EQ(objects_of(held.get()).size(), objects_of(fresh.get()).size());
}

TEST_F(DetectAnalytics, LeaveWhatOthersHaveAttached) {
  Buffer frame = anomalous(1);
  GstAnalyticsRelationMeta* theirs = gst_buffer_add_analytics_relation_meta(frame.get());
  GstAnalyticsODMtd bottle;
  GstAnalyticsTrackingMtd track;
  gst_analytics_relation_meta_add_od_mtd(theirs, g_quark_from_string("bottle"), 1, 2, 30, 40, 0.75f,
                                         &bottle);
  gst_analytics_relation_meta_add_tracking_mtd(theirs, 17, 0, &track);
  gst_analytics_relation_meta_set_relation(theirs, GST_ANALYTICS_REL_TYPE_RELATE_TO, bottle.id,
                                           track.id);
  const Buffer out = detect.watch(std::move(frame));

  const auto objects = objects_of(out.get());
  ASSERT_GE(objects.size(), 2u);
  EXPECT_EQ(objects[0].id, bottle.id);
  EXPECT_EQ(objects[0].type, "bottle");
  EXPECT_EQ(objects[0].box.w, 30);
  EXPECT_EQ(objects[0].confidence, 0.75f);
  EXPECT_EQ(relation(out.get(), bottle.id, track.id), GST_ANALYTICS_REL_TYPE_RELATE_TO);
  const guint verdict = classes_of(out.get()).at(0).id;
  EXPECT_EQ(relation(out.get(), verdict, bottle.id), GST_ANALYTICS_REL_TYPE_NONE)
      << "the bottle is not an anomaly";
  const auto rois = anomaly_regions(out.get());
  ASSERT_EQ(rois.size() + 1, objects.size());
  for (std::size_t i = 0; i < rois.size(); ++i) {
    EXPECT_EQ(objects[i + 1].type, "anomaly");
    EXPECT_EQ(rois[i]->id, static_cast<gint>(objects[i + 1].id));
    EXPECT_EQ(relation(out.get(), verdict, objects[i + 1].id), GST_ANALYTICS_REL_TYPE_CONTAIN);
  }
}

TEST_F(DetectAnalytics, OfTwoDetectorsCanBeToldApart) {
  Detect second;
  second.set("roi", "0.5,0,0.5,1", "max-regions", 1);
  second.start(detect.info);
  const Buffer once = detect.watch(anomalous(1));
  const auto of_first = objects_of(once.get());
  const Buffer out = second.watch(detect.watch(anomalous(1)));
  const auto verdicts = classes_of(out.get());
  ASSERT_EQ(verdicts.size(), 2u);
  const auto objects = objects_of(out.get());
  ASSERT_EQ(objects.size(), of_first.size() + 1);
  for (std::size_t i = 0; i < objects.size(); ++i) {
    const bool first = i < of_first.size();
    const guint id = objects[i].id;
    EXPECT_EQ(relation(out.get(), verdicts[0].id, id),
              first ? GST_ANALYTICS_REL_TYPE_CONTAIN : GST_ANALYTICS_REL_TYPE_NONE);
    EXPECT_EQ(relation(out.get(), verdicts[1].id, id),
              first ? GST_ANALYTICS_REL_TYPE_NONE : GST_ANALYTICS_REL_TYPE_CONTAIN);
  }
}

// ---- the mask

#if GST_CHECK_VERSION(1, 26, 0)
Bytes mask_values(GstBuffer* buffer) {
  GstStructure* grid = nullptr;
  GBytes* bytes = nullptr;
  if (!gst_structure_get(places(buffer), "mask", GST_TYPE_STRUCTURE, &grid, nullptr)) return {};
  gst_structure_get(grid, "values", G_TYPE_BYTES, &bytes, nullptr);
  gsize size = 0;
  const auto* data = static_cast<const guint8*>(g_bytes_get_data(bytes, &size));
  Bytes values(data, data + size);
  g_bytes_unref(bytes);
  gst_structure_free(grid);
  return values;
}

TEST_F(DetectAnalytics, HaveAMaskWhenItIsAskedFor) {
  EXPECT_TRUE(masks_of(detect.watch(anomalous(1)).get()).empty());
  attach("score+mask");
  const Buffer out = detect.watch(anomalous(1));
  const auto masks = masks_of(out.get());
  ASSERT_EQ(masks.size(), 1u);
  const MaskMtd& mask = masks[0];
  EXPECT_EQ(mask.format, GST_VIDEO_FORMAT_GRAY8);
  EXPECT_EQ(std::tuple(mask.box.x, mask.box.y, mask.box.w, mask.box.h), std::tuple(0, 0, 96, 64));
  EXPECT_EQ(mask.region_ids, (std::vector<guint>{0, 1})) << "for each class of the verdict, one";

  const Bytes wanted = mask_values(out.get());
  ASSERT_EQ(mask.values.size(), wanted.size());
  for (std::size_t i = 0; i < wanted.size(); ++i) EXPECT_EQ(mask.values[i], wanted[i] / 255) << i;
  EXPECT_NE(std::count(mask.values.begin(), mask.values.end(), 1), 0) << "nothing is anomalous";
  EXPECT_NE(std::count(mask.values.begin(), mask.values.end(), 0), 0) << "all is anomalous";

  const ClassMtd classes = classes_of(out.get()).at(0);
  EXPECT_EQ(relation(out.get(), mask.id, classes.id), GST_ANALYTICS_REL_TYPE_N_TO_N);
}

TEST_F(DetectAnalytics, PutTheMaskOnThePartThatIsInferred) {
  detect.set("roi", "0.25,0.5,0.5,0.25");
  attach("mask");
  const auto masks = masks_of(detect.watch(anomalous(1)).get());
  ASSERT_EQ(masks.size(), 1u) << "without the verdict";
  const GstVideoRectangle& box = masks[0].box;
  EXPECT_EQ(std::tuple(box.x, box.y, box.w, box.h), std::tuple(24, 32, 48, 16));
}

TEST_F(DetectAnalytics, MaskTheBlockAndNotTheRest) {
  attach("score+regions+mask");
  const Buffer out = detect.watch(anomalous(1));
  const MaskMtd mask = masks_of(out.get()).at(0);
  const auto objects = objects_of(out.get());
  // Every anomalous position lies in a region, but for the rounding of boxes to the finer grid.
  for (int y = 0; y < mask.height; ++y) {
    for (int x = 0; x < mask.width; ++x) {
      if (mask.values[static_cast<std::size_t>(y) * mask.width + x] == 0) continue;
      const double px = (x + 0.5) * 96 / mask.width;
      const double py = (y + 0.5) * 64 / mask.height;
      EXPECT_TRUE(std::any_of(objects.begin(), objects.end(),
                              [&](const ObjectMtd& o) {
                                return px >= o.box.x - 1 && px <= o.box.x + o.box.w + 1 &&
                                       py >= o.box.y - 1 && py <= o.box.y + o.box.h + 1;
                              }))
          << x << ", " << y << " is in no region";
    }
  }
}
#endif

}  // namespace
}  // namespace mvga::testing
