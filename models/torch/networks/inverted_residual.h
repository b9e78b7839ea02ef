// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The convolutions of a mobile inverted bottleneck (Sandler et al., 2018), which EfficientNet and
// MobileNet are made of: expand, convolve each channel on its own, project.
#pragma once

#include <optional>
#include <string>

#include "models/torch/convolution.h"
#include "models/torch/weights_reader.h"

namespace mvga {

struct InvertedResidualShape {
  int in = 0;
  int middle = 0;  ///< what is expanded to
  int out = 0;
  int kernel = 3;
  int stride = 1;
  bool expands = true;  ///< without it (the first stage) timm numbers the parts differently
  Padding padding = Padding::symmetric;
  double norm_eps = 1e-5;
};

/// What happens between them differs from family to family.
struct InvertedResidual {
  /// Takes `prefix`.conv_pw, conv_dw, conv_pwl and their norms.
  InvertedResidual(WeightsReader& weights, const std::string& prefix,
                   const InvertedResidualShape& shape)
      : expand(shape.expands ? std::optional<Convolution>(
                                   std::in_place, weights, prefix + "conv_pw", prefix + "bn1",
                                   shape.norm_eps, ConvolutionShape{shape.in, shape.middle})
                             : std::nullopt),
        depthwise(weights, prefix + "conv_dw", prefix + (shape.expands ? "bn2" : "bn1"),
                  shape.norm_eps,
                  {shape.middle, shape.middle, shape.kernel, shape.stride, true, shape.padding}),
        project(weights, prefix + (shape.expands ? "conv_pwl" : "conv_pw"),
                prefix + (shape.expands ? "bn3" : "bn2"), shape.norm_eps,
                {shape.middle, shape.out}),
        goes_around(shape.stride == 1 && shape.in == shape.out) {}

  std::optional<Convolution> expand;
  Convolution depthwise;
  Convolution project;
  bool goes_around;  ///< the input is added to the result
};

}  // namespace mvga
