// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tests/tools/evaluation/small_dataset.h"

#include <gst/check/gstharness.h>

#include <fstream>
#include <functional>
#include <string>

#include "tests/gst/harness/video_frames.h"

namespace mvga::testing {
namespace {

namespace fs = std::filesystem;

void write_png(const fs::path& file, const GstVideoInfo& info, Buffer buffer) {
  GstHarness* encoder = gst_harness_new("pngenc");
  gst_harness_set_src_caps(encoder, gst_video_info_to_caps(&info));
  gst_harness_push(encoder, buffer.release());
  const Buffer png(gst_harness_pull(encoder));
  gst_harness_teardown(encoder);
  GstMapInfo map;
  gst_buffer_map(png.get(), &map, GST_MAP_READ);
  fs::create_directories(file.parent_path());
  std::ofstream(file, std::ios::binary)
      .write(reinterpret_cast<const char*>(map.data), static_cast<std::streamsize>(map.size));
  gst_buffer_unmap(png.get(), &map);
}

void write_grey(const fs::path& file, int width, int height,
                const std::function<bool(int, int)>& is_white) {
  const GstVideoInfo info = video_info(GST_VIDEO_FORMAT_GRAY8, width, height);
  Buffer buffer(gst_buffer_new_allocate(nullptr, info.size, nullptr));
  GstVideoFrame frame;
  gst_video_frame_map(&frame, &info, buffer.get(), GST_MAP_WRITE);
  auto* data = static_cast<guint8*>(GST_VIDEO_FRAME_PLANE_DATA(&frame, 0));
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x)
      data[y * GST_VIDEO_FRAME_PLANE_STRIDE(&frame, 0) + x] = is_white(x, y) ? 255 : 0;
  gst_video_frame_unmap(&frame);
  write_png(file, info, std::move(buffer));
}

GstVideoInfo rgb() {
  return video_info(GST_VIDEO_FORMAT_RGB, 48, 40);
}

std::string number(int i) {
  return (i < 10 ? "00" : "0") + std::to_string(i);
}

}  // namespace

void write_normal_picture(const fs::path& file, unsigned seed) {
  write_png(file, rgb(), normal_frame(rgb(), seed));
}

void write_defective_picture(const fs::path& file, unsigned seed) {
  write_png(file, rgb(), anomalous_frame(rgb(), seed));
}

void write_mask(const fs::path& file, int width, int height) {
  write_grey(file, width, height, [=](int x, int y) {
    return 4 * x >= 3 * width && 4 * y >= height && 4 * y < 3 * height;
  });
}

void write_black_mask(const fs::path& file) {
  write_grey(file, 48, 40, [](int, int) { return false; });
}

void write_inverted_mask(const fs::path& file) {
  write_grey(file, 48, 40, [](int x, int y) { return !(x >= 36 && y >= 10 && y < 30); });
}

void write_category(const fs::path& folder) {
  for (int i = 0; i < 16; ++i)
    write_normal_picture(folder / "train/good" / (number(i) + ".png"), static_cast<unsigned>(i));
  for (int i = 0; i < 4; ++i)
    write_normal_picture(folder / "test/good" / (number(i) + ".png"),
                         static_cast<unsigned>(100 + i));
  for (int i = 0; i < 3; ++i) {
    write_defective_picture(folder / "test/block" / (number(i) + ".png"),
                            static_cast<unsigned>(200 + i));
    write_mask(folder / "ground_truth/block" / (number(i) + "_mask.png"));
  }
}

}  // namespace mvga::testing
