// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Every frame leaves mvgadetect as it came: none is lost, and what others attached to it stays.
#include <gtest/gtest.h>

#include <vector>

#include "tests/gst/harness/detect_harness.h"
#include "tests/gst/harness/small_model.h"

namespace mvga::testing {
namespace {

class DetectFrames : public ::testing::Test {
 protected:
  void SetUp() override { detect.start(video_info(GST_VIDEO_FORMAT_I420, 96, 64)); }
  Buffer frame(unsigned seed) { return normal_frame(detect.info, seed); }
  /// All there but the last row of the last plane.
  Buffer short_frame(unsigned seed) {
    Buffer buffer = frame(seed);
    gst_buffer_set_size(buffer.get(), static_cast<gssize>(detect.info.size) - 48);
    return buffer;
  }
  /// The same, and without the metadata that say where the planes are.
  Buffer short_plain_frame(unsigned seed) {
    Buffer buffer = short_frame(seed);
    gst_buffer_remove_meta(buffer.get(), GST_META_CAST(gst_buffer_get_video_meta(buffer.get())));
    return buffer;
  }

  /// The same frame with each plane in a memory of its own, as some cameras give them.
  Buffer in_memories(GstBuffer* whole, GstMemoryFlags flags = GstMemoryFlags(0)) {
    GstVideoMeta* meta = gst_buffer_get_video_meta(whole);
    Buffer buffer(gst_buffer_new());
    GST_BUFFER_PTS(buffer.get()) = GST_BUFFER_PTS(whole);
    gst_buffer_add_video_meta_full(buffer.get(), GST_VIDEO_FRAME_FLAG_NONE, meta->format,
                                   meta->width, meta->height, meta->n_planes, meta->offset,
                                   meta->stride);
    for (guint p = 0; p < meta->n_planes; ++p) {
      const gsize end = p + 1 < meta->n_planes ? meta->offset[p + 1] : gst_buffer_get_size(whole);
      const gsize size = end - meta->offset[p];
      auto* bytes = static_cast<guint8*>(g_malloc(size));
      gst_buffer_extract(whole, meta->offset[p], bytes, size);
      gst_buffer_append_memory(buffer.get(),
                               gst_memory_new_wrapped(flags, bytes, size, 0, size, bytes, g_free));
    }
    return buffer;
  }

