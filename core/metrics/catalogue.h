// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// All metrics of an evaluation, in one table. Whoever computes, averages, writes or explains them
// goes through it, so that a new metric is a new entry there and nothing else.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "core/metrics/ranked_scores.h"

namespace mvga {

/// What is ranked: images, told apart by their labels, or all pixels of them, by their masks.
enum class Ranked : std::uint8_t { images, pixels };

/// What has to be among it, so that a metric says something.
enum class Needs : std::uint8_t {
  positives,  ///< with them alone it is 1, whatever the scores
  both,       ///< positives and negatives
};

struct Metric {
  std::string_view key;      ///< in files
  std::string_view name;     ///< in a sentence; variants of a metric share it
  std::string_view title;    ///< beside the other metrics of what is ranked
  std::string_view heading;  ///< of a narrow column
  std::size_t width;         ///< of that column
  int digits;                ///< that people are shown after the point, in percent
  Ranked ranked;
  Needs needs;
  double (*compute)(const RankedScores&);  ///< 0..1; NaN without what it needs
};

/// In the order in which they are shown: those of the images, then those of the pixels.
std::span<const Metric> metrics();

/// @throws std::out_of_range if the table has no such key
const Metric& metric(std::string_view key);

}  // namespace mvga
