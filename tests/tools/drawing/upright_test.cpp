// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Pictures of frames that lie on their side, against what GStreamer makes of them.

#include "tools/drawing/upright.h"

#include <gst/app/gstappsink.h>
#include <gst/app/gstappsrc.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <string>
#include <utility>
#include <vector>

#include "gst/frames/handles.h"
#include "tests/gst/harness/video_frames.h"
#include "tools/drawing/picture.h"
#include "tools/record/pipelines.h"

namespace mvga::tool {
namespace {

/// What videoflip calls the way from the stored picture to the one that is seen, by EXIF's number.
const std::vector<std::pair<int, std::string>> kDirections{
    {1, "identity"}, {2, "horiz"}, {3, "180"},   {4, "vert"},
    {5, "ul-lr"},    {6, "90r"},   {7, "ur-ll"}, {8, "90l"}};

Frame frame() {
  const GstVideoInfo info = testing::video_info(GST_VIDEO_FORMAT_RGB, 20, 12);
  const gst::Caps caps(gst_video_info_to_caps(&info));
  const testing::Buffer buffer = testing::anomalous_frame(info, 3);
  return Frame(gst_sample_new(buffer.get(), caps.get(), nullptr, nullptr));
}

/// Rows of RGB, without what fills them up.
std::string pixels_of(const GstVideoInfo& info, GstBuffer* buffer) {
  GstMapInfo map;
  gst_buffer_map(buffer, &map, GST_MAP_READ);
  std::string pixels;
  for (int y = 0; y < GST_VIDEO_INFO_HEIGHT(&info); ++y)
    pixels.append(reinterpret_cast<const char*>(map.data) +
                      static_cast<std::ptrdiff_t>(y) * GST_VIDEO_INFO_PLANE_STRIDE(&info, 0),
                  static_cast<std::size_t>(GST_VIDEO_INFO_WIDTH(&info)) * 3);
  gst_buffer_unmap(buffer, &map);
  return pixels;
}

Frame flipped(const Frame& frame, const std::string& direction) {
  const gst::Pipeline pipeline =
      parse_pipeline("appsrc name=in format=time ! videoflip video-direction=" + direction +
                     " ! appsink name=out");
  const auto in = part_of(pipeline.get(), "in");
  const auto out = part_of(pipeline.get(), "out");
  GstVideoInfo info = frame.info();
  const gst::Caps caps(gst_video_info_to_caps(&info));
  g_object_set(in.get(), "caps", caps.get(), nullptr);
  gst_element_set_state(pipeline.get(), GST_STATE_PLAYING);
  gst_app_src_push_buffer(GST_APP_SRC(in.get()), gst_buffer_copy_deep(frame.buffer()));
  gst_app_src_end_of_stream(GST_APP_SRC(in.get()));
  return Frame(gst_app_sink_pull_sample(GST_APP_SINK(out.get())));
}

TEST(Upright, PicturesAreWhatGStreamerShows) {
  for (const auto& [orientation, direction] : kDirections) {
    Frame stored = frame();
    const Frame wanted = flipped(stored, direction);
    stored.set_orientation(orientation);
    const Picture seen(stored);
    ASSERT_EQ(seen.width(), wanted.width()) << direction;
    EXPECT_TRUE(pixels_of(seen.pixels().info, seen.pixels().buffer.get()) ==
                pixels_of(wanted.info(), wanted.buffer()))
        << direction;
  }
}

/// One pixel of the map and the box around it stay together, and where the pixel is.
TEST(Upright, MapsAndBoxesGoWithThem) {
  Detection detection;
  detection.map = {4, 8, std::vector<float>(32, 0.F)};
  detection.map.values[1 * 8 + 6] = 1;
  detection.roi = {0, 0.5, 0.5, 0.5};
  detection.regions = {{{6 / 8., 1 / 4., 1 / 8., 1 / 4.}, 0.1, 1}};
  for (const auto& [orientation, direction] : kDirections) {
    const Detection seen = upright(detection, orientation);
    const Box box = seen.regions[0].box;
    EXPECT_EQ(seen.map.width, orientation < 5 ? 8 : 4) << direction;
    const int row = static_cast<int>(std::lround(box.y * seen.map.height));
    const int column = static_cast<int>(std::lround(box.x * seen.map.width));
    EXPECT_EQ(seen.map.at(row, column), 1.F) << direction;
  }
  EXPECT_EQ(upright(detection, 6).roi, (Box{0, 0, 0.5, 0.5}));
  EXPECT_EQ(upright(detection, 3).roi, (Box{0.5, 0, 0.5, 0.5}));
  EXPECT_EQ(upright(detection, 8).roi, (Box{0.5, 0.5, 0.5, 0.5}));
}

TEST(Upright, MasksGoWithThem) {
  Mask mask{3, 2, {1, 0, 0, 0, 0, 0}, false, 0, 2};
  const Mask seen = upright(mask, 6);
  EXPECT_EQ(seen.width, 2);
  EXPECT_EQ(seen.height, 3);
  EXPECT_EQ(seen.defect, (std::vector<std::uint8_t>{0, 1, 0, 0, 0, 0}));
}

}  // namespace
}  // namespace mvga::tool
