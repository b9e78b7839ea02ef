// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "gst/drawing/blend.h"

#include "gst/drawing/blend_components.h"
#include "gst/drawing/blend_rgb32.h"
#include "gst/drawing/rectangle_rows.h"

namespace mvga::overlay {
namespace {

using BlendRectangle = void (*)(RectangleRows&, GstVideoFrame*);

BlendRectangle blender_for(GstVideoFormat format) {
  switch (format) {
    case GST_VIDEO_FORMAT_RGBx:
    case GST_VIDEO_FORMAT_BGRx:
    case GST_VIDEO_FORMAT_xRGB:
    case GST_VIDEO_FORMAT_xBGR:
    case GST_VIDEO_FORMAT_RGBA:
    case GST_VIDEO_FORMAT_BGRA:
    case GST_VIDEO_FORMAT_ARGB:
    case GST_VIDEO_FORMAT_ABGR:
      return blend_rgb32;
    case GST_VIDEO_FORMAT_RGB:
    case GST_VIDEO_FORMAT_BGR:
    case GST_VIDEO_FORMAT_GBR:
    case GST_VIDEO_FORMAT_GRAY8:
    case GST_VIDEO_FORMAT_GRAY16_LE:
    case GST_VIDEO_FORMAT_GRAY16_BE:
    case GST_VIDEO_FORMAT_NV12:
    case GST_VIDEO_FORMAT_NV21:
    case GST_VIDEO_FORMAT_NV16:
    case GST_VIDEO_FORMAT_NV61:
    case GST_VIDEO_FORMAT_NV24:
    case GST_VIDEO_FORMAT_I420:
    case GST_VIDEO_FORMAT_YV12:
    case GST_VIDEO_FORMAT_Y42B:
    case GST_VIDEO_FORMAT_Y444:
    case GST_VIDEO_FORMAT_YUY2:
    case GST_VIDEO_FORMAT_YVYU:
    case GST_VIDEO_FORMAT_UYVY:
    case GST_VIDEO_FORMAT_P010_10LE:
    case GST_VIDEO_FORMAT_I420_10LE:
    case GST_VIDEO_FORMAT_I422_10LE:
    case GST_VIDEO_FORMAT_Y444_10LE:
      return blend_components;
    default:
      return nullptr;
  }
}

}  // namespace

bool blend(GstVideoOverlayComposition* composition, GstVideoFrame* frame) {
  const BlendRectangle blend_rectangle = blender_for(GST_VIDEO_FRAME_FORMAT(frame));
  if (blend_rectangle == nullptr) return gst_video_overlay_composition_blend(composition, frame);
  for (guint i = 0; i < gst_video_overlay_composition_n_rectangles(composition); ++i) {
    RectangleRows rows(gst_video_overlay_composition_get_rectangle(composition, i),
                       GST_VIDEO_FRAME_WIDTH(frame), GST_VIDEO_FRAME_HEIGHT(frame));
    blend_rectangle(rows, frame);
  }
  return true;
}

}  // namespace mvga::overlay
