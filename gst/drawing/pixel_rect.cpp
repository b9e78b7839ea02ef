// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "gst/drawing/pixel_rect.h"

#include <algorithm>
#include <numeric>

namespace mvga::overlay {
PixelRect between(int left, int top, int right, int bottom) {
  return {left, top, right - left, bottom - top};
}

PixelRect intersection(const PixelRect& a, const PixelRect& b) {
  const PixelRect both = between(std::max(a.x, b.x), std::max(a.y, b.y),
                                 std::min(a.right(), b.right()), std::min(a.bottom(), b.bottom()));
  return both.empty() ? PixelRect{} : both;
}

PixelRect bounding_box(const PixelRect& a, const PixelRect& b) {
  return between(std::min(a.x, b.x), std::min(a.y, b.y), std::max(a.right(), b.right()),
                 std::max(a.bottom(), b.bottom()));
}

PixelRect grown(const PixelRect& rect, int margin) {
  return {rect.x - margin, rect.y - margin, rect.width + 2 * margin, rect.height + 2 * margin};
}

std::vector<PixelRect> without_overlap(std::vector<PixelRect> rects, std::size_t limit) {
  std::erase_if(rects, [](const PixelRect& rect) { return rect.empty(); });
  if (rects.size() > limit) {
    return {std::accumulate(rects.begin() + 1, rects.end(), rects.front(), bounding_box)};
  }
  std::vector<PixelRect> apart;
  while (!rects.empty()) {
    PixelRect rect = rects.back();
    rects.pop_back();
    const auto met = std::find_if(apart.begin(), apart.end(), [&](const PixelRect& other) {
      return !intersection(rect, other).empty();
    });
    if (met == apart.end()) {
      apart.push_back(rect);
    } else {
      // The union may reach a third one: it has to be looked at again.
      rects.push_back(bounding_box(rect, *met));
      apart.erase(met);
    }
  }
  return apart;
}

}  // namespace mvga::overlay
