// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/features/resample.h"

#include "core/features/picture_reader.h"

namespace mvga {

std::vector<std::uint8_t> resampled(const RgbView& image, int width, int height) {
  PictureReader reader(rgb_layout(image.width, image.height), {{0, image.width}, {0, image.height}},
                       width, height);
  reader.read({{{image.data, image.stride}}});
  return std::move(reader).pixels();
}

}  // namespace mvga
