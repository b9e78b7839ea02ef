// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Backbones of the same weights have one network in memory.

#include <gtest/gtest.h>
#include <malloc.h>

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <latch>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "core/base/error.h"
#include "models/open_backbone.h"
#include "tests/models/temporary_folder.h"
#include "tests/models/torch/compare_levels.h"
#include "tests/models/torch/random_weights.h"

namespace mvga::testing {
namespace {

namespace fs = std::filesystem;

/// Bytes that were allocated and not freed yet.
std::size_t bytes_in_use() {
  const struct mallinfo2 info = mallinfo2();
  return info.uordblks + info.hblkhd;
}

std::vector<std::uint8_t> noise(int size, std::uint64_t seed) {
  Random random(seed);
  std::vector<std::uint8_t> bytes(static_cast<std::size_t>(3) * size * size);
  for (std::uint8_t& byte : bytes) byte = static_cast<std::uint8_t>(random.uniform(0, 256));
  return bytes;
}

Levels features(const Backbone& backbone, std::uint64_t seed = 7) {
  const int size = backbone.info().input_size;
  const std::vector<std::uint8_t> image = noise(size, seed);
  return backbone.extract({image.data(), size, size, 3 * size});
}

class Sharing : public ::testing::Test {
 protected:
  Sharing() {
    settings.weights = folder / "weights.safetensors";
    settings.architecture = "resnet18";
    settings.levels = {0, 1};
    settings.input_size = 64;
    settings.device = "cpu";
    settings.threads = 2;  // the same number every time, for the same features
    random_weights("resnet18", 2).write(settings.weights);
    EXPECT_EQ(engine().networks(), 0u) << "another test has left one";
  }
  /// The same settings with other levels.
  BackboneSettings with_levels(std::vector<int> levels) const {
    BackboneSettings changed = settings;
    changed.levels = std::move(levels);
    return changed;
  }

