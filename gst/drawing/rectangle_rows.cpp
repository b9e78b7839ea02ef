// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "gst/drawing/rectangle_rows.h"

#include <algorithm>
#include <cmath>

namespace mvga::overlay {
namespace {

Neighbours neighbours(int position, int from, int to) {
  const double exact = std::clamp((position + 0.5) * from / to - 0.5, 0.0, from - 1.0);
  const int first = static_cast<int>(exact);
  return {first, std::min(first + 1, from - 1),
          static_cast<std::uint32_t>(std::lround(256 * (exact - first)))};
}

/// All four components at once, two in each multiplication.
std::uint32_t mix(std::uint32_t a, std::uint32_t b, std::uint32_t part) {
  constexpr std::uint32_t odd = 0x00ff00ff;
  const std::uint32_t even_mixed = ((a >> 8 & odd) * (256 - part) + (b >> 8 & odd) * part) & ~odd;
  const std::uint32_t odd_mixed = ((a & odd) * (256 - part) + (b & odd) * part) >> 8 & odd;
  return even_mixed | odd_mixed;
}

}  // namespace

RectangleRows::RectangleRows(GstVideoOverlayRectangle* rectangle, int frame_width, int frame_height)
    : buffer_(gst_video_overlay_rectangle_get_pixels_unscaled_argb(
          rectangle, GST_VIDEO_OVERLAY_FORMAT_FLAG_PREMULTIPLIED_ALPHA)),
      meta_(gst_buffer_get_video_meta(buffer_)) {
  gint x = 0;
  gint y = 0;
  guint width = 0;
  guint height = 0;
  gst_video_overlay_rectangle_get_render_rectangle(rectangle, &x, &y, &width, &height);
  place_ = {x, y, static_cast<int>(width), static_cast<int>(height)};
  gpointer data = nullptr;
  if (!gst_video_meta_map(meta_, 0, &mapped_, &data, &stride_, GST_MAP_READ)) return;
  data_ = static_cast<guint8*>(data);
  visible_ = intersection(place_, {0, 0, frame_width, frame_height});
  const int source_width = static_cast<int>(meta_->width);
  scaled_ = source_width != place_.width || static_cast<int>(meta_->height) != place_.height;
  if (!scaled_) return;
  mixed_row_.resize(source_width);
  scaled_row_.resize(visible_.width);
  for (int column = visible_.x; column < visible_.right(); ++column) {
    columns_.push_back(neighbours(column - place_.x, source_width, place_.width));
  }
}

RectangleRows::~RectangleRows() {
  if (data_ != nullptr) gst_video_meta_unmap(meta_, 0, &mapped_);
}

const std::uint32_t* RectangleRows::source_row(int y) const {
  return reinterpret_cast<const std::uint32_t*>(data_ + std::ptrdiff_t(y) * stride_);
}

const std::uint32_t* RectangleRows::scaled_row(int y) {
  const Neighbours rows = neighbours(y, static_cast<int>(meta_->height), place_.height);
  const std::uint32_t* first = source_row(rows.first);
  const std::uint32_t* second = source_row(rows.second);
  for (std::size_t x = 0; x < mixed_row_.size(); ++x) {
    mixed_row_[x] = mix(first[x], second[x], rows.part);
  }
  for (std::size_t x = 0; x < scaled_row_.size(); ++x) {
    const auto& [left, right, part] = columns_[x];
    scaled_row_[x] = mix(mixed_row_[left], mixed_row_[right], part);
  }
  return scaled_row_.data();
}

PixelRun RectangleRows::row(int y) {
  const int place_y = y - place_.y;
  const std::uint32_t* begin =
      scaled_ ? scaled_row(place_y) : source_row(place_y) + (visible_.x - place_.x);
  const std::uint32_t* end = begin + visible_.width;
  const auto seen = [](std::uint32_t pixel) { return pixel != 0; };
  const std::uint32_t* first = std::find_if(begin, end, seen);
  while (end != first && !seen(end[-1])) --end;
  return {visible_.x + static_cast<int>(first - begin), {first, end}};
}

}  // namespace mvga::overlay
