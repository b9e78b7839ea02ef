// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tests/gst/harness/video_frames.h"

#include <algorithm>
#include <cmath>

#include "gst/frames/component_offset.h"
#include "tests/models/torch/random_weights.h"

namespace mvga::testing {
namespace {

enum class Scene { normal, anomalous, still, noise };

GstVideoInfo padded(GstVideoInfo info, Padding padding) {
  gsize offset = 0;
  for (guint p = 0; p < GST_VIDEO_INFO_N_PLANES(&info); ++p) {
    const gsize rows = GST_VIDEO_SUB_SCALE(info.finfo->h_sub[p == 0 ? 0 : 1], info.height);
    info.stride[p] += padding.bytes;
    info.offset[p] = offset;
    offset += rows * static_cast<gsize>(info.stride[p]);
  }
  info.size = offset;
  return info;
}

bool is_chroma(const GstVideoFrame& frame, guint component) {
  return GST_VIDEO_INFO_IS_YUV(&frame.info) && component > 0;
}

/// Of `value` 256ths of the range, in whatever bytes the format has for a sample.
void put(guint8* at, int value, const GstVideoFormatInfo* format, guint component) {
  const int depth = GST_VIDEO_FORMAT_INFO_DEPTH(format, component);
  if (depth == 8) {
    *at = static_cast<guint8>(value);
    return;
  }
  const int wide = value << (depth - 8) << GST_VIDEO_FORMAT_INFO_SHIFT(format, component);
  const bool low_first = GST_VIDEO_FORMAT_INFO_IS_LE(format);
  at[low_first ? 0 : 1] = static_cast<guint8>(wide & 0xff);
  at[low_first ? 1 : 0] = static_cast<guint8>(wide >> 8);
}

guint8 value_at(double x, double y, Scene scene, bool chroma, Random& random) {
  if (scene == Scene::anomalous && x > 0.75 && y > 0.25 && y < 0.75) return chroma ? 200 : 250;
  if (scene == Scene::noise)
    return static_cast<guint8>(std::clamp(128.0 + random.normal(60), 0.0, 255.0));
  const double texture = 25 * std::sin(31 * x) * std::cos(23 * y);
  const double noise = scene == Scene::still ? 0.0 : random.normal(6);
  return static_cast<guint8>(
      std::clamp(115 + (chroma ? 0.2 : 1.0) * (texture + noise), 0.0, 255.0));
}

void paint(GstVideoFrame& frame, unsigned seed, Scene scene) {
  Random random(seed);
  for (guint c = 0; c < GST_VIDEO_FRAME_N_COMPONENTS(&frame); ++c) {
    const int width = GST_VIDEO_FRAME_COMP_WIDTH(&frame, c);
    const int height = GST_VIDEO_FRAME_COMP_HEIGHT(&frame, c);
    guint8* data = gst::component_data(frame, c);
    for (int y = 0; y < height; ++y) {
      for (int x = 0; x < width; ++x) {
        put(data + y * GST_VIDEO_FRAME_COMP_STRIDE(&frame, c) +
                x * GST_VIDEO_FRAME_COMP_PSTRIDE(&frame, c),
            value_at((x + 0.5) / width, (y + 0.5) / height, scene, is_chroma(frame, c), random),
            frame.info.finfo, c);
      }
    }
  }
}

Buffer make_frame(const GstVideoInfo& info, unsigned seed, Padding padding, Scene scene) {
  GstVideoInfo layout = padded(info, padding);
  Buffer buffer(gst_buffer_new_allocate(nullptr, layout.size, nullptr));
  gst_buffer_memset(buffer.get(), 0, 0x5a, layout.size);
  gst_buffer_add_video_meta_full(buffer.get(), GST_VIDEO_FRAME_FLAG_NONE,
                                 GST_VIDEO_INFO_FORMAT(&layout), layout.width, layout.height,
                                 GST_VIDEO_INFO_N_PLANES(&layout), layout.offset, layout.stride);
  GstVideoFrame frame;
  gst_video_frame_map(&frame, &layout, buffer.get(), GST_MAP_WRITE);
  paint(frame, seed, scene);
  gst_video_frame_unmap(&frame);
  GST_BUFFER_PTS(buffer.get()) = seed * kFrameTime;
  GST_BUFFER_DURATION(buffer.get()) = kFrameTime;
  return buffer;
}

}  // namespace

GstVideoInfo video_info(GstVideoFormat format, int width, int height) {
  GstVideoInfo info;
  gst_video_info_set_format(&info, format, static_cast<guint>(width), static_cast<guint>(height));
  info.fps_n = 25;
  info.fps_d = 1;
  return info;
}

Buffer normal_frame(const GstVideoInfo& info, unsigned seed, Padding padding) {
  return make_frame(info, seed, padding, Scene::normal);
}

Buffer anomalous_frame(const GstVideoInfo& info, unsigned seed, Padding padding) {
  return make_frame(info, seed, padding, Scene::anomalous);
}

Buffer still_frame(const GstVideoInfo& info, unsigned seed, Padding padding) {
  return make_frame(info, seed, padding, Scene::still);
}

Buffer noisy_frame(const GstVideoInfo& info, unsigned seed, Padding padding) {
  return make_frame(info, seed, padding, Scene::noise);
}

}  // namespace mvga::testing
