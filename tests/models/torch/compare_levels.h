// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// How far two sets of features are apart.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <string>
#include <vector>

#include "core/features/feature_map.h"
#include "core/io/safetensors.h"

namespace mvga::testing {

inline std::vector<float> values_of(const TensorView& view) {
  EXPECT_EQ(view.type, DType::f32);
  std::vector<float> values(static_cast<std::size_t>(view.elements()));
  std::memcpy(values.data(), view.bytes.data(), view.bytes.size());
  return values;
}

inline std::vector<float> values_of(const FeatureMap& map) {
  return {map.values.get(), map.values.get() + map.positions() * map.channels};
}

/// max |a - b| / max |b|; infinite when the sizes differ or something is not finite.
inline double relative_error(const std::vector<float>& a, const std::vector<float>& b) {
  if (a.size() != b.size() || b.empty()) return INFINITY;
  double difference = 0, largest = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (!std::isfinite(a[i]) || !std::isfinite(b[i])) return INFINITY;
    difference = std::max(difference, std::abs(static_cast<double>(a[i]) - b[i]));
    largest = std::max(largest, std::abs(static_cast<double>(b[i])));
  }
  return difference / largest;
}

/// From PyTorch's [channels, height, width] to ours, [height, width, channels].
inline std::vector<float> channels_last(const TensorView& view) {
  const std::vector<float> from = values_of(view);
  const std::size_t channels = view.shape[0], positions = from.size() / channels;
  std::vector<float> to(from.size());
  for (std::size_t c = 0; c < channels; ++c) {
    for (std::size_t p = 0; p < positions; ++p) to[p * channels + c] = from[c * positions + p];
  }
  return to;
}

/// Every level against the tensor `levelN.features` of a golden file.
inline void expect_golden(const Levels& levels, const SafetensorsFile& golden, double tolerance) {
  for (const FeatureMap& map : levels) {
    const TensorView* expected = golden.find("level" + std::to_string(map.level) + ".features");
    ASSERT_NE(expected, nullptr) << golden.name() << " has no level " << map.level;
    ASSERT_EQ(expected->shape, (std::vector<std::int64_t>{map.channels, map.height, map.width}));
    const double error = relative_error(values_of(map), channels_last(*expected));
    std::printf("  level %d: %dx%dx%d, relative error %.1e\n", map.level, map.channels, map.height,
                map.width, error);
    EXPECT_LE(error, tolerance) << golden.name() << ", level " << map.level;
  }
}

}  // namespace mvga::testing
