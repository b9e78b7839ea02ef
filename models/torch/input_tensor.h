// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// From images to the tensor that a network starts with.
#pragma once

#include <ATen/core/Tensor.h>

#include <array>
#include <span>

#include "core/features/rgb_view.h"
#include "models/torch/normalisation.h"

namespace mvga {

/// Every value of a byte, normalised, for each of R, G and B.
using ByteTable = std::array<std::array<float, 256>, 3>;

ByteTable normalised_bytes(const Normalisation& normalisation);

/// [N, 3, height, width], channels last, which is the order that images have as well.
/// @param images at least one, all of one size
at::Tensor input_tensor(std::span<const RgbView> images, const ByteTable& table);

}  // namespace mvga
