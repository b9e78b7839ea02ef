// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "models/torch/attention.h"

#include <ATen/ops/empty.h>
#include <ATen/ops/matmul.h>
#include <ATen/ops/softmax.h>

#include <algorithm>

#include "models/torch/matrix_product.h"
#include "models/torch/plain_tensor.h"

namespace mvga {
namespace {

/// So many tokens look at once: what they see of all others is to stay in the cache.
constexpr std::int64_t rows_at_once = 256;

/// Head by head, so that nothing is larger than the cache.
at::Tensor attention_on_cpu(const at::Tensor& qkv, std::int64_t heads) {
  const std::int64_t images = qkv.size(0), tokens = qkv.size(1), channels = qkv.size(2) / 3;
  const std::int64_t width = channels / heads;
  at::Tensor result = at::empty({images, tokens, channels}, qkv.options());
  for (std::int64_t n = 0; n < images; ++n) {
    for (std::int64_t h = 0; h < heads; ++h) {
      const auto part = [&](std::int64_t which) {
        return qkv[n].narrow(1, which * channels + h * width, width).contiguous();
      };
      const at::Tensor queries = part(0), keys = part(1), values = part(2).t().contiguous();
      const at::Tensor to = result[n].narrow(1, h * width, width);
      for (std::int64_t first = 0; first < tokens; first += rows_at_once) {
        const std::int64_t count = std::min(rows_at_once, tokens - first);
        const at::Tensor seen = matrix_product(queries.narrow(0, first, count), keys);
        to.narrow(0, first, count).copy_(matrix_product(at::softmax(seen, 1), values));
      }
    }
  }
  return result;
}

}  // namespace

at::Tensor attention(const at::Tensor& qkv, std::int64_t heads) {
  if (is_for_onednn(qkv)) return attention_on_cpu(qkv, heads);
  const std::int64_t images = qkv.size(0), tokens = qkv.size(1), channels = qkv.size(2) / 3;
  const at::Tensor parts =
      qkv.view({images, tokens, 3, heads, channels / heads}).permute({2, 0, 3, 1, 4});
  const at::Tensor seen = at::matmul(parts[0], parts[1].transpose(2, 3));
  return at::matmul(at::softmax(seen, 3), parts[2])
      .transpose(1, 2)
      .reshape({images, tokens, channels});
}

}  // namespace mvga
