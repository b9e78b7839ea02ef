// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Files in a folder, and what reading one of them says.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "tests/models/temporary_folder.h"
#include "tests/tools/harness/failures.h"
#include "tools/media/frames.h"

namespace mvga::testing {

class MediaFolder : public ::testing::Test {
 protected:
  std::filesystem::path at(const std::string& name) const { return folder_ / name; }
  /// "no error" if there is none.
  std::string failure(const std::string& name) const {
    return failure_of([&] { tool::read_picture(at(name)); });
  }

  TemporaryFolder folder_;
};

}  // namespace mvga::testing
