// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What a user can see of a backbone, with small random weights.

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <thread>

#include "core/base/error.h"
#include "core/base/sha256.h"
#include "models/open_backbone.h"
#include "tests/models/temporary_folder.h"
#include "tests/models/torch/compare_levels.h"
#include "tests/models/torch/noise_image.h"
#include "tests/models/torch/random_weights.h"

namespace mvga::testing {
namespace {

class BackboneTest : public ::testing::Test {
 protected:
  /// ResNet-18 up to level 1, on the CPU, for images of 64 x 64.
  BackboneSettings small() { return with(random_weights("resnet18", 1), {0, 1}); }
  BackboneSettings with(const RandomWeights& weights, std::vector<int> levels) {
    BackboneSettings settings;
    settings.weights = folder / "weights.safetensors";
    weights.write(settings.weights);
    settings.levels = std::move(levels);
    settings.input_size = 64;
    settings.device = "cpu";
    return settings;
  }
  TemporaryFolder folder;
};

void expect_error(const BackboneSettings& settings, ErrorKind kind,
                  const std::vector<std::string>& said) {
  try {
    open_backbone(settings);
    FAIL() << "opened";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), kind) << error.what();
    for (const std::string& part : said) {
      EXPECT_NE(std::string(error.what()).find(part), std::string::npos)
          << "'" << part << "' is not in: " << error.what();
    }
    EXPECT_EQ(std::string(error.what()).find('\n'), std::string::npos) << error.what();
  }
}

TEST_F(BackboneTest, TellsWhatWasOpened) {
  const BackboneSettings settings = small();
  const BackboneInfo info = open_backbone(settings)->info();
  EXPECT_EQ(info.architecture, "resnet18") << "from the metadata";
  EXPECT_EQ(info.weights, settings.weights);
  EXPECT_EQ(info.weights_sha256, sha256_hex(SafetensorsFile::open(settings.weights).bytes()));
  EXPECT_EQ(info.input_size, 64);
  EXPECT_EQ(info.device, "cpu");
  EXPECT_EQ(info.precision, Precision::fp32);
  EXPECT_EQ(info.reduction, DefaultReduction::none);
  EXPECT_EQ(info.map_levels, std::vector<int>{1});
  ASSERT_EQ(info.levels.size(), 2u);
  EXPECT_EQ(info.levels[0].level, 0);
  EXPECT_EQ(info.levels[1].channels, 64);
  EXPECT_EQ(info.levels[1].height, 16);
  EXPECT_EQ(info.levels[1].width, 16);
}

TEST_F(BackboneTest, HasDefaultsThatSuitTheArchitecture) {
  BackboneSettings settings = with(random_weights("tf_efficientnet_b0", 7), {});
  settings.input_size = 0;
  const BackboneInfo info = open_backbone(settings)->info();
  EXPECT_EQ(info.input_size, 224);
  EXPECT_EQ(info.reduction, DefaultReduction::opposite_pca);
  EXPECT_EQ(info.map_levels, (std::vector<int>{3, 4, 5, 6})) << "of the paper's levels";
  ASSERT_EQ(info.levels.size(), 5u);
  EXPECT_EQ(info.levels[0].level, 3);
  EXPECT_EQ(info.levels[0].height, 28);
  EXPECT_EQ(info.levels[4].channels, 320);
}

TEST_F(BackboneTest, HasAFinerLevelInTheExtendedSet) {
  BackboneSettings settings = with(random_weights("tf_efficientnet_b0", 7), {});
  settings.level_set = LevelSet::extended;
  settings.input_size = 64;
  const BackboneInfo info = open_backbone(settings)->info();
  EXPECT_EQ(info.map_levels, (std::vector<int>{2, 3, 4, 5, 6}));
  ASSERT_EQ(info.levels.size(), 6u);
  EXPECT_EQ(info.levels[0].level, 2);
}

TEST_F(BackboneTest, FeaturesOutliveTheBackbone) {
  auto backbone = open_backbone(small());
  const Levels levels = backbone->extract(NoiseImage(64).view());
  const std::vector<float> before = values_of(levels[1]);
  backbone.reset();
  EXPECT_EQ(values_of(levels[1]), before);
}

TEST_F(BackboneTest, ALevelIsTheSameWhetherOrNotThoseAboveAreAskedFor) {
  const RandomWeights weights = random_weights("tf_efficientnet_b0", 4);
  const NoiseImage image(64);
  const Levels all = open_backbone(with(weights, {0, 1, 2, 3, 4}))->extract(image.view());
  for (int level : {0, 1, 2, 3, 4}) {
    const Levels one = open_backbone(with(weights, {level}))->extract(image.view());
    ASSERT_EQ(one.size(), 1u);
    EXPECT_EQ(values_of(one[0]), values_of(all[level]))
        << "level " << level << " was overwritten by a later layer";
  }
}

