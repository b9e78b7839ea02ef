// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What is known about pretrained weights, in the code, in the program and in models/README.md
// (MVGA_DOCS is the folder above).

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "models/catalogue.h"
#include "models/open_backbone.h"
#include "tests/core/io/test_files.h"
#include "tests/tools/harness/failures.h"
#include "tests/tools/harness/run_tool.h"

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
    EXPECT_EQ(each.licence.empty(), each.tag.empty() && !each.built_in) << each.name();
    EXPECT_TRUE(each.sha256.empty() || each.sha256.size() == 64) << each.name();
    EXPECT_EQ(find_pretrained(each.architecture), &each);
  }
  EXPECT_EQ(find_pretrained("resnet19"), nullptr);
  EXPECT_EQ(find_pretrained(""), nullptr);
}

TEST(WeightsCatalogue, IsWhatTheDocumentationSays) {
  const char* docs = std::getenv("MVGA_DOCS");
  ASSERT_NE(docs, nullptr);
  const std::string text = test::read_text(std::filesystem::path(docs) / "models/README.md");
  for (const PretrainedWeights& each : weights_catalogue()) {
    const auto known = [](std::string_view value) {
      return value.empty() ? std::string_view("not known here") : value;
    };
    std::string row;
    const auto add = [&](std::initializer_list<std::string_view> pieces) {
      for (const std::string_view piece : pieces) row.append(piece);
    };
    add({"\n| `", each.architecture, "` | "});
    if (each.built_in) {
      add({"built in | "});
    } else if (each.tag.empty()) {
      add({"timm has none | | | | |\n"});
    } else {
      const std::string_view mark = each.sha256.empty() ? "" : "`";
      add({"[", each.tag, "](", each.address(), ") | ", known(each.size), " | ",
           known(each.licence), " | ", mark, known(each.sha256), mark, " | `mvga weights get ",
           each.architecture, "` |\n"});
    }
    EXPECT_TRUE(contains(text, row)) << "models/README.md lacks" << row;
  }
}

TEST(WeightsCatalogue, HasThePackagesThatTheDocumentationHas) {
  const char* docs = std::getenv("MVGA_DOCS");
  ASSERT_NE(docs, nullptr);
  const std::string text = test::read_text(std::filesystem::path(docs) / "models/README.md");
  for (const PackagedWeights& each : packaged_weights()) {
    ASSERT_NE(find_pretrained(each.architecture), nullptr) << each.architecture;
    EXPECT_EQ(find_packaged(each.architecture), &each);
    const auto is_hash = [](std::string_view hash) { return hash.size() == 64; };
    EXPECT_TRUE(is_hash(each.wheel_sha256) && is_hash(each.sha256)) << each.architecture;
    EXPECT_TRUE(contains(std::string(each.wheel), "-" + std::string(each.version) + "-"));
    std::string row = "\n| `";
    for (const std::string_view piece :
         {each.architecture, std::string_view("` | `"), each.package, std::string_view("` "),
          each.version, std::string_view(" | `"), each.wheel_sha256, std::string_view("` | `"),
          each.sha256, std::string_view("` |\n")})
      row.append(piece);
    EXPECT_TRUE(contains(text, row)) << "models/README.md lacks" << row;
  }
  EXPECT_EQ(find_packaged("resnet18"), nullptr);
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
