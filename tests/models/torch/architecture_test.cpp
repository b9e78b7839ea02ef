// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What architectures say of themselves, and what is made of it.

#include "models/torch/architecture.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "core/base/error.h"
#include "models/torch/choice.h"

namespace mvga::testing {
namespace {

Architecture with_patches_of(int multiple) {
  Architecture a;
  a.name = "patches";
  a.input.size = 10 * multiple;
  a.input.multiple = multiple;
  a.levels = a_level_for_each(1);
  return a;
}

int chosen_size(int size, int multiple) {
  BackboneSettings settings;
  settings.input_size = size;
  return chosen_input_size(settings, with_patches_of(multiple));
}

std::string refused_size(int size, int multiple) {
  try {
    chosen_size(size, multiple);
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::settings);
    return error.what();
  }
  return "taken";
}

TEST(InputSize, IsTheArchitecturesUnlessTheUserSaysOne) {
  EXPECT_EQ(chosen_size(0, 14), 140);
  EXPECT_EQ(chosen_size(518, 14), 518);
  EXPECT_EQ(chosen_size(517, 1), 517);
}

TEST(InputSize, MustBeAMultiple) {
  EXPECT_EQ(refused_size(517, 14), "input-size=517: patches takes multiples of 14; use 504 or 518");
  EXPECT_EQ(refused_size(257, 16), "input-size=257: patches takes multiples of 16; use 256 or 272");
}

TEST(InputSize, NamesNoNearestThatIsOutOfRange) {
  EXPECT_EQ(refused_size(33, 14), "input-size=33: patches takes multiples of 14; use 42");
  EXPECT_EQ(refused_size(2047, 14), "input-size=2047: patches takes multiples of 14; use 2044");
  EXPECT_NE(refused_size(28, 14).find("32 to 2048"), std::string::npos) << refused_size(28, 14);
}

TEST(Architecture, KnowsTheLastStageThatLevelsNeed) {
  Architecture a;
  a.levels = {{2}, {1, 4}, {3}};
  EXPECT_EQ(a.top_stage(0), 2);
  EXPECT_EQ(a.top_stage(1), 4);
  EXPECT_EQ(a.top_stage(2), 4);
}

TEST(Architecture, EveryKnownOneFitsTogether) {
  for (const std::string& name : architecture_names()) {
    SCOPED_TRACE(name);
    const Architecture& a = find_architecture(name);
    BackboneSettings settings;
    settings.input_size = a.input.size;
    EXPECT_NO_THROW(chosen_input_size(settings, a)) << "its own size is none that it takes";
    for (const float deviation : a.input.normalisation.deviation) EXPECT_GT(deviation, 0.0f);
    for (const LevelStages& stages : a.levels) {
      ASSERT_FALSE(stages.empty());
      EXPECT_GE(stages.front(), 0);
      EXPECT_TRUE(std::ranges::is_sorted(stages)) << "the last one is taken to be the highest";
    }
    for (const std::vector<int>& levels : {a.paper_levels, a.map_levels}) {
      settings.levels = levels;
      EXPECT_FALSE(levels.empty());
      EXPECT_NO_THROW(chosen_levels(settings, a));
    }
  }
}

TEST(Architecture, OfATransformerHasBlocksAndTheirMeansAsLevels) {
  const std::vector<std::string> names{"vit_small_patch14_reg4_dinov2",
                                       "vit_base_patch14_reg4_dinov2", "vit_small_patch16_dinov3"};
  for (const std::string& name : names) {
    const Architecture& a = find_architecture(name);
    ASSERT_EQ(a.levels.size(), 15u) << name;
    for (int block = 0; block < 12; ++block)  // behind the stage that makes the tokens
      EXPECT_EQ(a.levels[block], LevelStages{block + 1}) << name;
    EXPECT_EQ(a.levels[12], LevelStages{13}) << "behind the last norm";
    EXPECT_EQ(a.levels[13], (LevelStages{3, 4, 5, 6})) << "the mean of blocks 2 to 5";
    EXPECT_EQ(a.levels[14], (LevelStages{7, 8, 9, 10})) << "the mean of blocks 6 to 9";
  }
}

TEST(Architecture, HasTheSizesAndColoursOfItsWeights) {
  const int sizes[] = {224, 240, 260, 300, 380};
  for (int i = 0; i < 5; ++i) {
    const std::string name = "tf_efficientnet_lite" + std::to_string(i);
    const Architecture& a = find_architecture(name);
    EXPECT_EQ(a.input.size, sizes[i]) << a.name;
    EXPECT_EQ(a.input.normalisation.mean[1], 0.5f) << a.name;
    EXPECT_EQ(a.input.normalisation.deviation[2], 0.5f) << a.name;
  }
  EXPECT_EQ(find_architecture("tf_efficientnet_b0").input.normalisation.mean[0], 0.485f);
  EXPECT_EQ(find_architecture("vit_small_patch14_reg4_dinov2").input.multiple, 14);
  EXPECT_EQ(find_architecture("vit_small_patch16_dinov3").input.multiple, 16);
}

}  // namespace
}  // namespace mvga::testing
