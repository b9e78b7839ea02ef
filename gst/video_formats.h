// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The raw video that the elements take: whatever cameras and decoders give in 8 bits.
#pragma once

#define MVGA_VIDEO_FORMATS                                                                      \
  "{ RGB, BGR, RGBx, BGRx, xRGB, xBGR, RGBA, BGRA, ARGB, ABGR, GRAY8, NV12, NV21, I420, YV12, " \
  "YUY2, UYVY }"

#define MVGA_VIDEO_CAPS                                         \
  "video/x-raw, format = (string) " MVGA_VIDEO_FORMATS          \
  ", width = (int) [ 1, 16384 ], height = (int) [ 1, 16384 ], " \
  "framerate = (fraction) [ 0/1, max ]"
