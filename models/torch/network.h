// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// A network with its weights in memory: what all backbones of the same weights have in common.
#pragma once

#include <ATen/core/Tensor.h>

#include <map>
#include <mutex>
#include <span>
#include <string>
#include <vector>

#include "core/features/backbone.h"
#include "models/torch/architecture.h"
#include "models/torch/placement.h"
#include "models/torch/tensor_memory.h"

namespace mvga {

/// To the user immutable, so safe to use from several threads at once.
class Network {
 public:
  /// @param levels those that the trunk has the stages for, from level 0
  /// @param largest_batch what run() is best given at once
  Network(std::string weights_sha256, Trunk trunk, std::vector<LevelStages> levels,
          Placement placement, int largest_batch);
  ~Network();
  Network(const Network&) = delete;
  Network& operator=(const Network&) = delete;

  const std::string& weights_sha256() const { return weights_sha256_; }
  const Placement& placement() const { return placement_; }
  int largest_batch() const { return largest_batch_; }
  int top_level() const { return static_cast<int>(levels_.size()) - 1; }

  /// What the levels are for an input of [N, 3, S, S]: each [N, channels, height, width], fp32 on
  /// the CPU. Computes no stage above theirs. @param levels up to top_level()
  std::vector<at::Tensor> run(const at::Tensor& input, std::span<const int> levels) const;

  /// Of all levels, in order. Found out by a run with the first of each size.
  std::vector<LevelShape> shapes(int input_size) const;

  /// How many there are in the process.
  static std::size_t living();

 private:
  std::string weights_sha256_;
  Trunk trunk_;
  std::vector<LevelStages> levels_;
  Placement placement_;
  int largest_batch_;

  TensorMemory::Share memory_;
  mutable std::mutex mutex_;  ///< of shapes_
  mutable std::map<int, std::vector<LevelShape>> shapes_;
};

}  // namespace mvga
