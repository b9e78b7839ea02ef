// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The training loop.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "models/torch/networks/own_networks.h"

namespace mvga::distill {

enum class Task {
  distill,   ///< foretell the teacher's features
  classify,  ///< tell kinds of generated pictures apart, without a teacher
  nothing,   ///< stay as random as at the start; only the norms see pictures
};

struct TrainingSettings {
  const OwnNetwork* network = nullptr;
  Task task = Task::distill;
  std::filesystem::path teacher;             ///< weights file
  std::vector<int> teacher_levels{1, 2, 3};  ///< of strides 4, 8, 16
  std::filesystem::path folder;              ///< for checkpoints and the loss curve
  std::uint64_t seed = 1;
  int picture_size = 256;
  std::int64_t steps = 10000;
  std::int64_t batch = 6;
  std::int64_t fresh = 2;   ///< of a batch, that no batch had before
  std::size_t pool = 2000;  ///< examples to draw the others from
  std::int64_t checkpoint_every = 2500;
  double learning_rate = 6e-3;
  /// Share of the steps after which the batch norms keep the statistics they have: in a regression
  /// the neighbours in a batch are noise, and the finished network has none.
  double freeze_norms_after = 0.5;
  double weight_decay = 1e-4;
  double whitening_floor = 0.1;  ///< see Teacher
  std::string device = "cpu";
  int threads = 2;
};

/// Writes ARCHITECTURE-STEPS.safetensors every so often, in the end ARCHITECTURE.safetensors, and
/// loss.csv all along.
/// @throws Error
void train(const TrainingSettings& settings);

}  // namespace mvga::distill
