// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The Gaussian of a level's average vectors, for the profile `calibrated`.
#pragma once

#include "core/gaussian/gaussian.h"
#include "core/gaussian/moments.h"
#include "core/gaussian/vector_sample.h"

namespace mvga {

/// Fits the average vectors in the space that whitens the vectors of single positions, so that
/// Ledoit-Wolf shrinks towards a multiple of the pixel covariance,
///   (1 - delta) S_image + delta mu S_pixel,
/// not of the identity, which is what the paper has (section 3.3): channels differ in their spread,
/// and a few images have many positions to tell how. All components are kept: those with the
/// least variance, which opposite PCA is after, are mostly chance in the few vectors that there
/// are, and an image that was not learned would lie further off than one that was.
/// @param image, image_sample of the average vectors
/// @param pixel of the vectors at all positions
/// @throws Error too_few if there are fewer than two vectors or they do not differ
Gaussian fit_image_gaussian(const Moments& image, const VectorSample& image_sample,
                            const Moments& pixel, int left_out = -1);

}  // namespace mvga
