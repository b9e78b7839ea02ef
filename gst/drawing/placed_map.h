// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The normalised anomaly map where it lies on the frame.
#pragma once

#include <vector>

#include "core/scoring/detection.h"
#include "gst/drawing/pixel_rect.h"
#include "gst/drawing/smooth_rows.h"

namespace mvga::overlay {

class PlacedMap {
 public:
  /// A map that does not fit its own size or scale is taken as showing nothing.
  PlacedMap(const Detection& detection, int frame_width, int frame_height);

  /// 0 = end of the normal range, 0.5 = threshold. The values are limited evenly on both sides of
  /// the threshold: enough for every colour, and a single extreme cell cannot make its neighbours
  /// ring.
  const AnomalyMap& map() const { return map_; }

  /// The map's part of the frame; empty when the map shows nothing.
  const PixelRect& area() const { return area_; }

  /// The parts of the frame in which something lies above the normal range.
  std::vector<PixelRect> abnormal_areas() const;

  /// width x height samples of `rect`, each in the middle of its share of it.
  SampleGrid samples(const PixelRect& rect, int width, int height) const;

  /// columns x rows samples from corner to corner of `rect`; at least two of each.
  SampleGrid nodes(const PixelRect& rect, int columns, int rows) const;

 private:
  AnomalyMap map_;
  PixelRect area_;
  double cell_width_ = 1;  // in pixels
  double cell_height_ = 1;
};

}  // namespace mvga::overlay