TEST_F(BackboneTest, NormalisesAsImageNetWants) {
  const auto backbone = open_backbone(small());
  const NoiseImage image(64);
  std::vector<float> input(3 * 64 * 64);
  const float mean[] = {0.485f, 0.456f, 0.406f}, deviation[] = {0.229f, 0.224f, 0.225f};
  for (int c = 0; c < 3; ++c) {
    for (int i = 0; i < 64 * 64; ++i) {
      input[c * 64 * 64 + i] = (image.bytes[3 * i + c] / 255.0f - mean[c]) / deviation[c];
    }
  }
  const Levels bytes = backbone->extract(image.view());
  const Levels floats = engine().extract_tensor(*backbone, input);
  EXPECT_LE(relative_error(values_of(bytes[1]), values_of(floats[1])), 1e-5);
}

TEST_F(BackboneTest, RowsMayBePadded) {
  const auto backbone = open_backbone(small());
  const Levels tight = backbone->extract(NoiseImage(64).view());
  const Levels padded = backbone->extract(NoiseImage(64, 29).view());
  EXPECT_EQ(values_of(tight[0]), values_of(padded[0]));
  EXPECT_EQ(values_of(tight[1]), values_of(padded[1]));
}

TEST_F(BackboneTest, RefusesAnImageOfAnotherSize) {
  const auto backbone = open_backbone(small());
  try {
    backbone->extract(NoiseImage(65).view());
    FAIL() << "accepted";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::settings);
  }
}

