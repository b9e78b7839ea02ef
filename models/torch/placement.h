// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Where a network runs and in which precision.
#pragma once

#include <c10/core/Device.h>
#include <c10/core/ScalarType.h>

#include <string>

#include "core/features/backbone.h"

namespace mvga {

struct Placement {
  at::Device device = at::kCPU;
  at::ScalarType type = at::kFloat;

  std::string device_name() const;  ///< cpu, cuda:0
  Precision precision() const;
};

/// @throws Error settings: not a device, a device that is not there (the text says why), or a
///         precision that it does not have
Placement choose_placement(const std::string& device, Precision precision);

/// That the process may use.
int available_cpus();

/// Gives LibTorch `threads` threads for what the calling thread starts. OpenMP keeps this number
/// for each thread: call it on every one.
void use_threads(int threads);

}  // namespace mvga
