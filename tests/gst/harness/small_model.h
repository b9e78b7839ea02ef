// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// A backbone with small random weights, and models learned with it: quick, and the same every time.
#pragma once

#include <filesystem>
#include <string>

#include "core/scoring/calibration.h"

namespace mvga::testing {

inline constexpr const char* kSmallArchitecture = "resnet18";
inline constexpr int kSmallInput = 64;

/// Weights for the levels 0 and 1 of resnet18, made once for the process.
const std::filesystem::path& small_weights();

/// A model that mvgafit has learned from `frames` frames of normal_frame(I420, 96x64) with
/// small_weights(), input size 64 and levels 0-1. Made once for each number of frames and profile.
const std::filesystem::path& small_model(unsigned frames = 40,
                                         Profile profile = Profile::calibrated);

}  // namespace mvga::testing
