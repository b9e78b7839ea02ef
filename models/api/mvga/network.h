// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The network that looks at images.
#pragma once

#include <mvga/api.h>

#include <filesystem>
#include <string>

namespace mvga::v1 {

/// Number format of the network.
enum class Precision {
  automatic = 0,  ///< what suits the device
  fp32 = 1,
  bf16 = 2,
  fp16 = 3,
};

/// Where its weights are, and where and how it runs.
struct NetworkSettings {
  /// A safetensors file. Empty: NAME.safetensors in MVGA_WEIGHTS_PATH, the user's or the installed
  /// data folder, or what is built in.
  std::filesystem::path weights = {};
  std::string device = "auto";  ///< auto, cpu, cuda, cuda:N
  Precision precision = Precision::automatic;
  /// Processor threads of one inference. 0: as many as there are processors, shared among those
  /// that infer at the same time. Results are the same to the last bit for the same number of
  /// threads on the same machine; with 0 they differ in rounding.
  int threads = 0;
};

}  // namespace mvga::v1
