// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Frames for measuring: a normal scene, and what is not normal in it.
#pragma once

#include <gst/video/video.h>

#include <cstdint>
#include <string>

namespace mvga::benchmarks {

enum class Scene {
  normal,
  object,  ///< with something strange on a tenth of the picture
  all,     ///< strange all over
};

namespace scene_parts {

inline bool strange_at(Scene scene, int x, int y, int width, int height) {
  if (scene != Scene::object) return scene == Scene::all;
  const double dx = (x - 0.6 * width) / height;
  const double dy = (y - 0.45 * height) / height;
  return dx * dx + dy * dy < 0.055;
}

/// Stripes whose place, brightness and noise differ with every number, so that there is a normal
/// range; what is strange is a checkerboard.
inline GstBuffer* rgb_picture(Scene scene, int width, int height, std::uint32_t number) {
  GstBuffer* buffer = gst_buffer_new_allocate(
      nullptr, static_cast<gsize>(GST_ROUND_UP_4(3 * width)) * height, nullptr);
  GstMapInfo map;
  gst_buffer_map(buffer, &map, GST_MAP_WRITE);
  std::uint32_t random = 2 * number + 1;
  const int shift = static_cast<int>(number * 37 % 48);
  const int light = static_cast<int>(number * 29 % 31);
  for (int y = 0; y < height; ++y) {
    guint8* row = map.data + static_cast<gsize>(GST_ROUND_UP_4(3 * width)) * y;
    for (int x = 0; x < width; ++x) {
      const int stripe = (360 * (x + y) / height + shift) / 24 % 2;
      const int square = (360 * x / height / 9 + 360 * y / height / 9) % 2;
      const bool strange = strange_at(scene, x, y, width, height);
      for (int c = 0; c < 3; ++c) {
        random = random * 1664525 + 1013904223;
        const int base = strange ? 80 + 60 * square : 90 + 40 * stripe + 10 * c;
        row[3 * x + c] = static_cast<guint8>(base + light + (random >> 28));
      }
    }
  }
  gst_buffer_unmap(buffer, &map);
  return buffer;
}

}  // namespace scene_parts

inline std::string caps_of(const std::string& format, int width, int height) {
  return "video/x-raw,format=" + format + ",width=" + std::to_string(width) +
         ",height=" + std::to_string(height) + ",framerate=25/1";
}

/// The caller owns the buffer.
inline GstBuffer* scene_frame(Scene scene, const std::string& format, int width, int height,
                              std::uint32_t number) {
  GstCaps* rgb = gst_caps_from_string(caps_of("RGB", width, height).c_str());
  GstCaps* caps = gst_caps_from_string(caps_of(format, width, height).c_str());
  GstBuffer* picture = scene_parts::rgb_picture(scene, width, height, number);
  GstSample* sample = gst_sample_new(picture, rgb, nullptr, nullptr);
  GstSample* converted = gst_video_convert_sample(sample, caps, GST_SECOND, nullptr);
  GstBuffer* frame = gst_buffer_copy_deep(gst_sample_get_buffer(converted));
  gst_sample_unref(converted);
  gst_sample_unref(sample);
  gst_buffer_unref(picture);
  gst_caps_unref(caps);
  gst_caps_unref(rgb);
  return frame;
}

}  // namespace mvga::benchmarks
