// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Tensors from a file that torch.save() wrote before PyTorch 1.6: some pickles, of which one is the
// table of tensors, and then the numbers.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "core/io/safetensors.h"

namespace mvga::tool {

struct CheckpointTensor {
  DType type = DType::f32;
  std::vector<std::int64_t> shape;
  std::vector<std::byte> bytes;  ///< row-major
};

/// All tensors by their names. Nothing of the file is run, and no more memory is taken than it has
/// bytes. @param name stands for the file in error texts
/// @throws Error unreadable if there is anything else than tensors in it, or less
std::map<std::string, CheckpointTensor> read_checkpoint(std::span<const std::byte> bytes,
                                                        const std::string& name);

}  // namespace mvga::tool
