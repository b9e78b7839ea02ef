// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Buffers as other elements make them: what is learned, watched and drawn is what a sink would
// show.
#include <gst/check/gstharness.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "gst/frames/handles.h"
#include "gst/frames/mapped_frame.h"
#include "tests/gst/harness/detect_harness.h"
#include "tests/gst/harness/fit_harness.h"
#include "tests/gst/harness/foreign_layouts.h"
#include "tests/gst/harness/overlay_harness.h"
#include "tests/gst/harness/play.h"
#include "tests/gst/harness/small_model.h"
#include "tests/models/temporary_folder.h"

namespace mvga::testing {
namespace {

using gst::Caps;
using gst::MappedFrame;
using gst::Owned;
using gst::Query;

constexpr Margin kMargin{96, 8, 2, 4};

/// Ways to lay out the same picture.
std::vector<Buffer> all_layouts(const GstVideoInfo& info, GstBuffer* frame) {
  std::vector<Buffer> layouts;
  layouts.push_back(bottom_up(info, frame));
  layouts.push_back(with_margin(info, frame, kMargin));
  layouts.push_back(in_pieces(frame, 1000));
  return layouts;
}

/// The luma of the picture.
Bytes picture_of(const GstVideoInfo& info, GstBuffer* buffer) {
  MappedFrame frame(info, buffer, GST_MAP_READ);
  if (!frame) throw std::runtime_error(frame.complaint());
  Bytes luma;
  const auto* data = static_cast<const guint8*>(GST_VIDEO_FRAME_PLANE_DATA(frame.get(), 0));
  for (int y = 0; y < info.height; ++y) {
    const guint8* row = data + y * GST_VIDEO_FRAME_PLANE_STRIDE(frame.get(), 0);
    luma.insert(luma.end(), row, row + info.width);
  }
  return luma;
}

GstVideoInfo i420() {
  return video_info(GST_VIDEO_FORMAT_I420, 96, 64);
}

TEST(ForeignBuffers, AreWatchedAsTheyAreShown) {
  Detect detect;
  detect.start(i420());
  const Buffer frame = anomalous_frame(i420(), 1);
  const AnomalyMeta expected = detect.look_at(anomalous_frame(i420(), 1));
  for (Buffer& buffer : all_layouts(i420(), frame.get())) {
    const AnomalyMeta meta = detect.look_at(std::move(buffer));
    EXPECT_EQ(meta.score, expected.score);
    EXPECT_EQ(meta.n_regions, expected.n_regions);
  }
}

TEST(ForeignBuffers, AreLearnedAsTheyAreShown) {
  const auto threshold = [](int layout) {
    FitHarness fit;
    EXPECT_TRUE(fit.begin());
    for (unsigned i = 0; i < 12; ++i) {
      Buffer frame = normal_frame(fit.video(), i);
      if (layout >= 0) frame = std::move(all_layouts(fit.video(), frame.get()).at(layout));
      EXPECT_EQ(fit.push(std::move(frame)), GST_FLOW_OK);
    }
    fit.end();
    const auto done = fit.messages("mvga-fit");
    return done.empty() ? -1 : real(*done.back(), "threshold");
  };
  const double expected = threshold(-1);
  ASSERT_GT(expected, 0);
  for (const int layout : {0, 1, 2}) EXPECT_EQ(threshold(layout), expected) << layout;
}

TEST(ForeignBuffers, AreDrawnOnWhereTheyAreShown) {
  Detect detect;
  detect.set("overlay", 1);
  detect.start(i420());
  const Bytes expected = picture_of(i420(), detect.watch(anomalous_frame(i420(), 1)).get());
  const Buffer frame = anomalous_frame(i420(), 1);
  ASSERT_NE(expected, picture_of(i420(), frame.get())) << "nothing is drawn";
  for (Buffer& buffer : all_layouts(i420(), frame.get()))
    EXPECT_EQ(picture_of(i420(), detect.watch(std::move(buffer)).get()), expected);
}

TEST(ForeignBuffers, AreDrawnOnByMvgaoverlayAsWell) {
  Describe describe;
  describe.start(i420());
  Overlay overlay;
  overlay.start(i420());
  const Bytes expected =
      picture_of(i420(), overlay.draw(describe.watch(anomalous_frame(i420(), 1))).get());
  const Buffer frame = anomalous_frame(i420(), 1);
  for (Buffer& buffer : all_layouts(i420(), frame.get()))
    EXPECT_EQ(picture_of(i420(), overlay.draw(describe.watch(std::move(buffer))).get()), expected);
}

/// What a crop leaves out is nobody's to draw on.
TEST(ForeignBuffers, KeepWhatIsCutOff) {
  Detect detect;
  detect.set("overlay", 1);
  detect.start(i420());
  const Buffer frame = anomalous_frame(i420(), 1);
  const Buffer out = detect.watch(with_margin(i420(), frame.get(), kMargin));
  ASSERT_NE(gst_buffer_get_video_crop_meta(out.get()), nullptr) << "who is behind has to crop, too";
  const Bytes bytes = bytes_of(out.get());
  const int stride = gst_buffer_get_video_meta(out.get())->stride[0];
  for (int y = 0; y < 64 + kMargin.top + kMargin.bottom; ++y)
    for (int x = 0; x < kMargin.left; ++x) ASSERT_EQ(bytes[y * stride + x], 0xee) << x << "," << y;
}

TEST(ForeignBuffers, ThatContradictTheirCapsAreToldOf) {
  Detect detect;
  gst_util_set_object_arg(G_OBJECT(detect.element()), "on-error", "passthrough");
  detect.start(i420());
  Buffer bad = anomalous_frame(i420(), 1);
  gst_buffer_get_video_meta(bad.get())->width = 20;
  EXPECT_EQ(detect.look_at(std::move(bad)).status, "error");
  const auto warning = detect.warning();
  ASSERT_TRUE(warning);
  EXPECT_NE(warning->text.find("20x64 where its caps promise 96x64"), std::string::npos)
      << warning->text;
}

TEST(ForeignBuffers, ThatCannotBeDrawnOnPassAndAreToldOf) {
  Describe describe;
  describe.start(i420());
  Overlay overlay;
  overlay.start(i420());
  for (unsigned i = 0; i < 3; ++i) {
    Buffer bad = describe.watch(anomalous_frame(i420(), i));
    gst_buffer_get_video_meta(bad.get())->offset[2] = gst_buffer_get_size(bad.get());
    EXPECT_TRUE(overlay.draw(std::move(bad)));
  }
  EXPECT_TRUE(overlay.warning());
  EXPECT_FALSE(overlay.warning()) << "with every frame";
}

// ---- what upstream is told

/// Downstream takes both metas, and has a pool.
GstPadProbeReturn answer_allocation(GstPad*, GstPadProbeInfo* info, gpointer pool) {
  GstQuery* query = GST_PAD_PROBE_INFO_QUERY(info);
  if (GST_QUERY_TYPE(query) != GST_QUERY_ALLOCATION) return GST_PAD_PROBE_OK;
  gst_query_add_allocation_meta(query, GST_VIDEO_META_API_TYPE, nullptr);
  gst_query_add_allocation_meta(query, GST_VIDEO_CROP_META_API_TYPE, nullptr);
  if (pool != nullptr)
    gst_query_add_allocation_pool(query, static_cast<GstBufferPool*>(pool), 12345, 3, 7);
  return GST_PAD_PROBE_HANDLED;
}

void answer_for(GstPad* sink, GstBufferPool* pool) {
  gst_pad_add_probe(sink, GST_PAD_PROBE_TYPE_QUERY_DOWNSTREAM, answer_allocation, pool, nullptr);
}

template <typename Harness>
void expect_answer(Harness& harness) {
  GstBufferPool* pool = gst_video_buffer_pool_new();
  answer_for(harness.get()->sinkpad, pool);
  const GstVideoInfo info = i420();
  const Caps caps(gst_video_info_to_caps(&info));
  const Query query(gst_query_new_allocation(caps.get(), TRUE));
  ASSERT_TRUE(gst_pad_peer_query(harness.get()->srcpad, query.get()));
  EXPECT_TRUE(gst_query_find_allocation_meta(query.get(), GST_VIDEO_META_API_TYPE, nullptr));
  EXPECT_FALSE(gst_query_find_allocation_meta(query.get(), GST_VIDEO_CROP_META_API_TYPE, nullptr));
  ASSERT_EQ(gst_query_get_n_allocation_pools(query.get()), 1u);
  GstBufferPool* offered = nullptr;
  guint size = 0;
  guint least = 0;
  guint most = 0;
  gst_query_parse_nth_allocation_pool(query.get(), 0, &offered, &size, &least, &most);
  EXPECT_EQ(offered, pool);
  EXPECT_EQ(size, 12345u);
  EXPECT_EQ(least, 3u);
  EXPECT_EQ(most, 7u);
  if (offered != nullptr) gst_object_unref(offered);
  gst_object_unref(pool);
}

TEST(Allocation, IsDownstreamsButForCrops) {
  Detect detect;
  detect.start(i420());
  expect_answer(detect);
  Overlay overlay;
  overlay.start(i420());
  expect_answer(overlay);
  FitHarness fit;
  ASSERT_TRUE(fit.begin());
  expect_answer(fit);
}

/// A sink that crops, as ximagesink does, behind `element`; gives back how many frames came with a
/// GstVideoCropMeta.
int cropped_frames_behind(const std::string& element) {
  const gst::Pipeline pipeline(
      gst_parse_launch(("videotestsrc num-buffers=8 pattern=ball ! "
                        "video/x-raw,format=I420,width=192,height=64,framerate=25/1 ! "
                        "videocrop left=96 ! " +
                        element + " ! fakesink name=sink")
                           .c_str(),
                       nullptr));
  const Owned<GstElement> sink(gst_bin_get_by_name(GST_BIN(pipeline.get()), "sink"));
  const Owned<GstPad> pad(gst_element_get_static_pad(sink.get(), "sink"));
  answer_for(pad.get(), nullptr);
  int cropped = 0;
  gst_pad_add_probe(
      pad.get(), GST_PAD_PROBE_TYPE_BUFFER,
      [](GstPad*, GstPadProbeInfo* info, gpointer count) {
        if (gst_buffer_get_video_crop_meta(GST_PAD_PROBE_INFO_BUFFER(info)) != nullptr)
          ++*static_cast<int*>(count);
        return GST_PAD_PROBE_OK;
      },
      &cropped, nullptr);
  gst_element_set_state(pipeline.get(), GST_STATE_PLAYING);
  const Owned<GstBus> bus(gst_element_get_bus(pipeline.get()));
  const Owned<GstMessage> end(
      gst_bus_timed_pop_filtered(bus.get(), 30 * GST_SECOND,
                                 static_cast<GstMessageType>(GST_MESSAGE_EOS | GST_MESSAGE_ERROR)));
  EXPECT_TRUE(end && GST_MESSAGE_TYPE(end.get()) == GST_MESSAGE_EOS) << element;
  return cropped;
}

TEST(Allocation, HasVideocropCutWhatASinkWouldCut) {
  const TemporaryFolder folder;
  const std::string weights = " weights=" + small_weights().string() + " threads=1 ";
  ASSERT_EQ(cropped_frames_behind("identity"), 8) << "nothing is tested";
  EXPECT_EQ(cropped_frames_behind("mvgadetect model=" + small_model().string() + weights), 0);
  EXPECT_EQ(cropped_frames_behind("mvgaoverlay"), 0);
  EXPECT_EQ(cropped_frames_behind("mvgafit model=" + (folder / "a.mvga").string() + weights +
                                  "backbone=resnet18 levels=0-1 input-size=64"),
            0);
}

// ---- Bayer cameras

class Bayer : public ::testing::TestWithParam<const char*> {
 protected:
  std::string element() const {
    const std::string name = GetParam();
    if (name == "mvgafit")
      return "mvgafit threads=1 model=" + (folder / "a.mvga").string() +
             " weights=" + small_weights().string() +
             " backbone=resnet18 levels=0-1 input-size=64 ! fakesink";
    if (name == "mvgadetect")
      return "mvgadetect threads=1 model=" + small_model().string() +
             " weights=" + small_weights().string() + " ! fakesink";
    return name + " ! fakesink";
  }

  TemporaryFolder folder;
};

TEST_P(Bayer, IsToldTheWayOut) {
  const std::string error = play(
      "videotestsrc num-buffers=8 ! video/x-bayer,format=rggb,width=96,height=64 ! " + element());
  EXPECT_NE(error.find("bayer2rgb"), std::string::npos) << error;
}

/// videotestsrc, as many a camera, can give both.
TEST_P(Bayer, IsNotWhatACameraChoosesThatHasBetter) {
  EXPECT_EQ(play("videotestsrc num-buffers=8 pattern=snow ! " + element()), "");
  EXPECT_EQ(play("videotestsrc num-buffers=8 pattern=snow ! "
                 "capsfilter caps=video/x-bayer,format=rggb;video/x-raw,width=96,height=64 ! " +
                 element()),
            "");
}

INSTANTIATE_TEST_SUITE_P(Elements, Bayer, ::testing::Values("mvgafit", "mvgadetect", "mvgaoverlay"),
                         [](const auto& info) { return std::string(info.param); });

}  // namespace
}  // namespace mvga::testing
