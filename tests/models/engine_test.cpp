// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Loading the engine. In a program of its own, because an engine once loaded stays.

#include "models/engine.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>

#include "core/base/error.h"
#include "models/open_backbone.h"
#include "tests/models/temporary_folder.h"

namespace mvga::testing {
namespace {

/// Sets an environment variable for a while.
class Environment {
 public:
  Environment(const char* name, const std::string& value) : name_(name) {
    if (const char* before = getenv(name)) before_ = before;
    setenv(name, value.c_str(), 1);
  }
  ~Environment() { before_.empty() ? unsetenv(name_) : setenv(name_, before_.c_str(), 1); }

 private:
  const char* name_;
  std::string before_;
};

/// The kind and text of the error that loading ends in.
Error load_error() {
  try {
    known_architectures();
  } catch (const Error& error) {
    return error;
  }
  return Error(ErrorKind::settings, "no error");
}

// One test, since the order matters.
TEST(Engine, IsTriedAgainAfterAFailureAndThenStays) {
  TemporaryFolder folder;
  {
    Environment path("MVGA_ENGINE_PATH", folder.path());
    Error error = load_error();
    EXPECT_EQ(error.kind(), ErrorKind::not_found) << error.what();
    EXPECT_NE(std::string(error.what()).find(folder.path()), std::string::npos) << error.what();

    std::ofstream(folder / "libmvga-torch.so") << "not a library";
    error = load_error();
    EXPECT_EQ(error.kind(), ErrorKind::engine) << error.what();
  }
  const Engine& loaded = engine();
  Environment path("MVGA_ENGINE_PATH", folder.path());
  EXPECT_EQ(&engine(), &loaded);
}

TEST(Engine, KnowsItsArchitecturesInAlphabeticalOrder) {
  const std::vector<std::string> names = known_architectures();
  EXPECT_TRUE(std::is_sorted(names.begin(), names.end()));
  for (const char* name : {"tf_efficientnet_b4", "efficientnet_b0", "resnet18", "resnet34",
                           "resnet50", "wide_resnet50_2"}) {
    EXPECT_TRUE(std::binary_search(names.begin(), names.end(), name)) << name;
  }
}

TEST(Engine, NeedsNoTensorsAboveTheTopLevel) {
  for (const TensorSpec& spec : engine().required_tensors("resnet18", 1)) {
    EXPECT_EQ(spec.key.find("layer2"), std::string::npos) << spec.key;
  }
}

}  // namespace
}  // namespace mvga::testing
