// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "models/torch/layers.h"

#include <ATen/Context.h>
#include <ATen/TensorOperators.h>
#include <ATen/ops/addmm.h>
#include <ATen/ops/conv2d.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/mean.h>
#include <ATen/ops/mkldnn_convolution.h>
#include <ATen/ops/sigmoid.h>
#include <ATen/ops/silu.h>
#include <ATen/ops/sqrt.h>
#include <ATen/ops/sum.h>
#include <ATen/ops/zeros.h>

#include <cmath>
#include <vector>

#include "models/torch/cpu_kernels.h"
#include "models/torch/parallel.h"

namespace mvga {
namespace {

at::Tensor placed(const at::Tensor& tensor, const Placement& placement) {
  return tensor.to(placement.device, placement.type);
}

at::Tensor placed_channels_last(const at::Tensor& tensor, const Placement& placement) {
  return placed(tensor, placement).contiguous(at::MemoryFormat::ChannelsLast);
}

at::Tensor take_weight(WeightsReader& weights, const std::string& key,
                       const ConvolutionShape& shape) {
  return weights.take(key + ".weight",
                      {shape.out, shape.depthwise ? 1 : shape.in, shape.kernel, shape.kernel});
}

/// Whether our own kernels can work on it.
bool is_plain(const at::Tensor& x) {
  return x.is_cpu() && x.scalar_type() == at::kFloat &&
         x.is_contiguous(at::MemoryFormat::ChannelsLast);
}

/// With one thread LibTorch leaves 1x1 convolutions to BLAS, which takes longer, has threads of its
/// own, and where several threads call it lets one wait busily for the other: oneDNN does them
/// always.
at::Tensor convolve(const at::Tensor& x, const at::Tensor& weight, const at::Tensor& bias,
                    std::int64_t stride, std::int64_t padding, std::int64_t groups) {
  const at::Context& context = at::globalContext();
  if (is_plain(x) && at::Context::hasMKLDNN() && context.userEnabledMkldnn()) {
    return at::mkldnn_convolution(x, weight, bias, {padding, padding}, {stride, stride}, {1, 1},
                                  groups);
  }
  return at::conv2d(x, weight, bias, {stride, stride}, {padding, padding}, {1, 1}, groups);
}

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

Convolution::Convolution(WeightsReader& weights, const std::string& key,
                         const ConvolutionShape& shape)
    : stride_(shape.stride), padding_(shape.kernel / 2), groups_(shape.depthwise ? shape.in : 1) {
  const at::Tensor weight = take_weight(weights, key, shape);
  const at::Tensor bias = weights.take(key + ".bias", {shape.out});
  if (!weight.defined() || !bias.defined()) return;
  weight_ = placed_channels_last(weight, weights.placement());
  bias_ = placed(bias, weights.placement());
}

Convolution::Convolution(WeightsReader& weights, const std::string& key, const std::string& norm,
                         double norm_eps, const ConvolutionShape& shape)
    : stride_(shape.stride), padding_(shape.kernel / 2), groups_(shape.depthwise ? shape.in : 1) {
  const at::Tensor weight = take_weight(weights, key, shape);
  const at::Tensor gamma = weights.take(norm + ".weight", {shape.out});
  const at::Tensor beta = weights.take(norm + ".bias", {shape.out});
  const at::Tensor mean = weights.take(norm + ".running_mean", {shape.out});
  const at::Tensor variance = weights.take(norm + ".running_var", {shape.out});
  for (const at::Tensor& each : {weight, gamma, beta, mean, variance}) {
    if (!each.defined()) return;
  }

  const at::Tensor scale = gamma.to(at::kDouble) / at::sqrt(variance.to(at::kDouble) + norm_eps);
  if (!std::isfinite(at::sum(scale).item<double>())) {
    weights.reject(norm + ".running_var", "has a negative variance");
  }
  const at::Tensor folded = weight.to(at::kDouble) * scale.view({-1, 1, 1, 1});
  weight_ = placed_channels_last(folded.to(at::kFloat), weights.placement());
  bias_ = placed((beta.to(at::kDouble) - mean.to(at::kDouble) * scale).to(at::kFloat),
                 weights.placement());

  // TensorFlow's padding differs from kernel / 2 only for stride 2 and an even size: there the
  // first pixel on the left and at the top goes missing. A kernel with a column and a row of zeros
  // in front sees the same pixels from kernel / 2, without a padded copy of the whole input.
  if (shape.padding == Padding::same && shape.stride == 2) {
    at::Tensor widened = at::zeros(
        {folded.size(0), folded.size(1), shape.kernel + 1, shape.kernel + 1}, folded.options());
    widened.narrow(2, 1, shape.kernel).narrow(3, 1, shape.kernel).copy_(folded);
    weight_for_even_ = placed_channels_last(widened.to(at::kFloat), weights.placement());
  }
}

at::Tensor Convolution::operator()(const at::Tensor& x) const {
  const bool even = weight_for_even_.defined() && x.size(2) % 2 == 0;
  return convolve(x, even ? weight_for_even_ : weight_, bias_, stride_, padding_, groups_);
}

at::Tensor Convolution::gated(at::Tensor& x, const at::Tensor& gate) const {
  // Scale the smaller of the two: in the lower levels the weights are a hundredth of the picture.
  // A batch has a gate for each picture, and only one set of weights.
  if (x.size(0) == 1 && weight_.size(0) < x.size(2) * x.size(3)) {
    return convolve(x, weight_ * gate, bias_, 1, 0, 1);
  }
  x.mul_(gate);
  return convolve(x, weight_, bias_, 1, 0, 1);
}

SqueezeExcite::SqueezeExcite(WeightsReader& weights, const std::string& prefix,
                             std::int64_t channels, std::int64_t reduced) {
  const at::Tensor reduce = weights.take(prefix + ".conv_reduce.weight", {reduced, channels, 1, 1});
  const at::Tensor reduce_bias = weights.take(prefix + ".conv_reduce.bias", {reduced});
  const at::Tensor expand = weights.take(prefix + ".conv_expand.weight", {channels, reduced, 1, 1});
  const at::Tensor expand_bias = weights.take(prefix + ".conv_expand.bias", {channels});
  for (const at::Tensor& each : {reduce, reduce_bias, expand, expand_bias}) {
    if (!each.defined()) return;
  }
  reduce_weight_ = placed(reduce.flatten(1), weights.placement()).contiguous();
  reduce_bias_ = placed(reduce_bias, weights.placement());
  expand_weight_ = placed(expand.flatten(1).t(), weights.placement()).contiguous();
  expand_bias_ = placed(expand_bias, weights.placement());
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

  // Picture by picture: a batch gives each what it gets alone.
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
