// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/output/progress.h"

#include <gtest/gtest.h>

namespace mvga::tool {
namespace {

TEST(Progress, SaysHowFarHowFastAndHowLong) {
  EXPECT_EQ(progress_text("learning", 50, 200, 10, 0),
            "learning: 50 of 200, 5.0 a second, 0:30 left");
  EXPECT_EQ(progress_text("learning", 50, 36050, 10, 0),
            "learning: 50 of 36050, 5.0 a second, 2:00:00 left");
}

TEST(Progress, SaysNothingAboutAnEndThatItDoesNotKnow) {
  EXPECT_EQ(progress_text("learning", 50, 0, 10, 120), "learning: 50, 5.0 a second");
  EXPECT_EQ(progress_text("learning", 60, 50, 10, 120), "learning: 60, 6.0 a second");
}

TEST(Progress, SaysNothingAboutASpeedThatItDoesNotKnow) {
  EXPECT_EQ(progress_text("learning", 0, 200, 0, 0), "learning: 0 of 200");
  EXPECT_EQ(progress_text("learning", 0, 200, 5, 0), "learning: 0 of 200");
}

TEST(Progress, DrawsABarThatFills) {
  EXPECT_EQ(progress_text("a", 15, 30, 3, 120),
            "a: [###############...............] 15 of 30, 5.0 a second, 0:03 left");
  EXPECT_EQ(progress_text("a", 30, 30, 3, 120),
            "a: [##############################] 30 of 30, 10.0 a second, 0:00 left");
}

TEST(Progress, FitsIntoTheTerminal) {
  for (std::size_t columns = 1; columns < 120; ++columns)
    EXPECT_LT(progress_text("capsules: learning", 50, 200, 10, columns).size(), columns);
  EXPECT_EQ(progress_text("learning", 50, 200, 10, 50),
            "learning: 50 of 200, 5.0 a second, 0:30 left")
      << "the figures count for more than the bar";
}

}  // namespace
}  // namespace mvga::tool
