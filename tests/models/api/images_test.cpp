// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Images of all sizes and shapes, from several threads, and what is said of them.

#include <gtest/gtest.h>
#include <mvga/mvga.h>

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <thread>
#include <vector>

#include "tests/models/api/own_image.h"
#include "tests/models/api/small_library.h"

namespace mvga::testing {
namespace {

TEST(LibraryImages, MayHaveAnySizeAndShowWhereTheAnomalyIs) {
  const v1::Detector detector(learned(small(), 200, 90).learn(), kOneThread);
  const v1::Result result = detector.score(anomalous(200, 90).image());
  EXPECT_TRUE(result.anomalous());
  EXPECT_GT(result.score(), result.threshold());
  EXPECT_EQ(result.p_value(), 1.0 / 13) << "none of 12 normal images scores as much";
  ASSERT_FALSE(result.regions().empty());
  const v1::Box box = result.regions()[0].box;
  EXPECT_LT(box.x, 0.625);
  EXPECT_GT(box.x + box.width, 0.625);
  EXPECT_LT(box.y, 0.375);
  EXPECT_GT(box.y + box.height, 0.375);
  EXPECT_FALSE(detector.score(normal_image(200, 90, 50).image(), {.threshold = 1e9}).anomalous());
}

TEST(LibraryImages, HaveAMapOfTheSizeThatTheModelTells) {
  v1::LearnSettings settings = small();
  settings.roi = {0.5, 0, 0.5, 1};
  const v1::Model model = learned(settings, 150, 80).learn();
  EXPECT_EQ(model.map_width(), kSide / 4);
  EXPECT_EQ(model.map_height(), kSide / 4);
  const v1::Result result = v1::Detector(model, kOneThread).score(anomalous(150, 80).image());
  const v1::Map& map = result.map();
  EXPECT_EQ(map.width, model.map_width());
  EXPECT_EQ(map.height, model.map_height());
  EXPECT_EQ(map.values.size(), static_cast<std::size_t>(map.width * map.height));
  EXPECT_EQ(map.place.x, 0.5) << "the map covers the roi";
  float peak = 0;
  for (const v1::Region& region : result.regions()) {
    EXPECT_GE(region.box.x, 0.5) << "boxes are in fractions of the whole image";
    EXPECT_LE(region.area, 0.5);
    peak = std::max(peak, region.peak);
  }
  EXPECT_EQ(peak, *std::max_element(map.values.begin(), map.values.end()));
}

TEST(LibraryImages, AreSeenInTheRegionOfInterestAlone) {
  v1::LearnSettings settings = small();
  settings.roi = {0.25, 0, 0.5, 1};
  // The middle 64 of 128 pixels: nothing is scaled.
  const v1::Detector detector(learned(settings, 2 * kSide, kSide).learn(), kOneThread);
  OwnImage beside = normal_image(2 * kSide, kSide, 50);
  const double score = detector.score(beside.image()).score();
  paint(beside, 0, 0, 32, 64);
  paint(beside, 96, 0, 32, 64);
  EXPECT_EQ(detector.score(beside.image()).score(), score);
  paint(beside, 60, 20, 8, 8);
  EXPECT_GT(detector.score(beside.image()).score(), score);
}

TEST(LibraryImages, KeepToTheirStride) {
  const v1::Detector detector(learned(small(), 100, 50).learn(), kOneThread);
  const OwnImage image = anomalous(100, 50);
  constexpr std::size_t kRow = 300;
  constexpr std::size_t kStride = 317;
  std::vector<std::uint8_t> padded(49 * kStride + kRow, 255);
  for (std::size_t y = 0; y < 50; ++y)
    std::copy_n(image.pixels.begin() + static_cast<std::ptrdiff_t>(y * kRow), kRow,
                padded.begin() + static_cast<std::ptrdiff_t>(y * kStride));
  const v1::Image same{padded.data(), padded.size(), 100, 50, kStride};
  EXPECT_EQ(detector.score(same).map().values, detector.score(image.image()).map().values);
}

TEST(LibraryImages, AreScoredFromSeveralThreadsAtOnce) {
  const v1::Detector detector(learned(small()).learn(), kOneThread);
  std::vector<OwnImage> images;
  std::vector<v1::Result> alone;
  for (unsigned seed = 0; seed < 8; ++seed) {
    images.push_back(normal_image(kSide, kSide, 200 + seed));
    alone.push_back(detector.score(images.back().image()));
  }
  std::atomic<int> differ = 0;
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([&, own = detector] {
      for (std::size_t i = 0; i < images.size(); ++i)
        if (own.score(images[i].image()).map().values != alone[i].map().values) ++differ;
    });
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(differ, 0);
}

}  // namespace
}  // namespace mvga::testing
