// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// How the components of a frame's format are made of red, green and blue.
#pragma once

#include <gst/video/video.h>

#include <array>

namespace mvga::overlay {

/// component = (red * r + green * g + blue * b + alpha * a) / 256 for premultiplied r, g, b, a.
/// Premultiplying is linear, hence the result is premultiplied as well; an offset of the component
/// turns into the weight of alpha.
struct ComponentWeights {
  int red = 0;
  int green = 0;
  int blue = 0;
  int alpha = 0;
};

/// For the components in GStreamer's order: R, G, B or Y, U, V. Grey pixels stay exactly grey.
std::array<ComponentWeights, 3> component_weights(const GstVideoInfo& info);

}  // namespace mvga::overlay
