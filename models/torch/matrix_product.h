// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Products of matrices, as convolutions of one pixel are computed: by oneDNN on LibTorch's own
// threads, where LibTorch would leave them to BLAS, which has threads of its own.
#pragma once

#include <ATen/core/Tensor.h>

namespace mvga {

/// rows * weight^T + bias.
/// @param rows [rows, in]
/// @param weight [out, in]
/// @param bias [out], or undefined
/// @returns [rows, out] in new memory
at::Tensor matrix_product(const at::Tensor& rows, const at::Tensor& weight,
                          const at::Tensor& bias = {});

}  // namespace mvga
