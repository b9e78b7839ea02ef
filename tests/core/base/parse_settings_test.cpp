// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/base/parse_settings.h"

#include <gtest/gtest.h>

#include "core/base/error.h"

namespace mvga {
namespace {

TEST(ParseTiles, TakesANumberOrAuto) {
  EXPECT_EQ(parse_tiles("0"), 1);
  EXPECT_EQ(parse_tiles("1"), 1);
  EXPECT_EQ(parse_tiles("4"), 4);
  EXPECT_EQ(parse_tiles("16"), 16);
  EXPECT_EQ(parse_tiles("auto"), std::nullopt);
}

TEST(ParseTiles, RefusesTheRestWithTheWayOut) {
  for (const char* text : {"", "17", "-1", "2x2", "3 ", "Auto", "1e1", "99999999999999999999"}) {
    try {
      parse_tiles(text);
      FAIL() << text;
    } catch (const Error& e) {
      EXPECT_NE(std::string(e.what()).find("use auto"), std::string::npos) << e.what();
    }
  }
}

}  // namespace
}  // namespace mvga
