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
#include <filesystem>
#include <fstream>
#include <set>
#include <string>
#include <vector>

namespace api = mvga::v1;

/// A binary PPM (P6) of 8 bits, as `convert a.jpg a.ppm` or `djpeg` write it.
struct Picture {
  explicit Picture(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    std::string kind;
    int most = 0;
    if (!(file >> kind >> width >> height >> most) || kind != "P6" || most != 255 || width < 1 ||
        height < 1)
      throw std::runtime_error(path.string() + ": is no PPM of 8 bits");
    file.get();
    pixels.resize(std::size_t{3} * width * height);
    if (!file.read(reinterpret_cast<char*>(pixels.data()),
                   static_cast<std::streamsize>(pixels.size())))
      throw std::runtime_error(path.string() + ": is cut off");
  }
  api::Image image() const { return {pixels.data(), pixels.size(), width, height}; }

  int width = 0;
  int height = 0;
  std::vector<std::uint8_t> pixels;
};

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
