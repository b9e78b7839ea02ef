// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/drawing/map_on_picture.h"

#include <algorithm>
#include <cstddef>

#include "gst/frames/pixel_box.h"

namespace mvga::tool {

AnomalyMap map_on_picture(const Detection& detection, int height, int width) {
  const gst::PixelRect area = gst::pixels_of(detection.roi, width, height);
  AnomalyMap seen = resize_bilinear(detection.map, area.height, area.width);
  if (seen.height == height && seen.width == width) return seen;
  const float lowest = *std::min_element(seen.values.begin(), seen.values.end());
  AnomalyMap map{height, width,
                 std::vector<float>(static_cast<std::size_t>(height) * width, lowest)};
  for (int y = 0; y < area.height; ++y)
    std::copy_n(seen.values.begin() + static_cast<std::ptrdiff_t>(y) * seen.width, seen.width,
                map.values.begin() + static_cast<std::ptrdiff_t>(area.y + y) * width + area.x);
  return map;
}

}  // namespace mvga::tool
