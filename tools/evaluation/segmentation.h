// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Maps that are cut at one limit, and how well the pieces cover what is marked.
#pragma once

#include <cstdint>
#include <span>

#include "core/scoring/anomaly_map.h"

namespace mvga::tool {

/// The values of the maps of normal pictures, pixel by pixel.
class NormalPixels {
 public:
  void add(const AnomalyMap& map);

  bool any() const { return count_ > 0; }
  /// Their mean and three standard deviations more: as the limit is usually set where only normal
  /// pictures are there to set it.
  double limit() const;

 private:
  double count_ = 0;
  double mean_ = 0;
  double squares_ = 0;  ///< of the differences from the mean
};

/// F1 of the pixels above a limit, all pictures together: MVTec AD 2's SegF1.
class Segmentation {
 public:
  explicit Segmentation(double limit) : limit_(limit) {}

  void add(const AnomalyMap& map, std::span<const std::uint8_t> defect);
  /// Of a normal picture.
  void add(const AnomalyMap& map);

  double limit() const { return limit_; }
  /// In percent; NaN where nothing is marked.
  double f1() const;

 private:
  bool is_above(float value) const { return static_cast<double>(value) > limit_; }

  double limit_;
  std::uint64_t marked_ = 0;
  std::uint64_t above_ = 0;
  std::uint64_t both_ = 0;
};

}  // namespace mvga::tool
