// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What is known about pretrained weights, in the code and in the program.

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "models/backbone.h"
#include "models/catalogue.h"
#include "tests/tools/failures.h"
#include "tests/tools/run_tool.h"

namespace mvga::testing {
namespace {

TEST(WeightsCatalogue, HasEveryArchitecture) {
  std::vector<std::string> names;
  for (const PretrainedWeights& each : weights_catalogue()) names.emplace_back(each.architecture);
  EXPECT_EQ(names, known_architectures());
}

TEST(WeightsCatalogue, SaysNothingOfWhatThereIsNot) {
  for (const PretrainedWeights& each : weights_catalogue()) {
    EXPECT_EQ(each.address().empty(), each.tag.empty()) << each.name();
    EXPECT_TRUE(each.tag.empty() || each.address().starts_with("https://")) << each.address();
    EXPECT_EQ(each.licence.empty(), each.tag.empty()) << each.name();
    EXPECT_TRUE(each.sha256.empty() || each.sha256.size() == 64) << each.name();
    EXPECT_EQ(find_pretrained(each.architecture), &each);
  }
  EXPECT_EQ(find_pretrained("resnet19"), nullptr);
  EXPECT_EQ(find_pretrained(""), nullptr);
}

TEST(WeightsCatalogue, IsListedByTheProgram) {
  const Outcome outcome = mvga("weights list");
  EXPECT_EQ(outcome.code, 0);
  for (const PretrainedWeights& each : weights_catalogue())
    for (const std::string_view words : {each.architecture, each.tag, each.licence, each.size})
      EXPECT_TRUE(contains(outcome.printed, std::string(words))) << words;
}

}  // namespace
}  // namespace mvga::testing
