// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "models/torch/matrix_product.h"

#include <ATen/Context.h>
#include <ATen/ops/linear.h>
#include <ATen/ops/mkldnn_convolution.h>

#include "models/torch/plain_tensor.h"

namespace mvga {

at::Tensor matrix_product(const at::Tensor& rows, const at::Tensor& weight,
                          const at::Tensor& bias) {
  if (!is_for_onednn(rows)) return at::linear(rows, weight, bias);
  const at::Tensor plain = rows.contiguous();
  const std::int64_t count = plain.size(0), in = plain.size(1), out = weight.size(0);
  // An image of one column, channels last.
  const at::Tensor image = plain.as_strided({1, in, count, 1}, {in * count, 1, in, in});
  const at::Tensor product = at::mkldnn_convolution(
      image, weight.contiguous().view({out, in, 1, 1}), bias, {0, 0}, {1, 1}, {1, 1}, 1);
  return product.permute({0, 2, 3, 1}).reshape({count, out});
}

}  // namespace mvga
