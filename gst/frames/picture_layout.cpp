// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "gst/frames/picture_layout.h"

#include <cstddef>

#include "gst/frames/component_offset.h"

namespace mvga::gst {
namespace {

int bytes_a_sample(const GstVideoFormatInfo* format, int c) {
  return (GST_VIDEO_FORMAT_INFO_DEPTH(format, c) + GST_VIDEO_FORMAT_INFO_SHIFT(format, c) + 7) / 8;
}

ComponentLayout component_layout(const GstVideoInfo& info, int c) {
  const GstVideoFormatInfo* format = info.finfo;
  const GstVideoChromaSite site = info.chroma_site;
  ComponentLayout component;
  component.plane = GST_VIDEO_FORMAT_INFO_PLANE(format, c);
  component.offset = component_offset(format, static_cast<guint>(c));
  component.step = GST_VIDEO_FORMAT_INFO_PSTRIDE(format, c);
  if (bytes_a_sample(format, c) == 2) {
    const bool low_first = GST_VIDEO_FORMAT_INFO_IS_LE(format);
    component.offset += low_first ? 0 : 1;
    component.high_byte = low_first ? 1 : -1;
  }
  component.across = {GST_VIDEO_INFO_COMP_WIDTH(&info, c),
                      1 << GST_VIDEO_FORMAT_INFO_W_SUB(format, c),
                      (site & GST_VIDEO_CHROMA_SITE_H_COSITED) != 0};
  component.down = {GST_VIDEO_INFO_COMP_HEIGHT(&info, c),
                    1 << GST_VIDEO_FORMAT_INFO_H_SUB(format, c),
                    (site & GST_VIDEO_CHROMA_SITE_V_COSITED) != 0};
  return component;
}

/// What a component's numbers mean: `offset` is 0, and `scale` more is 1, or from -0.5 to 0.5.
struct Range {
  double offset;
  double scale;
};

Range range_of(const GstVideoInfo& info, int c, int bits) {
  const int stored = GST_VIDEO_FORMAT_INFO_DEPTH(info.finfo, c);
  const int depth = stored == kAllBits ? bits : stored;
  const bool yuv = GST_VIDEO_INFO_IS_YUV(&info);
  const bool chroma = yuv && c > 0;
  const GstVideoColorRange range = info.colorimetry.range;
  const bool narrow =
      range == GST_VIDEO_COLOR_RANGE_16_235 || (range == GST_VIDEO_COLOR_RANGE_UNKNOWN && yuv);
  const double step = static_cast<double>(1 << depth) / 256;  // what 1 is in 8 bits
  const double most = (1 << depth) - 1;
  // In samples whose lowest bits are not used all is that much larger.
  const double unit = 1 << GST_VIDEO_FORMAT_INFO_SHIFT(info.finfo, c);
  if (chroma) return {128 * step * unit, (narrow ? 224 * step : most) * unit};
  return {(narrow ? 16 * step : 0) * unit, (narrow ? 219 * step : most) * unit};
}

/// Red, green and blue of the components in 0 to 1, or -0.5 to 0.5.
using Matrix = std::array<std::array<double, 3>, 3>;

Matrix matrix_of(const GstVideoInfo& info) {
  if (GST_VIDEO_INFO_IS_GRAY(&info)) return {{{1, 0, 0}, {1, 0, 0}, {1, 0, 0}}};
  if (GST_VIDEO_INFO_IS_RGB(&info)) return {{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}};
  gdouble kr = 0.299;
  gdouble kb = 0.114;
  if (info.colorimetry.matrix != GST_VIDEO_COLOR_MATRIX_RGB)
    gst_video_color_matrix_get_Kr_Kb(info.colorimetry.matrix, &kr, &kb);
  const double kg = 1 - kr - kb;
  const double v = 2 * (1 - kr);
  const double u = 2 * (1 - kb);
  return {{{1, 0, v}, {1, -u * kb / kg, -v * kr / kg}, {1, u, 0}}};
}

ToRgb to_rgb(const GstVideoInfo& info, int components, int bits) {
  const Matrix matrix = matrix_of(info);
  ToRgb to;
  for (int c = 0; c < 3; ++c) {
    const auto column = static_cast<std::size_t>(c);
    const Range range = c < components ? range_of(info, c, bits) : Range{0, 1};
    to.offsets[column] = static_cast<float>(range.offset);
    for (std::size_t colour = 0; colour < 3; ++colour)
      to.weights[colour][column] = static_cast<float>(255 * matrix[colour][column] / range.scale);
  }
  return to;
}

bool has_colours_in_bytes(const GstVideoInfo& info) {
  return !GST_VIDEO_INFO_IS_YUV(&info) && GST_VIDEO_FORMAT_INFO_DEPTH(info.finfo, 0) == 8 &&
         info.colorimetry.range != GST_VIDEO_COLOR_RANGE_16_235;
}

}  // namespace

PictureLayout picture_layout(const GstVideoInfo& info, int bits) {
  PictureLayout layout;
  layout.width = GST_VIDEO_INFO_WIDTH(&info);
  layout.height = GST_VIDEO_INFO_HEIGHT(&info);
  layout.components = GST_VIDEO_INFO_IS_GRAY(&info) ? 1 : 3;
  for (int c = 0; c < layout.components; ++c)
    layout.component[static_cast<std::size_t>(c)] = component_layout(info, c);
  layout.to_rgb = to_rgb(info, layout.components, bits);
  layout.rounds_between = has_colours_in_bytes(info);
  return layout;
}

PlaneViews plane_views(const GstVideoFrame& frame) {
  PlaneViews planes;
  for (guint p = 0; p < GST_VIDEO_FRAME_N_PLANES(&frame); ++p)
    planes[p] = {static_cast<const std::uint8_t*>(GST_VIDEO_FRAME_PLANE_DATA(&frame, p)),
                 GST_VIDEO_FRAME_PLANE_STRIDE(&frame, p)};
  return planes;
}

}  // namespace mvga::gst
