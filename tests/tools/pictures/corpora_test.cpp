// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Pictures of others, below the folder that MVGA_PICTURES names (such as the tests of Pillow, of
// libtiff, or bmpsuite): each is decoded completely, or there is an error that names it.

#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>

#include "core/base/error.h"
#include "tools/pictures/decode.h"

namespace mvga::tool {
namespace {

namespace fs = std::filesystem;

TEST(PictureCorpora, AreReadOrRefusedByName) {
  const char* folder = std::getenv("MVGA_PICTURES");
  if (folder == nullptr) GTEST_SKIP() << "MVGA_PICTURES names no folder of pictures";
  int read = 0;
  int refused = 0;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file() || entry.file_size() == 0) continue;
    if (picture_kind(entry.path()) == PictureKind::none) continue;
    try {
      const Samples samples = decode_picture(entry.path());
      EXPECT_GT(samples.width * samples.height, 0) << entry.path();
      ++read;
    } catch (const Error& e) {
      ++refused;
      std::printf("refused: %s\n", e.what());
      EXPECT_EQ(std::string(e.what()).find(entry.path().string()), 0U) << e.what();
    }
  }
  std::printf("%d pictures were read, %d refused\n", read, refused);
  EXPECT_GT(read, 0) << "nothing could be read in " << folder;
}

}  // namespace
}  // namespace mvga::tool