  TemporaryFolder folder;
  BackboneSettings settings;
};

TEST_F(Sharing, IsOfTheNetworkAlone) {
  const auto first = open_backbone(settings);
  BackboneSettings other = with_levels({1});
  other.input_size = 96;
  other.threads = 1;
  const auto second = open_backbone(other);
  EXPECT_EQ(engine().networks(), 1u);
  EXPECT_EQ(first->info().levels.size(), 2u);
  EXPECT_EQ(second->info().levels.size(), 1u);
  EXPECT_EQ(second->info().levels[0].width, 24);
  EXPECT_EQ(second->info().weights_sha256, first->info().weights_sha256);
  EXPECT_EQ(features(*first)[1].width, 16);
  EXPECT_EQ(features(*second)[0].width, 24);
}

TEST_F(Sharing, DoesNotReadTheWeightsAgain) {
  const auto first = open_backbone(settings);
  // Nonsense of the same size and time: reading it would be an error.
  const auto time = fs::last_write_time(settings.weights);
  const auto size = static_cast<std::streamsize>(fs::file_size(settings.weights));
  std::fstream(settings.weights, std::ios::in | std::ios::out | std::ios::binary)
      << std::string(static_cast<std::size_t>(size), '?');
  fs::last_write_time(settings.weights, time);
  const auto second = open_backbone(settings);
  EXPECT_EQ(values_of(features(*second)[1]), values_of(features(*first)[1]));
}

TEST_F(Sharing, FindsTheSameFileByAnyPath) {
  const auto first = open_backbone(settings);
  BackboneSettings other = settings;
  other.weights = folder / "link.safetensors";
  fs::create_symlink(settings.weights, other.weights);
  const auto second = open_backbone(other);
  EXPECT_EQ(engine().networks(), 1u);
  EXPECT_EQ(second->info().weights, other.weights) << "as it was named";
}

TEST_F(Sharing, EndsWhereTheFileHasChanged) {
  const auto before = open_backbone(settings);
  const Levels levels = features(*before);
  random_weights("resnet18", 2, 2).write(settings.weights);
  const auto after = open_backbone(settings);
  EXPECT_EQ(engine().networks(), 2u);
  EXPECT_NE(after->info().weights_sha256, before->info().weights_sha256);
  EXPECT_NE(values_of(features(*after)[1]), values_of(levels[1]));
  EXPECT_EQ(values_of(features(*before)[1]), values_of(levels[1]));
}

TEST_F(Sharing, NeedsTheFileToBeThere) {
  const auto first = open_backbone(settings);
  fs::remove(settings.weights);
  EXPECT_THROW(open_backbone(settings), Error);
}

TEST_F(Sharing, OfAHigherNetworkIsForLowerLevelsToo) {
  const std::vector<float> alone = values_of(features(*open_backbone(with_levels({1})))[0]);
  const auto high = open_backbone(with_levels({2}));
  const auto low = open_backbone(with_levels({1}));
  EXPECT_EQ(engine().networks(), 1u);
  EXPECT_EQ(values_of(features(*low)[0]), alone);
}

TEST_F(Sharing, OfALowerNetworkIsNotEnoughForHigherLevels) {
  auto low = open_backbone(with_levels({1}));
  const auto high = open_backbone(with_levels({1, 2}));
  EXPECT_EQ(engine().networks(), 2u);
  EXPECT_EQ(values_of(features(*high)[0]), values_of(features(*low)[0]));
  const auto again = open_backbone(with_levels({0}));
  EXPECT_EQ(engine().networks(), 2u) << "the higher one is for everyone from now on";
  low.reset();
  EXPECT_EQ(engine().networks(), 1u);
}

TEST_F(Sharing, IsWithinOnePrecision) {
  const auto fp32 = open_backbone(settings);
  settings.precision = Precision::bf16;
  const auto bf16 = open_backbone(settings);
  EXPECT_EQ(engine().networks(), 2u);
  EXPECT_NE(values_of(features(*bf16)[1]), values_of(features(*fp32)[1]));
}

TEST_F(Sharing, IsOfBuiltInWeightsToo) {
  BackboneSettings built_in;
  built_in.architecture = "mvga_small";
  built_in.device = "cpu";
  const auto first = open_backbone(built_in);
  const auto second = open_backbone(built_in);
  EXPECT_EQ(engine().networks(), 1u);
}

TEST_F(Sharing, ForgetsErrors) {
  const fs::path elsewhere = folder / "elsewhere.safetensors";
  fs::rename(settings.weights, elsewhere);
  EXPECT_THROW(open_backbone(settings), Error);
  random_weights("resnet18", 0).write(settings.weights);
  EXPECT_THROW(open_backbone(settings), Error) << "level 1 is not in there";
  fs::rename(elsewhere, settings.weights);
  EXPECT_NO_THROW(open_backbone(settings));
}

TEST_F(Sharing, IsForThoseWhoOpenAtTheSameTime) {
  constexpr int openers = 4;
  std::latch start(openers);
  std::vector<std::shared_ptr<const Backbone>> opened(openers);
  std::vector<std::thread> threads;
  for (int t = 0; t < openers; ++t) {
    threads.emplace_back([&, t] {
      start.arrive_and_wait();
      opened[t] = open_backbone(settings);
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(engine().networks(), 1u);
}

TEST_F(Sharing, GivesEveryThreadItsOwnFeatures) {
  std::vector<BackboneSettings> kinds(4, settings);
  kinds[1].input_size = 96;
  kinds[2].levels = {2};
  kinds[3].threads = 1;
  std::atomic<int> different = 0;
  std::vector<std::thread> threads;
  for (std::size_t t = 0; t < kinds.size(); ++t) {
    threads.emplace_back([&, t] {
      const auto backbone = open_backbone(kinds[t]);
      const std::vector<float> first = values_of(features(*backbone, t).back());
      for (int i = 0; i < 10; ++i) different += values_of(features(*backbone, t).back()) != first;
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(different, 0);
}

TEST_F(Sharing, TakesTheMemoryOfOneForEight) {
#ifdef __SANITIZE_ADDRESS__
  GTEST_SKIP() << "AddressSanitizer has an allocator of its own";
#endif
  random_weights("resnet18", 4).write(settings.weights);
  settings.levels = {0, 1, 2, 3, 4};
  open_backbone(settings);  // what LibTorch makes once and keeps
  const std::size_t none = bytes_in_use();
  std::vector<std::shared_ptr<const Backbone>> backbones{open_backbone(settings)};
  features(*backbones[0]);
  const auto one = static_cast<double>(bytes_in_use() - none);
  EXPECT_GT(one, 40e6) << "11 million weights of four bytes";
  while (backbones.size() < 8) {
    backbones.push_back(open_backbone(settings));
    features(*backbones.back());
  }
  EXPECT_LT(static_cast<double>(bytes_in_use() - none), 1.2 * one);
  backbones.resize(1);
  backbones.clear();
  EXPECT_EQ(engine().networks(), 0u);
  EXPECT_LT(static_cast<double>(bytes_in_use()), static_cast<double>(none) + 0.05 * one)
      << "weights that nobody uses are still there";
}

/// How many blocks of memory the network takes from the system while each of so many threads looks
/// at so many images.
std::size_t blocks_for(const Backbone& backbone, int threads, int images) {
  const std::size_t before = engine().tensor_blocks();
  std::vector<std::thread> all;
  for (int t = 0; t < threads; ++t)
    all.emplace_back([&] {
      for (int i = 0; i < images; ++i) features(backbone);
    });
  for (std::thread& thread : all) thread.join();
  return engine().tensor_blocks() - before;
}

TEST_F(Sharing, TakesNoMoreMemoryOnceItIsUnderWay) {
  random_weights("resnet18", 4).write(settings.weights);
  settings.levels = {0, 1, 2, 3, 4};
  settings.input_size = 96;
  const std::size_t before = engine().tensor_blocks();
  const auto backbone = open_backbone(settings);
  features(*backbone);
  EXPECT_GT(engine().tensor_blocks(), before + 4) << "its tensors come from elsewhere";
  EXPECT_EQ(blocks_for(*backbone, 1, 20), 0U);
  // Side by side they need more at once, but not for every image.
  settings.threads = 1;
  const auto other = open_backbone(settings);
  const std::size_t first = blocks_for(*other, 4, 20);
  EXPECT_LT(blocks_for(*other, 4, 200), std::max<std::size_t>(first, 10));
}

TEST_F(Sharing, LeavesFeaturesToTheirOwner) {
  auto backbone = open_backbone(settings);
  const Levels kept = features(*backbone, 1);
  const std::vector<float> before = values_of(kept[1]);
  features(*backbone, 2);
  EXPECT_EQ(values_of(kept[1]), before) << "the next image was put into the same memory";
  backbone.reset();
  EXPECT_EQ(values_of(kept[1]), before) << "the network took it with it";
}

class Batches : public ::testing::TestWithParam<const char*> {};

// To rounding, as with another number of threads: for a larger input LibTorch's libraries may add
// up the same products in another order.
TEST_P(Batches, GiveEveryImageWhatItGetsAlone) {
  const TemporaryFolder folder;
  BackboneSettings settings;
  settings.architecture = GetParam();
  settings.weights = folder / "weights.safetensors";
  settings.levels = {0, 1, 2};
  settings.input_size = 64;
  settings.device = "cpu";
  settings.threads = 2;
  random_weights(settings.architecture, 2).write(settings.weights);
  const auto backbone = open_backbone(settings);
  std::vector<std::vector<std::uint8_t>> images;
  std::vector<RgbView> views;
  for (int i = 0; i < 7; ++i) images.push_back(noise(64, i));
  for (const auto& image : images) views.push_back({image.data(), 64, 64, 3 * 64});
  const std::vector<Levels> batch = backbone->extract_batch(views);
  ASSERT_EQ(batch.size(), views.size());
  for (std::size_t i = 0; i < views.size(); ++i) {
    const Levels alone = backbone->extract(views[i]);
    ASSERT_EQ(batch[i].size(), alone.size());
    for (std::size_t l = 0; l < alone.size(); ++l) {
      EXPECT_EQ(batch[i][l].level, alone[l].level);
      EXPECT_EQ(batch[i][l].width, alone[l].width);
      EXPECT_LE(relative_error(values_of(batch[i][l]), values_of(alone[l])), 1e-5)
          << "image " << i << ", level " << l;
    }
  }
}

TEST_P(Batches, MayBeEmptyAndCheckEveryImage) {
  const TemporaryFolder folder;
  BackboneSettings settings;
  settings.architecture = GetParam();
  settings.weights = folder / "weights.safetensors";
  settings.levels = {0};
  settings.input_size = 64;
  settings.device = "cpu";
  random_weights(settings.architecture, 0).write(settings.weights);
  const auto backbone = open_backbone(settings);
  EXPECT_TRUE(backbone->extract_batch({}).empty());
  const std::vector<std::uint8_t> bytes = noise(65, 1);
  const std::vector<RgbView> views{{bytes.data(), 64, 64, 3 * 65}, {bytes.data(), 65, 65, 3 * 65}};
  EXPECT_THROW(backbone->extract_batch(views), Error);
}

INSTANTIATE_TEST_SUITE_P(Architectures, Batches,
                         ::testing::Values("mvga_small", "resnet18", "tf_efficientnet_b0"),
                         [](const auto& info) { return std::string(info.param); });

}  // namespace
}  // namespace mvga::testing
