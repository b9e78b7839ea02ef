// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Takes a network's tensors out of a weights file, and out of its hands only in good order.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <string>
#include <vector>

#include "core/io/safetensors.h"
#include "models/engine.h"
#include "models/torch/placement.h"

namespace mvga {

/// Collects what is missing, so that a file that lacks a hundred tensors gives one error and not
/// the first of a hundred.
class WeightsReader {
 public:
  /// `file` has to outlive the reader. Without a file everything is missing, and all that happens
  /// is that asked() tells what a network needs.
  WeightsReader(const SafetensorsFile* file, Placement placement)
      : file_(file), placement_(placement) {}

  /// The tensor as fp32 on the CPU, or an undefined one when it is missing.
  /// @throws Error unreadable: wrong shape, wrong type, NaN or infinity
  at::Tensor take(const std::string& key, const std::vector<std::int64_t>& shape);

  /// For what only the network can see: an error about the tensor.
  [[noreturn]] void reject(const std::string& key, const std::string& why) const;

  /// @throws Error unreadable if a tensor was missing
  void require_all() const;

  const std::vector<TensorSpec>& asked() const { return asked_; }
  /// What was taken, or made of it, as and where the network wants it in the end.
  at::Tensor placed(const at::Tensor& tensor) const {
    return tensor.to(placement_.device, placement_.type);
  }

 private:
  const SafetensorsFile* file_;
  Placement placement_;
  std::vector<TensorSpec> asked_;
  std::vector<std::string> missing_;
};

}  // namespace mvga
