// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/metrics/sort_floats.h"

#include <array>
#include <cstddef>

namespace mvga {
namespace {

constexpr int kBits = 11;
constexpr int kPasses = 3;
constexpr std::size_t kBuckets = std::size_t{1} << kBits;

std::size_t bucket_of(float value, int pass) {
  return (ordered_bits(value) >> static_cast<unsigned>(pass * kBits)) & (kBuckets - 1);
}

}  // namespace

void sort_floats(std::vector<float>& values) {
  std::array<std::array<std::size_t, kBuckets>, kPasses> starts{};
  for (const float value : values)
    for (int pass = 0; pass < kPasses; ++pass) ++starts[pass][bucket_of(value, pass)];
  std::vector<float> sorted(values.size());
  for (int pass = 0; pass < kPasses; ++pass) {
    std::size_t next = 0;
    for (std::size_t& start : starts[pass]) {
      const std::size_t count = start;
      start = next;
      next += count;
    }
    for (const float value : values) sorted[starts[pass][bucket_of(value, pass)]++] = value;
    values.swap(sorted);
  }
}

}  // namespace mvga
