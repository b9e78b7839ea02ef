// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "gst/drawing/canvas.h"

#include <new>
#include <utility>

namespace mvga::overlay {

Canvas::Canvas(int width, int height) : width_(width), height_(height) {
  const std::size_t size = std::size_t(4) * width * height;
  // Asked for as zeroes: a big piece then comes fresh from the system and need not be written
  // twice.
  void* pixels = g_try_malloc0(size);
  if (pixels == nullptr) throw std::bad_alloc();
  buffer_ = gst_buffer_new_wrapped(pixels, size);
  gst_buffer_add_video_meta(buffer_, GST_VIDEO_FRAME_FLAG_NONE,
                            GST_VIDEO_OVERLAY_COMPOSITION_FORMAT_RGB, width, height);
  if (!gst_buffer_map(buffer_, &mapped_, GST_MAP_READWRITE)) {
    gst_buffer_unref(buffer_);
    throw std::bad_alloc();
  }
}

Canvas::~Canvas() {
  if (buffer_ == nullptr) return;
  gst_buffer_unmap(buffer_, &mapped_);
  gst_buffer_unref(buffer_);
}

std::span<std::uint32_t> Canvas::row(int y) {
  auto* pixels = reinterpret_cast<std::uint32_t*>(mapped_.data);
  return {pixels + std::size_t(y) * width_, static_cast<std::size_t>(width_)};
}

CairoPtr Canvas::cairo() {
  const SurfacePtr surface(cairo_image_surface_create_for_data(mapped_.data, CAIRO_FORMAT_ARGB32,
                                                               width_, height_, 4 * width_));
  return CairoPtr(cairo_create(surface.get()));
}

RectanglePtr Canvas::take_rectangle(const PixelRect& place) && {
  gst_buffer_unmap(buffer_, &mapped_);
  GstBuffer* buffer = std::exchange(buffer_, nullptr);
  RectanglePtr rectangle(
      gst_video_overlay_rectangle_new_raw(buffer, place.x, place.y, place.width, place.height,
                                          GST_VIDEO_OVERLAY_FORMAT_FLAG_PREMULTIPLIED_ALPHA));
  gst_buffer_unref(buffer);
  return rectangle;
}

}  // namespace mvga::overlay
