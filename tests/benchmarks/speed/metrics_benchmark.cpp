// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// All pixel metrics of a category of MVTec AD's size: 83 maps of 900x900 pixels, a third of them
// normal.

#include <sys/resource.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <random>
#include <vector>

#include "core/metrics/pixel_scores.h"
#include "tests/benchmarks/speed/rounds.h"

namespace {

constexpr int kSide = 900;
constexpr int kGrid = 48;  // maps of EfficientNet-B4

mvga::AnomalyMap random_map(std::mt19937& random) {
  mvga::AnomalyMap map{kGrid, kGrid, std::vector<float>(std::size_t{kGrid} * kGrid)};
  for (float& value : map.values) value = static_cast<float>(random()) * 0x1p-32F;
  return mvga::resize_bilinear(map, kSide, kSide);
}

std::vector<std::uint8_t> mask_with_a_square(std::mt19937& random) {
  constexpr int defect = 150;
  std::vector<std::uint8_t> mask(std::size_t{kSide} * kSide);
  const std::size_t top = random() % (kSide - defect);
  const std::size_t left = random() % (kSide - defect);
  for (std::size_t y = top; y < top + defect; ++y)
    std::fill_n(mask.begin() + static_cast<std::ptrdiff_t>(y * kSide + left), defect,
                std::uint8_t{1});
  return mask;
}

}  // namespace

int main() {
  std::mt19937 random(1);
  mvga::PixelScores pixels;
  double collecting = 0;
  for (int i = 0; i < 83; ++i) {
    const mvga::AnomalyMap map = random_map(random);
    const std::vector<std::uint8_t> mask = mask_with_a_square(random);
    collecting += mvga::benchmarks::milliseconds([&] {
      if (i % 3 == 0)
        pixels.add(map);
      else
        pixels.add(map, mask);
    });
  }
  double sum = 0;
  const double ranking = mvga::benchmarks::milliseconds([&] {
    const mvga::RankedScores ranked = pixels.rank();
    sum = ranked.auroc() + ranked.average_precision() + ranked.f1_max() + ranked.pro(0.3) +
          ranked.pro(0.05);
  });
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  std::printf(
      "83 maps of 900x900: collected in %.1f s, AUROC, AP, F1 and PRO in %.1f s, %.2f GB at the "
      "most (sum %.3f)\n",
      collecting / 1000, ranking / 1000, static_cast<double>(usage.ru_maxrss) / (1 << 20), sum);
}
