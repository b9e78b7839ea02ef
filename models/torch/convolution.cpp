// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "models/torch/convolution.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/conv2d.h>
#include <ATen/ops/mkldnn_convolution.h>
#include <ATen/ops/sqrt.h>
#include <ATen/ops/sum.h>
#include <ATen/ops/zeros.h>

#include <cmath>

#include "models/torch/plain_tensor.h"

namespace mvga {
namespace {

at::Tensor placed_channels_last(const at::Tensor& tensor, const WeightsReader& weights) {
  return weights.placed(tensor).contiguous(at::MemoryFormat::ChannelsLast);
}

at::Tensor take_weight(WeightsReader& weights, const std::string& key,
                       const ConvolutionShape& shape) {
  return weights.take(key + ".weight",
                      {shape.out, shape.depthwise ? 1 : shape.in, shape.kernel, shape.kernel});
}

std::int64_t padding_of(const ConvolutionShape& shape) {
  return shape.padding == Padding::none ? 0 : shape.kernel / 2;
}

/// With one thread LibTorch leaves 1x1 convolutions to BLAS, which takes longer, has threads of its
/// own, and where several threads call it lets one wait busily for the other: oneDNN does them
/// always.
at::Tensor convolve(const at::Tensor& x, const at::Tensor& weight, const at::Tensor& bias,
                    std::int64_t stride, std::int64_t padding, std::int64_t groups) {
  if (is_plain(x) && is_for_onednn(x)) {
    return at::mkldnn_convolution(x, weight, bias, {padding, padding}, {stride, stride}, {1, 1},
                                  groups);
  }
  return at::conv2d(x, weight, bias, {stride, stride}, {padding, padding}, {1, 1}, groups);
}

}  // namespace

Convolution::Convolution(WeightsReader& weights, const std::string& key,
                         const ConvolutionShape& shape)
    : stride_(shape.stride), padding_(padding_of(shape)), groups_(shape.depthwise ? shape.in : 1) {
  const at::Tensor weight = take_weight(weights, key, shape);
  const at::Tensor bias = weights.take(key + ".bias", {shape.out});
  if (!weight.defined() || !bias.defined()) return;
  weight_ = placed_channels_last(weight, weights);
  bias_ = weights.placed(bias);
}

Convolution::Convolution(WeightsReader& weights, const std::string& key, const std::string& norm,
                         double norm_eps, const ConvolutionShape& shape)
    : stride_(shape.stride), padding_(padding_of(shape)), groups_(shape.depthwise ? shape.in : 1) {
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
  weight_ = placed_channels_last(folded.to(at::kFloat), weights);
  bias_ = weights.placed((beta.to(at::kDouble) - mean.to(at::kDouble) * scale).to(at::kFloat));

  // TensorFlow's padding differs from kernel / 2 only for stride 2 and an even size: there the
  // first pixel on the left and at the top goes missing. A kernel with a column and a row of zeros
  // in front sees the same pixels from kernel / 2, without a padded copy of the whole input.
  if (shape.padding == Padding::same && shape.stride == 2) {
    at::Tensor widened = at::zeros(
        {folded.size(0), folded.size(1), shape.kernel + 1, shape.kernel + 1}, folded.options());
    widened.narrow(2, 1, shape.kernel).narrow(3, 1, shape.kernel).copy_(folded);
    weight_for_even_ = placed_channels_last(widened.to(at::kFloat), weights);
  }
}

at::Tensor Convolution::operator()(const at::Tensor& x) const {
  const bool even = weight_for_even_.defined() && x.size(2) % 2 == 0;
  return convolve(x, even ? weight_for_even_ : weight_, bias_, stride_, padding_, groups_);
}

at::Tensor Convolution::gated(at::Tensor& x, const at::Tensor& gate) const {
  // Scale the smaller of the two: in the lower levels the weights are a hundredth of the image.
  // A batch has a gate for each image, and only one set of weights.
  if (x.size(0) == 1 && weight_.size(0) < x.size(2) * x.size(3)) {
    return convolve(x, weight_ * gate, bias_, 1, 0, 1);
  }
  x.mul_(gate);
  return convolve(x, weight_, bias_, 1, 0, 1);
}

}  // namespace mvga
