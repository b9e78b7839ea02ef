// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Bringing an image to another size.
#pragma once

#include <cstdint>
#include <vector>

#include "core/features/rgb_view.h"

namespace mvga {

/// The image in width x height pixels, rows without padding. Along either side a new pixel is the
/// mean of the old ones around its centre, by weights that fall linearly to 0 over one pixel, or
/// over one new pixel where those are larger: nothing is skipped when an image is made smaller.
/// These are the weights of Pillow's resize(BILINEAR), which also rounds the columns before it
/// weighs the rows: the pixels are Pillow's, but for one in a thousand, which differs by 1.
/// All sides are at least 1.
std::vector<std::uint8_t> resampled(const RgbView& image, int width, int height);

}  // namespace mvga