TEST_F(BackboneTest, GivesTwoThreadsAtOnceWhatItGivesOne) {
  BackboneSettings settings = with(random_weights("tf_efficientnet_b0", 4), {2, 4});
  settings.threads = 2;
  const auto backbone = open_backbone(settings);
  const NoiseImage image(64);
  const Levels alone = backbone->extract(image.view());
  std::vector<std::thread> threads;
  std::vector<int> different(2);
  for (int t = 0; t < 2; ++t) {
    threads.emplace_back([&, t] {
      for (int i = 0; i < 10; ++i) {
        const Levels levels = backbone->extract(image.view());
        for (int l = 0; l < 2; ++l) different[t] += values_of(levels[l]) != values_of(alone[l]);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(different, (std::vector<int>{0, 0}));
}

TEST_F(BackboneTest, TheNumberOfThreadsChangesNothingButTime) {
  BackboneSettings settings = with(random_weights("tf_efficientnet_b0", 4), {4});
  const NoiseImage image(64);
  settings.threads = 1;
  const Levels one = open_backbone(settings)->extract(image.view());
  settings.threads = 3;
  const Levels three = open_backbone(settings)->extract(image.view());
  EXPECT_LE(relative_error(values_of(three[0]), values_of(one[0])), 1e-5);
}

TEST_F(BackboneTest, Bf16IsCloseToFp32) {
  for (const char* architecture : {"resnet18", "tf_efficientnet_b0"}) {
    BackboneSettings settings = with(random_weights(architecture, 2), {2});
    const Levels exact = open_backbone(settings)->extract(NoiseImage(64).view());
    settings.precision = Precision::bf16;
    const auto backbone = open_backbone(settings);
    EXPECT_EQ(backbone->info().precision, Precision::bf16);
    const Levels rough = backbone->extract(NoiseImage(64).view());
    const double error = relative_error(values_of(rough[0]), values_of(exact[0]));
    EXPECT_LE(error, 0.05) << architecture;
    EXPECT_GT(error, 0) << architecture << " ran in fp32";
  }
}

TEST_F(BackboneTest, NeedsNoWeightsAboveTheHighestLevel) {
  EXPECT_NO_THROW(open_backbone(with(random_weights("resnet18", 1), {1})));
}

TEST_F(BackboneTest, NamesMissingTensors) {
  expect_error(with(random_weights("resnet18", 1), {0, 2}), ErrorKind::unreadable,
               {"weights.safetensors", "layer2.0.conv1.weight", "25 of 50"});
  RandomWeights weights = random_weights("resnet18", 1);
  weights.tensors.erase("layer1.1.bn2.bias");
  expect_error(with(weights, {1}), ErrorKind::unreadable, {"layer1.1.bn2.bias", "1 of 25"});
}

TEST_F(BackboneTest, NamesTensorsOfTheWrongShape) {
  RandomWeights weights = random_weights("resnet18", 1);
  WeightTensor& tensor = weights.tensors.at("layer1.0.conv1.weight");
  tensor.shape = {64, 64, 9};
  expect_error(with(weights, {1}), ErrorKind::unreadable,
               {"layer1.0.conv1.weight", "[64, 64, 9]", "[64, 64, 3, 3]"});
}

TEST_F(BackboneTest, NamesTensorsWithNumbersThatAreNone) {
  for (float bad : {NAN, INFINITY, -INFINITY}) {
    RandomWeights weights = random_weights("resnet18", 1);
    weights.tensors.at("layer1.1.bn1.running_mean").values[5] = bad;
    expect_error(with(weights, {1}), ErrorKind::unreadable, {"layer1.1.bn1.running_mean", "NaN"});
  }
  RandomWeights weights = random_weights("resnet18", 1);
  weights.tensors.at("bn1.running_var").values[0] = -1;
  expect_error(with(weights, {1}), ErrorKind::unreadable, {"bn1.running_var", "negative"});
}

TEST_F(BackboneTest, RefusesWeightsOfAnotherArchitecture) {
  BackboneSettings settings = small();
  settings.architecture = "resnet34";
  expect_error(settings, ErrorKind::unreadable, {"resnet18", "resnet34", "weights.safetensors"});
}

TEST_F(BackboneTest, NeedsToKnowTheArchitecture) {
  RandomWeights weights = random_weights("resnet18", 1);
  weights.architecture = "";
  BackboneSettings settings = with(weights, {1});
  expect_error(settings, ErrorKind::settings, {"weights.safetensors", "architecture"});
  settings.architecture = "resnet18";
  EXPECT_NO_THROW(open_backbone(settings));
  expect_error({}, ErrorKind::settings, {"architecture"});
}

TEST_F(BackboneTest, RefusesSettingsThatMakeNoSense) {
  const BackboneSettings good = small();
  const auto bad = [&](const std::function<void(BackboneSettings&)>& change) {
    BackboneSettings settings = good;
    change(settings);
    return settings;
  };
  expect_error(bad([](auto& s) { s.architecture = "resnet19"; }), ErrorKind::settings,
               {"resnet19", "resnet18", "tf_efficientnet_b4"});
  expect_error(bad([](auto& s) { s.levels = {5}; }), ErrorKind::settings, {"5", "0 to 4"});
  expect_error(bad([](auto& s) { s.levels = {-1}; }), ErrorKind::settings, {"-1"});
  expect_error(bad([](auto& s) { s.levels = {1, 0}; }), ErrorKind::settings, {"ascending"});
  expect_error(bad([](auto& s) { s.levels = {1, 1}; }), ErrorKind::settings, {"ascending"});
  expect_error(bad([](auto& s) { s.input_size = 31; }), ErrorKind::settings, {"31", "2048"});
  expect_error(bad([](auto& s) { s.input_size = 2049; }), ErrorKind::settings, {"2049"});
  expect_error(bad([](auto& s) { s.threads = -1; }), ErrorKind::settings, {"threads"});
  expect_error(bad([](auto& s) { s.device = "tpu"; }), ErrorKind::settings, {"device", "tpu"});
  expect_error(bad([](auto& s) { s.device = "cuda:x"; }), ErrorKind::settings, {"cuda:x"});
  expect_error(bad([](auto& s) { s.precision = Precision::fp16; }), ErrorKind::settings, {"fp16"});
}

TEST_F(BackboneTest, SaysWhichFileIsNotThere) {
  BackboneSettings settings = small();
  settings.weights = folder / "absent.safetensors";
  settings.architecture = "resnet18";
  expect_error(settings, ErrorKind::not_found, {"absent.safetensors"});
}

TEST_F(BackboneTest, UsesTheGpuOrSaysWhyNot) {
  BackboneSettings settings = small();
  const Levels cpu = open_backbone(settings)->extract(NoiseImage(64).view());
  settings.device = "cuda";
  std::shared_ptr<const Backbone> backbone;
  try {
    backbone = open_backbone(settings);
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::settings);
    EXPECT_NE(std::string(error.what()).find("device"), std::string::npos) << error.what();
    GTEST_SKIP() << "no GPU: " << error.what();
  }
  EXPECT_EQ(backbone->info().device, "cuda:0");
  const Levels gpu = backbone->extract(NoiseImage(64).view());
  EXPECT_LE(relative_error(values_of(gpu[1]), values_of(cpu[1])), 1e-4);
  settings.device = "cuda:99";
  expect_error(settings, ErrorKind::settings, {"cuda:99"});
}

TEST_F(BackboneTest, TakesTheCpuWhenLeftToItselfWithoutAGpu) {
  BackboneSettings settings = small();
  settings.device = "auto";
  const std::string device = open_backbone(settings)->info().device;
  EXPECT_TRUE(device == "cpu" || device == "cuda:0") << device;
}

}  // namespace
}  // namespace mvga::testing
