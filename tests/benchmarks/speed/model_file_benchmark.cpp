// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// How large a model of EfficientNet-B4 is and how long it takes to load.

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <vector>

#include "core/files/model_file.h"
#include "tests/core/files/plausible_model.h"

int main() {
  using Clock = std::chrono::steady_clock;
  const auto path = std::filesystem::temp_directory_path() / "mvga-benchmark.mvga";
  mvga::save_model(mvga::test::efficientnet_b4_model(), path);
  std::vector<double> milliseconds;
  for (int i = 0; i < 50; ++i) {
    const auto start = Clock::now();
    const mvga::Model model = mvga::load_model(path);
    milliseconds.push_back(std::chrono::duration<double, std::milli>(Clock::now() - start).count());
  }
  std::sort(milliseconds.begin(), milliseconds.end());
  std::printf("%ju bytes, loaded in %.1f ms (median of %zu; %.1f to %.1f)\n",
              static_cast<std::uintmax_t>(std::filesystem::file_size(path)),
              milliseconds[milliseconds.size() / 2], milliseconds.size(), milliseconds.front(),
              milliseconds.back());
  std::filesystem::remove(path);
}
