// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The network that is built in: always at hand, and second to a file of the same name.

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <string>

#include "core/base/error.h"
#include "core/io/safetensors.h"
#include "models/open_backbone.h"
#include "tests/models/temporary_folder.h"
#include "tests/models/torch/random_weights.h"

namespace mvga::testing {
namespace {

/// Nothing is found but what the test puts there.
class BuiltinNetwork : public ::testing::Test {
 protected:
  void SetUp() override {
    setenv("MVGA_WEIGHTS_PATH", folder_.path().c_str(), 1);
    setenv("XDG_DATA_HOME", (folder_ / "nothing").c_str(), 1);
  }
  void TearDown() override {
    unsetenv("MVGA_WEIGHTS_PATH");
    unsetenv("XDG_DATA_HOME");
  }
  static BackboneInfo opened(const std::string& architecture) {
    BackboneSettings settings;
    settings.architecture = architecture;
    return open_backbone(settings)->info();
  }

  TemporaryFolder folder_;
};

TEST_F(BuiltinNetwork, OpensWithoutAnyFile) {
  const BackboneInfo info = opened("mvga_small");
  EXPECT_EQ(info.weights, "the built-in mvga_small");
  ASSERT_EQ(info.levels.size(), 3U);
  for (std::size_t i = 0; i < 3; ++i)
    EXPECT_EQ(info.levels[i].height, info.input_size / (4 << i)) << "strides 4, 8, 16";
}

TEST_F(BuiltinNetwork, GivesWayToAFileOfItsName) {
  random_weights("mvga_small", 2).write(folder_ / "mvga_small.safetensors");
  const BackboneInfo own = opened("mvga_small");
  EXPECT_EQ(own.weights, folder_ / "mvga_small.safetensors");
  std::filesystem::remove(folder_ / "mvga_small.safetensors");
  EXPECT_NE(opened("mvga_small").weights_sha256, own.weights_sha256);
}

TEST_F(BuiltinNetwork, DoesNotHideAFileThatIsBroken) {
  RandomWeights broken = random_weights("mvga_small", 2);
  broken.tensors.erase("stem.bias");
  broken.write(folder_ / "mvga_small.safetensors");
  try {
    opened("mvga_small");
    FAIL() << "the built-in weights took the place of the user's";
  } catch (const Error& e) {
    EXPECT_EQ(e.kind(), ErrorKind::unreadable);
    EXPECT_NE(std::string(e.what()).find("stem.bias"), std::string::npos) << e.what();
  }
}

TEST_F(BuiltinNetwork, IsTheOnlyOne) {
  EXPECT_THROW(opened("resnet18"), Error);
}

}  // namespace
}  // namespace mvga::testing
