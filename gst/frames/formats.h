// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The raw video that the elements take: what cameras and decoders give.
#pragma once

#include <gst/video/video.h>

#define MVGA_VIDEO_FORMATS                                                                     \
  "{ RGB, BGR, RGBx, BGRx, xRGB, xBGR, RGBA, BGRA, ARGB, ABGR, GBR, GRAY8, NV12, NV21, I420, " \
  "YV12, YUY2, UYVY, YVYU, NV16, NV61, Y42B, NV24, Y444, GRAY16_LE, GRAY16_BE, "               \
  "P010_10LE, I420_10LE, I422_10LE, Y444_10LE }"

#define MVGA_VIDEO_FIELDS                                       \
  ", format = (string) " MVGA_VIDEO_FORMATS                     \
  ", width = (int) [ 1, 16384 ], height = (int) [ 1, 16384 ], " \
  "framerate = (fraction) [ 0/1, max ]"

#define MVGA_VIDEO_CAPS "video/x-raw" MVGA_VIDEO_FIELDS

/// What an element puts out that can leave its drawing to whoever shows the picture.
#define MVGA_VIDEO_CAPS_WITH_COMPOSITIONS                                                  \
  "video/x-raw(" GST_CAPS_FEATURE_META_GST_VIDEO_OVERLAY_COMPOSITION ")" MVGA_VIDEO_FIELDS \
  "; " MVGA_VIDEO_CAPS
