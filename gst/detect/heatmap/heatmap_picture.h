// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The anomaly map as a picture of its own.
#pragma once

#include <gst/video/video.h>

#include <array>
#include <cstdint>

#include "core/scoring/detection.h"
#include "core/scoring/map_grid.h"
#include "gst/drawing/colormap.h"

namespace mvga::gst {

#define MVGA_HEATMAP_CAPS                                      \
  "video/x-raw, format = (string) { GRAY8, GRAY16_LE, BGRA }," \
  " width = (int) [ 1, 16384 ], height = (int) [ 1, 16384 ], " \
  "framerate = (fraction) [ 0/1, max ]"

struct PictureSize {
  int width = 0;
  int height = 0;
  bool operator==(const PictureSize&) const = default;
};

/// That of the whole frame in cells of a map which covers its part `roi`, but of a small part no
/// more than the frame has itself.
PictureSize native_size(const GridSize& map, const Box& roi, const PictureSize& frame);

/// Not thread-safe.
class HeatmapPicture {
 public:
  explicit HeatmapPicture(overlay::Colormap colormap);

  /// Fills the picture, which shows the whole frame; what was not inferred counts as normal, and
  /// without a detection all is. Grey is linear: 0 up to the end of the normal range, half of the
  /// largest value at the threshold. BGRA has the overlay's colours, opaque from the threshold on
  /// and transparent where normal, not premultiplied.
  /// @param picture mapped for writing, in one of the formats of MVGA_HEATMAP_CAPS
  void paint(const Detection* detection, GstVideoFrame* picture) const;

 private:
  std::array<std::array<std::uint8_t, 4>, 256> colours_{};  ///< B, G, R, A
};

}  // namespace mvga::gst
