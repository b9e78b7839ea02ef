// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "models/torch/parallel.h"

#include <ATen/TensorIterator.h>
#include <ATen/ops/empty.h>

#include <algorithm>

namespace mvga {

int parts_for(std::int64_t numbers) {
  constexpr std::int64_t worth_it = 16384;
  constexpr std::int64_t most = 16;
  return static_cast<int>(std::clamp<std::int64_t>(numbers / worth_it, 1, most));
}

// at::parallel_for would put OpenMP code into this library. Some builds of LibTorch bring an OpenMP
// of their own; then two sets of threads would wait busily for work and get into each other's way.
// A TensorIterator's loop is run inside LibTorch: here over a tensor of one byte for each part.
void run_in_parallel(int parts, const std::function<void(int)>& f) {
  if (parts == 1) {
    f(0);
    return;
  }
  at::Tensor bytes = at::empty({parts}, at::TensorOptions().dtype(at::kByte));
  const char* first = static_cast<const char*>(bytes.data_ptr());
  at::TensorIterator iterator = at::TensorIterator::nullary_op(bytes);
  iterator.for_each(
      [&](char** data, const std::int64_t*, std::int64_t count, std::int64_t /*rows: one*/) {
        const int begin = static_cast<int>(data[0] - first);
        for (int i = 0; i < static_cast<int>(count); ++i) f(begin + i);
      },
      1);
}

}  // namespace mvga
