// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Area under the receiver operating characteristic.
#pragma once

#include <cstdint>
#include <span>

namespace mvga {

/// The probability that a positive scores higher than a negative, ties counting half
/// (Mann-Whitney), which is the area under the ROC curve. Needs O(n log n) time and one copy of the
/// scores.
/// @param positive nonzero where the score belongs to an anomaly; as long as `scores`
/// @return 0..1, or NaN when there are only positives or only negatives
double auroc(std::span<const float> scores, std::span<const std::uint8_t> positive);

}  // namespace mvga
