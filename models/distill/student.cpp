// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "models/distill/student.h"

#include <torch/nn/init.h>

namespace mvga::distill {

Student::Student(const OwnNetwork& network, int classes) : network_(network) {
  stem_ = add("stem", 3, network.stem, 3, 2, true);
  int in = network.stem;
  for (std::size_t s = 0; s < network.stages.size(); ++s) {
    const OwnStage& shape = network.stages[s];
    const std::string prefix = "stages." + std::to_string(s) + ".";
    Stage stage;
    stage.entry = add(prefix + "entry", in, shape.width, 3, shape.stride, true);
    for (int b = 0; b < shape.blocks; ++b) {
      const std::string block = prefix + "blocks." + std::to_string(b) + ".";
      stage.blocks.push_back(add(block + "conv1", shape.width, shape.width, 3, 1, true));
      add(block + "conv2", shape.width, shape.width, 3, 1, true);
    }
    stage.out = add(prefix + "out", shape.width, shape.channels, 1, 1, false);
    stages_.push_back(stage);
    in = shape.channels;
  }
  if (classes > 0) classify_ = register_module("classify", torch::nn::Linear(in, classes));
}

std::size_t Student::add(const std::string& name, int in, int out, int kernel, int stride,
                         bool norm) {
  std::string key = name;
  for (char& c : key) c = c == '.' ? '_' : c;  // a module's name may have no dots
  Part part{
      name,
      torch::nn::Conv2d(
          torch::nn::Conv2dOptions(in, out, kernel).stride(stride).padding(kernel / 2).bias(!norm)),
      nullptr};
  register_module(key, part.convolution);
  torch::nn::init::kaiming_normal_(part.convolution->weight, 0, torch::kFanIn,
                                   norm ? torch::nn::init::NonlinearityType(torch::kReLU)
                                        : torch::nn::init::NonlinearityType(torch::kLinear));
  if (norm) {
    part.norm = torch::nn::BatchNorm2d(out);
    register_module(key + "_norm", part.norm);
  }
  parts_.push_back(part);
  return parts_.size() - 1;
}

torch::Tensor Student::run(std::size_t index, const torch::Tensor& x) {
  Part& part = parts_[index];
  torch::Tensor y = part.convolution(x);
  return part.norm.is_empty() ? y : part.norm(y);
}

Student::Output Student::forward(const torch::Tensor& pictures) {
  Output output;
  torch::Tensor x = torch::relu(run(stem_, pictures));
  for (const Stage& stage : stages_) {
    x = torch::relu(run(stage.entry, x));
    for (const std::size_t block : stage.blocks) {
      const torch::Tensor y = torch::relu(run(block, x));
      x = torch::relu(run(block + 1, y) + x);
    }
    x = run(stage.out, x);
    output.levels.push_back(x);
  }
  if (!classify_.is_empty()) output.classes = classify_(x.mean({2, 3}));
  return output;
}

}  // namespace mvga::distill
