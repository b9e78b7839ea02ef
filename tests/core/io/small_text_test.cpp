// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/io/small_text.h"

#include <gtest/gtest.h>

#include <string>

#include "core/base/error.h"
#include "tests/core/io/test_files.h"

namespace mvga {
namespace {

std::string refusal(const std::filesystem::path& file) {
  try {
    read_small_text(file, 100);
    return "none";
  } catch (const Error& e) {
    return e.what();
  }
}

TEST(SmallText, IsReadAsItIs) {
  const test::TemporaryFolder folder;
  for (const std::string& text :
       {std::string(), std::string("a\r\n\0b", 5), std::string(100, 'x')}) {
    test::write_text(folder / "f", text);
    EXPECT_EQ(read_small_text(folder / "f", 100), text);
  }
}

TEST(SmallText, IsRefusedWhenItIsNotSmall) {
  const test::TemporaryFolder folder;
  test::write_text(folder / "f", std::string(101, 'x'));
  EXPECT_NE(refusal(folder / "f").find("more than the 100 bytes"), std::string::npos);
  EXPECT_NE(refusal("/dev/zero").find("more than the 100 bytes"), std::string::npos)
      << "it has no end";
  EXPECT_NE(refusal(folder.path()).find("cannot be read"), std::string::npos) << "a folder";
  EXPECT_NE(refusal(folder / "none").find("cannot be opened"), std::string::npos);
}

}  // namespace
}  // namespace mvga
