// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What the C library says of a frame is what mvgadetect has attached to it.
#include <gtest/gtest.h>
#include <mvga/anomaly.h>

#include <atomic>
#include <cmath>
#include <cstring>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "gst/frames/handles.h"
#include "gst/meta/anomaly_meta.h"
#include "tests/gst/harness/detect_harness.h"
#include "tests/gst/harness/meta_changes.h"
#include "tests/gst/harness/overlay_harness.h"
#include "tests/gst/harness/publish_harness.h"
#include "tests/gst/harness/small_model.h"
#include "tests/gst/harness/video_frames.h"
#include "tests/gst/meta/metadata_in_c.h"
#include "tests/models/temporary_folder.h"

namespace mvga::testing {
namespace {

struct Unref {
  void operator()(MvgaAnomaly* anomaly) const { mvga_anomaly_unref(anomaly); }
};
using Anomaly = std::unique_ptr<MvgaAnomaly, Unref>;
using GBytesOwner = gst::Owned<GBytes>;

Anomaly anomaly_of(const Buffer& buffer) {
  return Anomaly(mvga_buffer_get_anomaly(buffer.get()));
}

const GstStructure* structure_of(const Buffer& buffer, const char* meta) {
  GstCustomMeta* custom = gst_buffer_get_custom_meta(buffer.get(), meta);
  return custom ? gst_custom_meta_get_structure(custom) : nullptr;
}

gst::Structure part(const GstStructure* structure, const char* field) {
  GstStructure* found = nullptr;
  gst_structure_get(structure, field, GST_TYPE_STRUCTURE, &found, nullptr);
  return gst::Structure(found);
}

nlohmann::json json_of(const Anomaly& anomaly, const GstCaps* caps, const char* source) {
  const gst::String text(mvga_anomaly_to_json(anomaly.get(), caps, source));
  return nlohmann::json::parse(text.get());
}

class Metadata : public ::testing::Test {
 protected:
  Metadata() : detect("score+regions+map+mask") {}
  void SetUp() override { detect.start(video_info(GST_VIDEO_FORMAT_I420, 96, 64)); }

  Buffer normal(unsigned seed) { return detect.watch(normal_frame(detect.info, seed)); }
  Buffer anomalous(unsigned seed) { return detect.watch(anomalous_frame(detect.info, seed)); }
  void attach(const char* flags) { set_text(detect, "attach", flags); }

