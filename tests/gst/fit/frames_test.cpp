// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What goes through mvgafit, and which of it is learned.
#include <gtest/gtest.h>

#include <cstring>

#include "tests/gst/harness/fit_harness.h"
#include "tests/gst/harness/video_formats.h"

namespace mvga::testing {
namespace {

std::vector<guint8> bytes_of(GstBuffer* buffer) {
  std::vector<guint8> bytes(gst_buffer_get_size(buffer));
  gst_buffer_extract(buffer, 0, bytes.data(), bytes.size());
  return bytes;
}

int count_metas(GstBuffer* buffer) {
  gpointer state = nullptr;
  int count = 0;
  while (gst_buffer_iterate_meta(buffer, &state) != nullptr) ++count;
  return count;
}

class FitFormats : public ::testing::TestWithParam<GstVideoFormat> {};

TEST_P(FitFormats, PassThroughUnchangedWithOddSizesAndStrides) {
  FitHarness fit;
  ASSERT_TRUE(fit.begin(video_info(GetParam(), 35, 17)));
  for (unsigned i = 0; i < 5; ++i) {
    Buffer frame = normal_frame(fit.video(), i, Padding{static_cast<int>(3 * i)});
    GstBuffer* in = frame.get();
    GST_BUFFER_DTS(in) = 77 + i;
    GST_BUFFER_OFFSET(in) = 5 * i;
    GST_BUFFER_OFFSET_END(in) = 5 * i + 5;
    GST_BUFFER_FLAG_SET(in, GST_BUFFER_FLAG_MARKER | GST_BUFFER_FLAG_DISCONT);
    gst_buffer_add_video_region_of_interest_meta(in, "someone-elses", 1, 2, 3, 4);
    const std::vector<guint8> bytes = bytes_of(in);
    const GstClockTime pts = GST_BUFFER_PTS(in);
    const GstClockTime duration = GST_BUFFER_DURATION(in);
    const auto flags = GST_BUFFER_FLAGS(in);
    const int metas = count_metas(in);
    // A second reference, as with a tee: the frame must not even be written to.
    Buffer shared(gst_buffer_ref(in));
    ASSERT_EQ(fit.push(std::move(frame)), GST_FLOW_OK);
    const Buffer out = fit.pull();
    ASSERT_EQ(out.get(), in) << "the frame was copied";
    EXPECT_EQ(bytes_of(out.get()), bytes) << "pixels or padding have changed";
    EXPECT_EQ(GST_BUFFER_PTS(out.get()), pts);
    EXPECT_EQ(GST_BUFFER_DTS(out.get()), 77 + i);
    EXPECT_EQ(GST_BUFFER_DURATION(out.get()), duration);
    EXPECT_EQ(GST_BUFFER_OFFSET(out.get()), 5 * i);
    EXPECT_EQ(GST_BUFFER_OFFSET_END(out.get()), 5 * i + 5);
    EXPECT_EQ(GST_BUFFER_FLAGS(out.get()), flags);
    EXPECT_EQ(count_metas(out.get()), metas);
  }
  fit.end();
  EXPECT_EQ(fit.model().frames, 5u) << fit.error().value_or(Complaint{}).text;
}

TEST_P(FitFormats, AreReadByTheirStrides) {
  std::string models[2];
  for (const int padding : {0, 7}) {
    FitHarness fit;
    ASSERT_TRUE(fit.begin(video_info(GetParam(), 35, 17)));
    for (unsigned i = 0; i < 5; ++i)
      ASSERT_EQ(fit.push(normal_frame(fit.video(), i, Padding{padding})), GST_FLOW_OK);
    fit.end();
    models[padding > 0] = fit.bytes();
  }
  EXPECT_FALSE(models[0].empty());
  EXPECT_TRUE(models[0] == models[1]) << "padding was learned as if it were a part of the picture";
}

INSTANTIATE_TEST_SUITE_P(Formats, FitFormats, ::testing::ValuesIn(all_formats()), name_of_format);

TEST(FitFrames, MayChangeSizeAndFormatInMidStream) {
  FitHarness fit;
  ASSERT_TRUE(fit.begin());
  fit.learn(4);
  const GstVideoInfo other = video_info(GST_VIDEO_FORMAT_BGRx, 120, 33);
  fit.set_caps(other);
  for (unsigned i = 4; i < 8; ++i)
    ASSERT_EQ(fit.push(normal_frame(other, i)), GST_FLOW_OK)
        << fit.error().value_or(Complaint{}).text;
  fit.end();
  EXPECT_EQ(fit.model().frames, 8u) << "what was learned before the change is lost";
}

TEST(FitFrames, AreKeptOverAFlush) {
  FitHarness fit;
  ASSERT_TRUE(fit.begin());
  fit.learn(4);
  fit.push_event(gst_event_new_flush_start());
  fit.push_event(gst_event_new_flush_stop(TRUE));
  GstSegment segment;
  gst_segment_init(&segment, GST_FORMAT_TIME);
  fit.push_event(gst_event_new_segment(&segment));
  EXPECT_EQ(fit.learn(4, 4), GST_FLOW_OK);
  fit.end();
  EXPECT_EQ(fit.model().frames, 8u) << "a seek must not throw away what was learned";
}

TEST(FitFrames, SeekEventsGoUpstream) {
  FitHarness fit;
  ASSERT_TRUE(fit.begin());
  fit.learn(1);
  gst_harness_push_upstream_event(
      fit.get(), gst_event_new_seek(1, GST_FORMAT_TIME, GST_SEEK_FLAG_FLUSH, GST_SEEK_TYPE_SET, 0,
                                    GST_SEEK_TYPE_NONE, 0));
  bool found = false;
  while (GstEvent* event = gst_harness_try_pull_upstream_event(fit.get())) {
    found = found || GST_EVENT_TYPE(event) == GST_EVENT_SEEK;
    gst_event_unref(event);
  }
  EXPECT_TRUE(found);
}

TEST(FitFrames, OfAGapAreNotLearned) {
  FitHarness fit;
  ASSERT_TRUE(fit.begin());
  fit.learn(5);
  Buffer filler = normal_frame(fit.video(), 5);
  GST_BUFFER_FLAG_SET(filler.get(), GST_BUFFER_FLAG_GAP);
  EXPECT_EQ(fit.push(std::move(filler)), GST_FLOW_OK);
  EXPECT_TRUE(fit.pull()) << "it has to be passed on all the same";
  EXPECT_TRUE(fit.push_event(gst_event_new_gap(GST_SECOND, GST_SECOND)));
  fit.end();
  EXPECT_EQ(fit.model().frames, 5u) << "a frame without content was learned as normal";
}

TEST(FitFrames, AfterTheEndOfTheStreamAreNotLearned) {
  FitHarness fit;
  ASSERT_TRUE(fit.begin());
  fit.learn(5);
  fit.end();
  const std::string written = fit.bytes();
  // As a player does that loops.
  fit.push_event(gst_event_new_flush_start());
  fit.push_event(gst_event_new_flush_stop(TRUE));
  GstSegment segment;
  gst_segment_init(&segment, GST_FORMAT_TIME);
  fit.push_event(gst_event_new_segment(&segment));
  fit.set_caps(video_info(GST_VIDEO_FORMAT_RGB, 10, 10));
  EXPECT_EQ(fit.push(normal_frame(video_info(GST_VIDEO_FORMAT_RGB, 10, 10), 9)), GST_FLOW_OK);
  EXPECT_TRUE(fit.pull());
  EXPECT_TRUE(fit.end());
  fit.stop();
  EXPECT_TRUE(fit.bytes() == written) << "a model that was finished has changed";
  EXPECT_FALSE(fit.error());
}

/// One colour, another for every seed.
Buffer plain_frame(const GstVideoInfo& info, unsigned seed) {
  Buffer frame = still_frame(info, seed);
  gst_buffer_memset(frame.get(), 0, static_cast<guint8>(60 + 23 * seed),
                    gst_buffer_get_size(frame.get()));
  return frame;
}

void expect_learnable(GstVideoFormat format, int width, int height) {
  FitHarness fit;
  ASSERT_TRUE(fit.begin(video_info(format, width, height)));
  for (unsigned i = 0; i < 6; ++i)
    ASSERT_EQ(fit.push(plain_frame(fit.video(), i)), GST_FLOW_OK)
        << fit.error().value_or(Complaint{}).text;
  fit.end();
  EXPECT_EQ(fit.files(), "line.mvga")
      << gst_video_format_to_string(format) << " of " << width << "x" << height << ": "
      << fit.error().value_or(Complaint{}).text;
}

// GStreamer's converter shows the first of such frames for ever; then there is nothing to learn.
TEST(FitFrames, MayBeAsSmallAsOnePixel) {
  for (const GstVideoFormat format :
       {GST_VIDEO_FORMAT_I420, GST_VIDEO_FORMAT_YUY2, GST_VIDEO_FORMAT_NV12, GST_VIDEO_FORMAT_RGB,
        GST_VIDEO_FORMAT_GRAY8})
    for (const auto& [width, height] : {std::pair(1, 1), {2, 2}, {100, 1}})
      expect_learnable(format, width, height);
}

TEST(FitFrames, MayBeAsWideAndAsHighAsTheCapsAllow) {
  for (const GstVideoFormat format :
       {GST_VIDEO_FORMAT_I420, GST_VIDEO_FORMAT_UYVY, GST_VIDEO_FORMAT_BGR}) {
    expect_learnable(format, 16384, 1);
    expect_learnable(format, 16383, 3);
    expect_learnable(format, 2, 16384);
  }
}

TEST(FitFrames, BeforeAnyCapsAreRefused) {
  FitHarness fit;
  ASSERT_TRUE(fit.play());
  fit.push_event(gst_event_new_stream_start("test"));
  GstSegment segment;
  gst_segment_init(&segment, GST_FORMAT_TIME);
  fit.push_event(gst_event_new_segment(&segment));
  EXPECT_EQ(fit.push(normal_frame(fit.video(), 0)), GST_FLOW_NOT_NEGOTIATED);
}

TEST(FitFrames, TooSmallForTheirCapsAreAnError) {
  FitHarness fit;
  ASSERT_TRUE(fit.begin());
  fit.learn(5);
  EXPECT_EQ(fit.push(Buffer(gst_buffer_new_allocate(nullptr, 100, nullptr))), GST_FLOW_ERROR);
  const auto error = fit.error();
  ASSERT_TRUE(error);
  EXPECT_EQ(error->domain, GST_RESOURCE_ERROR);
  EXPECT_EQ(error->code, GST_RESOURCE_ERROR_READ);
  EXPECT_NE(error->text.find("100 bytes"), std::string::npos) << error->text;
  fit.end();
  fit.stop();
  EXPECT_EQ(fit.files(), "") << "a stream that broke gave a model";
  EXPECT_FALSE(fit.error()) << "the same failure is reported twice";
}

}  // namespace
}  // namespace mvga::testing
