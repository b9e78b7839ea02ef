// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Where a storm's elements read and write.
#pragma once

#include <filesystem>
#include <string>

#include "tests/core/io/test_files.h"

namespace mvga::fuzz {

class Folder {
 public:
  Folder() {
    std::filesystem::create_directory(folder_ / "folder");
    test::write_text(folder_ / "garbage", std::string(100, '\x1b'));
  }
  std::string path(const char* name) const { return (folder_ / name).string(); }
  std::string garbage() const { return path("garbage"); }
  std::string folder() const { return path("folder"); }
  std::string nowhere() const { return path("nowhere/file"); }

 private:
  test::TemporaryFolder folder_;
};

}  // namespace mvga::fuzz
