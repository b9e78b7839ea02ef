// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "gst/detect/heatmap/heatmap_picture.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <span>
#include <vector>

#include "gst/drawing/placed_map.h"
#include "gst/drawing/smooth_rows.h"

namespace mvga::gst {
namespace {

// Where one row of the picture goes.
struct Row {
  guint8* data;
  int first;  ///< column of the first value
};

guint32 scaled(float value, guint32 largest) {
  const auto top = static_cast<float>(largest);
  return static_cast<guint32>(std::clamp(value * top + 0.5f, 0.0f, top));
}

void write_gray8(std::span<const float> values, const Row& row) {
  for (std::size_t i = 0; i < values.size(); ++i)
    row.data[row.first + i] = static_cast<guint8>(scaled(values[i], 255));
}

void write_gray16(std::span<const float> values, const Row& row) {
  for (std::size_t i = 0; i < values.size(); ++i)
    GST_WRITE_UINT16_LE(row.data + 2 * (row.first + i), scaled(values[i], 65535));
}

void clear(GstVideoFrame* picture) {
  const int row_bytes = GST_VIDEO_FRAME_WIDTH(picture) * GST_VIDEO_FRAME_COMP_PSTRIDE(picture, 0);
  for (int y = 0; y < GST_VIDEO_FRAME_HEIGHT(picture); ++y)
    std::memset(static_cast<guint8*>(GST_VIDEO_FRAME_PLANE_DATA(picture, 0)) +
                    static_cast<std::ptrdiff_t>(y) * GST_VIDEO_FRAME_PLANE_STRIDE(picture, 0),
                0, static_cast<std::size_t>(row_bytes));
}

}  // namespace

PictureSize native_size(const GridSize& map, const Box& roi, const PictureSize& frame) {
  const auto cells = [](int in_roi, double share, int pixels) {
    const double most = std::max(in_roi, pixels);
    return std::max(1, static_cast<int>(std::lround(std::min(in_roi / share, most))));
  };
  return {cells(map.width, roi.width, frame.width), cells(map.height, roi.height, frame.height)};
}

HeatmapPicture::HeatmapPicture(overlay::Colormap colormap) {
  const overlay::HeatTable opacity = overlay::heat_table(colormap, 1);
  for (std::size_t i = 0; i < colours_.size(); ++i) {
    const overlay::Rgb c = overlay::colour(colormap, static_cast<double>(i) / 255);
    const auto byte = [](double v) { return static_cast<std::uint8_t>(std::lround(255 * v)); };
    colours_[i] = {byte(c.blue), byte(c.green), byte(c.red),
                   static_cast<std::uint8_t>(opacity[i] >> 24)};
  }
}

void HeatmapPicture::paint(const Detection* detection, GstVideoFrame* picture) const {
  clear(picture);
  if (detection == nullptr) return;
  const overlay::PlacedMap map(*detection, GST_VIDEO_FRAME_WIDTH(picture),
                               GST_VIDEO_FRAME_HEIGHT(picture));
  if (map.map().values.empty()) return;
  const overlay::PixelRect& area = map.area();
  const overlay::SmoothRows rows(map.map(), map.samples(area, area.width, area.height));
  std::vector<float> values(static_cast<std::size_t>(area.width));
  for (int y = 0; y < area.height; ++y) {
    rows.row(y, values);
    const Row row{
        static_cast<guint8*>(GST_VIDEO_FRAME_PLANE_DATA(picture, 0)) +
            static_cast<std::ptrdiff_t>(area.y + y) * GST_VIDEO_FRAME_PLANE_STRIDE(picture, 0),
        area.x};
    switch (GST_VIDEO_FRAME_FORMAT(picture)) {
      case GST_VIDEO_FORMAT_GRAY8:
        write_gray8(values, row);
        break;
      case GST_VIDEO_FORMAT_GRAY16_LE:
        write_gray16(values, row);
        break;
      default:
        for (std::size_t i = 0; i < values.size(); ++i)
          std::memcpy(row.data + 4 * (row.first + i), colours_[scaled(values[i], 255)].data(), 4);
    }
  }
}

}  // namespace mvga::gst
