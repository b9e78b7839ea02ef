// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The networks of models/torch/networks/own_networks.h in the form that can be trained.
#pragma once

#include <torch/nn/module.h>
#include <torch/nn/modules/batchnorm.h>
#include <torch/nn/modules/container/modulelist.h>
#include <torch/nn/modules/conv.h>
#include <torch/nn/modules/linear.h>

#include <string>
#include <vector>

#include "models/torch/networks/own_networks.h"

namespace mvga::distill {

/// Every convolution but those that make the levels has a batch norm, which is folded into it when
/// the weights are written (student_file.h).
class Student : public torch::nn::Module {
 public:
  /// @param classes of the classification task; 0 without one
  Student(const OwnNetwork& network, int classes);

  struct Output {
    std::vector<torch::Tensor> levels;  ///< [batch, channels, height, width] each
    torch::Tensor classes;              ///< [batch, classes], where there are some
  };
  /// @param pictures [batch, 3, size, size], normalised as ImageNet's
  Output forward(const torch::Tensor& pictures);

  const OwnNetwork& network() const { return network_; }

  /// A convolution of the finished network, and the norm behind it (empty: none).
  struct Part {
    std::string name;
    torch::nn::Conv2d convolution;
    torch::nn::BatchNorm2d norm;
  };
  const std::vector<Part>& parts() const { return parts_; }

 private:
  struct Stage {
    std::size_t entry = 0;            ///< in parts_
    std::vector<std::size_t> blocks;  ///< two parts each, the first one of them
    std::size_t out = 0;
  };
  std::size_t add(const std::string& name, int in, int out, int kernel, int stride, bool norm);
  torch::Tensor run(std::size_t index, const torch::Tensor& x);

  OwnNetwork network_;
  std::vector<Part> parts_;
  std::size_t stem_ = 0;
  std::vector<Stage> stages_;
  torch::nn::Linear classify_ = nullptr;
};

}  // namespace mvga::distill
