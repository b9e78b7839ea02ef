// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Convolutions for images and batches, channels last.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <string>

#include "models/torch/weights_reader.h"

namespace mvga {

/// How a convolution fills up the border.
enum class Padding {
  none,       ///< not at all: what does not fill a kernel is left out
  symmetric,  ///< kernel / 2 on every side
  same,  ///< TensorFlow's: as much as ceil(size / stride) needs, the odd pixel right and bottom
};

struct ConvolutionShape {
  std::int64_t in = 0;
  std::int64_t out = 0;
  std::int64_t kernel = 1;
  std::int64_t stride = 1;
  bool depthwise = false;
  Padding padding = Padding::symmetric;
};

/// A convolution; a batch norm behind it is folded into its weights.
class Convolution {
 public:
  /// Takes `key`.weight and `key`.bias: there is no norm, or it is folded already.
  Convolution(WeightsReader& weights, const std::string& key, const ConvolutionShape& shape);
  /// Takes `key`.weight and the four tensors of the batch norm `norm`.
  Convolution(WeightsReader& weights, const std::string& key, const std::string& norm,
              double norm_eps, const ConvolutionShape& shape);

  /// The result is new memory, so that the caller may change it in place.
  at::Tensor operator()(const at::Tensor& x) const;
  /// The same for x * gate, with gate of [N, in, 1, 1]; may change x. Only for 1x1.
  at::Tensor gated(at::Tensor& x, const at::Tensor& gate) const;

 private:
  at::Tensor weight_;
  at::Tensor weight_for_even_;  ///< see the constructor; undefined where it is not needed
  at::Tensor bias_;
  std::int64_t stride_;
  std::int64_t padding_;
  std::int64_t groups_;
};

}  // namespace mvga
