// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Which tensors our own kernels (cpu_kernels.h) can work on, and which oneDNN does.
#pragma once

#include <ATen/Context.h>
#include <ATen/core/Tensor.h>

namespace mvga {

/// fp32 on the CPU, channels last.
inline bool is_plain(const at::Tensor& x) {
  return x.is_cpu() && x.scalar_type() == at::kFloat &&
         x.is_contiguous(at::MemoryFormat::ChannelsLast);
}

/// fp32 on the CPU of a LibTorch that has oneDNN.
inline bool is_for_onednn(const at::Tensor& x) {
  return x.is_cpu() && x.scalar_type() == at::kFloat && at::Context::hasMKLDNN() &&
         at::globalContext().userEnabledMkldnn();
}

}  // namespace mvga
