// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "models/weights.h"

#include <glib.h>
#include <gtest/gtest.h>

#include <string>

#include "core/base/error.h"
#include "tests/core/io/test_files.h"

namespace mvga {
namespace {

using test::TemporaryFolder;
using test::write_text;

/// Sets MVGA_WEIGHTS_PATH for one test.
class Weights : public ::testing::Test {
 protected:
  void SetUp() override {
    if (const char* value = g_getenv("MVGA_WEIGHTS_PATH")) before_ = value;
  }
  void TearDown() override {
    if (before_.empty()) {
      g_unsetenv("MVGA_WEIGHTS_PATH");
    } else {
      g_setenv("MVGA_WEIGHTS_PATH", before_.c_str(), TRUE);
    }
  }
  static void search(const std::string& folders) {
    g_setenv("MVGA_WEIGHTS_PATH", folders.c_str(), TRUE);
  }

 private:
  std::string before_;
};

TEST_F(Weights, AreSearchedInTheVariableThenWithTheUserThenWhereInstalled) {
  search("/one:/two");
  const auto folders = weights_search_path();
  ASSERT_EQ(folders.size(), 4u);
  EXPECT_EQ(folders[0], "/one");
  EXPECT_EQ(folders[1], "/two");
  EXPECT_EQ(folders[2], std::filesystem::path(g_get_user_data_dir()) / "mvga/weights");
  EXPECT_TRUE(folders[3].is_absolute()) << folders[3];
  EXPECT_EQ(folders[3].filename(), "weights");
}

TEST_F(Weights, AreSearchedWithoutTheVariableToo) {
  g_unsetenv("MVGA_WEIGHTS_PATH");
  EXPECT_EQ(weights_search_path().size(), 2u);
  search("");
  EXPECT_EQ(weights_search_path().size(), 2u);
}

TEST_F(Weights, AreNotSearchedInTheCurrentFolderForAStrayColon) {
  search(":/one::/two:");
  const auto folders = weights_search_path();
  ASSERT_EQ(folders.size(), 4u);
  EXPECT_EQ(folders[0], "/one");
  EXPECT_EQ(folders[1], "/two");
}

TEST_F(Weights, AreTakenFromTheFirstFolderThatHasThem) {
  const TemporaryFolder first;
  const TemporaryFolder second;
  write_text(second / "resnet18.safetensors", "x");
  search("/no/such/folder:" + first.path().string() + ":" + second.path().string());
  EXPECT_EQ(find_weights("resnet18"), second / "resnet18.safetensors");
  write_text(first / "resnet18.safetensors", "x");
  EXPECT_EQ(find_weights("resnet18"), first / "resnet18.safetensors");
  EXPECT_EQ(look_for_weights("resnet18"), first / "resnet18.safetensors");
}

TEST_F(Weights, ThatAreNowhereAreNoErrorWhereTheyNeedNotBe) {
  const TemporaryFolder folder;
  search(folder.path().string());
  EXPECT_FALSE(look_for_weights("no_such_network"));
}

TEST_F(Weights, ThatAreNowhereAreAnErrorThatSaysWhereItLooked) {
  const TemporaryFolder folder;
  search(folder.path().string());
  try {
    find_weights("no_such_network");
    FAIL() << "found";
  } catch (const Error& e) {
    const std::string text = e.what();
    EXPECT_EQ(e.kind(), ErrorKind::not_found);
    EXPECT_EQ(text.find('\n'), std::string::npos);
    EXPECT_NE(text.find("no_such_network.safetensors"), std::string::npos) << text;
    for (const auto& searched : weights_search_path()) {
      EXPECT_NE(text.find(searched.string()), std::string::npos) << text;
    }
    EXPECT_NE(text.find("property weights"), std::string::npos) << text;
    EXPECT_NE(text.find("MVGA_WEIGHTS_PATH"), std::string::npos) << text;
  }
}

TEST_F(Weights, ThatAreNowhereAreAnErrorThatSaysHowToGetThem) {
  const auto text = [](const std::string& architecture) -> std::string {
    try {
      return find_weights(architecture).string();
    } catch (const Error& e) {
      return e.what();
    }
  };
  search("/no/such/folder");
  EXPECT_NE(text("efficientnet_b5").find("mvga weights get efficientnet_b5"), std::string::npos);
  EXPECT_EQ(text("efficientnet_b7").find("mvga weights"), std::string::npos)
      << "there is nothing to get";
}

TEST_F(Weights, AreNotSearchedOutsideTheFolders) {
  const TemporaryFolder folder;
  std::filesystem::create_directory(folder / "weights");
  write_text(folder / "outside.safetensors", "x");
  search((folder / "weights").string());
  EXPECT_THROW(find_weights("../outside"), Error);
  EXPECT_THROW(find_weights((folder / "outside").string()), Error);
  EXPECT_THROW(find_weights(""), Error);
  EXPECT_FALSE(look_for_weights("../outside"));
}

}  // namespace
}  // namespace mvga
