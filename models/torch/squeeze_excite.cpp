// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "models/torch/squeeze_excite.h"

#include <ATen/ops/addmm.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/mean.h>
#include <ATen/ops/sigmoid.h>
#include <ATen/ops/silu.h>

#include <vector>

#include "models/torch/cpu_kernels.h"
#include "models/torch/parallel.h"
#include "models/torch/plain_tensor.h"

namespace mvga {
namespace {

/// Splits so many positions of so many channels among the threads; calls f(part, first position,
/// how many).
template <typename F>
int for_position_ranges(std::int64_t positions, std::int64_t channels, const F& f) {
  const int parts = parts_for(positions * channels);
  run_in_parallel(parts, [&](int part) {
    const std::int64_t begin = positions * part / parts;
    f(part, begin, positions * (part + 1) / parts - begin);
  });
  return parts;
}

}  // namespace

SqueezeExcite::SqueezeExcite(WeightsReader& weights, const std::string& prefix,
                             std::int64_t channels, std::int64_t reduced) {
  const at::Tensor reduce = weights.take(prefix + ".conv_reduce.weight", {reduced, channels, 1, 1});
  const at::Tensor reduce_bias = weights.take(prefix + ".conv_reduce.bias", {reduced});
  const at::Tensor expand = weights.take(prefix + ".conv_expand.weight", {channels, reduced, 1, 1});
  const at::Tensor expand_bias = weights.take(prefix + ".conv_expand.bias", {channels});
  for (const at::Tensor& each : {reduce, reduce_bias, expand, expand_bias}) {
    if (!each.defined()) return;
  }
  reduce_weight_ = weights.placed(reduce.flatten(1)).contiguous();
  reduce_bias_ = weights.placed(reduce_bias);
  expand_weight_ = weights.placed(expand.flatten(1).t()).contiguous();
  expand_bias_ = weights.placed(expand_bias);
}

at::Tensor SqueezeExcite::silu_and_gate(at::Tensor& x) const {
  const std::int64_t channels = x.size(1);
  if (!is_plain(x)) {
    at::silu_(x);
    const at::Tensor mean = at::mean(x, {2, 3});
    at::Tensor squeezed = at::addmm(reduce_bias_, mean, reduce_weight_.t());
    at::silu_(squeezed);
    at::Tensor gate = at::addmm(expand_bias_, squeezed, expand_weight_);
    return at::sigmoid_(gate).view({-1, channels, 1, 1});
  }

  // Image by image: a batch gives each what it gets alone.
  at::Tensor gates = at::empty({x.size(0), channels, 1, 1}, x.options());
  const std::int64_t positions = x.size(2) * x.size(3);
  for (std::int64_t n = 0; n < x.size(0); ++n) {
    silu_and_gate(x.data_ptr<float>() + n * positions * channels, positions, channels,
                  gates.data_ptr<float>() + n * channels);
  }
  return gates;
}

void SqueezeExcite::silu_and_gate(float* x, std::int64_t positions, std::int64_t channels,
                                  float* gate) const {
  std::vector<float> sums(parts_for(positions * channels) * channels);
  const int parts = for_position_ranges(
      positions, channels, [&](int part, std::int64_t first, std::int64_t count) {
        cpu::silu_and_sum(x + first * channels, count, channels, sums.data() + part * channels);
      });
  const float scale = 1.0f / static_cast<float>(positions);
  for (std::int64_t c = 0; c < channels; ++c) {
    float sum = sums[c];
    for (int part = 1; part < parts; ++part) sum += sums[part * channels + c];
    sums[c] = sum * scale;
  }
  const cpu::GateWeights weights{
      static_cast<std::size_t>(channels), static_cast<std::size_t>(reduce_weight_.size(0)),
      reduce_weight_.data_ptr<float>(),   reduce_bias_.data_ptr<float>(),
      expand_weight_.data_ptr<float>(),   expand_bias_.data_ptr<float>()};
  cpu::gate(weights, sums.data(), gate);
}

void silu_in_place(at::Tensor& x) {
  if (!is_plain(x)) {
    at::silu_(x);
    return;
  }
  auto* data = x.data_ptr<float>();
  const std::int64_t channels = x.size(1);
  for_position_ranges(x.numel() / channels, channels,
                      [&](int, std::int64_t first, std::int64_t count) {
                        cpu::silu(data + first * channels, count * channels);
                      });
}

}  // namespace mvga
