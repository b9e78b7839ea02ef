// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "gst/drawing/component_weights.h"

#include <cmath>

namespace mvga::overlay {
namespace {

int weight(double share) {
  return static_cast<int>(std::lround(256 * share));
}

}  // namespace

std::array<ComponentWeights, 3> component_weights(const GstVideoInfo& info) {
  if (GST_VIDEO_INFO_IS_RGB(&info)) return {{{256, 0, 0, 0}, {0, 256, 0, 0}, {0, 0, 256, 0}}};

  gdouble kr = 0.299;  // BT.601, where nothing is known
  gdouble kb = 0.114;
  gst_video_color_matrix_get_Kr_Kb(info.colorimetry.matrix, &kr, &kb);
  const bool full_range = info.colorimetry.range == GST_VIDEO_COLOR_RANGE_0_255;
  const double luma = full_range ? 1.0 : 219.0 / 255.0;
  const double chroma = full_range ? 1.0 : 224.0 / 255.0;

  // Green takes what rounding leaves over.
  ComponentWeights y{weight(luma * kr), 0, weight(luma * kb), full_range ? 0 : 16};
  y.green = weight(luma) - y.red - y.blue;
  ComponentWeights u{weight(-0.5 * chroma * kr / (1 - kb)), 0, weight(0.5 * chroma), 128};
  u.green = -u.red - u.blue;
  ComponentWeights v{weight(0.5 * chroma), 0, weight(-0.5 * chroma * kb / (1 - kr)), 128};
  v.green = -v.red - v.blue;
  return {y, u, v};
}

}  // namespace mvga::overlay
