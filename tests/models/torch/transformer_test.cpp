// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// A network that is no chain of maps, through all of the engine, against the same computed here.

#include <ATen/TensorOperators.h>
#include <ATen/ops/cat.h>
#include <ATen/ops/conv2d.h>
#include <ATen/ops/from_blob.h>
#include <ATen/ops/zeros.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "core/base/error.h"
#include "models/torch/torch_backbone.h"
#include "models/torch/weights_reader.h"
#include "tests/models/temporary_folder.h"
#include "tests/models/torch/compare_levels.h"
#include "tests/models/torch/noise_image.h"
#include "tests/models/torch/random_weights.h"
#include "tests/models/torch/tiny_transformer.h"

namespace mvga::testing {
namespace {

RandomWeights weights_up_to(int top_level) {
  const Architecture architecture = tiny::architecture();
  WeightsReader asks(nullptr, {});
  architecture.build(asks, architecture.top_stage(top_level));
  return random_weights(architecture.name, asks.asked(), 5);
}

/// [size, size, channels] of each level, computed in one piece from the weights.
std::vector<std::vector<float>> computed(const RandomWeights& weights, const NoiseImage& image) {
  const tiny::Take take = [&](const std::string& key, const std::vector<std::int64_t>& shape) {
    return at::from_blob(const_cast<float*>(weights.tensors.at(key).values.data()), shape);
  };
  at::Tensor pixels = at::zeros({1, 3, image.size, image.size});
  auto* to = pixels.data_ptr<float>();
  for (int c = 0; c < 3; ++c) {
    for (int y = 0; y < image.size; ++y) {
      for (int x = 0; x < image.size; ++x) {
        const float value = image.bytes[y * image.stride + 3 * x + c] / 255.0f;
        *to++ = (value - tiny::normalisation.mean[c]) / tiny::normalisation.deviation[c];
      }
    }
  }
  const std::int64_t side = image.size / tiny::patch;
  const std::int64_t first = 1 + tiny::registers;
  const at::Tensor grid =
      at::conv2d(pixels, take("patches", {tiny::channels, 3, tiny::patch, tiny::patch}), {},
                 tiny::patch)
          .view({1, tiny::channels, side * side})
          .permute({0, 2, 1});
  const at::Tensor tokens = at::cat({take("class", {1, 1, tiny::channels}),
                                     take("registers", {1, tiny::registers, tiny::channels}), grid},
                                    1);
  const at::Tensor positions =
      at::cat({at::zeros({first, tiny::channels}), tiny::positions_of_grid(side, side)});
  const at::Tensor lower = tiny::Block(take, "blocks.0.")(tokens, positions);
  const at::Tensor upper = tiny::Block(take, "blocks.1.")(lower, positions);

  const at::Tensor scale = take("norm.weight", {tiny::channels});
  const at::Tensor a = tiny::norm(lower, scale).slice(1, first);
  const at::Tensor b = tiny::norm(upper, scale).slice(1, first);
  std::vector<std::vector<float>> levels;
  for (const at::Tensor& level : {a, b, (a + b) / 2}) {
    const at::Tensor packed = level.contiguous();
    levels.emplace_back(packed.data_ptr<float>(), packed.data_ptr<float>() + packed.numel());
  }
  return levels;
}

class TransformerTest : public ::testing::Test {
 protected:
  void SetUp() override { use(weights_); }
  void use(const RandomWeights& weights) {
    settings_.weights = folder_ / "weights.safetensors";
    weights.write(settings_.weights);
    settings_.device = "cpu";
    settings_.threads = 1;
  }
  std::shared_ptr<const Backbone> opened() const {
    return open_torch_backbone(tiny::architecture(), settings_);
  }
  void expect_features_of(int size) {
    settings_.input_size = size;
    const NoiseImage image(size);
    const std::vector<std::vector<float>> expected = computed(weights_, image);
    const Levels levels = opened()->extract(image.view());
    ASSERT_EQ(levels.size(), expected.size());
    for (std::size_t l = 0; l < levels.size(); ++l)
      EXPECT_LE(relative_error(values_of(levels[l]), expected[l]), 1e-5)
          << "level " << l << " of " << size << " pixels";
  }

  TemporaryFolder folder_;
  RandomWeights weights_ = weights_up_to(2);
  BackboneSettings settings_;
};

TEST_F(TransformerTest, TellsWhatWasOpened) {
  const BackboneInfo info = opened()->info();
  EXPECT_EQ(info.input_size, 48) << "the architecture's default";
  ASSERT_EQ(info.levels.size(), 3u);
  for (const LevelShape& level : info.levels) {
    EXPECT_EQ(level.channels, 16);
    EXPECT_EQ(level.height, 6) << "a position for each patch, none for the tokens beside the grid";
    EXPECT_EQ(level.width, 6);
  }
}

TEST_F(TransformerTest, FeaturesAreThoseOfTheBlocksAndTheirMean) {
  expect_features_of(48);
}

TEST_F(TransformerTest, TakesOtherGridsThanItsOwn) {
  expect_features_of(80);
}

TEST_F(TransformerTest, ALevelIsTheSameWhetherOrNotOthersAreAskedFor) {
  const NoiseImage image(48);
  const Levels all = opened()->extract(image.view());
  for (int level : {0, 1, 2}) {
    settings_.levels = {level};
    EXPECT_EQ(values_of(opened()->extract(image.view())[0]), values_of(all[level])) << level;
  }
}

TEST_F(TransformerTest, ABatchGivesEveryImageWhatItGetsAlone) {
  const NoiseImage images[] = {NoiseImage(48, 0, 1), NoiseImage(48, 0, 2), NoiseImage(48, 0, 3)};
  const auto backbone = opened();
  const std::vector<RgbView> views{images[0].view(), images[1].view(), images[2].view()};
  const std::vector<Levels> together = backbone->extract_batch(views);
  ASSERT_EQ(together.size(), 3u) << "of which two go at once";
  for (std::size_t i = 0; i < 3; ++i) {
    const Levels alone = backbone->extract(views[i]);
    for (std::size_t l = 0; l < 3; ++l)
      EXPECT_LE(relative_error(values_of(together[i][l]), values_of(alone[l])), 1e-5)
          << "image " << i << ", level " << l;
  }
}

TEST_F(TransformerTest, NeedsNoWeightsAboveTheHighestLevel) {
  use(weights_up_to(0));
  settings_.levels = {0};
  EXPECT_NO_THROW(opened());
  settings_.levels = {2};
  EXPECT_THROW(opened(), Error) << "the mean needs the second block";
}

TEST_F(TransformerTest, NamesTheNearestSizesWhenOneIsNoMultipleOfThePatch) {
  settings_.input_size = 44;
  try {
    opened();
    FAIL() << "opened";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::settings);
    EXPECT_EQ(std::string(error.what()),
              "input-size=44: tiny_transformer takes multiples of 8; use 40 or 48");
  }
}

TEST_F(TransformerTest, Bf16IsCloseToFp32) {
  const NoiseImage image(48);
  const Levels exact = opened()->extract(image.view());
  settings_.precision = Precision::bf16;
  const Levels rough = opened()->extract(image.view());
  for (std::size_t l = 0; l < 3; ++l) {
    const double error = relative_error(values_of(rough[l]), values_of(exact[l]));
    EXPECT_LE(error, 0.05) << "level " << l;
    EXPECT_GT(error, 0) << "level " << l << " was computed in fp32";
  }
}

}  // namespace
}  // namespace mvga::testing
