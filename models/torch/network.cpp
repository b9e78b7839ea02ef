// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "models/torch/network.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/zeros.h>

#include <algorithm>
#include <atomic>
#include <numeric>
#include <utility>

namespace mvga {
namespace {

std::atomic<std::size_t>& count() {
  static std::atomic<std::size_t> living = 0;
  return living;
}

/// Adds one of the `parts` that a level is the mean of. A sum of halves would be coarser than they.
void add_part(at::Tensor& level, const at::Tensor& features, std::size_t parts) {
  if (parts == 1) {
    level = features;
    return;
  }
  const at::Tensor part = features.to(at::kFloat) / static_cast<double>(parts);
  level = level.defined() ? level + part : part;
}

}  // namespace

Network::Network(std::string weights_sha256, Trunk trunk, std::vector<LevelStages> levels,
                 Placement placement, int largest_batch)
    : weights_sha256_(std::move(weights_sha256)),
      trunk_(std::move(trunk)),
      levels_(std::move(levels)),
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
  std::vector<at::Tensor> wanted(levels.size());
  State state{input.to(placement_.device, placement_.type), {}};
  std::size_t finished = 0;
  for (int stage = 0; finished < wanted.size(); ++stage) {
    trunk_.stages[stage](state);
    at::Tensor features;  // read once for all levels that want them
    for (std::size_t i = 0; i < wanted.size(); ++i) {
      const LevelStages& stages = levels_[levels[i]];
      if (!std::ranges::binary_search(stages, stage)) continue;
      if (!features.defined()) features = trunk_.features(state);
      add_part(wanted[i], features, stages.size());
      if (stage < stages.back()) continue;
      wanted[i] = wanted[i].to(at::kCPU, at::kFloat);
      ++finished;
    }
  }
  return wanted;
}

std::vector<LevelShape> Network::shapes(int input_size) const {
  const std::lock_guard lock(mutex_);
  std::vector<LevelShape>& shapes = shapes_[input_size];
  if (!shapes.empty()) return shapes;
  std::vector<int> levels(levels_.size());
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
