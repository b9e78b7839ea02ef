// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "models/torch/network.h"

#include <ATen/ops/zeros.h>

#include <atomic>
#include <numeric>
#include <utility>

namespace mvga {
namespace {

std::atomic<std::size_t>& count() {
  static std::atomic<std::size_t> living = 0;
  return living;
}

}  // namespace

Network::Network(std::string weights_sha256, std::vector<Stage> stages, Placement placement,
                 int largest_batch)
    : weights_sha256_(std::move(weights_sha256)),
      stages_(std::move(stages)),
      placement_(placement),
      largest_batch_(largest_batch) {
  ++count();
}

Network::~Network() {
  --count();
}

std::size_t Network::living() {
  return count();
}

std::vector<at::Tensor> Network::run(const at::Tensor& input, std::span<const int> levels) const {
  std::vector<at::Tensor> wanted;
  at::Tensor x = input.to(placement_.device, placement_.type);
  for (int level = 0; wanted.size() < levels.size(); ++level) {
    x = stages_[level](x);
    if (level == levels[wanted.size()]) wanted.push_back(x.to(at::kCPU, at::kFloat));
  }
  return wanted;
}

std::vector<LevelShape> Network::shapes(int input_size) const {
  const std::lock_guard lock(mutex_);
  std::vector<LevelShape>& shapes = shapes_[input_size];
  if (!shapes.empty()) return shapes;
  std::vector<int> levels(stages_.size());
  std::iota(levels.begin(), levels.end(), 0);
  const at::Tensor black =
      at::zeros({1, 3, input_size, input_size}).contiguous(at::MemoryFormat::ChannelsLast);
  for (const at::Tensor& x : run(black, levels)) {
    shapes.push_back({static_cast<int>(shapes.size()), static_cast<int>(x.size(1)),
                      static_cast<int>(x.size(2)), static_cast<int>(x.size(3))});
  }
  return shapes;
}

}  // namespace mvga