  Detect detect;
};

// ---- what passes unchanged

TEST_F(DetectFrames, KeepTheirTimesAndOffsets) {
  Buffer in = frame(3);
  GST_BUFFER_PTS(in.get()) = 123456789;
  GST_BUFFER_DTS(in.get()) = 123450000;
  GST_BUFFER_DURATION(in.get()) = 777;
  GST_BUFFER_OFFSET(in.get()) = 42;
  GST_BUFFER_OFFSET_END(in.get()) = 43;
  const Buffer out = detect.watch(std::move(in));
  EXPECT_EQ(GST_BUFFER_PTS(out.get()), 123456789u);
  EXPECT_EQ(GST_BUFFER_DTS(out.get()), 123450000u);
  EXPECT_EQ(GST_BUFFER_DURATION(out.get()), 777u);
  EXPECT_EQ(GST_BUFFER_OFFSET(out.get()), 42u);
  EXPECT_EQ(GST_BUFFER_OFFSET_END(out.get()), 43u);
}

TEST_F(DetectFrames, KeepTheirFlags) {
  detect.watch(frame(0));  // the first one of a stream is marked by GStreamer itself
  for (const guint flag :
       {guint(GST_BUFFER_FLAG_LIVE), guint(GST_BUFFER_FLAG_DISCONT), guint(GST_BUFFER_FLAG_RESYNC),
        guint(GST_BUFFER_FLAG_CORRUPTED), guint(GST_BUFFER_FLAG_MARKER),
        guint(GST_BUFFER_FLAG_DROPPABLE), guint(GST_BUFFER_FLAG_DELTA_UNIT),
        guint(GST_BUFFER_FLAG_GAP), guint(GST_VIDEO_BUFFER_FLAG_INTERLACED),
        guint(GST_VIDEO_BUFFER_FLAG_TFF)}) {
    Buffer in = frame(1);
    GST_BUFFER_FLAG_SET(in.get(), flag);
    const guint before = GST_BUFFER_FLAGS(in.get());
    EXPECT_EQ(GST_BUFFER_FLAGS(detect.watch(std::move(in)).get()), before) << "flag " << flag;
  }
}

TEST_F(DetectFrames, KeepForeignMetadata) {
  static const gchar* no_tags[] = {nullptr};
  gst_meta_register_custom("SomebodyElsesMeta", no_tags, nullptr, nullptr, nullptr);
  GstCaps* clock = gst_caps_new_empty_simple("timestamp/x-ntp");
  // A buffer of one's own, and one that somebody else holds as well and that has to be copied.
  for (const bool shared : {false, true}) {
    Buffer in = frame(1);
    const auto* had = gst_buffer_get_video_meta(in.get());
    const gsize second_plane = had->offset[1];
    gst_structure_set(
        gst_custom_meta_get_structure(gst_buffer_add_custom_meta(in.get(), "SomebodyElsesMeta")),
        "answer", G_TYPE_UINT64, guint64(42), nullptr);
    gst_buffer_add_video_region_of_interest_meta(in.get(), "face", 1, 2, 3, 4)->id = 77;
    gst_buffer_add_reference_timestamp_meta(in.get(), clock, 5 * GST_SECOND, GST_SECOND);
    const Buffer held(shared ? gst_buffer_ref(in.get()) : gst_buffer_new());

    const Buffer out = detect.watch(std::move(in));
    EXPECT_NE(out, held) << "somebody else's buffer was given metadata";
    GstCustomMeta* custom = gst_buffer_get_custom_meta(out.get(), "SomebodyElsesMeta");
    ASSERT_NE(custom, nullptr);
    EXPECT_EQ(number(*gst_custom_meta_get_structure(custom), "answer"), 42u);
    const auto* face = gst_buffer_get_video_region_of_interest_meta_id(out.get(), 77);
    ASSERT_NE(face, nullptr);
    EXPECT_EQ(face->roi_type, g_quark_from_string("face"));
    EXPECT_EQ(face->h, 4u);
    const auto* time = gst_buffer_get_reference_timestamp_meta(out.get(), clock);
    ASSERT_NE(time, nullptr);
    EXPECT_EQ(time->timestamp, 5 * GST_SECOND);
    const auto* video = gst_buffer_get_video_meta(out.get());
    ASSERT_NE(video, nullptr);
    EXPECT_EQ(video->offset[1], second_plane);
  }
  gst_caps_unref(clock);
}

TEST_F(DetectFrames, KeepTheirNumberAndOrder) {
  detect.set("inference-interval", 3);
  for (unsigned i = 0; i < 20; ++i) ASSERT_EQ(detect.push(frame(i)), GST_FLOW_OK);
  for (unsigned i = 0; i < 20; ++i) {
    const Buffer out = detect.pull();
    ASSERT_NE(out, nullptr) << "frame " << i << " was dropped";
    EXPECT_EQ(GST_BUFFER_PTS(out.get()), i * GST_SECOND / 25);
  }
  EXPECT_EQ(detect.pull(), nullptr);
}

TEST_F(DetectFrames, ThatOthersHoldAreNotDrawnOn) {
  detect.set("overlay", 1);
  Buffer in = anomalous_frame(detect.info, 1);
  const Buffer held(gst_buffer_ref(in.get()));
  const Bytes before = bytes_of(held.get());
  const Buffer out = detect.watch(std::move(in));
  EXPECT_EQ(bytes_of(held.get()), before) << "the other holder sees the overlay";
  EXPECT_NE(bytes_of(out.get()), before) << "nothing was drawn";
  EXPECT_FALSE(anomaly_meta(held.get())) << "the other holder sees the metadata";
  EXPECT_TRUE(anomaly_meta(out.get()));
}

TEST_F(DetectFrames, WhoseMemoryOthersHoldAreNotDrawnOn) {
  detect.set("overlay", 1);
  const Buffer held = anomalous_frame(detect.info, 1);
  const Bytes before = bytes_of(held.get());
  const Buffer out = detect.watch(Buffer(gst_buffer_copy(held.get())));
  EXPECT_EQ(bytes_of(held.get()), before) << "the other holder sees the overlay";
  EXPECT_NE(bytes_of(out.get()), before) << "nothing was drawn";
}

TEST_F(DetectFrames, InReadOnlyMemoryAreDrawnOnACopy) {
  detect.set("overlay", 1);
  Buffer whole = anomalous_frame(detect.info, 1);
  Buffer in = in_memories(whole.get(), GST_MEMORY_FLAG_READONLY);
  GstMemory* memory = gst_buffer_get_memory(in.get(), 0);
  GstMapInfo map;
  ASSERT_TRUE(gst_memory_map(memory, &map, GST_MAP_READ));
  const Bytes before(map.data, map.data + map.size);
  const Buffer out = detect.watch(std::move(in));
  EXPECT_EQ(Bytes(map.data, map.data + map.size), before) << "read-only memory was drawn on";
  EXPECT_NE(bytes_of(out.get()), bytes_of(whole.get())) << "nothing was drawn";
  gst_memory_unmap(memory, &map);
  gst_memory_unref(memory);
}

// ---- unusual frames

TEST_F(DetectFrames, WithAMemoryForEachPlaneAreSeenAndDrawnOnAsAnyOther) {
  detect.set("overlay", 1);
  const Buffer whole = anomalous_frame(detect.info, 1, {3});
  const Buffer parts = detect.watch(in_memories(whole.get()));
  const Buffer wanted = detect.watch(anomalous_frame(detect.info, 1, {3}));
  EXPECT_EQ(anomaly_meta(parts.get())->score, anomaly_meta(wanted.get())->score);
  EXPECT_EQ(bytes_of(parts.get()), bytes_of(wanted.get()));
}

TEST_F(DetectFrames, WithAMemoryForEachPlaneMayBeTooShortAsWell) {
  const Buffer whole = frame(1);
  for (guint plane = 0; plane < 3; ++plane) {
    Buffer in = in_memories(whole.get());
    GstMemory* memory = gst_buffer_peek_memory(in.get(), plane);
    gst_memory_resize(memory, 0, gst_memory_get_sizes(memory, nullptr, nullptr) - 1);
    EXPECT_EQ(detect.push(std::move(in)), GST_FLOW_ERROR) << "plane " << plane;
    ASSERT_TRUE(detect.error());
    detect.stop();
    detect.start(detect.info);
  }
}

TEST_F(DetectFrames, WithoutATimeAreScored) {
  for (int i = 0; i < 3; ++i) {
    detect.set("inference-interval", 1 + i);
    Buffer in = frame(1);
    GST_BUFFER_PTS(in.get()) = GST_CLOCK_TIME_NONE;
    GST_BUFFER_DURATION(in.get()) = GST_CLOCK_TIME_NONE;
    const Buffer out = detect.watch(std::move(in));
    EXPECT_EQ(GST_BUFFER_PTS(out.get()), GST_CLOCK_TIME_NONE);
    const auto meta = anomaly_meta(out.get());
    ASSERT_TRUE(meta);
    EXPECT_TRUE(meta->score);
    EXPECT_EQ(meta->result_pts, GST_CLOCK_TIME_NONE);
    EXPECT_EQ(meta->age, 0u);
  }
}

TEST_F(DetectFrames, OfASegmentThatIsNotInTimeAreScored) {
  GstSegment segment;
  gst_segment_init(&segment, GST_FORMAT_BYTES);
  detect.push_event(gst_event_new_segment(&segment));
  guint criticals = 0;
  const auto count = [](const gchar*, GLogLevelFlags, const gchar*, gpointer counter) {
    ++*static_cast<guint*>(counter);
  };
  const guint handler = g_log_set_handler("GStreamer", G_LOG_LEVEL_CRITICAL, count, &criticals);
  EXPECT_EQ(detect.look_at(frame(1)).status, "fresh");
  g_log_remove_handler("GStreamer", handler);
  EXPECT_EQ(criticals, 0u) << "GStreamer was called in a way that it does not allow";
}

TEST_F(DetectFrames, ThatAreGapsAreNotLookedAt) {
  const auto gap = [&](unsigned seed) {
    Buffer buffer = anomalous_frame(detect.info, seed);
    GST_BUFFER_FLAG_SET(buffer.get(), GST_BUFFER_FLAG_GAP);
    return buffer;
  };
  EXPECT_EQ(detect.look_at(gap(0)).status, "skipped") << "there is no result to hold yet";
  const AnomalyMeta fresh = detect.look_at(frame(1));
  const AnomalyMeta held = detect.look_at(gap(2));
  EXPECT_EQ(held.status, "held");
  EXPECT_EQ(held.score, fresh.score) << "filler was scored";
  EXPECT_EQ(detect.look_at(frame(3)).status, "fresh");
  EXPECT_TRUE(detect.messages("mvga-event").empty()) << "filler became an event";
}

TEST_F(DetectFrames, ShorterThanTheirCapsPromiseAreAnError) {
  for (const bool plain : {false, true}) {
    EXPECT_EQ(detect.push(plain ? short_plain_frame(1) : short_frame(1)), GST_FLOW_ERROR)
        << "memory behind the buffer was read";
    EXPECT_EQ(detect.pull(), nullptr);
    const auto error = detect.error();
    ASSERT_TRUE(error);
    EXPECT_EQ(error->domain, GST_RESOURCE_ERROR);
    EXPECT_EQ(error->code, GST_RESOURCE_ERROR_READ);
    EXPECT_NE(error->text.find("too small"), std::string::npos) << error->text;
    detect.stop();
    detect.start(detect.info);
    EXPECT_EQ(detect.look_at(frame(1)).status, "fresh") << "not usable after the error";
  }
}

TEST_F(DetectFrames, ShorterThanTheirCapsPromisePassWithAWarningWhenAsked) {
  detect.set("on-error", 1, "overlay", 1);
  detect.watch(frame(0));
  for (const bool plain : {false, true}) {
    Buffer in = plain ? short_plain_frame(1) : short_frame(1);
    const Bytes before = bytes_of(in.get());
    const Buffer out = detect.watch(std::move(in));
    EXPECT_EQ(bytes_of(out.get()), before);
    const auto meta = anomaly_meta(out.get());
    ASSERT_TRUE(meta);
    EXPECT_EQ(meta->status, "error");
    EXPECT_FALSE(meta->score) << "an earlier frame's score on a frame that failed";
    const auto warning = detect.warning();
    ASSERT_TRUE(warning);
    EXPECT_EQ(warning->domain, GST_RESOURCE_ERROR);
    EXPECT_EQ(warning->code, GST_RESOURCE_ERROR_READ);
    EXPECT_FALSE(detect.error());
  }
  EXPECT_EQ(detect.look_at(frame(2)).status, "fresh");
}

TEST_F(DetectFrames, ThatFailTenTimesInARowAreAnError) {
  detect.set("on-error", 1, "inference-interval", 4);
  for (unsigned i = 0; i < 9; ++i) ASSERT_EQ(detect.look_at(short_frame(i)).status, "error");
  detect.watch(frame(9));
  for (unsigned i = 0; i < 3; ++i)
    ASSERT_EQ(detect.look_at(frame(10 + i)).status, "held") << "within the interval";
  for (unsigned i = 0; i < 9; ++i)
    ASSERT_EQ(detect.look_at(short_frame(20 + i)).status, "error") << "a good frame did not count";
  EXPECT_FALSE(detect.error());
  EXPECT_EQ(detect.push(short_frame(30)), GST_FLOW_ERROR) << "the tenth";
  EXPECT_TRUE(detect.error());
}

TEST_F(DetectFrames, HeldAndTooShortAreNotDrawnOn) {
  detect.set("overlay", 1, "inference-interval", 2);
  detect.watch(anomalous_frame(detect.info, 0));
  Buffer in = short_frame(1);
  const Bytes before = bytes_of(in.get());
  const Buffer out = detect.watch(std::move(in));
  EXPECT_EQ(anomaly_meta(out.get())->status, "held");
  EXPECT_EQ(bytes_of(out.get()), before) << "drawn into memory that is no whole frame";
}

}  // namespace
}  // namespace mvga::testing
