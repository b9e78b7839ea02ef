// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What JPEG loses of an image.
#pragma once

#include "core/light/light_changes.h"

namespace mvga {

/// Quantises blocks of 8 x 8 pixels, luma and colours at full size, as JPEG does (ITU-T T.81, with
/// the tables of its annex K), and goes back: nothing is encoded.
/// @param quality 1 to 100, as libjpeg has it
void compress_as_jpeg(RgbImage& image, double quality);

}  // namespace mvga
