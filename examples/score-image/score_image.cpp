// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// mvga-score-image: is this image normal? Without GStreamer, by the library alone.
//
//   mvga-score-image bottle.mvga image.ppm           opens the model
//   mvga-score-image bottle.mvga image.ppm good/     learns it from a folder of images first
//
//   c++ -std=c++17 score_image.cpp $(pkg-config --cflags --libs mvga)

#include <mvga/mvga.h>

#include <cstdio>
#include <exception>
#include <filesystem>
#include <set>

#include "ppm.h"

namespace api = mvga::v1;

api::Model learn(const std::filesystem::path& folder) {
  api::Learner learner;
  std::set<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) files.insert(entry.path());
  for (const std::filesystem::path& file : files) learner.add(Picture(file).image());
  return learner.learn();
}

int main(int argc, char** argv) try {
  if (argc != 3 && argc != 4) {
    std::fprintf(stderr, "usage: %s MODEL.mvga IMAGE.ppm [FOLDER_OF_GOOD_IMAGES]\n", argv[0]);
    return 2;
  }
  if (argc == 4) learn(argv[3]).save(argv[1]);
  const api::Detector detector(api::Model::open(argv[1]));
  const api::Result result = detector.score(Picture(argv[2]).image());
  std::printf("%s  score %.3f (threshold %.3f, p %.4f)\n",
              result.anomalous() ? "anomalous" : "normal", result.score(), result.threshold(),
              result.p_value());
  for (const api::Region& region : result.regions())
    std::printf("  region %.0f%%x%.0f%% at %.0f%%,%.0f%%\n", 100 * region.box.width,
                100 * region.box.height, 100 * region.box.x, 100 * region.box.y);
  return result.anomalous() ? 1 : 0;
} catch (const std::exception& error) {
  std::fprintf(stderr, "%s\n", error.what());
  return 2;
}
