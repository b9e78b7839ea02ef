// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What is wrong with a test picture, and where: one mask, or a folder with one for each defect.
#pragma once

#include <filesystem>
#include <vector>

#include "core/metrics/saturated_scores.h"
#include "tools/evaluation/defects_config.h"
#include "tools/media/mask.h"

namespace mvga::tool {

struct GroundTruth {
  Mask mask;                             ///< of all defects together
  std::vector<SaturatedDefect> defects;  ///< one by one, where their saturation is known
};

/// @param mask a file, or a folder of them, each with a defect whose pixels have one value
/// @param config of the defects, or null
/// @throws Error not_found, unreadable: the text names the file. All masks of a folder are as large
///   as the first, and with a config each has one value that is in it.
GroundTruth read_ground_truth(const std::filesystem::path& mask,
                              const DefectsConfig* config = nullptr);

}  // namespace mvga::tool