  Describe detect;
};

TEST_F(Metadata, HaveEveryFieldOfTheResult) {
  detect.set("inference-interval", 2);
  for (unsigned seed = 0; seed < 4; ++seed) {
    const Buffer frame = seed < 2 ? anomalous(seed) : normal(seed);
    const GstStructure& meta = *structure_of(frame, kAnomalyMeta);
    const Anomaly anomaly = anomaly_of(frame);
    ASSERT_NE(anomaly, nullptr);
    EXPECT_EQ(mvga_anomaly_get_schema(anomaly.get()), 2);
    const auto status = mvga_anomaly_get_status(anomaly.get());
    EXPECT_EQ(status, seed % 2 == 0 ? MVGA_ANOMALY_STATUS_FRESH : MVGA_ANOMALY_STATUS_HELD);
    EXPECT_EQ(mvga_anomaly_status_to_string(status), text(meta, "status"));
    EXPECT_EQ(mvga_anomaly_get_model_id(anomaly.get()), small_model().stem());
    EXPECT_EQ(mvga_anomaly_get_event_id(anomaly.get()), number(meta, "event-id"));
    EXPECT_TRUE(mvga_anomaly_has_result(anomaly.get()));
    EXPECT_EQ(mvga_anomaly_get_score(anomaly.get()), real(meta, "score"));
    EXPECT_EQ(mvga_anomaly_get_threshold(anomaly.get()), real(meta, "threshold"));
    EXPECT_EQ(mvga_anomaly_get_p_value(anomaly.get()), real(meta, "p-value"));
    EXPECT_EQ(mvga_anomaly_is_anomalous(anomaly.get()), seed < 2);
    EXPECT_EQ(mvga_anomaly_get_result_pts(anomaly.get()), (seed - seed % 2) * kFrameTime);
    EXPECT_EQ(mvga_anomaly_get_age(anomaly.get()), (seed % 2) * kFrameTime);
    EXPECT_EQ(mvga_anomaly_get_inference_time(anomaly.get()), number(meta, "inference-time"));
  }
}

TEST_F(Metadata, HaveTheRegionsStrongestFirst) {
  const Buffer frame = anomalous(1);
  const gst::Structure list = part(structure_of(frame, kPlacesMeta), "regions");
  const Anomaly anomaly = anomaly_of(frame);
  const guint count = mvga_anomaly_get_n_regions(anomaly.get());
  ASSERT_GE(count, 1u);
  EXPECT_TRUE(mvga_anomaly_has_regions(anomaly.get()));
  EXPECT_EQ(count, static_cast<guint>(gst_structure_n_fields(list.get())));
  for (guint i = 0; i < count; ++i) {
    const gst::Structure expected = part(list.get(), ("region-" + std::to_string(i)).c_str());
    const MvgaRegion& region = *mvga_anomaly_get_region(anomaly.get(), i);
    EXPECT_EQ(region.x, real(*expected, "x"));
    EXPECT_EQ(region.y, real(*expected, "y"));
    EXPECT_EQ(region.width, real(*expected, "width"));
    EXPECT_EQ(region.height, real(*expected, "height"));
    EXPECT_EQ(region.area, real(*expected, "area"));
    EXPECT_EQ(region.peak, real(*expected, "peak"));
    EXPECT_EQ(region.confidence, real(*expected, "confidence"));
    EXPECT_GE(region.confidence, 0.5) << "a region lies above the threshold";
  }
  EXPECT_EQ(mvga_anomaly_get_region(anomaly.get(), count), nullptr);
}

TEST_F(Metadata, HaveTheRegionOfInterest) {
  detect.set("roi", "0.5,0.25,0.5,0.75");
  double x = 0;
  double y = 0;
  double width = 0;
  double height = 0;
  const Anomaly anomaly = anomaly_of(anomalous(1));
  EXPECT_TRUE(mvga_anomaly_get_roi(anomaly.get(), &x, &y, &width, &height));
  EXPECT_EQ(x, 0.5);
  EXPECT_EQ(y, 0.25);
  EXPECT_EQ(width, 0.5);
  EXPECT_EQ(height, 0.75);
  EXPECT_TRUE(mvga_anomaly_get_roi(anomaly.get(), nullptr, nullptr, nullptr, nullptr));
}

struct GridReading {
  guint width = 1;
  guint height = 1;
  double normal = 1;
  double threshold = 1;
  std::vector<guint8> values;
};

template <typename Get>
GridReading read(Get get, const Anomaly& anomaly) {
  GridReading grid;
  const GBytesOwner bytes(
      get(anomaly.get(), &grid.width, &grid.height, &grid.normal, &grid.threshold));
  if (bytes == nullptr) return grid;
  gsize size = 0;
  const auto* data = static_cast<const guint8*>(g_bytes_get_data(bytes.get(), &size));
  grid.values.assign(data, data + size);
  return grid;
}

TEST_F(Metadata, HaveMapAndMaskWithTheirScale) {
  const Buffer frame = anomalous(1);
  const gst::Structure expected = part(structure_of(frame, kPlacesMeta), "map");
  const Anomaly anomaly = anomaly_of(frame);
  const GridReading map = read(mvga_anomaly_get_map, anomaly);
  const GridReading mask = read(mvga_anomaly_get_mask, anomaly);
  EXPECT_EQ(map.normal, real(*expected, "normal"));
  EXPECT_EQ(map.threshold, real(*expected, "threshold"));
  EXPECT_EQ(mask.threshold, map.threshold);
  EXPECT_EQ(mask.normal, map.normal);
  EXPECT_EQ(mask.width, map.width);
  EXPECT_EQ(mask.height, map.height);
  ASSERT_EQ(mask.values.size(), std::size_t{map.width} * map.height);
  ASSERT_EQ(map.values.size(), mask.values.size() * sizeof(float));
  for (std::size_t i = 0; i < mask.values.size(); ++i) {
    float value = 0;
    std::memcpy(&value, map.values.data() + i * sizeof value, sizeof value);
    EXPECT_EQ(mask.values[i], value > map.threshold ? 255 : 0);
  }
  EXPECT_NE(GBytesOwner(mvga_anomaly_get_map(anomaly.get(), nullptr, nullptr, nullptr, nullptr)),
            nullptr)
      << "who wants the values alone";
}

TEST_F(Metadata, SayWhatTheyDoNotHave) {
  attach("score");
  Anomaly anomaly = anomaly_of(anomalous(1));
  ASSERT_NE(anomaly, nullptr);
  EXPECT_FALSE(mvga_anomaly_has_regions(anomaly.get()));
  EXPECT_EQ(mvga_anomaly_get_n_regions(anomaly.get()), 0u);
  double x = 1;
  EXPECT_FALSE(mvga_anomaly_get_roi(anomaly.get(), &x, nullptr, nullptr, nullptr));
  EXPECT_EQ(x, 0);
  for (const GridReading& grid :
       {read(mvga_anomaly_get_map, anomaly), read(mvga_anomaly_get_mask, anomaly)}) {
    EXPECT_TRUE(grid.values.empty());
    EXPECT_EQ(grid.width + grid.height, 0u);
    EXPECT_EQ(grid.normal + grid.threshold, 0);
  }
  attach("score+regions");
  detect.set("max-regions", 0);
  anomaly = anomaly_of(anomalous(2));
  EXPECT_TRUE(mvga_anomaly_has_regions(anomaly.get())) << "none is not the same as not known";
  EXPECT_EQ(mvga_anomaly_get_n_regions(anomaly.get()), 0u);
  attach("regions");
  EXPECT_EQ(anomaly_of(anomalous(3)), nullptr) << "places alone are no result";
}

TEST_F(Metadata, NeverLookLikeAScoreWithoutAResult) {
  using gst::FrameStatus;
  for (const auto& [status, expected] :
       {std::pair(FrameStatus::skipped, MVGA_ANOMALY_STATUS_SKIPPED),
        std::pair(FrameStatus::error, MVGA_ANOMALY_STATUS_ERROR)}) {
    const Anomaly anomaly = anomaly_of(frame_with(result_without_detection(status), 0));
    ASSERT_NE(anomaly, nullptr) << gst::name_of(status);
    EXPECT_EQ(mvga_anomaly_get_status(anomaly.get()), expected);
    EXPECT_STREQ(mvga_anomaly_status_to_string(expected), gst::name_of(status));
    EXPECT_STREQ(mvga_anomaly_get_model_id(anomaly.get()), "line");
    EXPECT_FALSE(mvga_anomaly_has_result(anomaly.get()));
    EXPECT_TRUE(std::isnan(mvga_anomaly_get_score(anomaly.get())));
    EXPECT_TRUE(std::isnan(mvga_anomaly_get_threshold(anomaly.get())));
    EXPECT_TRUE(std::isnan(mvga_anomaly_get_p_value(anomaly.get())));
    EXPECT_FALSE(mvga_anomaly_is_anomalous(anomaly.get()));
    EXPECT_EQ(mvga_anomaly_get_result_pts(anomaly.get()), GST_CLOCK_TIME_NONE);
    EXPECT_EQ(mvga_anomaly_get_age(anomaly.get()), GST_CLOCK_TIME_NONE);
    EXPECT_EQ(mvga_anomaly_get_inference_time(anomaly.get()), GST_CLOCK_TIME_NONE);
    EXPECT_FALSE(mvga_anomaly_has_regions(anomaly.get()));
  }
}

TEST_F(Metadata, SayHowFarLearningHasCome) {
  const TemporaryFolder folder;
  Detect learner;
  // The network that is built in: the small one has no default levels.
  learner.set("model", (folder / "new.mvga").c_str(), "weights", nullptr, "learn-frames", 4);
  learner.start(detect.info);
  for (unsigned seed = 0; seed < 4; ++seed) {
    const Buffer frame = learner.watch(normal_frame(detect.info, seed));
    const GstStructure& meta = *structure_of(frame, kAnomalyMeta);
    const Anomaly anomaly = anomaly_of(frame);
    ASSERT_NE(anomaly, nullptr);
    EXPECT_EQ(mvga_anomaly_get_status(anomaly.get()), MVGA_ANOMALY_STATUS_LEARNING);
    EXPECT_EQ(mvga_anomaly_get_learned_frames(anomaly.get()), seed + 1);
    EXPECT_EQ(number(meta, "learned-frames"), seed + 1);
    EXPECT_EQ(mvga_anomaly_get_learn_frames(anomaly.get()), 4u);
    const gst::String lines(metadata_in_c(frame.get()));
    EXPECT_NE(std::string(lines.get()).find(" of 4\n"), std::string::npos) << lines.get();
    const nlohmann::json document = json_of(anomaly, nullptr, nullptr);
    EXPECT_EQ(schema_complaints({document}, "mvga-frame-1.json"), "");
    EXPECT_EQ(document["status"], "learning");
    EXPECT_EQ(document["learn_frames"], 4);
  }
  const Anomaly watched = anomaly_of(anomalous(1));
  EXPECT_EQ(mvga_anomaly_get_learned_frames(watched.get()), 0u);
  EXPECT_EQ(mvga_anomaly_get_learn_frames(watched.get()), 0u);
}

TEST_F(Metadata, OfAFrameThatCouldNotBeLookedAt) {
  detect.set("on-error", 1);
  Buffer broken = normal_frame(detect.info, 1);
  gst_buffer_set_size(broken.get(), 100);
  const Anomaly anomaly = anomaly_of(detect.watch(std::move(broken)));
  ASSERT_NE(anomaly, nullptr);
  EXPECT_EQ(mvga_anomaly_get_status(anomaly.get()), MVGA_ANOMALY_STATUS_ERROR);
  EXPECT_FALSE(mvga_anomaly_has_result(anomaly.get()));
}

// ---- C and JSON

TEST_F(Metadata, AreTheSameInC) {
  const Buffer frame = anomalous(1);
  const Anomaly anomaly = anomaly_of(frame);
  const gst::String lines(metadata_in_c(frame.get()));
  ASSERT_NE(lines, nullptr);
  const std::string text = lines.get();
  EXPECT_EQ(text.find("schema 2\nstatus fresh\nmodel-id "), 0u) << text;
  for (const char* line : {"\nscore ", "\nanomalous 1\n", "\nroi 0 0 1 1\n", "\nhas-regions 1\n",
                           "\nregion ", "\nmap ", "\nmask "})
    EXPECT_NE(text.find(line), std::string::npos) << line << "\nis not in\n" << text;
  EXPECT_EQ(metadata_in_c(normal_frame(detect.info, 1).get()), nullptr);
}

TEST_F(Metadata, HaveTheDocumentThatMvgapublishWrites) {
  const TemporaryFolder folder;
  const Buffer frame = anomalous(3);
  Publish publish;
  publish.set("file-path", (folder / "lines").c_str(), "source", "line-3");
  if (!publish.play()) FAIL() << publish.error()->text;
  publish.set_caps(detect.info);
  publish.push(Buffer(gst_buffer_ref(frame.get())));
  publish.end();
  nlohmann::json published = documents_in(folder / "lines").at(0);
  const gst::Caps caps(gst_video_info_to_caps(&detect.info));
  nlohmann::json read = json_of(anomaly_of(frame), caps.get(), "line-3");
  EXPECT_EQ(schema_complaints({read}, "mvga-frame-1.json"), "");
  published.erase("utc");
  read.erase("utc");
  EXPECT_EQ(read, published);
  EXPECT_FALSE(read["objects"].empty());

  read = json_of(anomaly_of(frame), nullptr, nullptr);
  EXPECT_EQ(schema_complaints({read}, "mvga-frame-1.json"), "");
  EXPECT_FALSE(read.contains("source"));
  EXPECT_FALSE(read.contains("resolution"));
  const gst::Caps no_caps(gst_caps_new_empty());
  EXPECT_FALSE(json_of(anomaly_of(frame), no_caps.get(), nullptr).contains("resolution"));
}

// ---- what cannot be read

TEST_F(Metadata, CountAsNotThereWhenTheyCannotBeRead) {
  EXPECT_EQ(anomaly_of(normal_frame(detect.info, 1)), nullptr) << "there are none";
  const Buffer frame = anomalous(1);
  for (const auto& [what, change] : unreadable_results()) {
    const Buffer changed(gst_buffer_copy_deep(frame.get()));
    change_meta(changed.get(), kAnomalyMeta, change);
    EXPECT_EQ(anomaly_of(changed), nullptr) << what;
  }
}

TEST_F(Metadata, KeepTheScoreWhenPlacesCannotBeRead) {
  const Buffer frame = anomalous(1);
  const double score = mvga_anomaly_get_score(anomaly_of(frame).get());
  for (const auto& [what, change] : unreadable_places()) {
    const Buffer changed(gst_buffer_copy_deep(frame.get()));
    change_meta(changed.get(), kPlacesMeta, change);
    const Anomaly anomaly = anomaly_of(changed);
    ASSERT_NE(anomaly, nullptr) << what;
    EXPECT_EQ(mvga_anomaly_get_score(anomaly.get()), score) << what;
    EXPECT_FALSE(mvga_anomaly_get_roi(anomaly.get(), nullptr, nullptr, nullptr, nullptr)) << what;
    EXPECT_FALSE(mvga_anomaly_has_regions(anomaly.get())) << what;
    EXPECT_TRUE(read(mvga_anomaly_get_map, anomaly).values.empty()) << what;
    EXPECT_TRUE(read(mvga_anomaly_get_mask, anomaly).values.empty()) << what;
    EXPECT_FALSE(json_of(anomaly, nullptr, nullptr).contains("objects")) << what;
  }
}

// ---- lifetime

TEST_F(Metadata, AreACopyThatOutlivesTheFrame) {
  Buffer frame = anomalous(1);
  const Anomaly anomaly = anomaly_of(frame);
  const gst::Structure before(gst_structure_copy(structure_of(frame, kAnomalyMeta)));
  EXPECT_TRUE(gst_buffer_is_writable(frame.get())) << "whoever comes next would have to copy it";
  change_meta(frame.get(), kAnomalyMeta, with("score", G_TYPE_DOUBLE, -1.0));
  const GBytesOwner map(mvga_anomaly_get_map(anomaly.get(), nullptr, nullptr, nullptr, nullptr));
  frame.reset();
  EXPECT_EQ(mvga_anomaly_get_score(anomaly.get()), real(*before, "score"));
  EXPECT_EQ(json_of(anomaly, nullptr, nullptr)["score"], real(*before, "score"));
  EXPECT_GT(g_bytes_get_size(map.get()), 0u);
}

TEST_F(Metadata, CanBeSharedAmongThreads) {
  const Anomaly anomaly = anomaly_of(anomalous(1));
  const double score = mvga_anomaly_get_score(anomaly.get());
  std::vector<std::thread> threads;
  std::atomic<int> wrong = 0;
  for (int i = 0; i < 4; ++i)
    threads.emplace_back([&] {
      for (int turn = 0; turn < 1000; ++turn) {
        const Anomaly mine(mvga_anomaly_ref(anomaly.get()));
        wrong += mvga_anomaly_get_score(mine.get()) != score;
      }
    });
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(wrong, 0);
}

TEST_F(Metadata, AreBoxedTypesWithAnEnumeration) {
  const Anomaly anomaly = anomaly_of(anomalous(1));
  GValue value = G_VALUE_INIT;
  g_value_init(&value, MVGA_TYPE_ANOMALY);
  g_value_set_boxed(&value, anomaly.get());
  EXPECT_EQ(g_value_get_boxed(&value), anomaly.get()) << "an owner more, not a copy";
  g_value_unset(&value);

  g_value_init(&value, MVGA_TYPE_REGION);
  const MvgaRegion* region = mvga_anomaly_get_region(anomaly.get(), 0);
  g_value_set_boxed(&value, region);
  EXPECT_NE(g_value_get_boxed(&value), region);
  EXPECT_EQ(static_cast<MvgaRegion*>(g_value_get_boxed(&value))->peak, region->peak);
  g_value_unset(&value);

  EXPECT_TRUE(G_TYPE_IS_ENUM(MVGA_TYPE_ANOMALY_STATUS));
  EXPECT_STREQ(mvga_anomaly_status_to_string(static_cast<MvgaAnomalyStatus>(77)), "unknown");
}

}  // namespace
}  // namespace mvga::testing
