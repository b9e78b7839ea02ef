// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What a set of held-out normal scores can promise about false alarms, without assuming any
// distribution.
#pragma once

#include <cstddef>
#include <span>

namespace mvga {

/// How sure a promised rate is.
inline constexpr double kConfidence = 0.95;

/// The rates that can be asked for, and that files may hold.
inline constexpr double kLowestRate = 0.001;
inline constexpr double kHighestRate = 0.5;

struct Threshold {
  double value = 0;  ///< scores above it are alarms
  double rate = 1;   ///< the false-alarm rate that is promised with kConfidence
};

/// The lowest threshold whose false-alarm rate is at most `wanted` with kConfidence: the
/// (r+1)-th largest of the m held-out scores, r the largest number with P(Bin(m, wanted) <= r)
/// <= 1 - kConfidence (Wilks 1941, distribution-free tolerance limits). When even r = 0 does not
/// hold, the largest score and the rate 1 - (1 - kConfidence)^(1/m) that it supports; so it is for
/// 0, less, and what is no number. From 1 on, the smallest score.
/// @param scores held-out normal scores in ascending order, at least one
Threshold threshold_for(std::span<const double> scores, double wanted);

/// The smallest number of held-out images that can support the rate: 299 for 1 %, 59 for 5 %, 1
/// from 1 on. More than there can be (SIZE_MAX) for 0, less, and what is no number.
std::size_t frames_needed(double rate);

/// The lowest rate that so many held-out images can support: 1 - (1 - kConfidence)^(1/frames).
/// @param frames at least one
double least_rate(std::size_t frames);

/// Share of normal images that score at least `score`, counted with the image itself so that
/// it is never 0: (1 + #{scores >= score}) / (1 + m) (Vovk, Gammerman and Shafer 2005, eq. 2.19).
double p_value(std::span<const double> scores, double score);

}  // namespace mvga
