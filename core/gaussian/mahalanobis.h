// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Squared Mahalanobis distances of many vectors to one Gaussian: where scoring spends its time.
#pragma once

#include <cstddef>
#include <vector>

#include "core/gaussian/gaussian.h"

namespace mvga {

/// A Gaussian laid out for the distance kernel. Immutable, so safe to share between threads.
class MahalanobisDistance {
 public:
  explicit MahalanobisDistance(const Gaussian& gaussian);

  /// Squared distances of `rows` vectors that lie one after the other: float [rows, channels].
  /// Centred in double, multiplied in fp32.
  void squared(const float* vectors, std::size_t rows, float* distances) const;

  /// The same, but each about a mean of its own: float [rows, channels].
  void squared_about(const float* means, const float* vectors, std::size_t rows,
                     float* distances) const;

  int channels() const { return channels_; }

 private:
  template <typename Centre>
  void measure(std::size_t rows, float* distances, Centre centre) const;

  int channels_;
  int panels_;
  std::vector<double> mean_;
  std::vector<float> whitening_;  ///< [panels, channels, panel width], padded with zeros
};

}  // namespace mvga
